//! Writing: what is known of indicators and areas, and years with their versions.

use std::collections::BTreeMap;

use kernel::chance::Chance;
use kernel::clock::Clock;
use opendata::region::Place;
use opendata::{Figure, Gender, Texts};
use store::{Query, StoreError, Value as Cell, WriteTx, params};

use super::{figure, gender, read_release};
use crate::domain::{
    Indicator, IndicatorId, Kept, Release, ReleaseId, StatisticsError, Value, Year,
};

/// Values in one statement.
const ROWS: usize = 40;
/// Columns of a value.
const COLUMNS: usize = 11;

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
