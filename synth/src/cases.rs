//! One contact's course: who does what to it and when. The course is decided when it arrives and
//! carried out by the intake room.

use identity::people::{StaffId, UnitId};
use intake::domain::{ContactId, OfferId};
use kernel::time::Timestamp;

use crate::staffing::Role;

/// A worker as the course needs one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    pub staff: StaffId,
    pub unit: UnitId,
    pub role: Role,
}

/// A contact on its way.
#[derive(Debug, Clone)]
pub struct Case {
    pub id: ContactId,
    pub holder: Option<Hand>,
    pub offer: Option<(OfferId, Hand)>,
    /// Neither a name, a number nor a receipt code: may end as an unknown caller.
    pub unknown: bool,
    /// Reads answers with the receipt code.
    pub reads_code: bool,
    pub ended: bool,
    pub refusals: u8,
}

/// What happens next to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Somebody makes contact.
    Arrive,
    /// A planted contact arrives.
    Plant(usize),
    /// Somebody asks for advice; nothing else follows.
    Advise,
    Take(usize, Hand),
    Judge(usize),
    /// The person is reached, and any promised call is made.
    Reach(usize),
    Try(usize, intake::domain::AttemptChannel),
    Offer(usize, Hand, bool),
    Accept(usize),
    Refuse(usize),
    /// The offer's time runs out.
    RunOut(usize),
    Answer(usize),
    End(usize, End),
    /// The lead sees an ending of one who was not reached.
    Seen(usize),
    /// Somebody becomes a client.
    BecomeClient,
    /// A planted client.
    PlantClient(usize),
    /// A client's matter has been handled.
    CloseMatter(usize),
    /// Something is written of a client's matter.
    Write(usize, Chapter),
}

/// What is written of a matter, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// A note of the story, by its number.
    Note(usize),
    /// An assessment is obviously unnecessary.
    Unnecessary,
    /// The assessment begins.
    Assess,
    /// The assessment is finished.
    Assessed,
    /// The plan is made and comes into force.
    Plan,
    /// The plan is reviewed.
    Review,
    /// The service begins, or it is seen that nothing needs deciding.
    Execution,
    /// What has been done is told to be done.
    Settle,
}

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    NextStep,
    NotWanted,
    NotReached,
    Unknown,
}

/// A step at its moment. Ordered by moment, then by the order of planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub at: Timestamp,
    pub order: u64,
    pub step: Step,
}

impl Ord for Planned {
    /// The earliest is the greatest, so that a heap gives it first.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

impl PartialOrd for Planned {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
