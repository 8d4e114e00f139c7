//! What went on from a phenomenon to those who decide of a municipality, the county or the country, and what came of it.

use std::collections::BTreeMap;

use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::Date;
use store::{Query, Row, StoreError, Value, WriteTx, params};

use super::observe::date;
use super::{Editor, PhenomenonId, changed, unreadable};
use crate::domain::{Arena, LONGEST_NAME, LONGEST_PROPOSAL, ReportError, Wrong, check_text};

kernel::id_type!(/** Something that was taken on to those who decide. */ InfluenceId);

/// Where a phenomenon was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInfluence {
    pub level: Arena,
    /// The body: a council, a HYTE group, a ministry's hearing.
    pub forum: String,
    pub brought_on: Date,
    /// What came of it; empty while nothing has.
    pub outcome: String,
    /// When it is looked at again.
    pub look_on: Option<Date>,
}

/// The same as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Influence {
    pub id: InfluenceId,
    pub written: NewInfluence,
    pub revision: i64,
}

const INFLUENCE: &str = "select phenomenon_id, id, level, forum, brought_on, outcome, look_on, revision from phenomenon_influence";

fn influence(row: &Row) -> Result<(PhenomenonId, Influence), StoreError> {
    let influence = Influence {
        id: InfluenceId::from_bytes(row.get(1)?),
        written: NewInfluence {
            level: Arena::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
            forum: row.get(3)?,
            brought_on: date(&row.get::<String>(4)?)?,
            outcome: row.get(5)?,
            look_on: row
                .get::<Option<String>>(6)?
                .map(|text| date(&text))
                .transpose()?,
        },
        revision: row.get(7)?,
    };
    Ok((PhenomenonId::from_bytes(row.get(0)?), influence))
}

/// Where a phenomenon was taken, the newest first.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn of(
    query: &mut impl Query,
    editor: &Editor,
    id: PhenomenonId,
) -> Result<Vec<Influence>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        &format!("{INFLUENCE} where phenomenon_id = $1 order by brought_on desc, id desc"),
        &params![id.bytes()],
    )?;
    let found: Result<Vec<_>, StoreError> = rows.iter().map(influence).collect();
    Ok(found?.into_iter().map(|(_, one)| one).collect())
}

/// The same of many phenomena by their ids, the oldest first: `places` and `values` name them. The right has been asked.
pub(super) fn of_each(
    query: &mut impl Query,
    places: &str,
    values: &[Value],
) -> Result<BTreeMap<[u8; 16], Vec<Influence>>, StoreError> {
    let rows = query.query(
        &format!("{INFLUENCE} where phenomenon_id in ({places}) order by brought_on, id"),
        values,
    )?;
    let mut found: BTreeMap<[u8; 16], Vec<Influence>> = BTreeMap::new();
    for row in &rows {
        let (phenomenon, one) = influence(row)?;
        found.entry(phenomenon.bytes()).or_default().push(one);
    }
    Ok(found)
}

/// One, with its phenomenon.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is none.
pub fn one(
    query: &mut impl Query,
    editor: &Editor,
    id: InfluenceId,
) -> Result<(PhenomenonId, Influence), ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let row = query.query_optional(&format!("{INFLUENCE} where id = $1"), &params![id.bytes()])?;
    Ok(influence(&row.ok_or(ReportError::NotFound)?)?)
}

/// Writes down that a phenomenon was taken to those who decide.
///
/// # Errors
/// [`ReportError::Field`]: a text is missing, or the day it is looked at again is not after the day it was brought.
pub fn bring(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    phenomenon: PhenomenonId,
    new: &NewInfluence,
) -> Result<InfluenceId, ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    super::phenomena::still_open(tx, phenomenon)?;
    check_text("forum", new.forum.trim(), LONGEST_NAME, true)?;
    check_text("outcome", new.outcome.trim(), LONGEST_PROPOSAL, false)?;
    if new.look_on.is_some_and(|day| day <= new.brought_on) {
        return Err(ReportError::Field("look_on", Wrong::Past));
    }
    let id = InfluenceId::new(clock, chance);
    tx.execute(
        "insert into phenomenon_influence (id, phenomenon_id, level, forum, brought_on, outcome, look_on, revision) values ($1, $2, $3, $4, $5, $6, $7, 1)",
        &params![
            id.bytes(),
            phenomenon.bytes(),
            new.level.code(),
            new.forum.trim(),
            new.brought_on.to_string(),
            new.outcome.trim(),
            new.look_on.map(|day| day.to_string())
        ],
    )?;
    editor.log(tx, row, "phenomenon.influence", phenomenon.to_string())?;
    Ok(id)
}

/// Writes down what came of it; gives the phenomenon.
///
/// # Errors
/// [`ReportError::Field`], [`ReportError::Changed`] when another was faster.
pub fn outcome(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (InfluenceId, i64),
    words: &str,
    look_on: Option<Date>,
) -> Result<PhenomenonId, ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    let (phenomenon, _) = one(tx, editor, id)?;
    check_text("outcome", words.trim(), LONGEST_PROPOSAL, true)?;
    let touched = tx.execute(
        "update phenomenon_influence set outcome = $3, look_on = $4, revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision, words.trim(), look_on.map(|day| day.to_string())],
    )?;
    changed(tx, "phenomenon_influence", id.bytes(), touched)?;
    editor.log(tx, row, "phenomenon.influence", phenomenon.to_string())?;
    Ok(phenomenon)
}
