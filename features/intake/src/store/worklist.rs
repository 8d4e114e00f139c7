//! What a worker's desk shows: own promises, contacts answered for, offers. One reading, one log entry.

use std::collections::BTreeSet;

use clients::ClientId;
use kernel::time::{Date, Timestamp, from_millis, millis};
use store::{Query, Row, Show, StoreError, params};

use crate::domain::urgency::Urgency;
use crate::domain::{Acting, ContactId, IntakeError};
use crate::store::facts::authorise;
use crate::store::queue::ANSWERED;
use crate::store::tasks::{self, Kept, Task};
use crate::store::toward::Opens;
use crate::store::view::{OfferToMe, offers_to};
use crate::store::{By, Desk, Worker, log_with_clients, toward, unreadable};

/// Conditions that the queries of the desk apply to each row: only what is the worker's own or open to
/// the worker now.
const OWN_ROWS: &[&str] = &["own_entry", "taken_over_in_own_name", "offer_open"];

/// Contacts on the desk at most; the queue's tab "mine" has them all.
pub const MOST_HELD: i64 = 50;

/// A contact that the worker answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: ContactId,
    pub number: String,
    pub title: String,
    pub person: Option<String>,
    pub urgency: Urgency,
    pub arrived_at: Timestamp,
    /// The day by which an answer was promised.
    pub answer_due: Date,
    /// Somebody has answered or reached the person.
    pub answered: bool,
    /// The sender wrote after the last answer.
    pub written_at: Option<Timestamp>,
    /// An offer by this worker that came back and has not been made again.
    pub returned: Option<Returned>,
    /// A hand-over offer waits for its answer.
    pub offered: bool,
}

/// An offer that nobody accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// False when it ran out unanswered.
    pub refused: bool,
    pub at: Timestamp,
    pub alternative: Option<String>,
}

/// Everything on the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worklist {
    pub tasks: Vec<Task>,
    pub held: Vec<Held>,
    pub offers: Vec<OfferToMe>,
    /// Contacts that nobody has taken in the units where the worker is on duty now.
    pub untaken: i64,
    pub oldest_untaken: Option<Timestamp>,
    /// What was done, when it is asked for.
    pub kept: Vec<Kept>,
}

/// Reads the worker's desk and logs whose data it showed. Five statements, whatever the number of rows.
///
/// # Errors
/// [`IntakeError::NotFound`] for a worker without any right to own tasks.
pub fn read(tx: &mut impl Show, desk: &Desk, worker: &Worker) -> Result<Worklist, IntakeError> {
    read_with(tx, desk, worker, &BTreeSet::new(), None)
}

/// The same desk with rows of other rooms on it: `clients` are those whom they show, and the one log entry names them.
/// With `since`, what was done after it is there too.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
    clients: &BTreeSet<ClientId>,
    since: Option<Timestamp>,
) -> Result<Worklist, IntakeError> {
    let (mut list, acting) = list(tx, desk, worker)?;
    if let Some(since) = since {
        list.kept = tasks::list_kept(tx, worker.staff, since)?;
        let contacts = list.kept.iter().map(|kept| kept.contact);
        let closed = toward::closed(tx, worker, contacts, desk.now())?;
        list.kept.retain(|kept| !closed.contains(&kept.contact));
    }
    let shown: BTreeSet<ContactId> = list
        .tasks
        .iter()
        .map(|task| task.contact)
        .chain(list.held.iter().map(|held| held.id))
        .chain(list.offers.iter().map(|offer| offer.contact))
        .chain(list.kept.iter().map(|kept| kept.contact))
        .collect();
    let shown: Vec<ContactId> = shown.into_iter().collect();
    let by = By::Worker(acting);
    log_with_clients(tx, &by, desk.now(), "desk.read", &shown, clients)?;
    Ok(list)
}

/// The same list for counting it: the caller shows numbers alone, so nothing is logged. Four statements.
///
/// # Errors
/// As [`read`].
pub fn count(tx: &mut impl Query, desk: &Desk, worker: &Worker) -> Result<Worklist, IntakeError> {
    Ok(list(tx, desk, worker)?.0)
}

