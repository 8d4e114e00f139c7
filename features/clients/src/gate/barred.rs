//! Whom bars keep from some clients, all staff at once: whoever is kept from a client is not offered where people are
//! chosen for her.

use std::collections::HashMap;

use access::rights::Bar;
use identity::people::StaffId;
use kernel::time::{Timestamp, day, millis};
use store::{Query, StoreError, params, places};

use super::{COLLEAGUE_PASSES, facts};
use crate::domain::ClientId;

/// The bars that stand between these clients and anybody of the staff.
#[derive(Debug, Clone, Default)]
pub struct Barred(HashMap<(StaffId, ClientId), Vec<Bar>>);

impl Barred {
    /// Reads them: one statement, whatever the number of clients and staff.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn load(
        query: &mut impl Query,
        clients: &[ClientId],
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        if clients.is_empty() {
            return Ok(Self::default());
        }
        let mut values = params![millis(now), day(now).to_string()];
        values.extend(clients.iter().map(|client| client.bytes().into()));
        let list = places(clients.len(), 2);
        let sql = facts::bars(&list, "s.id", " cross join staff s", ["$1", "$2"]);
        let mut barred: HashMap<_, Vec<Bar>> = HashMap::new();
        for row in query.query(&sql, &values)? {
            let bar = Bar::parse(row.text(2)?)
                .ok_or_else(|| StoreError::Decode("a bar of another version".to_owned()))?;
            let (client, staff) = (row.get(1)?, row.get(4)?);
            let whose = (StaffId::from_bytes(staff), ClientId::from_bytes(client));
            barred.entry(whose).or_default().push(bar);
        }
        Ok(Self(barred))
    }

    /// The bars between somebody and a client, if the one stood in this relation to the other.
    pub fn of(&self, staff: StaffId, client: ClientId, relation: &str) -> Vec<Bar> {
        let passes = COLLEAGUE_PASSES.contains(&relation);
        let found = self.0.get(&(staff, client)).into_iter().flatten().copied();
        found.filter(|bar| !(passes && *bar == Bar::B03)).collect()
    }
}
