//! The page of one note, its versions, and the acts of one button or one reason.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use casework::domain::{MatterError, MatterId};
use clients::Reader;
use documents::{DocError, DocumentId, State as Stage};
use identity::session::CurrentUser;
use kernel::time::{Timestamp, day};
use store::Logged;
use web::{Answer, Failure, House, Page, Posted, Texts, Visit, client_page_with_status, go_to};

use super::common::{Fault, casework, id, refusal, run};
use super::said::{self, pieces};
use super::{labels, sheet_model};
use crate::domain::{EXTRAS, StepId, Written};
use crate::store::read::{self, May, Shown};
use crate::store::{keep, rights::Ending};

/// A text under a small heading: what happened to all, or to one.
#[derive(Debug, Clone)]
pub struct Told {
    pub heading: String,
    pub body: Vec<said::Piece>,
}

/// A line of facts.
#[derive(Debug, Clone)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// A step with its button.
#[derive(Debug, Clone)]
pub struct StepLine {
    pub what: String,
    pub who: String,
    pub due: String,
    pub iso: String,
    pub color: String,
    pub state: String,
    /// Address of the button; empty when it is done or not the reader's to say.
    pub done: String,
}

#[derive(Template)]
#[template(path = "note.html")]
struct NotePage {
    page: Page,
    heading: String,
    lead: String,
    path: String,
    matter: String,
    clients: Vec<(String, String)>,
    notice: String,
    refused: String,
    /// What stands in the way of its being finished, in words.
    waiting: String,
    sent_back: String,
    title_only: bool,
    told: Vec<Told>,
    facts: Vec<Fact>,
    goal: String,
    contacts: Vec<(String, String)>,
    limits: Vec<String>,
    steps: Vec<StepLine>,
    done: Vec<String>,
    versions: usize,
    void_asked: String,
    void_meta: String,
    may: May,
}

const DONE: &[&str] = &[
    "finished",
    "asked",
    "approved",
    "withdrawn",
    "step",
    "void",
    "voided",
];

pub(super) async fn open(
    house: &House,
    user: &CurrentUser,
    note: DocumentId,
) -> Result<(Shown, Logged), Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let receipt = house
        .store
        .show(move |tx| read::note(tx, &casework, &reader, note).map_err(Fault::from))
        .await;
    match receipt {
        Ok(receipt) => {
            let logged = receipt
                .logged
                .ok_or_else(|| Failure::internal("a reading was not logged"))?;
            Ok((receipt.value, logged))
        }
        Err(fault) => Err(fault.of(house, user, note.bytes()).await),
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let note: DocumentId = id(&note)?;
    let notice = super::done(&visit, &pairs, DONE);
    note_page(&house, &visit, &user, note, notice, "", StatusCode::OK).await
}

async fn note_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    note: DocumentId,
    notice: String,
    refused: &str,
    status: StatusCode,
) -> Answer {
    let (shown, logged) = open(house, user, note).await?;
    let t = visit.t();
    let now = house.now();
    let heading = labels::what(&t, shown.head.what);
    let mut page = visit.page_titled(heading.clone());
    page.path = format!("/notes/{note}");
    let written = &shown.written;
    let template = NotePage {
        lead: lead(&t, &shown),
        path: page.path.clone(),
        matter: format!("/matters/{}", shown.document.matter),
        clients: clients(&shown),
        notice,
        refused: if refused.is_empty() {
            String::new()
        } else {
            t.get(refused)
        },
        waiting: waiting(&t, &shown),
        sent_back: shown
            .document
            .sent_back
            .clone()
            .filter(|_| shown.draft && shown.document.state == Stage::Draft)
            .unwrap_or_default(),
        title_only: shown.right.title_only,
        told: told(&t, &shown),
        facts: facts(&t, written),
        goal: shown.goal.clone().unwrap_or_default(),
        contacts: shown
            .links
            .contacts
            .iter()
            .map(|one| (one.href.clone(), sheet_model::contact_words(&t, one, now)))
            .collect(),
        limits: shown
            .links
            .clocks
            .iter()
            .map(|one| casework::pages::clock_words(&t, one, now))
            .collect(),
        steps: step_lines(&t, &shown, now),
        done: shown
            .told_done
            .iter()
            .map(|step| step.what.clone())
            .collect(),
        versions: shown.versions.len(),
        void_asked: shown
            .void
            .as_ref()
            .map(|request| request.reason.clone())
            .unwrap_or_default(),
        void_meta: shown.void.as_ref().map_or_else(String::new, |request| {
            t.with(
                "note-void-meta",
                &[
                    ("who", request.asker.as_str().into()),
                    ("when", t.when(request.asked_at, now).into()),
                ],
            )
        }),
        may: shown.may,
        heading,
        page,
    };
    Ok(client_page_with_status(status, template, logged))
}

