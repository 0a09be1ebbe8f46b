//! fixpath: troubleshooting scripts in YAML, checked like source code, compiled into a decision graph, and walked.
//!
//! # Code map
//!
//! Text goes in at the ground floor and comes out as a prompt at the top; a module imports only from lower floors,
//! siblings don't import each other (a test holds this table against the code).
//!
//! | floor | module | holds |
//! | --- | --- | --- |
//! | 0 | [`source`] | files, byte spans, lines and columns |
//! | 1 | [`diagnostic`] | codes and their pages, findings, suggestions, one renderer a format |
//! | 2 | [`condition`] | conditions and `${fact}` texts: parse, types, evaluate, what can satisfy them |
//! | 3 | [`syntax`] | YAML text → `Script` with spans; the shape of the language, its schema, its house style |
//! | 3 | [`tree`] | the compiled library: decision graphs (petgraph inside), canonical form and hash; no YAML, no spans |
//! | 4 | [`check`] | one file a check, over a compiled graph with its spans |
//! | 4 | [`session`] | a walk as a pure fold over events: start, prompt, apply, replay; no clock, no IO |
//! | 5 | [`compile`] | scripts → a linked library with findings; the only way from text to a tree that can be walked |
//! | 5 | [`handover`] | the note for the ticket, from a session: text, Markdown, JSON |
//! | 5 | [`hooks`] | what is told to other systems at a hand-over or an end, and in which words |
//! | 5 | [`picture`] | a tree as SVG, DOT, Mermaid, JSON |
//! | 5 | [`stats`] | what helps, counted: folds over what the store records |
//! | 6 | [`load`] | finds and reads the files of a library; the built-in trees; the search |
//! | 6 | [`treetest`] | the tests in the trees: runs them, which branches they take, generates what is missing |
//! | 6 | [`store`] | keeps cases, event by event: SQLite or PostgreSQL behind one trait |
//! | 7 | [`delivery`] | sends what waits to other systems: HTTP, signed, until they say 2xx |
//! | 7 | [`terminal`] | walks a tree in a terminal: one key an answer, or line by line |
//! | 7 | [`web`] | serves the walk in the browser and over HTTP: customers, agents, authors, programs |
//! | 8 | [`cli`] | the command line, one file a command |

pub mod check;
pub mod cli;
pub mod compile;
pub mod condition;
pub mod delivery;
pub mod diagnostic;
pub mod handover;
pub mod hooks;
pub mod load;
pub mod picture;
pub mod session;
pub mod source;
pub mod stats;
pub mod store;
pub mod syntax;
pub mod terminal;
pub mod tree;
pub mod treetest;
pub mod web;

/// A walk in the browser makes and drops many small texts in several threads at once, which the system's allocator is slow
/// at: it took a sixth of a server's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
