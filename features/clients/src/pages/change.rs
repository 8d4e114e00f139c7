//! What may be changed among a client's basics, one thing at a time: how each is asked and read.

use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use web::{Choice, Form, Texts};

use crate::pages::labels::{self, HOMELESSNESS, LANGUAGES, SOURCES, choices, known};
use crate::pages::person::{read_email, read_phone};

/// Longest line.
const LINE: usize = 200;
/// Longest text of several lines.
const TEXT: usize = 1_000;

/// How a thing is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Name,
    Code,
    Choice,
    Line,
    Phone,
    Text,
}

/// One thing of the basics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Code in addresses and in the store.
    pub kind: &'static str,
    pub group: Group,
    pub input: Input,
    /// There may be several at the same time.
    pub many: bool,
    /// May be kept secret without non-disclosure.
    pub protectable: bool,
}

/// Where on the page of the basics a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Identity,
    Contact,
    Speech,
    Home,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Identity, Self::Contact, Self::Speech, Self::Home];

    /// Id of the section in the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Speech => "speech",
            Self::Home => "home",
        }
    }

    /// Message key of the heading.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Identity => "client-group-identity",
            Self::Contact => "client-group-contact",
            Self::Speech => "client-group-speech",
            Self::Home => "client-group-home",
        }
    }
}

const fn part(
    kind: &'static str,
    group: Group,
    input: Input,
    many: bool,
    protectable: bool,
) -> Part {
    Part {
        kind,
        group,
        input,
        many,
        protectable,
    }
}

/// Everything that has a form of its own, in the order of the page.
pub const PARTS: [Part; 17] = [
    part("name", Group::Identity, Input::Name, false, false),
    part("identity", Group::Identity, Input::Code, false, false),
    part("safety", Group::Identity, Input::Text, false, false),
    part("phone", Group::Contact, Input::Phone, true, true),
    part("email", Group::Contact, Input::Line, true, true),
    part("safe_number", Group::Contact, Input::Phone, false, false),
    part("safe_hours", Group::Contact, Input::Line, false, false),
    part("contact_wish", Group::Contact, Input::Line, false, false),
    part("postal_address", Group::Contact, Input::Text, false, true),
    part("mother_tongue", Group::Speech, Input::Choice, false, false),
    part(
        "service_language",
        Group::Speech,
        Input::Choice,
        false,
        false,
    ),
    part("interpreter", Group::Speech, Input::Line, false, false),
    part("easy_language", Group::Speech, Input::Choice, false, false),
    part("address", Group::Home, Input::Text, false, true),
    part("temporary_address", Group::Home, Input::Text, false, true),
    part("home_municipality", Group::Home, Input::Choice, false, true),
    part("homelessness", Group::Home, Input::Choice, false, false),
];

impl Part {
    /// The part of a code in an address.
    pub fn of(kind: &str) -> Option<Self> {
        PARTS.into_iter().find(|part| part.kind == kind)
    }

    /// Its name.
    pub fn name(self, t: &Texts) -> String {
        labels::word(t, "client-kind", self.kind)
    }

    /// What to write, empty when the name says it all.
    pub fn hint(self, t: &Texts) -> String {
        match self.kind {
            "phone" | "address" | "interpreter" | "easy_language" | "safe_number"
            | "safe_hours" | "contact_wish" | "homelessness" | "safety" => {
                labels::word(t, "client-hint", self.kind)
            }
            "temporary_address" | "postal_address" => t.get("client-hint-address"),
            _ => String::new(),
        }
    }

    /// What to choose from.
    pub fn choices(self, t: &Texts, county: &str) -> Vec<Choice> {
        match self.kind {
            "name" => vec![
                Choice::new("current", t.get("client-change-name-current")),
                Choice::new("former", t.get("client-change-name-former")),
            ],
            "mother_tongue" => choices(t, "client-language", &LANGUAGES),
            "service_language" => choices(t, "client-language", &["fi", "sv"]),
            "easy_language" => choices(t, "client-easy", &["yes", "no"]),
            "homelessness" => choices(t, "client-homeless", &HOMELESSNESS),
            "home_municipality" => labels::municipalities(t, county),
            _ => Vec::new(),
        }
    }

    /// Whether the thing may end without another in its place.
    pub const fn may_stop(self) -> bool {
        !matches!(self.input, Input::Name | Input::Code)
    }
}

/// A name as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewName {
    pub former: bool,
    pub family: String,
    pub given: String,
    pub called: Option<String>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    Name(NewName),
    Code(IdentityCode),
    Value(String),
    /// No longer so, and nothing in its place.
    Nothing,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub new: New,
    pub from: Date,
    pub source: &'static str,
    pub protect: bool,
}

