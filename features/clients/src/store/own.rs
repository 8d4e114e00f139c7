//! The clients in whose work one takes part, by name: the same number of statements however many there are, and never
//! a row that the gate refuses.
//!
//! First what is closed to the reader, few rows; then a page of each way of being related, all at once. Each is in the
//! order of the list, so their beginnings hold the beginning of the whole.

use std::borrow::Cow;
use std::sync::LazyLock;

use access::rights::RightsTable;
use kernel::time::{Date, Timestamp, day, from_millis, millis};
use store::{Ask, Query, Row, Show, StoreError, Value, params};

use super::arms::{Arms, quoted};
use crate::domain::{ClientId, Reader};
use crate::gate::{self, COLLEAGUE_PASSES, Granted, Shown, facts};
use crate::relations;
use crate::visibility;

/// Rows of one page.
pub const PAGE_SIZE: usize = 50;

/// What the list is narrowed to. Empty fields ask nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Beginnings of any parts of any name.
    pub name: String,
    pub birth: Option<Date>,
    pub phone: String,
    /// The last row of the page before.
    pub after: Option<Cursor>,
    /// Nobody asks how many there are in all: counting looks at every one of them.
    pub uncounted: bool,
}

/// A place in the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cursor {
    pub sort_key: String,
    pub id: [u8; 16],
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: ClientId,
    pub name: String,
    pub birth: Option<Date>,
    /// The relation by which the reader sees the client, the closest of them.
    pub why: &'static str,
    pub since: Option<Timestamp>,
    pub cursor: Cursor,
}

/// A page of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Listed>,
    /// How many there are without the cursor; 0 when nobody asked.
    pub count: i64,
    pub more: bool,
}

/// Lists one's own clients and says in the log whose names were shown.
///
/// # Errors
/// When the engine fails.
pub fn list(
    tx: &mut impl Show,
    reader: &Reader,
    filter: &Filter,
    now: Timestamp,
) -> Result<Page, StoreError> {
    let closed = ask(reader, now);
    let closed = tx.query(&closed.sql, &closed.params)?;
    list_of(tx, reader, filter, &closed, now)
}

/// As [`list`], with the rows of [`ask`].
///
/// # Errors
/// When the engine fails.
pub fn list_of(
    tx: &mut impl Show,
    reader: &Reader,
    filter: &Filter,
    closed: &[Row],
    now: Timestamp,
) -> Result<Page, StoreError> {
    let page = page(tx, reader, filter, &Closed::of(closed)?, now)?;
    let kinds: Vec<&str> = page.rows.iter().map(|row| row.why).collect();
    let granted = RightsTable::built_in()
        .granting(
            &reader.subject,
            "client_basics",
            "see_basics",
            "working_age",
            day(now),
        )
        .find(|row| kinds.first().is_none_or(|kind| row.relation == *kind))
        .map(Granted::from);
    if let Some(granted) = granted {
        let shown = Shown {
            event: "client.list",
            clients: page.rows.iter().map(|row| row.id).collect(),
            detail: Cow::Owned(format!("count={}", page.rows.len())),
            content: None,
        };
        gate::log(tx, reader, &granted, now, &shown)?;
    }
    Ok(page)
}

/// Reads a page. The caller writes the log entry.
///
/// # Errors
/// When the engine fails.
pub fn read(
    tx: &mut impl Query,
    reader: &Reader,
    filter: &Filter,
    now: Timestamp,
) -> Result<Page, StoreError> {
    let closed = ask(reader, now);
    let closed = tx.query(&closed.sql, &closed.params)?;
    page(tx, reader, filter, &Closed::of(&closed)?, now)
}

fn page(
    tx: &mut impl Query,
    reader: &Reader,
    filter: &Filter,
    closed: &Closed,
    now: Timestamp,
) -> Result<Page, StoreError> {
    let kinds = visibility::kinds(&reader.subject, "client_basics", "see_basics", day(now));
    // A text without a letter names nobody, and must not list everybody.
    let nameless = !filter.name.trim().is_empty() && text::names::question(&filter.name).is_empty();
    // Away for long: the substitute holds the relations (bar B06).
    if kinds.is_empty() || nameless || closed.long_away {
        return Ok(Page::default());
    }
    let arms = Arms::of(reader, closed, filter, &kinds, now);
    let mut answers = tx.query_all(&arms.asks())?;
    let count = match filter.uncounted {
        true => 0,
        false => match answers.pop().unwrap_or_default().first() {
            Some(row) => row.get(0)?,
            None => 0,
        },
    };
    let mut rows = merged(&answers)?;
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    Ok(Page { rows, count, more })
}

