//! Random facts: relations, ends, bars, deaths and exceptional accesses; contacts that change hands, are offered, promised,
//! end, come back, and become clients'.

use kernel::chance::{Chance, SeededChance};
use kernel::time::{SignedDuration, Timestamp};
use store::{StoreError, WriteTx, params};

use crate::county::County;

const KINDS: [&str; 10] = [
    "own_worker",
    "own_team",
    "contact_holder",
    "former_holder",
    "substitute",
    "matter_participant",
    "matter_holder",
    "offer_receiver",
    "assessor",
    "invited_expert",
];
/// Facts thrown on the county at each turn.
const FACTS: u64 = 120;

/// Random facts between random people and clients.
pub fn shuffle(county: &County, seed: u64) {
    let chance = SeededChance::new(seed);
    let clients = county.rows(
        "select c.id, m.matter_id from client c left join matter_client m on m.client_id = c.id",
        &[],
        |row| Ok((row.get::<[u8; 16]>(0)?, row.get::<Option<[u8; 16]>>(1)?)),
    );
    let staff: Vec<([u8; 16], [u8; 16])> = county
        .readers
        .iter()
        .filter_map(|reader| reader.staff)
        .filter_map(|id| county.staff.iter().find(|one| one.id == id))
        .map(|one| (one.id.bytes(), one.unit.bytes()))
        .collect();
    let now = county.built.house.now();
    county
        .built
        .house
        .store
        .write_blocking(move |tx| {
            let below = |most: usize| {
                usize::try_from(chance.below(u64::try_from(most).unwrap_or(1))).unwrap_or(0)
            };
            let days = |most: usize| {
                SignedDuration::from_hours(24 * i64::try_from(below(most)).unwrap_or(0))
            };
            for _ in 0..FACTS {
                let (client, matter) = clients[below(clients.len())];
                let (person, unit) = staff[below(staff.len())];
                let mut id = [0; 16];
                chance.fill(&mut id);
                match below(12) {
                    0 => tx.execute(
                        "insert into bar (id, client_id, unit_id, kind, began_at, reason, source) values ($1, $2, $3, 'B08', $4, 'Syy', 'test')",
                        &params![id, client, unit, now - days(5)],
                    )?,
                    1 => tx.execute(
                        "insert into bar (id, client_id, staff_id, kind, began_at, reason, source) values ($1, $2, $3, 'B19', $4, 'Syy', 'test')",
                        &params![id, client, person, now - days(5)],
                    )?,
                    2 => tx.execute(
                        "insert into exceptional_access (id, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at) values ($1, $2, $3, $4, 'other', 'Syy', 'x', $5, $6, '2026-03-20', $6)",
                        &params![id, client, person, unit, now - days(3), now + days(3) - SignedDuration::from_hours(30)],
                    )?,
                    3 if below(3) == 0 => tx.execute(
                        "update client set died_on = $2 where id = $1",
                        &params![client, kernel::time::day(now - days(60)).to_string()],
                    )?,
                    4 => tx.execute(
                        "update client set responsible_unit = $2 where id = $1",
                        &params![client, unit],
                    )?,
                    _ => {
                        let ends = match below(3) {
                            0 => None,
                            1 => Some(now - days(45)),
                            _ => Some(now + days(10)),
                        };
                        let about = matter.filter(|_| below(2) == 0);
                        tx.execute(
                            "insert into relation (id, client_id, staff_id, kind, object_kind, object_id, began_at, ends_at, tail_until, made_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'test', $7)",
                            &params![
                                id,
                                client,
                                person,
                                KINDS[below(KINDS.len())],
                                about.map(|_| "matter"),
                                about,
                                now - SignedDuration::from_hours(24 * 60),
                                ends,
                                ends.map(|end| end + days(40))
                            ],
                        )?
                    }
                };
            }
            Ok::<_, StoreError>(())
        })
        .expect("facts");
}

/// Random facts of contacts: who answers, who is on duty or leads or stands in, what is offered, promised, ended or has
/// become a client's.
pub fn shuffle_contacts(county: &County, seed: u64) {
    let chance = SeededChance::new(seed);
    let contacts = county.rows("select id from contact", &[], |row| row.get::<[u8; 16]>(0));
    let clients = county.rows("select id from client where state = 'active'", &[], |row| {
        row.get::<[u8; 16]>(0)
    });
    let staff: Vec<([u8; 16], [u8; 16])> = county
        .readers
        .iter()
        .filter_map(|reader| county.staff.iter().find(|one| Some(one.id) == reader.staff))
        .map(|one| (one.id.bytes(), one.unit.bytes()))
        .collect();
    let now = county.built.house.now();
    county
        .built
        .house
        .store
        .write_blocking(move |tx| {
            for number in 0..FACTS {
                let below = |most: usize| {
                    usize::try_from(chance.below(u64::try_from(most).unwrap_or(1))).unwrap_or(0)
                };
                let contact = contacts[below(contacts.len())];
                let client = clients[below(clients.len())];
                let (one, other) = (staff[below(staff.len())], staff[below(staff.len())]);
                let mut id = [0; 16];
                chance.fill(&mut id);
                let fact = Fact {
                    id,
                    number: (seed * 1_000 + number).cast_signed(),
                    contact,
                    client,
                    one,
                    other,
                    ago: i64::try_from(below(45)).unwrap_or(0),
                };
                fact.write(tx, below(14), now)?;
            }
            Ok::<_, StoreError>(())
        })
        .expect("facts");
}

