//! How the pages of a library look and whom they name: public, always that of today, no part of a version.

mod color;
mod color_names;

use std::sync::Arc;

use super::PublicText;

pub use color::Color;

/// What the library file says under `theme:`. Empty where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// What stands at the top of every page; else the library's name.
    pub name: Option<PublicText>,
    /// A picture in the library, by its path there.
    pub logo: Option<Arc<str>>,
    /// The colour of buttons and links.
    pub accent: Option<Accent>,
    /// How a person is reached otherwise, shown beside "Talk to a person".
    pub contact: Contact,
    /// Origins that may show the pages in a frame: `https://host` or `https://host:port`.
    pub embed: Vec<Arc<str>>,
}

/// A colour that can be read: as a text on the page and as a ground under a text of the page's colour, by the 4.5 to 1
/// of WCAG 2.2 AA (1.4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// As the author wrote it.
    pub written: Color,
    /// On white and on [`Accent::tint`], and under white.
    pub on_light: Color,
    /// A breath of it, as a ground on a light page.
    pub tint: Color,
    /// On [`Accent::DARK`], and under it.
    pub on_dark: Color,
}

/// How a person is reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// A telephone number, as people write it.
    pub phone: Option<Arc<str>>,
    /// An address for e-mail.
    pub email: Option<Arc<str>>,
    /// When somebody is there.
    pub hours: Option<PublicText>,
}

impl Accent {
    /// What a text must stand out by.
    pub const CONTRAST: f64 = 4.5;
    /// The lightest ground of a dark page: what stands out from it does so from all darker ones.
    pub const DARK: Color = Color::new(0x1f, 0x24, 0x2b);

    /// The colour, and the nearest shades of it that can be read.
    pub fn new(written: Color) -> Self {
        let tint = written.towards(Color::WHITE, 0.92);
        Self {
            written,
            on_light: written.readable_on(tint, Self::CONTRAST),
            tint,
            on_dark: written.readable_on(Self::DARK, Self::CONTRAST),
        }
    }
}

impl Contact {
    /// Whether nothing is said.
    pub const fn is_empty(&self) -> bool {
        self.phone.is_none() && self.email.is_none() && self.hours.is_none()
    }

    /// What to dial: the digits of the number, with the `+` before them; `None` where there are none.
    pub fn dial(&self) -> Option<String> {
        let phone = self.phone.as_deref()?.trim();
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let plus = if phone.starts_with('+') { "+" } else { "" };
        (!digits.is_empty()).then(|| format!("{plus}{digits}"))
    }
}
