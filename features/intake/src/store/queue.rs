//! The queue: one list for every door, in one statement whatever its length (invariant I10).

use identity::people::{StaffId, UnitId};
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, Row, Show, StoreError, Value, params};

use crate::domain::urgency::Urgency;
use crate::domain::{ContactId, Door, IntakeError, TalkLanguage, Theme};
use crate::store::facts::{LISTED, authorise};
use crate::store::toward::Opens;
use crate::store::{By, Desk, Worker, log_reading, state_title, toward, unreadable};
use kernel::coded;

/// SQL that holds when the holder of contact `c` is away and the worker `$1` is the named substitute on the day `$6`.
macro_rules! substituted {
    () => {
        "exists (select 1 from substitution ss join absence sa on sa.staff_id = ss.absent_id where ss.absent_id = c.holder_staff and ss.substitute_id = $1 and ss.begins_on <= $6 and ss.ends_on >= $6 and sa.begins_on <= $6 and sa.ends_on >= $6)"
    };
}

/// Rows of one page of the queue.
pub const PAGE_SIZE: i64 = 50;

coded! {
    /// The tabs over the queue.
    Tab {
        All = "all",
        /// Held by the duty holder, not yet taken by name.
        Untaken = "untaken",
        Mine = "mine",
        /// An offer waits for an answer.
        Offered = "offered",
        /// Reopened, or an offer refused or not answered.
        Returned = "returned",
        /// Ended in the days in which it can be reopened, last answered for by the worker or in a unit
        /// that the worker leads.
        Ended = "ended",
    }
}

/// What the worker has narrowed the queue to. Kept in the session, never in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Filters {
    pub urgency: Option<String>,
    pub door: Option<String>,
    pub language: Option<String>,
    pub municipality: Option<String>,
    /// Staff id as text.
    pub holder: Option<String>,
    /// Only contacts that arrived at least this many hours ago.
    pub older_than_hours: Option<i64>,
}

impl Filters {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A row of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    pub id: ContactId,
    pub number: String,
    pub arrived_at: Timestamp,
    pub urgency: Urgency,
    pub title: String,
    /// None for somebody anonymous, and for a reader who may see the title, state and unit only.
    pub person: Option<String>,
    pub anonymous: bool,
    pub theme: Option<Theme>,
    pub door: Door,
    pub language: TalkLanguage,
    /// The name of another language.
    pub other_language: Option<String>,
    pub municipality: Option<String>,
    /// None while the duty holder answers.
    pub holder: Option<(StaffId, String)>,
    pub unit: UnitId,
    /// The day by which the first answer is promised.
    pub answer_due: Date,
    /// The person has been answered: reached, written to, or met by the worker who wrote it down.
    pub answered: bool,
    pub raised: bool,
    pub offer_open: bool,
    pub returned: bool,
    /// False when the reader may see the title, state and unit only (a lead; 457/2024 17 §).
    pub content: bool,
    /// True when the row's page opens for the reader.
    pub openable: bool,
}

/// How many contacts stand behind each tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub all: i64,
    pub untaken: i64,
    pub mine: i64,
    pub offered: i64,
    pub returned: i64,
    pub ended: i64,
    pub oldest: Option<Timestamp>,
}

/// The duty holder of a unit now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyNow {
    pub unit: UnitId,
    pub staff: StaffId,
    pub name: String,
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    pub rows: Vec<QueueRow>,
    pub counts: Counts,
    /// Who is on duty in each unit now.
    pub duties: Vec<DutyNow>,
    /// Rows that match the tab and the filters.
    pub matching: i64,
    pub offset: i64,
}

const RETURNED: &str = "(exists (select 1 from holding h where h.contact_id = c.id and h.ended_at is null and h.how = 'reopened') or exists (select 1 from offer r where r.contact_id = c.id and r.state in ('refused', 'unanswered') and r.answered_at >= c.holder_since and not exists (select 1 from offer later where later.contact_id = r.contact_id and later.made_at > r.made_at)))";
pub(crate) const ANSWERED: &str = "((c.written_by is not null and c.kind = 'contact') or exists (select 1 from contact_message m where m.contact_id = c.id and m.staff_id is not null) or exists (select 1 from attempt a where a.contact_id = c.id and a.reached = 1))";
const OFFERED: &str =
    "exists (select 1 from offer o where o.contact_id = c.id and o.state = 'open')";