/// What a random fact is about.
struct Fact {
    id: [u8; 16],
    number: i64,
    contact: [u8; 16],
    client: [u8; 16],
    one: ([u8; 16], [u8; 16]),
    other: ([u8; 16], [u8; 16]),
    /// Days.
    ago: i64,
}

impl Fact {
    fn write(&self, tx: &mut WriteTx<'_>, kind: usize, now: Timestamp) -> Result<(), StoreError> {
        let (contact, (one, unit), (other, elsewhere)) = (self.contact, self.one, self.other);
        let hours = SignedDuration::from_hours;
        let today = kernel::time::day(now).to_string();
        match kind {
            // Somebody answers by name; sometimes the one who wrote it down.
            0..=2 => tx.execute(
                "update contact set holder_kind = 'person', holder_staff = $2, holder_unit = $3, written_by = case when $4 = 0 then $2 else written_by end where id = $1",
                &params![contact, one, unit, self.ago % 3],
            )?,
            3 => tx.execute(
                "update contact set holder_kind = 'duty', holder_staff = null, holder_unit = $2 where id = $1 and state = 'open'",
                &params![contact, unit],
            )?,
            4 => {
                let at = now - hours(24 * self.ago);
                tx.execute("update offer set state = 'withdrawn', answered_at = $2 where contact_id = $1 and state = 'open'", &params![contact, now])?;
                // Promises end with it.
                tx.execute("update task set done_at = $2, outcome = 'ended' where contact_id = $1 and done_at is null", &params![contact, at])?;
                tx.execute("update contact set state = 'ended', ended_at = $2, ending = 'not_reached' where id = $1", &params![contact, at])?;
                tx.execute("insert into ending (id, contact_id, at, staff_id, kind, what, told) values ($1, $2, $3, $4, 'not_reached', 'Ei vastannut', 0)", &params![self.id, contact, at, one])?
            }
            5 => tx.execute("update contact set state = 'open', ended_at = null, ending = null where id = $1", &params![contact])?,
            6 | 7 => tx.execute(
                "insert into offer (id, contact_id, from_staff, from_unit, to_staff, to_unit, reason, warm, made_at, answer_by, state) select $1, c.id, $3, $4, case when $7 = 0 then null else $5 end, $6, 'Syy', 0, $8, $8, 'open' from contact c where c.id = $2 and c.state = 'open' and not exists (select 1 from offer o where o.contact_id = c.id and o.state = 'open')",
                &params![self.id, contact, one, unit, other, elsewhere, self.ago % 3, now],
            )?,
            8 => tx.execute("update offer set state = 'unanswered', answered_at = $2 where contact_id = $1 and state = 'open'", &params![contact, now])?,
            9 => tx.execute("insert into task (id, contact_id, kind, what, owner, unit_id, due_at, made_at, touched_at, raised_at) select $1, c.id, 'call_back', 'Soitto', case when $5 = 0 then null else $3 end, $4, $6, $6, $6, $6 from contact c where c.id = $2 and c.state = 'open'", &params![self.id, contact, one, unit, self.ago % 2, now])?,
            10 => tx.execute("insert into contact_link (id, contact_id, client_id, linked_at, linked_by) select $1, $2, $3, $4, $5 where not exists (select 1 from contact_link l where l.contact_id = $2 and l.ended_at is null)", &params![self.id, contact, self.client, now, one])?,
            11 => {
                tx.execute("insert into absence (staff_id, begins_on, ends_on) values ($1, $2, $2) on conflict do nothing", &params![one, today.as_str()])?;
                tx.execute("insert into substitution (id, absent_id, substitute_id, begins_on, ends_on, recorded_at, recorded_by) select $1, $2, $3, $4, $4, 0, $2 where $2 <> $3", &params![self.number, one, other, today])?
            }
            12 => tx.execute("insert into duty (id, unit_id, staff_id, begins_at, ends_at) values ($1, $2, $3, $4, $5)", &params![self.id, unit, other, now - hours(1), now + hours(1)])?,
            _ => {
                tx.execute("update unit set lead_id = $2 where id = $1", &params![unit, other])?;
                tx.execute("update contact set raised_at = $2 where id = $1 and state = 'open'", &params![contact, now])?
            }
        };
        Ok(())
    }
}
