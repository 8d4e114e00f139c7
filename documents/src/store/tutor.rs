//! Who may approve what a student has written.

use clients::ClientId;
use identity::people::StaffId;
use kernel::time::Timestamp;
use store::{Query, StoreError, Value, params, places};

/// The tutors who have named a student for every one of these clients, by name. Nobody for somebody who is no student of
/// theirs: a link is made only by the tutor and for each client alone (457/2024 21 §).
///
/// # Errors
/// When the engine fails.
pub fn tutors(
    query: &mut impl Query,
    student: StaffId,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<Vec<(StaffId, String)>, StoreError> {
    let list = places(clients.len(), 3);
    let count = i64::try_from(clients.len()).unwrap_or_default();
    let mut values = params![student.bytes(), now, count];
    values.extend(clients.iter().map(|client| Value::from(client.bytes())));
    let linked = |who: &str, kind: &str| {
        format!(
            "(select count(distinct r.client_id) from relation r where r.staff_id = {who} and r.kind = '{kind}' and r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2) and r.client_id in ({list})) = $3"
        )
    };
    query
        .query(
            &format!(
                "select u.id, u.name from staff u where u.id <> $1 and {} and {} order by u.sort_key, u.id",
                linked("$1", "tutor_link"),
                linked("u.id", "tutor_of")
            ),
            &values,
        )?
        .iter()
        .map(|row| Ok((StaffId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}
