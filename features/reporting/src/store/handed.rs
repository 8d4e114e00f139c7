//! What a recipient decides on: as it stands now, and as it was when the proposal was sent.

use store::{Query, StoreError, params};

use super::{Editor, PhenomenonId, ProposalId, unreadable};
use crate::domain::{EvidenceKind, Handed, HandedEvidence, HandedStatement, ReportError};

/// What would be handed over today. Two statements.
pub(super) fn now(query: &mut impl Query, of: PhenomenonId) -> Result<Handed, StoreError> {
    let about = query.query_one(
        "select title, description from phenomenon where id = $1",
        &params![of.bytes()],
    )?;
    let rows = query.query(
        "select s.id, s.words, e.kind, e.words, e.source, e.period, e.area from phenomenon_statement s join statement_evidence l on l.statement_id = s.id join phenomenon_evidence e on e.id = l.evidence_id where s.phenomenon_id = $1 order by s.made_on, s.id, e.added_on, e.id",
        &params![of.bytes()],
    )?;
    let mut handed = Handed {
        title: about.get(0)?,
        about: about.get(1)?,
        statements: Vec::new(),
    };
    let mut last: Option<[u8; 16]> = None;
    for row in &rows {
        let id: [u8; 16] = row.get(0)?;
        if last.replace(id) != Some(id) {
            handed.statements.push(HandedStatement {
                words: row.get(1)?,
                evidence: Vec::new(),
            });
        }
        let kind = EvidenceKind::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?;
        let texts = [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
        if let Some(statement) = handed.statements.last_mut() {
            statement.evidence.push(HandedEvidence::of(kind, texts));
        }
    }
    Ok(handed)
}

/// What goes with a proposal: as it was sent, or what would be handed over now while it is a draft.
pub(super) fn of(query: &mut impl Query, id: ProposalId) -> Result<Handed, ReportError> {
    let row = query
        .query_optional(
            "select phenomenon_id, handed from proposal where id = $1",
            &params![id.bytes()],
        )?
        .ok_or(ReportError::NotFound)?;
    match row.get::<Option<String>>(1)? {
        Some(kept) => serde_json::from_str(&kept).map_err(|_| unreadable().into()),
        None => Ok(now(query, PhenomenonId::from_bytes(row.get(0)?))?),
    }
}

/// What the recipient of a proposal is shown, for those who prepare and follow it.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is none.
pub fn shown(
    query: &mut impl Query,
    editor: &Editor,
    id: ProposalId,
) -> Result<Handed, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    of(query, id)
}

/// Keeps what is handed over with a proposal that is being sent.
pub(super) fn keep(
    tx: &mut store::WriteTx<'_>,
    id: ProposalId,
    of: PhenomenonId,
) -> Result<(), StoreError> {
    let handed = now(tx, of)?;
    let text = serde_json::to_string(&handed)
        .map_err(|error| StoreError::Config(format!("what is handed over: {error}")))?;
    tx.execute(
        "update proposal set handed = $2 where id = $1",
        &params![id.bytes(), text],
    )?;
    Ok(())
}
