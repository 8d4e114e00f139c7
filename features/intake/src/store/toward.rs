//! What stands between a worker and a contact besides the contact's own facts: relations and bars to the client whose
//! contact it has become, and the work of a holder who is away.

use std::collections::BTreeSet;

use access::rights::Bar;
use clients::gate::{Gate, Held, HeldObject, tokens_of};
use clients::relations::Tails;
use clients::{ClientId, Reader};
use identity::people::{self, StaffId};
use kernel::time::{Timestamp, day};
use store::{Query, StoreError, params};

use crate::domain::ContactId;
use crate::store::Worker;
use crate::store::facts::authorise;

/// Relations that are facts of the contact itself when something is done with it. Those to its client let look alone: to
/// lead the client's unit is not to lead the unit that answers for the contact.
const OF_THE_CONTACT: [&str; 3] = ["contact_holder", "unit_lead", "unit_duty"];

/// What stands between.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Toward {
    /// Relations to the client, and whether nothing but looking is left of them.
    held: Vec<(&'static str, bool)>,
    bars: Vec<Bar>,
    /// The holder is away, and the worker is the named substitute.
    substitute: bool,
}

impl Toward {
    /// Reads what stands between a worker and a contact that came in at `arrived`.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn read(
        query: &mut impl Query,
        worker: &Worker,
        contact: ContactId,
        holder: Option<StaffId>,
        arrived: Timestamp,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let mut toward = Self {
            substitute: stands_in(query, worker, holder, now)?,
            ..Self::default()
        };
        let linked = clients_of(query, &[contact])?;
        if let Some((_, client)) = linked.first() {
            let gates = Gate::open_many(query, &Reader::from(worker), &[*client], now)?;
            if let Some(gate) = gates.first() {
                let held = gate.held().iter();
                toward.held = held.filter_map(|one| kept(one, contact, arrived)).collect();
                toward.bars = bars(gate);
            }
        }
        Ok(toward)
    }

    /// The relations that count for an action.
    pub fn relations(&self, action: &str) -> impl Iterator<Item = &'static str> {
        let looks = action == "read";
        let substitute = self.substitute.then_some("substitute");
        self.held
            .iter()
            .filter(move |(kind, tail)| looks || !(*tail || OF_THE_CONTACT.contains(kind)))
            .map(|(kind, _)| *kind)
            .chain(substitute)
    }

    /// The conditions that follow from them.
    pub fn given(&self, class: &str, action: &str) -> Vec<&'static str> {
        self.relations(action)
            .flat_map(|kind| tokens_of(kind, class))
            .copied()
            .collect()
    }

    /// The bars to the client.
    pub fn bars(&self) -> &[Bar] {
        &self.bars
    }
}

/// A relation to the client as a whole or over this very contact; of one that has ended only what came before the end.
fn kept(held: &Held, contact: ContactId, arrived: Timestamp) -> Option<(&'static str, bool)> {
    let about = held
        .object
        .is_none_or(|(id, kind)| kind == HeldObject::Contact && id == contact.bytes());
    let old = held.ends.is_some_and(|end| arrived <= end) && !Tails::drafts_only(held.kind);
    (about && (!held.tail || old)).then_some((held.kind, held.tail))
}

/// Bars for what the client is to the worker. That the client has died does not stop whoever answers for the contact
/// from ending it.
fn bars(gate: &Gate) -> Vec<Bar> {
    let personal = [Bar::B01, Bar::B02, Bar::B03, Bar::B08, Bar::B19];
    let bars = gate.bars().iter().copied();
    bars.filter(|bar| personal.contains(bar)).collect()
}

/// Whether the worker does the work of the holder today.
fn stands_in(
    query: &mut impl Query,
    worker: &Worker,
    holder: Option<StaffId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(holder) = holder.filter(|holder| *holder != worker.staff) else {
        return Ok(false);
    };
    let named = query.query_optional(
        "select 1 from substitution where absent_id = $1 and substitute_id = $2 and begins_on <= $3 and ends_on >= $3 limit 1",
        &params![holder.bytes(), worker.staff.bytes(), day(now).to_string()],
    )?;
    Ok(named.is_some() && people::is_away(query, holder, now)?)
}

