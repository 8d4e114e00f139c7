//! Who may be named in a plan: nobody whom a bar keeps from a client of it (rights of the domain, section 6).

use clients::{Barred, ClientId};
use identity::people::StaffId;
use kernel::time::Timestamp;
use store::{Query, StoreError};

use crate::domain::PlanError;

/// The bars between the staff and some clients.
#[derive(Debug, Clone, Default)]
pub struct Free {
    barred: Barred,
    clients: Vec<ClientId>,
}

impl Free {
    /// Reads them: one statement.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn load(
        query: &mut impl Query,
        clients: Vec<ClientId>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            barred: Barred::load(query, &clients, now)?,
            clients,
        })
    }

    /// Whether no bar stands between somebody and any of the clients, in the widest part that a worker has: the own worker's.
    pub fn is(&self, staff: StaffId) -> bool {
        let mut clients = self.clients.iter();
        clients.all(|client| self.barred.of(staff, *client, "own_worker").is_empty())
    }
}

/// Checks somebody who is named.
///
/// # Errors
/// [`PlanError::Barred`].
pub(super) fn check(
    query: &mut impl Query,
    clients: Vec<ClientId>,
    staff: StaffId,
    now: Timestamp,
) -> Result<(), PlanError> {
    if Free::load(query, clients, now)?.is(staff) {
        Ok(())
    } else {
        Err(PlanError::Barred(staff))
    }
}
