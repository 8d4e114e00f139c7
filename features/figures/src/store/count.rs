//! Counting: one statement for a figure and a year, whatever the rows.

use kernel::time::{Date, SignedDuration, Time, millis, moment};
use store::{Query, StoreError};

use super::queries;
use crate::ages::BANDS;
use crate::definition::{Definition, Span};
use crate::period::{Month, Period};

/// So many of an area, an age and a part in a month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// 1-12.
    pub month: i8,
    /// Code of a municipality; empty when it is not known or not told.
    pub area: String,
    /// A band of [`BANDS`]; empty when the age is not known.
    pub age: String,
    pub part: String,
    pub count: u64,
}

/// Counts a figure over a period. One statement.
///
/// # Errors
/// When the engine fails.
pub fn count(
    query: &mut impl Query,
    definition: &Definition,
    period: Period,
) -> Result<Vec<Counted>, StoreError> {
    let Some(sql) = statement(definition, period) else {
        return Ok(Vec::new());
    };
    let rows = query.query(&sql, &[])?;
    let mut counted = Vec::with_capacity(rows.len());
    for row in &rows {
        let count: i64 = row.get(4)?;
        let month: i64 = row.get(0)?;
        counted.push(Counted {
            month: i8::try_from(month).map_err(|error| StoreError::Decode(error.to_string()))?,
            area: row.get(1)?,
            age: row.get(2)?,
            part: row.get(3)?,
            count: u64::try_from(count).map_err(|error| StoreError::Decode(error.to_string()))?,
        });
    }
    Ok(counted)
}

/// The whole statement. Days, moments and numbers in it are made here, never by a reader.
fn statement(definition: &Definition, period: Period) -> Option<String> {
    let rows = queries::rows_of(definition.code)?;
    let mut months = period.months();
    if definition.span == Span::Now {
        months = months.split_off(months.len().saturating_sub(1));
    }
    let mut with = spans(&months);
    if queries::wants_days(definition.code) {
        with.push_str(&days(&months));
    }
    let age = age_case(period.year());
    Some(format!(
        "with {with}, hidden as (select distinct client_id from hidden_client union select p.client_id from client_detail p \
         where p.kind = 'home_municipality' and p.protected = 1 and p.voided_at is null), base as ({rows}) \
         select t.no, t.area, t.age, t.part, count(*) from (select b.no as no, case when h.client_id is not null then '' else coalesce(\
         (select d.value from client_detail d where d.client_id = b.client_id and d.kind = 'home_municipality' and d.voided_at is null \
         and (d.valid_from is null or d.valid_from <= b.day) and (d.valid_to is null or d.valid_to >= b.day) \
         order by coalesce(d.valid_from, '') desc, d.recorded_at desc, d.id desc limit 1), b.place, '') end as area, \
         {age} as age, b.part as part from base b left join hidden h on h.client_id = b.client_id \
         left join client c on c.id = b.client_id) t group by t.no, t.area, t.age, t.part order by t.no, t.area, t.age, t.part"
    ))
}

/// The months, and for each the days a year earlier (`y1`, `y2`).
fn spans(months: &[Month]) -> String {
    let before = |day: Date| {
        Date::new(day.year() - 1, day.month(), 1).map_or(day, |first| {
            if day.day() == 1 {
                first
            } else {
                first.last_of_month()
            }
        })
    };
    let rows: Vec<String> = months
        .iter()
        .map(|month| {
            format!(
                "select {} as no, cast({} as bigint) as a, cast({} as bigint) as b, '{}' as d1, '{}' as d2, '{}' as y1, '{}' as y2",
                month.no,
                millis(month.begins()),
                millis(month.ends()),
                month.first,
                month.last,
                before(month.first),
                before(month.last),
            )
        })
        .collect();
    format!("span as ({})", rows.join(" union all "))
}

/// Every day of the months with the moment it ends.
fn days(months: &[Month]) -> String {
    let mut rows = Vec::new();
    for month in months {
        let mut day = month.first;
        while day <= month.last {
            let next = day.saturating_add(SignedDuration::from_hours(24));
            let until = millis(moment(next, Time::midnight()));
            rows.push(format!("('{day}', {until})"));
            day = next;
        }
    }
    format!(", day_end(day, until) as (values {})", rows.join(", "))
}

/// The band of the age that is reached by the end of the year.
fn age_case(year: i16) -> String {
    let mut sql = String::from("case when c.birth_date is null then ''");
    for band in BANDS {
        match band.to {
            Some(to) => sql.push_str(&format!(
                " when c.birth_date > '{}-12-31' then '{}'",
                year - to - 1,
                band.code
            )),
            None => sql.push_str(&format!(" else '{}'", band.code)),
        }
    }
    sql.push_str(" end");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_the_one_reached_in_the_year() {
        let sql = age_case(2025);
        assert!(
            sql.starts_with(
                "case when c.birth_date is null then '' when c.birth_date > '2007-12-31' then '0-17' when c.birth_date > '1995-12-31' then '18-29'"
            ),
            "{sql}"
        );
        assert!(sql.ends_with("else '65-' end"), "{sql}");
    }
}
