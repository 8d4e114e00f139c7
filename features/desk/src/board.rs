//! What is late, due today, waiting and coming: the order of a working day. Pure.

use intake::store::tasks::Task;
use intake::store::worklist::{Held, Worklist};
use kernel::time::{Date, Timestamp, day};
use web::Texts;

use crate::words::{self, Due, due_at, due_on};

/// Days ahead that have a group of their own.
const DAYS_AHEAD: i64 = 7;

/// One line of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRow {
    pub due: Due,
    pub who: String,
    pub href: String,
    pub what: String,
    /// Why it is here: a promise, a message, an offer that came back.
    pub ground: String,
    /// The word on the button.
    pub act: String,
}

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub heading: String,
    pub late: bool,
    pub rows: Vec<WorkRow>,
}

/// The working day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    /// Groups with something in them, in order.
    pub groups: Vec<Group>,
    pub late: usize,
    pub today: usize,
}

/// When a line is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    At(Timestamp),
    On(Date),
    /// Somebody waits for the worker since then.
    Waits(Timestamp),
}

/// Headings in their order.
const HEADINGS: [&str; 5] = [
    "desk-late",
    "desk-today",
    "desk-waiting",
    "desk-soon",
    "desk-later",
];

impl When {
    fn group(self, now: Timestamp) -> usize {
        let today = day(now);
        let on = match self {
            Self::Waits(_) => return 2,
            Self::At(moment) if moment < now => return 0,
            Self::At(moment) => day(moment),
            Self::On(date) => date,
        };
        match words::days_until(today, on) {
            ..0 => 0,
            0 => 1,
            1..=DAYS_AHEAD => 3,
            _ => 4,
        }
    }

    fn due(self, t: &Texts, now: Timestamp) -> Due {
        match self {
            Self::At(moment) => due_at(t, moment, now),
            Self::On(date) => due_on(t, date, day(now)),
            Self::Waits(since) => Due {
                text: t.waited(since, now),
                color: "",
                iso: String::new(),
            },
        }
    }

    /// For ordering inside a group: a day stands at its end.
    fn order(self) -> Timestamp {
        match self {
            Self::At(moment) | Self::Waits(moment) => moment,
            Self::On(date) => {
                kernel::time::moment(date, kernel::time::Time::constant(23, 59, 0, 0))
            }
        }
    }
}

/// Puts a worker's list into the order of the day.
pub fn board(list: &Worklist, t: &Texts, now: Timestamp) -> Board {
    let mut lines: Vec<(When, WorkRow)> = Vec::new();
    let mut add = |when: When, who: String, href: String, what: String, ground: &str, act: &str| {
        lines.push((
            when,
            WorkRow {
                due: when.due(t, now),
                who,
                href,
                what,
                ground: t.get(ground),
                act: t.get(act),
            },
        ));
    };
    for task in &list.tasks {
        let (ground, act) = if task.call_back {
            ("desk-ground-call", "desk-act-call")
        } else {
            ("desk-ground-step", "desk-act-write")
        };
        let who = words::person(t, task.person.as_deref());
        add(
            When::At(task.due_at),
            who,
            format!("/tasks/{}", task.id),
            task_words(t, task),
            ground,
            act,
        );
    }
    for held in &list.held {
        let who = words::person(t, held.person.as_deref());
        let href = format!("/contacts/{}", held.id);
        if let Some(since) = held.written_at.filter(|_| held.answered) {
            add(
                When::Waits(since),
                who.clone(),
                href.clone(),
                held.title.clone(),
                "desk-ground-message",
                "desk-act-answer",
            );
        }
        if let Some(returned) = &held.returned {
            let ground = if returned.refused {
                "desk-ground-refused"
            } else {
                "desk-ground-unanswered"
            };
            add(
                When::Waits(returned.at),
                who.clone(),
                href.clone(),
                returned_words(t, held),
                ground,
                "desk-act-open",
            );
        }
        if !held.answered && !has_earlier_task(list, held) {
            add(
                When::On(held.answer_due),
                who,
                href,
                held.title.clone(),
                "desk-ground-answer",
                "desk-act-answer",
            );
        }
    }
    if let Some(oldest) = list.oldest_untaken {
        let who = t.with("desk-untaken", &[("count", list.untaken.into())]);
        let what = t.get("desk-untaken-what");
        add(
            When::Waits(oldest),
            who,
            "/contacts?tab=untaken".to_owned(),
            what,
            "desk-ground-duty",
            "desk-act-queue",
        );
    }
    grouped(lines, t, now)
}

fn grouped(mut lines: Vec<(When, WorkRow)>, t: &Texts, now: Timestamp) -> Board {
    lines.sort_by_key(|(when, _)| (when.group(now), when.order()));
    let mut board = Board::default();
    for (index, key) in HEADINGS.iter().enumerate() {
        let rows: Vec<WorkRow> = lines
            .iter()
            .filter(|(when, _)| when.group(now) == index)
            .map(|(_, row)| row.clone())
            .collect();
        match index {
            0 => board.late = rows.len(),
            1 => board.today = rows.len(),
            _ => {}
        }
        if !rows.is_empty() {
            board.groups.push(Group {
                heading: t.get(key),
                late: index == 0,
                rows,
            });
        }
    }
    board
}

fn task_words(t: &Texts, task: &Task) -> String {
    match (task.call_back, task.what.trim()) {
        (true, "") => t.with("desk-call-about", &[("title", task.title.as_str().into())]),
        (true, when) => t.with(
            "desk-call-about-when",
            &[("title", task.title.as_str().into()), ("when", when.into())],
        ),
        (false, what) => what.to_owned(),
    }
}

fn returned_words(t: &Texts, held: &Held) -> String {
    let alternative = held
        .returned
        .as_ref()
        .and_then(|returned| returned.alternative.as_deref());
    alternative.map_or_else(
        || held.title.clone(),
        |text| t.with("desk-returned-alternative", &[("alternative", text.into())]),
    )
}

/// The promised call is itself the promised answer when it comes no later.
fn has_earlier_task(list: &Worklist, held: &Held) -> bool {
    list.tasks
        .iter()
        .any(|task| task.contact == held.id && day(task.due_at) <= held.answer_due)
}
