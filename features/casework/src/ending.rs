//! What other rooms have unfinished in a matter that is about to be closed: somebody's draft of an assessment, a plan or a
//! note. The law does not forbid closing, but whoever closes sees it first. This room knows none of them; `app` puts the
//! list into the house.

use store::{ShowTx, StoreError, WriteTx};

use crate::domain::MatterId;
use crate::panels::MatterAround;
use crate::store::Casework;

/// One unfinished thing, in ready words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unfinished {
    /// What it is: "Asiakassuunnitelma, luonnos".
    pub what: String,
    /// Whose it is.
    pub who: String,
    /// Its address; empty when the reader may not open it.
    pub href: String,
}

/// The unfinished things of one room, in statements whose number does not grow with the rows.
pub type Source = fn(&mut ShowTx<'_, '_>, &MatterAround<'_>) -> Result<Vec<Unfinished>, StoreError>;

/// The sources: `house.extra::<Obstacles>()`.
#[derive(Debug, Clone, Default)]
pub struct Obstacles(pub Vec<Source>);

/// What a room does when a matter ends, in the transaction that ends it: what belongs to the matter ends with it.
pub type Ending = fn(&mut WriteTx<'_>, &Casework, MatterId) -> Result<(), StoreError>;

/// Those of all rooms, in [`Casework::endings`].
#[derive(Debug, Clone, Default)]
pub struct Endings(pub Vec<Ending>);
