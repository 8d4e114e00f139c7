//! Reading a note, and what stands beside the form of one. Everything shown is logged with the clients whose data it is.

use std::collections::{BTreeMap, HashMap};

use casework::domain::MatterId;
use casework::store::Casework;
use casework::store::facts::Facts;
use casework::store::view::{self, Shown as Matter};
use clients::{ClientId, Reader, tutored};
use documents::{DocError, Document, DocumentId, Kind, State, VersionHead, store as docs};
use kernel::time::Timestamp;
use plan::domain::GoalId;
use store::{Query, Row, Show, StoreError, params};

use super::head::{self, Head};
use super::links::{self, Links};
use super::phrases::{self, Phrase};
use super::plans::{self, GoalPick, PlanStep};
use super::rights::{self, Ending, Right};
use super::steps::{self, Step};
use super::tutoring::Person;
use super::{doers, is_away, names, whose};
use crate::domain::{Owners, Written};

/// What the reader may do with a note.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    pub write: bool,
    pub correct: bool,
    pub ask_void: bool,
    pub answer_void: bool,
    pub withdraw: bool,
    /// The tutor for whom it waits.
    pub approve: bool,
}

/// A note as its reader may see it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub document: Document,
    pub head: Head,
    pub right: Right,
    /// The newest version, or the draft for those who write it; empty when only the title is seen.
    pub written: Written,
    /// What is read is a draft.
    pub draft: bool,
    pub versions: Vec<VersionHead>,
    /// With what the reader may say of each.
    pub steps: Vec<(Step, Ending)>,
    pub names: HashMap<ClientId, String>,
    /// The goal of the plan that it is about, in the client's words.
    pub goal: Option<String>,
    /// The contacts and time limits that it is about.
    pub links: Links,
    pub told_done: Vec<Step>,
    pub tutor: Option<String>,
    pub void: Option<docs::VoidRequest>,
    pub may: May,
}

/// Reads a note and logs it.
///
/// # Errors
/// [`DocError::NotFound`] without a right.
pub fn note(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<Shown, DocError> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Note, id)?;
    let facts = Facts::load(tx, reader, document.matter, now)?;
    let away = document.is_open() && facts.leads && is_away(tx, document.made_by, now)?;
    let request = docs::void_request(tx, id)?;
    let asked = request
        .as_ref()
        .is_some_and(|request| request.asked_by != reader.staff);
    let answers = rights::voiding(&facts, reader, &document, asked).ok();
    let right = match (rights::reading(&facts, reader, &document, away), &answers) {
        (Ok(right), _) if !right.title_only => right,
        // The lead reads what is asked to be voided, and that alone (row LE-06).
        (_, Some(right)) => right.clone(),
        (read, None) => read?,
    };
    let draft = document.is_open()
        && (document.version_no == 0 || rights::writing(&facts, reader, &document).is_ok());
    let written = text(tx, &document, &right, draft)?;
    docs::log_read(tx, &right.acting, &document, &right.clients, now)?;
    let tutor = match document.waiting_for {
        Some(staff) => identity::people::lookup_staff(tx, staff)?.map(|staff| staff.name),
        None => None,
    };
    let may = may(&facts, reader, &document, &right, answers.is_some());
    let links = links::of_note(tx, &facts, &right, id, now)?;
    links::log_read(tx, &right, &links, now)?;
    let mut steps = steps::of_note(tx, id)?;
    steps.retain(|step| sees(&right, step));
    Ok(Shown {
        head: head_of(tx, id)?,
        versions: if right.title_only {
            Vec::new()
        } else {
            docs::versions(tx, id)?
        },
        names: names(tx, &right.clients)?,
        goal: goal_of(tx, casework, reader, &right, id)?,
        links,
        told_done: told_done(tx, &right, id)?,
        void: request.filter(|_| may.ask_void || may.answer_void),
        steps: if right.title_only {
            Vec::new()
        } else {
            let ending = |step: &Step| rights::ending(&facts, reader, &document, step);
            let each = steps.into_iter();
            each.map(|step| (step.clone(), ending(&step))).collect()
        },
        document,
        right,
        written,
        draft,
        tutor,
        may,
    })
}

/// Whether a step is shown to somebody with the right: one of a client alone needs that client.
fn sees(right: &Right, step: &Step) -> bool {
    step.client
        .is_none_or(|client| right.clients.contains(&client))
}

