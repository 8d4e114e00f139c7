//! How wide the columns of a table are, and whether it needs a page laid on its side. Decided from the text before
//! it is set, so that no column is squeezed to nothing by another.

use paper::{Cell, Table};

/// Room for a table, in letters of its type: on an upright page and on one laid on its side.
const UPRIGHT: f64 = 96.0;
const SIDEWAYS: f64 = 146.0;
/// What stands between two columns, in letters.
const GAP: f64 = 3.0;
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
    /// Short enough to stay on one page.
    pub together: bool,
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
    let all: f64 = wanted.iter().sum();
    let shares = shared(&least, &wanted, width);
    Plan {
        sideways,
        narrow: all < UPRIGHT * 0.55,
        small: needed > SIDEWAYS,
        together: together(table, &shares, sideways),
        shares,
    }
}

/// Every column has its longest word. What is left goes first to those that have more to say, then to all alike.
fn shared(least: &[f64], wanted: &[f64], width: f64) -> Vec<f64> {
    let (needed, all): (f64, f64) = (least.iter().sum(), wanted.iter().sum());
    let more = all - needed;
    let part = if more > 0.0 {
        ((width - needed) / more).clamp(0.0, 1.0)
    } else {
        0.0
    };
    // They are shares of the whole width, so what is still over is spread by itself.
    least
        .iter()
        .zip(wanted)
        .map(|(least, wanted)| least + part * (wanted - least))
        .collect()
}

/// Whether a table is so short that it stays on one page: its lines, counted rather too many than too few.
fn together(table: &Table, widths: &[f64], sideways: bool) -> bool {
    let row = |row: &Vec<Cell>| {
        let lines = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| (length(&cell.text) * 1.1 / (width - 1.0).max(1.0)).ceil());
        lines.fold(1.0, f64::max)
    };
    let lines: f64 = table.rows.iter().map(row).sum();
    lines <= if sideways { 18.0 } else { 32.0 }
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
            // A figure stays on one line; words in its place need not.
            if figure
                && cell.text.contains(|one: char| one.is_ascii_digit())
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
    let longest = text.split([' ', '-']).map(length).fold(0.0, f64::max);
    longest.min(24.0)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of texts are far below 2^52"
)]
fn length(text: &str) -> f64 {
    text.chars().count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(head: &[&str], rows: &[&[&str]]) -> Table {
        Table {
            head: head.iter().map(|one| (*one).to_owned()).collect(),
            rows: rows
                .iter()
                .map(|row| {
                    let figure = |text: &&str| text.starts_with(|one: char| one.is_ascii_digit());
                    let cell = |text: &&str| {
                        if figure(text) {
                            Cell::number(*text)
                        } else {
                            Cell::text(*text)
                        }
                    };
                    row.iter().map(cell).collect()
                })
                .collect(),
            ..Table::default()
        }
    }

    #[test]
    fn long_texts_never_squeeze_a_date_or_a_figure() {
        let long = "sana ".repeat(60);
        let plan = plan(&table(
            &["Ehdotus", "Viimeistään", "Luku", "Vastaus"],
            &[&[&long, "31.12.2026", "12 345 678", &long]],
        ));
        assert!(!plan.sideways && !plan.narrow && !plan.small);
        assert!(
            plan.shares[1] >= 11.0 + GAP && plan.shares[2] >= 10.0 + GAP,
            "{plan:?}"
        );
        assert!(plan.shares[0] > 25.0 && plan.shares[3] > 25.0, "{plan:?}");
    }

    #[test]
    fn many_columns_lie_on_their_side_and_very_many_are_small() {
        let months = |count: usize| table(&vec!["12/2026"; count], &[&vec!["123 456"; count]]);
        let of = |count| {
            let plan = plan(&months(count));
            (plan.sideways, plan.small)
        };
        assert_eq!(
            [of(3), of(12), of(25)],
            [(false, false), (true, false), (true, true)]
        );
        assert!(plan(&months(3)).narrow && !plan(&months(8)).narrow);
    }

    #[test]
    fn only_a_short_table_is_kept_together() {
        let rows =
            |text: &str, count: usize| plan(&table(&["a", "b"], &vec![&["c", text][..]; count]));
        assert!(rows("d", 30).together && !rows("d", 40).together);
        assert!(!rows(&"sana ".repeat(200), 10).together);
    }

    #[test]
    fn a_table_without_columns_has_no_shares() {
        assert_eq!(plan(&Table::default()).shares, Vec::<f64>::new());
    }
}
