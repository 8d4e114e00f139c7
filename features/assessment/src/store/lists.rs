//! Assessments in lists: on the page of a matter and of a client, and on the desk. A list holds what its page opens.

use std::collections::HashMap;

use casework::store::facts::Facts;
use clients::Reader;
use documents::store as docs;
use documents::{Document, DocumentId, Kind, State};
use kernel::time::{Date, Timestamp};
use store::{Query, StoreError};

use super::sections::{self, Section};
use super::{Sees, over, view};
use crate::domain::Eviction;

/// An assessment in a list.
#[derive(Debug, Clone)]
pub struct Row {
    pub document: Document,
    pub sees: Sees,
    pub risk: Option<(Eviction, Option<Date>)>,
    /// Sections that are still awaited.
    pub awaited: usize,
}

/// Those of the documents that the reader's right to read opens, in statements whose number does not grow.
fn seen(
    query: &mut impl Query,
    reader: &Reader,
    documents: Vec<Document>,
    now: Timestamp,
) -> Result<Vec<(Document, Sees)>, StoreError> {
    let mut matters: Vec<_> = documents.iter().map(|one| one.matter).collect();
    matters.sort_unstable();
    matters.dedup();
    if matters.is_empty() {
        return Ok(Vec::new());
    }
    let facts: HashMap<_, Facts> = Facts::load_many(query, reader, &matters, now)?
        .into_iter()
        .map(|facts| (facts.id, facts.with_given(&super::ONE_SECTION_GIVEN)))
        .collect();
    Ok(documents
        .into_iter()
        .filter_map(|document| {
            let facts = facts.get(&document.matter)?;
            let (_, sees) = over(facts, reader, &document, "read")?;
            Some((document, sees))
        })
        .collect())
}

/// The rows of a list for a reader.
///
/// # Errors
/// When the engine fails.
pub fn rows(
    query: &mut impl Query,
    reader: &Reader,
    documents: Vec<Document>,
    now: Timestamp,
) -> Result<Vec<Row>, StoreError> {
    let seen = seen(query, reader, documents, now)?;
    let ids: Vec<DocumentId> = seen.iter().map(|(one, _)| one.id).collect();
    let risks = view::risks(query, &ids)?;
    let sections = sections::of_documents(query, &ids)?;
    Ok(seen
        .into_iter()
        .map(|(document, sees)| Row {
            risk: risks
                .get(&document.id)
                .copied()
                .filter(|_| sees == Sees::Whole),
            awaited: sections
                .iter()
                .filter(|one| {
                    one.document == document.id && one.expert().is_some() && one.sent_at.is_none()
                })
                .count(),
            document,
            sees,
        })
        .collect())
}

/// What the desk tells a worker of assessments.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Unfinished ones of the reader's own.
    pub drafts: Vec<Document>,
    /// Sections that wait for the reader.
    pub sections: Vec<(Section, Document)>,
    /// Asked to be finished by the reader.
    pub asked: Vec<Document>,
    /// Homes at risk in the reader's matters.
    pub risks: Vec<(Document, Eviction, Option<Date>)>,
}

/// Most drafts on a desk.
const MOST: i64 = 50;

/// Reads it: only what the reader's rights open.
///
/// # Errors
/// When the engine fails.
pub fn desk(
    query: &mut impl Query,
    reader: &Reader,
    today: Date,
    now: Timestamp,
) -> Result<Desk, StoreError> {
    let kind = Kind::Assessment;
    let drafts = docs::by_author(query, kind, reader.staff, State::Draft, MOST)?;
    let waiting = sections::waiting_for(query, reader.staff, today)?;
    let asked = view::asked_of(query, reader.staff)?;
    let at_risk = view::at_risk_of(query, reader.staff, today)?;
    let mut ids: Vec<DocumentId> = waiting.iter().map(|one| one.document).collect();
    ids.extend(&asked);
    ids.extend(&at_risk);
    ids.sort_unstable();
    ids.dedup();
    let mut all = docs::load_many(query, &ids)?;
    all.extend(drafts.iter().filter(|one| !ids.contains(&one.id)).cloned());
    let open: HashMap<DocumentId, (Document, Sees)> = seen(query, reader, all, now)?
        .into_iter()
        .map(|(document, sees)| (document.id, (document, sees)))
        .collect();
    let whole = |id: &DocumentId| {
        open.get(id)
            .filter(|(_, sees)| *sees == Sees::Whole)
            .map(|(document, _)| document.clone())
    };
    let risks = view::risks(query, &at_risk)?;
    Ok(Desk {
        drafts: drafts.iter().filter_map(|one| whole(&one.id)).collect(),
        sections: waiting
            .into_iter()
            .filter_map(|one| {
                let document = open.get(&one.document)?.0.clone();
                document.is_open().then_some((one, document))
            })
            .collect(),
        asked: asked
            .iter()
            .filter_map(whole)
            .filter(Document::is_open)
            .collect(),
        risks: at_risk
            .iter()
            .filter_map(|id| {
                let (stage, due) = *risks.get(id)?;
                let document = whole(id)?;
                let current = stage.is_current(document.is_open(), due, today);
                current.then_some((document, stage, due))
            })
            .collect(),
    })
}
