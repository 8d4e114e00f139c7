//! The detail pane: one contact in the words of the page.

use kernel::time::{Timestamp, day};
use web::Texts;

use crate::domain::urgency::Urgency;
use crate::domain::{ContactId, Holder, IntakeSettings};
use crate::pages::labels::{self, capital, joined, named, word};
use crate::pages::may::May;
use crate::pages::place::Place;
use crate::pages::queue::{Mark, days_late};
use crate::store::Worker;
use crate::store::view::{ContactView, Event, Offer};

/// A line of the list of facts.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    pub name: String,
    pub value: String,
    /// "", "warning" or "danger"; the value says the same in words.
    pub color: &'static str,
    /// A number to call.
    pub phone: String,
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
        crate::domain::Kind::Contact => String::new(),
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

/// What has to be known before acting.
fn facts(seen: &Seen<'_>, view: &ContactView) -> Vec<Fact> {
    let t = seen.t;
    let mut facts = List::new(t);
    facts.add("fact-person", person(t, view));
    if let Some(phone) = &view.phone {
        facts.push(Fact {
            name: t.get("fact-phone"),
            phone: phone.clone(),
            ..Fact::default()
        });
    }
    facts.add("fact-judgement", judgement(seen, view));
    facts.add("fact-language", talk(t, view));
    facts.add("fact-holder", holder(t, view));
    let target = [
        ("met", view.facts.holders_met.into()),
        ("target", seen.settings.holders_target.into()),
    ];
    facts.add("fact-holders", t.with("fact-holders-target", &target));
    if view.facts.open {
        facts.push(promised(seen, view));
    }
    for key in notices(view) {
        facts.add("fact-notice", t.get(key));
    }
    facts.0
}

/// The rest.
fn background(t: &Texts, view: &ContactView) -> Vec<Fact> {
    let mut facts = List::new(t);
    facts.add(
        "fact-wish",
        view.wish
            .map_or_else(String::new, |wish| word(t, "wish", wish.code())),
    );
    facts.add("fact-answer-way", word(t, "answer", view.answer_way.code()));
    let municipality = view.municipality.as_deref();
    facts.add(
        "fact-municipality",
        municipality.map_or_else(String::new, |code| labels::municipality(t, code)),
    );
    facts.add("fact-authority", authority(t, view));
    facts.add("fact-written-by", written_by(t, view));
    facts.add("fact-number", view.number.clone());
    facts.0
}

/// A list of facts that leaves out what is not known.
struct List<'t>(Vec<Fact>, &'t Texts);

impl<'t> List<'t> {
    const fn new(t: &'t Texts) -> Self {
        Self(Vec::new(), t)
    }

    fn add(&mut self, key: &str, value: String) {
        if !value.is_empty() {
            self.push(Fact {
                name: self.1.get(key),
                value,
                ..Fact::default()
            });
        }
    }

    fn push(&mut self, fact: Fact) {
        self.0.push(fact);
    }
}

fn person(t: &Texts, view: &ContactView) -> String {
    let name = match (&view.person, view.anonymous) {
        (Some(name), _) => name.clone(),
        (None, true) => t.get("person-anonymous"),
        (None, false) => t.get("person-hidden"),
    };
    let parties = match view.parties {
        crate::domain::Parties::One => String::new(),
        parties => word(t, "parties", parties.code()),
    };
    joined([name.as_str(), parties.as_str()])
}

/// "Kiireellinen, SHL 36 § 1 mom. Jaana Peltola klo 9.21"
fn judgement(seen: &Seen<'_>, view: &ContactView) -> String {
    let Seen { t, now, .. } = *seen;
    let mut parts = vec![word(t, "judgement", view.urgency.code())];
    if view.urgency_by_rule {
        let grounds = labels::grounds(t, &view.urgency_reason);
        parts.push(if grounds.is_empty() {
            t.get("judgement-by-rule")
        } else {
            t.with("judgement-by-rule-grounds", &[("grounds", grounds.into())])
        });
    } else {
        let when = t.when(view.urgency_at, now);
        let by = view.urgency_by.clone().unwrap_or_default();
        parts.push(t.with(
            "judgement-by",
            &[("name", by.into()), ("when", when.into())],
        ));
        if !view.urgency_reason.is_empty() {
            parts.push(view.urgency_reason.clone());
        }
    }
    parts.join(" ")
}

fn talk(t: &Texts, view: &ContactView) -> String {
    let language = capital(&labels::language(
        t,
        view.language,
        view.other_language.as_deref(),
    ));
    let interpreter = t.get(if view.interpreter {
        "interpreter-needed"
    } else {
        "interpreter-not"
    });
    joined([language.as_str(), interpreter.as_str()])
}

