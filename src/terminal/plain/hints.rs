//! What the plain runner says about how to answer.

use std::time::Duration;

use crate::condition::FactType;
use crate::session::{Moment, Offer, Reply};
use crate::terminal::answers::{self, Takes};
use crate::terminal::card::Card;
use crate::terminal::line::Line;
use crate::terminal::markdown::inline;
use crate::terminal::style::Role;
use crate::terminal::time::spoken;
use crate::terminal::wrap::wrap;

/// What every prompt takes, for `help`.
pub const COMMANDS: &[&str] = &[
    "At every question you can type:",
    "  back, back 3             go back one question, or three",
    "  tried, cannot            already done; cannot be done (where there is something to do)",
    "  unsure, none, person     I don't know; none of these; hand me over to a person",
    "  note TEXT                add a remark for whoever reads the note",
    "  feedback TEXT, !TEXT     say what is wrong here with the script; its author reads it",
    "  facts, trail             what is known; the way so far, with numbers",
    "  change 2 ANSWER          correct an earlier answer by its number or name; what still fits is kept",
    "  tree WORDS               walk another tree",
    "  copy note                show the note for the ticket so far",
    "  park, park 2h            put the case aside",
    "  run                      let this computer answer, where that is offered",
    "  help, quit               this list; stop here",
    "Where a text is asked for, put a / in front: /back",
];

/// The answers that can be chosen, each on its own line.
pub fn choices(card: &Card, columns: usize) -> Vec<Line> {
    // Where a number is asked for, a digit is one.
    let is_number = matches!(card.takes, Takes::Value(FactType::Number(..)));
    let numbered = card.choices.iter().enumerate().map(|(at, choice)| {
        let label = if is_number {
            format!("  {}", choice.plain)
        } else {
            format!("  {}. {}", at + 1, choice.plain)
        };
        let mut line = Line::of(&label, Role::Body);
        if let Some(help) = &choice.help {
            line.push(": ", Role::Body.into());
            line.extend(&inline(help, Role::Body));
        }
        line
    });
    let is_bare_yes_no = matches!(card.takes, Takes::Value(FactType::YesNo))
        && card
            .choices
            .iter()
            .all(|choice| choice.plain == *choice.key && choice.help.is_none());
    if is_bare_yes_no {
        return Vec::new();
    }
    numbered.flat_map(|line| wrap(&line, columns)).collect()
}

/// Names the answers and the other words that fit here.
pub fn what_to_type(card: &Card) -> String {
    let answer = match &card.takes {
        Takes::Value(FactType::YesNo) => "yes or no".to_owned(),
        Takes::Value(FactType::Choice(_)) => "one of these".to_owned(),
        Takes::Value(FactType::Many(_)) => "any of these, with commas between them".to_owned(),
        Takes::Value(kind) => answers::expected(kind, &card.choices, card.shown.day()),
        Takes::Done => "done".to_owned(),
        Takes::Nothing if card.can_go_back => {
            return "Press Enter to finish, or type back.".to_owned();
        }
        Takes::Nothing => return "Press Enter to finish.".to_owned(),
    };
    format!("Answer: {answer}; or {}", other_words(card))
}

/// The command words that fit here.
fn other_words(card: &Card) -> String {
    let offer = card.view.replies;
    let words = [
        (offer.tried, "tried"),
        (offer.cannot, "cannot"),
        (offer.unsure, "unsure"),
        (offer.none, "none"),
        (offer.person, "person"),
        (card.can_go_back, "back"),
        (card.view.offer_to_park, "park"),
        (true, "help"),
    ];
    let slash = if is_text(card) { "/" } else { "" };
    let words = words.iter().filter(|(offered, _)| *offered);
    let words: Vec<String> = words.map(|(_, word)| format!("{slash}{word}")).collect();
    words.join(", ")
}

/// How help is asked for here.
pub fn help_word(card: &Card) -> &'static str {
    if is_text(card) { "/help" } else { "help" }
}

const fn is_text(card: &Card) -> bool {
    matches!(card.takes, Takes::Value(FactType::Text(_)))
}

/// Whether the prompt takes this kind of reply.
pub const fn offers(offer: Offer, reply: &Reply) -> bool {
    match reply {
        Reply::Answer(_) => offer.answer,
        Reply::Done => offer.done,
        Reply::Tried => offer.tried,
        Reply::Cannot => offer.cannot,
        Reply::Unsure => offer.unsure,
        Reply::None => offer.none,
        Reply::Person => offer.person,
    }
}

/// What was answered here before, or is known.
pub fn suggestion(card: &Card) -> Option<String> {
    let view = card.view.suggestion.as_ref()?;
    let answer = view.shown.as_deref().unwrap_or(view.reply);
    let said = if view.known.is_some() {
        "Known so far"
    } else {
        "Answered before"
    };
    let keeps = kept(card).map_or("", |_| " (an empty line keeps it)");
    Some(format!("{said}: {answer}{keeps}"))
}

/// The answer that stands already, which an empty line keeps. What was done or claimed is said again.
pub fn kept(card: &Card) -> Option<Reply> {
    let suggestion = card.suggestion.as_ref();
    let answer = suggestion.filter(|reply| matches!(reply, Reply::Answer(_)));
    answer.filter(|_| !card.is_secret()).cloned()
}

/// Announces a countdown.
pub fn wait(card: &Card, seconds: u64, now: Moment) -> String {
    let wait = Duration::from_secs(seconds);
    let left = wait.saturating_sub(now.since(card.shown));
    if left.is_zero() {
        return format!("The wait of {} is over.", spoken(wait));
    }
    let left = Duration::from_secs(left.as_millis().div_ceil(1000) as u64);
    format!("Wait {}; you can answer at any time.", spoken(left))
}
