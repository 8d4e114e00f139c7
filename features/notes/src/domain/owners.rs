//! Whose each part of a note is now. The id in a part's code is that of the day on which it was written; when two records
//! of one person are joined, the part follows her to the kept one, and back when they are parted.

use std::collections::HashMap;

use clients::ClientId;

use super::text::{COMMON, Written, client_of, part_of};

/// Whose the parts are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owners {
    /// By the code of a part that is stored.
    pub parts: HashMap<String, ClientId>,
    /// The record that stands now for one that a form names.
    pub kept: HashMap<ClientId, ClientId>,
}

impl Owners {
    /// Whose a part is; `None` for the common one.
    pub fn of(&self, code: &str) -> Option<ClientId> {
        self.parts
            .get(code)
            .copied()
            .or_else(|| client_of(code).map(|client| self.now(client)))
    }

    /// The record that stands for a client now.
    pub fn now(&self, client: ClientId) -> ClientId {
        self.kept.get(&client).copied().unwrap_or(client)
    }
}

impl Written {
    /// The parts as they are stored, of those clients alone, each step of a client told to be hers.
    #[must_use]
    pub fn stored_for(mut self, owners: &Owners, clients: &[ClientId]) -> Self {
        self.0.retain(|code, fields| match owners.of(code) {
            Some(owner) => {
                for (name, values) in &mut fields.0 {
                    for value in values {
                        if name.starts_with("who-") && value.starts_with("client:") {
                            *value = format!("client:{owner}");
                        }
                    }
                }
                clients.contains(&owner)
            }
            None => code == COMMON,
        });
        self
    }

    /// As it is read: each client's own text in one part under the id that she has now.
    #[must_use]
    pub fn read_by(self, owners: &Owners, clients: &[ClientId]) -> Self {
        let mut read = Self::default();
        for (code, fields) in self.stored_for(owners, clients).0 {
            let into = read
                .0
                .entry(owners.of(&code).map_or(code, part_of))
                .or_default();
            for (name, values) in fields.0 {
                let there = into.0.entry(name.clone()).or_default();
                if name == "body" && !there.is_empty() {
                    *there = vec![format!("{}\n{}", there.join("\n"), values.join("\n"))];
                } else if there.is_empty() {
                    *there = values;
                }
            }
        }
        read
    }
}
