//! A county as tiles: every municipality a square of its own, about where it lies.
//!
//! All tiles are of one size, so that a large empty municipality does not look weightier than a small full
//! one. The places are data (`data/tiles.csv`), made for this room: north is up, neighbours are near.

use std::sync::OnceLock;

use kernel::language::Language;
#[cfg(test)]
use kernel::place;

use crate::map::{CountyMap, KEY_LINE, draw_key, name_of, short, value_of};
use crate::paint::{Class, words_on};
use crate::svg::{Anchor, Frame, Side, Svg};
use crate::{Picture, Trouble};

/// From tile to tile.
const PITCH: f64 = 46.0;
const TILE: f64 = 43.0;
/// Width of the drawing where the tiles leave room: a phone, and the aside of a page.
const WIDTH: f64 = 356.0;
const KEY: f64 = 126.0;

/// Where a municipality's tile stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Two digits.
    pub county: &'static str,
    /// Three digits.
    pub municipality: &'static str,
    /// From the north, the first is 0.
    pub row: u8,
    /// From the west, the first is 0.
    pub column: u8,
}

/// Every tile, by county, row and column.
pub fn places() -> &'static [Place] {
    static PLACES: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES.get_or_init(|| {
        include_str!("../data/tiles.csv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut fields = line.split(',');
                Some(Place {
                    county: fields.next()?,
                    row: fields.next()?.parse().ok()?,
                    column: fields.next()?.parse().ok()?,
                    municipality: fields.next()?,
                })
            })
            .collect()
    })
}

impl CountyMap {
    /// Draws the county as tiles.
    ///
    /// # Errors
    /// When the county is unknown, a value is of another county's municipality or is no number.
    pub fn tiles(&self) -> Result<Picture, Trouble> {
        self.check()?;
        let tiles: Vec<&Place> = places()
            .iter()
            .filter(|place| place.county == self.county)
            .collect();
        Ok(Picture {
            svg: self.tiles_svg(&tiles),
            narrow: None,
            table: self.table(),
        })
    }

    fn tiles_svg(&self, tiles: &[&Place]) -> String {
        let language = self.scale.numbers().language();
        let codes: Vec<&str> = tiles.iter().map(|tile| tile.municipality).collect();
        let labels = labels(&codes, language);
        let most = |of: fn(&Place) -> u8| tiles.iter().map(|tile| of(tile)).max().unwrap_or(0);
        let columns = f64::from(most(|tile| tile.column)) + 1.0;
        let rows = f64::from(most(|tile| tile.row)) + 1.0;
        let key = self.key();
        let beside = columns * PITCH + KEY + 8.0 <= WIDTH.max(366.0);
        let key_rows = if beside {
            key.len()
        } else {
            key.len().div_ceil(2)
        };
        let height = if beside {
            (rows * PITCH).max(key_rows as f64 * KEY_LINE + 12.0)
        } else {
            rows * PITCH + key_rows as f64 * KEY_LINE + 10.0
        };
        let frame = Frame {
            width: (columns * PITCH + if beside { KEY + 8.0 } else { 0.0 }).max(WIDTH),
            height,
        };
        let mut svg = Svg::new(&self.heading, frame, Side::Only);
        for (tile, label) in tiles.iter().zip(&labels) {
            self.tile(&mut svg, tile, label);
        }
        let origin = if beside {
            (columns * PITCH + 10.0, 6.0)
        } else {
            (0.5, rows * PITCH + 8.0)
        };
        let (columns, room) = if beside { (1, KEY - 20.0) } else { (2, 150.0) };
        draw_key(&mut svg, &key, origin, columns, room);
        svg.finish()
    }

