//! A client is made: with a personal identity code, or with a temporary identifier that the county gives.

use identity::people::{StaffId, UnitId};
use kernel::identity_code::IdentityCode;
use kernel::temporary_identifier::TemporaryIdentifier;
use kernel::time::{Date, SignedDuration, day, millis, wall_time};
use store::{Query, StoreError, WriteTx, params};

use super::names::{self, NameKind, NewName};
use super::{By, Desk, add_event, details, related, touch};
use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::{self, Gate};
use crate::relations::{self, NewRelation, Object};

/// A person who becomes a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClient {
    /// `None`: a temporary identifier is given.
    pub code: Option<IdentityCode>,
    /// Told by the code when there is one.
    pub birth: Option<Date>,
    pub family: String,
    pub given: String,
    pub called: Option<String>,
    pub sex: Option<String>,
    pub source: String,
    /// The unit that answers for the client.
    pub unit: Option<UnitId>,
    /// Kind and value of each detail that was told.
    pub details: Vec<(&'static str, String)>,
    /// Phone, e-mail and addresses are kept secret.
    pub protect: bool,
}

/// The relation in which whoever made the client stands to it: by the contact or matter from which it was
/// made, or for some days as the one who wrote it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// `contact_holder` of a contact, or another kind that the caller's own act has made.
    By(&'static str, Option<Object>),
    Recorder,
}

/// Makes a client.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to make clients; [`ClientError::CodeTaken`] when another has the
/// code: whoever asked is led to the search, and learns no more here; [`ClientError::Missing`] without a name.
pub fn create(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    new: &NewClient,
    maker: Maker,
) -> Result<ClientId, ClientError> {
    let now = desk.now();
    let granted = gate::general(reader, "client_basics", "create", day(now), &[])?;
    let by = By {
        reader,
        granted,
        now,
    };
    let id = insert(tx, desk, new, Some(&by))?;
    let (kind, object, to) = match maker {
        Maker::By(kind, object) => (kind, object, None),
        Maker::Recorder => (
            "recorder",
            None,
            Some(now + SignedDuration::from_hours(24 * desk.settings.recorder_days)),
        ),
    };
    let relation = NewRelation {
        client: id,
        staff: reader.staff,
        kind,
        object,
        from: now,
        to,
        made_by: "client.create",
    };
    relations::begin(tx, &relation, desk.tails(), now)?;
    let how = if new.code.is_some() {
        "code"
    } else {
        "temporary"
    };
    by.log(tx, "client.create", id, how, Some(&content(new)))?;
    Ok(id)
}

fn content(new: &NewClient) -> String {
    let mut text = format!("{}\n{}\n", new.family, new.given);
    for (kind, value) in &new.details {
        text.push_str(&format!("{kind}={value}\n"));
    }
    text
}

/// Writes the rows of a client, for whoever has checked the right: [`create`], an import, synthetic people.
///
/// # Errors
/// As [`create`], without the right.
pub fn insert(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    new: &NewClient,
    by: Option<&By<'_>>,
) -> Result<ClientId, ClientError> {
    if new.family.trim().is_empty() && new.given.trim().is_empty() {
        return Err(ClientError::Missing("family"));
    }
    let id = ClientId::new(&*desk.clock, &*desk.chance);
    let staff = by.map(By::staff);
    let birth = new.code.map(|code| code.birth_date()).or(new.birth);
    if let Some(code) = &new.code {
        check_free(tx, desk, code)?;
    }
    let temporary = match new.code {
        Some(_) => None,
        None => Some(next_identifier(tx, desk)?),
    };
    let name = NewName {
        kind: NameKind::Current,
        family: new.family.trim().to_owned(),
        given: new.given.trim().to_owned(),
        called: new.called.clone(),
        from: None,
        to: None,
        source: new.source.clone(),
    };
    tx.execute(
        "insert into client (id, created_at, created_by, source, state, identity_code, identity_hash, temporary_identifier, birth_date, sex, display_name, sort_key, responsible_unit, version) values ($1, $2, $3, $4, 'active', $5, $6, $7, $8, $9, $10, $11, $12, 1)",
        &params![
            id.bytes(),
            millis(desk.now()),
            staff.map(|staff| staff.bytes()),
            new.source.as_str(),
            new.code.map(|code| code.expose().to_owned()),
            new.code.map(|code| desk.key.hash(&code)),
            temporary.as_ref().map(|one| one.expose().to_owned()),
            birth.map(|day| day.to_string()),
            new.sex.clone(),
            name.display(),
            name.sort_key(),
            new.unit.map(|unit| unit.bytes())
        ],
    )?;
    match (&new.code, &temporary) {
        (Some(code), _) => keep_code(tx, desk, id, code, staff)?,
        (None, Some(one)) => keep_identifier(
            tx,
            desk,
            id,
            ("temporary", one.expose(), temporary_hash(one)),
            staff,
        )?,
        (None, None) => {}
    }
    names::put(tx, desk, id, &name, by)?;
    for (kind, value) in &new.details {
        let detail = details::NewDetail {
            kind,
            value: value.clone(),
            protect: new.protect && details::HIDDEN.contains(kind),
            from: None,
            to: None,
            source: new.source.clone(),
            follows: None,
        };
        details::put(tx, desk, id, &detail, by)?;
    }
    add_event(tx, desk, id, staff, "created", "")?;
    Ok(id)
}

