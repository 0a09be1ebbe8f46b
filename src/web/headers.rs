//! What every answer carries, so that a browser lets nothing in that is not ours (OWASP Secure Headers Project).

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The content security policy: only our own files, no inline script or style, and a frame around it only on the sites
/// that `framed_by` lists (`'none'`: nowhere).
pub fn policy(framed_by: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}"
    )
}

static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    HeaderValue::try_from(policy("'none'"))
        .unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

const HEADERS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Adds what is not there yet.
pub fn add(headers: &mut HeaderMap) {
    headers.reserve(HEADERS.len() + 1);
    let is_framed = headers.contains_key(header::CONTENT_SECURITY_POLICY);
    for (name, value) in HEADERS {
        // The older header cannot name sites; where the policy does, it would forbid them.
        if !(is_framed && name == header::X_FRAME_OPTIONS) {
            headers
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        }
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| POLICY.clone());
}
