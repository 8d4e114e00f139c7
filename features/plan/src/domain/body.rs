//! What a version of a plan holds, and whose part of it a reader sees.
//!
//! The parts of one client have her number in the plan after an `@`: `goal-<id>@2`. Whoever may not see her does not get
//! them, neither in a version nor in the difference of two (B13). A number stays when two records of a person are joined.

use documents::Body;

/// A client's number in a plan.
pub type No = i64;

/// The code of a part of a version.
pub fn code(part: &str, whose: Option<No>) -> String {
    whose.map_or_else(|| part.to_owned(), |no| format!("{part}@{no}"))
}

/// The part and whose it is.
pub fn split(code: &str) -> (&str, Option<No>) {
    match code.split_once('@') {
        Some((part, no)) => (part, no.parse().ok()),
        None => (code, None),
    }
}

/// Whether a part is shown to somebody who sees these clients of the plan. A part whose owner cannot be read is not.
pub fn is_shown(code: &str, seen: &[No]) -> bool {
    !code.contains('@') || split(code).1.is_some_and(|no| seen.contains(&no))
}

/// The client who does an action, in the text of a version: her number, which is read as a name only by those who see her
/// (B13). One who is no longer in the plan is nobody's number.
pub fn person(no: Option<No>) -> String {
    format!("{{client:{}}}", no.unwrap_or_default())
}

/// A text with names in place of numbers; those that have none stay as they are.
pub fn named(text: &str, name: &impl Fn(No) -> Option<String>) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{client:") {
        read.push_str(before);
        let found = after.split_once('}').and_then(|(no, after)| {
            let name = name(no.parse().ok()?)?;
            Some((name, after))
        });
        if let Some((name, after)) = found {
            read.push_str(&name);
            rest = after;
        } else {
            read.push_str("{client:");
            rest = after;
        }
    }
    read.push_str(rest);
    read
}

/// A version with names in place of numbers, in the lines of its actions.
pub fn with_names(body: &mut Body, name: &impl Fn(No) -> Option<String>) {
    for fields in body.0.values_mut() {
        for (field, values) in &mut fields.0 {
            if field.starts_with(ACTIONS) {
                for value in values {
                    *value = named(value, name);
                }
            }
        }
    }
}

/// The fields of a goal whose lines are its actions begin so.
pub const ACTIONS: &str = "actions";

/// The part of a version that is shown to somebody who sees these clients.
pub fn shown(body: &Body, seen: &[No]) -> Body {
    Body(
        body.0
            .iter()
            .filter(|(code, _)| is_shown(code, seen))
            .map(|(code, fields)| (code.clone(), fields.clone()))
            .collect(),
    )
}

/// All words that concern one client, for finding them in her history. Codes are no words.
pub fn text(body: &Body, whose: No) -> String {
    shown(body, &[whose])
        .0
        .values()
        .flat_map(|fields| {
            // What the client wants first, then what is done.
            let words = fields.0.iter().filter(|(name, _)| *name == "words");
            let others = fields.0.iter().filter(|(name, _)| *name != "words");
            words.chain(others).flat_map(|(_, values)| values)
        })
        .map(|value| value.trim())
        .filter(|value| value.chars().any(char::is_whitespace) || value.chars().count() > 12)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_a_name_to_those_who_see_her() {
        let text = format!("Soita – {} – 3.4.2026, {{client:x", person(Some(2)));
        assert_eq!(
            named(&text, &|no| (no == 2).then(|| "Outi".to_owned())),
            "Soita – Outi – 3.4.2026, {client:x"
        );
        assert_eq!(named(&text, &|_| None), text);
    }

    proptest! {
        #[test]
        fn a_part_of_one_is_seen_by_those_who_see_her(part in "[a-z-]{1,12}", whose in proptest::option::of(0_i64..4), seen in prop::collection::vec(0_i64..4, 0..4)) {
            let code = code(&part, whose);
            prop_assert_eq!(split(&code), (part.as_str(), whose));
            let expected = whose.is_none_or(|one| seen.contains(&one));
            prop_assert_eq!(is_shown(&code, &seen), expected);
        }

        #[test]
        fn what_is_not_shown_is_in_no_word(mine in "[a-c]{3,8} sana", other in "[x-z]{3,8} sana") {
            let mut body = Body::default();
            body.put(code("goal-1", Some(1)), [("words", mine.as_str())].into_iter().collect());
            body.put(code("goal-2", Some(2)), [("words", other.as_str())].into_iter().collect());
            let text = text(&body, 1);
            prop_assert!(text.contains(&mine) && !text.contains(&other));
        }
    }

    #[test]
    fn a_part_whose_owner_cannot_be_read_is_not_shown() {
        assert!(!is_shown("goal-1@", &[1]));
        assert!(!is_shown("goal-1@nobody", &[1]));
        assert!(!is_shown("goal-1@1@2", &[1, 2]));
    }
}
