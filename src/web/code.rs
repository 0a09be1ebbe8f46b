//! The short code by which a case is taken over. It is made of what the store keeps of it and the store's secret, so that
//! the same code can be shown again although nobody keeps it.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::store::{Keeper, moment, shown_code};

use super::state::Web;
use super::trouble::Trouble;

/// A code that is good.
#[derive(Debug, Clone)]
pub struct Code {
    letters: String,
    /// When it ends, in milliseconds since 1970.
    pub until: i64,
}

impl Code {
    /// As people read it.
    pub fn shown(&self) -> String {
        shown_code(&self.letters)
    }

    /// The day on which it ends, where the process runs, as people write it: `7 December 2026`.
    pub fn last_day(&self) -> String {
        Timestamp::from_millisecond(self.until)
            .map(|until| until.to_zoned(TimeZone::system()))
            .map(|until| until.strftime("%-d %B %Y").to_string())
            .unwrap_or_default()
    }
}

/// The case's code, if it has one that is good.
///
/// # Errors
/// The store cannot be read.
pub async fn open(web: &Web, keeper: &Keeper) -> Result<Option<Code>, Trouble> {
    let open = keeper.open_code_async().await?;
    Ok(open.and_then(|open| {
        let letters = web.seals.code(keeper.id(), open.made_at);
        open.is(&letters).then_some(Code {
            letters,
            until: open.until,
        })
    }))
}

/// Gives the case a code where it has none, good for so long.
///
/// # Errors
/// The store cannot be written.
pub async fn offer(web: &Web, keeper: &Keeper, good_for: Duration) -> Result<Code, Trouble> {
    if let Some(code) = open(web, keeper).await? {
        return Ok(code);
    }
    let now = moment().milliseconds();
    let until = now.saturating_add(i64::try_from(good_for.as_millis()).unwrap_or(i64::MAX));
    let letters = web.seals.code(keeper.id(), now);
    keeper.set_code_async(letters.clone(), now, until).await?;
    Ok(Code { letters, until })
}
