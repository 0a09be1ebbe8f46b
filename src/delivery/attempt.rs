//! One message, sent once: what the environment holds is filled in, it is signed and posted, and the answer is judged.

use jiff::fmt::rfc2822;

use crate::hooks::Hook;
use crate::store::Claimed;

use super::post::{Answer, Poster};
use super::signature::signature;

/// A hook with all that the environment holds for it.
pub(super) struct Ready<'h> {
    hook: &'h Hook,
    url: String,
    headers: Vec<(String, String)>,
    secrets: Option<String>,
    /// What came from the environment: never to be shown.
    hidden: Vec<String>,
}

/// How an attempt went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// 2xx.
    Taken,
    /// The other side does not take this message.
    Refused(Fault),
    /// The other side cannot be reached, or takes none just now.
    Silent(Fault),
    /// 410: the other side wants no messages any more.
    Gone(String),
}

/// Why a message was not taken, and how long the other side asks to wait, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) problem: String,
    pub(super) retry_after: Option<i64>,
}

impl<'h> Ready<'h> {
    /// Fills in what the environment holds.
    ///
    /// # Errors
    /// What is missing or cannot be used; the words name the variable and do not show what it holds.
    pub(super) fn new(
        hook: &'h Hook,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        if hook.is_mistaken {
            return Err("the hook has a mistake, which `fixpath check` shows".to_owned());
        }
        let hidden = std::cell::RefCell::new(Vec::new());
        let look = |name: &str| {
            let value = variable(name)?.trim().to_owned();
            hidden.borrow_mut().push(value.clone());
            Some(value)
        };
        let url = hook.url.fill(&look).map_err(|why| why.to_string())?;
        let mut headers = Vec::new();
        for (name, value) in &hook.headers {
            let value = value.fill(&look).map_err(|why| why.to_string())?;
            if !value.chars().all(|sign| matches!(sign, ' '..='~')) {
                return Err(format!(
                    "the header field {name} may hold letters, digits and signs of ASCII only"
                ));
            }
            headers.push((name.to_string(), value));
        }
        let is_address = |url: &str| {
            let lower = url.to_ascii_lowercase();
            lower.starts_with("https://") || lower.starts_with("http://")
        };
        if !is_address(&url) {
            return Err(format!(
                "what stands in the environment for `{}` is no address that begins with https:// or http://",
                hook.url.source()
            ));
        }
        let secrets = match &hook.secret {
            None => None,
            Some(name) => match look(name) {
                Some(secrets) => {
                    signature(&secrets, "", 0, &[])
                        .map_err(|why| format!("the environment variable {name} {why}"))?;
                    Some(secrets)
                }
                None if hook.may_go_unsigned() => None,
                None => return Err(format!("the environment variable {name} is not set")),
            },
        };
        Ok(Self {
            hook,
            url,
            headers,
            secrets,
            hidden: hidden.into_inner(),
        })
    }

    /// Sends a message, at a moment in milliseconds since 1970.
    pub(super) fn attempt(&self, poster: &Poster, claimed: &Claimed, now: i64) -> Verdict {
        let refused = |problem: String| {
            Verdict::Refused(Fault {
                problem,
                retry_after: None,
            })
        };
        let (body, content_type) = match self.body(claimed) {
            Ok(made) => made,
            Err(problem) => return refused(problem),
        };
        let seconds = now.div_euclid(1_000);
        let id = &claimed.waiting.id;
        let mut headers = self.headers.clone();
        let mut add = |name: &str, value: String| headers.push((name.to_owned(), value));
        add("content-type", content_type);
        add("webhook-id", id.clone());
        add("webhook-timestamp", seconds.to_string());
        if let Some(secrets) = &self.secrets {
            match signature(secrets, id, seconds, body.as_bytes()) {
                Ok(signed) => add("webhook-signature", signed),
                Err(why) => return refused(why.to_owned()),
            }
        }
        match poster.post(&self.url, &headers, &body) {
            Ok(answer) => self.judge(&answer, now),
            Err(why) => Verdict::Silent(Fault {
                problem: self.without_secrets(&why),
                retry_after: None,
            }),
        }
    }

    /// What is sent. A template that could not be filled in when the message was made may have been mended since.
    fn body(&self, claimed: &Claimed) -> Result<(String, String), String> {
        if !claimed.content_type.is_empty() {
            return Ok((claimed.body.clone(), claimed.content_type.clone()));
        }
        let message = serde_json::from_str(&claimed.body)
            .map_err(|why| format!("the message cannot be read: {why}"))?;
        let made = self.hook.body(&message);
        made.map(|(body, content_type)| (body, content_type.to_owned()))
            .map_err(|fault| {
                let path = self
                    .hook
                    .template
                    .as_ref()
                    .map_or("", |template| template.path());
                format!("the template {path} cannot be filled in: {fault}")
            })
    }

    fn judge(&self, answer: &Answer, now: i64) -> Verdict {
        let fault = || Fault {
            problem: self.without_secrets(&said(answer)),
            retry_after: answer
                .retry_after
                .as_deref()
                .and_then(|text| retry_after(text, now)),
        };
        match answer.status {
            200..=299 => Verdict::Taken,
            410 => Verdict::Gone(fault().problem),
            300..=399 | 408 | 429 | 500.. => Verdict::Silent(fault()),
            _ => Verdict::Refused(fault()),
        }
    }

    /// The other side may repeat what it was sent.
    fn without_secrets(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for hidden in self
            .hidden
            .iter()
            .flat_map(|hidden| hidden.split_whitespace())
        {
            if hidden.len() > 3 {
                text = text.replace(hidden, "•••");
            }
        }
        text
    }
}

/// "answered 503 Service Unavailable: try later".
fn said(answer: &Answer) -> String {
    let mut text = format!("answered {}", answer.status);
    if let Some(reason) = answer.reason {
        text.push_str(&format!(" {reason}"));
    }
    match (&answer.location, answer.status) {
        (Some(location), 300..=399) => {
            text.push_str(&format!(
                ", moved to {location}; write that address into `url` if it is right"
            ));
        }
        _ if !answer.beginning.is_empty() => text.push_str(&format!(": {}", answer.beginning)),
        _ => {}
    }
    text
}

/// `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3), in milliseconds from now.
fn retry_after(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return seconds.checked_mul(1_000);
    }
    let parser = rfc2822::DateTimeParser::new();
    let date = parser.parse_timestamp(text).ok()?;
    Some(date.as_millisecond() - now)
}

#[cfg(test)]
mod tests {
    use super::retry_after;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(retry_after("120", 0), Some(120_000));
        let date = "Wed, 21 Oct 2015 07:28:00 GMT";
        assert_eq!(retry_after(date, 1_445_412_420_000), Some(60_000));
        assert_eq!(retry_after("soon", 0), None);
        assert_eq!(retry_after("99999999999999999999", 0), None);
    }
}
