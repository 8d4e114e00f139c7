//! The facts that rights over one contact rest on, and the decision itself.

use access::rights::{Bar, Question, RightsTable};
use identity::people::{StaffId, UnitId};
use kernel::time::{SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, params};

use crate::domain::{Acting, ContactId, Holder, IntakeError, OfferId};
use crate::store::Worker;
use crate::store::toward::Toward;

/// What is known of a contact when a right is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub id: ContactId,
    pub open: bool,
    pub holder: Holder,
    /// Who is on duty now in the unit that holds it.
    pub on_duty: StaffId,
    /// Leads the unit that holds it.
    pub lead: StaffId,
    /// Everybody who leads that unit today: its lead, and deputies between their days.
    pub leaders: Vec<StaffId>,
    pub ended_at: Option<Timestamp>,
    /// The open offer, and to whom it was made.
    pub offer: Option<OpenOffer>,
    pub holders_met: i64,
    /// The worker who wrote it down.
    pub written_by: Option<StaffId>,
    pub arrived_at: Timestamp,
    /// What stands between the worker who asks and the contact besides these facts.
    pub toward: Toward,
}

/// An offer waiting for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOffer {
    pub id: OfferId,
    pub to_staff: Option<StaffId>,
    pub to_unit: UnitId,
}

impl OpenOffer {
    /// True when the offer is made to this worker by name or to the worker's unit.
    pub fn is_for(&self, worker: &Worker) -> bool {
        self.to_staff
            .map_or(self.to_unit == worker.unit, |staff| staff == worker.staff)
    }
}

impl Facts {
    /// Reads the facts alone, for whoever asks with no right of a worker's.
    ///
    /// # Errors
    /// [`IntakeError::NotFound`] when there is no such contact.
    pub fn load(
        query: &mut impl Query,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<Self, IntakeError> {
        // A row for each who leads the unit.
        let rows = query.query(
                "select c.state, c.holder_kind, c.holder_unit, c.holder_staff, coalesce((select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $2 and d.ends_at > $2 order by d.begins_at desc, d.id limit 1), u.lead_id), u.lead_id, c.ended_at, o.id, o.to_staff, o.to_unit, c.holders_met, c.written_by, l.staff_id, c.arrived_at from contact c join unit u on u.id = c.holder_unit join unit_leader l on l.unit_id = u.id and l.begins_on <= $3 and l.ends_on >= $3 left join offer o on o.contact_id = c.id and o.state = 'open' where c.id = $1",
                &params![contact.bytes(), millis(now), day(now).to_string()],
        )?;
        let row = rows.first().ok_or(IntakeError::NotFound)?;
        let leaders = rows
            .iter()
            .map(|row| row.get(12).map(StaffId::from_bytes))
            .collect::<Result<_, _>>()?;
        let unit = UnitId::from_bytes(row.get(2)?);
        let staff = row.get::<Option<[u8; 16]>>(3)?.map(StaffId::from_bytes);
        let offer = match row.get::<Option<[u8; 16]>>(7)? {
            None => None,
            Some(id) => Some(OpenOffer {
                id: OfferId::from_bytes(id),
                to_staff: row.get::<Option<[u8; 16]>>(8)?.map(StaffId::from_bytes),
                to_unit: UnitId::from_bytes(row.get(9)?),
            }),
        };
        Ok(Self {
            id: contact,
            open: row.get::<String>(0)? == "open",
            holder: staff.map_or(Holder::Duty(unit), |staff| Holder::Person { staff, unit }),
            on_duty: StaffId::from_bytes(row.get(4)?),
            lead: StaffId::from_bytes(row.get(5)?),
            leaders,
            ended_at: row.get::<Option<i64>>(6)?.map(from_millis),
            offer,
            holders_met: row.get(10)?,
            written_by: row.get::<Option<[u8; 16]>>(11)?.map(StaffId::from_bytes),
            arrived_at: from_millis(row.get(13)?),
            toward: Toward::default(),
        })
    }

    /// Reads the facts with what stands between the worker and the contact: whatever a worker does begins here.
    ///
    /// # Errors
    /// As [`Facts::load`].
    pub fn load_for(
        query: &mut impl Query,
        worker: &Worker,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<Self, IntakeError> {
        let facts = Self::load(query, contact, now)?;
        let (holder, arrived) = (facts.holder.staff(), facts.arrived_at);
        let holder = holder.filter(|_| facts.open);
        let toward = Toward::read(query, worker, contact, holder, arrived, now)?;
        Ok(Self { toward, ..facts })
    }

    /// The relations that hold between the contact and the worker at the moment.
    pub fn relations(&self, worker: &Worker, now: Timestamp) -> Vec<&'static str> {
        let mut relations = Vec::new();
        match self.holder {
            Holder::Person { staff, .. } if staff == worker.staff && self.open => {
                relations.push("contact_holder")
            }
            Holder::Duty(unit) if self.open => {
                if self.on_duty == worker.staff {
                    relations.push("unit_duty");
                }
                // The front door serves the whole county, others their own unit's queue.
                if unit == worker.unit || worker.subject.tasks.contains("front_door") {
                    relations.push("unit_queue");
                }
            }
            Holder::Person { .. } | Holder::Duty(_) => {}
        }
        if self.open && self.offer.is_some_and(|offer| offer.is_for(worker)) {
            relations.push("offer_receiver");
        }
        if self.leaders.contains(&worker.staff) {
            relations.push("unit_lead");
        }
        // Only the last one who answered by name has a tail: what came after a hand-over is not for
        // whoever handed it on.
        let last = self.holder.staff() == Some(worker.staff);
        if last
            && self
                .ended_at
                .is_some_and(|ended| now.duration_since(ended) <= TAIL)
        {
            relations.push("former_holder");
        }
        relations
    }

    /// The conditions of rights that hold between the contact and the worker at the moment.
    pub fn given(&self, worker: &Worker) -> Vec<&'static str> {
        let untaken = self.open && matches!(self.holder, Holder::Duty(_));
        let mut given = BY_THE_ACT.to_vec();
        given.extend(
            [
                ("open_only", self.open),
                ("untaken_only", untaken),
                ("unanswered_or_absent", untaken),
                (
                    "offer_open",
                    self.open && self.offer.is_some_and(|offer| offer.is_for(worker)),
                ),
                ("own_entry", self.written_by == Some(worker.staff)),
                (
                    "taken_over_in_own_name",
                    self.holder.staff() == Some(worker.staff),
                ),
            ]
            .into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(token, _)| token),
        );
        given
    }

    /// Decides an action on an object of this contact.
    ///
    /// # Errors
    /// [`IntakeError::NotFound`] when the table gives no right: what one may not see does not exist.
    /// [`IntakeError::Ended`] for a change that its last holder tries after the end.
    pub fn authorise(
        &self,
        worker: &Worker,
        class: &str,
        action: &str,
        now: Timestamp,
    ) -> Result<Acting, IntakeError> {
        let mut relations = self.relations(worker, now);
        if class == "offer" {
            // To be on duty in the unit that answers is not to be on duty in the one to which it is offered.
            relations.retain(|kind| *kind != "unit_duty");
        }
        relations.extend(self.toward.relations(action));
        let mut given = if action == "list" {
            LISTED.to_vec()
        } else {
            self.given(worker)
        };
        given.extend(self.toward.given(class, action));
        let bars = self.toward.bars();
        match decide(worker, class, action, (&relations, &given, bars), now) {
            // Who answered for it knows that it has ended, and is told so; others learn nothing.
            Err(IntakeError::NotFound)
                if !self.open && action != "read" && relations.contains(&"former_holder") =>
            {
                Err(IntakeError::Ended)
            }
            decided => decided,
        }
    }

    /// Decides an action on something of the contact that has relations of its own. The bars to the client stay.
    ///
    /// # Errors
    /// [`IntakeError::NotFound`] when the table gives no right.
    pub fn authorise_over(
        &self,
        worker: &Worker,
        class: &str,
        action: &str,
        relations: &[&str],
        now: Timestamp,
    ) -> Result<Acting, IntakeError> {
        let bars = self.toward.bars();
        decide(worker, class, action, (relations, &[], bars), now)
    }
}

