//! The stand-in of the national register of professionals (role and attribute service, 703/2023 65 § 2).
//!
//! A file takes the service's place until a county has the connection. It is the whole truth for the
//! employees it names: what it no longer tells has ended. Rights only narrow by themselves or return to
//! what the register says; nobody gets a work task from here.

use std::collections::BTreeMap;

use kernel::identity_code::IdentityCode;
use kernel::time::{SignedDuration, Timestamp, day, from_millis, iso_date, millis};
use store::{Log, Query, StoreError, WriteTx, params};

use access::rights::Subject;

use super::record::{NewRight, insert_right};
use super::{RightKind, project, subject};
use crate::identity_key::IdentityKey;
use crate::notices::{self, Kind};
use crate::people::StaffId;

/// Without a check for so long, signing and deciding stop; the last known validity holds until then (B04).
pub const TRUSTED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Column names of the file; fields are separated by semicolons.
pub const COLUMNS: &str =
    "identity_code;kind;register_number;valid_from;valid_until;restriction;drops_code;temporary";

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub person: [u8; 32],
    pub right: NewRight,
}

/// A line that cannot be used. It names the line and the column, never a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {column}")]
pub struct BadLine {
    pub line: usize,
    pub column: &'static str,
}

/// Reads a file of the register.
///
/// # Errors
/// The first line that cannot be used: then nothing of the file is.
pub fn read(text: &str, key: &IdentityKey) -> Result<Vec<Entry>, BadLine> {
    let mut lines = text.lines().enumerate();
    let heading = lines.next().map_or("", |(_, line)| line.trim());
    if heading.trim_start_matches('\u{feff}') != COLUMNS {
        return Err(BadLine {
            line: 1,
            column: "columns",
        });
    }
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| entry(index + 1, line, key))
        .collect()
}

fn entry(line: usize, text: &str, key: &IdentityKey) -> Result<Entry, BadLine> {
    let fields: Vec<&str> = text.split(';').map(str::trim).collect();
    let bad = |column| BadLine { line, column };
    let [
        code,
        kind,
        number,
        from,
        until,
        restriction,
        drops,
        temporary,
    ] = fields[..]
    else {
        return Err(bad("columns"));
    };
    let flag = |field: &str, column| match field {
        "0" | "" => Ok(false),
        "1" => Ok(true),
        _ => Err(bad(column)),
    };
    let code = IdentityCode::from_input(code).map_err(|_| bad("identity_code"))?;
    let valid_until = match until {
        "" => None,
        until => Some(iso_date(until).ok_or_else(|| bad("valid_until"))?),
    };
    Ok(Entry {
        person: key.hash(&code),
        right: NewRight {
            kind: RightKind::from_code(kind).ok_or_else(|| bad("kind"))?,
            register_number: Some(number.to_owned()),
            valid_from: iso_date(from).ok_or_else(|| bad("valid_from"))?,
            valid_until,
            restriction: restriction.to_owned(),
            drops_code: flag(drops, "drops_code")?,
            temporary: flag(temporary, "temporary")?,
        },
    })
}

/// What a refresh did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Employees in service with an identity code.
    pub checked: usize,
    /// Whose qualifications are other than before.
    pub changed: Vec<StaffId>,
}

/// Brings the professional rights of everybody in service to what the register tells. Safe to repeat.
///
/// # Errors
/// When the engine fails.
pub fn refresh(
    tx: &mut WriteTx<'_>,
    entries: &[Entry],
    now: Timestamp,
) -> Result<Refreshed, StoreError> {
    let mut told: BTreeMap<[u8; 32], Vec<&NewRight>> = BTreeMap::new();
    for entry in entries {
        told.entry(entry.person).or_default().push(&entry.right);
    }
    let staff = tx.query(
        "select id, identity_hash from staff where identity_hash is not null and (ended_on is null or ended_on >= $1) order by id",
        &params![day(now).to_string()],
    )?;
    let mut done = Refreshed::default();
    for row in staff {
        let (id, hash) = (StaffId::from_bytes(row.get(0)?), row.get::<[u8; 32]>(1)?);
        let before = subject(tx, id, now)?;
        let restricted = replace(tx, id, told.get(&hash), now)?;
        project(tx, id, now)?;
        done.checked += 1;
        let after = subject(tx, id, now)?;
        let told = (before.as_ref(), after.as_ref());
        tell(tx, id, told, restricted, (None, now))?;
        if after != before {
            done.changed.push(id);
        }
    }
    Ok(done)
}

