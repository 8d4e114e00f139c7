//! All SQL of this room.

use std::collections::BTreeMap;

use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::Date;
use opendata::region::Place;
use opendata::{Figure, Gender, Texts};
use store::{Query, Row, StoreError, Value as Cell, WriteTx, params};

use crate::domain::{
    Indicator, IndicatorId, Kept, Release, ReleaseId, Source, StatisticsError, Value, Year,
};

/// Values in one statement.
const ROWS: usize = 40;
/// Columns of a value.
const COLUMNS: usize = 11;

/// An indicator with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: IndicatorId,
    pub indicator: Indicator,
}

/// Keeps what is known of an indicator now; its id.
///
/// # Errors
/// When the engine fails.
pub fn put_indicator(
    tx: &mut WriteTx<'_>,
    clock: &dyn Clock,
    chance: &dyn Chance,
    one: &Indicator,
) -> Result<IndicatorId, StoreError> {
    let (source, code) = (one.source.word(), one.code.as_str());
    let now = clock.now();
    let known = tx.query_optional(
        "select id from statistic_indicator where source = $1 and code = $2",
        &params![source, code],
    )?;
    let (title, about, caveat) = (&one.title, &one.about, &one.caveat);
    let told = params![
        &one.theme,
        &title.fi,
        &title.sv,
        &title.en,
        &about.fi,
        &about.sv,
        &about.en,
        &caveat.fi,
        &caveat.sv,
        &caveat.en,
        one.decimals,
        one.additive,
        now,
    ];
    match known {
        Some(row) => {
            let id = IndicatorId::from_bytes(row.get(0)?);
            let mut values = told;
            values.push(Cell::from(id.bytes()));
            tx.execute(
                "update statistic_indicator set theme = $1, title_fi = $2, title_sv = $3, title_en = $4, about_fi = $5, \
                 about_sv = $6, about_en = $7, caveat_fi = $8, caveat_sv = $9, caveat_en = $10, decimals = $11, \
                 additive = $12, seen_at = $13 where id = $14",
                &values,
            )?;
            Ok(id)
        }
        None => {
            let id = IndicatorId::new(clock, chance);
            let mut values = told;
            values.extend(params![id.bytes(), source, code]);
            tx.execute(
                "insert into statistic_indicator (theme, title_fi, title_sv, title_en, about_fi, about_sv, about_en, \
                 caveat_fi, caveat_sv, caveat_en, decimals, additive, seen_at, id, source, code) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                &values,
            )?;
            Ok(id)
        }
    }
}

/// Keeps the names of areas; what has no name keeps the one it had.
///
/// # Errors
/// When the engine fails.
pub fn put_regions(tx: &mut WriteTx<'_>, regions: &[(Place, Texts)]) -> Result<(), StoreError> {
    for (place, names) in regions.iter().filter(|(_, names)| !names.fi.is_empty()) {
        tx.execute(
            "insert into statistic_region (category, code, name_fi, name_sv, name_en) values ($1, $2, $3, $4, $5) \
             on conflict (category, code) do update set name_fi = excluded.name_fi, name_sv = excluded.name_sv, \
             name_en = excluded.name_en",
            &params![&place.category, &place.code, &names.fi, &names.sv, &names.en],
        )?;
    }
    Ok(())
}

/// The release with these words, made when there is none yet.
fn release(
    tx: &mut WriteTx<'_>,
    clock: &dyn Clock,
    chance: &dyn Chance,
    indicator: IndicatorId,
    one: &Release,
) -> Result<ReleaseId, StoreError> {
    let rows = tx.query(
        "select id, data_updated, unit, producer_fi, producer_sv, producer_en, licence, attribution, origin \
         from statistic_release where indicator_id = $1 order by made_at desc, id desc",
        &params![indicator.bytes()],
    )?;
    for row in &rows {
        if read_release(row, 1)? == *one {
            return Ok(ReleaseId::from_bytes(row.get(0)?));
        }
    }
    let id = ReleaseId::new(clock, chance);
    let producer = &one.producer;
    tx.execute(
        "insert into statistic_release (id, indicator_id, data_updated, unit, producer_fi, producer_sv, producer_en, \
         licence, attribution, origin, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &params![
            id.bytes(), indicator.bytes(), one.data_updated, &one.unit, &producer.fi, &producer.sv, &producer.en,
            &one.licence, &one.attribution, &one.origin, clock.now(),
        ],
    )?;
    Ok(id)
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

type Key = (Place, Gender);
type Pair = (Option<Figure>, Option<Figure>);

