//! Files sent with a contact: checked by type, content and size before anything is stored.

/// Largest file, bytes.
pub const MAX_SIZE: usize = 10 * 1024 * 1024;
/// Most files of one contact.
pub const MAX_FILES: i64 = 5;

/// A file type that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    Pdf,
    Jpeg,
    Png,
}

impl FileType {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
        }
    }
}

/// Why a file is refused; each has a message that says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge,
    /// Not a PDF, JPEG or PNG by its content.
    UnknownType,
    /// The name says another type than the content.
    NameDiffers,
    /// The content is broken or carries something active.
    Unsafe,
}

impl Refusal {
    /// Part of the message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::UnknownType => "unknown-type",
            Self::NameDiffers => "name-differs",
            Self::Unsafe => "unsafe",
        }
    }
}

/// Checks a file by its content and name.
///
/// # Errors
/// A [`Refusal`] when the file is not plainly one of the accepted types.
pub fn check(name: &str, content: &[u8]) -> Result<FileType, Refusal> {
    if content.is_empty() {
        return Err(Refusal::Empty);
    }
    if content.len() > MAX_SIZE {
        return Err(Refusal::TooLarge);
    }
    let file_type = if content.starts_with(b"%PDF-") {
        FileType::Pdf
    } else if content.starts_with(b"\xff\xd8\xff") {
        FileType::Jpeg
    } else if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        FileType::Png
    } else {
        return Err(Refusal::UnknownType);
    };
    let extension = name
        .rsplit_once('.')
        .map_or("", |(_, end)| end)
        .to_ascii_lowercase();
    if !file_type.extensions().contains(&extension.as_str()) {
        return Err(Refusal::NameDiffers);
    }
    let sound = match file_type {
        FileType::Pdf => pdf_is_quiet(content),
        FileType::Jpeg => content.len() > 4 && content.ends_with(b"\xff\xd9"),
        FileType::Png => png_is_whole(content),
    };
    if sound {
        Ok(file_type)
    } else {
        Err(Refusal::Unsafe)
    }
}

/// A PDF that ends as one and carries no script, launch action or file inside it. Names may be
/// written with #xx escapes, so those are resolved first.
fn pdf_is_quiet(content: &[u8]) -> bool {
    let tail = &content[content.len().saturating_sub(2048)..];
    if !contains(tail, b"%%EOF") {
        return false;
    }
    let plain = resolve_name_escapes(content);
    const ACTIVE: [&[u8]; 6] = [
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/EmbeddedFile",
        b"/RichMedia",
        b"/XFA",
    ];
    !ACTIVE.iter().any(|name| contains_name(&plain, name))
}

fn resolve_name_escapes(content: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|value| u8::try_from(value).ok())
    };
    let mut plain = Vec::with_capacity(content.len());
    let mut at = 0;
    while at < content.len() {
        if content[at] == b'#'
            && at + 2 < content.len()
            && let (Some(high), Some(low)) = (digit(content[at + 1]), digit(content[at + 2]))
        {
            plain.push(high * 16 + low);
            at += 3;
            continue;
        }
        plain.push(content[at]);
        at += 1;
    }
    plain
}

/// True when the name stands in the text and is not the beginning of a longer one.
fn contains_name(text: &[u8], name: &[u8]) -> bool {
    text.windows(name.len()).enumerate().any(|(at, window)| {
        window == name
            && !text
                .get(at + name.len())
                .is_some_and(u8::is_ascii_alphanumeric)
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Every chunk of a PNG in order up to IEND, and nothing after it.
fn png_is_whole(content: &[u8]) -> bool {
    let mut at = 8;
    while let Some(head) = content.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(next) = at
            .checked_add(12)
            .and_then(|start| start.checked_add(length))
        else {
            return false;
        };
        if next > content.len() {
            return false;
        }
        if &head[4..8] == b"IEND" {
            return next == content.len();
        }
        at = next;
    }
    false
}

/// The file's own name without folders and control characters, at most 120 characters.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>' | '\u{202e}' | '\u{200f}'))
        .collect();
    let count = clean.chars().count();
    clean.chars().skip(count.saturating_sub(120)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01IHDR\x01\x00\x00\x00\x00\x00\x00\x00\x00IEND\xae\x42\x60\x82";

    #[test]
    fn accepted_and_refused() {
        let cases: [(&str, &[u8], Result<FileType, Refusal>); 13] = [
            (
                "lasku.pdf",
                b"%PDF-1.7\n1 0 obj\n%%EOF\n",
                Ok(FileType::Pdf),
            ),
            (
                "LASKU.PDF",
                b"%PDF-1.7\n1 0 obj\n%%EOF\n",
                Ok(FileType::Pdf),
            ),
            (
                "kuva.jpg",
                b"\xff\xd8\xff\xe0....\xff\xd9",
                Ok(FileType::Jpeg),
            ),
            ("kuva.png", PNG, Ok(FileType::Png)),
            ("tyhja.pdf", b"", Err(Refusal::Empty)),
            ("ohjelma.pdf", b"MZ\x90\x00", Err(Refusal::UnknownType)),
            ("sivu.html", b"<html>", Err(Refusal::UnknownType)),
            (
                "kuva.svg",
                b"<svg onload=alert(1)>",
                Err(Refusal::UnknownType),
            ),
            ("lasku.exe", b"%PDF-1.7\n%%EOF", Err(Refusal::NameDiffers)),
            (
                "lasku.pdf",
                b"%PDF-1.7 /JavaScript (x) %%EOF",
                Err(Refusal::Unsafe),
            ),
            (
                "lasku.pdf",
                b"%PDF-1.7 /J#61vaScript (x) %%EOF",
                Err(Refusal::Unsafe),
            ),
            ("kesken.pdf", b"%PDF-1.7", Err(Refusal::Unsafe)),
            ("kesken.jpg", b"\xff\xd8\xff\xe0....", Err(Refusal::Unsafe)),
        ];
        for (name, content, answer) in cases {
            assert_eq!(check(name, content), answer, "{name}");
        }
        let mut polyglot = PNG.to_vec();
        polyglot.extend_from_slice(b"<script>");
        assert_eq!(check("kuva.png", &polyglot), Err(Refusal::Unsafe));
        assert_eq!(
            check("iso.pdf", &vec![0; MAX_SIZE + 1]),
            Err(Refusal::TooLarge)
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_checked_without_panic(start in 0usize..4, bytes: Vec<u8>) {
            let magic: [&[u8]; 4] = [b"", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"];
            let content = [magic[start], &bytes].concat();
            for name in ["a.pdf", "a.jpg", "a.png", "a"] {
                let _ = check(name, &content);
            }
        }

        #[test]
        fn names_have_no_folders(name: String) {
            let clean = clean_name(&name);
            prop_assert!(!clean.contains(['/', '\\', '"', '\n']) && clean.chars().count() <= 120);
        }
    }
}
