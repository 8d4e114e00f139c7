//! Requests that are safe to repeat: the same key with the same request gives the same answer, and nothing is made
//! twice. The draft of the IETF on the header Idempotency-Key is followed: another request with a used key is 422.

use axum::http::{HeaderMap, HeaderName, StatusCode};
use identity::tokens::TokenId;
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};
use web::problem::kind;

use crate::refusal::Refusal;

/// The header that makes a request safe to repeat.
pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
/// Length of a key. A short one would be met by chance.
pub const KEY_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;
/// How long an answer is remembered.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

/// A request with a key: digests only.
#[derive(Debug, Clone, Copy)]
pub struct Repeatable {
    key: [u8; 32],
    request: [u8; 32],
    token: TokenId,
}

/// What was made, or had been made before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Whose id it is that was made: the subject of the log entry when the answer is told again.
    pub subject: [u8; 16],
    pub location: String,
    /// JSON with ids only.
    pub answer: String,
}

/// Reads the key of a request; `None` without one.
///
/// # Errors
/// 400 for a key that cannot be used.
pub fn read(
    headers: &HeaderMap,
    token: TokenId,
    address: &str,
    body: &[u8],
) -> Result<Option<Repeatable>, Refusal> {
    let Some(value) = headers.get(HEADER) else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    if !KEY_LENGTH.contains(&key.len()) {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            kind::KEY,
            "An Idempotency-Key has 16 to 128 ASCII characters. A random UUID is a good one.",
        ));
    }
    let condition = headers
        .get(axum::http::header::IF_MATCH)
        .map_or(&[][..], |value| value.as_bytes());
    Ok(Some(Repeatable {
        key: digest(&[b"key", &token.bytes(), key.as_bytes()]),
        request: digest(&[b"request", address.as_bytes(), condition, body]),
        token,
    }))
}

fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher
            .update(&(part.len() as u64).to_be_bytes())
            .update(part);
    }
    *hasher.finalize().as_bytes()
}

/// What an earlier request with the same key made.
///
/// # Errors
/// 422 when that was another request.
pub fn before(tx: &mut WriteTx<'_>, one: &Repeatable) -> Result<Option<Made>, Refusal> {
    let row = tx.query_optional(
        "select request_digest, location, answer, subject from api_request where key_hash = $1",
        &params![one.key],
    )?;
    let Some(row) = row else { return Ok(None) };
    if row.get::<[u8; 32]>(0)? != one.request {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            kind::KEY_REUSED,
            "The Idempotency-Key belongs to another request. Use a new key for a new request.",
        ));
    }
    Ok(Some(Made {
        location: row.get(1)?,
        answer: row.get(2)?,
        subject: row.get(3)?,
    }))
}

/// Remembers what a request made, in the same transaction.
///
/// # Errors
/// [`Refusal::Raced`] when the same request was faster on another connection.
pub fn remember(
    tx: &mut WriteTx<'_>,
    one: &Repeatable,
    made: &Made,
    now: Timestamp,
) -> Result<(), Refusal> {
    let kept = tx.execute(
        "insert into api_request (key_hash, request_digest, token_id, status, location, answer, subject, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            one.key,
            one.request,
            one.token.bytes(),
            i64::from(StatusCode::CREATED.as_u16()),
            made.location.as_str(),
            made.answer.as_str(),
            made.subject,
            millis(now)
        ],
    );
    match kept {
        Ok(_) => Ok(()),
        Err(StoreError::Unique { .. }) => Err(Refusal::Raced),
        Err(error) => Err(error.into()),
    }
}

/// Forgets what is old.
///
/// # Errors
/// When the engine fails.
pub fn forget(tx: &mut WriteTx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "delete from api_request where created_at < $1",
        &params![millis(now - REMEMBERED)],
    )
}
