//! Invitations: the one-time code with which a person signs in for the first time, or again after losing everything.
//! An administrator hands it over; no e-mail is needed.

use kernel::chance::Chance;
use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use super::store::State;
use super::{codes, entry};
use crate::notices;
use crate::people::StaffId;
use access::log::Actor;

/// How long an invitation is good when nothing else is said.
pub const DAYS: u16 = 7;

/// A name to sign in by: 3-64 of small letters, digits and `.`, `-`, `_`, `@`; begins with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginName(String);

impl LoginName {
    /// Reads a name as typed; capitals and white space around it do not matter. `None` when it is none.
    pub fn parse(typed: &str) -> Option<Self> {
        let name = typed.trim().to_lowercase();
        let plain = name.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_@".contains(&byte)
        });
        let begins = name
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric());
        (plain && begins && (3..=64).contains(&name.len())).then_some(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// Somebody else signs in by that name.
    #[error("the login name is another person's")]
    NameTaken,
    /// The store's own.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An invitation just made. The code is shown once and kept nowhere.
#[derive(Debug, Clone)]
pub struct Invited {
    pub code: String,
    pub expires_at: Timestamp,
}

/// Whether somebody else signs in by this name here, or is called so by the county's directory.
///
/// # Errors
/// When the engine fails.
pub fn is_taken(
    query: &mut impl Query,
    staff: StaffId,
    login: &LoginName,
) -> Result<bool, StoreError> {
    Ok(query
        .query_optional(
            "select staff_id from account where login_name = $1 and staff_id <> $2 union all select staff_id from directory_identity where login_name = $1 and staff_id <> $2 limit 1",
            &params![login.as_str(), staff.bytes()],
        )?
        .is_some())
}

/// Invites an employee, for the first time or anew. Invitations before it end. A password and second factors in use
/// stay until the code is used. The employee and those who lead the unit are told.
///
/// Whoever has the code becomes the employee, so only two people together call it ([`crate::facts::requests`];
/// `made_by` is the second), or the operator of the machine from the command line (`None`).
///
/// # Errors
/// When the name is another's or the engine fails.
pub fn invite(
    tx: &mut WriteTx<'_>,
    chance: &dyn Chance,
    now: Timestamp,
    staff: StaffId,
    login: &LoginName,
    made_by: Option<StaffId>,
    days: u16,
) -> Result<Invited, InviteError> {
    if is_taken(tx, staff, login)? {
        return Err(InviteError::NameTaken);
    }
    tx.execute(
        "insert into account (staff_id, login_name, state, created_at, vouched_at) values ($1, $2, 'invited', $3, $3) on conflict (staff_id) do update set login_name = excluded.login_name, vouched_at = excluded.vouched_at, state = case when account.state = 'closed' then 'invited' else account.state end",
        &params![staff.bytes(), login.as_str(), millis(now)],
    )?;
    end_all(tx, staff, now)?;
    let code = codes::invitation(chance);
    let expires_at = now + SignedDuration::from_hours(24 * i64::from(days));
    tx.execute(
        "insert into invitation (code_hash, staff_id, made_at, made_by, expires_at) values ($1, $2, $3, $4, $5)",
        &params![
            codes::invitation_hash(&code),
            staff.bytes(),
            millis(now),
            made_by.map(|by| by.bytes()),
            millis(expires_at)
        ],
    )?;
    let actor = made_by.map_or(Actor::System, |by| Actor::Staff(by.bytes()));
    tx.log(entry(now, actor, "account.invited", staff.to_string()))?;
    notices::tell_all(tx, notices::Kind::CodeMade, staff, made_by, now)?;
    Ok(Invited { code, expires_at })
}

/// Ends the invitations of a person that have not been used.
pub(crate) fn end_all(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update invitation set ended_at = $2 where staff_id = $1 and used_at is null and ended_at is null",
        &params![staff.bytes(), millis(now)],
    )?;
    Ok(())
}

/// Closes an account: its sessions end, its codes and keys open nothing. A new invitation opens it again. Give the
/// employee to [`crate::session::Sessions::forget_staff`] afterwards.
///
/// # Errors
/// When the engine fails.
pub fn close(
    tx: &mut WriteTx<'_>,
    now: Timestamp,
    staff: StaffId,
    by: StaffId,
) -> Result<(), StoreError> {
    let changed = tx.execute(
        "update account set state = 'closed' where staff_id = $1 and state <> 'closed'",
        &params![staff.bytes()],
    )?;
    if changed == 0 {
        return Ok(());
    }
    end_all(tx, staff, now)?;
    crate::session::end_rows(tx, staff, None, now)?;
    tx.log(entry(
        now,
        Actor::Staff(by.bytes()),
        "account.closed",
        staff.to_string(),
    ))
}

/// What administrators see of an account: never what it is signed in with.
#[derive(Debug, Clone)]
pub struct Overview {
    pub login: String,
    pub state: State,
    /// When an invitation was last used: the account is as it was made then.
    pub opened_at: Option<Timestamp>,
    pub signed_in_at: Option<Timestamp>,
    pub has_codes: bool,
    pub passkeys: i64,
    /// When the invitation that waits to be used ends.
    pub invited_until: Option<Timestamp>,
}

/// An employee's account; `None` when there is none.
///
/// # Errors
/// When the engine fails.
pub fn overview(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<Overview>, StoreError> {
    let Some(account) = super::store::by_staff(query, staff)? else {
        return Ok(None);
    };
    let row = query.query_one(
        "select a.signed_in_at, (select count(*) from passkey p where p.staff_id = a.staff_id and p.suspended_at is null), (select max(i.expires_at) from invitation i where i.staff_id = a.staff_id and i.used_at is null and i.ended_at is null and i.expires_at > $2), (select max(i.used_at) from invitation i where i.staff_id = a.staff_id) from account a where a.staff_id = $1",
        &params![staff.bytes(), millis(now)],
    )?;
    Ok(Some(Overview {
        login: account.login,
        state: account.state,
        signed_in_at: row.get::<Option<i64>>(0)?.map(from_millis),
        has_codes: account.totp.is_some(),
        passkeys: row.get(1)?,
        invited_until: row.get::<Option<i64>>(2)?.map(from_millis),
        opened_at: row.get::<Option<i64>>(3)?.map(from_millis),
    }))
}

/// Whom an invitation code that can still be used invites.
pub(crate) fn find(
    query: &mut impl Query,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<StaffId>, StoreError> {
    query
        .query_optional(
            "select i.staff_id from invitation i join account a on a.staff_id = i.staff_id where i.code_hash = $1 and i.used_at is null and i.ended_at is null and i.expires_at > $2 and a.state <> 'closed'",
            &params![hash, millis(now)],
        )?
        .map(|row| row.get(0).map(StaffId::from_bytes))
        .transpose()
}

/// Uses an invitation; false when it has been used or has ended meanwhile.
pub(crate) fn consume(
    tx: &mut WriteTx<'_>,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update invitation set used_at = $2 where code_hash = $1 and used_at is null and ended_at is null and expires_at > $2",
        &params![hash, millis(now)],
    )?;
    Ok(changed == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_names_are_folded_and_plain() {
        let name = |typed| LoginName::parse(typed).map(|name| name.0);
        assert_eq!(name(" Jaana.Peltola "), Some("jaana.peltola".to_owned()));
        for bad in [
            "ab",
            ".jaana",
            "jaana peltola",
            "jääna",
            &"a".repeat(65),
            "",
        ] {
            assert_eq!(name(bad), None, "{bad}");
        }
    }
}
