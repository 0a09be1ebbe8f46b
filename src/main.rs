//! The `fixpath` binary.
fn main() {}
