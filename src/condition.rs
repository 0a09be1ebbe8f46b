//! Floor 2: conditions (`speed < 5 and os != "linux"`) and texts with `${fact}`: parsing, types, evaluation, what
//! they read, and what can satisfy them. It knows no trees and no YAML: names are resolved by whoever calls.

mod expression;
mod fact;
mod number;
mod text;
mod value;

pub use expression::{Comparison, Condition, Expression, Operand};
pub use fact::{DateSpec, Day, FactRef, FactType, Facts, NumberSpec, TextSpec};
pub use number::Number;
pub use text::{Hole, Text};
pub use value::Value;
