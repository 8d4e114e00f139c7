//! Tokens by which programs use the interface.
//!
//! A token has a named owner, a list of what it may be used for, an end within twelve months, and two
//! administrators behind it (asiakastietolaki 703/2023 8 §; rows UA-03 and AP-01..AP-04). Neither of them ever sees its
//! secret: the owner, who is a third person, fetches it. It never has
//! rights of its own over what people hold: one that acts for a worker has that worker's rights of the
//! day, narrowed by its scopes, and any other is only the role `api_token`.

use std::collections::BTreeSet;
use std::net::IpAddr;

use access::log::Actor;
use access::rights::Subject;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, Row, StoreError, WriteTx, params};

use crate::accounts::entry;
use crate::facts;
use crate::facts::approval::Refusal;
use crate::facts::record::Acting;
use crate::notices::{self, Kind as Told};
use crate::people::{self, Staff, StaffId};

kernel::id_type!(/** A machine client's token. */ TokenId);

/// Every secret begins with this, so that one that has leaked is found by searching for it.
pub const PREFIX: &str = "noste_";
/// What a token may be allowed, each the way to some address of the interface, which checks these beside the rights.
pub const SCOPES: [&str; 6] = [
    "contacts.read",
    "clients.read",
    "clients.create",
    "matters.read",
    "matters.write",
    "log.read",
];
/// Use is written down at most so often.
const NOTED: SignedDuration = SignedDuration::from_mins(1);
/// A year from the leap day.
const DAYS_365: SignedDuration = SignedDuration::from_hours(365 * 24);

/// A network from which a token may be used: one address, or a range such as `10.20.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads `10.20.0.7`, `10.20.0.0/16` or the same of version 6. `None` when it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(most), |bits| bits.parse().ok())?;
        (bits <= most).then_some(Self { address, bits })
    }

    /// Whether an address is inside.
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32 - u32::from(self.bits);
                shift == 32 || own.to_bits() >> shift == other.to_bits() >> shift
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128 - u32::from(self.bits);
                shift == 128 || own.to_bits() >> shift == other.to_bits() >> shift
            }
            _ => false,
        }
    }
}

/// A token in force, as the interface needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenUser {
    pub id: TokenId,
    pub name: String,
    pub owner: StaffId,
    /// The worker for whom it acts.
    pub acts_for: Option<Staff>,
    /// Rights of today: those of `acts_for`, else the role `api_token`.
    pub subject: Subject,
    pub scopes: BTreeSet<String>,
    /// Networks it may be used from; empty means any.
    pub networks: Vec<Network>,
    pub expires_at: Timestamp,
}

impl TokenUser {
    /// Whether the token was made for this use; its rights are asked besides.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.contains(scope)
    }

    /// Whether it may be used from an address. An unknown address is refused by a token that names networks.
    pub fn admits(&self, address: Option<IpAddr>) -> bool {
        self.networks.is_empty()
            || address.is_some_and(|address| self.networks.iter().any(|one| one.holds(address)))
    }
}

/// The digest of a secret that looks like one.
fn digest(bearer: &str) -> Option<[u8; 32]> {
    let rest = bearer.strip_prefix(PREFIX)?;
    let plain = rest.len() == 64 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| *blake3::hash(bearer.as_bytes()).as_bytes())
}

/// Whose token this is: `None` for one that is unknown, not approved, revoked or out of date, whose owner
/// has left, or whose worker has. The caller checks [`TokenUser::admits`] and the scope.
///
/// # Errors
/// When the engine fails.
pub fn authenticate(
    query: &mut impl Query,
    bearer: &str,
    now: Timestamp,
) -> Result<Option<TokenUser>, StoreError> {
    let Some(hash) = digest(bearer) else {
        return Ok(None);
    };
    let row = query.query_optional(
        "select id, name, owner_id, acts_for, scopes, addresses, expires_at from api_token where secret_hash = $1 and approved_at is not null and revoked_at is null and expires_at > $2",
        &params![hash, millis(now)],
    )?;
    let Some(row) = row else { return Ok(None) };
    let owner = StaffId::from_bytes(row.get(2)?);
    if in_service(query, owner, now)?.is_none() {
        return Ok(None);
    }
    let acts_for = match row.get::<Option<[u8; 16]>>(3)? {
        None => None,
        Some(staff) => match in_service(query, StaffId::from_bytes(staff), now)? {
            None => return Ok(None),
            found => found,
        },
    };
    token_user(&row, owner, acts_for).map(Some)
}

fn token_user(
    row: &Row,
    owner: StaffId,
    acts_for: Option<(Staff, Subject)>,
) -> Result<TokenUser, StoreError> {
    let (acts_for, subject) = match acts_for {
        Some((staff, subject)) => (Some(staff), subject),
        None => (None, Subject::outside("api_token")),
    };
    Ok(TokenUser {
        id: TokenId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        owner,
        acts_for,
        subject,
        scopes: words(&row.get::<String>(4)?),
        networks: row
            .get::<String>(5)?
            .split_whitespace()
            .map(|one| Network::parse(one).ok_or_else(people::unreadable))
            .collect::<Result<_, _>>()?,
        expires_at: from_millis(row.get(6)?),
    })
}

