//! Types and rules of the client plan: no SQL, no HTTP.

pub mod body;
pub mod owner;
pub mod parts;
pub mod place;

use clients::ClientId;
use documents::{Clash, DocError, DocumentId};
use identity::people::StaffId;
use kernel::coded;
use kernel::time::Date;

pub use owner::Owner;

kernel::id_type!(/** A goal of a plan. */ GoalId);
kernel::id_type!(/** An action of a goal. */ ActionId);
kernel::id_type!(/** A part for a special law or a partner. */ SectionId);
kernel::id_type!(/** Any other row of this room. */ RowId);

coded! {
    /// Where a plan is in its life.
    Stage {
        Draft = "draft",
        /// Voimassa: its newest version is what has been agreed.
        InForce = "in_force",
        Ended = "ended",
    }
}

coded! {
    /// What a goal aims at: the scale of structure 15020. To stay where one is may be the right goal.
    GoalKind {
        /// Muutos parempaan.
        Better = "1",
        /// Tilanteen huononemisen ehkäisy.
        Keep = "2",
    }
}

coded! {
    /// Where a goal stands.
    GoalState {
        Open = "open",
        Attained = "attained",
        /// Given up, with the reason in words.
        Dropped = "dropped",
    }
}

coded! {
    /// Where an action stands.
    ActionState {
        Open = "open",
        Done = "done",
        /// Not done and not to be done, with the reason in words.
        Dropped = "dropped",
    }
}

coded! {
    /// How a goal was attained, when a plan is reviewed. The values of code system 1253 are not public: these are ours until
    /// they are loaded.
    Attained {
        Attained = "attained",
        Partly = "partly",
        Not = "not",
    }
}

coded! {
    /// What helps or hinders a goal: the sub-classes of code system 1290 that are public, and other with words.
    Factor {
        Housing = "3",
        Alcohol = "38",
        Drugs = "39",
        Mixed = "47",
        Gambling = "49",
        Gaming = "51",
        OtherAddiction = "53",
        CloseOnes = "54",
    }
}

coded! {
    /// Why no plan is made.
    Skip {
        /// Obviously unnecessary (SHL 39 § 1).
        Unnecessary = "unnecessary",
        /// Temporary advice and guidance (AsL 7 §).
        Advice = "advice",
        /// The client does not want one (AsL 8 §): a no is respected and the door stays open.
        Declined = "declined",
    }
}

coded! {
    /// Why a plan ends.
    EndReason {
        /// The goals have been attained as far as was agreed.
        Attained = "attained",
        /// Another plan goes on in its place.
        Replaced = "replaced",
        /// The client does not want the plan any more.
        Declined = "declined",
        /// The matter ended.
        Matter = "matter",
        /// Never came into force.
        Abandoned = "abandoned",
        /// Voided by two: it was made by mistake or about the wrong person.
        Voided = "voided",
        Other = "other",
    }
}

impl EndReason {
    /// What a worker may choose; the matter's end is told by the matter, and voiding takes two.
    pub const fn chosen(stage: Stage) -> &'static [Self] {
        match stage {
            Stage::Draft => &[Self::Abandoned, Self::Declined, Self::Other],
            Stage::InForce | Stage::Ended => {
                &[Self::Attained, Self::Replaced, Self::Declined, Self::Other]
            }
        }
    }
}

/// A goal as a worker writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGoal {
    /// The one client whose own goal it is; none for a goal of all.
    pub client: Option<ClientId>,
    /// The client's words.
    pub words: String,
    pub kind: GoalKind,
    /// Small steps, a line each.
    pub steps: String,
    pub helps: String,
    pub hinders: String,
}

/// An action as a worker writes it down: what, who, by when. There is no action without an owner or a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    pub what: String,
    pub owner: Owner,
    pub due: Date,
    pub development: bool,
}

/// Why an act on a plan is refused. Each becomes a message beside the form; nothing typed is lost.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Matter(casework::domain::MatterError),
    #[error(transparent)]
    Document(DocError),
    /// No such plan, goal or action (or not for this reader).
    #[error("not found")]
    NotFound,
    /// The client has a plan already (I2). `plan` is where the reader may go; none when she may not see it.
    #[error("the client has a plan already")]
    Taken {
        client: ClientId,
        plan: Option<DocumentId>,
        in_force: bool,
    },
    /// A plan that has ended is not changed.
    #[error("the plan has ended")]
    Ended,
    /// A plan comes into force with one goal at least.
    #[error("the plan has no goal")]
    NoGoal,
    /// Made without the client, and the obstacle is not told (SHL 39 § 1).
    #[error("the obstacle is to be told")]
    Obstacle,
    /// The text is finished, and no change of it was begun.
    #[error("no change was begun")]
    NotOpen,
    /// The day of review is to come.
    #[error("the day of review is to come")]
    ReviewDay,
    /// The owner of an action is neither a client of the plan nor at work.
    #[error("the owner is unknown")]
    Owner,
    /// Somebody is named whom a bar keeps from a client. Nobody is told which.
    #[error("the person cannot be named")]
    Barred(StaffId),
    /// The coordinator is not in service, or does no client work.
    #[error("the coordinator is not at client work")]
    Coordinator,
    /// It is about a client who is not in the plan.
    #[error("the client is not in the plan")]
    Whose,
    /// A goal that has another client's action cannot become one client's own (B13).
    #[error("the goal has another client's action")]
    OthersAction,
    /// Somebody saved another text meanwhile: neither is lost.
    #[error("somebody saved another text meanwhile")]
    Clash(Box<Clash>),
    /// Nothing was chosen or written.
    #[error("nothing is written")]
    Empty,
    /// What has been agreed in a version is given up with words, not taken away.
    #[error("it has been agreed")]
    Agreed,
}

impl From<clients::ClientError> for PlanError {
    fn from(error: clients::ClientError) -> Self {
        match error {
            clients::ClientError::Store(error) => Self::Store(error),
            clients::ClientError::NotFound => Self::NotFound,
            error => Self::Matter(error.into()),
        }
    }
}

/// A day as it is written in texts: 5.4.2026.
pub fn written(day: Date) -> String {
    format!("{}.{}.{}", day.day(), day.month(), day.year())
}

/// The words of a list of codes separated by spaces; unknown ones are left out.
pub fn factors(codes: &str) -> Vec<Factor> {
    codes
        .split_whitespace()
        .filter_map(Factor::from_code)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_read_as_they_are_written() {
        assert_eq!(factors("3 99 38 "), [Factor::Housing, Factor::Alcohol]);
        assert!(factors("").is_empty());
    }

    #[test]
    fn the_scale_is_that_of_the_national_structure() {
        assert_eq!(GoalKind::from_code("1"), Some(GoalKind::Better));
        assert_eq!(GoalKind::from_code("2"), Some(GoalKind::Keep));
        assert_eq!(GoalKind::from_code("3"), None);
    }
}
