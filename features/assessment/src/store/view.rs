//! One assessment as the reader who may see it sees it.

use std::collections::HashMap;

use casework::store::Casework;
use casework::store::clocks::{self, ClockRow};
use casework::store::facts::Facts;
use casework::store::special_support::{self, SpecialSupport};
use casework::store::workers::{self, WorkerRow};
use clients::{ClientId, Reader};
use documents::store as docs;
use documents::tutored::Effect;
use documents::voiding::is_for_voiding;
use documents::{Body, Document, DocumentId, Fields, Kind, Part, VersionHead};
use identity::people::StaffId;
use kernel::time::Timestamp;
use store::{Query, Show, StoreError, params, places};

use super::known::{self, Basics, Initiation};
use super::sections::{self, Section};
use super::{Access, Sees, finish, over, owners, supervised, tutored};
use crate::domain::parts::Owners;
use crate::domain::{Eviction, Refusal, parts};

/// What the reader may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    /// Write parts.
    pub edit: bool,
    /// Invite, ask: what takes effect at once.
    pub invite: bool,
    pub correct: bool,
    /// The reader is the tutor for whom it waits.
    pub approve: bool,
    /// Take back what waits for the tutor.
    pub withdraw: bool,
    /// Ask that it be voided.
    pub void: bool,
    pub print: bool,
    /// Others join: whoever disposes of the matter says so.
    pub pair: bool,
}

/// Everything on the page of an assessment.
#[derive(Debug, Clone)]
pub struct View {
    pub document: Document,
    pub sees: Sees,
    pub may: May,
    pub clients: Vec<(ClientId, String)>,
    pub parts: Vec<Part>,
    /// Whose the personal parts are now.
    pub owners: Owners,
    pub sections: Vec<Section>,
    pub initiation: Initiation,
    pub known: Vec<Basics>,
    pub support: HashMap<ClientId, SpecialSupport>,
    /// Clients of whom the reader may judge whether special support is needed.
    pub judges: Vec<ClientId>,
    pub workers: Vec<WorkerRow>,
    pub clocks: Vec<ClockRow>,
    pub asked: Option<(StaffId, String)>,
    /// Who may approve what the reader, a student or a temporary social worker, has written; nobody for others.
    pub tutors: Vec<(StaffId, String)>,
    /// Somebody has asked that it be voided, or that was refused; told to those who may ask.
    pub void: Option<docs::Wish>,
    pub versions: Vec<VersionHead>,
}

impl View {
    /// The fields of a part.
    pub fn part(&self, code: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.code == code)
    }

    /// The fields of a part; none when nothing is written.
    pub fn fields(&self, code: &str) -> Fields {
        self.part(code)
            .map(|part| part.fields.clone())
            .unwrap_or_default()
    }

    /// Whether somebody waits for it to be voided.
    pub fn is_void_asked(&self) -> bool {
        self.void.as_ref().is_some_and(docs::Wish::is_open)
    }

    /// How far the loss of the home has come.
    pub fn eviction(&self) -> Eviction {
        parts::eviction(&self.fields(parts::Area::Housing.code()))
    }
}

/// Reads an assessment and logs it. An expert gets her own section, what is asked of her and nothing else.
///
/// # Errors
/// [`documents::DocError::NotFound`] without a right.
pub fn read(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<View, Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    if document.state == documents::State::Voided {
        return Err(documents::DocError::NotFound.into());
    }
    let access = super::access(tx, reader, &document, "read", now)?;
    let view = view_of(tx, reader, &document, &access, now)?;
    docs::log_read(tx, &access.acting, &document, &access.clients, now)?;
    Ok(view)
}

/// Whether the reader is the tutor for whom the assessment waits.
pub(super) fn is_tutor(document: &Document, reader: &Reader) -> bool {
    document.state == documents::State::Waiting && document.waiting_for == Some(reader.staff)
}

