//! Who needs special support: the judgement in force, its history, its review. The client's page shows the tag that is
//! told to the room of clients in the same transaction; the judgement itself is here and nowhere else.

use std::collections::HashMap;

use clients::store::details;
use clients::{ClientId, Reader};
use identity::people::StaffId;
use kernel::time::{Date, Timestamp, day, from_millis, millis};
use store::{Query, Row, StoreError, WriteTx, params, places};

use crate::domain::special_support::{
    DecidesWho, Judgement, JudgementFault, SupportGround, answers_for,
};
use crate::domain::{MatterError, MatterId, RowId};
use crate::store::facts::Facts;
use crate::store::{By, Casework, log, unreadable};

/// A judgement that is or was in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialSupport {
    pub id: RowId,
    pub client: ClientId,
    pub matter: MatterId,
    pub judgement: Judgement,
    pub assessed_by: StaffId,
    pub assessor: String,
    pub ended: Option<Ended>,
}

/// How a judgement ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub at: Timestamp,
    /// False when a new judgement took its place.
    pub over: bool,
    pub words: String,
}

/// Why a judgement is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum SupportError {
    #[error(transparent)]
    Matter(#[from] MatterError),
    #[error(transparent)]
    Fault(#[from] JudgementFault),
    /// There is none in force, or another worker has recorded a newer one.
    #[error("the judgement has changed")]
    Changed,
}

impl From<StoreError> for SupportError {
    fn from(error: StoreError) -> Self {
        Self::Matter(error.into())
    }
}

/// Clients of the person `$1` by a relation that is in force at `$3`, one kind at a time as the index has them.
const OWN: &str = "select r.client_id from relation r where r.staff_id = $1 and r.began_at <= $3 and coalesce(r.ends_at, 9007199254740991) > $3";

const COLUMNS: &str = "select p.id, p.client_id, p.matter_id, p.grounds, p.words, p.decides, p.decides_words, p.assessed_on, p.assessed_by, s.name, p.review_on, p.ended_at, p.end_code, p.end_words from special_support p join staff s on s.id = p.assessed_by";

fn from_row(row: &Row) -> Result<SpecialSupport, StoreError> {
    let date = |index: usize| -> Result<Date, StoreError> {
        row.get::<String>(index)?.parse().map_err(|_| unreadable())
    };
    let grounds = row
        .get::<String>(3)?
        .split_whitespace()
        .map(|code| SupportGround::from_code(code).ok_or_else(unreadable))
        .collect::<Result<_, _>>()?;
    let ended = match row.get::<Option<i64>>(11)? {
        None => None,
        Some(at) => Some(Ended {
            at: from_millis(at),
            over: row.get::<Option<String>>(12)?.as_deref() == Some("over"),
            words: row.get::<Option<String>>(13)?.unwrap_or_default(),
        }),
    };
    Ok(SpecialSupport {
        id: RowId::from_bytes(row.get(0)?),
        client: ClientId::from_bytes(row.get(1)?),
        matter: MatterId::from_bytes(row.get(2)?),
        judgement: Judgement {
            grounds,
            words: row.get(4)?,
            decides: DecidesWho::from_code(&row.get::<String>(5)?).ok_or_else(unreadable)?,
            decides_words: row.get(6)?,
            assessed_on: date(7)?,
            review_on: date(10)?,
        },
        assessed_by: StaffId::from_bytes(row.get(8)?),
        assessor: row.get(9)?,
        ended,
    })
}

/// The judgement in force of a client at a moment; `None` when she needs no special support.
///
/// # Errors
/// When the engine fails.
pub fn of(
    query: &mut impl Query,
    client: ClientId,
    now: Timestamp,
) -> Result<Option<SpecialSupport>, StoreError> {
    Ok(of_many(query, &[client], now)?.remove(&client))
}

/// The judgements in force of several clients, in one statement.
///
/// # Errors
/// When the engine fails.
pub fn of_many(
    query: &mut impl Query,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<HashMap<ClientId, SpecialSupport>, StoreError> {
    if clients.is_empty() {
        return Ok(HashMap::new());
    }
    let list = places(clients.len(), 1);
    let mut values = params![millis(now)];
    values.extend(clients.iter().map(|client| client.bytes().into()));
    query
        .query(
            &format!("{COLUMNS} where p.recorded_at <= $1 and (p.ended_at is null or p.ended_at > $1) and p.client_id in ({list})"),
            &values,
        )?
        .iter()
        .map(|row| from_row(row).map(|one| (one.client, one)))
        .collect()
}

/// Every judgement of a client, newest first.
///
/// # Errors
/// When the engine fails.
pub fn history(
    query: &mut impl Query,
    client: ClientId,
) -> Result<Vec<SpecialSupport>, StoreError> {
    query
        .query(
            &format!("{COLUMNS} where p.client_id = $1 order by p.recorded_at desc, p.id desc"),
            &params![client.bytes()],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// Judgements in force whose review falls on the day or before, of clients whose own worker the person is or for whom she
/// holds an open matter: nearest first.
///
/// # Errors
/// When the engine fails.
pub fn reviews_of(
    query: &mut impl Query,
    staff: StaffId,
    until: Date,
    now: Timestamp,
) -> Result<Vec<SpecialSupport>, StoreError> {
    query
        .query(
            &format!("{COLUMNS} where p.review_on <= $2 and p.id in (select h.id from ({OWN} and r.kind = 'own_worker' union {OWN} and r.kind = 'matter_holder') o cross join special_support h where h.client_id = o.client_id and h.ended_at is null) order by p.review_on, p.id limit 100"),
            &params![staff.bytes(), until.to_string(), millis(now)],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// The condition of SHL 36 § 5 for a reader over these clients: it holds when nobody of them needs special support, or
/// the reader is a social worker in public office. For [`Facts::with_given`].
///
/// # Errors
/// When the engine fails.
pub fn given_36(
    query: &mut impl Query,
    reader: &Reader,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<&'static [&'static str], StoreError> {
    let free = answers_for(reader) || of_many(query, clients, now)?.is_empty();
    Ok(if free { &["special_support_36"] } else { &[] })
}

/// The right to say whether a client needs special support: that of who answers for the client. A lead, who sees no
/// content, has none.
fn judging(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    client: ClientId,
) -> Result<By, MatterError> {
    let facts = Facts::load(tx, reader, matter, casework.now())?;
    let (acting, seen) = facts.right(reader, "client_relation", "edit_draft")?;
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    if !seen.content.contains(&client) {
        return Err(MatterError::NotFound);
    }
    Ok(By::Worker(acting))
}

/// Whether the reader may record a judgement of a client in a matter, over facts that have been read.
pub fn may_judge(facts: &Facts, reader: &Reader, client: ClientId) -> bool {
    facts.life.holder().is_some()
        && facts
            .right(reader, "client_relation", "edit_draft")
            .is_ok_and(|(_, seen)| seen.content.contains(&client))
}

/// Records a judgement; the one before ends. `based_on` is the judgement that the form showed as the one in force.
///
/// # Errors
/// [`SupportError::Fault`] for what is missing, [`SupportError::Changed`] when somebody was first, and the refusals of the
/// matter.
pub fn record(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    (matter, client): (MatterId, ClientId),
    judgement: &Judgement,
    based_on: Option<RowId>,
) -> Result<RowId, SupportError> {
    let now = casework.now();
    let by = judging(tx, casework, reader, matter, client)?;
    judgement.check(day(now))?;
    let current = of(tx, client, now)?;
    if current.as_ref().map(|one| one.id) != based_on {
        return Err(SupportError::Changed);
    }
    if let Some(current) = current {
        close(tx, reader, current.id, now, "renewed", "")?;
    }
    let id = RowId::new(&*casework.clock, &*casework.chance);
    let codes: Vec<&str> = judgement.grounds.iter().map(|one| one.code()).collect();
    tx.execute(
        "insert into special_support (id, client_id, matter_id, grounds, words, decides, decides_words, assessed_on, assessed_by, review_on, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9)",
        &params![
            id.bytes(),
            client.bytes(),
            matter.bytes(),
            codes.join(" "),
            judgement.words.trim(),
            judgement.decides.code(),
            judgement.decides_words.trim(),
            judgement.assessed_on.to_string(),
            reader.staff.bytes(),
            judgement.review_on.to_string(),
            millis(now)
        ],
    )?;
    let from = Some(judgement.assessed_on);
    details::tell(
        tx,
        &casework.clients,
        client,
        "special_support",
        from,
        reader.staff,
    )?;
    let content = format!("{}\n{}", judgement.words, judgement.decides_words);
    log(
        tx,
        &by,
        now,
        "client.special_support",
        &[client],
        &codes.join(" "),
        Some(&content),
    )?;
    Ok(id)
}

/// Records that the need of special support is over, with the reason in words.
///
/// # Errors
/// As [`record`]; [`JudgementFault::Words`] without a reason.
pub fn end(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    (matter, client): (MatterId, ClientId),
    based_on: RowId,
    words: &str,
) -> Result<(), SupportError> {
    let now = casework.now();
    let by = judging(tx, casework, reader, matter, client)?;
    if words.trim().is_empty() {
        return Err(JudgementFault::Words.into());
    }
    let current = of(tx, client, now)?;
    if current.map(|one| one.id) != Some(based_on) {
        return Err(SupportError::Changed);
    }
    close(tx, reader, based_on, now, "over", words.trim())?;
    details::tell(
        tx,
        &casework.clients,
        client,
        "special_support",
        None,
        reader.staff,
    )?;
    log(
        tx,
        &by,
        now,
        "client.special_support_end",
        &[client],
        "",
        Some(words),
    )?;
    Ok(())
}

fn close(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    row: RowId,
    now: Timestamp,
    code: &str,
    words: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "update special_support set ended_at = $2, ended_by = $3, end_code = $4, end_words = $5 where id = $1",
        &params![row.bytes(), millis(now), reader.staff.bytes(), code, words],
    )?;
    Ok(())
}
