//! Passkeys of an account: challenges, the list, and what an answer does to it.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use passkeys::{Assertion, NewKey, Party, PublicKey, Refusal};
use serde_json::json;
use store::{Query, StoreError, WriteTx, params};
use web::{House, Posted, Secrets};

use super::entry;
use crate::people::StaffId;
use access::log::Actor;

kernel::id_type!(/** A passkey of an account. */ PasskeyId);

/// How long a page with a challenge may stand before the key is used.
const LIFE: SignedDuration = SignedDuration::from_mins(15);
/// Passkeys of one person.
pub(crate) const MOST: usize = 10;
/// Time the browser waits for the person, in milliseconds.
const PATIENCE: u32 = 300_000;

/// What a challenge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    SignIn,
    /// Making a key for this person.
    Create(StaffId),
}

impl Purpose {
    fn bytes(self) -> [u8; 17] {
        let mut bytes = [0; 17];
        if let Self::Create(staff) = self {
            bytes[0] = 1;
            bytes[1..].copy_from_slice(&staff.bytes());
        }
        bytes
    }
}

/// The address of the house as this request's browser has it.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub host: String,
    pub origin: String,
}

impl Address {
    /// `None` without a host name. A key is bound to the name it was made for, so one for another name never fits.
    pub(crate) fn of(house: &House, headers: &HeaderMap) -> Option<Self> {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let scheme = if house.https { "https" } else { "http" };
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        Some(Self {
            host: name.to_ascii_lowercase(),
            origin: format!("{scheme}://{host}"),
        })
    }

    pub(crate) fn party(&self) -> Party<'_> {
        Party {
            id: &self.host,
            origin: &self.origin,
        }
    }
}

/// A new challenge: its moment, chance, and the house's own sign of both, so that nothing is kept until it is answered.
pub(crate) fn challenge(
    secrets: &Secrets,
    chance: &dyn Chance,
    now: Timestamp,
    purpose: Purpose,
) -> [u8; 32] {
    let mut bytes = [0; 32];
    chance.fill(&mut bytes[8..16]);
    bytes[..8].copy_from_slice(&millis(now).to_be_bytes());
    let sign = sign(secrets, &bytes[..16], purpose);
    bytes[16..].copy_from_slice(&sign);
    bytes
}

fn sign(secrets: &Secrets, head: &[u8], purpose: Purpose) -> [u8; 16] {
    let whole = secrets.digest(
        "noste 2026 passkey challenge",
        &[head, &purpose.bytes()].concat(),
    );
    let mut sign = [0; 16];
    sign.copy_from_slice(&whole.as_bytes()[..16]);
    sign
}

/// The challenge that an answer signs, when it is ours, for this purpose, and in time.
pub(crate) fn ours(
    secrets: &Secrets,
    now: Timestamp,
    purpose: Purpose,
    client_data: &[u8],
) -> Option<[u8; 32]> {
    let bytes: [u8; 32] = passkeys::challenge_of(client_data)?.try_into().ok()?;
    let (head, given) = bytes.split_first_chunk::<16>()?;
    let age = now.duration_since(from_millis(i64::from_be_bytes(*head.first_chunk::<8>()?)));
    let in_time = age < LIFE && age > -SignedDuration::from_mins(1);
    let own = blake3::hash(&sign(secrets, head, purpose)) == blake3::hash(given);
    (own && in_time).then_some(bytes)
}

/// Marks a challenge as answered; false when it has been answered before.
pub(crate) fn answer_once(
    tx: &mut WriteTx<'_>,
    challenge: [u8; 32],
    now: Timestamp,
) -> Result<bool, StoreError> {
    tx.execute(
        "delete from answered_challenge where at < $1",
        &params![millis(now - LIFE - LIFE)],
    )?;
    let added = tx.execute(
        "insert into answered_challenge (challenge, at) values ($1, $2) on conflict (challenge) do nothing",
        &params![challenge, millis(now)],
    )?;
    Ok(added == 1)
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub id: PasskeyId,
    pub credential: Vec<u8>,
    pub name: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub suspended: bool,
}