fn holder(t: &Texts, view: &ContactView) -> String {
    if !view.facts.open {
        return String::new();
    }
    let unit = named(t.language(), &view.unit_names);
    let name = match view.facts.holder {
        Holder::Person { .. } => view.holder_name.clone(),
        Holder::Duty(_) => t.with("holder-duty", &[("name", view.holder_name.as_str().into())]),
    };
    let away = if view.holder_away {
        t.get("holder-away")
    } else {
        String::new()
    };
    joined([name.as_str(), away.as_str(), unit])
}

/// The county's own promise, so "luvattu" and not "viimeistään".
fn promised(seen: &Seen<'_>, view: &ContactView) -> Fact {
    let t = seen.t;
    let today = day(seen.now);
    let due = t.near_day(view.answer_due, today);
    let days = days_late(view.answer_due, view.answered, today);
    let (value, color) = if view.answered {
        (t.with("answer-given", &[("due", due.into())]), "")
    } else if days > 0 {
        (
            t.with(
                "answer-late",
                &[("days", t.days(days).into()), ("due", due.into())],
            ),
            "danger",
        )
    } else {
        let color = if view.answer_due == today {
            "warning"
        } else {
            ""
        };
        (t.with("answer-by", &[("due", due.into())]), color)
    };
    Fact {
        name: t.get("fact-answer"),
        value,
        color,
        ..Fact::default()
    }
}

fn authority(t: &Texts, view: &ContactView) -> String {
    let ground = view
        .authority_ground
        .as_deref()
        .map(|code| word(t, "authority-ground", code))
        .unwrap_or_default();
    joined([
        view.authority.as_deref().unwrap_or_default(),
        view.authority_contact.as_deref().unwrap_or_default(),
        ground.as_str(),
    ])
}

fn written_by(t: &Texts, view: &ContactView) -> String {
    let assisted = if view.assisted {
        t.get("fact-assisted")
    } else {
        String::new()
    };
    joined([
        view.written_by.as_deref().unwrap_or_default(),
        assisted.as_str(),
    ])
}

/// What must not be passed by.
fn notices(view: &ContactView) -> Vec<&'static str> {
    let mut keys = Vec::new();
    if view.child_in_household {
        keys.push("notice-child");
    }
    if view.housing_risk {
        keys.push("notice-housing");
    }
    keys
}

/// The offer while it waits, and the latest refusal or silence while the contact is still with its sender.
fn offer_model(seen: &Seen<'_>, offer: &Offer) -> Option<OfferModel> {
    let Seen { t, now, .. } = *seen;
    let receiver = offer
        .to_person
        .clone()
        .unwrap_or_else(|| named(t.language(), &offer.to_unit).to_owned());
    let mut model = OfferModel {
        id: offer.id.to_string(),
        reason: offer.reason.clone(),
        warm: offer.warm,
        ..OfferModel::default()
    };
    match offer.state.as_str() {
        "open" => {
            model.open = true;
            model.heading = t.with("offer-waiting", &[("receiver", receiver.into())]);
            let meta = t.with(
                "offer-meta",
                &[
                    ("name", offer.from.as_str().into()),
                    ("when", t.when(offer.answer_by, now).into()),
                ],
            );
            let warm = if offer.warm {
                t.get("offer-warm-both")
            } else {
                String::new()
            };
            model.meta = [meta, warm].join(" ").trim().to_owned();
        }
        "refused" => {
            model.heading = t.with("offer-refused", &[("receiver", receiver.into())]);
            model.answer = [&offer.refusal_reason, &offer.alternative]
                .into_iter()
                .flatten()
                .cloned()
                .collect();
        }
        "unanswered" => {
            model.heading = t.with("offer-unanswered", &[("receiver", receiver.into())])
        }
        _ => return None,
    }
    Some(model)
}

fn ended(seen: &Seen<'_>, view: &ContactView) -> Option<Ended> {
    let Seen { t, now, .. } = *seen;
    let ending = view.ending.as_ref()?;
    let next = match (&ending.who, ending.by) {
        (Some(who), Some(by)) => t.with(
            "ended-next",
            &[
                ("who", who.as_str().into()),
                ("by", t.near_day(by, day(now)).into()),
            ],
        ),
        _ => String::new(),
    };
    let unseen = ending.kind == "not_reached" && !ending.seen;
    Some(Ended {
        heading: word(t, "ending", &ending.kind),
        what: if view.content {
            ending.what.clone()
        } else {
            String::new()
        },
        own: ending.kind == "not_wanted",
        next,
        meta: joined([
            t.when(ending.at, now).as_str(),
            if unseen {
                t.get("ended-unseen")
            } else {
                String::new()
            }
            .as_str(),
        ]),
    })
}

fn messages(seen: &Seen<'_>, view: &ContactView) -> Vec<Line> {
    let Seen { t, now, .. } = *seen;
    view.messages
        .iter()
        .map(|message| Line {
            at: t.when(message.at, now),
            iso: message.at.to_string(),
            head: message
                .from
                .clone()
                .unwrap_or_else(|| t.get("message-from-sender")),
            body: message.body.clone(),
            own: message.from.is_none(),
        })
        .collect()
}

