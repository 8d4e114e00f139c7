//! The timeline as a part of the client's page: the filter, what was met, the items with their marks.
//!
//! The words that are looked for may name a person, so they are posted and never stand in an address; the
//! class alone may. The next page of a search is asked with a form that carries the words.

use std::borrow::Cow;

use kernel::time::{Timestamp, day};
use store::{Show, StoreError};
use web::{Choice, Form, Texts};

use crate::gate::{self, Gate};
use crate::timeline::found::Found;
use crate::timeline::list::{Cursor, Filter, Shown, list};
use crate::timeline::words::{Piece, Words};

/// Items on the client's page.
pub const PAGE_SIZE: usize = 20;
/// Longest text of the search field.
const LONGEST: usize = 200;

/// What is asked of the timeline.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    class: String,
    words: String,
    after: Option<Cursor>,
}

impl Ask {
    /// From the address of the page: the class and the place, never words.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs
                .iter()
                .find(|(own, _)| own == name)
                .map(|(_, value)| value)
        };
        Self {
            class: value("kind").cloned().unwrap_or_default(),
            words: String::new(),
            after: value("after").and_then(|after| after.parse().ok()),
        }
    }

    /// From the posted filter.
    pub fn from_form(form: &Form) -> Self {
        Self {
            class: form.value("kind").to_owned(),
            words: form.value("words").trim().chars().take(LONGEST).collect(),
            after: form.value("after").parse().ok(),
        }
    }

    /// The words as they were typed; analyse them outside the transaction with [`Words::new`].
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// The part of the page, in ready words; `timeline.html` shows it.
#[derive(Debug, Clone, Default)]
pub struct TimelineView {
    /// Where the filter is posted.
    pub action: String,
    pub choices: Vec<Choice>,
    pub class: String,
    pub words: String,
    /// ”Vuokra” löytyi 6 merkinnästä; empty without words.
    pub met: String,
    pub rows: Vec<Line>,
    /// What is said when there are no rows.
    pub empty: String,
    /// The next page without words.
    pub more_href: String,
    /// The place of the next page of a search; empty when there is none.
    pub more_after: String,
    /// Back to the newest, on a later page or after a search.
    pub clear_href: String,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The day for the machine.
    pub iso: String,
    pub day: String,
    /// The year, when it is not this one.
    pub year: String,
    pub href: String,
    pub title: Vec<Piece>,
    pub body: Vec<Piece>,
    /// Author and kind.
    pub meta: String,
}

/// Reads the timeline of the gate's client and logs what was shown. `words` are those of `ask`, analysed;
/// `terms` a keyed digest of them. Four statements at most.
///
/// # Errors
/// When the engine fails.
pub fn view(
    tx: &mut impl Show,
    gate: &Gate,
    t: &Texts,
    ask: &Ask,
    words: Option<&Words>,
    terms: &[u8; 32],
    now: Timestamp,
) -> Result<TimelineView, StoreError> {
    let filter = Filter {
        class: Some(ask.class.as_str()).filter(|class| !class.is_empty()),
        words,
        after: ask.after,
        limit: PAGE_SIZE,
        ..Filter::default()
    };
    let timeline = list(tx, gate, &filter, now)?;
    for granted in timeline.rights() {
        let items = timeline
            .items
            .iter()
            .filter(|item| item.granted == granted)
            .count();
        let detail = match words {
            Some(_) => format!("items={items} terms={}", super::found::short(terms)),
            None => format!("items={items}"),
        };
        let shown = gate::Shown {
            detail: Cow::Owned(detail),
            ..gate::Shown::of("client.timeline", gate.client())
        };
        gate::log(tx, gate.reader(), &granted, now, &shown)?;
    }
    let path = format!("/clients/{}", gate.client());
    let more = timeline
        .more
        .map(|cursor| cursor.to_string())
        .unwrap_or_default();
    let with_words = words.is_some();
    Ok(TimelineView {
        action: format!("{path}/timeline#timeline"),
        choices: choices(t, &timeline.classes),
        met: timeline
            .met
            .filter(|_| with_words)
            .map_or_else(String::new, |count| {
                let arguments = [
                    ("words", ask.words.as_str().into()),
                    ("count", count.into()),
                ];
                t.with("timeline-met", &arguments)
            }),
        empty: if timeline.items.is_empty() {
            t.get(nothing(with_words, &ask.class))
        } else {
            String::new()
        },
        rows: timeline
            .items
            .iter()
            .map(|item| line(t, item, now))
            .collect(),
        more_href: match (with_words, more.is_empty()) {
            (false, false) if ask.class.is_empty() => format!("{path}?after={more}#timeline"),
            (false, false) => format!("{path}?kind={}&after={more}#timeline", ask.class),
            _ => String::new(),
        },
        more_after: if with_words { more } else { String::new() },
        clear_href: match with_words || ask.after.is_some() || !ask.class.is_empty() {
            true => format!("{path}#timeline"),
            false => String::new(),
        },
        class: ask.class.clone(),
        words: ask.words.clone(),
    })
}

