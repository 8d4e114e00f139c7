//! The safety net of a unit: what nobody may let fall, as the rooms tell it to the unit's lead.

use clients::{ClientId, Reader};
use identity::people::UnitId;
use kernel::time::{Date, Timestamp};
use store::{ShowTx, StoreError};
use web::Texts;

/// One row of the safety net, in ready words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alert {
    /// Code of the kind, by which the rows are grouped: `dormant`, `review_passed`, ...
    pub kind: &'static str,
    /// Whose data the row shows: the page's log entry names them.
    pub clients: Vec<ClientId>,
    /// Who it is about, as the reader may see it.
    pub who: String,
    /// Since when it is so.
    pub since: Option<Date>,
    pub what: String,
    /// Address of the page where it is mended; empty when the reader may not open it.
    pub href: String,
}

/// The rows of one room for a unit. Only what this reader's rights open, in statements whose number does not grow with
/// the rows. Nothing is logged here: the page writes one entry for all that it shows.
pub type Source =
    fn(&mut ShowTx<'_, '_>, &Reader, UnitId, &Texts, Timestamp) -> Result<Vec<Alert>, StoreError>;

/// The sources of the safety net: `house.extra::<Alerts>()`.
#[derive(Debug, Clone, Default)]
pub struct Alerts(pub Vec<Source>);
