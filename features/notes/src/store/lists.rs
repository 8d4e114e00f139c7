//! Notes as lists. A statement finds candidates; every row then passes the decision of its page. The number of
//! statements does not grow with the rows.

use std::collections::HashMap;

use casework::domain::MatterId;
use casework::store::facts::Facts;
use clients::{ClientId, Reader};
use documents::{Document, DocumentId, State, store as docs};
use identity::people::{StaffId, UnitId};
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, StoreError, params};

use super::head::{self, Head};
use super::names;
use super::rights::{self, Right};
use super::steps::{self, Step};

/// Rows of a part of the list.
const MOST: i64 = 50;
/// Days that a finished note stays on the list.
const LATELY_DAYS: i64 = 14;

/// A row.
#[derive(Debug, Clone)]
pub struct Listed {
    pub document: Document,
    pub head: Head,
    pub right: Right,
    /// Names of the clients whom the reader sees.
    pub clients: Vec<String>,
}

/// Rows by their ids, each as the reader may see it, in the order asked.
fn rows(
    query: &mut impl Query,
    reader: &Reader,
    ids: &[DocumentId],
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let documents = docs::load_many(query, ids)?;
    let mut matters: Vec<MatterId> = documents.iter().map(|one| one.matter).collect();
    matters.sort_unstable();
    matters.dedup();
    let facts: HashMap<MatterId, Facts> = Facts::load_many(query, reader, &matters, now)?
        .into_iter()
        .map(|facts| (facts.id, facts))
        .collect();
    let heads = head::of_many(query, ids)?;
    let seen: Vec<(Document, Head, Right)> = documents
        .into_iter()
        .filter_map(|document| {
            let right =
                rights::reading(facts.get(&document.matter)?, reader, &document, false).ok()?;
            let head = *heads.get(&document.id)?;
            Some((document, head, right))
        })
        .collect();
    let shown: Vec<ClientId> = shown(seen.iter().map(|(_, _, right)| right));
    let names = names(query, &shown)?;
    Ok(seen
        .into_iter()
        .map(|(document, head, right)| Listed {
            clients: right
                .clients
                .iter()
                .filter_map(|client| names.get(client).cloned())
                .collect(),
            document,
            head,
            right,
        })
        .collect())
}

/// Every client shown, once.
pub fn shown<'r>(rights: impl Iterator<Item = &'r Right>) -> Vec<ClientId> {
    let mut shown: Vec<ClientId> = rights.flat_map(|right| right.clients.clone()).collect();
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// A worker's own notes that are not finished, those that wait for the worker's approval, and those lately finished.
///
/// # Errors
/// When the engine fails.
pub fn mine(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let since = now - SignedDuration::from_hours(24 * LATELY_DAYS);
    let ids = ids(
        query,
        &format!(
            "select d.id from document d join note n on n.document_id = d.id where (d.made_by = $1 and d.state in ('draft', 'waiting')) or (d.tutor = $1 and d.state = 'waiting') or (d.made_by = $1 and d.state = 'finished' and d.finished_at > $2) order by case when d.state = 'finished' then 1 else 0 end, d.changed_at desc, d.id desc limit {MOST}"
        ),
        params![reader.staff.bytes(), millis(since)],
    )?;
    rows(query, reader, &ids, now)
}

/// Notes that ask something of a worker: those sent back, those that wait for an approval, and visits without a finished
/// note since `before`.
///
/// # Errors
/// When the engine fails.
pub fn waiting(
    query: &mut impl Query,
    reader: &Reader,
    before: Timestamp,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let ids = ids(
        query,
        &format!(
            "select d.id from document d join note n on n.document_id = d.id where (d.tutor = $1 and d.state = 'waiting') or (d.made_by = $1 and d.state = 'draft' and (d.sent_back is not null or n.happened_at < $2)) order by d.changed_at, d.id limit {MOST}"
        ),
        params![reader.staff.bytes(), millis(before)],
    )?;
    let mut rows = rows(query, reader, &ids, now)?;
    rows.retain(|row| {
        row.document.state == State::Waiting
            || row.document.sent_back.is_some()
            || row.head.what.is_visit()
    });
    Ok(rows)
}

/// Notes whose voiding was asked and which this lead may answer.
///
/// # Errors
/// When the engine fails.
pub fn to_void(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    // `cross join` has SQLite begin with the few that wait, not with every document.
    let ids = ids(
        query,
        &format!(
            "select d.id from document_void v cross join document d join note n on n.document_id = d.id join matter m on m.id = d.matter_id join unit_leader l on l.unit_id = m.holder_unit where d.id = v.document_id and l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2 and v.answered_at is null and v.asked_by <> $1 order by v.asked_at, d.id limit {MOST}"
        ),
        params![reader.staff.bytes(), kernel::time::day(now).to_string()],
    )?;
    let documents = docs::load_many(query, &ids)?;
    let matters: Vec<MatterId> = documents.iter().map(|one| one.matter).collect();
    let facts = Facts::load_many(query, reader, &matters, now)?;
    let heads = head::of_many(query, &ids)?;
    let seen: Vec<(Document, Head, Right)> = documents
        .into_iter()
        .filter_map(|document| {
            let facts = facts.iter().find(|facts| facts.id == document.matter)?;
            let right = rights::voiding(facts, reader, &document, true).ok()?;
            let head = *heads.get(&document.id)?;
            Some((document, head, right))
        })
        .collect();
    let names = names(query, &shown(seen.iter().map(|(_, _, right)| right)))?;
    Ok(seen
        .into_iter()
        .map(|(document, head, right)| Listed {
            clients: right
                .clients
                .iter()
                .filter_map(|client| names.get(client).cloned())
                .collect(),
            document,
            head,
            right,
        })
        .collect())
}

/// The finished notes of a matter, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_matter(
    query: &mut impl Query,
    reader: &Reader,
    matter: MatterId,
    most: i64,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let found = super::read::recent(query, matter, most)?;
    let ids: Vec<DocumentId> = found.into_iter().map(|(id, _)| id).collect();
    rows(query, reader, &ids, now)
}

