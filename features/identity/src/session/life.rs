//! How sessions begin and end, and which are in force.

use kernel::time::{Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};
use web::{Failure, House};

use super::{IDLE, LIFE, Method, Sessions, entry};
use crate::people;

/// How a session begins.
#[derive(Debug, Clone)]
pub struct Start {
    pub staff: people::StaffId,
    pub method: Method,
    /// The person has just proved who she is with two factors or a passkey.
    pub strong: bool,
    /// The browser's family and system in words; may be empty.
    pub browser: String,
    /// Keyed hash of the address, [`web::Visit::client`].
    pub client: u64,
    /// Tasks to which the county's directory narrows the session; `None` for all the person's tasks.
    pub only_tasks: Option<Vec<String>>,
}

impl Start {
    /// A start of which nothing more is known.
    pub const fn new(staff: people::StaffId, method: Method) -> Self {
        Self {
            staff,
            method,
            strong: false,
            browser: String::new(),
            client: 0,
            only_tasks: None,
        }
    }
}

/// Begins a session of the demo and gives the token for the cookie.
///
/// # Errors
/// When the engine fails.
pub async fn begin(house: &House, staff: people::StaffId) -> Result<String, Failure> {
    begin_as(house, Start::new(staff, Method::Demo)).await
}

/// Begins a session and gives the token for the cookie; always a new one, whatever the browser brought.
///
/// # Errors
/// When the engine fails.
pub async fn begin_as(house: &House, start: Start) -> Result<String, Failure> {
    let mut bytes = [0; 32];
    house.chance.fill(&mut bytes);
    let token = blake3::Hash::from_bytes(bytes).to_hex().to_string();
    let key = *blake3::hash(token.as_bytes()).as_bytes();
    let now = house.now();
    house
        .store
        .write(move |tx| {
            tx.execute(
                "insert into session (token_hash, staff_id, began_at, seen_at, choices, method, strong_at, browser, client, only_tasks) values ($1, $2, $3, $3, '{}', $4, $5, $6, $7, $8)",
                &params![
                    key,
                    start.staff.bytes(),
                    millis(now),
                    start.method.code(),
                    start.strong.then(|| millis(now)),
                    start.browser,
                    start.client.cast_signed(),
                    start.only_tasks.map(|tasks| tasks.join(" "))
                ],
            )?;
            tx.log(entry(now, start.staff, "session.begin"))
        })
        .await?;
    Ok(token)
}

/// Notes that the person behind a session has proved again who she is.
pub(crate) fn prove(tx: &mut WriteTx<'_>, key: [u8; 32], now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update session set strong_at = $2 where token_hash = $1 and ended_at is null",
        &params![key, millis(now)],
    )?;
    Ok(())
}

/// Ends the sessions of a person, all but `except`, and tells how many. Give the person to
/// [`Sessions::forget_staff`] after the transaction, so that it holds at once.
///
/// # Errors
/// When the engine fails.
pub fn end_rows(
    tx: &mut WriteTx<'_>,
    staff: people::StaffId,
    except: Option<[u8; 32]>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let ended = tx.execute(
        "update session set ended_at = $3 where staff_id = $1 and token_hash <> $2 and ended_at is null",
        &params![staff.bytes(), except.unwrap_or_default(), millis(now)],
    )?;
    if ended > 0 {
        let mut told = entry(now, staff, "session.end");
        told.detail = format!("others={ended}");
        tx.log(told)?;
    }
    Ok(ended)
}

/// A session as its person sees it.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub key: [u8; 32],
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
    pub method: Method,
    pub browser: String,
    pub client: u64,
}

/// The sessions of a person that are in force, newest use first.
pub(crate) fn list_open(
    query: &mut impl Query,
    staff: people::StaffId,
    now: Timestamp,
) -> Result<Vec<Open>, StoreError> {
    query
        .query(
            "select token_hash, began_at, seen_at, method, browser, client from session where staff_id = $1 and ended_at is null and seen_at >= $2 and began_at >= $3 order by seen_at desc, token_hash",
            &params![staff.bytes(), millis(now - IDLE), millis(now - LIFE)],
        )?
        .iter()
        .map(|row| {
            Ok(Open {
                key: row.get(0)?,
                began_at: from_millis(row.get(1)?),
                seen_at: from_millis(row.get(2)?),
                method: Method::from_code(&row.get::<String>(3)?).ok_or_else(people::unreadable)?,
                browser: row.get(4)?,
                client: row.get::<i64>(5)?.cast_unsigned(),
            })
        })
        .collect()
}

/// Ends a session at once.
///
/// # Errors
/// When the engine fails.
pub async fn end(house: &House, sessions: &Sessions, key: [u8; 32]) -> Result<(), Failure> {
    let now = house.now();
    house
        .store
        .write(move |tx| {
            let ended = tx.query_optional(
                "update session set ended_at = $2 where token_hash = $1 and ended_at is null returning staff_id",
                &params![key, millis(now)],
            )?;
            match ended {
                Some(row) => tx.log(entry(now, people::StaffId::from_bytes(row.get(0)?), "session.end")),
                None => Ok(()),
            }
        })
        .await?;
    sessions.forget(&key);
    Ok(())
}
