//! Units come and go: founding one, and closing one so that nothing is left without somebody who answers for it.

use std::collections::BTreeSet;

use kernel::time::{Date, day, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::duty;
use crate::facts::record::Acting;
use crate::people::{self, StaffId, Unit, UnitId, UnitKind};

/// Longest code of a unit, in letters.
const CODE: usize = 40;

/// A unit that has closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    pub unit: UnitId,
    pub on: Date,
    pub followed_by: Option<UnitId>,
}

/// The units that have closed.
///
/// # Errors
/// When the engine fails.
pub fn closed(query: &mut impl Query) -> Result<Vec<Closed>, StoreError> {
    query
        .query(
            "select id, closed_on, followed_by from unit where closed_on is not null order by closed_on desc, code",
            &[],
        )?
        .iter()
        .map(|row| {
            let on: String = row.get(1)?;
            Ok(Closed {
                unit: UnitId::from_bytes(row.get(0)?),
                on: on.parse().map_err(|_| people::unreadable())?,
                followed_by: row.get::<Option<[u8; 16]>>(2)?.map(UnitId::from_bytes),
            })
        })
        .collect()
}

/// The units at work, by code: those among which one chooses.
///
/// # Errors
/// When the engine fails.
pub fn at_work(query: &mut impl Query) -> Result<Vec<Unit>, StoreError> {
    let gone: BTreeSet<UnitId> = closed(query)?.into_iter().map(|one| one.unit).collect();
    let mut units = people::list_units(query)?;
    units.retain(|unit| !gone.contains(&unit.id));
    Ok(units)
}

/// Whether the person is at work on the day and has the task of a lead.
///
/// # Errors
/// When the engine fails.
pub fn may_lead(query: &mut impl Query, staff: StaffId, on: Date) -> Result<bool, StoreError> {
    Ok(people::lookup_staff(query, staff)?.is_some_and(|one| leads(&one, on)))
}

/// As [`may_lead`], of somebody who is known.
pub fn leads(one: &people::Staff, on: Date) -> bool {
    one.began_on <= on
        && one.ended_on.is_none_or(|last| last >= on)
        && one.tasks.iter().any(|task| task == "lead")
}

/// Founds a unit with its municipalities.
///
/// # Errors
/// When another unit answers for one of the municipalities, or the engine fails.
pub fn found(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    unit: &Unit,
    places: &[String],
) -> Result<(), StoreError> {
    people::add_unit(tx, unit)?;
    let once: BTreeSet<&String> = places.iter().collect();
    for place in once {
        people::assign_municipality(tx, place, unit.id)?;
    }
    by.log(
        tx,
        "admin.unit_found",
        format!("unit={} lead={}", unit.id, unit.lead),
    )
}

/// A code that no unit has, from a name: `jyvaskylan-aikuissosiaalityo`.
///
/// # Errors
/// When the engine fails.
pub fn free_code(query: &mut impl Query, name: &str) -> Result<String, StoreError> {
    let taken: BTreeSet<String> = people::list_units(query)?
        .into_iter()
        .map(|unit| unit.code)
        .collect();
    let plain = slug(name);
    let mut code = plain.clone();
    let mut number = 2;
    while taken.contains(&code) {
        code = format!("{plain}-{number}");
        number += 1;
    }
    Ok(code)
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        let letter = match letter {
            'ä' | 'å' | 'á' => 'a',
            'ö' | 'ø' => 'o',
            'é' | 'è' => 'e',
            'ü' => 'u',
            other => other,
        };
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(CODE).collect();
    match slug.trim_end_matches('-') {
        "" => "yksikko".to_owned(),
        slug => slug.to_owned(),
    }
}

/// Why a unit cannot close now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// So many people work in it.
    Staff(i64),
    /// It is the county's last advice unit, to which everything without a municipality comes.
    LastAdvice,
}

/// What of this room hinders a unit from closing.
///
/// # Errors
/// When the engine fails.
pub fn hindrances(
    query: &mut impl Query,
    unit: UnitId,
    on: Date,
) -> Result<Vec<Hindrance>, StoreError> {
    let staff: i64 = query
        .query_one(
            "select count(*) from staff where unit_id = $1 and (ended_on is null or ended_on >= $2)",
            &params![unit.bytes(), on.to_string()],
        )?
        .get(0)?;
    let advice: Vec<UnitId> = at_work(query)?
        .into_iter()
        .filter(|one| one.kind == UnitKind::Advice)
        .map(|one| one.id)
        .collect();
    let mut found = Vec::new();
    if staff > 0 {
        found.push(Hindrance::Staff(staff));
    }
    if advice == [unit] {
        found.push(Hindrance::LastAdvice);
    }
    Ok(found)
}

/// Closes a unit from today: its municipalities go to `next`, its duty list and deputies end, and nobody chooses it
/// any more. The caller has asked for hindrances and lets the other rooms follow.
///
/// # Errors
/// When the engine fails.
pub fn close(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    unit: UnitId,
    next: UnitId,
) -> Result<(), StoreError> {
    let today = day(by.at);
    tx.execute(
        "update unit set closed_on = $2, followed_by = $3 where id = $1 and closed_on is null",
        &params![unit.bytes(), today.to_string(), next.bytes()],
    )?;
    tx.execute(
        "update unit_municipality set unit_id = $2 where unit_id = $1",
        &params![unit.bytes(), next.bytes()],
    )?;
    let ahead = duty::list(
        tx,
        by.at,
        kernel::time::from_millis(i64::from(u32::MAX) * 1_000),
    )?;
    for shift in ahead.iter().filter(|shift| shift.unit == unit) {
        duty::remove(tx, by, unit, shift.id)?;
    }
    tx.execute(
        "update deputy_lead set ends_on = $2 where unit_id = $1 and ends_on > $2 and begins_on <= $2",
        &params![unit.bytes(), today.to_string()],
    )?;
    by.log(
        tx,
        "admin.unit_close",
        format!("unit={unit} followed_by={next} at={}", millis(by.at)),
    )
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_code_is_plain_letters_of_the_name() {
        assert_eq!(
            slug("Jyväskylän  aikuissosiaalityö"),
            "jyvaskylan-aikuissosiaalityo"
        );
        assert_eq!(slug("Äänekoski/Ohjaus 2"), "aanekoski-ohjaus-2");
        assert_eq!(slug("!?"), "yksikko");
        assert!(slug(&"pitkä nimi ".repeat(9)).len() <= super::CODE);
    }
}
