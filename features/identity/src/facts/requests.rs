//! Requests about employees that need two people beside tasks: a code for the account, another identity code, the end
//! of a declared relative. One asks, another approves, as with tasks ([`super::approval`]); nothing counts before.
//!
//! Why: whoever has the code of somebody's account is that person for the house, with all that person may read, so no
//! administrator may make one alone, and who asked never sees it. A changed identity code or an ended declaration
//! lifts bars B01-B03.

use kernel::chance::Chance;
use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use store::{Query, Row, StoreError, WriteTx, params};

use super::approval::{Refusal, Request as Task, Side, may_approve, may_ask};
use super::record::{self, Acting, next};
use super::units_led;
use crate::accounts::{self, DAYS, InviteError, Invited, LoginName};
use crate::notices::{self, Kind as Told};
use crate::people::{StaffId, unreadable};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A code that opens the account, for the first time or anew.
    Invitation,
    /// Another personal identity code, by which the person's own and relatives' records are found.
    IdentityCode,
    /// The end of a declaration of a relative; the person asks it herself.
    BarWithdrawal,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Invitation, Self::IdentityCode, Self::BarWithdrawal];

    /// The code in the store; messages `admin-asked-…` name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::IdentityCode => "identity_code",
            Self::BarWithdrawal => "bar_withdrawal",
        }
    }
}

/// A request that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub id: i64,
    pub kind: Kind,
    pub person: StaffId,
    pub by: StaffId,
    pub at: Timestamp,
    /// The login name for which a code is asked.
    pub login: Option<String>,
    hash: Option<[u8; 32]>,
    declaration: Option<i64>,
}

const COLUMNS: &str = "select id, kind, staff_id, requested_by, requested_at, login_name, identity_hash, declaration_id from staff_request where decided_at is null";

fn waiting(row: &Row) -> Result<Waiting, StoreError> {
    let code: String = row.get(1)?;
    Ok(Waiting {
        id: row.get(0)?,
        kind: Kind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
            .ok_or_else(unreadable)?,
        person: StaffId::from_bytes(row.get(2)?),
        by: StaffId::from_bytes(row.get(3)?),
        at: from_millis(row.get(4)?),
        login: row.get(5)?,
        hash: row.get(6)?,
        declaration: row.get(7)?,
    })
}

/// A code that nobody approved in the time in which it would have had to be used is asked anew.
fn lapsed(one: &Waiting, now: Timestamp) -> bool {
    one.kind == Kind::Invitation
        && now.duration_since(one.at) > SignedDuration::from_hours(24 * i64::from(DAYS))
}

/// Requests about one employee, or with `None` about everybody, that wait for a decision.
///
/// # Errors
/// When the engine fails.
pub fn list(
    query: &mut impl Query,
    staff: Option<StaffId>,
    now: Timestamp,
) -> Result<Vec<Waiting>, StoreError> {
    let rows = match staff {
        Some(staff) => query.query(
            &format!("{COLUMNS} and staff_id = $1 order by requested_at, id"),
            &params![staff.bytes()],
        )?,
        None => query.query(&format!("{COLUMNS} order by requested_at, id"), &[])?,
    };
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(waiting(row)?);
    }
    all.retain(|one| !lapsed(one, now));
    Ok(all)
}

/// A request by its number, while it waits.
///
/// # Errors
/// When the engine fails.
pub fn find(
    query: &mut impl Query,
    id: i64,
    now: Timestamp,
) -> Result<Option<Waiting>, StoreError> {
    let found = query.query_optional(&format!("{COLUMNS} and id = $1"), &params![id])?;
    Ok(found
        .as_ref()
        .map(waiting)
        .transpose()?
        .filter(|one| !lapsed(one, now)))
}

/// Whose request it is, also when it has been decided.
///
/// # Errors
/// When the engine fails.
pub fn person_of(query: &mut impl Query, id: i64) -> Result<Option<StaffId>, StoreError> {
    query
        .query_optional(
            "select staff_id from staff_request where id = $1",
            &params![id],
        )?
        .map(|row| Ok(StaffId::from_bytes(row.get(0)?)))
        .transpose()
}

struct New<'a> {
    kind: Kind,
    person: StaffId,
    login: Option<&'a str>,
    hash: Option<[u8; 32]>,
    declaration: Option<i64>,
}

/// Keeps a request; an earlier one of the same thing that waits is put aside.
fn ask(tx: &mut WriteTx<'_>, by: &Acting, new: &New<'_>) -> Result<(), StoreError> {
    tx.execute(
        "update staff_request set decided_at = $3, decided_by = $4 where staff_id = $1 and kind = $2 and decided_at is null and coalesce(declaration_id, 0) = $5",
        &params![
            new.person.bytes(),
            new.kind.code(),
            millis(by.at),
            by.staff.bytes(),
            new.declaration.unwrap_or(0)
        ],
    )?;
    let id = next(tx, "staff_request")?;
    tx.execute(
        "insert into staff_request (id, kind, staff_id, login_name, identity_hash, declaration_id, requested_at, requested_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            id,
            new.kind.code(),
            new.person.bytes(),
            new.login,
            new.hash,
            new.declaration,
            millis(by.at),
            by.staff.bytes()
        ],
    )?;
    Ok(())
}

