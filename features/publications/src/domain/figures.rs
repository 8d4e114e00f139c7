//! Figures that may leave the house (invariant I8).
//!
//! [`Figures`] has no public fields and no constructor that takes a number: it is made of a [`Released`] table of disclosure
//! control, or of open statistics with the name of their public source. Page, PDF and open data are made of it alone.

use disclosure::{Released, Shown};
use opendata::Gender;
use serde::{Deserialize, Serialize};
use statistics::compare::{Cell, Comparison};

/// What a cell of a released table shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spec {
    /// The count of this name.
    Count(String),
    /// A share of two counts of these names, in percent.
    Share(String, String),
}

/// Where the cells of a released table stand, and the words around them, in the publication's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    pub title: String,
    /// What is counted: "havaintoa".
    pub unit: String,
    /// Head of the column that names the rows.
    pub row_head: String,
    /// Heads of the other columns.
    pub heads: Vec<String>,
    pub rows: Vec<(String, Vec<Spec>)>,
    /// The first so many columns are times that follow each other; the rest, such as a sum, are not drawn. None is drawn at 0.
    pub times: usize,
    /// Who counted, and from what.
    pub source: String,
}

/// The words around open statistics, in the publication's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWords {
    pub title: String,
    pub row_head: String,
    /// The name of each line of the comparison that is shown, with its index there.
    pub lines: Vec<(usize, String)>,
    pub unit: String,
    /// Producer and attribution, with the day of the data.
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Open {
    code: String,
    title: String,
    unit: String,
    row_head: String,
    heads: Vec<String>,
    rows: Vec<(String, Vec<Given>)>,
    source: String,
    licence: String,
}

/// A value as its producer published it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Given {
    Value(String),
    NotComparable,
    None,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Run {
        name: String,
        layout: Layout,
        released: Released,
    },
    Open(Open),
}

/// A table of figures that may be shown to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures(Origin);

/// The same as it is frozen: of a run only its name and layout, since the counts stand sealed in the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Frozen {
    Run { name: String, layout: Layout },
    Open(FrozenOpen),
}

/// Keeps [`Open`] from being made by anybody but this module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FrozenOpen(Open);

/// A number or what stands in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// With so many decimals.
    Known(f64, u8),
    /// Kept back by disclosure control.
    Hidden,
    /// There is none.
    None,
}

/// The sign of a hidden count, the same whatever the reason.
pub const HIDDEN: &str = "..";

impl Figures {
    /// Figures of a table that disclosure control let through; `name` is that of its run.
    pub fn of_run(name: impl Into<String>, released: Released, layout: Layout) -> Self {
        Self(Origin::Run {
            name: name.into(),
            layout,
            released,
        })
    }

    /// Open statistics; `None` when there is nothing to show, or no public source to name.
    pub fn of_statistics(table: &Comparison, words: OpenWords) -> Option<Self> {
        let release = table.releases.first()?;
        if words.source.trim().is_empty() || release.licence.trim().is_empty() {
            return None;
        }
        let cell = |cell: &Cell| match cell {
            Cell::Value(figure) | Cell::Sum(figure) => Given::Value(figure.text().to_owned()),
            // A municipality before others became part of it is another area.
            Cell::Before(_) | Cell::NotComparable => Given::NotComparable,
            Cell::None => Given::None,
        };
        let rows: Vec<_> = words
            .lines
            .into_iter()
            .filter_map(|(at, name)| {
                let line = table.lines.get(at)?;
                Some((name, line.cells.iter().map(cell).collect()))
            })
            .collect();
        let known = &table.known.indicator;
        debug_assert_eq!(table.gender, Gender::Total);
        (!rows.is_empty() && !table.years.is_empty()).then(|| {
            Self(Origin::Open(Open {
                code: format!("{}:{}", known.source.word(), known.code),
                title: words.title,
                unit: words.unit,
                row_head: words.row_head,
                heads: table.years.iter().map(i16::to_string).collect(),
                rows,
                source: words.source,
                licence: release.licence.clone(),
            }))
        })
    }

    pub(super) fn frozen(&self) -> Frozen {
        match &self.0 {
            Origin::Run { name, layout, .. } => Frozen::Run {
                name: name.clone(),
                layout: layout.clone(),
            },
            Origin::Open(open) => Frozen::Open(FrozenOpen(open.clone())),
        }
    }

    /// Takes figures back; `run` gives the released table of a run by its name.
    pub(super) fn thawed(frozen: Frozen, run: &impl Fn(&str) -> Option<Released>) -> Option<Self> {
        Some(Self(match frozen {
            Frozen::Run { name, layout } => Origin::Run {
                released: run(&name)?,
                name,
                layout,
            },
            Frozen::Open(FrozenOpen(open)) => Origin::Open(open),
        }))
    }

    pub fn title(&self) -> &str {
        match &self.0 {
            Origin::Run { layout, .. } => &layout.title,
            Origin::Open(open) => &open.title,
        }
    }

    pub fn unit(&self) -> &str {
        match &self.0 {
            Origin::Run { layout, .. } => &layout.unit,
            Origin::Open(open) => &open.unit,
        }
    }

    pub fn row_head(&self) -> &str {
        match &self.0 {
            Origin::Run { layout, .. } => &layout.row_head,
            Origin::Open(open) => &open.row_head,
        }
    }

    pub fn heads(&self) -> &[String] {
        match &self.0 {
            Origin::Run { layout, .. } => &layout.heads,
            Origin::Open(open) => &open.heads,
        }
    }

