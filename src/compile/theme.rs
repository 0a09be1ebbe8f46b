//! What the library file says under `theme:`: a picture that is there, a colour that can be read, addresses that are some.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Place;
use crate::syntax::{ThemeNode, Word};
use crate::tree::{Accent, Color, Contact, PublicText, Theme};

use super::images::in_library;
use super::literal::literal;
use super::shared::{Findings, Shared};

/// How files of pictures end that pages show.
pub const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// Reads the theme; what is wrong in it is reported and left out.
pub(super) fn theme(shared: &Shared<'_>, node: &ThemeNode, findings: &mut Findings) -> Theme {
    let mut reader = Reader { shared, findings };
    Theme {
        name: reader.public(node.name.as_ref()),
        logo: node.logo.as_ref().and_then(|logo| reader.logo(logo)),
        accent: node.color.as_ref().and_then(|color| reader.accent(color)),
        contact: Contact {
            phone: node.phone.as_ref().and_then(|phone| reader.phone(phone)),
            email: node.email.as_ref().and_then(|email| reader.email(email)),
            hours: reader.public(node.hours.as_ref()),
        },
        embed: node
            .embed
            .iter()
            .filter_map(|origin| reader.origin(origin))
            .collect(),
    }
}

struct Reader<'r, 'a> {
    shared: &'r Shared<'a>,
    findings: &'r mut Findings,
}

impl Reader<'_, '_> {
    fn public(&mut self, word: Option<&Word>) -> Option<PublicText> {
        let word = word?;
        let file = self.shared.library_script?.file;
        let text = literal(self.shared.sources, file, word, self.findings);
        Some(PublicText(text))
    }

    fn report(&mut self, code: Code, word: &Word, message: String, complete: Complete<'_>) {
        let Some(script) = self.shared.library_script else {
            return;
        };
        let place = Place {
            file: script.file,
            span: word.span,
        };
        self.findings
            .push(complete(Diagnostic::new(code, place, message)));
    }

    fn bad(&mut self, word: &Word, what: &str, complete: Complete<'_>) {
        let message = format!("{what} cannot be `{}`", word.value.trim());
        self.report(Code::BadValue, word, message, complete);
    }

    /// The picture's path in the library.
    fn logo(&mut self, word: &Word) -> Option<Arc<str>> {
        let written = word.value.trim();
        let ending = written.rsplit_once('.').map(|(_, ending)| ending);
        let ending = ending.map(str::to_ascii_lowercase).unwrap_or_default();
        if !PICTURES.contains(&&*ending) {
            self.bad(word, "`logo`", &|finding| {
                finding
                    .label("not a picture that pages show")
                    .help("name a file of the library that ends in `.svg`, `.png` or `.jpg`")
            });
            return None;
        }
        let path = in_library("", written);
        if path
            .as_deref()
            .is_some_and(|path| (self.shared.has_file)(path))
        {
            return path.map(Arc::from);
        }
        self.report(
            Code::MissingFile,
            word,
            format!("there is no file `{written}`"),
            &|finding| finding.help("write the path from the folder of the library file"),
        );
        None
    }

    fn accent(&mut self, word: &Word) -> Option<Accent> {
        let Some(written) = Color::parse(&word.value) else {
            self.no_color(word);
            return None;
        };
        let contrast = written.contrast(Color::WHITE);
        if contrast < Accent::CONTRAST {
            let contrast = (contrast * 10.0).floor() / 10.0;
            let shade = written.readable_on(Color::WHITE, Accent::CONTRAST);
            let shade = format!("\"{shade}\"");
            self.report(
                Code::LowContrast,
                word,
                format!("white on `{}` is hard to read", word.value.trim()),
                &|finding| {
                    finding
                        .label(format!("stands out by {contrast} to 1; people need 4.5"))
                        .help(format!("take a darker shade, such as {shade}; until then, pages do so by themselves"))
                        .replace(format!("take {shade}"), word.span, &*shade)
                },
            );
        }
        Some(Accent::new(written))
    }

