//! Lines over time.
//!
//! The y axis begins at zero (or below it where figures are negative). A figure that is missing or hidden
//! breaks its line: nothing is drawn over it, least of all a zero, and a figure alone between two gaps is a
//! point.

use crate::axis::Axis;
use crate::paint::{Class, DASHES, STROKES};
use crate::svg::{Anchor, Frame, Side, Svg};
use crate::{Heading, Numbers, Picture, Table, Trouble, Value, Words, label};

/// More lines than this cannot be told apart.
pub const MOST_LINES: usize = 5;

const WIDE: Frame = Frame {
    width: 560.0,
    height: 180.0,
};
const NARROW: Frame = Frame {
    width: 356.0,
    height: 190.0,
};
/// Above the topmost grid line: room for the last figure.
const TOP: f64 = 18.0;
/// Under the axis: room for the times.
const BOTTOM: f64 = 28.0;
/// Height of one line of words.
const LINE: f64 = 14.0;
const KEY_LINE: f64 = 18.0;
const DOT: f64 = 4.5;

/// A point of time, or whatever the figures follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// Under the axis: "3/2024".
    pub short: String,
    /// In the table: "maaliskuu 2024".
    pub long: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub name: String,
    /// One for each time.
    pub values: Vec<Value>,
}

/// A mark at a time: "Ehdotus 1 kunnille".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Index of the time.
    pub at: usize,
    pub text: String,
}

/// A picture of lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub heading: Heading,
    pub times: Vec<At>,
    pub lines: Vec<Line>,
    /// How far chance alone reaches about the first line, low and high, for each time that has it.
    /// Empty for none.
    pub band: Vec<Option<(f64, f64)>>,
    pub notes: Vec<Note>,
    /// Head of the table's first column: "Kuukausi".
    pub time_head: String,
    /// Decimals and language of the figures. The axis takes as many as its own steps need.
    pub numbers: Numbers,
    pub words: Words,
}

impl Series {
    /// Draws it, wide and narrow, with its table.
    ///
    /// # Errors
    /// When there is no time or no line, too many lines, a line of another length, or a figure that is no
    /// number.
    pub fn draw(&self) -> Result<Picture, Trouble> {
        self.check()?;
        Ok(Picture {
            svg: Drawing::new(self, WIDE, Side::Wide).draw(),
            narrow: Some(Drawing::new(self, NARROW, Side::Narrow).draw()),
            table: self.table(),
        })
    }

    fn check(&self) -> Result<(), Trouble> {
        if self.times.is_empty() || self.lines.is_empty() {
            return Err(Trouble::Empty);
        }
        if self.lines.len() > MOST_LINES {
            return Err(Trouble::TooManyLines {
                found: self.lines.len(),
                most: MOST_LINES,
            });
        }
        let lengths = self.lines.iter().map(|line| line.values.len());
        let band = (!self.band.is_empty()).then_some(self.band.len());
        if let Some(found) = lengths.chain(band).find(|found| *found != self.times.len()) {
            return Err(Trouble::Lengths {
                found,
                wanted: self.times.len(),
            });
        }
        let ends = self.band.iter().flatten();
        ends.flat_map(|(low, high)| [*low, *high])
            .map(Value::Known)
            .chain(
                self.lines
                    .iter()
                    .flat_map(|line| line.values.iter().copied()),
            )
            .try_for_each(Value::check)
    }

    fn table(&self) -> Table {
        let mut head = vec![self.time_head.clone()];
        head.extend(self.lines.iter().map(|line| line.name.clone()));
        let rows = self.times.iter().enumerate().map(|(at, time)| {
            let mut row = vec![time.long.clone()];
            row.extend(
                self.lines
                    .iter()
                    .map(|line| self.words.of(line.values[at], self.numbers)),
            );
            row
        });
        Table {
            caption: self.heading.title.clone(),
            head,
            rows: rows.collect(),
        }
    }

    fn axis(&self) -> Axis {
        let known = self.lines.iter().flat_map(|line| &line.values);
        let band = self
            .band
            .iter()
            .flatten()
            .flat_map(|(low, high)| [*low, *high]);
        axis_over(
            known.filter_map(|value| value.known()).chain(band),
            self.numbers,
        )
    }
}

/// An axis over figures.
pub(crate) fn axis_over(figures: impl Iterator<Item = f64>, numbers: Numbers) -> Axis {
    let (low, high) = figures.fold((0.0_f64, 0.0_f64), |(low, high), figure| {
        (low.min(figure), high.max(figure))
    });
    // The one that leaves the least empty above; of equals the one with fewer lines.
    let mut axis = Axis::new(low, high, 3, numbers.decimals() == 0);
    for steps in 4..=5 {
        let other = Axis::new(low, high, steps, numbers.decimals() == 0);
        if other.high() - other.low() < axis.high() - axis.low() {
            axis = other;
        }
    }
    axis
}

