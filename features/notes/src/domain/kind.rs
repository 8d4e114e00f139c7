//! What a note may be about: the kinds of the national structures, and how it was done.

use casework::domain::ServiceTask;
use kernel::coded;

coded! {
    /// The national structure of a note. Notes of therapeutic work (19014) are a class that is not opened here, and notes
    /// of the beginning of a matter (19001) are made by opening it.
    Structure {
        Guidance = "19003",
        Meeting = "19004",
        Appointment = "19005",
        Cancellation = "19006",
        DailyLife = "19007",
        Restriction = "19008",
        Information = "19009",
        Disclosure = "19010",
        ServiceEnd = "19012",
        Other = "19013",
    }
}

coded! {
    /// What a worker chooses first: the structure, and for an appointment its way at once.
    What {
        Visit = "visit",
        Home = "home",
        Call = "call",
        Video = "video",
        Message = "message",
        Meeting = "meeting",
        Guidance = "guidance",
        DailyLife = "daily_life",
        Cancelled = "cancelled",
        Information = "information",
        Disclosure = "disclosure",
        ServiceEnd = "service_end",
        Restriction = "restriction",
        Other = "other",
    }
}

coded! {
    /// How a meeting, guidance or daily life took place (1250), where the choice of the kind does not tell it.
    Way {
        Office = "office",
        Home = "home",
        Phone = "phone",
        Video = "video",
        Written = "written",
        Elsewhere = "elsewhere",
    }
}

coded! {
    /// Whose reason cancelled an appointment (126: Y30, Y32).
    CancelReason {
        Client = "Y30",
        Organisation = "Y32",
    }
}

coded! {
    /// The service that ended. The national list (1222) is loaded when documents are archived.
    Service {
        SocialWork = "social_work",
        Guidance = "guidance",
        Rehabilitation = "rehabilitation",
        Housing = "housing",
        HomeSupport = "home_support",
        WorkActivity = "work_activity",
        MoneyManagement = "money_management",
        SupportPerson = "support_person",
        Other = "other",
    }
}

/// A field that only some kinds have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extra {
    pub name: &'static str,
    pub of: &'static [What],
    pub required: bool,
    pub how: How,
}

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Line,
    Text,
    Day,
    Way,
    Reason,
    Service,
}

use What::{
    Call, Cancelled, DailyLife, Disclosure, Guidance, Home, Information, Meeting, Message,
    Restriction, ServiceEnd, Video, Visit,
};

const fn extra(name: &'static str, of: &'static [What], required: bool, how: How) -> Extra {
    Extra {
        name,
        of,
        required,
        how,
    }
}

/// The further fields, in the order of the form.
pub const EXTRAS: [Extra; 20] = [
    extra(
        "way",
        &[Meeting, Guidance, DailyLife, Cancelled],
        false,
        How::Way,
    ),
    extra("reason", &[Cancelled], true, How::Reason),
    extra("place", &[Visit, Home], false, How::Line),
    extra(
        "participants",
        &[Visit, Home, Call, Video, Message, Meeting],
        false,
        How::Line,
    ),
    extra("asked_on", &[Information], false, How::Day),
    extra("got_on", &[Information], false, How::Day),
    extra("asked", &[Information], false, How::Text),
    extra("source", &[Information], true, How::Line),
    extra("source_organisation", &[Information], false, How::Line),
    extra("given_on", &[Disclosure], true, How::Day),
    extra("receiver", &[Disclosure], true, How::Line),
    extra("receiver_organisation", &[Disclosure], false, How::Line),
    extra(
        "ground",
        &[Information, Disclosure, Restriction],
        true,
        How::Line,
    ),
    extra("purpose", &[Information, Disclosure], true, How::Line),
    extra("service", &[ServiceEnd], true, How::Service),
    extra("ended_on", &[ServiceEnd], true, How::Day),
    extra("decided_by", &[Restriction], true, How::Line),
    extra("done_by", &[Restriction], true, How::Line),
    extra("present", &[Restriction], false, How::Line),
    extra("opinion", &[Restriction], false, How::Text),
];

impl What {
    /// The national structure under which it is archived.
    pub const fn structure(self) -> Structure {
        match self {
            Visit | Home | Call | Video | Message => Structure::Appointment,
            Meeting => Structure::Meeting,
            Guidance => Structure::Guidance,
            DailyLife => Structure::DailyLife,
            Cancelled => Structure::Cancellation,
            Information => Structure::Information,
            Disclosure => Structure::Disclosure,
            ServiceEnd => Structure::ServiceEnd,
            Restriction => Structure::Restriction,
            Self::Other => Structure::Other,
        }
    }

    /// The name in Finnish, as it is kept in a client's history.
    pub const fn title(self) -> &'static str {
        match self {
            Visit => "Tapaaminen",
            Home => "Kotikäynti",
            Call => "Puhelu",
            Video => "Videotapaaminen",
            Message => "Viesti",
            Meeting => "Neuvottelu",
            Guidance => "Ohjaus ja neuvonta",
            DailyLife => "Asiakkaan arki",
            Cancelled => "Peruuntunut tapaaminen",
            Information => "Tietojen pyytäminen tai saaminen",
            Disclosure => "Tietojen luovuttaminen",
            ServiceEnd => "Palvelun päättyminen",
            Restriction => "Rajoitustoimenpide",
            Self::Other => "Muu kirjaus",
        }
    }

    /// Whether it tells of meeting somebody: a visit without a finished note is noticed (703/2023 17 §).
    pub const fn is_visit(self) -> bool {
        matches!(self, Visit | Home | Call | Video | Meeting)
    }

    /// Whether it is written in matters of the service task: restrictions exist in child protection and in services
    /// for people with disabilities alone.
    pub const fn is_of(self, task: ServiceTask) -> bool {
        !matches!(self, Restriction)
            || matches!(task, ServiceTask::ChildProtection | ServiceTask::Disability)
    }

    /// Its further fields.
    pub fn extras(self) -> impl Iterator<Item = &'static Extra> {
        EXTRAS.iter().filter(move |extra| extra.of.contains(&self))
    }

    /// The way that the choice itself tells.
    pub const fn way(self) -> Option<Way> {
        match self {
            Visit => Some(Way::Office),
            Home => Some(Way::Home),
            Call => Some(Way::Phone),
            Video => Some(Way::Video),
            Message => Some(Way::Written),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_structure_is_reached_and_every_field_asked_somewhere() {
        for structure in Structure::ALL {
            assert!(
                What::ALL.iter().any(|what| what.structure() == *structure),
                "{structure:?}"
            );
        }
        for extra in EXTRAS {
            assert!(!extra.of.is_empty(), "{}", extra.name);
        }
        let names: std::collections::BTreeSet<_> = EXTRAS.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), EXTRAS.len());
    }

    #[test]
    fn an_appointment_tells_its_way_and_others_ask_it() {
        for what in What::ALL {
            let asks = what.extras().any(|extra| extra.name == "way");
            assert!(what.way().is_none() || !asks, "{what:?}");
            assert_eq!(
                what.structure() == Structure::Appointment,
                what.way().is_some(),
                "{what:?}"
            );
        }
    }

    #[test]
    fn restrictions_belong_to_two_service_tasks() {
        assert!(!What::Restriction.is_of(ServiceTask::WorkingAge));
        assert!(What::Restriction.is_of(ServiceTask::Disability));
        assert!(What::Home.is_of(ServiceTask::WorkingAge));
    }
}
