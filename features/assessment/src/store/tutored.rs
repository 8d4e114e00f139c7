//! What a student has written goes to the tutor (457/2024 21 §), and a temporary social worker's assessment to a leading social
//! worker (817/2015 12 §): asked, taken back, sent back. The one who is asked approves by finishing, see [`super::finish`].

use casework::store::Casework;
use clients::Reader;
use documents::store as docs;
use documents::voiding::is_for_voiding;
use documents::{DocError, Document, DocumentId, Kind, State};
use identity::people::StaffId;
use kernel::time::Timestamp;
use store::{Query, StoreError, WriteTx};

use super::{drafting, supervised, view, whole};
use crate::domain::Refusal;

/// A student asks a tutor for the approval, a temporary social worker a leading one.
///
/// # Errors
/// [`DocError::NotFound`] without the right to write, [`DocError::State`] when it is no draft, [`Refusal::CannotTakePart`] for
/// somebody who is no tutor of the student with these clients.
pub fn ask(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    tutor: StaffId,
) -> Result<(), Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = drafting(tx, reader, &document, now)?;
    if !approvers(tx, reader, &document, now)?
        .iter()
        .any(|(one, _)| *one == tutor)
    {
        return Err(Refusal::CannotTakePart);
    }
    docs::ask_approval(tx, casework, &access.acting, id, tutor)?;
    if supervised::is_supervised(tx, reader, now)? {
        supervised::open_to(tx, casework, &document, tutor)?;
    }
    Ok(())
}

/// Who may approve what the reader has written: a student's tutors, leading social workers of a temporary one; nobody of
/// anybody else's.
///
/// # Errors
/// When the engine fails.
pub(super) fn approvers(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Vec<(StaffId, String)>, StoreError> {
    if supervised::is_supervised(query, reader, now)? {
        supervised::supervisors(query, reader, document, now)
    } else {
        clients::tutored::tutors(query, reader.staff, &document.clients, now)
    }
}

/// The student takes it back, to write on.
///
/// # Errors
/// [`DocError::NotFound`] for anybody but the one who asked; [`DocError::State`] when it does not wait.
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<(), Refusal> {
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = drafting(tx, reader, &document, casework.now())?;
    if document.asked_by != Some(reader.staff) {
        return Err(DocError::NotFound.into());
    }
    docs::withdraw(tx, casework, &access.acting, id)?;
    if let Some(asked) = document.waiting_for {
        supervised::close(tx, casework, &document, asked)?;
    }
    Ok(())
}

/// The tutor sends it back with words.
///
/// # Errors
/// [`DocError::NotFound`] for anybody but the tutor; [`DocError::State`] when it does not wait.
pub fn send_back(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    words: &str,
) -> Result<(), Refusal> {
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = whole(tx, reader, &document, "approve", casework.now())?;
    if document.state != State::Waiting {
        return Err(DocError::State.into());
    }
    if !view::is_tutor(&document, reader) || is_for_voiding(access.acting.right) {
        return Err(DocError::NotFound.into());
    }
    docs::send_back(tx, casework, &access.acting, id, words)?;
    supervised::close(tx, casework, &document, reader.staff)?;
    Ok(())
}
