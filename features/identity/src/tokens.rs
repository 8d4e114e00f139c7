//! Tokens by which programs use the interface.
//!
//! A token has a named owner, a list of what it may be used for, an end within twelve months, and two
//! administrators behind it (asiakastietolaki 703/2023 8 §; rows UA-03 and AP-01..AP-04). It never has
//! rights of its own over what people hold: one that acts for a worker has that worker's rights of the
//! day, narrowed by its scopes, and any other is only the role `api_token`.

use std::collections::BTreeSet;
use std::net::IpAddr;

use access::rights::Subject;
use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use store::{Query, Row, StoreError, WriteTx, params};

use crate::facts;
use crate::people::{self, Staff, StaffId};

kernel::id_type!(/** A machine client's token. */ TokenId);

/// Every secret begins with this, so that one that has leaked is found by searching for it.
pub const PREFIX: &str = "noste_";
/// What a token may be allowed, narrowest first. The interface checks these beside the rights.
pub const SCOPES: [&str; 8] = [
    "contacts.create",
    "contacts.read",
    "clients.read",
    "clients.create",
    "matters.read",
    "matters.write",
    "log.read",
    "statistics.read",
];
/// Use is written down at most so often.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

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
