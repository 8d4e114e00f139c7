//! Advice (ohjaus ja neuvonta, SHL 6 §): three fields, with or without a name.

use kernel::time::{Timestamp, from_millis, millis};
use store::{Show, StoreError, WriteTx, params};

use access::log::LogEntry;

use crate::domain::{Door, IntakeError, RowId, Theme};
use crate::store::facts::{WRITTEN, authorise};
use crate::store::{By, Desk, Worker};

/// Advice to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAdvice {
    pub door: Door,
    pub person: Option<String>,
    pub asked: String,
    pub advised: String,
    pub next: String,
    pub theme: Option<Theme>,
}

/// Recorded advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub at: Timestamp,
    pub person: Option<String>,
    pub asked: String,
    pub advised: String,
    pub next: String,
}

/// Records advice.
///
/// # Errors
/// [`IntakeError::NotFound`] without a right.
pub fn add(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    new: &NewAdvice,
) -> Result<(), IntakeError> {
    let now = desk.now();
    let by = By::Worker(authorise(worker, "advice", "create", &[], WRITTEN, now)?);
    let id = RowId::new(&*desk.clock, &*desk.chance);
    tx.execute(
        "insert into advice (id, at, staff_id, unit_id, door, person, asked, advised, next, theme) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            id.bytes(),
            millis(now),
            worker.staff.bytes(),
            worker.unit.bytes(),
            new.door.code(),
            new.person.clone(),
            new.asked.as_str(),
            new.advised.as_str(),
            new.next.as_str(),
            new.theme.map(|theme| theme.code())
        ],
    )?;
    let text = format!("{}\n{}\n{}", new.asked, new.advised, new.next);
    tx.log(LogEntry {
        subjects: vec![id.bytes()],
        digest: Some(*blake3::hash(text.as_bytes()).as_bytes()),
        ..by.entry(now, "advice.create")
    })?;
    Ok(())
}

/// The worker's own latest advice, newest first; the reading is logged.
///
/// # Errors
/// [`IntakeError::NotFound`] without a right.
pub fn list_own(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
) -> Result<Vec<Advice>, IntakeError> {
    let now = desk.now();
    let by = By::Worker(authorise(worker, "advice", "read", &[], WRITTEN, now)?);
    let rows = tx.query(
        "select id, at, person, asked, advised, next from advice where staff_id = $1 order by at desc, id desc limit 20",
        &params![worker.staff.bytes()],
    )?;
    let advice = rows
        .iter()
        .map(|row| {
            Ok(Advice {
                at: from_millis(row.get(1)?),
                person: row.get(2)?,
                asked: row.get(3)?,
                advised: row.get(4)?,
                next: row.get(5)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let subjects = rows
        .iter()
        .map(|row| row.get(0))
        .collect::<Result<Vec<_>, StoreError>>()?;
    tx.log(LogEntry {
        subjects,
        ..by.entry(now, "advice.list")
    })?;
    Ok(advice)
}