/// Which contacts the worker may list: the same rule as the rights table's `list` rows, inside the
/// query. `$1` is the worker, `$2` the worker's unit, `$3` 1 for the whole county, `$4` 1 for the
/// own unit's queue, `$6` today.
const SCOPE: &str = concat!(
    "c.state = 'open' and ($3 = 1 or c.holder_staff = $1 or ($4 = 1 and c.holder_unit = $2) or ",
    led!("c.holder_unit", "$6"),
    " or exists (select 1 from offer mo where mo.contact_id = c.id and mo.state = 'open' and (mo.to_staff = $1 or (mo.to_staff is null and mo.to_unit = $2))) or ",
    substituted!(),
    ")"
);

/// Every parameter of the scope, for statements that would not name one otherwise: PostgreSQL wants to
/// know the type of each.
const ALL_USED: &str = "($1 = u.id or $1 <> u.id) and ($2 = u.id or $2 <> u.id) and $3 >= 0 and $4 >= 0 and ($5 >= c.arrived_at or $5 < c.arrived_at) and $6 <> ''";

/// Ended contacts that the worker may open again. `$5` is the first moment of their days.
const ENDED: &str = concat!(
    "c.state = 'ended' and c.ended_at >= $5 and (c.holder_staff = $1 or ",
    led!("c.holder_unit", "$6"),
    ")"
);

/// Whether the worker leads the unit that holds the contact.
const LED: &str = led!("c.holder_unit", "$6");

fn scope_condition(tab: Tab) -> &'static str {
    if tab == Tab::Ended { ENDED } else { SCOPE }
}

fn tab_condition(tab: Tab) -> &'static str {
    match tab {
        Tab::All | Tab::Ended => "1 = 1",
        Tab::Untaken => "c.holder_kind = 'duty'",
        Tab::Mine => "c.holder_staff = $1",
        Tab::Offered => OFFERED,
        Tab::Returned => RETURNED,
    }
}

/// Reads a page of the queue and logs whose data it showed.
///
/// # Errors
/// [`IntakeError::NotFound`] when the worker may list no contacts.
pub fn page(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
    tab: Tab,
    filters: &Filters,
    offset: i64,
) -> Result<QueuePage, IntakeError> {
    let now = desk.now();
    let acting = authorise(worker, "contact", "list", &["unit_lead"], LISTED, now)?;
    let first_day = now - SignedDuration::from_hours(24 * desk.settings.reopen_days);
    let scope = scope(worker, first_day, now);
    let counts = counts(tx, &scope)?;
    let (conditions, values) = narrow(&scope, filters, now);
    let condition = format!(
        "{} and {} {conditions}",
        scope_condition(tab),
        tab_condition(tab)
    );
    let matching = tx
        .query_one(&format!("select count(*) from contact c join unit u on u.id = c.holder_unit where {condition} and {ALL_USED}"), &values)?
        .get(0)?;
    let order = if tab == Tab::Ended {
        "c.ended_at desc"
    } else {
        "c.urgency_rank, c.arrived_at"
    };
    let last = values.len();
    let mut values = values;
    values.extend(params![PAGE_SIZE, offset]);
    let mut rows = tx
        .query(
            &format!(
                "{} where {condition} and {ALL_USED} order by {order}, c.id limit ${} offset ${}",
                columns(worker, now),
                last + 1,
                last + 2
            ),
            &values,
        )?
        .iter()
        .map(from_row)
        .collect::<Result<Vec<_>, _>>()?;
    close_barred(tx, worker, &mut rows, now)?;
    let duties = duties(tx, now)?;
    let shown: Vec<ContactId> = rows.iter().map(|row| row.id).collect();
    log_reading(
        tx,
        &By::Worker(acting),
        now,
        "contact.list",
        &shown,
        tab.code(),
    )?;
    Ok(QueuePage {
        rows,
        counts,
        duties,
        matching,
        offset,
    })
}

/// Rows of clients who are closed to the worker tell their state alone, and lead nowhere.
fn close_barred(
    query: &mut impl Query,
    worker: &Worker,
    rows: &mut [QueueRow],
    now: Timestamp,
) -> Result<(), StoreError> {
    let closed = toward::closed(query, worker, rows.iter().map(|row| row.id), now)?;
    for row in rows.iter_mut().filter(|row| closed.contains(&row.id)) {
        row.person = None;
        row.title = state_title(std::mem::take(&mut row.title), row.number.clone());
        row.content = false;
        row.openable = false;
    }
    Ok(())
}

