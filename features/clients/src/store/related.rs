//! Household, relatives, guardians and those who act for a client, with periods.

use identity::people::StaffId;
use kernel::coded;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, Timestamp, day, millis};
use store::{Query, StoreError, WriteTx, params};

use super::limits::Pause;
use super::search::{self, Occasion};
use super::{Desk, check_version, lapse, told, touch};
use crate::domain::guarded::Guarded;
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;
use crate::store::details::Told;

coded! {
    /// Who a related person is to the client.
    Role {
        Spouse = "spouse",
        Partner = "partner",
        Child = "child",
        Parent = "parent",
        Sibling = "sibling",
        Grandparent = "grandparent",
        Grandchild = "grandchild",
        FormerSpouse = "former_spouse",
        Relative = "relative",
        /// Huoltaja.
        Guardian = "guardian",
        /// Edunvalvoja (442/1999).
        LegalGuardian = "legal_guardian",
        /// Edunvalvontavaltuutettu (648/2007).
        ContinuingProxy = "continuing_proxy",
        /// Puolesta asioiva, by the client's own mandate.
        Proxy = "proxy",
        Close = "close",
        SupportPerson = "support_person",
        Other = "other",
    }
}

impl Role {
    /// Whether the person acts for the client: what the task covers must be told.
    pub const fn acts(self) -> bool {
        matches!(
            self,
            Self::LegalGuardian | Self::ContinuingProxy | Self::Proxy
        )
    }

    /// Whether two clients in this role to each other are a couple: joint matters, each with an own record.
    pub const fn is_couple(self) -> bool {
        matches!(self, Self::Spouse | Self::Partner)
    }

    /// The role that the other has to this one, when both are clients.
    const fn back(self) -> Option<Self> {
        match self {
            Self::Spouse => Some(Self::Spouse),
            Self::Partner => Some(Self::Partner),
            Self::Child => Some(Self::Parent),
            Self::Parent => Some(Self::Child),
            Self::Sibling => Some(Self::Sibling),
            Self::Grandparent => Some(Self::Grandchild),
            Self::Grandchild => Some(Self::Grandparent),
            Self::FormerSpouse => Some(Self::FormerSpouse),
            Self::Relative => Some(Self::Relative),
            _ => None,
        }
    }
}

/// A related person as written down.
#[derive(Debug, Clone)]
pub struct NewRelated {
    pub role: Role,
    pub name: String,
    /// Kept as a digest alone: so that the person as a worker is barred (B02).
    pub code: Option<IdentityCode>,
    pub phone: Option<String>,
    pub same_household: bool,
    /// What the task or mandate covers.
    pub scope: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
    /// The writer knows that the code may be a colleague's, who is then kept from the record.
    pub sure: bool,
}

/// What became of a related person who was to be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Row(RowId),
    /// Nothing was written: searching waits (bar B20), and whoever is named by a code is searched for.
    Paused(Pause),
    /// Nothing was written: the code is that of somebody who works here, and she would no longer see the record (bar
    /// B02). It is asked whether this is meant.
    Colleague,
}

/// A related person of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub id: RowId,
    pub role: Role,
    pub name: String,
    /// The person is a client too. Whether the reader may see that record is for its own gate.
    pub client: Option<ClientId>,
    pub phone: Option<Told>,
    pub same_household: bool,
    pub scope: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
    pub recorded_at: Timestamp,
    pub recorded_by: Option<String>,
}

