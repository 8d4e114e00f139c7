//! Small multiples: one small picture for each area, all on one scale, so that heights compare.

use crate::axis::Axis;
use crate::paint::Class;
use crate::series::{At, Line, axis_over, runs};
use crate::svg::{Anchor, Frame, Side, Svg};
use crate::{Heading, Numbers, Picture, Table, Trouble, Value, Words, label};

/// More pictures than this on one page are a table.
pub const MOST_PANELS: usize = 60;

const WIDE: f64 = 560.0;
const NARROW: f64 = 356.0;
/// One small picture with its name above and its times under it.
const PANEL: f64 = 108.0;
const NAME: f64 = 26.0;
const TIMES: f64 = 26.0;
const BETWEEN: f64 = 18.0;

/// The same figures over time for many areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiples {
    pub heading: Heading,
    pub times: Vec<At>,
    /// One small picture each, in the order that the reader gets.
    pub panels: Vec<Line>,
    /// Head of the table's first column: "Kunta".
    pub panel_head: String,
    pub numbers: Numbers,
    pub words: Words,
}

impl Multiples {
    /// Draws them: three beside each other, two on a phone. The table has a row for each.
    ///
    /// # Errors
    /// When there is nothing to draw, too many panels, one of another length, or a figure that is no number.
    pub fn draw(&self) -> Result<Picture, Trouble> {
        if self.times.is_empty() || self.panels.is_empty() {
            return Err(Trouble::Empty);
        }
        if self.panels.len() > MOST_PANELS {
            return Err(Trouble::TooManyLines {
                found: self.panels.len(),
                most: MOST_PANELS,
            });
        }
        for panel in &self.panels {
            if panel.values.len() != self.times.len() {
                return Err(Trouble::Lengths {
                    found: panel.values.len(),
                    wanted: self.times.len(),
                });
            }
            panel.values.iter().try_for_each(|value| value.check())?;
        }
        Ok(Picture {
            svg: Drawing::new(self, WIDE, 3, Side::Wide).draw(),
            narrow: Some(Drawing::new(self, NARROW, 2, Side::Narrow).draw()),
            table: self.table(),
        })
    }

    fn table(&self) -> Table {
        let mut head = vec![self.panel_head.clone()];
        head.extend(self.times.iter().map(|time| time.long.clone()));
        let rows = self.panels.iter().map(|panel| {
            let mut row = vec![panel.name.clone()];
            row.extend(
                panel
                    .values
                    .iter()
                    .map(|value| self.words.of(*value, self.numbers)),
            );
            row
        });
        Table {
            caption: self.heading.title.clone(),
            head,
            rows: rows.collect(),
        }
    }
}

struct Drawing<'a> {
    multiples: &'a Multiples,
    axis: Axis,
    svg: Svg,
    columns: usize,
    left: f64,
    panel: f64,
}

impl<'a> Drawing<'a> {
    fn new(multiples: &'a Multiples, width: f64, columns: usize, side: Side) -> Self {
        let values = multiples.panels.iter().flat_map(|panel| &panel.values);
        let axis = axis_over(values.filter_map(|value| value.known()), multiples.numbers);
        let numbers = Numbers::with_decimals(multiples.numbers.language(), axis.decimals);
        let left = label::width(&numbers.write(axis.high())).min(width * 0.2) + 8.0;
        let columns = columns.min(multiples.panels.len());
        let rows = multiples.panels.len().div_ceil(columns);
        let panel = (width - left - BETWEEN * columns as f64) / columns as f64;
        let frame = Frame {
            width,
            height: rows as f64 * PANEL,
        };
        Self {
            svg: Svg::new(&multiples.heading, frame, side),
            multiples,
            axis,
            columns,
            left,
            panel,
        }
    }

    fn draw(mut self) -> String {
        for index in 0..self.multiples.panels.len() {
            self.panel(index);
        }
        self.svg.finish()
    }

