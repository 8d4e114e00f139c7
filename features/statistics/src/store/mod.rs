//! All SQL of this room.

mod keep;

pub use keep::{keep_year, put_indicator, put_regions};

use std::collections::BTreeMap;

use kernel::time::Date;
use opendata::region::Place;
use opendata::{Figure, Gender, Texts};
use store::{Query, Row, StoreError, Value as Cell, params};

use crate::domain::{Indicator, IndicatorId, Release, ReleaseId, Source};

/// An indicator with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: IndicatorId,
    pub indicator: Indicator,
}

fn read_release(row: &Row, from: usize) -> Result<Release, StoreError> {
    Ok(Release {
        data_updated: row.get(from)?,
        unit: row.get(from + 1)?,
        producer: texts(row, from + 2)?,
        licence: row.get(from + 5)?,
        attribution: row.get(from + 6)?,
        origin: row.get(from + 7)?,
    })
}

fn texts(row: &Row, from: usize) -> Result<Texts, StoreError> {
    Ok(Texts {
        fi: row.get(from)?,
        sv: row.get(from + 1)?,
        en: row.get(from + 2)?,
    })
}

fn figure(row: &Row, column: usize) -> Result<Option<Figure>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| Figure::read(&text).map_err(|error| StoreError::Decode(error.to_string())))
        .transpose()
}

fn gender(row: &Row, column: usize) -> Result<Gender, StoreError> {
    let word = row.text(column)?;
    word.parse()
        .map_err(|()| StoreError::Decode(format!("{word:?} is no gender")))
}

/// Years that were fetched whole: the day of the source's data, and the day of the fetch.
///
/// # Errors
/// When the engine fails.
pub fn years(
    query: &mut impl Query,
    indicator: IndicatorId,
) -> Result<BTreeMap<i16, (Option<Date>, Date)>, StoreError> {
    query
        .query(
            "select year, data_updated, fetched_on from statistic_year where indicator_id = $1",
            &params![indicator.bytes()],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))
        .collect()
}

const HEAD: &str = "select id, source, code, theme, title_fi, title_sv, title_en, about_fi, about_sv, about_en, caveat_fi, \
                    caveat_sv, caveat_en, decimals, additive from statistic_indicator";

fn known(row: &Row) -> Result<Known, StoreError> {
    let source = row.text(1)?;
    Ok(Known {
        id: IndicatorId::from_bytes(row.get(0)?),
        indicator: Indicator {
            source: source
                .parse()
                .map_err(|()| StoreError::Decode(format!("{source:?} is no source")))?,
            code: row.get(2)?,
            theme: row.get(3)?,
            title: texts(row, 4)?,
            about: texts(row, 7)?,
            caveat: texts(row, 10)?,
            decimals: row.get(13)?,
            additive: row.get(14)?,
        },
    })
}

/// Every indicator there is, by source and code.
///
/// # Errors
/// When the engine fails.
pub fn list(query: &mut impl Query) -> Result<Vec<Known>, StoreError> {
    let rows = query.query(&format!("{HEAD} order by source, code"), &[])?;
    rows.iter().map(known).collect()
}

/// One indicator.
///
/// # Errors
/// When the engine fails.
pub fn find(query: &mut impl Query, id: IndicatorId) -> Result<Option<Known>, StoreError> {
    query
        .query_optional(&format!("{HEAD} where id = $1"), &params![id.bytes()])?
        .map(|row| known(&row))
        .transpose()
}

/// The indicator of a source by the source's own id.
///
/// # Errors
/// When the engine fails.
pub fn find_code(
    query: &mut impl Query,
    source: Source,
    code: &str,
) -> Result<Option<Known>, StoreError> {
    query
        .query_optional(
            &format!("{HEAD} where source = $1 and code = $2"),
            &params![source.word(), code],
        )?
        .map(|row| known(&row))
        .transpose()
}

/// The newest value of an area in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub place: Place,
    pub year: i16,
    pub gender: Gender,
    pub value: Figure,
    pub absolute: Option<Figure>,
    pub version: i64,
    pub fetched_on: Date,
    pub release: ReleaseId,
}

