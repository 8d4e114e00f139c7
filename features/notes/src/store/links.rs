//! What a note is about besides a goal: a contact of its clients and a time limit of its matter, by their ids. What they
//! tell stands where it was recorded once, and is read from there each time with the reader's own right.

use casework::store::clocks::{self, ClockRow};
use casework::store::facts::Facts;
use casework::store::{Acting, Casework};
use clients::timeline::{self, Filter};
use clients::{ClientId, Gate};
use documents::DocumentId;
use identity::people::StaffId;
use kernel::id::hyphenated;
use kernel::time::Timestamp;
use store::{Log, Query, Show, StoreError, WriteTx, params};

use super::log;
use super::rights::Right;
use crate::domain::Written;

/// Contacts of one client that the form offers, the newest.
const OFFERED: usize = 5;

/// A contact of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: [u8; 16],
    pub client: ClientId,
    pub at: Timestamp,
    pub title: String,
    pub href: String,
    /// By which right it was read.
    by: (&'static str, &'static str),
}

/// What a note may be linked to, or is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    pub contacts: Vec<Contact>,
    pub clocks: Vec<ClockRow>,
}

impl Contact {
    /// The choice of the form.
    pub fn value(&self) -> String {
        format!("contact:{}", hyphenated(self.id))
    }
}

/// The choice of the form for a time limit.
pub fn clock_value(clock: &ClockRow) -> String {
    format!("clock:{}", hyphenated(clock.id))
}

/// What the form offers: the newest contacts of the clients, and the time limits of the matter.
///
/// # Errors
/// When the engine fails.
pub fn offered(
    query: &mut impl Query,
    facts: &Facts,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<Links, StoreError> {
    let filter = Filter {
        class: Some("contact"),
        limit: OFFERED,
        ..Filter::default()
    };
    Ok(Links {
        contacts: contacts(query, facts, clients, &filter, now)?,
        clocks: clocks::of_matter(query, facts.id)?,
    })
}

/// What a finished note is linked to, as its reader may see it: a contact needs the right to that contact.
///
/// # Errors
/// When the engine fails.
pub fn of_note(
    query: &mut impl Query,
    facts: &Facts,
    right: &Right,
    note: DocumentId,
    now: Timestamp,
) -> Result<Links, StoreError> {
    if right.title_only {
        return Ok(Links::default());
    }
    let (mut linked, mut limits) = (Vec::new(), Vec::new());
    for row in query.query(
        "select kind, object_id from note_link where document_id = $1 and kind in ('contact', 'clock')",
        &params![note.bytes()],
    )? {
        match row.get::<String>(0)?.as_str() {
            "contact" => linked.push(row.get::<[u8; 16]>(1)?),
            _ => limits.push(row.get::<[u8; 16]>(1)?),
        }
    }
    let mut links = Links::default();
    if !linked.is_empty() {
        let filter = Filter {
            class: Some("contact"),
            objects: Some(&linked),
            limit: linked.len(),
            ..Filter::default()
        };
        links.contacts = contacts(query, facts, &right.clients, &filter, now)?;
    }
    if !limits.is_empty() {
        links.clocks = clocks::of_matter(query, facts.id)?;
        links.clocks.retain(|clock| limits.contains(&clock.id));
    }
    Ok(links)
}

/// A note has few clients; a client's contacts are read in the statements of one.
fn contacts(
    query: &mut impl Query,
    facts: &Facts,
    clients: &[ClientId],
    filter: &Filter<'_>,
    now: Timestamp,
) -> Result<Vec<Contact>, StoreError> {
    let mut found: Vec<Contact> = Vec::new();
    let seen = |gate: &&Gate| clients.contains(&gate.client());
    for gate in facts.sides.iter().filter(seen) {
        for item in timeline::list(query, gate, filter, now)?.items {
            if found.iter().any(|one| one.id == item.object) {
                continue;
            }
            found.push(Contact {
                id: item.object,
                client: gate.client(),
                at: item.at,
                title: item.title.into_iter().map(|piece| piece.text).collect(),
                href: item.href,
                by: (item.granted.right, item.granted.purpose),
            });
        }
    }
    Ok(found)
}

/// Logs the contacts that a page tells of.
///
/// # Errors
/// When the engine fails.
pub fn log_read(
    tx: &mut impl Log,
    right: &Right,
    links: &Links,
    now: Timestamp,
) -> Result<(), StoreError> {
    for contact in &links.contacts {
        let acting = Acting {
            staff: right.acting.staff,
            right: contact.by.0,
            purpose: contact.by.1,
        };
        let detail = hyphenated(contact.id);
        log(
            tx,
            &acting,
            now,
            "note.contact_read",
            &[contact.client],
            &detail,
        )?;
    }
    Ok(())
}

/// What a form offers, logged.
///
/// # Errors
/// When the engine fails.
pub fn shown(
    tx: &mut impl Show,
    facts: &Facts,
    right: &Right,
    now: Timestamp,
) -> Result<Links, StoreError> {
    let links = offered(tx, facts, &right.clients, now)?;
    log_read(tx, right, &links, now)?;
    Ok(links)
}

/// Makes the links of a finished note be those that were chosen among what its writer was offered; what the writer does
/// not see stays as it is.
///
/// # Errors
/// When the engine fails.
pub fn put(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    facts: &Facts,
    right: &Right,
    note: DocumentId,
    written: &Written,
) -> Result<(), StoreError> {
    let now = casework.now();
    let chosen = written.chosen_links();
    let offered = offered(tx, facts, &right.clients, now)?;
    let contacts = offered
        .contacts
        .iter()
        .map(|one| ("contact", one.id, one.value()));
    let limits = offered
        .clocks
        .iter()
        .map(|one| ("clock", one.id, clock_value(one)));
    for (kind, object, value) in contacts.chain(limits) {
        if chosen.contains(&value) {
            add(tx, note, kind, object, right.acting.staff, now)?;
        } else {
            tx.execute(
                "delete from note_link where document_id = $1 and kind = $2 and object_id = $3",
                &params![note.bytes(), kind, object],
            )?;
        }
    }
    Ok(())
}

/// Links a note to what it is about, once.
pub(super) fn add(
    tx: &mut WriteTx<'_>,
    document: DocumentId,
    kind: &str,
    object: [u8; 16],
    by: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into note_link (document_id, kind, object_id, made_at, made_by) values ($1, $2, $3, $4, $5) on conflict (document_id, kind, object_id) do nothing",
        &params![document.bytes(), kind, object, now, by.bytes()],
    )
    .map(drop)
}