/// The unbroken runs of a line: indexes with figures.
pub(crate) fn runs(values: &[Value]) -> Vec<Vec<(usize, f64)>> {
    let mut runs: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut unbroken = false;
    for (at, value) in values.iter().enumerate() {
        match (value.known(), unbroken) {
            (Some(value), true) => {
                if let Some(run) = runs.last_mut() {
                    run.push((at, value));
                }
            }
            (Some(value), false) => runs.push(vec![(at, value)]),
            (None, _) => {}
        }
        unbroken = value.known().is_some();
    }
    runs
}

/// One of the two drawings.
struct Drawing<'a> {
    series: &'a Series,
    axis: Axis,
    svg: Svg,
    frame: Frame,
    left: f64,
    right: f64,
    base: f64,
    /// Names stand at the ends of the lines; otherwise in a key under the axis.
    direct: bool,
}

impl<'a> Drawing<'a> {
    fn new(series: &'a Series, frame: Frame, side: Side) -> Self {
        let axis = series.axis();
        let several = series.lines.len() > 1;
        let direct = several && side == Side::Wide;
        let key = if several && !direct {
            KEY_LINE * series.lines.len() as f64 + 4.0
        } else {
            0.0
        };
        let numbers = Numbers::with_decimals(series.numbers.language(), axis.decimals);
        let widest = axis
            .ticks
            .iter()
            .map(|tick| label::width(&numbers.write(*tick)))
            .fold(0.0, f64::max);
        let names = series
            .lines
            .iter()
            .map(|line| label::strong(&end_words(series, line)));
        let room = match (direct, several) {
            (true, _) => names.fold(0.0, f64::max).min(frame.width * 0.34) + 14.0,
            (false, true) => 20.0,
            (false, false) => 12.0,
        };
        let base = frame.height - BOTTOM;
        let frame = Frame {
            height: frame.height + key,
            ..frame
        };
        Self {
            svg: Svg::new(&series.heading, frame, side),
            series,
            axis,
            frame,
            left: widest.min(frame.width * 0.3) + 10.0,
            right: frame.width - room,
            base,
            direct,
        }
    }

    fn draw(mut self) -> String {
        self.grid();
        self.times();
        self.band();
        self.notes();
        let mut ends = Vec::new();
        for index in 0..self.series.lines.len() {
            ends.push(self.line(index));
        }
        match (self.series.lines.len(), self.direct) {
            (1, _) => self.last_figure(ends[0]),
            (_, true) => self.names(&ends),
            (_, false) => self.key(&ends),
        }
        self.svg.finish()
    }

    fn x(&self, at: usize) -> f64 {
        let last = self.series.times.len() - 1;
        if last == 0 {
            return f64::midpoint(self.left, self.right);
        }
        self.left + (self.right - self.left) * at as f64 / last as f64
    }

    fn y(&self, value: f64) -> f64 {
        self.base - (self.base - TOP) * self.axis.share(value)
    }

    fn grid(&mut self) {
        let numbers = Numbers::with_decimals(self.series.numbers.language(), self.axis.decimals);
        for tick in self.axis.ticks.clone() {
            let y = self.y(tick);
            let class = if tick == 0.0 {
                Class::Axis
            } else {
                Class::Grid
            };
            self.svg.rule(class, (self.left, y), (self.right, y));
            let words = label::cut(&numbers.write(tick), self.left - 8.0);
            self.svg
                .text(Class::Text, self.left - 8.0, y + 4.0, Anchor::End, &words);
        }
    }

    fn times(&mut self) {
        let words: Vec<String> = self
            .series
            .times
            .iter()
            .map(|time| time.short.clone())
            .collect();
        let last = words.len() - 1;
        for at in label::chosen(&words, self.right - self.left) {
            let anchor = match at {
                _ if last == 0 => Anchor::Middle,
                0 => Anchor::Start,
                _ if at == last => Anchor::End,
                _ => Anchor::Middle,
            };
            let words = label::cut(&words[at], self.right - self.left);
            self.svg
                .text(Class::Text, self.x(at), self.base + 20.0, anchor, &words);
        }
    }

    /// The band in its unbroken pieces.
    fn band(&mut self) {
        let values: Vec<Value> = self
            .series
            .band
            .iter()
            .zip(&self.series.lines[0].values)
            .map(|(band, value)| match (band, value) {
                // Where the figure is hidden its band would tell it.
                (Some((low, _)), Value::Known(_)) => Value::Known(*low),
                _ => Value::Missing,
            })
            .collect();
        for run in runs(&values) {
            let high = |at: usize| self.series.band[at].map_or(0.0, |(_, high)| high);
            let upper = run.iter().map(|(at, _)| (self.x(*at), self.y(high(*at))));
            let lower = run
                .iter()
                .rev()
                .map(|(at, low)| (self.x(*at), self.y(*low)));
            let points: Vec<(f64, f64)> = upper.chain(lower).collect();
            let points = self.svg.points(&points);
            self.svg
                .mark("polygon", Class::Band, &[("points", &points)]);
        }
    }

    fn notes(&mut self) {
        for note in &self.series.notes {
            if note.at >= self.series.times.len() {
                continue;
            }
            let x = self.x(note.at);
            self.svg.rule(Class::Note, (x, 4.0), (x, self.base));
            let room_right = self.frame.width - x - 10.0;
            let room_left = x - 10.0;
            let (x, anchor, room) = if room_right >= label::width(&note.text).min(room_left) {
                (x + 6.0, Anchor::Start, room_right)
            } else {
                (x - 6.0, Anchor::End, room_left)
            };
            self.svg
                .text(Class::Text, x, 12.0, anchor, &label::cut(&note.text, room));
        }
    }

