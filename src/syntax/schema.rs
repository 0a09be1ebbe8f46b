//! The shape of the language as one table, and the JSON Schema made from it.

mod json;
mod library_rows;
mod mapping;
mod shared_rows;
mod tree_rows;
mod value_rows;

pub use json::json_schema;
pub(super) use mapping::{Mapping, Takes};
