//! What an employee answers for in matters, and how it is given on when the employee leaves.

use std::sync::Arc;

use ::store::{Query, StoreError, WriteTx, params};
use clients::holdings::{Leaving, reader_of};
use clients::{ClientError, Reader};
use identity::admin::{Held, Holdings};
use identity::people::{StaffId, UnitId};
use identity::session::CurrentUser;
use kernel::time::{Timestamp, millis};

use crate::domain::{MatterError, MatterId};
use crate::store::facts::Facts;
use crate::store::offers::{self, NewOffer, Receiver};
use crate::store::{Casework, holding, workers};

/// Matters of an employee: those held, those worked on beside another, and offers to answer.
pub struct Matters(pub Arc<Casework>);

/// Matters that go on, on which `$1` works beside the holder and would after the moment `$2`.
const BESIDE: &str = "from relation r join matter m on m.id = r.object_id where r.staff_id = $1 and r.kind = 'matter_participant' and (r.ends_at is null or r.ends_at > $2) and m.ended_at is null and (m.holder_staff is null or m.holder_staff <> $1)";

impl Holdings for Matters {
    fn held(&self, query: &mut dyn Query, staff: StaffId) -> Result<Vec<Held>, StoreError> {
        let leaving = Leaving::of(query, staff, self.0.now())?;
        let row = query.query_one(
            &format!(
                "select (select count(*) from matter where holder_staff = $1 and ended_at is null), (select count(*) from matter h join matter_offer w on w.matter_id = h.id and w.state = 'open' where h.holder_staff = $1), (select count(distinct r.object_id) {BESIDE}), (select count(*) from matter_offer where to_staff = $1 and state = 'open')"
            ),
            &params![staff.bytes(), millis(leaving.at)],
        )?;
        let held = |label, count| Held { label, count };
        Ok(vec![
            held("held-matters", row.get(0)?),
            held("held-matters-offered", row.get(1)?),
            held("held-matters-beside", row.get(2)?),
            held("held-matter-offers", row.get(3)?),
        ])
    }

    fn of_unit(&self, query: &mut dyn Query, unit: UnitId) -> Result<Vec<Held>, StoreError> {
        let row = query.query_one(
            "select (select count(*) from matter where holder_unit = $1 and ended_at is null), (select count(*) from matter_offer where to_unit = $1 and to_staff is null and state = 'open')",
            &params![unit.bytes()],
        )?;
        let held = |label, count| Held { label, count };
        Ok(vec![
            held("held-matters", row.get(0)?),
            held("held-matter-offers", row.get(1)?),
        ])
    }

    /// From somebody away or departed the lead takes every matter over in the lead's own name and offers it to the
    /// named person in the same transaction: somebody present answers at every moment, and nobody is made a holder
    /// unasked. Somebody whose last day is still ahead answers until the named person has accepted. Where the leaver
    /// worked beside the holder, the named person joins.
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
        let leaving = Leaving::of(tx, from, now)?;
        let giving = Giving {
            casework: &self.0,
            lead: Reader::from(lead),
            from,
            receiver,
            reason,
            now,
            leaving,
        };
        let mut moved = 0;
        let held = "select id from matter where holder_staff = $1 and ended_at is null order by holder_since, id";
        for matter in found(tx, held, &params![from.bytes()])? {
            moved += usize::from(told(giving.give(tx, matter))?);
        }
        let beside = format!("select distinct m.id {BESIDE} order by m.id");
        let values = params![from.bytes(), millis(leaving.at)];
        for matter in found(tx, &beside, &values)? {
            moved += usize::from(told(giving.follow(tx, matter))?);
        }
        Ok(moved)
    }
}

fn found(
    query: &mut impl Query,
    sql: &str,
    values: &[::store::Value],
) -> Result<Vec<MatterId>, StoreError> {
    query
        .query(sql, values)?
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect()
}

/// What this lead may not give, or the named person could not take, stays and is counted; a fault is a fault.
fn told(given: Result<(), MatterError>) -> Result<bool, StoreError> {
    match given {
        Ok(()) => Ok(true),
        Err(MatterError::Store(error) | MatterError::Client(ClientError::Store(error))) => {
            Err(error)
        }
        Err(_) => Ok(false),
    }
}

/// One giving on, by a lead, from somebody who leaves to a named person.
struct Giving<'a> {
    casework: &'a Casework,
    lead: Reader,
    from: StaffId,
    receiver: Reader,
    reason: &'a str,
    now: Timestamp,
    leaving: Leaving,
}

impl Giving<'_> {
    fn give(&self, tx: &mut WriteTx<'_>, matter: MatterId) -> Result<(), MatterError> {
        let facts = Facts::load(tx, &self.lead, matter, self.now)?;
        let other = self.receiver.staff != self.lead.staff;
        if other && !self.may(tx, &facts, "offer_receiver", ("offer", "approve"))? {
            return Err(MatterError::ReceiverAway);
        }
        let taken = holding::take_over(tx, self.casework, &self.lead, matter, self.reason);
        match taken {
            // Still at work: answers until the named person has accepted, and not longer than to the last day.
            Err(MatterError::HolderPresent) if self.leaving.ahead && other => {}
            taken => taken?,
        }
        if other {
            let new = NewOffer {
                receiver: Receiver::Person(self.receiver.staff),
                reason: self.reason.to_owned(),
                warm: false,
            };
            offers::make(tx, self.casework, &self.lead, matter, &new)?;
        }
        Ok(())
    }

    fn follow(&self, tx: &mut WriteTx<'_>, matter: MatterId) -> Result<(), MatterError> {
        let facts = Facts::load(tx, &self.lead, matter, self.now)?;
        if !self.may(tx, &facts, "matter_participant", ("matter", "read"))? {
            return Err(MatterError::ReceiverAway);
        }
        let pair = (self.from, self.receiver.staff);
        workers::follow(tx, self.casework, &self.lead, matter, pair, self.leaving.at)
    }

    fn may(
        &self,
        tx: &mut WriteTx<'_>,
        facts: &Facts,
        relation: &'static str,
        what: (&str, &str),
    ) -> Result<bool, StoreError> {
        facts.could(tx, &self.receiver, relation, what, self.now)
    }
}
