//! A matter in the words of its page.

use kernel::time::{Timestamp, day};
use law::DeadlineTable;
use law::clock::{Standing, Target};
use web::{Choice, Texts};

use clients::Reader;

use crate::domain::{MatterId, Stage};
use crate::pages::labels::{capital, matter_name, named, word};
use crate::pages::may::May;
use crate::pages::past::{ended, entry, event, offer, source};
use crate::person_panels::answerer;
use crate::store::clocks::ClockRow;
use crate::store::ending::Voice;
use crate::store::relation::ClientCard;
use crate::store::view::{MatterView, Shown};

/// The address of a matter.
pub fn path(matter: MatterId) -> String {
    format!("/matters/{matter}")
}

/// What stands beside a form about a matter: which one it is.
#[derive(Debug, Clone)]
pub struct Head {
    pub title: String,
    pub clients: Vec<String>,
    pub meta: String,
}

impl Head {
    /// The head of a matter that the reader sees.
    pub fn of(t: &Texts, view: &MatterView) -> Self {
        Self {
            title: matter_name(t, view.name_code, view.name_text.as_deref()),
            clients: view.clients.iter().map(|card| card.name.clone()).collect(),
            meta: view.number.clone(),
        }
    }
}

/// A tag.
#[derive(Debug, Clone)]
pub struct Mark {
    pub label: String,
    pub color: &'static str,
}

/// A line of the list of facts.
#[derive(Debug, Clone)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// A time limit with its section of law.
#[derive(Debug, Clone)]
pub struct ClockModel {
    pub name: String,
    pub due: String,
    pub iso: String,
    pub color: &'static str,
    pub hint: String,
    pub law: String,
}

/// A client of the matter.
#[derive(Debug, Clone)]
pub struct ClientModel {
    pub name: String,
    pub href: String,
    pub meta: String,
    pub own_worker: String,
    /// Whom the client calls now: name, what she is, number.
    pub number: String,
    pub part: String,
}

/// A worker of the matter.
#[derive(Debug, Clone)]
pub struct WorkerModel {
    pub staff: String,
    pub name: String,
    pub meta: String,
    /// Can be let go here: not the holder.
    pub leaves: bool,
}

/// A happening.
#[derive(Debug, Clone)]
pub struct Line {
    pub head: String,
    pub body: String,
    pub at: String,
    pub iso: String,
}

/// The open or latest offer.
#[derive(Debug, Clone)]
pub struct OfferModel {
    pub id: String,
    pub heading: String,
    pub reason: String,
    pub meta: String,
    pub open: bool,
    pub answer: Vec<String>,
}

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct MatterModel {
    pub path: String,
    pub title: String,
    pub meta: String,
    pub tags: Vec<Mark>,
    pub may: May,
    pub content: bool,
    pub hidden: bool,
    pub joint: bool,
    pub facts: Vec<Fact>,
    pub clocks: Vec<ClockModel>,
    pub clients: Vec<ClientModel>,
    pub workers: Vec<WorkerModel>,
    pub offer: Option<OfferModel>,
    pub reasons: String,
    pub own_words: String,
    pub entry: Vec<Fact>,
    pub sources: Vec<Vec<Fact>>,
    pub events: Vec<Line>,
    pub ended: String,
    pub end_words: String,
    pub voices: Vec<VoiceModel>,
}

/// What a client said at the end.
#[derive(Debug, Clone)]
pub struct VoiceModel {
    pub answer: String,
    pub words: String,
}

/// Whether some limit that an act would end has run out: the form then asks for the reason.
pub fn is_late(view: &MatterView, now: Timestamp, which: impl Fn(&str) -> bool) -> bool {
    view.clocks
        .iter()
        .filter(|row| which(row.clock.basis.code()))
        .any(|row| matches!(row.clock.standing(now), Standing::Overdue { .. }))
}

/// The clients of a joint matter as choices.
pub fn client_choices(view: &MatterView) -> Vec<Choice> {
    view.clients
        .iter()
        .map(|card| Choice::new(card.id.to_string(), card.name.clone()))
        .collect()
}

