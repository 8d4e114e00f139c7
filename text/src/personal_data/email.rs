//! E-mail addresses.

use std::ops::Range;

use super::Text;

/// Every address in the order of the text.
pub(super) fn find(text: &Text) -> Vec<Range<usize>> {
    (0..text.len())
        .filter(|&index| text.at(index) == Some('@'))
        .filter_map(|at| address_around(text, at))
        .collect()
}

fn address_around(text: &Text, at: usize) -> Option<Range<usize>> {
    let mut start = at;
    while text.before(start).is_some_and(is_name) {
        start -= 1;
    }
    // A dot before the name belongs to the sentence.
    while text.at(start) == Some('.') {
        start += 1;
    }
    if start >= at {
        return None;
    }
    Some(text.bytes(start, domain_end(text, at + 1)?))
}

/// The end of `label.label.tld` with at least one dot and a last label of two or more letters.
fn domain_end(text: &Text, start: usize) -> Option<usize> {
    let mut end = None;
    let mut index = start;
    while text
        .at(index)
        .is_some_and(|character| character.is_alphanumeric() || character == '-')
    {
        while text
            .at(index)
            .is_some_and(|character| character.is_alphanumeric() || character == '-')
        {
            index += 1;
        }
        if text.at(index) != Some('.') {
            break;
        }
        let label = index + 1;
        let letters = (label..)
            .take_while(|&index| text.at(index).is_some_and(char::is_alphabetic))
            .count();
        if letters >= 2 {
            end = Some(label + letters);
        }
        index = label;
    }
    end
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || "._%+-'".contains(character)
}
