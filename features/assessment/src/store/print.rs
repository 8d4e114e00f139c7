//! The finished assessment on paper: of one client, with nothing that is another client's own.

use casework::store::Casework;
use casework::store::facts::Facts;
use clients::{ClientId, Reader};
use documents::store as docs;
use documents::{Body, DocError, Document, DocumentId, Kind};
use kernel::time::Timestamp;
use store::{Query, Show};

use super::view::{self, View};
use super::{Access, PRINTED, Sees, access, log, over};
use crate::domain::Refusal;

/// What holds of a print: the purpose was asked, and an address is not in it.
const GIVEN: [&str; 2] = ["purpose_asked", "secret_masked"];

/// Whether the reader may print.
pub(super) fn may(facts: &Facts, reader: &Reader, document: &Document) -> bool {
    let facts = facts.clone().with_given(&GIVEN);
    document.version_no > 0
        && matches!(
            over(&facts, reader, document, "print"),
            Some((_, Sees::Whole))
        )
}

fn printing(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Access, Refusal> {
    let mut access = access(query, reader, document, "read", now)?;
    let facts = access.facts.clone().with_given(&GIVEN);
    match over(&facts, reader, document, "print") {
        Some((acting, Sees::Whole)) if access.sees == Sees::Whole => {
            access.acting = acting;
            Ok(access)
        }
        _ => Err(DocError::NotFound.into()),
    }
}

/// Reads the newest version for paper, and logs what for.
///
/// # Errors
/// [`DocError::NotFound`] without the right to print, for somebody else's client, and when nothing is finished.
pub fn print(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    client: ClientId,
    purpose: &str,
) -> Result<(View, Body), Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = printing(tx, reader, &document, now)?;
    if document.state == documents::State::Voided || !access.clients.contains(&client) {
        return Err(DocError::NotFound.into());
    }
    let view = view::view_of(tx, reader, &document, &access, now)?;
    let mut body = view::version(tx, &view, document.version_no)?.body;
    body.0
        .retain(|code, _| view.owners.of(code).is_none_or(|whose| whose == client));
    log(
        tx,
        &access.acting,
        now,
        PRINTED,
        &document,
        &[client],
        Some(purpose),
    )?;
    Ok((view, body))
}
