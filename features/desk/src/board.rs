//! What is late, due today, waiting and coming: the order of a working day. Pure.

use casework::work::Work;
use intake::domain::urgency::Urgency;
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
    /// The urgency's word when it is "now"; empty otherwise.
    pub urgent: String,
    pub href: String,
    pub what: String,
    /// Why it is here: a promise, a message, an offer that came back.
    pub ground: String,
    /// The word on the button.
    pub act: String,
    /// Several people: their names break over lines, one name never does.
    pub many: bool,
}

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub heading: String,
    pub late: bool,
    pub rows: Vec<WorkRow>,
    /// How many there are; more than the rows when the rest is behind a link.
    pub count: usize,
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
    /// Judged urgent and not answered: before everything else, whatever day was promised.
    Urgent(Urgency, Date),
    At(Timestamp),
    On(Date),
    /// Somebody waits for the worker since then.
    Waits(Timestamp),
    /// Somebody waits for the worker's answer, by a day when one was told.
    Asks(Option<Date>),
}

impl Board {
    /// Leaves the first rows of what is late, the longest late first; the rest is one link away. How many were left out.
    pub fn shorten(&mut self, most: usize) -> usize {
        let late = self.groups.iter_mut().find(|group| group.late);
        late.map_or(0, |group| {
            let over = group.rows.len().saturating_sub(most);
            group.rows.truncate(most);
            over
        })
    }
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
            Self::Waits(_) | Self::Asks(_) => return 2,
            Self::Urgent(_, promised) => promised.min(today),
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
            Self::Urgent(_, promised) => due_on(t, promised.min(day(now)), day(now)),
            Self::Waits(since) => Due {
                text: t.waited(since, now),
                color: "",
                iso: String::new(),
            },
            Self::Asks(Some(date)) => due_on(t, date, day(now)),
            Self::Asks(None) => Due {
                text: String::new(),
                color: "",
                iso: String::new(),
            },
        }
    }

    /// For ordering inside a group: what is urgent stands first, a day at its end.
    fn order(self) -> (u8, Timestamp) {
        let rank = match self {
            Self::Urgent(Urgency::Now, _) => 0,
            Self::Urgent(..) => 1,
            _ => 2,
        };
        let moment = match self {
            Self::At(moment) | Self::Waits(moment) => moment,
            Self::On(date) | Self::Urgent(_, date) | Self::Asks(Some(date)) => {
                kernel::time::moment(date, kernel::time::Time::constant(23, 59, 0, 0))
            }
            Self::Asks(None) => Timestamp::MAX,
        };
        (rank, moment)
    }
}

/// Puts a worker's list and the rows of other rooms into the order of the day. What other rooms tell for a day after the
/// coming week waits for its time.
pub fn board(list: &Worklist, works: &[Work], t: &Texts, now: Timestamp) -> Board {
    let mut lines: Vec<(When, WorkRow)> = works
        .iter()
        .filter_map(|work| Some((when_of(work, now)?, work_row(work, t, now))))
        .collect();
    let mut add = |when: When, who: String, href: String, what: String, ground: &str, act: &str| {
        lines.push((
            when,
            WorkRow {
                due: when.due(t, now),
                who,
                urgent: match when {
                    When::Urgent(Urgency::Now, _) => words::word(t, "urgency", "now"),
                    _ => String::new(),
                },
                href,
                what,
                ground: t.get(ground),
                act: t.get(act),
                many: false,
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
        if let Some(when) = answer_when(list, held, now) {
            add(
                when,
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

fn when_of(work: &Work, now: Timestamp) -> Option<When> {
    match (work.waiting, work.due) {
        (true, due) => Some(When::Asks(due)),
        (false, Some(due)) if words::days_until(day(now), due) <= DAYS_AHEAD => Some(When::On(due)),
        (false, _) => None,
    }
}

fn work_row(work: &Work, t: &Texts, now: Timestamp) -> WorkRow {
    WorkRow {
        due: work.due.map_or_else(
            || When::Asks(None).due(t, now),
            |due| due_on(t, due, day(now)),
        ),
        who: work.who.clone(),
        urgent: String::new(),
        href: work.href.clone(),
        what: work.what.clone(),
        ground: work.law.clone(),
        act: work.button.clone(),
        many: work.clients.len() > 1,
    }
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
                count: rows.len(),
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

/// When the promised answer has a line of its own. A promised call is itself the answer when it comes
/// no later; for what is to be done today, only a call today. What is to be done now always stands.
fn answer_when(list: &Worklist, held: &Held, now: Timestamp) -> Option<When> {
    let call_by = |last: Date| {
        list.tasks
            .iter()
            .any(|task| task.contact == held.id && day(task.due_at) <= last)
    };
    let (when, promised_otherwise) = match held.urgency {
        Urgency::Now => (When::Urgent(held.urgency, held.answer_due), false),
        Urgency::Today => (
            When::Urgent(held.urgency, held.answer_due),
            call_by(day(now)),
        ),
        _ => (When::On(held.answer_due), call_by(held.answer_due)),
    };
    (!held.answered && !promised_otherwise).then_some(when)
}
