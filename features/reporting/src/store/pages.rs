//! What the pages show of phenomena: lists, and the parts of one. A fixed number of statements whatever the number of rows.

use std::collections::{BTreeMap, BTreeSet};

use identity::people::StaffId;
use kernel::time::Date;
use store::{Query, StoreError, params};

use super::observe::date;
use super::phenomena::NewEvidence;
use super::proposals::{NewAction, Proposal};
use super::{
    ActionId, Editor, EvidenceId, ObservationId, PhenomenonId, ProposalId, StatementId, unreadable,
};
use crate::domain::{
    ActionState, Effect, EvidenceKind, Level, NewResponse, PhenomenonState, Quality, ReportError,
    ResponseKind,
};

/// Most phenomena of a list.
const MOST: usize = 500;

/// A line of the list of phenomena.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: PhenomenonId,
    pub title: String,
    pub state: PhenomenonState,
    pub owner: StaffId,
    pub review_on: Date,
}

/// Phenomena that are followed now, or the closed ones; those to be looked at first come first. Merged ones are left out:
/// their observations are told by what they went into.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn list(
    query: &mut impl Query,
    editor: &Editor,
    closed: bool,
) -> Result<Vec<Line>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let compare = if closed { "=" } else { "<>" };
    let rows = query.query(
        &format!("select id, title, state, owner, review_on from phenomenon where state {compare} 'closed' and merged_into is null order by review_on, id limit {MOST}"),
        &[],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                id: PhenomenonId::from_bytes(row.get(0)?),
                title: row.get(1)?,
                state: PhenomenonState::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
                owner: StaffId::from_bytes(row.get(3)?),
                review_on: date(&row.get::<String>(4)?)?,
            })
        })
        .collect()
}

/// What stands behind the observations of one month: how many, and how many different people and units wrote them at least.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    pub observations: u64,
    writers: BTreeSet<Option<[u8; 16]>>,
    units: BTreeSet<Option<[u8; 16]>>,
}

impl Behind {
    /// What stands behind so many observations of one writer and one unit.
    pub fn of(observations: u64, writer: Option<[u8; 16]>, unit: Option<[u8; 16]>) -> Self {
        Self {
            observations,
            writers: BTreeSet::from([writer]),
            units: BTreeSet::from([unit]),
        }
    }

    /// Different writers at least: all who left no name may be one person.
    pub fn writers(&self) -> u64 {
        self.writers.len() as u64
    }

    /// Different units at least, likewise.
    pub fn units(&self) -> u64 {
        self.units.len() as u64
    }

    /// Adds what stands behind other observations.
    pub fn join(&mut self, other: &Self) {
        self.observations += other.observations;
        self.writers.extend(&other.writers);
        self.units.extend(&other.units);
    }
}

/// A year and a month.
pub type Month = (i16, i8);

/// What stands behind a phenomenon's observations, by month and by municipality (the whole county has an empty code).
pub type Counted = (BTreeMap<Month, Behind>, BTreeMap<String, Behind>);

/// What stands behind each month and municipality of a phenomenon that has observations. The numbers are for disclosure control, not
/// for a page.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn counted(
    query: &mut impl Query,
    editor: &Editor,
    id: PhenomenonId,
) -> Result<Counted, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        "select o.written_on, o.source, o.unit_id, o.area from phenomenon_observation g join observation o on o.id = g.observation_id where g.phenomenon_id = $1",
        &params![id.bytes()],
    )?;
    let (mut months, mut areas) = Counted::default();
    for row in &rows {
        let day = date(&row.get::<String>(0)?)?;
        let one = Behind::of(1, row.get(1)?, row.get(2)?);
        let month = (day.year(), day.month());
        months.entry(month).or_default().join(&one);
        areas.entry(row.get(3)?).or_default().join(&one);
    }
    Ok((months, areas))
}

