//! What a client is, without SQL and pages.

pub mod guarded;

use access::rights::Subject;
use identity::people::{StaffId, UnitId};
use identity::session::CurrentUser;
use kernel::time::Timestamp;

kernel::id_type!(/** A client: one person in one county. */ ClientId);
kernel::id_type!(/** A row of a client's record. */ RowId);

/// Who reads or acts, as the gate needs to know: a signed-in worker, or the worker for whom a program acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub staff: StaffId,
    pub unit: UnitId,
    pub subject: Subject,
    /// Identified again in the last 15 minutes.
    pub strong: bool,
}

impl Reader {
    /// The reader of a request, with what the session has proved.
    pub fn of(user: &CurrentUser, now: Timestamp) -> Self {
        Self {
            strong: identity::strong::is_fresh(user.strong_at, now),
            ..Self::from(user)
        }
    }
}

impl From<&CurrentUser> for Reader {
    /// Without asking how fresh the proof of the session is; see [`Reader::of`].
    fn from(user: &CurrentUser) -> Self {
        Self {
            staff: user.staff.id,
            unit: user.unit.id,
            subject: user.subject.clone(),
            strong: false,
        }
    }
}

/// Why something about a client is refused.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// No such client or row, or none for this reader: what one may not see does not exist.
    #[error("not found")]
    NotFound,
    /// Denied, but the reader may open it by exceptional access with a stated reason.
    #[error("open to exceptional access only")]
    ExceptionalOnly,
    /// Another client has the identity code.
    #[error("another client has the identity code")]
    CodeTaken,
    /// The client has a personal identity code already.
    #[error("the client has an identity code")]
    HasCode,
    /// No more temporary identifiers can be given: the county's node is not set, or is too long.
    #[error("no temporary identifier can be given")]
    NoIdentifier,
    /// A required text is missing or too short; the name of the field.
    #[error("{0} is missing or too short")]
    Missing(&'static str),
    /// A period ends before it begins, or a day lies where it must not; the name of the field.
    #[error("{0} is no fitting day")]
    Day(&'static str),
    /// Somebody changed the record meanwhile.
    #[error("changed meanwhile")]
    Changed,
    /// It is so already.
    #[error("already so")]
    Already,
    /// It has ended or been done with.
    #[error("ended")]
    Ended,
    /// The second step of four eyes by the person of the first.
    #[error("another person must do this")]
    FourEyes,
    /// Somebody would lose the protection of non-disclosure, and the reader may not end it.
    #[error("only whoever may end non-disclosure may shorten it")]
    Unprotects,
    /// The kept record of a merge has itself been merged on: the later one is undone first.
    #[error("merged on since: undo the later merge first")]
    MergedOn,
    /// Open matters keep the client relation open (SHL 34 § 2).
    #[error("open matters keep the client relation")]
    OpenMatters,
    /// The limit of searches has been reached (bar B20); open work goes on.
    #[error("searching is paused")]
    SearchPaused { until: Timestamp },
    /// The client's details cannot be read by this version.
    #[error("a code that this version does not know")]
    Unreadable,
}

impl From<ClientError> for web::Failure {
    /// For handlers where a refusal has no field to stand at.
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Store(error) => error.into(),
            ClientError::NotFound | ClientError::ExceptionalOnly => Self::NotFound,
            ClientError::NoIdentifier | ClientError::Unreadable => Self::internal(error),
            _ => Self::BadRequest,
        }
    }
}