/// The clients of contacts, of those that have one.
fn clients_of(
    query: &mut impl Query,
    contacts: &[ContactId],
) -> Result<Vec<(ContactId, ClientId)>, StoreError> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=contacts.len())
        .map(|place| format!("${place}"))
        .collect();
    let values: Vec<_> = contacts.iter().map(|one| one.bytes().into()).collect();
    query
        .query(
            &format!(
                "select contact_id, client_id from contact_link where contact_id in ({}) and ended_at is null order by contact_id",
                places.join(", ")
            ),
            &values,
        )?
        .iter()
        .map(|row| {
            Ok((
                ContactId::from_bytes(row.get(0)?),
                ClientId::from_bytes(row.get(1)?),
            ))
        })
        .collect()
}

/// Those of the contacts whose client is closed to the worker: their pages are, and so are their rows in lists. At
/// most four statements, whatever the number of contacts.
///
/// # Errors
/// When the engine fails.
pub fn closed(
    query: &mut impl Query,
    worker: &Worker,
    contacts: impl IntoIterator<Item = ContactId>,
    now: Timestamp,
) -> Result<BTreeSet<ContactId>, StoreError> {
    let contacts: BTreeSet<ContactId> = contacts.into_iter().collect();
    let contacts: Vec<ContactId> = contacts.into_iter().collect();
    let linked = clients_of(query, &contacts)?;
    if linked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut clients: Vec<ClientId> = linked.iter().map(|(_, client)| *client).collect();
    clients.sort_unstable();
    clients.dedup();
    // A link follows its client when two records are joined: the gate is the client's own.
    let gates = Gate::open_many(query, &Reader::from(worker), &clients, now)?;
    let barred: BTreeSet<ClientId> = gates
        .iter()
        .filter(|gate| !bars(gate).is_empty())
        .map(Gate::client)
        .collect();
    let of_barred = linked
        .into_iter()
        .filter(|(_, client)| barred.contains(client));
    Ok(of_barred.map(|(contact, _)| contact).collect())
}

/// Which rows' pages open for the worker, as the rights table says of each relation.
pub struct Opens {
    /// Of those that the worker answers for: all, those that the worker wrote down, or none.
    held: &'static str,
    ended: bool,
    queue: bool,
    offered: bool,
    substituted: bool,
    led: bool,
}

impl Opens {
    /// What the table says on the day.
    pub fn of(worker: &Worker, now: Timestamp) -> Self {
        let may = |class, relation, given: &[&str]| {
            authorise(worker, class, "read", &[relation], given, now).is_ok()
        };
        let own = ["taken_over_in_own_name", "own_entry"];
        let held = match (
            may("contact", "contact_holder", &own[..1]),
            may("contact", "contact_holder", &own),
        ) {
            (true, _) => "1 = 1",
            (false, true) => "c.written_by = $1",
            (false, false) => "1 = 0",
        };
        Self {
            held,
            ended: may("contact", "former_holder", &["within_30_days"]),
            queue: may("contact", "unit_queue", &["untaken_only"]),
            offered: may("offer", "offer_receiver", &["offer_open"]),
            substituted: may("contact", "substitute", &["period"]),
            led: may("contact", "unit_lead", &[]),
        }
    }

    /// SQL over contact `c` that the worker `$1` answers for: whether its page opens.
    pub const fn held(&self) -> &'static str {
        self.held
    }

    /// Whether the page of a contact opens to whoever leads its unit: to lead one is not yet to have the task of a lead.
    pub const fn led(&self) -> bool {
        self.led
    }

    /// The condition of SQL over contact `c` for rows that the worker sees whole: `$1` is the worker, `$2` the unit, `$3`
    /// and `$4` as in the queue's scope; `substituted` holds when the worker does the absent holder's work.
    pub fn whole(&self, substituted: &str) -> String {
        let on = |opens: bool| if opens { "1 = 1" } else { "1 = 0" };
        format!(
            "((c.holder_staff = $1 and ((c.state = 'open' and {}) or (c.state = 'ended' and {}))) or ({} and c.state = 'open' and c.holder_kind = 'duty' and ($3 = 1 or ($4 = 1 and c.holder_unit = $2))) or ({} and c.state = 'open' and exists (select 1 from offer no where no.contact_id = c.id and no.state = 'open' and (no.to_staff = $1 or (no.to_staff is null and no.to_unit = $2)))) or ({} and c.state = 'open' and {}))",
            self.held,
            on(self.ended),
            on(self.queue),
            on(self.offered),
            on(self.substituted),
            substituted
        )
    }
}