impl Related {
    pub fn holds(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// Writes a related person down. Somebody who is a client by the same identity code is linked unseen; the
/// link never shows more than the name that was typed. To name somebody by a code is to search for her, with the limits
/// and the trace of a search, and is answered alike whoever she is. Only that a colleague would be kept from the record
/// is asked about first; whoever leads the client's unit is told of it.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics; [`ClientError::Missing`] for a name, or
/// for what a guardian's task covers; [`ClientError::Day`] when the period ends before it begins.
pub fn add(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    new: &NewRelated,
    version: Option<i64>,
) -> Result<Added, ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    check_version(tx, gate.client(), version)?;
    check(new)?;
    let mut barred = None;
    if let Some(code) = &new.code {
        let occasion = Occasion::Beside(by.granted);
        if let Some(pause) = search::by_code(tx, desk, gate.reader(), code, occasion)? {
            return Ok(Added::Paused(pause));
        }
        barred = at_work(tx, desk.key.hash(code), by.now)?;
        if barred.is_some() && !new.sure {
            return Ok(Added::Colleague);
        }
    }
    let id = RowId::from_bytes(desk.row_id());
    insert(tx, desk, gate, new, (id, by.staff(), by.now))?;
    touch(tx, gate.client())?;
    let role = new.role.code();
    let detail = match barred {
        Some(staff) => format!("{role} bars={staff}"),
        None => role.to_owned(),
    };
    by.log(
        tx,
        "client.related",
        gate.client(),
        &detail,
        Some(&new.name),
    )?;
    if barred.is_some() {
        let (unit, client) = (gate.responsible_unit(), gate.client());
        told::tell_leads(tx, desk, unit, client, "colleague_barred", id.bytes())?;
    }
    Ok(Added::Row(id))
}

fn check(new: &NewRelated) -> Result<(), ClientError> {
    if new.name.trim().is_empty() {
        return Err(ClientError::Missing("name"));
    }
    let scope = new.scope.as_deref().unwrap_or_default();
    if new.role.acts() && scope.trim().is_empty() {
        return Err(ClientError::Missing("scope"));
    }
    if new.from.zip(new.to).is_some_and(|(from, to)| to < from) {
        return Err(ClientError::Day("to"));
    }
    Ok(())
}

/// The employee in service who has the code.
fn at_work(
    tx: &mut impl Query,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<StaffId>, StoreError> {
    tx.query_optional(
        "select id from staff where identity_hash = $1 and (left_at is null or left_at > $2)",
        &params![hash, now],
    )?
    .map(|row| row.get(0).map(StaffId::from_bytes))
    .transpose()
}

fn insert(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    new: &NewRelated,
    (id, by, now): (RowId, StaffId, Timestamp),
) -> Result<(), ClientError> {
    let hash = new.code.map(|code| desk.key.hash(&code));
    let other = match hash {
        None => None,
        Some(hash) => tx
            .query_optional(
                "select id from client where identity_hash = $1 and id <> $2 and state = 'active'",
                &params![hash, gate.client().bytes()],
            )?
            .map(|row| row.get::<[u8; 16]>(0))
            .transpose()?,
    };
    tx.execute(
        "insert into related_person (id, client_id, other_client, name, identity_hash, role, scope, phone, same_household, valid_from, valid_to, source, recorded_at, recorded_by, household_ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &params![
            id.bytes(),
            gate.client().bytes(),
            other,
            new.name.trim(),
            hash,
            new.role.code(),
            new.scope.clone(),
            new.phone.clone(),
            new.same_household,
            new.from.unwrap_or(day(now)).to_string(),
            new.to.map(|day| day.to_string()),
            new.source.as_str(),
            millis(now),
            by.bytes(),
            // A household of the past hides nothing.
            new.to.filter(|to| *to < day(now)).map(|_| now)
        ],
    )?;
    Ok(())
}

/// Whoever was written down by the code that this client has is this client, from the moment both are known.
pub(crate) fn adopt(
    tx: &mut WriteTx<'_>,
    client: ClientId,
    hash: [u8; 32],
) -> Result<(), StoreError> {
    tx.execute(
        "update related_person set other_client = $1 where identity_hash = $2 and client_id <> $1 and (other_client is null or other_client in (select c.id from client c where c.state = 'voided'))",
        &params![client.bytes(), hash],
    )?;
    Ok(())
}

/// Links two clients to each other, as of a couple: each has an own record, and a row in the other's.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics of both.
pub fn link(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (one, other): (&Gate, &Gate),
    role: Role,
    same_household: bool,
    source: &str,
) -> Result<(), ClientError> {
    let mut sides = vec![(one, other, role)];
    sides.extend(role.back().map(|back| (other, one, back)));
    for (gate, to, role) in sides {
        let by = gate.by("client_basics", "correct", desk.now())?;
        if to.by("client_basics", "see_basics", desk.now()).is_err() {
            return Err(ClientError::NotFound);
        }
        let copied = tx.execute(
            "insert into related_person (id, client_id, other_client, name, identity_hash, role, same_household, valid_from, source, recorded_at, recorded_by) select $1, $2, c.id, c.display_name, c.identity_hash, $4, $5, $6, $7, $8, $9 from client c where c.id = $3",
            &params![
                desk.row_id(),
                gate.client().bytes(),
                to.client().bytes(),
                role.code(),
                same_household,
                day(by.now).to_string(),
                source,
                millis(by.now),
                by.staff().bytes()
            ],
        )?;
        if copied == 0 {
            return Err(ClientError::NotFound);
        }
        touch(tx, gate.client())?;
        by.log(tx, "client.related", gate.client(), role.code(), None)?;
    }
    Ok(())
}

/// Ends a related person's entry on a day, which is its last.
///
/// # Errors
/// [`ClientError::NotFound`] without a right, or when there is no such entry in force.
pub fn end(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    row: RowId,
    last: Date,
) -> Result<(), ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    let changed = tx.execute(
        "update related_person set valid_to = $3 where id = $1 and client_id = $2 and (valid_to is null or valid_to > $3)",
        &params![row.bytes(), gate.client().bytes(), last.to_string()],
    )?;
    if changed == 0 {
        return Err(ClientError::NotFound);
    }
    if gate.is_hidden() {
        lapse::protect_household_of(tx, row)?;
    }
    if last < day(by.now) {
        tx.execute(
            "update related_person set household_ended_at = $2 where id = $1",
            &params![row.bytes(), by.now],
        )?;
    }
    touch(tx, gate.client())?;
    by.log(tx, "client.related_end", gate.client(), "", None)?;
    Ok(())
}

