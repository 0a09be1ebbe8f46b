//! What went wrong, for programs: `application/problem+json` (RFC 9457), with what they need to go on.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::session::Rejected;
use crate::store::StoreError;
use crate::web::trouble::Trouble;

use super::case::Case;

/// The media type.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// How the protected space is called (RFC 9110, section 11.5).
const REALM: &str = "Bearer realm=\"fixpath\"";

/// What went wrong.
#[derive(Debug)]
pub struct Problem(Box<Told>);

/// What is told of it, and the headers that go with it.
#[derive(Debug)]
struct Told {
    body: ProblemBody,
    challenge: Option<String>,
    retry_after: Option<u64>,
}

/// What went wrong (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Which kind of problem: `urn:fixpath:problem:` and a word.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: String,
    /// The status of the response.
    status: u16,
    /// What happened and what helps.
    detail: String,
    /// What would be accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// The number that has to be named.
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    /// The prompt that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// The case as it stands, where it has moved on.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<Box<Case>>,
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Told {
            body: ProblemBody {
                kind: format!("urn:fixpath:problem:{kind}"),
                title: title.to_owned(),
                status: status.as_u16(),
                detail: detail.into(),
                expected: None,
                seq: None,
                step: None,
                case: None,
            },
            challenge: None,
            retry_after: None,
        }))
    }

    /// No token was sent.
    pub fn no_token() -> Self {
        let detail = "Send a token: Authorization: Bearer fxp_… (`fixpath token add` makes one).";
        Self::unauthorized(detail, REALM.to_owned())
    }

    /// The token is no good.
    pub fn wrong_token() -> Self {
        let detail =
            "This token is unknown, has ended, or is not sent as: Authorization: Bearer fxp_….";
        let challenge = format!("{REALM}, error=\"invalid_token\"");
        Self::unauthorized(detail, challenge)
    }

    fn unauthorized(detail: &str, challenge: String) -> Self {
        let mut problem = Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "A good token is needed",
            detail,
        );
        problem.0.challenge = Some(challenge);
        problem
    }

    /// The token is good, but not for this: roles of which one would do.
    pub fn lacks(roles: &str) -> Self {
        let needed = roles.replace(' ', "` or `");
        let mut problem = Self::forbidden(format!("This needs a token with the role `{needed}`."));
        problem.0.challenge = Some(format!(
            "{REALM}, error=\"insufficient_scope\", scope=\"{roles}\""
        ));
        problem
    }

    /// Whoever asks may not.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Not allowed", detail)
    }

    /// What was sent can be read but is not what is described.
    pub fn unfit(detail: impl Into<String>) -> Self {
        let title = "The request is not as described";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unfit", title, detail)
    }

    /// An id for a case was used before for another one.
    pub fn id_used(detail: impl Into<String>) -> Self {
        let title = "This id belongs to another case";
        Self::new(StatusCode::CONFLICT, "id-used", title, detail)
    }

    /// Only what is over can go on in another case.
    pub fn not_over() -> Self {
        let detail = "The case is not over: go on in it, or close it first.";
        let title = "That does not fit here";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", title, detail)
    }

    /// The case has moved on: where it stands now.
    pub fn moved(case: Case) -> Self {
        let mut problem = Self::new(
            StatusCode::CONFLICT,
            "moved",
            "The case has moved on",
            "Something else happened in this case since that number. Look where it stands and decide anew.",
        );
        problem.0.body.seq = Some(case.seq());
        problem.0.body.step = case.step().map(str::to_owned);
        problem.0.body.case = Some(Box::new(case));
        problem
    }

    /// Whatever the status says.
    pub fn of_status(status: StatusCode, detail: String) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        let kind = title.to_lowercase().replace(' ', "-");
        let detail = if detail.is_empty() {
            format!("{title}.")
        } else {
            detail
        };
        Self::new(status, &kind, title, detail)
    }
}

impl From<Trouble> for Problem {
    fn from(why: Trouble) -> Self {
        why.log();
        Self::told(&why)
    }
}

impl Problem {
    /// Of trouble that is in the log already.
    fn told(why: &Trouble) -> Self {
        let (kind, title) = match why {
            Trouble::NotFound | Trouble::Store(StoreError::NoSuchCase(_)) => {
                ("not-found", "Not found")
            }
            Trouble::Store(StoreError::NoSuchCode) => ("no-such-code", "No such code"),
            Trouble::Stale => ("moved", "The case has moved on"),
            Trouble::Refused(_) => ("refused", "That does not fit here"),
            Trouble::BadRequest(_) => ("unreadable", "The request cannot be read"),
            Trouble::NotSignedIn => return Self::no_token(),
            Trouble::Forbidden(_) => ("forbidden", "Not allowed"),
            Trouble::TooMany(_) => ("too-many", "Too many requests"),
            Trouble::Store(StoreError::Erased(_)) => ("erased", "Erased"),
            Trouble::Store(_) | Trouble::Gone => ("unavailable", "Cannot be saved right now"),
            Trouble::Internal(_) => ("internal", "Something went wrong on our side"),
        };
        let mut problem = Self::new(why.status(), kind, title, why.to_string());
        problem.0.retry_after = why.retry_after();
        if let Trouble::Refused(why) = why {
            (problem.0.body.step, problem.0.body.expected) = helps(why);
        }
        problem
    }
}

/// At which prompt something was refused, and what would be accepted.
fn helps(why: &Rejected) -> (Option<String>, Option<String>) {
    match why {
        Rejected::NotAnAnswer { step, accepted } => (Some(step.clone()), Some(accepted.clone())),
        Rejected::NotOffered { step, offered, .. } => (Some(step.clone()), Some(offered.clone())),
        Rejected::NotAtAnEnd { step }
        | Rejected::NothingToChange { step }
        | Rejected::NotProbed { step }
        | Rejected::SetByEdge { step, .. } => (Some(step.clone()), None),
        _ => (None, None),
    }
}

impl From<StoreError> for Problem {
    fn from(why: StoreError) -> Self {
        Trouble::from(why).into()
    }
}

impl From<Rejected> for Problem {
    fn from(why: Rejected) -> Self {
        Trouble::from(why).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Told {
            body,
            challenge,
            retry_after,
        } = *self.0;
        let status = StatusCode::from_u16(body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(challenge) = challenge.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Lets nobody keep what is below `/api/`, and draws whatever went wrong there as a problem, wherever it was noticed: no such address or method, too large, too
/// slow, a fault.
pub fn drawn(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind == PROBLEM_JSON) {
        return Response::from_parts(parts, body);
    }
    let problem = match parts.extensions.remove::<Trouble>() {
        Some(trouble) => Problem::told(&trouble),
        None => Problem::of_status(status, String::new()),
    };
    let mut drawn = problem.into_response();
    for name in [header::ALLOW, header::RETRY_AFTER, header::CACHE_CONTROL] {
        if let Some(value) = parts.headers.remove(&name) {
            drawn.headers_mut().insert(name, value);
        }
    }
    drawn
}
