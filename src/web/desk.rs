//! The face of agents and authors. Nobody sees anything of it who has not signed in ([`signed_in::SignedIn`]); every form
//! carries a token that only their own pages have ([`signed_in::Sent`]). Works without a script.
//!
//! | address | shows |
//! | --- | --- |
//! | `/desk` | what waits: one's own cases, hand-overs to one's teams; begins and takes cases |
//! | `/desk/t/TREE` | how a case begins |
//! | `/desk/c/ID` | a case where it stands; `/note`, `/picture.svg` and `/events` beside it |
//! | `/desk/trees`, `/desk/trees/TREE` | for authors: how the trees do, what is wrong with them |
//! | `/desk/sign-in`, `/desk/sign-out` | the door |

mod ago;
mod cookie;
mod find;
mod local_path;
pub(super) mod onlookers;
mod queue;
mod side;
mod sign_in;
mod sign_on;
mod signed_in;
mod take;
mod tree;
mod trees;
mod walk;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{any, get, post};
use maud::{Markup, html};

use crate::store::{CaseId, Role};

use super::page::{Face, Page, in_the_way};
use super::state::Web;
use super::trouble::{Trouble, Wants};
use local_path::LocalPath;
use signed_in::TOKEN_FIELD;

pub use sign_on::SignOn;
pub use signed_in::{Sent, SignedIn};

/// The addresses of this face.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/desk", get(queue::get))
        .route("/desk/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/desk/sign-out", post(sign_in::out))
        .route("/desk/take", post(take::by_code))
        .route("/desk/queue/{case}/take", post(take::from_queue))
        .merge(walk::routes())
        .route("/desk/trees", get(trees::get))
        .route("/desk/trees/{*tree}", get(tree::get))
        .route("/desk/tree.svg", get(tree::picture))
        .route("/desk/{*rest}", any(async || Trouble::NotFound))
        .layer(from_fn(lead_to_the_door))
}

/// Where an agent walks a case.
pub fn case_address(case: &CaseId) -> String {
    format!("/desk/c/{}", case.as_str())
}

/// Who must sign in first is led to the door, and back afterwards. A stream of events ends there: it shows no door.
async fn lead_to_the_door(request: Request, next: Next) -> Response {
    let wanted = match *request.method() {
        Method::GET => request.uri().path_and_query().map(ToString::to_string),
        _ => None,
    };
    let accept = request.headers().get(header::ACCEPT);
    let is_stream = accept.is_some_and(|kind| kind.as_bytes() == b"text/event-stream");
    let response = next.run(request).await;
    if response.extensions().get() == Some(&Trouble::NotSignedIn) && !is_stream {
        let to = LocalPath::of(&wanted.unwrap_or_default());
        return Redirect::to(&to.sign_in()).into_response();
    }
    response
}

/// Draws what went wrong as a page, also where the frame refused a request by itself.
pub fn drawn(web: &Web, mut response: Response, wants: Wants) -> Response {
    let Some(trouble) = Trouble::taken_from(&mut response, true) else {
        return response;
    };
    let main = in_the_way(&trouble, Some(wants), ("/desk", "To the desk"));
    page(None, web, "Something is in the way", main).in_place_of(response, &web.today())
}

/// A page of this face, for who is signed in.
pub fn page<'p>(user: Option<&SignedIn>, web: &Web, title: &'p str, main: Markup) -> Page<'p> {
    Page {
        title,
        face: Face::Desk,
        menu: user.map_or_else(|| html! {}, |user| menu(user, web)),
        main,
    }
}

fn menu(user: &SignedIn, web: &Web) -> Markup {
    html! {
        nav.menu aria-label="Desk" {
            @if user.roles.allow(Role::Agent) { a.small href="/desk" { "Queue" } }
            @if user.roles.allow(Role::Author) { a.small href="/desk/trees" { "Trees" } }
            span.who { (user.name) }
            @if !user.is_by_proxy {
                form method="post" action="/desk/sign-out" {
                    (token(user, web))
                    button.small { "Sign out" }
                }
            }
        }
    }
}

/// The field that each form of the desk holds.
pub fn token(user: &SignedIn, web: &Web) -> Markup {
    html! { input type="hidden" name=(TOKEN_FIELD) value=(user.form_token(&web.forms)); }
}

/// The same field by its name and what it holds.
pub fn form_field(user: &SignedIn, web: &Web) -> (&'static str, String) {
    (TOKEN_FIELD, user.form_token(&web.forms))
}
