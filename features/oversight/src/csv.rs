//! Tables for spreadsheets: UTF-8 with a byte order mark, semicolons, as programs in Finland open them.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that nothing in a name or
//! a detail can run on the reader's machine.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use store::Logged;
use web::Failure;

/// Beginnings that spreadsheets take for a formula, or that hide one.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that is only text.
fn plain(cell: &str) -> String {
    let text: String = cell
        .chars()
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect();
    if cell.starts_with(FORMULA) || text.trim_start().starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text
    }
}

/// The table as text.
///
/// # Errors
/// When the writer fails, which it does not on memory.
pub fn text(head: &[String], rows: &[Vec<String>]) -> Result<String, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        writer
            .write_record(row.iter().map(|cell| plain(cell)))
            .map_err(Failure::internal)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|_| Failure::internal("a table could not be written"))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

/// Sends a table to be saved. Needs the proof that its log entry is committed (invariant I4). `name` is ours, never
/// anybody's words.
pub fn download(name: &'static str, text: String, _logged: Logged) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}.csv\""),
            ),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        text,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_runs() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+358", "'+358"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            (" =1", "' =1"),
            ("\r\n=1", "'  =1"),
            ("Aino = Salmela", "Aino = Salmela"),
            ("", ""),
        ] {
            assert_eq!(plain(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn a_table_is_quoted_where_it_must() {
        let head = vec!["aika".to_owned(), "mitä".to_owned()];
        let rows = vec![vec!["1;2".to_owned(), "sanoi \"ei\"\nja lähti".to_owned()]];
        let text = text(&head, &rows).unwrap();
        assert_eq!(
            text,
            "\u{feff}aika;mitä\r\n\"1;2\";\"sanoi \"\"ei\"\" ja lähti\"\r\n"
        );
    }
}
