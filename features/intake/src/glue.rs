//! Between the rules and the pages: who acts, with what, and how a refusal is shown.

use std::sync::Arc;

use identity::session::CurrentUser;
use web::{Failure, House};

use crate::domain::IntakeError;
use crate::store::{Desk, Worker};

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

impl From<IntakeError> for Failure {
    /// For handlers where a refusal has no field to stand at. What one may not see does not exist.
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Store(error) => error.into(),
            IntakeError::NotFound
            | IntakeError::WrongCode
            | IntakeError::NotReceiver
            | IntakeError::NotHolder => Self::NotFound,
            IntakeError::AnswerRule => Self::internal(error),
            _ => Self::BadRequest,
        }
    }
}
