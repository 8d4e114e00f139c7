//! The lines of facts in the identity bar.

use web::Texts;

use super::{Fact, Seen};
use crate::pages::labels;
use crate::store::related::Role;

pub(super) fn facts(seen: &Seen<'_>) -> Vec<Fact> {
    let mut facts = vec![own_worker(seen)];
    if seen.record.narrow {
        facts.extend(answers(seen));
        facts.extend(client_relation(seen));
        return facts;
    }
    facts.extend(representatives(seen));
    facts.extend(phone(seen));
    // After the number, which would otherwise stand under the open menu.
    facts.extend(answers(seen));
    facts.extend(speech(seen));
    facts.extend(place(seen));
    facts.extend(client_relation(seen));
    facts
}

fn fact(t: &Texts, key: &str, value: impl Into<String>) -> Fact {
    Fact {
        name: t.get(key),
        value: value.into(),
        ..Fact::default()
    }
}

fn own_worker(seen: &Seen<'_>) -> Fact {
    let t = seen.t;
    let named = |kind: &str| {
        let found = seen.record.workers.iter().find(|one| one.kind == kind);
        found.map(|one| one.name.clone())
    };
    let substitute =
        named("substitute").map(|name| t.with("client-fact-substitute", &[("name", name.into())]));
    // The number is the own worker's only while she answers; otherwise whoever answers has a line.
    let number = match &seen.answers {
        Some(answers) if answers.own_worker => {
            Some(answers.phone.clone()).filter(|phone| !phone.is_empty())
        }
        Some(_) => None,
        None => seen.unit_phone.clone(),
    };
    let rest: Vec<String> = substitute.into_iter().chain(number).collect();
    match named("own_worker") {
        Some(name) => Fact {
            strong: true,
            rest: rest.join(", "),
            ..fact(t, "client-fact-own-worker", name)
        },
        None => fact(
            t,
            "client-fact-own-worker",
            t.get("client-fact-own-worker-none"),
        ),
    }
}

/// Whom the client calls when it is not the own worker: she is away, has left, or nobody is named.
fn answers(seen: &Seen<'_>) -> Option<Fact> {
    let answers = seen.answers.as_ref().filter(|one| !one.own_worker)?;
    let rest = [&answers.what, &answers.phone];
    let rest: Vec<&str> = rest
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    Some(Fact {
        strong: true,
        rest: rest.join(", "),
        ..fact(seen.t, "client-fact-answers", answers.name.clone())
    })
}

/// Guardian always, because "none" is a fact too; a proxy when there is one.
fn representatives(seen: &Seen<'_>) -> Vec<Fact> {
    let t = seen.t;
    let names = |roles: &[Role]| {
        let found: Vec<&str> = seen
            .record
            .related
            .iter()
            .filter(|one| one.holds(seen.today()) && roles.contains(&one.role))
            .map(|one| one.name.as_str())
            .collect();
        found.join(", ")
    };
    let guardian = names(&[Role::LegalGuardian, Role::ContinuingProxy]);
    let guardian = if guardian.is_empty() {
        t.get("client-none")
    } else {
        guardian
    };
    let mut facts = vec![fact(t, "client-fact-guardian", guardian)];
    let proxy = names(&[Role::Proxy]);
    if !proxy.is_empty() {
        facts.push(fact(t, "client-fact-proxy", proxy));
    }
    facts
}

fn phone(seen: &Seen<'_>) -> Option<Fact> {
    let t = seen.t;
    let number = seen.plain("safe_number").or_else(|| seen.plain("phone"));
    match number {
        Some(number) => Some(Fact {
            phone: number.to_owned(),
            ..fact(t, "client-fact-phone", "")
        }),
        None => seen
            .is_protected("phone")
            .then(|| fact(t, "client-fact-phone", t.get("client-fact-protected"))),
    }
}

fn speech(seen: &Seen<'_>) -> Option<Fact> {
    let t = seen.t;
    let mut languages: Vec<String> = ["service_language", "mother_tongue"]
        .iter()
        .filter_map(|kind| seen.plain(kind))
        .map(|code| labels::language(t, code))
        .collect();
    languages.dedup();
    (!languages.is_empty()).then(|| fact(t, "client-fact-language", languages.join(", ")))
}

fn place(seen: &Seen<'_>) -> Vec<Fact> {
    let t = seen.t;
    let mut facts = Vec::new();
    if seen.record.hidden || seen.is_protected("home_municipality") {
        let words = t.get("client-fact-protected");
        facts.push(fact(t, "client-fact-municipality", words));
    } else if let Some(code) = seen.plain("home_municipality") {
        let name = labels::municipality(t, code);
        facts.push(fact(t, "client-fact-municipality", name));
    }
    if let Some(code) = seen.plain("homelessness").filter(|code| *code != "no") {
        let words = labels::value(t, "homelessness", code);
        facts.push(fact(t, "client-fact-homeless", words));
    }
    facts
}

fn client_relation(seen: &Seen<'_>) -> Option<Fact> {
    let t = seen.t;
    let words = match seen.record.relations.first() {
        None => t.get("client-fact-since-none"),
        Some(relation) => match relation.ended_on {
            Some(ended) => t.with(
                "client-fact-since-ended",
                &[("day", t.full_day(ended).into())],
            ),
            None => t.with(
                "client-fact-since-open",
                &[("day", t.full_day(relation.began_on).into())],
            ),
        },
    };
    Some(fact(t, "client-fact-since", words))
}
