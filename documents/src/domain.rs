//! What a document is, and why something about it is refused.

use casework::domain::{MatterError, MatterId, ServiceTask};
use clients::ClientId;
use identity::people::StaffId;
use kernel::coded;
use kernel::language::Language;
use kernel::time::Timestamp;
use store::StoreError;

use crate::body::{Body, Fields};

kernel::id_type!(/** A document of a matter: an assessment, a plan or a note. */ DocumentId);

coded! {
    /// What kind of document it is. The code is its class in the rights table.
    Kind {
        /// Palvelutarpeen arviointi.
        Assessment = "assessment",
        /// Asiakassuunnitelma.
        Plan = "plan",
        /// Asiakaskertomusmerkintä.
        Note = "note",
    }
}

coded! {
    /// Where a document is in its life. A draft over a finished version is a correction.
    State {
        Draft = "draft",
        /// A student's entry waits for the tutor (457/2024 21 §).
        Waiting = "waiting",
        Finished = "finished",
        /// Stored about the wrong person: nobody reads it any more, and it stays as a trace.
        Voided = "voided",
    }
}

/// A document without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    pub kind: Kind,
    pub matter: MatterId,
    pub service_task: ServiceTask,
    pub state: State,
    /// The newest finished version; 0 when there is none yet.
    pub version_no: i64,
    /// Grows with every saving of any part.
    pub revision: i64,
    pub language: Language,
    pub made_at: Timestamp,
    pub made_by: StaffId,
    /// Name of who made it.
    pub author: String,
    pub changed_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// The tutor whose approval it waits for.
    pub waiting_for: Option<StaffId>,
    /// The tutor's words when it was sent back.
    pub sent_back: Option<String>,
    /// Why the finished document is being corrected.
    pub correcting: Option<String>,
    /// Who asked the tutor for the approval last, with the name: not always the one who began the document.
    pub asked_by: Option<StaffId>,
    pub asker: Option<String>,
    /// Its clients, in the order in which they were named.
    pub clients: Vec<ClientId>,
}

impl Document {
    /// Whether its text may be written now.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, State::Draft | State::Waiting)
    }
}

/// A document that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    pub kind: Kind,
    pub matter: MatterId,
    /// At least one; each a client of the matter, which the caller has checked side by side.
    pub clients: Vec<ClientId>,
    pub language: Language,
}

/// A part of the working text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub code: String,
    /// The one client whom it concerns; whoever may not see her does not get it.
    pub client: Option<ClientId>,
    pub fields: Fields,
    pub revision: i64,
    pub changed_at: Timestamp,
    /// Name of who saved it last.
    pub changed_by: String,
}

/// A part as a worker saves it.
#[derive(Debug, Clone, Copy)]
pub struct Saving<'a> {
    pub document: DocumentId,
    pub part: &'a str,
    pub client: Option<ClientId>,
    /// The revision that the worker had before her when she began; 0 for a part that was empty.
    pub based_on: i64,
    pub fields: &'a Fields,
}

/// Somebody else saved the same part meanwhile: neither text is lost, because one is here and the other with its writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub theirs: Fields,
    /// Name of who saved it.
    pub by: String,
    pub at: Timestamp,
    /// What to base the next saving on when mine is to stand.
    pub revision: i64,
}

/// A finished version without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionHead {
    pub no: i64,
    pub finished_at: Timestamp,
    /// Name of who finished it.
    pub by: String,
    /// Why there is another version; none for the first.
    pub reason: Option<String>,
    /// Name of the tutor who approved it.
    pub approved_by: Option<String>,
}

/// A finished version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub head: VersionHead,
    pub body: Body,
}

/// Why something about a document is refused.
#[derive(Debug, thiserror::Error)]
pub enum DocError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Matter(#[from] MatterError),
    /// No such document, or none for this reader: what one may not see does not exist.
    #[error("not found")]
    NotFound,
    #[error("somebody else saved the same part meanwhile")]
    Clash(Box<Clash>),
    /// The document is not in a state in which this is done.
    #[error("the document is not in that state")]
    State,
    /// Two people are needed.
    #[error("the same worker cannot do both")]
    SameWorker,
    /// There is nothing to finish.
    #[error("nothing is written")]
    Empty,
}

impl From<clients::ClientError> for DocError {
    fn from(error: clients::ClientError) -> Self {
        Self::Matter(error.into())
    }
}
