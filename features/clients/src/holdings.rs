//! What an employee has to do with clients as whole persons - own worker, substitute, the right to protected details -
//! and how it is given on when the employee leaves. Contacts and matters are given on by their own rooms.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::store::{Query, Row, StoreError, WriteTx, params};
use identity::admin::{Held, Holdings};
use identity::people::{self, StaffId, UnitId};
use identity::session::CurrentUser;
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::relations::{self, NewRelation};
use crate::store::{By, Desk};

/// Relations in which somebody must go on with the work. What else an employee had to do with a client - whom she
/// wrote down, who asked for her opinion - was her own and is nobody's after her.
const GIVEN_ON: [&str; 7] = [
    "own_worker",
    "own_team",
    "substitute",
    "assessor",
    "service_worker",
    "group_leader",
    "joint_service",
];
/// Relations over which protected details are read by a right given by name.
const READS_PROTECTED: [&str; 3] = ["own_worker", "substitute", "service_worker"];

/// When an employee no longer does the work: from now on, or from a known end of the employment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    pub at: Timestamp,
    /// The end is known and still ahead.
    pub ahead: bool,
}

impl Leaving {
    /// When the employee leaves, seen at a moment.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn of(
        query: &mut (impl Query + ?Sized),
        staff: StaffId,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let ahead = people::leaves_at(query, staff)?.filter(|end| *end > now);
        Ok(Self {
            at: ahead.unwrap_or(now),
            ahead: ahead.is_some(),
        })
    }

    /// The last day of the work.
    fn last_day(self) -> Date {
        day(self.at - SignedDuration::from_millis(1))
    }

    /// The first day on which a right by days outlives the work.
    fn first_day_after(self) -> Date {
        if self.ahead {
            self.last_day().tomorrow().unwrap_or(Date::MAX)
        } else {
            day(self.at)
        }
    }
}

