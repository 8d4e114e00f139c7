//! All SQL of this room: requests for one's own log, and names of those who acted.

use std::collections::{BTreeMap, BTreeSet};

use access::log::{Actor, LogEntry};
use access::rights::{Question, RightsTable, Row};
use clients::{ClientId, Reader};
use identity::people::{StaffId, UnitId};
use kernel::time::{Date, Timestamp, day, from_millis, millis};
use law::deadlines::Limit;
use law::{Calendar, DeadlineTable};
use store::{Query, Recorded, StoreError, WriteTx, params};

kernel::id_type!(/** A client's request for her own log. */ RequestId);

/// How far back a client's log is given without a special reason, in years (703/2023 11 § 2).
pub const YEARS_GIVEN: i16 = 2;
/// The deadline's id in the table of law.
const DEADLINE: &str = "LOG_REQUEST";

/// Why something is refused here.
#[derive(Debug, thiserror::Error)]
pub enum OversightError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Client(#[from] clients::ClientError),
    #[error(transparent)]
    Matter(#[from] casework::domain::MatterError),
    /// No right, or no such thing.
    #[error("not found")]
    NotFound,
    /// A required text is missing; the field's name.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// The request has been closed already.
    #[error("closed")]
    Closed,
    /// The day of the request lies in the future.
    #[error("the day has not come")]
    Day,
    /// The law's table has no such deadline in force.
    #[error("no deadline for log requests")]
    Deadline,
}

impl From<OversightError> for web::Failure {
    /// For handlers where a refusal has no field to stand at.
    fn from(error: OversightError) -> Self {
        match error {
            OversightError::Store(error) => error.into(),
            OversightError::Client(error) => error.into(),
            OversightError::Matter(error) => error.into(),
            OversightError::NotFound => Self::NotFound,
            OversightError::Deadline => Self::internal(error),
            OversightError::Missing(_) | OversightError::Closed | OversightError::Day => {
                Self::BadRequest
            }
        }
    }
}

/// A right that is not about one client: the row that allows it.
///
/// # Errors
/// [`OversightError::NotFound`] when no row does.
pub fn right(
    reader: &Reader,
    class: &str,
    action: &str,
    relations: &[&str],
    given: &[&str],
    on: Date,
) -> Result<&'static Row, OversightError> {
    RightsTable::built_in()
        .decide(&Question {
            subject: &reader.subject,
            class,
            action,
            service_task: "na",
            relations,
            given,
            bars: &[],
            on,
        })
        .row()
        .ok_or(OversightError::NotFound)
}

/// The log entry of looking at a log, or of a step in a request.
pub fn entry(
    reader: &Reader,
    row: &'static Row,
    at: Timestamp,
    event: &'static str,
    subjects: Vec<[u8; 16]>,
    detail: String,
) -> LogEntry {
    LogEntry {
        at,
        actor: Actor::Staff(reader.staff.bytes()),
        event,
        right: row.id.as_str().into(),
        purpose: &row.purpose,
        subjects,
        detail,
        digest: None,
    }
}

/// A member of staff, past or present, as the log names her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: StaffId,
    pub name: String,
    /// Title code.
    pub title: String,
    pub unit: UnitId,
    pub unit_names: [String; 3],
    pub left: bool,
}

const PEOPLE: &str = "select s.id, s.name, s.title, s.unit_id, u.name_fi, u.name_sv, u.name_en, s.ended_on from staff s join unit u on u.id = s.unit_id";

fn person(row: &store::Row, today: Date) -> Result<Person, StoreError> {
    let ended: Option<String> = row.get(7)?;
    Ok(Person {
        id: StaffId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        title: row.get(2)?,
        unit: UnitId::from_bytes(row.get(3)?),
        unit_names: [row.get(4)?, row.get(5)?, row.get(6)?],
        left: ended.is_some_and(|last| last < today.to_string()),
    })
}

/// One member of staff.
///
/// # Errors
/// When the engine fails.
pub fn find_person(
    query: &mut impl Query,
    id: StaffId,
    today: Date,
) -> Result<Option<Person>, StoreError> {
    query
        .query_optional(&format!("{PEOPLE} where s.id = $1"), &params![id.bytes()])?
        .map(|row| person(&row, today))
        .transpose()
}

/// Everybody who has worked here, by name; of one unit when it is told.
///
/// # Errors
/// When the engine fails.
pub fn list_people(
    query: &mut impl Query,
    unit: Option<UnitId>,
    today: Date,
) -> Result<Vec<Person>, StoreError> {
    let rows = match unit {
        Some(unit) => query.query(
            &format!("{PEOPLE} where s.unit_id = $1 order by s.sort_key, s.id"),
            &params![unit.bytes()],
        )?,
        None => query.query(&format!("{PEOPLE} order by s.sort_key, s.id"), &[])?,
    };
    rows.iter().map(|row| person(row, today)).collect()
}

