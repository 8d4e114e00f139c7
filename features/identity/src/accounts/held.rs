//! Forms that wait for their writer, sealed.

use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, params};
use web::token::Mark;
use web::{Failure, House, Typed};

use crate::people::StaffId;

kernel::id_type!(/** A form that waits for its writer. */ HeldId);

const PURPOSE: &str = "noste 2026 held form";
/// How long a form waits: as long as its page could have been sent.
const LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Forms that wait in the whole house. One page holds one at most, so only people who were signed in make them.
const MOST: i64 = 2_000;

/// The page of a form that waits.
pub(crate) fn path(id: HeldId) -> String {
    format!("/sign-in/held/{id}")
}

/// Keeps a form and gives its path.
pub(crate) async fn keep(house: &House, mark: Mark, typed: Typed) -> Result<String, Failure> {
    let body = serde_json::to_vec(&typed).map_err(Failure::internal)?;
    let chance = house.chance.as_ref();
    let sealed = house.secrets.seal(PURPOSE, chance, &mark.bytes(), &body);
    let id = HeldId::new(house.clock.as_ref(), chance);
    let now = house.now();
    let kept = house
        .store
        .write(move |tx| {
            tx.execute(
                "delete from held_form where held_at < $1",
                &params![millis(now - LIFE)],
            )?;
            tx.execute(
                "delete from held_form where id in (select id from held_form order by held_at desc limit 1000 offset $1)",
                &params![MOST],
            )?;
            let row = tx.query_one(
                "insert into held_form (id, mark, sealed, held_at) values ($1, $2, $3, $4) on conflict (mark) do update set sealed = excluded.sealed, held_at = excluded.held_at, shown_at = null returning id",
                &params![id.bytes(), mark.bytes(), sealed, millis(now)],
            )?;
            row.get::<[u8; 16]>(0).map(HeldId::from_bytes)
        })
        .await?;
    Ok(path(kept.value))
}

/// A form that waits for this person; nobody else's is ever found.
pub(crate) async fn open(
    house: &House,
    id: HeldId,
    staff: StaffId,
) -> Result<Option<Typed>, Failure> {
    let since = millis(house.now() - LIFE);
    let row = house
        .store
        .read(move |tx| {
            tx.query_optional(
                "select mark, sealed from held_form where id = $1 and held_at >= $2",
                &params![id.bytes(), since],
            )
        })
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mark = Mark::from_bytes(&row.get::<[u8; 32]>(0)?);
    if !mark.is_of(&house.secrets, staff.bytes()) {
        return Ok(None);
    }
    let sealed: Vec<u8> = row.get(1)?;
    Ok(house
        .secrets
        .open(PURPOSE, &mark.bytes(), &sealed)
        .and_then(|body| serde_json::from_slice(&body).ok()))
}

/// Notes that a form has been shown to its writer, so that signing in does not lead there again.
pub(crate) async fn shown(house: &House, id: HeldId) -> Result<(), Failure> {
    let now = millis(house.now());
    house
        .store
        .write(move |tx| {
            tx.execute(
                "update held_form set shown_at = $2 where id = $1 and shown_at is null",
                &params![id.bytes(), now],
            )
        })
        .await?;
    Ok(())
}

/// Throws a form of this person away.
pub(crate) async fn discard(house: &House, id: HeldId, staff: StaffId) -> Result<(), Failure> {
    if open(house, id, staff).await?.is_none() {
        return Err(Failure::NotFound);
    }
    house
        .store
        .write(move |tx| tx.execute("delete from held_form where id = $1", &params![id.bytes()]))
        .await?;
    Ok(())
}

/// The newest form that waits for this person and has not been shown yet.
pub(crate) async fn waiting(
    house: &House,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<String>, Failure> {
    let rows = house
        .store
        .read(move |tx| {
            tx.query(
                "select id, mark from held_form where shown_at is null and held_at >= $1 order by held_at desc, id",
                &params![millis(now - LIFE)],
            )
        })
        .await?;
    for row in rows {
        let mark = Mark::from_bytes(&row.get::<[u8; 32]>(1)?);
        if mark.is_of(&house.secrets, staff.bytes()) {
            return Ok(Some(path(HeldId::from_bytes(row.get(0)?))));
        }
    }
    Ok(None)
}