/// The page for a reader.
pub fn model(t: &Texts, shown: &Shown, reader: &Reader, now: Timestamp) -> MatterModel {
    let view = &shown.view;
    let may = May::of(view, reader);
    let running = view.facts.life.holder().is_some();
    MatterModel {
        path: path(view.facts.id),
        title: matter_name(t, view.name_code, view.name_text.as_deref()),
        meta: t.with(
            "matter-meta",
            &[
                ("number", view.number.as_str().into()),
                ("day", t.day(day(shown.pending_at)).into()),
            ],
        ),
        tags: tags(t, view),
        may,
        content: view.content,
        hidden: view.hidden,
        joint: view.joint,
        facts: facts(t, view, now),
        clocks: view
            .clocks
            .iter()
            .filter(|row| running || row.clock.ended.is_some())
            .map(|row| clock(t, row, now))
            .collect(),
        clients: view
            .clients
            .iter()
            .map(|card| client(t, view, card))
            .collect(),
        workers: workers(t, view, now),
        offer: view.offer.as_ref().and_then(|one| offer(t, view, one, now)),
        reasons: view
            .entry
            .as_ref()
            .map(|entry| entry.reasons.clone())
            .unwrap_or_default(),
        own_words: view
            .entry
            .as_ref()
            .and_then(|entry| entry.own_words.clone())
            .unwrap_or_default(),
        entry: entry(t, shown),
        sources: view.sources.iter().map(|one| source(t, one)).collect(),
        events: view
            .events
            .iter()
            .filter_map(|one| event(t, view, one, now))
            .collect(),
        ended: ended(t, view, now),
        end_words: view
            .entry
            .as_ref()
            .and_then(|entry| entry.end_words.clone())
            .unwrap_or_default(),
        voices: view.voices.iter().map(|one| voice(t, view, one)).collect(),
    }
}

fn voice(t: &Texts, view: &MatterView, one: &Voice) -> VoiceModel {
    let card = view.clients.iter().find(|card| card.id == one.client);
    let name = card.map(|card| card.name.as_str()).unwrap_or_default();
    VoiceModel {
        answer: t.with(
            "matter-voice",
            &[
                ("name", name.into()),
                ("answer", word(t, "heard", one.answer.code()).into()),
            ],
        ),
        words: one.words.clone(),
    }
}

/// "Soitetaan: Ville Aho, vuorovastaava, 014 000 0201".
fn number(t: &Texts, view: &MatterView, card: &ClientCard) -> String {
    let Some(one) = view.numbers.get(&card.id) else {
        return String::new();
    };
    let one = answerer(t, one.clone());
    let who: Vec<&str> = [&one.name, &one.what, &one.phone]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    t.with("matter-number", &[("who", who.join(", ").into())])
}

fn tags(t: &Texts, view: &MatterView) -> Vec<Mark> {
    let color = match view.stage {
        Stage::Initiated => "warning",
        Stage::Open => "info",
        Stage::Transferred | Stage::Closed => "neutral",
    };
    let mut tags = vec![Mark {
        label: capital(&word(t, "stage", view.stage.code())),
        color,
    }];
    if view.joint {
        tags.push(Mark {
            label: t.get("matter-joint"),
            color: "neutral",
        });
    }
    tags
}

fn facts(t: &Texts, view: &MatterView, now: Timestamp) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
    };
    let unit = named(t.language(), &view.unit_names);
    let mut facts = Vec::new();
    if let Some(holder) = view.facts.life.holder() {
        let since = t.when(view.holder_since, now);
        let value = match holder.staff() {
            Some(_) if view.facts.holder_away => t.with(
                "matter-holder-away",
                &[("name", view.holder_name.as_str().into())],
            ),
            Some(_) => t.with(
                "matter-holder-since",
                &[
                    ("name", view.holder_name.as_str().into()),
                    ("when", since.into()),
                ],
            ),
            None => t.with(
                "matter-holder-duty",
                &[("name", view.holder_name.as_str().into())],
            ),
        };
        facts.push(fact("matter-holder", value));
    }
    facts.push(fact("matter-unit", unit.to_owned()));
    facts.push(fact(
        "matter-service-task",
        capital(&word(t, "service-task", view.facts.service_task.code())),
    ));
    facts
}

