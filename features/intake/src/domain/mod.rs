//! Types and rules of contacts: no SQL, no HTTP.

pub mod attachment;
pub mod ending;
pub mod urgency;
pub mod working_time;

use identity::people::{StaffId, UnitId};
use kernel::coded;
use kernel::time::Date;

kernel::id_type!(/** A contact (yhteydenotto). */ ContactId);
kernel::id_type!(/** A hand-over offer (siirtopyyntö). */ OfferId);
kernel::id_type!(/** A call-back or a promised next step. */ TaskId);
kernel::id_type!(/** A file sent with a contact. */ AttachmentId);
kernel::id_type!(/** Any other row of this feature. */ RowId);

coded! {
    /// Why the contact was made.
    Kind {
        /// An ordinary contact.
        Contact = "contact",
        /// Notification of need by another authority or anybody (SHL 35 §).
        Notification = "notification",
        /// An application.
        Application = "application",
    }
}

coded! {
    /// The way it came.
    Door {
        Web = "web",
        Phone = "phone",
        Visit = "visit",
        Chat = "chat",
        Letter = "letter",
        /// At a health and social centre.
        Centre = "centre",
        /// Met outside the office.
        Street = "street",
        /// From another authority.
        Authority = "authority",
        /// Sent by another system.
        Api = "api",
    }
}

coded! {
    /// Who come together.
    Parties { One = "one", Couple = "couple", Family = "family" }
}

coded! {
    /// How the person wants the answer.
    AnswerWay {
        Call = "call",
        Text = "text",
        /// Reads the answer with the receipt code.
        Code = "code",
        /// Nothing asked: for example an authority's notification.
        None = "none",
    }
}

coded! {
    /// How soon help is needed, as the person says.
    Wish { Today = "today", Week = "week", NoHurry = "no_hurry" }
}

coded! {
    /// Language of the talk.
    TalkLanguage {
        Fi = "fi",
        Sv = "sv",
        En = "en",
        /// Sign language.
        Sign = "sign",
        /// Another language, through an interpreter.
        Other = "other",
    }
}

coded! {
    /// What it is about; a contact needs no problem and no theme.
    Theme {
        Housing = "housing",
        Money = "money",
        Everyday = "everyday",
        Health = "health",
        Substances = "substances",
        Work = "work",
        Loneliness = "loneliness",
        Violence = "violence",
        CloseOnes = "close_ones",
        Other = "other",
    }
}

coded! {
    /// Ground of a notification (SHL 35 § 1–2).
    AuthorityGround {
        Consent = "consent",
        /// Obviously unable to care for health or safety, consent cannot be had.
        Unable = "unable",
        /// A child's interest requires it.
        Child = "child",
    }
}

coded! {
    /// Way of an attempt to reach the person.
    AttemptChannel { Call = "call", Text = "text", Visit = "visit", Message = "message", Letter = "letter" }
}

/// Who answers for an open contact. There is no third possibility (invariant I1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The duty holder (vuorovastaava) of the unit, whoever is on duty.
    Duty(UnitId),
    /// A person by name.
    Person { staff: StaffId, unit: UnitId },
}

impl Holder {
    pub const fn unit(self) -> UnitId {
        match self {
            Self::Duty(unit) | Self::Person { unit, .. } => unit,
        }
    }

    pub const fn staff(self) -> Option<StaffId> {
        match self {
            Self::Duty(_) => None,
            Self::Person { staff, .. } => Some(staff),
        }
    }

    pub const fn kind(self) -> &'static str {
        match self {
            Self::Duty(_) => "duty",
            Self::Person { .. } => "person",
        }
    }
}

/// A contact to be received. Texts are trimmed and checked by the form or the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    pub kind: Kind,
    pub door: Door,
    pub municipality: Option<String>,
    pub language: TalkLanguage,
    pub other_language: Option<String>,
    pub interpreter: bool,
    pub parties: Parties,
    /// What the person says, or what the worker wrote down.
    pub own_words: String,
    pub title: String,
    pub theme: Option<Theme>,
    pub person_name: Option<String>,
    pub phone: Option<String>,
    pub answer_way: AnswerWay,
    pub wish: Option<Wish>,
    pub authority: Option<String>,
    pub authority_contact: Option<String>,
    pub authority_ground: Option<AuthorityGround>,
    /// The person stood beside while the worker filled in (avustettu asiointi).
    pub assisted: bool,
    pub urgency: urgency::Judgement,
}

