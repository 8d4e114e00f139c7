//! What somebody searches by, read from the search form or from the one field of the top bar.

use kernel::identity_code::IdentityCode;
use kernel::temporary_identifier::TemporaryIdentifier;
use kernel::time::Date;
use web::{Form, read_day};

use crate::pages::labels::{SEARCH_REASONS, known, looks_like_code};

/// Longest name or number in a search.
const SHORT: usize = 200;

/// One search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Code(IdentityCode),
    Temporary(TemporaryIdentifier),
    /// Anybody, by the whole name and the birth date, with the reason.
    Name {
        family: String,
        given: String,
        birth: Date,
        reason: &'static str,
    },
    /// Among those whom the searcher may open anyway.
    Own {
        name: String,
        birth: Option<Date>,
        phone: String,
    },
}

/// Reads what was posted. Errors are marked at the fields of the search form, and what was typed into the top bar
/// stands in the field that it belongs to.
pub fn read(form: &mut Form, today: Date) -> Option<Asked> {
    if form.value("by") == "any" {
        sort_out(form);
    }
    let asked = match form.value("by") {
        "name" => read_name(form, today),
        "own" => read_own(form),
        _ => read_code(form),
    };
    asked.filter(|_| form.is_valid())
}

/// Moves the text of the top bar to the field that it fits.
fn sort_out(form: &mut Form) {
    let typed = form.text("q").unwrap_or_default().to_owned();
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let number = typed
        .chars()
        .all(|c| c.is_ascii_digit() || " +-()".contains(c));
    let (by, field) = if looks_like_code(&typed) || TemporaryIdentifier::parse(&typed).is_ok() {
        ("code", "code")
    } else if read_day(&typed).is_ok() {
        ("own", "own_birth")
    } else if number && digits >= 5 {
        ("own", "own_phone")
    } else {
        ("own", "own_name")
    };
    form.set("by", by);
    form.set(field, typed.as_str());
    // A name that is not found among one's own is searched next with the birth date: it is there already.
    if field == "own_name" && form.value("family").is_empty() {
        let mut words: Vec<&str> = typed.split_whitespace().collect();
        if let Some(last) = words.pop().filter(|_| !words.is_empty()) {
            form.set("family", last);
            form.set("given", words.join(" "));
        }
    }
}

fn read_code(form: &mut Form) -> Option<Asked> {
    let Some(typed) = form.text("code").map(str::to_owned) else {
        form.error("code", "search-missing-code");
        return None;
    };
    if let Ok(code) = IdentityCode::from_input(&typed) {
        return Some(Asked::Code(code));
    }
    match TemporaryIdentifier::parse(&typed) {
        Ok(identifier) => Some(Asked::Temporary(identifier)),
        Err(_) => {
            form.error("code", "search-wrong-code");
            None
        }
    }
}

fn read_name(form: &mut Form, today: Date) -> Option<Asked> {
    let family = form.require("family", "search-missing-family", SHORT);
    let given = form.require("given", "search-missing-given", SHORT);
    let birth = if form.text("birth").is_none() {
        form.error("birth", "search-missing-birth");
        None
    } else {
        form.day("birth")
    };
    if birth.is_some_and(|birth| birth > today) {
        form.error("birth", "client-birth-future");
    }
    let reason = known(&SEARCH_REASONS, form.value("reason"));
    if reason.is_none() {
        form.error("reason", "search-missing-reason");
    }
    Some(Asked::Name {
        family,
        given,
        birth: birth?,
        reason: reason?,
    })
}

fn read_own(form: &mut Form) -> Option<Asked> {
    let name = form.optional("own_name", SHORT).unwrap_or_default();
    let phone = form.optional("own_phone", 40).unwrap_or_default();
    let birth = form.day("own_birth");
    if form.has_errors() {
        return None;
    }
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    if !name.is_empty() && letters < 2 {
        form.error("own_name", "search-short");
    } else if !phone.is_empty() && phone.chars().filter(char::is_ascii_digit).count() < 5 {
        form.error("own_phone", "client-change-phone-wrong");
    } else if name.is_empty() && phone.is_empty() && birth.is_none() {
        form.error("own_name", "search-missing-own");
    }
    Some(Asked::Own { name, birth, phone })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(fields: &[(&str, &str)]) -> (Option<Asked>, Form) {
        let mut form = Form::new();
        for (name, value) in fields {
            form.set(name, *value);
        }
        let asked = read(&mut form, "2026-11-22".parse().unwrap());
        (asked, form)
    }

    fn any(typed: &str) -> (Option<Asked>, Form) {
        ask(&[("by", "any"), ("q", typed)])
    }

    #[test]
    fn the_top_bar_knows_what_was_meant() {
        assert!(matches!(any("010594y9032 ").0, Some(Asked::Code(_))));
        let own = |typed| match any(typed).0 {
            Some(Asked::Own { name, birth, phone }) => (name, birth.is_some(), phone),
            other => panic!("{typed}: {other:?}"),
        };
        assert_eq!(own("rautio"), ("rautio".into(), false, String::new()));
        assert_eq!(own("1.5.1994"), (String::new(), true, String::new()));
        assert_eq!(
            own("040 123 4567"),
            (String::new(), false, "040 123 4567".into())
        );
        let (_, form) = any("Anna Maija Virtanen");
        assert_eq!(
            (form.value("family"), form.value("given")),
            ("Virtanen", "Anna Maija")
        );
    }

    #[test]
    fn a_mistyped_code_is_no_name() {
        let (asked, form) = any("010594Y9033");
        assert_eq!(asked, None);
        assert_eq!(form.errors()[0].field, "code");
        assert_eq!(form.value("code"), "010594Y9033", "what was typed is kept");
    }

    #[test]
    fn a_name_alone_opens_nobody() {
        let (asked, form) = ask(&[("by", "name"), ("family", "Rautio"), ("given", "Mikael")]);
        assert_eq!(asked, None);
        let fields: Vec<&str> = form.errors().iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["birth", "reason"]);
    }

    #[test]
    fn one_letter_lists_nobody() {
        for typed in ["", "a", "*", "%%"] {
            let (asked, form) = any(typed);
            assert_eq!(asked, None, "{typed}");
            assert!(form.has_errors());
        }
    }
}