/// Links a personal identity code to a client who had a temporary identifier. Both are kept.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics; [`ClientError::HasCode`];
/// [`ClientError::CodeTaken`] when another client has it: the two are then to be merged;
/// [`ClientError::Day`] when the code tells another birth date than the record.
pub fn link_code(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    code: &IdentityCode,
) -> Result<(), ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    let client = gate.client();
    let row = tx.query_one(
        "select identity_code, birth_date from client where id = $1",
        &params![client.bytes()],
    )?;
    if row.get::<Option<String>>(0)?.is_some() {
        return Err(ClientError::HasCode);
    }
    if row
        .get::<Option<Date>>(1)?
        .is_some_and(|birth| birth != code.birth_date())
    {
        return Err(ClientError::Day("code"));
    }
    check_free(tx, desk, code)?;
    tx.execute(
        "update client set identity_code = $2, identity_hash = $3, birth_date = $4 where id = $1",
        &params![
            client.bytes(),
            code.expose(),
            desk.key.hash(code),
            code.birth_date().to_string()
        ],
    )?;
    keep_code(tx, desk, client, code, Some(by.staff()))?;
    touch(tx, client)?;
    add_event(tx, desk, client, Some(by.staff()), "code_linked", "")?;
    by.log(tx, "client.code_link", client, "", None)?;
    Ok(())
}

fn check_free(tx: &mut impl Query, desk: &Desk, code: &IdentityCode) -> Result<(), ClientError> {
    let taken = tx.query(
        "select 1 from client_identifier i join client c on c.id = i.client_id where i.hash = $1 and c.state <> 'voided'",
        &params![desk.key.hash(code)],
    )?;
    if taken.is_empty() {
        Ok(())
    } else {
        Err(ClientError::CodeTaken)
    }
}

fn keep_code(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    code: &IdentityCode,
    staff: Option<StaffId>,
) -> Result<(), StoreError> {
    let hash = desk.key.hash(code);
    keep_identifier(
        tx,
        desk,
        client,
        ("identity_code", code.expose(), hash),
        staff,
    )?;
    related::adopt(tx, client, hash)
}

fn keep_identifier(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    (kind, value, hash): (&str, &str, [u8; 32]),
    staff: Option<StaffId>,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into client_identifier (id, client_id, kind, value, hash, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            desk.row_id(),
            client.bytes(),
            kind,
            value,
            hash,
            millis(desk.now()),
            staff.map(|staff| staff.bytes())
        ],
    )?;
    Ok(())
}

/// The key under which a temporary identifier is found.
pub(crate) fn temporary_hash(identifier: &TemporaryIdentifier) -> [u8; 32] {
    *blake3::hash(identifier.expose().as_bytes()).as_bytes()
}

/// The county's next temporary identifier. The counter moves in the same transaction, so that no number is
/// given twice, and none is taken by an act that failed.
fn next_identifier(tx: &mut WriteTx<'_>, desk: &Desk) -> Result<TemporaryIdentifier, ClientError> {
    let year = wall_time(desk.now()).year();
    let given: i64 = tx
        .query_one(
            "insert into temporary_identifier_count (year, given) values ($1, 1) on conflict (year) do update set given = temporary_identifier_count.given + 1 returning given",
            &params![i64::from(year)],
        )?
        .get(0)?;
    let (Ok(year), Ok(given)) = (u16::try_from(year), u64::try_from(given)) else {
        return Err(ClientError::NoIdentifier);
    };
    TemporaryIdentifier::issue(
        &desk.organisation()?,
        desk.settings.identifier_branch,
        year,
        given,
    )
    .map_err(|_| ClientError::NoIdentifier)
}
