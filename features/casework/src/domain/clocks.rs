//! The time limits that begin with a matter. They are counted by the law room and nowhere else (invariant I7).

use kernel::time::Date;
use law::clock::LegalClock;
use law::{Calendar, DeadlineTable};

use crate::domain::{Initiation, MatterError};

/// Start of the assessment of the need for services, within seven working days (SHL 36 § 2).
pub const ASSESSMENT_SEVEN_DAYS: &str = "PTA_START_WD7_CONTACT";
/// Start of the assessment, without delay (SHL 36 § 1).
pub const ASSESSMENT_START: &str = "PTA_START";
/// A decision is carried out at the latest three months from becoming pending (SHL 45 § 2).
pub const EXECUTION: &str = "DECISION_EXECUTE";
/// An assessment that has begun is finished without undue delay (SHL 36 § 2).
pub const ASSESSMENT_DONE: &str = "PTA_DONE_ADULT";

/// The clocks that start when a matter becomes pending. `born` is the client's day of birth, when known.
///
/// # Errors
/// [`MatterError::Law`] when no wording of the law was in force on the day.
pub fn starting(
    initiation: &Initiation,
    born: Option<Date>,
    calendar: &Calendar,
) -> Result<Vec<LegalClock>, MatterError> {
    let table = DeadlineTable::of_law();
    let start = if initiation.seven_days_for(born).is_some() {
        (ASSESSMENT_SEVEN_DAYS, initiation.contact_at)
    } else {
        (ASSESSMENT_START, initiation.pending_at)
    };
    [start, (EXECUTION, initiation.pending_at)]
        .into_iter()
        .map(|(id, at)| LegalClock::of_law(table, id, at, calendar).map_err(|_| MatterError::Law))
        .collect()
}

/// Whether the clock is about beginning the assessment.
pub fn is_assessment_start(code: &str) -> bool {
    code == ASSESSMENT_START || code == ASSESSMENT_SEVEN_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Initiator;
    use crate::domain::initiation::tests::initiation;
    use law::clock::Target;

    fn of(initiator: Initiator, born: Date) -> Vec<(String, Option<Date>)> {
        let on = Date::constant(2026, 3, 12);
        starting(&initiation(initiator, on), Some(born), &Calendar::finland())
            .unwrap()
            .into_iter()
            .map(|clock| {
                let day = match clock.target {
                    Target::Day(due) => Some(due.date),
                    Target::Soft(_) => None,
                };
                (clock.basis.code().to_owned(), day)
            })
            .collect()
    }

    #[test]
    fn a_matter_starts_two_clocks() {
        let old = Date::constant(1945, 1, 1);
        assert_eq!(
            of(Initiator::Person, old),
            [
                // Seven working days from Thursday 12 March 2026.
                (
                    ASSESSMENT_SEVEN_DAYS.to_owned(),
                    Some(Date::constant(2026, 3, 23))
                ),
                (EXECUTION.to_owned(), Some(Date::constant(2026, 6, 12))),
            ]
        );
        let by_police = of(Initiator::Police, old);
        assert_eq!(by_police[0], (ASSESSMENT_START.to_owned(), None));
    }

    #[test]
    fn no_clock_without_a_law_in_force() {
        let long_ago = initiation(Initiator::Person, Date::constant(2014, 3, 12));
        assert!(matches!(
            starting(&long_ago, None, &Calendar::finland()),
            Err(MatterError::Law)
        ));
    }
}
