//! Sums of gatherings for the wellbeing report: municipality by theme and kind, in numbers.

use std::collections::BTreeMap;

use kernel::time::Date;
use reporting::domain::Theme;
use reporting::store::Editor;
use store::{Query, params};

use super::{NO_CLIENT, unreadable};
use crate::domain::{Kind, PartError};

/// What was held of one kind about one theme in one municipality.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub gatherings: u32,
    pub people: u32,
}

/// Municipality (empty for the whole county), theme and kind.
pub type Key = (String, Theme, Kind);

/// Gatherings held in a year. One with two themes stands under both, so the sums are not added up.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn of_year(
    query: &mut impl Query,
    editor: &Editor,
    year: i16,
) -> Result<BTreeMap<Key, Sum>, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let first = Date::new(year, 1, 1).map_err(|_| PartError::NotFound)?;
    let last = Date::new(year, 12, 31).map_err(|_| PartError::NotFound)?;
    let rows = query.query(
        "select g.municipality, t.theme, g.kind, g.people from gathering g join gathering_theme t on t.gathering_id = g.id where g.state = 'held' and g.held_on >= $1 and g.held_on <= $2",
        &params![first, last],
    )?;
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    for row in &rows {
        let theme = Theme::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?;
        let kind = Kind::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?;
        let sum = sums.entry((row.get(0)?, theme, kind)).or_default();
        sum.gatherings += 1;
        sum.people += row.get::<u32>(3)?;
    }
    Ok(sums)
}
