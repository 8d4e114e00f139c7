//! How wide the columns of a table are, and whether it needs a page laid on its side. Decided from the text before
//! it is set, so that no column is squeezed to nothing by another.

use paper::Table;

/// Room for a table, in letters of its type: on an upright page and on one laid on its side.
const UPRIGHT: f64 = 96.0;
const SIDEWAYS: f64 = 146.0;
/// What stands between two columns, in letters.
const GAP: f64 = 2.5;
/// A column of text is never asked to be wider: it has lines.
const COMFORT: f64 = 60.0;

/// How a table is laid.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// Shares of the width.
    pub shares: Vec<f64>,
    pub sideways: bool,
    /// The table is so narrow that it would only be air over a whole page.
    pub narrow: bool,
    /// Smaller type, because even a page on its side is too narrow.
    pub small: bool,
}

pub(crate) fn plan(table: &Table) -> Plan {
    let columns = 0..table.head.len();
    let wanted: Vec<f64> = columns
        .clone()
        .map(|column| wanted(table, column))
        .collect();
    let least: Vec<f64> = columns.map(|column| least(table, column)).collect();
    let needed: f64 = least.iter().sum();
    let sideways = needed > UPRIGHT;
    let width = if sideways { SIDEWAYS } else { UPRIGHT };
    // What is left when every column has its longest word goes to those that have more to say.
    let left = (width - needed).max(0.0);
    let more: f64 = wanted
        .iter()
        .zip(&least)
        .map(|(wanted, least)| wanted - least)
        .sum();
    let shares = wanted.iter().zip(&least).map(|(wanted, least)| {
        let part = if more > 0.0 {
            (wanted - least) / more
        } else {
            0.0
        };
        least + left * part
    });
    Plan {
        sideways,
        narrow: wanted.iter().sum::<f64>() < UPRIGHT * 0.55,
        small: needed > SIDEWAYS,
        shares: shares.collect(),
    }
}

/// What a column would like: its longest text, and figures whole.
fn wanted(table: &Table, column: usize) -> f64 {
    let least = least(table, column);
    let longest = cells(table, column).map(length).fold(0.0, f64::max);
    (longest.min(COMFORT) + GAP).max(least)
}

/// What it must have: its longest word.
fn least(table: &Table, column: usize) -> f64 {
    let figure = table.numeric(column);
    let body = table
        .rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(|cell| {
            // Figures stay on one line; words in the place of a figure need not.
            if figure
                && cell.text.chars().any(|one| one.is_ascii_digit())
                && length(&cell.text) < 14.0
            {
                length(&cell.text)
            } else {
                word(&cell.text)
            }
        });
    body.chain(table.head.get(column).map(|head| word(head)))
        .fold(3.0, f64::max)
        + GAP
}

fn cells(table: &Table, column: usize) -> impl Iterator<Item = &str> {
    let body = table
        .rows
        .iter()
        .filter_map(move |row| row.get(column))
        .map(|cell| cell.text.as_str());
    body.chain(table.head.get(column).map(String::as_str))
}

/// The longest word; a very long one is broken.
fn word(text: &str) -> f64 {
    let longest = text.split([' ', '-', '/']).map(length).fold(0.0, f64::max);
    longest.min(18.0)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of texts are far below 2^52"
)]
fn length(text: &str) -> f64 {
    text.chars().count() as f64
}
