//! One client's timeline, filtered.

use std::collections::BTreeSet;

use kernel::language::Language;
use kernel::time::{Timestamp, from_millis, millis};
use store::{Query, Row, StoreError, Value, params};

use crate::gate::{Gate, Granted};
use crate::timeline::openings::{self, Opening};
use crate::timeline::words::{self, Piece, Words};

/// Which items are wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter<'a> {
    /// A class of the rights table: `contact`, `matter`, `note`, ...
    pub class: Option<&'a str>,
    /// Only items of these objects.
    pub objects: Option<&'a [[u8; 16]]>,
    pub words: Option<&'a Words>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
    /// Items after this one in the order of the page, that is, older.
    pub after: Option<Cursor>,
    pub limit: usize,
}

/// A place in the timeline: the last item of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: [u8; 16],
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-", millis(self.at))?;
        self.id.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.rsplit_once('-').ok_or(())?;
        if id.len() != 32 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(());
        }
        let number = u128::from_str_radix(id, 16).map_err(|_| ())?;
        let at: i64 = at.parse().map_err(|_| ())?;
        // Moments beyond these are no moments of the calendar.
        if at.abs() > 250_000_000_000_000 {
            return Err(());
        }
        Ok(Self {
            at: from_millis(at),
            id: number.to_be_bytes(),
        })
    }
}

/// An item as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: [u8; 16],
    pub at: Timestamp,
    pub class: String,
    pub kind: String,
    /// What it tells of: a contact, a matter, the client.
    pub object: [u8; 16],
    pub title: Vec<Piece>,
    /// Part of the text; empty where the right shows titles only.
    pub body: Vec<Piece>,
    pub author: Option<String>,
    pub href: String,
    /// The row of the rights table that opened it.
    pub granted: Granted,
}

/// A page of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    pub items: Vec<Shown>,
    /// With words: how many items were met on all pages.
    pub met: Option<u64>,
    /// Where the next page begins, when there is one.
    pub more: Option<Cursor>,
    /// Classes of which the reader may see something, for the filter.
    pub classes: Vec<String>,
}

impl Timeline {
    /// The rows by which the items were opened, each once: for the log.
    pub fn rights(&self) -> Vec<Granted> {
        let mut rights: Vec<Granted> = Vec::new();
        for item in &self.items {
            if !rights.contains(&item.granted) {
                rights.push(item.granted);
            }
        }
        rights
    }
}

/// A page of the timeline of the gate's client. Two statements, and a third to count what was met; the
/// caller logs the reading.
///
/// # Errors
/// When the engine fails.
pub fn list(
    tx: &mut impl Query,
    gate: &Gate,
    filter: &Filter<'_>,
    now: Timestamp,
) -> Result<Timeline, StoreError> {
    let openings = openings::of_client(tx, gate, now)?;
    let classes: BTreeSet<&str> = openings.iter().map(|own| own.class.as_str()).collect();
    let wanted: Vec<&Opening> = openings
        .iter()
        .filter(|own| filter.class.is_none_or(|class| own.class == class))
        .filter(|own| filter.words.is_none() || !own.view.title_only)
        .collect();
    let mut timeline = Timeline {
        items: Vec::new(),
        met: filter.words.map(|_| 0),
        more: None,
        classes: classes.into_iter().map(str::to_owned).collect(),
    };
    if wanted.is_empty() {
        return Ok(timeline);
    }
    let mut values = Vec::new();
    let condition = condition(tx, gate, filter, &wanted, &mut values);
    if filter.words.is_some() {
        let sql = format!("select count(*) from timeline_item i where {condition}");
        timeline.met = Some(tx.query_one(&sql, &values)?.get(0)?);
    }
    let rows = page(tx, &condition, filter, values)?;
    let more = rows.len() > filter.limit;
    for row in rows.iter().take(filter.limit) {
        timeline.items.extend(shown(row, &wanted, filter.words)?);
    }
    timeline.more = rows
        .get(filter.limit.saturating_sub(1))
        .filter(|_| more)
        .map(|row| {
            Ok::<_, StoreError>(Cursor {
                at: row.get(1)?,
                id: row.get(0)?,
            })
        })
        .transpose()?;
    Ok(timeline)
}

/// Everything but the place of the page.
fn condition(
    tx: &mut impl Query,
    gate: &Gate,
    filter: &Filter<'_>,
    wanted: &[&Opening],
    values: &mut Vec<Value>,
) -> String {
    values.push(gate.client().bytes().into());
    let mut condition =
        "i.client_id = $1 and i.hidden_at is null and i.restricted is null".to_owned();
    let opened = openings::condition(wanted, gate.reader().staff.bytes(), values);
    condition.push_str(&format!(" and {opened}"));
    // What came after the reader's part in the work ended is new, and is not shown.
    let seen_until = gate.seen_until().map(|moment| ("<=", moment));
    let from = filter.from.map(|moment| (">=", moment));
    let to = filter.to.map(|moment| ("<", moment));
    for (sign, moment) in [seen_until, from, to].into_iter().flatten() {
        values.push(moment.into());
        condition.push_str(&format!(" and i.at {sign} ${}", values.len()));
    }
    if let Some(objects) = filter.objects {
        let places: Vec<String> = objects
            .iter()
            .map(|object| {
                values.push((*object).into());
                format!("${}", values.len())
            })
            .collect();
        condition.push_str(&match places.is_empty() {
            true => " and 1 = 0".to_owned(),
            false => format!(" and i.object_id in ({})", places.join(", ")),
        });
    }
    if let Some(words) = filter.words {
        let met = words.question().condition_each(tx, "i.id", values);
        condition.push_str(&format!(" and {met}"));
    }
    condition
}

fn page(
    tx: &mut impl Query,
    condition: &str,
    filter: &Filter<'_>,
    mut values: Vec<Value>,
) -> Result<Vec<Row>, StoreError> {
    let mut after = String::new();
    if let Some(cursor) = filter.after {
        values.push(cursor.at.into());
        let at = values.len();
        values.push(cursor.id.into());
        after = format!(
            " and (i.at < ${at} or (i.at = ${at} and i.id > ${}))",
            at + 1
        );
    }
    values.extend(params![filter.limit as i64 + 1]);
    let sql = format!(
        "select i.id, i.at, i.class, i.service_task, i.object_id, i.kind, i.language, i.title, i.body,
            i.href, s.name
         from timeline_item i left join staff s on s.id = i.author
         where {condition}{after} order by i.at desc, i.id limit ${}",
        values.len()
    );
    tx.query(&sql, &values)
}

/// An item as its opening shows it.
fn shown(
    row: &Row,
    openings: &[&Opening],
    words: Option<&Words>,
) -> Result<Option<Shown>, StoreError> {
    let (class, task): (String, String) = (row.get(2)?, row.get(3)?);
    let object = row.get(4)?;
    let Some(opening) = openings.iter().find(|own| own.opens(&class, &task, object)) else {
        return Ok(None);
    };
    let language = Language::from_code(&row.get::<String>(6)?).unwrap_or(Language::Fi);
    let body = match opening.view.title_only {
        true => Vec::new(),
        false => words::excerpt(words, language, &row.get::<String>(8)?),
    };
    Ok(Some(Shown {
        id: row.get(0)?,
        at: row.get(1)?,
        class,
        object,
        kind: row.get(5)?,
        title: words::marked(words, language, &row.get::<String>(7)?),
        body,
        author: row.get(10)?,
        href: row.get(9)?,
        granted: opening.granted,
    }))
}