pub(crate) fn list(query: &mut impl Query, staff: StaffId) -> Result<Vec<Kept>, StoreError> {
    query
        .query(
            "select id, credential, name, created_at, used_at, suspended_at from passkey where staff_id = $1 order by created_at, id",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Kept {
                id: PasskeyId::from_bytes(row.get(0)?),
                credential: row.get(1)?,
                name: row.get(2)?,
                created_at: from_millis(row.get(3)?),
                used_at: row.get::<Option<i64>>(4)?.map(from_millis),
                suspended: row.get::<Option<i64>>(5)?.is_some(),
            })
        })
        .collect()
}

/// Keeps a new passkey.
pub(crate) fn add(
    tx: &mut WriteTx<'_>,
    clock: &dyn Clock,
    chance: &dyn Chance,
    staff: StaffId,
    party: &str,
    name: &str,
    key: &NewKey,
) -> Result<(), StoreError> {
    let now = clock.now();
    tx.execute(
        "insert into passkey (id, staff_id, credential, public_key, party, counter, synced, name, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            PasskeyId::new(clock, chance).bytes(),
            staff.bytes(),
            key.credential.clone(),
            key.key.to_bytes(),
            party,
            i64::from(key.counter),
            key.synced,
            name,
            millis(now)
        ],
    )?;
    tx.log(entry(
        now,
        Actor::Staff(staff.bytes()),
        "passkey.added",
        String::new(),
    ))
}

pub(crate) fn rename(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    id: PasskeyId,
    name: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "update passkey set name = $3 where id = $2 and staff_id = $1",
        &params![staff.bytes(), id.bytes(), name],
    )?;
    Ok(())
}

pub(crate) fn remove(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    id: PasskeyId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let gone = tx.execute(
        "delete from passkey where id = $2 and staff_id = $1",
        &params![staff.bytes(), id.bytes()],
    )?;
    if gone == 0 {
        return Ok(());
    }
    tx.log(entry(
        now,
        Actor::Staff(staff.bytes()),
        "passkey.removed",
        String::new(),
    ))
}

/// An answer as the page's script posts it.
pub(crate) struct Answer {
    credential: Vec<u8>,
    client_data: Vec<u8>,
    /// Authenticator data, or the attestation object of a new key.
    data: Vec<u8>,
    signature: Vec<u8>,
}

impl Answer {
    /// `None` when a field is missing or not as the script writes it.
    pub(crate) fn of(posted: &Posted) -> Option<Self> {
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(posted.value(name)).ok();
        Some(Self {
            credential: bytes("credential")?,
            client_data: bytes("client_data")?,
            data: bytes("data")?,
            signature: bytes("signature")?,
        })
    }

    /// The new key that the answer holds, and the challenge it answers.
    pub(crate) fn new_key(
        &self,
        house: &House,
        address: &Address,
        staff: StaffId,
    ) -> Option<(NewKey, [u8; 32])> {
        let purpose = Purpose::Create(staff);
        let challenge = ours(&house.secrets, house.now(), purpose, &self.client_data)?;
        passkeys::register(address.party(), &challenge, &self.client_data, &self.data)
            .ok()
            .map(|key| (key, challenge))
    }

