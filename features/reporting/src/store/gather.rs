//! What reports draw from phenomena and proposals: the parts of many at once, in a fixed number of statements.

use std::collections::{BTreeMap, BTreeSet};

use kernel::time::Date;
use store::{Query, Row, StoreError, Value, params};

use super::influence::{self, Influence};
use super::observe::date;
use super::pages::{Action, Behind, Evidence, Month, Response, Statement};
use super::phenomena::NewEvidence;
use super::proposals::{NewAction, PROPOSAL, Proposal, from_row};
use super::{
    ActionId, Editor, EvidenceId, GROUPED, PhenomenonId, ProposalId, StatementId, unreadable,
};
use crate::domain::{
    ActionState, Effect, EvidenceKind, NewResponse, PhenomenonState, ProposalState, Quality,
    ReportError, ResponseKind,
};

/// How many merges are followed; more is a circle.
const MERGES: usize = 50;

/// A proposal with everything that came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub proposal: Proposal,
    /// The newest first.
    pub answers: Vec<Response>,
    /// By the day they end.
    pub actions: Vec<Action>,
}

/// A phenomenon with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    pub id: PhenomenonId,
    pub title: String,
    pub description: String,
    pub state: PhenomenonState,
    pub statements: Vec<Statement>,
    pub evidence: Vec<Evidence>,
    pub proposals: Vec<Told>,
    /// Where it was taken beyond its proposals, the oldest first.
    pub influences: Vec<Influence>,
}

fn ids<const N: usize>(all: &[[u8; 16]], before: [Value; N]) -> (String, Vec<Value>) {
    let mut values = Vec::from(before);
    let places = ::store::places(all.len(), N);
    values.extend(all.iter().map(|id| Value::from(*id)));
    (places, values)
}

/// Where each of these leads to through merges, in their order, none twice; what is not there is left out.
///
/// # Errors
/// As the store fails.
pub fn resolved(
    query: &mut impl Query,
    wanted: &[PhenomenonId],
) -> Result<Vec<PhenomenonId>, ReportError> {
    let mut at: Vec<[u8; 16]> = wanted.iter().map(PhenomenonId::bytes).collect();
    for _ in 0..MERGES {
        if at.is_empty() {
            break;
        }
        let (places, values) = ids(&at, []);
        let rows = query.query(
            &format!("select id, merged_into from phenomenon where id in ({places})"),
            &values,
        )?;
        let mut into: BTreeMap<[u8; 16], Option<[u8; 16]>> = BTreeMap::new();
        for row in &rows {
            into.insert(row.get(0)?, row.get(1)?);
        }
        let merged = into.values().any(Option::is_some);
        at = at
            .iter()
            .filter_map(|id| into.get(id).map(|next| next.unwrap_or(*id)))
            .collect();
        if !merged {
            break;
        }
    }
    let mut seen = BTreeSet::new();
    at.retain(|id| seen.insert(*id));
    Ok(at.into_iter().map(PhenomenonId::from_bytes).collect())
}

/// These phenomena with their statements, evidence, proposals, answers, actions and influence, in their order; merged ones through
/// what they went into.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn gather(
    query: &mut impl Query,
    editor: &Editor,
    wanted: &[PhenomenonId],
) -> Result<Vec<Gathered>, ReportError> {
    editor.right("observation", "read", GROUPED)?;
    let order = resolved(query, wanted)?;
    if order.is_empty() {
        return Ok(Vec::new());
    }
    let bytes: Vec<_> = order.iter().map(PhenomenonId::bytes).collect();
    let mut statements = statements(query, &bytes)?;
    let mut evidence = evidence(query, &bytes)?;
    let mut proposals = proposals(query, &bytes)?;
    let (places, values) = ids(&bytes, []);
    let mut taken = influence::of_each(query, &places, &values)?;
    let (places, values) = ids(&bytes, []);
    let rows = query.query(
        &format!("select id, title, description, state from phenomenon where id in ({places})"),
        &values,
    )?;
    let mut found = BTreeMap::new();
    for row in &rows {
        let id: [u8; 16] = row.get(0)?;
        found.insert(
            id,
            Gathered {
                id: PhenomenonId::from_bytes(id),
                title: row.get(1)?,
                description: row.get(2)?,
                state: PhenomenonState::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
                statements: statements.remove(&id).unwrap_or_default(),
                evidence: evidence.remove(&id).unwrap_or_default(),
                proposals: proposals.remove(&id).unwrap_or_default(),
                influences: taken.remove(&id).unwrap_or_default(),
            },
        );
    }
    Ok(bytes.iter().filter_map(|id| found.remove(id)).collect())
}

