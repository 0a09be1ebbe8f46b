//! The face of the person in trouble, alone at home with a phone: finds a tree by their own words, walks it, is helped or
//! handed over. Built from [`crate::session::view::PublicView`] and its like alone. Works without a script.
//!
//! | address | shows |
//! | --- | --- |
//! | `/` | the search, known trouble, what there is help for |
//! | `/t/TREE` | the first prompt of a tree; nothing is kept before it is answered |
//! | `/c/ADDRESS` | a case where it stands; `?at=SEQ` an earlier prompt of it |

mod begin;
mod closing;
mod find;
mod passed_on;
mod walk;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};

use super::media;
use super::page::{Face, Page};
use super::state::{Today, Web};
use super::trouble::Trouble;

/// The addresses of this face.
pub fn routes(web: &Arc<Web>) -> Router<Arc<Web>> {
    Router::new()
        .route("/", get(find::get))
        .route("/t/{*tree}", get(begin::get).post(begin::post))
        .route("/c/{address}", get(walk::get).post(walk::post))
        .fallback(|| async { Trouble::NotFound })
        .layer(from_fn_with_state(Arc::clone(web), draw_trouble))
}

/// Draws what went wrong as a page.
async fn draw_trouble(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(trouble) = response.extensions_mut().remove::<Trouble>() else {
        return response;
    };
    let page = page(
        "Something is in the way",
        html! {
            section.card {
                h1 { (trouble) }
                p { a.button.main href="/" { "Look for help" } }
            }
        },
    );
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
        menu: html! { a.small href="/" { "Start page" } },
        main,
    }
}

/// Where a picture of the library is served.
fn media(today: &Today) -> impl Fn(&str) -> Option<String> + '_ {
    |path| media::address(today, path)
}
