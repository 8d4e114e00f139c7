//! The client's history on one line: what happened, newest first, and the words in it.
//!
//! Rooms that own contacts, matters and documents put an item for each thing that has happened, in the
//! transaction of the thing. Nothing here knows those rooms: an item carries the class, the service task
//! and the matter or contact by which the gate decides, a title, the text that may be searched, and the
//! address of its page.
//!
//! Rights are conditions of the query: what the gate refuses is not read, not counted and not searched.
//! Where a right shows titles only (a lead), the words of the text are not searched either, or a search
//! would tell them.

pub(crate) mod check;
mod found;
mod list;
mod openings;
pub mod page;
mod words;

use std::collections::BTreeSet;

use identity::people::StaffId;
use kernel::language::Language;
use kernel::time::Timestamp;
use store::{Query, Row, Store, StoreError, WriteTx, params, search, settings};
use text::search::Analysers;

use crate::domain::ClientId;
use crate::relations::Object;

pub use found::{ClientHits, Found, find};
pub use list::{Cursor, Filter, Shown, Timeline, list};
pub use words::{Piece, Words, excerpt};

/// Titles are cut here (characters).
const LONGEST_TITLE: usize = 200;
/// Items of a step of [`rebuild`]: well under the 20 ms that a slow write may take.
const STEP: i64 = 20;
/// The setting that tells which analysers made the index.
const INDEX_MADE_WITH: &str = "timeline_index";

/// One thing of a client's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    /// The same thing has the same id, so that putting it again replaces it; see [`id_of`].
    pub id: [u8; 16],
    pub client: ClientId,
    pub at: Timestamp,
    /// Object class of the rights table: `contact`, `matter`, `note`, ...
    pub class: &'a str,
    /// What it is, for its name on the page: key `timeline-kind-<kind>` of the messages.
    pub kind: &'a str,
    /// Service task of the rights table.
    pub service_task: &'a str,
    /// A class that is never opened outside its service; such an item is kept and never shown here.
    pub restricted: Option<&'a str>,
    /// The matter or contact it belongs to; `None` when it is about the client as a whole.
    pub object: Option<Object>,
    pub language: Language,
    pub title: &'a str,
    /// Text that is searched and shown in part. Never a protected contact detail.
    pub body: &'a str,
    pub author: Option<StaffId>,
    /// Address of its page, without personal data; empty when it has none.
    pub href: &'a str,
}

/// An id for one happening of a thing: `id_of("contact", contact, "ended")`.
pub fn id_of(object_kind: &str, object: [u8; 16], kind: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&object);
    hasher.update(object_kind.as_bytes());
    hasher.update(b"\0");
    hasher.update(kind.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    id
}

/// The words of an item, made before the transaction: an analysis takes its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared(BTreeSet<String>);

impl Prepared {
    /// Analyses the title and the text of an item.
    pub fn new(analysers: &Analysers, language: Language, title: &str, body: &str) -> Self {
        let mut words = analysers.words(language, title);
        words.append(&mut analysers.words(language, body));
        Self(words)
    }
}

/// Puts an item, in the place of what it was before.
///
/// # Errors
/// When the client is unknown, or the engine fails.
pub fn put(tx: &mut WriteTx<'_>, item: &Item<'_>, words: &Prepared) -> Result<(), StoreError> {
    let (object_kind, object) = item.object.unwrap_or(("client", item.client.bytes()));
    let title: String = item.title.chars().take(LONGEST_TITLE).collect();
    tx.execute(
        "insert into timeline_item (id, client_id, at, class, kind, service_task, restricted, object_kind,
            object_id, language, title, body, author, href, hidden_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, null)
         on conflict (id) do update set client_id = excluded.client_id, at = excluded.at,
            class = excluded.class, kind = excluded.kind, service_task = excluded.service_task,
            restricted = excluded.restricted, object_kind = excluded.object_kind,
            object_id = excluded.object_id, language = excluded.language, title = excluded.title,
            body = excluded.body, author = excluded.author, href = excluded.href, hidden_at = null",
        &params![
            item.id,
            item.client.bytes(),
            item.at,
            item.class,
            item.kind,
            item.service_task,
            item.restricted,
            object_kind,
            object,
            item.language.code(),
            title,
            item.body,
            item.author.map(|author| author.bytes()),
            item.href
        ],
    )?;
    // What is never shown is not in the index: nobody can find out that it is there.
    if item.restricted.is_some() {
        return search::remove(tx, item.id);
    }
    search::put(tx, item.id, words.0.iter().map(String::as_str))
}

