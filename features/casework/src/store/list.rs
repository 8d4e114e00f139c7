//! Matters as lists. The statement finds candidates; every row then passes the same decision as its page, so a list never
//! holds a row that its page refuses. The number of statements does not grow with the rows.

use std::collections::{BTreeSet, HashMap};

use clients::visibility;
use clients::{ClientId, Reader};
use kernel::coded;
use kernel::time::{Date, Timestamp, day, from_millis, millis};
use store::{Query, Row, Show, StoreError, Value, params, places};

use crate::domain::{MatterError, MatterId, NameCode, ServiceTask, Stage};
use crate::store::facts::{Facts, Seen};
use crate::store::own_worker::names_of;
use crate::store::{Acting, By, Casework, log, unreadable};

/// Rows on a page.
pub const PAGE: i64 = 50;

coded! {
    /// Parts of the list.
    Tab {
        /// Those that the reader works on.
        Mine = "mine",
        /// Those of the reader's unit that nobody has taken.
        Untaken = "untaken",
        /// Those offered to the reader or the reader's unit.
        Offered = "offered",
        /// Those of the unit, as far as the reader sees them.
        Unit = "unit",
    }
}

/// What narrows a list; kept in the session.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Filters {
    pub service_task: String,
    pub name: String,
    /// Empty for those that are open, otherwise a stage.
    pub stage: String,
    /// Only those over which a day in law has passed.
    pub late: bool,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    pub id: MatterId,
    pub number: String,
    pub name_code: NameCode,
    pub name_text: Option<String>,
    pub stage: Stage,
    pub service_task: ServiceTask,
    pub joint: bool,
    pub pending_at: Timestamp,
    /// Names of the clients whom the reader sees.
    pub clients: Vec<String>,
    pub holder: Option<String>,
    pub unit_names: [String; 3],
    pub offered: bool,
    /// The first day in law that runs: its code, the wording's day and the day itself.
    pub due: Option<NextDue>,
    pub take: bool,
}

/// The time limit that ends first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextDue {
    pub code: String,
    pub version: Date,
    pub on: Date,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    pub rows: Vec<ListRow>,
    /// There are more candidates after these.
    pub more: bool,
}

/// Reads a page of a list and logs whose matters it showed.
///
/// # Errors
/// [`MatterError::NotFound`] for a reader whose tasks have no matters at all.
pub fn page(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    tab: Tab,
    filters: &Filters,
    offset: i64,
) -> Result<ListPage, MatterError> {
    let now = casework.now();
    let acting = may_list(reader, now)?;
    let (sql, values) = candidates(reader, tab, filters, offset, now);
    let mut found: Vec<MatterId> = tx
        .query(&sql, &values)?
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<_, _>>()?;
    let more = i64::try_from(found.len()).unwrap_or(i64::MAX) > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(0));
    let mut seen: Vec<(Facts, Seen)> = Vec::new();
    for facts in Facts::load_many(tx, reader, &found, now)? {
        if let Ok((_, sides)) = facts.reading(reader) {
            seen.push((facts, sides));
        }
    }
    let rows = rows(tx, reader, &seen)?;
    let mut shown: Vec<ClientId> = seen
        .iter()
        .flat_map(|(_, sides)| sides.titles.clone())
        .collect();
    shown.sort_unstable();
    shown.dedup();
    log(
        tx,
        &By::Worker(acting),
        now,
        "matter.list",
        &shown,
        tab.code(),
        None,
    )?;
    Ok(ListPage { rows, more })
}

pub(crate) fn may_list(reader: &Reader, now: Timestamp) -> Result<Acting, MatterError> {
    use access::rights::{Question, RightsTable};
    let row = RightsTable::built_in()
        .decide(&Question {
            subject: &reader.subject,
            class: "matter",
            action: "list",
            service_task: "working_age",
            // Whoever leads a unit lists its matters; who leads none finds none.
            relations: &["unit_lead"],
            given: &[],
            bars: &[],
            on: day(now),
        })
        .row()
        .ok_or(MatterError::NotFound)?;
    Ok(Acting {
        staff: reader.staff,
        right: &row.id,
        purpose: &row.purpose,
    })
}