/// What is said when no item is shown.
fn nothing(with_words: bool, class: &str) -> &'static str {
    match (with_words, class.is_empty()) {
        (true, _) => "timeline-empty-word",
        (false, false) => "timeline-empty-filter",
        (false, true) => "timeline-empty",
    }
}

/// What the words of the top bar met across clients, in ready words; `timeline-found.html` shows it.
#[derive(Debug, Clone, Default)]
pub struct FoundView {
    /// ”Vuokra” in what one may see.
    pub lead: String,
    pub count: String,
    pub clients: Vec<FoundClient>,
    /// Said when there is more than is shown; empty otherwise.
    pub more: String,
}

/// One client's part of it.
#[derive(Debug, Clone, Default)]
pub struct FoundClient {
    pub href: String,
    pub name: String,
    pub rows: Vec<Line>,
    /// How many more items of the client were met; empty for none.
    pub more: String,
}

/// The words of what was met across clients.
pub fn found_view(t: &Texts, found: &Found, typed: &str, now: Timestamp) -> FoundView {
    let clients = found.clients.iter().map(|hits| {
        let rest = hits.count - hits.items.len();
        FoundClient {
            href: format!("/clients/{}", hits.client),
            name: hits.name.clone(),
            rows: hits.items.iter().map(|item| line(t, item, now)).collect(),
            more: match rest {
                0 => String::new(),
                rest => t.with("found-more-items", &[("count", rest.into())]),
            },
        }
    });
    FoundView {
        lead: t.with("found-lead", &[("words", typed.into())]),
        count: t.with("found-count", &[("count", found.clients.len().into())]),
        clients: clients.collect(),
        more: match found.more {
            true => t.get("found-more"),
            false => String::new(),
        },
    }
}

/// The classes that this reader may see, by their names.
fn choices(t: &Texts, classes: &[String]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = classes
        .iter()
        .map(|class| Choice::new(class, word(t, "timeline-class", class)))
        .collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    choices
}

/// An item as a row.
pub fn line(t: &Texts, item: &Shown, now: Timestamp) -> Line {
    let date = day(item.at);
    let short = t.day(date);
    let kind = match word(t, "timeline-kind", &item.kind) {
        unknown if unknown.is_empty() => word(t, "timeline-one", &item.class),
        known => known,
    };
    let parts: Vec<String> = item.author.clone().into_iter().chain([kind]).collect();
    Line {
        iso: date.to_string(),
        // Without the day of the week, which nobody looks for in a history.
        day: short
            .split_once('\u{a0}')
            .map_or(short.clone(), |(_, day)| day.to_owned()),
        year: match date.year() == day(now).year() {
            true => String::new(),
            false => date.year().to_string(),
        },
        href: item.href.clone(),
        title: item.title.clone(),
        body: item.body.clone(),
        meta: parts.join(", "),
    }
}

/// The word of a code; empty for a code that the messages do not know.
fn word(t: &Texts, set: &str, code: &str) -> String {
    let key = format!("{set}-{code}");
    match t.has(&key) {
        true => t.get(&key),
        false => String::new(),
    }
}
