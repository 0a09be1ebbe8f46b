//! What can go wrong with a request, in words for the person who waits. Each face shows it in its own form: the
//! response carries it as an extension, and the face's outermost layer draws it.

use std::fmt;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::session::Rejected;
use crate::store::StoreError;

/// Why a request was not answered as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is nothing at this address.
    NotFound,
    /// The case moved on while somebody looked at an older page.
    Stale,
    /// The reply does not fit, and why.
    Refused(Rejected),
    /// What was sent cannot be read.
    BadRequest(String),
    /// Somebody must sign in first.
    NotSignedIn,
    /// Whoever asks may not.
    Forbidden(String),
    /// Too many requests: so many seconds to wait.
    TooMany(u64),
    /// The store.
    Store(StoreError),
    /// The request was broken off in the middle.
    Gone,
    /// A fault of ours; it is in the log.
    Internal(String),
}

/// What somebody wanted whose way something is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// A page: it can be asked for once more.
    Page,
    /// To send what was typed or pressed: the page that holds it is the one before.
    Send,
}

impl Wants {
    /// By the method of a request.
    pub fn of(method: &Method) -> Self {
        if *method == Method::POST {
            Self::Send
        } else {
            Self::Page
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(why: StoreError) -> Self {
        match why {
            StoreError::Moved { .. } => Self::Stale,
            why => Self::Store(why),
        }
    }
}

impl From<Rejected> for Trouble {
    fn from(why: Rejected) -> Self {
        match why {
            Rejected::Stale { .. } | Rejected::WrongStep { .. } => Self::Stale,
            why => Self::Refused(why),
        }
    }
}

impl Trouble {
    /// What went wrong, of a response that does not tell it yet. Where a page is wanted (`is_page`), also of one that the
    /// frame refused or broke off by itself.
    pub fn taken_from(response: &mut Response, is_page: bool) -> Option<Self> {
        let status = response.status();
        if !(status.is_client_error() || status.is_server_error()) {
            return None;
        }
        let told = response.extensions_mut().remove::<Self>();
        let kind = response.headers().get(header::CONTENT_TYPE);
        let is_drawn = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if told.is_some() || is_drawn || !is_page {
            return told;
        }
        Some(match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::BadRequest("it is too long".to_owned()),
            _ if status.is_client_error() => {
                Self::BadRequest("it is not what our pages send".to_owned())
            }
            // It took too long, or is a fault of ours.
            _ => Self::Internal(String::new()),
        })
    }

    /// The status of a response that says so (RFC 9110).
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Store(StoreError::NoSuchCase(_) | StoreError::NoSuchCode) => {
                StatusCode::NOT_FOUND
            }
            Self::Stale => StatusCode::CONFLICT,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Store(StoreError::Erased(_)) => StatusCode::GONE,
            Self::Store(_) | Self::Gone => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Says in the log what the desk has to mend.
    pub fn log(&self) {
        match self {
            Self::Store(why) if self.status().is_server_error() => {
                tracing::warn!(%why, "the store");
            }
            Self::Internal(why) => tracing::error!(%why, "a fault"),
            _ => {}
        }
    }

    /// Whether it goes by, so that the same once more may work.
    pub fn is_passing(&self) -> bool {
        self.status().is_server_error() || matches!(self, Self::TooMany(_))
    }

    /// After how many seconds it may be tried again.
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany(seconds) => Some(*seconds),
            Self::Gone => Some(1),
            Self::Store(why) if why.is_passing() => Some(1),
            _ => None,
        }
    }
}

impl fmt::Display for Trouble {
    /// What happened and what helps, for everybody: nothing of the inside is told.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => out.write_str("There is nothing at this address."),
            Self::Stale => {
                out.write_str("This case has moved on since that page was shown. Here is where it stands.")
            }
            Self::Refused(why) => write!(out, "That does not fit here: {why}."),
            Self::BadRequest(why) => write!(out, "This cannot be read: {why}."),
            Self::NotSignedIn => out.write_str("Please sign in first."),
            Self::Forbidden(why) => out.write_str(why),
            Self::TooMany(seconds) => {
                let unit = if *seconds == 1 { "second" } else { "seconds" };
                write!(
                    out,
                    "That was too much at once. Please wait {seconds} {unit} and try again."
                )
            }
            Self::Store(StoreError::NoSuchCase(_)) => out.write_str("There is no such case."),
            Self::Store(StoreError::NoSuchCode) => {
                out.write_str("This code is wrong, was used already, or is too old.")
            }
            Self::Store(StoreError::Erased(_)) => {
                out.write_str("What was said in this case was erased.")
            }
            Self::Store(_) | Self::Gone => out.write_str(
                "This does not work right now, and nothing was changed. Please try again in a moment.",
            ),
            Self::Internal(_) => out.write_str(
                "Something went wrong on our side. Nothing that you answered before is lost. Please try again.",
            ),
        }
    }
}

impl std::error::Error for Trouble {}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        self.log();
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(axum::http::header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}
