//! The page of one note, its versions, and the acts of one button or one reason.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use casework::domain::{MatterError, MatterId};
use clients::Reader;
use documents::difference::{self, Piece};
use documents::{DocError, DocumentId, State as Stage};
use identity::session::CurrentUser;
use kernel::time::{Timestamp, day};
use store::Logged;
use web::{
    Answer, Failure, Form, House, Page, Posted, Texts, Visit, client_page_with_status, drafts,
    go_to,
};

use super::common::{Fault, casework, id, refusal, run};
use super::said::{self, pieces};
use super::{labels, sheet_model};
use crate::domain::{EXTRAS, StepId, Written};
use crate::store::read::{self, May, Shown};
use crate::store::{keep, steps::Step};

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

async fn open(
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
fn lead(t: &Texts, shown: &Shown) -> String {
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
pub(super) fn told(t: &Texts, shown: &Shown) -> Vec<Told> {
    texts(t, &shown.written, shown)
        .into_iter()
        .map(|(heading, text)| Told {
            heading,
            body: pieces(&text),
        })
        .collect()
}

fn texts(t: &Texts, written: &Written, shown: &Shown) -> Vec<(String, String)> {
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
        .map(|step: &Step| StepLine {
            what: step.what.clone(),
            who: sheet_model::owner(&shown.names, step),
            due: t.near_day(step.due, day(now)),
            iso: step.due.to_string(),
            color: sheet_model::color(step, now).to_owned(),
            state: if step.done {
                t.get("note-step-is-done")
            } else {
                String::new()
            },
            done: if step.open
                && (shown.may.write || shown.may.correct || shown.document.state == Stage::Finished)
            {
                format!("/note-steps/{}/done", step.id)
            } else {
                String::new()
            },
        })
        .collect()
}

/// A field that was changed between two versions.
#[derive(Debug, Clone)]
pub struct ChangedView {
    pub label: String,
    pub pieces: Vec<Piece>,
}

/// A version with what it changed.
#[derive(Debug, Clone)]
pub struct VersionView {
    pub heading: String,
    pub meta: String,
    pub reason: String,
    pub changed: Vec<ChangedView>,
    /// The whole text of the first version.
    pub texts: Vec<Told>,
}

#[derive(Template)]
#[template(path = "note-versions.html")]
struct VersionsPage {
    page: Page,
    path: String,
    lead: String,
    versions: Vec<VersionView>,
}

pub(super) async fn versions(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
) -> Answer {
    let note: DocumentId = id(&note)?;
    let casework = casework(&house)?;
    let reader = Reader::from(&user);
    let receipt = house
        .store
        .show(move |tx| read::versions(tx, &casework, &reader, note).map_err(Fault::from))
        .await;
    let receipt = match receipt {
        Ok(receipt) => receipt,
        Err(fault) => return Err(fault.of(&house, &user, note.bytes()).await),
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (shown, texts_of) = receipt.value;
    let t = visit.t();
    let now = house.now();
    let mut views = Vec::new();
    for (at, (head, written)) in texts_of.iter().enumerate() {
        let before = texts_of.get(at + 1).map(|(_, written)| written);
        views.push(VersionView {
            heading: t.with("note-version", &[("no", head.no.into())]),
            meta: t.with(
                "note-version-meta",
                &[
                    ("who", head.by.as_str().into()),
                    ("when", t.when(head.finished_at, now).into()),
                ],
            ),
            reason: head.reason.clone().unwrap_or_default(),
            changed: before.map_or_else(Vec::new, |before| changed(&t, &shown, before, written)),
            texts: if before.is_some() {
                Vec::new()
            } else {
                texts(&t, written, &shown)
                    .into_iter()
                    .map(|(heading, text)| Told {
                        heading,
                        body: pieces(&text),
                    })
                    .collect()
            },
        });
    }
    let template = VersionsPage {
        page: visit.page("note-versions-title"),
        path: format!("/notes/{note}"),
        lead: format!(
            "{}, {}",
            labels::what(&t, shown.head.what),
            lead(&t, &shown)
        ),
        versions: views,
    };
    Ok(client_page_with_status(StatusCode::OK, template, logged))
}

/// What differs, without ids: who does what is told by the steps.
fn changed(t: &Texts, shown: &Shown, before: &Written, after: &Written) -> Vec<ChangedView> {
    difference::parts(&before.body(), &after.body())
        .into_iter()
        .filter(|changed| {
            let field = changed.field.split('-').next().unwrap_or_default();
            !matches!(
                field,
                "who" | "done" | "goal" | "what" | "way" | "reason" | "service"
            )
        })
        .map(|changed| {
            let own = crate::domain::text::client_of(&changed.part)
                .and_then(|client| shown.names.get(&client));
            let label = labels::field(t, &changed.field);
            ChangedView {
                label: own.map_or_else(|| label.clone(), |name| format!("{label}, {name}")),
                pieces: changed.pieces,
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "note-act.html")]
struct ActPage {
    page: Page,
    form: Form,
    heading: String,
    lead: String,
    reason_label: String,
    hint: String,
    save: String,
    back: String,
    action: String,
    draft: String,
    restored: String,
    about: String,
}

/// An act that asks a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reasoned {
    Correct,
    Void,
}

impl Reasoned {
    const fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Void => "void",
        }
    }

    const fn open_to(self, may: May) -> bool {
        match self {
            Self::Correct => may.correct,
            Self::Void => may.ask_void,
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "two callers beside")]
async fn act_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    note: DocumentId,
    act: Reasoned,
    mut form: Form,
    fresh: bool,
    status: StatusCode,
) -> Answer {
    let (shown, logged) = open(house, user, note).await?;
    if fresh && !act.open_to(shown.may) {
        return Ok(go_to(&format!("/notes/{note}")));
    }
    let key = format!("note-{note}-{}", act.code());
    let mut restored = String::new();
    if fresh {
        let (owner, asked) = (user.staff.id.bytes(), key.clone());
        let draft = house
            .store
            .read(move |tx| drafts::load(tx, owner, &asked))
            .await?;
        if let Some(draft) = draft {
            draft.fill(&mut form);
            restored = visit.t().when(draft.saved_at, house.now());
        }
    }
    let t = visit.t();
    let code = act.code();
    let template = ActPage {
        page: visit.page(&format!("note-{code}-title")),
        heading: t.get(&format!("note-{code}-title")),
        lead: t.get(&format!("note-{code}-lead")),
        reason_label: t.get(&format!("note-{code}-reason")),
        hint: t.get(&format!("note-{code}-hint")),
        save: t.get(&format!("note-{code}-save")),
        back: format!("/notes/{note}"),
        action: format!("/notes/{note}/{code}"),
        draft: key,
        restored,
        about: format!(
            "{}, {}",
            labels::what(&t, shown.head.what),
            lead(&t, &shown)
        ),
        form,
    };
    Ok(client_page_with_status(status, template, logged))
}

macro_rules! reasoned {
    ($($show:ident, $send:ident, $act:ident;)+) => {$(
        pub(super) async fn $show(State(house): State<House>, visit: Visit, user: CurrentUser, Path(note): Path<String>) -> Answer {
            act_page(&house, &visit, &user, id(&note)?, Reasoned::$act, Form::new(), true, StatusCode::OK).await
        }
        pub(super) async fn $send(State(house): State<House>, visit: Visit, user: CurrentUser, Path(note): Path<String>, posted: Posted) -> Answer {
            send_reason(&house, &visit, &user, id(&note)?, Reasoned::$act, posted).await
        }
    )+};
}

reasoned! {
    show_correct, send_correct, Correct;
    show_void, send_void, Void;
}

async fn send_reason(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    note: DocumentId,
    act: Reasoned,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let reason = form.require("reason", "note-reason-missing", 2_000);
    if !form.is_valid() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return act_page(house, visit, user, note, act, form, false, status).await;
    }
    let key = format!("note-{note}-{}", act.code());
    let done = run(house, user, move |tx, casework, reader| {
        match act {
            Reasoned::Correct => keep::correct(tx, casework, reader, note, &reason)?,
            Reasoned::Void => keep::ask_void(tx, casework, reader, note, &reason)?,
        }
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok::<_, DocError>(())
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&match act {
            Reasoned::Correct => format!("/notes/{note}/edit"),
            Reasoned::Void => format!("/notes/{note}?done=void"),
        })),
        Err(error) => {
            form.error("", refusal(error)?);
            act_page(
                house,
                visit,
                user,
                note,
                act,
                form,
                false,
                StatusCode::CONFLICT,
            )
            .await
        }
    }
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
