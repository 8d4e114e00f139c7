//! A student and the tutor (457/2024 21 §): the lead says who guides whom and until when, and the tutor names the clients
//! of her own with whom the student works. What a student writes waits for the tutor.

use casework::store::{Acting, Casework};
use clients::relations::{self, NewRelation, Tails, Which};
use clients::tutored;
use clients::{ClientId, Gate, Reader};
use documents::DocError;
use identity::people::StaffId;
use kernel::time::{Date, Time, Timestamp, day, moment};
use store::{Query, StoreError, Value, WriteTx, params};

use super::{general, log, unreadable};
use crate::domain::TutoringId;

/// Class of the rights table: a student's link to a client.
pub const LINK: &str = "tutor_link";
/// Class of the rights table: who guides whom.
pub const CLASS: &str = "tutoring";
/// Relations by which somebody has work of her own with a client.
const OWN: [&str; 4] = [
    "own_worker",
    "matter_participant",
    "matter_holder",
    "own_team",
];

/// Somebody by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub staff: StaffId,
    pub name: String,
}

/// Who guides whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tutoring {
    pub id: TutoringId,
    pub student: Person,
    pub tutor: Person,
    pub begins_on: Date,
    pub ends_on: Date,
}

const IN_FORCE: &str = "t.begins_on <= $2 and t.ends_on >= $2 and t.ended_at is null";

fn people(rows: &[store::Row]) -> Result<Vec<Person>, StoreError> {
    rows.iter()
        .map(|row| {
            Ok(Person {
                staff: StaffId::from_bytes(row.get(0)?),
                name: row.get(1)?,
            })
        })
        .collect()
}

/// The students whom somebody guides today.
///
/// # Errors
/// When the engine fails.
pub fn students(
    query: &mut impl Query,
    tutor: StaffId,
    now: Timestamp,
) -> Result<Vec<Tutoring>, StoreError> {
    select(
        query,
        &format!("where t.tutor = $1 and {IN_FORCE} order by s.sort_key, t.id"),
        &params![tutor.bytes(), day(now).to_string()],
    )
}

/// Who guides whom in the units that the reader leads, and what is over since a month.
///
/// # Errors
/// When the engine fails.
pub fn led(
    query: &mut impl Query,
    lead: StaffId,
    now: Timestamp,
) -> Result<Vec<Tutoring>, StoreError> {
    select(
        query,
        "join unit_leader l on l.unit_id = s.unit_id where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2 and t.ended_at is null and t.ends_on >= $2 order by s.sort_key, t.id",
        &params![lead.bytes(), day(now).to_string()],
    )
}

fn select(
    query: &mut impl Query,
    which: &str,
    values: &[Value],
) -> Result<Vec<Tutoring>, StoreError> {
    query
        .query(
            &format!("select distinct t.id, t.student, s.name, t.tutor, u.name, t.begins_on, t.ends_on, s.sort_key from tutoring t join staff s on s.id = t.student join staff u on u.id = t.tutor {which}"),
            values,
        )?
        .iter()
        .map(|row| {
            let date = |at| row.get::<String>(at)?.parse().map_err(|_| unreadable());
            Ok(Tutoring {
                id: TutoringId::from_bytes(row.get(0)?),
                student: Person {
                    staff: StaffId::from_bytes(row.get(1)?),
                    name: row.get(2)?,
                },
                tutor: Person {
                    staff: StaffId::from_bytes(row.get(3)?),
                    name: row.get(4)?,
                },
                begins_on: date(5)?,
                ends_on: date(6)?,
            })
        })
        .collect()
}

