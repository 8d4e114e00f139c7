//! The facts on the detail pane: what has to be known before acting, and the rest.

use kernel::time::day;
use web::Texts;

use crate::domain::{Holder, Parties};
use crate::pages::detail::{Fact, Seen};
use crate::pages::labels::{self, capital, joined, named, word};
use crate::pages::queue::days_late;
use crate::store::view::ContactView;

/// What has to be known before acting.
pub fn facts(seen: &Seen<'_>, view: &ContactView) -> Vec<Fact> {
    let t = seen.t;
    let mut facts = List::new(t);
    if view.content {
        facts.add("fact-person", person(t, view));
    }
    if let Some(phone) = &view.phone {
        facts.push(Fact {
            name: t.get("fact-phone"),
            phone: phone.clone(),
            ..Fact::default()
        });
    }
    if view.masked && view.content {
        facts.add("fact-phone", t.get("fact-protected"));
    }
    if let Some(link) = &view.link {
        let to = |opens: bool, path: String| if opens { path } else { String::new() };
        facts.push(Fact {
            name: t.get("fact-client"),
            value: link.name.clone(),
            href: to(link.client_opens, format!("/clients/{}", link.client)),
            ..Fact::default()
        });
        if let Some((matter, number)) = &link.matter {
            facts.push(Fact {
                name: t.get("fact-matter"),
                value: number.clone(),
                href: to(link.matter_opens, format!("/matters/{matter}")),
                ..Fact::default()
            });
        }
    }
    facts.add("fact-judgement", judgement(seen, view));
    if view.content {
        facts.add("fact-language", talk(t, view));
    }
    facts.add("fact-holder", holder(t, view));
    let target = [
        ("met", view.facts.holders_met.into()),
        ("target", seen.settings.holders_target.into()),
    ];
    facts.add("fact-holders", t.with("fact-holders-target", &target));
    if view.facts.open {
        facts.push(promised(seen, view));
    }
    for key in notices(view).into_iter().filter(|_| view.content) {
        facts.add("fact-notice", t.get(key));
    }
    facts.0
}

/// The rest.
pub fn background(t: &Texts, view: &ContactView) -> Vec<Fact> {
    let mut facts = List::new(t);
    if !view.content {
        facts.add("fact-number", view.number.clone());
        return facts.0;
    }
    facts.add(
        "fact-wish",
        view.wish
            .map_or_else(String::new, |wish| word(t, "wish", wish.code())),
    );
    facts.add("fact-answer-way", word(t, "answer", view.answer_way.code()));
    let municipality = view.municipality.as_deref();
    facts.add(
        "fact-municipality",
        municipality.map_or_else(String::new, |code| labels::municipality(t, code)),
    );
    // A notification says who notifies; a health professional's own contact says only by which ground.
    let ground = if view.authority.is_none() {
        "fact-ground"
    } else {
        "fact-authority"
    };
    facts.add(ground, authority(t, view));
    facts.add("fact-written-by", written_by(t, view));
    if view.self_started {
        facts.add("fact-inbound", t.get("fact-inbound-self"));
    }
    facts.add("fact-number", view.number.clone());
    facts.0
}

/// A list of facts that leaves out what is not known.
struct List<'t>(Vec<Fact>, &'t Texts);

impl<'t> List<'t> {
    const fn new(t: &'t Texts) -> Self {
        Self(Vec::new(), t)
    }

    fn add(&mut self, key: &str, value: String) {
        if !value.is_empty() {
            self.push(Fact {
                name: self.1.get(key),
                value,
                ..Fact::default()
            });
        }
    }

    fn push(&mut self, fact: Fact) {
        self.0.push(fact);
    }
}

fn person(t: &Texts, view: &ContactView) -> String {
    let name = view
        .person
        .clone()
        .unwrap_or_else(|| t.get("person-anonymous"));
    let parties = match view.parties {
        Parties::One => String::new(),
        parties => word(t, "parties", parties.code()),
    };
    joined([name.as_str(), parties.as_str()])
}

/// "Kiireellinen, SHL 36 § 1 mom. Jaana Peltola klo 9.21"
fn judgement(seen: &Seen<'_>, view: &ContactView) -> String {
    let Seen { t, now, .. } = *seen;
    let mut parts = vec![word(t, "judgement", view.urgency.code())];
    if view.urgency_by_rule {
        let grounds = labels::grounds(t, &view.urgency_reason);
        parts.push(if grounds.is_empty() {
            t.get("judgement-by-rule")
        } else {
            t.with("judgement-by-rule-grounds", &[("grounds", grounds.into())])
        });
    } else {
        let when = t.when(view.urgency_at, now);
        let by = view.urgency_by.clone().unwrap_or_default();
        parts.push(t.with(
            "judgement-by",
            &[("name", by.into()), ("when", when.into())],
        ));
        if !view.urgency_reason.is_empty() {
            parts.push(view.urgency_reason.clone());
        }
    }
    parts.join(" ")
}

fn talk(t: &Texts, view: &ContactView) -> String {
    let language = capital(&labels::language(
        t,
        view.language,
        view.other_language.as_deref(),
    ));
    let interpreter = t.get(if view.interpreter {
        "interpreter-needed"
    } else {
        "interpreter-not"
    });
    joined([language.as_str(), interpreter.as_str()])
}

fn holder(t: &Texts, view: &ContactView) -> String {
    if !view.facts.open {
        return String::new();
    }
    let unit = named(t.language(), &view.unit_names);
    let name = match view.facts.holder {
        Holder::Person { .. } => view.holder_name.clone(),
        Holder::Duty(_) => t.with("holder-duty", &[("name", view.holder_name.as_str().into())]),
    };
    let away = if view.holder_away {
        t.get("holder-away")
    } else {
        String::new()
    };
    joined([name.as_str(), away.as_str(), unit])
}

/// The county's own promise, so "luvattu" and not "viimeistään".
fn promised(seen: &Seen<'_>, view: &ContactView) -> Fact {
    let t = seen.t;
    let today = day(seen.now);
    let due = t.near_day(view.answer_due, today);
    let days = days_late(view.answer_due, view.answered, today);
    let (value, color) = if view.answered {
        (t.with("answer-given", &[("due", due.into())]), "")
    } else if days > 0 {
        (
            t.with(
                "answer-late",
                &[("days", t.days(days).into()), ("due", due.into())],
            ),
            "danger",
        )
    } else {
        let color = if view.answer_due == today {
            "warning"
        } else {
            ""
        };
        (t.with("answer-by", &[("due", due.into())]), color)
    };
    Fact {
        name: t.get("fact-answer"),
        value,
        color,
        ..Fact::default()
    }
}

fn authority(t: &Texts, view: &ContactView) -> String {
    let ground = view
        .authority_ground
        .as_deref()
        .map(|code| word(t, "authority-ground", code))
        .unwrap_or_default();
    joined([
        view.authority.as_deref().unwrap_or_default(),
        view.authority_contact.as_deref().unwrap_or_default(),
        ground.as_str(),
    ])
}

fn written_by(t: &Texts, view: &ContactView) -> String {
    let assisted = if view.assisted {
        t.get("fact-assisted")
    } else {
        String::new()
    };
    joined([
        view.written_by.as_deref().unwrap_or_default(),
        assisted.as_str(),
    ])
}

/// What must not be passed by.
fn notices(view: &ContactView) -> Vec<&'static str> {
    let mut keys = Vec::new();
    if view.child_in_household {
        keys.push("notice-child");
    }
    if view.housing_risk {
        keys.push("notice-housing");
    }
    keys
}
