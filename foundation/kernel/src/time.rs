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