/// Students and tutors of the reader's units, for the form of the lead.
///
/// # Errors
/// When the engine fails.
pub fn candidates(
    query: &mut impl Query,
    task: &str,
    lead: StaffId,
    now: Timestamp,
) -> Result<Vec<Person>, StoreError> {
    let today = day(now);
    let led: Vec<[u8; 16]> = query
        .query(
            "select unit_id from unit_leader where staff_id = $1 and begins_on <= $2 and ends_on >= $2",
            &params![lead.bytes(), today.to_string()],
        )?
        .iter()
        .map(|row| row.get(0))
        .collect::<Result<_, _>>()?;
    Ok(identity::people::list_staff(query, today)?
        .into_iter()
        .filter(|person| led.contains(&person.unit.bytes()))
        .filter(|person| person.tasks.iter().any(|own| own == task))
        .map(|person| Person {
            staff: person.id,
            name: person.name,
        })
        .collect())
}

/// The lead says who guides whom, until a day.
///
/// # Errors
/// [`DocError::NotFound`] without the right, or for people who are not of the lead's units or have no such task;
/// [`DocError::State`] when the one guides the other already.
pub fn begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    (student, tutor): (StaffId, StaffId),
    until: Date,
) -> Result<(), DocError> {
    let now = casework.now();
    let acting = leading(reader, "create", now)?;
    for (staff, task) in [(student, "student"), (tutor, "tutor")] {
        let known = candidates(tx, task, reader.staff, now)?;
        if !known.iter().any(|person| person.staff == staff) {
            return Err(DocError::NotFound);
        }
    }
    // Two who press at once take turns over the student's row, and the second sees what the first has said.
    tx.execute(
        "update staff set sort_key = sort_key where id = $1",
        &params![student.bytes()],
    )?;
    let already = students(tx, tutor, now)?;
    if already.iter().any(|one| one.student.staff == student) {
        return Err(DocError::State);
    }
    let id = TutoringId::new(&*casework.clock, &*casework.chance);
    tx.execute(
        "insert into tutoring (id, student, tutor, begins_on, ends_on, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            id.bytes(),
            student.bytes(),
            tutor.bytes(),
            day(now).to_string(),
            until.to_string(),
            now,
            reader.staff.bytes()
        ],
    )?;
    log(tx, &acting, now, "tutoring.begin", &[], &id.to_string())?;
    Ok(())
}

/// The lead ends it; the links to clients that this tutor has named end with it, and no others.
///
/// # Errors
/// [`DocError::NotFound`] without the right.
pub fn end(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: TutoringId,
) -> Result<(), DocError> {
    let now = casework.now();
    let acting = leading(reader, "void", now)?;
    let one = led(tx, reader.staff, now)?
        .into_iter()
        .find(|one| one.id == id)
        .ok_or(DocError::NotFound)?;
    tx.execute(
        "update tutoring set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null",
        &params![id.bytes(), now, reader.staff.bytes()],
    )?;
    let linked: Vec<ClientId> = tx
        .query(
            "select distinct client_id from relation where staff_id = $1 and kind = 'tutor_link' and object_id = $3 and (ends_at is null or ends_at > $2)",
            &params![one.student.staff.bytes(), now, one.tutor.staff.bytes()],
        )?
        .iter()
        .map(|row| row.get(0).map(ClientId::from_bytes))
        .collect::<Result<_, _>>()?;
    for client in &linked {
        unlink(
            tx,
            casework.tails(),
            *client,
            one.student.staff,
            one.tutor.staff,
            now,
        )?;
    }
    log(tx, &acting, now, "tutoring.end", &linked, &id.to_string())?;
    Ok(())
}

pub(crate) fn leading(reader: &Reader, action: &str, now: Timestamp) -> Result<Acting, DocError> {
    general(reader, CLASS, action, &["unit_lead"], now)
}

/// The reader's gate to a client, with the guiding of students: it asks work of one's own with the client.
///
/// # Errors
/// [`DocError::NotFound`] when the reader may not name students for the client.
pub fn naming(
    query: &mut impl Query,
    reader: &Reader,
    client: ClientId,
    action: &str,
    now: Timestamp,
) -> Result<(Acting, Vec<Tutoring>), DocError> {
    let gate = Gate::open(query, reader, client, now)?;
    let students = students(query, reader.staff, now)?;
    let acting = may_name(gate, &students, action).ok_or(DocError::NotFound)?;
    Ok((acting, students))
}

