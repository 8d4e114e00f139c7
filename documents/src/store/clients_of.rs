//! Whose a document is, while it is a draft that was never finished.

use casework::store::{Acting, Casework};
use clients::ClientId;
use store::{WriteTx, params};

use super::{log, read, row_id};
use crate::domain::{DocError, DocumentId, State};
use crate::events::Act;

/// Makes a draft that was never finished be about other clients. The part of a client who is left out goes with her: the
/// caller has seen that nothing in it is lost.
///
/// # Errors
/// [`DocError::State`] when it is no draft or has a version, [`DocError::NotFound`] when nobody would be left.
pub fn change_clients(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    added: &[ClientId],
    removed: &[ClientId],
) -> Result<(), DocError> {
    let document = read::any(tx, id)?;
    if document.state != State::Draft || document.version_no > 0 {
        return Err(DocError::State);
    }
    let stays = document.clients.iter().any(|one| !removed.contains(one));
    if added.is_empty() && !stays {
        return Err(DocError::NotFound);
    }
    for client in added {
        tx.execute(
            "insert into document_client (id, document_id, client_id) values ($1, $2, $3) on conflict (document_id, client_id) do nothing",
            &params![row_id(casework), id.bytes(), client.bytes()],
        )?;
    }
    for client in removed {
        for table in ["document_part", "document_client"] {
            tx.execute(
                &format!("delete from {table} where document_id = $1 and (client_id = $2 or client_id in (select c.id from client c where c.merged_into = $2))"),
                &params![id.bytes(), client.bytes()],
            )?;
        }
    }
    let now = casework.now();
    tx.execute(
        "update document set revision = revision + 1, changed_at = $2 where id = $1",
        &params![id.bytes(), now],
    )?;
    let concerned: Vec<ClientId> = added.iter().chain(removed).copied().collect();
    let which = (document.kind, id);
    log(tx, by, now, which, Act::Save, &concerned, None)?;
    Ok(())
}
