//! Open statistics of Finland: Sotkanet, StatFin (PxWeb) and the cubes of THL.
//!
//! The room asks, checks that the answer is to the question, and gives plain values. It keeps nothing and knows nothing of
//! the house: what is worth keeping, and for how long, its caller decides. No answer is believed in part: one that breaks
//! off, is too large, comes from elsewhere or tells of something else than was asked is an error, and no value of it gets
//! out.

mod error;
mod figure;
pub mod jsonstat;
mod plain;
pub mod pxweb;
pub mod region;
pub mod sotkanet;
pub mod thl;
mod wire;

pub use error::{Fault, OpenDataError};
pub use figure::{Figure, FigureError};
pub use plain::plain;
pub use wire::Settings;

use serde::{Deserialize, Serialize};

/// Licence of all three services: what it is called, and where it stands.
pub const LICENCE: &str = "CC BY 4.0";
/// Address of the licence's text.
pub const LICENCE_ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";

/// One text in the languages of the services, as plain text; a language that the service does not have is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Texts {
    pub fi: String,
    pub sv: String,
    pub en: String,
}

impl Texts {
    /// The same without markup and entities.
    #[must_use]
    pub fn plain(&self) -> Self {
        Self {
            fi: plain(&self.fi),
            sv: plain(&self.sv),
            en: plain(&self.en),
        }
    }
}

/// Of whom a value tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    Male,
    Female,
    Total,
}

impl Gender {
    /// All three, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Total, Self::Female, Self::Male];

    /// The word of the services and of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Total => "total",
        }
    }
}

impl std::str::FromStr for Gender {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|one| one.word() == text)
            .ok_or(())
    }
}
