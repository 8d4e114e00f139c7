//! Files that came with a contact are downloaded, never shown inside a page of ours.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use identity::session::CurrentUser;
use store::Logged;
use web::{Answer, Failure, House};

use crate::domain::AttachmentId;
use crate::glue::desk;
use crate::pages::id;
use crate::store::view::OpenedFile;
use crate::store::{Worker, view};

pub(super) async fn open(
    State(house): State<House>,
    user: CurrentUser,
    Path(file): Path<String>,
) -> Answer {
    let file: AttachmentId = id(&file)?;
    let desk = desk(&house)?;
    let worker = Worker::from(&user);
    let receipt = house
        .store
        .show(move |tx| view::open_file(tx, &desk, &worker, file))
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    sent(receipt.value, logged)
}

/// The file as an answer that no browser runs, guesses at or keeps.
fn sent((name, media_type, content): OpenedFile, _logged: Logged) -> Answer {
    let mut response: Response = content.into_response();
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition(&name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin".to_owned(),
        ),
    ];
    for (header, value) in headers {
        response.headers_mut().insert(
            header,
            HeaderValue::from_str(&value).map_err(Failure::internal)?,
        );
    }
    Ok(response)
}

/// `attachment` with the name in plain letters for old browsers and in UTF-8 for the others (RFC 6266).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || ".-_ ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_the_header() {
        let told = disposition("häätö \"päivä\"\r\nX: 1.pdf");
        assert!(told.starts_with("attachment; filename=\"h__t_ _p_iv__"));
        assert!(!told.contains(['\r', '\n']) && told.matches('"').count() == 2);
        assert!(told.contains("filename*=UTF-8''h%C3%A4%C3%A4t%C3%B6%20%22"));
        assert!(HeaderValue::from_str(&told).is_ok());
    }
}
