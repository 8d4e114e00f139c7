//! A report as data: what it says, in what order, and who says it. The same paper becomes a page
//! ([`Paper::html`]), open data ([`Table::csv`]) and, in the room `print`, a PDF.
//!
//! What holds:
//!
//! - Text is text. Nothing a writer types becomes markup, in HTML or on paper; what would be a formula in a
//!   spreadsheet is none.
//! - A table has a caption and cells that say whether they head a row; a figure has a title, a description of
//!   what it shows, and its table.
//! - No `style` attribute, no script, no request elsewhere: it stands under the strict policy of the pages.
//!
//! A leaf: it knows only `kernel`. What may be told to the public is decided before a paper is made.

mod csv;
mod html;
mod svg;
mod words;

use kernel::{language::Language, time::Date};

pub use words::Words;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub title: String,
    pub language: Language,
    /// What the reader should know who reads nothing else.
    pub summary: Option<String>,
    /// Who publishes it: "Keski-Suomen hyvinvointialue".
    pub issuer: String,
    /// The day of this version. The same paper of the same day is the same file.
    pub date: Date,
    /// Where it stays in the net, whole: `https://…`.
    pub address: Option<String>,
    pub version: Option<String>,
    pub blocks: Vec<Block>,
}

/// A part of a report, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `level` 2 to 4; the title is 1. A level that skips one is moved up ([`Paper::levels`]).
    Heading {
        level: u8,
        text: String,
    },
    /// A blank line begins a new paragraph, a line break stays a line break.
    Text(String),
    /// `ordered` when the order means something.
    List {
        ordered: bool,
        items: Vec<String>,
    },
    /// Pairs of a name and a value.
    Facts(Vec<(String, String)>),
    /// Somebody's own words.
    Quote {
        text: String,
        source: Option<String>,
    },
    Table(Table),
    /// A picture, what it shows in words, and its figures.
    Figure {
        /// Markup of `charts::Picture::markup()`: one or two `svg` elements made by this house. Anything but
        /// plain drawing in it (script, links, styles, pictures from elsewhere) and the figure is shown by its
        /// table alone.
        svg: String,
        title: String,
        /// The finding: "Määrä kasvoi 21:stä 55:een."
        description: String,
        table: Table,
    },
    /// What one must know to read the report right: limits of the data, what is not shown.
    Note(String),
    /// `http`, `https`, `mailto`, or a path of this house that begins with `/`. Any other address is shown as
    /// text, never as a link.
    Link {
        text: String,
        href: String,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What the table tells, without its number: "Havainnot kunnittain".
    pub caption: String,
    /// Heads of the columns.
    pub head: Vec<String>,
    /// As many cells in each as the head has; what is lacking is an empty cell, what is too much is left out.
    pub rows: Vec<Vec<Cell>>,
    /// Source, limits, why some figures are not there.
    pub note: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// As the reader reads it: "1 234,5", "alle 5".
    pub text: String,
    /// A figure or what stands in its place: set to the end of the column.
    pub numeric: bool,
    /// It names its row.
    pub head: bool,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A figure, or words in the place of one.
    pub fn number(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            numeric: true,
            head: false,
        }
    }

    /// The name of a row.
    pub fn head(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            numeric: false,
            head: true,
        }
    }
}

impl Table {
    /// Each row as long as the head.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        let wide = self.head.len();
        self.rows.iter().map(move |row| {
            let mut row = row.clone();
            row.resize(wide, Cell::default());
            row
        })
    }

    /// Whether a column holds figures: then its head stands over them, at the same side.
    pub fn numeric(&self, column: usize) -> bool {
        let mut cells = self
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .peekable();
        cells.peek().is_some() && cells.all(|cell| cell.numeric)
    }

    /// Comma-separated values by RFC 4180: UTF-8 without a mark, lines end in CRLF, the first line is the head.
    /// A cell that a spreadsheet would take for a formula gets an apostrophe before it, unless it is a plain
    /// number; figures lose the spaces between their thousands and have the common minus sign.
    pub fn csv(&self) -> String {
        csv::write(self)
    }
}

impl Paper {
    /// The body of a page: what stands under the title. Headings begin from `h2`; everything is escaped.
    pub fn html(&self) -> String {
        html::write(self)
    }

    /// The level of each heading, in order, so that none skips one: a 4 right under a 2 is a 3, and the first is
    /// a 2. A reader who jumps from heading to heading is never left wondering what was between.
    pub fn levels(&self) -> Vec<u8> {
        let mut last = 1;
        self.blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, .. } => {
                    last = (*level).clamp(2, 4).min(last + 1);
                    Some(last)
                }
                _ => None,
            })
            .collect()
    }

    /// Every table of the report, those of figures too, in order: what is given out as open data.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) | Block::Figure { table, .. } => Some(table),
            _ => None,
        })
    }

    /// The paper's day as its reader writes it: "23.11.2026", in English "23 November 2026".
    pub fn written_date(&self) -> String {
        words::date(self.language, self.date)
    }
}

/// Text in paragraphs of lines: a blank line parts paragraphs.
pub fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut all = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        match (line.is_empty(), all.last_mut()) {
            (false, Some(paragraph)) => paragraph.push(line),
            _ => all.push(Vec::new()),
        }
    }
    all.retain(|paragraph| !paragraph.is_empty());
    all
}

/// The drawings of a figure's markup, each a whole `svg` element; `None` when there is anything else in it than
/// plain drawing.
pub fn drawings(markup: &str) -> Option<Vec<&str>> {
    svg::drawings(markup)
}

/// An address that may be a link, `None` for any other: `http:`, `https:`, `mailto:` or a path of this house.
pub fn link(href: &str) -> Option<&str> {
    let plain = !href
        .chars()
        .any(|one| one.is_whitespace() || one.is_control());
    let lower = href.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    // "//host" and "/\host" lead to another house.
    let path = href.starts_with('/') && !href[1..].starts_with(['/', '\\']);
    (plain && (known || path)).then_some(href)
}
