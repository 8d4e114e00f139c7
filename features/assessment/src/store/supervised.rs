//! A temporary social worker (tilapäinen sosiaalityöntekijä) works under the lead of a licensed one: what she has assessed is
//! finished by the leading social worker whom she asks (817/2015 12 § 1; rows LS-01 and LS-04).

use casework::store::Casework;
use clients::relations::{self, NewRelation, Which};
use clients::{Barred, Reader};
use documents::Document;
use identity::facts::standing;
use identity::people::{StaffId, list_staff};
use kernel::time::{SignedDuration, Timestamp, day};
use store::{Query, StoreError, WriteTx};

/// The task of whoever may be asked.
const TASK: &str = "leading_sw";
/// The relation of somebody who is asked.
const CONSULTED: &str = "consulted";
/// How long the one who is asked sees the assessment (rights of the domain, section 3).
const OPEN: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Whether the reader works as a social worker by a temporary right alone.
///
/// # Errors
/// When the engine fails.
pub fn is_supervised(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(standing(query, reader.staff)?.is_temporary(day(now)))
}

/// The leading social workers whom the reader may ask, by name: nobody whom a bar keeps from a client.
///
/// # Errors
/// When the engine fails.
pub fn supervisors(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Vec<(StaffId, String)>, StoreError> {
    let clients = &document.clients;
    let barred = Barred::load(query, clients, now)?;
    let mut staff = list_staff(query, day(now))?;
    staff.retain(|one| {
        one.id != reader.staff
            && one.tasks.iter().any(|task| task == TASK)
            && clients
                .iter()
                .all(|client| barred.of(one.id, *client, CONSULTED).is_empty())
    });
    Ok(staff.into_iter().map(|one| (one.id, one.name)).collect())
}

/// Opens the assessment to the one who is asked.
///
/// # Errors
/// When the engine fails.
pub(super) fn open_to(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
    staff: StaffId,
) -> Result<(), StoreError> {
    close(tx, casework, document, staff)?;
    let now = casework.now();
    for client in &document.clients {
        let relation = NewRelation {
            client: *client,
            staff,
            kind: CONSULTED,
            object: Some(("matter", document.matter.bytes())),
            from: now,
            to: Some(now + OPEN),
            made_by: "assessment",
        };
        relations::begin(tx, &relation, casework.tails(), now)?;
    }
    Ok(())
}

/// The answer has been given, or is not asked any more; nothing for somebody who was not consulted.
///
/// # Errors
/// When the engine fails.
pub(super) fn close(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
    staff: StaffId,
) -> Result<(), StoreError> {
    for client in &document.clients {
        let which = Which {
            client: *client,
            staff: Some(staff),
            kind: CONSULTED,
            object: Some(("matter", document.matter.bytes())),
        };
        relations::end(tx, &which, casework.now(), casework.tails(), "assessment")?;
    }
    Ok(())
}
