//! Names with periods: the current one, former ones, and those a person is called by.

use kernel::coded;
use kernel::time::{Date, Timestamp, day, millis};
use store::{Query, StoreError, WriteTx, params};

use super::{By, Desk, check_version, touch};
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;

coded! {
    /// What a name is to its bearer.
    NameKind {
        Current = "current",
        Former = "former",
        /// Another name that the person uses.
        Called = "called",
    }
}

/// A name as written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewName {
    pub kind: NameKind,
    pub family: String,
    pub given: String,
    /// The given name in use.
    pub called: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
}

impl NewName {
    /// As a person is spoken of: the name in use, then the family name.
    pub fn display(&self) -> String {
        let first = self
            .called
            .as_deref()
            .or_else(|| self.given.split_whitespace().next())
            .unwrap_or_default();
        format!("{first} {}", self.family).trim().to_owned()
    }

    /// The place in a list: family name, then given names.
    pub fn sort_key(&self) -> String {
        text::sort::sort_key(&format!("{} {}", self.family, self.given))
    }

    pub(crate) fn folded(&self) -> Vec<String> {
        let called = self.called.as_deref().unwrap_or_default();
        text::names::fold(&format!("{} {} {called}", self.family, self.given))
    }
}

/// Writes a name down. A new current one ends the one before the day it begins, and the one before stays as
/// a former name.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics; [`ClientError::Changed`] when the record
/// is not that of `version` any more; [`ClientError::Missing`] without a name.
pub fn change(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    new: &NewName,
    version: Option<i64>,
) -> Result<(), ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    check_version(tx, gate.client(), version)?;
    if new.family.trim().is_empty() && new.given.trim().is_empty() {
        return Err(ClientError::Missing("family"));
    }
    if new.from.zip(new.to).is_some_and(|(from, to)| to < from) {
        return Err(ClientError::Day("to"));
    }
    let mut new = new.clone();
    if new.kind == NameKind::Current {
        let from = *new.from.get_or_insert(day(by.now));
        let last = from.yesterday().map_err(|_| ClientError::Day("from"))?;
        tx.execute(
            "update client_name set kind = 'former', valid_to = $2 where client_id = $1 and kind = 'current'",
            &params![gate.client().bytes(), last.to_string()],
        )?;
    }
    put(tx, desk, gate.client(), &new, Some(&by))?;
    touch(tx, gate.client())?;
    let content = format!("{} {}", new.given, new.family);
    by.log(
        tx,
        "client.name",
        gate.client(),
        new.kind.code(),
        Some(&content),
    )?;
    Ok(())
}

/// Writes the rows of a name; a current one is shown from now on.
pub(crate) fn put(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    new: &NewName,
    by: Option<&By<'_>>,
) -> Result<(), StoreError> {
    let id = desk.row_id();
    tx.execute(
        "insert into client_name (id, client_id, kind, family, given, called, sort_key, valid_from, valid_to, source, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &params![
            id,
            client.bytes(),
            new.kind.code(),
            new.family.as_str(),
            new.given.as_str(),
            new.called.clone(),
            new.sort_key(),
            new.from.map(|day| day.to_string()),
            new.to.map(|day| day.to_string()),
            new.source.as_str(),
            millis(by.map_or_else(|| desk.now(), |by| by.now)),
            by.map(|by| by.staff().bytes())
        ],
    )?;
    for part in new.folded() {
        tx.execute(
            "insert into name_part (folded, client_id, name_id) values ($1, $2, $3)",
            &params![part, client.bytes(), id],
        )?;
    }
    if new.kind == NameKind::Current {
        tx.execute(
            "update client set display_name = $2, sort_key = $3 where id = $1",
            &params![client.bytes(), new.display(), new.sort_key()],
        )?;
    }
    Ok(())
}

/// Makes a former name the current one, which it was until a mistake ended it.
pub(crate) fn hold_again(
    tx: &mut WriteTx<'_>,
    client: ClientId,
    name: &Name,
) -> Result<(), StoreError> {
    tx.execute(
        "update client_name set kind = 'current', valid_to = null where id = $1",
        &params![name.id.bytes()],
    )?;
    let shown = NewName {
        kind: NameKind::Current,
        family: name.family.clone(),
        given: name.given.clone(),
        called: name.called.clone(),
        from: name.from,
        to: None,
        source: name.source.clone(),
    };
    tx.execute(
        "update client set display_name = $2, sort_key = $3 where id = $1",
        &params![client.bytes(), shown.display(), shown.sort_key()],
    )?;
    Ok(())
}

/// A name of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub id: RowId,
    pub kind: NameKind,
    pub family: String,
    pub given: String,
    pub called: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
    pub recorded_at: Timestamp,
    pub recorded_by: Option<String>,
}

/// All names of a client, the current one first, then the newest.
pub(crate) fn all(tx: &mut impl Query, client: ClientId) -> Result<Vec<Name>, ClientError> {
    tx.query(
        "select n.id, n.kind, n.family, n.given, n.called, n.valid_from, n.valid_to, n.source, n.recorded_at, s.name from client_name n left join staff s on s.id = n.recorded_by where n.client_id = $1 and n.voided_at is null order by case n.kind when 'current' then 0 when 'called' then 1 else 2 end, n.valid_to desc, n.recorded_at desc, n.id",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        Ok(Name {
            id: RowId::from_bytes(row.get(0)?),
            kind: NameKind::from_code(&row.get::<String>(1)?).ok_or(ClientError::Unreadable)?,
            family: row.get(2)?,
            given: row.get(3)?,
            called: row.get(4)?,
            from: row.get(5)?,
            to: row.get(6)?,
            source: row.get(7)?,
            recorded_at: row.get(8)?,
            recorded_by: row.get(9)?,
        })
    })
    .collect()
}
