//! Style sheets, scripts, fonts and images: embedded, addressed by a hash of their content, cached for ever.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

use crate::Failure;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Own;

#[derive(RustEmbed)]
#[folder = "vendor"]
struct Vendor;

struct Assets {
    /// One hash for all, so that files can refer to each other by plain relative names.
    hash: String,
    files: BTreeMap<String, File>,
}

struct File {
    bytes: Vec<u8>,
    content_type: String,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    let mut add = |name: &str, file: Option<rust_embed::EmbeddedFile>| {
        if let Some(file) = file {
            let kind = file.metadata.mimetype();
            let content_type = if kind.starts_with("text/") {
                format!("{kind}; charset=utf-8")
            } else {
                kind.to_owned()
            };
            files.insert(
                name.to_owned(),
                File {
                    bytes: file.data.into_owned(),
                    content_type,
                },
            );
        }
    };
    Vendor::iter().for_each(|name| add(&name, Vendor::get(&name)));
    Own::iter().for_each(|name| add(&name, Own::get(&name)));
    // One style sheet, in the order in which its parts build on each other.
    let parts = [
        &files["base.css"],
        &files["css/colours.css"],
        &files["css/noste-theme.css"],
        &files["css/noste-more.css"],
    ];
    let bundle = parts.map(|file: &File| file.bytes.as_slice()).join(&b'\n');
    files.retain(|name, _| !name.ends_with(".css"));
    files.insert(
        "noste.css".to_owned(),
        File {
            bytes: bundle,
            content_type: "text/css; charset=utf-8".to_owned(),
        },
    );
    let mut hasher = blake3::Hasher::new();
    for (name, file) in &files {
        hasher
            .update(name.as_bytes())
            .update(&[0])
            .update(blake3::hash(&file.bytes).as_bytes());
    }
    Assets {
        hash: hasher.finalize().to_hex()[..16].to_owned(),
        files,
    }
});

/// The address of an asset: `url("noste.css")`.
pub fn url(name: &str) -> String {
    debug_assert!(ASSETS.files.contains_key(name), "no asset {name}");
    format!("/assets/{}/{name}", ASSETS.hash)
}

/// Serves `/assets/{hash}/{*name}`. An old hash is answered with the new file, but not kept.
pub(crate) async fn serve(Path((hash, name)): Path<(String, String)>) -> Result<Response, Failure> {
    let file = ASSETS.files.get(&name).ok_or(Failure::NotFound)?;
    let keep = if hash == ASSETS.hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let content_type = HeaderValue::from_str(&file.content_type).map_err(Failure::internal)?;
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    Ok((headers, file.bytes.as_slice()).into_response())
}
