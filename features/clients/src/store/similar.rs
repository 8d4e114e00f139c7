//! Likely duplicates of a person who is being written down, explained within the rule of a search.

use std::borrow::Cow;

use identity::people::UnitId;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, day};
use store::{Query, StoreError, Value, WriteTx, params, places};

use super::limits::Way;
use super::search::{Answer, AskUnit, Terms, is_whole, record, rights, search, seen, waits};
use super::{Desk, details};
use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::{self, Gate, Shown};

/// Somebody who may be the person that is being written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// `code`, `name_birth`, `phone`, `name_close`.
    pub why: &'static str,
    pub who: Who,
}

/// As much as the searcher may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Opened {
        id: ClientId,
        name: String,
        birth: Option<Date>,
    },
    Exists(Option<AskUnit>),
}

/// What is compared when a person is written down.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    pub code: Option<&'a IdentityCode>,
    pub family: &'a str,
    pub given: &'a str,
    pub birth: Option<Date>,
    pub phone: Option<&'a str>,
}

/// Somebody whom a contact may be from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    pub id: ClientId,
    /// As in [`Similar`].
    pub why: &'static str,
    /// `None` for somebody whom the reader may not open: the name as it was typed is all that is told.
    pub name: Option<String>,
}

/// Whom a contact with a person may be from: those whom the reader may open, and of others those whom the whole code or
/// the whole name with the birth date meets, unless a bar keeps even that they are here from the reader. A contact with
/// the person is the lawful door to her, so that whoever holds one may link her without seeing her first (rights of the
/// domain, section 7).
///
/// # Errors
/// When the engine fails.
pub fn meant(
    tx: &mut impl Query,
    desk: &Desk,
    reader: &Reader,
    new: &Candidate<'_>,
) -> Result<Vec<Meant>, StoreError> {
    let reasons = alike(tx, desk, new)?;
    let ids: Vec<ClientId> = reasons.iter().map(|(id, ..)| *id).collect();
    let gates = Gate::open_many(tx, reader, &ids, desk.now())?;
    let people = people(tx, &ids)?;
    let mut found = Vec::new();
    for ((id, why, full), gate) in reasons.into_iter().zip(gates) {
        let met = seen(gate);
        if met.opens || (full && !met.barred) {
            let own = people.iter().find(|(own, ..)| *own == id);
            let name = own.map(|(_, name, ..)| name.clone());
            found.push(Meant {
                id,
                why,
                name: name.filter(|_| met.opens),
            });
        }
    }
    Ok(found)
}

/// Searches for whoever a contact is from, within the limits of searching, and tells whom it may be.
///
/// # Errors
/// As [`search::search`](super::search::search); [`ClientError::SearchPaused`] when searching waits.
pub fn ask_meant(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    new: &Candidate<'_>,
) -> Result<Vec<Meant>, ClientError> {
    let terms = match (new.code, new.birth) {
        (Some(code), _) => Terms::Code(*code),
        (None, Some(birth)) => Terms::Name {
            family: new.family.to_owned(),
            given: new.given.to_owned(),
            birth,
        },
        (None, None) => return Ok(Vec::new()),
    };
    if let Answer::Paused(pause) = search(tx, desk, reader, &terms, "contact")? {
        return Err(ClientError::SearchPaused { until: pause.until });
    }
    let found = meant(tx, desk, reader, new)?;
    let shown: Vec<ClientId> = found
        .iter()
        .filter(|one| one.name.is_some())
        .map(|one| one.id)
        .collect();
    if !shown.is_empty() {
        let rights = rights(reader, desk.now())?;
        let entry = Shown {
            event: "client.similar",
            clients: Cow::Owned(shown),
            detail: Cow::Owned(format!("contact count={}", found.len())),
            content: None,
        };
        gate::log(tx, reader, &rights.search, desk.now(), &entry)?;
    }
    Ok(found)
}