/// Takes an item off the line: what it tells of was voided. It stays in the table as a trace.
///
/// # Errors
/// When the engine fails.
pub fn hide(tx: &mut WriteTx<'_>, id: [u8; 16], now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update timeline_item set hidden_at = $2 where id = $1 and hidden_at is null",
        &params![id, now],
    )?;
    search::remove(tx, id)
}

/// The items of a client about one thing, known by its class and its page. An id made of a client's own stays what it was
/// when her record is joined to another one; the thing's page is the same before and after.
///
/// # Errors
/// When the engine fails.
pub fn items_of(
    query: &mut impl Query,
    client: ClientId,
    class: &str,
    href: &str,
) -> Result<Vec<[u8; 16]>, StoreError> {
    query
        .query(
            "select id from timeline_item where client_id = $1 and class = $2 and href = $3 order by at, id",
            &params![client.bytes(), class, href],
        )?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// Takes every item of a thing off the lines of these clients, whichever record it was put for.
///
/// # Errors
/// When the engine fails.
pub fn hide_all(
    tx: &mut WriteTx<'_>,
    clients: &[ClientId],
    class: &str,
    href: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    for client in clients {
        for id in items_of(tx, *client, class, href)? {
            hide(tx, id, now)?;
        }
    }
    Ok(())
}

/// Whether the index was made with other analysers than these: after Voikko was installed or taken away.
///
/// # Errors
/// When the engine fails.
pub fn index_is_old(tx: &mut impl Query, analysers: &Analysers) -> Result<bool, StoreError> {
    let made_with: Option<String> = settings::find(tx, INDEX_MADE_WITH)?;
    Ok(made_with.as_deref() != Some(&analysers.label()))
}

/// Makes the index of the timeline anew, step by step, while the house is open; can be stopped and run
/// again. `progress` is told how many items are done. Blocks: for a job's thread or the command line.
///
/// # Errors
/// When the engine fails.
pub fn rebuild(
    store: &Store,
    analysers: &Analysers,
    mut progress: impl FnMut(u64),
) -> Result<u64, StoreError> {
    let mut after = vec![0_u8; 16];
    let mut done = 0;
    loop {
        let from = after.clone();
        let rows = store.read_blocking(move |tx| {
            tx.query(
                "select id, language, title, body from timeline_item
                 where id > $1 and hidden_at is null and restricted is null order by id limit $2",
                &params![from, STEP],
            )
        })?;
        let Some(last) = rows.last() else { break };
        after = last.get(0)?;
        let texts = rows.iter().map(Text::read).collect::<Result<Vec<_>, _>>()?;
        let words: Vec<_> = texts
            .into_iter()
            .map(|text| (text.prepare(analysers), text))
            .collect();
        done += words.len() as u64;
        store.write_bulk(move |tx| {
            words
                .iter()
                .try_for_each(|(words, text)| text.reindex(tx, words))
        })?;
        progress(done);
    }
    let (label, now) = (analysers.label(), store.clock().now());
    store.write_bulk(move |tx| settings::set(tx, INDEX_MADE_WITH, &label, now))?;
    Ok(done)
}

/// The text of an item as it was when it was read.
struct Text {
    id: [u8; 16],
    language: Language,
    title: String,
    body: String,
}

impl Text {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get(0)?,
            language: Language::from_code(&row.get::<String>(1)?).unwrap_or(Language::Fi),
            title: row.get(2)?,
            body: row.get(3)?,
        })
    }

    fn prepare(&self, analysers: &Analysers) -> Prepared {
        Prepared::new(analysers, self.language, &self.title, &self.body)
    }

    /// Puts the words, unless the item was changed or hidden meanwhile: then its own act has put them.
    fn reindex(&self, tx: &mut WriteTx<'_>, words: &Prepared) -> Result<(), StoreError> {
        let unchanged = tx.query_optional(
            "select 1 from timeline_item where id = $1 and hidden_at is null and restricted is null
             and title = $2 and body = $3",
            &params![self.id, &self.title, &self.body],
        )?;
        match unchanged {
            Some(_) => search::put(tx, self.id, words.0.iter().map(String::as_str)),
            None => Ok(()),
        }
    }
}
