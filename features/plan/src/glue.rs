//! Between the rules and the pages: who acts, with what, and what happens to a fault.

use std::sync::Arc;

use access::log::{Actor, LogEntry};
use casework::store::Casework;
use clients::Reader;
use documents::DocumentId;
use identity::session::CurrentUser;
use store::WriteTx;
use web::{Failure, House};

use crate::domain::PlanError;

/// Log event of a refusal.
pub const REFUSED: &str = "plan.refused";

/// Topic of the live channel that tells of changes in plans.
pub const LIVE_TOPIC: &str = "plans";

/// What the acts need.
///
/// # Errors
/// When the house was built without it.
pub fn casework(house: &House) -> Result<Arc<Casework>, Failure> {
    casework::glue::casework(house)
}

/// Runs an act in one transaction and tells the open pages.
///
/// # Errors
/// A fault of the store; a refusal comes back inside.
pub async fn run<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, PlanError> + Send + 'static,
) -> Result<Result<T, PlanError>, Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    match house
        .store
        .write(move |tx| act(tx, &casework, &reader))
        .await
    {
        Ok(receipt) => {
            house.live.tell(LIVE_TOPIC);
            Ok(Ok(receipt.value))
        }
        Err(PlanError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error)),
    }
}

/// Logs that a worker was refused a plan: whoever tries ids one after another leaves a trace.
///
/// # Errors
/// When the entry cannot be committed.
pub async fn log_refusal(house: &House, reader: &Reader, plan: DocumentId) -> Result<(), Failure> {
    house
        .store
        .log(LogEntry {
            at: house.now(),
            actor: Actor::Staff(reader.staff.bytes()),
            event: REFUSED,
            right: "default".into(),
            purpose: "P05",
            subjects: vec![plan.bytes()],
            detail: String::new(),
            digest: None,
        })
        .await?;
    Ok(())
}

impl From<PlanError> for Failure {
    /// For handlers where a refusal has no field to stand at. What one may not see does not exist.
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Store(error) => error.into(),
            PlanError::Matter(error) => error.into(),
            PlanError::NotFound => Self::NotFound,
            _ => Self::BadRequest,
        }
    }
}