/// Nobody asks about oneself what another must ask.
fn not_oneself(by: &Acting, person: StaffId) -> Result<(), Refusal> {
    may_ask(&Task {
        task: "",
        person,
        by: by.staff,
        side: Side::Administrator,
    })
}

/// Asks for a code that opens an employee's account. The code does not exist before somebody else approves.
///
/// # Errors
/// [`Refusal::Own`], [`Refusal::NameTaken`].
pub fn ask_invitation(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    person: StaffId,
    login: &LoginName,
) -> Result<(), Refusal> {
    not_oneself(by, person)?;
    let asked = list(tx, None, by.at)?
        .iter()
        .any(|one| one.person != person && one.login.as_deref() == Some(login.as_str()));
    if asked || accounts::is_taken(tx, person, login)? {
        return Err(Refusal::NameTaken);
    }
    let new = New {
        kind: Kind::Invitation,
        person,
        login: Some(login.as_str()),
        hash: None,
        declaration: None,
    };
    ask(tx, by, &new)?;
    notices::tell_all(tx, Told::CodeAsked, person, Some(by.staff), by.at)?;
    Ok(by.log(tx, "admin.invite_request", format!("staff={person}"))?)
}

/// Asks that an employee's identity code be the one of this digest.
///
/// # Errors
/// [`Refusal::Own`].
pub fn ask_identity(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    person: StaffId,
    hash: [u8; 32],
) -> Result<(), Refusal> {
    not_oneself(by, person)?;
    if record::has_identity(tx, person, hash)? {
        return Err(Refusal::CodeTaken);
    }
    let new = New {
        kind: Kind::IdentityCode,
        person,
        login: None,
        hash: Some(hash),
        declaration: None,
    };
    ask(tx, by, &new)?;
    notices::tell_all(tx, Told::IdentityAsked, person, Some(by.staff), by.at)?;
    Ok(by.log(tx, "admin.identity_request", format!("staff={person}"))?)
}

/// Asks that one's own declaration of a relative end. It bars until the lead approves. `false` when there is none of
/// that number.
///
/// # Errors
/// When the engine fails.
pub fn ask_withdrawal(tx: &mut WriteTx<'_>, by: &Acting, number: i64) -> Result<bool, StoreError> {
    let found = tx.query_optional(
        "select id from relative_declaration where id = $1 and staff_id = $2 and withdrawn_at is null",
        &params![number, by.staff.bytes()],
    )?;
    if found.is_none() {
        return Ok(false);
    }
    let new = New {
        kind: Kind::BarWithdrawal,
        person: by.staff,
        login: None,
        hash: None,
        declaration: Some(number),
    };
    ask(tx, by, &new)?;
    notices::tell_leads(tx, Told::WithdrawalAsked, by.staff, Some(by.staff), by.at)?;
    by.log(tx, "bars.withdraw_request", String::new())?;
    Ok(true)
}

/// Takes back requests to end a declaration that has been made anew.
pub(crate) fn keep_declaration(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    number: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "update staff_request set decided_at = $2, decided_by = $3 where declaration_id = $1 and decided_at is null",
        &params![number, millis(by.at), by.staff.bytes()],
    )?;
    Ok(())
}

