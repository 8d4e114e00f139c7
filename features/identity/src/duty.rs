//! Duty lists, and what else of a unit is kept by administration.

use kernel::time::{Date, Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::facts::record::Acting;
use crate::people::{self, DutyId, StaffId, Unit, UnitId};

/// A shift of a duty list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    pub id: DutyId,
    pub unit: UnitId,
    pub staff: StaffId,
    pub begins: Timestamp,
    pub ends: Timestamp,
}

/// Days on which units are open.
pub(crate) struct Office(law::Calendar);

impl Office {
    pub(crate) fn new() -> Self {
        Self(law::Calendar::finland())
    }

    /// A working day in Finland.
    pub(crate) fn is_open(&self, date: Date) -> bool {
        self.0.is_working_day(date)
    }
}

/// Shifts of all units that touch a span of time, by their beginning.
///
/// # Errors
/// When the engine fails.
pub fn list(
    query: &mut impl Query,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Shift>, StoreError> {
    query
        .query(
            "select id, unit_id, staff_id, begins_at, ends_at from duty where begins_at < $2 and ends_at > $1 order by begins_at, id",
            &params![millis(from), millis(until)],
        )?
        .iter()
        .map(|row| {
            Ok(Shift {
                id: DutyId::from_bytes(row.get(0)?),
                unit: UnitId::from_bytes(row.get(1)?),
                staff: StaffId::from_bytes(row.get(2)?),
                begins: from_millis(row.get(3)?),
                ends: from_millis(row.get(4)?),
            })
        })
        .collect()
}

/// Puts somebody on a duty list.
///
/// # Errors
/// When the engine fails.
pub fn add(tx: &mut WriteTx<'_>, by: &Acting, shift: &Shift) -> Result<(), StoreError> {
    people::add_duty(
        tx,
        shift.id,
        shift.unit,
        shift.staff,
        shift.begins,
        shift.ends,
    )?;
    by.log(
        tx,
        "admin.duty_add",
        format!("unit={} staff={}", shift.unit, shift.staff),
    )
}

/// Takes a shift of a unit off its list; one that has begun ends now. A shift that is over stays.
///
/// # Errors
/// When the engine fails.
pub fn remove(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    unit: UnitId,
    shift: DutyId,
) -> Result<(), StoreError> {
    let at = millis(by.at);
    tx.execute(
        "update duty set ends_at = $3 where id = $1 and unit_id = $2 and begins_at < $3 and ends_at > $3",
        &params![shift.bytes(), unit.bytes(), at],
    )?;
    tx.execute(
        "delete from duty where id = $1 and unit_id = $2 and begins_at >= $3",
        &params![shift.bytes(), unit.bytes(), at],
    )?;
    by.log(
        tx,
        "admin.duty_remove",
        format!("unit={unit} shift={shift}"),
    )
}

/// Which unit answers for which municipality.
///
/// # Errors
/// When the engine fails.
pub fn municipalities(query: &mut impl Query) -> Result<Vec<(String, UnitId)>, StoreError> {
    query
        .query(
            "select municipality_code, unit_id from unit_municipality order by municipality_code",
            &[],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, UnitId::from_bytes(row.get(1)?))))
        .collect()
}

/// The first of these municipalities for which another unit answers already.
///
/// # Errors
/// When the engine fails.
pub fn taken_places(
    query: &mut impl Query,
    unit: UnitId,
    places: &[String],
) -> Result<Option<String>, StoreError> {
    Ok(municipalities(query)?
        .into_iter()
        .find(|(code, own)| *own != unit && places.contains(code))
        .map(|(code, _)| code))
}

/// Changes a unit's names, phone, lead and municipalities.
///
/// # Errors
/// When another unit answers for one of the municipalities, or the engine fails.
pub fn change_unit(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    unit: &Unit,
    places: &[String],
) -> Result<(), StoreError> {
    tx.execute(
        "update unit set name_fi = $2, name_sv = $3, name_en = $4, phone = $5, lead_id = $6, next_lead_at = case when lead_id = $6 then next_lead_at end, next_lead_id = case when lead_id = $6 then next_lead_id end where id = $1",
        &params![
            unit.id.bytes(),
            unit.name_fi.as_str(),
            unit.name_sv.as_str(),
            unit.name_en.as_str(),
            unit.phone.clone(),
            unit.lead.bytes()
        ],
    )?;
    tx.execute(
        "delete from unit_municipality where unit_id = $1",
        &params![unit.id.bytes()],
    )?;
    let mut once: Vec<&String> = places.iter().collect();
    once.sort();
    once.dedup();
    for code in once {
        people::assign_municipality(tx, code, unit.id)?;
    }
    by.log(
        tx,
        "admin.unit_change",
        format!("unit={} lead={}", unit.id, unit.lead),
    )
}
