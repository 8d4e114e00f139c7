//! Search for one person outside one's own clients: by a whole identity code, or by the full name and the
//! birth date (rights of the domain, section 7).
//!
//! What is hidden, barred or unknown is answered with the same words after the same statements.

use std::borrow::Cow;

use access::rights::Bar;
use identity::people::UnitId;
use kernel::identity_code::IdentityCode;
use kernel::temporary_identifier::TemporaryIdentifier;
use kernel::time::{Date, Timestamp, day};
use store::{Query, StoreError, WriteTx, params};

use super::create::temporary_hash;
use super::limits::{self, Pause, Way};
use super::{Desk, told, unusual, watch};
use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::{self, Gate, Granted, Shown};

pub use super::by_code::{Occasion, by_code};
pub use super::similar::{Candidate, Meant, Similar, Who, ask_meant, meant, similar};

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Terms {
    Code(IdentityCode),
    Temporary(TemporaryIdentifier),
    Name {
        family: String,
        given: String,
        birth: Date,
    },
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskUnit {
    pub unit: UnitId,
    pub name_fi: String,
    pub name_sv: String,
    pub name_en: String,
    pub phone: Option<String>,
}

/// What the searcher is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A client whom the searcher may open.
    Opened(ClientId),
    /// Known here: take a contact, or ask the unit. Never a worker's name, a service or a state.
    Exists(Option<AskUnit>),
    /// Nothing that one may open: unknown, hidden and barred alike.
    None,
    /// Searching waits (bar B20); open work does not.
    Paused(Pause),
}

/// The rows of the table that a search rests on.
pub(super) struct Rights {
    pub(super) search: Granted,
    pub(super) sees_exists: bool,
}

pub(super) fn rights(reader: &Reader, now: Timestamp) -> Result<Rights, ClientError> {
    let given = ["exact_match", "exact_or_name", "not_restricted"];
    let ask = |action| gate::general(reader, "person", action, day(now), &given);
    Ok(Rights {
        search: ask("search")?,
        sees_exists: ask("see_exists").is_ok(),
    })
}

/// Searches. `reason` is a code, asked for a search by name.
///
/// # Errors
/// [`ClientError::NotFound`] when the reader's tasks have no search; [`ClientError::Missing`] for a name
/// without a reason.
pub fn search(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    terms: &Terms,
    reason: &str,
) -> Result<Answer, ClientError> {
    let now = desk.now();
    let rights = rights(reader, now)?;
    let (way, text) = spelled(terms);
    if way == Way::Name && reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    let digest = desk.terms(&text);
    if let Some(pause) = waits(tx, desk, reader, way, now)? {
        log(
            tx,
            reader,
            &rights.search,
            now,
            (way, "paused", &digest),
            None,
        )?;
        return Ok(Answer::Paused(pause));
    }
    let candidates = candidates(tx, desk, terms)?;
    let found = look(tx, reader, &candidates, now)?;
    let mut told = tell(tx, &found, reader, now)?;
    told.same_surname |= surname_typed(terms, &told.searcher);
    let (answer, result) = answer(&found, told.unit.take(), rights.sees_exists);
    let trace = Trace {
        granted: &rights.search,
        way,
        reason,
        result,
        said: result.to_owned(),
        digest,
    };
    write_down(tx, desk, reader, &trace, &found, &told)?;
    Ok(answer)
}

/// Whether the reader must wait; the social emergency service never does, and its lead is told instead.
pub(super) fn waits(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    way: Way,
    now: Timestamp,
) -> Result<Option<Pause>, StoreError> {
    let pause = limits::pause(tx, desk, reader, way, now)?;
    if pause.is_some() && limits::never_paused(reader) {
        told::tell_unit(
            tx,
            desk,
            reader.unit,
            "search_limit",
            None,
            Some(reader.staff.bytes()),
        )?;
        return Ok(None);
    }
    Ok(pause)
}

fn spelled(terms: &Terms) -> (Way, String) {
    match terms {
        Terms::Code(code) => (Way::Code, code.expose().to_owned()),
        Terms::Temporary(one) => (Way::Code, one.expose().to_owned()),
        Terms::Name {
            family,
            given,
            birth,
        } => (
            Way::Name,
            format!("{} {} {birth}", family.to_lowercase(), given.to_lowercase()),
        ),
    }
}

