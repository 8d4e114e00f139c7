//! Writing a note: every act checks its right, changes rows and is logged in one transaction. Saving, finishing and what
//! follows from it (steps, links, the clients' histories) stand or fall together.

use std::collections::{BTreeMap, HashMap};

use casework::domain::MatterId;
use casework::store::Casework;
use casework::store::facts::Facts;
use clients::timeline::Prepared;
use clients::{ClientId, Reader, tutored};
use documents::{DocError, Document, DocumentId, Kind, NewDocument, Saving, State, store as docs};
use identity::people::StaffId;
use kernel::language::Language;
use plan::domain::GoalId;
use store::{Query, StoreError, WriteTx};

use super::rights::{self, Ending, Right};
use super::steps;
use super::told::{actions_in, agreed, done_in};
use super::{doers, head, links, plans, whose};
use crate::domain::{FormId, Happened, Owners, StepId, What, Written};

/// Which note is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One that begins; the page's own id tells a form that is sent again.
    New {
        matter: MatterId,
        form: FormId,
    },
    Note(DocumentId),
}

/// What becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Stays a draft.
    Keep,
    /// A version that nothing changes.
    Finish,
    /// A student's note goes to the tutor.
    Ask(StaffId),
    /// The tutor finishes a student's note.
    Approve,
    /// The tutor sends it back with words.
    SendBack(String),
}

/// A note as a page sends it.
#[derive(Debug)]
pub struct Sent {
    pub target: Target,
    /// Whom its form names.
    pub clients: Vec<ClientId>,
    pub act: Act,
    pub what: What,
    pub happened: Option<Happened>,
    pub language: Language,
    pub written: Written,
    /// The revision of each part that the writer had before her.
    pub based_on: BTreeMap<String, i64>,
    /// Words of the texts for the clients' histories, made before the transaction.
    pub words: HashMap<String, Prepared>,
}

/// A part that somebody else saved meanwhile, with the clash.
#[derive(Debug)]
pub struct Clashed {
    pub document: DocumentId,
    pub part: String,
    pub clash: Box<documents::Clash>,
}

/// Why a note is not saved.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error(transparent)]
    Doc(#[from] DocError),
    #[error("somebody else saved the same part meanwhile")]
    Clash(Box<Clashed>),
    #[error("the form was saved as a note of another matter")]
    Elsewhere,
    #[error("whose a note is does not change any more")]
    Whose,
    #[error("the step of line {0} is given to somebody who has no part in the matter")]
    Doer(usize),
}

impl From<StoreError> for KeepError {
    fn from(error: StoreError) -> Self {
        Self::Doc(error.into())
    }
}

impl From<casework::domain::MatterError> for KeepError {
    fn from(error: casework::domain::MatterError) -> Self {
        Self::Doc(error.into())
    }
}

/// Saves what was written and does the act.
///
/// # Errors
/// [`KeepError::Clash`] with the other text; nothing is saved then. [`DocError::State`] when it can no longer be
/// written.
pub fn save(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    sent: &Sent,
) -> Result<DocumentId, KeepError> {
    let id = match &sent.target {
        Target::Note(id) => *id,
        Target::New { matter, form } => match head::by_form(tx, *form)? {
            Some(id) => id,
            None => begin(tx, casework, reader, sent, (*matter, *form))?,
        },
    };
    let document = docs::load(tx, Kind::Note, id)?;
    if let Target::New { matter, .. } = &sent.target {
        if document.made_by != reader.staff {
            return Err(DocError::NotFound.into());
        }
        if document.matter != *matter {
            return Err(KeepError::Elsewhere);
        }
    }
    let facts = Facts::load(tx, reader, document.matter, casework.now())?;
    let (owners, named) = whose::of_sent(tx, id, sent)?;
    if is_sent_again(tx, &facts, reader, &document, (&owners, &named, sent))? {
        return Ok(id);
    }
    let right = rights::writing(&facts, reader, &document)?;
    let (document, right) = whose::follow(
        tx,
        casework,
        (&facts, reader),
        (document, right),
        (&owners, &named, sent),
    )?;
    save_parts(tx, casework, &right, &document, (&owners, sent))?;
    let now = casework.now();
    head::put(tx, id, None, sent.what, sent.happened.as_ref(), now)?;
    match &sent.act {
        Act::Keep => {}
        Act::Finish => {
            let right = rights::finishing(&facts, reader, &document)?;
            let written = whole(tx, id)?;
            docs::finish(tx, casework, &right.acting, id, &written.body(), None)?;
            follow(
                tx,
                casework,
                (reader, &facts),
                &right,
                &document,
                &written,
                sent,
            )?;
        }
        Act::Ask(tutor) => {
            let named = tutored::tutors(tx, reader.staff, &document.clients, now)?;
            if !named.iter().any(|(one, _)| one == tutor) {
                return Err(DocError::NotFound.into());
            }
            let steps = agreed(&whole(tx, id)?);
            doers::check(tx, (facts.id, &document), reader.staff, &steps, now)?;
            docs::ask_approval(tx, casework, &right.acting, id, *tutor)?;
        }
        Act::Approve => {
            let right = rights::approving(&facts, reader, &document)?;
            let written = whole(tx, id)?;
            docs::approve(tx, casework, &right.acting, id, &written.body(), None)?;
            follow(
                tx,
                casework,
                (reader, &facts),
                &right,
                &document,
                &written,
                sent,
            )?;
        }
        Act::SendBack(words) => {
            let right = rights::approving(&facts, reader, &document)?;
            docs::send_back(tx, casework, &right.acting, id, words)?;
        }
    }
    Ok(id)
}

