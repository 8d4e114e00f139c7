//! What the use log says is read by people: every event has its words, and nothing is written that has none.

use std::collections::BTreeSet;

use kernel::language::Language;
use web::MessageSet;

const LANGUAGES: [Language; 3] = [Language::Fi, Language::Sv, Language::En];

/// Keys of the page itself that begin alike.
const OTHER: [&str; 2] = ["log-event", "log-event-all"];

pub fn key(event: &str) -> String {
    format!("log-event-{}", event.replace(['.', '_'], "-"))
}

/// Codes that the rooms say they write.
pub fn events() -> BTreeSet<&'static str> {
    app::features::all(true)
        .iter()
        .flat_map(|feature| feature.events.iter().copied())
        .collect()
}

fn has(set: &MessageSet, language: Language, key: &str) -> bool {
    let begins = format!("{key} =");
    set.source(language).lines().any(|line| {
        line.strip_prefix(&begins)
            .is_some_and(|words| !words.trim().is_empty())
    })
}

#[test]
fn every_event_has_words_in_every_language() {
    let features = app::features::all(true);
    let mut missing = Vec::new();
    for event in events() {
        for language in LANGUAGES {
            let said = features
                .iter()
                .any(|feature| has(&feature.messages, language, &key(event)));
            if !said {
                missing.push(format!("{} in {}", key(event), language.code()));
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn no_words_are_kept_for_events_that_nobody_writes() {
    let known: BTreeSet<String> = events().into_iter().map(key).collect();
    let mut lost = Vec::new();
    for feature in app::features::all(true) {
        for line in feature.messages.source(Language::Fi).lines() {
            let Some((key, _)) = line.split_once(" =") else {
                continue;
            };
            let of_event = key.starts_with("log-event") && !OTHER.contains(&key);
            if of_event && !known.contains(key) {
                lost.push(key.to_owned());
            }
        }
    }
    assert_eq!(lost, [""; 0]);
}
