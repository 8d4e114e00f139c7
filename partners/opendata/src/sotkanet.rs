//! Sotkanet of THL: indicators by municipality and larger area.
//!
//! The interface has no key and no paging. All areas of a year come in one answer of about 470 rows; a municipality's own
//! number is not the one in the answer ([`crate::region`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::region::{Known, Listed, Place, Regions};
use crate::wire::Wire;
use crate::{Fault, Figure, Gender, OpenDataError, Settings, Texts};

/// Where the service is.
pub const BASE: &str = "https://sotkanet.fi/rest/1.1";
/// Who keeps the service; the producer of each indicator is named beside it.
pub const KEEPER: &str = "THL, Sotkanet";

/// Years that one question may name: more make addresses that servers refuse.
const MOST_YEARS: usize = 20;

/// An indicator as the list tells it; the one asked by its id has more.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Indicator {
    pub id: u32,
    #[serde(default)]
    pub title: Texts,
    #[serde(default)]
    pub organization: Organisation,
    #[serde(default)]
    pub classifications: Classifications,
    #[serde(default)]
    pub description: Texts,
    #[serde(default)]
    pub interpretation: Texts,
    /// Limits of what it tells.
    #[serde(default)]
    pub limits: Texts,
    #[serde(default)]
    pub legislation: Texts,
    #[serde(default)]
    pub notices: Texts,
    /// The day on which its data were changed last, `2025-05-28`.
    #[serde(default, rename = "data-updated")]
    pub updated: Option<String>,
    #[serde(default)]
    pub range: Option<Range>,
    #[serde(default, rename = "primaryValueType")]
    pub unit: Unit,
    /// Decimals in which values are shown.
    #[serde(default)]
    pub decimals: Option<u8>,
}

/// Who produces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Organisation {
    pub id: u32,
    pub title: Texts,
}

/// What values there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Classifications {
    pub sex: Values,
    pub region: Values,
}

/// Values of one classification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Values {
    pub values: Vec<String>,
}

/// First and last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Range {
    pub start: i16,
    pub end: i16,
}

/// What the primary value is, for example `PER1000`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Unit {
    pub code: String,
    pub title: Texts,
}

impl Indicator {
    /// The genders there are data for; all three when the service does not say. Some indicators know only men and women.
    pub fn genders(&self) -> Vec<Gender> {
        let named: Vec<Gender> = Gender::ALL
            .into_iter()
            .filter(|one| {
                self.classifications
                    .sex
                    .values
                    .iter()
                    .any(|word| word == one.word())
            })
            .collect();
        if named.is_empty() {
            Gender::ALL.to_vec()
        } else {
            named
        }
    }

    /// Categories of areas there are data for, in the form of [`crate::region`]: here they are written `Kunta`.
    pub fn categories(&self) -> BTreeSet<String> {
        let words = &self.classifications.region.values;
        words
            .iter()
            .map(|word| word.trim().to_uppercase())
            .collect()
    }

    fn tidy(mut self) -> Self {
        for text in [
            &mut self.title,
            &mut self.organization.title,
            &mut self.description,
            &mut self.interpretation,
            &mut self.limits,
            &mut self.legislation,
            &mut self.notices,
            &mut self.unit.title,
        ] {
            *text = text.plain();
        }
        self
    }

    fn check(&self) -> Result<(), Fault> {
        if let Some(updated) = &self.updated
            && !is_day(updated)
        {
            return Err(Fault::Wrong(format!("data-updated is {updated:?}, no day")));
        }
        if let Some(range) = self.range
            && (range.start > range.end
                || !(1800..=2200).contains(&range.start)
                || range.end > 2200)
        {
            let (start, end) = (range.start, range.end);
            return Err(Fault::Wrong(format!("the years are {start} to {end}")));
        }
        Ok(())
    }
}

/// `2025-05-28`, by form.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub indicator: u32,
    /// Each is a parameter of its own in the address: years with commas between are refused (400).
    pub years: Vec<i16>,
    pub genders: Vec<Gender>,
}

/// One value as the service gives it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    pub indicator: u32,
    /// The service's own number of the area.
    pub region: u32,
    pub year: i16,
    pub gender: Gender,
    /// The primary value, often a rate; none when the cell is there and empty.
    #[serde(default)]
    pub value: Option<Figure>,
    /// The count behind it, when there is one.
    #[serde(default, rename = "absValue")]
    pub absolute: Option<Figure>,
}

