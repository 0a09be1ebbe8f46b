//! Floor 5: what helps, counted. Folds over what the store records of each event ([`Recorded`]): names and moments, never
//! what people said, and never a walk replayed.
//!
//! A case counts for the tree in which it began; a step counts for the tree in which it is written, whichever tree called
//! it or led there. It reads no store and prints nothing.
//!
//! | file | holds |
//! | --- | --- |
//! | `recorded` | what is recorded of an event |
//! | `nodes` | the steps, numbered for one counting |
//! | `numbers` | counts, shares and times as people read them |
//! | `fold`, `calls`, `tally` | events in, tallies out; tallies add up |
//! | `times`, `share` | percentiles and intervals |
//! | `report`, `statement` | the tallies beside today's library; the same for programs |

mod calls;
mod fold;
mod nodes;
pub mod numbers;
mod recorded;
mod report;
mod share;
mod statement;
mod tally;
mod times;

pub use fold::{BREAK, Fold, Row};
pub use nodes::{NodeId, Nodes};
pub use recorded::{Kind, Mark, Place, Recorded, Shown};
pub use report::{
    Authored, HandOver, OrderHint, Reason, RemedyReport, Report, Spread, StepReport, Totals,
    TreeReport, Way,
};
pub use share::{FEWEST, Share};
pub use statement::Statement;
pub use tally::{HandedOver, StepTally, TreeTally};
pub use times::{TIME_ERROR, Times};