/// Begins a note about clients over each of whom the writer has the right.
fn begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    sent: &Sent,
    (matter, form): (MatterId, FormId),
) -> Result<DocumentId, KeepError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?.with_given(&["own_entry"]);
    let owners = Owners {
        kept: docs::kept(tx, &sent.clients)?,
        ..Owners::default()
    };
    let clients = whose::named(&owners, sent);
    let right = rights::over(&facts, reader, "create", &clients)?;
    if right.clients.len() != clients.len() || !sent.what.is_of(facts.service_task) {
        return Err(DocError::NotFound.into());
    }
    let new = NewDocument {
        kind: Kind::Note,
        matter,
        clients,
        language: sent.language,
    };
    let id = docs::begin(tx, casework, &right.acting, &new)?;
    head::put(tx, id, Some(form), sent.what, sent.happened.as_ref(), now)?;
    Ok(id)
}

/// The same form came again after it was done: nothing is done twice.
fn is_sent_again(
    tx: &mut WriteTx<'_>,
    facts: &Facts,
    reader: &Reader,
    document: &Document,
    (owners, named, sent): (&Owners, &[ClientId], &Sent),
) -> Result<bool, KeepError> {
    let done = match sent.act {
        Act::Finish | Act::Approve => document.state == State::Finished,
        Act::Ask(_) => document.state == State::Waiting,
        Act::Keep | Act::SendBack(_) => false,
    };
    if !done || document.made_by != reader.staff && sent.act != Act::Approve {
        return Ok(false);
    }
    let right = rights::of(facts, reader, document, "read")?;
    let there = whole(tx, document.id)?.stored_for(owners, &right.clients);
    Ok(whose::same(named, &right.clients) && there.body() == sent.written.body())
}

