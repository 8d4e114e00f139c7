//! Phone numbers as people in Finland write them.

use std::ops::Range;

use super::Text;

/// The most signs between two groups of digits, `) - ` being three.
const LONGEST_GAP: usize = 3;

/// Every number that does not begin inside an earlier one, and whether it is certain.
pub(super) fn find(text: &Text) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        match number_at(text, start) {
            Some((end, certain)) => {
                found.push((text.bytes(start, end), certain));
                start = end;
            }
            None => start += 1,
        }
    }
    found
}

fn number_at(text: &Text, start: usize) -> Option<(usize, bool)> {
    let first = text.at(start)?;
    if !matches!(first, '+' | '0' | '3')
        || text
            .before(start)
            .is_some_and(|before| before.is_ascii_digit())
    {
        return None;
    }
    let run = Run::read(text, start);
    let form = Form::of(first, &run.digits)?;
    // The longest whole number of groups: "040 123 4567 12345" is a number and something else.
    let groups = (1..=run.groups.len()).rev().find(|&count| {
        let digits = run.digits_in(count);
        form.lengths().contains(&digits)
            && (!run.dotted_in(count) || form == Form::International || run.groups[0].digits > 2)
    })?;
    if run.is_day() || run.is_hours() {
        return None;
    }
    let certain = form != Form::Other;
    Some((run.groups[groups - 1].end, certain))
}

/// What kind of number the first digits tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `+358 40 ...`, `00358 ...`, `+46 ...`.
    International,
    /// `040 ...`, `050 ...`.
    Mobile,
    /// An area or service number: fewer fixed digits, so other numbers look like it.
    Other,
}

impl Form {
    fn of(first: char, digits: &str) -> Option<Self> {
        if first == '+' || digits.starts_with("00358") {
            return Some(Self::International);
        }
        if digits.starts_with("358") {
            return (digits.len() >= 11).then_some(Self::International);
        }
        let mut following = digits.strip_prefix('0')?.chars();
        match (following.next()?, following.next()?) {
            ('4', _) | ('5', '0') => Some(Self::Mobile),
            // Area codes 013-019, 02, 03, 05, 06, 08, 09; company and service numbers 010, 020, 029,
            // 030, 0600, 070, 071, 073, 075, 0800.
            ('1', '0' | '3'..='9')
            | ('2' | '3' | '5' | '6' | '8' | '9', _)
            | ('7', '0' | '1' | '3' | '5') => Some(Self::Other),
            _ => None,
        }
    }

    /// How many digits such a number has, its prefix counted.
    fn lengths(self) -> std::ops::RangeInclusive<usize> {
        match self {
            Self::International => 8..=15,
            Self::Mobile => 8..=12,
            Self::Other => 7..=12,
        }
    }
}

/// Digits in groups, as far as they go.
struct Run {
    digits: String,
    groups: Vec<Group>,
}

struct Group {
    /// The signs before the group.
    gap: String,
    digits: usize,
    /// The index after its last digit.
    end: usize,
}

impl Run {
    fn read(text: &Text, start: usize) -> Self {
        let mut run = Self {
            digits: String::new(),
            groups: Vec::new(),
        };
        let mut index = start;
        // No number is longer than 15 digits; the rest of a long run changes nothing.
        while run.digits.len() <= 32 {
            let gap_start = index;
            while index < gap_start + LONGEST_GAP && text.at(index).is_some_and(is_gap) {
                index += 1;
            }
            let group_start = index;
            let gap = (gap_start..group_start)
                .filter_map(|index| text.at(index))
                .collect();
            while let Some(digit) = text.digit(index) {
                run.digits.push(digit);
                index += 1;
            }
            if index == group_start {
                break;
            }
            run.groups.push(Group {
                gap,
                digits: index - group_start,
                end: index,
            });
        }
        run
    }

    fn digits_in(&self, groups: usize) -> usize {
        self.groups[..groups].iter().map(|group| group.digits).sum()
    }

    fn dotted_in(&self, groups: usize) -> bool {
        self.groups[1..groups]
            .iter()
            .any(|group| group.gap.contains('.'))
    }

    /// `05 03 2026`, `05-03-2026`.
    fn is_day(&self) -> bool {
        let shape: Vec<usize> = self
            .groups
            .iter()
            .take(3)
            .map(|group| group.digits)
            .collect();
        shape == [2, 2, 4]
            && matches!(&self.digits[4..6], "19" | "20")
            && (1..=12).contains(&self.number(2..4))
    }

    /// `0800-1600`, `0830 - 1545`.
    fn is_hours(&self) -> bool {
        let [from, to, ..] = self.groups.as_slice() else {
            return false;
        };
        (from.digits, to.digits) == (4, 4)
            && to.gap.contains(['-', '\u{2013}'])
            && [0, 4]
                .iter()
                .all(|&at| self.number(at..at + 2) < 25 && self.number(at + 2..at + 4) < 60)
    }

    fn number(&self, range: Range<usize>) -> u32 {
        self.digits
            .get(range)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(u32::MAX)
    }
}

fn is_gap(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\t' | '-' | '\u{2010}'
            ..='\u{2014}' | '\u{2212}' | '/' | '(' | ')' | '.' | '+'
    )
}
