//! What a form says: read, checked, and made into what the store keeps. A draft is kept as it is; what is finished is
//! whole.

use std::collections::{BTreeMap, HashMap};

use clients::ClientId;
use clients::timeline::Prepared;
use kernel::language::Language;
use kernel::time::{Timestamp, day};
use text::search::Analysers;
use web::{DayError, Form};

use crate::domain::text::{client_of, part_of};
use crate::domain::{COMMON, Happened, How, LINES, MomentError, Owner, What, Written};
use crate::store::keep::{Act, Sent, Target};

/// Longest text, and longest line.
const LONGEST: usize = 20_000;
const LINE: usize = 300;

/// What a form says.
#[derive(Debug)]
pub struct Read {
    pub what: What,
    pub happened: Option<Happened>,
    pub clients: Vec<ClientId>,
    pub written: Written,
}

/// Reads a form. `whole` for what is finished or sent to a tutor: then everything needed must be there.
pub fn read(form: &mut Form, whole: bool, now: Timestamp) -> Option<Read> {
    let what = What::from_code(form.value("what"));
    if what.is_none() {
        form.error("what", "note-what-missing");
    }
    let mut clients: Vec<ClientId> = Vec::new();
    for id in form.values("client") {
        match id.parse() {
            Ok(client) if !clients.contains(&client) => clients.push(client),
            _ => {}
        }
    }
    if clients.is_empty() {
        form.error("client", "note-client-missing");
    }
    unchosen(form, &clients);
    let happened = when(form, whole, now);
    let (what, fields) = (what?, form.clone());
    let written = Written::of_form(fields.fields(), &clients).only_of(what);
    lengths(form, &clients);
    if whole {
        if !written.has_body() {
            form.error("body", "note-body-missing");
        }
        extras(form, what);
        for no in 1..=LINES {
            line(form, no, &clients);
        }
    }
    form.is_valid().then_some(Read {
        what,
        happened,
        clients,
        written,
    })
}

/// Names of the fields with somebody's own text, of others than these.
pub fn own_texts_besides(form: &Form, clients: &[ClientId]) -> Vec<String> {
    form.fields()
        .filter(|(_, value)| !value.trim().is_empty())
        .filter_map(|(name, _)| {
            let id = name.strip_prefix("body-")?;
            let chosen = id.parse().is_ok_and(|id| clients.contains(&id));
            (!chosen).then(|| name.to_owned())
        })
        .collect()
}

/// A text about somebody who is not chosen has no place: it is never left out unsaid.
fn unchosen(form: &mut Form, clients: &[ClientId]) {
    for field in own_texts_besides(form, clients) {
        form.error(&field, "note-own-not-chosen");
    }
}

fn when(form: &mut Form, whole: bool, now: Timestamp) -> Option<Happened> {
    let typed = form.value("when").to_owned();
    let read = Happened::read(&typed);
    if !whole {
        return read.ok();
    }
    match read {
        Ok(happened) if happened.on > day(now) => form.error("when", "note-when-future"),
        Ok(happened) => return Some(happened),
        Err(_) if typed.trim().is_empty() => form.error("when", "note-when-missing"),
        Err(MomentError::Day(DayError::NoSuchDay(day))) => {
            form.error_with(
                "when",
                "public-error-no-such-day",
                vec![("day", day.into())],
            );
        }
        Err(MomentError::Day(DayError::NotADay)) => form.error("when", "public-error-date"),
        Err(MomentError::Clock) => form.error("when", "note-when-clock"),
        Err(MomentError::Backwards) => form.error("when", "note-when-backwards"),
    }
    None
}

fn lengths(form: &mut Form, clients: &[ClientId]) {
    form.optional("body", LONGEST);
    for client in clients {
        form.optional(&format!("body-{client}"), LONGEST);
    }
    for extra in crate::domain::EXTRAS {
        form.optional(extra.name, LONGEST);
    }
    for no in 1..=LINES {
        form.optional(&format!("next-{no}"), LINE);
        form.optional(&format!("who_name-{no}"), LINE);
    }
}

fn extras(form: &mut Form, what: What) {
    for extra in what.extras() {
        if extra.required && form.text(extra.name).is_none() {
            form.error(
                extra.name,
                &format!("note-missing-{}", extra.name.replace('_', "-")),
            );
        }
        if extra.how == How::Day {
            form.day(extra.name);
        }
    }
}

/// A step is whole or not there: what, who and by when.
fn line(form: &mut Form, no: usize, clients: &[ClientId]) {
    let name = |field: &str| format!("{field}-{no}");
    let (next, by) = (name("next"), name("by"));
    if form.text(&next).is_none() && form.text(&by).is_none() {
        return;
    }
    if form.text(&next).is_none() {
        form.error(&next, "note-next-missing");
    }
    let who = form.value(&name("who")).to_owned();
    match Owner::read(&who, form.value(&name("who_name"))) {
        Some(Owner::Client(client)) if !clients.contains(&client) => {
            form.error(&name("who"), "note-who-not-chosen");
        }
        Some(_) => {}
        None if who == "other" => form.error(&name("who_name"), "note-who-name-missing"),
        None => form.error(&name("who"), "note-who-missing"),
    }
    if form.text(&by).is_none() {
        form.error(&by, "note-by-missing");
    } else {
        form.day(&by);
    }
}

impl Read {
    /// What the store keeps.
    pub fn sent(
        self,
        form: &Form,
        target: Target,
        act: Act,
        language: Language,
        analysers: &Analysers,
    ) -> Sent {
        let language = match language {
            Language::Sv => Language::Sv,
            _ => Language::Fi,
        };
        let mut words = HashMap::new();
        if matches!(act, Act::Finish | Act::Approve) {
            for client in &self.clients {
                let text = self.written.text_for(*client);
                let made = Prepared::new(analysers, language, self.what.title(), &text);
                words.insert(text, made);
            }
        }
        Sent {
            target,
            clients: self.clients,
            act,
            what: self.what,
            happened: self.happened,
            language,
            based_on: revisions(form),
            written: self.written,
            words,
        }
    }
}

