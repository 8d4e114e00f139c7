//! Which letters the font has, and what is printed for those it has not.

use std::sync::LazyLock;

use typst::{foundations::Bytes, text::Font};

/// Inter, as the pages have it; weights as the template and `charts` use them.
static FILES: [&[u8]; 3] = [
    include_bytes!("../vendor/Inter_400Regular.ttf"),
    include_bytes!("../vendor/Inter_500Medium.ttf"),
    include_bytes!("../vendor/Inter_600SemiBold.ttf"),
];

pub(crate) static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|file| Font::new(Bytes::new(*file), 0))
        .collect()
});

/// Stand for a letter that the font lacks: the first of them that the font has. The standards allow no empty place,
/// which would say nothing to those who listen either.
const UNKNOWN: [char; 3] = ['\u{fffd}', '\u{25a1}', '\u{25cb}'];

/// The text as it can be printed: every letter that the font has, verbatim. Signs that only steer (controls,
/// directions, joiners) are left out; another letter the font lacks becomes a mark that says so.
pub(crate) fn printable(text: &str) -> String {
    within(text, LONGEST_WORD)
}

/// The same for a narrow place or large letters: a word may be broken after so many.
pub(crate) fn within(text: &str, longest: usize) -> String {
    let letters = text.chars().filter_map(|one| match one {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if steers(one) => None,
        _ if has(one) => Some(one),
        _ => UNKNOWN.into_iter().find(|mark| has(*mark)).or(Some('?')),
    });
    let mut out = String::with_capacity(text.len());
    let mut word = 0;
    for letter in letters {
        word = if letter.is_alphanumeric() {
            word + 1
        } else {
            0
        };
        if word > longest {
            word = 1;
            out.push(BREAK);
        }
        out.push(letter);
    }
    out
}

/// A word longer than any of any language would run off the page: it may be broken after so many letters.
const LONGEST_WORD: usize = 50;
/// The sign that allows it, of no width.
pub(crate) const BREAK: char = '\u{200b}';

fn steers(one: char) -> bool {
    one.is_control()
        || matches!(one,
            '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Signs of private use mean what each font likes, so no archive takes them.
fn private(one: char) -> bool {
    matches!(one, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

fn has(one: char) -> bool {
    !private(one)
        && FONTS
            .iter()
            .all(|font| font.info().coverage.contains(u32::from(one)))
}
