//! Observations come in: into the box at once, out of it in a shuffled batch.

use std::collections::BTreeMap;

use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::time::Date;
use store::{Query, StoreError, Value, WriteTx, params, places};

use super::{observation_id, random_id, unreadable};
use crate::domain::{ActionState, Boxed, ObservationState, ResponseKind, Written};

/// The batch goes out when so many wait, or when any has waited over a night: one alone tells whose it is by its day only.
pub const BATCH: usize = 5;

/// Random names that stand for a writer and for her unit where numbers are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Source {
    pub writer: Option<[u8; 16]>,
    pub unit: Option<[u8; 16]>,
}

/// Puts an observation into the box. It is confirmed when this is committed; nothing is logged, because a log entry would
/// tell who wrote and when (I11).
///
/// `receipt` is the digest of the code that the writer was given. The same code again changes nothing: a form that was sent
/// twice is one observation.
///
/// # Errors
/// When the engine fails.
pub fn put(
    tx: &mut WriteTx<'_>,
    chance: &dyn Chance,
    written: &Written,
    receipt: [u8; 32],
    source: Source,
    today: Date,
) -> Result<(), StoreError> {
    let known = tx.query_optional(
        "select 1 from observation where receipt = $1 union all select 1 from observation_box where receipt = $1",
        &params![receipt.to_vec()],
    )?;
    if known.is_some() {
        return Ok(());
    }
    let fields = serde_json::to_string(&written.boxed())
        .map_err(|error| StoreError::Config(error.to_string()))?;
    tx.execute(
        "insert into observation_box (id, receipt, written_on, fields, source, unit_id) values ($1, $2, $3, $4, $5, $6)",
        &params![
            observation_id(chance).bytes(),
            receipt.to_vec(),
            today.to_string(),
            fields,
            source.writer,
            source.unit
        ],
    )?;
    Ok(())
}

/// Empties the box in a random order when [`BATCH`] wait or any is of an earlier day; gives how many came out.
///
/// # Errors
/// When the engine fails.
pub fn empty_box(
    tx: &mut WriteTx<'_>,
    chance: &dyn Chance,
    today: Date,
) -> Result<usize, StoreError> {
    let mut rows = tx.query(
        "select id, receipt, written_on, fields, source, unit_id from observation_box order by id",
        &[],
    )?;
    let today = today.to_string();
    let mut old = false;
    for row in &rows {
        old |= row.get::<String>(2)? < today;
    }
    if rows.is_empty() || (rows.len() < BATCH && !old) {
        return Ok(0);
    }
    for at in (1..rows.len()).rev() {
        let other = usize::try_from(chance.below(at as u64 + 1)).unwrap_or(0);
        rows.swap(at, other);
    }
    for row in &rows {
        take_in(tx, row)?;
    }
    tx.execute("delete from observation_box", &[])?;
    Ok(rows.len())
}

fn take_in(tx: &mut WriteTx<'_>, row: &store::Row) -> Result<(), StoreError> {
    let id: [u8; 16] = row.get(0)?;
    let fields: String = row.get(3)?;
    let boxed: Boxed = serde_json::from_str(&fields).map_err(|_| unreadable())?;
    let (level, area) = match &boxed.municipality {
        Some(code) => ("municipality", code.as_str()),
        None => ("county", ""),
    };
    tx.execute(
        "insert into observation (id, receipt, written_on, reporter_kind, language, valence, body, area_level, area, frequency, people, cause, proposal, wished, state, source, unit_id, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'sent', $15, $16, 1)",
        &params![
            id,
            row.get::<Vec<u8>>(1)?,
            row.get::<String>(2)?,
            boxed.kind.as_str(),
            boxed.language.as_str(),
            boxed.valence.as_str(),
            boxed.body.as_str(),
            level,
            area,
            boxed.frequency.as_str(),
            boxed.people.as_str(),
            boxed.cause.as_str(),
            boxed.proposal.as_str(),
            boxed.wished.as_str(),
            row.get::<Option<[u8; 16]>>(4)?,
            row.get::<Option<[u8; 16]>>(5)?
        ],
    )?;
    for theme in &boxed.themes {
        tx.execute(
            "insert into observation_theme (observation_id, theme) values ($1, $2)",
            &params![id, theme.as_str()],
        )?;
    }
    for need in &boxed.needs {
        tx.execute(
            "insert into observation_need (observation_id, need) values ($1, $2)",
            &params![id, need.as_str()],
        )?;
    }
    Ok(())
}

/// What a writer is told of her observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub written_on: Date,
    pub state: ObservationState,
    /// Why it was set aside.
    pub reason: Option<String>,
    /// The phenomenon it was grouped into.
    pub phenomenon: Option<String>,
    /// What was proposed, to whom, by when, and what was answered.
    pub proposals: Vec<Told>,
}

/// A proposal as a writer meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub words: String,
    pub recipient: String,
    pub due_on: Date,
    /// The newest answer with its reason.
    pub answer: Option<(ResponseKind, String)>,
    /// What has been done, and what came of it.
    pub actions: Vec<Done>,
}

/// An action as a writer meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub words: String,
    pub state: ActionState,
    /// What came of it; empty while nothing is known.
    pub effect: String,
}

