//! Words for codes, and the choices of the forms.

use kernel::identity_code::IdentityCode;
use kernel::place;
use kernel::time::Date;
use web::{Choice, Texts};

/// The word of a code: the message `<family>-<code>`.
pub fn word(t: &Texts, family: &str, code: &str) -> String {
    t.get(&format!("{family}-{code}"))
}

/// The same word at the beginning of a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Where a detail is from: what a worker may choose.
pub const SOURCES: [&str; 6] = [
    "client",
    "close",
    "authority",
    "document",
    "register",
    "worker",
];

/// Sources that only the house itself writes.
const OWN_SOURCES: [&str; 2] = ["import", "merge"];

/// Languages that are offered; any other is written out by hand among the basics.
pub const LANGUAGES: [&str; 20] = [
    "fi", "sv", "se", "sign", "sign_sv", "en", "ru", "et", "uk", "ar", "so", "fa", "ku", "vi",
    "th", "zh", "es", "tr", "sq", "other",
];

/// Kinds of homelessness.
pub const HOMELESSNESS: [&str; 6] = [
    "no",
    "outdoors",
    "hostel",
    "institution",
    "friends",
    "unknown",
];

/// Why a person is searched by name.
pub const SEARCH_REASONS: [&str; 5] = ["contact", "notice", "matter", "authority", "record"];

/// Who a related person is.
pub const ROLES: [&str; 16] = [
    "spouse",
    "partner",
    "child",
    "parent",
    "sibling",
    "grandparent",
    "grandchild",
    "former_spouse",
    "relative",
    "guardian",
    "legal_guardian",
    "continuing_proxy",
    "proxy",
    "close",
    "support_person",
    "other",
];

/// Why a record is opened exceptionally.
pub const EXCEPTIONAL_CODES: [&str; 6] = [
    "urgent",
    "present",
    "relation_missing",
    "safety",
    "authority",
    "fault",
];

/// On which ground a client relation ends.
pub const END_GROUNDS: [&str; 6] = [
    "need_ended",
    "client_wish",
    "moved",
    "not_reached",
    "dead",
    "other",
];

/// By what a client relation begins.
pub const OPEN_GROUNDS: [&str; 3] = ["application", "matter", "service"];

/// Choices of codes in a family of messages.
pub fn choices(t: &Texts, family: &str, codes: &[&str]) -> Vec<Choice> {
    codes
        .iter()
        .map(|code| Choice::new(*code, capital(&word(t, family, code))))
        .collect()
}

/// A code that one of the lists has.
pub fn known<'c>(codes: &[&'c str], code: &str) -> Option<&'c str> {
    codes.iter().copied().find(|known| *known == code)
}

/// All sources of a detail, for a worker to choose.
pub fn sources(t: &Texts) -> Vec<Choice> {
    choices(t, "client-source", &SOURCES)
}

/// A source in words; one that another version wrote stands as it is.
pub fn source(t: &Texts, code: &str) -> String {
    if SOURCES.contains(&code) || OWN_SOURCES.contains(&code) {
        word(t, "client-source", code)
    } else {
        code.to_owned()
    }
}

/// The municipalities of the county first, then every other.
pub fn municipalities(t: &Texts, county: &str) -> Vec<Choice> {
    let own = place::municipalities_of(county);
    let mut all: Vec<Choice> = own
        .iter()
        .map(|one| Choice::new(one.code, one.name(t.language())))
        .collect();
    all.push(Choice::new("other", t.get("client-municipality-other")));
    all
}

/// A municipality by its code.
pub fn municipality(t: &Texts, code: &str) -> String {
    if code == "other" {
        return t.get("client-municipality-other");
    }
    place::municipality(code)
        .map_or_else(|| code.to_owned(), |one| one.name(t.language()).to_owned())
}

/// A language by its code; one written by hand stands as it is.
pub fn language(t: &Texts, code: &str) -> String {
    if LANGUAGES.contains(&code) {
        word(t, "client-language", code)
    } else {
        code.to_owned()
    }
}

/// A kind of relation in words.
pub fn relation(t: &Texts, kind: &str) -> String {
    const KNOWN: [&str; 26] = [
        "recorder",
        "contact_holder",
        "former_holder",
        "matter_holder",
        "offer_receiver",
        "unit_duty",
        "emergency_event",
        "own_worker",
        "own_team",
        "substitute",
        "assessor",
        "matter_participant",
        "preparer",
        "decision_maker",
        "consulted",
        "invited_expert",
        "service_worker",
        "group_leader",
        "joint_service",
        "unit_lead",
        "complaint_handler",
        "admin_task",
        "exceptional",
        "tutor_link",
        "rectification_case",
        "other",
    ];
    let kind = known(&KNOWN, kind).unwrap_or("other");
    word(t, "client-relation-kind", kind)
}

/// Full years lived on a day.
pub fn age(birth: Date, on: Date) -> i16 {
    let passed = (on.month(), on.day()) >= (birth.month(), birth.day());
    let years = on.year() - birth.year() - i16::from(!passed);
    years.max(0)
}

/// The same day so many years later; the last of February for a leap day.
pub fn years_after(day: Date, years: i16) -> Date {
    let year = day.year().saturating_add(years);
    Date::new(year, day.month(), day.day())
        .or_else(|_| Date::new(year, day.month(), 28))
        .unwrap_or(day)
}

/// The value of a detail in words.
pub fn value(t: &Texts, kind: &str, value: &str) -> String {
    match kind {
        "home_municipality" => municipality(t, value),
        "mother_tongue" | "service_language" => language(t, value),
        "homelessness" if HOMELESSNESS.contains(&value) => word(t, "client-homeless", value),
        "easy_language" if matches!(value, "yes" | "no") => word(t, "client-easy", value),
        _ => value.to_owned(),
    }
}

/// Whether a text looks like an identity code, so that the field of the top bar knows what was meant.
pub fn looks_like_code(text: &str) -> bool {
    IdentityCode::from_input(text).is_ok() || {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        plain.len() == 11
            && plain.chars().take(6).all(|c| c.is_ascii_digit())
            && plain.chars().nth(6).is_some_and(|c| !c.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_full_only_after_the_birthday() {
        let birth: Date = "1994-05-01".parse().unwrap();
        let on = |day: &str| age(birth, day.parse().unwrap());
        assert_eq!(on("2026-04-30"), 31);
        assert_eq!(on("2026-05-01"), 32);
        assert_eq!(on("1994-05-01"), 0);
        assert_eq!(on("1990-01-01"), 0, "never below nought");
        let leap: Date = "2000-02-29".parse().unwrap();
        assert_eq!(age(leap, "2026-02-28".parse().unwrap()), 25);
        assert_eq!(age(leap, "2026-03-01".parse().unwrap()), 26);
    }

    #[test]
    fn a_code_is_told_from_a_name_and_a_phone() {
        assert!(looks_like_code("010594Y9032"));
        assert!(looks_like_code(" 010594-903X "));
        assert!(!looks_like_code("Mikael Rautio"));
        assert!(!looks_like_code("040 123 4567"));
        assert!(!looks_like_code("04012345678"));
    }
}