/// The employee as a reader of clients, with the rights of a moment; `None` for somebody without an employment.
///
/// # Errors
/// When the engine fails.
pub fn reader_of(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<Reader>, StoreError> {
    let subject = identity::facts::subject(query, staff, now)?;
    let person = people::lookup_staff(query, staff)?;
    Ok(person.zip(subject).map(|(person, subject)| Reader {
        staff,
        unit: person.unit,
        subject,
        strong: false,
    }))
}

/// Relations to clients as whole persons.
pub struct Relations(pub Arc<Desk>);

impl Holdings for Relations {
    fn held(&self, query: &mut dyn Query, staff: StaffId) -> Result<Vec<Held>, StoreError> {
        let leaving = Leaving::of(query, staff, self.0.now())?;
        let row = query.query_one(
            &format!(
                "select count(distinct case when r.kind = 'own_worker' then r.client_id end), count(distinct case when r.kind <> 'own_worker' then r.client_id end), (select count(*) from secret_right p where p.staff_id = $1 and p.ended_at is null and p.ends_on >= $3) from relation r where {}",
                outliving()
            ),
            &params![
                staff.bytes(),
                millis(leaving.at),
                leaving.first_day_after().to_string()
            ],
        )?;
        let held = |label, count| Held { label, count };
        Ok(vec![
            held("held-own-clients", row.get(0)?),
            held("held-client-roles", row.get(1)?),
            held("held-secret-rights", row.get(2)?),
        ])
    }

    /// The unit that follows answers for the clients, and stands in the place of a restriction to the unit that closes.
    fn follow(&self, tx: &mut WriteTx<'_>, from: UnitId, to: UnitId) -> Result<(), StoreError> {
        tx.execute(
            "update client set responsible_unit = $2, version = version + 1 where responsible_unit = $1",
            &params![from.bytes(), to.bytes()],
        )?;
        tx.execute(
            "update bar set unit_id = $2 where unit_id = $1 and ends_at is null",
            &params![from.bytes(), to.bytes()],
        )?;
        Ok(())
    }

    /// The receiver follows the leaver at the end of the employment, when that is known, otherwise at once. A right
    /// to protected details follows the work for which it was given, as a new right by this lead; without the work it
    /// ends.
    fn transfer(
        &self,
        tx: &mut WriteTx<'_>,
        lead: &CurrentUser,
        from: StaffId,
        to: StaffId,
        reason: &str,
    ) -> Result<usize, StoreError> {
        let now = self.0.now();
        let Some(receiver) = reader_of(tx, to, now)? else {
            return Ok(0);
        };
        let passing = Passing {
            desk: &self.0,
            lead: Reader::from(lead),
            from,
            receiver,
            reason,
            now,
            leaving: Leaving::of(tx, from, now)?,
        };
        let mut moved = 0;
        let (mut followed, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for role in roles(tx, from, passing.leaving)? {
            let passed = told(passing.role(tx, &role))?;
            moved += usize::from(passed);
            if READS_PROTECTED.contains(&role.kind) {
                let clients = if passed { &mut followed } else { &mut kept };
                clients.insert(role.client);
            }
        }
        for right in secret_rights(tx, from, passing.leaving)? {
            // The right stays beside the work for which it was given.
            if kept.contains(&right.client) {
                continue;
            }
            let follows = followed.contains(&right.client);
            moved += usize::from(told(passing.secret(tx, &right, follows))?);
        }
        Ok(moved)
    }
}

/// What this lead may not give on stays, and is counted; a fault is a fault.
fn told(passed: Result<(), ClientError>) -> Result<bool, StoreError> {
    match passed {
        Ok(()) => Ok(true),
        Err(ClientError::Store(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// Relations of `$1` that would go on after the moment `$2`.
fn outliving() -> String {
    let kinds = GIVEN_ON.map(|kind| format!("'{kind}'")).join(", ");
    format!(
        "r.staff_id = $1 and r.object_id is null and r.kind in ({kinds}) and (r.ends_at is null or r.ends_at > $2)"
    )
}

/// A relation to be given on.
struct Role {
    id: [u8; 16],
    client: ClientId,
    kind: &'static str,
    began: Timestamp,
    ends: Option<Timestamp>,
}

fn roles(
    query: &mut impl Query,
    staff: StaffId,
    leaving: Leaving,
) -> Result<Vec<Role>, StoreError> {
    query
        .query(
            &format!(
                "select r.id, r.client_id, r.kind, r.began_at, r.ends_at from relation r where {} order by r.client_id, r.kind, r.id",
                outliving()
            ),
            &params![staff.bytes(), millis(leaving.at)],
        )?
        .iter()
        .map(Role::from_row)
        .collect()
}

impl Role {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let kind = row.get::<String>(2)?;
        Ok(Self {
            id: row.get(0)?,
            client: ClientId::from_bytes(row.get(1)?),
            kind: relations::kind(&kind)
                .ok_or_else(|| StoreError::Decode("a relation of another version".to_owned()))?,
            began: from_millis(row.get(3)?),
            ends: row.get::<Option<i64>>(4)?.map(from_millis),
        })
    }
}

/// A right to protected details that would go on.
struct SecretRight {
    id: RowId,
    client: ClientId,
    task: String,
    from: Date,
    until: Date,
}

fn secret_rights(
    query: &mut impl Query,
    staff: StaffId,
    leaving: Leaving,
) -> Result<Vec<SecretRight>, StoreError> {
    query
        .query(
            "select id, client_id, task, begins_on, ends_on from secret_right where staff_id = $1 and ended_at is null and ends_on >= $2 order by client_id, id",
            &params![staff.bytes(), leaving.first_day_after().to_string()],
        )?
        .iter()
        .map(|row| {
            Ok(SecretRight {
                id: RowId::from_bytes(row.get(0)?),
                client: ClientId::from_bytes(row.get(1)?),
                task: row.get(2)?,
                from: row.get(3)?,
                until: row.get(4)?,
            })
        })
        .collect()
}

/// One giving on, by a lead, from somebody who leaves to a named person.
struct Passing<'a> {
    desk: &'a Desk,
    lead: Reader,
    from: StaffId,
    receiver: Reader,
    reason: &'a str,
    now: Timestamp,
    leaving: Leaving,
}

impl Passing<'_> {
    fn gate(&self, tx: &mut WriteTx<'_>, client: ClientId) -> Result<Gate, ClientError> {
        Gate::open(tx, &self.lead, client, self.now)
    }

    /// The receiver stands in the leaver's place, when the receiver's own task and qualification allow it and nothing
    /// bars it.
    fn role(&self, tx: &mut WriteTx<'_>, role: &Role) -> Result<(), ClientError> {
        let gate = self.gate(tx, role.client)?;
        let by = gate.by("client_relation", "hand_over", self.now)?;
        Gate::open(tx, &self.receiver, role.client, self.now)?
            .standing_as(role.kind, None)
            .acting("client_basics", "see_basics", "working_age", None, &[])?;
        let tails = self.desk.tails();
        tx.execute(
            "update relation set ends_at = $2, tail_until = $3, ended_by = 'handed_over' where id = $1",
            &params![
                role.id,
                self.leaving.at,
                self.leaving.at + tails.of(role.kind)
            ],
        )?;
        let stands = tx.query_optional(
            "select 1 from relation where client_id = $1 and staff_id = $2 and kind = $3 and object_id is null and (ends_at is null or ends_at > $4)",
            &params![
                role.client.bytes(),
                self.receiver.staff.bytes(),
                role.kind,
                millis(self.leaving.at)
            ],
        )?;
        if stands.is_none() {
            let new = NewRelation {
                client: role.client,
                staff: self.receiver.staff,
                kind: role.kind,
                object: None,
                from: role.began.max(self.leaving.at),
                to: role.ends,
                made_by: "handed_over",
            };
            relations::begin(tx, &new, tails, self.now)?;
        }
        let detail = format!(
            "kind={} from={} to={}",
            role.kind, self.from, self.receiver.staff
        );
        by.log(
            tx,
            "client.relation_pass",
            role.client,
            &detail,
            Some(self.reason),
        )?;
        Ok(())
    }

    fn secret(
        &self,
        tx: &mut WriteTx<'_>,
        right: &SecretRight,
        follows: bool,
    ) -> Result<(), ClientError> {
        let gate = self.gate(tx, right.client)?;
        let by = gate.by("secret_right", "create", self.now)?;
        if self.leaving.ahead {
            tx.execute(
                "update secret_right set ends_on = $2 where id = $1",
                &params![right.id.bytes(), self.leaving.last_day().to_string()],
            )?;
        } else {
            tx.execute(
                "update secret_right set ended_at = $2, ended_by = $3 where id = $1",
                &params![right.id.bytes(), self.now, by.staff().bytes()],
            )?;
        }
        let detail = format!("from={}", self.from);
        by.log(
            tx,
            "client.secret_right_end",
            right.client,
            &detail,
            Some(self.reason),
        )?;
        // Nobody gives the right to oneself (B14).
        if follows && self.receiver.staff != by.staff() {
            self.give_secret(tx, &by, right)?;
        }
        Ok(())
    }

    fn give_secret(
        &self,
        tx: &mut WriteTx<'_>,
        by: &By<'_>,
        right: &SecretRight,
    ) -> Result<(), ClientError> {
        let from = right.from.max(self.leaving.first_day_after());
        tx.execute(
            "insert into secret_right (id, client_id, staff_id, task, given_by, given_at, begins_on, ends_on) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            &params![
                self.desk.row_id(),
                right.client.bytes(),
                self.receiver.staff.bytes(),
                right.task.as_str(),
                by.staff().bytes(),
                self.now,
                from.to_string(),
                right.until.to_string()
            ],
        )?;
        by.log(
            tx,
            "client.secret_right",
            right.client,
            &format!("to={}", self.receiver.staff),
            None,
        )?;
        Ok(())
    }
}
