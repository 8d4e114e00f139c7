//! The tables of local sign-in.

use kernel::time::{Timestamp, from_millis, millis};
use store::{Query, Row, StoreError, WriteTx, params};

use crate::people::StaffId;

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A code has been handed over; nobody has signed in yet.
    Invited,
    Active,
    /// Closed by an administrator: nothing of it opens anything.
    Closed,
}

impl State {
    fn from_code(code: &str) -> Result<Self, StoreError> {
        match code {
            "invited" => Ok(Self::Invited),
            "active" => Ok(Self::Active),
            "closed" => Ok(Self::Closed),
            _ => Err(crate::people::unreadable()),
        }
    }
}

/// A local account.
#[derive(Clone)]
pub(crate) struct Account {
    pub staff: StaffId,
    pub login: String,
    pub state: State,
    pub password: Option<String>,
    /// Sealed.
    pub totp: Option<Vec<u8>>,
    pub totp_last: i64,
    pub password_at: Option<Timestamp>,
    pub totp_since: Option<Timestamp>,
    /// Two people, or the operator of the machine, gave the login name to this employee.
    pub vouched: bool,
}

const COLUMNS: &str = "select staff_id, login_name, state, password_hash, totp_secret, totp_last_step, password_at, totp_since, vouched_at from account";

fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        staff: StaffId::from_bytes(row.get(0)?),
        login: row.get(1)?,
        state: State::from_code(&row.get::<String>(2)?)?,
        password: row.get(3)?,
        totp: row.get(4)?,
        totp_last: row.get(5)?,
        password_at: row.get::<Option<i64>>(6)?.map(from_millis),
        totp_since: row.get::<Option<i64>>(7)?.map(from_millis),
        vouched: row.get::<Option<i64>>(8)?.is_some(),
    })
}

pub(crate) fn by_login(query: &mut impl Query, login: &str) -> Result<Option<Account>, StoreError> {
    query
        .query_optional(&format!("{COLUMNS} where login_name = $1"), &params![login])?
        .as_ref()
        .map(account)
        .transpose()
}

pub(crate) fn by_staff(
    query: &mut impl Query,
    staff: StaffId,
) -> Result<Option<Account>, StoreError> {
    query
        .query_optional(
            &format!("{COLUMNS} where staff_id = $1"),
            &params![staff.bytes()],
        )?
        .as_ref()
        .map(account)
        .transpose()
}

/// Accepts a code's step once; false when it or a later one has been accepted already.
pub(crate) fn use_step(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    step: i64,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update account set totp_last_step = $2 where staff_id = $1 and totp_last_step < $2",
        &params![staff.bytes(), step],
    )?;
    Ok(changed == 1)
}

/// Uses a recovery code; false when there is no such unused code.
pub(crate) fn use_recovery(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update recovery_code set used_at = $3 where staff_id = $1 and code_hash = $2 and used_at is null",
        &params![staff.bytes(), hash, millis(now)],
    )?;
    Ok(changed == 1)
}

/// Recovery codes that have not been used.
pub(crate) fn recovery_left(query: &mut impl Query, staff: StaffId) -> Result<i64, StoreError> {
    query
        .query_one(
            "select count(*) from recovery_code where staff_id = $1 and used_at is null",
            &params![staff.bytes()],
        )?
        .get(0)
}

/// Puts new recovery codes in the place of all before them.
pub(crate) fn replace_recovery(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    hashes: &[[u8; 32]],
) -> Result<(), StoreError> {
    tx.execute(
        "delete from recovery_code where staff_id = $1",
        &params![staff.bytes()],
    )?;
    for hash in hashes {
        tx.execute(
            "insert into recovery_code (staff_id, code_hash) values ($1, $2)",
            &params![staff.bytes(), *hash],
        )?;
    }
    Ok(())
}

/// Sets a new password.
pub(crate) fn set_password(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update account set password_hash = $2, password_at = $3 where staff_id = $1",
        &params![staff.bytes(), hash, millis(now)],
    )?;
    Ok(())
}

/// Sets a new secret of time-based codes (sealed), whose code of `step` has just been shown.
pub(crate) fn set_totp(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    sealed: Vec<u8>,
    step: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update account set totp_secret = $2, totp_last_step = $3, totp_since = $4 where staff_id = $1",
        &params![staff.bytes(), sealed, step, millis(now)],
    )?;
    Ok(())
}

/// Notes a sign-in.
pub(crate) fn signed_in(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update account set signed_in_at = $2 where staff_id = $1",
        &params![staff.bytes(), millis(now)],
    )?;
    Ok(())
}
