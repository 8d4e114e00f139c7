//! What the rights table says of a worker and a contact, asked without the code of the rooms: the facts are those that
//! the stage was set with.

use access::rights::{Bar, Question, RightsTable, Row, Subject};
use clients::gate::tokens_of;
use kernel::time::Date;

use super::cases::Case;
use super::stage::Person;
use super::standings::{Held, Offered, Place, Promise, Standing, Toward};
use crate::between::Between;

impl Standing {
    fn open(&self) -> bool {
        self.ended.is_none()
    }

    fn offered_to_me(&self) -> bool {
        self.open() && matches!(self.offered, Offered::ToMe | Offered::ToMyUnit)
    }

    pub fn offer_open(&self) -> bool {
        let answered = [Offered::Closed, Offered::Accepted, Offered::RefusedByMe];
        self.open() && !answered.contains(&self.offered)
    }

    fn untaken(&self) -> bool {
        self.open() && self.held == Held::Queue
    }

    fn leads(&self) -> bool {
        matches!(self.place, Place::Led | Place::Deputised)
    }

    /// The relations to the contact, as the table names them (rights of the domain, section 3).
    fn over_contact(&self, subject: &Subject) -> Vec<&'static str> {
        let recent = self.ended.is_some_and(|days| days <= 30);
        // Without a shift in the list the lead is on duty; the front door's queue is the whole county's.
        let on_duty = matches!(self.place, Place::OnDuty | Place::Led);
        let queue = self.place == Place::Own || subject.tasks.contains("front_door");
        [
            ("contact_holder", self.open() && self.held == Held::Me),
            ("unit_duty", self.untaken() && on_duty),
            ("unit_queue", self.untaken() && queue),
            ("offer_receiver", self.offered_to_me()),
            ("unit_lead", self.leads()),
            ("former_holder", recent && self.held == Held::Me),
            ("substitute", self.open() && self.held == Held::Substituted),
        ]
        .into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(kind, _)| kind)
        .collect()
    }

    /// The relation to the client whose contact it is. What has ended, and leading the client's unit, lets look alone.
    fn over_client(&self, action: &str) -> Option<&'static str> {
        match self.client {
            Toward::Related(between) => between.relation(false).filter(|_| {
                action == "read" || ![Between::Tail, Between::UnitLead].contains(&between)
            }),
            Toward::Nobody | Toward::Barred => None,
        }
    }

    fn bars(&self) -> &'static [Bar] {
        match self.client {
            Toward::Barred => &[Bar::B19],
            Toward::Nobody | Toward::Related(_) => &[],
        }
    }

    /// The relations to what an object of the class is: an offer has a receiver, a promise is somebody's own.
    fn relations(&self, class: &str, action: &str, subject: &Subject) -> Vec<&'static str> {
        let contact = self.over_contact(subject);
        let answers = contact.contains(&"contact_holder") || contact.contains(&"unit_duty");
        let own = match self.promise {
            Promise::Holders => answers,
            Promise::Mine => true,
            Promise::Others => false,
        };
        match class {
            "offer" => contact
                .into_iter()
                .filter(|kind| ["offer_receiver", "unit_lead", "substitute"].contains(kind))
                .chain(self.over_client(action))
                .collect(),
            "task" => [("own_task", own), ("unit_lead", self.leads())]
                .into_iter()
                .filter(|(_, holds)| *holds)
                .map(|(kind, _)| kind)
                .collect(),
            _ => contact
                .into_iter()
                .chain(self.over_client(action))
                .collect(),
        }
    }

    fn given(&self) -> Vec<&'static str> {
        let away = matches!(self.held, Held::Absent | Held::Substituted);
        [
            ("open_only", self.open()),
            ("untaken_only", self.untaken()),
            ("unanswered_or_absent", self.untaken() || away),
            ("offer_open", self.offer_open()),
            ("own_entry", self.wrote),
            ("taken_over_in_own_name", self.held == Held::Me),
            // Nobody has it by name: then it is taken, see `possible`.
            ("holder_absent_or_departed", away || self.untaken()),
            ("within_30_days", self.ended.is_some_and(|days| days <= 30)),
            ("not_reached_ending", !self.open()),
            ("period", true),
            ("wrong_person_only", true),
        ]
        .into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(token, _)| token)
        .collect()
    }

    /// Whether the act can be done at all, whoever does it. Everything else is the table's.
    fn possible(&self, (get, path): (bool, &str), right: impl Fn(&str, &str) -> bool) -> bool {
        let act = path.rsplit('/').next().unwrap_or_default();
        match act {
            // The page itself, what came with it, a promise: open or ended.
            "{id}" | "done" | "finish" => true,
            "reopen" | "seen" => !self.open(),
            "offer" => self.open() && !self.offer_open(),
            "accept" | "refuse" => self.offer_open(),
            // Whoever made it, or answers for the contact.
            "withdraw" => {
                self.offer_open() && (self.offered == Offered::Mine || self.held == Held::Me)
            }
            // An untaken one is simply taken; the page of the reason is not needed for it.
            "take-over" => self.open() && (!self.untaken() || (!get && right("contact", "take"))),
            // Whoever answers by name frees it from the client.
            "unlink" => self.open() && self.held == Held::Me && self.client != Toward::Nobody,
            // Whoever answers by name goes on with the client.
            "matter" => self.open() && self.held == Held::Me,
            _ => self.open(),
        }
    }
}

