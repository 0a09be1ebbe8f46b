//! Floor 5: what helps, counted. Folds over what the store records of each event ([`Recorded`]): names and moments, never
//! what people said, and never a walk replayed.

mod recorded;

pub use recorded::{Kind, Mark, Place, Recorded, Shown};
