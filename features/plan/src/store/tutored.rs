//! What a student has written goes to the tutor (457/2024 21 §): asked, taken back, sent back. The tutor approves by putting the
//! plan into force, see [`super::finish`].

use casework::store::Casework;
use clients::Reader;
use documents::store as docs;
use documents::{DocumentId, State};
use identity::people::StaffId;
use store::WriteTx;

use crate::domain::PlanError;
use crate::store::{Opened, goals};

/// A student asks a tutor for the approval.
///
/// # Errors
/// [`PlanError::NotFound`] without the right to write, [`PlanError::NotOpen`] when it is no draft, [`PlanError::NoGoal`] when
/// there is nothing to approve, [`PlanError::Owner`] for somebody who is no tutor of the student with these clients.
pub fn ask(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    tutor: StaffId,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let by = opened.writing(reader, None)?;
    opened.open_to(reader)?;
    if goals::of_plan(tx, plan)?.is_empty() {
        return Err(PlanError::NoGoal);
    }
    let tutors = clients::tutored::tutors(tx, reader.staff, &opened.subjects(None), now)?;
    if !tutors.iter().any(|(one, _)| *one == tutor) {
        return Err(PlanError::Owner);
    }
    docs::ask_approval(tx, casework, &by, plan, tutor)?;
    Ok(())
}

/// The student takes it back, to write on.
///
/// # Errors
/// [`PlanError::NotFound`] for anybody but the one who asked; [`PlanError::NotOpen`] when it does not wait.
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
) -> Result<(), PlanError> {
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    let by = opened.writing(reader, None)?;
    if opened.document.asked_by != Some(reader.staff) {
        return Err(PlanError::NotFound);
    }
    docs::withdraw(tx, casework, &by, plan)?;
    Ok(())
}

/// The tutor sends it back with words.
///
/// # Errors
/// [`PlanError::NotFound`] for anybody but the tutor; [`PlanError::NotOpen`] when it does not wait.
pub fn send_back(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    words: &str,
) -> Result<(), PlanError> {
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    if opened.document.state != State::Waiting {
        opened.seen(reader)?;
        return Err(PlanError::NotOpen);
    }
    let by = opened.finishing(reader)?;
    docs::send_back(tx, casework, &by, plan, words)?;
    Ok(())
}
