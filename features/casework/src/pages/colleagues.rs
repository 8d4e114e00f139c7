//! Colleagues in selects: by unit, with those who are away shown and not selectable.

use std::collections::BTreeSet;

use access::rights::{Bar, Question, RightsTable, Subject};
use clients::{Barred, ClientId, Reader};
use identity::people::{self, Staff, StaffId, Unit, list_units};
use identity::session::CurrentUser;
use kernel::language::Language;
use kernel::time::{Date, Timestamp, day};
use store::{Query, StoreError, params};
use web::{Failure, Form, House, Texts};

use crate::domain::{MatterError, MatterId};
use crate::store::facts::Facts;
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
    /// The clients for whom somebody is chosen, and whom bars keep from them.
    about: Vec<ClientId>,
    barred: Barred,
    /// One of the clients is still to be chosen: who could do it for any of them is offered.
    any: bool,
}

/// Reads them, whoever the client.
///
/// # Errors
/// When the engine fails.
pub async fn colleagues(house: &House) -> Result<Colleagues, Failure> {
    let now = house.now();
    Ok(house.store.read(move |tx| read(tx, now)).await?)
}

/// Reads them for the clients of a matter: whom a bar keeps from one of them is not offered, and nobody is told why.
/// Whoever may not read the matter learns nothing of its clients' bars either.
///
/// # Errors
/// When the engine fails.
pub async fn colleagues_of(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
) -> Result<Colleagues, Failure> {
    let (now, reader) = (house.now(), Reader::from(user));
    let read = move |tx: &mut store::ReadTx<'_>| {
        let mut people = read(tx, now)?;
        let facts = match Facts::load(tx, &reader, matter, now) {
            Ok(facts) => facts,
            Err(MatterError::Store(error)) => return Err(error),
            Err(_) => return Ok(people),
        };
        if facts.reading(&reader).is_ok() {
            people.about = facts.clients();
            people.barred = Barred::load(tx, &people.about, now)?;
        }
        Ok::<_, StoreError>(people)
    };
    Ok(house.store.read(read).await?)
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
        about: Vec::new(),
        barred: Barred::default(),
        any: false,
    })
}

impl Colleagues {
    /// The same for the one client of the matter whom a form names, or for any of them while it names none.
    #[must_use]
    pub fn for_one(mut self, client: Option<ClientId>) -> Self {
        match client {
            Some(client) => self.about.retain(|own| *own == client),
            None => self.any = true,
        }
        self
    }

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
        let over = |client: &ClientId| {
            let bars = self.barred.of(person.id, *client, relation);
            self.decides(person, (class, action), relation, &bars)
        };
        match (self.about.is_empty(), self.any) {
            (true, _) => self.decides(person, (class, action), relation, &[]),
            (false, true) => self.about.iter().any(over),
            (false, false) => self.about.iter().all(over),
        }
    }

    fn decides(
        &self,
        person: &Staff,
        (class, action): (&str, &str),
        relation: &str,
        bars: &[Bar],
    ) -> bool {
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
            bars,
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

/// The value that a form has chosen of these; else the field is marked: with `missing` when nothing is chosen, and
/// differently for somebody away and for somebody who cannot be chosen, whatever the reason.
pub fn choose(form: &mut Form, field: &str, groups: &[Group], missing: &str) -> Option<String> {
    let typed = form.value(field).to_owned();
    let mut picks = groups.iter().flat_map(|group| &group.picks);
    let key = match picks.find(|pick| pick.value == typed) {
        Some(pick) if !pick.disabled => return Some(typed),
        Some(_) => "matter-refused-away",
        None if form.text(field).is_none() => missing,
        None => "matter-refused-unfit",
    };
    form.error(field, key);
    None
}

/// The option of a value that may be chosen; somebody away or unknown may not.
pub fn chosen<'a>(groups: &'a [Group], value: &str) -> Option<&'a Pick> {
    groups
        .iter()
        .flat_map(|group| &group.picks)
        .find(|pick| pick.value == value && !pick.disabled)
}