    fn no_color(&mut self, word: &Word) {
        let text = word.value.trim();
        let digits = Color::parse(&format!("#{text}"));
        let mend = match digits {
            Some(color) => Some(format!("\"{color}\"")),
            None => nearest(&text.to_ascii_lowercase(), Color::names()).map(str::to_owned),
        };
        self.bad(word, "`color`", &|finding| {
            let finding = finding.label("not a colour");
            match &mend {
                Some(mend) => finding
                    .help(format!("write `{mend}`"))
                    .replace(format!("write `{mend}`"), word.span, &**mend),
                None => finding.help("write it like `\"#0057b8\"`, with the quotes, or by a name that CSS has, like `navy`"),
            }
        });
    }

    fn phone(&mut self, word: &Word) -> Option<Arc<str>> {
        let text = word.value.trim();
        let fits = |sign: char| sign.is_ascii_digit() || " +-/().".contains(sign);
        if text.bytes().any(|sign| sign.is_ascii_digit()) && text.chars().all(fits) {
            return Some(text.into());
        }
        self.bad(word, "`phone`", &|finding| {
            finding
                .label("not a telephone number")
                .help("write digits, spaces and `+` alone, like `+49 30 901820`")
        });
        None
    }

    fn email(&mut self, word: &Word) -> Option<Arc<str>> {
        let text = word.value.trim();
        let plain = !text.contains(|sign: char| sign.is_whitespace() || "<>\"?&,;:".contains(sign));
        let parts = text.split_once('@');
        let whole = parts.is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.')
        });
        if plain && whole {
            return Some(text.into());
        }
        self.bad(word, "`email`", &|finding| {
            finding
                .label("not an address for e-mail")
                .help("write it like `help@example.org`")
        });
        None
    }

    /// `https://host[:port]`; for trying out also `http://localhost[:port]`.
    fn origin(&mut self, word: &Word) -> Option<Arc<str>> {
        let text = word.value.trim().to_ascii_lowercase();
        if is_origin(&text) {
            return Some(text.into());
        }
        let mend = nearest_origin(&text);
        self.bad(word, "an entry of `embed`", &|finding| {
            let finding = finding.label("not the origin of a site");
            match &mend {
                Some(mend) => finding
                    .help(format!("write `{mend}`, without a path"))
                    .replace(format!("write `{mend}`"), word.span, &**mend),
                None => finding.help("write the beginning of the site's address, like `https://intranet.example.org`, each site by itself"),
            }
        });
        None
    }
}

/// What completes a finding.
type Complete<'c> = &'c dyn Fn(Diagnostic) -> Diagnostic;

/// Whether a text is the origin of a site, as it may stand in a security policy.
pub fn is_origin(text: &str) -> bool {
    let (is_local, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) => (true, rest),
        _ => return false,
    };
    let (host, port) = match rest.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (rest, None),
    };
    let port_fits = port.is_none_or(|port| {
        port.bytes().all(|sign| sign.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    let local = host == "localhost" || host == "127.0.0.1";
    port_fits && is_host(host) && (local || !is_local)
}

/// Names with dots between them, in letters that a header can hold; no `*`.
fn is_host(host: &str) -> bool {
    let fits = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part
                .bytes()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
    };
    host.len() <= 253 && host.split('.').all(fits)
}

/// What was probably meant: with `https` before it, without a path behind it.
fn nearest_origin(text: &str) -> Option<String> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let origin = format!("https://{host}");
    (host.contains('.') && is_origin(&origin)).then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::{is_origin, nearest_origin};

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
        for good in [
            "https://intranet.example.org",
            "https://intranet",
            "https://a.b:8443",
            "http://localhost",
            "http://localhost:8000",
            "http://127.0.0.1:80",
        ] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "",
            "*",
            "https://*",
            "https://*.example.org",
            "https:",
            "https://",
            "https://a.b/",
            "https://a.b/c",
            "https://a.b; script-src *",
            "https://a.b 'unsafe-inline'",
            "https://a.b:",
            "https://a.b:0",
            "https://a.b:99999",
            "https://a.b:+1",
            "https://user@a.b",
            "https://a..b",
            "https://-a.b",
            "http://a.b",
            "ftp://a.b",
            "javascript:alert(1)",
            "data:text/html,x",
            "a.b",
            "https://ä.example",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_gives_its_origin() {
        assert_eq!(
            nearest_origin("http://a.b/c?d").as_deref(),
            Some("https://a.b")
        );
        assert_eq!(
            nearest_origin("a.b:8443/").as_deref(),
            Some("https://a.b:8443")
        );
        assert_eq!(nearest_origin("*"), None);
        assert_eq!(nearest_origin("nonsense"), None);
    }
}
