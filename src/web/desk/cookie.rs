//! The cookie that says who is signed in. Where the browser came by https it has the prefix that keeps others from setting
//! it (`__Host-`, RFC 6265bis, section 4.1.3.2).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

const PLAIN: &str = "fixpath";
const HOST: &str = "__Host-fixpath";

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Whether the browser came by https: a proxy of ours says so, or the browser itself does where it sends a form.
pub fn is_secure(headers: &HeaderMap, through_proxy: bool) -> bool {
    match forwarded_scheme(headers, through_proxy) {
        Some(is_https) => is_https,
        None => text(headers, &header::ORIGIN).is_some_and(|origin| origin.starts_with("https://")),
    }
}

/// What the browser shows. Where it is known to have come by https, what another site of the same domain may have set does
/// not count.
pub fn shown(headers: &HeaderMap, through_proxy: bool) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let is_https = forwarded_scheme(headers, through_proxy) == Some(true);
    let plain = || jar.get(PLAIN).filter(|_| !is_https);
    let cookie = jar.get(HOST).or_else(plain)?;
    Some(cookie.value().to_owned())
}

/// Whether the scheme that a proxy of ours names is https.
fn forwarded_scheme(headers: &HeaderMap, through_proxy: bool) -> Option<bool> {
    let scheme = text(headers, &FORWARDED_PROTO).filter(|_| through_proxy)?;
    Some(scheme.trim().eq_ignore_ascii_case("https"))
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The header that makes the browser keep it, until it is closed.
pub fn kept(bearer: &str, is_secure: bool) -> Option<HeaderValue> {
    header_of(made(bearer.to_owned(), is_secure))
}

/// The headers that make the browser forget it, under both names.
pub fn forgotten() -> Vec<HeaderValue> {
    let forget = |is_secure| {
        let mut cookie = made(String::new(), is_secure);
        cookie.make_removal();
        header_of(cookie)
    };
    [forget(true), forget(false)]
        .into_iter()
        .flatten()
        .collect()
}

fn made(value: String, is_secure: bool) -> Cookie<'static> {
    let name = if is_secure { HOST } else { PLAIN };
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(is_secure)
        .same_site(SameSite::Lax)
        .build()
}

fn header_of(cookie: Cookie<'_>) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie.to_string()).ok()
}