/// Likely duplicates of a person who is being written down, explained, within the rule of a search: those whom
/// one may open by name, others as a unit to ask. It counts as a search, and while searching waits only one's
/// own clients are compared.
///
/// # Errors
/// [`ClientError::NotFound`] when the reader's tasks have no search.
pub fn similar(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    new: &Candidate<'_>,
) -> Result<Vec<Similar>, ClientError> {
    let now = desk.now();
    let rights = rights(reader, now)?;
    let paused = waits(tx, desk, reader, Way::Name, now)?.is_some();
    let reasons = alike(tx, desk, new)?;
    let ids: Vec<ClientId> = reasons.iter().map(|(id, _, _)| *id).collect();
    let gates = Gate::open_many(tx, reader, &ids, now)?;
    let people = people(tx, &ids)?;
    let mut similar: Vec<Similar> = Vec::new();
    let mut shown = Vec::new();
    for ((id, why, full), gate) in reasons.into_iter().zip(gates) {
        let met = seen(gate);
        let Some((_, name, birth, unit)) = people.iter().find(|(own, ..)| *own == id) else {
            continue;
        };
        // Only a whole code or a name with the birth date may tell of somebody whom one does not see.
        let who = match (met.opens, met.barred) {
            (true, _) => Who::Opened {
                id,
                name: name.clone(),
                birth: *birth,
            },
            (false, false) if rights.sees_exists && full && !paused => Who::Exists(unit.clone()),
            _ => continue,
        };
        shown.push(id);
        similar.push(Similar { why, who });
    }
    let result = if similar.is_empty() { "none" } else { "exists" };
    let digest = desk.terms(&format!("{} {} {:?}", new.family, new.given, new.birth));
    if !paused {
        record(
            tx,
            desk,
            reader,
            (Way::Name, "create", result, &digest),
            shown.first().copied(),
        )?;
    }
    let entry = Shown {
        event: "client.similar",
        clients: Cow::Owned(shown),
        detail: Cow::Owned(format!("{result} count={}", similar.len())),
        content: None,
    };
    gate::log(tx, reader, &rights.search, now, &entry)?;
    Ok(similar)
}

/// Who is alike, why, and whether that tells of her to somebody who does not see her. At most ten.
fn alike(
    tx: &mut impl Query,
    desk: &Desk,
    new: &Candidate<'_>,
) -> Result<Vec<(ClientId, &'static str, bool)>, StoreError> {
    let hash = new.code.map(|code| desk.key.hash(code));
    let birth = new.code.map(|code| code.birth_date()).or(new.birth);
    let digits = new.phone.and_then(details::digits);
    let rows = tx.query(
        "select 'code', i.client_id, '', '', '' from client_identifier i join client c on c.id = i.client_id where i.hash = $1 and c.state = 'active' union all select 'name', n.client_id, n.family, n.given, coalesce(n.called, '') from client_name n join client c on c.id = n.client_id where c.birth_date = $2 and c.state = 'active' and n.voided_at is null union all select 'phone', d.client_id, '', '', '' from client_detail d join client c on c.id = d.client_id where d.digits = $3 and c.state = 'active' and not exists (select 1 from hidden_client h where h.client_id = c.id and h.begins_on <= $4 and h.ends_on >= $4)",
        &params![
            hash.map_or_else(Vec::new, |hash| hash.to_vec()),
            birth.map_or_else(String::new, |day| day.to_string()),
            digits.unwrap_or_else(|| "-".to_owned()),
            day(desk.now()).to_string()
        ],
    )?;
    let mut found: Vec<(ClientId, &'static str, bool)> = Vec::new();
    for row in rows {
        let id = ClientId::from_bytes(row.get(1)?);
        let why = match row.get::<String>(0)?.as_str() {
            "code" => Some(("code", true)),
            "phone" => Some(("phone", false)),
            _ => {
                let given = format!("{} {}", row.get::<String>(3)?, row.get::<String>(4)?);
                likeness(new, &row.get::<String>(2)?, &given)
            }
        };
        let Some((why, full)) = why else { continue };
        match found.iter_mut().find(|(known, ..)| *known == id) {
            // Another of her names is met as a whole: that tells more than a part of this one.
            Some(known) if full && !known.2 => *known = (id, why, full),
            Some(_) => {}
            None => found.push((id, why, full)),
        }
    }
    found.truncate(10);
    Ok(found)
}

/// How alike two names of people born on the same day are: the whole name in any spelling, or the given name
/// or the family name alone (a former name, a mistake).
fn likeness(new: &Candidate<'_>, family: &str, given: &str) -> Option<(&'static str, bool)> {
    let (family, given) = (is_whole(new.family, family), is_whole(new.given, given));
    match (family, given) {
        (true, true) => Some(("name_birth", true)),
        (true, false) | (false, true) => Some(("name_close", false)),
        (false, false) => None,
    }
}

type Person = (ClientId, String, Option<Date>, Option<AskUnit>);

fn people(tx: &mut impl Query, ids: &[ClientId]) -> Result<Vec<Person>, StoreError> {
    let values: Vec<Value> = ids.iter().map(|id| id.bytes().into()).collect();
    tx.query(
        &format!(
            "select c.id, c.display_name, c.birth_date, u.id, u.name_fi, u.name_sv, u.name_en, u.phone from client c left join unit u on u.id = c.responsible_unit where c.id in ({})",
            places(ids.len(), 0)
        ),
        &values,
    )?
    .iter()
    .map(|row| {
        let unit = match row.get::<Option<[u8; 16]>>(3)? {
            None => None,
            Some(unit) => Some(AskUnit {
                unit: UnitId::from_bytes(unit),
                name_fi: row.get(4)?,
                name_sv: row.get(5)?,
                name_en: row.get(6)?,
                phone: row.get(7)?,
            }),
        };
        Ok((ClientId::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?, unit))
    })
    .collect()
}
