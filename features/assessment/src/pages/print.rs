//! The finished assessment on paper: what it is for is asked first, as of every print.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::domain::MatterId;
use casework::glue::{casework, log_refusal};
use clients::{ClientId, Reader};
use documents::{Body, DocumentId};
use identity::session::CurrentUser;
use kernel::time::day;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, client_page,
    client_page_with_status, go_to,
};

use crate::pages::glue::{self, fault, id, is_hidden, open, path};
use crate::pages::words::{self, Told};
use crate::pages::{known, versions};
use crate::store::print;
use crate::store::view::View;

/// What a print is for, as the log entry tells it.
const PURPOSES: [&str; 3] = ["client", "meeting", "other"];
/// Longest words of another purpose.
const SHORT: usize = 300;

#[derive(Template)]
#[template(path = "assessment-print-ask.html")]
struct AskPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    people: Vec<Choice>,
    purposes: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "assessment-print.html")]
struct PrintPage {
    page: Page,
    back: String,
    name: String,
    meta: Vec<String>,
    parts: Vec<(String, Vec<Told>)>,
}

/// `GET /assessments/{id}/print`
pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
) -> Answer {
    let mut form = Form::new();
    form.set("purpose", "client");
    ask(&house, &visit, &user, id(&doc)?, form, StatusCode::OK).await
}

async fn ask(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    doc: DocumentId,
    form: Form,
    status: StatusCode,
) -> Answer {
    let opened = open(house, user, doc, String::new()).await?;
    if !opened.view.may.print {
        return Ok(go_to(&path(doc)));
    }
    let t = visit.t();
    let page = AskPage {
        page: visit.page("assessment-print-title"),
        form,
        action: format!("{}/print", path(doc)),
        back: path(doc),
        people: opened
            .view
            .clients
            .iter()
            .map(|(client, name)| Choice::new(client.to_string(), name.clone()))
            .collect(),
        purposes: PURPOSES
            .iter()
            .map(|code| Choice::new(*code, t.get(&format!("assessment-print-for-{code}"))))
            .collect(),
    };
    Ok(client_page_with_status(status, page, opened.logged))
}

/// `POST /assessments/{id}/print`: the newest finished version of one client, for paper.
pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let mut form = posted.form();
    let client: Option<ClientId> = form.value("client").parse().ok();
    if client.is_none() {
        form.error("client", "assessment-client-missing");
    }
    let purpose = PURPOSES
        .into_iter()
        .find(|one| *one == form.value("purpose"));
    if purpose.is_none() {
        form.error("purpose", "assessment-print-purpose-missing");
    }
    let words = form.optional("words", SHORT).unwrap_or_default();
    if purpose == Some("other") && words.is_empty() {
        form.error("words", "assessment-print-words-missing");
    }
    let (Some(client), Some(purpose), true) = (client, purpose, form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return ask(&house, &visit, &user, doc, form, status).await;
    };
    let why = format!("{purpose}: {words}");
    let casework = casework(&house)?;
    let reader = Reader::of(&user, house.now());
    let asked = reader.clone();
    let read = house
        .store
        .show(move |tx| print::print(tx, &casework, &asked, doc, client, &why))
        .await;
    let receipt = match read {
        Err(refusal) if is_hidden(&refusal) => {
            log_refusal(&house, &reader, MatterId::from_bytes(doc.bytes())).await?;
            return Err(Failure::NotFound);
        }
        read => read.map_err(fault)?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (view, body) = receipt.value;
    Ok(client_page(paper(&visit, &view, &body, client), logged))
}

fn paper(visit: &Visit, view: &View, body: &Body, client: ClientId) -> PrintPage {
    let t = visit.t();
    let name = view.clients.iter().find(|(one, _)| *one == client);
    let mut meta = vec![format!(
        "{}, {}",
        known::matter(&t, &view.initiation),
        view.initiation.number
    )];
    if let Some(head) = view.versions.first() {
        meta.push(t.with(
            "assessment-print-finished",
            &[
                ("day", t.full_day(day(head.finished_at)).into()),
                ("name", glue::arg(&head.by)),
                ("no", head.no.into()),
            ],
        ));
        if let Some(tutor) = &head.approved_by {
            let who = [("name", glue::arg(tutor))];
            meta.push(t.with("assessment-print-approved", &who));
        }
    }
    PrintPage {
        page: visit.page("assessment-title"),
        back: path(view.document.id),
        name: name.map_or_else(String::new, |(_, name)| name.clone()),
        meta,
        parts: versions::told(&t, view, body)
            .into_iter()
            .map(|(code, told)| (words::part_of(&t, &code, view), told))
            .collect(),
    }
}