/// The right of somebody who guides these students over the gate's client.
pub(crate) fn may_name(mut gate: Gate, students: &[Tutoring], action: &str) -> Option<Acting> {
    if students.is_empty() || !OWN.iter().any(|kind| gate.holds(kind)) {
        return None;
    }
    gate.add("tutor_of", None);
    let staff = gate.reader().staff;
    let granted = gate.acting(LINK, action, "na", None, &[]).ok()?;
    Some(Acting {
        staff,
        right: granted.right,
        purpose: granted.purpose,
    })
}

/// The students whom a tutor has named for a client.
///
/// # Errors
/// When the engine fails.
pub fn named(
    query: &mut impl Query,
    client: ClientId,
    tutor: StaffId,
    now: Timestamp,
) -> Result<Vec<Person>, StoreError> {
    let rows = query.query(
        "select distinct s.id, s.name, s.sort_key from relation r join staff s on s.id = r.staff_id where r.client_id = $1 and r.kind = 'tutor_link' and r.object_id = $3 and r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2) order by s.sort_key, s.id",
        &params![client.bytes(), now, tutor.bytes()],
    )?;
    people(&rows)
}

/// The tutor names a student for a client of her own, until the guiding ends. The client has been told.
///
/// # Errors
/// [`DocError::NotFound`] without the right or for somebody else's student; [`DocError::State`] for a student whom the
/// tutor has named for the client already.
pub fn name(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    client: ClientId,
    student: StaffId,
) -> Result<(), DocError> {
    let now = casework.now();
    let (acting, students) = naming(tx, reader, client, "create", now)?;
    let one = students
        .into_iter()
        .find(|one| one.student.staff == student)
        .ok_or(DocError::NotFound)?;
    let before = named(tx, client, reader.staff, now)?;
    if before.contains(&one.student) {
        return Err(DocError::State);
    }
    let until = one
        .ends_on
        .tomorrow()
        .map_or(now, |next| moment(next, Time::midnight()));
    let link = (student, LINK, Some(tutored::by(reader.staff)));
    for (staff, kind, object) in [link, (reader.staff, "tutor_of", None)] {
        let new = NewRelation {
            client,
            staff,
            kind,
            object,
            from: now,
            to: Some(until),
            made_by: "tutoring",
        };
        relations::begin(tx, &new, casework.tails(), now)?;
    }
    log(
        tx,
        &acting,
        now,
        "tutor_link.create",
        &[client],
        &one.id.to_string(),
    )?;
    Ok(())
}

/// The tutor ends it for one client.
///
/// # Errors
/// [`DocError::NotFound`] without the right.
pub fn unname(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    client: ClientId,
    student: StaffId,
) -> Result<(), DocError> {
    let now = casework.now();
    let (acting, students) = naming(tx, reader, client, "void", now)?;
    if !students.iter().any(|one| one.student.staff == student) {
        return Err(DocError::NotFound);
    }
    unlink(tx, casework.tails(), client, student, reader.staff, now)?;
    log(tx, &acting, now, "tutor_link.void", &[client], "")?;
    Ok(())
}

fn unlink(
    tx: &mut WriteTx<'_>,
    tails: Tails,
    client: ClientId,
    student: StaffId,
    tutor: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let which = |staff, kind, object| Which {
        client,
        staff: Some(staff),
        kind,
        object,
    };
    let link = which(student, LINK, Some(tutored::by(tutor)));
    relations::end(tx, &link, now, tails, "tutoring")?;
    // Other students of the tutor may work with the same client.
    if named(tx, client, tutor, now)?.is_empty() {
        let guides = which(tutor, "tutor_of", None);
        relations::end(tx, &guides, now, tails, "tutoring")?;
    }
    Ok(())
}