fn in_service(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<(Staff, Subject)>, StoreError> {
    let Some(found) = people::lookup_staff(query, staff)? else {
        return Ok(None);
    };
    Ok(facts::subject(query, staff, now)?.map(|subject| (found, subject)))
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Writes down that a token was used, at most once a minute.
///
/// # Errors
/// When the engine fails.
pub fn note_use(tx: &mut WriteTx<'_>, token: TokenId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update api_token set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $3)",
        &params![token.bytes(), millis(now), millis(now - NOTED)],
    )?;
    Ok(())
}

/// A secret that was made just now, for the owner of its token.
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// The secret itself, for the one page that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    pub name: String,
    pub owner: StaffId,
    pub acts_for: Option<StaffId>,
    pub scopes: BTreeSet<String>,
    /// Networks separated by spaces; empty means any.
    pub addresses: String,
    pub last_day: Date,
}

/// The latest day until which a token may be made on a day: twelve months.
pub fn latest(today: Date) -> Date {
    let year = today.year() + 1;
    Date::new(year, today.month(), today.day()).unwrap_or_else(|_| today.saturating_add(DAYS_365))
}

/// Asks for a token. It has no secret before another administrator has approved it and its owner has fetched one, so
/// neither administrator ever has what opens the interface.
///
/// # Errors
/// [`Refusal::Period`] past twelve months, [`Refusal::Unknown`] for an owner or a worker not in service,
/// [`Refusal::Own`] when it would act for its maker, [`Refusal::Owner`] when its maker would own it.
pub fn create(
    tx: &mut WriteTx<'_>,
    clock: &dyn Clock,
    chance: &dyn Chance,
    by: &Acting,
    new: &NewToken,
) -> Result<TokenId, Refusal> {
    let today = day(by.at);
    if new.last_day < today || new.last_day > latest(today) {
        return Err(Refusal::Period);
    }
    if new.acts_for == Some(by.staff) {
        return Err(Refusal::Own);
    }
    if new.owner == by.staff {
        return Err(Refusal::Owner);
    }
    for staff in std::iter::once(new.owner).chain(new.acts_for) {
        if in_service(tx, staff, by.at)?.is_none() {
            return Err(Refusal::Unknown);
        }
    }
    // The digest of nothing that anybody knows: the column holds one from the beginning.
    let mut nowhere = [0; 32];
    chance.fill(&mut nowhere);
    let id = TokenId::new(clock, chance);
    let scopes: Vec<&str> = new.scopes.iter().map(String::as_str).collect();
    tx.execute(
        "insert into api_token (id, name, owner_id, acts_for, secret_hash, scopes, addresses, created_at, created_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            id.bytes(),
            new.name.as_str(),
            new.owner.bytes(),
            new.acts_for.map(|staff| staff.bytes()),
            nowhere,
            scopes.join(" "),
            new.addresses.as_str(),
            millis(by.at),
            by.staff.bytes(),
            millis(crate::facts::record::after(new.last_day))
        ],
    )?;
    by.log(
        tx,
        "admin.token_create",
        format!("token={id} owner={} scopes={}", new.owner, scopes.join(",")),
    )?;
    Ok(id)
}

/// Approves a token that another administrator made.
///
/// # Errors
/// [`Refusal::SameTwice`], [`Refusal::Own`] when it acts for the approver, [`Refusal::Owner`] when the approver owns it,
/// [`Refusal::Decided`].
pub fn approve(tx: &mut WriteTx<'_>, by: &Acting, token: TokenId) -> Result<(), Refusal> {
    let row = tx
        .query_optional(
            "select created_by, acts_for, owner_id from api_token where id = $1 and approved_at is null and revoked_at is null and expires_at > $2",
            &params![token.bytes(), millis(by.at)],
        )?
        .ok_or(Refusal::Decided)?;
    if row.get::<[u8; 16]>(0)? == by.staff.bytes() {
        return Err(Refusal::SameTwice);
    }
    if row.get::<Option<[u8; 16]>>(1)? == Some(by.staff.bytes()) {
        return Err(Refusal::Own);
    }
    let owner = StaffId::from_bytes(row.get(2)?);
    if owner == by.staff {
        return Err(Refusal::Owner);
    }
    tx.execute(
        "update api_token set approved_at = $2, approved_by = $3 where id = $1",
        &params![token.bytes(), millis(by.at), by.staff.bytes()],
    )?;
    notices::tell(tx, owner, Told::TokenReady, owner, Some(by.staff), by.at)?;
    Ok(by.log(tx, "admin.token_approve", format!("token={token}"))?)
}

/// Tokens that wait for their owner to fetch the secret.
///
/// # Errors
/// When the engine fails.
pub fn to_fetch(
    query: &mut impl Query,
    owner: StaffId,
    now: Timestamp,
) -> Result<Vec<TokenLine>, StoreError> {
    let mut all = list(query, now)?;
    all.retain(|one| one.owner == owner && one.state == State::Unfetched);
    Ok(all)
}