fn tasks(seen: &Seen<'_>, view: &ContactView, may: May) -> Vec<TaskModel> {
    let Seen { t, now, worker, .. } = *seen;
    view.tasks
        .iter()
        .map(|task| {
            let late = task.due_at < now;
            let due = if late {
                t.with(
                    "promise-late",
                    &[("length", t.duration(now.duration_since(task.due_at)).into())],
                )
            } else {
                t.with("promise-due", &[("when", t.when(task.due_at, now).into())])
            };
            TaskModel {
                id: task.id.to_string(),
                what: task.what.clone(),
                due,
                iso: task.due_at.to_string(),
                late,
                owner: task
                    .owner_name
                    .clone()
                    .unwrap_or_else(|| t.get("promise-duty")),
                phone: task
                    .phone
                    .clone()
                    .filter(|_| task.call_back)
                    .unwrap_or_default(),
                call: task.call_back,
                mine: may.finish_calls || task.owner == Some(worker.staff),
            }
        })
        .collect()
}

fn attempts(seen: &Seen<'_>, view: &ContactView) -> Vec<Line> {
    let Seen { t, now, .. } = *seen;
    view.attempts
        .iter()
        .map(|attempt| {
            let outcome = t.get(if attempt.reached {
                "attempt-reached"
            } else {
                "attempt-missed"
            });
            let channel = capital(&word(t, "channel", attempt.channel.code()));
            Line {
                at: t.when(attempt.at, now),
                iso: attempt.at.to_string(),
                head: joined([channel.as_str(), outcome.as_str(), attempt.staff.as_str()]),
                body: attempt.body.clone(),
                own: false,
            }
        })
        .collect()
}

fn attempts_rule(seen: &Seen<'_>, view: &ContactView) -> String {
    if view.attempts.is_empty()
        || !view.facts.open
        || view.attempts.iter().any(|attempt| attempt.reached)
    {
        return String::new();
    }
    let channels: Vec<_> = view
        .attempts
        .iter()
        .map(|attempt| attempt.channel)
        .collect();
    rule_in_words(seen.t, seen.settings, &channels)
}

/// What the county's not-reached rule still needs, or that it is met.
pub fn rule_in_words(
    t: &Texts,
    settings: &IntakeSettings,
    attempts: &[crate::domain::AttemptChannel],
) -> String {
    let mut ways = attempts.to_vec();
    ways.sort_unstable();
    ways.dedup();
    let letter = ways.contains(&crate::domain::AttemptChannel::Letter);
    let mut missing = Vec::new();
    if attempts.len() < settings.not_reached_attempts {
        missing.push(t.with(
            "rule-attempts",
            &[(
                "count",
                (settings.not_reached_attempts - attempts.len()).into(),
            )],
        ));
    }
    if ways.len() < settings.not_reached_channels {
        missing.push(t.with(
            "rule-channels",
            &[("count", (settings.not_reached_channels - ways.len()).into())],
        ));
    }
    if settings.not_reached_letter && !letter {
        missing.push(t.get("rule-letter"));
    }
    if missing.is_empty() {
        t.get("rule-met")
    } else {
        t.with("rule-missing", &[("missing", missing.join(", ").into())])
    }
}

fn note(seen: &Seen<'_>, event: &Event) -> Line {
    Line {
        at: seen.t.when(event.at, seen.now),
        iso: event.at.to_string(),
        head: event.staff.clone().unwrap_or_default(),
        body: event.body.clone(),
        own: false,
    }
}

/// A happening in words; notes and attempts have lists of their own.
fn happened(seen: &Seen<'_>, event: &Event) -> Option<Line> {
    let Seen { t, now, .. } = *seen;
    if matches!(event.event.as_str(), "note" | "tried" | "reached") {
        return None;
    }
    let who = event.staff.clone().unwrap_or_default();
    let detail = match event.event.as_str() {
        "arrived" | "written_down" => word(t, "door", &event.body),
        "judged" => word(t, "urgency", &event.body),
        "ended" => word(t, "ending", &event.body),
        "parties" => word(t, "parties", &event.body),
        "municipality" => labels::municipality(t, &event.body),
        "accepted" if event.body == "warm" => t.get("offer-warm-was"),
        _ => String::new(),
    };
    let words = matches!(
        event.event.as_str(),
        "offered" | "refused" | "taken_over" | "reopened" | "call_promised" | "call_asked"
    );
    let known = format!("event-{}", event.event.replace('_', "-"));
    Some(Line {
        at: t.when(event.at, now),
        iso: event.at.to_string(),
        head: joined([
            capital(&t.get(&known)).as_str(),
            detail.as_str(),
            who.as_str(),
        ]),
        body: if words {
            event.body.clone()
        } else {
            String::new()
        },
        own: event.event == "call_asked",
    })
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