/// What is closed to the reader whatever the relation. Few rows, read first: the engines then need not guess
/// how many they are.
#[derive(Default)]
pub(super) struct Closed {
    /// Oneself and relatives (B01, B02), and colleagues (B03) in whose work one has no part that passes the bar.
    pub clients: Vec<Value>,
    /// Restricted units that are not the reader's (B08).
    pub units: Vec<Value>,
    long_away: bool,
}

/// The statement that tells what is closed to the reader.
pub fn ask(reader: &Reader, now: Timestamp) -> Ask {
    static CLOSED: LazyLock<String> = LazyLock::new(|| {
        format!(
            "select k.bar, k.client_id, '', '' from kin_bar k where k.staff_id = $1 and k.begins_on <= $3 and k.ends_on >= $3
                and (k.bar <> 'B03' or not exists (select 1 from relation p where p.client_id = k.client_id and p.staff_id = $1 and p.kind in ({}) and p.began_at <= $2 and (p.ends_at is null or p.ends_at > $2)))
            union all select 'unit', b.unit_id, '', '' from bar b where b.unit_id is not null and b.client_id is null and b.began_at <= $2 and (b.ends_at is null or b.ends_at > $2)
                and not exists (select 1 from staff s where s.id = $1 and s.unit_id = b.unit_id) and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = $1)
            union all select 'away', a.staff_id, a.begins_on, a.ends_on from absence a where a.staff_id = $1 and a.begins_on <= $3 and a.ends_on >= $3",
            quoted(&COLLEAGUE_PASSES)
        )
    });
    Ask::new(
        CLOSED.as_str(),
        params![reader.staff.bytes(), millis(now), day(now).to_string()],
    )
}

impl Closed {
    fn of(rows: &[Row]) -> Result<Self, StoreError> {
        let mut closed = Self::default();
        for row in rows {
            let id: Value = row.get(1)?;
            match row.text(0)? {
                "unit" => closed.units.push(id),
                "away" => closed.long_away |= facts::is_long(row.get(2)?, row.get(3)?),
                _ => closed.clients.push(id),
            }
        }
        Ok(closed)
    }
}

/// The rows of all ways of being related in the order of the list, each client once: with the closest relation, and
/// the moment of the first.
fn merged(answers: &[Vec<Row>]) -> Result<Vec<Listed>, StoreError> {
    let mut found = Vec::new();
    for row in answers.iter().flatten() {
        let why = row.text(4)?;
        let place = why.as_bytes().first().copied().unwrap_or(b'9');
        found.push(((row.text(3)?, row.bytes(0)?), place, listed(row)?));
    }
    let ways = answers.iter().filter(|rows| !rows.is_empty()).count();
    if ways > 1 {
        found.sort_by(|(a, near, one), (b, far, other)| {
            a.cmp(b).then(near.cmp(far)).then(one.why.cmp(other.why))
        });
        found.dedup_by(|(next, _, again), (kept, _, first)| {
            let same = next == kept;
            if same {
                first.since = first.since.min(again.since);
            }
            same
        });
    }
    Ok(found.into_iter().map(|(_, _, row)| row).collect())
}

fn listed(row: &Row) -> Result<Listed, StoreError> {
    let kind = row.text(4)?.get(1..).and_then(relations::kind);
    let id: [u8; 16] = row.get(0)?;
    Ok(Listed {
        id: ClientId::from_bytes(id),
        name: row.get(1)?,
        birth: row.get(2)?,
        why: kind.ok_or_else(|| StoreError::Decode("a relation of another version".to_owned()))?,
        since: Some(row.get::<i64>(5)?)
            .filter(|since| *since > 0)
            .map(from_millis),
        cursor: Cursor {
            sort_key: row.get(3)?,
            id,
        },
    })
}