/// The units that the worker leads on the day, as lead or as deputy.
///
/// # Errors
/// When the engine fails.
pub fn led_units(
    query: &mut impl Query,
    staff: StaffId,
    on: Date,
) -> Result<Vec<UnitId>, StoreError> {
    query
        .query(
            "select distinct unit_id from unit_leader where staff_id = $1 and begins_on <= $2 and ends_on >= $2",
            &params![staff.bytes(), on.to_string()],
        )?
        .iter()
        .map(|row| Ok(UnitId::from_bytes(row.get(0)?)))
        .collect()
}

/// Names of those who acted in these entries.
///
/// # Errors
/// When the engine fails.
pub fn names(
    query: &mut impl Query,
    entries: &[Recorded],
) -> Result<BTreeMap<[u8; 16], (String, String)>, StoreError> {
    let mut ids: Vec<[u8; 16]> = entries
        .iter()
        .filter_map(|entry| match entry.header.actor {
            Actor::Staff(id) => Some(id),
            Actor::Sender | Actor::System | Actor::Token(_) => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = BTreeMap::new();
    // A log page shows few workers; many ids are asked in pieces, so that the text of the statement stays short.
    for part in ids.chunks(200) {
        let places: Vec<String> = (1..=part.len()).map(|place| format!("${place}")).collect();
        let values: Vec<store::Value> = part.iter().map(|id| (*id).into()).collect();
        let sql = format!(
            "select id, name, title from staff where id in ({})",
            places.join(", ")
        );
        for row in query.query(&sql, &values)? {
            names.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
    }
    Ok(names)
}

/// Of these clients those who are named to the data protection officer: a request for the log is open, or an incident
/// that the officer has not marked as dealt with (rights of the domain, 6.2).
///
/// # Errors
/// When the engine fails.
pub fn open_cases(
    query: &mut impl Query,
    clients: &[[u8; 16]],
) -> Result<BTreeSet<[u8; 16]>, StoreError> {
    let places: Vec<String> = (1..=clients.len()).map(|one| format!("${one}")).collect();
    let places = places.join(", ");
    if places.is_empty() {
        return Ok(BTreeSet::new());
    }
    let values: Vec<store::Value> = clients.iter().map(|id| (*id).into()).collect();
    let sql = format!(
        "select client_id from log_request where state = 'open' and client_id in ({places}) union select client_id from client_notice where kind = 'incident' and seen_at is null and client_id in ({places})"
    );
    query
        .query(&sql, &values)?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// A client's request for her log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub id: RequestId,
    pub client: ClientId,
    pub client_name: String,
    pub asked_on: Date,
    pub due_on: Date,
    pub received_by: String,
    pub older_reason: Option<String>,
    pub state: String,
    pub closed_at: Option<Timestamp>,
    pub refusal_ground: Option<String>,
    pub refusal_text: Option<String>,
}

impl Request {
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }
}

/// Grounds on which a log may be refused (703/2023 11 § 1-2).
pub const REFUSAL_GROUNDS: [&str; 4] = ["health", "others", "crime_or_security", "older"];

const REQUESTS: &str = "select r.id, r.client_id, c.display_name, r.asked_on, r.due_on, s.name, r.older_reason, r.state, r.closed_at, r.refusal_ground, r.refusal_text from log_request r join client c on c.id = r.client_id join staff s on s.id = r.received_by";

fn request(row: &store::Row) -> Result<Request, StoreError> {
    let date = |text: String| {
        text.parse()
            .map_err(|_| StoreError::Decode("a day of a log request".to_owned()))
    };
    Ok(Request {
        id: RequestId::from_bytes(row.get(0)?),
        client: ClientId::from_bytes(row.get(1)?),
        client_name: row.get(2)?,
        asked_on: date(row.get(3)?)?,
        due_on: date(row.get(4)?)?,
        received_by: row.get(5)?,
        older_reason: row.get(6)?,
        state: row.get(7)?,
        closed_at: row.get::<Option<i64>>(8)?.map(from_millis),
        refusal_ground: row.get(9)?,
        refusal_text: row.get(10)?,
    })
}

/// Requests, the first to run out first, then those closed lately.
///
/// # Errors
/// When the engine fails.
pub fn list_requests(query: &mut impl Query) -> Result<Vec<Request>, StoreError> {
    query
        .query(
            &format!("{REQUESTS} order by case when r.state = 'open' then 0 else 1 end, case when r.state = 'open' then r.due_on else '' end, r.closed_at desc, r.id limit 200"),
            &[],
        )?
        .iter()
        .map(request)
        .collect()
}

/// One request.
///
/// # Errors
/// [`OversightError::NotFound`] when there is none.
pub fn find_request(query: &mut impl Query, id: RequestId) -> Result<Request, OversightError> {
    let row = query
        .query_optional(&format!("{REQUESTS} where r.id = $1"), &params![id.bytes()])?
        .ok_or(OversightError::NotFound)?;
    Ok(request(&row)?)
}

/// A request to be written down.
#[derive(Debug, Clone)]
pub struct NewRequest {
    pub id: RequestId,
    pub client: ClientId,
    pub asked_on: Date,
    pub older_reason: Option<String>,
}

/// Writes a request down and opens the client's log to whoever handles it, until it is closed.
///
/// # Errors
/// [`OversightError::NotFound`] without the right, [`OversightError::Day`] for a day to come.
pub fn receive(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    new: &NewRequest,
    calendar: &Calendar,
    now: Timestamp,
) -> Result<(), OversightError> {
    let today = day(now);
    let row = right(reader, "log_request", "create", &[], &[], today)?;
    if new.asked_on > today {
        return Err(OversightError::Day);
    }
    let Ok(Limit::Counted(rule)) = DeadlineTable::of_law()
        .lookup(DEADLINE, new.asked_on)
        .map(|deadline| &deadline.limit)
    else {
        return Err(OversightError::Deadline);
    };
    let due = law::due(rule, new.asked_on, calendar).map_err(|_| OversightError::Deadline)?;
    tx.execute(
        "insert into log_request (id, client_id, asked_on, due_on, received_at, received_by, older_reason, state) values ($1, $2, $3, $4, $5, $6, $7, 'open')",
        &params![
            new.id.bytes(),
            new.client.bytes(),
            new.asked_on.to_string(),
            due.date.to_string(),
            millis(now),
            reader.staff.bytes(),
            new.older_reason.clone()
        ],
    )?;
    let relation = clients::relations::NewRelation {
        client: new.client,
        staff: reader.staff,
        kind: "log_request",
        object: None,
        from: now,
        to: None,
        made_by: "log_request",
    };
    clients::relations::begin(tx, &relation, clients::relations::Tails::default(), now)?;
    let detail = format!("due {}", due.date);
    tx.log(entry(
        reader,
        row,
        now,
        "log_request.receive",
        vec![new.client.bytes()],
        detail,
    ))?;
    Ok(())
}

/// How a request ends.
#[derive(Debug, Clone)]
pub enum Closing {
    /// The log was given.
    Answered,
    /// A written decision, which the client may take to the Data Protection Ombudsman.
    Refused { ground: String, text: String },
}

/// Closes a request; the client's log closes with it.
///
/// # Errors
/// [`OversightError::Closed`] when it is closed, [`OversightError::Missing`] without a ground.
pub fn close(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    id: RequestId,
    closing: &Closing,
    now: Timestamp,
) -> Result<(), OversightError> {
    let row = right(reader, "log_request", "finish", &[], &[], day(now))?;
    let request = find_request(tx, id)?;
    let (state, ground, text) = match closing {
        Closing::Answered => ("answered", None, None),
        Closing::Refused { ground, text } => {
            if !REFUSAL_GROUNDS.contains(&ground.as_str()) {
                return Err(OversightError::Missing("ground"));
            }
            if text.trim().is_empty() {
                return Err(OversightError::Missing("text"));
            }
            ("refused", Some(ground.clone()), Some(text.clone()))
        }
    };
    let changed = tx.execute(
        "update log_request set state = $2, closed_at = $3, closed_by = $4, refusal_ground = $5, refusal_text = $6 where id = $1 and state = 'open'",
        &params![id.bytes(), state, millis(now), reader.staff.bytes(), ground, text.clone()],
    )?;
    if changed == 0 {
        return Err(OversightError::Closed);
    }
    let still_open = tx.query_one(
        "select count(*) from log_request where client_id = $1 and state = 'open'",
        &params![request.client.bytes()],
    )?;
    if still_open.get::<i64>(0)? == 0 {
        let which = clients::relations::Which {
            client: request.client,
            staff: None,
            kind: "log_request",
            object: None,
        };
        clients::relations::end(
            tx,
            &which,
            now,
            clients::relations::Tails::default(),
            "log_request",
        )?;
    }
    let digest = text.map(|text| *blake3::hash(text.as_bytes()).as_bytes());
    let mut logged = entry(
        reader,
        row,
        now,
        "log_request.close",
        vec![request.client.bytes()],
        state.to_owned(),
    );
    logged.digest = digest;
    tx.log(logged)?;
    Ok(())
}

/// The open request of a client that was made first.
///
/// # Errors
/// When the engine fails.
pub fn open_request_of(
    query: &mut impl Query,
    client: ClientId,
) -> Result<Option<Request>, OversightError> {
    let row = query.query_optional(
        &format!(
            "{REQUESTS} where r.client_id = $1 and r.state = 'open' order by r.due_on, r.id limit 1"
        ),
        &params![client.bytes()],
    )?;
    Ok(row.as_ref().map(request).transpose()?)
}
