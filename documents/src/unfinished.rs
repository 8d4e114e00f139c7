//! Unfinished documents: one's own drafts for the desk, and everybody's for whoever is about to close their matter.

use std::collections::HashMap;

use casework::domain::MatterId;
use casework::ending::Unfinished;
use casework::panels::MatterAround;
use casework::store::facts::Facts;
use casework::work::Draft;
use clients::{ClientId, Reader};
use kernel::time::{Timestamp, day};
use store::{Query, ShowTx, StoreError, places};
use web::Texts;

use crate::domain::{Document, Kind, State};
use crate::store::{by_author, of_matter};

/// Most drafts of a kind.
const MOST: i64 = 20;

/// Where a document stands.
pub(crate) fn address(document: &Document) -> String {
    let rooms = match document.kind {
        Kind::Assessment => "assessments",
        Kind::Plan => "plans",
        Kind::Note => "notes",
    };
    format!("/{rooms}/{}", document.id)
}

fn kind(t: &Texts, document: &Document) -> String {
    t.get(&format!("document-kind-{}", document.kind.code()))
}

/// One's own drafts, those changed last first. A draft that one's rights no longer open is left out.
///
/// # Errors
/// When the engine fails.
pub fn drafts(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Draft>, StoreError> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        found.extend(by_author(tx, *kind, reader.staff, State::Draft, MOST)?);
    }
    let mut matters: Vec<MatterId> = found.iter().map(|one| one.matter).collect();
    matters.sort_unstable();
    matters.dedup();
    let mut open: HashMap<MatterId, Facts> = HashMap::new();
    for facts in Facts::load_many(tx, reader, &matters, now)? {
        open.insert(facts.id, facts.with_given(&["own_entry"]));
    }
    let seen: Vec<(&Document, Vec<ClientId>)> = found
        .iter()
        .filter_map(|one| {
            let facts = open.get(&one.matter)?;
            let (_, seen) = facts.right(reader, one.kind.code(), "edit_draft").ok()?;
            let mut clients = one.clients.clone();
            clients.retain(|client| seen.titles.contains(client));
            (!clients.is_empty()).then_some((one, clients))
        })
        .collect();
    let names = names(tx, &seen)?;
    Ok(seen
        .into_iter()
        .map(|(one, clients)| {
            let who: Vec<&str> = clients
                .iter()
                .filter_map(|client| names.get(client).map(String::as_str))
                .collect();
            Draft {
                label: format!("{}, {}", who.join(", "), lower(&kind(t, one))),
                clients,
                href: address(one),
                saved_at: one.changed_at,
            }
        })
        .collect())
}

pub(crate) fn names(
    query: &mut impl Query,
    seen: &[(&Document, Vec<ClientId>)],
) -> Result<HashMap<ClientId, String>, StoreError> {
    let mut clients: Vec<ClientId> = seen
        .iter()
        .flat_map(|(_, clients)| clients.clone())
        .collect();
    clients.sort_unstable();
    clients.dedup();
    let list = places(clients.len(), 0);
    let values: Vec<_> = clients.iter().map(|client| client.bytes().into()).collect();
    query
        .query(
            &format!("select id, display_name from client where id in ({list})"),
            &values,
        )?
        .iter()
        .map(|row| Ok((ClientId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}

/// What somebody has unfinished in a matter: kind, writer and day, not its text. Documents of clients whom the reader
/// does not see are left out.
///
/// # Errors
/// When the engine fails.
pub fn of_a_matter(
    tx: &mut ShowTx<'_, '_>,
    around: &MatterAround<'_>,
) -> Result<Vec<Unfinished>, StoreError> {
    let (t, facts) = (around.t, around.facts);
    let Ok((_, seen)) = facts.reading(around.reader) else {
        return Ok(Vec::new());
    };
    let mut unfinished = Vec::new();
    for one in Kind::ALL {
        for document in of_matter(tx, *one, facts.id)? {
            let theirs = document.clients.iter();
            if !document.is_open() || !theirs.clone().any(|client| seen.titles.contains(client)) {
                continue;
            }
            let own = document.made_by == around.reader.staff;
            unfinished.push(Unfinished {
                what: t.with(
                    &format!("document-unfinished-{}", document.state.code()),
                    &[("kind", kind(t, &document).into())],
                ),
                who: format!("{}, {}", document.author, t.day(day(document.changed_at))),
                href: if own {
                    address(&document)
                } else {
                    String::new()
                },
            });
        }
    }
    Ok(unfinished)
}

/// The same words inside a line.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