/// Clients that meet the terms. One statement.
pub(super) fn candidates(
    tx: &mut impl Query,
    desk: &Desk,
    terms: &Terms,
) -> Result<Vec<ClientId>, StoreError> {
    let hash = match terms {
        Terms::Code(code) => desk.key.hash(code),
        Terms::Temporary(one) => temporary_hash(one),
        Terms::Name {
            family,
            given,
            birth,
        } => return by_name(tx, family, given, *birth),
    };
    tx.query(
        "select distinct i.client_id from client_identifier i join client c on c.id = i.client_id where i.hash = $1 and c.state = 'active'",
        &params![hash],
    )?
    .iter()
    .map(|row| Ok(ClientId::from_bytes(row.get(0)?)))
    .collect()
}

/// Everybody born that day whose name, in some spelling of it, has every typed word as a whole.
fn by_name(
    tx: &mut impl Query,
    family: &str,
    given: &str,
    birth: Date,
) -> Result<Vec<ClientId>, StoreError> {
    let rows = tx.query(
        "select n.client_id, n.family, n.given, n.called from client_name n join client c on c.id = n.client_id where c.birth_date = $1 and c.state = 'active' and n.voided_at is null order by n.client_id, n.id",
        &params![birth.to_string()],
    )?;
    let mut found = Vec::new();
    for row in rows {
        let called = row.get::<Option<String>>(3)?.unwrap_or_default();
        let own_given = format!("{} {called}", row.get::<String>(2)?);
        let id = ClientId::from_bytes(row.get(0)?);
        if is_whole(family, &row.get::<String>(1)?)
            && is_whole(given, &own_given)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    Ok(found)
}

/// Whether every typed word is a whole part of the name, in any spelling.
pub(super) fn is_whole(typed: &str, name: &str) -> bool {
    let parts = text::names::fold(name);
    let words = text::names::question(typed);
    !words.is_empty()
        && words
            .iter()
            .all(|spellings| spellings.iter().any(|one| parts.contains(one)))
}

/// Whom the search met, and what stands between her and the reader.
pub(super) struct Met {
    gate: Option<Gate>,
    pub(super) opens: bool,
    pub(super) barred: bool,
}

impl Met {
    pub(super) fn id(&self) -> Option<ClientId> {
        self.gate.as_ref().map(Gate::client)
    }
}

/// Bars whose holder must not learn that the client is here.
const SILENT: [Bar; 6] = [Bar::B01, Bar::B02, Bar::B03, Bar::B06, Bar::B08, Bar::B19];

/// Opens the gate of the first candidate that opens, or else of the first. Nobody is looked for as somebody,
/// so that an unknown person costs what a hidden one does.
pub(super) fn look(
    tx: &mut impl Query,
    reader: &Reader,
    candidates: &[ClientId],
    now: Timestamp,
) -> Result<Met, StoreError> {
    let nobody = [ClientId::from_bytes([0; 16])];
    let asked = if candidates.is_empty() {
        &nobody[..]
    } else {
        candidates
    };
    let mut met: Vec<Met> = Gate::open_many(tx, reader, asked, now)?
        .into_iter()
        .map(seen)
        .collect();
    met.sort_by_key(|met| !met.opens);
    Ok(met.into_iter().next().unwrap_or(Met {
        gate: None,
        opens: false,
        barred: false,
    }))
}

pub(super) fn seen(gate: Gate) -> Met {
    let opens = gate
        .decide("client_basics", "see_basics", "working_age", None, &[])
        .allowed();
    // Long dead: nobody's record to open, and nobody to ask about (bar B12).
    let barred = gate
        .bars()
        .iter()
        .any(|bar| SILENT.contains(bar) || *bar == Bar::B12);
    Met {
        gate: Some(gate),
        opens,
        barred,
    }
}

pub(super) struct ToldOf {
    unit: Option<AskUnit>,
    searcher: String,
    same_surname: bool,
    former: bool,
}

/// The unit to ask and what the rules of watching need. One statement, the same for nobody.
pub(super) fn tell(
    tx: &mut impl Query,
    met: &Met,
    reader: &Reader,
    now: Timestamp,
) -> Result<ToldOf, StoreError> {
    let id = met.id().unwrap_or(ClientId::from_bytes([0; 16]));
    let row = tx.query_one(
        "select s.name, u.id, u.name_fi, u.name_sv, u.name_en, u.phone, c.sort_key, (select n.family from client_name n where n.client_id = c.id and n.kind = 'current' and n.voided_at is null order by n.recorded_at desc limit 1), case when exists (select 1 from relation r where r.client_id = c.id and r.staff_id = s.id and r.ends_at <= $3) then 1 else 0 end from staff s left join client c on c.id = $2 left join unit u on u.id = c.responsible_unit where s.id = $1",
        &params![reader.staff.bytes(), id.bytes(), now],
    )?;
    let unit = match row.get::<Option<[u8; 16]>>(1)? {
        None => None,
        Some(unit) => Some(AskUnit {
            unit: UnitId::from_bytes(unit),
            name_fi: row.get(2)?,
            name_sv: row.get(3)?,
            name_en: row.get(4)?,
            phone: row.get(5)?,
        }),
    };
    let searcher: String = row.get(0)?;
    let family = row.get::<Option<String>>(7)?.unwrap_or_default();
    Ok(ToldOf {
        unit,
        same_surname: watch::same_surname(&searcher, &family),
        searcher,
        former: row.get(8)?,
    })
}

fn surname_typed(terms: &Terms, searcher: &str) -> bool {
    matches!(terms, Terms::Name { family, .. } if watch::same_surname(searcher, family))
}

/// What is told, and what the log says of it.
pub(super) fn answer(
    met: &Met,
    unit: Option<AskUnit>,
    sees_exists: bool,
) -> (Answer, &'static str) {
    match (&met.gate, met.opens, met.barred) {
        (None, ..) => (Answer::None, "none"),
        (Some(gate), true, _) => (Answer::Opened(gate.client()), "opened"),
        (Some(_), false, true) => (Answer::None, "barred"),
        (Some(_), false, false) if sees_exists => (Answer::Exists(unit), "exists"),
        (Some(_), false, false) => (Answer::None, "hidden"),
    }
}

pub(super) fn record(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    (way, reason, result, digest): (Way, &str, &str, &[u8; 32]),
    found: Option<ClientId>,
) -> Result<[u8; 16], StoreError> {
    let id = desk.row_id();
    tx.execute(
        "insert into search_use (id, staff_id, at, way, terms, reason, result, found) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            id,
            reader.staff.bytes(),
            desk.now(),
            way.code(),
            *digest,
            reason,
            result,
            found.map(|client| client.bytes())
        ],
    )?;
    Ok(id)
}

