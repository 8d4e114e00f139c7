//! The change of one thing of the basics; when somebody else changed it meanwhile, both are shown.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::{Date, Timestamp, day};
use web::{Answer, Failure, Form, House, Page, Posted, Texts, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{may_correct, open, value};
use crate::pages::change::{self, Change, New, Part};
use crate::pages::common::{desk, done, id, refused, told_taken};
use crate::pages::head::Head;
use crate::pages::labels;
use crate::pages::mistake;
use crate::pages::show::Opened;
use crate::store::create::link_code;
use crate::store::details::{self, Detail, NewDetail};
use crate::store::names::{self, NameKind};
use crate::store::record::Record;

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
    let row = form.text("row").and_then(|row| row.parse().ok());
    let wrong = target(&opened.record, part, row, day(now));
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
        was: mark(&opened.record, part, row),
        other_label: wrong.map_or_else(String::new, |_| t.get("mistake-link")),
        other_href: wrong.map_or_else(String::new, |detail| mistake::path(&head.path, detail)),
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
    let code = match &change.new {
        New::Code(code) => Some(*code),
        _ => None,
    };
    match save(&house, &user, client, part, row, change, version).await {
        Ok(changed) => {
            // Of a value that is hidden, not even that it was guessed right is told.
            let told = changed || opened.record.hidden || part.protectable;
            let code = if told { "saved" } else { "unchanged" };
            let path = format!("{}/basics", super::head::path(opened.record.id));
            Ok(done(&path, code))
        }
        Err(error) => {
            if matches!(error, ClientError::CodeTaken) {
                told_taken(&house, &user, code).await?;
            }
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
