//! What contacts tell the safety net of a unit: those whose person has been tried many times and never reached.

use casework::alerts::Alert;
use clients::{ClientId, Reader};
use identity::people::UnitId;
use kernel::time::{Timestamp, day, from_millis};
use store::{Query, ShowTx, StoreError, params};
use web::Texts;

use crate::domain::ContactId;
use crate::store::{Worker, state_title, toward};

/// Attempts in vain after which an open contact rises.
const IN_VAIN: i64 = 3;

/// Open contacts of the unit with so many attempts and none that reached the person: title and state, not whose they
/// are (row LE-01).
///
/// # Errors
/// When the engine fails.
pub fn unreached(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Alert>, StoreError> {
    let rows = tx.query(
        "select c.id, c.title, c.number, count(*), min(a.at), (select l.client_id from contact_link l where l.contact_id = c.id and l.ended_at is null) from contact c join attempt a on a.contact_id = c.id where c.state = 'open' and c.holder_unit = $1 and not exists (select 1 from attempt r where r.contact_id = c.id and r.reached = 1) group by c.id, c.title, c.number having count(*) >= $2 order by 5, c.id limit 50",
        &params![unit.bytes(), IN_VAIN],
    )?;
    let worker = Worker {
        staff: reader.staff,
        unit: reader.unit,
        subject: reader.subject.clone(),
    };
    let all = rows
        .iter()
        .map(|row| row.get(0).map(ContactId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let closed = toward::closed(tx, &worker, all.iter().copied(), now)?;
    let mut alerts = Vec::new();
    for (row, contact) in rows.iter().zip(all) {
        if closed.contains(&contact) {
            continue;
        }
        let client = row.get::<Option<[u8; 16]>>(5)?.map(ClientId::from_bytes);
        alerts.push(Alert {
            kind: "unreached",
            clients: client.into_iter().collect(),
            who: state_title(row.get(1)?, row.get(2)?),
            since: Some(day(from_millis(row.get(4)?))),
            what: t.with("alert-unreached", &[("count", row.get::<i64>(3)?.into())]),
            href: format!("/contacts/{contact}"),
        });
    }
    Ok(alerts)
}
