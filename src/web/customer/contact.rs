//! How a person is reached otherwise, as the library's theme says.

use maud::{Markup, html};

use crate::web::markdown::inline;
use crate::web::state::Today;

/// Telephone, e-mail and hours; nothing where the library says nothing.
pub fn lines(today: &Today) -> Markup {
    let contact = &today.library.theme.contact;
    html! {
        @if !contact.is_empty() { p.contact {
            @if let (Some(phone), Some(dial)) = (&contact.phone, contact.dial()) {
                "Call " a href={ "tel:" (dial) } { (phone) } ". "
            }
            @if let Some(email) = &contact.email { "Write to " a href={ "mailto:" (email) } { (email) } ". " }
            @if let Some(hours) = &contact.hours { "Somebody is there: " (inline(hours.0.source())) "." }
        } }
    }
}
