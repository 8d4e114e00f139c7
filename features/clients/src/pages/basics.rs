//! The basics with their periods and sources, old ones under them.

use askama::Template;
use axum::extract::{Path, Query, State};
use identity::session::CurrentUser;
use kernel::time::{Date, Timestamp, day};
use store::Logged;
use web::{Answer, Failure, House, Page, Texts, Visit, client_page};

use crate::domain::{ClientId, Reader};
use crate::gate::Gate;
use crate::pages::change::{Group, PARTS, Part};
use crate::pages::common::{id, logged, refused_page, told};
use crate::pages::head::{Act, Head};
use crate::pages::labels::{self, capital};
use crate::pages::mistake;
use crate::pages::show::{Beside, Opened, role};
use crate::store::details::Detail;
use crate::store::mistake::name_before;
use crate::store::names::{Name, NameKind};
use crate::store::record::Record;

/// A value with its period and source.
#[derive(Default)]
pub(super) struct Value {
    pub text: String,
    pub meta: String,
    /// What more there is to know of its origin.
    pub also: String,
    pub protected: bool,
    /// Where it can be taken back as a mistake; empty when it cannot.
    pub mistake: String,
}

/// One thing and what it is now.
struct Line {
    name: String,
    values: Vec<Value>,
    href: String,
    act: String,
}

struct GroupModel {
    id: &'static str,
    heading: String,
    lines: Vec<Line>,
    /// Things of which nothing is known, with the way to add each.
    missing: Vec<Act>,
    former: Vec<Value>,
    /// Details that were taken back as mistakes, with the trace of it.
    mistakes: Vec<Value>,
}

/// A related person with the id of the entry.
struct Person {
    id: String,
    name: String,
    what: String,
    meta: String,
}

#[derive(Template)]
#[template(path = "client-basics.html")]
struct BasicsPage {
    page: Page,
    id: Head,
    done: String,
    groups: Vec<GroupModel>,
    people: Vec<Person>,
    former_people: Vec<Person>,
    nondisclosure: String,
    nondisclosure_act: String,
    death: String,
    may_correct: bool,
}

/// Reads a client for a page about her; a refusal becomes its page.
pub(super) async fn open(
    house: &House,
    user: &CurrentUser,
    client: ClientId,
) -> Result<Result<(Opened, Logged), Answer>, Failure> {
    let (reader, now) = (Reader::from(user), house.now());
    let read = house
        .store
        .show(move |tx| Opened::read(tx, &reader, client, now))
        .await;
    match read {
        Ok(receipt) => Ok(Ok(logged(receipt)?)),
        Err(error) => Ok(Err(refused_page(house, user, client, error).await)),
    }
}

/// Whether the reader may correct the basics.
pub(super) fn may_correct(gate: &Gate) -> bool {
    gate.decide("client_basics", "correct", "working_age", None, &[])
        .allowed()
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if opened.record.narrow {
        return Err(Failure::NotFound);
    }
    let (t, now) = (visit.t(), house.now());
    let head = opened.head(&t, now);
    let may_correct = may_correct(&opened.gate);
    let groups = Group::ALL
        .into_iter()
        .map(|group| group_model(&t, &opened.record, group, &head.path, may_correct, day(now)))
        .collect();
    let (people, former_people) = people(&t, &opened.record, day(now));
    let (nondisclosure, nondisclosure_act) = nondisclosure(&t, &opened.record, day(now));
    let template = BasicsPage {
        page: visit.page("client-basics-title"),
        done: told(&t, &pairs),
        groups,
        people,
        former_people,
        nondisclosure,
        nondisclosure_act,
        death: opened
            .record
            .died_on
            .map_or_else(String::new, |died| t.full_day(died)),
        may_correct,
        id: head,
    };
    Ok(client_page(template, proof))
}

