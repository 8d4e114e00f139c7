//! Log entries and rows of the rights table in the words of people.

use access::log::Actor;
use access::rights::{RightsTable, Row};
use access::words::{Kind, law, token, word};
use kernel::language::Language;
use store::Recorded;
use web::Texts;

/// Words of a code, or the code when it has none: an old entry may carry a code that has been given up.
pub fn say(kind: Kind, code: &str, language: Language) -> String {
    word(kind, code).map_or_else(|| code.to_owned(), |word| word.text(language).to_owned())
}

/// Several codes, with commas.
pub fn say_all(kind: Kind, codes: &[String], language: Language) -> String {
    codes
        .iter()
        .map(|code| say(kind, code, language))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Conditions of a row, each in words.
pub fn conditions(row: &Row, language: Language) -> Vec<String> {
    row.conditions
        .iter()
        .map(|condition| {
            token(&condition.token).map_or_else(
                || condition.token.clone(),
                |word| word.text(language).to_owned(),
            )
        })
        .collect()
}

/// What was done: the message `log-event-<code>` of the room that wrote the entry.
pub fn event(t: &Texts, code: &str) -> String {
    let key = format!("log-event-{}", code.replace(['.', '_'], "-"));
    if t.has(&key) {
        t.get(&key)
    } else {
        code.to_owned()
    }
}

/// The ground of an entry: the sections of law of its row; the county's own power to define the rights where the row
/// has none.
pub fn ground(t: &Texts, right: &str) -> String {
    match right {
        "public" => t.get("log-ground-public"),
        "default" => t.get("log-ground-refused"),
        id => RightsTable::built_in()
            .rows()
            .iter()
            .find(|row| row.id == id)
            .map_or_else(|| id.to_owned(), |row| law_of(t, row)),
    }
}

fn law_of(t: &Texts, row: &Row) -> String {
    let law = law(&row.basis, t.language());
    if law.is_empty() {
        t.get("log-ground-own")
    } else {
        law
    }
}

/// Who acted, when it was no worker.
pub fn other_actor(t: &Texts, actor: Actor) -> String {
    t.get(match actor {
        Actor::Staff(_) => "log-actor-unknown",
        Actor::Sender => "log-actor-sender",
        Actor::System => "log-actor-system",
        Actor::Token(_) => "log-actor-token",
    })
}

/// True for an entry that says that something was refused.
pub fn refused(entry: &Recorded) -> bool {
    entry.header.right == "default" || entry.header.event.ends_with(".refused")
}