/// The assessment by a right that was asked; the caller logs.
pub(super) fn view_of(
    tx: &mut impl Query,
    reader: &Reader,
    document: &Document,
    access: &Access,
    now: Timestamp,
) -> Result<View, Refusal> {
    let id = document.id;
    let mut parts = docs::parts(tx, id)?;
    let owners = owners::of(tx, document, parts.iter().map(|part| part.code.as_str()))?;
    for part in &mut parts {
        part.client = owners.of(&part.code).or(part.client);
    }
    let mut sections = sections::of_documents(tx, &[id])?;
    let whole = access.sees == Sees::Whole;
    if whole {
        // What concerns one client alone is not shown when she is no client of the matter any more.
        parts.retain(|part| part.client.is_none_or(|one| access.clients.contains(&one)));
    } else {
        sections.retain(|one| one.expert() == Some(reader.staff));
        let own: Vec<String> = sections
            .iter()
            .map(|one| parts::expert_part(one.id))
            .collect();
        parts.retain(|part| own.contains(&part.code));
    }
    let facts = &access.facts;
    let can = |action| {
        matches!(
            over(facts, reader, document, action),
            Some((_, Sees::Whole))
        )
    };
    let waits = document.state == documents::State::Waiting;
    let tutor = is_tutor(document, reader)
        && matches!(
            over(facts, reader, document, "approve"),
            Some((by, Sees::Whole)) if !is_for_voiding(by.right)
        );
    let edit = whole && document.is_open() && (!waits || tutor) && can("edit_draft");
    let at_once = over(facts, reader, document, "edit_draft")
        .is_some_and(|(by, _)| Effect::AtOnce.is_given(&by));
    let asks = edit
        && !waits
        && (!can_finish_some(facts, reader, document)
            || supervised::is_supervised(tx, reader, now)?);
    let may = May {
        edit,
        invite: edit && at_once,
        approve: whole && tutor,
        withdraw: waits && document.asked_by == Some(reader.staff),
        void: whole && super::void::asking(facts, reader, document).is_some(),
        print: whole && super::print::may(facts, reader, document),
        correct: whole && document.state == documents::State::Finished && can("correct"),
        pair: whole
            && facts.disposes(reader)
            && facts.authorise_all(reader, "matter", "hand_over").is_ok(),
    };
    let judges = access
        .clients
        .iter()
        .copied()
        .filter(|client| whole && special_support::may_judge(facts, reader, *client))
        .collect();
    let view = View {
        sees: access.sees,
        may,
        clients: names(tx, &access.clients)?,
        parts,
        owners,
        sections,
        initiation: known::initiation(tx, document.matter)?,
        known: if whole {
            known::basics(tx, &facts.sides, now)?
                .into_iter()
                .filter(|one| access.clients.contains(&one.client))
                .collect()
        } else {
            Vec::new()
        },
        support: if whole {
            special_support::of_many(tx, &access.clients, now)?
        } else {
            HashMap::new()
        },
        judges,
        workers: workers::of_matter(tx, document.matter, now)?,
        clocks: clocks::of_matter(tx, document.matter)?,
        asked: if whole { finish::asked(tx, id)? } else { None },
        versions: if whole {
            docs::versions(tx, id)?
        } else {
            Vec::new()
        },
        tutors: if asks {
            tutored::approvers(tx, reader, document, now)?
        } else {
            Vec::new()
        },
        void: if may.void {
            docs::void_wish(tx, document, now)?
        } else {
            None
        },
        document: document.clone(),
    };
    Ok(view)
}

/// Whether the reader could finish some assessment of these clients: with a fresh proof, and of somebody who needs no special
/// support. A student could not.
fn can_finish_some(facts: &Facts, reader: &Reader, document: &Document) -> bool {
    let proved = facts
        .clone()
        .with_given(&["strong_auth", "special_support_36"]);
    over(&proved, reader, document, "finish").is_some()
}

/// A finished version as the reader sees it, with the one before.
#[derive(Debug, Clone)]
pub struct Finished {
    pub body: Body,
    pub before: Option<Body>,
}

