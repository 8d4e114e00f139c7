//! Making a token from the command line of the county's machines. The pages of administration make them for everybody
//! else; either way two people stand behind a token, and the log says who.

use std::borrow::Cow;

use access::log::{Actor, LogEntry};
use identity::people::StaffId;
use identity::tokens::{Network, PREFIX, SCOPES, TokenId};
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};

/// Longest life of a token, in days (row UA-03).
pub const MOST_DAYS: i64 = 365;
/// Log event of a token made.
pub const EVENT: &str = "token.create";

/// A token to be made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What it is for, in the county's words.
    pub name: String,
    /// Who answers for it; asks for it here.
    pub owner: StaffId,
    /// Another person, who has agreed to it.
    pub approved_by: StaffId,
    /// For whom it acts.
    pub acts_for: StaffId,
    pub scopes: Vec<String>,
    /// Addresses and networks it may be used from; empty means any.
    pub addresses: Vec<String>,
    pub days: i64,
}

/// Why no token is made.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is no scope {0}; there are {known}", known = SCOPES.join(", "))]
    Scope(String),
    #[error("a token needs at least one scope")]
    NoScope,
    #[error("{0} is no address and no network")]
    Address(String),
    #[error("a token lives 1 to {MOST_DAYS} days")]
    Days,
    #[error("another person than the owner must approve")]
    FourEyes,
    #[error("nobody in service is {0}")]
    Nobody(String),
    #[error("{0} are several: tell the id")]
    Several(String),
}

/// Makes a token and gives its secret, which is kept nowhere.
///
/// # Errors
/// [`GrantError`].
pub fn create(
    tx: &mut WriteTx<'_>,
    clock: &dyn Clock,
    chance: &dyn Chance,
    new: &NewToken,
) -> Result<String, GrantError> {
    check(new)?;
    let now = clock.now();
    let mut bytes = [0; 32];
    chance.fill(&mut bytes);
    let secret = format!("{PREFIX}{}", blake3::Hash::from_bytes(bytes).to_hex());
    let id = TokenId::new(clock, chance);
    tx.execute(
        "insert into api_token (id, name, owner_id, acts_for, secret_hash, scopes, addresses, created_at, created_by, expires_at, approved_at, approved_by, collected_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $3, $9, $8, $10, $8)",
        &params![
            id.bytes(),
            new.name.as_str(),
            new.owner.bytes(),
            new.acts_for.bytes(),
            *blake3::hash(secret.as_bytes()).as_bytes(),
            new.scopes.join(" "),
            new.addresses.join(" "),
            millis(now),
            millis(now + SignedDuration::from_hours(24 * new.days)),
            new.approved_by.bytes()
        ],
    )?;
    tx.log(entry(now, id, new))?;
    Ok(secret)
}

fn check(new: &NewToken) -> Result<(), GrantError> {
    if new.scopes.is_empty() {
        return Err(GrantError::NoScope);
    }
    if let Some(unknown) = new
        .scopes
        .iter()
        .find(|scope| !SCOPES.contains(&scope.as_str()))
    {
        return Err(GrantError::Scope(unknown.clone()));
    }
    if let Some(wrong) = new
        .addresses
        .iter()
        .find(|one| Network::parse(one).is_none())
    {
        return Err(GrantError::Address(wrong.clone()));
    }
    if !(1..=MOST_DAYS).contains(&new.days) {
        return Err(GrantError::Days);
    }
    if new.approved_by == new.owner {
        return Err(GrantError::FourEyes);
    }
    Ok(())
}

fn entry(at: Timestamp, id: TokenId, new: &NewToken) -> LogEntry {
    LogEntry {
        at,
        actor: Actor::System,
        event: EVENT,
        right: Cow::Borrowed("UA-03"),
        purpose: "P12",
        subjects: Vec::new(),
        detail: format!(
            "command line; token {id}, owner {}, approved by {}, acts for {}, scopes {}, {} days",
            new.owner,
            new.approved_by,
            new.acts_for,
            new.scopes.join(" "),
            new.days
        ),
        digest: None,
    }
}

/// Somebody in service by id, by name, or by the role that a demo offers.
///
/// # Errors
/// [`GrantError::Nobody`] or [`GrantError::Several`].
pub fn somebody(query: &mut impl Query, who: &str, now: Timestamp) -> Result<StaffId, GrantError> {
    let id = who.parse::<StaffId>().map_or([0; 16], |id| id.bytes());
    let rows = query.query(
        "select id from staff where (id = $1 or name = $2 or demo_role = $2) and (left_at is null or left_at > $3) order by id",
        &params![id, who, millis(now)],
    )?;
    match rows.as_slice() {
        [] => Err(GrantError::Nobody(who.to_owned())),
        [one] => Ok(StaffId::from_bytes(one.get(0)?)),
        _ => Err(GrantError::Several(who.to_owned())),
    }
}
