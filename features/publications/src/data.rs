//! Open data of a publication: each table of figures as CSV, with its metadata (CSVW, W3C Metadata Vocabulary for Tabular
//! Data).

use paper::{Cell, Table};
use serde_json::{Value, json};
use web::County;

use crate::domain::content::Content;
use crate::domain::figures::{Figures, HIDDEN, Number};
use crate::paper_of::{Edition, address};

/// Under which the county gives its own figures.
pub const LICENCE: &str = "CC BY 4.0";
const LICENCE_ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";
/// Ends the name of a table's metadata (CSVW 5.2).
pub const METADATA: &str = "-metadata.json";

/// The name of a table's file.
pub fn file_name(number: usize) -> String {
    format!("taulukko-{number}.csv")
}

/// What an address under a publication asks for: the table of a number from one on, or its metadata.
pub fn asked(file: &str) -> Option<(usize, bool)> {
    let (file, metadata) = match file.strip_suffix(METADATA) {
        Some(file) => (file, true),
        None => (file, false),
    };
    let number = file.strip_prefix("taulukko-")?.strip_suffix(".csv")?;
    let plain = !number.starts_with(['0', '+']);
    let number: usize = number.parse().ok()?;
    (plain && number > 0).then_some((number, metadata))
}

/// A number for machines: a point before decimals, nothing between thousands.
fn bare(number: Number) -> String {
    match number {
        Number::Known(value, decimals) => format!("{value:.*}", usize::from(decimals)),
        Number::Hidden => HIDDEN.to_owned(),
        Number::None => String::new(),
    }
}

/// The head of the first column, which a table without one lacks.
fn first_head(figures: &Figures) -> &str {
    if figures.row_head().is_empty() {
        figures.unit()
    } else {
        figures.row_head()
    }
}

/// The table as comma-separated values.
pub fn csv(figures: &Figures) -> String {
    let mut head = vec![first_head(figures).to_owned()];
    head.extend(figures.heads().iter().cloned());
    let rows = figures.rows().into_iter().map(|(name, cells)| {
        std::iter::once(Cell::head(name))
            .chain(cells.into_iter().map(|one| match one {
                // Two points are no number, and a spreadsheet takes them as text.
                Number::Hidden => Cell::text(HIDDEN),
                one => Cell::number(bare(one)),
            }))
            .collect()
    });
    Table {
        caption: figures.title().to_owned(),
        head,
        rows: rows.collect(),
        note: None,
    }
    .csv()
}

/// What a machine must know to read the table.
pub fn metadata(
    content: &Content,
    edition: &Edition,
    figures: &Figures,
    number: usize,
    county: &County,
) -> String {
    let mut columns = vec![json!({
        "name": "row", "titles": first_head(figures), "datatype": "string", "required": true
    })];
    columns.extend(figures.heads().iter().enumerate().map(|(at, head)| {
        json!({
            "name": format!("c{}", at + 1),
            "titles": head,
            "datatype": "decimal",
            "null": [HIDDEN, ""],
            "dc:unit": figures.unit(),
        })
    }));
    let licence = figures.licence().unwrap_or(LICENCE);
    let mut found = json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": content.language.tag()}],
        "url": file_name(number),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": true},
        "dc:title": figures.title(),
        "dc:publisher": county.name(content.language),
        "dc:creator": figures.source(),
        "dc:isPartOf": county.address(&address(content, edition)),
        "dc:hasVersion": edition.version,
        "dc:issued": edition.released_on.to_string(),
        "dc:temporal": content.span,
        "dc:spatial": content.area,
        "dc:license": if licence == LICENCE { LICENCE_ADDRESS } else { licence },
        "dc:rights": licence,
        "notes": {"hiddenSymbol": HIDDEN},
        "tableSchema": {"columns": columns, "primaryKey": "row"},
    });
    if let Some((name, threshold, hidden)) = figures.run() {
        found["notes"]["threshold"] = json!(threshold);
        found["notes"]["hiddenCells"] = json!(hidden);
        found["notes"]["disclosureRun"] = json!(name);
    }
    if let Some(code) = figures.code() {
        found["notes"]["indicator"] = json!(code);
    }
    pretty(&found)
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value)
        .unwrap_or_else(|_| unreachable!("texts and numbers are JSON"));
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn an_address_asks_for_one_table_or_its_metadata() {
        assert_eq!(asked("taulukko-1.csv"), Some((1, false)));
        assert_eq!(asked("taulukko-12.csv-metadata.json"), Some((12, true)));
        for wrong in [
            "taulukko-0.csv",
            "taulukko-01.csv",
            "taulukko-+1.csv",
            "taulukko-1",
            "taulukko-.csv",
            "muu.csv",
            "",
        ] {
            assert_eq!(asked(wrong), None, "{wrong}");
        }
    }
}