    /// How many of the first columns are times to be drawn.
    pub fn times(&self) -> usize {
        match &self.0 {
            Origin::Run { layout, .. } => layout.times.min(layout.heads.len()),
            Origin::Open(open) => open.heads.len(),
        }
    }

    /// Who counted or published them.
    pub fn source(&self) -> &str {
        match &self.0 {
            Origin::Run { layout, .. } => &layout.source,
            Origin::Open(open) => &open.source,
        }
    }

    /// The licence of the producer; none for the county's own, which are given out under the county's.
    pub fn licence(&self) -> Option<&str> {
        match &self.0 {
            Origin::Run { .. } => None,
            Origin::Open(open) => Some(&open.licence),
        }
    }

    /// The producer's own code of the indicator.
    pub fn code(&self) -> Option<&str> {
        match &self.0 {
            Origin::Run { .. } => None,
            Origin::Open(open) => Some(&open.code),
        }
    }

    /// The run of disclosure control behind them: its name, the threshold and how many cells are hidden. None for open ones.
    pub fn run(&self) -> Option<(&str, u64, usize)> {
        match &self.0 {
            Origin::Run { name, released, .. } => {
                let hidden = self
                    .rows()
                    .iter()
                    .flat_map(|(_, cells)| cells)
                    .filter(|cell| matches!(cell, Number::Hidden))
                    .count();
                Some((name, released.threshold(), hidden))
            }
            Origin::Open(_) => None,
        }
    }

    /// The rows: a name and a number for each head.
    pub fn rows(&self) -> Vec<(&str, Vec<Number>)> {
        match &self.0 {
            Origin::Run {
                layout, released, ..
            } => layout
                .rows
                .iter()
                .map(|(name, cells)| {
                    let cells = cells.iter().map(|cell| counted(released, cell)).collect();
                    (name.as_str(), cells)
                })
                .collect(),
            Origin::Open(open) => open
                .rows
                .iter()
                .map(|(name, cells)| (name.as_str(), cells.iter().map(given).collect()))
                .collect(),
        }
    }
}

// Counts are at most 2^40, so nothing is lost.
#[allow(clippy::cast_precision_loss)]
fn counted(released: &Released, spec: &Spec) -> Number {
    match spec {
        Spec::Count(name) => match released.cell(name) {
            Shown::Count(count) => Number::Known(count as f64, 0),
            // Of a rounded table: its title tells by what.
            Shown::Hidden => released
                .about(name)
                .map_or(Number::Hidden, |about| Number::Known(about as f64, 0)),
        },
        Spec::Share(part, whole) => released
            .rate(part, whole)
            .map_or(Number::Hidden, |share| Number::Known(share * 100.0, 0)),
    }
}

fn given(given: &Given) -> Number {
    match given {
        Given::Value(text) => {
            let decimals = text.split_once('.').map_or(0, |(_, part)| part.len());
            match text.parse::<f64>() {
                Ok(value) if value.is_finite() => {
                    Number::Known(value, u8::try_from(decimals).unwrap_or(u8::MAX))
                }
                _ => Number::None,
            }
        }
        Given::NotComparable | Given::None => Number::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use disclosure::{Known, Table, release, release_rounded};

    #[test]
    fn a_rounded_table_gives_rounded_counts_and_no_share() {
        let table = Table::read(
            r#"{"threshold": 5, "cells": {"a": 2, "b": 17, "all": 19},
                "equations": [{"total": "all", "parts": ["a", "b"]}]}"#,
        )
        .expect("a table");
        let (released, _) = release_rounded(&table, &Known::new(), &[1; 32]).expect("rounded");
        for name in ["a", "b", "all"] {
            match counted(&released, &Spec::Count(name.to_owned())) {
                Number::Known(about, 0) => assert!(about % 10.0 == 0.0, "{name}: {about}"),
                other => panic!("{name}: {other:?}"),
            }
        }
        let share = Spec::Share("b".to_owned(), "all".to_owned());
        assert_eq!(counted(&released, &share), Number::Hidden);
    }

    #[test]
    fn a_small_count_never_comes_out_of_a_released_table() {
        let table = Table::read(
            r#"{"threshold": 5, "cells": {"a": 2, "b": 7, "c": 20, "all": 29},
                "equations": [{"total": "all", "parts": ["a", "b", "c"]}]}"#,
        )
        .expect("a table");
        let (released, _) = release(&table).expect("released");
        let count = |name: &str| Spec::Count(name.to_owned());
        let layout = Layout {
            title: "Havainnot".to_owned(),
            unit: "havaintoa".to_owned(),
            row_head: "Alue".to_owned(),
            heads: ["a", "b", "c", "kaikki", "osuus"]
                .map(str::to_owned)
                .to_vec(),
            rows: vec![(
                "Havainnot".to_owned(),
                vec![
                    count("a"),
                    count("b"),
                    count("c"),
                    count("all"),
                    Spec::Share("a".to_owned(), "all".to_owned()),
                ],
            )],
            times: 0,
            source: "Kooste".to_owned(),
        };
        let figures = Figures::of_run("run", released, layout);
        let rows = figures.rows();
        assert_eq!(
            rows[0].1,
            [
                Number::Hidden,
                Number::Hidden,
                Number::Known(20.0, 0),
                Number::Known(29.0, 0),
                Number::Hidden,
            ]
        );
        assert_eq!(figures.run(), Some(("run", 5, 3)));
        let kept = serde_json::to_string(&figures.frozen()).expect("JSON");
        assert!(!kept.contains('7') && !kept.contains("29"), "{kept}");
        let back = Figures::thawed(figures.frozen(), &|_| None);
        assert_eq!(back, None, "without its run there are no figures");
    }
}
