//! What is sent when a matter goes to another county: an explicit package, to a named receiver, on a stated ground.

use kernel::coded;
use kernel::time::Timestamp;

use crate::domain::ground::Ground;

coded! {
    /// A part of the package; the worker picks each.
    Part {
        /// Name, identity code and day of birth.
        Basics = "basics",
        /// Languages, interpreter.
        Languages = "languages",
        /// Phone. Never of a client under non-disclosure.
        Contact = "contact",
        /// The initiation entry.
        Initiation = "initiation",
        /// Information from elsewhere with its sources.
        Outside = "outside",
        /// Time limits that run.
        Clocks = "clocks",
    }
}

coded! {
    /// How soon somebody there has to act, in the sender's judgement; the same codes as a contact's.
    Soon {
        /// Urgent need (SHL 12, 36 § 1).
        Now = "now",
        Today = "today",
        Week = "week",
        None = "none",
    }
}

coded! {
    /// How a package left.
    HowSent {
        Paper = "paper",
        SecureMail = "secure_mail",
        ByHand = "by_hand",
        OtherWay = "other",
        /// To another county that the same house serves, by itself.
        SameHouse = "same_house",
    }
}

impl HowSent {
    /// Ways that a worker tells; the house tells its own.
    pub const TOLD: [Self; 4] = [Self::SecureMail, Self::Paper, Self::ByHand, Self::OtherWay];
}

/// A transfer to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransfer {
    /// Code of the receiving county.
    pub county: String,
    /// The receiver there in words: unit or service.
    pub receiver: String,
    pub urgency: Soon,
    pub ground: Ground,
    /// The ground in words.
    pub ground_words: String,
    pub parts: Vec<Part>,
    /// What the receiver should know first.
    pub cover: String,
    /// The client has been told (HL 21 §).
    pub client_told: bool,
}

/// The package as it was sent: the outbox row and the print show the same.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Package {
    pub from_county: String,
    pub to_county: String,
    pub receiver: String,
    /// Code of [`Soon`]; packages from before it was asked have none.
    #[serde(default)]
    pub urgency: Option<String>,
    pub ground: String,
    pub ground_words: String,
    pub cover: String,
    pub matter: MatterPart,
    pub clients: Vec<ClientPart>,
    pub initiation: Option<InitiationPart>,
    pub clocks: Vec<ClockPart>,
    pub made_at: i64,
    pub made_by: String,
}

impl Package {
    /// When it was made.
    pub fn made(&self) -> Timestamp {
        kernel::time::from_millis(self.made_at)
    }
}

/// The matter itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MatterPart {
    pub number: String,
    pub name_code: String,
    pub name_text: Option<String>,
    pub service_task: String,
    pub pending_at: i64,
}

/// A client of the matter, in the parts that were picked.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ClientPart {
    pub name: Option<String>,
    pub identity_code: Option<String>,
    pub birth_date: Option<String>,
    pub languages: Vec<String>,
    pub phones: Vec<String>,
    /// True under non-disclosure: contact details are given by telephone to a named person only.
    pub protected: bool,
}

/// The initiation entry.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct InitiationPart {
    pub kind: String,
    pub way: String,
    pub initiator: String,
    pub initiator_name: Option<String>,
    pub reasons: String,
    pub own_words: Option<String>,
    pub outside: Option<OutsidePart>,
}

/// Information from elsewhere than the client.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OutsidePart {
    pub what: String,
    pub from_whom: String,
    pub got_on: String,
    pub ground: String,
}

/// A time limit that runs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ClockPart {
    pub code: String,
    pub trigger_at: i64,
    pub due_on: Option<String>,
}
