//! What is asked of tables and cubes, and how an answer is read.
//!
//! Neither StatFin nor THL has one list of areas or stable codes: which table, which variables and which of their codes are what is
//! the county's own file (TOML), and nothing of it is in the program. An answer is read whole before anything of it is kept.

use std::collections::{BTreeMap, BTreeSet};

use kernel::place;
use kernel::time::Date;
use opendata::jsonstat::{Dataset, Dimension};
use opendata::pxweb::{Choice, Query};
use opendata::region::{COUNTRY, COUNTY, MUNICIPALITY, Place};
use opendata::thl::{Asked, Cube};
use opendata::{Figure, Gender, LICENCE, Texts};
use serde::Deserialize;

use crate::catalogue::THEMES;
use crate::domain::{Indicator, Release, Source, Value};
use crate::fetch::attribution;

/// A file of questions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    pub series: Vec<Series>,
}

/// One indicator, and the question that brings it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Our id of it, in the source.
    pub indicator: String,
    pub title: String,
    #[serde(default)]
    pub title_sv: String,
    #[serde(default)]
    pub title_en: String,
    #[serde(default = "other")]
    pub theme: String,
    pub unit: String,
    #[serde(default)]
    pub decimals: u8,
    /// Values of parts may be added up: a count.
    #[serde(default)]
    pub additive: bool,
    pub producer: String,
    /// Ids of the variables of areas and of years.
    pub area: String,
    pub time: String,
    /// The variable of genders, with what its codes mean: `total`, `female`, `male`.
    #[serde(default)]
    pub gender: Option<String>,
    #[serde(default)]
    pub genders: BTreeMap<String, Gender>,
    /// Variables whose values are added up, those that the question to StatFin names: ages of years make a band of ages.
    #[serde(default)]
    pub add_up: Vec<String>,
    /// Codes of areas: `KU = "KUNTA"` reads `KU179` as municipality 179, `SSS = "MAA:358"` is one code.
    #[serde(default)]
    pub areas: BTreeMap<String, String>,
    /// Areas are known by their Finnish names, as in cubes whose codes are no names.
    #[serde(default)]
    pub areas_by_name: bool,
    #[serde(default)]
    pub statfin: Option<Statfin>,
    #[serde(default)]
    pub thl: Option<ThlCube>,
}

/// A question to a table of StatFin.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statfin {
    /// For example `StatFin/vaerak/11re.px`.
    pub table: String,
    pub query: Vec<Choice>,
}

/// A question to a cube of THL.
#[derive(Debug, Clone, Deserialize)]
pub struct ThlCube {
    #[serde(flatten)]
    pub cube: Cube,
    #[serde(flatten)]
    pub asked: Asked,
}

fn other() -> String {
    "other".to_owned()
}

impl Questions {
    /// Reads a file of questions.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let questions: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut seen = BTreeSet::new();
        for one in &questions.series {
            one.check()
                .map_err(|why| format!("series {}: {why}", one.indicator))?;
            if !seen.insert((one.source(), &one.indicator)) {
                return Err(format!("series {} stands there twice", one.indicator));
            }
        }
        Ok(questions)
    }
}

/// What an answer holds of one indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    pub years: BTreeMap<i16, Vec<Value>>,
    /// The genders there are.
    pub genders: Vec<Gender>,
    /// Areas that the file of questions does not know; left out.
    pub skipped: usize,
    pub updated: Option<Date>,
}

