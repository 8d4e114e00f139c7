//! The queue as the page shows it: words, marks and addresses ready for the template.

use access::rights::{Question, RightsTable};
use kernel::time::{Date, SignedDuration, Timestamp, day};
use web::{Choice, Form, Texts};

use crate::domain::urgency::Urgency;
use crate::domain::{ContactId, IntakeSettings};
use crate::pages::labels::{self, capital, joined, word};
use crate::pages::place::Place;
use crate::store::Worker;
use crate::store::queue::{Counts, DutyNow, Filters, PAGE_SIZE, QueuePage, QueueRow, Tab};

/// A word with a colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub label: String,
    pub color: &'static str,
}

/// One of the tabs.
#[derive(Debug, Clone)]
pub struct TabLink {
    pub href: String,
    pub label: String,
    pub count: String,
    pub current: bool,
}

/// A row as it is read.
#[derive(Debug, Clone)]
pub struct RowModel {
    pub id: String,
    pub href: String,
    pub current: bool,
    pub waited: String,
    pub arrived_iso: String,
    /// "danger" when the promised answer is late, "warning" over the target for untaken ones, else "".
    pub color: &'static str,
    /// The lateness in words; empty when nothing is late.
    pub late: String,
    pub urgency: Mark,
    /// What is not for today is a quiet word, not a tag.
    pub urgency_quiet: bool,
    pub urgency_solid: bool,
    pub title: String,
    pub sub: String,
    pub marks: Vec<Mark>,
    pub door: String,
    pub place: String,
    pub holder: String,
    pub holder_sub: String,
    /// Address of "Otan kopin" when this reader may take it.
    pub take: String,
}

/// The queue on a page.
#[derive(Debug, Clone)]
pub struct QueueModel {
    pub summary: String,
    pub tabs: Vec<TabLink>,
    pub rows: Vec<RowModel>,
    /// "1–50 / 120"; empty when there are no rows.
    pub shown: String,
    pub previous: String,
    pub next: String,
    pub next_count: i64,
    /// What is so and what to do when there are no rows.
    pub empty: String,
    pub fragment: String,
}

/// What the rows are seen against.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub t: &'a Texts,
    pub worker: &'a Worker,
    pub settings: &'a IntakeSettings,
    pub now: Timestamp,
    pub place: Place,
    pub open: Option<ContactId>,
}

/// The queue for a reader.
pub fn model(seen: &Seen<'_>, queue: &QueuePage, filters: &Filters) -> QueueModel {
    let Seen { t, place, .. } = *seen;
    let rows: Vec<RowModel> = queue
        .rows
        .iter()
        .map(|row| row_model(seen, row, &queue.duties))
        .collect();
    let last = queue.offset + i64::try_from(rows.len()).unwrap_or(0);
    let left = queue.matching - last;
    let list = "/contacts";
    let shown = if rows.is_empty() {
        String::new()
    } else {
        t.with(
            "queue-shown",
            &[
                ("first", (queue.offset + 1).into()),
                ("last", last.into()),
                ("all", queue.matching.into()),
            ],
        )
    };
    let fragment = match seen.open {
        Some(id) => place.address_with("/contacts/list", "open", &id.to_string()),
        None => place.address("/contacts/list"),
    };
    QueueModel {
        summary: summary(t, &queue.counts, seen.now),
        tabs: tabs(t, &queue.counts, place.tab),
        shown,
        previous: if place.page > 1 {
            place.at(place.page - 1).address(list)
        } else {
            String::new()
        },
        next: if left > 0 && !rows.is_empty() {
            place.at(place.page + 1).address(list)
        } else {
            String::new()
        },
        next_count: left.clamp(0, PAGE_SIZE),
        empty: if rows.is_empty() {
            empty(t, queue, place, filters)
        } else {
            String::new()
        },
        rows,
        fragment,
    }
}

/// "14 avoinna, 5 vuorovastaavalla ottamatta. Pisin odotus 1 pv 3 t."
fn summary(t: &Texts, counts: &Counts, now: Timestamp) -> String {
    let figures = t.with(
        "queue-summary",
        &[
            ("open", counts.all.into()),
            ("untaken", counts.untaken.into()),
        ],
    );
    match counts.oldest {
        None => t.get("queue-summary-none"),
        Some(oldest) => {
            let longest = t.duration(now.duration_since(oldest));
            format!(
                "{figures} {}",
                t.with("queue-longest", &[("longest", longest.into())])
            )
        }
    }
}

