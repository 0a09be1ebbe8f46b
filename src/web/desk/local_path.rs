//! Where somebody wanted to go before they had to sign in: an address of the desk, nothing else.

use std::fmt;

/// The start of the desk.
const DESK: &str = "/desk";

/// An address of the desk, path and query: it leads to no other site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPath(String);

/// Longest address.
const LONGEST: usize = 2_000;

impl LocalPath {
    /// The address, if it is one of the desk; else the desk's start.
    pub fn of(text: &str) -> Self {
        let rest = text.strip_prefix(DESK);
        let is_of_desk = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        let is_plain = |letter: u8| letter.is_ascii_graphic() && letter != b'\\' && letter != b'#';
        // Signing in and out is where one comes from.
        let is_door = rest.is_some_and(|rest| rest.starts_with("/sign-"));
        let is_fit = is_of_desk && !is_door && text.len() <= LONGEST && text.bytes().all(is_plain);
        Self(if is_fit { text } else { DESK }.to_owned())
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page to sign in that leads there afterwards.
    pub fn sign_in(&self) -> String {
        if self.0 == DESK {
            return "/desk/sign-in".to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("to", &self.0)
            .finish();
        format!("/desk/sign-in?{query}")
    }
}

impl fmt::Display for LocalPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::LocalPath;

    #[test]
    fn it_leads_to_the_desk_and_nowhere_else() {
        for good in [
            "/desk",
            "/desk?q=printer",
            "/desk/c/k3m9x7p24qda",
            "/desk/trees?x=%2F%2Fe",
        ] {
            assert_eq!(LocalPath::of(good).as_str(), good);
        }
        for bad in [
            "",
            "/",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/desk",
            "/deskevil",
            "/desk\\..\\..",
            "/desk/\r\nSet-Cookie: a=b",
            "/desk/\u{e9}",
            "/desk#x",
            "javascript:alert(1)",
            "/desk/sign-out",
            "/desk/sign-in?to=/desk/sign-in",
            " /desk",
            "desk",
            "@evil.example",
            &format!("/desk/{}", "a".repeat(3_000)),
        ] {
            assert_eq!(LocalPath::of(bad).as_str(), "/desk", "{bad}");
        }
        let to = LocalPath::of("/desk?q=no internet&x=1");
        assert_eq!(to.as_str(), "/desk", "addresses have no spaces");
        let to = LocalPath::of("/desk?q=a&x=1");
        assert_eq!(to.sign_in(), "/desk/sign-in?to=%2Fdesk%3Fq%3Da%26x%3D1");
    }
}