/// Conditions that the act itself checks right after, because it tells what stands in its way: who is
/// at work, how long ago it ended, that nothing waits to be seen, and with its reason that the client is the wrong one.
const BY_THE_ACT: [&str; 4] = [
    "holder_absent_or_departed",
    "within_30_days",
    "not_reached_ending",
    "wrong_person_only",
];

/// Conditions of a list that its query applies to each row.
pub const LISTED: &[&str] = &["open_only", "own_entry"];

/// Conditions of a list of what was offered.
pub const OFFERED: &[&str] = &["offer_open"];

/// Conditions of what one writes down oneself. A health professional's form is filled with the client
/// or with a ground for going without consent (SHL 35 §).
pub const WRITTEN: &[&str] = &["own_entry", "consent_or_35_2"];

/// How long the last holder of an ended contact still sees it (30 days).
const TAIL: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Decides an action over relations and conditions, for objects that are not one contact.
///
/// # Errors
/// [`IntakeError::NotFound`] when the table gives no right.
pub fn authorise(
    worker: &Worker,
    class: &str,
    action: &str,
    relations: &[&str],
    given: &[&str],
    now: Timestamp,
) -> Result<Acting, IntakeError> {
    decide(worker, class, action, (relations, given, &[]), now)
}

fn decide(
    worker: &Worker,
    class: &str,
    action: &str,
    (relations, given, bars): (&[&str], &[&str], &[Bar]),
    now: Timestamp,
) -> Result<Acting, IntakeError> {
    let question = Question {
        subject: &worker.subject,
        class,
        action,
        service_task: "working_age",
        relations,
        given,
        bars,
        on: day(now),
    };
    let row = RightsTable::built_in()
        .decide(&question)
        .row()
        .ok_or(IntakeError::NotFound)?;
    Ok(Acting {
        staff: worker.staff,
        unit: worker.unit,
        right: &row.id,
        purpose: &row.purpose,
    })
}
