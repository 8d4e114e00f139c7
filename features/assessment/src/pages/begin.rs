//! An assessment begins in a matter, or is obviously unnecessary and the reason is recorded (SHL 36 § 1).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::domain::{AssessmentStep, MatterError, MatterId};
use casework::glue::{casework, log_refusal};
use casework::store::view::Shown;
use casework::store::{clocks, view};
use clients::{ClientId, Reader};
use documents::DocError;
use identity::session::CurrentUser;
use kernel::language::Language;
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, client_page_with_status, drafts,
    go_to,
};

use crate::domain::Refusal;
use crate::pages::glue::{self, id, path, run};
use crate::pages::known;
use crate::store::acts::{self, Begin};
use crate::store::known::{Initiation, initiation};

/// Longest reason.
const LONG: usize = 4_000;

#[derive(Template)]
#[template(path = "assessment-begin.html")]
struct BeginPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    draft: String,
    restored: String,
    clients: Vec<Choice>,
    matter: String,
    own_words: String,
    reasons: String,
    facts: Vec<(String, String)>,
    /// The last lawful day to begin has passed.
    late: bool,
    /// The beginning has been recorded already, or the matter has ended: it cannot be left out any more.
    begun: bool,
}

fn draft_key(matter: MatterId) -> String {
    format!("assessment-begin-{matter}")
}

struct Read {
    shown: Shown,
    entry: Initiation,
    /// Whether the clock of beginning runs, and whether it has run out.
    waits: Option<bool>,
    draft: Option<drafts::Draft>,
}

async fn look(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    key: String,
) -> Result<(Read, Logged), Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let asked = reader.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let shown = view::read(tx, &casework, &asked, matter)?;
            // Whoever may not begin one has no page for it, and whoever sees the state alone no content.
            shown.view.facts.authorise(&asked, "matter", "edit_draft")?;
            if !shown.view.content {
                return Err(MatterError::NotFound);
            }
            let entry = initiation(tx, matter)?;
            let waits = clocks::assessment_waits(tx, matter, casework.now())?;
            let draft = drafts::load(tx, asked.staff.bytes(), &key)?;
            Ok::<_, MatterError>(Read {
                shown,
                entry,
                waits,
                draft,
            })
        })
        .await;
    let receipt = match receipt {
        Err(MatterError::NotFound | MatterError::Ended) => {
            log_refusal(house, &reader, matter).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value, logged))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let (read, logged) = look(&house, &user, matter, draft_key(matter)).await?;
    let mut form = Form::new();
    form.set("step", "begin");
    let mut restored = String::new();
    if let Some(draft) = &read.draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let page = page_of(&visit, matter, &read, form, restored);
    Ok(client_page_with_status(StatusCode::OK, page, logged))
}

fn page_of(
    visit: &Visit,
    matter: MatterId,
    read: &Read,
    form: Form,
    restored: String,
) -> BeginPage {
    let t = visit.t();
    BeginPage {
        page: visit.page("assessment-begin-title"),
        form,
        action: format!("/matters/{matter}/assessments/new"),
        back: format!("/matters/{matter}"),
        draft: draft_key(matter),
        restored,
        clients: read
            .shown
            .view
            .clients
            .iter()
            .map(|card| Choice::new(card.id.to_string(), card.name.clone()))
            .collect(),
        matter: known::matter(&t, &read.entry),
        own_words: read.entry.own_words.clone().unwrap_or_default(),
        reasons: read.entry.reasons.clone(),
        facts: known::initiation(&t, &read.entry),
        late: read.waits == Some(true),
        begun: read.waits.is_none(),
    }
}

/// What the form asks for.
enum Wanted {
    Begin(Begin),
    /// Left out, with the reason.
    Skip(String),
}

fn read_form(form: &mut Form, language: Language, read: &Read) -> Option<Wanted> {
    if form.value("step") == "skip" {
        let reason = form.require("reason", "assessment-skip-reason-missing", LONG);
        return Some(Wanted::Skip(reason));
    }
    let clients: Vec<ClientId> = form
        .values("client")
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    // The only client of a matter is not asked for.
    let clients = match read.shown.view.clients.as_slice() {
        [only] => vec![only.id],
        _ => clients,
    };
    if clients.is_empty() {
        form.error("client", "assessment-client-missing");
    }
    let reason = if read.waits == Some(true) {
        form.require("late_reason", "assessment-refused-late", LONG)
    } else {
        form.optional("late_reason", LONG).unwrap_or_default()
    };
    Some(Wanted::Begin(Begin {
        clients,
        language,
        late: reason,
    }))
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let mut form = posted.form();
    let (read, logged) = look(&house, &user, matter, String::new()).await?;
    let language = match visit.t().language() {
        Language::Sv => Language::Sv,
        _ => Language::Fi,
    };
    let wanted = read_form(&mut form, language, &read);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(wanted) = wanted.filter(|_| form.is_valid()) {
        let key = draft_key(matter);
        let done = run(&house, &user, move |tx, casework, reader| {
            let to = match wanted {
                Wanted::Begin(new) => {
                    let id = acts::begin(tx, casework, reader, matter, &new)?;
                    format!("{}?done=begun", path(id))
                }
                Wanted::Skip(reason) => {
                    let step = AssessmentStep::Unnecessary;
                    clocks::assessment(tx, casework, reader, matter, step, &reason)?;
                    format!("/matters/{matter}?done=assessment")
                }
            };
            drafts::delete(tx, reader.staff.bytes(), &key)?;
            Ok(to)
        })
        .await?;
        match done {
            Ok(to) => return Ok(go_to(&to)),
            // Pressed twice, or a colleague was first: it is there to be written.
            Err(Refusal::OpenAlready(open)) => {
                return Ok(go_to(&format!("{}?done=open", path(open))));
            }
            Err(refusal) => {
                let (field, key) = match &refusal {
                    Refusal::Doc(DocError::Matter(MatterError::ClockEnded)) => {
                        ("step", "assessment-refused-clock")
                    }
                    other => glue::told(other),
                };
                form.error(field, key);
                status = StatusCode::CONFLICT;
            }
        }
    }
    let page = page_of(&visit, matter, &read, form, String::new());
    Ok(client_page_with_status(status, page, logged))
}
