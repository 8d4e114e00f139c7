//! The state of a form on a page: what was typed, and what is wrong with it.
//!
//! Errors are message keys, so the rooms decide what is wrong and the messages decide how it is said.

use std::collections::BTreeMap;

use kernel::time::Date;

use crate::{Arg, Posted, Texts};

/// One thing to be corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldError {
    /// Name of the field; empty for an error of the whole form.
    pub field: String,
    /// Message key.
    pub key: String,
    /// Arguments of the message.
    pub args: Vec<(String, Arg<'static>)>,
}

/// Values and errors of a form. Typed text is kept until the form is accepted.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the one value of a field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), vec![value.into()]);
    }

    /// Adds a value to a field that may have several (checkboxes).
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.values
            .entry(name.to_owned())
            .or_default()
            .push(value.into());
    }

    /// The first value of a field as typed, empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.values
            .get(name)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }

    /// The first value without white space around it; `None` when nothing is left.
    pub fn text(&self, name: &str) -> Option<&str> {
        Some(self.value(name).trim()).filter(|text| !text.is_empty())
    }

    /// All values of a field.
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a field holds `value`, for radios and checkboxes.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values(name).iter().any(|held| held == value)
    }

    /// All fields with their values, in the order of the field names.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().flat_map(|(name, values)| {
            values
                .iter()
                .map(move |value| (name.as_str(), value.as_str()))
        })
    }

    /// Marks a field as wrong; an empty `field` means the whole form.
    pub fn error(&mut self, field: &str, key: &str) {
        self.error_with(field, key, Vec::new());
    }

    /// Marks a field as wrong with arguments for its message: `vec![("day", "31.2.".into())]`.
    pub fn error_with(&mut self, field: &str, key: &str, args: Vec<(&str, Arg<'static>)>) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            key: key.to_owned(),
            args: args
                .into_iter()
                .map(|(name, arg)| (name.to_owned(), arg))
                .collect(),
        });
    }

    /// Whether nothing is wrong.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// Whether something is wrong.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Everything that is wrong, in the order in which it was found.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The same, to be said in other words.
    pub fn errors_mut(&mut self) -> &mut [FieldError] {
        &mut self.errors
    }

    /// The sentence under a field, in the reader's language; empty when the field is right.
    pub fn message(&self, t: &Texts, name: &str) -> String {
        self.errors
            .iter()
            .find(|error| error.field == name)
            .map_or_else(String::new, |error| error.sentence(t))
    }

    /// Requires a text in the field and at most `longest` characters; the trimmed text, empty when it is missing.
    pub fn require(&mut self, name: &str, missing_key: &str, longest: usize) -> String {
        let text = self.text(name).unwrap_or_default().to_owned();
        if text.is_empty() {
            self.error(name, missing_key);
        }
        self.at_most(name, longest);
        text
    }

    /// An optional text of at most `longest` characters.
    pub fn optional(&mut self, name: &str, longest: usize) -> Option<String> {
        let text = self.text(name).map(str::to_owned);
        self.at_most(name, longest);
        text
    }

    /// As [`Form::require`], on one line with single spaces: names and the like.
    pub fn require_line(&mut self, name: &str, missing_key: &str, longest: usize) -> String {
        one_line(&self.require(name, missing_key, longest))
    }

    /// As [`Form::optional`], on one line with single spaces.
    pub fn optional_line(&mut self, name: &str, longest: usize) -> Option<String> {
        self.optional(name, longest).map(|text| one_line(&text))
    }

    /// A day typed as "13.3.2026" (or as ISO "2026-03-13"). `None` when the field is empty or wrong; a wrong one is
    /// marked with what to do.
    pub fn day(&mut self, name: &str) -> Option<Date> {
        let typed = self.text(name)?.to_owned();
        match read_day(&typed) {
            Ok(date) => return Some(date),
            Err(DayError::NotADay) => self.error(name, "public-error-date"),
            Err(DayError::NoSuchDay(day)) => {
                self.error_with(name, "public-error-no-such-day", vec![("day", day.into())]);
            }
        }
        None
    }

    fn at_most(&mut self, name: &str, longest: usize) {
        let length = self.text(name).map_or(0, |text| text.chars().count());
        if length > longest {
            self.error_with(
                name,
                "public-error-too-long",
                vec![("longest", longest.into()), ("length", length.into())],
            );
        }
    }
}

impl FieldError {
    /// The error as a sentence.
    pub fn sentence(&self, t: &Texts) -> String {
        let args: Vec<(&str, Arg<'_>)> = self
            .args
            .iter()
            .map(|(name, arg)| (name.as_str(), arg.clone()))
            .collect();
        t.with(&self.key, &args)
    }
}

impl From<&Posted> for Form {
    fn from(posted: &Posted) -> Self {
        let mut form = Self::new();
        for (name, value) in posted.fields() {
            if !name.starts_with('_') {
                form.add(name, value);
            }
        }
        form
    }
}

/// Why a typed day is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not written as a day.
    #[error("not a day")]
    NotADay,
    /// Written as one ("31.2."), but the calendar has no such day.
    #[error("there is no day {0}")]
    NoSuchDay(String),
}