    fn panel(&mut self, index: usize) {
        let column = index % self.columns;
        let left = self.left + column as f64 * (self.panel + BETWEEN);
        let top = (index / self.columns) as f64 * PANEL;
        let base = top + PANEL - TIMES;
        let panel = &self.multiples.panels[index];
        let last = self.multiples.times.len() - 1;
        let width = self.panel;
        let x = |at: usize| match last {
            0 => left + width / 2.0,
            _ => left + width * at as f64 / last as f64,
        };
        let axis = self.axis.clone();
        let y = |value: f64| base - (base - top - NAME) * axis.share(value);
        self.frame(column, left, &y);
        self.svg.group(&panel.name);
        let mut end = None;
        for run in runs(&panel.values) {
            let points: Vec<(f64, f64)> =
                run.iter().map(|(at, value)| (x(*at), y(*value))).collect();
            if let [(x, y)] = points.as_slice() {
                self.dot(*x, *y, "3.5");
            } else {
                let written = self.svg.points(&points);
                self.svg
                    .mark("polyline", Class::Line, &[("points", &written)]);
            }
            end = points.last().copied();
        }
        let figure = panel.values.last().and_then(|value| value.known());
        let mut room = self.panel;
        if let (Some(figure), Some((x, y))) = (figure, end) {
            self.dot(x, y, "4");
            let words = self.multiples.numbers.write(figure);
            room -= label::strong(&words) + 8.0;
            self.svg.text(
                Class::Strong,
                left + self.panel,
                top + 14.0,
                Anchor::End,
                &words,
            );
        }
        self.svg.text(
            Class::Text,
            left,
            top + 14.0,
            Anchor::Start,
            &label::cut(&panel.name, room),
        );
        self.svg.close();
        self.times(left, base);
    }

    /// The base and the top of the scale; its numbers stand at the first of each row.
    fn frame(&mut self, column: usize, left: f64, y: &impl Fn(f64) -> f64) {
        let numbers = Numbers::with_decimals(self.multiples.numbers.language(), self.axis.decimals);
        let (low, high) = (self.axis.low(), self.axis.high());
        let mut ticks = vec![low, high];
        if low < 0.0 && high > 0.0 {
            ticks.push(0.0);
        }
        for tick in ticks {
            let class = if tick == 0.0 {
                Class::Axis
            } else {
                Class::Grid
            };
            self.svg
                .rule(class, (left, y(tick)), (left + self.panel, y(tick)));
            if column == 0 {
                let words = label::cut(&numbers.write(tick), left - 6.0);
                self.svg
                    .text(Class::Text, left - 6.0, y(tick) + 4.0, Anchor::End, &words);
            }
        }
    }

    fn times(&mut self, left: f64, base: f64) {
        let times = &self.multiples.times;
        let (first, last) = (&times[0].short, &times[times.len() - 1].short);
        let y = base + 16.0;
        if times.len() > 1 && label::width(first) + label::width(last) + 8.0 <= self.panel {
            let last = last.clone();
            self.svg.text(Class::Text, left, y, Anchor::Start, first);
            self.svg
                .text(Class::Text, left + self.panel, y, Anchor::End, &last);
        } else {
            let words = label::cut(last, self.panel);
            self.svg
                .text(Class::Text, left + self.panel, y, Anchor::End, &words);
        }
    }

    fn dot(&mut self, x: f64, y: f64, r: &str) {
        let (x, y) = (self.svg.x(x), self.svg.y(y));
        self.svg
            .mark("circle", Class::Dot, &[("cx", &x), ("cy", &y), ("r", r)]);
    }
}

/// Whether anything is known at all: a picture of nothing but gaps is a sentence.
pub fn any_known(panels: &[Line]) -> bool {
    panels
        .iter()
        .flat_map(|panel| &panel.values)
        .any(|value| matches!(value, Value::Known(_)))
}
