//! What tests share: a library made of texts, compiled, and what came of it in words.
#![allow(dead_code, unused_imports, reason = "each topic uses some of it")]

pub mod browser;
pub mod desk;
mod dice;
pub mod every_walk;
pub mod fault;
mod files;
mod folder;
mod graph_words;
mod kept;
pub mod meaning;
mod people;
pub mod pty;
mod reading;
pub mod receiver;
pub mod screen;
mod server;
mod shipped;
mod site;
mod viewer;
mod walk;

pub use browser::Browser;
pub use desk::{Desk, Events};
pub use dice::{Dice, FOR_AGENTS, library};
pub use files::{Compiled, Files, TODAY};
pub use folder::{Folder, Ran};
pub use kept::{Place, begin, begin_with, endless, say};
pub use reading::Reading;
pub use server::{PASSWORD, Server};
pub use shipped::shipped;
pub use site::{Answer, Page, Site};
pub use viewer::Viewer;
pub use walk::{Start, Walk, minute, reply, value};
