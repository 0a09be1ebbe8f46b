//! Refuses what another site's page sends in somebody's name: a browser says where a request comes from
//! (`Sec-Fetch-Site`, W3C Fetch Metadata; older ones `Origin`, RFC 6454). Programs say neither and bring a token.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, Version, header};

use super::state::Web;
use super::trouble::Trouble;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Lets through what our own pages and programs send.
///
/// # Errors
/// It comes from somewhere else, or names no host or two.
pub fn guard(web: &Web, request: &Request) -> Result<(), Trouble> {
    if !names_one_host(request.headers(), request.version()) {
        let why = "a request names one host (RFC 9112, section 3.2)";
        return Err(Trouble::BadRequest(why.to_owned()));
    }
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !changes || is_ours(request.headers(), web.proxies.sent(request)) {
        return Ok(());
    }
    let why = "This was sent from another site, so it was not taken.";
    Err(Trouble::Forbidden(why.to_owned()))
}

/// Whether it is clear to whom a request goes: whoever stands in front may take another one of several.
fn names_one_host(headers: &HeaderMap, version: Version) -> bool {
    match headers.get_all(header::HOST).iter().count() {
        0 => version == Version::HTTP_10,
        hosts => hosts == 1,
    }
}

/// Whether a request was made by a page of ours, or by no page.
fn is_ours(headers: &HeaderMap, through_proxy: bool) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&FETCH_SITE) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(&header::ORIGIN) else {
        return true;
    };
    let forwarded = text(&FORWARDED_HOST).filter(|_| through_proxy);
    let host = forwarded.or_else(|| text(&header::HOST));
    let origin = origin.split_once("://").map(|(_, host)| host);
    origin.is_some() && origin == host
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::is_ours;

    fn ours(headers: &[(&'static str, &'static str)], through_proxy: bool) -> bool {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        is_ours(&headers, through_proxy)
    }

    #[test]
    fn what_another_site_sends_is_not_ours() {
        let host = ("host", "help.example");
        assert!(ours(&[host], false), "a program");
        assert!(ours(&[host, ("origin", "https://help.example")], false));
        assert!(!ours(&[host, ("origin", "https://evil.example")], false));
        assert!(!ours(&[host, ("origin", "null")], false));
        assert!(!ours(&[host, ("sec-fetch-site", "cross-site")], false));
        assert!(!ours(&[host, ("sec-fetch-site", "same-site")], false));
        assert!(ours(&[host, ("sec-fetch-site", "same-origin")], false));
        let forwarded = [
            ("host", "127.0.0.1:8080"),
            ("x-forwarded-host", "help.example"),
            ("origin", "https://help.example"),
        ];
        assert!(ours(&forwarded, true));
        assert!(!ours(&forwarded, false), "only a proxy of ours is believed");
    }
}