fn group_model(
    t: &Texts,
    record: &Record,
    group: Group,
    path: &str,
    may_correct: bool,
    today: Date,
) -> GroupModel {
    let parts = PARTS.into_iter().filter(|part| part.group == group);
    let (mut lines, mut missing) = (Vec::new(), Vec::new());
    for part in parts {
        let values = now(t, record, part, may_correct.then_some(path), today);
        // A code that is known is not changed here: another person's code is another person.
        let fixed = part.kind == "identity" && record.code.is_some();
        let href = if may_correct && !fixed {
            format!("{path}/basics/{}", part.kind)
        } else {
            String::new()
        };
        if values.is_empty() {
            missing.push(Act {
                href,
                label: part.name(t),
                key: "",
            });
        } else if part.many && may_correct {
            lines.extend(several(t, record, part, &href, today));
        } else {
            lines.push(Line {
                name: part.name(t),
                values,
                href,
                act: t.get("client-change"),
            });
        }
    }
    GroupModel {
        id: group.id(),
        heading: t.get(group.key()),
        lines,
        missing,
        former: former(t, record, group, (path, may_correct), today),
        mistakes: record
            .mistakes
            .iter()
            .filter(|one| Part::of(one.kind).is_some_and(|part| part.group == group))
            .map(|one| mistake::trace(t, one))
            .collect(),
    }
}

/// Something of which there may be several: each has its own way to change, and one more can be added.
fn several(t: &Texts, record: &Record, part: Part, href: &str, today: Date) -> Vec<Line> {
    let another = Line {
        name: part.name(t),
        values: vec![Value {
            text: t.get("client-basics-another"),
            protected: true,
            ..Value::default()
        }],
        href: href.to_owned(),
        act: t.get("client-basics-add"),
    };
    record
        .now(part.kind, today)
        .map(|detail| Line {
            name: part.name(t),
            values: vec![value(t, detail)],
            href: format!("{href}?row={}", detail.id),
            act: t.get("client-change"),
        })
        .chain([another])
        .collect()
}

/// What a thing is now.
fn now(t: &Texts, record: &Record, part: Part, may: Option<&str>, today: Date) -> Vec<Value> {
    match part.kind {
        "name" => record
            .names
            .iter()
            .filter(|name| name.kind != NameKind::Former)
            .map(|name| Value {
                mistake: if name.kind == NameKind::Called || has_before(record, name) {
                    may.map_or_else(String::new, |path| mistake::name_path(path, name))
                } else {
                    String::new()
                },
                ..name_value(t, name)
            })
            .collect(),
        "identity" => record
            .code
            .map(|code| code.expose().to_owned())
            .or_else(|| record.temporary.clone())
            .map(|text| Value {
                text,
                ..Value::default()
            })
            .into_iter()
            .collect(),
        kind => record
            .now(kind, today)
            .map(|detail| value(t, detail))
            .collect(),
    }
}

fn former(
    t: &Texts,
    record: &Record,
    group: Group,
    (path, may_correct): (&str, bool),
    today: Date,
) -> Vec<Value> {
    let named = |kind: &str, mut value: Value| {
        value.text = format!("{}: {}", labels::word(t, "client-kind", kind), value.text);
        value
    };
    let mut former = Vec::new();
    if group == Group::Identity {
        let names = record
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Former);
        former.extend(names.map(|name| Value {
            mistake: if may_correct {
                mistake::name_path(path, name)
            } else {
                String::new()
            },
            ..named("name", name_value(t, name))
        }));
    }
    let kinds = PARTS.into_iter().filter(|part| part.group == group);
    for part in kinds {
        let old = record
            .details
            .iter()
            .filter(|detail| detail.kind == part.kind && !detail.holds(today));
        former.extend(old.map(|detail| Value {
            mistake: if may_correct {
                mistake::path(path, detail)
            } else {
                String::new()
            },
            ..named(part.kind, value(t, detail))
        }));
    }
    former
}

/// Whether the current name ended another that would hold again. The only name of a person is changed, not taken back.
fn has_before(record: &Record, name: &Name) -> bool {
    name_before(&record.names, name).is_some()
}

