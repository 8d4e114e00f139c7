//! Colleagues in selects: by unit, with those who are away shown and not selectable.

use access::rights::{Question, RightsTable, Subject};
use identity::people::{StaffId, Unit, UnitId};
use kernel::language::Language;
use kernel::time::{Date, Timestamp, day};
use store::{Query, StoreError, params};
use web::Texts;

use crate::store::facts::OFFERED;

/// A colleague who can be chosen.
#[derive(Debug, Clone)]
pub struct Colleague {
    pub id: StaffId,
    pub name: String,
    pub title: String,
    pub unit: UnitId,
    pub away: bool,
    subject: Subject,
}

/// An option of a grouped select.
#[derive(Debug, Clone)]
pub struct Pick {
    pub value: String,
    pub label: String,
    pub disabled: bool,
}

/// A unit with its options.
#[derive(Debug, Clone)]
pub struct Group {
    pub label: String,
    pub picks: Vec<Pick>,
}

/// Everybody in service, by name.
///
/// # Errors
/// When the engine fails.
pub fn colleagues(query: &mut impl Query, now: Timestamp) -> Result<Vec<Colleague>, StoreError> {
    let words = |text: String| -> Vec<String> {
        text.split(' ')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    query
        .query(
            "select s.id, s.name, s.title, s.unit_id, s.tasks, s.qualifications, case when exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $1 and a.ends_on >= $1) then 1 else 0 end from staff s where s.began_on <= $1 and (s.ended_on is null or s.ended_on >= $1) order by s.sort_key, s.id",
            &params![day(now).to_string()],
        )?
        .iter()
        .map(|row| {
            let (tasks, qualifications) = (words(row.get(4)?), words(row.get(5)?));
            Ok(Colleague {
                id: StaffId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                title: row.get(2)?,
                unit: UnitId::from_bytes(row.get(3)?),
                away: row.get(6)?,
                subject: Subject::employee(
                    tasks.iter().map(String::as_str),
                    qualifications.iter().map(String::as_str),
                ),
            })
        })
        .collect()
}

impl Colleague {
    /// Whether the rights table lets this person answer an offer: an offer to anybody else would only
    /// run out.
    pub fn may_accept(&self, today: Date) -> bool {
        let question = Question {
            subject: &self.subject,
            class: "offer",
            action: "approve",
            service_task: "working_age",
            relations: &["offer_receiver"],
            given: OFFERED,
            bars: &[],
            on: today,
        };
        RightsTable::built_in().decide(&question).row().is_some()
    }

    fn pick(&self, t: &Texts, prefix: &str) -> Pick {
        let title = t.get(&format!("title-{}", self.title));
        let label = if self.away {
            t.with(
                "pick-away",
                &[("name", self.name.as_str().into()), ("title", title.into())],
            )
        } else {
            format!("{}, {title}", self.name)
        };
        Pick {
            value: format!("{prefix}{}", self.id),
            label,
            disabled: self.away,
        }
    }
}

/// Receivers of a hand-over: each unit as a whole, and its people by name, without the sender.
pub fn receivers(
    t: &Texts,
    units: &[Unit],
    colleagues: &[Colleague],
    sender: StaffId,
    today: Date,
) -> Vec<Group> {
    groups(t.language(), units, |unit| {
        let able: Vec<_> = colleagues
            .iter()
            .filter(|one| one.unit == unit.id && one.id != sender && one.may_accept(today))
            .collect();
        if able.is_empty() {
            return Vec::new();
        }
        let whole = Pick {
            value: format!("unit:{}", unit.id),
            label: t.with("pick-unit", &[("unit", unit.name(t.language()).into())]),
            disabled: false,
        };
        std::iter::once(whole)
            .chain(able.iter().map(|one| one.pick(t, "person:")))
            .collect()
    })
}

/// Who does the next step: anybody of the county who is at work.
pub fn doers(t: &Texts, units: &[Unit], colleagues: &[Colleague]) -> Vec<Group> {
    groups(t.language(), units, |unit| {
        colleagues
            .iter()
            .filter(|one| one.unit == unit.id)
            .map(|one| one.pick(t, ""))
            .collect()
    })
}

fn groups(language: Language, units: &[Unit], picks: impl Fn(&Unit) -> Vec<Pick>) -> Vec<Group> {
    units
        .iter()
        .map(|unit| Group {
            label: unit.name(language).to_owned(),
            picks: picks(unit),
        })
        .filter(|group| !group.picks.is_empty())
        .collect()
}

/// The option of a value that may be chosen; somebody away or unknown may not.
pub fn chosen<'a>(groups: &'a [Group], value: &str) -> Option<&'a Pick> {
    groups
        .iter()
        .flat_map(|group| &group.picks)
        .find(|pick| pick.value == value && !pick.disabled)
}
