//! Names and what somebody types to find them.

mod common;

use text::names::{beyond, fold, question};

/// As the store asks it: every typed word begins some token of the name.
fn meets(name: &str, typed: &str) -> bool {
    let tokens = fold(name);
    let groups = question(typed);
    !groups.is_empty()
        && groups.iter().all(|spellings| {
            spellings.iter().any(|beginning| {
                tokens
                    .iter()
                    .any(|token| token >= beginning && *token < beyond(beginning))
            })
        })
}

#[test]
fn names_are_found_in_every_spelling_and_others_are_not() {
    let rows = common::rows(include_str!("data/names.csv"));
    assert!(rows.len() >= 100);
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| meets(&row[0], &row[1]) != (&row[2] == "yes"))
        .map(|row| {
            format!(
                "{} / {}: {:?} {:?}",
                &row[0],
                &row[1],
                fold(&row[0]),
                question(&row[1])
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_name_is_found_by_itself_and_by_every_beginning() {
    for row in common::rows(include_str!("data/names.csv")) {
        let name = &row[0];
        assert!(meets(name, name), "{name}");
        for word in name.split_whitespace() {
            let letters: Vec<char> = word.chars().collect();
            for end in 1..=letters.len() {
                let beginning: String = letters[..end].iter().collect();
                assert!(
                    question(&beginning).is_empty() || meets(name, &beginning),
                    "{name} by {beginning}: {:?} {:?}",
                    fold(name),
                    question(&beginning)
                );
            }
        }
    }
}