/// What has come of the observation of a receipt.
///
/// # Errors
/// When the engine fails.
pub fn by_receipt(query: &mut impl Query, receipt: [u8; 32]) -> Result<Option<Step>, StoreError> {
    let receipt = receipt.to_vec();
    if let Some(row) = query.query_optional(
        "select written_on from observation_box where receipt = $1",
        &params![receipt.clone()],
    )? {
        return Ok(Some(Step {
            written_on: date(&row.get::<String>(0)?)?,
            state: ObservationState::Sent,
            reason: None,
            phenomenon: None,
            proposals: Vec::new(),
        }));
    }
    let row = query.query_optional(
        "select o.written_on, o.state, o.set_aside_reason, p.title, p.id from observation o left join phenomenon_observation g on g.observation_id = o.id left join phenomenon p on p.id = g.phenomenon_id where o.receipt = $1",
        &params![receipt],
    )?;
    let rows: Vec<store::Row> = row.into_iter().collect();
    let told = told_of(query, &rows)?;
    rows.first().map(|row| step(row, &told)).transpose()
}

/// What a row of the columns `written_on, state, set_aside_reason, title, phenomenon` tells.
fn step(row: &store::Row, told: &ToldOf) -> Result<Step, StoreError> {
    let phenomenon: Option<[u8; 16]> = row.get(4)?;
    Ok(Step {
        written_on: date(&row.get::<String>(0)?)?,
        state: ObservationState::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
        reason: row.get(2)?,
        phenomenon: row.get(3)?,
        proposals: phenomenon
            .and_then(|id| told.get(&id).cloned())
            .unwrap_or_default(),
    })
}

/// Sent proposals by the phenomenon they belong to.
type ToldOf = BTreeMap<[u8; 16], Vec<Told>>;

/// The sent proposals of the phenomena of these rows, asked for at once.
fn told_of(query: &mut impl Query, rows: &[store::Row]) -> Result<ToldOf, StoreError> {
    let mut phenomena = std::collections::BTreeSet::new();
    for row in rows {
        phenomena.extend(row.get::<Option<[u8; 16]>>(4)?);
    }
    let ids: Vec<Value> = phenomena.into_iter().map(Value::from).collect();
    let answers = query.query(
        &format!("select p.phenomenon_id, p.words, p.recipient, p.due_on, r.kind, r.reason, p.id from proposal p left join proposal_response r on r.id = (select l.id from proposal_response l where l.proposal_id = p.id order by l.received_on desc, l.id desc limit 1) where p.phenomenon_id in ({}) and p.state <> 'draft' order by p.due_on, p.id", places(ids.len(), 0)),
        &ids,
    )?;
    let done = query.query(
        &format!("select a.proposal_id, a.words, a.state, a.effect_words from response_action a join proposal p on p.id = a.proposal_id where p.phenomenon_id in ({}) order by a.ends_on, a.id", places(ids.len(), 0)),
        &ids,
    )?;
    let mut actions: BTreeMap<[u8; 16], Vec<Done>> = BTreeMap::new();
    for row in &done {
        actions.entry(row.get(0)?).or_default().push(Done {
            words: row.get(1)?,
            state: ActionState::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
            effect: row.get(3)?,
        });
    }
    let mut told = ToldOf::new();
    for row in &answers {
        let kind: Option<String> = row.get(4)?;
        let reason: Option<String> = row.get(5)?;
        let answer = match (kind, reason) {
            (Some(kind), Some(reason)) => Some((
                ResponseKind::from_code(&kind).ok_or_else(unreadable)?,
                reason,
            )),
            _ => None,
        };
        told.entry(row.get(0)?).or_default().push(Told {
            words: row.get(1)?,
            recipient: row.get(2)?,
            due_on: date(&row.get::<String>(3)?)?,
            answer,
            actions: actions.remove(&row.get::<[u8; 16]>(6)?).unwrap_or_default(),
        });
    }
    Ok(told)
}

/// The random name under which a member of staff reports when she wants the steps on her own page: the one she has, or a new one.
///
/// # Errors
/// When the engine fails.
pub fn writer(
    tx: &mut WriteTx<'_>,
    chance: &dyn Chance,
    staff: StaffId,
) -> Result<[u8; 16], StoreError> {
    let known = tx.query_optional(
        "select source from observation_writer where staff_id = $1",
        &params![staff.bytes()],
    )?;
    if let Some(row) = known {
        return row.get(0);
    }
    let source = random_id(chance);
    tx.execute(
        "insert into observation_writer (source, staff_id) values ($1, $2)",
        &params![source, staff.bytes()],
    )?;
    Ok(source)
}

/// A member of staff removes herself: from now on nothing ties what she wrote to her, and it cannot be undone.
///
/// # Errors
/// When the engine fails.
pub fn forget(tx: &mut WriteTx<'_>, staff: StaffId) -> Result<bool, StoreError> {
    let gone = tx.execute(
        "delete from observation_writer where staff_id = $1",
        &params![staff.bytes()],
    )?;
    Ok(gone > 0)
}

/// Whether something ties what a member of staff reported to her, also while it waits in the box.
///
/// # Errors
/// When the engine fails.
pub fn is_tied(query: &mut impl Query, staff: StaffId) -> Result<bool, StoreError> {
    let tied = query.query_optional(
        "select 1 from observation_writer where staff_id = $1",
        &params![staff.bytes()],
    )?;
    Ok(tied.is_some())
}

/// What has come of everything that a member of staff reported under her name, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn mine(query: &mut impl Query, staff: StaffId) -> Result<Vec<(String, Step)>, StoreError> {
    let rows = query.query(
        "select o.written_on, o.state, o.set_aside_reason, p.title, p.id, o.body from observation_writer w join observation o on o.source = w.source left join phenomenon_observation g on g.observation_id = o.id left join phenomenon p on p.id = g.phenomenon_id where w.staff_id = $1 order by o.written_on desc, o.id",
        &params![staff.bytes()],
    )?;
    let told = told_of(query, &rows)?;
    rows.iter()
        .map(|row| Ok((row.get(5)?, step(row, &told)?)))
        .collect()
}

pub(super) fn date(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| unreadable())
}
