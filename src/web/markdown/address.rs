//! Which addresses a link may have.

/// Schemes that cannot run anything.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Whether a link may have this address: one of a few schemes, written out. Nothing relative (it would lead around on our
/// own pages) and nothing with a space, a control character, a backslash or a character that turns the reading
/// direction: browsers read over them, so that the address would be another than the one looked at. No name before an
/// `@` either, which looks like the host and is not.
pub fn is_safe_address(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    let known = SCHEMES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme));
    let is_plain = !address.chars().any(misleads);
    let says_where = if scheme.to_ascii_lowercase().starts_with("http") {
        rest.strip_prefix("//").is_some_and(names_a_host)
    } else {
        !rest.is_empty() && !rest.starts_with('/')
    };
    known && is_plain && says_where
}

/// Whether what stands behind `//` begins with a host.
fn names_a_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !host.contains('@')
}

/// Whether a link there opens a page of somebody else's, rather than a mail or a call.
pub fn opens_page(address: &str) -> bool {
    let is_page = address
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("http"));
    is_page && is_safe_address(address)
}

/// Characters that an address is not to have.
fn misleads(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{61c}'
    );
    turns || character == '\\' || character.is_whitespace() || character.is_control()
}

#[cfg(test)]
mod tests {
    use super::{is_safe_address, opens_page};

    #[test]
    fn only_addresses_that_lead_out_and_run_nothing() {
        for good in [
            "https://example.org/a?b=c&d#e",
            "HTTP://EXAMPLE.ORG",
            "https://example.org/@name",
            "mailto:help@example.org?subject=Hello",
            "tel:+49123",
            "https://xn--bcher-kva.example/ö",
        ] {
            assert!(is_safe_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript&colon;alert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "blob:https://example.org/1",
            "file:///etc/passwd",
            "view-source:https://example.org",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/desk/trees",
            "page",
            "#here",
            "?a=b",
            "",
            ":",
            "http:",
            "https:",
            "http:evil.example",
            "https:///evil.example",
            "https:/\\evil.example",
            "https://good.example\\@evil.example",
            "https://good.example/\u{202e}moc",
            "ht\u{200b}tps://example.org",
            "https://exa mple.org",
            "https://good.example@evil.example/",
            "mailto:",
            "tel:",
            "tel://",
        ] {
            assert!(!is_safe_address(bad), "{bad:?}");
        }
        assert!(opens_page("https://a.b") && !opens_page("tel:1") && !opens_page("httpx://a"));
    }
}