/// The revisions that the form was opened at, by part.
fn revisions(form: &Form) -> BTreeMap<String, i64> {
    form.fields()
        .filter_map(|(name, value)| {
            let part = name.strip_prefix("rev-")?;
            Some((part.to_owned(), value.parse().ok()?))
        })
        .collect()
}

/// Puts a written note into a form.
pub fn fill(form: &mut Form, written: &Written, revisions: &BTreeMap<String, i64>) {
    for (code, fields) in &written.0 {
        for (name, values) in &fields.0 {
            let field = match client_of(code) {
                Some(client) if name == "body" => format!("body-{client}"),
                _ => name.clone(),
            };
            for (at, value) in values.iter().enumerate() {
                if at == 0 {
                    form.set(&field, value.clone());
                } else {
                    form.add(&field, value.clone());
                }
            }
        }
    }
    for (part, revision) in revisions {
        if part == COMMON || written.0.contains_key(part) {
            form.set(&format!("rev-{part}"), revision.to_string());
        }
    }
}

/// Name of the hidden field with a part's revision.
pub fn revision_field(client: Option<ClientId>) -> String {
    format!("rev-{}", client.map_or_else(|| COMMON.to_owned(), part_of))
}

#[cfg(test)]
mod tests {
    use kernel::time::{Date, Time, moment};

    use super::*;

    fn now() -> Timestamp {
        moment(Date::constant(2026, 3, 12), Time::constant(12, 0, 0, 0))
    }

    fn form(fields: &[(&str, &str)]) -> Form {
        let mut form = Form::new();
        for (name, value) in fields {
            form.add(name, *value);
        }
        form
    }

    fn errors(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let client = ClientId::from_bytes([1; 16]).to_string();
        let mut all = vec![("client", client.as_str()), ("what", "visit")];
        all.extend_from_slice(fields);
        let mut form = form(&all);
        let read = read(&mut form, true, now());
        assert_eq!(read.is_some(), form.is_valid());
        form.errors()
            .iter()
            .map(|error| (error.field.clone(), error.key.clone()))
            .collect()
    }

    #[test]
    fn what_is_finished_is_whole() {
        let ok = [("when", "12.3.2026 klo 10"), ("body", "Tavattiin")];
        assert_eq!(errors(&ok), []);
        let pair = |field: &str, key: &str| (field.to_owned(), key.to_owned());
        assert_eq!(
            errors(&[]),
            [
                pair("when", "note-when-missing"),
                pair("body", "note-body-missing")
            ]
        );
        for (typed, key) in [
            ("13.3.2026", "note-when-future"),
            ("31.2.2026", "public-error-no-such-day"),
            ("eilen", "public-error-date"),
            ("12.3.2026 klo x", "note-when-clock"),
            ("12.3.2026 klo 10–9", "note-when-backwards"),
        ] {
            assert_eq!(
                errors(&[("when", typed), ok[1]]),
                [pair("when", key)],
                "{typed}"
            );
        }
        for (fields, expected) in [
            (
                vec![("next-1", "Soita")],
                vec![
                    pair("who-1", "note-who-missing"),
                    pair("by-1", "note-by-missing"),
                ],
            ),
            (
                vec![("by-2", "31.2.2026"), ("who-2", "other")],
                vec![
                    pair("next-2", "note-next-missing"),
                    pair("who_name-2", "note-who-name-missing"),
                    pair("by-2", "public-error-no-such-day"),
                ],
            ),
            (vec![("who-1", "other")], vec![]),
        ] {
            let mut all = ok.to_vec();
            all.extend(fields);
            assert_eq!(errors(&all), expected);
        }
        let other = format!("client:{}", ClientId::from_bytes([2; 16]));
        let mut all = ok.to_vec();
        all.extend([
            ("next-1", "Tiliote"),
            ("who-1", other.as_str()),
            ("by-1", "13.3.2026"),
        ]);
        assert_eq!(errors(&all), [pair("who-1", "note-who-not-chosen")]);
    }

    #[test]
    fn a_kind_asks_its_own() {
        let all = [
            ("what", "disclosure"),
            ("when", "12.3.2026"),
            ("body", "Tiedot annettu"),
        ];
        let found = errors(&all);
        // The field was added twice; the first value counts.
        assert_eq!(found, []);
        let client = ClientId::from_bytes([1; 16]).to_string();
        let mut form = form(&[
            ("client", &client),
            ("what", "disclosure"),
            ("when", "12.3.2026"),
            ("body", "x"),
            ("place", "toimisto"),
        ]);
        assert!(read(&mut form, true, now()).is_none());
        let fields: Vec<&str> = form
            .errors()
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        assert_eq!(fields, ["given_on", "receiver", "ground", "purpose"]);
    }

    #[test]
    fn a_draft_is_kept_as_it_is() {
        let client = ClientId::from_bytes([1; 16]).to_string();
        let mut form = form(&[
            ("client", &client),
            ("what", "visit"),
            ("when", "ehkä 31.2."),
            ("by-1", "joskus"),
            ("place", "koti"),
            ("receiver", "ei kuulu tähän"),
        ]);
        let read = read(&mut form, false, now()).unwrap();
        assert_eq!(read.happened, None);
        let mut again = Form::new();
        fill(&mut again, &read.written, &BTreeMap::new());
        for name in ["when", "by-1", "place"] {
            assert_eq!(again.value(name), form.value(name));
        }
        assert_eq!(again.value("receiver"), "");
    }
}