/// All related persons, those in force first. `hidden`: non-disclosure of the household is in force. The number of
/// somebody who is a client under non-disclosure is protected wherever it stands.
pub(crate) fn all(
    tx: &mut impl Query,
    client: ClientId,
    hidden: bool,
    now: Timestamp,
) -> Result<Vec<Related>, ClientError> {
    tx.query(
        "select p.id, p.role, p.name, p.other_client, p.phone, p.same_household, p.scope, p.valid_from, p.valid_to, p.source, p.recorded_at, s.name, case when exists (select 1 from hidden_client h where (h.client_id = p.other_client or h.client_id in (select c.id from client c where c.identity_hash = p.identity_hash)) and h.begins_on <= $2 and h.ends_on >= $2) then 1 else 0 end, p.protected from related_person p left join staff s on s.id = p.recorded_by where p.client_id = $1 order by coalesce(p.valid_to, '9999-12-31') desc, p.name, p.id",
        &params![client.bytes(), day(now).to_string()],
    )?
    .iter()
    .map(|row| {
        let same_household: bool = row.get(5)?;
        // By an order of the other one in force, or by one that has ended.
        let other_hidden = row.get::<bool>(12)? || row.get::<bool>(13)?;
        let phone: Option<String> = row.get(4)?;
        Ok(Related {
            id: RowId::from_bytes(row.get(0)?),
            role: Role::from_code(&row.get::<String>(1)?).ok_or(ClientError::Unreadable)?,
            name: row.get(2)?,
            client: row.get::<Option<[u8; 16]>>(3)?.map(ClientId::from_bytes),
            phone: phone.map(|phone| {
                if other_hidden || (hidden && same_household) {
                    Told::Protected(Guarded::new(client, phone))
                } else {
                    Told::Plain(phone)
                }
            }),
            same_household,
            scope: row.get(6)?,
            from: row.get(7)?,
            to: row.get(8)?,
            source: row.get(9)?,
            recorded_at: row.get(10)?,
            recorded_by: row.get(11)?,
        })
    })
    .collect()
}
