//! A short title from the sender's own words.
//!
//! A queue shows contacts by what people said, not by categories: ”En uskalla mennä kotiin”. The
//! title is the first sentence or clause, short enough for a line, with identity codes, phone
//! numbers and e-mail addresses hidden.

use unicode_normalization::char::is_combining_mark;

use crate::personal_data;

/// The most characters of a title between its quotation marks.
pub const LONGEST: usize = 60;

/// A first sentence shorter than this ("Apua!") takes the next one along when both fit.
const TOO_SHORT: usize = 16;

/// A clause shorter than this says too little; the sentence is then cut at a word.
const SHORTEST_CLAUSE: usize = 20;

const ELLIPSIS: char = '…';

/// Greetings that open a message and tell nothing, in lower case.
const GREETINGS: [&str; 22] = [
    "hei",
    "moi",
    "moikka",
    "terve",
    "tervehdys",
    "hyvää päivää",
    "päivää",
    "hyvää huomenta",
    "huomenta",
    "hyvää iltaa",
    "iltaa",
    "hej",
    "hejsan",
    "god dag",
    "goddag",
    "god morgon",
    "hello",
    "hi",
    "dear sir or madam",
    "good morning",
    "good afternoon",
    "good evening",
];

/// Dots after these words end no sentence.
const ABBREVIATIONS: [&str; 22] = [
    "esim", "klo", "ym", "yms", "jne", "nk", "ns", "mm", "n", "puh", "tel", "nro", "os", "v", "kk",
    "t", "bl.a", "t.ex", "kl", "mr", "mrs", "dr",
];

/// The title in Finnish quotation marks, ”…”, or `None` for a text without a word in it.
///
/// ```
/// use text::title::title;
/// let words = "Hei! Vuokra on kaksi kuukautta rästissä. Mitä teen?";
/// assert_eq!(title(words).as_deref(), Some("”Vuokra on kaksi kuukautta rästissä”"));
/// ```
pub fn title(text: &str) -> Option<String> {
    plain_title(text).map(|title| format!("”{title}”"))
}

/// The title without quotation marks, for a page that sets its own: at most [`LONGEST`] characters.
pub fn plain_title(text: &str) -> Option<String> {
    let masked = personal_data::mask(text);
    let sentences: Vec<String> = sentences(&masked)
        .iter()
        .map(|sentence| tidy(sentence))
        .collect();
    let mut sentences = sentences
        .iter()
        .map(|sentence| without_greeting(sentence))
        .filter(|sentence| has_word(sentence));
    let mut title = sentences.next()?.to_owned();
    if length(&title) < TOO_SHORT
        && let Some(next) = sentences.next()
        && length(&title) + 1 + length(next) <= LONGEST
    {
        title = format!("{title} {next}");
    }
    // Two sentences joined, or a row of digits cut, can read as a number that neither was before.
    let title = personal_data::mask(&title);
    Some(personal_data::mask(&shortened(
        title.trim_end_matches(['.', ',', ';', ':', ' ']),
    )))
}

/// Sentences: ended by `.`, `!`, `?` or `…` before white space, or by a line break.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let end = at + character.len_utf8();
        let before_space = characters
            .peek()
            .is_none_or(|&(_, next)| next.is_whitespace());
        let ends = match character {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => true,
            '!' | '?' | ELLIPSIS => before_space,
            '.' => before_space && !is_abbreviated(&text[start..at]),
            _ => false,
        };
        if ends {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    sentences.push(&text[start..]);
    sentences
}

/// Whether the words before a dot end in an abbreviation or a number (`13. maaliskuuta`).
fn is_abbreviated(words: &str) -> bool {
    let last = words
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .trim_start_matches(['(', '"']);
    !last.is_empty()
        && ((last.len() <= 2 && last.bytes().all(|byte| byte.is_ascii_digit()))
            || ABBREVIATIONS.contains(&last.to_lowercase().as_str()))
}

/// One line without control signs; double quotation marks inside become single ones.
fn tidy(sentence: &str) -> String {
    let visible = sentence
        .chars()
        .filter(|&character| character.is_whitespace() || !is_invisible(character));
    let plain: String = visible
        .map(|character| {
            if is_quotation(character) {
                '’'
            } else {
                character
            }
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control signs and signs that turn the direction of writing: they could garble a whole row.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_quotation(character: char) -> bool {
    matches!(character, '"' | '”' | '“' | '„' | '«' | '»' | '＂')
}

fn without_greeting(sentence: &str) -> &str {
    for greeting in GREETINGS {
        let Some((head, rest)) = split_at_characters(sentence, greeting.chars().count()) else {
            continue;
        };
        let ends = rest
            .chars()
            .next()
            .is_none_or(|next| ",!.:;".contains(next) || next == ELLIPSIS);
        if ends && head.to_lowercase() == greeting {
            return rest
                .trim_start_matches(|sign: char| ",!.:; ".contains(sign) || sign == ELLIPSIS);
        }
    }
    sentence
}

fn split_at_characters(text: &str, count: usize) -> Option<(&str, &str)> {
    let at = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .nth(count)?;
    Some(text.split_at(at))
}

fn has_word(sentence: &str) -> bool {
    sentence.chars().any(char::is_alphanumeric)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// The whole when it fits, else its longest run of clauses, else as many words as fit.
fn shortened(sentence: &str) -> String {
    if length(sentence) <= LONGEST {
        return sentence.to_owned();
    }
    // One place is for the ellipsis, which stands only where a thought was cut.
    let room = split_at_characters(sentence, LONGEST - 1).map_or(sentence, |(head, _)| head);
    let clause = room
        .rmatch_indices([',', ';', '–'])
        .map(|(at, _)| room[..at].trim_end());
    if let Some(clause) = clause
        .into_iter()
        .find(|clause| length(clause) >= SHORTEST_CLAUSE)
    {
        return clause.to_owned();
    }
    let words = match room.rfind(' ') {
        _ if sentence[room.len()..].starts_with(' ') => room,
        Some(at) if has_word(&room[..at]) => &room[..at],
        _ => whole_characters(sentence, room),
    };
    format!(
        "{}{ELLIPSIS}",
        words.trim_end_matches([',', ';', ':', '.', ' ', '-', '–'])
    )
}

/// A word too long for the line is cut, but not between a letter and its marks.
fn whole_characters<'a>(sentence: &str, room: &'a str) -> &'a str {
    let next = sentence[room.len()..].chars().next();
    if next.is_some_and(|next| is_combining_mark(next) || next == '\u{200d}') {
        let letter = room
            .char_indices()
            .rev()
            .find(|&(_, character)| !is_combining_mark(character) && character != '\u{200d}');
        return letter
            .filter(|&(at, _)| at > 0)
            .map_or(room, |(at, _)| &room[..at]);
    }
    room
}