/// The register's word takes the place of what it said before, which stays as history; whether it tells a restriction
/// that it did not tell before. When it tells nothing
/// of somebody, what it told before has ended, and what an administrator entered stands.
fn replace(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    told: Option<&Vec<&NewRight>>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut restricted = false;
    tx.execute(
        "update professional_right set replaced_at = $2 where staff_id = $1 and replaced_at is null and (source = 'register' or $3 = 1)",
        &params![staff.bytes(), millis(now), i64::from(told.is_some())],
    )?;
    for right in told.into_iter().flatten() {
        let same = tx.execute(
            "update professional_right set replaced_at = null, checked_at = $2 where staff_id = $1 and replaced_at = $2 and source = 'register' and kind = $3 and register_number = $4 and valid_from = $5 and coalesce(valid_until, '') = $6 and restriction = $7 and drops_code = $8 and temporary = $9",
            &params![
                staff.bytes(),
                millis(now),
                right.kind.code(),
                right.register_number.clone().unwrap_or_default(),
                right.valid_from.to_string(),
                right.valid_until.map_or_else(String::new, |last| last.to_string()),
                right.restriction.as_str(),
                right.drops_code,
                right.temporary
            ],
        )?;
        if same == 0 {
            insert_right(tx, None, staff, right, "register", Some(now))?;
            restricted |= !right.restriction.is_empty();
        }
    }
    Ok(restricted)
}

/// Whether a qualification that was there is there no more.
pub(super) fn has_lost(before: &Subject, after: &Subject) -> bool {
    let mut codes = before.qualifications.iter();
    codes.any(|code| code != "other" && !after.qualifications.contains(code))
}

/// Tells the employee and her lead what the register now says of her rights (bar B04): lost, or restricted or otherwise
/// other than before.
pub(super) fn tell(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    (before, after): (Option<&Subject>, Option<&Subject>),
    restricted: bool,
    (by, now): (Option<StaffId>, Timestamp),
) -> Result<(), StoreError> {
    let kind = match (before, after) {
        (Some(before), Some(after)) if has_lost(before, after) => Kind::RightLost,
        (Some(before), Some(after)) if restricted || before != after => Kind::RightChanged,
        _ => return Ok(()),
    };
    notices::tell_all(tx, kind, staff, by, now)
}

/// Log entry of a refresh.
///
/// # Errors
/// When an earlier statement failed.
pub fn log(tx: &mut impl Log, done: &Refreshed, now: Timestamp) -> Result<(), StoreError> {
    let changed: Vec<String> = done.changed.iter().map(StaffId::to_string).collect();
    tx.log(access::log::LogEntry {
        at: now,
        actor: access::log::Actor::System,
        event: "admin.right_refresh",
        right: "JB-08".into(),
        purpose: "P21",
        subjects: Vec::new(),
        detail: format!("checked={} changed={}", done.checked, changed.join(",")),
        digest: None,
    })
}

/// Whether the register has been asked lately enough for signing and deciding. Somebody whose rights no
/// register has told of stands on what an administrator entered.
///
/// # Errors
/// When the engine fails.
pub fn is_trusted(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let oldest: Option<i64> = query
        .query_one(
            "select min(checked_at) from professional_right where staff_id = $1 and source = 'register' and replaced_at is null",
            &params![staff.bytes()],
        )?
        .get(0)?;
    Ok(oldest.is_none_or(|at| now.duration_since(from_millis(at)) <= TRUSTED))
}
