//! Indicators, values, and what stands beside them.

use kernel::time::Date;
use opendata::region::Place;
use opendata::{Figure, Gender, Texts};
use store::StoreError;

kernel::id_type!(/** An indicator of a source. */ IndicatorId);
kernel::id_type!(/** What was published with some values. */ ReleaseId);

/// Where figures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Sotkanet,
    Statfin,
    Thl,
    /// A file of the county's own choice.
    File,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 4] = [Self::Sotkanet, Self::Statfin, Self::Thl, Self::File];

    /// The word of the database and of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sotkanet => "sotkanet",
            Self::Statfin => "statfin",
            Self::Thl => "thl",
            Self::File => "file",
        }
    }

    /// Who keeps the service, as it is named with its figures; nobody for a file.
    pub const fn keeper(self) -> Option<&'static str> {
        match self {
            Self::Sotkanet => Some(opendata::sotkanet::KEEPER),
            Self::Statfin => Some(opendata::pxweb::KEEPER),
            Self::Thl => Some(opendata::thl::KEEPER),
            Self::File => None,
        }
    }
}

impl std::str::FromStr for Source {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|one| one.word() == text)
            .ok_or(())
    }
}

/// An indicator as it is known now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub source: Source,
    /// The source's own id of it.
    pub code: String,
    /// A theme of [`crate::catalogue::THEMES`].
    pub theme: String,
    pub title: Texts,
    pub about: Texts,
    /// What it does not tell, and breaks in the series, in the producer's words.
    pub caveat: Texts,
    pub decimals: u8,
    /// Values of parts may be added up.
    pub additive: bool,
}

/// What is published beside values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The day of the source's data, when it tells.
    pub data_updated: Option<Date>,
    /// The unit's code in the source, for example `PER1000`, or words; empty when it does not tell.
    pub unit: String,
    pub producer: Texts,
    pub licence: String,
    /// How the source is to be named.
    pub attribution: String,
    /// `fetch`, or the name of the file.
    pub origin: String,
}

/// One value of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    pub place: Place,
    pub gender: Gender,
    pub value: Figure,
    pub absolute: Option<Figure>,
}

/// One year of one indicator, to be kept.
#[derive(Debug, Clone)]
pub struct Year {
    pub year: i16,
    pub values: Vec<Value>,
    /// The genders of which this is everything there is: values of theirs that are not here have been taken back. Empty when
    /// the year may be a part, as in a file.
    pub whole: Vec<Gender>,
    /// Numbers of areas that were in no list.
    pub unknown: usize,
    pub fetched_on: Date,
    /// Keep it even when it has less than half of the values of last time.
    pub accept_fewer: bool,
}

/// What keeping a year changed, in values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    pub added: u64,
    /// A new version beside the old one.
    pub changed: u64,
    /// Taken back by the source.
    pub withdrawn: u64,
    pub same: u64,
}

impl std::ops::AddAssign for Kept {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.withdrawn += other.withdrawn;
        self.same += other.same;
    }
}

/// Why figures were not kept.
#[derive(Debug, thiserror::Error)]
pub enum StatisticsError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Less than half of what there was: more likely a fault of the service than the truth.
    #[error("{year} has {got} values, last time it had {had}: the old ones are kept")]
    TooFew { year: i16, had: usize, got: usize },
    /// Two different values of one area.
    #[error("{0} has two values in {1}")]
    Double(Place, i16),
    /// The indicator is not there.
    #[error("there is no such indicator")]
    NotFound,
}
