//! Parts of a matter's page that other rooms fill: assessment, plan, notes. This room knows none of them; `app` puts
//! the list into the house.

use clients::Reader;
use clients::panels::Panel;
use kernel::time::Timestamp;
use store::{ShowTx, StoreError};
use web::Texts;

use crate::store::facts::Facts;

/// What a part of the page is made from, in the page's own snapshot.
#[derive(Clone, Copy)]
pub struct MatterAround<'a> {
    pub reader: &'a Reader,
    pub facts: &'a Facts,
    pub t: &'a Texts,
    pub now: Timestamp,
}

/// Makes one part of the page; `None` when this reader has no part of it. It shows only what the facts allow, side by
/// side, in statements whose number does not grow with the rows.
pub type Source = fn(&mut ShowTx<'_, '_>, &MatterAround<'_>) -> Result<Option<Panel>, StoreError>;

/// The parts in their order on the page: `house.extra::<MatterPanels>()`.
#[derive(Debug, Clone, Default)]
pub struct MatterPanels(pub Vec<Source>);
