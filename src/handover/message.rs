//! What is written to the customer: an e-mail and a chat text. Both are made of a [`PublicNote`], which cannot hold a text
//! for agents. Neither greets nor signs: whoever sends it does.

use serde::Serialize;
use utoipa::ToSchema;

use crate::session::Outcome;

use super::public::PublicNote;

/// So many characters a chat text has at most where nothing else is said: what a phone shows without unfolding.
pub const CHAT_LIMIT: usize = 500;

/// A longer link some mail programs cut or refuse.
const LONGEST_LINK: usize = 2_000;

/// An e-mail to the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Email {
    /// Its subject, on one line.
    pub subject: String,
    /// Its words, as plain text.
    pub body: String,
}

/// A line of a chat text.
enum Line {
    Words(String),
    /// Something that was done.
    Step(String),
}

impl Email {
    /// To be copied as a whole: the subject first.
    pub fn text(&self) -> String {
        format!("Subject: {}\n\n{}", self.subject, self.body)
    }

    /// A link that opens the mail program with it (RFC 6068); none where it would be too long for one.
    pub fn mailto(&self) -> Option<String> {
        let encoded = form_urlencoded::Serializer::new(String::new())
            .append_pair("subject", &self.subject)
            .append_pair("body", &self.body.replace('\n', "\r\n"))
            .finish();
        // Mail programs take a plus for a plus.
        let link = format!("mailto:?{}", encoded.replace('+', "%20"));
        (link.len() <= LONGEST_LINK).then_some(link)
    }
}

impl PublicNote {
    /// The note as an e-mail.
    pub fn email(&self) -> Email {
        let mut paragraphs = vec![self.title.clone(), self.summary.clone()];
        let next: Vec<&str> = self.what_is_next().collect();
        if !next.is_empty() {
            paragraphs.push(format!("What is next:\n\n{}", next.join("\n")));
        }
        paragraphs.extend(self.read_more());
        if !self.steps.is_empty() {
            let steps: Vec<String> = self.step_lines().collect();
            paragraphs.push(format!("What we have done:\n\n{}", steps.join("\n")));
        }
        paragraphs.extend(self.reference());
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        Email {
            subject: self.subject(),
            body: paragraphs.join("\n\n") + "\n",
        }
    }

    /// The note as a chat text of so many characters at most: whole lines, the most important first, and at last what did
    /// not fit.
    pub fn chat(&self, most: usize) -> String {
        let heading = match &self.ticket {
            Some(ticket) => format!("{} ({ticket})", self.title),
            None => self.title.clone(),
        };
        let words = [heading, self.summary.clone()].into_iter();
        let words = words.chain(self.reference());
        let words = words.chain(self.what_is_next().map(str::to_owned));
        let words = words.chain(self.read_more()).map(Line::Words);
        let mut lines: Vec<Line> = words.filter(|line| !line.text().is_empty()).collect();
        lines.extend(self.step_lines().map(Line::Step));
        cut(&lines, most)
    }

    /// The subject of an e-mail: what it is about, and how the desk calls it.
    fn subject(&self) -> String {
        match (&self.ticket, &self.case) {
            (Some(ticket), _) => format!("{ticket}: {}", self.title),
            (None, Some(case)) => format!("{} (case {case})", self.title),
            (None, None) => self.title.clone(),
        }
    }

    /// What is to be done or will happen, line by line.
    fn what_is_next(&self) -> impl Iterator<Item = &str> {
        let said = [&self.next, &self.instruction, &self.prevent];
        said.into_iter().flatten().flat_map(|said| said.lines())
    }

    fn read_more(&self) -> Option<String> {
        let link = self.link.as_ref()?;
        Some(format!("More about it: {link}"))
    }

    fn step_lines(&self) -> impl Iterator<Item = String> {
        self.steps.iter().map(|step| format!("- {}", step.line()))
    }

    /// What to name, so that nobody has to tell it all again.
    fn reference(&self) -> Option<String> {
        let name = match (&self.ticket, &self.case) {
            (Some(ticket), Some(case)) => format!("{ticket} (case {case})"),
            (Some(ticket), None) => ticket.clone(),
            (None, Some(case)) => format!("case {case}"),
            (None, None) => return self.code.as_ref().map(|code| format!("Your code: {code}")),
        };
        let when = match self.outcome {
            Some(Outcome::Resolved) if self.confirmed => "If it comes back",
            Some(Outcome::Resolved) => "If it is not solved",
            _ => "When you get in touch",
        };
        Some(match &self.code {
            Some(code) => format!("{when}, name {name}, or give the code {code}."),
            None => format!("{when}, name {name}."),
        })
    }
}

impl Line {
    fn text(&self) -> &str {
        let (Self::Words(text) | Self::Step(text)) = self;
        text
    }
}

/// As many whole lines from the top as fit, with a last one that says what was left out.
fn cut(lines: &[Line], most: usize) -> String {
    let joined = |lines: &[Line], last: Option<String>| {
        let texts = lines.iter().map(|line| line.text().to_owned());
        texts.chain(last).collect::<Vec<_>>().join("\n")
    };
    let fits = |text: &String| text.chars().count() <= most;
    let whole = joined(lines, None);
    if fits(&whole) {
        return whole;
    }
    let shorter = (0..lines.len()).rev().filter_map(|kept| {
        let (kept, rest) = lines.split_at_checked(kept)?;
        Some(joined(kept, Some(left_out(rest))))
    });
    shorter
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| "…".to_owned())
}

fn left_out(rest: &[Line]) -> String {
    let steps = rest
        .iter()
        .filter(|line| matches!(line, Line::Step(_)))
        .count();
    let counted = [(rest.len() - steps, "line"), (steps, "step")];
    let words: Vec<String> = counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }))
        .collect();
    format!("… (left out: {})", words.join(", "))
}