/// A search as it is written down.
pub(super) struct Trace<'a> {
    pub(super) granted: &'a Granted,
    pub(super) way: Way,
    pub(super) reason: &'a str,
    /// What the record says.
    pub(super) result: &'static str,
    /// What the log says.
    pub(super) said: String,
    pub(super) digest: [u8; 32],
}

/// Writes a search down: for the limits, for the rules of watching, and in the log of whoever was met.
pub(super) fn write_down(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    trace: &Trace<'_>,
    found: &Met,
    told: &ToldOf,
) -> Result<(), StoreError> {
    let (now, met) = (desk.now(), found.id());
    let how = (trace.way, trace.reason, trace.result, &trace.digest);
    let search = record(tx, desk, reader, how, met)?;
    let mut hits = unusual::rules(tx, desk, reader, met, now)?;
    if told.same_surname {
        hits.push(watch::SAME_SURNAME);
    }
    if told.former && trace.result != "opened" {
        hits.push(watch::FORMER_CLIENT);
    }
    for rule in hits {
        watch::hit(tx, desk, rule, reader.staff, met, search)?;
    }
    limits::after_search(tx, desk, reader, now)?;
    let said = (trace.way, trace.said.as_str(), &trace.digest);
    log(tx, reader, trace.granted, now, said, met)
}

pub(super) fn log(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    granted: &Granted,
    now: Timestamp,
    (way, result, digest): (Way, &str, &[u8; 32]),
    found: Option<ClientId>,
) -> Result<(), StoreError> {
    let terms = blake3::Hash::from_bytes(*digest).to_hex();
    let shown = Shown {
        event: "client.search",
        clients: Cow::Owned(found.into_iter().collect()),
        detail: Cow::Owned(format!("{} {result} terms={}", way.code(), &terms[..16])),
        content: None,
    };
    gate::log(tx, reader, granted, now, &shown)
}