fn tabs(t: &Texts, counts: &Counts, current: Tab) -> Vec<TabLink> {
    let count = |tab| match tab {
        Tab::All => counts.all,
        Tab::Untaken => counts.untaken,
        Tab::Mine => counts.mine,
        Tab::Offered => counts.offered,
        Tab::Returned => counts.returned,
        Tab::Ended => counts.ended,
    };
    Tab::ALL
        .iter()
        .map(|tab| TabLink {
            href: Place::of(*tab).address("/contacts"),
            label: word(t, "tab", tab.code()),
            count: count(*tab).to_string(),
            current: *tab == current,
        })
        .collect()
}

fn empty(t: &Texts, queue: &QueuePage, place: Place, filters: &Filters) -> String {
    if !filters.is_empty() {
        return t.with("queue-empty-filtered", &[("open", queue.counts.all.into())]);
    }
    if queue.matching > 0 {
        return t.get("queue-empty-page");
    }
    word(t, "queue-empty", place.tab.code())
}

fn row_model(seen: &Seen<'_>, row: &QueueRow, duties: &[DutyNow]) -> RowModel {
    let Seen { t, now, place, .. } = *seen;
    let (color, late) = lateness(seen, row);
    let duty = duties.iter().find(|duty| duty.unit == row.unit);
    let may_take =
        place.tab != Tab::Ended && row.holder.is_none() && may_take(seen.worker, row, duty, now);
    let path = format!("/contacts/{}", row.id);
    RowModel {
        id: row.id.to_string(),
        current: seen.open == Some(row.id),
        waited: t.waited(row.arrived_at, now),
        arrived_iso: row.arrived_at.to_string(),
        color,
        late,
        urgency: Mark {
            label: word(t, "urgency", row.urgency.code()),
            color: labels::urgency_color(row.urgency),
        },
        urgency_quiet: matches!(row.urgency, Urgency::Week | Urgency::None),
        urgency_solid: row.urgency == Urgency::Now,
        title: row.title.clone(),
        sub: about(t, row),
        marks: marks(t, row),
        door: capital(&word(t, "door", row.door.code())),
        place: spoken(t, row),
        holder: match (&row.holder, duty) {
            (Some((_, name)), _) => name.clone(),
            (None, Some(duty)) => t.with("holder-duty", &[("name", duty.name.as_str().into())]),
            (None, None) => t.get("holder-duty-unnamed"),
        },
        holder_sub: if row.offer_open {
            t.get("mark-offered")
        } else {
            String::new()
        },
        take: if may_take {
            place.address(&format!("{path}/take"))
        } else {
            String::new()
        },
        href: if row.openable {
            place.address(&path)
        } else {
            String::new()
        },
    }
}

/// "Leyla Hassan, asuminen"; nothing of the content for a reader who may see only that there is one.
fn about(t: &Texts, row: &QueueRow) -> String {
    if !row.content {
        return String::new();
    }
    let person = row
        .person
        .clone()
        .unwrap_or_else(|| t.get("person-anonymous"));
    let theme = row
        .theme
        .map(|theme| word(t, "theme", theme.code()))
        .unwrap_or_default();
    joined([person.as_str(), theme.as_str()])
}

/// "somali, Jyväskylä"
fn spoken(t: &Texts, row: &QueueRow) -> String {
    if !row.content {
        return String::new();
    }
    let language = labels::language(t, row.language, row.other_language.as_deref());
    let municipality = row
        .municipality
        .as_deref()
        .map(|code| labels::municipality(t, code));
    joined([
        language.as_str(),
        municipality.as_deref().unwrap_or_default(),
    ])
}

fn marks(t: &Texts, row: &QueueRow) -> Vec<Mark> {
    let mut marks = Vec::new();
    if row.raised {
        marks.push(Mark {
            label: t.get("mark-raised"),
            color: "neutral",
        });
    }
    if row.returned {
        marks.push(Mark {
            label: t.get("mark-returned"),
            color: "neutral",
        });
    }
    marks
}

/// Words first, colour second: a late promise before an exceeded target.
fn lateness(seen: &Seen<'_>, row: &QueueRow) -> (&'static str, String) {
    let t = seen.t;
    let days = days_late(row.answer_due, row.answered, day(seen.now));
    if days > 0 {
        return (
            "danger",
            t.with("answer-late-short", &[("days", t.days(days).into())]),
        );
    }
    let target = SignedDuration::from_hours(seen.settings.untaken_target_hours);
    if row.holder.is_none() && seen.now.duration_since(row.arrived_at) > target {
        return ("warning", t.get("untaken-over-target"));
    }
    ("", String::new())
}