/// What a worker is to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The page opens, the act is done. `None`: the table shows only a part, and the page of the rest need not be.
    pub open: Option<bool>,
    /// The contact's page opens for the worker, so that a refusal may lead there.
    pub look: bool,
    /// What the person wrote may be seen.
    pub words: bool,
    /// A row may let the role in at all: without one there is no such page.
    pub door: bool,
}

fn row(
    person: &Person,
    standing: &Standing,
    class: &str,
    action: &str,
    on: Date,
) -> Option<&'static Row> {
    let relations = standing.relations(class, action, &person.subject);
    let mut given = standing.given();
    for kind in &relations {
        given.extend(tokens_of(kind, class));
    }
    RightsTable::built_in()
        .decide(&Question {
            subject: &person.subject,
            class,
            action,
            service_task: "working_age",
            relations: &relations,
            given: &given,
            bars: standing.bars(),
            on,
        })
        .row()
}

/// What the table says of a worker in a standing at a route, asked by a page (`true`) or a form at the path.
pub fn expected(
    person: &Person,
    standing: &Standing,
    asked: (bool, &str),
    case: &Case,
    guard: (&str, &str),
    on: Date,
) -> Expected {
    let right = |class: &str, action: &str| row(person, standing, class, action, on);
    let reading: Vec<&Row> = ["contact", "offer"]
        .into_iter()
        .filter_map(|class| right(class, "read"))
        .collect();
    // A promise tells to whom it was made.
    let promise = right("task", "read").filter(|_| case.about == "task");
    let look = !reading.is_empty();
    let rows: Vec<Option<&Row>> = case
        .needs
        .iter()
        .map(|choice| {
            choice
                .iter()
                .find_map(|(class, action)| right(class, action))
        })
        .collect();
    let (class, action) = guard;
    let door = RightsTable::built_in().may_ever(&person.subject, class, action, on);
    let possible = standing.possible(asked, |class, action| right(class, action).is_some());
    let all = door && possible && rows.iter().all(Option::is_some);
    let part = rows
        .iter()
        .flatten()
        .any(|row| row.shows("dates_and_states_only"));
    Expected {
        open: (!(all && part)).then_some(all),
        look,
        words: reading
            .into_iter()
            .chain(promise)
            .any(|row| !row.shows("no_content") && !row.shows("dates_and_states_only")),
        door,
    }
}

/// Whether a page that is about nobody opens for a worker: who leads a unit and has promises of her own.
pub fn anywhere(
    person: &Person,
    get: bool,
    case: &Case,
    (class, action): (&str, &str),
    on: Date,
) -> bool {
    let table = RightsTable::built_in();
    let given = [
        "open_only",
        "own_entry",
        "consent_or_35_2",
        "holder_absent_or_departed",
    ];
    let right = |class: &str, action: &str| {
        table
            .decide(&Question {
                subject: &person.subject,
                class,
                action,
                service_task: "working_age",
                relations: &["unit_lead", "own_task"],
                given: &given,
                bars: &[],
                on,
            })
            .allowed()
    };
    // A form that nobody has filled shows nothing of anybody: there the door is all.
    let blank = get && action == "create";
    table.may_ever(&person.subject, class, action, on)
        && (blank
            || case
                .needs
                .iter()
                .all(|choice| choice.iter().any(|(class, action)| right(class, action))))
}
