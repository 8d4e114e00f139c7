//! A student's links to clients, each made by one tutor (457/2024 21 §). The view `tutored` says while a link counts: the
//! tutor is in service and works with the client herself.

use identity::people::StaffId;
use kernel::time::{Timestamp, day};
use store::{Query, StoreError, Value, params, places};

use crate::domain::ClientId;
use crate::relations::Object;

/// The tutor as what a student's link is about: it ends with that tutor's guiding and no other.
pub fn by(tutor: StaffId) -> Object {
    ("tutor", tutor.bytes())
}

/// SQL: the link of the relation `r`, if it is one, counts at the moment and on the day of these places.
pub(crate) fn counts(now: &str, today: &str) -> String {
    format!(
        "(r.kind <> 'tutor_link' or exists (select 1 from tutored v where v.client_id = r.client_id and v.staff_id = r.staff_id
            and v.began_at <= {now} and v.ends > {now} and v.ends_on >= {today}))"
    )
}

/// The tutors who have named a student for every one of these clients, by name: to them goes what the student writes of
/// the clients. Nobody for somebody who is no student.
///
/// # Errors
/// When the engine fails.
pub fn tutors(
    query: &mut impl Query,
    student: StaffId,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<Vec<(StaffId, String)>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    let list = places(clients.len(), 4);
    let count = i64::try_from(clients.len()).unwrap_or(i64::MAX);
    let mut values = params![student.bytes(), now, day(now).to_string(), count];
    values.extend(clients.iter().map(|client| Value::from(client.bytes())));
    query
        .query(
            &format!(
                "select u.id, u.name from tutored v join staff u on u.id = v.tutor_id where v.staff_id = $1 and v.began_at <= $2 and v.ends > $2 and v.ends_on >= $3 and v.client_id in ({list}) group by u.id, u.name, u.sort_key having count(distinct v.client_id) = $4 order by u.sort_key, u.id"
            ),
            &values,
        )?
        .iter()
        .map(|row| Ok((StaffId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}
