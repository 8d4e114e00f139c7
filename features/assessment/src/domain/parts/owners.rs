//! Whose the personal parts of an assessment are.

use std::collections::BTreeMap;

use clients::ClientId;

use super::{own_client, split};

/// Whose each personal part is now. Its code keeps the id under which the client was known when it was written: after two
/// records of one person are joined, or parted again, the text is hers all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owners {
    now: BTreeMap<ClientId, ClientId>,
    /// Codes of the personal parts that are written.
    codes: Vec<String>,
}

impl Owners {
    /// `now` tells who each client of the codes is now, when it is another id; `codes` are those of written parts.
    pub fn new<'a>(
        now: BTreeMap<ClientId, ClientId>,
        codes: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let codes = codes.into_iter().filter(|code| own_client(code).is_some());
        Self {
            now,
            codes: codes.map(str::to_owned).collect(),
        }
    }

    /// Who the client is now.
    pub fn now(&self, client: ClientId) -> ClientId {
        self.now.get(&client).copied().unwrap_or(client)
    }

    /// The client whose own part it is.
    pub fn of(&self, code: &str) -> Option<ClientId> {
        own_client(code).map(|client| self.now(client))
    }

    /// The clients as they are known now, each once.
    pub fn clients(&self, clients: &[ClientId]) -> Vec<ClientId> {
        let mut found = Vec::new();
        for client in clients.iter().map(|client| self.now(*client)) {
            if !found.contains(&client) {
                found.push(client);
            }
        }
        found
    }

    /// The codes of the client's own texts of a part.
    pub(super) fn written<'a>(
        &'a self,
        part: &'a str,
        client: ClientId,
    ) -> impl Iterator<Item = &'a String> {
        self.codes
            .iter()
            .filter(move |code| split(code).0 == part && self.of(code) == Some(client))
    }

    /// The code under which the text of a part is kept.
    pub fn kept(&self, code: &str) -> String {
        let (part, _) = split(code);
        let there = self.codes.iter().any(|one| one == code);
        self.of(code)
            .filter(|_| !there)
            .and_then(|client| self.written(part, client).next().cloned())
            .unwrap_or_else(|| code.to_owned())
    }
}
