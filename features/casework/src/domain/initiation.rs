//! How a matter became pending (vireilletulo): who, how, when, why, and where the information came from.

use kernel::coded;
use kernel::time::{Date, Timestamp, day};

use crate::domain::ground::Ground;

coded! {
    /// What made it pending (SHL 34 § 1, HL 19–20 §).
    InitiationKind {
        /// An application by the client or on the client's behalf.
        Application = "application",
        /// A contact in which a need was found.
        Contact = "contact",
        /// A notification of need by somebody else (SHL 35 §).
        Notification = "notification",
        /// A worker learned of it in office (SHL 34 § 1).
        Office = "office",
    }
}

coded! {
    /// The way it came.
    Way {
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
        /// From another system.
        Api = "api",
    }
}

coded! {
    /// Who brought the need (national list 1243, its own codes).
    Initiator {
        /// The person.
        Person = "1",
        /// A close one in the same household.
        CloseSame = "2",
        /// A close one elsewhere.
        CloseOther = "3",
        /// Another private person.
        Private = "4",
        /// The person's legal guardian.
        Guardian = "5",
        SocialWelfare = "6",
        HealthCare = "7",
        Association = "8",
        Employment = "9",
        Police = "10",
        Rescue = "11",
        EmergencyCentre = "12",
        DayCare = "13",
        AfternoonCare = "14",
        Education = "15",
        YouthWork = "16",
        Parish = "17",
        ReceptionCentre = "18",
        CriminalSanctions = "19",
        Other = "22",
        Enforcement = "23",
        Kela = "24",
    }
}

impl Initiator {
    /// The client, a relative, a close one or the legal representative: a contact by these starts the clock of seven
    /// working days, one by an official does not (SHL 36 § 2).
    pub const fn is_client_side(self) -> bool {
        matches!(
            self,
            Self::Person | Self::CloseSame | Self::CloseOther | Self::Guardian
        )
    }
}

/// Information from elsewhere than the client (703/2023 39 §): what, from whom, when, who asked, by what right, for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideSource {
    pub what: String,
    pub from_whom: String,
    pub got_on: Date,
    /// Who in the county asked for it; empty when it came unasked.
    pub asked_by: Option<String>,
    pub ground: Ground,
    pub purpose: String,
}

coded! {
    /// Why the start of the assessment has a day in law (SHL 36 § 2 1–3 kohta).
    SevenDays {
        /// Over 75 years; 75 is read as over, which is safe for the person.
        Age = "age",
        /// The highest care allowance for pensioners.
        CareAllowance = "care_allowance",
        /// A disabled person under the disability services act.
        Disability = "disability",
    }
}

/// The initiation entry (703/2023 41 §).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiation {
    pub kind: InitiationKind,
    pub way: Way,
    pub initiator: Initiator,
    /// Who that was, when not the client.
    pub initiator_name: Option<String>,
    /// When it became pending (HL 20 §).
    pub pending_at: Timestamp,
    /// When the client's side made contact, which may be before: the clock of seven working days starts there.
    pub contact_at: Timestamp,
    /// Need and its grounds in the worker's words.
    pub reasons: String,
    /// What the person said, in the person's own words.
    pub own_words: Option<String>,
    pub outside: Option<OutsideSource>,
    pub seven_days: Option<SevenDays>,
}

/// Age in whole years on a day.
pub fn age_on(born: Date, on: Date) -> i16 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    on.year() - born.year() - i16::from(!had_birthday)
}

impl Initiation {
    /// The reason by which the assessment must begin within seven working days from the contact, if any: what the
    /// worker recorded, or the age that is known. Only a contact by the client's side counts (SHL 36 § 2).
    pub fn seven_days_for(&self, born: Option<Date>) -> Option<SevenDays> {
        if !self.initiator.is_client_side() {
            return None;
        }
        self.seven_days.or_else(|| {
            born.filter(|born| age_on(*born, day(self.contact_at)) >= 75)
                .map(|_| SevenDays::Age)
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use kernel::time::{Time, moment};

    pub fn initiation(initiator: Initiator, on: Date) -> Initiation {
        let at = moment(on, Time::constant(10, 0, 0, 0));
        Initiation {
            kind: InitiationKind::Contact,
            way: Way::Phone,
            initiator,
            initiator_name: None,
            pending_at: at,
            contact_at: at,
            reasons: "Vuokra rästissä".to_owned(),
            own_words: None,
            outside: None,
            seven_days: None,
        }
    }

    #[test]
    fn age_turns_on_the_birthday() {
        let born = Date::constant(1951, 3, 13);
        assert_eq!(age_on(born, Date::constant(2026, 3, 12)), 74);
        assert_eq!(age_on(born, Date::constant(2026, 3, 13)), 75);
        let leap = Date::constant(1952, 2, 29);
        assert_eq!(age_on(leap, Date::constant(2027, 2, 28)), 74);
        assert_eq!(age_on(leap, Date::constant(2027, 3, 1)), 75);
    }

    #[test]
    fn seven_days_for_the_old_and_only_from_the_clients_side() {
        let on = Date::constant(2026, 3, 13);
        let (old, young) = (Date::constant(1951, 3, 13), Date::constant(1994, 5, 1));
        let by = |initiator| initiation(initiator, on);
        assert_eq!(
            by(Initiator::Person).seven_days_for(Some(old)),
            Some(SevenDays::Age)
        );
        assert_eq!(by(Initiator::Person).seven_days_for(Some(young)), None);
        assert_eq!(by(Initiator::Person).seven_days_for(None), None);
        assert_eq!(by(Initiator::Police).seven_days_for(Some(old)), None);
        let recorded = Initiation {
            seven_days: Some(SevenDays::Disability),
            ..by(Initiator::Guardian)
        };
        assert_eq!(
            recorded.seven_days_for(Some(young)),
            Some(SevenDays::Disability)
        );
    }
}
