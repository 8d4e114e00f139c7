//! What a browser posted: fields and files, read once at the door with limits.
//!
//! Reading never fails on odd content: bytes that are not UTF-8 become replacement characters, NUL (which PostgreSQL
//! refuses) is dropped, line ends become `\n`. Too much of anything is refused with a page that says so.

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart},
    http::{Request, header::CONTENT_TYPE, request::Parts},
};
use kernel::time::{SignedDuration, Timestamp};

use crate::{Failure, Form};

/// More fields than any form of ours has.
const MOST_FIELDS: usize = 500;
/// Longest name of a field, in bytes.
const LONGEST_NAME: usize = 200;

/// A file as it was posted. Name and type are claims of the sender: check before trusting.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Name of the form's field.
    pub field: String,
    /// The sender's name of the file, without any path.
    pub file_name: String,
    /// The sender's content type.
    pub declared_type: String,
    pub bytes: Bytes,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.field, self.bytes.len())
    }
}

/// A posted form whose token has been checked at the door. Take it as an extractor: `posted: Posted`.
#[derive(Clone, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
    /// When the page with the form was made; `None` only in tests.
    pub(crate) issued: Option<Timestamp>,
}

impl std::fmt::Debug for Posted {
    // Field contents are client data and must not reach a log line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Posted({} fields, {} files)",
            self.fields.len(),
            self.files.len()
        )
    }
}

/// Why a posted body cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Neither form type.
    Type,
    /// Broken off or without a boundary.
    Broken,
    /// More fields than any form of ours has.
    TooMuch,
}

impl Posted {
    /// A form of these fields, for tests.
    pub fn of<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let fields = fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self {
            fields,
            ..Self::default()
        }
    }

    /// The first value of a field, empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// All fields in posted order. Names that begin with `_` are the house's own.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Files with content, in posted order.
    pub fn files(&self) -> &[Upload] {
        &self.files
    }

    /// The posted values as a form.
    pub fn form(&self) -> Form {
        Form::from(self)
    }

    /// How long ago the page with the form was made: the time trap of the spam guard.
    pub fn age(&self, now: Timestamp) -> Option<SignedDuration> {
        self.issued.map(|issued| now.duration_since(issued))
    }

    pub(crate) async fn read(content_type: &str, body: Bytes) -> Result<Self, Unreadable> {
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Self::read_urlencoded(&body)
        } else if kind.eq_ignore_ascii_case("multipart/form-data") {
            Self::read_multipart(content_type, body).await
        } else {
            Err(Unreadable::Type)
        }
    }

    fn read_urlencoded(body: &[u8]) -> Result<Self, Unreadable> {
        let mut posted = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            posted.push(&name, &value)?;
        }
        Ok(posted)
    }

    async fn read_multipart(content_type: &str, body: Bytes) -> Result<Self, Unreadable> {
        let mut request = Request::builder()
            .header(CONTENT_TYPE, content_type)
            .body(axum::body::Body::from(body))
            .map_err(|_| Unreadable::Broken)?;
        // The door has held the body to the route's own limit; the framework's 2 MB would refuse ordinary photographs.
        DefaultBodyLimit::disable().apply(&mut request);
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| Unreadable::Broken)?;
        let mut posted = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|_| Unreadable::Broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(bare_file_name);
            let declared_type = part.content_type().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|_| Unreadable::Broken)?;
            match file_name {
                None => posted.push(&name, &String::from_utf8_lossy(&bytes))?,
                // A file field left empty arrives as a file without a name.
                Some(file_name) if file_name.is_empty() && bytes.is_empty() => {}
                Some(file_name) => posted.push_file(Upload {
                    field: name,
                    file_name,
                    declared_type,
                    bytes,
                })?,
            }
        }
        Ok(posted)
    }

    fn push(&mut self, name: &str, value: &str) -> Result<(), Unreadable> {
        if self.fields.len() + self.files.len() >= MOST_FIELDS || name.len() > LONGEST_NAME {
            return Err(Unreadable::TooMuch);
        }
        self.fields.push((plain_text(name), plain_text(value)));
        Ok(())
    }

    fn push_file(&mut self, file: Upload) -> Result<(), Unreadable> {
        if self.fields.len() + self.files.len() >= MOST_FIELDS || file.field.len() > LONGEST_NAME {
            return Err(Unreadable::TooMuch);
        }
        self.files.push(file);
        Ok(())
    }
}

