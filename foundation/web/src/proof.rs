//! Helpers for tests of the rooms: message sets hold the same keys, every key used exists, none is unused.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use kernel::language::Language;

use crate::{COMMON_MESSAGES, MessageSet};

/// Variables of each message by key.
type Keys = BTreeMap<String, BTreeSet<String>>;

/// Everything wrong with a room's messages, one sentence each; empty when all is right.
///
/// `crate_dir` is `env!("CARGO_MANIFEST_DIR")` of the room. `families` are beginnings of keys that code puts together,
/// for example `"urgency-"`: these count as used.
///
/// ```ignore
/// assert_eq!(web::proof::messages(&crate::feature().messages, env!("CARGO_MANIFEST_DIR"), &["urgency-"]), [""; 0]);
/// ```
pub fn messages(set: &MessageSet, crate_dir: &str, families: &[&str]) -> Vec<String> {
    let mut wrong = parity(set);
    let known: Keys = keys(set.fi)
        .into_iter()
        .chain(keys(COMMON_MESSAGES.fi))
        .collect();
    let own = keys(set.fi);
    let mut literals = BTreeSet::new();
    for (file, text) in sources(Path::new(crate_dir)) {
        let text = code_of(&text);
        for used in called_keys(&text) {
            let made_by_code = families.iter().any(|family| used.starts_with(family));
            if !known.contains_key(used) && !made_by_code {
                wrong.push(format!("{file} uses the key {used}, which no message has"));
            }
        }
        literals.extend(literals_of(&text).map(str::to_owned));
    }
    // Words of log entries are put together from the entries' codes; a test of the house reads them all.
    let spoken = own.keys().filter(|key| !key.starts_with("log-event-"));
    for key in spoken {
        if !literals.contains(key) && !families.iter().any(|family| key.starts_with(family)) {
            wrong.push(format!("nothing in {} uses the key {key}", set.room));
        }
    }
    wrong
}

/// The sets of a room hold the same keys with the same variables.
fn parity(set: &MessageSet) -> Vec<String> {
    let mut wrong = Vec::new();
    let finnish = keys(set.fi);
    for language in [Language::Sv, Language::En, Language::Easy] {
        let other = keys(set.source(language));
        let expected = finnish
            .iter()
            .filter(|(key, _)| language != Language::Easy || key.starts_with("public-"));
        for (key, variables) in expected {
            match other.get(key) {
                None => wrong.push(format!("{}: {} lacks {key}", set.room, language.code())),
                Some(own) if own != variables => {
                    wrong.push(format!(
                        "{}: {key} has other variables in {}",
                        set.room,
                        language.code()
                    ));
                }
                Some(_) => {}
            }
        }
        for key in other.keys() {
            if !finnish.contains_key(key) {
                wrong.push(format!("{}: only {} has {key}", set.room, language.code()));
            } else if language == Language::Easy && !key.starts_with("public-") {
                wrong.push(format!(
                    "{}: easy has {key}, which is no key of public pages",
                    set.room
                ));
            }
        }
    }
    wrong
}

fn keys(source: &str) -> Keys {
    let mut keys = Keys::new();
    let mut current: Option<String> = None;
    for line in source.lines() {
        let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
        if let Some((key, _)) = line.split_once(" =").filter(|_| begins) {
            keys.insert(key.to_owned(), BTreeSet::new());
            current = Some(key.to_owned());
        }
        let variables = line.split('$').skip(1).map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect::<String>()
        });
        if let Some(found) = current.as_ref().and_then(|key| keys.get_mut(key)) {
            found.extend(variables);
        }
    }
    keys
}

/// Rust sources and templates of a room.
fn sources(crate_dir: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![crate_dir.join("src"), crate_dir.join("templates")];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push((path.display().to_string(), text));
            }
        }
    }
    found
}

/// Keys in calls that only take keys: `t.get("…")`, `page.t.with("…", …)`, `visit.page("…")`.
fn called_keys(text: &str) -> impl Iterator<Item = &str> {
    const CALLS: [&str; 5] = [
        "t.get(\"",
        "t.with(\"",
        "t().get(\"",
        "t().with(\"",
        "visit.page(\"",
    ];
    CALLS.into_iter().flat_map(move |call| {
        text.match_indices(call).filter_map(move |(at, _)| {
            // `request.get(` ends in `t.get(` as well, but is no such call.
            let within_a_word =
                text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let key = text[at + call.len()..].split('"').next()?;
            (!within_a_word && looks_like_a_key(key)).then_some(key)
        })
    })
}

/// The text without comments and test modules, which may name anything.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn literals_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').filter(|piece| looks_like_a_key(piece))
}

/// Lower-case words joined by hyphens.
fn looks_like_a_key(text: &str) -> bool {
    let words = text.split('-');
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && words.clone().all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: MessageSet = MessageSet {
        room: "sample",
        fi: "public-a = { $n } x\nb-c = y\n",
        sv: "public-a = x\nb-c = y\nd-e = z\n",
        en: "public-a = { $n }\n",
        easy: "b-c = y\n",
    };

    #[test]
    fn parity_names_what_differs() {
        assert_eq!(
            parity(&SET),
            [
                "sample: public-a has other variables in sv",
                "sample: only sv has d-e",
                "sample: en lacks b-c",
                "sample: easy lacks public-a",
                "sample: easy has b-c, which is no key of public pages",
            ]
        );
    }

    #[test]
    fn used_keys_are_found_in_code() {
        let code = r#"page.t.get("public-a") t.with("b-c", []) visit.page("d-e") request.get("x-y") "f-g""#;
        assert_eq!(
            called_keys(code).collect::<Vec<_>>(),
            ["public-a", "b-c", "d-e"]
        );
        assert!(literals_of(code).any(|literal| literal == "f-g"));
        let whole = format!("  /// t.get(\"h-i\")\n{code}\n#[cfg(test)]\nt.get(\"j-k\")");
        assert_eq!(code_of(&whole), code);
    }
}
