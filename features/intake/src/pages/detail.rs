//! The detail pane: one contact in the words of the page.

use kernel::time::Timestamp;
use web::Texts;

use crate::domain::urgency::Urgency;
use crate::domain::{ContactId, IntakeSettings, Kind};
use crate::pages::facts::{background, facts};
use crate::pages::labels::{self, capital, joined, word};
use crate::pages::may::May;
use crate::pages::past::{
    attempts, attempts_rule, ended, happened, messages, note, offer_model, tasks,
};
use crate::pages::place::Place;
use crate::pages::queue::Mark;
use crate::store::Worker;
use crate::store::view::ContactView;

/// A line of the list of facts.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    pub name: String,
    pub value: String,
    /// "", "warning" or "danger"; the value says the same in words.
    pub color: &'static str,
    /// A number to call.
    pub phone: String,
    /// Where the value leads; empty when nowhere.
    pub href: String,
}

/// The open or latest offer.
#[derive(Debug, Clone, Default)]
pub struct OfferModel {
    pub id: String,
    pub heading: String,
    pub reason: String,
    pub meta: String,
    pub warm: bool,
    pub open: bool,
    /// Why it came back, and the alternative.
    pub answer: Vec<String>,
}

/// A message, a note, an attempt or a happening.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub at: String,
    pub iso: String,
    pub head: String,
    pub body: String,
    /// The person's own words.
    pub own: bool,
}

/// A promise.
#[derive(Debug, Clone, Default)]
pub struct TaskModel {
    pub id: String,
    pub what: String,
    pub due: String,
    pub iso: String,
    pub late: bool,
    pub owner: String,
    pub phone: String,
    pub call: bool,
    pub mine: bool,
}

/// A file.
#[derive(Debug, Clone, Default)]
pub struct FileModel {
    pub id: String,
    pub name: String,
    pub size: String,
}

/// Everything on the pane.
#[derive(Debug, Clone)]
pub struct Detail {
    pub path: String,
    pub back: String,
    pub meta: String,
    pub title: String,
    pub tags: Vec<Mark>,
    pub solid_first: bool,
    pub quote: String,
    pub facts: Vec<Fact>,
    pub background: Vec<Fact>,
    pub may: May,
    pub content: bool,
    pub open: bool,
    pub offer: Option<OfferModel>,
    pub ended: Option<Ended>,
    pub messages: Vec<Line>,
    pub files: Vec<FileModel>,
    pub tasks: Vec<TaskModel>,
    pub attempts: Vec<Line>,
    /// How far the county's not-reached rule is; empty before the first attempt.
    pub attempts_rule: String,
    pub notes: Vec<Line>,
    pub happened: Vec<Line>,
}

/// How it ended.
#[derive(Debug, Clone, Default)]
pub struct Ended {
    pub heading: String,
    pub what: String,
    pub own: bool,
    pub next: String,
    pub meta: String,
}

/// What the pane is seen against.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub t: &'a Texts,
    pub worker: &'a Worker,
    pub settings: &'a IntakeSettings,
    pub now: Timestamp,
    pub place: Place,
}

/// The pane for a reader.
pub fn model(seen: &Seen<'_>, view: &ContactView) -> Detail {
    let Seen { t, now, place, .. } = *seen;
    let id = view.facts.id;
    let may = May::of(view, seen.worker, seen.settings, now);
    Detail {
        path: format!("/contacts/{id}"),
        back: place.address("/contacts"),
        meta: meta(seen, view),
        title: view.title.clone(),
        tags: tags(t, view),
        solid_first: view.urgency == Urgency::Now,
        quote: view.own_words.clone(),
        facts: facts(seen, view),
        background: background(t, view),
        may,
        content: view.content,
        open: view.facts.open,
        offer: view
            .offer
            .as_ref()
            .filter(|_| view.facts.open)
            .and_then(|offer| offer_model(seen, offer)),
        ended: ended(seen, view),
        messages: messages(seen, view),
        files: view
            .files
            .iter()
            .map(|file| FileModel {
                id: file.id.to_string(),
                name: file.name.clone(),
                size: size(t, file.size),
            })
            .collect(),
        tasks: tasks(seen, view, may),
        attempts: attempts(seen, view),
        attempts_rule: attempts_rule(seen, view),
        notes: view
            .events
            .iter()
            .filter(|event| event.event == "note")
            .map(|event| note(seen, event))
            .collect(),
        happened: view
            .events
            .iter()
            .filter_map(|event| happened(seen, event))
            .collect(),
    }
}

/// "Chat, saapui tänään klo 9.18, odottanut 12 min"
fn meta(seen: &Seen<'_>, view: &ContactView) -> String {
    let Seen { t, now, .. } = *seen;
    let door = capital(&word(t, "door", view.door.code()));
    let kind = match view.kind {
        Kind::Contact => String::new(),
        kind => word(t, "kind", kind.code()),
    };
    let arrived = t.with(
        "detail-arrived",
        &[("when", t.when(view.arrived_at, now).into())],
    );
    let waited = if view.facts.open && view.facts.holder.staff().is_none() {
        t.with(
            "detail-waited",
            &[(
                "length",
                t.duration(now.duration_since(view.arrived_at)).into(),
            )],
        )
    } else {
        String::new()
    };
    joined([
        door.as_str(),
        kind.as_str(),
        arrived.as_str(),
        waited.as_str(),
    ])
}

/// At most three: how soon, what is unusual, what it is about.
fn tags(t: &Texts, view: &ContactView) -> Vec<Mark> {
    let quiet = |label: String| Mark {
        label,
        color: "neutral",
    };
    let mut tags = vec![Mark {
        label: word(t, "urgency", view.urgency.code()),
        color: labels::urgency_color(view.urgency),
    }];
    if !view.facts.open {
        tags = vec![quiet(t.get("mark-ended"))];
    } else if view.raised {
        tags.push(Mark {
            label: t.get("mark-raised"),
            color: "warning",
        });
    }
    if !view.content {
        return tags;
    }
    tags.extend(
        view.theme
            .map(|theme| quiet(capital(&word(t, "theme", theme.code())))),
    );
    if view.anonymous {
        tags.push(quiet(t.get("person-anonymous")));
    }
    tags.truncate(3);
    tags
}

/// "1,2 Mt" or "340 kt".
fn size(t: &Texts, bytes: i64) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    if tenths >= 10 {
        let megabytes = f64::from(i32::try_from(tenths).unwrap_or(i32::MAX)) / 10.0;
        t.with("file-megabytes", &[("size", megabytes.into())])
    } else {
        t.with("file-kilobytes", &[("size", (bytes / 1024).max(1).into())])
    }
}

/// The id of the contact in an address.
pub fn contact_path(id: ContactId) -> String {
    format!("/contacts/{id}")
}