/// Declarations of an employee whose end waits for the lead.
///
/// # Errors
/// When the engine fails.
pub fn ending(query: &mut impl Query, staff: StaffId) -> Result<Vec<i64>, StoreError> {
    query
        .query(
            "select declaration_id from staff_request where staff_id = $1 and kind = 'bar_withdrawal' and decided_at is null",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// The rule of two for requests: who may approve. The end of a declaration is the lead's to approve; an administrator
/// approves that of somebody who leads the unit herself.
///
/// # Errors
/// [`Refusal::Own`], [`Refusal::SameTwice`], [`Refusal::LeadApproves`].
pub fn may_decide(
    one: &Waiting,
    by: StaffId,
    side: Side,
    leads_own_unit: bool,
) -> Result<(), Refusal> {
    let request = Task {
        task: "",
        person: one.person,
        by: one.by,
        side: Side::Administrator,
    };
    may_approve(&request, by, side)?;
    let withdrawal = one.kind == Kind::BarWithdrawal;
    if withdrawal && side == Side::Administrator && !leads_own_unit {
        return Err(Refusal::LeadApproves);
    }
    Ok(())
}

/// Whether the employee leads the unit where she works.
///
/// # Errors
/// When the engine fails.
pub fn leads_own_unit(
    query: &mut impl Query,
    person: StaffId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let led = units_led(query, person, kernel::time::day(at))?;
    Ok(crate::people::lookup_staff(query, person)?.is_some_and(|one| led.contains(&one.unit)))
}

/// What an approval brings.
#[derive(Debug)]
pub enum Approved {
    /// A code, for the approver to hand over. It is shown once.
    Code {
        invited: Invited,
        login: String,
    },
    Done,
}

/// Approves a request of somebody else. `typed` is the digest of the identity code as the approver typed it: an identity
/// code counts when two people have typed the same.
///
/// # Errors
/// [`Refusal`].
pub fn approve(
    tx: &mut WriteTx<'_>,
    chance: &dyn Chance,
    by: &Acting,
    side: Side,
    id: i64,
    typed: Option<[u8; 32]>,
) -> Result<Approved, Refusal> {
    let one = find(tx, id, by.at)?.ok_or(Refusal::Decided)?;
    may_decide(&one, by.staff, side, leads_own_unit(tx, one.person, by.at)?)?;
    let done = match one.kind {
        Kind::Invitation => invite(tx, chance, by, &one)?,
        Kind::IdentityCode => {
            let hash = one.hash.ok_or_else(unreadable)?;
            if typed != Some(hash) {
                return Err(Refusal::Differs);
            }
            set_identity(tx, by, &one, hash)?
        }
        Kind::BarWithdrawal => {
            let number = one.declaration.ok_or_else(unreadable)?;
            super::declare::withdraw(tx, by, one.person, number)?;
            notices::tell(
                tx,
                one.person,
                Told::Withdrawn,
                one.person,
                Some(by.staff),
                by.at,
            )?;
            Approved::Done
        }
    };
    decide(tx, by, &one, true)?;
    Ok(done)
}

fn invite(
    tx: &mut WriteTx<'_>,
    chance: &dyn Chance,
    by: &Acting,
    one: &Waiting,
) -> Result<Approved, Refusal> {
    let left = crate::people::lookup_staff(tx, one.person)?
        .and_then(|staff| staff.ended_on)
        .is_some_and(|last| last < kernel::time::day(by.at));
    if left {
        return Err(Refusal::Period);
    }
    let login = one
        .login
        .as_deref()
        .and_then(LoginName::parse)
        .ok_or_else(unreadable)?;
    let made = accounts::invite(tx, chance, by.at, one.person, &login, Some(by.staff), DAYS);
    let invited = made.map_err(|error| match error {
        InviteError::NameTaken => Refusal::NameTaken,
        InviteError::Store(error) => error.into(),
    })?;
    by.log(
        tx,
        "admin.invite",
        format!("staff={} asked={} days={DAYS}", one.person, one.by),
    )?;
    Ok(Approved::Code {
        invited,
        login: login.as_str().to_owned(),
    })
}

fn set_identity(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    one: &Waiting,
    hash: [u8; 32],
) -> Result<Approved, Refusal> {
    if record::has_identity(tx, one.person, hash)? {
        return Err(Refusal::CodeTaken);
    }
    record::set_identity_hash(tx, one.person, hash)?;
    notices::tell_all(tx, Told::IdentityChanged, one.person, Some(by.staff), by.at)?;
    by.log(
        tx,
        "admin.person_change",
        format!("staff={} asked={} identity", one.person, one.by),
    )?;
    Ok(Approved::Done)
}

/// Refuses a request. Whoever asked may take it back so; nobody decides about oneself.
///
/// # Errors
/// [`Refusal::Decided`], [`Refusal::Own`].
pub fn refuse(tx: &mut WriteTx<'_>, by: &Acting, id: i64) -> Result<StaffId, Refusal> {
    let one = find(tx, id, by.at)?.ok_or(Refusal::Decided)?;
    if one.person == by.staff {
        return Err(Refusal::Own);
    }
    decide(tx, by, &one, false)?;
    if one.kind == Kind::BarWithdrawal {
        let told = Told::WithdrawalRefused;
        notices::tell(tx, one.person, told, one.person, Some(by.staff), by.at)?;
    }
    by.log(
        tx,
        "admin.request_refuse",
        format!("staff={} kind={}", one.person, one.kind.code()),
    )?;
    Ok(one.person)
}

fn decide(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    one: &Waiting,
    approved: bool,
) -> Result<(), StoreError> {
    tx.execute(
        "update staff_request set decided_at = $2, decided_by = $3, approved = $4 where id = $1",
        &params![one.id, millis(by.at), by.staff.bytes(), i64::from(approved)],
    )?;
    let asked = match one.kind {
        Kind::Invitation => Told::CodeAsked,
        Kind::IdentityCode => Told::IdentityAsked,
        Kind::BarWithdrawal => Told::WithdrawalAsked,
    };
    notices::settle(tx, asked, one.person, by.at)
}
