//! `POST /api/v1/cases/{case}/…`: what is done with a case. Each names the number of the last event that is known.
//!
//! | file | holds |
//! | --- | --- |
//! | `walk` | a reply, an earlier prompt, another value, another tree |
//! | `words` | a remark, a word about the script |
//! | `rest` | put aside, taken up again, closed |
//! | `hands` | handed over, taken |

pub mod hands;
pub mod rest;
pub mod walk;
pub mod words;

use std::sync::Arc;

use crate::tree::Audience;

use super::caller::Caller;

/// Who makes a change, where that is an agent: the name that was given, or the token's.
fn agent(caller: &Caller, sees: Audience, by: Option<&str>) -> Option<Arc<str>> {
    (sees == Audience::Agent).then(|| by.map_or_else(|| Arc::clone(&caller.name), Arc::from))
}
