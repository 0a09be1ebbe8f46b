//! `GET /desk/c/ID/events`: what is told to somebody who looks at a case, as server-sent events, as long as they look.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_core::Stream;
use serde::Serialize;
use tokio_stream::wrappers::WatchStream;

use super::{News, Onlookers, others};
use crate::store::{CaseId, StoreError};
use crate::web::desk::SignedIn;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// Somebody looks at a case, until this is dropped.
pub(super) struct Looking {
    pub(super) onlookers: Arc<Onlookers>,
    pub(super) case: CaseId,
    /// Which look it is.
    pub(super) no: u64,
    /// Who looks.
    pub(super) name: Arc<str>,
    pub(super) news: WatchStream<News>,
}

impl Drop for Looking {
    fn drop(&mut self) {
        self.onlookers.look_away(&self.case, self.no);
    }
}

/// What is sent.
#[derive(Serialize)]
struct Told<'n> {
    seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'n str>,
    others: Vec<Arc<str>>,
}

impl Stream for Looking {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.news).poll_next(context);
        polled.map(|news| {
            let news = news?;
            let told = Told {
                seq: news.seq,
                by: news.by.as_deref(),
                others: others(&news.lookers, &self.name),
            };
            let event = Event::default().event("case").json_data(told);
            Some(Ok(event.unwrap_or_default()))
        })
    }
}

/// Looks.
pub async fn get(
    State(web): State<Arc<Web>>,
    user: SignedIn,
    Path(case): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Trouble> {
    let case: CaseId = case.parse()?;
    let seen = web.onlookers.see(&case).await?;
    let seen = seen.ok_or_else(|| StoreError::NoSuchCase(case.to_string()))?;
    let looking = web.onlookers.look(seen, user.name).ok_or(Trouble::Gone)?;
    Ok(Sse::new(looking).keep_alive(KeepAlive::default()))
}
