//! The colours of the library as a style sheet of its own, since no style stands in a page.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::tree::{Accent, Theme};

use super::state::Web;

/// `GET /theme.css`.
pub async fn get(State(web): State<Arc<Web>>) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        sheet(&web.today().library.theme),
    )
        .into_response()
}

/// The style sheet; empty where the library names no colour.
fn sheet(theme: &Theme) -> String {
    let Some(accent) = theme.accent else {
        return String::new();
    };
    let (light, tint) = (accent.on_light, accent.tint);
    let (bright, dark) = (accent.on_dark, Accent::DARK);
    format!(
        ":root {{ --accent: {light}; --on-accent: #fff; --tint: {tint}; }}\n\
         @media (prefers-color-scheme: dark) {{ :root {{ --accent: {bright}; --on-accent: #0b1210; --tint: {dark}; }} }}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::sheet;
    use crate::tree::{Accent, Color, Theme};

    #[test]
    fn the_colour_of_the_library_has_a_shade_for_day_and_night() {
        assert_eq!(sheet(&Theme::default()), "");
        let accent = Color::parse("navy").map(Accent::new);
        let theme = Theme {
            accent,
            ..Theme::default()
        };
        assert_eq!(
            sheet(&theme),
            ":root { --accent: #000080; --on-accent: #fff; --tint: #ebebf5; }\n@media (prefers-color-scheme: dark) { :root { --accent: #8585c2; --on-accent: #0b1210; --tint: #1f242b; } }\n"
        );
    }
}
