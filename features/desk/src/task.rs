//! One promise: what was promised, to whom, and how it went.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use intake::domain::{IntakeError, TaskId};
use intake::glue::{self, LIVE_TOPIC};
use intake::store::Worker;
use intake::store::tasks::{self, Task};
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, client_page_with_status, drafts,
    go_to,
};

use crate::words;

/// Longest account of how it went, in characters.
const LONGEST: usize = 4000;

#[derive(Template)]
#[template(path = "task.html")]
pub struct TaskPage {
    pub page: Page,
    pub form: Form,
    pub action: String,
    pub draft: String,
    /// When an earlier draft was put back: its time.
    pub restored: String,
    pub due: words::Due,
    pub who: String,
    pub phone: String,
    pub title: String,
    /// What was promised, in the words of the promise.
    pub what: String,
    /// Where the contact is read; empty when it is somebody else's now.
    pub contact: String,
    pub call_back: bool,
    pub outcomes: Vec<Choice>,
}

fn draft_key(task: TaskId) -> String {
    format!("task-{task}")
}

pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
) -> Answer {
    let id: TaskId = id.parse().map_err(|_| Failure::NotFound)?;
    open_page(&house, &visit, &user, id, None).await
}

/// Reads the promise and shows it, with what was typed or else with the draft.
async fn open_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    id: TaskId,
    typed: Option<Form>,
) -> Answer {
    let desk = glue::desk(house)?;
    let worker = Worker::from(user);
    let receipt = house
        .store
        .show(move |tx| {
            let opened = tasks::open(tx, &desk, &worker, id)?;
            let draft = drafts::load(tx, worker.staff.bytes(), &draft_key(id))?;
            Ok::<_, IntakeError>((opened, draft))
        })
        .await?;
    let ((task, opens), draft) = receipt.value;
    let logged: Logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading of a task without a log entry"))?;
    let t = visit.t();
    let mut restored = String::new();
    let status = if typed.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let form = typed.unwrap_or_else(|| {
        let mut form = Form::new();
        if let Some(draft) = &draft {
            draft.fill(&mut form);
            restored = t.when(draft.saved_at, house.now());
        }
        form
    });
    Ok(client_page_with_status(
        status,
        page_of(visit, (&task, opens), form, restored),
        logged,
    ))
}

fn page_of(visit: &Visit, (task, opens): (&Task, bool), form: Form, restored: String) -> TaskPage {
    let page = visit.page(if task.call_back {
        "task-call-title"
    } else {
        "task-step-title"
    });
    let t = page.t.clone();
    TaskPage {
        form,
        action: format!("/tasks/{}/done", task.id),
        draft: draft_key(task.id),
        restored,
        due: words::due_at(&t, task.due_at, page.now),
        who: words::person(&t, task.person.as_deref()),
        phone: task.phone.clone().unwrap_or_default(),
        title: task.title.clone(),
        what: task.what.clone(),
        contact: if opens {
            format!("/contacts/{}", task.contact)
        } else {
            String::new()
        },
        call_back: task.call_back,
        outcomes: vec![
            Choice::new("reached", t.get("task-reached")),
            Choice::new("not-reached", t.get("task-not-reached"))
                .hint(t.get("task-not-reached-hint")),
        ],
        page,
    }
}

/// How it went, as the form says it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// The promise is kept.
    Kept(String),
    /// The call was tried in vain; the promise stays.
    Tried(String),
}

/// Reads the form and marks what is missing. A call needs its result; what was agreed is needed when
/// the promise is said to be kept.
fn read(form: &mut Form, call_back: bool) -> Option<Outcome> {
    if !call_back {
        let text = form.require("text", "task-text-missing", LONGEST);
        return form.is_valid().then_some(Outcome::Kept(text));
    }
    match form.value("outcome") {
        "reached" => {
            let text = form.require("text", "task-agreed-missing", LONGEST);
            form.is_valid().then_some(Outcome::Kept(text))
        }
        "not-reached" => {
            let text = form.optional("text", LONGEST).unwrap_or_default();
            form.is_valid().then_some(Outcome::Tried(text))
        }
        _ => {
            form.error("outcome", "task-outcome-missing");
            form.optional("text", LONGEST);
            None
        }
    }
}

/// `POST /tasks/{id}/done`
pub async fn done(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: TaskId = id.parse().map_err(|_| Failure::NotFound)?;
    let mut form = posted.form();
    let call_back = posted.value("kind") == "call";
    let Some(outcome) = read(&mut form, call_back) else {
        return open_page(&house, &visit, &user, id, Some(form)).await;
    };
    let desk = glue::desk(&house)?;
    let worker = Worker::from(&user);
    let code = if matches!(outcome, Outcome::Kept(_)) {
        "kept"
    } else {
        "tried"
    };
    let acted = house
        .store
        .write(move |tx| {
            drafts::delete(tx, worker.staff.bytes(), &draft_key(id))?;
            match &outcome {
                Outcome::Kept(text) if call_back => {
                    tasks::called(tx, &desk, &worker, id, true, text)
                }
                Outcome::Kept(text) => tasks::finish(tx, &desk, &worker, id, text),
                Outcome::Tried(text) => tasks::called(tx, &desk, &worker, id, false, text),
            }
        })
        .await;
    match acted {
        Ok(_) => {
            house.live.tell(LIVE_TOPIC);
            Ok(go_to(&format!("/desk?done={code}")))
        }
        // Done already in another window, or another person's by now: nothing is left to do here.
        Err(IntakeError::NotFound) => Ok(go_to("/desk?done=gone")),
        Err(error) => Err(error.into()),
    }
}
