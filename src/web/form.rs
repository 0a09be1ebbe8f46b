//! From the fields of a form to what somebody replies. Fields are read by their names; what is unknown is left alone, so
//! that an older page still works.
//!
//! | field | holds |
//! | --- | --- |
//! | `seq`, `step` | the prompt that the page showed |
//! | `choice` | the key of a button that is an answer |
//! | `answer` | what was typed, or ticked (several) |
//! | `reply` | a reply without a value: `done`, `tried`, `cannot`, `unsure`, `none`, `person` |
//! | `visit` | the prompt to go back to first |

use axum::extract::rejection::RawFormRejection;
use axum::extract::{FromRequest, RawForm, Request};

use crate::condition::{FactType, Value};
use crate::session::{Prompt, Rejected, Reply, Session, Source};

use super::trouble::Trouble;

/// The fields of a form, in their order.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

/// Longest text that is read from a field, in characters.
const LONGEST: usize = 4_000;

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = RawFormRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, RawFormRejection> {
        let RawForm(sent) = RawForm::from_request(request, state).await?;
        Ok(Self(form_urlencoded::parse(&sent).into_owned().collect()))
    }
}

impl Fields {
    /// The first field of that name.
    pub fn get<'f>(&'f self, name: &'f str) -> Option<&'f str> {
        self.all(name).next()
    }

    /// All fields of that name.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// A text without the space around it, if there is any in it.
    ///
    /// # Errors
    /// It is too long.
    pub fn text<'f>(&'f self, name: &'f str) -> Result<Option<&'f str>, Trouble> {
        let Some(text) = self
            .get(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
        else {
            return Ok(None);
        };
        if text.chars().count() > LONGEST {
            return Err(Trouble::BadRequest(format!(
                "`{name}` is longer than {LONGEST} characters"
            )));
        }
        Ok(Some(text))
    }

    /// A number.
    ///
    /// # Errors
    /// It is missing or no number.
    pub fn number(&self, name: &str) -> Result<u64, Trouble> {
        self.get(name)
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Trouble::BadRequest(format!("`{name}` must be a number")))
    }

    /// The prompt that the page showed.
    ///
    /// # Errors
    /// It is not named.
    pub fn prompt(&self) -> Result<(u64, &str), Trouble> {
        let step = self
            .get("step")
            .ok_or_else(|| Trouble::BadRequest("`step` is missing".to_owned()))?;
        Ok((self.number("seq")?, step))
    }

    /// What is replied to the prompt that stands.
    ///
    /// # Errors
    /// Nothing is, or what was typed is no answer; it says what would be one.
    pub fn reply(&self, session: &Session) -> Result<Reply, Trouble> {
        if let Some(key) = self.get("choice") {
            return Ok(Reply::Answer(value(session, &[key])?));
        }
        match self.get("reply") {
            Some("done") => Ok(Reply::Done),
            Some("tried") => Ok(Reply::Tried),
            Some("cannot") => Ok(Reply::Cannot),
            Some("unsure") => Ok(Reply::Unsure),
            Some("none") => Ok(Reply::None),
            Some("person") => Ok(Reply::Person),
            _ => {
                let typed: Vec<&str> = self.all("answer").collect();
                Ok(Reply::Answer(value(session, &typed)?))
            }
        }
    }
}

/// Which values answer the prompt that stands.
pub fn takes(session: &Session) -> Option<FactType> {
    match session.prompt() {
        Prompt::Question(_, question) => Some(question.kind.fact_type()),
        Prompt::Need(_, fact) => Some(fact.kind.clone()),
        Prompt::Remedy(..) | Prompt::Solved(..) => Some(FactType::YesNo),
        _ => None,
    }
}

/// What was typed or ticked, as a value of the prompt's type.
fn value(session: &Session, typed: &[&str]) -> Result<Value, Trouble> {
    let Some(kind) = takes(session) else {
        return Err(Trouble::Stale);
    };
    let step = || {
        let prompt = session.prompt();
        prompt
            .at()
            .map(|at| at.name().into_owned())
            .unwrap_or_default()
    };
    let today = crate::store::moment().day();
    typed_value(&kind, typed).ok_or_else(|| {
        Trouble::Refused(Rejected::NotAnAnswer {
            step: step(),
            accepted: kind.expected(Some(today)),
        })
    })
}

/// What was typed or ticked, as a value of a type.
pub fn typed_value(kind: &FactType, typed: &[&str]) -> Option<Value> {
    let today = crate::store::moment().day();
    match (kind, typed) {
        (FactType::Many(_), []) => None,
        (FactType::Many(_), keys) => kind.read_many(keys).ok(),
        (_, [text]) if text.trim().is_empty() => None,
        (_, [text]) => kind.read(text, Some(today)).ok(),
        _ => None,
    }
}

/// Applies a reply to the prompt that a page showed, after going back if it says so.
///
/// # Errors
/// The case has moved on, or the reply does not fit.
pub fn apply(
    fields: &Fields,
    session: &mut Session,
    at: crate::session::Moment,
) -> Result<(), Trouble> {
    let (mut seq, step) = fields.prompt()?;
    if let Some(visit) = fields.get("visit") {
        let visit = visit
            .parse()
            .map_err(|_| Trouble::BadRequest("`visit` must be a number".to_owned()))?;
        seq = session.back(seq, visit, at)?.seq;
    } else if session.seq() != seq {
        return Err(Trouble::Stale);
    }
    let reply = fields.reply(session)?;
    session.reply(seq, step, reply, Source::Asked, at)?;
    Ok(())
}
