//! People of every role, and a contact for everything that can stand between a worker and a contact.

use access::rights::Subject;
use clients::ClientId;
use identity::people::{self, Staff, StaffId, UnitId};
use kernel::chance::{Chance, SystemChance};
use kernel::time::{SignedDuration, Timestamp, day};
use store::{StoreError, WriteTx, params};

use super::standings::{Held, Offered, Place, Promise, STANDINGS, Standing, Toward};
use crate::actors::{ROLES, Role, fresh, spare, staff_of, unit};
use crate::between::{copy, relate};
use crate::county::{County, Reader};

/// Two who lead nothing of their own but stand in for a lead.
const DEPUTIES: [Role; 2] = [
    (
        "counsellor as deputy",
        &["broad_responsibility", "carrying_out"],
        &["sc"],
    ),
    ("administration as deputy", &["administration"], &["other"]),
];

pub fn roles() -> usize {
    ROLES.len() + DEPUTIES.len()
}

/// A worker of a role.
pub struct Person {
    pub role: &'static str,
    pub subject: Subject,
    pub reader: Reader,
    pub staff: Staff,
    around: Around,
}

/// The worker, a colleague, and the units that the worker has to do with.
#[derive(Debug, Clone, Copy)]
struct Around {
    me: StaffId,
    colleague: StaffId,
    own: UnitId,
    led: UnitId,
    on_duty: UnitId,
    deputised: Option<UnitId>,
    foreign: UnitId,
}

impl Person {
    /// The standings that the worker can have.
    pub fn standings(&self) -> impl Iterator<Item = Standing> {
        STANDINGS.into_iter().filter(|one| self.may_stand(one))
    }

    fn may_stand(&self, standing: &Standing) -> bool {
        standing.place != Place::Deputised || self.around.deputised.is_some()
    }
}

impl Around {
    fn unit(&self, place: Place) -> UnitId {
        match place {
            Place::Own => self.own,
            Place::Led => self.led,
            Place::OnDuty => self.on_duty,
            Place::Deputised => self.deputised.unwrap_or(self.foreign),
            Place::Foreign => self.foreign,
        }
    }
}

/// Those whom all workers have around them.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// Leads every unit that nobody else leads; sends and receives.
    pub other: StaffId,
    third: StaffId,
    absent: StaffId,
    /// Away as well, with a named substitute.
    substituted: StaffId,
    foreign: UnitId,
    model: [u8; 16],
    /// A client with a matter, to be copied.
    client: (ClientId, [u8; 16]),
}

/// A contact with everything that belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    pub contact: [u8; 16],
    pub offer: [u8; 16],
    pub task: [u8; 16],
    pub attachment: [u8; 16],
}

impl Made {
    /// What stands only in this contact: own words, the person's name, what the file holds.
    pub fn marks(&self) -> [String; 3] {
        let tail = hex(&self.contact);
        ["sana", "nimi", "liite"].map(|begin| format!("{begin}{tail}"))
    }
}

