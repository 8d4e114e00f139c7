//! Matters as far as the reader may read them: every row told of one passes here.

use std::collections::HashMap;

use clients::{ClientId, Reader};
use kernel::time::Timestamp;
use store::{Query, StoreError};
use web::Texts;

use crate::domain::{MatterId, NameCode};
use crate::pages::matter_name;
use crate::store::facts::{Facts, Seen};
use crate::store::own_worker::names_of;
use crate::store::unreadable;

/// Facts of matters that the reader may read, with the names of the clients whom the reader sees.
pub(super) struct Readable {
    pub(super) facts: HashMap<MatterId, (Facts, Seen)>,
    names: HashMap<ClientId, String>,
}

impl Readable {
    pub(super) fn load(
        query: &mut impl Query,
        reader: &Reader,
        mut matters: Vec<MatterId>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        matters.sort_unstable();
        matters.dedup();
        let mut facts = HashMap::new();
        for one in Facts::load_many(query, reader, &matters, now)? {
            if let Ok((_, seen)) = one.reading(reader) {
                facts.insert(one.id, (one, seen));
            }
        }
        let mut clients: Vec<ClientId> = facts
            .values()
            .flat_map(|(_, seen)| seen.titles.clone())
            .collect();
        clients.sort_unstable();
        clients.dedup();
        let names = names_of(query, &clients)?;
        Ok(Self { facts, names })
    }

    pub(super) fn clients(&self, matter: MatterId) -> Option<Vec<ClientId>> {
        Some(self.facts.get(&matter)?.1.titles.clone())
    }

    pub(super) fn who(&self, clients: &[ClientId]) -> String {
        let names: Vec<&str> = clients
            .iter()
            .filter_map(|client| self.names.get(client).map(String::as_str))
            .collect();
        names.join(", ")
    }
}

/// The name of a matter by its code.
pub(super) fn name(t: &Texts, code: &str, text: Option<&str>) -> Result<String, StoreError> {
    let code = NameCode::from_code(code).ok_or_else(unreadable)?;
    Ok(matter_name(t, code, text))
}