/// A value of an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub place: Place,
    pub year: i16,
    pub gender: Gender,
    pub value: Figure,
    pub absolute: Option<Figure>,
}

/// The values of an answer whose areas are known, and what was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    pub values: Vec<Settled>,
    /// Numbers of areas that the list does not have. They are skipped, not fatal.
    pub unknown: BTreeSet<u32>,
    /// Rows of numbers that are no longer used.
    pub retired: usize,
    /// Rows without a value.
    pub empty: usize,
}

/// The service.
#[derive(Debug)]
pub struct Sotkanet {
    wire: Wire,
}

impl Sotkanet {
    /// The service by its settings; nothing is asked yet.
    ///
    /// # Errors
    /// [`Fault::Settings`].
    pub fn new(settings: Settings) -> Result<Self, OpenDataError> {
        Wire::new(settings).map(|wire| Self { wire })
    }

    /// All indicators, with what the list tells of them.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn indicators(&self) -> Result<Vec<Indicator>, OpenDataError> {
        let url = self.wire.address("indicators", &[]);
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        read_indicators(&text).map_err(|fault| fault.of(asked))
    }

    /// One indicator with its descriptions and the day of its data.
    ///
    /// # Errors
    /// As [`Fault`] says; an answer about another indicator is [`Fault::Wrong`].
    pub async fn indicator(&self, id: u32) -> Result<Indicator, OpenDataError> {
        let url = self.wire.address(&format!("indicators/{id}"), &[]);
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        read_indicator(&text, id).map_err(|fault| fault.of(asked))
    }

    /// All areas.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn regions(&self) -> Result<Regions, OpenDataError> {
        let url = self.wire.address("regions", &[]);
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        read_regions(&text).map_err(|fault| fault.of(asked))
    }

    /// Values, as JSON.
    ///
    /// # Errors
    /// As [`Fault`] says; [`Fault::Question`] for one without years or genders, or with too many years.
    pub async fn data(&self, question: &Question) -> Result<Vec<Row>, OpenDataError> {
        let url = self.data_address("json", question)?;
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        let rows = serde_json::from_str(&text).map_err(|error| Fault::json(&error).of(&asked))?;
        checked(rows, question).map_err(|fault| fault.of(asked))
    }

    /// The same values, as CSV. JSON is the better question: an answer in lines that was cut between two lines looks whole.
    ///
    /// # Errors
    /// As [`Sotkanet::data`].
    pub async fn data_csv(&self, question: &Question) -> Result<Vec<Row>, OpenDataError> {
        let url = self.data_address("csv", question)?;
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        whole_lines(&text)
            .and_then(|()| read_csv(&text))
            .and_then(|rows| checked(rows, question))
            .map_err(|fault| fault.of(asked))
    }

    fn data_address(&self, form: &str, question: &Question) -> Result<reqwest::Url, OpenDataError> {
        let Question {
            indicator,
            years,
            genders,
        } = question;
        if years.is_empty() || genders.is_empty() || years.len() > MOST_YEARS {
            let why = format!("1 to {MOST_YEARS} years and a gender are asked at a time");
            return Err(Fault::Question(why).of(form));
        }
        let mut query = vec![("indicator", indicator.to_string())];
        query.extend(years.iter().map(|year| ("years", year.to_string())));
        query.extend(genders.iter().map(|one| ("genders", one.word().to_owned())));
        // No `regions`: the service does not filter by area, its callers do.
        Ok(self.wire.address(form, &query))
    }
}

/// Reads the list of indicators.
///
/// # Errors
/// [`Fault::Truncated`] or [`Fault::Wrong`].
pub fn read_indicators(text: &str) -> Result<Vec<Indicator>, Fault> {
    let list: Vec<Indicator> = serde_json::from_str(text).map_err(|error| Fault::json(&error))?;
    if list.is_empty() {
        return Err(Fault::Wrong("the list of indicators is empty".to_owned()));
    }
    Ok(list.into_iter().map(Indicator::tidy).collect())
}

/// Reads the answer about indicator `id`.
///
/// # Errors
/// [`Fault::Truncated`] or [`Fault::Wrong`].
pub fn read_indicator(text: &str, id: u32) -> Result<Indicator, Fault> {
    let one: Indicator = serde_json::from_str(text).map_err(|error| Fault::json(&error))?;
    if one.id != id {
        return Err(Fault::Wrong(format!("it tells of indicator {}", one.id)));
    }
    one.check()?;
    Ok(one.tidy())
}

