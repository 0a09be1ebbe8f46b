//! The frame of every page: head, header, main, footer. No inline style or script stands in it, so that the strictest
//! content security policy holds.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::quoted::quoted;
use super::state::Today;
use super::trouble::{Trouble, Wants};
use super::{assets, media};

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Of the person in trouble.
    Customer,
    /// Of agents and authors.
    Desk,
}

/// A page.
pub struct Page<'p> {
    /// Its title.
    pub title: &'p str,
    /// Whose it is.
    pub face: Face,
    /// What stands at the right of the header.
    pub menu: Markup,
    /// What stands in it.
    pub main: Markup,
}

/// How the desk calls itself.
pub fn desk_name(today: &Today) -> &str {
    let library = &today.library;
    let name = library.theme.name.as_ref().or(library.name.as_ref());
    name.map_or("Help", |name| name.0.source())
}

/// The picture before the name, if the library has one; the name says what it is.
fn logo(today: &Today) -> Markup {
    let path = today.library.theme.logo.as_deref();
    let address = path.and_then(|path| media::address(today, path));
    html! { @if let Some(address) = address { img src=(address) alt="" height="32"; } }
}

/// What stands where something is in the way: what it is, and how one gets on. `home` is an address with its words.
pub fn in_the_way(trouble: &Trouble, wants: Option<Wants>, home: (&str, &str)) -> Markup {
    let (address, words) = home;
    let text = trouble.to_string();
    let parts = text.split_once(". ");
    html! {
        section.card tabindex="-1" data-focus {
            // Where scripts run, this is said where one is.
            div data-why {
                @match parts {
                    Some((what, more)) => { h1 { (quoted(what)) "." } p { (quoted(more)) } }
                    None => h1 { (quoted(&text)) },
                }
            }
            @match wants.filter(|_| trouble.is_passing()) {
                Some(Wants::Send) => {
                    p { "What you typed is still there: go back in your browser and send it once more." }
                    p { a.button href=(address) { (words) } }
                }
                // The empty address is that of this page.
                Some(Wants::Page) => p { a.button.main href="" { "Try again" } },
                None => p { a.button.main href=(address) { (words) } },
            }
        }
    }
}

impl Page<'_> {
    /// The page as HTML.
    pub fn draw(self, today: &Today) -> Markup {
        let name = desk_name(today);
        let home = match self.face {
            Face::Customer => "/",
            Face::Desk => "/desk",
        };
        let locale = today.library.locale.as_deref().unwrap_or("en");
        html! {
            (DOCTYPE)
            html lang=(locale) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · " (name) }
                    link rel="stylesheet" href=(assets::address("base.css"));
                    @if self.face == Face::Desk { link rel="stylesheet" href=(assets::address("desk.css")); }
                    link rel="stylesheet" href="/theme.css";
                    link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
                    script defer src=(assets::address("walk.js")) {}
                    @if self.face == Face::Desk { script defer src=(assets::address("desk.js")) {} }
                }
                body class=[(self.face == Face::Desk).then_some("desk")] {
                    a.skip href="#main" { "Skip to the content" }
                    header.top {
                        a.name href=(home) { (logo(today)) span { (name) } }
                        (self.menu)
                    }
                    main #main tabindex="-1" { (self.main) }
                    footer { p { @if self.face == Face::Customer { "Your answers are saved as you go." } } }
                }
            }
        }
    }

    /// The page in place of a response that says no more than that something is in the way: its status stays, and what its
    /// headers tell.
    pub fn in_place_of(self, mut before: Response, today: &Today) -> Response {
        for of_the_body in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
            before.headers_mut().remove(of_the_body);
        }
        let mut page = self.response(today, before.status());
        for (name, value) in before.headers() {
            page.headers_mut().entry(name).or_insert(value.clone());
        }
        page
    }

    /// The page as a response that nobody keeps.
    pub fn response(self, today: &Today, status: StatusCode) -> Response {
        let page = self.draw(today).into_string();
        (status, [(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
    }
}
