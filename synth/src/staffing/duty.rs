//! Who has the duty, and who is away.

use identity::people::{self, DutyId, StaffId, UnitId};
use intake::store::Desk;
use kernel::chance::Chance;
use kernel::time::{SignedDuration, Time, Timestamp, day, moment};
use store::{StoreError, WriteTx};

use super::Staffing;
use crate::people::{percent, pick};

/// Shifts of working days for the last two weeks and the next four, and round the clock for the
/// advice unit's first worker today, so that a demo has a duty holder at any hour.
pub(super) fn duty_lists(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    staffing: &Staffing,
    began: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut lists: Vec<(UnitId, &[StaffId])> = staffing
        .social
        .iter()
        .map(|(unit, workers)| (*unit, workers.as_slice()))
        .collect();
    if let Some(advice) = staffing.advice_unit {
        lists.push((advice, &staffing.advice));
    }
    for (unit, workers) in lists {
        let first = (now - SignedDuration::from_hours(14 * 24)).max(began);
        for offset in 0..42 {
            let date = day(first + SignedDuration::from_hours(offset * 24));
            if !desk.calendar.is_working_day(date) {
                continue;
            }
            let shift = |hour| moment(date, Time::constant(hour, 0, 0, 0));
            let worker = workers[usize::try_from(offset).unwrap_or(0) % workers.len()];
            let id = DutyId::new(&*desk.clock, &*desk.chance);
            // Today the advice unit has one duty holder, whatever the hour is (below).
            if staffing.advice_unit == Some(unit) && date == day(now) {
                continue;
            }
            people::add_duty(tx, id, unit, worker, shift(8), shift(16))?;
        }
    }
    if let (Some(unit), Some(worker)) = (staffing.advice_unit, staffing.advice.first()) {
        let id = DutyId::new(&*desk.clock, &*desk.chance);
        let ends = now + SignedDuration::from_hours(28 * 24);
        people::add_duty(
            tx,
            id,
            unit,
            *worker,
            now - SignedDuration::from_hours(2),
            ends,
        )?;
    }
    Ok(())
}

/// One worker has left a week ago and one is on leave now; both are of the demo lead's own unit.
pub(super) fn absences(
    tx: &mut WriteTx<'_>,
    staffing: &mut Staffing,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((_, workers)) = staffing.social.first() else {
        return Ok(());
    };
    if let [.., absent, departed] = workers.as_slice() {
        let shift = |days: i64| day(now + SignedDuration::from_hours(days * 24));
        people::add_absence(tx, *absent, shift(-3), shift(11))?;
        people::end_employment(tx, *departed, shift(-1))?;
        (staffing.absent, staffing.departed) = (Some(*absent), Some(*departed));
    }
    Ok(())
}

impl Staffing {
    /// Somebody of a social work unit who is at work.
    pub fn somebody(&self, chance: &dyn Chance) -> Option<(StaffId, UnitId)> {
        if self.social.is_empty() {
            return None;
        }
        let (unit, workers) = if percent(chance, 55) {
            &self.social[0]
        } else {
            pick(chance, &self.social)
        };
        let at_work: Vec<StaffId> = workers
            .iter()
            .copied()
            .filter(|id| Some(*id) != self.departed && Some(*id) != self.absent)
            .collect();
        Some((*pick(chance, &at_work), *unit))
    }
}
