//! Entries of the log as lines of a page or a table.

use std::collections::BTreeMap;

use access::log::Actor;
use access::words::Kind;
use clients::store::reasons::Given;
use kernel::time::SignedDuration;
use store::Recorded;
use web::{Secrets, Texts};

use crate::words;

/// Purpose of the marks that stand for clients.
const MARK: &str = "noste 2026 log client mark";

/// Workers by id: name and title code.
pub type Names = BTreeMap<[u8; 16], (String, String)>;

/// One entry in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub when: String,
    /// The moment for machines.
    pub iso: String,
    pub who: String,
    pub title: String,
    pub what: String,
    pub purpose: String,
    /// Row of the rights table.
    pub right: String,
    pub ground: String,
    /// Marks of the clients and contacts shown, or how many when there are many.
    pub about: String,
    pub detail: String,
    /// Why, as whoever opened what is else closed wrote it. Only in the client's own log.
    pub reason: String,
    pub refused: bool,
}

/// How those whom an entry is about are told.
#[derive(Clone, Copy)]
pub enum About<'a> {
    /// By marks: the same client has the same mark, and nobody can tell who it is (rights of the domain, 6.2).
    Marks(&'a Secrets),
    /// Not at all: the whole log is about one client.
    Known,
}

impl About<'_> {
    fn words(self, t: &Texts, entry: &Recorded) -> String {
        const TOLD: usize = 3;
        let Self::Marks(secrets) = self else {
            return String::new();
        };
        let subjects = &entry.content.subjects;
        let marks: Vec<String> = subjects
            .iter()
            .take(TOLD)
            .map(|seen| mark(secrets, seen.subject))
            .collect();
        if subjects.len() > TOLD {
            let more = i64::try_from(subjects.len() - TOLD).unwrap_or(i64::MAX);
            return t.with(
                "log-about-more",
                &[("marks", marks.join(" ").into()), ("count", more.into())],
            );
        }
        marks.join(" ")
    }
}

/// A mark that stands for a client or a contact, the same in every log of the house.
pub fn mark(secrets: &Secrets, subject: [u8; 16]) -> String {
    let hex = secrets.digest(MARK, &subject).to_hex();
    hex.as_str()[..6].to_uppercase()
}

/// How far apart the moments of an entry and of its reason may be: one is taken as the request comes, the other as it
/// is written.
const TOGETHER: SignedDuration = SignedDuration::from_secs(60);

/// The reasons of a client's log beside the entries they belong to.
pub fn tell_reasons(t: &Texts, lines: &mut [Line], entries: &[Recorded], given: &[Given]) {
    for (line, entry) in lines.iter_mut().zip(entries) {
        let Actor::Staff(staff) = entry.header.actor else {
            continue;
        };
        let apart = |one: &&Given| one.at.duration_since(entry.header.at).abs();
        let nearest = given
            .iter()
            .filter(|one| one.event == entry.header.event && one.staff.bytes() == staff)
            .min_by_key(apart)
            .filter(|one| apart(one) <= TOGETHER);
        if let Some(one) = nearest {
            line.reason = reason(t, one);
        }
    }
}

fn reason(t: &Texts, given: &Given) -> String {
    let words = t.with("log-reason", &[("words", given.words.clone().into())]);
    if given.code.is_empty() {
        return words;
    }
    let code = t.get(&format!("review-reason-{}", given.code.replace('_', "-")));
    format!("{code}. {words}")
}

/// The lines of entries.
pub fn of(t: &Texts, entries: &[Recorded], names: &Names, about: About<'_>) -> Vec<Line> {
    entries
        .iter()
        .map(|entry| line(t, entry, names, about))
        .collect()
}

fn line(t: &Texts, entry: &Recorded, names: &Names, about: About<'_>) -> Line {
    let language = t.language();
    let (who, title) = match entry.header.actor {
        Actor::Staff(id) => names.get(&id).map_or_else(
            || (words::other_actor(t, entry.header.actor), String::new()),
            |(name, title)| (name.clone(), t.get(&format!("title-{title}"))),
        ),
        other => (words::other_actor(t, other), String::new()),
    };
    let at = entry.header.at;
    Line {
        when: format!(
            "{} {}",
            t.full_day(kernel::time::day(at)),
            t.clock_seconds(at)
        ),
        iso: at.to_string(),
        who,
        title,
        what: words::event(t, &entry.header.event),
        purpose: words::say(Kind::Purpose, &entry.header.purpose, language),
        right: entry.header.right.clone(),
        ground: words::ground(t, &entry.header.right),
        about: about.words(t, entry),
        detail: entry.content.detail.clone(),
        reason: String::new(),
        refused: words::refused(entry),
    }
}
