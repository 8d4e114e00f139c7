//! A worker who is disqualified from a client (bar B19) no longer answers for the client's contacts: each goes to the duty
//! of the unit that has it (invariant I1).

use std::sync::Arc;

use clients::store::disqualified::{self, Release, Released};
use identity::people::{self, UnitId};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{Acting, ContactId, Holder};
use crate::store::{By, Desk, add_event, holding, log, offers};

/// Contacts of a worker who stands down from a client.
pub struct Contacts(pub Arc<Desk>);

/// Open contacts of the client `$1`.
const OF_CLIENT: &str = "from contact c join contact_link l on l.contact_id = c.id and l.ended_at is null where l.client_id = $1 and c.state = 'open'";

impl Release for Contacts {
    fn release(&self, tx: &mut WriteTx<'_>, from: &Released<'_>) -> Result<usize, StoreError> {
        let values = params![from.client.bytes(), from.staff().bytes()];
        let by = By::Worker(Acting {
            staff: from.staff(),
            unit: from.by.reader.unit,
            right: from.by.granted.right,
            purpose: from.by.granted.purpose,
        });
        let held =
            format!("select c.id, c.holder_unit {OF_CLIENT} and c.holder_staff = $2 order by c.id");
        let held = tx.query(&held, &values)?;
        for row in &held {
            let contact = ContactId::from_bytes(row.get(0)?);
            let unit = UnitId::from_bytes(row.get(1)?);
            offers::withdraw_open(tx, &self.0, contact)?;
            let to = receiver(tx, from, unit)?;
            holding::change(tx, &self.0, contact, to, "released")?;
            add_event(tx, &self.0, &by, contact, "released", "")?;
            log(tx, &by, from.by.now, "contact.release", contact, "", None)?;
        }
        // Promises follow their contact to whoever answers for it.
        tx.execute(
            "update task set owner = null where owner = $2 and done_at is null and contact_id in (select l.contact_id from contact_link l where l.client_id = $1 and l.ended_at is null)",
            &values,
        )?;
        let offered = format!(
            "select c.id {OF_CLIENT} and exists (select 1 from offer o where o.contact_id = c.id and o.state = 'open' and o.to_staff = $2) order by c.id"
        );
        for row in tx.query(&offered, &values)? {
            let contact = ContactId::from_bytes(row.get(0)?);
            offers::withdraw_open(tx, &self.0, contact)?;
            add_event(tx, &self.0, &by, contact, "unanswered", "")?;
        }
        Ok(held.len())
    }
}

/// The duty of the unit; when that is the very worker, whoever leads the unit.
fn receiver(tx: &mut WriteTx<'_>, from: &Released<'_>, unit: UnitId) -> Result<Holder, StoreError> {
    let now = from.by.now;
    if people::duty_holder(tx, unit, now)? == from.staff()
        && let Some(staff) = disqualified::leader(tx, unit, from.client, now)?
    {
        return Ok(Holder::Person { staff, unit });
    }
    Ok(Holder::Duty(unit))
}
