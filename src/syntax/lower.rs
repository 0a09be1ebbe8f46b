//! Layer 2 of reading: the tree of YAML nodes → typed script nodes, one file for each concept of the language. Every
//! value is typed by its place. It resolves no names and reads no YAML text, only nodes.

mod answers;
mod call;
mod context;
mod dashes;
mod edge;
mod end;
mod fact;
mod fields;
mod fold;
mod form;
mod hook;
mod image;
mod incident;
mod library;
mod limit;
mod list;
mod matrix;
mod name;
mod next;
mod probe;
mod quantity;
mod question;
mod remedy;
mod seen;
mod shown;
mod specs;
mod step;
mod team;
mod test;
mod theme;
mod trap;
mod tree;
mod try_step;
mod unknown_key;
mod value;
mod what;
mod word;

pub(super) use context::Lower;
