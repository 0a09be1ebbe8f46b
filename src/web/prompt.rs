//! The prompt that stands as HTML: texts, and a form with its answers. Made of what everybody may see; the desk puts its
//! own texts around it.

use maud::{Markup, html};

use crate::condition::Value;
use crate::session::Session;
use crate::session::view::{
    Answers, ChoiceView, ImageView, PromptKind, PublicMarkdown, PublicView, SuggestionView,
};

use super::markdown::{block, inline, is_safe_address, label, plain};

/// What is around the answers of a prompt.
#[derive(Debug, Default, Clone, Copy)]
pub struct Around<'a> {
    /// Where the form goes.
    pub action: &'a str,
    /// Hidden fields beside those of the prompt.
    pub hidden: &'a [(&'static str, String)],
    /// What was typed and is no answer, and why.
    pub misfit: Option<(&'a str, &'a str)>,
    /// What was typed and not taken, as the question was answered already.
    pub typed: Option<&'a str>,
    /// Whether keys are shown beside the answers.
    pub keys: bool,
}

/// The texts over the answers: danger, what to do, what is asked, how to find out, words explained.
pub fn texts(view: &PublicView, media: &dyn Fn(&str) -> Option<String>) -> Markup {
    let heading = heading(view);
    html! {
        @if heading == Heading::Todo { h1 #question .quiet { "Please do this" } }
        @for warn in &view.warn {
            div.warn role="note" { strong.kicker { "Take care" } (block(warn.as_str(), media)) }
        }
        @if view.kind == PromptKind::Need { p.kicker { "A person will help you. First they need to know:" } }
        @if let Some(label) = &view.label { p.kicker { "Try this: " (inline(label.as_str())) } }
        @if let Some(todo) = &view.instruction { @if heading != Heading::Instruction {
            div.todo #todo { (block(todo.as_str(), media)) }
        } }
        @match heading {
            Heading::Ask => h1 #question { (inline(shown(view.ask.as_ref()))) },
            Heading::Instruction => h1 #question { (inline(shown(view.instruction.as_ref()))) },
            Heading::Todo | Heading::None => {}
        }
        @if !view.checklist.is_empty() {
            ul.checklist { @for item in &view.checklist {
                li { label { input type="checkbox" autocomplete="off"; span { (inline(item.as_str())) } } }
            } }
        }
        @if let Some(image) = &view.image { (picture(image, media)) }
        @if let Some(help) = &view.help {
            details.help { summary { "How do I find out?" } (block(help.as_str(), media)) }
        }
        @for term in &view.terms {
            details.term { summary { "What is “" (term.term) "”?" } (block(term.meaning.as_str(), media)) }
        }
        @if let Some(link) = &view.link { @if let Some(address) = is_safe_address(&link.url).then_some(&*link.url) {
            p.link { a href=(address) target="_blank" rel="noopener noreferrer" {
                (link.label.as_ref().map_or(&*link.url, PublicMarkdown::as_str))
            } }
        } }
    }
}

/// A picture of the library; one from elsewhere is linked, for no page loads anything from there.
pub fn picture(image: &ImageView, media: &dyn Fn(&str) -> Option<String>) -> Markup {
    let words = image.alt.as_ref().map(|alt| plain(alt.as_str()));
    let alt = words.as_deref().unwrap_or("Picture");
    html! {
        p.picture {
            @if let Some(address) = media(&image.src) {
                img src=(address) alt=(alt) loading="lazy";
            } @else if is_safe_address(&image.src) {
                a href=(image.src) target="_blank" rel="noopener noreferrer nofollow" { (alt) }
            } @else { (alt) }
        }
    }
}

/// What is read aloud when the prompt comes up: what to do, then what is asked. Names of elements.
pub fn labelled_by(view: &PublicView) -> &'static str {
    match heading(view) {
        Heading::Ask if view.instruction.is_some() => "todo question",
        Heading::Todo => "question todo",
        _ => "question",
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Ask,
    Instruction,
    Todo,
    None,
}

fn heading(view: &PublicView) -> Heading {
    match (&view.ask, &view.instruction) {
        (Some(_), _) => Heading::Ask,
        (None, Some(todo)) if is_short(todo) => Heading::Instruction,
        (None, Some(_)) => Heading::Todo,
        (None, None) => Heading::None,
    }
}

/// Whether a text can be a heading: one paragraph of a few words.
fn is_short(text: &PublicMarkdown) -> bool {
    let text = text.as_str().trim();
    !text.contains('\n') && text.chars().count() <= 90
}

fn shown(text: Option<&PublicMarkdown>) -> &str {
    text.map_or("", PublicMarkdown::as_str)
}

/// The form with the answers. What answers comes first, so that Enter in a field answers.
pub fn form(view: &PublicView, around: Around<'_>) -> Markup {
    html! {
        form.answers method="post" action=(around.action) data-step=(view.step) {
            input type="hidden" name="seq" value=(view.seq);
            input type="hidden" name="step" value=(view.step);
            @for (name, value) in around.hidden { input type="hidden" name=(name) value=(value); }
            @if let Some((_, why)) = around.misfit {
                p.misfit #misfit role="alert" { "That does not fit: please give " (why) "." }
            }
            @if let Some(answers) = &view.answers { (choices(answers, view, around)) }
            @if view.replies.done {
                button.answer.main name="reply" value="done" data-key="1" { (key(around, "1")) "Done, go on" }
            }
        }
    }
}

fn key(around: Around<'_>, key: &str) -> Markup {
    html! { @if around.keys { kbd aria-hidden="true" { (key) } } }
}

fn choices(answers: &Answers, view: &PublicView, around: Around<'_>) -> Markup {
    let was = view.suggestion.as_ref();
    match answers {
        Answers::YesNo { choices } | Answers::Choice { choices } => html! {
            div.choices role="group" aria-labelledby="question" {
                @for (at, choice) in choices.iter().enumerate() { (button(choice, at, was, around)) }
            }
        },
        Answers::Many { choices } => html! {
            p.hint #hint { "Tick all that fit." }
            fieldset.choices aria-labelledby="question" aria-describedby=[described("x", around)] {
                @for choice in choices { (tick(choice, was)) }
            }
            button.answer.main { "Go on" }
        },
        Answers::Number {
            unit,
            words,
            min,
            max,
            ..
        } => html! {
            (field(view, around, "decimal", &range(*min, *max, unit.as_deref()), unit.as_deref()))
            @if !words.is_empty() { div.choices role="group" aria-labelledby="question" {
                @for (at, word) in words.iter().enumerate() { (button(word, at, was, around)) }
            } }
        },
        Answers::Text {
            example,
            secret,
            max,
            ..
        } => html! {
            @let hint = example.as_ref().map(|example| format!("For example: {example}")).unwrap_or_default();
            @if *secret {
                (hinted(&hint))
                div.field {
                    input.text type="password" name="answer" aria-labelledby="question" autocomplete="off" maxlength=[*max] required
                        aria-describedby=[described(&hint, around)] aria-invalid=[around.misfit.map(|_| "true")];
                }
                button.answer.main { "Go on" }
            } @else { (field(view, around, "text", &hint, None)) }
        },
        Answers::Date { min, max } => html! {
            div.field {
                input.text type="date" name="answer" aria-labelledby="question" required
                    min=[min.map(|day| day.to_string())] max=[max.map(|day| day.to_string())]
                    value=[typed(was, around, None)] aria-invalid=[around.misfit.map(|_| "true")]
                    aria-describedby=[described("", around)];
            }
            button.answer.main { "Go on" }
        },
    }
}

fn range(min: Option<f64>, max: Option<f64>, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    match (min, max) {
        (Some(min), Some(max)) => format!("A number from {min} to {max}{unit}"),
        (Some(min), None) => format!("A number from {min}{unit} on"),
        (None, Some(max)) => format!("A number up to {max}{unit}"),
        (None, None) => String::new(),
    }
}

fn hinted(hint: &str) -> Markup {
    html! { @if !hint.is_empty() { p.hint #hint { (hint) } } }
}

/// What explains a field to those who hear it.
const fn described(hint: &str, around: Around<'_>) -> Option<&'static str> {
    match (around.misfit.is_some(), hint.is_empty()) {
        (true, false) => Some("misfit hint"),
        (true, true) => Some("misfit"),
        (false, false) => Some("hint"),
        (false, true) => None,
    }
}

fn field(
    view: &PublicView,
    around: Around<'_>,
    mode: &str,
    hint: &str,
    unit: Option<&str>,
) -> Markup {
    html! {
        (hinted(hint))
        div.field {
            input.text type="text" name="answer" inputmode=(mode) autocomplete="off" required
                aria-labelledby="question" aria-describedby=[described(hint, around)]
                aria-invalid=[around.misfit.map(|_| "true")]
                value=[typed(view.suggestion.as_ref(), around, unit)];
            @if let Some(unit) = unit { span.unit { (unit) } }
        }
        button.answer.main { "Go on" }
    }
}

/// What stands in the field: what was typed just now, else what is suggested, a number without the unit that stands behind
/// the field.
fn typed(was: Option<&SuggestionView>, around: Around<'_>, unit: Option<&str>) -> Option<String> {
    if let Some(typed) = around.misfit.map(|(typed, _)| typed).or(around.typed) {
        return Some(typed.to_owned());
    }
    let was = was?;
    let shown = was.shown.as_deref()?;
    let number = match (&was.value, unit) {
        (Some(Value::Number(_)), Some(unit)) => shown.strip_suffix(unit).map(str::trim_end),
        _ => None,
    };
    Some(number.unwrap_or(shown).to_owned())
}

/// Whether an answer is the one that is suggested.
fn is_suggested(choice: &ChoiceView, was: Option<&SuggestionView>) -> bool {
    was.and_then(|was| was.value.as_ref())
        .is_some_and(|value| match value.to_json() {
            serde_json::Value::Bool(yes) => *choice.key == *(if yes { "yes" } else { "no" }),
            serde_json::Value::String(key) => *choice.key == *key,
            serde_json::Value::Array(keys) => {
                keys.iter().any(|key| key.as_str() == Some(&*choice.key))
            }
            _ => false,
        })
}

/// How an answer is called.
pub fn name(choice: &ChoiceView) -> Markup {
    match (&choice.label, &*choice.key) {
        (Some(text), _) => label(text.as_str()),
        (None, "yes") => html! { "Yes" },
        (None, "no") => html! { "No" },
        (None, key) => html! { (capital(key)) },
    }
}

/// An author's key as an answer that stands alone: `every device` begins large, `macOS` stays.
fn capital(key: &str) -> String {
    let mut letters = key.chars();
    match letters.next() {
        Some(first) if !key.chars().any(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => key.to_owned(),
    }
}

fn button(
    choice: &ChoiceView,
    at: usize,
    was: Option<&SuggestionView>,
    around: Around<'_>,
) -> Markup {
    let is_suggested = is_suggested(choice, was);
    let of_yes_no = matches!(&*choice.key, "yes" | "no");
    let shown = match &*choice.key {
        "yes" if of_yes_no => "y".to_owned(),
        "no" if of_yes_no => "n".to_owned(),
        _ => (at + 1).to_string(),
    };
    // A key is one press.
    let shown = (shown.len() == 1).then_some(shown);
    html! {
        button.answer .was[is_suggested] name="choice" value=(choice.key) data-key=[&shown] {
            @if let Some(shown) = &shown { (key(around, shown)) }
            span.words {
                span.label { (name(choice)) }
                @if let Some(help) = &choice.help { span.hint { (inline(help.as_str())) } }
                @if is_suggested { span.hint { (said_before(was)) } }
            }
        }
    }
}

fn said_before(was: Option<&SuggestionView>) -> &'static str {
    match was.and_then(|was| was.known) {
        Some(_) => "We think it is this one",
        None => "Your answer before",
    }
}

fn tick(choice: &ChoiceView, was: Option<&SuggestionView>) -> Markup {
    html! {
        label.answer.tick {
            input type="checkbox" name="answer" value=(choice.key) checked[is_suggested(choice, was)];
            span.words {
                span.label { (name(choice)) }
                @if let Some(help) = &choice.help { span.hint { (inline(help.as_str())) } }
            }
        }
    }
}

/// The replies that are there at every prompt, as buttons of the same form: each names its reply.
pub fn always(view: &PublicView, around: Around<'_>) -> Markup {
    let replies = view.replies;
    let all = [
        (replies.tried, "tried", "I already tried this", "t"),
        (replies.cannot, "cannot", "I can’t do this", "c"),
        (replies.unsure, "unsure", "I don’t know", "u"),
        (replies.none, "none", "None of these", "x"),
        (replies.person, "person", "Talk to a person", "p"),
    ];
    html! {
        form.always method="post" action=(around.action) {
            input type="hidden" name="seq" value=(view.seq);
            input type="hidden" name="step" value=(view.step);
            @for (name, value) in around.hidden { input type="hidden" name=(name) value=(value); }
            @for (offered, reply, words, shown) in all { @if offered {
                @let is_suggested = view.suggestion.as_ref().is_some_and(|was| was.reply == reply);
                button .was[is_suggested] name="reply" value=(reply) data-key=(shown) {
                    (key(around, shown)) (words) @if is_suggested { span.hint { ", as you said before" } }
                }
            } }
        }
    }
}

/// A countdown.
pub fn wait(view: &PublicView, session: &Session) -> Markup {
    let Some(seconds) = view.wait_seconds else {
        return html! {};
    };
    let shown = session
        .prompt()
        .at()
        .map_or(0, |at| at.shown.milliseconds());
    let until = shown.saturating_add(
        i64::try_from(seconds)
            .unwrap_or(i64::MAX)
            .saturating_mul(1000),
    );
    html! {
        p.wait { "This takes a while: " strong data-until=(until) { (minutes(seconds)) }
            " You need not wait for it to run out." }
    }
}

fn minutes(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} seconds."),
        60..120 => "1 minute.".to_owned(),
        120..7200 => format!("{} minutes.", seconds / 60),
        _ => format!("{} hours.", seconds / 3600),
    }
}
