//! The county's own directory, through which its people may sign in. What speaks its protocol is a room of its own
//! and is put into the house by `app`; this room decides what the directory's word is worth.

use std::collections::BTreeMap;

use kernel::time::{Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};
use web::BoxFuture;

use crate::accounts::store::{self as accounts, State};
use crate::people::StaffId;

/// What is kept for the browser that goes to the directory.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Kept {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Whom the directory says has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    pub issuer: String,
    /// The directory's lasting name of the person.
    pub subject: String,
    /// The login name of the account here.
    pub login: String,
    pub groups: Vec<String>,
}

/// Why the directory did not say.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Silence {
    /// It does not answer, or not as agreed.
    #[error("the directory is not available: {0}")]
    Down(String),
    /// What came back is not to be believed.
    #[error("the directory's answer is refused: {0}")]
    Refused(String),
}

/// The protocol with the directory.
pub trait Directory: Send + Sync {
    /// The address to which the browser is sent.
    fn begin(&self, kept: Kept, now: Timestamp) -> BoxFuture<'_, Result<String, Silence>>;

    /// What the browser brought back.
    fn finish(
        &self,
        code: String,
        state: String,
        kept: Kept,
        now: Timestamp,
    ) -> BoxFuture<'_, Result<Identified, Silence>>;
}

/// A county's directory and what has been agreed of it. An extra of the house.
pub struct CountyDirectory {
    /// As people know it: "Keski-Suomen hyvinvointialueen tunnus".
    pub name: String,
    /// Work tasks for each group. Empty: the directory tells who it is and nothing of tasks. Otherwise a session
    /// has those of the person's tasks that some group names: the directory narrows and never widens (row JB-08).
    pub roles: BTreeMap<String, Vec<String>>,
    pub protocol: Box<dyn Directory>,
}

impl CountyDirectory {
    /// Tasks that the groups leave; `None` when the directory says nothing of tasks.
    pub fn tasks(&self, groups: &[String]) -> Option<Vec<String>> {
        if self.roles.is_empty() {
            return None;
        }
        let mut tasks: Vec<String> = groups
            .iter()
            .filter_map(|group| self.roles.get(group))
            .flatten()
            .cloned()
            .collect();
        tasks.sort_unstable();
        tasks.dedup();
        Some(tasks)
    }
}

/// The member of staff behind what the directory says. The first time the account is found by its vouched login name and
/// bound to the directory's lasting name; afterwards only that counts, so that a name given to somebody else later
/// opens nothing.
///
/// # Errors
/// When the engine fails.
pub(crate) fn staff_of(
    tx: &mut WriteTx<'_>,
    told: &Identified,
    now: Timestamp,
) -> Result<Option<StaffId>, StoreError> {
    let bound = tx.query_optional(
        "select staff_id from directory_identity where issuer = $1 and subject = $2",
        &params![told.issuer.as_str(), told.subject.as_str()],
    )?;
    let login = told.login.trim().to_lowercase();
    let staff = match bound {
        Some(row) => Some(StaffId::from_bytes(row.get(0)?)),
        None => bind(tx, told, &login, now)?,
    };
    let Some(staff) = staff else { return Ok(None) };
    let open = accounts::by_staff(tx, staff)?.is_some_and(|account| account.state != State::Closed);
    tx.execute(
        "update directory_identity set login_name = $3 where issuer = $1 and subject = $2 and coalesce(login_name, '') <> $3",
        &params![told.issuer.as_str(), told.subject.as_str(), login],
    )?;
    Ok(open.then_some(staff))
}

/// Binds an account whose login name two people have given to this employee (or the operator of the machine): one
/// administrator could otherwise write her own directory name on somebody else's account and come in as that person.
fn bind(
    tx: &mut WriteTx<'_>,
    told: &Identified,
    login: &str,
    now: Timestamp,
) -> Result<Option<StaffId>, StoreError> {
    let Some(account) = accounts::by_login(tx, login)?.filter(|account| account.vouched) else {
        return Ok(None);
    };
    let other = tx.query_optional(
        "select subject from directory_identity where issuer = $1 and staff_id = $2",
        &params![told.issuer.as_str(), account.staff.bytes()],
    )?;
    // The account belongs to another lasting name: an administrator must look at it.
    if other.is_some() || account.state == State::Closed {
        return Ok(None);
    }
    tx.execute(
        "insert into directory_identity (issuer, subject, staff_id, linked_at) values ($1, $2, $3, $4)",
        &params![
            told.issuer.as_str(),
            told.subject.as_str(),
            account.staff.bytes(),
            millis(now)
        ],
    )?;
    Ok(Some(account.staff))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nobody;

    impl Directory for Nobody {
        fn begin(&self, _: Kept, _: Timestamp) -> BoxFuture<'_, Result<String, Silence>> {
            Box::pin(async { Err(Silence::Down(String::new())) })
        }

        fn finish(
            &self,
            _: String,
            _: String,
            _: Kept,
            _: Timestamp,
        ) -> BoxFuture<'_, Result<Identified, Silence>> {
            Box::pin(async { Err(Silence::Down(String::new())) })
        }
    }

    #[test]
    fn groups_narrow_and_never_widen() {
        let mut directory = CountyDirectory {
            name: String::new(),
            roles: BTreeMap::new(),
            protocol: Box::new(Nobody),
        };
        assert_eq!(directory.tasks(&["any".to_owned()]), None);
        let tasks = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        directory
            .roles
            .insert("a".to_owned(), tasks(&["lead", "front_door"]));
        directory
            .roles
            .insert("b".to_owned(), tasks(&["front_door"]));
        assert_eq!(
            directory.tasks(&tasks(&["a", "b"])),
            Some(tasks(&["front_door", "lead"]))
        );
        assert_eq!(directory.tasks(&tasks(&["c"])), Some(Vec::new()));
    }
}
