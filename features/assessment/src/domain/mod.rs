//! Types and rules of the needs assessment: no SQL, no HTTP.

pub mod parts;
pub mod ready;
pub mod sections;

use documents::{DocError, DocumentId};
use identity::people::StaffId;
use kernel::coded;
use kernel::time::Date;

pub use parts::{Area, Field, Input, PartSpec};
pub use sections::{NewSection, SectionKind, Who};

kernel::id_type!(/** The section of one expert in an assessment. */ SectionId);

coded! {
    /// The visible stages of an assessment. They are not gates: any part may be written at any time.
    Stage {
        /// Vireilletulo: what began it, who takes part.
        Start = "start",
        /// Yhteinen tilannekuva.
        Picture = "picture",
        /// Johtopäätökset.
        Conclusions = "conclusions",
    }
}

coded! {
    /// How far an eviction has come, in the order of its steps.
    Eviction {
        None = "none",
        /// Rent is unpaid and nobody has acted on it yet.
        Arrears = "arrears",
        /// The landlord has warned in writing.
        Warned = "warned",
        /// The lease has been terminated.
        Terminated = "terminated",
        /// The landlord has sued.
        Court = "court",
        /// The enforcement authority has given a day of moving out.
        Enforcement = "enforcement",
        /// The home has been lost.
        Evicted = "evicted",
    }
}

impl Eviction {
    /// Whether the home may be lost: the matter is then urgent.
    pub const fn is_risk(self) -> bool {
        !matches!(self, Self::None | Self::Evicted)
    }

    /// Whether it is told as a risk now: while the assessment is open, and after it as long as the day is ahead. After that
    /// the plan and the notes know better.
    pub fn is_current(self, open: bool, due: Option<Date>, today: Date) -> bool {
        self.is_risk() && (open || due.is_some_and(|due| due >= today))
    }

    /// Whether losing it is near, so that the work cannot wait for the assessment.
    pub const fn is_near(self) -> bool {
        matches!(self, Self::Terminated | Self::Court | Self::Enforcement)
    }
}

/// Why an act on an assessment is refused. Each becomes a message beside the form; nothing typed is lost.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Doc(#[from] DocError),
    /// One is being made of the same clients in this matter.
    #[error("an assessment is open already")]
    OpenAlready(DocumentId),
    /// Something that the law asks for is missing.
    #[error("not ready")]
    NotReady,
    /// The client needs special support and the worker is no social worker in public office (SHL 36 § 5).
    #[error("a social worker in public office finishes")]
    SpecialSupport,
    /// A temporary social worker's assessment is finished by a leading social worker (817/2015 12 § 1).
    #[error("a leading social worker finishes")]
    Supervised,
    /// The proof of who is at the screen is not fresh.
    #[error("who is at the screen is asked again")]
    Strong,
    /// The section has been sent or withdrawn.
    #[error("the section is closed")]
    SectionClosed,
    /// The person takes part already.
    #[error("already there")]
    Already(StaffId),
    /// The person could not see the client, or is away.
    #[error("the person cannot take part")]
    CannotTakePart,
    /// An expert of health care sees the section by the client's permission or in a joint service (703/2023 53 § 1).
    #[error("a permission is needed")]
    PermitMissing,
}

impl From<store::StoreError> for Refusal {
    fn from(error: store::StoreError) -> Self {
        Self::Doc(error.into())
    }
}

impl From<casework::domain::MatterError> for Refusal {
    fn from(error: casework::domain::MatterError) -> Self {
        Self::Doc(error.into())
    }
}

impl From<clients::ClientError> for Refusal {
    fn from(error: clients::ClientError) -> Self {
        Self::Doc(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_risk_is_before_the_loss() {
        let risks: Vec<_> = Eviction::ALL.iter().filter(|one| one.is_risk()).collect();
        assert_eq!(risks.len(), 5);
        assert!(!Eviction::Evicted.is_risk());
        assert!(
            Eviction::ALL
                .iter()
                .all(|one| !one.is_near() || one.is_risk())
        );
    }
}