/// The columns of [`from_row`].
fn columns(worker: &Worker, now: Timestamp) -> String {
    let opens = Opens::of(worker, now);
    let whole = opens.whole(substituted!());
    let led = if opens.led() { LED } else { "1 = 0" };
    format!(
        "select c.id, c.number, c.arrived_at, c.urgency, c.title, case when {whole} then c.person_name end, c.theme, c.door, c.language, c.municipality, c.holder_staff, s.name, c.holder_unit, c.answer_due, c.raised_at, case when {OFFERED} then 1 else 0 end, case when {RETURNED} then 1 else 0 end, case when {ANSWERED} then 1 else 0 end, c.anonymous, c.other_language, case when {whole} then 1 else 0 end, case when {whole} or {led} then 1 else 0 end from contact c join unit u on u.id = c.holder_unit left join staff s on s.id = c.holder_staff"
    )
}

/// The open contacts that the worker may list, the newest first, for programs: at most `limit` of those that came
/// before the contact `after`. Logs whose data it showed.
///
/// # Errors
/// [`IntakeError::NotFound`] when the worker may list no contacts.
pub fn newest(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
    after: Option<ContactId>,
    limit: i64,
) -> Result<Vec<QueueRow>, IntakeError> {
    let now = desk.now();
    let acting = authorise(worker, "contact", "list", &["unit_lead"], LISTED, now)?;
    let mut values = scope(worker, now, now);
    values.extend(params![after.map(|id| id.bytes()), limit]);
    // A place that has gone since gives an empty page and not the first one again.
    let sql = format!(
        "{} where {SCOPE} and {ALL_USED} and ((c.arrived_at, c.id) < (select p.arrived_at, p.id from contact p where p.id = $7) or $7 is null) order by c.arrived_at desc, c.id desc limit $8",
        columns(worker, now)
    );
    let mut rows = tx
        .query(&sql, &values)?
        .iter()
        .map(from_row)
        .collect::<Result<Vec<_>, _>>()?;
    close_barred(tx, worker, &mut rows, now)?;
    let shown: Vec<ContactId> = rows.iter().map(|row| row.id).collect();
    log_reading(
        tx,
        &By::Worker(acting),
        now,
        "contact.list",
        &shown,
        "newest",
    )?;
    Ok(rows)
}

/// The first six parameters of every statement of the queue.
fn scope(worker: &Worker, first_day: Timestamp, now: Timestamp) -> Vec<Value> {
    let tasks = &worker.subject.tasks;
    let county = tasks.contains("front_door");
    let own_unit = ["broad_responsibility", "arranging", "carrying_out"]
        .iter()
        .any(|task| tasks.contains(*task));
    params![
        worker.staff.bytes(),
        worker.unit.bytes(),
        i64::from(county),
        i64::from(own_unit),
        millis(first_day),
        day(now).to_string()
    ]
}

/// Who is on duty in each unit at a moment.
///
/// # Errors
/// When the engine fails.
pub fn duties(query: &mut impl Query, now: Timestamp) -> Result<Vec<DutyNow>, StoreError> {
    query
        .query(
            "select u.id, s.id, s.name from unit u join staff s on s.id = coalesce((select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $1 and d.ends_at > $1 order by d.begins_at desc, d.id limit 1), u.lead_id)",
            &params![millis(now)],
        )?
        .iter()
        .map(|row| {
            Ok(DutyNow {
                unit: UnitId::from_bytes(row.get(0)?),
                staff: StaffId::from_bytes(row.get(1)?),
                name: row.get(2)?,
            })
        })
        .collect()
}

/// The people who answer for an open contact by name, for narrowing the queue: id and name.
///
/// # Errors
/// When the engine fails.
pub fn holders(query: &mut impl Query) -> Result<Vec<(String, String)>, StoreError> {
    query
        .query(
            "select s.id, s.name from staff s where exists (select 1 from contact c where c.holder_staff = s.id and c.state = 'open') order by s.sort_key, s.id",
            &[],
        )?
        .iter()
        .map(|row| Ok((StaffId::from_bytes(row.get(0)?).to_string(), row.get(1)?)))
        .collect()
}

