//! What an employee answers for in this room, and how it is given on when the employee leaves.

use std::sync::Arc;

use ::store::{Query, StoreError, WriteTx, params};
use clients::holdings::Leaving;
use identity::admin::{Held, Holdings};
use identity::people::{StaffId, UnitId};
use identity::session::CurrentUser;

use crate::domain::{ContactId, IntakeError};
use crate::store::offers::{self, NewOffer, Receiver};
use crate::store::{Desk, Worker, holding};

/// Contacts, offers and promises of an employee.
pub struct Contacts(pub Arc<Desk>);

impl Holdings for Contacts {
    fn held(&self, query: &mut dyn Query, staff: StaffId) -> Result<Vec<Held>, StoreError> {
        let row = query.query_one(
            "select (select count(*) from contact where holder_staff = $1 and state = 'open'), (select count(*) from offer where to_staff = $1 and state = 'open'), (select count(*) from task where owner = $1 and done_at is null)",
            &params![staff.bytes()],
        )?;
        Ok(vec![
            Held {
                label: "held-contacts",
                count: row.get(0)?,
            },
            Held {
                label: "held-offers",
                count: row.get(1)?,
            },
            Held {
                label: "held-tasks",
                count: row.get(2)?,
            },
        ])
    }

    fn of_unit(&self, query: &mut dyn Query, unit: UnitId) -> Result<Vec<Held>, StoreError> {
        let row = query.query_one(
            "select (select count(*) from contact where holder_unit = $1 and state = 'open'), (select count(*) from offer where to_unit = $1 and to_staff is null and state = 'open')",
            &params![unit.bytes()],
        )?;
        Ok(vec![
            Held {
                label: "held-contacts",
                count: row.get(0)?,
            },
            Held {
                label: "held-offers",
                count: row.get(1)?,
            },
        ])
    }

    /// From somebody away or departed the lead takes every contact over in the lead's own name and offers it
    /// to the named person in the same transaction: somebody present answers at every moment, and nobody is
    /// made a holder unasked. Somebody whose last day is still ahead answers until the named person has
    /// accepted. Promises follow their contacts; offers to the leaver come back to their senders by their own
    /// time.
    fn transfer(
        &self,
        tx: &mut WriteTx<'_>,
        lead: &CurrentUser,
        from: StaffId,
        to: StaffId,
        reason: &str,
    ) -> Result<usize, StoreError> {
        let worker = Worker::from(lead);
        let ahead = Leaving::of(tx, from, self.0.now())?.ahead;
        let rows = tx.query(
            "select c.id from contact c where c.holder_staff = $1 and c.state = 'open' order by c.holder_since, c.id",
            &params![from.bytes()],
        )?;
        let mut moved = 0;
        for row in rows {
            let contact = ContactId::from_bytes(row.get(0)?);
            match self.give(tx, &worker, contact, to, (reason, ahead)) {
                Ok(()) => moved += 1,
                Err(IntakeError::Store(error)) => return Err(error),
                // Of another unit, or its holder is at work after all: not this lead's to give.
                Err(_) => {}
            }
        }
        let promises = tx.execute(
            "update task set owner = null where owner = $1 and done_at is null and exists (select 1 from contact c where c.id = task.contact_id and c.holder_staff = $2)",
            &params![from.bytes(), lead.staff.id.bytes()],
        )?;
        Ok(moved + usize::try_from(promises).unwrap_or(usize::MAX))
    }
}

impl Contacts {
    fn give(
        &self,
        tx: &mut WriteTx<'_>,
        worker: &Worker,
        contact: ContactId,
        to: StaffId,
        (reason, ahead): (&str, bool),
    ) -> Result<(), IntakeError> {
        match holding::take_over(tx, &self.0, worker, contact, reason) {
            // Still at work: answers until the named person has accepted, and not longer than to the last day.
            Err(IntakeError::HolderPresent) if ahead && to != worker.staff => {}
            taken => taken?,
        }
        if to != worker.staff {
            let new = NewOffer {
                receiver: Receiver::Person(to),
                reason: reason.to_owned(),
                warm: false,
            };
            offers::make(tx, &self.0, worker, contact, &new)?;
        }
        Ok(())
    }
}