fn text(
    tx: &mut impl Query,
    document: &Document,
    right: &Right,
    draft: bool,
) -> Result<Written, DocError> {
    if right.title_only {
        return Ok(Written::default());
    }
    let written = if draft {
        Written::of_parts(&docs::parts(tx, document.id)?)
    } else {
        docs::version(tx, document.id, document.version_no)?
            .map(|version| Written::of_body(version.body))
            .unwrap_or_default()
    };
    let owners = whose::owners(tx, document.id)?;
    Ok(written.read_by(&owners, &right.clients))
}

fn may(facts: &Facts, reader: &Reader, document: &Document, right: &Right, answers: bool) -> May {
    if right.title_only {
        return May::default();
    }
    let has = |action: &str| rights::of(facts, reader, document, action).is_ok();
    let finished = document.state == State::Finished;
    May {
        write: rights::writing(facts, reader, document).is_ok(),
        correct: finished && has("correct"),
        ask_void: document.version_no > 0 && has("void"),
        answer_void: answers,
        withdraw: document.state == State::Waiting && document.made_by == reader.staff,
        approve: rights::approving(facts, reader, document).is_ok(),
    }
}

fn head_of(tx: &mut impl Query, id: DocumentId) -> Result<Head, DocError> {
    head::of_many(tx, &[id])?
        .remove(&id)
        .ok_or(DocError::NotFound)
}

/// The goal that a finished note is linked to, when its reader sees it in the plan.
fn goal_of(
    tx: &mut impl Query,
    casework: &Casework,
    reader: &Reader,
    right: &Right,
    id: DocumentId,
) -> Result<Option<String>, DocError> {
    let row = tx.query_optional(
        "select object_id from note_link where document_id = $1 and kind = 'goal' order by made_at desc, object_id limit 1",
        &params![id.bytes()],
    )?;
    match row {
        Some(row) if !right.title_only => {
            let goal = GoalId::from_bytes(row.get(0)?);
            plans::goal(tx, reader, &right.clients, goal, casework.now())
        }
        _ => Ok(None),
    }
}

/// The steps of other notes that this one told to be done.
fn told_done(tx: &mut impl Query, right: &Right, id: DocumentId) -> Result<Vec<Step>, StoreError> {
    if right.title_only {
        return Ok(Vec::new());
    }
    let mut told = steps::ended_in(tx, id)?;
    told.retain(|step| sees(right, step));
    Ok(told)
}

/// Every version of a note with its text, newest first.
///
/// # Errors
/// [`DocError::NotFound`] without a right to its text.
pub fn versions(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<(Shown, Vec<(VersionHead, Written)>), DocError> {
    let shown = note(tx, casework, reader, id)?;
    if shown.right.title_only {
        return Err(DocError::NotFound);
    }
    let owners = whose::owners(tx, id)?;
    let texts = docs::texts(tx, id)?
        .into_iter()
        .map(|version| {
            let written = Written::of_body(version.body).read_by(&owners, &shown.right.clients);
            (version.head, written)
        })
        .collect();
    Ok((shown, texts))
}

/// The note before this one.
#[derive(Debug, Clone)]
pub struct Previous {
    pub id: DocumentId,
    pub head: Head,
    pub author: String,
    pub written: Written,
}

/// What stands on the page where a note is written.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub matter: Matter,
    /// The clients about whom the reader may write.
    pub clients: Vec<ClientId>,
    pub names: HashMap<ClientId, String>,
    pub previous: Option<Previous>,
    pub open_steps: Vec<Step>,
    /// Goals of the plans in force.
    pub goals: Vec<GoalPick>,
    /// Open actions of the plans in force.
    pub plan_steps: Vec<PlanStep>,
    /// Contacts and time limits that it may be about.
    pub links: Links,
    pub phrases: Vec<Phrase>,
    /// The reader may finish it; a student sends it to a tutor.
    pub finishes: bool,
    /// Who may be named to do a step beside the reader.
    pub doers: Vec<Person>,
    pub tutors: Vec<Person>,
    /// The note that is written, when it is there already.
    pub document: Option<Existing>,
}

/// A note that is written on.
#[derive(Debug, Clone)]
pub struct Existing {
    pub document: Document,
    /// By the parts as they are stored.
    pub written: Written,
    /// Whose these are.
    pub owners: Owners,
    pub revisions: BTreeMap<String, i64>,
    pub may: May,
}

/// Reads what a new note in a matter needs, and logs it.
///
/// # Errors
/// [`DocError::NotFound`] for somebody who may write about none of its clients.
pub fn sheet(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
) -> Result<Sheet, DocError> {
    let matter = view::read(tx, casework, reader, matter)?;
    let facts = matter.view.facts.clone().with_given(&["own_entry"]);
    let right = rights::over(&facts, reader, "create", &facts.clients())?;
    let finishes = rights::over(&facts, reader, "finish", &right.clients).is_ok();
    sheet_of(tx, casework, reader, matter, right, finishes, None)
}

