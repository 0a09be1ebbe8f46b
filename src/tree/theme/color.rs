//! A colour as CSS writes it without transparency, and how well it stands out from another.

use std::fmt;

use super::color_names::COLORS;

/// Red, green, blue in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

impl Color {
    /// White.
    pub const WHITE: Self = Self::new(255, 255, 255);
    /// Black.
    pub const BLACK: Self = Self::new(0, 0, 0);

    /// From its parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// `#rgb`, `#rrggbb` or a name of CSS, in small or capital letters.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let Some(digits) = text.strip_prefix('#') else {
            let at = COLORS
                .binary_search_by(|(name, _)| name.cmp(&&*text))
                .ok()?;
            return COLORS.get(at).map(|(_, number)| Self::of_number(*number));
        };
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        match digits.len() {
            3 => {
                let doubled: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
                u32::from_str_radix(&doubled, 16).ok().map(Self::of_number)
            }
            6 => u32::from_str_radix(digits, 16).ok().map(Self::of_number),
            _ => None,
        }
    }

    /// The names that CSS has.
    pub fn names() -> impl Iterator<Item = &'static str> {
        COLORS.iter().map(|(name, _)| *name)
    }

    const fn of_number(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self { red, green, blue }
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The nearest shade, darker on a light ground and lighter on a dark one, that stands out from the ground by so much;
    /// black or white where none does.
    #[must_use]
    pub fn readable_on(self, ground: Self, contrast: f64) -> Self {
        let end = if ground.luminance() > 0.18 {
            Self::BLACK
        } else {
            Self::WHITE
        };
        let shades = (0..=100).map(|part| self.towards(end, f64::from(part) / 100.0));
        let readable = |shade: &Self| shade.contrast(ground) >= contrast;
        shades.into_iter().find(readable).unwrap_or(end)
    }

    /// A mixture: 0 is this colour, 1 the other.
    #[must_use]
    pub fn towards(self, end: Self, share: f64) -> Self {
        let mix = |from: u8, to: u8| {
            let mixed = f64::from(from) + (f64::from(to) - f64::from(from)) * share;
            mixed.round() as u8
        };
        Self {
            red: mix(self.red, end.red),
            green: mix(self.green, end.green),
            blue: mix(self.blue, end.blue),
        }
    }
}

impl fmt::Display for Color {
    /// `#rrggbb`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::Color;
    use crate::tree::Accent;

    fn color(text: &str) -> Color {
        Color::parse(text).unwrap()
    }

    #[test]
    fn colours_are_read_as_css_reads_them() {
        assert_eq!(color("#1aF").to_string(), "#11aaff");
        assert_eq!(color(" #11AAFF ").to_string(), "#11aaff");
        assert_eq!(color("RebeccaPurple").to_string(), "#663399");
        assert!(Color::names().all(|name| Color::parse(name).is_some()));
        for wrong in [
            "",
            "#",
            "#12",
            "#1234",
            "#12345678",
            "#ggg",
            "bluish",
            "rgb(1,2,3)",
            "#é12",
        ] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let against_white = |text| color(text).contrast(Color::WHITE);
        assert!((against_white("black") - 21.0).abs() < 1e-9);
        // Values that the usual checkers give.
        assert!((against_white("#767676") - 4.54).abs() < 0.01);
        assert!((against_white("#777777") - 4.48).abs() < 0.01);
        assert!((against_white("#ff0000") - 4.00).abs() < 0.01);
    }

    #[test]
    fn every_colour_has_shades_that_can_be_read() {
        for name in Color::names() {
            let accent = Accent::new(color(name));
            assert!(accent.on_light.contrast(Color::WHITE) >= 4.5, "{name}");
            assert!(accent.on_light.contrast(accent.tint) >= 4.5, "{name}");
            assert!(accent.on_dark.contrast(Accent::DARK) >= 4.5, "{name}");
        }
        assert_eq!(
            Accent::new(color("#0057b8")).on_light.to_string(),
            "#0057b8"
        );
    }
}
