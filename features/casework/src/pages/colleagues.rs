//! Colleagues in selects: by unit, with those who are away shown and not selectable.

use std::collections::BTreeSet;

use access::rights::{Question, RightsTable, Subject};
use identity::people::{self, Staff, StaffId, Unit, list_units};
use kernel::language::Language;
use kernel::time::{Date, Timestamp, day};
use store::{Query, StoreError, params};
use web::{Failure, House, Texts};

use crate::store::own_worker::{is_social_worker_in_office, may_be_own_worker};

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

/// Everybody in service with their units, and who is away today.
#[derive(Debug, Clone)]
pub struct Colleagues {
    units: Vec<Unit>,
    staff: Vec<Staff>,
    away: BTreeSet<StaffId>,
    today: Date,
}

/// Reads them.
///
/// # Errors
/// When the engine fails.
pub async fn colleagues(house: &House) -> Result<Colleagues, Failure> {
    let now = house.now();
    Ok(house.store.read(move |tx| read(tx, now)).await?)
}

fn read(query: &mut impl Query, now: Timestamp) -> Result<Colleagues, StoreError> {
    let today = day(now);
    let away = query
        .query(
            "select staff_id from absence where begins_on <= $1 and ends_on >= $1",
            &params![today.to_string()],
        )?
        .iter()
        .map(|row| row.get(0).map(StaffId::from_bytes))
        .collect::<Result<_, _>>()?;
    Ok(Colleagues {
        units: list_units(query)?,
        staff: people::list_staff(query, today)?,
        away,
        today,
    })
}

impl Colleagues {
    /// Who works: anybody who could take part in a matter.
    pub fn workers(&self, t: &Texts) -> Vec<Group> {
        self.groups(t, "", |person| {
            self.may(person, "matter", "read", "matter_participant")
        })
    }

    /// Who could do something of another room in a relation: anybody who could not is not offered.
    pub fn able(&self, t: &Texts, (class, action): (&str, &str), relation: &str) -> Vec<Group> {
        self.groups(t, "", |person| self.may(person, class, action, relation))
    }

    /// Those who have a qualification of the rights table.
    pub fn qualified(&self, t: &Texts, code: &str) -> Vec<Group> {
        self.groups(t, "", |person| {
            person.qualifications.iter().any(|own| own == code)
                && self.may(person, "matter", "read", "matter_participant")
        })
    }

    /// Professionals who may be an own worker (SHL 42 § 2).
    pub fn own_workers(&self, t: &Texts) -> Vec<Group> {
        self.groups(t, "", |person| {
            may_be_own_worker(person) && self.may(person, "matter", "read", "own_worker")
        })
    }

    /// Social workers in public office, one of whom answers beside the own worker of a client in need of special
    /// support (SHL 42 § 3).
    pub fn social_workers(&self, t: &Texts) -> Vec<Group> {
        self.groups(t, "", |person| {
            is_social_worker_in_office(person) && self.may(person, "matter", "read", "own_team")
        })
    }

    /// Who may stand in for an own worker or a holder.
    pub fn substitutes(&self, t: &Texts) -> Vec<Group> {
        self.groups(t, "", |person| {
            self.may(person, "matter", "read", "substitute")
        })
    }

    /// Receivers of a hand-over: each unit as a whole, and its people by name, without the sender.
    pub fn receivers(&self, t: &Texts, sender: StaffId) -> Vec<Group> {
        let mut groups = self.groups(t, "person:", |person| {
            person.id != sender && self.may(person, "offer", "approve", "offer_receiver")
        });
        for group in &mut groups {
            if let Some(unit) = self
                .units
                .iter()
                .find(|unit| unit.name(t.language()) == group.label)
            {
                group.picks.insert(
                    0,
                    Pick {
                        value: format!("unit:{}", unit.id),
                        label: t.with("matter-pick-unit", &[("unit", group.label.as_str().into())]),
                        disabled: false,
                    },
                );
            }
        }
        groups
    }

    /// Units in whose queue a matter can wait: those where somebody may take it.
    pub fn queues(&self, language: Language) -> Vec<(String, String)> {
        self.units
            .iter()
            .filter(|unit| {
                self.staff.iter().any(|person| {
                    person.unit == unit.id && self.may(person, "matter", "take", "unit_queue")
                })
            })
            .map(|unit| (unit.id.to_string(), unit.name(language).to_owned()))
            .collect()
    }

    fn may(&self, person: &Staff, class: &str, action: &str, relation: &str) -> bool {
        let subject = Subject::employee(
            person.tasks.iter().map(String::as_str),
            person.qualifications.iter().map(String::as_str),
        );
        let question = Question {
            subject: &subject,
            class,
            action,
            service_task: "working_age",
            relations: &[relation],
            given: &[
                "offer_open",
                "untaken_only",
                "open_only",
                "unassigned_or_absent",
                "until_due",
                "section_only",
                "hp_only_if_42",
                // The naming gives a substitute the days.
                "period",
            ],
            bars: &[],
            on: self.today,
        };
        RightsTable::built_in().decide(&question).row().is_some()
    }

    fn groups(&self, t: &Texts, prefix: &str, may: impl Fn(&Staff) -> bool) -> Vec<Group> {
        self.units
            .iter()
            .map(|unit| Group {
                label: unit.name(t.language()).to_owned(),
                picks: self
                    .staff
                    .iter()
                    .filter(|person| person.unit == unit.id && may(person))
                    .map(|person| self.pick(t, prefix, person))
                    .collect(),
            })
            .filter(|group| !group.picks.is_empty())
            .collect()
    }

    fn pick(&self, t: &Texts, prefix: &str, person: &Staff) -> Pick {
        let title = t.get(&format!("title-{}", person.title));
        let disabled = self.away.contains(&person.id);
        let label = if disabled {
            t.with(
                "matter-pick-away",
                &[
                    ("name", person.name.as_str().into()),
                    ("title", title.into()),
                ],
            )
        } else {
            format!("{}, {title}", person.name)
        };
        Pick {
            value: format!("{prefix}{}", person.id),
            label,
            disabled,
        }
    }
}

/// The option of a value that may be chosen; somebody away or unknown may not.
pub fn chosen<'a>(groups: &'a [Group], value: &str) -> Option<&'a Pick> {
    groups
        .iter()
        .flat_map(|group| &group.picks)
        .find(|pick| pick.value == value && !pick.disabled)
}
