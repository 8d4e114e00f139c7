//! Codes in the reader's words.

use web::{Choice, Texts};

use crate::domain::{CancelReason, Service, Way, What};

/// The name of a kind.
pub fn what(t: &Texts, what: What) -> String {
    t.get(&format!("note-what-{}", what.code().replace('_', "-")))
}

/// Ways as choices.
pub fn ways(t: &Texts) -> Vec<Choice> {
    Way::ALL
        .iter()
        .map(|way| Choice::new(way.code(), t.get(&format!("note-way-{}", way.code()))))
        .collect()
}

/// Reasons of a cancellation as choices.
pub fn reasons(t: &Texts) -> Vec<Choice> {
    CancelReason::ALL
        .iter()
        .map(|one| {
            let code = one.code();
            Choice::new(code, t.get(&format!("note-cancel-{}", code.to_lowercase())))
        })
        .collect()
}

/// Services as choices.
pub fn services(t: &Texts) -> Vec<Choice> {
    Service::ALL
        .iter()
        .map(|one| {
            let key = format!("note-service-{}", one.code().replace('_', "-"));
            Choice::new(one.code(), t.get(&key))
        })
        .collect()
}

/// The name of a field, for the two texts of a clash and the difference of versions.
pub fn field(t: &Texts, name: &str) -> String {
    let base = name.split_once('-').map_or(name, |(base, _)| base);
    t.get(&format!("note-field-{}", base.replace('_', "-")))
}

/// A value of a field in words: codes become words, texts stay.
pub fn value(t: &Texts, field: &str, value: &str) -> String {
    let found = match field {
        "way" => ways(t),
        "reason" => reasons(t),
        "service" => services(t),
        "what" => return What::from_code(value).map_or_else(String::new, |one| what(t, one)),
        _ => return value.to_owned(),
    };
    found
        .into_iter()
        .find(|choice| choice.value == value)
        .map_or_else(|| value.to_owned(), |choice| choice.label)
}
