//! Floor 2: conditions (`speed < 5 and os != "linux"`) and texts with `${fact}`: parsing, types, evaluation, what
//! they read, and what can satisfy them. It knows no trees and no YAML: names are resolved by whoever calls.

mod constant;
mod date;
pub mod domain;
mod error;
mod evaluate;
mod expected;
mod expression;
mod fact;
mod json;
mod number;
mod parsed;
mod parser;
mod phrase;
mod reading;
mod reads;
mod resolve;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod value;

pub use date::parse_date;
pub use domain::{Domain, Verdict};
pub use error::{ConditionError, Problem};
pub use expression::{Comparison, Condition, Expression, Operand};
pub use fact::{DateSpec, Day, FactRef, FactType, Facts, NumberSpec, TextSpec};
pub use json::FactValue;
pub use number::Number;
pub use parsed::{NameUse, Parsed};
pub use parser::{as_meant, parse};
pub use reading::Misfit;
pub use reads::Read;
pub use resolve::Lookup;
pub use template::{MARKDOWN, ParsedText};
pub use text::{Hole, NOT_KNOWN, Text};
pub use token::WORDS;
pub use value::Value;