/// Reads what the page of a draft needs, and logs it.
///
/// # Errors
/// [`DocError::NotFound`] without the right to write it, [`DocError::State`] when it can no longer be written.
pub fn sheet_of_note(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<Sheet, DocError> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Note, id)?;
    let matter = view::read(tx, casework, reader, document.matter)?;
    let facts = matter.view.facts.clone();
    let right = rights::writing(&facts, reader, &document)?;
    let finishes =
        document.state == State::Draft && rights::finishing(&facts, reader, &document).is_ok();
    docs::log_read(tx, &right.acting, &document, &right.clients, now)?;
    let parts = docs::parts(tx, id)?;
    let owners = whose::owners(tx, id)?;
    let existing = Existing {
        written: Written::of_parts(&parts).stored_for(&owners, &right.clients),
        owners,
        revisions: parts
            .iter()
            .map(|part| (part.code.clone(), part.revision))
            .collect(),
        may: may(&facts, reader, &document, &right, false),
        document,
    };
    sheet_of(
        tx,
        casework,
        reader,
        matter,
        right,
        finishes,
        Some(existing),
    )
}

fn sheet_of(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    matter: Matter,
    right: Right,
    finishes: bool,
    document: Option<Existing>,
) -> Result<Sheet, DocError> {
    let (now, facts) = (casework.now(), matter.view.facts.clone());
    let except = document.as_ref().map(|existing| existing.document.id);
    let previous = previous(tx, &facts, reader, except, now)?;
    let clients = right.clients.clone();
    let mut open_steps = steps::open_of(tx, facts.id)?;
    open_steps.retain(|step| step.client.is_none_or(|client| clients.contains(&client)));
    let tutors = if finishes {
        Vec::new()
    } else {
        let named = tutored::tutors(tx, reader.staff, &clients, now)?;
        let named = named.into_iter();
        named.map(|(staff, name)| Person { staff, name }).collect()
    };
    let about = document.as_ref().map(|existing| &existing.document);
    let concerned = about.map_or(&clients[..], |document| &document.clients);
    let doers = doers::offered(tx, &matter.view.workers, (about, concerned), now)?;
    let plans = plans::read(tx, casework, reader, &clients)?;
    let links = links::shown(tx, &facts, &right, now)?;
    Ok(Sheet {
        goals: plans.goals,
        plan_steps: plans.steps,
        links,
        names: names(tx, &clients)?,
        phrases: phrases::offered(tx)?,
        matter,
        clients,
        previous,
        open_steps,
        finishes,
        doers,
        tutors,
        document,
    })
}

/// Notes looked at to find the one before that the reader sees.
const LOOKED: i64 = 8;

fn previous(
    tx: &mut impl Show,
    facts: &Facts,
    reader: &Reader,
    except: Option<DocumentId>,
    now: Timestamp,
) -> Result<Option<Previous>, DocError> {
    let found = recent(tx, facts.id, LOOKED)?;
    let ids: Vec<DocumentId> = found.iter().map(|(id, _)| *id).collect();
    let documents = docs::load_many(tx, &ids)?;
    let first = documents
        .into_iter()
        .filter(|document| Some(document.id) != except)
        .find_map(|document| {
            let right = rights::of(facts, reader, &document, "read").ok()?;
            (!right.title_only).then_some((document, right))
        });
    let Some((document, right)) = first else {
        return Ok(None);
    };
    docs::log_read(tx, &right.acting, &document, &right.clients, now)?;
    let head = found
        .into_iter()
        .find(|(id, _)| *id == document.id)
        .map(|(_, head)| head)
        .ok_or(DocError::NotFound)?;
    Ok(Some(Previous {
        id: document.id,
        head,
        written: text(tx, &document, &right, false)?,
        author: document.author,
    }))
}

/// The finished notes of a matter by when it happened, the newest first.
pub(crate) fn recent(
    tx: &mut impl Query,
    matter: MatterId,
    most: i64,
) -> Result<Vec<(DocumentId, Head)>, StoreError> {
    tx.query(
        "select n.document_id, n.what, n.happened_at from note n join document d on d.id = n.document_id where d.matter_id = $1 and d.version_no > 0 and d.state <> 'voided' order by n.happened_at desc, d.id desc limit $2",
        &params![matter.bytes(), most],
    )?
    .iter()
    .map(|row: &Row| Ok((DocumentId::from_bytes(row.get(0)?), head::from_row(row, 1)?)))
    .collect()
}
