//! The one integration test binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod compile_answers;
mod compile_graph;
mod compile_library;
mod compile_names;
mod docs;
mod handover_note;
mod house;
mod plain;
mod support;
mod treetest;

fn main() {}
