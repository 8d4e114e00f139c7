//! The clients of a matter as its pages and its package tell of them.

use clients::{ClientId, Gate};
use identity::people::UnitId;
use kernel::time::{Date, Timestamp, day, millis};
use store::{Query, StoreError, params, places};

use crate::domain::transfer::{ClientPart, Part};
use crate::domain::{MatterError, MatterId};
use crate::store::unreadable;

/// A client on the page of a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCard {
    pub id: ClientId,
    pub name: String,
    pub birth_date: Option<Date>,
    pub own_worker: Option<String>,
    /// Why no own worker is named.
    pub waiver: Option<String>,
    /// This client's own part of the reasons.
    pub part: Option<String>,
}

/// The clients of a matter that the reader sees, in the order in which they joined.
pub(crate) fn cards(
    query: &mut impl Query,
    matter: MatterId,
    shown: &[ClientId],
    content: bool,
    now: Timestamp,
) -> Result<Vec<ClientCard>, StoreError> {
    let list = places(shown.len(), 2);
    let mut values = params![matter.bytes(), millis(now)];
    values.extend(shown.iter().map(|client| client.bytes().into()));
    query
        .query(
            &format!("select c.id, c.display_name, c.birth_date, (select s.name from relation r join staff s on s.id = r.staff_id where r.client_id = c.id and r.kind = 'own_worker' and r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2) order by r.began_at desc limit 1), (select w.reason from own_worker_waiver w where w.client_id = c.id and w.ended_at is null order by w.recorded_at desc limit 1), mc.part from matter_client mc join client c on c.id = mc.client_id where mc.matter_id = $1 and mc.left_at is null and c.id in ({list}) order by mc.joined_at, mc.id"),
            &values,
        )?
        .iter()
        .map(|row| {
            Ok(ClientCard {
                id: ClientId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                birth_date: row
                    .get::<Option<String>>(2)?
                    .map(|text| text.parse().map_err(|_| unreadable()))
                    .transpose()?,
                own_worker: if content { row.get(3)? } else { None },
                waiver: if content { row.get(4)? } else { None },
                part: if content { row.get(5)? } else { None },
            })
        })
        .collect()
}

/// Who stands on the page of a new matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFor {
    pub name: String,
    pub birth_date: Option<Date>,
    pub unit: Option<UnitId>,
}

/// The client for whom a matter is opened.
pub(crate) fn new_for(query: &mut impl Query, client: ClientId) -> Result<NewFor, MatterError> {
    let row = query
        .query_optional(
            "select display_name, birth_date, responsible_unit from client where id = $1 and state = 'active'",
            &params![client.bytes()],
        )?
        .ok_or(MatterError::NotFound)?;
    Ok(NewFor {
        name: row.get(0)?,
        birth_date: row
            .get::<Option<String>>(1)?
            .map(|text| text.parse().map_err(|_| unreadable()))
            .transpose()?,
        unit: row.get::<Option<[u8; 16]>>(2)?.map(UnitId::from_bytes),
    })
}

/// The parts of a client that go into a package. A client under non-disclosure, or whose household is, sends no contact
/// details at all: they are told to a named person by telephone.
pub(crate) fn client_part(
    query: &mut impl Query,
    gate: &Gate,
    parts: &[Part],
    now: Timestamp,
) -> Result<ClientPart, StoreError> {
    let client = gate.client();
    let mut part = ClientPart {
        protected: gate.is_hidden(),
        ..ClientPart::default()
    };
    if parts.contains(&Part::Basics) {
        let row = query.query_one(
            "select display_name, identity_code, birth_date from client where id = $1",
            &params![client.bytes()],
        )?;
        part.name = Some(row.get(0)?);
        part.identity_code = row.get(1)?;
        part.birth_date = row.get(2)?;
    }
    if parts.contains(&Part::Languages) {
        let kinds = "'mother_tongue', 'service_language', 'interpreter'";
        part.languages = details(query, client, kinds, now)?;
    }
    if parts.contains(&Part::Contact) && !part.protected {
        part.phones = details(query, client, "'phone'", now)?;
    }
    Ok(part)
}

fn details(
    query: &mut impl Query,
    client: ClientId,
    kinds: &str,
    now: Timestamp,
) -> Result<Vec<String>, StoreError> {
    query
        .query(
            &format!("select value from client_detail where client_id = $1 and kind in ({kinds}) and protected = 0 and ended_at is null and (valid_to is null or valid_to >= $2) order by kind, recorded_at"),
            &params![client.bytes(), day(now).to_string()],
        )?
        .iter()
        .map(|row| row.get(0))
        .collect()
}
