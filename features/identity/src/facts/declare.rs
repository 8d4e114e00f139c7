//! What employees declare themselves: relatives and household whose records they must not open (bar B02a;
//! hyvinvointialuelaki 611/2021 102 §, hallintolaki 434/2003 27-30 §).
//!
//! Only digests of identity codes are kept. They can be compared with a client's, and never read back: the
//! page tells how many there are and when they were given.

use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use super::record::{Acting, next};
use super::requests;
use crate::people::StaffId;

/// How long a declaration is believed to be whole: the yearly reminder of bar B02.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(365 * 24);

/// A declared relative, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    pub number: i64,
    pub at: Timestamp,
    /// Its end waits for the lead; it bars until then.
    pub ending: bool,
}

/// Declares a relative. The same person again renews the declaration, also one whose end has been asked for.
///
/// # Errors
/// When the engine fails.
pub fn declare(tx: &mut WriteTx<'_>, by: &Acting, relative: [u8; 32]) -> Result<(), StoreError> {
    let renewed = tx.query_optional(
        "update relative_declaration set declared_at = $3, withdrawn_at = null where staff_id = $1 and identity_hash = $2 returning id",
        &params![by.staff.bytes(), relative, millis(by.at)],
    )?;
    if let Some(row) = renewed {
        requests::keep_declaration(tx, by, row.get(0)?)?;
    } else {
        let number = next(tx, "relative_declaration")?;
        tx.execute(
            "insert into relative_declaration (id, staff_id, identity_hash, declared_at) values ($1, $2, $3, $4)",
            &params![number, by.staff.bytes(), relative, millis(by.at)],
        )?;
    }
    stamp(tx, by)?;
    by.log(tx, "bars.declare", String::new())
}

/// Says that the declared relatives are all there are.
///
/// # Errors
/// When the engine fails.
pub fn confirm(tx: &mut WriteTx<'_>, by: &Acting) -> Result<(), StoreError> {
    stamp(tx, by)?;
    by.log(tx, "bars.confirm", String::new())
}

fn stamp(tx: &mut WriteTx<'_>, by: &Acting) -> Result<(), StoreError> {
    tx.execute(
        "update staff set bars_confirmed_at = $2 where id = $1",
        &params![by.staff.bytes(), millis(by.at)],
    )?;
    Ok(())
}

/// Since when the declared relatives have not been looked at, when that is over [`GOOD_FOR`] ago. Somebody who never has
/// said anything has the first year of work for it.
///
/// # Errors
/// When the engine fails.
pub fn due(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let row = query.query_optional(
        "select s.bars_confirmed_at, s.began_on, (select max(d.declared_at) from relative_declaration d where d.staff_id = s.id) from staff s where s.id = $1",
        &params![staff.bytes()],
    )?;
    let Some(row) = row else { return Ok(None) };
    let (confirmed, declared): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(2)?);
    let last = match confirmed.max(declared) {
        Some(last) => from_millis(last),
        None => super::record::after(row.get(1)?),
    };
    Ok((now.duration_since(last) > GOOD_FOR).then_some(last))
}

/// Ends an employee's declaration. Only an approved request does ([`requests::approve`]): until then it bars.
pub(crate) fn withdraw(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    person: StaffId,
    number: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "update relative_declaration set withdrawn_at = $3 where id = $1 and staff_id = $2 and withdrawn_at is null",
        &params![number, person.bytes(), millis(by.at)],
    )?;
    by.log(tx, "bars.withdraw", format!("staff={person}"))
}

/// The declarations of an employee in force, newest first.
///
/// # Errors
/// When the engine fails.
pub fn own(query: &mut impl Query, staff: StaffId) -> Result<Vec<Declared>, StoreError> {
    let ending = requests::ending(query, staff)?;
    query
        .query(
            "select id, declared_at from relative_declaration where staff_id = $1 and withdrawn_at is null order by declared_at desc, id desc",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| {
            let number = row.get(0)?;
            Ok(Declared {
                number,
                ending: ending.contains(&number),
                at: from_millis(row.get(1)?),
            })
        })
        .collect()
}

/// Whether an employee has declared the person of a digest as a relative.
///
/// # Errors
/// When the engine fails.
pub fn is_relative(
    query: &mut impl Query,
    staff: StaffId,
    identity_hash: [u8; 32],
) -> Result<bool, StoreError> {
    Ok(query
        .query_optional(
            "select id from relative_declaration where staff_id = $1 and identity_hash = $2 and withdrawn_at is null",
            &params![staff.bytes(), identity_hash],
        )?
        .is_some())
}
