//! The table that is kept with the tree (`docs/bench.md`), and how a figure of today stands beside it.
//!
//! Machines differ, so speed is compared as a share of the bare axum of its own run. A table that is not there, or that
//! nobody can read, is no fault: then nothing is compared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The row that others are shares of.
pub const BARE: &str = "bare axum, small JSON, 64 connections";
/// Less than this share of the committed table is called slower.
pub const LEAST: f64 = 0.8;
/// More than this share of the committed table is called more, where less is better.
pub const MOST: f64 = 1.25;
/// Where the table is kept, from the root of the repository.
const KEPT: &str = "docs/bench.md";
/// The heads of the columns with the figures: of the table of speed, and of that of the program.
const RATE: &str = "per second";
const FIGURE: &str = "figure";

/// What the committed table says, by the names of its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Committed {
    /// In a second.
    rates: BTreeMap<String, f64>,
    figures: BTreeMap<String, f64>,
}

impl Committed {
    /// The table of a file; an empty one when it cannot be read.
    pub fn of(file: &Path) -> Self {
        match std::fs::read_to_string(file) {
            Ok(text) => Self::parse(&text),
            Err(error) => {
                eprintln!("{}: {error}; nothing is compared", file.display());
                Self::default()
            }
        }
    }

    /// Reads the tables of a page. Rows without a number that can be divided by are left out.
    pub fn parse(text: &str) -> Self {
        let mut committed = Self::default();
        // The column of the figures in the table that the line is in, and whether they are rates.
        let mut inside = None;
        for line in text.lines() {
            let Some(cells) = cells(line) else {
                inside = None;
                continue;
            };
            let of = |head: &str| cells.iter().position(|cell| *cell == head);
            if cells.first() == Some(&"what") {
                let rates = of(RATE).map(|column| (column, true));
                inside = rates.or_else(|| of(FIGURE).map(|column| (column, false)));
                continue;
            }
            let Some((column, rates)) = inside else {
                continue;
            };
            let figure = cells.get(column).and_then(|cell| cell.parse::<f64>().ok());
            if let Some((name, figure)) = cells.first().zip(figure.filter(|it| usable(*it))) {
                let table = if rates {
                    &mut committed.rates
                } else {
                    &mut committed.figures
                };
                table.insert((*name).to_owned(), figure);
            }
        }
        committed
    }

    /// The share of bare axum that a row had.
    pub fn share(&self, name: &str) -> Option<f64> {
        let bare = self.rates.get(BARE)?;
        self.rates.get(name).map(|rate| rate / bare)
    }

    /// The figure that a row of the program had.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.figures.get(name).copied()
    }

    /// Whether there is nothing to compare with.
    pub fn is_empty(&self) -> bool {
        !self.rates.contains_key(BARE) && self.figures.is_empty()
    }
}

/// The cells of a line of a table.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    Some(inner.split('|').map(str::trim).collect())
}

fn usable(figure: f64) -> bool {
    figure.is_finite() && figure > 0.0
}

/// Now as a share of then; nothing where either is no figure.
pub fn ratio(now: Option<f64>, then: Option<f64>) -> Option<f64> {
    let (now, then) = now.zip(then)?;
    (usable(now) && usable(then)).then(|| now / then)
}

/// The committed table of the repository that holds `folder`.
pub fn kept_above(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .map(|above| above.join(KEPT))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Speed\n\nWords | with a line.\n\n\
        | what | per second | median ms | share of bare axum |\n| --- | ---: | ---: | ---: |\n\
        | bare axum, small JSON, 64 connections | 1000 | 0.36 |  |\n\
        | SQLite: queue page | 10 | 14.90 | 0.010 |\n\
        | PDF batch | 0.5 | 14.90 | 0.000 |\n\n\
        | what | figure | aim |\n| --- | ---: | ---: |\n| start, s | 0.25 | 0.3 |\n\n## After\n";

    #[test]
    fn a_row_is_found_by_its_name_as_a_share_of_the_bare_axum_of_its_table() {
        let read = Committed::parse(PAGE);
        assert!(!read.is_empty());
        assert_eq!(read.share(BARE), Some(1.0));
        assert_eq!(read.share("SQLite: queue page"), Some(0.01));
        // The column of shares is rounded to nothing; the rates are not.
        assert_eq!(read.share("PDF batch"), Some(0.0005));
        assert_eq!(read.share("start, s"), None);
        assert_eq!(read.figure("start, s"), Some(0.25));
        assert_eq!(read.figure("SQLite: queue page"), None);
    }

    #[test]
    fn columns_are_found_by_their_heads() {
        let read = Committed::parse(
            "| what | share | per second |\n|---|---|---|\n|bare axum, small JSON, 64 connections| |50|\n| a | 9 | 25 |\n",
        );
        assert_eq!(read.share("a"), Some(0.5));
    }

    #[test]
    fn what_is_no_table_or_no_number_compares_nothing() {
        let head = "| what | per second |\n| --- | ---: |\n";
        for (text, why) in [
            (String::new(), "an empty page"),
            ("no table at all".to_owned(), "words alone"),
            ("|||\n|\n||".to_owned(), "bars alone"),
            ("| what | speed |\n| a | 5 |".to_owned(), "another column"),
            (format!("{head}| a | 5 |"), "no bare axum"),
            (
                format!("{head}| {BARE} | 0 |\n| a | 5 |"),
                "nothing to divide by",
            ),
            (format!("{head}| {BARE} | NaN |\n| a | 5 |"), "no number"),
            (format!("{head}| {BARE} | inf |\n| a | 5 |"), "no end"),
            (
                format!("{head}| {BARE} | -4 |\n| a | 5 |"),
                "less than nothing",
            ),
            (format!("{head}| {BARE} |\n| a | 5 |"), "a cell too few"),
            (
                format!("{head}| {BARE} | 1 000 |\n| a | 5 |"),
                "a written number",
            ),
            (
                format!("{head}\n| {BARE} | 10 |\n| a | 5 |"),
                "a table without a head",
            ),
        ] {
            let read = Committed::parse(&text);
            assert_eq!(read.share("a"), None, "{why}");
            assert!(read.is_empty(), "{why}");
        }
        let read = Committed::parse(&format!("{head}| {BARE} | 10 |\n| a | fast |\n| b | 5 |"));
        assert_eq!((read.share("a"), read.share("b")), (None, Some(0.5)));
    }

    #[test]
    fn a_ratio_is_now_beside_then() {
        for (now, then, wanted) in [
            (Some(0.5), Some(1.0), Some(0.5)),
            (Some(2.0), Some(0.5), Some(4.0)),
            (None, Some(1.0), None),
            (Some(1.0), None, None),
            (Some(0.0), Some(1.0), None),
            (Some(1.0), Some(0.0), None),
            (Some(f64::NAN), Some(1.0), None),
            (Some(1.0), Some(f64::INFINITY), None),
        ] {
            assert_eq!(ratio(now, then), wanted, "{now:?} {then:?}");
        }
    }

    #[test]
    fn the_table_of_this_tree_is_found_and_read() {
        let page = kept_above(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("docs/bench.md");
        let read = Committed::of(&page);
        assert!(!read.is_empty());
        let page = "SQLite: queue page, signed in, logged";
        assert!(read.share(page).is_some_and(|share| share < 1.0));
    }

    #[test]
    fn a_file_that_is_not_there_is_an_empty_table() {
        let folder = testkit::Folder::new();
        assert!(Committed::of(&folder.join("bench.md")).is_empty());
        assert_eq!(kept_above(&folder), None);
    }
}
