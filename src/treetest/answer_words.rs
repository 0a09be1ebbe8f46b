//! What tests say at a prompt, and what a prompt takes, in the words of tests.

use jiff::civil::Date;

use crate::condition::{FactType, Value};
use crate::session::{Offer, Prompt, Reply};
use crate::syntax::ValueNode;
use crate::tree::QuestionKind;

/// The kinds of reply that are not a value.
const KINDS: [Reply; 6] = [
    Reply::Done,
    Reply::Tried,
    Reply::Cannot,
    Reply::Unsure,
    Reply::None,
    Reply::Person,
];

/// The reply that a test gives at a prompt; `None` where it is none of this prompt. A value or an answer's key goes
/// before a word such as `unsure`, except where any text is an answer.
pub(super) fn reply(prompt: &Prompt<'_>, said: &ValueNode, today: Date) -> Option<Reply> {
    let kind = fact_type(prompt);
    let word = match said {
        ValueNode::List(words, _) => {
            let picked: Vec<&str> = words.iter().map(|word| word.value.trim()).collect();
            return kind?.read_many(&picked).ok().map(Reply::Answer);
        }
        ValueNode::One(word) => word.value.trim(),
    };
    let offer = prompt.at()?.offer;
    let value = || Some(Reply::Answer(kind.as_ref()?.read(word, Some(today)).ok()?));
    let named = || named(word).filter(|reply| offers(offer, reply));
    if matches!(kind, Some(FactType::Text(_))) {
        named().or_else(value)
    } else {
        value().or_else(named)
    }
}

/// The kinds of reply that are not a value, by the words of tests.
fn named(word: &str) -> Option<Reply> {
    KINDS.into_iter().find(|reply| reply.name() == word)
}

const fn offers(offer: Offer, reply: &Reply) -> bool {
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

/// What values answer a prompt; nothing where it takes no value.
fn fact_type(prompt: &Prompt<'_>) -> Option<FactType> {
    match prompt {
        Prompt::Question(_, question) => Some(question.kind.fact_type()),
        Prompt::Remedy(..) | Prompt::Solved(..) => Some(FactType::YesNo),
        Prompt::Need(_, declaration) => Some(declaration.kind.clone()),
        Prompt::Instruction(_)
        | Prompt::End(..)
        | Prompt::Parked(_)
        | Prompt::HandedOver(_)
        | Prompt::Closed(..) => None,
    }
}

/// The words that fit at a prompt: the keys of its answers, then the other kinds of reply.
pub(super) fn words(prompt: &Prompt<'_>) -> Vec<String> {
    let Some(at) = prompt.at() else {
        return Vec::new();
    };
    let mut words = match fact_type(prompt) {
        None => Vec::new(),
        Some(FactType::YesNo) => vec!["yes".to_owned(), "no".to_owned()],
        Some(FactType::Choice(keys) | FactType::Many(keys) | FactType::Number(_, keys)) => {
            keys.iter().map(|key| key.to_string()).collect()
        }
        Some(FactType::Text(_) | FactType::Date(_)) => Vec::new(),
    };
    let offered = KINDS.iter().filter(|reply| offers(at.offer, reply));
    words.extend(offered.map(|reply| reply.name().to_owned()));
    words
}

/// What fits at a prompt, for a message: `up`, `down`; a number from 0 to 10; `unsure` …
pub(super) fn takes(prompt: &Prompt<'_>, today: Date) -> String {
    let mut words: Vec<String> = words(prompt)
        .iter()
        .map(|word| format!("`{word}`"))
        .collect();
    if let Prompt::Question(_, question) = prompt
        && matches!(
            question.kind,
            QuestionKind::Number(..) | QuestionKind::Text(_) | QuestionKind::Date(_)
        )
    {
        words.insert(0, question.kind.fact_type().expected(Some(today)));
    }
    words.join(", ")
}

/// What a test says, as it stands in the file.
pub(super) fn said(node: &ValueNode) -> String {
    match node {
        ValueNode::One(word) => word.value.trim().to_owned(),
        ValueNode::List(words, _) => {
            let words: Vec<&str> = words.iter().map(|word| &*word.value).collect();
            format!("[{}]", words.join(", "))
        }
    }
}

/// A value of a fact for the start of a walk.
pub(super) fn prefill(kind: &FactType, node: &ValueNode, today: Date) -> Result<Value, String> {
    let read = match node {
        ValueNode::One(word) => kind.read(&word.value, Some(today)),
        ValueNode::List(words, _) => {
            let picked: Vec<&str> = words.iter().map(|word| word.value.trim()).collect();
            kind.read_many(&picked)
        }
    };
    read.map_err(|misfit| misfit.expected().to_owned())
}
