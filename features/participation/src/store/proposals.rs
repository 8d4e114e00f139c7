//! What was proposed at gatherings, and what it became.

use kernel::chance::Chance;
use kernel::clock::Clock;
use reporting::domain::{EvidenceKind, LONGEST_PROPOSAL, NewProposal, Quality};
use reporting::store::phenomena::{self, NewEvidence};
use reporting::store::{Editor, PhenomenonId, proposals};
use store::{Query, Row, StoreError, WriteTx, params};

use super::gatherings::changeable;
use super::{EVIDENCE, GatheringId, NO_CLIENT, SaidId, changed, unreadable};
use crate::domain::{PartError, ProposalState, State, checked};

/// A proposal of a gathering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub id: SaidId,
    pub gathering: GatheringId,
    pub words: String,
    pub state: ProposalState,
    pub phenomenon: Option<PhenomenonId>,
    /// The proposal or the evidence that it became.
    pub became: Option<[u8; 16]>,
    /// Why it was set aside.
    pub reason: String,
}

/// Where it goes: into reporting, or aside with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// A draft proposal of a phenomenon, to somebody named by a day.
    Propose(PhenomenonId, NewProposal),
    /// Evidence of a phenomenon: what people live through.
    Evidence(PhenomenonId, Quality),
    Aside(String),
}

const SAID: &str =
    "select id, gathering_id, words, state, phenomenon_id, became, reason from gathering_proposal";

fn from_row(row: &Row) -> Result<Said, StoreError> {
    Ok(Said {
        id: SaidId::from_bytes(row.get(0)?),
        gathering: GatheringId::from_bytes(row.get(1)?),
        words: row.get(2)?,
        state: ProposalState::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
        phenomenon: row
            .get::<Option<[u8; 16]>>(4)?
            .map(PhenomenonId::from_bytes),
        became: row.get(5)?,
        reason: row.get(6)?,
    })
}

/// Writes down what was proposed at a gathering.
///
/// # Errors
/// [`PartError::State`] before it was held, [`PartError::Field`].
pub fn say(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    gathering: GatheringId,
    mut words: String,
) -> Result<SaidId, PartError> {
    let (row, one) = changeable(tx, editor, gathering)?;
    if one.state != State::Held {
        return Err(PartError::State);
    }
    checked("words", &mut words, LONGEST_PROPOSAL, true)?;
    let id = SaidId::new(clock, chance);
    tx.execute(
        "insert into gathering_proposal (id, gathering_id, words, state, reason, written_on) values ($1, $2, $3, 'open', '', $4)",
        &params![id.bytes(), gathering.bytes(), words, editor.today()],
    )?;
    editor.log(tx, row, "gathering.say", gathering.to_string())?;
    Ok(id)
}

/// Takes it further, once. What it becomes is made in reporting with its own rights and rules.
///
/// # Errors
/// [`PartError::State`] when it went somewhere already or the phenomenon is closed; [`PartError::Field`].
pub fn feed(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    made: (&dyn Clock, &dyn Chance),
    id: SaidId,
    way: Way,
) -> Result<(), PartError> {
    let row = editor.right("publication", "edit_draft", EVIDENCE)?;
    let said = one(tx, editor, id)?;
    if said.state != ProposalState::Open {
        return Err(PartError::State);
    }
    let (state, phenomenon, became, reason) = match way {
        Way::Propose(phenomenon, new) => {
            let phenomenon = phenomena::resolve(tx, phenomenon)?;
            let became = proposals::draft(tx, editor, made, phenomenon, new)?;
            let became = Some(became.bytes());
            (
                ProposalState::Proposed,
                Some(phenomenon),
                became,
                String::new(),
            )
        }
        Way::Evidence(phenomenon, quality) => {
            let phenomenon = phenomena::resolve(tx, phenomenon)?;
            let from = super::gatherings::bare(tx, said.gathering)?.planned;
            let area = from
                .municipality
                .as_deref()
                .and_then(kernel::place::municipality);
            let new = NewEvidence {
                kind: EvidenceKind::Experience,
                source: from.title,
                period: from.held_on.to_string(),
                area: area.map_or_else(String::new, |one| one.name_fi.to_owned()),
                words: said.words,
                quality,
            };
            let became = phenomena::add_evidence(tx, editor, made, phenomenon, &new)?;
            let became = Some(became.bytes());
            (
                ProposalState::Evidence,
                Some(phenomenon),
                became,
                String::new(),
            )
        }
        Way::Aside(mut reason) => {
            checked("reason", &mut reason, LONGEST_PROPOSAL, true)?;
            (ProposalState::SetAside, None, None, reason)
        }
    };
    let touched = tx.execute(
        "update gathering_proposal set state = $2, phenomenon_id = $3, became = $4, reason = $5 where id = $1 and state = 'open'",
        &params![
            id.bytes(),
            state.code(),
            phenomenon.map(|one| one.bytes()),
            became,
            reason
        ],
    )?;
    changed(tx, "gathering_proposal", id.bytes(), touched)?;
    editor.log(
        tx,
        row,
        "gathering.feed",
        format!("{} {}", said.gathering, state.code()),
    )?;
    Ok(())
}

/// One proposal of a gathering.
///
/// # Errors
/// [`PartError::NotFound`] without the right, or when there is none.
pub fn one(query: &mut impl Query, editor: &Editor, id: SaidId) -> Result<Said, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let row = query.query_optional(&format!("{SAID} where id = $1"), &params![id.bytes()])?;
    Ok(from_row(&row.ok_or(PartError::NotFound)?)?)
}

/// What was proposed at a gathering, in the order in which it was written down.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn of(
    query: &mut impl Query,
    editor: &Editor,
    gathering: GatheringId,
) -> Result<Vec<Said>, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let rows = query.query(
        &format!("{SAID} where gathering_id = $1 order by id"),
        &params![gathering.bytes()],
    )?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

/// What nobody has taken further yet, the oldest first.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn open(query: &mut impl Query, editor: &Editor) -> Result<Vec<Said>, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let rows = query.query(
        &format!("{SAID} where state = 'open' order by id limit 300"),
        &[],
    )?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}
