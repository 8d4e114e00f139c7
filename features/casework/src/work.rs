//! What a worker has to do, as the rooms tell it to the desk: one row for each thing that is due, late or waits.

use clients::{ClientId, Reader};
use kernel::time::{Date, Timestamp};
use store::{ShowTx, StoreError};
use web::Texts;

/// One thing to do, in ready words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// The day by which it is to be done; `None` when it only waits.
    pub due: Option<Date>,
    /// Whose data the row shows: the desk's log entry names them.
    pub clients: Vec<ClientId>,
    /// Who it is about, as the reader may see it.
    pub who: String,
    /// What is to be done.
    pub what: String,
    /// The ground of the day: a section of law, or that it was agreed.
    pub law: String,
    /// Address of the page where it is done.
    pub href: String,
    /// The word on the button: a verb.
    pub button: String,
    /// Somebody waits for this worker's answer.
    pub waiting: bool,
}

/// The rows of one room. Only what this reader's rights open, in statements whose number does not grow with the rows.
/// Nothing is logged here: the desk writes one entry for all that it shows.
pub type Source =
    fn(&mut ShowTx<'_, '_>, &Reader, &Texts, Timestamp) -> Result<Vec<Work>, StoreError>;

/// The sources of the desk's rows: `house.extra::<Works>()`.
#[derive(Debug, Clone, Default)]
pub struct Works(pub Vec<Source>);

/// Unfinished text of a worker, as the rooms tell it to the desk: a document that is a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Whose data the row shows.
    pub clients: Vec<ClientId>,
    /// What it is and about whom, in ready words.
    pub label: String,
    pub href: String,
    pub saved_at: Timestamp,
}

/// The drafts of one room, newest first. Only what this reader's rights open; nothing is logged here.
pub type DraftSource =
    fn(&mut ShowTx<'_, '_>, &Reader, &Texts, Timestamp) -> Result<Vec<Draft>, StoreError>;

/// The sources of the desk's drafts beside saved forms: `house.extra::<Drafts>()`.
#[derive(Debug, Clone, Default)]
pub struct Drafts(pub Vec<DraftSource>);

/// One thing that a worker has done, in ready words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub at: Timestamp,
    /// Whose data the row shows.
    pub clients: Vec<ClientId>,
    /// Who it is about, as the reader may see it.
    pub who: String,
    pub what: String,
    pub href: String,
}

/// What the reader has done in one room since the first moment, told at the second. As [`Source`].
pub type DoneSource =
    fn(&mut ShowTx<'_, '_>, &Reader, &Texts, Timestamp, Timestamp) -> Result<Vec<Done>, StoreError>;

/// The sources of what was done today: `house.extra::<Dones>()`.
#[derive(Debug, Clone, Default)]
pub struct Dones(pub Vec<DoneSource>);