impl Series {
    fn check(&self) -> Result<(), String> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
        if self.indicator.is_empty()
            || self.indicator.len() > 80
            || !self.indicator.bytes().all(plain)
        {
            return Err("it has no id of letters, digits and . _ - /".to_owned());
        }
        if self.title.is_empty() || self.producer.is_empty() {
            return Err("it needs a title and a producer".to_owned());
        }
        if !THEMES.contains(&self.theme.as_str()) {
            let themes = THEMES.join(", ");
            return Err(format!(
                "there is no theme {}; there are {themes}",
                self.theme
            ));
        }
        if self.decimals > 10 {
            return Err(format!("{} is no number of decimals", self.decimals));
        }
        if self.statfin.is_some() == self.thl.is_some() {
            return Err("it asks either statfin or thl".to_owned());
        }
        if self.areas.is_empty() && !self.areas_by_name {
            return Err("it does not tell what codes of areas mean".to_owned());
        }
        for id in &self.add_up {
            if self.named(id).is_none_or(|named| named.is_empty()) {
                return Err(format!(
                    "{id} is to be added up, but the question names none of its values"
                ));
            }
        }
        if !self.add_up.is_empty() && !self.additive {
            return Err("only counts (additive = true) can be added up".to_owned());
        }
        for (code, means) in &self.areas {
            match means.split_once(':') {
                Some((category, own)) => drop(Place::new(category, own)?),
                None if opendata::region::width(means).is_some() => {}
                None => return Err(format!("areas: {code} is no category of areas: {means}")),
            }
        }
        if self.gender.is_some() == self.genders.is_empty() {
            return Err("a variable of genders needs what its codes mean, and they it".to_owned());
        }
        Ok(())
    }

    /// The values of a variable that the question to StatFin names one by one.
    fn named(&self, id: &str) -> Option<BTreeSet<&str>> {
        let choice = self
            .statfin
            .as_ref()?
            .query
            .iter()
            .find(|one| one.code == id)?;
        let selection = &choice.selection;
        (selection.filter == "item").then(|| selection.values.iter().map(String::as_str).collect())
    }

    /// The variables that are added up: where each stands in the answer, and which of its codes count.
    fn sums<'s>(&'s self, data: &Dataset) -> Result<Vec<(usize, BTreeSet<&'s str>)>, String> {
        let mut sums = Vec::new();
        for id in &self.add_up {
            let (at, dimension) = find(data, id)?;
            let wanted = self.named(id).unwrap_or_default();
            let lacks = wanted
                .iter()
                .find(|code| dimension.items.iter().all(|(own, _)| own != *code));
            if let Some(code) = lacks {
                return Err(format!("{id} lacks {code}, which is to be added up"));
            }
            sums.push((at, wanted));
        }
        Ok(sums)
    }

    /// Where it comes from.
    pub const fn source(&self) -> Source {
        if self.statfin.is_some() {
            Source::Statfin
        } else {
            Source::Thl
        }
    }

    /// The question to StatFin.
    pub fn query(&self) -> Option<(&str, Query)> {
        self.statfin.as_ref().map(|one| {
            let query = Query {
                query: one.query.clone(),
            };
            (one.table.as_str(), query)
        })
    }

    /// The indicator as it is kept.
    pub fn described(&self) -> Indicator {
        Indicator {
            source: self.source(),
            code: self.indicator.clone(),
            theme: self.theme.clone(),
            title: Texts {
                fi: self.title.clone(),
                sv: self.title_sv.clone(),
                en: self.title_en.clone(),
            }
            .plain(),
            about: Texts::default(),
            caveat: Texts::default(),
            decimals: self.decimals,
            additive: self.additive,
        }
    }

    /// What stands beside the values. `origin` is `fetch` or the name of a file.
    pub fn beside(&self, updated: Option<Date>, origin: &str) -> Release {
        Release {
            data_updated: updated,
            unit: self.unit.clone(),
            attribution: attribution(self.source(), &self.producer),
            producer: Texts {
                fi: self.producer.clone(),
                ..Texts::default()
            },
            licence: LICENCE.to_owned(),
            origin: origin.to_owned(),
        }
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// What does not fit the question, in words; then nothing of it is read.
    pub fn read(&self, data: &Dataset) -> Result<Answered, String> {
        let (area_at, areas) = find(data, &self.area)?;
        let (time_at, times) = find(data, &self.time)?;
        let gender_at = self
            .gender
            .as_deref()
            .map(|id| find(data, id))
            .transpose()?
            .map(|(at, _)| at);
        let sums = self.sums(data)?;
        for (at, dimension) in data.dimensions.iter().enumerate() {
            let known = [Some(area_at), Some(time_at), gender_at].contains(&Some(at))
                || sums.iter().any(|(sum, _)| *sum == at);
            if !known && dimension.items.len() != 1 {
                let count = dimension.items.len();
                let id = &dimension.id;
                return Err(format!(
                    "{id} has {count} values: the question must name one"
                ));
            }
        }
        let mut answered = Answered {
            updated: data.updated.as_deref().and_then(day),
            ..Answered::default()
        };
        let places = self.places(areas, &mut answered.skipped)?;
        let years = years(times)?;
        let of_each: usize = sums.iter().map(|(_, wanted)| wanted.len()).product();
        let mut values: BTreeMap<(Place, i16, Gender), Vec<&Figure>> = BTreeMap::new();
        for cell in data.cells() {
            let (Some(value), Some(place)) = (cell.value, places.get(cell.codes[area_at])) else {
                continue;
            };
            if sums
                .iter()
                .any(|(at, wanted)| !wanted.contains(cell.codes[*at]))
            {
                continue;
            }
            let gender = match gender_at {
                None => Gender::Total,
                Some(at) => match self.genders.get(cell.codes[at]) {
                    Some(gender) => *gender,
                    None => continue,
                },
            };
            let year = years[cell.codes[time_at]];
            let own = values.entry((place.clone(), year, gender)).or_default();
            own.push(value);
            if own.len() > of_each {
                return Err(format!("{place} has two values of {year}"));
            }
        }
        for ((place, year, gender), own) in values {
            // A sum of which a part is missing is no value.
            let Some(value) = (own.len() == of_each).then(|| sum_of(&own)).flatten() else {
                continue;
            };
            if !answered.genders.contains(&gender) {
                answered.genders.push(gender);
            }
            answered.years.entry(year).or_default().push(Value {
                place,
                gender,
                value,
                absolute: None,
            });
        }
        if answered.years.is_empty() {
            return Err("it has no value of an area that is known".to_owned());
        }
        Ok(answered)
    }

    /// Areas by their codes in the answer. What no line of the file knows is skipped.
    fn places(
        &self,
        areas: &Dimension,
        skipped: &mut usize,
    ) -> Result<BTreeMap<String, Place>, String> {
        let mut places = BTreeMap::new();
        for (code, label) in &areas.items {
            let named = if self.areas_by_name {
                by_name(label)
            } else {
                None
            };
            match named.or(self.by_code(code)?) {
                Some(place) => drop(places.insert(code.clone(), place)),
                None => *skipped += 1,
            }
        }
        Ok(places)
    }

    fn by_code(&self, code: &str) -> Result<Option<Place>, String> {
        if let Some((category, own)) = self.areas.get(code).and_then(|one| one.split_once(':')) {
            return Place::new(category, own).map(Some);
        }
        // The longest beginning counts: `KU` before `K`.
        let begins = self
            .areas
            .iter()
            .filter(|(begin, means)| !means.contains(':') && code.starts_with(begin.as_str()))
            .max_by_key(|(begin, _)| begin.len());
        begins
            .map(|(begin, category)| Place::new(category, &code[begin.len()..]))
            .transpose()
    }
}