/// The texts that were grouped into a phenomenon, for the editor who groups.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn members(
    query: &mut impl Query,
    editor: &Editor,
    id: PhenomenonId,
) -> Result<Vec<(ObservationId, Date, String)>, ReportError> {
    editor.right("observation", "merge", super::REDACTS)?;
    let rows = query.query(
        "select o.id, o.written_on, o.body from phenomenon_observation g join observation o on o.id = g.observation_id where g.phenomenon_id = $1 order by o.written_on desc, o.id",
        &params![id.bytes()],
    )?;
    rows.iter()
        .map(|row| {
            Ok((
                ObservationId::from_bytes(row.get(0)?),
                date(&row.get::<String>(1)?)?,
                row.get(2)?,
            ))
        })
        .collect()
}

/// A piece of evidence as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub id: EvidenceId,
    pub written: NewEvidence,
    pub added_on: Date,
}

/// The evidence of a phenomenon, the oldest first.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn evidence(
    query: &mut impl Query,
    editor: &Editor,
    id: PhenomenonId,
) -> Result<Vec<Evidence>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        "select id, kind, source, period, area, words, quality, added_on from phenomenon_evidence where phenomenon_id = $1 order by added_on, id",
        &params![id.bytes()],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Evidence {
                id: EvidenceId::from_bytes(row.get(0)?),
                written: NewEvidence {
                    kind: EvidenceKind::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
                    source: row.get(2)?,
                    period: row.get(3)?,
                    area: row.get(4)?,
                    words: row.get(5)?,
                    quality: Quality::from_code(&row.get::<String>(6)?).ok_or_else(unreadable)?,
                },
                added_on: date(&row.get::<String>(7)?)?,
            })
        })
        .collect()
}

/// A statement of the analysis and what it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub id: StatementId,
    pub words: String,
    pub evidence: Vec<EvidenceId>,
}

/// The statements of a phenomenon, the oldest first.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn statements(
    query: &mut impl Query,
    editor: &Editor,
    id: PhenomenonId,
) -> Result<Vec<Statement>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        "select s.id, s.words, e.evidence_id from phenomenon_statement s join statement_evidence e on e.statement_id = s.id where s.phenomenon_id = $1 order by s.made_on, s.id, e.evidence_id",
        &params![id.bytes()],
    )?;
    let mut found: Vec<Statement> = Vec::new();
    for row in &rows {
        let id = StatementId::from_bytes(row.get(0)?);
        let evidence = EvidenceId::from_bytes(row.get(2)?);
        match found.last_mut().filter(|last| last.id == id) {
            Some(last) => last.evidence.push(evidence),
            None => found.push(Statement {
                id,
                words: row.get(1)?,
                evidence: vec![evidence],
            }),
        }
    }
    Ok(found)
}

/// A proposal with the newest answer: what, and why.
pub type Answered = (Proposal, Option<(ResponseKind, String)>);

/// The proposals of a phenomenon by the day of their answer.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn proposals(
    query: &mut impl Query,
    editor: &Editor,
    id: PhenomenonId,
) -> Result<Vec<Answered>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        &format!(
            "{} where phenomenon_id = $1 order by due_on, id",
            super::proposals::PROPOSAL
        ),
        &params![id.bytes()],
    )?;
    let answers = query.query(
        "select r.proposal_id, r.kind, r.reason from proposal_response r join proposal p on p.id = r.proposal_id where p.phenomenon_id = $1 order by r.received_on, r.id",
        &params![id.bytes()],
    )?;
    // The last of a proposal stays.
    let mut newest = BTreeMap::new();
    for row in &answers {
        let kind = ResponseKind::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?;
        newest.insert(row.get::<[u8; 16]>(0)?, (kind, row.get::<String>(2)?));
    }
    rows.iter()
        .map(|row| {
            let proposal = super::proposals::from_row(row)?;
            let answer = newest.remove(&proposal.id.bytes());
            Ok((proposal, answer))
        })
        .collect()
}

