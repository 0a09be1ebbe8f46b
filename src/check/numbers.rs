//! The numbers that an answer of a number question takes.

use crate::condition::domain::Cut;
use crate::condition::{Domain, FactType, Number};
use crate::tree::NumberTest;

/// Between which cuts they lie; of `otherwise` all, of a word none.
pub const fn bounds(test: &NumberTest) -> Option<(Cut<Number>, Cut<Number>)> {
    match test {
        NumberTest::Below(limit) => Some((Cut::Lowest, Cut::Before(*limit))),
        NumberTest::Between(low, high) => Some((Cut::Before(*low), Cut::After(*high))),
        NumberTest::Above(limit) => Some((Cut::After(*limit), Cut::Highest)),
        NumberTest::Exactly(number) => Some((Cut::Before(*number), Cut::After(*number))),
        NumberTest::Otherwise => Some((Cut::Lowest, Cut::Highest)),
        NumberTest::Word => None,
    }
}

/// Those of them that a question of this type accepts.
pub fn between(kind: &FactType, test: &NumberTest) -> Domain {
    match (kind, bounds(test)) {
        (FactType::Number(spec, words), Some((low, high))) => {
            Domain::between(spec, words, low, high)
        }
        _ => Domain::nothing(),
    }
}
