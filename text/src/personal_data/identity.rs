//! Identity codes by the grammar of the parent module.

use std::ops::Range;

use kernel::identity_code::IdentityCode;

use super::Text;

/// The most white space between two characters of a code: enough for a line break and an indent.
const LONGEST_GAP: usize = 3;

pub(super) struct Code {
    pub range: Range<usize>,
    /// The check character is right.
    pub certain: bool,
    /// A separator was written.
    pub separator: bool,
}

/// Every code, those inside each other too: the caller joins what overlaps.
pub(super) fn find(text: &Text) -> Vec<Code> {
    (0..text.len())
        .filter_map(|start| code_at(text, start))
        .collect()
}

fn code_at(text: &Text, start: usize) -> Option<Code> {
    text.digit(start)?;
    if text
        .before(start)
        .is_some_and(|before| before.is_ascii_digit())
    {
        return None;
    }
    let mut reader = Reader { text, next: start };
    let (date, dotted) = reader.date()?;
    let separator = reader.separator();
    let number = reader.digits(3)?;
    let (check, gap_before_check) = reader.check_character()?;
    let after = text.at(reader.next);
    if after.is_some_and(|after| after.is_ascii_digit()) {
        return None;
    }
    let certain = is_right(&date, separator, &number, check);
    let doubtful = after.is_some_and(char::is_alphabetic)
        || (dotted && gap_before_check)
        || separator.is_none();
    if !certain && doubtful {
        return None;
    }
    Some(Code {
        range: text.bytes(start, reader.next),
        certain,
        separator: separator.is_some(),
    })
}

/// Whether the check character is right; without a separator in any century.
fn is_right(date: &str, separator: Option<char>, number: &str, check: char) -> bool {
    let tried: &[char] = match separator {
        Some(ref separator) => std::slice::from_ref(separator),
        None => &['-', 'A', '+'],
    };
    tried.iter().any(|separator| {
        IdentityCode::from_input(&format!("{date}{separator}{number}{check}")).is_ok()
    })
}

struct Reader<'a> {
    text: &'a Text,
    next: usize,
}

impl Reader<'_> {
    /// Six digits that can be a day, and whether dots stood between them.
    fn date(&mut self) -> Option<(String, bool)> {
        let mut date = String::with_capacity(6);
        let mut dotted = false;
        for part in 0..3 {
            if part > 0 {
                self.gap();
                if self.text.at(self.next) == Some('.') {
                    self.next += 1;
                    dotted = true;
                }
            }
            date.push_str(&self.digits(2)?);
        }
        let day: u8 = date[..2].parse().ok()?;
        let month: u8 = date[2..4].parse().ok()?;
        ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((date, dotted))
    }

    fn digits(&mut self, count: usize) -> Option<String> {
        let mut digits = String::with_capacity(count);
        for _ in 0..count {
            self.gap();
            digits.push(self.text.digit(self.next)?);
            self.next += 1;
        }
        Some(digits)
    }

    /// The separator in the form the register has it, if there is one.
    fn separator(&mut self) -> Option<char> {
        let start = self.next;
        self.gap();
        let separator = self.text.at(self.next).and_then(plain_separator);
        if separator.is_some() {
            self.next += 1;
        } else {
            self.next = start;
        }
        separator
    }

    fn check_character(&mut self) -> Option<(char, bool)> {
        let gap = self.gap();
        let check = self
            .text
            .at(self.next)
            .filter(char::is_ascii_alphanumeric)?;
        self.next += 1;
        Some((check.to_ascii_uppercase(), gap))
    }

    /// Passes over white space, telling whether there was any. More than the longest gap is left
    /// standing, and the reader then finds no digit.
    fn gap(&mut self) -> bool {
        let start = self.next;
        while self.next < start + LONGEST_GAP && self.text.at(self.next).is_some_and(is_gap) {
            self.next += 1;
        }
        self.next > start
    }
}

fn is_gap(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

fn plain_separator(character: char) -> Option<char> {
    match character.to_ascii_uppercase() {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '+' => Some('+'),
        letter @ ('A'..='F' | 'U'..='Y') => Some(letter),
        _ => None,
    }
}