impl NewContact {
    /// Nobody's name and no way to call back.
    pub fn anonymous(&self) -> bool {
        self.person_name.is_none()
    }
}

/// What a county has decided about its front door; the law sets none of these numbers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeSettings {
    /// Rule by which the first answer is promised (grammar of the law room).
    pub answer_rule: String,
    /// Hours after which an untaken contact is over the county's target.
    pub untaken_target_hours: i64,
    /// Hours after which a contact or a task that nobody has touched rises to the lead.
    pub untouched_limit_hours: i64,
    /// The same for contacts judged `now`.
    pub untouched_limit_urgent_minutes: i64,
    /// Hours in which an offer is to be answered.
    pub offer_answer_hours: i64,
    /// The same for contacts judged `now`; not moved to working time.
    pub offer_answer_urgent_hours: i64,
    /// Hours in which a promised call is to be made.
    pub call_back_hours: i64,
    /// Not reached: least number of attempts.
    pub not_reached_attempts: usize,
    /// Not reached: least number of different ways.
    pub not_reached_channels: usize,
    /// Not reached: a letter must be among the attempts.
    pub not_reached_letter: bool,
    /// Target: most holders a person meets before help.
    pub holders_target: i64,
    /// Days in which an ended contact can be reopened.
    pub reopen_days: i64,
}

impl Default for IntakeSettings {
    fn default() -> Self {
        Self {
            answer_rule: "WD(1)".to_owned(),
            untaken_target_hours: 4,
            untouched_limit_hours: 48,
            untouched_limit_urgent_minutes: 30,
            offer_answer_hours: 24,
            offer_answer_urgent_hours: 2,
            call_back_hours: 24,
            not_reached_attempts: 3,
            not_reached_channels: 2,
            not_reached_letter: true,
            holders_target: 2,
            reopen_days: 30,
        }
    }
}

/// Who acts, and by which row of the rights table: goes to the log as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    pub staff: StaffId,
    pub unit: UnitId,
    pub right: &'static str,
    pub purpose: &'static str,
}

/// Why an act on a contact is refused. Each becomes a message beside the form; nothing typed is lost.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// No such contact, offer or task (or not for this reader).
    #[error("not found")]
    NotFound,
    /// The county has no unit at work, so nobody could answer for a contact.
    #[error("the county has no unit that could hold a contact")]
    Nobody,
    /// Somebody took it first.
    #[error("already held by a person")]
    AlreadyHeld { by: StaffId },
    /// Only the one who answers for the contact may do this.
    #[error("not the holder")]
    NotHolder,
    #[error("the contact has ended")]
    Ended,
    #[error("the contact is still open")]
    StillOpen,
    /// An offer is already waiting for an answer.
    #[error("an offer is open")]
    OfferOpen,
    /// The offer was answered, withdrawn or ran out meanwhile.
    #[error("the offer is no longer open")]
    OfferClosed,
    #[error("not offered to this person")]
    NotReceiver,
    /// A lead takes over only from somebody absent or departed.
    #[error("the holder is at work")]
    HolderPresent,
    #[error("the receiver is away")]
    ReceiverAway,
    /// The county's rule for "not reached" is not met.
    #[error("not reached rule: {attempts} attempts, {channels} ways, letter {letter}")]
    NotReachedRule {
        attempts: usize,
        channels: usize,
        letter: bool,
    },
    /// The person is known, so the contact does not end as an unknown caller's.
    #[error("the person is known")]
    PersonKnown,
    /// More days have passed than a contact can be reopened in.
    #[error("too late to reopen")]
    TooLateToReopen,
    /// The county's setting `answer_rule` is not a dated rule.
    #[error("the setting answer_rule is not a dated rule")]
    AnswerRule,
    /// It is tied to a client already: that is undone first.
    #[error("linked to another client")]
    Linked,
    /// It is tied to no client.
    #[error("linked to no client")]
    NotLinked,
    /// The step from a contact to a matter was not done.
    #[error("no matter was opened")]
    Opening(Box<crate::store::opening::Refused>),
    /// The receipt code opens nothing.
    #[error("wrong receipt code")]
    WrongCode,
}

/// A day written in a form, in Finland's order (13.3.2026) or as browsers send it (2026-03-13).
pub fn parse_day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let mut parts = text.split('.').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
