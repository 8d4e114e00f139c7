//! All SQL of documents. The rooms that have documents decide who may; here each act is done and logged in one
//! transaction (invariants I3, I4 and I5).

mod clients_of;
mod forms;
mod read;
mod void;
mod write;

use access::log::{Actor, LogEntry};
use casework::store::{Acting, Casework};
use clients::ClientId;
use identity::people::StaffId;
use kernel::time::Timestamp;
use store::{Log, StoreError, WriteTx, params};

use crate::domain::{DocError, Document, DocumentId, Kind, State};
use crate::events::{self, Act};

pub use clients_of::change_clients;
pub use forms::once;
pub use read::{
    by_author, kept, load, load_many, of_client, of_matter, part_client, parts, parts_of_many,
    sent_back_to, texts, unsealed, version, versions, waiting_for,
};
pub use void::{
    Answered, VoidRequest, Wish, ask_void, refuse_void, refused_to, to_void, void, void_request,
    void_wish,
};
pub use write::{approve, ask_approval, begin, correct, finish, save_part, send_back, withdraw};

/// Writes the log entry of an act: its subjects are the clients whose data was changed or shown.
fn log(
    tx: &mut impl Log,
    by: &Acting,
    at: Timestamp,
    document: (Kind, DocumentId),
    act: Act,
    clients: &[ClientId],
    content: Option<&str>,
) -> Result<(), StoreError> {
    tx.log(LogEntry {
        at,
        actor: Actor::Staff(by.staff.bytes()),
        event: events::code(document.0, act),
        right: by.right.into(),
        purpose: by.purpose,
        subjects: clients.iter().map(ClientId::bytes).collect(),
        detail: document.1.to_string(),
        digest: content.map(|text| *blake3::hash(text.as_bytes()).as_bytes()),
    })
}

/// Says that a document was shown, and whose data of it.
///
/// # Errors
/// When the engine fails.
pub fn log_read(
    tx: &mut impl Log,
    by: &Acting,
    document: &Document,
    shown: &[ClientId],
    at: Timestamp,
) -> Result<(), StoreError> {
    let which = (document.kind, document.id);
    log(tx, by, at, which, Act::Read, shown, None)
}

fn row_id(casework: &Casework) -> [u8; 16] {
    casework::domain::RowId::new(&*casework.clock, &*casework.chance).bytes()
}

/// Moves the document to another state, when it is in the one it is thought to be in.
fn step(
    tx: &mut WriteTx<'_>,
    id: DocumentId,
    from: &[State],
    to: State,
    tutor: Option<StaffId>,
    now: Timestamp,
) -> Result<Document, DocError> {
    let document = read::any(tx, id)?;
    if !from.contains(&document.state) {
        return Err(DocError::State);
    }
    tx.execute(
        "update document set state = $2, tutor = $3, changed_at = $4 where id = $1",
        &params![id.bytes(), to.code(), tutor.map(|tutor| tutor.bytes()), now],
    )?;
    Ok(document)
}
