//! The form of a person who is added as a client: its choices and its reading. Used by the page of a new client and by
//! whoever makes a client in one step with something else (template `client-fields.html`, macro `person`).

use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use web::{Choice, Form, Texts};

use crate::pages::labels::{self, HOMELESSNESS, LANGUAGES, SOURCES, choices, known};

/// Longest name or short text, characters.
const SHORT: usize = 200;
/// Longest address or wish.
const LONG: usize = 1_000;

/// Choices that the fields need.
#[derive(Debug, Clone)]
pub struct Fields {
    pub has_code: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub languages: Vec<Choice>,
    pub service_languages: Vec<Choice>,
    pub municipalities: Vec<Choice>,
    pub homelessness: Vec<Choice>,
}

impl Fields {
    /// The choices in the reader's language; `county` is the county's code.
    pub fn new(t: &Texts, county: &str) -> Self {
        Self {
            has_code: vec![
                Choice::new("yes", t.get("client-has-code-yes")),
                Choice::new("no", t.get("client-has-code-no")),
            ],
            sources: labels::sources(t),
            languages: choices(t, "client-language", &LANGUAGES),
            service_languages: choices(t, "client-language", &["fi", "sv"]),
            municipalities: labels::municipalities(t, county),
            homelessness: choices(t, "client-homeless", &HOMELESSNESS),
        }
    }
}

/// A person as written in the form. Not yet a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `None`: a temporary identifier is given.
    pub code: Option<IdentityCode>,
    pub birth: Date,
    pub family: String,
    pub given: String,
    pub called: Option<String>,
    pub source: &'static str,
    /// Kind and value of each detail that was told.
    pub details: Vec<(&'static str, String)>,
    /// Phone, e-mail and address are kept secret.
    pub protect: bool,
}

/// Details that `protect` keeps secret.
pub const PROTECTABLE: [&str; 3] = ["phone", "email", "address"];

/// What the form holds before anything is typed.
pub fn begin(form: &mut Form) {
    for (name, value) in [
        ("has_code", "yes"),
        ("source", "client"),
        ("service_language", "fi"),
    ] {
        if form.value(name).is_empty() {
            form.set(name, value);
        }
    }
}

/// Reads the form; what is wrong is marked in it. `None` when something needed is missing.
pub fn read(form: &mut Form, today: Date) -> Option<Person> {
    let code = read_code(form);
    let family = form.require_line("family", "client-family-missing", SHORT);
    let given = form.require_line("given", "client-given-missing", SHORT);
    let called = form.optional_line("called", SHORT);
    if let Some(called) = &called
        && !is_one_of(&given, called)
    {
        form.error("called", "client-called-wrong");
    }
    let birth = read_birth(form, code.as_ref(), today);
    let source = known(&SOURCES, form.value("source"));
    if source.is_none() {
        form.error("source", "client-source-missing");
    }
    let details = read_details(form);
    let protect = form.has("protect", "yes");
    Some(Person {
        code,
        birth: birth?,
        family,
        given,
        called,
        source: source?,
        details,
        protect,
    })
    .filter(|_| form.is_valid())
}

fn read_code(form: &mut Form) -> Option<IdentityCode> {
    match (form.value("has_code"), form.text("code")) {
        ("no", _) => None,
        (_, None) => {
            form.error("code", "client-code-missing");
            None
        }
        (_, Some(typed)) => {
            let code = IdentityCode::from_input(typed).ok();
            if code.is_none() {
                form.error("code", "search-wrong-code");
            }
            code
        }
    }
}

/// The birth date that was typed or that the code tells; the two must agree.
fn read_birth(form: &mut Form, code: Option<&IdentityCode>, today: Date) -> Option<Date> {
    let typed = form.day("birth");
    match (typed, code) {
        (Some(typed), _) if typed > today => {
            form.error("birth", "client-birth-future");
            None
        }
        (Some(typed), Some(code)) if typed != code.birth_date() => {
            form.error("birth", "client-birth-differs");
            None
        }
        (Some(typed), _) => Some(typed),
        (None, Some(code)) => Some(code.birth_date()),
        (None, None) => {
            let told = form
                .errors()
                .iter()
                .any(|error| matches!(error.field.as_str(), "birth" | "code"));
            if !told {
                form.error("birth", "client-birth-missing");
            }
            None
        }
    }
}