/// A worker's open step with the names that the worker sees.
#[derive(Debug, Clone)]
pub struct OwnStep {
    pub step: Step,
    pub clients: Vec<ClientId>,
    pub names: Vec<String>,
}

/// Notes that the reader finished since a moment, newest first.
///
/// # Errors
/// When the engine fails.
pub fn finished_since(
    query: &mut impl Query,
    reader: &Reader,
    since: Timestamp,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let ids = ids(
        query,
        &format!(
            "select d.id from document d join note n on n.document_id = d.id where d.made_by = $1 and d.state = 'finished' and d.finished_at >= $2 order by d.finished_at desc, d.id desc limit {MOST}"
        ),
        params![reader.staff.bytes(), millis(since)],
    )?;
    rows(query, reader, &ids, now)
}

/// The worker's own open steps over whose clients she has the right.
///
/// # Errors
/// When the engine fails.
pub fn own_steps(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<OwnStep>, StoreError> {
    let steps = steps::open_for(query, reader.staff)?;
    with_notes(query, reader, steps, now)
}

/// Steps that the worker has pressed done since a moment, and told in no note.
///
/// # Errors
/// When the engine fails.
pub fn done_steps(
    query: &mut impl Query,
    reader: &Reader,
    since: Timestamp,
    now: Timestamp,
) -> Result<Vec<OwnStep>, StoreError> {
    let steps = steps::done_by(query, reader.staff, since)?;
    with_notes(query, reader, steps, now)
}

fn with_notes(
    query: &mut impl Query,
    reader: &Reader,
    steps: Vec<Step>,
    now: Timestamp,
) -> Result<Vec<OwnStep>, StoreError> {
    let ids: Vec<DocumentId> = steps.iter().map(|step| step.document).collect();
    let notes: HashMap<DocumentId, Listed> = rows(query, reader, &ids, now)?
        .into_iter()
        .map(|row| (row.document.id, row))
        .collect();
    Ok(steps
        .into_iter()
        .filter_map(|step| {
            let row = notes.get(&step.document)?;
            Some(OwnStep {
                clients: row.right.clients.clone(),
                names: row.clients.clone(),
                step,
            })
        })
        .collect())
}

/// A visit of which there is no finished note yet.
#[derive(Debug, Clone)]
pub struct Unfinished {
    pub matter: MatterId,
    pub head: Head,
    pub author: StaffId,
    pub clients: Vec<ClientId>,
    pub names: Vec<String>,
}

/// Visits in a unit's matters without a finished note since `before`, as whoever leads the unit may see that they are
/// there: the matter, never the text.
///
/// # Errors
/// When the engine fails.
pub fn unfinished(
    query: &mut impl Query,
    reader: &Reader,
    unit: UnitId,
    before: Timestamp,
    now: Timestamp,
) -> Result<Vec<Unfinished>, StoreError> {
    let ids = ids(
        query,
        &format!(
            "select d.id from document d join note n on n.document_id = d.id join matter m on m.id = d.matter_id where m.holder_unit = $1 and d.state in ('draft', 'waiting') and d.version_no = 0 and n.happened_at < $2 order by n.happened_at, d.id limit {MOST}"
        ),
        params![unit.bytes(), millis(before)],
    )?;
    let documents = docs::load_many(query, &ids)?;
    let heads = head::of_many(query, &ids)?;
    let matters: Vec<MatterId> = documents.iter().map(|one| one.matter).collect();
    let facts = Facts::load_many(query, reader, &matters, now)?;
    let mut found = Vec::new();
    for document in documents {
        let seen = facts
            .iter()
            .find(|facts| facts.id == document.matter)
            .and_then(|facts| facts.reading(reader).ok());
        let (Some((_, seen)), Some(head)) = (seen, heads.get(&document.id)) else {
            continue;
        };
        let clients: Vec<ClientId> = document
            .clients
            .iter()
            .copied()
            .filter(|client| seen.titles.contains(client))
            .collect();
        if head.what.is_visit() && !clients.is_empty() {
            found.push(Unfinished {
                matter: document.matter,
                head: *head,
                author: document.made_by,
                clients,
                names: Vec::new(),
            });
        }
    }
    let all: Vec<ClientId> = found.iter().flat_map(|one| one.clients.clone()).collect();
    let names = names(query, &all)?;
    for one in &mut found {
        one.names = one
            .clients
            .iter()
            .filter_map(|client| names.get(client).cloned())
            .collect();
    }
    Ok(found)
}

fn ids(
    query: &mut impl Query,
    sql: &str,
    values: Vec<store::Value>,
) -> Result<Vec<DocumentId>, StoreError> {
    query
        .query(sql, &values)?
        .iter()
        .map(|row| row.get(0).map(DocumentId::from_bytes))
        .collect()
}