fn hex(id: &[u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Stage {
    pub fn of(county: &County) -> Self {
        let model = county
            .rows(
                "select id from contact where kind = 'contact' and door = 'web' and other_language is null order by arrived_at limit 1",
                &[],
                |row| row.get::<[u8; 16]>(0),
            )
            .remove(0);
        let id = || StaffId::from_bytes(fresh());
        let stage = Self {
            other: id(),
            third: id(),
            absent: id(),
            substituted: id(),
            foreign: UnitId::from_bytes(fresh()),
            model,
            client: spare(county)[0],
        };
        let (foreign, today) = (stage.foreign, county.built.house.today());
        let away = [stage.absent, stage.substituted];
        let (other, third) = (stage.other, stage.third);
        county
            .built
            .house
            .store
            .write_blocking(move |tx| {
                add_unit(tx, foreign, "muu", other)?;
                let all = [other, third].into_iter().chain(away);
                for (number, staff) in all.enumerate() {
                    let name = format!("Muu {number}");
                    let tasks = &["broad_responsibility", "arranging"];
                    people::add_staff(tx, &staff_of(staff, &name, tasks, &["sw"], foreign))?;
                }
                away.into_iter()
                    .try_for_each(|staff| people::add_absence(tx, staff, today, today))
            })
            .expect("a stage");
        stage
    }

    /// The worker of a role, a colleague in the same unit, and the units.
    pub fn person(&self, county: &County, number: usize) -> Person {
        let deputy = number >= ROLES.len();
        let (role, tasks, qualifications) = if deputy {
            DEPUTIES[number - ROLES.len()]
        } else {
            ROLES[number]
        };
        let unit = || UnitId::from_bytes(fresh());
        let (own, led, on_duty, deputised) = (unit(), unit(), unit(), unit());
        let staff = staff_of(
            StaffId::from_bytes(fresh()),
            &format!("Tekijä {number}"),
            tasks,
            qualifications,
            own,
        );
        let colleague = staff_of(
            StaffId::from_bytes(fresh()),
            &format!("Toveri {number}"),
            tasks,
            qualifications,
            own,
        );
        let (there, beside) = (staff.clone(), colleague.clone());
        let (other, third, away) = (self.other, self.third, self.substituted);
        let house = county.built.house.clone();
        let now = house.now();
        house
            .clone()
            .store
            .write_blocking(move |tx| {
                for (id, code, lead) in [
                    (own, "o", other),
                    (led, "l", there.id),
                    (on_duty, "d", other),
                    (deputised, "s", other),
                ] {
                    let tail = &hex(&fresh())[..12];
                    add_unit(tx, id, &format!("{code}{tail}"), lead)?;
                }
                people::add_staff(tx, &there)?;
                people::add_staff(tx, &beside)?;
                let shift = identity::people::DutyId::from_bytes(fresh());
                people::add_duty(tx, shift, on_duty, there.id, now - hours(1), now + hours(1))?;
                // A shift that is over gives nothing.
                let shift = identity::people::DutyId::from_bytes(fresh());
                people::add_duty(tx, shift, own, there.id, now - hours(5), now - hours(4))?;
                let today = day(now).to_string();
                tx.execute(
                    "insert into substitution (id, absent_id, substitute_id, begins_on, ends_on, recorded_at, recorded_by) values ($1, $2, $3, $4, $4, 0, $5)",
                    &params![row_id(), away.bytes(), there.id.bytes(), today.as_str(), other.bytes()],
                )?;
                if deputy {
                    tx.execute(
                        "insert into deputy_lead (id, unit_id, staff_id, begins_on, ends_on, requested_at, requested_by, approved_at, approved_by) values ($1, $2, $3, $4, $4, 0, $5, 0, $6)",
                        &params![row_id(), deputised.bytes(), there.id.bytes(), today.as_str(), other.bytes(), third.bytes()],
                    )?;
                }
                Ok::<_, StoreError>(())
            })
            .expect("a person");
        let lead = ["lead"].into_iter().filter(|_| deputy);
        Person {
            role,
            subject: Subject::employee(
                tasks.iter().copied().chain(lead),
                qualifications.iter().copied(),
            ),
            reader: county.person(&staff),
            around: Around {
                me: staff.id,
                colleague: colleague.id,
                own,
                led,
                on_duty,
                deputised: deputy.then_some(deputised),
                foreign: self.foreign,
            },
            staff,
        }
    }

    /// A contact in a standing to the worker.
    pub fn make(&self, county: &County, person: &Person, standing: Standing) -> Made {
        let (stage, around, now) = (*self, person.around, county.built.house.now());
        county
            .built
            .house
            .store
            .write_blocking(move |tx| stage.insert(tx, &around, standing, now))
            .expect("a contact")
            .value
    }

    fn insert(
        &self,
        tx: &mut WriteTx<'_>,
        person: &Around,
        standing: Standing,
        now: Timestamp,
    ) -> Result<Made, StoreError> {
        let [contact, offer, task, attachment] = [fresh(), fresh(), fresh(), fresh()];
        let made = Made {
            contact,
            offer,
            task,
            attachment,
        };
        self.insert_contact(tx, person, standing, &made, now)?;
        self.insert_offer(tx, person, standing, &made, now)?;
        self.link(tx, person, standing, &made, now)?;
        let [_, _, file] = made.marks();
        let owner = match standing.promise {
            Promise::Holders => None,
            Promise::Mine => Some(person.me.bytes()),
            Promise::Others => Some(self.third.bytes()),
        };
        let kind = if owner.is_some() {
            "next_step"
        } else {
            "call_back"
        };
        tx.execute(
            "insert into task (id, contact_id, kind, what, owner, unit_id, due_at, made_at, touched_at) values ($1, $2, $3, 'Lupaus', $4, $5, $6, $7, $7)",
            &params![task, contact, kind, owner, person.unit(standing.place).bytes(), now, now - hours(20)],
        )?;
        tx.execute(
            "insert into attachment (id, contact_id, at, file_name, media_type, size, digest, content) values ($1, $2, $3, $4, 'text/plain', $5, $6, $7)",
            &params![attachment, contact, now - hours(20), format!("{file}.txt"), 5, vec![0_u8; 32], file.as_bytes().to_vec()],
        )?;
        Ok(made)
    }

    fn insert_contact(
        &self,
        tx: &mut WriteTx<'_>,
        person: &Around,
        standing: Standing,
        made: &Made,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let [words, name, _] = made.marks();
        let unit = person.unit(standing.place);
        let holder = match standing.held {
            Held::Me => Some(person.me),
            Held::Other => Some(self.third),
            Held::Colleague => Some(person.colleague),
            Held::Absent => Some(self.absent),
            Held::Substituted => Some(self.substituted),
            Held::Queue => None,
        };
        let kept = "kind, door, came_to_unit, language, interpreter, parties, theme, answer_way, wish, assisted, urgency, urgency_source, urgency_reason, urgency_at, urgency_rank, housing_risk, child_in_household, answer_due";
        let kind = if holder.is_some() { "person" } else { "duty" };
        let ended = standing.ended.map(|days| now - hours(24 * days));
        let mut receipt = vec![0; 32];
        SystemChance.fill(&mut receipt);
        tx.execute(
            &format!("insert into contact (id, number, arrived_at, own_words, title, anonymous, person_name, phone, written_by, receipt_hash, state, holder_kind, holder_unit, holder_staff, holder_since, first_taken_at, holders_met, touched_at, ended_at, ending, version, {kept}) select $2, $3, $4, $5, 'Yhteydenotto', 0, $6, '040 123', $7, $8, $9, $10, $11, $12, $13, $13, 1, $13, $14, $15, 1, {kept} from contact where id = $1"),
            &params![
                self.model,
                made.contact,
                format!("M-{}", hex(&made.contact)),
                now - hours(48 + 24 * standing.ended.unwrap_or_default()),
                words,
                name,
                standing.wrote.then(|| person.me.bytes()),
                receipt,
                if ended.is_some() { "ended" } else { "open" },
                kind,
                unit.bytes(),
                holder.map(|staff| staff.bytes()),
                now - hours(30),
                ended,
                ended.map(|_| "not_reached")
            ],
        )?;
        if standing.offered == Offered::Accepted {
            self.holding(
                tx,
                made,
                person.me,
                person.own,
                "person",
                Some(now - hours(30)),
                now,
            )?;
        }
        let on_duty = holder.unwrap_or(self.other);
        self.holding(tx, made, on_duty, unit, kind, ended, now)?;
        if let Some(at) = ended {
            tx.execute(
                "insert into ending (id, contact_id, at, staff_id, kind, what, told) values ($1, $2, $3, $4, 'not_reached', 'Ei vastannut', 0)",
                &params![fresh(), made.contact, at, on_duty.bytes()],
            )?;
        }
        Ok(())
    }

    /// Ties the contact to a client, with what stands between the client and the worker.
    fn link(
        &self,
        tx: &mut WriteTx<'_>,
        person: &Around,
        standing: Standing,
        made: &Made,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if standing.client == Toward::Nobody {
            return Ok(());
        }
        let both = copy(tx, self.client, now)?;
        let client = both.0.bytes();
        tx.execute(
            "insert into contact_link (id, contact_id, client_id, linked_at, linked_by) values ($1, $2, $3, $4, $5)",
            &params![fresh(), made.contact, client, now - hours(10), self.third.bytes()],
        )?;
        match standing.client {
            Toward::Related(between) => relate(tx, both, person.me, person.led, between, now)?,
            Toward::Barred => {
                tx.execute(
                    "insert into bar (id, client_id, staff_id, kind, began_at, reason, source) values ($1, $2, $3, 'B19', $4, 'Syy', 'test')",
                    &params![fresh(), client, person.me.bytes(), now - hours(10)],
                )?;
            }
            Toward::Nobody => {}
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "the row as it is")]
    fn holding(
        &self,
        tx: &mut WriteTx<'_>,
        made: &Made,
        staff: StaffId,
        unit: UnitId,
        kind: &str,
        ended: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        tx.execute(
            "insert into holding (id, contact_id, kind, unit_id, staff_id, how, began_at, ended_at) values ($1, $2, $3, $4, $5, 'taken', $6, $7)",
            &params![fresh(), made.contact, kind, unit.bytes(), staff.bytes(), now - hours(30), ended],
        )?;
        Ok(())
    }

    fn insert_offer(
        &self,
        tx: &mut WriteTx<'_>,
        person: &Around,
        standing: Standing,
        made: &Made,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (me, own) = (person.me, person.own);
        let others = (self.other, Some(self.third), self.foreign);
        let ((from, to, unit), state) = match standing.offered {
            Offered::Closed => (others, "withdrawn"),
            Offered::Others => (others, "open"),
            Offered::Mine => ((me, Some(self.other), self.foreign), "open"),
            Offered::Accepted => ((me, Some(self.third), self.foreign), "accepted"),
            Offered::ToMe => ((self.third, Some(me), own), "open"),
            Offered::ToMyUnit => ((self.third, None, own), "open"),
            Offered::ToColleague => ((self.third, Some(person.colleague), own), "open"),
            Offered::RefusedByMe => ((self.third, Some(me), own), "refused"),
        };
        let answered = (state != "open").then(|| now - hours(3));
        tx.execute(
            "insert into offer (id, contact_id, from_staff, from_unit, to_staff, to_unit, reason, warm, made_at, answer_by, state, answered_at, refusal_reason, alternative) values ($1, $2, $3, $4, $5, $6, 'Syy', 0, $7, $8, $9, $10, 'Syy', 'Toinen tie')",
            &params![made.offer, made.contact, from.bytes(), self.foreign.bytes(), to.map(|staff| staff.bytes()), unit.bytes(), now - hours(4), now + hours(20), state, answered],
        )?;
        Ok(())
    }
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// A number that no other row of the tables with numbers has.
fn row_id() -> i64 {
    i64::from(u32::from_be_bytes([
        fresh()[0] & 0x7f,
        fresh()[1],
        fresh()[2],
        fresh()[3],
    ]))
}

fn add_unit(tx: &mut WriteTx<'_>, id: UnitId, code: &str, lead: StaffId) -> Result<(), StoreError> {
    people::add_unit(tx, &unit(id, &format!("m{code}"), lead))
}
