//! What the pages have in common: the casework of the house, faults, ids of addresses.

use std::sync::Arc;

use access::log::{Actor, LogEntry};
use casework::store::Casework;
use clients::Reader;
use documents::DocError;
use identity::session::CurrentUser;
use store::{StoreError, WriteTx};
use web::{Failure, House};

use super::sheet::Place;

/// The casework of the house.
pub fn casework(house: &House) -> Result<Arc<Casework>, Failure> {
    casework::glue::casework(house)
}

/// Why a page cannot be shown.
#[derive(Debug)]
pub enum Fault {
    Doc(DocError),
    Failure(Failure),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<DocError> for Fault {
    fn from(error: DocError) -> Self {
        match error {
            DocError::Store(error) => error.into(),
            DocError::Matter(casework::domain::MatterError::Store(error)) => error.into(),
            error => Self::Doc(error),
        }
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<casework::domain::MatterError> for Fault {
    fn from(error: casework::domain::MatterError) -> Self {
        DocError::from(error).into()
    }
}

impl Fault {
    /// The failure; a refusal leaves a trace, for whoever tries ids one after another.
    pub async fn failure(self, house: &House, user: &CurrentUser, place: Place) -> Failure {
        let id = match place {
            Place::New(matter) => matter.bytes(),
            Place::Note(id) | Place::Approval(id) => id.bytes(),
        };
        self.of(house, user, id).await
    }

    /// The same for any id.
    pub async fn of(self, house: &House, user: &CurrentUser, id: [u8; 16]) -> Failure {
        match self {
            Self::Failure(failure) => failure,
            Self::Doc(_) => match refused(house, user, id).await {
                Ok(()) => Failure::NotFound,
                Err(failure) => failure,
            },
        }
    }
}

/// Logs that a worker was refused.
async fn refused(house: &House, user: &CurrentUser, id: [u8; 16]) -> Result<(), Failure> {
    house
        .store
        .log(LogEntry {
            at: house.now(),
            actor: Actor::Staff(user.staff.id.bytes()),
            event: REFUSED,
            right: "default".into(),
            purpose: "P05",
            subjects: vec![id],
            detail: String::new(),
            digest: None,
        })
        .await?;
    Ok(())
}

/// Log event of a refusal.
pub const REFUSED: &str = "note.refused";

/// Reads an id of an address; what is no id is nothing.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Runs an act in one transaction and tells the open pages; a refusal comes back inside.
pub async fn run<T: Send + 'static, E: From<StoreError> + Send + 'static>(
    house: &House,
    user: &CurrentUser,
    act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, E> + Send + 'static,
) -> Result<Result<T, E>, Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let done = house
        .store
        .write(move |tx| act(tx, &casework, &reader))
        .await;
    if done.is_ok() {
        house.live.tell(casework::glue::LIVE_TOPIC);
    }
    Ok(done.map(|receipt| receipt.value))
}

/// The message of a refusal, for a form or a sentence over a page.
///
/// # Errors
/// What is no refusal: a fault of the store.
pub fn refusal(error: DocError) -> Result<&'static str, Failure> {
    use casework::domain::MatterError;
    Ok(match error {
        DocError::Store(error) | DocError::Matter(MatterError::Store(error)) => {
            return Err(error.into());
        }
        DocError::Matter(MatterError::Ended) => "note-refused-ended",
        DocError::State => "note-refused-state",
        DocError::SameWorker => "note-refused-same-worker",
        DocError::Empty => "note-body-missing",
        DocError::NotFound | DocError::Matter(_) | DocError::Clash(_) => "note-refused-not-yours",
    })
}