/// When it happened and who wrote it; who approved it.
pub(super) fn lead(t: &Texts, shown: &Shown) -> String {
    let written = shown.written.common("when");
    let when = if written.is_empty() {
        t.full_day(day(shown.head.at))
    } else {
        written.to_owned()
    };
    let author = shown.document.author.as_str();
    match shown
        .versions
        .first()
        .and_then(|version| version.approved_by.as_deref())
    {
        Some(tutor) => t.with(
            "note-lead-approved",
            &[
                ("when", when.into()),
                ("author", author.into()),
                ("tutor", tutor.into()),
            ],
        ),
        None => t.with(
            "note-lead",
            &[("when", when.into()), ("author", author.into())],
        ),
    }
}

fn clients(shown: &Shown) -> Vec<(String, String)> {
    shown
        .right
        .clients
        .iter()
        .filter_map(|client| {
            let name = shown.names.get(client)?;
            Some((format!("/clients/{client}"), name.clone()))
        })
        .collect()
}

fn waiting(t: &Texts, shown: &Shown) -> String {
    match (shown.document.state, &shown.tutor) {
        (Stage::Waiting, Some(tutor)) => t.with("note-waits", &[("tutor", tutor.as_str().into())]),
        (Stage::Draft, _) if shown.document.version_no > 0 => t.get("note-being-corrected"),
        (Stage::Draft, _) => t.get("note-is-draft"),
        _ => String::new(),
    }
}

/// What happened, to all and to each whom the reader sees.
fn told(t: &Texts, shown: &Shown) -> Vec<Told> {
    texts(t, &shown.written, shown)
        .into_iter()
        .map(|(heading, text)| Told {
            heading,
            body: pieces(&text),
        })
        .collect()
}

pub(super) fn texts(t: &Texts, written: &Written, shown: &Shown) -> Vec<(String, String)> {
    let mut texts = vec![(t.get("note-field-body"), written.common("body").to_owned())];
    for client in &shown.right.clients {
        let name = shown.names.get(client).cloned().unwrap_or_default();
        texts.push((
            t.with("note-own-part", &[("name", name.into())]),
            written.own(*client).to_owned(),
        ));
    }
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

/// What the kind asked, in the order of the form.
fn facts(t: &Texts, written: &Written) -> Vec<Fact> {
    EXTRAS
        .iter()
        .filter(|extra| !written.common(extra.name).is_empty())
        .map(|extra| Fact {
            name: labels::field(t, extra.name),
            value: labels::value(t, extra.name, written.common(extra.name)),
        })
        .collect()
}

fn step_lines(t: &Texts, shown: &Shown, now: Timestamp) -> Vec<StepLine> {
    shown
        .steps
        .iter()
        .map(|(step, ending)| StepLine {
            what: step.what.clone(),
            who: sheet_model::owner(&shown.names, step),
            due: t.near_day(step.due, day(now)),
            iso: step.due.to_string(),
            color: sheet_model::color(step, now).to_owned(),
            state: match ending {
                _ if step.done => t.get("note-step-is-done"),
                Ending::Tutor => t.get("note-step-tutor"),
                Ending::Own(_) | Ending::No => String::new(),
            },
            done: match ending {
                Ending::Own(_) if step.open => format!("/note-steps/{}/done", step.id),
                _ => String::new(),
            },
        })
        .collect()
}

/// After an act of one button: led on, or the note's page with the reason of the refusal.
async fn pressed(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    note: DocumentId,
    done: Result<(), DocError>,
    to: String,
) -> Answer {
    match done {
        Ok(()) => Ok(go_to(&to)),
        Err(DocError::NotFound | DocError::Matter(MatterError::NotFound)) => {
            Err(Fault::Doc(DocError::NotFound)
                .of(house, user, note.bytes())
                .await)
        }
        Err(error) => {
            let why = refusal(error)?;
            note_page(
                house,
                visit,
                user,
                note,
                String::new(),
                why,
                StatusCode::CONFLICT,
            )
            .await
        }
    }
}

pub(super) async fn withdraw(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
    _: Posted,
) -> Answer {
    let note: DocumentId = id(&note)?;
    let done = run(&house, &user, move |tx, casework, reader| {
        keep::withdraw(tx, casework, reader, note)
    })
    .await?;
    let to = format!("/notes/{note}/edit");
    pressed(&house, &visit, &user, note, done, to).await
}

pub(super) async fn void(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
    _: Posted,
) -> Answer {
    let note: DocumentId = id(&note)?;
    let done = run(&house, &user, move |tx, casework, reader| {
        keep::void(tx, casework, reader, note)
    })
    .await?;
    let to = "/notes?done=voided".to_owned();
    pressed(&house, &visit, &user, note, done, to).await
}

pub(super) async fn step_done(
    State(house): State<House>,
    user: CurrentUser,
    Path(step): Path<String>,
    _: Posted,
) -> Answer {
    let step: StepId = id(&step)?;
    let done = run(&house, &user, move |tx, casework, reader| {
        keep::step_done(tx, casework, reader, step)
    })
    .await?;
    match done {
        Ok(note) => Ok(go_to(&format!("/notes/{note}?done=step"))),
        Err(DocError::Store(error)) => Err(error.into()),
        Err(error) => Err(Fault::from(error).of(&house, &user, step.bytes()).await),
    }
}

/// Address of a matter's page, where a new note begins.
pub(super) fn new_in(matter: MatterId) -> String {
    format!("/matters/{matter}/notes/new")
}
