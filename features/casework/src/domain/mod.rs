//! Types and rules of matters: no SQL, no HTTP.

pub mod clocks;
pub mod ground;
pub mod initiation;
pub mod life;
pub mod special_support;
pub mod transfer;

use clients::store::settings::{Fault, within};
use identity::people::StaffId;
use kernel::coded;

pub use ground::Ground;
pub use initiation::{Initiation, InitiationKind, Initiator, OutsideSource, Way};
pub use life::{Holder, Life, Stage, Step};

kernel::id_type!(/** A matter (asia). */ MatterId);
kernel::id_type!(/** An offer to hand a matter over (siirtopyyntö). */ MatterOfferId);
kernel::id_type!(/** Any other row of this feature. */ RowId);

coded! {
    /// The service task (palvelutehtävä) in which a matter is handled: exactly one, and it steers who may read it
    /// (703/2023 37 § 2). The codes are those of the rights table; the national classification (1221) is loaded
    /// when documents are archived.
    ServiceTask {
        WorkingAge = "working_age",
        Families = "families",
        Older = "older",
        Substance = "substance",
        Disability = "disability",
        ChildProtection = "child_protection",
        FamilyLaw = "family_law",
    }
}

coded! {
    /// What a matter is called. The national list of names (1265) is not public but for its code 99 "Muu", which needs
    /// a text: until the list is loaded, every name of ours is archived as 99 with its text.
    NameCode {
        Assessment = "assessment",
        SocialWork = "social_work",
        Guidance = "guidance",
        Rehabilitation = "rehabilitation",
        Housing = "housing",
        Supplementary = "supplementary",
        Preventive = "preventive",
        WorkActivity = "work_activity",
        MoneyManagement = "money_management",
        Urgent = "urgent",
        /// Muu: the text says what.
        Other = "99",
    }
}

impl NameCode {
    /// The name in Finnish, as it is kept in a client's history and archived.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Assessment => "Palvelutarpeen arviointi",
            Self::SocialWork => "Sosiaalityö",
            Self::Guidance => "Sosiaaliohjaus",
            Self::Rehabilitation => "Sosiaalinen kuntoutus",
            Self::Housing => "Asumisen tuki",
            Self::Supplementary => "Täydentävä toimeentulotuki",
            Self::Preventive => "Ehkäisevä toimeentulotuki",
            Self::WorkActivity => "Kuntouttava työtoiminta",
            Self::MoneyManagement => "Taloudellisen toimintakyvyn tuki",
            Self::Urgent => "Kiireellinen avun tarve",
            Self::Other => "Muu asia",
        }
    }
}

/// The name of a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterName {
    code: NameCode,
    text: Option<String>,
}

impl MatterName {
    /// A name; the text is kept for any code and needed for [`NameCode::Other`].
    ///
    /// # Errors
    /// [`MatterError::NameText`] when code 99 comes without a text.
    pub fn new(code: NameCode, text: Option<&str>) -> Result<Self, MatterError> {
        let text = text
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned);
        if code == NameCode::Other && text.is_none() {
            return Err(MatterError::NameText);
        }
        Ok(Self { code, text })
    }

    pub const fn code(&self) -> NameCode {
        self.code
    }

    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The code of the national list (1265) under which it is archived.
    pub const fn archive_code(&self) -> &'static str {
        "99"
    }
}

coded! {
    /// Why a matter is closed. A closed matter is not opened again: a new contact makes a new one with clocks of its own.
    CloseReason {
        /// What was asked for has been done.
        Handled = "handled",
        /// The assessment found no need.
        NoNeed = "no_need",
        /// The person does not want help (AsL 8 §).
        Declined = "declined",
        /// The person was not reached.
        NotReached = "not_reached",
        /// Moved to another county, and nothing was to be sent.
        Moved = "moved",
        /// Died.
        Died = "died",
        /// Goes on in another matter of the same client.
        Joined = "joined",
        /// Opened by mistake.
        Mistake = "mistake",
        /// Another reason, in words.
        Other = "other",
    }
}

impl CloseReason {
    /// Whether the reason says too little without words.
    pub const fn needs_words(self) -> bool {
        matches!(
            self,
            Self::NoNeed | Self::Declined | Self::NotReached | Self::Mistake | Self::Other
        )
    }

    /// Whether it makes sense to ask the client how it went.
    pub const fn asks_client(self) -> bool {
        !matches!(self, Self::Died | Self::Mistake | Self::Joined)
    }
}

coded! {
    /// Why no own worker is named (SHL 42 § 1).
    NoOwnWorker {
        /// Another worker already answers for the client.
        OtherResponsible = "other_responsible",
        /// Naming is obviously unnecessary.
        Unnecessary = "unnecessary",
    }
}

coded! {
    /// What a client says when a matter is closed: was she heard (tulinko kuulluksi). The first four are the scale.
    Heard {
        Fully = "fully",
        Mostly = "mostly",
        Little = "little",
        NotAtAll = "not_at_all",
        /// She was asked and did not want to answer.
        Declined = "declined",
        /// She could not be asked.
        NotAsked = "not_asked",
    }
}

