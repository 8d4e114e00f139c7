//! What waits to be sent to other counties: on paper or by a secure way of the worker's own, told here when it has left;
//! by itself when the other county is served by the same house.

use clients::Reader;
use kernel::time::{SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, Row, Show, StoreError, WriteTx, params};

use crate::domain::transfer::{HowSent, Package};
use crate::domain::{MatterError, MatterId, NameCode};
use crate::store::facts::{Facts, Seen};
use crate::store::{Acting, By, Casework, add_event, list, log, unreadable};

/// Kind of the stored job that takes a package to another county of the house.
pub const DELIVER_JOB: &str = "county.deliver";
/// How long a package that has left is still listed.
const LISTED_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Rows of the list at most; those that wait come first.
const MOST: i64 = 200;

/// A package in the outbox, without what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub matter: MatterId,
    pub number: String,
    pub name_code: NameCode,
    pub name_text: Option<String>,
    pub county: String,
    pub receiver: String,
    pub made_at: Timestamp,
    pub made_by: String,
    pub printed_at: Option<Timestamp>,
    pub sent_at: Option<Timestamp>,
    pub sent_how: Option<HowSent>,
    pub sent_words: Option<String>,
    /// The reader may print it and say that it has left.
    pub opens: bool,
}

/// The right to print a package and to tell that it has left: of whoever answered for the matter, for the tail of the
/// relation, and only over every side, for a package holds everybody's part.
///
/// # Errors
/// [`MatterError::NotFound`] without a right.
pub fn right(
    facts: &Facts,
    casework: &Casework,
    reader: &Reader,
) -> Result<(Acting, Seen), MatterError> {
    let mut facts = facts.clone();
    let tail = SignedDuration::from_hours(24 * casework.settings.tail_days);
    let ended = facts.life.ended_at();
    let recent = ended.is_some_and(|at| casework.now().duration_since(at) <= tail);
    if recent && facts.holder().staff() == Some(reader.staff) {
        let object = ("matter", facts.id.bytes());
        for side in &mut facts.sides {
            side.add("former_holder", Some(object));
        }
    }
    let (acting, seen) = facts.right(reader, "matter", "print").map_err(|error| {
        match error {
            // A matter that has been sent has ended; that is no reason of its own here.
            MatterError::Ended => MatterError::NotFound,
            other => other,
        }
    })?;
    if seen.content.len() < facts.sides.len() || facts.sides.is_empty() {
        return Err(MatterError::NotFound);
    }
    Ok((acting, seen))
}

const COLUMNS: &str = "select o.matter_id, m.number, m.name_code, m.name_text, o.to_county, o.receiver, o.made_at, s.name, o.printed_at, o.sent_at, o.sent_how, o.sent_words from county_outbox o join matter m on m.id = o.matter_id join staff s on s.id = o.made_by";

fn waiting(row: &Row) -> Result<Waiting, StoreError> {
    let how: Option<String> = row.get(10)?;
    Ok(Waiting {
        matter: MatterId::from_bytes(row.get(0)?),
        number: row.get(1)?,
        name_code: NameCode::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
        name_text: row.get(3)?,
        county: row.get(4)?,
        receiver: row.get(5)?,
        made_at: from_millis(row.get(6)?),
        made_by: row.get(7)?,
        printed_at: row.get::<Option<i64>>(8)?.map(from_millis),
        sent_at: row.get::<Option<i64>>(9)?.map(from_millis),
        sent_how: how.as_deref().and_then(HowSent::from_code),
        sent_words: row.get(11)?,
        opens: false,
    })
}

/// Packages of matters that the reader answered for, or of a unit that the reader leads: those that wait, oldest first,
/// then those that left lately. A lead sees number, county and state, not what is in it.
///
/// # Errors
/// [`MatterError::NotFound`] for a reader whose tasks have no matters.
pub fn list(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
) -> Result<Vec<Waiting>, MatterError> {
    let now = casework.now();
    let acting = list::may_list(reader, now)?;
    let rows = tx.query(
        &format!("{COLUMNS} where (o.made_by = $1 or m.holder_staff = $1 or exists (select 1 from unit_leader l where l.unit_id = m.holder_unit and l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2)) and (o.sent_at is null or o.sent_at >= $3) order by case when o.sent_at is null then 0 else 1 end, o.made_at, o.id limit {MOST}"),
        &params![
            reader.staff.bytes(),
            day(now).to_string(),
            millis(now - LISTED_FOR)
        ],
    )?;
    let mut found = rows.iter().map(waiting).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<MatterId> = found.iter().map(|one| one.matter).collect();
    let mut shown = Vec::new();
    let mut titles = Vec::new();
    for facts in Facts::load_many(tx, reader, &ids, now)? {
        let opens = right(&facts, casework, reader).is_ok();
        if opens || facts.reading(reader).is_ok() {
            titles.extend(facts.clients());
            shown.push((facts.id, opens));
        }
    }
    found.retain_mut(|one| {
        let seen = shown.iter().find(|(id, _)| *id == one.matter);
        one.opens = seen.is_some_and(|(_, opens)| *opens);
        seen.is_some()
    });
    titles.sort_unstable();
    titles.dedup();
    let by = By::Worker(acting);
    log(tx, &by, now, "matter.outbox", &titles, "", None)?;
    Ok(found)
}

