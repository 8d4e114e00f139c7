//! Whose a note is: what its form names, while it is a draft that was never finished, and what follows when records are
//! joined.

use casework::store::Casework;
use casework::store::facts::Facts;
use clients::timeline::{self, Item, Prepared};
use clients::{ClientId, Reader};
use documents::{Clash, DocError, Document, DocumentId, Kind, State, store as docs};
use kernel::time::Timestamp;
use store::{Query, StoreError, WriteTx};

use super::keep::{Clashed, KeepError, Sent, Target};
use super::rights::{self, Right};
use crate::domain::text::{client_of, part_of};
use crate::domain::{COMMON, Happened, Owners, Written};

/// Whose the stored parts of a note are.
pub(super) fn owners(query: &mut impl Query, id: DocumentId) -> Result<Owners, StoreError> {
    Ok(Owners {
        parts: docs::part_client(query, id)?,
        ..Owners::default()
    })
}

/// The same with the clients whom a form names, and who they are now.
pub(super) fn of_sent(
    query: &mut impl Query,
    id: DocumentId,
    sent: &Sent,
) -> Result<(Owners, Vec<ClientId>), StoreError> {
    let owners = Owners {
        kept: docs::kept(query, &sent.clients)?,
        ..owners(query, id)?
    };
    let named = named(&owners, sent);
    Ok((owners, named))
}

pub(super) fn named(owners: &Owners, sent: &Sent) -> Vec<ClientId> {
    let mut named: Vec<ClientId> = Vec::new();
    for client in &sent.clients {
        let client = owners.now(*client);
        if !named.contains(&client) {
            named.push(client);
        }
    }
    named
}

/// Whether the clients are the same, in whatever order.
pub(super) fn same(one: &[ClientId], other: &[ClientId]) -> bool {
    one.len() == other.len() && one.iter().all(|client| other.contains(client))
}

/// Makes a draft that was never finished be about those whom its form names.
///
/// # Errors
/// [`KeepError::Whose`] for any other note; [`KeepError::Clash`] when a part that would go was written meanwhile.
pub(super) fn follow(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    (facts, reader): (&Facts, &Reader),
    (document, right): (Document, Right),
    (owners, named, sent): (&Owners, &[ClientId], &Sent),
) -> Result<(Document, Right), KeepError> {
    let without = |these: &[ClientId], others: &[ClientId]| -> Vec<ClientId> {
        let kept = these.iter().filter(|client| !others.contains(client));
        kept.copied().collect()
    };
    let added = without(named, &document.clients);
    let removed = without(&right.clients, named);
    if added.is_empty() && removed.is_empty() {
        return Ok((document, right));
    }
    if document.state != State::Draft || document.version_no > 0 {
        return Err(KeepError::Whose);
    }
    if !added.is_empty() {
        let facts = facts.clone().with_given(&["own_entry"]);
        let over = rights::over(&facts, reader, "create", &added)?;
        if over.title_only || over.clients.len() != added.len() {
            return Err(DocError::NotFound.into());
        }
    }
    check_removed(tx, document.id, (owners, &removed), sent)?;
    docs::change_clients(tx, casework, &right.acting, document.id, &added, &removed)?;
    let document = docs::load(tx, Kind::Note, document.id)?;
    let right = rights::writing(facts, reader, &document)?;
    Ok((document, right))
}

/// What would go must be what the writer has seen. A form of a new note knows what it saved itself.
fn check_removed(
    tx: &mut WriteTx<'_>,
    id: DocumentId,
    (owners, removed): (&Owners, &[ClientId]),
    sent: &Sent,
) -> Result<(), KeepError> {
    let first = i64::from(matches!(sent.target, Target::New { .. }));
    for part in docs::parts(tx, id)? {
        let goes = owners
            .of(&part.code)
            .is_some_and(|owner| removed.contains(&owner));
        let known = sent.based_on.get(&part.code).copied().unwrap_or(first);
        if goes && !part.fields.is_empty() && known != part.revision {
            return Err(KeepError::Clash(Box::new(Clashed {
                document: id,
                clash: Box::new(Clash {
                    theirs: part.fields,
                    by: part.changed_by,
                    at: part.changed_at,
                    revision: part.revision,
                }),
                part: part.code,
            })));
        }
    }
    Ok(())
}

fn href(document: DocumentId) -> String {
    format!("/notes/{document}")
}

/// Puts a finished note into the history of one of its clients, in the place of what was there of it.
pub(super) fn put_in_history(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
    client: ClientId,
    (whole, owners): (&Written, &Owners),
    sent: &Sent,
) -> Result<(), StoreError> {
    let id_of = |code: &str| timeline::id_of("note", document.id.bytes(), code);
    let there = timeline::items_of(tx, client, rights::CLASS, &href(document.id))?;
    if there.len() < 2 {
        let id = there.first().copied();
        let body = whole.clone().read_by(owners, &[client]).text_for(client);
        return put_item(
            tx,
            casework,
            document,
            (id.unwrap_or_else(|| id_of(&part_of(client))), client),
            &body,
            sent,
        );
    }
    // Two records of hers had the note each, and have it again if they are parted: neither gets the other's part.
    for id in there {
        let mut one = whole.clone();
        one.0.retain(|code, _| code == COMMON || id_of(code) == id);
        let body = one.read_by(owners, &[client]).text_for(client);
        put_item(tx, casework, document, (id, client), &body, sent)?;
    }
    Ok(())
}

fn put_item(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
    (id, client): ([u8; 16], ClientId),
    body: &str,
    sent: &Sent,
) -> Result<(), StoreError> {
    let title = sent.what.title();
    let made = sent.words.get(body).cloned();
    let words =
        made.unwrap_or_else(|| Prepared::new(&casework.analysers, document.language, title, body));
    let item = Item {
        id,
        client,
        at: sent
            .happened
            .as_ref()
            .map_or_else(|| casework.now(), Happened::began),
        class: rights::CLASS,
        kind: sent.what.code(),
        service_task: document.service_task.code(),
        restricted: None,
        object: Some(("matter", document.matter.bytes())),
        language: document.language,
        title,
        body,
        author: Some(document.made_by),
        href: &href(document.id),
    };
    timeline::put(tx, &item, &words)
}

/// Takes a note off the history of every one of its clients.
pub(super) fn hide(
    tx: &mut WriteTx<'_>,
    document: &Document,
    now: Timestamp,
) -> Result<(), StoreError> {
    let href = href(document.id);
    timeline::hide_all(tx, &document.clients, rights::CLASS, &href, now)
}

/// Codes of parts under other ids than those of their clients now.
pub(crate) fn older(written: &Written, clients: &[ClientId]) -> Vec<ClientId> {
    let named = written.0.keys().filter_map(|code| client_of(code));
    named.filter(|client| !clients.contains(client)).collect()
}
