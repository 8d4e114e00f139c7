//! What is known already, in words, with its source.

use casework::domain::NameCode;
use casework::pages::{capital, matter_name, word};
use kernel::time::day;
use web::Texts;

use crate::domain::parts::{self, Area};
use crate::store::known::{Basic, Initiation};
use crate::store::view::View;

/// A fact with where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub source: String,
}

fn basic(t: &Texts, one: &Basic, whose: Option<&str>) -> Fact {
    let name = match one.kind {
        "household" => t.get("assessment-known-household"),
        kind => word(t, "client-kind", kind),
    };
    let value = match one.kind {
        "household" => format!("{} ({})", one.value, word(t, "client-role", &one.role)),
        "service_language" | "mother_tongue" => capital(&word(t, "client-language", &one.value)),
        "easy_language" => word(t, "client-easy", &one.value),
        "homelessness" => word(t, "client-homeless", &one.value),
        _ => one.value.clone(),
    };
    let source = t.with(
        "assessment-known-source",
        &[
            ("source", word(t, "client-source", &one.source).into()),
            ("day", t.full_day(one.on).into()),
        ],
    );
    Fact {
        name: match whose {
            Some(whose) => format!("{name}, {whose}"),
            None => name,
        },
        value,
        source,
    }
}

/// Everything of the basics that an assessment would ask.
pub fn all(t: &Texts, view: &View) -> Vec<Fact> {
    of_kinds(t, view, |_| true)
}

fn of_kinds(t: &Texts, view: &View, which: impl Fn(&str) -> bool) -> Vec<Fact> {
    let several = view.clients.len() > 1;
    view.known
        .iter()
        .flat_map(|client| {
            let whose = several.then_some(client.name.as_str());
            client
                .facts
                .iter()
                .filter(|one| which(one.kind))
                .map(move |one| basic(t, one, whose))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What is known of the things of one part.
pub fn of_part(t: &Texts, view: &View, part: &str) -> Vec<Fact> {
    let mut known = match Area::from_code(parts::split(part).0) {
        Some(Area::Housing) => of_kinds(t, view, |kind| kind == "homelessness"),
        Some(Area::Relations) => of_kinds(t, view, |kind| kind == "household"),
        Some(Area::Immigration) => of_kinds(t, view, |kind| {
            kind.ends_with("language") || kind == "mother_tongue" || kind == "interpreter"
        }),
        _ => Vec::new(),
    };
    if parts::split(part).0 == "own" || part == parts::AREAS {
        known.extend(words_of_initiation(t, &view.initiation));
    }
    known
}

/// The matter's name.
pub fn matter(t: &Texts, one: &Initiation) -> String {
    NameCode::from_code(&one.name_code).map_or_else(String::new, |code| {
        matter_name(t, code, one.name_text.as_deref())
    })
}

/// What was told when the matter began.
fn words_of_initiation(t: &Texts, one: &Initiation) -> Vec<Fact> {
    let source = t.with(
        "assessment-known-initiation",
        &[("day", t.full_day(day(one.pending_at)).into())],
    );
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
        source: source.clone(),
    };
    let own = one.own_words.clone().filter(|words| !words.is_empty());
    own.map(|words| fact("assessment-known-own-words", words))
        .into_iter()
        .chain([fact("assessment-known-reasons", one.reasons.clone())])
        .collect()
}

/// How the matter began: who, how, when.
pub fn initiation(t: &Texts, one: &Initiation) -> Vec<(String, String)> {
    let who = capital(&word(t, "initiator", &one.initiator));
    let who = match &one.initiator_name {
        Some(name) => format!("{who}: {name}"),
        None => who,
    };
    let how = format!(
        "{}, {}",
        capital(&word(t, "initiation", &one.kind)),
        word(t, "way", &one.way)
    );
    vec![
        (t.get("assessment-known-who"), who),
        (t.get("assessment-known-how"), how),
        (
            t.get("assessment-known-when"),
            t.full_day(day(one.pending_at)),
        ),
    ]
}
