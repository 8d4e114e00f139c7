//! Style sheets, scripts, fonts and images: embedded, addressed by a hash of their content, cached for ever.

use std::{collections::BTreeMap, io::Write, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
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
    /// The same packed, for texts: the style sheet is a tenth of its size on the way to a phone.
    packed: Option<Vec<u8>>,
    content_type: String,
}

impl File {
    fn new(bytes: Vec<u8>, kind: &str) -> Self {
        let text =
            kind.starts_with("text/") || kind.ends_with("javascript") || kind.ends_with("svg+xml");
        let content_type = if text {
            format!("{kind}; charset=utf-8")
        } else {
            kind.to_owned()
        };
        let packed = if text { pack(&bytes) } else { None };
        Self {
            bytes,
            packed,
            content_type,
        }
    }
}

fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).ok()?;
    packer
        .finish()
        .ok()
        .filter(|packed| packed.len() < bytes.len())
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    let mut add = |name: &str, file: Option<rust_embed::EmbeddedFile>| {
        if let Some(file) = file {
            let kind = file.metadata.mimetype().to_owned();
            files.insert(name.to_owned(), File::new(file.data.into_owned(), &kind));
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
    files.insert("noste.css".to_owned(), File::new(bundle, "text/css"));
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
pub(crate) async fn serve(
    Path((hash, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = ASSETS.files.get(&name).ok_or(Failure::NotFound)?;
    let keep = if hash == ASSETS.hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let unpacks = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|list| list.split(',').any(|name| name.trim() == "gzip"));
    let packed = file.packed.as_deref().filter(|_| unpacks);
    let mut response = packed.unwrap_or(&file.bytes).into_response();
    let answer = response.headers_mut();
    answer.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(&file.content_type).map_err(Failure::internal)?,
    );
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if file.packed.is_some() {
        answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if packed.is_some() {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