/// The statement that finds a page of candidates, one more than fits.
fn candidates(
    reader: &Reader,
    tab: Tab,
    filters: &Filters,
    offset: i64,
    now: Timestamp,
) -> (String, Vec<Value>) {
    let mut values = params![
        reader.staff.bytes(),
        reader.unit.bytes(),
        millis(now),
        day(now).to_string()
    ];
    let mut bind = |value: Value| {
        values.push(value);
        values.len()
    };
    let mine = mine(reader, now);
    let led = "m.holder_unit in (select l.unit_id from unit_leader l where l.staff_id = $1 and l.begins_on <= $4 and l.ends_on >= $4)";
    // Every parameter is in every statement, so that the engines can tell its type.
    let known = "coalesce(m.holder_staff, $1) is not null and coalesce(m.holder_unit, $2) is not null and coalesce(m.pending_at, $3) is not null and $4 <> ''";
    let part = match tab {
        Tab::Mine => format!("({mine})"),
        Tab::Untaken => "m.holder_kind = 'duty' and m.holder_unit = $2".to_owned(),
        Tab::Offered => "m.id in (select o.matter_id from matter_offer o where o.state = 'open' and o.from_staff <> $1 and (o.to_staff = $1 or (o.to_staff is null and o.to_unit = $2)))".to_owned(),
        Tab::Unit => format!("(m.holder_unit = $2 or {led}) and ({mine} or m.holder_kind = 'duty' or {led})"),
    };
    let stage = match Stage::from_code(&filters.stage) {
        Some(stage) if tab != Tab::Untaken && tab != Tab::Offered => {
            format!("m.state = ${}", bind(stage.code().into()))
        }
        _ => "m.state in ('initiated', 'open')".to_owned(),
    };
    let mut narrowing = String::new();
    if let Some(task) = ServiceTask::from_code(&filters.service_task) {
        narrowing.push_str(&format!(
            " and m.service_task = ${}",
            bind(task.code().into())
        ));
    }
    if let Some(name) = NameCode::from_code(&filters.name) {
        narrowing.push_str(&format!(" and m.name_code = ${}", bind(name.code().into())));
    }
    if filters.late {
        narrowing.push_str(" and exists (select 1 from matter_clock k where k.matter_id = m.id and k.ended_at is null and k.due_on < $4)");
    }
    let (limit, skip) = (bind((PAGE + 1).into()), bind(offset.into()));
    let sql = format!(
        "select m.id from matter m where {known} and {stage} and {part}{narrowing} order by coalesce((select min(k.due_on) from matter_clock k where k.matter_id = m.id and k.ended_at is null), '9999'), m.pending_at, m.id limit ${limit} offset ${skip}"
    );
    (sql, values)
}

/// Matters over whose clients the reader has a relation that lets read them, by service task. It is found from the reader's
/// relations, however many matters the county has.
fn mine(reader: &Reader, now: Timestamp) -> String {
    let mut parts = Vec::new();
    let mut any = BTreeSet::new();
    for task in ServiceTask::ALL {
        let kinds: BTreeSet<String> =
            visibility::kinds_of(&reader.subject, "matter", "read", task.code(), day(now))
                .into_iter()
                // Led and shared queues are lists of their own.
                .filter(|kind| {
                    !matches!(
                        *kind,
                        "unit_lead" | "unit_duty" | "unit_queue" | "offer_receiver"
                    )
                })
                .map(|kind| format!("'{kind}'"))
                .collect();
        if !kinds.is_empty() {
            parts.push(format!(
                "(x.service_task = '{}' and h.kind in ({}))",
                task.code(),
                listed(&kinds)
            ));
            any.extend(kinds);
        }
    }
    if parts.is_empty() {
        return "m.holder_staff = $1".to_owned();
    }
    format!(
        "m.id in (select x.id from held_relation h cross join matter_client mc cross join matter x where mc.client_id = h.client_id and mc.left_at is null and x.id = mc.matter_id and h.staff_id = $1 and h.began_at <= $3 and h.until_at > $3 and h.begins_on <= $4 and h.ends_on >= $4 and (h.object_id is null or (h.object_kind = 'matter' and h.object_id = x.id)) and h.kind in ({}) and ({}))",
        // Said once for all: the engines then leave out the relations of other kinds, such as all clients of a led unit.
        listed(&any),
        parts.join(" or ")
    )
}

fn listed(kinds: &BTreeSet<String>) -> String {
    kinds.iter().cloned().collect::<Vec<_>>().join(", ")
}