/// The sum of figures, exact when they are whole; none when it is too large.
fn sum_of(figures: &[&Figure]) -> Option<Figure> {
    if let [one] = figures {
        return Some((*one).clone());
    }
    let whole: Option<i64> = figures
        .iter()
        .try_fold(0_i64, |sum, one| sum.checked_add(one.whole()?));
    match whole {
        Some(sum) => Figure::read(&sum.to_string()).ok(),
        None => Figure::of(figures.iter().map(|one| one.number()).sum()),
    }
}

fn find<'d>(data: &'d Dataset, id: &str) -> Result<(usize, &'d Dimension), String> {
    data.dimension(id).ok_or_else(|| {
        let known: Vec<&str> = data.dimensions.iter().map(|one| one.id.as_str()).collect();
        format!("it has no variable {id}; it has {}", known.join(", "))
    })
}

/// The year of each code: the code itself, its end, or its label.
fn years(times: &Dimension) -> Result<BTreeMap<&str, i16>, String> {
    let year = |text: &str| {
        let from = text.len().checked_sub(4)?;
        let end = text.get(from..)?.parse().ok()?;
        (1800..=2200).contains(&end).then_some(end)
    };
    times
        .items
        .iter()
        .map(|(code, label)| {
            // A code such as 2023M04 ends in no year, and its label names a month: no figure of a year.
            let found = [code, label]
                .into_iter()
                .find_map(|text| year(text).filter(|_| text.len() == 4))
                .or_else(|| year(label));
            found
                .map(|year| (code.as_str(), year))
                .ok_or_else(|| format!("{code} of {} is no year", times.id))
        })
        .collect()
}

/// The area of a Finnish name: a municipality of today, a county, the country.
fn by_name(label: &str) -> Option<Place> {
    let label = label.trim();
    if ["Koko maa", "Suomi", "KOKO MAA"].contains(&label) {
        return Place::new(COUNTRY, "358").ok();
    }
    // Codes of counties have two digits.
    (1..100)
        .filter_map(|code| place::county(&format!("{code:02}")))
        .find(|one| one.name_fi == label)
        .and_then(|one| Place::new(COUNTY, one.code).ok())
        .or_else(|| {
            place::municipalities()
                .iter()
                .find(|one| one.name_fi == label)
                .and_then(|one| Place::new(MUNICIPALITY, one.code).ok())
        })
}

/// The day in what a service says of its last change: "2025-12-18T06:00:00Z".
pub(crate) fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
