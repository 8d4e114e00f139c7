//! What forums decided, and when somebody looks what came of it.

use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::Date;
use reporting::domain::{LONGEST_NAME, LONGEST_PROPOSAL};
use reporting::store::{Editor, ProposalId};
use store::{Query, Row, StoreError, WriteTx, params};

use super::{DecisionId, NO_CLIENT, changed, not_future, unreadable};
use crate::domain::{Forum, PartError, Wrong, checked};

/// A decision as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    pub forum: Forum,
    pub decided_on: Date,
    pub words: String,
    /// Where it is written, for instance the section of minutes; may be empty.
    pub minutes: String,
    /// In which role somebody sees to it.
    pub role: String,
    /// When somebody looks what came of it.
    pub follow_on: Date,
    /// The proposal that it is about.
    pub proposal: Option<ProposalId>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub id: DecisionId,
    pub written: NewDecision,
    /// When somebody looked, and what had come of it.
    pub followed: Option<(Date, String)>,
    pub revision: i64,
}

const DECISION: &str = "select id, forum, decided_on, words, minutes, role, follow_on, proposal_id, followed_on, came, revision from forum_decision";

fn from_row(row: &Row) -> Result<Decision, StoreError> {
    let followed = match row.get::<Option<Date>>(8)? {
        None => None,
        Some(on) => Some((on, row.get(9)?)),
    };
    Ok(Decision {
        id: DecisionId::from_bytes(row.get(0)?),
        written: NewDecision {
            forum: Forum::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
            decided_on: row.get(2)?,
            words: row.get(3)?,
            minutes: row.get(4)?,
            role: row.get(5)?,
            follow_on: row.get(6)?,
            proposal: row.get::<Option<[u8; 16]>>(7)?.map(ProposalId::from_bytes),
        },
        followed,
        revision: row.get(10)?,
    })
}

/// Writes a decision down.
///
/// # Errors
/// [`PartError::Field`], or [`PartError::NotFound`] without the right or the proposal.
pub fn decide(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    mut new: NewDecision,
) -> Result<DecisionId, PartError> {
    let row = editor.right("yearly_cycle", "create", NO_CLIENT)?;
    checked("words", &mut new.words, LONGEST_PROPOSAL, true)?;
    checked("minutes", &mut new.minutes, LONGEST_NAME, false)?;
    checked("role", &mut new.role, LONGEST_NAME, true)?;
    not_future(editor, "decided_on", new.decided_on)?;
    if new.follow_on <= new.decided_on {
        return Err(PartError::Field("follow_on", Wrong::Past));
    }
    if let Some(proposal) = new.proposal {
        reporting::store::proposals::one(tx, editor, proposal)?;
    }
    let id = DecisionId::new(clock, chance);
    tx.execute(
        "insert into forum_decision (id, forum, decided_on, words, minutes, role, follow_on, came, proposal_id, written_by, revision) values ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, 1)",
        &params![
            id.bytes(),
            new.forum.code(),
            new.decided_on,
            new.words,
            new.minutes,
            new.role,
            new.follow_on,
            new.proposal.map(|one| one.bytes()),
            editor.staff.bytes()
        ],
    )?;
    editor.log(tx, row, "forum.decide", id.to_string())?;
    Ok(id)
}

/// Writes down what came of a decision; with a day it is looked at again.
///
/// # Errors
/// [`PartError::State`] when it has been followed already, [`PartError::Field`], [`PartError::Changed`].
pub fn follow(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (DecisionId, i64),
    mut came: String,
) -> Result<(), PartError> {
    let row = editor.right("yearly_cycle", "finish", NO_CLIENT)?;
    if find(tx, editor, id)?.followed.is_some() {
        return Err(PartError::State);
    }
    checked("came", &mut came, LONGEST_PROPOSAL, true)?;
    let touched = tx.execute(
        "update forum_decision set followed_on = $3, came = $4, revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision, editor.today(), came],
    )?;
    changed(tx, "forum_decision", id.bytes(), touched)?;
    editor.log(tx, row, "forum.follow", id.to_string())?;
    Ok(())
}

/// One decision.
///
/// # Errors
/// [`PartError::NotFound`] without the right, or when there is none.
pub fn find(
    query: &mut impl Query,
    editor: &Editor,
    id: DecisionId,
) -> Result<Decision, PartError> {
    editor.right("yearly_cycle", "read", NO_CLIENT)?;
    let row = query.query_optional(&format!("{DECISION} where id = $1"), &params![id.bytes()])?;
    Ok(from_row(&row.ok_or(PartError::NotFound)?)?)
}

/// Decisions of a forum: those to be followed first by their day, then those followed since a day.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn of(
    query: &mut impl Query,
    editor: &Editor,
    forum: Forum,
    since: Date,
) -> Result<Vec<Decision>, PartError> {
    editor.right("yearly_cycle", "read", NO_CLIENT)?;
    let rows = query.query(
        &format!("{DECISION} where forum = $1 and (followed_on is null or followed_on >= $2) order by case when followed_on is null then 0 else 1 end, follow_on, id limit 300"),
        &params![forum.code(), since],
    )?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}