/// Whether a called name is among the given names: "Anna-Maija" has Anna and Maija.
fn is_one_of(given: &str, called: &str) -> bool {
    let lower = |text: &str| text.to_lowercase();
    let called = lower(called);
    given
        .split_whitespace()
        .any(|name| lower(name) == called || name.split('-').any(|part| lower(part) == called))
        || lower(given) == called
}

fn read_details(form: &mut Form) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    let mut put = |kind, value: Option<String>| {
        if let Some(value) = value {
            details.push((kind, value));
        }
    };
    put(
        "home_municipality",
        form.text("home_municipality").map(str::to_owned),
    );
    put(
        "mother_tongue",
        form.text("mother_tongue").map(str::to_owned),
    );
    put(
        "service_language",
        known(&["fi", "sv"], form.value("service_language")).map(str::to_owned),
    );
    put("interpreter", form.optional("interpreter", SHORT));
    put(
        "easy_language",
        form.has("easy_language", "yes").then(|| "yes".to_owned()),
    );
    put(
        "homelessness",
        known(&HOMELESSNESS, form.value("homelessness")).map(str::to_owned),
    );
    put("phone", read_phone(form, "phone"));
    put("email", read_email(form, "email"));
    put("address", form.optional("address", LONG));
    put("contact_wish", form.optional("contact_wish", LONG));
    put("safe_number", read_phone(form, "safe_number"));
    put("safe_hours", form.optional("safe_hours", LONG));
    details
}

/// A number as people write it: digits, spaces, hyphens, a plus sign.
pub fn read_phone(form: &mut Form, field: &str) -> Option<String> {
    let phone = form.optional(field, 40)?;
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let plain = phone
        .chars()
        .all(|c| c.is_ascii_digit() || " +-()\u{a0}".contains(c));
    if !plain || digits < 5 {
        form.error(field, "client-change-phone-wrong");
    }
    Some(phone)
}

/// An e-mail address: one @ with something on both sides, no white space.
pub fn read_email(form: &mut Form, field: &str) -> Option<String> {
    let email = form.optional(field, SHORT)?;
    let whole = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    if !whole || email.chars().any(char::is_whitespace) {
        form.error(field, "client-change-email-wrong");
    }
    Some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        let mut form = Form::new();
        for (name, value) in fields {
            form.set(name, *value);
        }
        begin(&mut form);
        form
    }

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn wrong(fields: &[(&str, &str)]) -> Vec<String> {
        let mut form = form(fields);
        let read = read(&mut form, today());
        assert_eq!(read.is_none(), form.has_errors());
        form.errors().iter().map(|e| e.field.clone()).collect()
    }

    const PLAIN: [(&str, &str); 3] = [
        ("code", "010594Y9032"),
        ("family", "Rautio"),
        ("given", "Mikael Juhani"),
    ];

    #[test]
    fn a_code_tells_the_birth_date() {
        let person = read(&mut form(&PLAIN), today()).unwrap();
        assert_eq!(person.birth.to_string(), "1994-05-01");
        assert_eq!(person.details, [("service_language", "fi".to_owned())]);
        assert_eq!(person.source, "client");
        let mut other = PLAIN.to_vec();
        other.push(("birth", "2.5.1994"));
        assert_eq!(wrong(&other), ["birth"], "the two must agree");
    }

    #[test]
    fn without_a_code_the_birth_date_is_needed() {
        let fields = [("has_code", "no"), ("family", "X"), ("given", "Y")];
        assert_eq!(wrong(&fields), ["birth"]);
        let with = |birth| {
            let mut all = fields.to_vec();
            all.push(("birth", birth));
            wrong(&all)
        };
        assert_eq!(with("1.1.2027"), ["birth"], "in the future");
        assert_eq!(with("31.2.1990"), ["birth"], "no such day");
        assert!(with("1.2.1990").is_empty());
    }

    #[test]
    fn what_is_missing_or_mistyped_is_told_each() {
        assert_eq!(wrong(&[]), ["code", "family", "given"]);
        assert_eq!(
            wrong(&[("code", "010594Y9033")]),
            ["code", "family", "given"]
        );
        let mut fields = PLAIN.to_vec();
        fields.extend([("called", "Pekka"), ("phone", "soita"), ("email", "a@b")]);
        assert_eq!(wrong(&fields), ["called", "phone", "email"]);
    }

    #[test]
    fn a_called_name_is_one_of_the_given() {
        assert!(is_one_of("Anna-Maija Helena", "Maija"));
        assert!(is_one_of("Anna-Maija Helena", "anna-maija"));
        assert!(!is_one_of("Anna-Maija Helena", "Lena"));
    }
}
