//! Real borders of municipalities, read from a GeoJSON file that a county imports.
//!
//! The file comes from outside, so it is refused with a reason whenever it is not plainly what it should be
//! ([`Refusal`]): too large, too deep, too many points, numbers that are none, places outside Finland, areas
//! that name no municipality in force. A feature is known by the municipality's code in its properties
//! (`kunta`, `natcode`, `kuntanro`, `code`), never by an id that the file made itself.
//!
//! Coordinates are degrees (ETRS89, as good as WGS 84 here) or metres of ETRS-TM35FIN; degrees are projected
//! to TM35FIN, the projection of the official maps.

mod draw;
mod project;
mod read;
mod shape;

use std::collections::BTreeMap;

use kernel::place;

/// The largest file that is read, in bytes. The official borders for maps of the whole country
/// (1:4 500 000 and 1:1 000 000) are smaller.
pub const LARGEST_FILE: usize = 12_000_000;
/// The most points of a file.
pub const MOST_POINTS: usize = 500_000;
/// The most areas of a file: there are 308 municipalities.
pub const MOST_AREAS: usize = 400;
/// The deepest nesting of a file; a point of a multipolygon is at the ninth level.
pub const DEEPEST: usize = 12;

/// Borders of municipalities in metres of ETRS-TM35FIN.
#[derive(Debug, Clone, PartialEq)]
pub struct Borders {
    /// Rings by municipality; which ring is a hole is told by even and odd.
    areas: BTreeMap<&'static str, Vec<Ring>>,
}

/// A closed line, east and north; the last point is not the first again.
type Ring = Vec<(f64, f64)>;

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the file has {found} bytes, {LARGEST_FILE} are the most")]
    TooLarge { found: usize },
    #[error("the file is nested deeper than {DEEPEST} levels")]
    TooDeep,
    #[error("a coordinate is not a number")]
    NotANumber,
    #[error("the file is not JSON (line {line})")]
    NotJson { line: usize },
    #[error("the file is not a GeoJSON collection of features")]
    NotACollection,
    #[error("the file has more than {MOST_AREAS} areas")]
    TooManyAreas,
    #[error("the file has more than {MOST_POINTS} points")]
    TooManyPoints,
    #[error("area {area} is neither a polygon nor several")]
    NotAPolygon { area: usize },
    #[error("area {area} has no code of a municipality (kunta, natcode, kuntanro or code)")]
    NoCode { area: usize },
    #[error("area {area} names a municipality that there is not")]
    UnknownMunicipality { area: usize },
    #[error("municipality {code} is in the file twice")]
    Twice { code: &'static str },
    #[error("area {area} has latitude before longitude")]
    Swapped { area: usize },
    #[error("area {area} is not in Finland, or in other coordinates than degrees and ETRS-TM35FIN")]
    Elsewhere { area: usize },
}

impl Refusal {
    /// The key of the sentence for the person who imports, in `messages/`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "borders-too-large",
            Self::TooDeep => "borders-too-deep",
            Self::NotANumber => "borders-not-a-number",
            Self::NotJson { .. } => "borders-not-json",
            Self::NotACollection => "borders-not-a-collection",
            Self::TooManyAreas => "borders-too-many-areas",
            Self::TooManyPoints => "borders-too-many-points",
            Self::NotAPolygon { .. } => "borders-not-a-polygon",
            Self::NoCode { .. } => "borders-no-code",
            Self::UnknownMunicipality { .. } => "borders-unknown-municipality",
            Self::Twice { .. } => "borders-twice",
            Self::Swapped { .. } => "borders-swapped",
            Self::Elsewhere { .. } => "borders-elsewhere",
        }
    }

    /// The number that the sentence names as `$number`: an area of the file counted from one, a line, a
    /// limit, or the code of a municipality.
    pub fn number(&self) -> String {
        match self {
            Self::TooLarge { .. } => (LARGEST_FILE / 1_000_000).to_string(),
            Self::TooDeep => DEEPEST.to_string(),
            Self::TooManyAreas => MOST_AREAS.to_string(),
            Self::TooManyPoints => MOST_POINTS.to_string(),
            Self::NotJson { line } => line.to_string(),
            Self::Twice { code } => (*code).to_owned(),
            Self::NotAPolygon { area }
            | Self::NoCode { area }
            | Self::UnknownMunicipality { area }
            | Self::Swapped { area }
            | Self::Elsewhere { area } => area.to_string(),
            Self::NotANumber | Self::NotACollection => String::new(),
        }
    }
}

impl Borders {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Refusal`], the first reason found; nothing of a refused file is kept.
    pub fn read(file: &[u8]) -> Result<Self, Refusal> {
        read::read(file).map(|areas| Self { areas })
    }

    /// The municipalities of a county that the file lacks, by code: the person who imports is told.
    pub fn missing(&self, county: &str) -> Vec<&'static str> {
        place::municipalities_of(county)
            .iter()
            .map(|one| one.code)
            .filter(|code| !self.areas.contains_key(code))
            .collect()
    }
}
