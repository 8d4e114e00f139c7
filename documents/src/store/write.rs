//! Changes: a part is saved, a version is finished, a correction is opened. The caller has asked the right.

use casework::store::{Acting, Casework};
use clients::ClientId;
use identity::people::StaffId;
use store::{Query, Row, WriteTx, params};

use super::{log, read, row_id, step};
use crate::body::Body;
use crate::domain::{Clash, DocError, Document, DocumentId, NewDocument, Saving, State};
use crate::events::Act;

/// Begins a document.
///
/// # Errors
/// [`DocError::NotFound`] when there is no such matter or no client is named.
pub fn begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    new: &NewDocument,
) -> Result<DocumentId, DocError> {
    let now = casework.now();
    let id = DocumentId::new(&*casework.clock, &*casework.chance);
    if new.clients.is_empty() {
        return Err(DocError::NotFound);
    }
    let begun = tx.execute(
        "insert into document (id, kind, matter_id, service_task, state, version_no, revision, language, made_at, made_by, changed_at) select $1, $2, m.id, m.service_task, 'draft', 0, 0, $4, $5, $6, $5 from matter m where m.id = $3",
        &params![
            id.bytes(),
            new.kind.code(),
            new.matter.bytes(),
            new.language.code(),
            now,
            by.staff.bytes()
        ],
    )?;
    if begun == 0 {
        return Err(DocError::NotFound);
    }
    for client in &new.clients {
        tx.execute(
            "insert into document_client (id, document_id, client_id) values ($1, $2, $3) on conflict (document_id, client_id) do nothing",
            &params![row_id(casework), id.bytes(), client.bytes()],
        )?;
    }
    log(tx, by, now, (new.kind, id), Act::Begin, &new.clients, None)?;
    Ok(id)
}

/// Saves a part of the working text; gives its new revision. Saving what is already there changes nothing.
///
/// # Errors
/// [`DocError::Clash`] when somebody else saved another text meanwhile, [`DocError::State`] when the document is
/// finished or voided.
pub fn save_part(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    saving: &Saving<'_>,
) -> Result<i64, DocError> {
    let document = read::any(tx, saving.document)?;
    if !document.is_open() {
        return Err(DocError::State);
    }
    let text = saving.fields.to_json();
    let row = tx.query_optional(
        "select p.fields, p.revision, p.changed_at, s.name from document_part p join staff s on s.id = p.changed_by where p.document_id = $1 and p.part = $2",
        &params![saving.document.bytes(), saving.part],
    )?;
    let there = match &row {
        None => 0,
        Some(row) if row.get::<String>(0)? == text => return Ok(row.get(1)?),
        Some(row) => row.get(1)?,
    };
    if let Some(row) = row.as_ref().filter(|_| there != saving.based_on) {
        return Err(DocError::Clash(Box::new(clash(row)?)));
    }
    if saving.fields.is_empty() && there == 0 {
        return Ok(0);
    }
    write_part(tx, casework, by, saving, &text, there + 1)?;
    let clients = concerned(&document, saving.client);
    let which = (document.kind, document.id);
    log(
        tx,
        by,
        casework.now(),
        which,
        Act::Save,
        &clients,
        Some(&text),
    )?;
    Ok(there + 1)
}

fn clash(row: &Row) -> Result<Clash, DocError> {
    Ok(Clash {
        theirs: read::read_fields(&row.get::<String>(0)?)?,
        by: row.get(3)?,
        at: row.get(2)?,
        revision: row.get(1)?,
    })
}

fn write_part(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    saving: &Saving<'_>,
    text: &str,
    revision: i64,
) -> Result<(), DocError> {
    let now = casework.now();
    tx.execute(
        "insert into document_part (id, document_id, part, client_id, fields, revision, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (document_id, part) do update set fields = excluded.fields, revision = excluded.revision, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        &params![
            row_id(casework),
            saving.document.bytes(),
            saving.part,
            saving.client.map(|client| client.bytes()),
            text,
            revision,
            now,
            by.staff.bytes()
        ],
    )?;
    tx.execute(
        "update document set revision = revision + 1, changed_at = $2 where id = $1",
        &params![saving.document.bytes(), now],
    )?;
    Ok(())
}

/// Whose data a part is: one client's, or that of all clients of the document.
fn concerned(document: &Document, client: Option<ClientId>) -> Vec<ClientId> {
    client.map_or_else(|| document.clients.clone(), |client| vec![client])
}