pub(super) fn name_value(t: &Texts, name: &Name) -> Value {
    let mut text = format!("{} {}", name.given, name.family).trim().to_owned();
    if let Some(called) = &name.called {
        text = format!("{text} ({called})");
    }
    Value {
        text,
        meta: period(
            t,
            (name.from, name.to),
            &name.source,
            name.recorded_by.as_deref(),
            name.recorded_at,
        ),
        ..Value::default()
    }
}

pub(super) fn value(t: &Texts, detail: &Detail) -> Value {
    let plain = detail.value.plain();
    Value {
        text: plain.map_or_else(
            || t.get("client-basics-protected"),
            |text| labels::value(t, detail.kind, text),
        ),
        meta: period(
            t,
            (detail.from, detail.to),
            &detail.source,
            detail.recorded_by.as_deref(),
            detail.recorded_at,
        ),
        protected: plain.is_none(),
        ..Value::default()
    }
}

/// "alkaen 3.2.2026. Asiakas kertoi, kirjasi Aino Salmela 3.2.2026"
fn period(
    t: &Texts,
    (from, to): (Option<Date>, Option<Date>),
    source: &str,
    who: Option<&str>,
    at: Timestamp,
) -> String {
    let written = |date: Date| t.full_day(date);
    let when = match (from, to) {
        (Some(from), Some(to)) => t.with(
            "client-between",
            &[("from", written(from).into()), ("to", written(to).into())],
        ),
        (Some(from), None) => t.with("client-since", &[("day", written(from).into())]),
        (None, Some(to)) => t.with("client-until", &[("day", written(to).into())]),
        (None, None) => String::new(),
    };
    let source = labels::source(t, source);
    let recorded = t.full_day(day(at));
    let how = match who {
        Some(who) => t.with(
            "client-recorded",
            &[
                ("source", source.into()),
                ("who", who.to_owned().into()),
                ("day", recorded.into()),
            ],
        ),
        None => t.with(
            "client-recorded-system",
            &[("source", source.into()), ("day", recorded.into())],
        ),
    };
    if when.is_empty() {
        how
    } else {
        format!("{}. {how}", capital(&when))
    }
}

fn people(t: &Texts, record: &Record, today: Date) -> (Vec<Person>, Vec<Person>) {
    let (holding, ended): (Vec<_>, Vec<_>) =
        record.related.iter().partition(|one| one.holds(today));
    let model = |one: &crate::store::related::Related| {
        let Beside { name, what, .. } = Beside {
            name: one.name.clone(),
            what: role(t, one),
            phone: String::new(),
        };
        Person {
            id: one.id.to_string(),
            name,
            what,
            meta: period(
                t,
                (one.from, one.to),
                &one.source,
                one.recorded_by.as_deref(),
                one.recorded_at,
            ),
        }
    };
    (
        holding.into_iter().map(model).collect(),
        ended.into_iter().map(model).collect(),
    )
}

fn nondisclosure(t: &Texts, record: &Record, today: Date) -> (String, String) {
    let order = record
        .non_disclosures
        .iter()
        .find(|order| order.in_force(today));
    let Some(order) = order else {
        let mut orders = record.non_disclosures.iter();
        let to_come = orders.find(|order| order.is_to_come(today));
        let words = to_come.map_or_else(
            || t.get("client-basics-nondisclosure-none"),
            |order| {
                let day = t.full_day(order.from);
                t.with("client-basics-nondisclosure-from", &[("day", day.into())])
            },
        );
        return (words, t.get("client-basics-nondisclosure-set"));
    };
    let from = t.full_day(order.from);
    let words = match order.to {
        Some(to) => t.with(
            "client-basics-nondisclosure-until",
            &[("from", from.into()), ("to", t.full_day(to).into())],
        ),
        None => t.with("client-basics-nondisclosure-since", &[("day", from.into())]),
    };
    (words, t.get("client-basics-nondisclosure-edit"))
}
