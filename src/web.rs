//! Floor 7: `fixpath serve`: customers, agents and other programs in the browser and over HTTP, on the same sessions and
//! the same store as the terminal. A thin runner: prompt, page, reply, apply. What a walk means is `session`'s business.
//!
//! | file | holds |
//! | --- | --- |
//! | `serve`, `routes`, `front`, `headers` | listening, who answers what, what all pass, what every answer carries |
//! | `peer`, `origin`, `limits`, `metrics` | who asks, from where, how much; what is counted |
//! | `state`, `open_cases`, `address` | the library of today, cases in memory, addresses that nobody guesses |
//! | `form`, `prompt`, `markdown`, `quoted`, `media` | from fields to a reply, from a prompt and other texts to HTML, pictures |
//! | `page`, `assets`, `theme`, `trouble` | the frame of all pages, its styles and scripts, what went wrong |
//! | `customer` | the face of the person in trouble: made of types that cannot hold a text for agents |
//! | `desk` | the face of agents and authors, behind a sign-in |
//! | `api`, `health` | the face of programs; whether the process is well |
//! | `code`, `counted` | by which a case is taken over; what was counted, for a minute |

mod address;
mod again;
mod api;
mod assets;
mod code;
mod counted;
mod customer;
mod desk;
mod form;
mod front;
mod headers;
mod health;
mod heat;
mod limits;
pub mod markdown;
mod media;
mod metrics;
mod open_cases;
mod origin;
mod page;
mod peer;
mod prompt;
mod quoted;
mod room;
mod routes;
mod serve;
mod state;
mod theme;
mod trouble;

pub use axum::http::HeaderName;
pub use desk::SignOn;
pub use heat::heat;
pub use serve::{Serving, serve};
