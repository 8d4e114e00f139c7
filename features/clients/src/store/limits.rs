//! How much one may search outside one's own clients (rights of the domain, section 7). Open work is never
//! stopped, and the social emergency service is only told of.

use kernel::time::{SignedDuration, Time, Timestamp, day, millis, moment};
use store::{Query, StoreError, WriteTx, params};

use super::Desk;
use super::told;
use crate::domain::Reader;

/// Why searching waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Hour,
    NamesInHour,
    Day,
    /// Many in a row led to nothing.
    Vain,
}

/// A wait for searching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    pub until: Timestamp,
    pub why: Why,
}

/// How a person was searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Code,
    Name,
}

impl Way {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
        }
    }
}

/// Whether the reader must wait. Two statements.
pub(crate) fn pause(
    tx: &mut impl Query,
    desk: &Desk,
    reader: &Reader,
    way: Way,
    now: Timestamp,
) -> Result<Option<Pause>, StoreError> {
    let hour = now - SignedDuration::from_hours(1);
    let midnight = moment(day(now), Time::midnight());
    let row = tx.query_one(
        "select coalesce(sum(case when at > $2 then 1 else 0 end), 0), coalesce(sum(case when at > $2 and way = 'name' then 1 else 0 end), 0), coalesce(sum(case when at >= $3 then 1 else 0 end), 0), min(case when at > $2 then at end), min(case when at > $2 and way = 'name' then at end), (select max(p.until) from search_pause p where p.staff_id = $1) from search_use where staff_id = $1 and at >= $4",
        &params![
            reader.staff.bytes(),
            hour,
            midnight,
            millis(hour).min(millis(midnight))
        ],
    )?;
    let settings = &desk.settings;
    let over = |column: usize, most: i64| -> Result<bool, StoreError> {
        Ok(row.get::<i64>(column)? >= most)
    };
    let freed = |column: usize| -> Result<Timestamp, StoreError> {
        Ok(row.get::<Option<Timestamp>>(column)?.unwrap_or(now) + SignedDuration::from_hours(1))
    };
    let pause = |until, why| Ok(Some(Pause { until, why }));
    if let Some(until) = row
        .get::<Option<Timestamp>>(5)?
        .filter(|until| *until > now)
    {
        return pause(until, Why::Vain);
    }
    if over(2, settings.searches_a_day)? {
        return pause(midnight + SignedDuration::from_hours(24), Why::Day);
    }
    if over(0, settings.searches_an_hour)? {
        return pause(freed(3)?, Why::Hour);
    }
    if way == Way::Name && over(1, settings.name_searches_an_hour)? {
        return pause(freed(4)?, Why::NamesInHour);
    }
    Ok(None)
}

/// The social emergency service is never stopped (rights of the domain, section 7).
pub(crate) fn never_paused(reader: &Reader) -> bool {
    reader.subject.tasks.contains("emergency_duty")
}

/// Begins a pause when the last searches, this one among them, led to nothing; the lead is told.
pub(crate) fn after_search(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    now: Timestamp,
) -> Result<(), StoreError> {
    let in_row = desk.settings.searches_in_vain.max(1);
    let vain: i64 = tx
        .query_one(
            "select count(*) from (select result, followed_at from search_use where staff_id = $1 and at > coalesce((select p.until from search_pause p where p.staff_id = $1), 0) order by at desc, id desc limit $2) last where last.result <> 'opened' and last.followed_at is null",
            &params![reader.staff.bytes(), in_row],
        )?
        .get(0)?;
    if vain < in_row {
        return Ok(());
    }
    if !never_paused(reader) {
        let until = now + SignedDuration::from_mins(desk.settings.pause_minutes);
        tx.execute(
            "insert into search_pause (staff_id, until) values ($1, $2) on conflict (staff_id) do update set until = excluded.until",
            &params![reader.staff.bytes(), until],
        )?;
    }
    told::tell_unit(
        tx,
        desk,
        reader.unit,
        "search_pause",
        None,
        Some(reader.staff.bytes()),
    )
}
