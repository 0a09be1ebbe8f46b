//! The face of the person in trouble, alone at home with a phone: finds a tree by their own words, walks it, is helped or
//! handed over. Built from [`crate::session::view::PublicView`] and its like alone. Works without a script.
//!
//! | address | shows |
//! | --- | --- |
//! | `/` | the search, known trouble, what there is help for |
//! | `/t/TREE` | the first prompt of a tree; nothing is kept before it is answered |
//! | `/c/ADDRESS` | a case where it stands; `?at=SEQ` an earlier prompt of it |
//! | `/c/ADDRESS/told` | what was said and done in it so far |

mod again;
mod begin;
mod closing;
mod contact;
mod earlier;
mod find;
mod framed;
mod how_far;
mod passed_on;
mod told;
mod walk;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};

use super::media;
use super::page::{Face, Page, in_the_way};
use super::state::{Today, Web};
use super::trouble::{Trouble, Wants};

pub use framed::framed;

/// The addresses of this face.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/", get(find::get))
        .route("/t/{*tree}", get(begin::get).post(begin::post))
        .route("/c/{address}", get(walk::get).post(walk::post))
        .route("/c/{address}/told", get(told::get))
        .fallback(|| async { Trouble::NotFound })
        .route("/embed.js", get(framed::script))
}

/// Draws what went wrong as a page, for a customer also where the frame refused a request by itself. What no other face has
/// drawn comes to this one; of that nobody knows what was wanted.
pub fn drawn(web: &Web, mut response: Response, wants: Option<Wants>) -> Response {
    let Some(trouble) = Trouble::taken_from(&mut response, wants.is_some()) else {
        return response;
    };
    let main = in_the_way(&trouble, wants, ("/", "Look for help"));
    page("Something is in the way", main).in_place_of(response, &web.today())
}

/// A page of this face.
fn page(title: &str, main: Markup) -> Page<'_> {
    Page {
        title,
        face: Face::Customer,
        menu: html! { a.small href="/" { "Start over" } },
        main,
    }
}

/// A page of this face at which one begins.
fn bare_page(title: &str, main: Markup) -> Page<'_> {
    Page {
        menu: html! {},
        ..page(title, main)
    }
}

/// Where a picture of the library is served.
fn media(today: &Today) -> impl Fn(&str) -> Option<String> + '_ {
    |path| media::address(today, path)
}