    /// Whose key signed the answer. Everything is checked, raised and logged in this transaction, so two answers with
    /// one counter or one challenge cannot both be believed. An answer sent a second time (a page loaded anew) tells the
    /// same counter again, and is no copy: the counter of an answer is judged once.
    pub(crate) fn whose(
        &self,
        tx: &mut WriteTx<'_>,
        secrets: &Secrets,
        address: &Address,
        now: Timestamp,
    ) -> Result<Whose, StoreError> {
        let Some(challenge) = ours(secrets, now, Purpose::SignIn, &self.client_data) else {
            return Ok(Whose::Nobody("challenge"));
        };
        let row = tx.query_optional(
            "select p.id, p.staff_id, p.public_key, p.party, p.counter, p.suspended_at, a.state from passkey p join account a on a.staff_id = p.staff_id where p.credential = $1",
            &params![self.credential.clone()],
        )?;
        let Some(row) = row else {
            return Ok(Whose::Nobody("unknown"));
        };
        let (id, staff) = (row.get::<[u8; 16]>(0)?, StaffId::from_bytes(row.get(1)?));
        let usable = row.get::<String>(3)? == address.host
            && row.get::<Option<i64>>(5)?.is_none()
            && row.get::<String>(6)? == "active";
        if !usable {
            return Ok(Whose::Nobody("suspended"));
        }
        let Ok(key) = PublicKey::from_bytes(&row.get::<Vec<u8>>(2)?) else {
            return Ok(Whose::Nobody("unreadable"));
        };
        let counter = u32::try_from(row.get::<i64>(4)?).unwrap_or(u32::MAX);
        let assertion = Assertion {
            client_data: &self.client_data,
            authenticator_data: &self.data,
            signature: &self.signature,
        };
        let told = passkeys::verify(address.party(), &challenge, &key, counter, assertion);
        let signed = matches!(told, Ok(_) | Err(Refusal::Cloned));
        if signed && !answer_once(tx, challenge, now)? {
            return Ok(Whose::Nobody("replayed"));
        }
        match told {
            Ok(counter) => {
                tx.execute(
                    "update passkey set counter = $2, used_at = $3 where id = $1",
                    &params![id, i64::from(counter), millis(now)],
                )?;
                Ok(Whose::Staff(staff))
            }
            Err(Refusal::Cloned) => {
                tx.execute(
                    "update passkey set suspended_at = $2 where id = $1",
                    &params![id, millis(now)],
                )?;
                tx.log(entry(
                    now,
                    Actor::System,
                    "passkey.cloned",
                    staff.to_string(),
                ))?;
                Ok(Whose::Copied)
            }
            Err(_) => Ok(Whose::Nobody("refused")),
        }
    }
}

/// What an answer proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    Staff(StaffId),
    /// Nothing; the reason is for the log.
    Nobody(&'static str),
    /// The key exists twice and is suspended from now on.
    Copied,
}

/// What the page's script gives to `navigator.credentials.get`: no list of keys, so the person chooses.
pub(crate) fn get_options(house: &House, address: &Address) -> String {
    let challenge = challenge(
        &house.secrets,
        house.chance.as_ref(),
        house.now(),
        Purpose::SignIn,
    );
    json!({
        "challenge": URL_SAFE_NO_PAD.encode(challenge),
        "rpId": address.host,
        "timeout": PATIENCE,
        "userVerification": "required",
    })
    .to_string()
}

/// What the page's script gives to `navigator.credentials.create`.
pub(crate) fn create_options(
    house: &House,
    address: &Address,
    staff: StaffId,
    login: &str,
    name: &str,
    kept: &[Kept],
) -> String {
    let purpose = Purpose::Create(staff);
    let challenge = challenge(&house.secrets, house.chance.as_ref(), house.now(), purpose);
    let algorithms: Vec<_> = passkeys::ALGORITHMS
        .iter()
        .map(|number| json!({"type": "public-key", "alg": number}))
        .collect();
    let exclude: Vec<_> = kept
        .iter()
        .map(|key| json!({"type": "public-key", "id": URL_SAFE_NO_PAD.encode(&key.credential)}))
        .collect();
    json!({
        "challenge": URL_SAFE_NO_PAD.encode(challenge),
        "rp": {"id": address.host, "name": "Noste"},
        "user": {"id": URL_SAFE_NO_PAD.encode(staff.bytes()), "name": login, "displayName": name},
        "pubKeyCredParams": algorithms,
        "excludeCredentials": exclude,
        "timeout": PATIENCE,
        "attestation": "none",
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": true,
            "userVerification": "required",
        },
    })
    .to_string()
}
