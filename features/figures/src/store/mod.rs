//! The SQL of this room.

pub mod count;
pub mod queries;
pub mod releases;

pub use releases::{FiguresError, Release};

use kernel::time::{Date, Timestamp, day, from_millis};
use store::{Query, StoreError};

/// The threshold of a house, as its setting `figures` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Counts under this are not told.
    pub usual: u64,
    /// The same for figures of sensitive themes.
    pub sensitive: u64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            usual: 5,
            sensitive: 10,
        }
    }
}

impl Thresholds {
    /// Of a figure.
    pub const fn of(self, definition: &crate::Definition) -> u64 {
        if definition.sensitive {
            self.sensitive
        } else {
            self.usual
        }
    }
}

/// Key of the setting.
pub const SETTING: &str = "figures";

/// What the county has chosen; what it has not chosen, and anything under three, is as usual.
///
/// # Errors
/// When the engine fails.
pub fn thresholds(query: &mut impl Query) -> Result<Thresholds, StoreError> {
    let text = store::settings::find(query, SETTING)?;
    let chosen: Thresholds = text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let usual = Thresholds::default();
    let or = |chosen: u64, usual: u64| {
        if chosen < disclosure::table::LEAST_THRESHOLD {
            usual
        } else {
            chosen
        }
    };
    Ok(Thresholds {
        usual: or(chosen.usual, usual.usual),
        sensitive: or(chosen.sensitive, usual.sensitive),
    })
}

/// The day of the first record that figures count; none in an empty house. One statement.
///
/// # Errors
/// When the engine fails.
pub fn first_day(query: &mut impl Query) -> Result<Option<Date>, StoreError> {
    let row = query.query_one(
        "select (select min(arrived_at) from contact), (select min(pending_at) from matter), (select min(began_on) from client_relation), \
         (select min(at) from advice)",
        &[],
    )?;
    let moments: [Option<i64>; 3] = [row.get(0)?, row.get(1)?, row.get(3)?];
    let began: Option<Date> = row.get(2)?;
    let of = |millis: i64| -> Timestamp { from_millis(millis) };
    Ok(moments
        .into_iter()
        .flatten()
        .map(|millis| day(of(millis)))
        .chain(began)
        .min())
}
