//! The record of one client as the reader's right shows it: the same number of statements whatever it holds.

use identity::people::{StaffId, UnitId};
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, Timestamp, day, from_millis};
use store::{Query, Show, params};

use super::details::{self, Detail};
use super::mistake::{self, Mistake};
use super::names::{self, Name};
use super::orders::{self, NonDisclosure};
use super::related::{self, Related};
use super::standing::{self, ClientRelation, Event};
use crate::domain::{ClientError, ClientId};
use crate::gate::{self, DEAD_SINCE, Gate, Granted, Shown};
use crate::relations;
use crate::tutored::counts;

/// What is known of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub id: ClientId,
    /// Changes with every act on the record: for forms that somebody else may have open too.
    pub version: i64,
    pub created_at: Timestamp,
    pub display_name: String,
    pub code: Option<IdentityCode>,
    pub temporary: Option<String>,
    pub birth: Option<Date>,
    pub sex: Option<String>,
    pub died_on: Option<Date>,
    /// The later of the death and of its writing down: staff sees the record for 30 days more.
    pub dead_since: Option<Date>,
    pub unit: Option<(UnitId, String)>,
    /// Non-disclosure of the client or of the household is in force.
    pub hidden: bool,
    pub names: Vec<Name>,
    pub details: Vec<Detail>,
    /// Details that were taken back as mistakes.
    pub mistakes: Vec<Mistake>,
    pub related: Vec<Related>,
    pub non_disclosures: Vec<NonDisclosure>,
    pub relations: Vec<ClientRelation>,
    pub workers: Vec<Worker>,
    /// The unit to which the client is restricted (bar B08).
    pub restricted: Option<(UnitId, String)>,
    pub events: Vec<Event>,
    /// Name and birth date alone: a lead who shares out work (457/2024 17 §).
    pub narrow: bool,
    pub granted: Granted,
}

/// Somebody who takes part in the client's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    pub staff: StaffId,
    pub name: String,
    pub title: String,
    pub kind: &'static str,
    pub from: Timestamp,
    pub to: Option<Timestamp>,
}

impl Record {
    /// The details of a kind that hold on a day, newest first.
    pub fn now<'a>(&'a self, kind: &'a str, on: Date) -> impl Iterator<Item = &'a Detail> {
        self.details
            .iter()
            .filter(move |detail| detail.kind == kind && detail.holds(on))
    }
}

/// Reads the record and says in the log that it was shown.
///
/// # Errors
/// [`ClientError::NotFound`] or [`ClientError::ExceptionalOnly`] without a right to the basics.
pub fn show(tx: &mut impl Show, gate: &Gate, now: Timestamp) -> Result<Record, ClientError> {
    let granted = gate.acting("client_basics", "see_basics", "working_age", None, &[])?;
    let record = read(tx, gate, granted, now)?;
    let shown = Shown::of("client.read", gate.client());
    gate::log(tx, gate.reader(), &granted, now, &shown)?;
    Ok(record)
}

/// Reads the record. The caller writes the log entry.
///
/// # Errors
/// When the engine fails.
pub fn read(
    tx: &mut impl Query,
    gate: &Gate,
    granted: Granted,
    now: Timestamp,
) -> Result<Record, ClientError> {
    let id = gate.client();
    let mut record = Record {
        related: related::all(tx, id, gate.is_hidden(), now)?,
        non_disclosures: orders::non_disclosures(tx, id)?,
        relations: standing::client_relations(tx, id)?,
        events: standing::events(tx, id)?,
        ..read_basics(tx, gate, granted, now)?
    };
    if record.narrow {
        record.narrow_down(now);
    }
    Ok(record)
}

/// The row of the client with names, details and workers; the rest is empty.
fn read_basics(
    tx: &mut impl Query,
    gate: &Gate,
    granted: Granted,
    now: Timestamp,
) -> Result<Record, ClientError> {
    let id = gate.client();
    let row = tx.query_one(
        &format!("select c.version, c.created_at, c.display_name, c.identity_code, c.temporary_identifier, c.birth_date, c.sex, c.died_on, c.responsible_unit, u.name_fi, b.unit_id, v.name_fi, {DEAD_SINCE} from client c left join unit u on u.id = c.responsible_unit left join bar b on b.client_id = c.id and b.kind = 'B08' and b.ends_at is null left join unit v on v.id = b.unit_id where c.id = $1"),
        &params![id.bytes()],
    )?;
    let narrow = granted.row.shows("name_and_birth_date");
    let unit = |id: usize, name: usize| -> Result<Option<(UnitId, String)>, ClientError> {
        let unit = row.get::<Option<[u8; 16]>>(id)?.map(UnitId::from_bytes);
        Ok(unit.zip(row.get::<Option<String>>(name)?))
    };
    let code = row
        .get::<Option<String>>(3)?
        .map(|text| IdentityCode::parse(&text))
        .transpose()
        .map_err(|_| ClientError::Unreadable)?;
    let (details, mut mistakes) = details::all(tx, id, gate.is_hidden())?;
    mistakes.extend(mistake::of_names(tx, id)?);
    Ok(Record {
        id,
        version: row.get(0)?,
        created_at: row.get(1)?,
        display_name: row.get(2)?,
        code,
        temporary: row.get(4)?,
        birth: row.get(5)?,
        sex: row.get(6)?,
        died_on: row.get(7)?,
        dead_since: row.get(12)?,
        unit: unit(8, 9)?,
        hidden: gate.is_hidden(),
        names: names::all(tx, id)?,
        details,
        mistakes,
        related: Vec::new(),
        non_disclosures: Vec::new(),
        relations: Vec::new(),
        workers: workers(tx, id, now)?,
        restricted: unit(10, 11)?,
        events: Vec::new(),
        narrow,
        granted,
    })
}

impl Record {
    /// What a lead sees for sharing out work: name, birth date, who works, since when.
    fn narrow_down(&mut self, now: Timestamp) {
        self.code = None;
        self.temporary = None;
        self.sex = None;
        self.names
            .retain(|name| name.kind == names::NameKind::Current);
        self.details.clear();
        self.mistakes.clear();
        self.related.clear();
        self.events.clear();
        self.non_disclosures.retain(|one| one.in_force(day(now)));
    }
}

/// Who takes part in the client's work now, own worker first.
fn workers(
    tx: &mut impl Query,
    client: ClientId,
    now: Timestamp,
) -> Result<Vec<Worker>, ClientError> {
    let rows = tx.query(
        &format!("select s.id, s.name, s.title, r.kind, min(r.began_at), max(coalesce(r.ends_at, 9007199254740991)) from relation r join staff s on s.id = r.staff_id where r.client_id = $1 and r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2) and {} group by s.id, s.name, s.title, s.sort_key, r.kind order by case r.kind when 'own_worker' then 0 when 'substitute' then 1 when 'own_team' then 2 when 'matter_holder' then 3 else 4 end, s.sort_key, r.kind", counts("$2", "$3")),
        &params![client.bytes(), now, day(now).to_string()],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Worker {
                staff: StaffId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                title: row.get(2)?,
                kind: relations::kind(&row.get::<String>(3)?).ok_or(ClientError::Unreadable)?,
                from: row.get(4)?,
                to: Some(row.get::<i64>(5)?)
                    .filter(|ends| *ends < 9_007_199_254_740_991)
                    .map(from_millis),
            })
        })
        .collect()
}
