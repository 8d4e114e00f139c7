//! A worker's own number at work, told to her clients: set by herself or by the county's main user. Where there is none,
//! clients are told the number of the unit.

use kernel::time::Timestamp;
use store::{Query, StoreError, WriteTx, params};
use web::Form;

use crate::accounts::entry;
use crate::facts::record::Acting;
use crate::people::StaffId;

/// Longest number, in characters.
const LONGEST: usize = 40;

/// The number of a worker.
///
/// # Errors
/// When the engine fails.
pub fn of(query: &mut impl Query, staff: StaffId) -> Result<Option<String>, StoreError> {
    let row = query.query_optional(
        "select phone from staff where id = $1",
        &params![staff.bytes()],
    )?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// Reads the field `number`: nothing typed takes the number away. What is no number is marked in the form.
pub fn read(form: &mut Form) -> Option<String> {
    let typed = form.optional("number", LONGEST)?;
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let known = |one: char| one.is_ascii_digit() || matches!(one, ' ' | '+' | '-' | '(' | ')');
    if !(4..=15).contains(&digits) || !typed.chars().all(known) {
        form.error("number", "number-wrong");
    }
    Some(typed.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn put(tx: &mut WriteTx<'_>, staff: StaffId, number: Option<&str>) -> Result<(), StoreError> {
    tx.execute(
        "update staff set phone = $2 where id = $1",
        &params![staff.bytes(), number],
    )
    .map(drop)
}

/// A worker sets her own. The log tells that it was done, never the number.
///
/// # Errors
/// When the engine fails.
pub fn set_own(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    number: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    put(tx, staff, number)?;
    let actor = access::log::Actor::Staff(staff.bytes());
    tx.log(entry(now, actor, "account.number", String::new()))
}

/// The main user sets it.
///
/// # Errors
/// When the engine fails.
pub fn set(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    staff: StaffId,
    number: Option<&str>,
) -> Result<(), StoreError> {
    put(tx, staff, number)?;
    by.log(tx, "admin.person_number", format!("staff={staff}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_marked() {
        for (typed, kept, good) in [
            ("040 123  4567", Some("040 123 4567"), true),
            ("+358 (0)40-1234567", Some("+358 (0)40-1234567"), true),
            ("", None, true),
            ("12", Some("12"), false),
            ("soita vaihteeseen", Some("soita vaihteeseen"), false),
            ("0401234567 ma-pe", Some("0401234567 ma-pe"), false),
        ] {
            let mut form = Form::new();
            form.set("number", typed);
            assert_eq!(read(&mut form).as_deref(), kept, "{typed}");
            assert_eq!(form.is_valid(), good, "{typed}");
        }
    }
}
