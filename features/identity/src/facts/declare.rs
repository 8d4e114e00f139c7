//! What employees declare themselves: relatives and household whose records they must not open (bar B02a;
//! hyvinvointialuelaki 611/2021 102 §, hallintolaki 434/2003 27-30 §).
//!
//! Only digests of identity codes are kept. They can be compared with a client's, and never read back: the
//! page tells how many there are and when they were given.

use kernel::time::{Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use super::record::{Acting, next};
use crate::people::StaffId;

/// A declared relative, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    pub number: i64,
    pub at: Timestamp,
}

/// Declares a relative. The same person again renews the declaration.
///
/// # Errors
/// When the engine fails.
pub fn declare(tx: &mut WriteTx<'_>, by: &Acting, relative: [u8; 32]) -> Result<(), StoreError> {
    let renewed = tx.execute(
        "update relative_declaration set declared_at = $3, withdrawn_at = null where staff_id = $1 and identity_hash = $2",
        &params![by.staff.bytes(), relative, millis(by.at)],
    )?;
    if renewed == 0 {
        let number = next(tx, "relative_declaration")?;
        tx.execute(
            "insert into relative_declaration (id, staff_id, identity_hash, declared_at) values ($1, $2, $3, $4)",
            &params![number, by.staff.bytes(), relative, millis(by.at)],
        )?;
    }
    by.log(tx, "bars.declare", String::new())
}

/// Withdraws a declaration of one's own. `false` when there is none of that number.
///
/// # Errors
/// When the engine fails.
pub fn withdraw(tx: &mut WriteTx<'_>, by: &Acting, number: i64) -> Result<bool, StoreError> {
    let withdrawn = tx.execute(
        "update relative_declaration set withdrawn_at = $3 where id = $1 and staff_id = $2 and withdrawn_at is null",
        &params![number, by.staff.bytes(), millis(by.at)],
    )?;
    if withdrawn > 0 {
        by.log(tx, "bars.withdraw", String::new())?;
    }
    Ok(withdrawn > 0)
}

/// The declarations of an employee in force, newest first.
///
/// # Errors
/// When the engine fails.
pub fn own(query: &mut impl Query, staff: StaffId) -> Result<Vec<Declared>, StoreError> {
    query
        .query(
            "select id, declared_at from relative_declaration where staff_id = $1 and withdrawn_at is null order by declared_at desc, id desc",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Declared {
                number: row.get(0)?,
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