type Of<T> = BTreeMap<[u8; 16], Vec<T>>;

fn statements(query: &mut impl Query, of: &[[u8; 16]]) -> Result<Of<Statement>, StoreError> {
    let (places, values) = ids(of, []);
    let rows = query.query(
        &format!("select s.phenomenon_id, s.id, s.words, e.evidence_id from phenomenon_statement s join statement_evidence e on e.statement_id = s.id where s.phenomenon_id in ({places}) order by s.made_on, s.id, e.evidence_id"),
        &values,
    )?;
    let mut found: Of<Statement> = BTreeMap::new();
    for row in &rows {
        let id = StatementId::from_bytes(row.get(1)?);
        let evidence = EvidenceId::from_bytes(row.get(3)?);
        let all = found.entry(row.get(0)?).or_default();
        match all.last_mut().filter(|last| last.id == id) {
            Some(last) => last.evidence.push(evidence),
            None => all.push(Statement {
                id,
                words: row.get(2)?,
                evidence: vec![evidence],
            }),
        }
    }
    Ok(found)
}

fn evidence(query: &mut impl Query, of: &[[u8; 16]]) -> Result<Of<Evidence>, StoreError> {
    let (places, values) = ids(of, []);
    let rows = query.query(
        &format!("select phenomenon_id, id, kind, source, period, area, words, quality, added_on from phenomenon_evidence where phenomenon_id in ({places}) order by added_on, id"),
        &values,
    )?;
    let mut found: Of<Evidence> = BTreeMap::new();
    for row in &rows {
        found.entry(row.get(0)?).or_default().push(Evidence {
            id: EvidenceId::from_bytes(row.get(1)?),
            written: NewEvidence {
                kind: EvidenceKind::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
                source: row.get(3)?,
                period: row.get(4)?,
                area: row.get(5)?,
                words: row.get(6)?,
                quality: Quality::from_code(&row.get::<String>(7)?).ok_or_else(unreadable)?,
            },
            added_on: date(&row.get::<String>(8)?)?,
        });
    }
    Ok(found)
}

fn proposals(query: &mut impl Query, of: &[[u8; 16]]) -> Result<Of<Told>, StoreError> {
    let (places, values) = ids(of, []);
    let rows = query.query(
        &format!("{PROPOSAL} where phenomenon_id in ({places}) order by due_on, id"),
        &values,
    )?;
    let all = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    let mut found: Of<Told> = BTreeMap::new();
    for told in with_answers(query, all)? {
        found
            .entry(told.proposal.phenomenon.bytes())
            .or_default()
            .push(told);
    }
    Ok(found)
}

/// Adds answers and actions, in two statements.
fn with_answers(query: &mut impl Query, all: Vec<Proposal>) -> Result<Vec<Told>, StoreError> {
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let bytes: Vec<_> = all.iter().map(|one| one.id.bytes()).collect();
    let (places, values) = ids(&bytes, []);
    let mut answers: Of<Response> = BTreeMap::new();
    for row in &query.query(
        &format!("select proposal_id, kind, reason, decided_by_role, minutes, received_on, by_link from proposal_response where proposal_id in ({places}) order by received_on desc, id desc"),
        &values,
    )? {
        answers.entry(row.get(0)?).or_default().push(response(row)?);
    }
    let mut actions: Of<Action> = BTreeMap::new();
    for row in &query.query(
        &format!("select proposal_id, id, words, responsible_role, ends_on, target, state, effect, effect_words, revision from response_action where proposal_id in ({places}) order by ends_on, id"),
        &values,
    )? {
        actions.entry(row.get(0)?).or_default().push(action(row)?);
    }
    Ok(all
        .into_iter()
        .map(|proposal| Told {
            answers: answers.remove(&proposal.id.bytes()).unwrap_or_default(),
            actions: actions.remove(&proposal.id.bytes()).unwrap_or_default(),
            proposal,
        })
        .collect())
}

