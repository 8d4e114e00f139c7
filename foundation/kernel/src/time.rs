//! Moments and days. Moments are kept in UTC; days are days in Finland (Europe/Helsinki).

pub use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, DateTime, Time, Weekday},
};

use jiff::tz::TimeZone;

/// Finland's time zone.
pub fn finland() -> TimeZone {
    TimeZone::get("Europe/Helsinki").expect("the time zone data is compiled in")
}

/// The moment as a reader in Finland sees it on the wall.
pub fn wall_time(moment: Timestamp) -> Zoned {
    moment.to_zoned(finland())
}

/// The day in Finland at the moment.
pub fn day(moment: Timestamp) -> Date {
    wall_time(moment).date()
}

/// The moment when the clocks in Finland show `time` on `date`; a time that the change to summer
/// time skips becomes the first one after it.
pub fn moment(date: Date, time: Time) -> Timestamp {
    date.to_datetime(time)
        .to_zoned(finland())
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// Milliseconds since 1970, as the store keeps moments.
pub fn millis(moment: Timestamp) -> i64 {
    moment.as_millisecond()
}

/// The moment of stored milliseconds; nonsense becomes 1970.
pub fn from_millis(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Reads a day in the one form the house writes: `2026-03-13`. Any other form, and a day that the
/// calendar does not have, is `None`; years run from 0001 to 9999.
pub fn iso_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| {
        bytes[from..to].iter().try_fold(0_i16, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i16::from(byte - b'0'))
        })
    };
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = digits(0, 4).filter(|year| *year > 0)?;
    let month = i8::try_from(digits(5, 7)?).ok()?;
    let day = i8::try_from(digits(8, 10)?).ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn a_day_has_one_written_form() {
        assert_eq!(iso_date("2024-02-29"), Some(date(2024, 2, 29)));
        for bad in [
            "",
            "2025-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-1-1",
            "20260101",
            "2026-01-01T00:00",
            " 2026-01-01",
            "+026-01-01",
            "0000-01-01",
            "2026/01/01",
            "２026-01-1",
        ] {
            assert_eq!(iso_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_is_a_day_in_finland() {
        let late = "2026-03-12T22:30:00Z".parse().unwrap();
        assert_eq!(day(late), date(2026, 3, 13));
        // 03:30 does not exist on the day when summer time begins.
        let skipped = moment(date(2026, 3, 29), time(3, 30, 0, 0));
        assert_eq!(wall_time(skipped).time(), time(4, 30, 0, 0));
    }
}
