//! Unit tests of the fold on small trees made by hand; what authors' trees do is tested in `tests/it`, in YAML.

mod fold;
mod maker;
