//! Draws a county with its real borders.

use super::shape::{Window, clip, room_for, simplify};
use super::{Borders, Ring};
use crate::map::{CountyMap, KEY_LINE, draw_key, short, value_of};
use crate::paint::{Class, words_on};
use crate::svg::{Anchor, Frame, Side, Svg};
use crate::tiles::labels;
use crate::{Picture, Trouble, label};

const WIDTH: f64 = 356.0;
/// The tallest map; a longer county is made narrower.
const TALLEST: f64 = 440.0;
/// Between the county and the edge of the drawing.
const EDGE: f64 = 6.0;

impl CountyMap {
    /// Draws the county with its borders; neighbours of the same file are drawn without figures, as far as
    /// the drawing reaches.
    ///
    /// # Errors
    /// As [`CountyMap::tiles`], and [`Trouble::Empty`] when the borders have nothing of the county.
    pub fn borders(&self, borders: &Borders) -> Result<Picture, Trouble> {
        self.check()?;
        let own: Vec<(&str, &Vec<Ring>)> = borders
            .areas
            .iter()
            .filter(|(code, _)| self.holds(code))
            .map(|(code, rings)| (*code, rings))
            .collect();
        let sheet = Sheet::over(own.iter().flat_map(|(_, rings)| rings.iter().flatten()))
            .ok_or(Trouble::Empty)?;
        Ok(Picture {
            svg: self.borders_svg(borders, &own, sheet),
            narrow: None,
            table: self.table(),
        })
    }

    fn holds(&self, code: &str) -> bool {
        kernel::place::municipality(code).is_some_and(|one| one.county == self.county)
    }

    fn borders_svg(&self, borders: &Borders, own: &[(&str, &Vec<Ring>)], sheet: Sheet) -> String {
        let key = self.key();
        let frame = Frame {
            width: WIDTH,
            height: sheet.height + 10.0 + key.len().div_ceil(2) as f64 * KEY_LINE,
        };
        let mut svg = Svg::new(&self.heading, frame, Side::Only);
        for (code, rings) in &borders.areas {
            if !self.holds(code)
                && let Some(path) = path(&svg, &sheet.draw(rings))
            {
                svg.mark("path", Class::Land, &[("d", &path)]);
            }
        }
        let codes: Vec<&str> = own.iter().map(|(code, _)| *code).collect();
        let labels = labels(&codes, self.scale.numbers().language());
        for ((code, rings), label) in own.iter().zip(&labels) {
            let rings = sheet.draw(rings);
            let Some(path) = path(&svg, &rings) else {
                continue;
            };
            let value = value_of(&self.values, code);
            let class = self.scale.class(value);
            svg.group(&self.hint(code));
            let outline = [
                ("fill-rule", "evenodd"),
                ("stroke", "#8a8580"),
                ("data-border", ""),
                ("d", &path),
            ];
            svg.mark("path", class, &outline);
            words(&mut svg, &rings, class, label, &short(value, &self.scale));
            svg.close();
        }
        draw_key(&mut svg, &key, (0.5, sheet.height + 8.0), 2, 150.0);
        svg.finish()
    }
}

/// The name and the figure where both fit, the figure alone where it does, or nothing: a pointer's hint and
/// the table have them.
fn words(svg: &mut Svg, rings: &[Ring], class: Class, name: &str, figure: &str) {
    let (ink, colour) = words_on(class);
    let room = label::width(figure).max(label::width(name)) + 2.0;
    if let Some((x, y)) = room_for(rings, room, 26.0) {
        svg.text_on(
            Class::TileText,
            ink,
            colour,
            x,
            y - 2.0,
            Anchor::Middle,
            name,
        );
        svg.text_on(
            Class::TileNumber,
            ink,
            colour,
            x,
            y + 12.0,
            Anchor::Middle,
            figure,
        );
    } else if let Some((x, y)) = room_for(rings, label::width(figure) + 1.0, 11.0) {
        svg.text_on(
            Class::TileNumber,
            ink,
            colour,
            x,
            y + 4.0,
            Anchor::Middle,
            figure,
        );
    }
}

fn path(svg: &Svg, rings: &[Ring]) -> Option<String> {
    let mut path = String::new();
    for ring in rings {
        for (index, (x, y)) in ring.iter().enumerate() {
            path.push(if index == 0 { 'M' } else { 'L' });
            path.push_str(&format!("{} {}", svg.x(*x), svg.y(*y)));
        }
        path.push('Z');
    }
    (!path.is_empty()).then_some(path)
}

/// Metres on paper.
#[derive(Debug, Clone, Copy)]
struct Sheet {
    west: f64,
    north: f64,
    scale: f64,
    /// What a narrow county leaves free on its left.
    left: f64,
    height: f64,
}

impl Sheet {
    fn over<'a>(points: impl Iterator<Item = &'a (f64, f64)>) -> Option<Self> {
        let mut ends: Option<[f64; 4]> = None;
        for &(east, north) in points {
            let [west, south, far, top] = ends.unwrap_or([east, north, east, north]);
            ends = Some([
                west.min(east),
                south.min(north),
                far.max(east),
                top.max(north),
            ]);
        }
        let [west, south, east, north] = ends?;
        // A county of no size would have no scale.
        let (width, height) = ((east - west).max(1.0), (north - south).max(1.0));
        let scale = ((WIDTH - 2.0 * EDGE) / width).min((TALLEST - 2.0 * EDGE) / height);
        Some(Self {
            west,
            north,
            scale,
            left: (WIDTH - width * scale) / 2.0,
            height: height * scale + 2.0 * EDGE,
        })
    }

    /// Rings of the drawing; those too small to see are left out.
    fn draw(&self, rings: &[Ring]) -> Vec<Ring> {
        let window = Window {
            left: 0.0,
            top: 0.0,
            right: WIDTH,
            bottom: self.height,
        };
        let place = |&(east, north): &(f64, f64)| {
            (
                self.left + (east - self.west) * self.scale,
                EDGE + (self.north - north) * self.scale,
            )
        };
        rings
            .iter()
            .map(|ring| simplify(&clip(&ring.iter().map(place).collect::<Vec<_>>(), window)))
            .filter(|ring| !ring.is_empty())
            .collect()
    }
}
