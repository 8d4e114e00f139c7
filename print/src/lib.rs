//! A report as PDF, for the archive and for every reader: PDF/A-2a and PDF/UA-1 in one file.
//!
//! ```no_run
//! # fn a(paper: &paper::Paper) -> Result<(), print::PrintError> {
//! let bytes = print::pdf(paper)?;
//! # Ok(()) }
//! ```
//!
//! - The look is one template (`report.typ`). A report reaches it as data only (JSON), so nothing that anybody has
//!   typed is ever read as markup.
//! - Nothing is asked of the machine: no clock, no network, no file, no font of the system. The same paper is the
//!   same bytes.
//! - Every part is tagged: headings, lists, tables with the heads of columns and rows, figures with their words.
//!   What the standards forbid makes an error here, never a file that only looks right.

mod data;
mod letters;
mod tables;
mod world;

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use paper::Paper;
use world::Desk;

/// Why there is no PDF: a fault of the house, since any text can be printed. The words are for the program's log and
/// hold nothing of the report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    #[error("the report could not be set: {0}")]
    Set(String),
    #[error("the report does not meet PDF/A-2a and PDF/UA-1: {0}")]
    Standard(String),
    #[error("{found} cells in its tables, {most} can be printed: give such tables as open data")]
    TooLong { found: usize, most: usize },
}

/// More cells than anybody reads on paper; setting so many takes some seconds.
const MOST_CELLS: usize = 20_000;

/// The report as a PDF of A4 pages.
///
/// # Errors
/// When its tables have more than 20,000 cells, and when the template or the standards refuse it.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PrintError> {
    let bytes = set(paper).and_then(|pages| write(paper, &pages));
    // typst remembers what it has set, to set it again faster; a server would fill up with reports.
    typst::comemo::evict(0);
    bytes
}

/// The pages as a file that meets both standards.
fn write(paper: &Paper, pages: &PagedDocument) -> Result<Vec<u8>, PrintError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| PrintError::Standard(error.message().to_string()))?;
    let options = PdfOptions {
        // What the file's own identity is made of: stable for a version of a report.
        ident: Smart::Custom(identity(paper)),
        creator: Smart::Custom(Some("Noste".to_owned())),
        timestamp: None,
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(pages, &options).map_err(|errors| PrintError::Standard(said(&errors)))
}

/// The pages before they are written as PDF.
fn set(paper: &Paper) -> Result<PagedDocument, PrintError> {
    let found: usize = paper
        .tables()
        .map(|table| table.head.len() * table.rows.len())
        .sum();
    if found > MOST_CELLS {
        return Err(PrintError::TooLong {
            found,
            most: MOST_CELLS,
        });
    }
    typst::compile::<PagedDocument>(&Desk::new(paper))
        .output
        .map_err(|errors| PrintError::Set(said(&errors)))
}

fn identity(paper: &Paper) -> String {
    let one = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        paper.issuer.clone(),
        paper.title.clone(),
        paper.date.to_string(),
        one(&paper.version),
        one(&paper.address),
    ]
    .join("\n")
}

fn said(errors: &[typst::diag::SourceDiagnostic]) -> String {
    let one = |error: &typst::diag::SourceDiagnostic| match world::line(error.span) {
        Some(line) => format!("{}, line {line} of the template", error.message),
        None => error.message.to_string(),
    };
    errors.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
