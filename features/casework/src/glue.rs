//! Between the rules and the pages: who acts, with what, and how a refusal is shown.

use std::sync::Arc;

use access::log::{Actor, LogEntry};
use clients::Reader;
use web::{Failure, House};

use crate::domain::{MatterError, MatterId};
use crate::store::Casework;

/// Log event of a refusal.
pub const REFUSED: &str = "matter.refused";

/// Topic of the live channel that tells of changes in matters.
pub const LIVE_TOPIC: &str = "matters";

/// What the acts need, put into the house by `app`.
///
/// # Errors
/// When the house was built without it.
pub fn casework(house: &House) -> Result<Arc<Casework>, Failure> {
    house
        .extra::<Casework>()
        .ok_or_else(|| Failure::internal("the house has no casework"))
}

/// Logs that a worker was refused a matter: whoever tries ids one after another leaves a trace.
///
/// # Errors
/// When the entry cannot be committed.
pub async fn log_refusal(house: &House, reader: &Reader, matter: MatterId) -> Result<(), Failure> {
    house
        .store
        .log(LogEntry {
            at: house.now(),
            actor: Actor::Staff(reader.staff.bytes()),
            event: REFUSED,
            right: "default".into(),
            purpose: "P05",
            subjects: vec![matter.bytes()],
            detail: String::new(),
            digest: None,
        })
        .await?;
    Ok(())
}

impl From<MatterError> for Failure {
    /// For handlers where a refusal has no field to stand at. What one may not see does not exist.
    fn from(error: MatterError) -> Self {
        match error {
            MatterError::Store(error) => error.into(),
            MatterError::Client(error) => error.into(),
            MatterError::NotFound => Self::NotFound,
            MatterError::Law => Self::internal(error),
            _ => Self::BadRequest,
        }
    }
}