fn response(row: &Row) -> Result<Response, StoreError> {
    Ok(Response {
        written: NewResponse {
            kind: ResponseKind::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
            reason: row.get(2)?,
            decided_by_role: row.get(3)?,
            minutes: row.get(4)?,
        },
        received_on: date(&row.get::<String>(5)?)?,
        by_link: row.get(6)?,
    })
}

fn action(row: &Row) -> Result<Action, StoreError> {
    Ok(Action {
        id: ActionId::from_bytes(row.get(1)?),
        proposal: ProposalId::from_bytes(row.get(0)?),
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

/// The titles of these phenomena; what is not there is left out.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn titles(
    query: &mut impl Query,
    editor: &Editor,
    of: &[PhenomenonId],
) -> Result<BTreeMap<PhenomenonId, String>, ReportError> {
    editor.right("observation", "read", GROUPED)?;
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let bytes: Vec<_> = of.iter().map(PhenomenonId::bytes).collect();
    let (places, values) = ids(&bytes, []);
    let rows = query.query(
        &format!("select id, title from phenomenon where id in ({places})"),
        &values,
    )?;
    rows.iter()
        .map(|row| Ok((PhenomenonId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}

/// What stands behind each month of each of these phenomena. The numbers are for disclosure control, not for a page.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn months_of(
    query: &mut impl Query,
    editor: &Editor,
    of: &[PhenomenonId],
) -> Result<BTreeMap<PhenomenonId, BTreeMap<Month, Behind>>, ReportError> {
    editor.right("observation", "read", GROUPED)?;
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let bytes: Vec<_> = of.iter().map(PhenomenonId::bytes).collect();
    let (places, values) = ids(&bytes, []);
    let rows = query.query(
        &format!("select g.phenomenon_id, o.written_on, o.source, o.unit_id from phenomenon_observation g join observation o on o.id = g.observation_id where g.phenomenon_id in ({places})"),
        &values,
    )?;
    let mut found: BTreeMap<PhenomenonId, BTreeMap<Month, Behind>> = BTreeMap::new();
    for row in &rows {
        let day = date(&row.get::<String>(1)?)?;
        found
            .entry(PhenomenonId::from_bytes(row.get(0)?))
            .or_default()
            .entry((day.year(), day.month()))
            .or_default()
            .join(&Behind::of(1, row.get(2)?, row.get(3)?));
    }
    Ok(found)
}

/// Which proposals of the public archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    All,
    /// The day of the answer has passed.
    Overdue,
    /// An answer is waited for, and there is time left.
    Waiting,
    Answered,
}

/// Proposals that have been sent, for everybody: the newest first, `most` of them after `skip`, and how many there are. No
/// phenomenon, no reporter and nobody who wrote them is told.
///
/// # Errors
/// As the store fails.
pub fn archive(
    query: &mut impl Query,
    among: Among,
    today: Date,
    (skip, most): (usize, usize),
) -> Result<(Vec<Told>, u64), ReportError> {
    // What is not asked of the day is asked all the same, so that every question has one parameter.
    let which = match among {
        Among::All => "state <> 'draft' and $1 <> ''",
        Among::Overdue => "state in ('sent', 'received') and due_on < $1",
        Among::Waiting => "state in ('sent', 'received') and due_on >= $1",
        Among::Answered => "state in ('decided', 'in_action', 'evaluated') and $1 <> ''",
    };
    let day = params![today.to_string()];
    let count: i64 = query
        .query_one(
            &format!("select count(*) from proposal where {which}"),
            &day,
        )?
        .get(0)?;
    let rows = query.query(
        &format!(
            "{PROPOSAL} where {which} order by sent_on desc, id desc limit {most} offset {skip}"
        ),
        &day,
    )?;
    let found = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    let told = with_answers(query, found)?;
    debug_assert!(
        told.iter()
            .all(|one| one.proposal.state != ProposalState::Draft)
    );
    Ok((told, u64::try_from(count).unwrap_or(0)))
}