/// Reads a version of an assessment that the reader sees whole; the reading of the assessment is logged by [`read`].
///
/// # Errors
/// [`documents::DocError::NotFound`] for a version that is not there or a reader of a section.
pub fn version(query: &mut impl Query, view: &View, no: i64) -> Result<Finished, Refusal> {
    if view.sees != Sees::Whole {
        return Err(documents::DocError::NotFound.into());
    }
    let id = view.document.id;
    let mut version = docs::version(query, id, no)?.ok_or(documents::DocError::NotFound)?;
    let mut before = match no {
        ..=1 => None,
        _ => docs::version(query, id, no - 1)?.map(|before| before.body),
    };
    let bodies = || before.iter().chain([&version.body]);
    let codes = bodies().flat_map(|body| body.0.keys().map(String::as_str));
    let owners = owners::of(query, &view.document, codes)?;
    let shown = |code: &str| {
        owners::client_of(code).is_none_or(|client| {
            let client = owners.now(client);
            view.clients.iter().any(|(id, _)| *id == client)
        })
    };
    version.body.0.retain(|code, _| shown(code));
    if let Some(before) = &mut before {
        before.0.retain(|code, _| shown(code));
    }
    Ok(Finished {
        body: version.body,
        before,
    })
}

/// The names of clients in the order asked.
///
/// # Errors
/// When the engine fails.
pub fn names(
    query: &mut impl Query,
    clients: &[ClientId],
) -> Result<Vec<(ClientId, String)>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    let list = places(clients.len(), 0);
    let values: Vec<_> = clients.iter().map(|client| client.bytes().into()).collect();
    let rows = query.query(
        &format!("select id, display_name from client where id in ({list})"),
        &values,
    )?;
    let mut names: HashMap<ClientId, String> = HashMap::new();
    for row in rows {
        names.insert(ClientId::from_bytes(row.get(0)?), row.get(1)?);
    }
    Ok(clients
        .iter()
        .filter_map(|client| Some((*client, names.remove(client)?)))
        .collect())
}

/// How far the loss of a home has come in each assessment where it has.
///
/// # Errors
/// When the engine fails.
pub fn risks(
    query: &mut impl Query,
    ids: &[DocumentId],
) -> Result<HashMap<DocumentId, (Eviction, Option<kernel::time::Date>)>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let list = places(ids.len(), 0);
    let values: Vec<_> = ids.iter().map(|id| id.bytes().into()).collect();
    query
        .query(
            &format!("select document_id, stage, due_on from assessment_risk where document_id in ({list})"),
            &values,
        )?
        .iter()
        .map(|row| {
            let stage = Eviction::from_code(&row.get::<String>(1)?).ok_or_else(super::unreadable)?;
            let due = row.get::<Option<String>>(2)?.and_then(|text| text.parse().ok());
            Ok((DocumentId::from_bytes(row.get(0)?), (stage, due)))
        })
        .collect()
}

/// The matters of the assessments with a home at risk where the person works.
///
/// # Errors
/// When the engine fails.
pub fn at_risk_of(
    query: &mut impl Query,
    staff: StaffId,
    today: kernel::time::Date,
) -> Result<Vec<DocumentId>, StoreError> {
    query
        .query(
            "select k.document_id from assessment_risk k join document d on d.id = k.document_id join matter m on m.id = d.matter_id where m.holder_staff = $1 and m.state = 'open' and k.stage <> 'evicted' and (d.state in ('draft', 'waiting') or (d.state = 'finished' and k.due_on >= $2)) order by k.due_on, k.document_id limit 100",
            &params![staff.bytes(), today.to_string()],
        )?
        .iter()
        .map(|row| row.get(0).map(DocumentId::from_bytes))
        .collect()
}

/// Assessments that wait for the person to finish.
///
/// # Errors
/// When the engine fails.
pub fn asked_of(query: &mut impl Query, staff: StaffId) -> Result<Vec<DocumentId>, StoreError> {
    query
        .query(
            "select q.document_id from assessment_ask q where q.staff_id = $1 and q.ended_at is null order by q.asked_at, q.document_id limit 100",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| row.get(0).map(DocumentId::from_bytes))
        .collect()
}
