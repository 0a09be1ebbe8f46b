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
use axum::http::header;
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
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let trouble = response.extensions_mut().remove::<Trouble>();
    let is_drawn = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let trouble = match trouble {
        Some(trouble) => trouble,
        None if is_drawn || wants.is_none() => return response,
        None => Trouble::BadRequest("it is not what our pages send".to_owned()),
    };
    let main = in_the_way(&trouble, wants, ("/", "Look for help"));
    let page = page("Something is in the way", main);
    response.headers_mut().remove(header::CONTENT_TYPE);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    let mut drawn = page.response(&web.today(), response.status());
    for (name, value) in response.headers() {
        drawn.headers_mut().entry(name).or_insert(value.clone());
    }
    drawn
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