/// A text as it may be kept and shown: line ends as `\n`, no control characters (PostgreSQL refuses NUL), and none that
/// turn the direction of what follows or stand in a word unseen, so that a name is what it looks like.
fn plain_text(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|letter| {
            matches!(letter, '\n' | '\t') || !(letter.is_control() || is_unseen(*letter))
        })
        .collect()
}

/// Overrides and isolates of direction, spaces without width, the mark of byte order. The joiners stay: scripts and
/// pictures are written with them.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{2060}' | '\u{feff}'
    )
}

/// The last part of a path with control characters dropped; some browsers once sent whole paths.
fn bare_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .filter(|letter| !letter.is_control())
        .take(255)
        .collect()
}

impl<S: Send + Sync> FromRequestParts<S> for Posted {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.remove::<Self>().ok_or(Failure::BadRequest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(content_type: &str, body: &[u8]) -> Result<Posted, Unreadable> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(Posted::read(content_type, Bytes::copy_from_slice(body)))
    }

    const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

    #[test]
    fn odd_bytes_become_text() {
        let posted = read(FORM, b"a=%ff%00x&b=1&b=2&=&c&a=again&d=1%0D%0A2%0D3").unwrap();
        assert_eq!(posted.value("a"), "\u{fffd}x");
        assert_eq!(posted.fields().filter(|(name, _)| *name == "b").count(), 2);
        assert_eq!(posted.value("c"), "");
        assert_eq!(posted.value("d"), "1\n2\n3");
        assert_eq!(posted.value("none"), "");
    }

    #[test]
    fn what_is_no_form_is_said_so() {
        assert_eq!(
            read("application/json", b"{}").unwrap_err(),
            Unreadable::Type
        );
        assert_eq!(read("", b"").unwrap_err(), Unreadable::Type);
        assert_eq!(
            read("multipart/form-data", b"").unwrap_err(),
            Unreadable::Broken
        );
        assert_eq!(
            read("multipart/form-data; boundary=x", b"--x\r\n").unwrap_err(),
            Unreadable::Broken
        );
        let long_name = format!("{}=1", "n".repeat(201));
        assert_eq!(
            read(FORM, long_name.as_bytes()).unwrap_err(),
            Unreadable::TooMuch
        );
        assert_eq!(
            read(FORM, "a=1&".repeat(501).as_bytes()).unwrap_err(),
            Unreadable::TooMuch
        );
    }

    #[test]
    fn file_names_have_no_paths_and_no_odd_signs() {
        assert_eq!(bare_file_name("C:\\a\\lasku.pdf"), "lasku.pdf");
        assert_eq!(bare_file_name("../../etc/passwd"), "passwd");
        assert_eq!(bare_file_name("a\u{0}\nb.png"), "ab.png");
        assert_eq!(bare_file_name(&"x".repeat(300)).len(), 255);
    }

    #[test]
    fn what_is_unseen_is_left_out() {
        let typed = "Kos\u{200b}ki\u{202e}nen\u{0}\u{7f}\u{feff} \u{2066}x\u{2069}";
        assert_eq!(plain_text(typed), "Koskinen x");
        assert_eq!(
            plain_text("rivi\r\ntoinen\rkolmas\tsarake"),
            "rivi\ntoinen\nkolmas\tsarake"
        );
        // Joiners make letters and pictures.
        assert_eq!(
            plain_text("👩\u{200d}👧 می\u{200c}روم"),
            "👩\u{200d}👧 می\u{200c}روم"
        );
    }

    #[test]
    fn debug_shows_no_contents() {
        let posted = Posted::of([("matter", "salaisuus")]);
        assert!(!format!("{posted:?}").contains("salaisuus"));
    }

    proptest! {
        #[test]
        fn fields_come_back_as_typed(fields in prop::collection::vec(("[a-zäö_-]{1,20}", "[^\\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200b}\u{2060}\u{feff}]{0,40}"), 0..20)) {
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
            let posted = read(FORM, body.as_bytes()).unwrap();
            let got: Vec<(String, String)> =
                posted.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            prop_assert_eq!(got, fields);
        }

        #[test]
        fn any_bytes_are_read_calmly(kind in "[ -~]{0,60}", body in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&kind, &body);
            let _ = read(FORM, &body);
            let _ = read("multipart/form-data; boundary=b", &body);
        }
    }
}