const COLUMNS: &str = "select m.id, m.number, m.name_code, m.name_text, m.state, m.service_task, m.joint, m.pending_at, s.name, u.name_fi, u.name_sv, u.name_en, (select k.code from matter_clock k where k.matter_id = m.id and k.ended_at is null and k.due_on is not null order by k.due_on, k.code limit 1), (select k.version from matter_clock k where k.matter_id = m.id and k.ended_at is null and k.due_on is not null order by k.due_on, k.code limit 1), (select min(k.due_on) from matter_clock k where k.matter_id = m.id and k.ended_at is null and k.due_on is not null) from matter m join unit u on u.id = m.holder_unit left join staff s on s.id = m.holder_staff";

fn rows(
    query: &mut impl Query,
    reader: &Reader,
    seen: &[(Facts, Seen)],
) -> Result<Vec<ListRow>, StoreError> {
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let list = places(seen.len(), 0);
    let values: Vec<Value> = seen
        .iter()
        .map(|(facts, _)| facts.id.bytes().into())
        .collect();
    let found = query.query(&format!("{COLUMNS} where m.id in ({list})"), &values)?;
    let names = names(query, seen)?;
    let by_id: HashMap<[u8; 16], &Row> = found
        .iter()
        .map(|row| Ok((row.get::<[u8; 16]>(0)?, row)))
        .collect::<Result<_, StoreError>>()?;
    seen.iter()
        .filter_map(|(facts, sides)| Some((facts, sides, *by_id.get(&facts.id.bytes())?)))
        .map(|(facts, sides, row)| from_row(reader, facts, sides, row, &names))
        .collect()
}

fn names(
    query: &mut impl Query,
    seen: &[(Facts, Seen)],
) -> Result<HashMap<ClientId, String>, StoreError> {
    let mut clients: Vec<ClientId> = seen
        .iter()
        .flat_map(|(_, sides)| sides.titles.clone())
        .collect();
    clients.sort_unstable();
    clients.dedup();
    names_of(query, &clients)
}

fn from_row(
    reader: &Reader,
    facts: &Facts,
    sides: &Seen,
    row: &Row,
    names: &HashMap<ClientId, String>,
) -> Result<ListRow, StoreError> {
    let due = match (
        row.get::<Option<String>>(12)?,
        row.get::<Option<String>>(13)?,
        row.get::<Option<String>>(14)?,
    ) {
        (Some(code), Some(version), Some(on)) => Some(NextDue {
            code,
            version: version.parse().map_err(|_| unreadable())?,
            on: on.parse().map_err(|_| unreadable())?,
        }),
        _ => None,
    };
    Ok(ListRow {
        id: facts.id,
        number: row.get(1)?,
        name_code: NameCode::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
        name_text: row.get(3)?,
        stage: Stage::from_code(&row.get::<String>(4)?).ok_or_else(unreadable)?,
        service_task: facts.service_task,
        joint: row.get(6)?,
        pending_at: from_millis(row.get(7)?),
        clients: sides
            .titles
            .iter()
            .filter_map(|client| names.get(client).cloned())
            .collect(),
        holder: row.get(8)?,
        unit_names: [row.get(9)?, row.get(10)?, row.get(11)?],
        offered: facts.offer.is_some_and(|offer| offer.is_for(reader)),
        due,
        take: facts.holder().staff().is_none()
            && facts.life.holder().is_some()
            && facts.authorise(reader, "matter", "take").is_ok(),
    })
}

/// The matters of one client that the reader sees, open ones first: for the client's page.
///
/// # Errors
/// When the engine fails.
pub fn of_client(
    query: &mut impl Query,
    reader: &Reader,
    client: ClientId,
    now: Timestamp,
) -> Result<Vec<ListRow>, StoreError> {
    let found: Vec<MatterId> = query
        .query(
            "select m.id from matter m join matter_client mc on mc.matter_id = m.id where mc.client_id = $1 and mc.left_at is null order by case when m.ended_at is null then 0 else 1 end, m.pending_at desc, m.id limit 50",
            &params![client.bytes()],
        )?
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<_, _>>()?;
    let mut seen = Vec::new();
    for facts in Facts::load_many(query, reader, &found, now)? {
        if let Ok((_, sides)) = facts.reading(reader)
            && sides.titles.contains(&client)
        {
            seen.push((facts, sides));
        }
    }
    rows(query, reader, &seen)
}
