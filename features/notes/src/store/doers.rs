//! Who may be named to do a step: whoever writes the note, the people of its matter, and whoever has the step already. A
//! member of staff who has nothing to do with the matter learns nothing of it by being named.

use std::collections::BTreeSet;

use casework::domain::MatterId;
use casework::store::workers::{self, WorkerRow};
use clients::{Barred, ClientId};
use documents::Document;
use identity::people::StaffId;
use kernel::time::Timestamp;
use store::{Query, StoreError};

use super::keep::KeepError;
use super::steps::{self, NewStep};
use super::tutoring::Person;
use crate::domain::Owner;

/// Whom the form of a note offers beside its reader: `workers` are the people of the matter, of whom nobody is offered
/// whom a bar keeps from one of the clients.
///
/// # Errors
/// When the engine fails.
pub fn offered(
    query: &mut impl Query,
    workers: &[WorkerRow],
    (document, clients): (Option<&Document>, &[ClientId]),
    now: Timestamp,
) -> Result<Vec<Person>, StoreError> {
    let barred = Barred::load(query, clients, now)?;
    // The own worker's part: the widest that somebody of the matter has.
    let free = |staff| {
        let mut clients = clients.iter();
        clients.all(|client| barred.of(staff, *client, "own_worker").is_empty())
    };
    let of_matter = workers.iter().filter(|worker| free(worker.staff));
    let mut offered: Vec<Person> = of_matter
        .map(|worker| person(worker.staff, &worker.name))
        .collect();
    if let Some(document) = document {
        offered.push(person(document.made_by, &document.author));
        for step in steps::of_note(query, document.id)? {
            offered.extend(step.staff.map(|staff| person(staff, &step.owner)));
        }
    }
    let mut met = BTreeSet::new();
    offered.retain(|one| met.insert(one.staff));
    Ok(offered)
}

fn person(staff: StaffId, name: &str) -> Person {
    Person {
        staff,
        name: name.to_owned(),
    }
}

/// Checks that the steps of a note are given to people who may be named.
///
/// # Errors
/// [`KeepError::Doer`] with the line of the first that is not.
pub(super) fn check(
    query: &mut impl Query,
    (matter, document): (MatterId, &Document),
    reader: StaffId,
    steps: &[NewStep],
    now: Timestamp,
) -> Result<(), KeepError> {
    let given = |step: &NewStep| match step.owner {
        Owner::Worker(staff) if staff != reader => Some((step.line, staff)),
        _ => None,
    };
    let mut given = steps.iter().filter_map(given).peekable();
    if given.peek().is_none() {
        return Ok(());
    }
    let workers = workers::of_matter(query, matter, now)?;
    let known = offered(query, &workers, (Some(document), &document.clients), now)?;
    match given.find(|(_, staff)| known.iter().all(|one| one.staff != *staff)) {
        Some((line, _)) => Err(KeepError::Doer(line)),
        None => Ok(()),
    }
}