    /// Draws a line; its last point.
    fn line(&mut self, index: usize) -> Option<(f64, f64)> {
        let mark = (index + 1).to_string();
        let look = [
            ("data-line", mark.as_str()),
            ("stroke", STROKES[index]),
            ("stroke-dasharray", DASHES[index]),
        ];
        let mut end = None;
        for run in runs(&self.series.lines[index].values) {
            let points: Vec<(f64, f64)> = run
                .iter()
                .map(|(at, value)| (self.x(*at), self.y(*value)))
                .collect();
            end = points.last().copied();
            match points.as_slice() {
                [(x, y)] => {
                    let (x, y) = (self.svg.x(*x), self.svg.y(*y));
                    self.svg.mark(
                        "circle",
                        Class::Dot,
                        &[
                            ("data-line", &mark),
                            ("fill", STROKES[index]),
                            ("cx", &x),
                            ("cy", &y),
                            ("r", "3.5"),
                        ],
                    );
                }
                points => {
                    let points = self.svg.points(points);
                    let mut all = look.to_vec();
                    all.push(("points", &points));
                    self.svg.mark("polyline", Class::Line, &all);
                }
            }
        }
        end
    }

    fn dot(&mut self, index: usize, (x, y): (f64, f64)) {
        let mark = (index + 1).to_string();
        let (x, y, r) = (self.svg.x(x), self.svg.y(y), DOT.to_string());
        let look = [("data-line", mark.as_str()), ("fill", STROKES[index])];
        let all = [&look[..], &[("cx", &x), ("cy", &y), ("r", &r)]].concat();
        self.svg.mark("circle", Class::Dot, &all);
    }

    /// The last figure of a line alone, above its point.
    fn last_figure(&mut self, end: Option<(f64, f64)>) {
        let last = self.series.lines[0]
            .values
            .iter()
            .rev()
            .find_map(|value| value.known());
        if let (Some((x, y)), Some(value)) = (end, last) {
            self.dot(0, (x, y));
            let words = self.series.numbers.write(value);
            let half = label::strong(&words) / 2.0;
            let x = x.clamp(half, (self.frame.width - half).max(half));
            self.svg.text(
                Class::Strong,
                x,
                (y - 9.0).max(11.0),
                Anchor::Middle,
                &words,
            );
        }
    }

    /// Names and last figures at the ends of the lines.
    fn names(&mut self, ends: &[Option<(f64, f64)>]) {
        let wanted: Vec<f64> = ends
            .iter()
            .map(|end| end.map_or(self.base, |(_, y)| y) + 4.0)
            .collect();
        let heights = label::apart(&wanted, LINE, 12.0, self.base + 4.0);
        let room = self.frame.width - self.right - 14.0;
        for (index, end) in ends.iter().enumerate() {
            if let Some(end) = end {
                self.dot(index, *end);
            }
            let words = label::cut(
                &end_words(self.series, &self.series.lines[index]),
                room + 6.0,
            );
            self.svg.text(
                Class::Strong,
                self.right + 10.0,
                heights[index],
                Anchor::Start,
                &words,
            );
        }
    }

    /// Numbers at the ends of the lines, and what they mean under the axis, with the dashes.
    fn key(&mut self, ends: &[Option<(f64, f64)>]) {
        let wanted: Vec<f64> = ends
            .iter()
            .map(|end| end.map_or(self.base, |(_, y)| y) + 4.0)
            .collect();
        let heights = label::apart(&wanted, LINE, 12.0, self.base + 4.0);
        for (index, end) in ends.iter().enumerate() {
            let mark = (index + 1).to_string();
            if let Some(end) = end {
                self.dot(index, *end);
                self.svg.text(
                    Class::Strong,
                    self.right + 9.0,
                    heights[index],
                    Anchor::Start,
                    &mark,
                );
            }
            let y = self.base + BOTTOM + KEY_LINE * (index as f64 + 0.7);
            let look = [
                ("data-line", mark.as_str()),
                ("stroke", STROKES[index]),
                ("stroke-dasharray", DASHES[index]),
            ];
            let path = format!("M2 {0}H34", self.svg.y(y - 4.0));
            self.svg
                .mark("path", Class::Line, &[&look[..], &[("d", &path)]].concat());
            let words = format!(
                "{mark} {}",
                end_words(self.series, &self.series.lines[index])
            );
            let words = label::cut(&words, self.frame.width - 46.0);
            self.svg.text(Class::Text, 42.0, y, Anchor::Start, &words);
        }
    }
}

/// "Jyväskylä 34": the name, and the figure where the line goes to the end.
fn end_words(series: &Series, line: &Line) -> String {
    match line.values.last().and_then(|value| value.known()) {
        Some(last) => format!("{} {}", line.name, series.numbers.write(last)),
        None => line.name.clone(),
    }
}
