//! Between the rules and the pages: who acts, with what, and how a refusal is shown.

use std::sync::Arc;

use access::log::{Actor, LogEntry};
use identity::session::CurrentUser;
use web::{Failure, House};

use crate::domain::{ContactId, IntakeError};
use crate::store::{Desk, Worker};

/// Log event of a refusal.
pub const REFUSED: &str = "contact.refused";

/// Topic of the live channel that tells of changes in contacts.
pub const LIVE_TOPIC: &str = "contacts";

impl From<&CurrentUser> for Worker {
    fn from(user: &CurrentUser) -> Self {
        Self {
            staff: user.staff.id,
            unit: user.unit.id,
            subject: user.subject.clone(),
        }
    }
}

/// What the acts need, put into the house by `app`.
///
/// # Errors
/// When the house was built without it.
pub fn desk(house: &House) -> Result<Arc<Desk>, Failure> {
    house
        .extra::<Desk>()
        .ok_or_else(|| Failure::internal("the house has no desk for contacts"))
}

/// Logs that a worker was refused a contact: whoever tries ids one after another leaves a trace.
///
/// # Errors
/// When the entry cannot be committed.
pub async fn log_refusal(
    house: &House,
    worker: &Worker,
    contact: ContactId,
) -> Result<(), Failure> {
    house
        .store
        .log(LogEntry {
            at: house.now(),
            actor: Actor::Staff(worker.staff.bytes()),
            event: REFUSED,
            right: "default".into(),
            purpose: "P01",
            subjects: vec![contact.bytes()],
            detail: String::new(),
            digest: None,
        })
        .await?;
    Ok(())
}

impl From<IntakeError> for Failure {
    /// For handlers where a refusal has no field to stand at. What one may not see does not exist.
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Store(error) => error.into(),
            IntakeError::NotFound
            | IntakeError::WrongCode
            | IntakeError::NotReceiver
            | IntakeError::NotHolder => Self::NotFound,
            IntakeError::AnswerRule | IntakeError::Nobody => Self::internal(error),
            _ => Self::BadRequest,
        }
    }
}

/// What a matter is called, on a page that shows matters beside contacts.
pub fn matter_name(t: &web::Texts, matter: &crate::store::lead::Unheld) -> String {
    casework::pages::matter_name(t, matter.name_code, matter.name_text.as_deref())
}
