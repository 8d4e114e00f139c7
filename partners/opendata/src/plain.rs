//! Descriptions of indicators hold markup and entities; what the house keeps is plain text.

/// Plain text of a description: tags go, blocks become line breaks, common entities become letters. Whatever else looks like
/// markup stays as the letters it is made of: the page escapes it.
pub fn plain(text: &str) -> String {
    tidy(&entities(&untagged(text)))
}

/// Tags whose end or beginning parts lines.
const BLOCKS: [&str; 8] = ["p", "br", "li", "ul", "ol", "div", "tr", "h3"];

fn untagged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Looked for once: a text of opening signs alone would be searched to its end at each of them.
    let last = text.rfind('>');
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let ends = last.is_some_and(|last| last >= text.len() - after.len());
        match (tag && ends).then(|| after.find('>')).flatten() {
            Some(end) => {
                let name: String = after[..end]
                    .trim_start_matches('/')
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                if BLOCKS.contains(&name.to_ascii_lowercase().as_str()) {
                    out.push('\n');
                }
                rest = &after[end + 1..];
            }
            // "< 5" is a comparison, no tag.
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let end = after.bytes().take(10).position(|b| b == b';');
        match end.and_then(|end| Some((end, letter(&after[..end])?))) {
            Some((end, letter)) => {
                out.push(letter);
                rest = &after[end + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn letter(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "auml" => 'ä',
        "Auml" => 'Ä',
        "ouml" => 'ö',
        "Ouml" => 'Ö',
        "aring" => 'å',
        "Aring" => 'Å',
        "eacute" => 'é',
        "ndash" => '–',
        "mdash" => '—',
        "rdquo" | "ldquo" => '”',
        "rsquo" => '’',
        "euro" => '€',
        "sect" => '§',
        _ => return None,
    })
}

/// One space between words, no empty lines, no control characters.
fn tidy(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let words: Vec<&str> = line
                .split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty())
                .collect();
            words.join(" ")
        })
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_of_descriptions() {
        for (text, out) in [
            ("", ""),
            ("<p>Yksi.</p><p>Kaksi.</p>", "Yksi.\nKaksi."),
            (
                "Asukkaat&nbsp;31.12. &amp; muutos",
                "Asukkaat 31.12. & muutos",
            ),
            ("v&auml;est&ouml;&#246;n&#x20AC;", "väestöön€"),
            ("alle < 5 > 3", "alle < 5 > 3"),
            ("a<br/>b<BR>c", "a\nb\nc"),
            ("<a href=\"https://thl.fi\">THL</a>", "THL"),
            ("R&D; &unknown; &", "R&D; &unknown; &"),
            ("<script>alert(1)</script>", "alert(1)"),
            ("&lt;b&gt;", "<b>"),
            ("kesken <p", "kesken <p"),
            ("a\u{0}b\r\n c", "a b\nc"),
        ] {
            assert_eq!(plain(text), out, "{text}");
        }
    }
}
