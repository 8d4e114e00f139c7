//! Programs with tokens of every kind: in force and not, of this county and of another.

use std::collections::BTreeMap;

use api::grant::NewToken;
use identity::people::StaffId;
use identity::tokens::SCOPES;
use kernel::time::SignedDuration;
use store::{StoreError, params};

use super::super::stage::Stage;
use crate::county::{County, Reader};

/// What a program comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A token for just this use.
    Covers,
    /// A token for every use but this.
    Lacks,
    Expired,
    Revoked,
    /// It was used before it was revoked.
    RevokedAfterUse,
    Unapproved,
    OwnerLeft,
    OtherNetwork,
    /// A token in force in another county.
    OtherCounty,
    /// The session of the worker, and no token.
    Session,
    Nothing,
}

pub const KINDS: [Kind; 11] = [
    Kind::Nothing,
    Kind::Session,
    Kind::OtherCounty,
    Kind::OtherNetwork,
    Kind::OwnerLeft,
    Kind::Unapproved,
    Kind::RevokedAfterUse,
    Kind::Revoked,
    Kind::Expired,
    Kind::Lacks,
    // Last: it may change what it comes to.
    Kind::Covers,
];

/// Roles that come with tokens of all kinds; the others with those in force.
const ALL_KINDS: [&str; 3] = ["front door", "social worker", "lead"];

/// The readers of one worker: by scope and kind.
pub struct Programs(BTreeMap<(&'static str, usize), Reader>);

impl Programs {
    pub fn of(worlds: &Worlds<'_>, role: &str, session: &Reader) -> Self {
        let staff = session.staff.expect("a worker");
        let mut all = BTreeMap::new();
        for (number, kind) in KINDS.iter().enumerate() {
            let in_force = [Kind::Covers, Kind::Lacks].contains(kind);
            if !in_force && !ALL_KINDS.contains(&role) {
                continue;
            }
            for scope in SCOPES {
                all.insert(
                    (scope, number),
                    worlds.program(*kind, scope, staff, session),
                );
            }
        }
        Self(all)
    }

    pub fn with(&self, scope: &str) -> impl Iterator<Item = (Kind, &Reader)> {
        self.0
            .iter()
            .filter(move |((own, _), _)| *own == scope)
            .map(|((_, number), reader)| (KINDS[*number], reader))
    }
}

/// The county, another one, and somebody who owns tokens.
pub struct Worlds<'a> {
    pub county: &'a County,
    pub stage: Stage,
    elsewhere: County,
    left: StaffId,
}

impl<'a> Worlds<'a> {
    pub fn of(county: &'a County) -> Self {
        let stage = Stage::of(county);
        let left = stage.person(county, 0).staff.id;
        let now = county.built.house.now();
        let id = left.bytes();
        county
            .built
            .house
            .store
            .write_blocking(move |tx| {
                let gone = now - SignedDuration::from_hours(1);
                tx.execute(
                    "update staff set left_at = $2 where id = $1",
                    &params![id, gone],
                )?;
                tx.execute(
                    "update employment set ends_at = $2 where staff_id = $1",
                    &params![id, gone],
                )?;
                Ok::<_, StoreError>(())
            })
            .expect("left");
        Self {
            county,
            stage,
            elsewhere: County::town(),
            left,
        }
    }

    fn program(&self, kind: Kind, scope: &str, staff: StaffId, session: &Reader) -> Reader {
        let wide = SCOPES.iter().filter(|one| **one != scope);
        let mut new = NewToken {
            name: "Ohjelma".to_owned(),
            owner: self.stage.other,
            approved_by: staff,
            acts_for: staff,
            scopes: vec![scope.to_owned()],
            addresses: Vec::new(),
            days: 30,
        };
        match kind {
            Kind::Nothing => return Reader::stranger(),
            Kind::Session => return session.clone(),
            Kind::OtherCounty => {
                let [owner, worker, ..] = self.elsewhere.staff.as_slice() else {
                    panic!("nobody in the other county");
                };
                new.owner = owner.id;
                new.approved_by = worker.id;
                new.acts_for = worker.id;
                return self.elsewhere.program_of(new);
            }
            Kind::Lacks => new.scopes = wide.map(|one| (*one).to_owned()).collect(),
            Kind::OtherNetwork => new.addresses = vec!["192.0.2.0/24".to_owned()],
            _ => {}
        }
        let reader = self.county.program_of(new);
        if kind == Kind::RevokedAfterUse {
            self.county.get(&reader, "/api/v1/contacts");
        }
        let change = match kind {
            Kind::Expired => "expires_at = created_at",
            Kind::Revoked | Kind::RevokedAfterUse => "revoked_at = created_at",
            Kind::Unapproved => "approved_at = null, approved_by = null",
            Kind::OwnerLeft => "owner_id = $2",
            _ => return reader,
        };
        let (digest, left) = (reader.token_digest(), self.left.bytes());
        self.county
            .built
            .house
            .store
            .write_blocking(move |tx| {
                let sql =
                    format!("update api_token set {change} where secret_hash = $1 and ($2 = $2)");
                tx.execute(&sql, &params![digest, left])
            })
            .expect("changed");
        reader
    }
}
