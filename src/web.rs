//! Floor 7: the sessions in a browser and for other programs.

pub mod markdown;
