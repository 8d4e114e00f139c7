//! What a lead sees of the units led: states, dates and figures about contacts, never the person's
//! words (457/2024 17 §) and never figures about a worker.

use std::collections::BTreeSet;

use identity::people::{self, Unit};
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, Show, StoreError, params};

use crate::domain::{ContactId, IntakeError};
use crate::store::facts::{LISTED, authorise};
use crate::store::safety_net::{self, LeadFigures, LeadLists};
use crate::store::tasks::{self, Task};
use crate::store::{By, Desk, Worker, log_reading};

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
    /// By age since arrival, youngest first: one more than [`AGE_HOURS`].
    pub ages: [Age; 7],
}

/// Reads the situation and logs whose contacts it showed. Nine statements, whatever the number of rows.
///
/// # Errors
/// [`IntakeError::NotFound`] for anybody but a lead.
pub fn read(tx: &mut impl Show, desk: &Desk, worker: &Worker) -> Result<Situation, IntakeError> {
    let now = desk.now();
    let acting = authorise(worker, "contact", "list", &["unit_lead"], LISTED, now)?;
    authorise(
        worker,
        "contact",
        "take_over",
        &["unit_lead"],
        &["holder_absent_or_departed"],
        now,
    )?;
    let units = people::list_units(tx)?
        .into_iter()
        .filter(|unit| unit.lead == worker.staff)
        .collect();
    let figures = safety_net::lead_figures(tx, worker.staff, now)?;
    let lists = safety_net::lead_lists(tx, worker.staff, now, desk.settings.holders_target)?;
    let overdue = tasks::list_raised(tx, worker.staff)?;
    let ages = ages(tx, desk, worker, now)?;
    let listed = [
        &lists.raised,
        &lists.unanswered,
        &lists.away,
        &lists.not_reached,
        &lists.many_holders,
    ];
    let shown: BTreeSet<ContactId> = listed
        .into_iter()
        .flatten()
        .map(|row| row.contact)
        .chain(overdue.iter().map(|task| task.contact))
        .collect();
    let shown: Vec<ContactId> = shown.into_iter().collect();
    log_reading(tx, &By::Worker(acting), now, "unit.read", &shown, "")?;
    Ok(Situation {
        units,
        figures,
        overdue,
        lists,
        ages,
    })
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
        "select case when c.arrived_at > $2 then 0 when c.arrived_at > $3 then 1 when c.arrived_at > $4 then 2 when c.arrived_at > $5 then 3 when c.arrived_at > $6 then 4 when c.arrived_at > $7 then 5 else 6 end, count(*), count(*) filter (where c.holder_kind = 'duty'), count(*) filter (where c.holder_kind = 'duty' and c.arrived_at < $8) from contact c join unit u on u.id = c.holder_unit where c.state = 'open' and u.lead_id = $1 group by 1",
        &params![worker.staff.bytes(), a, b, c, d, e, f, ago(desk.settings.untaken_target_hours)],
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
