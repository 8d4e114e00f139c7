//! Finishing: what must be there, who may, and what becomes of the clocks, the relations and the histories.

use casework::store::{Acting, Casework, clocks, special_support, workers};
use clients::timeline::{self, Item, Prepared};
use clients::{ClientId, Reader};
use documents::store as docs;
use documents::voiding::is_for_voiding;
use documents::{Body, DocError, Document, DocumentId, Fields, Kind, Part, State};
use identity::people::StaffId;
use kernel::time::{Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};
use text::search::Analysers;

use super::{
    ASKED, Sees, access, acts, log, over, owners, row_id, sections, supervised, whole, writing,
};
use crate::domain::parts::Owners;
use crate::domain::sections::Who;
use crate::domain::{Refusal, parts, ready};

/// The title of an assessment in a client's history.
const TITLE: &str = "Palvelutarpeen arviointi";

/// Whether the reader may finish, and why not.
///
/// # Errors
/// [`Refusal::SpecialSupport`] when a social worker in public office is needed, [`Refusal::Supervised`] for a temporary one, [`Refusal::Strong`] when only the fresh
/// proof is missing, [`DocError::NotFound`] without a right.
pub fn may_finish(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Acting, Refusal> {
    let proved = Reader {
        strong: true,
        ..reader.clone()
    };
    // What a student has asked a tutor to approve is finished by that tutor alone (457/2024 21 §).
    let waits = document.state == State::Waiting;
    if waits && document.waiting_for != Some(reader.staff) {
        return Err(DocError::NotFound.into());
    }
    let action = if waits { "approve" } else { "finish" };
    if waits && special_support::given_36(query, reader, &document.clients, now)?.is_empty() {
        writing(query, reader, document, now)?;
        return Err(Refusal::SpecialSupport);
    }
    let asked = access(query, &proved, document, action, now);
    match asked {
        Ok(asked) if waits && is_for_voiding(asked.acting.right) => Err(DocError::NotFound.into()),
        Ok(_) if !waits && supervised::is_supervised(query, reader, now)? => {
            Err(Refusal::Supervised)
        }
        Ok(asked) if asked.sees == Sees::Whole => {
            if !reader.strong {
                return Err(Refusal::Strong);
            }
            Ok(asked.acting)
        }
        _ => {
            let writes = writing(query, reader, document, now)?;
            let lawful = special_support::given_36(query, reader, &document.clients, now)?;
            if writes.sees == Sees::Whole && lawful.is_empty() {
                return Err(Refusal::SpecialSupport);
            }
            Err(DocError::NotFound.into())
        }
    }
}

/// The words of each client's history, analysed before the transaction.
pub type Histories = Vec<(ClientId, String, Prepared)>;

/// What is kept of an assessment in the history of each client: what concerns another alone is not there.
pub fn histories(analysers: &Analysers, document: &Document, parts: &[Part]) -> Histories {
    document
        .clients
        .iter()
        .map(|client| {
            let mut body = String::new();
            for part in parts.iter().filter(|part| {
                part.code != parts::AREAS && part.client.is_none_or(|other| other == *client)
            }) {
                let Some(spec) = parts::of(&part.code) else {
                    continue;
                };
                for field in spec.fields {
                    let written = matches!(
                        field.input,
                        parts::Input::Own | parts::Input::Text | parts::Input::Line
                    );
                    let text = part.fields.get(field.name);
                    if written && !text.is_empty() {
                        body.push_str(text);
                        body.push('\n');
                    }
                }
            }
            let words = Prepared::new(analysers, document.language, TITLE, &body);
            (*client, body, words)
        })
        .collect()
}

/// Finishes the assessment as the reader saw it: `revision` is the document's then.
///
/// # Errors
/// Those of [`may_finish`]; [`Refusal::NotReady`] when something of the law is missing; [`DocError::State`] when somebody
/// wrote meanwhile, or it is finished.
pub fn finish(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    revision: i64,
    histories: &Histories,
) -> Result<i64, Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let by = may_finish(tx, reader, &document, now)?;
    if document.revision != revision {
        return Err(DocError::State.into());
    }
    let texts = docs::parts(tx, id)?;
    let of = |code: &str| {
        texts
            .iter()
            .find(|part| part.code == code)
            .map(|part| &part.fields)
    };
    let owners = owners::of(tx, &document, texts.iter().map(|part| part.code.as_str()))?;
    if !ready::missing(&owners.clients(&document.clients), &owners, of).is_empty() {
        return Err(Refusal::NotReady);
    }
    let mut body = parts::body(texts.iter().map(|part| (part.code.as_str(), &part.fields)));
    add_sections(tx, casework, &document, &mut body)?;
    add_support(tx, &owners.clients(&document.clients), &mut body, now)?;
    let no = if document.state == State::Waiting {
        docs::approve(tx, casework, &by, id, &body, None)?
    } else {
        docs::finish(tx, casework, &by, id, &body, None)?
    };
    clocks::assessment_done(tx, casework, &by, document.matter)?;
    acts::release_assessors(tx, casework, &document)?;
    end_ask(tx, id, now)?;
    if let Some(approver) = document.waiting_for {
        supervised::close(tx, casework, &document, approver)?;
    }
    put_histories(tx, &document, &owners, &by, histories, now)?;
    Ok(no)
}