fn counts(tx: &mut impl Query, scope: &[Value]) -> Result<Counts, StoreError> {
    let row = tx.query_one(
        &format!(
            "select count(*), count(*) filter (where c.holder_kind = 'duty'), count(*) filter (where c.holder_staff = $1), count(*) filter (where {OFFERED}), count(*) filter (where {RETURNED}), min(c.arrived_at), (select count(*) from contact c join unit u on u.id = c.holder_unit where {ENDED}) from contact c join unit u on u.id = c.holder_unit where {SCOPE} and {ALL_USED}"
        ),
        scope,
    )?;
    Ok(Counts {
        all: row.get(0)?,
        untaken: row.get(1)?,
        mine: row.get(2)?,
        offered: row.get(3)?,
        returned: row.get(4)?,
        oldest: row.get::<Option<i64>>(5)?.map(from_millis),
        ended: row.get(6)?,
    })
}

/// How many open contacts the worker may list: the number of the queue's first tab.
///
/// # Errors
/// [`IntakeError::NotFound`] when the worker may list no contacts.
pub fn open_count(tx: &mut impl Query, desk: &Desk, worker: &Worker) -> Result<i64, IntakeError> {
    let now = desk.now();
    authorise(worker, "contact", "list", &["unit_lead"], LISTED, now)?;
    let row = tx.query_one(
        &format!("select count(*) from contact c join unit u on u.id = c.holder_unit where {SCOPE} and {ALL_USED}"),
        &scope(worker, now, now),
    )?;
    Ok(row.get(0)?)
}

/// The filters as conditions; an unknown code or id in a filter narrows to nothing.
fn narrow(scope: &[Value], filters: &Filters, now: Timestamp) -> (String, Vec<Value>) {
    let mut values = scope.to_vec();
    let mut conditions = String::new();
    let mut add = |condition: &str, value: Value| {
        values.push(value);
        conditions.push_str(&format!(" and {condition} ${}", values.len()));
    };
    if let Some(urgency) = &filters.urgency {
        add("c.urgency =", Value::from(urgency.as_str()));
    }
    if let Some(door) = &filters.door {
        add("c.door =", Value::from(door.as_str()));
    }
    if let Some(language) = &filters.language {
        add("c.language =", Value::from(language.as_str()));
    }
    if let Some(municipality) = &filters.municipality {
        add("c.municipality =", Value::from(municipality.as_str()));
    }
    if let Some(holder) = &filters.holder {
        let id = holder.parse::<StaffId>().map_or([0; 16], |id| id.bytes());
        add("c.holder_staff =", Value::from(id));
    }
    if let Some(hours) = filters
        .older_than_hours
        .filter(|hours| (1..=24 * 365).contains(hours))
    {
        add(
            "c.arrived_at <=",
            Value::from(millis(now - SignedDuration::from_hours(hours))),
        );
    }
    (conditions, values)
}

fn from_row(row: &Row) -> Result<QueueRow, StoreError> {
    Ok(QueueRow {
        id: ContactId::from_bytes(row.get(0)?),
        number: row.get(1)?,
        arrived_at: from_millis(row.get(2)?),
        urgency: Urgency::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
        title: if row.get(20)? {
            row.get(4)?
        } else {
            state_title(row.get(4)?, row.get(1)?)
        },
        person: row.get(5)?,
        theme: row
            .get::<Option<String>>(6)?
            .as_deref()
            .and_then(Theme::from_code),
        door: Door::from_code(&row.get::<String>(7)?).ok_or_else(unreadable)?,
        language: TalkLanguage::from_code(&row.get::<String>(8)?).ok_or_else(unreadable)?,
        municipality: row.get(9)?,
        holder: match (
            row.get::<Option<[u8; 16]>>(10)?,
            row.get::<Option<String>>(11)?,
        ) {
            (Some(id), Some(name)) => Some((StaffId::from_bytes(id), name)),
            _ => None,
        },
        unit: UnitId::from_bytes(row.get(12)?),
        answer_due: row.get::<String>(13)?.parse().map_err(|_| unreadable())?,
        raised: row.get::<Option<i64>>(14)?.is_some(),
        offer_open: row.get(15)?,
        returned: row.get(16)?,
        answered: row.get(17)?,
        anonymous: row.get(18)?,
        other_language: row.get(19)?,
        content: row.get(20)?,
        openable: row.get(21)?,
    })
}