/// Reads the list of areas.
///
/// # Errors
/// [`Fault::Truncated`] or [`Fault::Wrong`].
pub fn read_regions(text: &str) -> Result<Regions, Fault> {
    let list: Vec<Listed> = serde_json::from_str(text).map_err(|error| Fault::json(&error))?;
    Regions::of(list)
}

/// An answer in lines that does not end with a line's end has been cut, and its last number may be half a number.
fn whole_lines(text: &str) -> Result<(), Fault> {
    // What is no table at all is told as such when it is read.
    if text.ends_with('\n') || !is_csv(text) {
        Ok(())
    } else {
        Err(Fault::Truncated("the last line has no end".to_owned()))
    }
}

/// The columns of the service's CSV.
const COLUMNS: [&str; 6] = [
    "indicator",
    "region",
    "year",
    "gender",
    "primary value",
    "absolute value",
];

/// Whether the first line is that of the service's CSV.
pub fn is_csv(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let words: Vec<String> = first
        .trim_start_matches('\u{feff}')
        .split(';')
        .map(|word| word.trim().to_lowercase())
        .collect();
    words == COLUMNS
}

/// Reads the service's CSV: `;` between columns, a comma or a point in decimals, either end of line, an absolute value that
/// may be empty.
///
/// # Errors
/// [`Fault::Wrong`] with the number of the line.
pub fn read_csv(text: &str) -> Result<Vec<Row>, Fault> {
    if !is_csv(text) {
        let first: String = text
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(80)
            .collect();
        return Err(Fault::Wrong(format!("the first line is {first:?}")));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Fault::Wrong(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = csv_row(&record).map_err(|why| Fault::Wrong(format!("line {line}: {why}")))?;
        rows.push(row);
    }
    Ok(rows)
}

fn csv_row(record: &csv::StringRecord) -> Result<Row, String> {
    fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
        text.parse().map_err(|_| format!("{name} is {text:?}"))
    }
    fn figure(text: &str) -> Result<Option<Figure>, String> {
        match text {
            "" => Ok(None),
            text => Figure::read(text)
                .map(Some)
                .map_err(|error| error.to_string()),
        }
    }
    let cell = |place: usize| record.get(place).unwrap_or_default().trim();
    Ok(Row {
        indicator: number(COLUMNS[0], cell(0))?,
        region: number(COLUMNS[1], cell(1))?,
        year: number(COLUMNS[2], cell(2))?,
        gender: number(COLUMNS[3], cell(3))?,
        value: figure(cell(4))?,
        absolute: figure(cell(5))?,
    })
}

/// Rows that answer the question; the same row twice is one, two values of one cell are a fault.
fn checked(rows: Vec<Row>, question: &Question) -> Result<Vec<Row>, Fault> {
    let mut seen: BTreeMap<(u32, i16, Gender), usize> = BTreeMap::new();
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        if row.indicator != question.indicator
            || !question.years.contains(&row.year)
            || !question.genders.contains(&row.gender)
        {
            let (indicator, year, gender) = (row.indicator, row.year, row.gender.word());
            return Err(Fault::Wrong(format!(
                "it has a value of indicator {indicator}, {year}, {gender}, which was not asked"
            )));
        }
        match seen.entry((row.region, row.year, row.gender)) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(row);
            }
            std::collections::btree_map::Entry::Occupied(place) if kept[*place.get()] != row => {
                let (region, year) = (row.region, row.year);
                return Err(Fault::Wrong(format!(
                    "area {region} has two values in {year}"
                )));
            }
            std::collections::btree_map::Entry::Occupied(_) => {}
        }
    }
    Ok(kept)
}

/// Gives the rows their areas.
pub fn settle(rows: Vec<Row>, regions: &Regions) -> Answer {
    let mut answer = Answer::default();
    for row in rows {
        match (regions.find(row.region), row.value) {
            (Known::Unknown, _) => {
                answer.unknown.insert(row.region);
            }
            (Known::Retired, _) => answer.retired += 1,
            (Known::Here(_), None) => answer.empty += 1,
            (Known::Here(region), Some(value)) => answer.values.push(Settled {
                place: region.place.clone(),
                year: row.year,
                gender: row.gender,
                value,
                absolute: row.absolute,
            }),
        }
    }
    answer
}
