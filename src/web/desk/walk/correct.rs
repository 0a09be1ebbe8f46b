//! An earlier answer or a fact, asked once more to be corrected. What follows from it is walked again with what is known.

use maud::{Markup, html};

use super::card::answer_misfit;
use super::deed::changing;
use super::sheet::Sheet;
use crate::session::Changing;
use crate::session::view::{PublicMarkdown, SuggestionView};
use crate::web::markdown::inline;
use crate::web::prompt::{self, Around};

/// The question that the look names; none where there is nothing to correct.
pub fn draw(sheet: &Sheet<'_>) -> Option<Markup> {
    let session = sheet.session;
    session.prompt().at()?;
    let named = sheet.look.change.as_deref()?;
    let what = changing(named)?;
    let past = session.past_question(&what)?;
    let mut view = session.last_view();
    view.answers = Some(past.answers);
    view.replies = crate::session::Offer::default();
    view.suggestion = now(sheet, &what);
    let mut hidden = sheet.frame.hidden.clone();
    hidden.push(("do", "change".to_owned()));
    hidden.push(("what", named.to_owned()));
    let around = Around {
        action: &sheet.frame.action,
        hidden: &hidden,
        misfit: sheet.misfit.as_ref().and_then(answer_misfit),
        typed: None,
        keys: true,
    };
    let ask = past.ask.as_ref().map_or("", PublicMarkdown::as_str);
    Some(html! {
        section.card.prompt aria-labelledby="question" {
            p.kicker { "Correct an earlier answer" }
            h1 #question { (inline(ask)) }
            (prompt::form(&view, around))
            p { a.small href=(sheet.frame.action) data-key="b" { kbd aria-hidden="true" { "b" } "Leave it as it is" } }
        }
    })
}

/// What it is now.
fn now(sheet: &Sheet<'_>, what: &Changing) -> Option<SuggestionView> {
    let facts = sheet.session.facts().into_iter();
    let known = facts
        .filter(|fact| match what {
            Changing::Fact(name) => fact.tree.is_none() && fact.name == *name,
            Changing::Visit(_) => fact.change.as_ref() == Some(what),
        })
        .map(|fact| (fact.value, fact.shown))
        .next()
        .or_else(|| replied(sheet, what));
    known.map(|(value, shown)| SuggestionView {
        reply: "answer",
        shown: (value != crate::condition::Value::Secret).then_some(shown),
        value: Some(value),
        known: None,
    })
}

fn replied(sheet: &Sheet<'_>, what: &Changing) -> Option<(crate::condition::Value, String)> {
    use crate::session::view::CameView::{Answered, Known};
    let trail = sheet.session.trail().into_iter();
    let mut came = trail.filter(|visit| visit.change.as_ref() == Some(what));
    match came.next()?.came {
        Answered { value, shown } | Known { value, shown } => Some((value, shown)),
        _ => None,
    }
}