/// Years that a typed day may have: of people alive and of what is decided for them.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a day as people in Finland write it: "13.3.2026", "13. 3. 2026", "13/3/2026", or ISO "2026-03-13".
///
/// # Errors
/// [`DayError`], which tells a mistyped day from an impossible one.
pub fn read_day(typed: &str) -> Result<Date, DayError> {
    let spaceless: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if spaceless.len() == 10 && spaceless.as_bytes().get(4) == Some(&b'-') {
        return spaceless
            .parse::<Date>()
            .ok()
            .filter(|date| YEARS.contains(&date.year()))
            .ok_or(DayError::NotADay);
    }
    let parts: Vec<i16> = spaceless
        .split(['.', '/'])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| DayError::NotADay)?;
    let [day, month, year] = parts[..] else {
        return Err(DayError::NotADay);
    };
    if !YEARS.contains(&year) || day < 1 || month < 1 {
        return Err(DayError::NotADay);
    }
    let no_such_day = || DayError::NoSuchDay(format!("{day}.{month}."));
    let (day8, month8) = (i8::try_from(day), i8::try_from(month));
    let (Ok(day8), Ok(month8)) = (day8, month8) else {
        return Err(no_such_day());
    };
    Date::new(year, month8, day8).map_err(|_| no_such_day())
}

/// One option of a select, a radio group or a group of checkboxes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read: ready text, not a key.
    pub label: String,
    /// A quieter second line; empty for none.
    pub hint: String,
}

impl Choice {
    /// An option without a second line.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    /// The same option with a second line.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::language::Language;
    use proptest::prelude::*;

    use super::*;
    use crate::Messages;

    fn finnish() -> Texts {
        Texts::new(Arc::new(Messages::collect(&[]).unwrap()), Language::Fi)
    }

    #[test]
    fn typed_text_stays_and_the_house_fields_do_not() {
        let posted = Posted::of([("_token", "x"), ("a", " teksti "), ("b", "1"), ("b", "2")]);
        let mut form = Form::from(&posted);
        form.error("a", "public-error-date");
        assert_eq!(form.value("a"), " teksti ");
        assert_eq!(form.text("a"), Some("teksti"));
        assert_eq!(form.values("b"), ["1", "2"]);
        assert!(form.has("b", "2") && !form.has("b", "3"));
        assert_eq!(form.value("_token"), "");
        assert_eq!(form.fields().count(), 3);
        assert_eq!(
            form.message(&finnish(), "a"),
            "Kirjoita päivä, esimerkiksi 13.3.2026."
        );
        assert_eq!(form.message(&finnish(), "b"), "");
    }

    #[test]
    fn a_wrong_day_says_what_to_do() {
        let mut form = Form::new();
        form.set("when", "31.2.2026");
        assert_eq!(form.day("when"), None);
        assert_eq!(
            form.message(&finnish(), "when"),
            "Päivää 31.2. ei ole. Kirjoita päivä, esimerkiksi 13.3.2026."
        );
        let mut empty = Form::new();
        empty.set("when", "  ");
        assert_eq!((empty.day("when"), empty.is_valid()), (None, true));
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let friday = Date::constant(2026, 3, 13);
        for typed in [
            "13.3.2026",
            " 13. 3. 2026 ",
            "13.03.2026",
            "2026-03-13",
            "13/3/2026",
        ] {
            assert_eq!(read_day(typed), Ok(friday), "{typed}");
        }
        for typed in [
            "",
            "huomenna",
            "13.3.",
            "13.3.26",
            "13.3.2026.",
            "2026-13-03",
            "-1.3.2026",
            "1.1.1.2026",
        ] {
            assert_eq!(read_day(typed), Err(DayError::NotADay), "{typed}");
        }
        assert_eq!(
            read_day("29.2.2025"),
            Err(DayError::NoSuchDay("29.2.".to_owned()))
        );
        assert_eq!(
            read_day("1.13.2026"),
            Err(DayError::NoSuchDay("1.13.".to_owned()))
        );
        assert_eq!(
            read_day("1.300.2026"),
            Err(DayError::NoSuchDay("1.300.".to_owned()))
        );
    }

    #[test]
    fn lengths_count_letters_not_bytes() {
        let mut form = Form::new();
        form.set("name", "ääää");
        assert_eq!(form.require("name", "public-error-date", 4), "ääää");
        assert!(form.is_valid());
        form.optional("name", 3);
        assert_eq!(
            form.message(&finnish(), "name"),
            "Lyhennä tekstiä. Siinä on 4 merkkiä, ja mahtuu 3."
        );
        let mut missing = Form::new();
        missing.require("name", "public-error-date", 4);
        assert_eq!(missing.errors().len(), 1);
    }

    proptest! {
        #[test]
        fn every_written_day_is_read_back(days in 0_i64..100_000) {
            let date = Date::constant(1900, 1, 1).saturating_add(jiff_days(days));
            let written = format!("{}.{}.{}", date.day(), date.month(), date.year());
            prop_assert_eq!(read_day(&written), Ok(date));
        }

        #[test]
        fn no_text_is_too_odd_for_a_day(text in "[0-9./ -]{0,12}|.*") {
            let _ = read_day(&text);
        }
    }

    fn jiff_days(days: i64) -> kernel::time::SignedDuration {
        kernel::time::SignedDuration::from_hours(days * 24)
    }
}