/// Whole days by which the promised first answer is late; 0 when it has been given or its day is not over.
pub fn days_late(due: Date, answered: bool, today: Date) -> i64 {
    if answered {
        0
    } else {
        (due.duration_until(today).as_hours() / 24).max(0)
    }
}

/// The same question that the act itself asks, without reading the contact: may this worker take a row?
fn may_take(worker: &Worker, row: &QueueRow, duty: Option<&DutyNow>, now: Timestamp) -> bool {
    let mut relations = Vec::new();
    if row.unit == worker.unit || worker.subject.tasks.contains("front_door") {
        relations.push("unit_queue");
    }
    if duty.is_some_and(|duty| duty.staff == worker.staff) {
        relations.push("unit_duty");
    }
    let question = Question {
        subject: &worker.subject,
        class: "contact",
        action: "take",
        service_task: "working_age",
        relations: &relations,
        given: &["untaken_only"],
        bars: &[],
        on: day(now),
    };
    RightsTable::built_in().decide(&question).row().is_some()
}

/// The fields by which the queue can be narrowed, with what is chosen now.
#[derive(Debug, Clone)]
pub struct FilterModel {
    pub form: Form,
    pub urgencies: Vec<Choice>,
    pub doors: Vec<Choice>,
    pub languages: Vec<Choice>,
    pub municipalities: Vec<Choice>,
    pub holders: Vec<Choice>,
    pub ages: Vec<Choice>,
    /// What is narrowed now, in words; empty for nothing.
    pub active: String,
    pub tab: &'static str,
}

/// Ages offered for narrowing, in hours.
const AGES: [i64; 5] = [1, 4, 24, 72, 168];

/// The filter form for a reader.
pub fn filter_model(
    t: &Texts,
    county: &str,
    holders: &[(String, String)],
    filters: &Filters,
    place: Place,
) -> FilterModel {
    let mut model = FilterModel {
        form: Form::new(),
        urgencies: labels::urgencies(t),
        doors: labels::doors(t),
        languages: labels::languages(t),
        municipalities: labels::municipalities(t, county),
        holders: holders
            .iter()
            .map(|(id, name)| Choice::new(id.as_str(), name.as_str()))
            .collect(),
        ages: AGES
            .iter()
            .map(|hours| {
                let length = t.duration(SignedDuration::from_hours(*hours));
                Choice::new(
                    hours.to_string(),
                    t.with("filter-older", &[("length", length.into())]),
                )
            })
            .collect(),
        active: String::new(),
        tab: place.tab.code(),
    };
    let age = filters.older_than_hours.map(|hours| hours.to_string());
    let chosen = [
        ("urgency", &filters.urgency, &model.urgencies),
        ("door", &filters.door, &model.doors),
        ("language", &filters.language, &model.languages),
        ("municipality", &filters.municipality, &model.municipalities),
        ("holder", &filters.holder, &model.holders),
        ("age", &age, &model.ages),
    ];
    let mut words = Vec::new();
    for (field, value, choices) in chosen {
        if let Some(value) = value {
            model.form.set(field, value.as_str());
            let choice = choices.iter().find(|choice| choice.value == *value);
            words.push(choice.map_or_else(|| t.get("filter-other"), |choice| choice.label.clone()));
        }
    }
    model.active = words.join(", ");
    model
}

/// Reads the filter form; an unknown code is left out, so a filter never hides rows without being seen.
pub fn read_filters(form: &Form, county: &str) -> Filters {
    use crate::domain::{Door, TalkLanguage};
    let known = |name: &str, is_known: &dyn Fn(&str) -> bool| {
        form.text(name)
            .filter(|value| is_known(value))
            .map(str::to_owned)
    };
    Filters {
        urgency: known("urgency", &|code| Urgency::from_code(code).is_some()),
        door: known("door", &|code| Door::from_code(code).is_some()),
        language: known("language", &|code| TalkLanguage::from_code(code).is_some()),
        municipality: known("municipality", &|code| {
            kernel::place::municipalities_of(county)
                .iter()
                .any(|one| one.code == code)
        }),
        holder: known("holder", &|id| {
            id.parse::<identity::people::StaffId>().is_ok()
        }),
        older_than_hours: form
            .text("age")
            .and_then(|age| age.parse().ok())
            .filter(|hours| AGES.contains(hours)),
    }
}
