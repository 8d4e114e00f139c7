//! What a lead sees of the units led: states, dates and figures about contacts, never the person's
//! words (457/2024 17 §) and never figures about a worker.

use std::collections::BTreeSet;

use casework::store::net;
use clients::{ClientId, Reader};
use identity::people::{self, Unit};
use kernel::time::{SignedDuration, Timestamp, day, millis};
use store::{Query, Show, StoreError, params};

use crate::domain::{Acting, ContactId, IntakeError};
use crate::store::facts::{LISTED, authorise};
use crate::store::safety_net::{self, LeadFigures, LeadLists};
use crate::store::tasks::{self, Task};
use crate::store::{By, Desk, Worker, log_with_clients, toward};

pub use casework::store::net::{Unheld, Why};

/// Upper bounds of the ages of the queue in hours; the last bucket is older than all of them.
pub const AGE_HOURS: [i64; 6] = [1, 4, 8, 24, 48, 72];

/// Open contacts of one age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Age {
    pub open: i64,
    /// Of these not yet taken by name.
    pub untaken: i64,
    /// Of the untaken those that have waited over the county's target.
    pub over_target: i64,
}

/// The situation of the units that a lead leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    pub units: Vec<Unit>,
    pub figures: LeadFigures,
    /// Promises whose time has run out.
    pub overdue: Vec<Task>,
    pub lists: LeadLists,
    /// Matters whose holder is away, has left or is about to.
    pub matters: Vec<Unheld>,
    /// By age since arrival, youngest first: one more than [`AGE_HOURS`].
    pub ages: [Age; 7],
}

/// The right to what leads alone see. Titles are shown to many; who may take over in absence leads.
///
/// # Errors
/// [`IntakeError::NotFound`] for anybody but a lead.
pub(crate) fn leading(worker: &Worker, now: Timestamp) -> Result<Acting, IntakeError> {
    let acting = authorise(worker, "contact", "list", &["unit_lead"], LISTED, now)?;
    authorise(
        worker,
        "contact",
        "take_over",
        &["unit_lead"],
        &["holder_absent_or_departed"],
        now,
    )?;
    Ok(acting)
}

/// Reads the situation and logs whose contacts it showed. Fifteen statements, whatever the number of rows.
///
/// # Errors
/// [`IntakeError::NotFound`] for anybody but a lead.
pub fn read(tx: &mut impl Show, desk: &Desk, worker: &Worker) -> Result<Situation, IntakeError> {
    read_with(tx, desk, worker, &BTreeSet::new())
}

/// The same situation with rows of other rooms on the page: `others` are the clients whom they show, and the one log
/// entry names them.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
    others: &BTreeSet<ClientId>,
) -> Result<Situation, IntakeError> {
    let now = desk.now();
    let acting = leading(worker, now)?;
    let led = identity::facts::units_led(tx, worker.staff, day(now))?;
    let units = people::list_units(tx)?
        .into_iter()
        .filter(|unit| led.contains(&unit.id))
        .collect();
    let figures = safety_net::lead_figures(tx, worker.staff, now)?;
    let mut lists = safety_net::lead_lists(tx, worker.staff, now, desk.settings.holders_target)?;
    let mut overdue = tasks::list_raised(tx, worker.staff, now)?;
    // Of clients who are closed to the lead somebody else takes care: a deputy, or whoever leads the lead.
    let all = lists.all().map(|row| row.contact);
    let all = all.chain(overdue.iter().map(|task| task.contact));
    let closed = toward::closed(tx, worker, all, now)?;
    lists.retain(|row| !closed.contains(&row.contact));
    overdue.retain(|task| !closed.contains(&task.contact));
    let ages = ages(tx, desk, worker, now)?;
    let matters = net::unheld(tx, &Reader::from(worker), now)?;
    let shown: BTreeSet<ContactId> = lists
        .all()
        .map(|row| row.contact)
        .chain(overdue.iter().map(|task| task.contact))
        .collect();
    let shown: Vec<ContactId> = shown.into_iter().collect();
    let clients = matters.iter().flat_map(|row| row.clients.clone());
    let clients: BTreeSet<ClientId> = clients.chain(others.iter().copied()).collect();
    let by = By::Worker(acting);
    log_with_clients(tx, &by, now, "unit.read", &shown, &clients)?;
    Ok(Situation {
        units,
        figures,
        overdue,
        lists,
        matters,
        ages,
    })
}

/// Open contacts that each of these people answers for: counts for sharing out work.
///
/// # Errors
/// When the engine fails.
pub fn held_by(
    query: &mut impl Query,
    staff: &[identity::people::StaffId],
) -> Result<std::collections::HashMap<identity::people::StaffId, i64>, StoreError> {
    let list = store::places(staff.len(), 0);
    let values: Vec<_> = staff.iter().map(|one| one.bytes().into()).collect();
    query
        .query(
            &format!("select holder_staff, count(*) from contact where state = 'open' and holder_staff in ({list}) group by holder_staff"),
            &values,
        )?
        .iter()
        .map(|row| {
            let one = identity::people::StaffId::from_bytes(row.get(0)?);
            Ok((one, row.get(1)?))
        })
        .collect()
}

fn ages(
    query: &mut impl Query,
    desk: &Desk,
    worker: &Worker,
    now: Timestamp,
) -> Result<[Age; 7], StoreError> {
    let ago = |hours: i64| millis(now - SignedDuration::from_hours(hours));
    let [a, b, c, d, e, f] = AGE_HOURS.map(ago);
    let rows = query.query(
        concat!("select case when c.arrived_at > $2 then 0 when c.arrived_at > $3 then 1 when c.arrived_at > $4 then 2 when c.arrived_at > $5 then 3 when c.arrived_at > $6 then 4 when c.arrived_at > $7 then 5 else 6 end, count(*), count(*) filter (where c.holder_kind = 'duty'), count(*) filter (where c.holder_kind = 'duty' and c.arrived_at < $8) from contact c where c.state = 'open' and ", led!("c.holder_unit", "$9"), " group by 1"),
        &params![worker.staff.bytes(), a, b, c, d, e, f, ago(desk.settings.untaken_target_hours), day(now).to_string()],
    )?;
    let mut ages = [Age::default(); 7];
    for row in rows {
        let bucket = usize::try_from(row.get::<i64>(0)?).unwrap_or(usize::MAX);
        if let Some(age) = ages.get_mut(bucket) {
            *age = Age {
                open: row.get(1)?,
                untaken: row.get(2)?,
                over_target: row.get(3)?,
            };
        }
    }
    Ok(ages)
}