/// The secret of an approved token, made for its owner this once.
///
/// # Errors
/// [`Refusal::Unknown`] for somebody who does not own it, [`Refusal::Decided`] when it has been fetched, is not approved,
/// or has ended.
pub fn fetch(
    tx: &mut WriteTx<'_>,
    chance: &dyn Chance,
    owner: StaffId,
    token: TokenId,
    now: Timestamp,
) -> Result<Secret, Refusal> {
    let one = list(tx, now)?
        .into_iter()
        .find(|one| one.id == token && one.owner == owner)
        .ok_or(Refusal::Unknown)?;
    if one.state != State::Unfetched {
        return Err(Refusal::Decided);
    }
    let mut bytes = [0; 32];
    chance.fill(&mut bytes);
    let secret = format!("{PREFIX}{}", blake3::Hash::from_bytes(bytes).to_hex());
    tx.execute(
        "update api_token set secret_hash = $2, collected_at = $3 where id = $1 and collected_at is null",
        &params![
            token.bytes(),
            *blake3::hash(secret.as_bytes()).as_bytes(),
            millis(now)
        ],
    )?;
    let actor = Actor::Staff(owner.bytes());
    tx.log(entry(now, actor, "account.token", format!("token={token}")))?;
    Ok(Secret(secret))
}

/// Revokes a token, at once.
///
/// # Errors
/// [`Refusal::Decided`] when it is revoked already or unknown.
pub fn revoke(tx: &mut WriteTx<'_>, by: &Acting, token: TokenId) -> Result<(), Refusal> {
    let revoked = tx.execute(
        "update api_token set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null",
        &params![token.bytes(), millis(by.at), by.staff.bytes()],
    )?;
    if revoked == 0 {
        return Err(Refusal::Decided);
    }
    Ok(by.log(tx, "admin.token_revoke", format!("token={token}"))?)
}

/// Where a token is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Made, not approved.
    Waiting,
    /// Approved; its owner has not fetched the secret.
    Unfetched,
    InForce,
    Revoked,
    Expired,
}

/// A token as administrators see it: never its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenLine {
    pub id: TokenId,
    pub name: String,
    pub owner: StaffId,
    pub acts_for: Option<StaffId>,
    pub scopes: BTreeSet<String>,
    pub addresses: String,
    pub expires_at: Timestamp,
    pub created_by: StaffId,
    pub last_used: Option<Timestamp>,
    pub state: State,
}

/// All tokens, newest first.
///
/// # Errors
/// When the engine fails.
pub fn list(query: &mut impl Query, now: Timestamp) -> Result<Vec<TokenLine>, StoreError> {
    query
        .query(
            "select id, name, owner_id, acts_for, scopes, addresses, expires_at, created_by, last_used_at, case when approved_at is null then 0 else 1 end, case when revoked_at is null then 0 else 1 end, case when collected_at is null then 0 else 1 end from api_token order by created_at desc, id",
            &[],
        )?
        .iter()
        .map(|row| {
            let expires_at = from_millis(row.get(6)?);
            let (approved, revoked): (bool, bool) = (row.get(9)?, row.get(10)?);
            let fetched: bool = row.get(11)?;
            Ok(TokenLine {
                id: TokenId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                owner: StaffId::from_bytes(row.get(2)?),
                acts_for: row.get::<Option<[u8; 16]>>(3)?.map(StaffId::from_bytes),
                scopes: words(&row.get::<String>(4)?),
                addresses: row.get(5)?,
                created_by: StaffId::from_bytes(row.get(7)?),
                last_used: row.get::<Option<i64>>(8)?.map(from_millis),
                state: match (revoked, expires_at <= now, approved) {
                    (true, ..) => State::Revoked,
                    (_, true, _) => State::Expired,
                    (_, _, true) if fetched => State::InForce,
                    (_, _, true) => State::Unfetched,
                    _ => State::Waiting,
                },
                expires_at,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_what_they_name() {
        let cases = [
            ("10.20.0.7", "10.20.0.7", true),
            ("10.20.0.7", "10.20.0.8", false),
            ("10.20.0.0/16", "10.20.255.1", true),
            ("10.20.0.0/16", "10.21.0.1", false),
            ("0.0.0.0/0", "192.0.2.1", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("10.20.0.7", "::ffff:10.20.0.7", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
        ];
        for (network, address, inside) in cases {
            let held = Network::parse(network)
                .unwrap()
                .holds(address.parse().unwrap());
            assert_eq!(held, inside, "{network} {address}");
        }
        for bad in [
            "",
            "10.20.0",
            "10.20.0.0/33",
            "::/129",
            "host",
            "10.0.0.0/-1",
            "1.1.1.1/",
        ] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_secrets_of_our_form_are_looked_for() {
        assert!(digest(&format!("{PREFIX}{}", "a1".repeat(32))).is_some());
        for bad in [
            "",
            "noste_",
            "noste_' or 1=1",
            &"a1".repeat(32),
            &format!("{PREFIX}{}", "x".repeat(64)),
        ] {
            assert_eq!(digest(bad), None, "{bad}");
        }
    }
}