/// Finishes a draft: its body becomes a version that nothing changes. A version after the first has the reason with
/// which its correction was opened, or `why`.
///
/// # Errors
/// [`DocError::State`] when it is no draft, or a further version has no reason; [`DocError::Empty`] when nothing is
/// written.
pub fn finish(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    body: &Body,
    why: Option<&str>,
) -> Result<i64, DocError> {
    let document = read::any(tx, id)?;
    if document.state != State::Draft {
        return Err(DocError::State);
    }
    seal(
        tx,
        casework,
        by,
        &document,
        body,
        why,
        (by.staff, None),
        Act::Finish,
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "a version's row, written by two acts beside"
)]
fn seal(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    document: &Document,
    body: &Body,
    why: Option<&str>,
    (finisher, approver): (StaffId, Option<StaffId>),
    act: Act,
) -> Result<i64, DocError> {
    let now = casework.now();
    if body.0.is_empty() {
        return Err(DocError::Empty);
    }
    let no = document.version_no + 1;
    let reason = document.correcting.as_deref().or(why);
    if no > 1 && reason.is_none() {
        return Err(DocError::State);
    }
    let text = body.to_json();
    tx.execute(
        "insert into document_version (document_id, no, body, digest, reason, finished_at, finished_by, approved_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            document.id.bytes(),
            no,
            &text,
            blake3::hash(text.as_bytes()).as_bytes().to_vec(),
            if no > 1 { reason } else { None },
            now,
            finisher.bytes(),
            approver.map(|staff| staff.bytes())
        ],
    )?;
    tx.execute(
        "update document set state = 'finished', version_no = $2, finished_at = $3, changed_at = $3, correcting = null, sent_back = null where id = $1",
        &params![document.id.bytes(), no, now],
    )?;
    let which = (document.kind, document.id);
    log(tx, by, now, which, act, &document.clients, Some(&text))?;
    Ok(no)
}

/// Sends a student's draft to the tutor (457/2024 21 §).
///
/// # Errors
/// [`DocError::State`] when it is no draft, [`DocError::SameWorker`] when the tutor is the one who asks.
pub fn ask_approval(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    tutor: StaffId,
) -> Result<(), DocError> {
    if tutor == by.staff {
        return Err(DocError::SameWorker);
    }
    let now = casework.now();
    let document = step(tx, id, &[State::Draft], State::Waiting, Some(tutor), now)?;
    tx.execute(
        "update document set asked_by = $2, sent_back = null where id = $1",
        &params![id.bytes(), by.staff.bytes()],
    )?;
    let which = (document.kind, id);
    log(
        tx,
        by,
        now,
        which,
        Act::AskApproval,
        &document.clients,
        None,
    )?;
    Ok(())
}

/// The writer takes an entry back from the tutor, to write on.
///
/// # Errors
/// [`DocError::State`] when it waits for nobody.
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
) -> Result<(), DocError> {
    let now = casework.now();
    let document = step(tx, id, &[State::Waiting], State::Draft, None, now)?;
    let which = (document.kind, id);
    log(tx, by, now, which, Act::SendBack, &document.clients, None)?;
    Ok(())
}

/// The tutor approves an entry: it is finished in the name of whoever asked, with the tutor's beside.
///
/// # Errors
/// [`DocError::State`] when it does not wait, [`DocError::NotFound`] when it waits for somebody else, and as [`finish`].
pub fn approve(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    body: &Body,
    why: Option<&str>,
) -> Result<i64, DocError> {
    let document = waiting(tx, by, id)?;
    let names = (
        document.asked_by.unwrap_or(document.made_by),
        Some(by.staff),
    );
    seal(tx, casework, by, &document, body, why, names, Act::Approve)
}

/// The tutor sends an entry back to its writer with words.
///
/// # Errors
/// As [`approve`].
pub fn send_back(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    words: &str,
) -> Result<(), DocError> {
    let now = casework.now();
    let document = waiting(tx, by, id)?;
    step(tx, id, &[State::Waiting], State::Draft, None, now)?;
    tx.execute(
        "update document set sent_back = $2 where id = $1",
        &params![id.bytes(), words],
    )?;
    let which = (document.kind, id);
    log(
        tx,
        by,
        now,
        which,
        Act::SendBack,
        &document.clients,
        Some(words),
    )?;
    Ok(())
}

fn waiting(tx: &mut WriteTx<'_>, by: &Acting, id: DocumentId) -> Result<Document, DocError> {
    let document = read::any(tx, id)?;
    if document.state != State::Waiting {
        return Err(DocError::State);
    }
    if document.waiting_for != Some(by.staff) {
        return Err(DocError::NotFound);
    }
    Ok(document)
}

/// Opens a finished document for a correction: its working text is again that of the newest version, and the version
/// itself stays as it is.
///
/// # Errors
/// [`DocError::State`] when it is not finished.
pub fn correct(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    id: DocumentId,
    reason: &str,
) -> Result<(), DocError> {
    let now = casework.now();
    let document = step(tx, id, &[State::Finished], State::Draft, None, now)?;
    tx.execute(
        "update document set correcting = $2 where id = $1",
        &params![id.bytes(), reason],
    )?;
    let which = (document.kind, id);
    log(
        tx,
        by,
        now,
        which,
        Act::Correct,
        &document.clients,
        Some(reason),
    )?;
    Ok(())
}
