//! The basics with their periods and sources, old ones under them; and the change of one thing.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::{Date, Timestamp, day};
use store::Logged;
use web::{Answer, Failure, Form, House, Page, Posted, Texts, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::change::{self, Change, Group, New, PARTS, Part};
use crate::pages::common::{desk, done, id, logged, refused, refused_page, told};
use crate::pages::head::{Act, Head};
use crate::pages::labels::{self, capital};
use crate::pages::show::{Beside, Opened, role};
use crate::store::create::link_code;
use crate::store::details::{self, Detail, NewDetail};
use crate::store::names::{self, Name, NameKind};
use crate::store::record::Record;

/// A value with its period and source.
struct Value {
    text: String,
    meta: String,
    protected: bool,
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

#[derive(Template)]
#[template(path = "client-conflict.html")]
struct ConflictPage {
    page: Page,
    id: Head,
    what: String,
    action: String,
    back: String,
    version: String,
    carried: Vec<(String, String)>,
    mine: String,
    theirs: String,
    theirs_meta: String,
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
        let values = now(t, record, part, today);
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
        former: former(t, record, group, today),
    }
}

/// Something of which there may be several: each has its own way to change, and one more can be added.
fn several(t: &Texts, record: &Record, part: Part, href: &str, today: Date) -> Vec<Line> {
    let another = Line {
        name: part.name(t),
        values: vec![Value {
            text: t.get("client-basics-another"),
            meta: String::new(),
            protected: true,
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
fn now(t: &Texts, record: &Record, part: Part, today: Date) -> Vec<Value> {
    match part.kind {
        "name" => record
            .names
            .iter()
            .filter(|name| name.kind != NameKind::Former)
            .map(|name| name_value(t, name))
            .collect(),
        "identity" => record
            .code
            .map(|code| code.expose().to_owned())
            .or_else(|| record.temporary.clone())
            .map(|text| Value {
                text,
                meta: String::new(),
                protected: false,
            })
            .into_iter()
            .collect(),
        kind => record
            .now(kind, today)
            .map(|detail| value(t, detail))
            .collect(),
    }
}

fn former(t: &Texts, record: &Record, group: Group, today: Date) -> Vec<Value> {
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
        former.extend(names.map(|name| named("name", name_value(t, name))));
    }
    let kinds = PARTS.into_iter().filter(|part| part.group == group);
    for part in kinds {
        let old = record
            .details
            .iter()
            .filter(|detail| detail.kind == part.kind && !detail.holds(today));
        former.extend(old.map(|detail| named(part.kind, value(t, detail))));
    }
    former
}

fn name_value(t: &Texts, name: &Name) -> Value {
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
        protected: false,
    }
}

fn value(t: &Texts, detail: &Detail) -> Value {
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
        return (
            t.get("client-basics-nondisclosure-none"),
            t.get("client-basics-nondisclosure-set"),
        );
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

/// The row of the address: which of several values is changed.
fn row(pairs: &[(String, String)]) -> Option<RowId> {
    pairs
        .iter()
        .find(|(name, _)| name == "row")
        .and_then(|(_, row)| row.parse().ok())
}

pub(super) async fn show_change(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((client, kind)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let part = Part::of(&kind).ok_or(Failure::NotFound)?;
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may_correct(&opened.gate) {
        return Err(Failure::NotFound);
    }
    let mut form = Form::new();
    form.set("source", "client");
    form.set("name_kind", "current");
    let row = row(&pairs);
    let today = house.today();
    if part.kind == "name" {
        fill_name(&mut form, &opened.record);
    } else if let Some(detail) = target(&opened.record, part, row, today) {
        form.set("value", detail.value.plain().unwrap_or_default());
        if detail.marked {
            form.set("protect", "yes");
        }
    }
    if let Some(row) = row {
        form.set("row", row.to_string());
    }
    Ok(client_page(
        change_page(&house, &visit, &opened, part, form),
        proof,
    ))
}

fn fill_name(form: &mut Form, record: &Record) {
    let current = record
        .names
        .iter()
        .find(|name| name.kind == NameKind::Current);
    if let Some(name) = current {
        form.set("family", name.family.as_str());
        form.set("given", name.given.as_str());
        form.set("called", name.called.as_deref().unwrap_or_default());
    }
}

/// The detail that a change succeeds.
fn target(record: &Record, part: Part, row: Option<RowId>, today: Date) -> Option<&Detail> {
    match row {
        Some(row) => record
            .details
            .iter()
            .find(|detail| detail.id == row && detail.kind == part.kind),
        None if part.many => None,
        None => record.now(part.kind, today).next(),
    }
}

fn change_page(house: &House, visit: &Visit, opened: &Opened, part: Part, form: Form) -> ActPage {
    let (t, now) = (visit.t(), house.now());
    let name = part.name(&t);
    let title = t.with("client-change-title", &[("what", name.into())]);
    let head = opened.head(&t, now);
    let has_value = form.text("row").is_some()
        || (!part.many && opened.record.now(part.kind, day(now)).next().is_some());
    ActPage {
        heading: title.clone(),
        action: format!("{}/basics/{}", head.path, part.kind),
        back: format!("{}/basics", head.path),
        version: opened.record.version.to_string(),
        input: part.input,
        hint: part.hint(&t),
        choices: part.choices(&t, &house.county.code),
        sources: labels::sources(&t),
        may_stop: part.may_stop() && has_value,
        may_protect: part.protectable,
        was: mark(
            &opened.record,
            part,
            form.text("row").and_then(|row| row.parse().ok()),
        ),
        row: form.value("row").to_owned(),
        ..ActPage::new(
            visit.page_titled(title),
            head,
            "change",
            ["", "", "client-save"],
            form,
        )
    }
}

pub(super) async fn send_change(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((client, kind)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let part = Part::of(&kind).ok_or(Failure::NotFound)?;
    let client: ClientId = id(&client)?;
    let (opened, proof) = match open(&house, &user, client).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let mut form = posted.form();
    if !may_correct(&opened.gate) {
        return Err(refused(&house, &user, client, ClientError::NotFound).await);
    }
    let choices = part.choices(&visit.t(), &house.county.code);
    let read = change::read(
        &mut form,
        part,
        &choices,
        opened.record.birth,
        house.today(),
    );
    let editing = form.value("choice") == "edit";
    let Some(change) = read.filter(|_| !editing) else {
        let page = change_page(&house, &visit, &opened, part, form);
        return Ok(client_page_with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            page,
            proof,
        ));
    };
    let row: Option<RowId> = form.text("row").and_then(|row| row.parse().ok());
    let seen = form.value("version").parse::<i64>().unwrap_or_default();
    let theirs = changed_since(&opened.record, part, row, seen, &form);
    if theirs {
        let page = conflict_page(&house, &visit, &opened, part, row, &form, &change);
        return Ok(client_page_with_status(StatusCode::CONFLICT, page, proof));
    }
    let version = Some(opened.record.version);
    // A value that somebody has ended meanwhile is not succeeded: the new one stands beside what came after it.
    let row = row.filter(|row| {
        let mut details = opened.record.details.iter();
        details.any(|one| one.id == *row && one.holds(house.today()))
    });
    match save(&house, &user, client, part, row, change, version).await {
        Ok(changed) => {
            let code = if changed { "saved" } else { "unchanged" };
            let path = format!("{}/basics", super::head::path(opened.record.id));
            Ok(done(&path, code))
        }
        Err(error) => {
            let Some((field, key)) = field_of(&error) else {
                return Err(refused(&house, &user, client, error).await);
            };
            form.error(field, key);
            let page = change_page(&house, &visit, &opened, part, form);
            Ok(client_page_with_status(
                StatusCode::UNPROCESSABLE_ENTITY,
                page,
                proof,
            ))
        }
    }
}

/// Whether the record has changed since the form was opened so that the thing itself is another now. Changes of other
/// things are nobody's conflict.
fn changed_since(record: &Record, part: Part, row: Option<RowId>, seen: i64, form: &Form) -> bool {
    if record.version == seen {
        return false;
    }
    let Some(was) = form.text("was") else {
        return record.version != seen;
    };
    was != mark(record, part, row)
}

/// Tells one state of a thing from another: the newest entry of its kind.
fn mark(record: &Record, part: Part, row: Option<RowId>) -> String {
    if part.kind == "name" {
        return record
            .names
            .iter()
            .max_by_key(|name| name.recorded_at)
            .map_or_else(String::new, |name| name.id.to_string());
    }
    let of_kind = record.details.iter().filter(|one| one.kind == part.kind);
    of_kind
        .filter(|one| row.is_none_or(|row| one.id == row))
        .max_by_key(|one| (one.recorded_at, one.to))
        .map_or_else(String::new, |one| format!("{}{:?}", one.id, one.to))
}

fn conflict_page(
    house: &House,
    visit: &Visit,
    opened: &Opened,
    part: Part,
    row: Option<RowId>,
    form: &Form,
    change: &Change,
) -> ConflictPage {
    let (t, now) = (visit.t(), house.now());
    let head = opened.head(&t, now);
    let none = t.get("client-conflict-none");
    let mine = match &change.new {
        New::Name(name) => format!("{} {}", name.given, name.family),
        New::Code(code) => code.expose().to_owned(),
        New::Value(value) => labels::value(&t, part.kind, value),
        New::Nothing => none.clone(),
    };
    let (theirs, who, when) =
        theirs(&t, &opened.record, part, row, day(now)).unwrap_or((none, String::new(), None));
    let when = when.map_or_else(String::new, |at| t.when(at, now));
    let back = format!("{}/basics", head.path);
    ConflictPage {
        page: visit.page("client-conflict-title"),
        what: part.name(&t),
        action: format!("{back}/{}", part.kind),
        version: opened.record.version.to_string(),
        carried: form
            .fields()
            .filter(|(name, _)| !matches!(*name, "version" | "choice" | "was"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        mine,
        theirs,
        theirs_meta: if who.is_empty() {
            when
        } else {
            t.with(
                "client-conflict-theirs-meta",
                &[("who", who.into()), ("when", when.into())],
            )
        },
        back,
        id: head,
    }
}

/// What is saved now, who saved it and when.
fn theirs(
    t: &Texts,
    record: &Record,
    part: Part,
    row: Option<RowId>,
    today: Date,
) -> Option<(String, String, Option<Timestamp>)> {
    if part.kind == "name" {
        let name = record
            .names
            .iter()
            .find(|name| name.kind == NameKind::Current)?;
        return Some((
            format!("{} {}", name.given, name.family),
            name.recorded_by.clone().unwrap_or_default(),
            Some(name.recorded_at),
        ));
    }
    let detail =
        target(record, part, row, today).or_else(|| record.now(part.kind, today).next())?;
    Some((
        value(t, detail).text,
        detail.recorded_by.clone().unwrap_or_default(),
        Some(detail.recorded_at),
    ))
}

/// Saves the change; `false` when it was so already.
async fn save(
    house: &House,
    user: &CurrentUser,
    client: ClientId,
    part: Part,
    row: Option<RowId>,
    change: Change,
    version: Option<i64>,
) -> Result<bool, ClientError> {
    let desk = desk(house).map_err(|_| ClientError::Unreadable)?;
    let (reader, now) = (Reader::from(user), house.now());
    let receipt = house
        .store
        .write(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            let Change {
                new,
                from,
                source,
                protect,
            } = change;
            match new {
                New::Code(code) => link_code(tx, &desk, &gate, &code).map(|()| true),
                New::Name(name) => {
                    let new = names::NewName {
                        kind: if name.former {
                            NameKind::Former
                        } else {
                            NameKind::Current
                        },
                        family: name.family,
                        given: name.given,
                        called: name.called,
                        from: Some(from),
                        to: None,
                        source: source.to_owned(),
                    };
                    names::change(tx, &desk, &gate, &new, version).map(|()| true)
                }
                New::Value(value) => {
                    let new = NewDetail {
                        kind: part.kind,
                        value,
                        protect,
                        from: Some(from),
                        to: None,
                        source: source.to_owned(),
                        follows: row,
                    };
                    details::change(tx, &desk, &gate, &new, version)
                }
                New::Nothing => {
                    let record = crate::store::record::show(tx, &gate, now)?;
                    let row = target(&record, part, row, day(now))
                        .map(|detail| detail.id)
                        .ok_or(ClientError::Ended)?;
                    details::end(tx, &desk, &gate, row, Some(from), version).map(|()| true)
                }
            }
        })
        .await?;
    Ok(receipt.value)
}

/// The field at which a refusal is told.
fn field_of(error: &ClientError) -> Option<(&'static str, &'static str)> {
    match error {
        ClientError::CodeTaken => Some(("value", "client-code-taken-merge")),
        ClientError::Day("code") => Some(("value", "client-birth-differs")),
        ClientError::Day(_) => Some(("from", "client-change-future")),
        ClientError::Missing(_) => Some(("value", "client-change-missing")),
        ClientError::HasCode | ClientError::Already | ClientError::Ended => {
            Some(("", "client-refused-already"))
        }
        ClientError::Changed => Some(("", "client-refused-changed")),
        _ => None,
    }
}
