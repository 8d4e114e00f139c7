//! An assessment about the wrong person is voided by two: one asks, the lead reads that assessment and voids it, or refuses (rows
//! OW-12, N-235, LE-06).

use casework::store::Casework;
use casework::store::clocks::{self, Left};
use casework::store::facts::Facts;
use clients::Reader;
use documents::store as docs;
use documents::voiding::{Answer, Second};
use documents::waiting::TO_VOID;
use documents::{Body, DocError, Document, DocumentId, Kind};
use kernel::time::{Timestamp, millis};
use store::{Query, Show, WriteTx, params};

use super::view::{self, View};
use super::{Access, Sees, acts, finish, over, owners, sections};
use crate::domain::{Refusal, parts};

/// The right to ask that an assessment be voided, whether its matter goes on or not.
pub(super) fn asking(
    facts: &Facts,
    reader: &Reader,
    document: &Document,
) -> Option<casework::store::Acting> {
    let facts = facts.clone().with_given(&["wrong_person_only"]);
    match over(&facts, reader, document, "void") {
        Some((acting, Sees::Whole)) => Some(acting),
        _ => None,
    }
}

/// Asks that it be voided.
///
/// # Errors
/// [`DocError::NotFound`] without the right; [`DocError::State`] when that was asked already.
pub fn ask(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    reason: &str,
) -> Result<(), Refusal> {
    let document = docs::load(tx, Kind::Assessment, id)?;
    let facts = super::facts(tx, reader, &document, casework.now())?;
    let by = asking(&facts, reader, &document).ok_or(DocError::NotFound)?;
    docs::ask_void(tx, casework, &by, id, reason)?;
    Ok(())
}

/// The right to answer a wish to void: of that assessment and no other.
fn answering(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Access, Refusal> {
    let facts = Facts::load(query, reader, document.matter, now)?.with_given(&TO_VOID);
    // The lead of the unit is the second person; a tutor approves what students write.
    if !facts.leads {
        return Err(DocError::NotFound.into());
    }
    let (acting, sees) = over(&facts, reader, document, "approve").ok_or(DocError::NotFound)?;
    Ok(Access::of(facts, document, acting, sees))
}

/// Reads what is asked to be voided, or how that was answered.
///
/// # Errors
/// [`DocError::NotFound`] when nobody has asked, or without the right.
pub fn second(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<Second<(View, Body)>, Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = answering(tx, reader, &document, now)?;
    docs::log_read(tx, &access.acting, &document, &access.clients, now)?;
    let wish = docs::void_wish(tx, &document, now)?.ok_or(DocError::NotFound)?;
    let text = if wish.is_open() {
        let view = view::view_of(tx, reader, &document, &access, now)?;
        let body = match document.version_no {
            0 => parts::body(
                view.parts
                    .iter()
                    .map(|one| (one.code.as_str(), &one.fields)),
            ),
            no => view::version(tx, &view, no)?.body,
        };
        Some((view, body))
    } else {
        None
    };
    let names = view::names(tx, &access.clients)?;
    Ok(Second {
        people: names.into_iter().map(|(_, name)| name).collect(),
        document,
        wish,
        text,
    })
}

/// The second person answers.
///
/// # Errors
/// [`DocError::NotFound`] without the right; [`DocError::State`] when nobody has asked; [`DocError::SameWorker`].
pub fn answer(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    answer: &Answer,
) -> Result<(), Refusal> {
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = answering(tx, reader, &document, casework.now())?;
    match answer {
        Answer::Void => void(tx, casework, &document, &access),
        Answer::Refuse(words) => Ok(docs::refuse_void(tx, casework, &access.acting, id, words)?),
    }
}

/// Nobody reads it any more, nobody is asked to write in it, and it stays as a trace. Where no other assessment stands, the
/// matter waits for one again.
fn void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
    access: &Access,
) -> Result<(), Refusal> {
    let (id, now) = (document.id, casework.now());
    docs::void(tx, casework, &access.acting, id)?;
    acts::release_assessors(tx, casework, document)?;
    finish::end_ask(tx, id, now)?;
    for section in sections::of_documents(tx, &[id])? {
        if section.sent_at.is_none() {
            tx.execute(
                "update assessment_section set withdrawn_at = $2 where id = $1",
                &params![section.id.bytes(), millis(now)],
            )?;
            sections::release(tx, casework, document, section.expert())?;
        }
    }
    tx.execute(
        "delete from assessment_risk where document_id = $1",
        &params![id.bytes()],
    )?;
    let items = owners::items(tx, document)?;
    owners::hide(tx, &items, &[], now)?;
    let left = left(&docs::of_matter(tx, Kind::Assessment, document.matter)?);
    clocks::assessment_voided(tx, casework, &access.acting, &access.facts, left)?;
    Ok(())
}

/// How far the assessments that stand have come.
fn left(others: &[Document]) -> Left {
    if others.iter().any(|one| one.version_no > 0) {
        Left::Done
    } else if others.iter().any(Document::is_open) {
        Left::Begun
    } else {
        Left::None
    }
}