/// Reads the form of a change; what is wrong is marked in it.
pub fn read(
    form: &mut Form,
    part: Part,
    offered: &[Choice],
    birth: Option<Date>,
    today: Date,
) -> Option<Change> {
    let stop = part.may_stop() && form.has("stop", "yes");
    let new = if stop {
        if form.text("value").is_some() {
            form.error("value", "client-change-both");
        }
        Some(New::Nothing)
    } else {
        read_new(form, part, offered)
    };
    let from = read_from(form, birth, today);
    let source = known(&SOURCES, form.value("source"));
    if source.is_none() {
        form.error("source", "client-source-missing");
    }
    let protect = part.protectable && form.has("protect", "yes");
    Some(Change {
        new: new?,
        from: from?,
        source: source?,
        protect,
    })
    .filter(|_| form.is_valid())
}

fn read_new(form: &mut Form, part: Part, offered: &[Choice]) -> Option<New> {
    let value = match part.input {
        Input::Name => {
            let name = NewName {
                former: form.value("name_kind") == "former",
                family: form.require_line("family", "client-family-missing", LINE),
                given: form.require_line("given", "client-given-missing", LINE),
                called: form.optional_line("called", LINE),
            };
            return Some(New::Name(name));
        }
        Input::Code => {
            let code = form
                .text("value")
                .and_then(|typed| IdentityCode::from_input(typed).ok());
            if code.is_none() {
                form.error("value", "search-wrong-code");
            }
            return code.map(New::Code);
        }
        Input::Choice => form
            .text("value")
            .filter(|code| offered.iter().any(|choice| choice.value == *code))
            .map(str::to_owned),
        Input::Phone => read_phone(form, "value"),
        Input::Line if part.kind == "email" => read_email(form, "value"),
        Input::Line => form.optional_line("value", LINE),
        Input::Text => form.optional("value", TEXT),
    };
    if value.is_none() {
        form.error("value", "client-change-missing");
    }
    value.map(New::Value)
}

/// The first day: today when nothing is written, at most a year ahead, not before birth.
fn read_from(form: &mut Form, birth: Option<Date>, today: Date) -> Option<Date> {
    if form.text("from").is_none() {
        return Some(today);
    }
    let from = form.day("from")?;
    if from > labels::years_after(today, 1) {
        form.error("from", "client-change-future");
    } else if birth.is_some_and(|birth| from < birth) {
        form.error("from", "client-change-before-birth");
    }
    Some(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn read_with(kind: &str, fields: &[(&str, &str)]) -> Result<Change, Vec<String>> {
        let mut form = Form::new();
        form.set("source", "client");
        for (name, value) in fields {
            form.set(name, *value);
        }
        let offered = [Choice::new("fi", "suomi"), Choice::new("sv", "ruotsi")];
        let birth = "1994-05-01".parse().ok();
        let part = Part::of(kind).unwrap();
        read(&mut form, part, &offered, birth, today())
            .ok_or_else(|| form.errors().iter().map(|e| e.field.clone()).collect())
    }

    #[test]
    fn every_part_reads_its_own() {
        let value = |kind, typed| read_with(kind, &[("value", typed)]).map(|change| change.new);
        let plain = |text: &str| Ok(New::Value(text.to_owned()));
        assert_eq!(value("phone", "040 123 4567"), plain("040 123 4567"));
        assert_eq!(value("service_language", "sv"), plain("sv"));
        assert_eq!(value("service_language", "xx"), Err(vec!["value".into()]));
        assert_eq!(value("email", "a@b.fi"), plain("a@b.fi"));
        assert!(matches!(value("identity", "010594Y9032"), Ok(New::Code(_))));
        assert_eq!(value("identity", "010594Y9033"), Err(vec!["value".into()]));
        for part in PARTS {
            let got = read_with(part.kind, &[]);
            assert!(got.is_err(), "{}: an empty form changes nothing", part.kind);
        }
    }

    #[test]
    fn a_thing_ends_or_is_succeeded_not_both() {
        let ended = read_with("phone", &[("stop", "yes")]).unwrap();
        assert_eq!((ended.new, ended.from), (New::Nothing, today()));
        let both = read_with("phone", &[("stop", "yes"), ("value", "040 1234567")]);
        assert_eq!(both, Err(vec!["value".into()]));
        let name = read_with("name", &[("stop", "yes")]);
        assert_eq!(
            name,
            Err(vec!["family".into(), "given".into()]),
            "a name does not end"
        );
    }

    #[test]
    fn the_first_day_is_within_a_life_and_a_year() {
        let with = |from| read_with("phone", &[("value", "040 1234567"), ("from", from)]);
        assert_eq!(with("1.1.2026").unwrap().from.to_string(), "2026-01-01");
        assert_eq!(with("30.4.1994"), Err(vec!["from".into()]));
        assert_eq!(with("23.11.2027"), Err(vec!["from".into()]));
        assert_eq!(with("31.2.2026"), Err(vec!["from".into()]));
    }
}
