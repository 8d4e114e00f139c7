//! The card of one client: what a program reads of the basics. Everything that is needed is asked at once with the
//! gate, and only what the gate lets through is given. Protected details are not read at all.

use identity::people::UnitId;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, Timestamp, day, millis};
use store::{Ask, Row, Show, StoreError, params};

use super::details::{self, HIDDEN};
use super::names::NameKind;
use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::{self, Gate, Shown};
use crate::relations;

/// What a program reads of a client: as the record is today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub id: ClientId,
    pub name: String,
    pub code: Option<IdentityCode>,
    pub temporary: Option<String>,
    pub birth: Option<Date>,
    pub sex: Option<String>,
    pub died_on: Option<Date>,
    pub unit: Option<(UnitId, String)>,
    /// Non-disclosure of the client or of the household is in force.
    pub hidden: bool,
    pub names: Vec<CardName>,
    pub details: Vec<CardDetail>,
    pub workers: Vec<CardWorker>,
    /// Name and birth date alone: a lead who shares out work (457/2024 17 §).
    pub narrow: bool,
}

/// A name of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardName {
    pub kind: NameKind,
    pub family: String,
    pub given: String,
    pub called: Option<String>,
}

/// A detail that holds today and is not protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardDetail {
    pub kind: &'static str,
    pub value: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
}

/// Somebody who takes part in the client's work now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardWorker {
    pub name: String,
    pub title: String,
    pub kind: &'static str,
    pub from: Timestamp,
}

/// The statements of [`show`], none of which waits for another's rows.
pub fn asks(reader: &Reader, client: ClientId, now: Timestamp) -> Vec<Ask> {
    let mut asks = vec![Gate::ask(reader, client, now)];
    asks.extend(of_client(client, now));
    asks
}

fn of_client(client: ClientId, now: Timestamp) -> [Ask; 4] {
    let id = client.bytes();
    [
        Ask::new(
            "select c.display_name, c.identity_code, c.temporary_identifier, c.birth_date, c.sex, c.died_on, c.responsible_unit, u.name_fi from client c left join unit u on u.id = c.responsible_unit where c.id = $1",
            params![id],
        ),
        Ask::new(
            "select n.kind, n.family, n.given, n.called from client_name n where n.client_id = $1 and n.voided_at is null order by case n.kind when 'current' then 0 when 'called' then 1 else 2 end, n.valid_to desc, n.recorded_at desc, n.id",
            params![id],
        ),
        Ask::new(
            "select d.kind, d.value, d.valid_from, d.valid_to, d.source from client_detail d where d.client_id = $1 and d.voided_at is null and d.protected = 0 and (d.valid_from is null or d.valid_from <= $2) and (d.valid_to is null or d.valid_to >= $2) order by d.kind, d.recorded_at desc, d.id desc",
            params![id, day(now).to_string()],
        ),
        Ask::new(
            "select s.id, s.sort_key, s.name, s.title, r.kind, r.began_at from relation r join staff s on s.id = r.staff_id where r.client_id = $1 and r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2)",
            params![id, millis(now)],
        ),
    ]
}

/// The card of the client from the rows of [`asks`], when the gate opens; says in the log that it was shown.
///
/// # Errors
/// [`ClientError::NotFound`] or [`ClientError::ExceptionalOnly`] without a right to the basics.
pub fn show(
    tx: &mut impl Show,
    reader: &Reader,
    client: ClientId,
    rows: Vec<Vec<Row>>,
    now: Timestamp,
) -> Result<Card, ClientError> {
    let mut rows = rows.into_iter();
    let gate = Gate::open_of(tx, reader, client, rows.next().unwrap_or_default(), now)?;
    let granted = gate.acting("client_basics", "see_basics", "working_age", None, &[])?;
    let rows = if gate.client() == client {
        rows.collect()
    } else {
        tx.query_all(&of_client(gate.client(), now))?
    };
    let mut card = read(&gate, &rows)?;
    if granted.row.shows("name_and_birth_date") {
        card.narrow_down();
    }
    let shown = Shown::of("client.read", gate.client());
    gate::log(tx, reader, &granted, now, &shown)?;
    Ok(card)
}

fn read(gate: &Gate, rows: &[Vec<Row>]) -> Result<Card, ClientError> {
    let [client, names, details, workers] = rows else {
        return Err(StoreError::NotOne(rows.len()).into());
    };
    let [client] = client.as_slice() else {
        return Err(StoreError::NotOne(client.len()).into());
    };
    let code = client
        .get::<Option<String>>(1)?
        .map(|text| IdentityCode::parse(&text))
        .transpose()
        .map_err(|_| ClientError::Unreadable)?;
    let unit = client.get::<Option<[u8; 16]>>(6)?.map(UnitId::from_bytes);
    Ok(Card {
        id: gate.client(),
        name: client.get(0)?,
        code,
        temporary: client.get(2)?,
        birth: client.get(3)?,
        sex: client.get(4)?,
        died_on: client.get(5)?,
        unit: unit.zip(client.get::<Option<String>>(7)?),
        hidden: gate.is_hidden(),
        names: names.iter().map(name).collect::<Result<_, _>>()?,
        details: details
            .iter()
            .filter_map(|row| detail(row, gate.is_hidden()).transpose())
            .collect::<Result<_, _>>()?,
        workers: workers_of(workers)?,
        narrow: false,
    })
}

impl Card {
    /// What a lead sees for sharing out work: name, birth date, who works, since when.
    fn narrow_down(&mut self) {
        self.narrow = true;
        self.code = None;
        self.temporary = None;
        self.sex = None;
        self.names.retain(|name| name.kind == NameKind::Current);
        self.details.clear();
    }
}

fn name(row: &Row) -> Result<CardName, ClientError> {
    Ok(CardName {
        kind: NameKind::from_code(row.text(0)?).ok_or(ClientError::Unreadable)?,
        family: row.get(1)?,
        given: row.get(2)?,
        called: row.get(3)?,
    })
}

/// A detail; `None` for one that non-disclosure hides.
fn detail(row: &Row, hidden: bool) -> Result<Option<CardDetail>, ClientError> {
    let kind = details::kind(row.text(0)?).ok_or(ClientError::Unreadable)?;
    if hidden && HIDDEN.contains(&kind) {
        return Ok(None);
    }
    Ok(Some(CardDetail {
        kind,
        value: row.get(1)?,
        from: row.get(2)?,
        to: row.get(3)?,
        source: row.get(4)?,
    }))
}

/// Each worker once for a kind, own worker first, then by name.
fn workers_of(rows: &[Row]) -> Result<Vec<CardWorker>, ClientError> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let kind = relations::kind(row.text(4)?).ok_or(ClientError::Unreadable)?;
        let (staff, place): ([u8; 16], String) = (row.get(0)?, row.get(1)?);
        let worker = CardWorker {
            name: row.get(2)?,
            title: row.get(3)?,
            kind,
            from: row.get(5)?,
        };
        found.push(((rank(kind), place, kind, staff), worker));
    }
    // Of several relations of one kind the first to begin.
    found.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.from.cmp(&other.from)));
    found.dedup_by(|(a, _), (b, _)| a == b);
    Ok(found.into_iter().map(|(_, worker)| worker).collect())
}

fn rank(kind: &str) -> u8 {
    match kind {
        "own_worker" => 0,
        "substitute" => 1,
        "own_team" => 2,
        "matter_holder" => 3,
        _ => 4,
    }
}