coded! {
    /// Why an assessment is not made (SHL 36 § 1).
    AssessmentStep {
        Begun = "begun",
        /// Obviously unnecessary; the reason in words.
        Unnecessary = "unnecessary",
    }
}

coded! {
    /// How the time limit of carrying out a decision ended (SHL 45 § 2).
    ExecutionStep {
        /// The service began.
        Carried = "carried",
        /// Nothing was applied for and nothing needs deciding; the reason in words.
        NotNeeded = "not_needed",
    }
}

/// What a county has decided about its matters; the law sets none of these numbers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MatterSettings {
    /// Hours in which an offer is to be answered.
    pub offer_answer_hours: i64,
    /// Days that a relation has a tail after its end (rights: read own matter, finish own drafts).
    pub tail_days: i64,
    /// Days without a contact, an entry or an act after which an open matter rises to the lead as dormant.
    pub dormant_days: i64,
}

impl MatterSettings {
    /// Checks that every value is one that a county may choose.
    ///
    /// # Errors
    /// The first value that is not.
    pub fn check(&self) -> Result<(), Fault> {
        within("offer_answer_hours", self.offer_answer_hours, 1, 240)?;
        within("tail_days", self.tail_days, 0, 90)?;
        within("dormant_days", self.dormant_days, 7, 365)
    }
}

impl Default for MatterSettings {
    fn default() -> Self {
        Self {
            offer_answer_hours: 24,
            tail_days: 30,
            dormant_days: 60,
        }
    }
}

/// Why an act on a matter is refused. Each becomes a message beside the form; nothing typed is lost.
#[derive(Debug, thiserror::Error)]
pub enum MatterError {
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The room of clients refused.
    #[error(transparent)]
    Client(#[from] clients::ClientError),
    /// No such matter, offer or worker (or not for this reader).
    #[error("not found")]
    NotFound,
    /// The name code 99 needs a text.
    #[error("the name needs a text")]
    NameText,
    /// Somebody took it first.
    #[error("already held by a person")]
    AlreadyHeld { by: StaffId },
    /// The matter is closed or was transferred.
    #[error("the matter has ended")]
    Ended,
    /// An offer is already waiting for an answer.
    #[error("an offer is open")]
    OfferOpen,
    /// The offer was answered, withdrawn or ran out meanwhile.
    #[error("the offer is no longer open")]
    OfferClosed,
    /// A lead takes over only from somebody absent or departed.
    #[error("the holder is at work")]
    HolderPresent,
    #[error("the receiver is away")]
    ReceiverAway,
    /// The person works on the matter already.
    #[error("already a worker of the matter")]
    WorkerAlready,
    /// The person is a client of the matter already.
    #[error("already a client of the matter")]
    ClientAlready,
    /// A matter has a client as long as it is open.
    #[error("the last client cannot leave")]
    LastClient,
    /// A limit in law has passed: the reason is to be recorded.
    #[error("a limit in law has passed")]
    LateReason,
    /// The limit was ended already.
    #[error("the clock has ended")]
    ClockEnded,
    /// An own worker must be a professional (SHL 42 §, 817/2015 3 §).
    #[error("not a professional")]
    NotProfessional,
    /// The employment or the temporary right of whoever is named ends on this day: a naming ends by then.
    #[error("the worker leaves")]
    LastDay(kernel::time::Date),
    /// The client needs special support, and neither the own worker nor anybody beside is a social worker in public
    /// office (SHL 42 § 3).
    #[error("a social worker is to answer beside")]
    PairMissing,
    /// Whoever is named beside is not a social worker in public office, or is away.
    #[error("not a social worker in public office")]
    PairUnfit,
    /// Whoever would follow up is away or could not open the client.
    #[error("the follower could not")]
    FollowerUnfit,
    /// An own worker is named from a day before everything began, or too far ahead.
    #[error("the first day is not possible")]
    FirstDay,
    /// Open matters keep the client relation open (SHL 34 § 2).
    #[error("the client has open matters")]
    OpenMatters,
    /// The package has left already.
    #[error("the package has left")]
    Sent,
    /// A table of law gives no day.
    #[error("a time limit cannot be counted")]
    Law,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_code_99_needs_its_text() {
        for text in [None, Some(""), Some("  ")] {
            assert!(matches!(
                MatterName::new(NameCode::Other, text),
                Err(MatterError::NameText)
            ));
        }
        let name = MatterName::new(NameCode::Other, Some(" Hautausavustus ")).unwrap();
        assert_eq!(name.text(), Some("Hautausavustus"));
        assert_eq!(name.archive_code(), "99");
        assert!(MatterName::new(NameCode::Housing, None).is_ok());
    }

    #[test]
    fn codes_are_read_back() {
        for code in NameCode::ALL {
            assert_eq!(NameCode::from_code(code.code()), Some(*code));
        }
        for task in ServiceTask::ALL {
            assert_eq!(ServiceTask::from_code(task.code()), Some(*task));
        }
    }
}