/// The newest values of an indicator in these areas, by area and year; all areas of a category when `codes` is empty.
///
/// # Errors
/// When the engine fails.
pub fn points(
    query: &mut impl Query,
    indicator: IndicatorId,
    category: &str,
    codes: &[&str],
    gender_of: Gender,
) -> Result<Vec<Point>, StoreError> {
    let mut values = params![indicator.bytes(), category, gender_of.word()];
    let among = if codes.is_empty() {
        String::new()
    } else {
        values.extend(codes.iter().map(|&code| Cell::from(code)));
        format!(" and region_code in ({})", store::places(codes.len(), 3))
    };
    let rows = query.query(
        &format!(
            "select category, region_code, year, gender, value, absolute, version, fetched_on, release_id \
             from statistic_value where indicator_id = $1 and category = $2 and gender = $3 and newest = 1 \
             and value is not null{among} order by region_code, year"
        ),
        &values,
    )?;
    let mut points = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(value) = figure(row, 4)? else {
            continue;
        };
        points.push(Point {
            place: Place {
                category: row.get(0)?,
                code: row.get(1)?,
            },
            year: row.get(2)?,
            gender: gender(row, 3)?,
            value,
            absolute: figure(row, 5)?,
            version: row.get(6)?,
            fetched_on: row.get(7)?,
            release: ReleaseId::from_bytes(row.get(8)?),
        });
    }
    Ok(points)
}

/// One version of a value; none where the source has taken it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub version: i64,
    pub value: Option<Figure>,
    pub absolute: Option<Figure>,
    pub fetched_on: Date,
    pub beside: Release,
}

/// Every version of a value, the oldest first.
///
/// # Errors
/// When the engine fails.
pub fn versions(
    query: &mut impl Query,
    indicator: IndicatorId,
    place: &Place,
    year: i16,
    gender: Gender,
) -> Result<Vec<Version>, StoreError> {
    query
        .query(
            "select v.version, v.value, v.absolute, v.fetched_on, r.data_updated, r.unit, r.producer_fi, r.producer_sv, \
             r.producer_en, r.licence, r.attribution, r.origin from statistic_value v \
             join statistic_release r on r.id = v.release_id where v.indicator_id = $1 and v.category = $2 \
             and v.region_code = $3 and v.year = $4 and v.gender = $5 order by v.version",
            &params![indicator.bytes(), &place.category, &place.code, year, gender.word()],
        )?
        .iter()
        .map(|row| {
            Ok(Version {
                version: row.get(0)?,
                value: figure(row, 1)?,
                absolute: figure(row, 2)?,
                fetched_on: row.get(3)?,
                beside: read_release(row, 4)?,
            })
        })
        .collect()
}

/// What stands beside the newest values of an indicator: each release that some of them name, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn releases(
    query: &mut impl Query,
    indicator: IndicatorId,
) -> Result<Vec<(ReleaseId, Release)>, StoreError> {
    query
        .query(
            "select id, data_updated, unit, producer_fi, producer_sv, producer_en, licence, attribution, origin \
             from statistic_release where indicator_id = $1 order by made_at desc, id desc",
            &params![indicator.bytes()],
        )?
        .iter()
        .map(|row| Ok((ReleaseId::from_bytes(row.get(0)?), read_release(row, 1)?)))
        .collect()
}

/// The newest year that each indicator has a value of.
///
/// # Errors
/// When the engine fails.
pub fn latest_years(query: &mut impl Query) -> Result<BTreeMap<IndicatorId, i16>, StoreError> {
    query
        .query(
            "select indicator_id, max(year) from statistic_value where newest = 1 and value is not null group by indicator_id",
            &[],
        )?
        .iter()
        .map(|row| Ok((IndicatorId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}

/// The genders that an indicator has values of, in the order of tables.
///
/// # Errors
/// When the engine fails.
pub fn genders(query: &mut impl Query, indicator: IndicatorId) -> Result<Vec<Gender>, StoreError> {
    let rows = query.query(
        "select distinct gender from statistic_value where indicator_id = $1 and newest = 1 and value is not null",
        &params![indicator.bytes()],
    )?;
    let found: Vec<Gender> = rows
        .iter()
        .map(|row| gender(row, 0))
        .collect::<Result<_, _>>()?;
    Ok(Gender::ALL
        .into_iter()
        .filter(|one| found.contains(one))
        .collect())
}

/// Names of areas of a category, by code.
///
/// # Errors
/// When the engine fails.
pub fn region_names(
    query: &mut impl Query,
    category: &str,
) -> Result<BTreeMap<String, Texts>, StoreError> {
    query
        .query(
            "select code, name_fi, name_sv, name_en from statistic_region where category = $1",
            &params![category],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, texts(row, 1)?)))
        .collect()
}