/// One package of a matter, for the page on which it is printed and told to have left.
///
/// # Errors
/// [`MatterError::NotFound`] without the right to print it, or when the matter was not transferred.
pub fn read(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
) -> Result<Waiting, MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let (acting, _) = right(&facts, casework, reader)?;
    let mut found = one(tx, matter)?;
    found.opens = true;
    let by = By::Worker(acting);
    log(tx, &by, now, "matter.outbox", &facts.clients(), "", None)?;
    Ok(found)
}

fn one(query: &mut impl Query, matter: MatterId) -> Result<Waiting, MatterError> {
    let row = query
        .query_optional(
            &format!("{COLUMNS} where o.matter_id = $1"),
            &params![matter.bytes()],
        )?
        .ok_or(MatterError::NotFound)?;
    Ok(waiting(&row)?)
}

/// Opens a package for printing; the log tells the reason that was given for it (703/2023 10 §).
///
/// # Errors
/// As [`read`].
pub fn print(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    reason: &str,
) -> Result<Package, MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let (acting, _) = right(&facts, casework, reader)?;
    let row = tx
        .query_optional(
            "select package from county_outbox where matter_id = $1",
            &params![matter.bytes()],
        )?
        .ok_or(MatterError::NotFound)?;
    let package = serde_json::from_str(&row.get::<String>(0)?).map_err(|_| unreadable())?;
    tx.execute(
        "update county_outbox set printed_at = $2, printed_by = $3 where matter_id = $1",
        &params![matter.bytes(), millis(now), reader.staff.bytes()],
    )?;
    let by = By::Worker(acting);
    log(
        tx,
        &by,
        now,
        "matter.transfer_print",
        &facts.clients(),
        reason,
        None,
    )?;
    Ok(package)
}

/// Tells that a package has left.
///
/// # Errors
/// As [`read`]; [`MatterError::Sent`] when it had left already.
pub fn mark_sent(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    how: HowSent,
    words: Option<&str>,
) -> Result<(), MatterError> {
    let facts = Facts::load(tx, reader, matter, casework.now())?;
    let (acting, _) = right(&facts, casework, reader)?;
    if one(tx, matter)?.sent_at.is_some() {
        return Err(MatterError::Sent);
    }
    left(
        tx,
        casework,
        &facts.clients(),
        matter,
        how,
        words,
        &By::Worker(acting),
    )
}

fn left(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    clients: &[clients::ClientId],
    matter: MatterId,
    how: HowSent,
    words: Option<&str>,
    by: &By,
) -> Result<(), MatterError> {
    let now = casework.now();
    tx.execute(
        "update county_outbox set sent_at = $2, sent_how = $3, sent_words = $4, sent_by = $5 where matter_id = $1",
        &params![
            matter.bytes(),
            millis(now),
            how.code(),
            words,
            by.staff().map(|staff| staff.bytes())
        ],
    )?;
    add_event(tx, casework, by, matter, None, "sent", how.code())?;
    log(
        tx,
        by,
        now,
        "matter.transfer_sent",
        clients,
        how.code(),
        words,
    )?;
    Ok(())
}

/// A package on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The same for the same package: whoever receives it twice knows it.
    pub id: [u8; 16],
    pub county: String,
    pub package: Package,
    /// As it was written, and its digest.
    pub text: String,
    pub digest: [u8; 32],
}

/// The package of a matter, while it has not left.
///
/// # Errors
/// When the package cannot be read, or is not what was written.
pub fn parcel(query: &mut impl Query, matter: MatterId) -> Result<Option<Parcel>, MatterError> {
    let row = query.query_optional(
        "select id, to_county, package, digest from county_outbox where matter_id = $1 and sent_at is null",
        &params![matter.bytes()],
    )?;
    let Some(row) = row else { return Ok(None) };
    let (text, digest): (String, [u8; 32]) = (row.get(2)?, row.get(3)?);
    if blake3::hash(text.as_bytes()) != digest {
        return Err(unreadable().into());
    }
    Ok(Some(Parcel {
        id: row.get(0)?,
        county: row.get(1)?,
        package: serde_json::from_str(&text).map_err(|_| unreadable())?,
        text,
        digest,
    }))
}

/// Tells that another county of the house has received the package. Nothing when that was told already.
///
/// # Errors
/// When the engine fails.
pub fn delivered(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    matter: MatterId,
) -> Result<(), MatterError> {
    if one(tx, matter)?.sent_at.is_some() {
        return Ok(());
    }
    let clients: Vec<clients::ClientId> = tx
        .query(
            "select client_id from matter_client where matter_id = $1 and left_at is null order by joined_at, id",
            &params![matter.bytes()],
        )?
        .iter()
        .map(|row| row.get(0).map(clients::ClientId::from_bytes))
        .collect::<Result<_, _>>()?;
    left(
        tx,
        casework,
        &clients,
        matter,
        HowSent::SameHouse,
        None,
        &By::Delivery,
    )
}
