//! The styles, scripts and signs of the pages: small files in the binary, each under an address that changes with what is
//! in it, so that browsers keep it for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
}

const ASSETS: [Asset; 5] = [
    Asset {
        name: "base.css",
        kind: "text/css; charset=utf-8",
        text: include_str!("assets/base.css"),
    },
    Asset {
        name: "desk.css",
        kind: "text/css; charset=utf-8",
        text: include_str!("assets/desk.css"),
    },
    Asset {
        name: "walk.js",
        kind: "text/javascript; charset=utf-8",
        text: include_str!("assets/walk.js"),
    },
    Asset {
        name: "desk.js",
        kind: "text/javascript; charset=utf-8",
        text: include_str!("assets/desk.js"),
    },
    Asset {
        name: "icon.svg",
        kind: "image/svg+xml",
        text: include_str!("assets/icon.svg"),
    },
];

/// Addresses in the order of [`ASSETS`].
static ADDRESSES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let address = |asset: &Asset| {
        let digest = Sha256::digest(asset.text.as_bytes());
        let mark: String = digest
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("/assets/{mark}/{}", asset.name)
    };
    ASSETS.iter().map(address).collect()
});

/// Where a file is to be had.
pub fn address(name: &str) -> &'static str {
    let at = ASSETS.iter().position(|asset| asset.name == name);
    at.and_then(|at| ADDRESSES.get(at))
        .map_or("", String::as_str)
}

/// `GET /assets/{mark}/{name}`: an older mark gives today's file.
pub async fn get(Path((_, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.text,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