fn list(
    tx: &mut impl Query,
    desk: &Desk,
    worker: &Worker,
) -> Result<(Worklist, Acting), IntakeError> {
    let now = desk.now();
    let acting = authorise(worker, "task", "read", &["own_task"], &[], now)?;
    let may =
        |class, relation| authorise(worker, class, "read", &[relation], OWN_ROWS, now).is_ok();
    let mut tasks = tasks::list_own(tx, worker.staff, now)?;
    let mut held = if may("contact", "contact_holder") {
        held(tx, worker, Opens::of(worker, now).held())?
    } else {
        Vec::new()
    };
    let mut offers = if may("offer", "offer_receiver") {
        offers_to(tx, worker.staff, worker.unit)?
    } else {
        Vec::new()
    };
    let all = tasks.iter().map(|task| task.contact);
    let all = all.chain(held.iter().map(|held| held.id));
    let all = all.chain(offers.iter().map(|offer| offer.contact));
    let closed = toward::closed(tx, worker, all, now)?;
    tasks.retain(|task| !closed.contains(&task.contact));
    held.retain(|held| !closed.contains(&held.id));
    offers.retain(|offer| !closed.contains(&offer.contact));
    let row = tx.query_one(
        "select count(*), min(c.arrived_at) from contact c join unit u on u.id = c.holder_unit where c.state = 'open' and c.holder_kind = 'duty' and coalesce((select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $2 and d.ends_at > $2 order by d.begins_at desc, d.id limit 1), u.lead_id) = $1",
        &params![worker.staff.bytes(), millis(now)],
    )?;
    let list = Worklist {
        tasks,
        held,
        offers,
        untaken: row.get(0)?,
        oldest_untaken: row.get::<Option<i64>>(1)?.map(from_millis),
        kept: Vec::new(),
    };
    Ok((list, acting))
}

/// Those that the worker answers for and whose page `opens`.
fn held(query: &mut impl Query, worker: &Worker, opens: &str) -> Result<Vec<Held>, StoreError> {
    query
        .query(
            &format!(
                "select c.id, c.number, c.title, c.person_name, c.urgency, c.arrived_at, c.answer_due, case when {ANSWERED} then 1 else 0 end, (select max(m.at) from contact_message m where m.contact_id = c.id and m.staff_id is null and m.at > coalesce((select max(r.at) from contact_message r where r.contact_id = c.id and r.staff_id is not null), 0)), o.state, o.answered_at, o.alternative, case when exists (select 1 from offer waiting where waiting.contact_id = c.id and waiting.state = 'open') then 1 else 0 end from contact c left join offer o on o.contact_id = c.id and o.from_staff = c.holder_staff and o.state in ('refused', 'unanswered') and o.answered_at >= c.holder_since and not exists (select 1 from offer later where later.contact_id = o.contact_id and later.made_at > o.made_at) where c.state = 'open' and c.holder_staff = $1 and {opens} order by 8, case c.urgency when 'now' then 0 when 'today' then 1 else 2 end, c.answer_due, c.arrived_at, c.id limit $2"
            ),
            &params![worker.staff.bytes(), MOST_HELD],
        )?
        .iter()
        .map(from_row)
        .collect()
}

fn from_row(row: &Row) -> Result<Held, StoreError> {
    let returned = match (row.get::<Option<String>>(9)?, row.get::<Option<i64>>(10)?) {
        (Some(state), Some(at)) => Some(Returned {
            refused: state == "refused",
            at: from_millis(at),
            alternative: row.get(11)?,
        }),
        _ => None,
    };
    Ok(Held {
        id: ContactId::from_bytes(row.get(0)?),
        number: row.get(1)?,
        title: row.get(2)?,
        person: row.get(3)?,
        urgency: Urgency::from_code(&row.get::<String>(4)?).ok_or_else(unreadable)?,
        arrived_at: from_millis(row.get(5)?),
        answer_due: row.get::<String>(6)?.parse().map_err(|_| unreadable())?,
        answered: row.get(7)?,
        written_at: row.get::<Option<i64>>(8)?.map(from_millis),
        returned,
        offered: row.get(12)?,
    })
}
