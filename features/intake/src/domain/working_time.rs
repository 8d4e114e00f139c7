//! Moments at which work can be due: nobody is asked to answer at night or on a day off.

use kernel::time::{Date, SignedDuration, Time, Timestamp, moment, wall_time};
use law::Calendar;

const BEGINS: Time = Time::constant(8, 0, 0, 0);
const ENDS: Time = Time::constant(16, 0, 0, 0);

/// The moment `hours` after `from`; when that falls on a day off or outside 8-16 in Finland, the
/// next 16.00 of a working day.
pub fn due_after(calendar: &Calendar, from: Timestamp, hours: i64) -> Timestamp {
    let due = from + SignedDuration::from_hours(hours);
    let wall = wall_time(due);
    let (date, time) = (wall.date(), wall.time());
    let working = calendar.is_working_day(date);
    if working && (BEGINS..=ENDS).contains(&time) {
        return due;
    }
    let day: Option<Date> = if working && time < ENDS {
        Some(date)
    } else {
        calendar.after(date)
    };
    // Only where dates end is there no working day left.
    day.map_or(due, |day| moment(day, ENDS))
}

#[cfg(test)]
mod tests {
    use kernel::time::{Date, Time, moment};

    use super::due_after;

    #[test]
    fn work_is_due_in_working_time() {
        let at = |year, month, day, hour, minute| {
            moment(
                Date::constant(year, month, day),
                Time::constant(hour, minute, 0, 0),
            )
        };
        let cases = [
            (
                "ordinary Tuesday stays",
                at(2026, 3, 10, 10, 15),
                at(2026, 3, 11, 10, 15),
            ),
            (
                "the last moment of a day stays",
                at(2026, 3, 10, 16, 0),
                at(2026, 3, 11, 16, 0),
            ),
            (
                "a Tuesday evening goes over Wednesday",
                at(2026, 3, 10, 18, 0),
                at(2026, 3, 12, 16, 0),
            ),
            (
                "Friday 15.00 waits for Monday",
                at(2026, 3, 13, 15, 0),
                at(2026, 3, 16, 16, 0),
            ),
            ("Saturday", at(2026, 3, 14, 11, 0), at(2026, 3, 16, 16, 0)),
            (
                "Sunday 5.52 is Monday at the day's end",
                at(2026, 3, 15, 5, 52),
                at(2026, 3, 16, 16, 0),
            ),
            (
                "the day before Christmas Eve waits over Christmas and its weekend",
                at(2026, 12, 23, 10, 0),
                at(2026, 12, 28, 16, 0),
            ),
            (
                "Christmas Eve",
                at(2026, 12, 24, 10, 0),
                at(2026, 12, 28, 16, 0),
            ),
        ];
        for (what, from, due) in cases {
            assert_eq!(
                due_after(&law::Calendar::finland(), from, 24),
                due,
                "{what}"
            );
        }
    }
}
