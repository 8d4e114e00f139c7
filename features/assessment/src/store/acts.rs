//! An assessment begins, its parts are saved, it is corrected.

use casework::domain::{AssessmentStep, MatterError, MatterId};
use casework::store::facts::Facts;
use casework::store::{Casework, clocks, workers};
use clients::relations::{self, NewRelation, Which};
use clients::{ClientId, Reader};
use documents::store as docs;
use documents::{DocError, Document, DocumentId, Fields, Kind, NewDocument, Saving, State};
use identity::people::StaffId;
use kernel::language::Language;
use kernel::time::millis;
use store::{StoreError, WriteTx, params};

use super::{Sees, owners, sections, whole};
use crate::domain::{Eviction, Refusal, parts};

/// An assessment that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    pub clients: Vec<ClientId>,
    pub language: Language,
    /// Why it begins after the last lawful day; needed then.
    pub late: String,
}

/// Begins an assessment: the clock of its beginning stops, and whoever begins it is the assessor.
///
/// # Errors
/// [`Refusal::OpenAlready`], and the refusals of the matter: [`MatterError::LateReason`], [`MatterError::Ended`],
/// [`MatterError::NotFound`].
pub fn begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    new: &Begin,
) -> Result<DocumentId, Refusal> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    for client in &new.clients {
        facts.authorise_over(reader, "matter", "edit_draft", *client)?;
    }
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended.into());
    }
    let same =
        |one: &Document| one.is_open() && one.clients.iter().any(|c| new.clients.contains(c));
    if let Some(open) = docs::of_matter(tx, Kind::Assessment, matter)?
        .iter()
        .find(|one| same(one))
    {
        return Err(Refusal::OpenAlready(open.id));
    }
    if clocks::assessment_waits(tx, matter, now)?.is_some() {
        let step = AssessmentStep::Begun;
        clocks::assessment(tx, casework, reader, matter, step, &new.late)?;
    }
    for client in &new.clients {
        let relation = NewRelation {
            client: *client,
            staff: reader.staff,
            kind: "assessor",
            object: Some(("matter", matter.bytes())),
            from: now,
            to: None,
            made_by: "assessment",
        };
        relations::begin(tx, &relation, casework.tails(), now)?;
    }
    // The right to make one rests on the relation that has just begun (AS-04) or on answering for the matter (N-230).
    let facts = Facts::load(tx, reader, matter, now)?;
    let mut by = None;
    for client in &new.clients {
        by = Some(facts.authorise_over(reader, "assessment", "create", *client)?);
    }
    let document = NewDocument {
        kind: Kind::Assessment,
        matter,
        clients: new.clients.clone(),
        language: new.language,
    };
    let by = by.ok_or(DocError::NotFound)?;
    Ok(docs::begin(tx, casework, &by, &document)?)
}

/// Saves a part; gives its new revision.
///
/// # Errors
/// [`DocError::Clash`] with the other text, [`DocError::State`] when it is finished, [`Refusal::SectionClosed`], and
/// [`DocError::NotFound`] without a right to the part.
pub fn save(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    part: &str,
    based_on: i64,
    fields: &Fields,
) -> Result<i64, Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = super::writing(tx, reader, &document, now)?;
    // While it waits for a tutor only the tutor writes.
    if document.state == State::Waiting && document.waiting_for != Some(reader.staff) {
        return Err(DocError::State.into());
    }
    let section = parts::expert_section(part);
    if section.is_none() && access.sees == Sees::Section {
        return Err(DocError::NotFound.into());
    }
    if let Some(section) = section {
        sections::writable(tx, reader, &document, section, access.sees, now)?;
    }
    let texts = docs::parts(tx, id)?;
    let owners = owners::of(tx, &document, texts.iter().map(|one| one.code.as_str()))?;
    let (kept, client) = (owners.kept(part), owners.of(part));
    if client.is_some_and(|client| !access.clients.contains(&client)) {
        return Err(DocError::NotFound.into());
    }
    let saving = Saving {
        document: id,
        part: &kept,
        client,
        based_on,
        fields,
    };
    let revision = docs::save_part(tx, casework, &access.acting, &saving)?;
    if part == parts::Area::Housing.code() {
        keep_risk(tx, &document, fields, millis(now))?;
    }
    Ok(revision)
}

/// Keeps how far the loss of the home has come, for lists.
fn keep_risk(
    tx: &mut WriteTx<'_>,
    document: &Document,
    housing: &Fields,
    now: i64,
) -> Result<(), Refusal> {
    let stage = parts::eviction(housing);
    if stage == Eviction::None {
        tx.execute(
            "delete from assessment_risk where document_id = $1",
            &params![document.id.bytes()],
        )?;
        return Ok(());
    }
    let due = Some(housing.get("eviction_on").to_owned()).filter(|day| !day.is_empty());
    tx.execute(
        "insert into assessment_risk (document_id, stage, due_on, changed_at) values ($1, $2, $3, $4) on conflict (document_id) do update set stage = excluded.stage, due_on = excluded.due_on, changed_at = excluded.changed_at",
        &params![document.id.bytes(), stage.code(), due, now],
    )?;
    Ok(())
}

/// A colleague joins as the working pair (työpari): by the matter, where everybody who works on it stands.
///
/// # Errors
/// The refusals of joining a matter.
pub fn pair(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    staff: StaffId,
    task: &str,
) -> Result<(), Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    whole(tx, reader, &document, "edit_draft", now)?;
    workers::join(tx, casework, reader, document.matter, staff, task)?;
    Ok(())
}

/// Opens a finished assessment for a correction.
///
/// # Errors
/// [`DocError::State`] when it is no finished one, [`DocError::NotFound`] without a right.
pub fn correct(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    reason: &str,
) -> Result<(), Refusal> {
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = whole(tx, reader, &document, "correct", casework.now())?;
    docs::correct(tx, casework, &access.acting, id, reason)?;
    Ok(())
}

/// Nobody is assessor of these clients in the matter any more.
pub(super) fn release_assessors(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
) -> Result<(), StoreError> {
    for client in &document.clients {
        let which = Which {
            client: *client,
            staff: None,
            kind: "assessor",
            object: Some(("matter", document.matter.bytes())),
        };
        relations::end(tx, &which, casework.now(), casework.tails(), "assessment")?;
    }
    Ok(())
}

/// A matter has ended: nobody is assessor in it any more, whether an assessment was finished or not.
///
/// # Errors
/// When the engine fails.
pub fn end_of_matter(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    matter: MatterId,
) -> Result<(), StoreError> {
    for document in docs::of_matter(tx, Kind::Assessment, matter)? {
        release_assessors(tx, casework, &document)?;
    }
    Ok(())
}