/// An answer as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub written: NewResponse,
    pub received_on: Date,
    pub by_link: bool,
}

/// The answers of a proposal, the newest first.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn answers(
    query: &mut impl Query,
    editor: &Editor,
    id: ProposalId,
) -> Result<Vec<Response>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        "select kind, reason, decided_by_role, minutes, received_on, by_link from proposal_response where proposal_id = $1 order by received_on desc, id desc",
        &params![id.bytes()],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Response {
                written: NewResponse {
                    kind: ResponseKind::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?,
                    reason: row.get(1)?,
                    decided_by_role: row.get(2)?,
                    minutes: row.get(3)?,
                },
                received_on: date(&row.get::<String>(4)?)?,
                by_link: row.get(5)?,
            })
        })
        .collect()
}

/// An action and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub id: ActionId,
    pub proposal: ProposalId,
    pub written: NewAction,
    pub state: ActionState,
    pub effect: Option<Effect>,
    pub effect_words: String,
    pub revision: i64,
}

const ACTION: &str = "select id, proposal_id, words, responsible_role, ends_on, target, state, effect, effect_words, revision from response_action";

fn action_from(row: &store::Row) -> Result<Action, StoreError> {
    Ok(Action {
        id: ActionId::from_bytes(row.get(0)?),
        proposal: ProposalId::from_bytes(row.get(1)?),
        written: NewAction {
            words: row.get(2)?,
            responsible_role: row.get(3)?,
            ends_on: date(&row.get::<String>(4)?)?,
            target: row.get(5)?,
        },
        state: ActionState::from_code(&row.get::<String>(6)?).ok_or_else(unreadable)?,
        effect: Effect::from_code(&row.get::<String>(7)?),
        effect_words: row.get(8)?,
        revision: row.get(9)?,
    })
}

/// The actions of a proposal by the day they end.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn actions(
    query: &mut impl Query,
    editor: &Editor,
    id: ProposalId,
) -> Result<Vec<Action>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        &format!("{ACTION} where proposal_id = $1 order by ends_on, id"),
        &params![id.bytes()],
    )?;
    Ok(rows.iter().map(action_from).collect::<Result<_, _>>()?)
}

/// One action.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is none.
pub fn action(
    query: &mut impl Query,
    editor: &Editor,
    id: ActionId,
) -> Result<Action, ReportError> {
    editor.right("publication", "edit_draft", super::EVIDENCE)?;
    let row = query.query_optional(&format!("{ACTION} where id = $1"), &params![id.bytes()])?;
    Ok(action_from(&row.ok_or(ReportError::NotFound)?)?)
}

/// An action with what it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    pub action: Action,
    pub phenomenon: PhenomenonId,
    /// The proposal it answers, and whose matter it is.
    pub proposal_words: String,
    pub level: Level,
}

/// Actions that are planned or running, and those that were to be ready since a day and were done, by the day they are to be ready.
/// One statement.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn under_way(
    query: &mut impl Query,
    editor: &Editor,
    since: Date,
) -> Result<Vec<UnderWay>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        &format!("select a.id, a.proposal_id, a.words, a.responsible_role, a.ends_on, a.target, a.state, a.effect, a.effect_words, a.revision, p.phenomenon_id, p.words, p.level from response_action a join proposal p on p.id = a.proposal_id where a.state in ('planned', 'running') or (a.state = 'done' and a.ends_on >= $1) order by a.ends_on, a.id limit {MOST}"),
        &params![since.to_string()],
    )?;
    rows.iter()
        .map(|row| {
            Ok(UnderWay {
                action: action_from(row)?,
                phenomenon: PhenomenonId::from_bytes(row.get(10)?),
                proposal_words: row.get(11)?,
                level: Level::from_code(&row.get::<String>(12)?).ok_or_else(unreadable)?,
            })
        })
        .collect()
}
