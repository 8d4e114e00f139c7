//! Pictures of figures, drawn on the server as SVG, and the same figures as the rows of a table.
//!
//! - [`series`]: one or several lines over time, with gaps where there is no figure;
//! - [`multiples`]: the same small picture for many areas, on one scale;
//! - [`map`]: a county's figures by municipality;
//! - [`tiles`]: its municipalities as labelled tiles, each about where it lies;
//! - [`borders`]: the real borders, when a county has imported them as GeoJSON;
//! - [`axis`] and [`number`]: round numbers for an axis, and how numbers are written.
//!
//! What holds for every picture:
//!
//! - It has a title and a description (`role="img"`), and its [`Table`] says all that it shows.
//! - A figure that is missing or hidden is a gap, never a zero ([`Value`]).
//! - Colours are classes that the theme sets. Every mark carries plain presentation attributes too,
//!   which the theme overrides: a file that is saved or printed looks right without any style sheet.
//! - Nothing needs colour to be read: lines differ by their dashes and carry their names, tiles carry
//!   their figures.
//! - No `style` attribute and no script, so it stands under a strict content security policy; all text
//!   of the caller is escaped.
//!
//! A leaf: it knows only `kernel`. What a reader sees in words comes from the caller.

pub mod axis;
pub mod borders;
mod label;
pub mod map;
pub mod multiples;
pub mod number;
mod paint;
pub mod scale;
pub mod series;
mod svg;
pub mod tiles;

use kernel::language::Language;

pub use number::Numbers;
pub use scale::Scale;

/// Fluent texts of this crate: why a file of borders was refused, and words for what is not shown.
pub const fn messages(language: Language) -> &'static str {
    match language {
        Language::Fi => include_str!("../messages/fi.ftl"),
        Language::Sv => include_str!("../messages/sv.ftl"),
        Language::En => include_str!("../messages/en.ftl"),
        Language::Easy => include_str!("../messages/easy.ftl"),
    }
}

/// The greatest figure that is drawn, in either direction: more does not fit an axis in words.
pub const GREATEST: f64 = 1e12;

/// A figure, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    Known(f64),
    /// Nobody knows it.
    Missing,
    /// Disclosure control keeps it back: the picture does not know it either.
    Hidden,
}

impl Value {
    /// The figure, when it is known.
    pub const fn known(self) -> Option<f64> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing | Self::Hidden => None,
        }
    }

    fn check(self) -> Result<(), Trouble> {
        match self {
            Self::Known(value) if !value.is_finite() || value.abs() > GREATEST => {
                Err(Trouble::Number)
            }
            _ => Ok(()),
        }
    }
}

/// Words that stand where a figure does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// "ei tietoa".
    pub missing: String,
    /// "alle 5, ei näytetä".
    pub hidden: String,
}

impl Words {
    /// What a table's cell says.
    pub fn of(&self, value: Value, numbers: Numbers) -> String {
        match value {
            Value::Known(value) => numbers.write(value),
            Value::Missing => self.missing.clone(),
            Value::Hidden => self.hidden.clone(),
        }
    }
}

/// What every picture is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Begins the ids inside the picture; one page gives each picture its own.
    pub id: Id,
    /// What the figures are: "Havaintoja kuukaudessa".
    pub title: String,
    /// The finding in a sentence, for those who do not see the drawing.
    pub description: String,
}

/// An id of a page: `a-z`, then letters, digits and hyphens, 40 at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    /// # Errors
    /// For anything else than the letters above.
    pub fn new(id: &str) -> Result<Self, Trouble> {
        let good = id.len() <= 40
            && id.starts_with(|first: char| first.is_ascii_lowercase())
            && id
                .chars()
                .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-');
        good.then(|| Self(id.to_owned())).ok_or(Trouble::Id)
    }

    fn text(&self) -> &str {
        &self.0
    }
}

/// A picture and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// One `svg` element, whole by itself.
    pub svg: String,
    /// The same for a phone, where words of the wide one would be too small to read. The theme shows one
    /// of the two; without a theme both are shown.
    pub narrow: Option<String>,
    pub table: Table,
}

impl Picture {
    /// What goes into the page's `figure`.
    pub fn markup(&self) -> String {
        let narrow = self.narrow.as_deref().unwrap_or_default();
        format!("{}{narrow}", self.svg)
    }
}

/// The figures of a picture in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub caption: String,
    /// Heads of the columns, the one of the row heads first.
    pub head: Vec<String>,
    /// Rows as long as the head, their own head first.
    pub rows: Vec<Vec<String>>,
}

/// Why there is no picture: a fault of the caller, not of a reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("an id begins with a-z and holds a-z, 0-9 and hyphens only")]
    Id,
    #[error("a figure is no number or too great to draw")]
    Number,
    #[error("there is nothing to draw")]
    Empty,
    #[error("a line has {found} figures where the picture has {wanted} times")]
    Lengths { found: usize, wanted: usize },
    #[error("{found} lines in one picture, {most} can be told apart: draw small multiples")]
    TooManyLines { found: usize, most: usize },
    #[error("there is no such county as {0}")]
    NoCounty(String),
    #[error("{0} is no municipality of the county, or is told twice")]
    NoMunicipality(String),
    #[error("the bounds of classes must rise and be numbers, 4 at most")]
    Bounds,
}