fn clock(t: &Texts, row: &ClockRow, now: Timestamp) -> ClockModel {
    let code = row.clock.basis.code();
    let started = day(row.clock.trigger_at);
    let law = DeadlineTable::of_law().lookup(code, started);
    let name = law.map_or_else(|_| code.to_owned(), |law| capital(law.name(t.language())));
    let (due, iso) = match row.clock.target {
        Target::Day(due) => (
            t.with(
                "matter-clock-latest",
                &[("day", t.near_day(due.date, day(now)).into())],
            ),
            due.date.to_string(),
        ),
        Target::Soft(soft) => (capital(&word(t, "soft", soft.code())), String::new()),
    };
    let mut hint = match row.clock.target {
        Target::Day(due) if due.nominal != due.date => t.with(
            "matter-clock-nominal",
            &[("day", t.day(due.nominal).into())],
        ),
        _ => String::new(),
    };
    let (due, color) = match row.clock.standing(now) {
        Standing::Running { days_left: 0..=1 } => (due, "warning"),
        Standing::Running { .. } | Standing::RunningSoft => (due, ""),
        Standing::Overdue { days_over } => {
            hint = t.with("matter-clock-over", &[("days", days_over.into())]);
            (due, "danger")
        }
        Standing::Kept | Standing::Exceeded => (ended_clock(t, row), ""),
    };
    if let Some(reason) = row
        .clock
        .ended
        .as_ref()
        .and_then(|end| end.exceeded_reason.as_ref())
    {
        hint.clone_from(reason);
    }
    ClockModel {
        name,
        due,
        iso,
        color,
        hint,
        law: law.map_or_else(|_| String::new(), |law| law.source.clone()),
    }
}

/// A time limit in one line: what it is about, and until when or how it ended.
pub fn clock_words(t: &Texts, row: &ClockRow, now: Timestamp) -> String {
    let clock = clock(t, row, now);
    format!("{}: {}", clock.name, clock.due)
}

fn ended_clock(t: &Texts, row: &ClockRow) -> String {
    row.clock.ended.as_ref().map_or_else(String::new, |end| {
        let event = word(t, "clock-end", &end.event);
        t.with(
            "matter-clock-ended",
            &[("event", event.into()), ("day", t.day(day(end.at)).into())],
        )
    })
}

fn client(t: &Texts, view: &MatterView, card: &ClientCard) -> ClientModel {
    let own_worker = match (&card.own_worker, &card.waiver) {
        (Some(name), _) => t.with("matter-own-worker-is", &[("name", name.as_str().into())]),
        (None, Some(reason)) => t.with(
            "matter-own-worker-waived",
            &[("reason", word(t, "no-own-worker", reason).into())],
        ),
        (None, None) => t.get("matter-own-worker-none"),
    };
    ClientModel {
        name: card.name.clone(),
        href: format!("/clients/{}", card.id),
        meta: card
            .birth_date
            .map(|born| t.with("matter-born", &[("day", t.full_day(born).into())]))
            .unwrap_or_default(),
        own_worker: if view.content {
            own_worker
        } else {
            String::new()
        },
        number: number(t, view, card),
        part: card.part.clone().unwrap_or_default(),
    }
}

fn workers(t: &Texts, view: &MatterView, now: Timestamp) -> Vec<WorkerModel> {
    let holder = view
        .facts
        .life
        .holder()
        .and_then(crate::domain::Holder::staff);
    view.workers
        .iter()
        .map(|one| {
            let title = t.get(&format!("title-{}", one.title));
            let since = t.when(one.since, now);
            WorkerModel {
                staff: one.staff.to_string(),
                name: one.name.clone(),
                meta: if Some(one.staff) == holder {
                    t.with("matter-worker-holder", &[("title", title.into())])
                } else {
                    t.with(
                        "matter-worker-since",
                        &[("title", title.into()), ("when", since.into())],
                    )
                },
                leaves: Some(one.staff) != holder,
            }
        })
        .collect()
}