    fn tile(&self, svg: &mut Svg, tile: &Place, label: &str) {
        let value = value_of(&self.values, tile.municipality);
        let class = self.scale.class(value);
        let (x, y) = (
            f64::from(tile.column) * PITCH + 0.5,
            f64::from(tile.row) * PITCH + 0.5,
        );
        svg.group(&self.hint(tile.municipality));
        svg.rect(class, (x, y), (TILE, TILE));
        let (ink, colour) = words_on(class);
        let middle = x + TILE / 2.0;
        svg.text_on(
            Class::TileText,
            ink,
            colour,
            middle,
            y + 17.5,
            Anchor::Middle,
            label,
        );
        let figure = short(value, &self.scale);
        svg.text_on(
            Class::TileNumber,
            ink,
            colour,
            middle,
            y + 33.5,
            Anchor::Middle,
            &figure,
        );
        svg.close();
    }
}

/// Three letters of each name, told apart by a later letter where three are not enough: Pori is "Por" and
/// Pornainen "Pon" only where they meet.
pub fn labels(codes: &[&str], language: Language) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for code in codes {
        let letters: Vec<char> = name_of(code, language)
            .chars()
            .filter(|one| one.is_alphabetic())
            .collect();
        let first: String = letters.iter().take(3).collect();
        let start: String = letters.iter().take(2).collect();
        let later = letters
            .iter()
            .skip(3)
            .map(|letter| format!("{start}{letter}"));
        let label = std::iter::once(first.clone())
            .chain(later)
            .find(|label| !taken.contains(label))
            .unwrap_or_else(|| letters.iter().collect());
        taken.push(label);
    }
    taken
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_municipality_has_one_tile_in_its_county() {
        let tiles: BTreeSet<(&str, &str)> = places()
            .iter()
            .map(|tile| (tile.county, tile.municipality))
            .collect();
        let all: BTreeSet<(&str, &str)> = place::municipalities()
            .iter()
            .filter(|one| one.in_force)
            .map(|one| (one.county, one.code))
            .collect();
        assert_eq!(tiles, all);
        assert_eq!(places().len(), all.len());
        let spots: BTreeSet<(&str, u8, u8)> = places()
            .iter()
            .map(|tile| (tile.county, tile.row, tile.column))
            .collect();
        assert_eq!(spots.len(), places().len(), "two tiles in one place");
    }

    #[test]
    fn a_county_is_in_one_piece_but_for_islands() {
        for county in places()
            .iter()
            .map(|tile| tile.county)
            .collect::<BTreeSet<_>>()
        {
            let mut left: Vec<&Place> = places()
                .iter()
                .filter(|tile| tile.county == county)
                .collect();
            let mut reached: Vec<&Place> = left.pop().into_iter().collect();
            let mut at = 0;
            while let Some(tile) = reached.get(at).copied() {
                // Over a strip of water two steps are near too: Brändö and Kökar are far out.
                let reach = if county == "91" { 2 } else { 1 };
                let near = |other: &Place| {
                    tile.row.abs_diff(other.row) <= reach
                        && tile.column.abs_diff(other.column) <= reach
                };
                let (found, rest) = left.into_iter().partition(|other| near(other));
                reached.extend::<Vec<&Place>>(found);
                left = rest;
                at += 1;
            }
            assert_eq!(left, Vec::<&Place>::new(), "{county}");
        }
    }

    #[test]
    fn labels_of_a_county_differ_in_both_languages() {
        for county in places()
            .iter()
            .map(|tile| tile.county)
            .collect::<BTreeSet<_>>()
        {
            let codes: Vec<&str> = places()
                .iter()
                .filter(|tile| tile.county == county)
                .map(|tile| tile.municipality)
                .collect();
            for language in [Language::Fi, Language::Sv] {
                let labels = labels(&codes, language);
                let each: BTreeSet<&String> = labels.iter().collect();
                assert_eq!(each.len(), labels.len(), "{county} {labels:?}");
                assert!(
                    labels
                        .iter()
                        .all(|label| (2..=4).contains(&label.chars().count())),
                    "{labels:?}"
                );
            }
        }
        assert_eq!(
            labels(&["179", "182", "992"], Language::Fi),
            ["Jyv", "Jäm", "Ään"]
        );
    }
}