/// Who wrote each section goes into the version; those that nobody wrote are left out, and nobody writes them any more.
fn add_sections(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
    body: &mut Body,
) -> Result<(), Refusal> {
    for section in sections::of_documents(tx, &[document.id])? {
        let code = parts::expert_part(section.id);
        if let Some(fields) = body.0.get_mut(&code) {
            fields.set("who", section.name.as_str());
            fields.set("kind", section.kind.code());
            let on = section.sent_at.map_or(section.due_on, kernel::time::day);
            fields.set("on", on.to_string());
            if let Some(permit) = &section.permit {
                fields.set("ground", permit.ground.code());
                fields.set("ground_words", permit.words.as_str());
            }
            if let Who::Partner {
                ground,
                ground_words,
                ..
            } = &section.who
            {
                fields.set("ground", ground.code());
                fields.set("ground_words", ground_words.as_str());
            }
        }
        if section.sent_at.is_none() && section.expert().is_some() {
            tx.execute(
                "update assessment_section set sent_at = $2 where id = $1",
                &params![section.id.bytes(), millis(casework.now())],
            )?;
            sections::release(tx, casework, document, section.expert())?;
        }
    }
    Ok(())
}

/// The judgement of special support as it is when the assessment is finished.
fn add_support(
    query: &mut impl Query,
    clients: &[ClientId],
    body: &mut Body,
    now: Timestamp,
) -> Result<(), Refusal> {
    let support = special_support::of_many(query, clients, now)?;
    for client in clients {
        let mut fields = Fields::default();
        fields.set(
            "right",
            if support.contains_key(client) {
                "yes"
            } else {
                "no"
            },
        );
        if let Some(one) = support.get(client) {
            let codes = one
                .judgement
                .grounds
                .iter()
                .map(|ground| ground.code().to_owned());
            fields.set_all("grounds", codes.collect());
            fields.set("words", one.judgement.words.as_str());
        }
        body.put(format!("support-{client}"), fields);
    }
    Ok(())
}

/// The item of an assessment in the history of one of its clients.
fn history_id(document: DocumentId, client: ClientId) -> [u8; 16] {
    timeline::id_of("assessment", document.bytes(), &client.to_string())
}

fn put_histories(
    tx: &mut WriteTx<'_>,
    document: &Document,
    owners: &Owners,
    by: &Acting,
    histories: &Histories,
    now: Timestamp,
) -> Result<(), StoreError> {
    // An item may stand under the id of a record that was joined to the client's: it is told anew in its place.
    let there = owners::items(tx, document)?;
    let mut told = Vec::new();
    for (client, body, words) in histories {
        if owners.now(*client) != *client {
            continue;
        }
        let own = history_id(document.id, *client);
        let id = there
            .iter()
            .filter(|(_, whose)| whose == client)
            .map(|(id, _)| *id)
            .max_by_key(|id| *id == own)
            .unwrap_or(own);
        told.push(id);
        let item = Item {
            id,
            client: *client,
            at: now,
            class: "assessment",
            kind: "assessment",
            service_task: document.service_task.code(),
            restricted: None,
            object: Some(("matter", document.matter.bytes())),
            language: document.language,
            title: TITLE,
            body,
            author: Some(by.staff),
            href: &format!("/assessments/{}", document.id),
        };
        timeline::put(tx, &item, words)?;
    }
    owners::hide(tx, &there, &told, now)
}

/// Asks a social worker in public office to finish; whoever does not work on the matter joins it as the pair.
///
/// # Errors
/// [`Refusal::CannotTakePart`] for somebody who could not finish, [`Refusal::Already`] when the person is asked already, and
/// the refusals of joining.
pub fn ask(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    staff: StaffId,
    task: &str,
) -> Result<(), Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = whole(tx, reader, &document, "edit_draft", now)?;
    if !document.is_open() {
        return Err(DocError::State.into());
    }
    if asked(tx, id)?.is_some_and(|(person, _)| person == staff) {
        return Err(Refusal::Already(staff));
    }
    let on_it = workers::of_matter(tx, document.matter, now)?;
    if !on_it.iter().any(|worker| worker.staff == staff) {
        workers::join(tx, casework, reader, document.matter, staff, task)?;
    }
    // Asked of somebody who may: a request that cannot be answered helps nobody.
    let other = clients::holdings::reader_of(tx, staff, now)?.ok_or(DocError::NotFound)?;
    let proved = Reader {
        strong: true,
        ..other
    };
    // The clock has gone on since the person joined.
    let facts = super::facts(tx, &proved, &document, casework.now())?;
    if over(&facts, &proved, &document, "finish").is_none() {
        return Err(Refusal::CannotTakePart);
    }
    end_ask(tx, id, now)?;
    tx.execute(
        "insert into assessment_ask (id, document_id, staff_id, asked_at, asked_by) values ($1, $2, $3, $4, $5)",
        &params![row_id(casework), id.bytes(), staff.bytes(), millis(now), reader.staff.bytes()],
    )?;
    let whom = staff.to_string();
    log(
        tx,
        &access.acting,
        now,
        ASKED,
        &document,
        &access.clients,
        Some(&whom),
    )?;
    Ok(())
}

pub(super) fn end_ask(
    tx: &mut WriteTx<'_>,
    id: DocumentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update assessment_ask set ended_at = $2 where document_id = $1 and ended_at is null",
        &params![id.bytes(), millis(now)],
    )?;
    Ok(())
}

/// Who is asked to finish, with her name.
///
/// # Errors
/// When the engine fails.
pub fn asked(
    query: &mut impl Query,
    id: DocumentId,
) -> Result<Option<(StaffId, String)>, StoreError> {
    query
        .query_optional(
            "select q.staff_id, s.name from assessment_ask q join staff s on s.id = q.staff_id where q.document_id = $1 and q.ended_at is null",
            &params![id.bytes()],
        )?
        .map(|row| Ok((StaffId::from_bytes(row.get(0)?), row.get(1)?)))
        .transpose()
}