/// Keeps a year: a value that is new is added, one that has changed gets a version beside the old one, one that is not there
/// any more (of the genders that are told whole) gets a version without a value. A year that is told whole is remembered
/// with the day of the source's data. All of it or nothing.
///
/// # Errors
/// [`StatisticsError::TooFew`] and [`StatisticsError::Double`]: nothing is kept then.
pub fn keep_year(
    tx: &mut WriteTx<'_>,
    clock: &dyn Clock,
    chance: &dyn Chance,
    indicator: IndicatorId,
    beside: &Release,
    year: &Year,
) -> Result<Kept, StatisticsError> {
    let given = by_key(year)?;
    let known = newest(tx, indicator, year.year)?;
    let of_question = |key: &Key| year.whole.contains(&key.1);
    let had = known
        .iter()
        .filter(|(key, (_, pair))| of_question(key) && pair.0.is_some())
        .count();
    let got = given.len();
    if !year.accept_fewer && got * 2 < had {
        let year = year.year;
        return Err(StatisticsError::TooFew { year, had, got });
    }
    let release = release(tx, clock, chance, indicator, beside)?;
    let mut kept = Kept::default();
    let mut rows: Vec<(Key, i64, Pair)> = Vec::new();
    let mut replaced: Vec<Key> = Vec::new();
    for (key, pair) in given.iter() {
        match known.get(key) {
            None => {
                kept.added += 1;
                rows.push((key.clone(), 1, pair.clone()));
            }
            Some((_, before)) if before == pair => kept.same += 1,
            Some((version, _)) => {
                kept.changed += 1;
                replaced.push(key.clone());
                rows.push((key.clone(), version + 1, pair.clone()));
            }
        }
    }
    for (key, (version, before)) in &known {
        if of_question(key) && before.0.is_some() && !given.contains_key(key) {
            kept.withdrawn += 1;
            replaced.push(key.clone());
            rows.push((key.clone(), version + 1, (None, None)));
        }
    }
    for (place, gender) in &replaced {
        tx.execute(
            "update statistic_value set newest = 0 where indicator_id = $1 and year = $2 and category = $3 \
             and region_code = $4 and gender = $5 and newest = 1",
            &params![indicator.bytes(), year.year, &place.category, &place.code, gender.word()],
        )?;
    }
    insert(tx, indicator, release, year, &rows)?;
    if !year.whole.is_empty() {
        remember(tx, indicator, beside, year)?;
    }
    Ok(kept)
}

fn by_key(year: &Year) -> Result<BTreeMap<Key, Pair>, StatisticsError> {
    let mut given: BTreeMap<Key, Pair> = BTreeMap::new();
    for one in &year.values {
        let pair = (Some(one.value.clone()), one.absolute.clone());
        let before = given.insert((one.place.clone(), one.gender), pair.clone());
        if before.is_some_and(|before| before != pair) {
            return Err(StatisticsError::Double(one.place.clone(), year.year));
        }
    }
    Ok(given)
}

fn newest(
    query: &mut impl Query,
    indicator: IndicatorId,
    year: i16,
) -> Result<BTreeMap<Key, (i64, Pair)>, StoreError> {
    let rows = query.query(
        "select category, region_code, gender, version, value, absolute from statistic_value \
         where indicator_id = $1 and year = $2 and newest = 1",
        &params![indicator.bytes(), year],
    )?;
    rows.iter()
        .map(|row| {
            let place = Place {
                category: row.get(0)?,
                code: row.get(1)?,
            };
            let pair = (figure(row, 4)?, figure(row, 5)?);
            Ok(((place, gender(row, 2)?), (row.get(3)?, pair)))
        })
        .collect()
}

fn insert(
    tx: &mut WriteTx<'_>,
    indicator: IndicatorId,
    release: ReleaseId,
    year: &Year,
    rows: &[(Key, i64, Pair)],
) -> Result<(), StoreError> {
    for chunk in rows.chunks(ROWS) {
        let mut values = Vec::with_capacity(chunk.len() * COLUMNS);
        let mut places = Vec::with_capacity(chunk.len());
        for ((place, gender), version, (value, absolute)) in chunk {
            places.push(format!("({})", store::places(COLUMNS, values.len())));
            values.extend(params![
                indicator.bytes(),
                year.year,
                &place.category,
                &place.code,
                gender.word(),
                *version,
                1,
                value.as_ref().map(Figure::text),
                absolute.as_ref().map(Figure::text),
                year.fetched_on,
                release.bytes(),
            ]);
        }
        tx.execute(
            &format!(
                "insert into statistic_value (indicator_id, year, category, region_code, gender, version, newest, \
                 value, absolute, fetched_on, release_id) values {}",
                places.join(", ")
            ),
            &values,
        )?;
    }
    Ok(())
}

fn remember(
    tx: &mut WriteTx<'_>,
    indicator: IndicatorId,
    beside: &Release,
    year: &Year,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into statistic_year (indicator_id, year, data_updated, fetched_on, areas, unknown_areas) \
         values ($1, $2, $3, $4, $5, $6) on conflict (indicator_id, year) do update set \
         data_updated = excluded.data_updated, fetched_on = excluded.fetched_on, areas = excluded.areas, \
         unknown_areas = excluded.unknown_areas",
        &params![
            indicator.bytes(),
            year.year,
            beside.data_updated,
            year.fetched_on,
            i64::try_from(year.values.len()).unwrap_or(i64::MAX),
            i64::try_from(year.unknown).unwrap_or(i64::MAX),
        ],
    )?;
    Ok(())
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

/// A value of a file or of a service as it is kept.
impl From<opendata::sotkanet::Settled> for Value {
    fn from(one: opendata::sotkanet::Settled) -> Self {
        Self {
            place: one.place,
            gender: one.gender,
            value: one.value,
            absolute: one.absolute,
        }
    }
}
