//! What maps of a county have in common: figures by municipality, their table and the key of shades.

use std::collections::BTreeMap;

use kernel::language::Language;
use kernel::place;

use crate::paint::Class;
use crate::svg::{Anchor, Svg};
use crate::{Heading, Scale, Table, Trouble, Value, Words, label};

/// Letters of a figure that fit a tile.
const FITS: usize = 6;
/// From one line of the key to the next.
pub(crate) const KEY_LINE: f64 = 24.0;
/// From one column of the key to the next, where it has two.
const KEY_COLUMN: f64 = 178.0;

/// A map of one county: [`CountyMap::tiles`] draws it as tiles, [`CountyMap::borders`] with real borders.
///
/// The table has the greatest figures first, then what is hidden, then what is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct CountyMap {
    pub heading: Heading,
    /// Two digits.
    pub county: String,
    /// A figure by the code of a municipality; what is not here is missing.
    pub values: BTreeMap<String, Value>,
    pub scale: Scale,
    /// Head of the table's first column: "Kunta".
    pub place_head: String,
    /// Head of its second: "Havaintoja 10 000 asukasta kohti".
    pub value_head: String,
    pub words: Words,
}

impl CountyMap {
    pub(crate) fn check(&self) -> Result<(), Trouble> {
        let all = place::municipalities_of(&self.county);
        if all.is_empty() {
            return Err(Trouble::NoCounty(self.county.clone()));
        }
        for (code, value) in &self.values {
            value.check()?;
            if !all.iter().any(|one| one.code == code) {
                return Err(Trouble::NoMunicipality(code.clone()));
            }
        }
        Ok(())
    }

    pub(crate) fn table(&self) -> Table {
        let numbers = self.scale.numbers();
        let mut rows: Vec<(Value, &str)> = place::municipalities_of(&self.county)
            .iter()
            .map(|one| {
                (
                    value_of(&self.values, one.code),
                    one.name(numbers.language()),
                )
            })
            .collect();
        let rank = |value: Value| match value {
            Value::Known(_) => 0,
            Value::Hidden => 1,
            Value::Missing => 2,
        };
        rows.sort_by(|(one, name), (other, other_name)| {
            let figure = |value: &Value| value.known().unwrap_or(0.0);
            rank(*one)
                .cmp(&rank(*other))
                .then(figure(other).total_cmp(&figure(one)))
                .then(name.cmp(other_name))
        });
        Table {
            caption: self.heading.title.clone(),
            head: vec![self.place_head.clone(), self.value_head.clone()],
            rows: rows
                .into_iter()
                .map(|(value, name)| vec![name.to_owned(), self.words.of(value, numbers)])
                .collect(),
        }
    }

    /// Shades with their words; hidden and missing where the map has such.
    pub(crate) fn key(&self) -> Vec<(Class, String)> {
        let mut key = self.scale.key();
        let all = place::municipalities_of(&self.county);
        let has = |wanted: Value| {
            all.iter()
                .any(|one| value_of(&self.values, one.code) == wanted)
        };
        if has(Value::Hidden) {
            key.push((Class::Tile(0), self.words.hidden.clone()));
        }
        if has(Value::Missing) {
            key.push((Class::NoTile, self.words.missing.clone()));
        }
        key
    }

    /// "Luhanka: alle 5, ei näytetä".
    pub(crate) fn hint(&self, code: &str) -> String {
        let numbers = self.scale.numbers();
        let value = value_of(&self.values, code);
        format!(
            "{}: {}",
            name_of(code, numbers.language()),
            self.words.of(value, numbers)
        )
    }
}

pub(crate) fn value_of(values: &BTreeMap<String, Value>, code: &str) -> Value {
    values.get(code).copied().unwrap_or(Value::Missing)
}

pub(crate) fn name_of(code: &str, language: Language) -> &'static str {
    place::municipality(code).map_or("", |one| one.name(language))
}

/// The figure on a municipality: a dash where it is hidden, two dots where it is missing, nothing where it
/// does not fit (the table has it).
pub(crate) fn short(value: Value, scale: &Scale) -> String {
    match value {
        Value::Known(value) => {
            let written = scale.numbers().write(value);
            if written.chars().count() <= FITS {
                written
            } else {
                String::new()
            }
        }
        Value::Hidden => "–".to_owned(),
        Value::Missing => "..".to_owned(),
    }
}

/// The key in so many columns; words that need more than their room go over two lines.
pub(crate) fn draw_key(
    svg: &mut Svg,
    key: &[(Class, String)],
    origin: (f64, f64),
    columns: usize,
    room: f64,
) {
    for (index, (class, words)) in key.iter().enumerate() {
        let x = origin.0 + (index % columns) as f64 * KEY_COLUMN;
        let y = origin.1 + (index / columns) as f64 * KEY_LINE;
        svg.rect(*class, (x, y), (16.0, 16.0));
        let (first, second) = broken(words, room);
        let down = if second.is_empty() { 12.5 } else { 6.5 };
        svg.text(
            Class::Text,
            x + 23.0,
            y + down,
            Anchor::Start,
            &label::cut(first, room),
        );
        if !second.is_empty() {
            svg.text(
                Class::Text,
                x + 23.0,
                y + 19.5,
                Anchor::Start,
                &label::cut(second, room),
            );
        }
    }
}

/// Words over two lines where one is too short.
fn broken(words: &str, room: f64) -> (&str, &str) {
    if label::width(words) <= room {
        return (words, "");
    }
    words
        .char_indices()
        .rfind(|&(at, one)| one == ' ' && label::width(&words[..at]) <= room)
        .map_or((words, ""), |(at, _)| (&words[..at], &words[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_key_break_at_a_space() {
        assert_eq!(
            broken("alle 5, ei näytetä", 80.0),
            ("alle 5, ei", "näytetä")
        );
        assert_eq!(broken("15–24", 106.0), ("15–24", ""));
        assert_eq!(
            broken("liianpitkäyhdeksisanaksi", 80.0),
            ("liianpitkäyhdeksisanaksi", "")
        );
    }
}
