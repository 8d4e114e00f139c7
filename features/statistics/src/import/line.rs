//! One line of a file, and what it says of its indicator and its value.

use std::collections::BTreeMap;

use kernel::time::Date;
use opendata::region::Place;
use opendata::{Figure, Gender, LICENCE, Texts};

use super::Series;
use crate::catalogue::{self, THEMES, is_additive};
use crate::domain::{Indicator, Release, Source, Value};
use crate::fetch::attribution;

/// The cells of one line.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    source: Option<Source>,
    indicator: String,
    category: String,
    code: String,
    year: String,
    gender: String,
    value: String,
    absolute: String,
    title: Texts,
    theme: String,
    unit: String,
    decimals: String,
    producer: String,
    licence: String,
    data_updated: String,
}

impl Line {
    /// A line that tells of Sotkanet's indicator and nothing else.
    pub(super) fn of_sotkanet(id: u32) -> Self {
        Self {
            source: Some(Source::Sotkanet),
            indicator: id.to_string(),
            ..Self::default()
        }
    }

    pub(super) fn of(head: &[String], record: &csv::StringRecord) -> Result<Self, String> {
        let cell = |name: &str| {
            let place = head.iter().position(|one| one == name);
            place
                .and_then(|place| record.get(place))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let source = match cell("source").to_lowercase().as_str() {
            "" => Source::Sotkanet,
            word => word
                .parse()
                .map_err(|()| format!("there is no source {word:?}"))?,
        };
        Ok(Self {
            source: Some(source),
            indicator: cell("indicator"),
            category: cell("category"),
            code: cell("code"),
            year: cell("year"),
            gender: cell("gender").to_lowercase(),
            value: cell("value"),
            absolute: cell("absolute"),
            title: Texts {
                fi: cell("title"),
                sv: cell("title_sv"),
                en: cell("title_en"),
            },
            theme: cell("theme"),
            unit: cell("unit"),
            decimals: cell("decimals"),
            producer: cell("producer"),
            licence: cell("licence"),
            data_updated: cell("data_updated"),
        })
    }

    fn source(&self) -> Source {
        self.source.unwrap_or(Source::Sotkanet)
    }

    /// What the line says of its indicator.
    pub(super) fn series(&self, origin: &str) -> Result<Series, String> {
        let (source, code) = (self.source(), &self.indicator);
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
        if code.is_empty() || code.len() > 80 || !code.bytes().all(plain) {
            return Err(format!("{code:?} is no id of an indicator"));
        }
        let listed = catalogue::listed(code).filter(|_| source == Source::Sotkanet);
        let or = |text: &str, known: Option<&str>| match known {
            Some(known) if text.is_empty() => known.to_owned(),
            _ => text.to_owned(),
        };
        let title = Texts {
            fi: or(&self.title.fi, listed.map(|one| one.title.fi.as_str())),
            sv: or(&self.title.sv, listed.map(|one| one.title.sv.as_str())),
            en: or(&self.title.en, listed.map(|one| one.title.en.as_str())),
        };
        if title.fi.is_empty() {
            return Err(format!("indicator {code} needs a title"));
        }
        let theme = or(
            &self.theme,
            Some(listed.map_or("other", |one| one.theme.as_str())),
        );
        if !THEMES.contains(&theme.as_str()) {
            return Err(format!(
                "there is no theme {theme:?}; there are {}",
                THEMES.join(", ")
            ));
        }
        let decimals = match self.decimals.as_str() {
            "" => 1,
            text => text
                .parse()
                .ok()
                .filter(|decimals| *decimals <= 10)
                .ok_or_else(|| format!("{text:?} is no number of decimals"))?,
        };
        let producer = or(&self.producer, listed.map(|one| one.producer.as_str()));
        let licence = or(&self.licence, source.keeper().map(|_| LICENCE));
        if producer.is_empty() || licence.is_empty() {
            return Err("figures need a producer and a licence".to_owned());
        }
        let data_updated: Option<Date> = match self.data_updated.as_str() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|_| format!("{text:?} is no day, such as 2026-05-28"))?,
            ),
        };
        Ok(Series {
            indicator: Indicator {
                source,
                code: code.clone(),
                theme,
                additive: source == Source::Sotkanet && is_additive(code, &title.fi),
                title: title.plain(),
                about: Texts::default(),
                caveat: Texts::default(),
                decimals,
            },
            release: Release {
                data_updated,
                unit: self.unit.clone(),
                attribution: attribution(source, &producer),
                producer: Texts {
                    fi: producer,
                    ..Texts::default()
                },
                licence,
                origin: origin.to_owned(),
            },
            years: BTreeMap::new(),
        })
    }

    /// The year and the value; none for a line without a value.
    pub(super) fn value(&self) -> Result<Option<(i16, Value)>, String> {
        let place = Place::new(&self.category, &self.code)?;
        let year = self
            .year
            .parse()
            .ok()
            .filter(|year| (1800..=2200).contains(year))
            .ok_or_else(|| format!("{:?} is no year", self.year))?;
        let gender = match self.gender.as_str() {
            "" => Gender::Total,
            word => word
                .parse()
                .map_err(|()| format!("{word:?} is none of total, male, female"))?,
        };
        let figure = |text: &str| Figure::read(text).map_err(|error| error.to_string());
        let absolute = match self.absolute.as_str() {
            "" => None,
            text => Some(figure(text)?),
        };
        if self.value.is_empty() {
            return match absolute {
                None => Ok(None),
                Some(_) => Err("a count stands without its value".to_owned()),
            };
        }
        let value = Value {
            place,
            gender,
            value: figure(&self.value)?,
            absolute,
        };
        Ok(Some((year, value)))
    }
}