fn save_parts(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    right: &Right,
    document: &Document,
    (owners, sent): (&Owners, &Sent),
) -> Result<(), KeepError> {
    let seen = (sent.written.clone()).stored_for(owners, &right.clients);
    for (part, fields) in &seen.0 {
        let saving = Saving {
            document: document.id,
            part,
            client: owners.of(part),
            based_on: sent.based_on.get(part).copied().unwrap_or(0),
            fields,
        };
        match docs::save_part(tx, casework, &right.acting, &saving) {
            Ok(_) => {}
            Err(DocError::Clash(clash)) => {
                return Err(KeepError::Clash(Box::new(Clashed {
                    document: document.id,
                    part: part.clone(),
                    clash,
                })));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Every part of the note, whoever may see it: what is finished is the whole.
fn whole(tx: &mut WriteTx<'_>, id: DocumentId) -> Result<Written, KeepError> {
    Ok(Written::of_parts(&docs::parts(tx, id)?))
}

/// What follows from a finished note.
fn follow(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    (reader, facts): (&Reader, &Facts),
    right: &Right,
    document: &Document,
    written: &Written,
    sent: &Sent,
) -> Result<(), KeepError> {
    let (now, by) = (casework.now(), right.acting.staff);
    let owners = whose::owners(tx, document.id)?;
    let stored = written;
    let written = &stored.clone().read_by(&owners, &document.clients);
    links::put(tx, casework, facts, right, document.id, written)?;
    let agreed = agreed(written);
    doers::check(tx, (facts.id, document), reader.staff, &agreed, now)?;
    steps::put(tx, casework, &right.acting, document, &agreed)?;
    for id in done_in(written) {
        let step = steps::load(tx, id)?;
        let seen = step
            .client
            .is_none_or(|client| right.clients.contains(&client));
        if seen && step.matter == document.matter && step.document != document.id {
            let concerned = step
                .client
                .map_or_else(|| document.clients.clone(), |client| vec![client]);
            steps::done(tx, &right.acting, &step, &concerned, Some(document.id), now)?;
            links::add(tx, document.id, "step", id.bytes(), by, now)?;
        }
    }
    for action in actions_in(written) {
        if plans::done(tx, casework, reader, &right.clients, action)? {
            links::add(tx, document.id, "action", action.bytes(), by, now)?;
        }
    }
    if let Ok(goal) = written.common("goal").parse::<GoalId>()
        && plans::goal(tx, reader, &right.clients, goal, now)?.is_some()
    {
        links::add(tx, document.id, "goal", goal.bytes(), by, now)?;
    }
    for client in &document.clients {
        whose::put_in_history(tx, casework, document, *client, (stored, &owners), sent)?;
    }
    Ok(())
}

/// Opens a finished note for a correction.
///
/// # Errors
/// [`DocError::State`] when it is not finished.
pub fn correct(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    reason: &str,
) -> Result<(), DocError> {
    let right = right_to(tx, casework, reader, id, "correct")?;
    docs::correct(tx, casework, &right.acting, id, reason)
}

/// A student takes a note back from the tutor, to write on.
///
/// # Errors
/// [`DocError::State`] when it does not wait.
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<(), DocError> {
    let document = docs::load(tx, Kind::Note, id)?;
    let right = right_to(tx, casework, reader, id, "edit_draft")?;
    if document.made_by != reader.staff {
        return Err(DocError::NotFound);
    }
    docs::withdraw(tx, casework, &right.acting, id)
}

/// Asks that a note be voided because it is about the wrong person.
///
/// # Errors
/// [`DocError::State`] when that was asked already.
pub fn ask_void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    reason: &str,
) -> Result<(), DocError> {
    let right = right_to(tx, casework, reader, id, "void")?;
    docs::ask_void(tx, casework, &right.acting, id, reason)
}

/// The lead voids it: four eyes. Nothing of it is found any more, and it stays as a trace.
///
/// # Errors
/// [`DocError::State`] when nobody has asked, [`DocError::SameWorker`] when the same worker asked.
pub fn void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
) -> Result<(), DocError> {
    let document = docs::load(tx, Kind::Note, id)?;
    let facts = Facts::load(tx, reader, document.matter, casework.now())?;
    let asked = docs::void_request(tx, id)?.is_some();
    let right = rights::voiding(&facts, reader, &document, asked)?;
    docs::void(tx, casework, &right.acting, id)?;
    let now = casework.now();
    whose::hide(tx, &document, now)?;
    steps::drop_all(tx, id, reader.staff, now)?;
    Ok(())
}

fn right_to(
    tx: &mut impl Query,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    action: &str,
) -> Result<Right, DocError> {
    let document = docs::load(tx, Kind::Note, id)?;
    if document.state == State::Voided {
        return Err(DocError::NotFound);
    }
    let facts = Facts::load(tx, reader, document.matter, casework.now())?;
    Ok(rights::of(&facts, reader, &document, action)?)
}

/// A step of one's own matter is done, told of nowhere else.
///
/// # Errors
/// [`DocError::NotFound`] for whoever may not say so, see [`rights::ending`].
pub fn step_done(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: StepId,
) -> Result<DocumentId, DocError> {
    let now = casework.now();
    let step = steps::load(tx, id)?;
    let document = docs::load(tx, Kind::Note, step.document)?;
    let facts = Facts::load(tx, reader, step.matter, now)?;
    let Ending::Own(right) = rights::ending(&facts, reader, &document, &step) else {
        return Err(DocError::NotFound);
    };
    steps::done(tx, &right.acting, &step, &right.clients, None, now)?;
    Ok(step.document)
}
