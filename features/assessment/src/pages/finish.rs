//! Finishing: what is missing, who may finish, one press to ask the pair.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::domain::special_support::SOCIAL_WORKER_IN_OFFICE;
use casework::glue::casework;
use casework::pages::colleagues::{Group, choose, colleagues_of};
use clients::Reader;
use documents::DocumentId;
use identity::session::CurrentUser;
use text::search::Analysers;
use web::{Answer, Failure, Form, House, Page, Posted, Visit, client_page_with_status, go_to};

use crate::domain::{Refusal, ready};
use crate::pages::glue::{self, Opened, id, open, path, run};
use crate::pages::show::after;
use crate::pages::words;
use crate::store::finish;

/// Something that is missing, with the page where it is written.
struct MissingModel {
    href: String,
    words: String,
}

#[derive(Template)]
#[template(path = "assessment-finish.html")]
struct FinishPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    base: String,
    missing: Vec<MissingModel>,
    /// Names of experts whose section has not come.
    awaited: Vec<String>,
    /// The client needs special support and this worker cannot finish.
    special: bool,
    /// Social workers in public office who work on the matter: they are asked by one press.
    pair: Vec<(String, String)>,
    others: Vec<Group>,
    asked: String,
    clients: Vec<String>,
    revision: String,
    /// The reader is the tutor who approves what a student wrote.
    approves: bool,
}

fn missing(visit: &Visit, opened: &Opened) -> Vec<MissingModel> {
    let (t, view) = (visit.t(), &opened.view);
    let of = |code: &str| view.part(code).map(|part| &part.fields);
    let clients = view.owners.clients(&view.document.clients);
    ready::missing(&clients, &view.owners, of)
        .into_iter()
        .map(|one| {
            let part = words::part_of(&t, &one.part, view);
            let what = t.get(&format!("assessment-missing-{}", one.code));
            MissingModel {
                href: format!("{}/parts/{}", path(view.document.id), one.part),
                words: format!("{part}: {what}"),
            }
        })
        .collect()
}

async fn page_of(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    opened: &Opened,
    form: Form,
) -> Result<FinishPage, Failure> {
    let (t, view, doc) = (visit.t(), &opened.view, opened.view.document.id);
    let (document, now) = (view.document.clone(), house.now());
    let reader = Reader::of(user, now);
    let may = house
        .store
        .read(move |tx| {
            Ok::<_, store::StoreError>(match finish::may_finish(tx, &reader, &document, now) {
                Err(Refusal::SpecialSupport) => Err(true),
                Err(Refusal::Doc(_)) => Err(false),
                // A fresh proof is asked when it is sent.
                _ => Ok(()),
            })
        })
        .await?;
    let people = colleagues_of(house, user, view.document.matter).await?;
    let qualified = people.qualified(&t, SOCIAL_WORKER_IN_OFFICE);
    let on_it: Vec<(String, String)> = qualified
        .iter()
        .flat_map(|group| &group.picks)
        .filter(|pick| !pick.disabled)
        .filter(|pick| {
            view.workers
                .iter()
                .any(|one| one.staff.to_string() == pick.value)
        })
        .map(|pick| (pick.value.clone(), pick.label.clone()))
        .collect();
    Ok(FinishPage {
        page: visit.page("assessment-finish-title"),
        form,
        action: format!("{}/finish", path(doc)),
        back: path(doc),
        base: path(doc),
        missing: missing(visit, opened),
        awaited: view
            .sections
            .iter()
            .filter(|one| one.expert().is_some() && one.sent_at.is_none())
            .map(|one| words::section(&t, one))
            .collect(),
        special: may == Err(true),
        pair: if view.may.invite { on_it } else { Vec::new() },
        others: if view.may.pair && view.may.invite {
            qualified
        } else {
            Vec::new()
        },
        asked: view.asked.as_ref().map_or_else(String::new, |(_, name)| {
            t.with("assessment-asked", &[("name", glue::arg(name))])
        }),
        clients: view.clients.iter().map(|(_, name)| name.clone()).collect(),
        revision: view.document.revision.to_string(),
        approves: view.may.approve,
    })
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let opened = open(&house, &user, doc, String::new()).await?;
    if !opened.view.may.edit && !opened.view.may.approve {
        return Ok(go_to(&path(doc)));
    }
    let page = page_of(&house, &visit, &user, &opened, Form::new()).await?;
    Ok(client_page_with_status(StatusCode::OK, page, opened.logged))
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let mut form = posted.form();
    let revision = form.value("revision").parse().unwrap_or(-1);
    let opened = open(&house, &user, doc, String::new()).await?;
    if !opened.view.may.edit && !opened.view.may.approve {
        return Ok(go_to(&path(doc)));
    }
    // The words of the histories are analysed before the transaction.
    let analysers: Arc<Analysers> = Arc::new(casework(&house)?.analysers.as_ref().clone());
    let (document, parts) = (opened.view.document.clone(), opened.view.parts.clone());
    let histories = finish::histories(&analysers, &document, &parts);
    let done = run(&house, &user, move |tx, casework, reader| {
        finish::finish(tx, casework, reader, doc, revision, &histories)
    })
    .await?;
    match done {
        Ok(_) => Ok(go_to(&format!("{}?done=finished", path(doc)))),
        Err(refusal) => {
            let status = glue::status(&refusal);
            let (field, key) = glue::told(&refusal);
            form.error(field, key);
            let page = page_of(&house, &visit, &user, &opened, form).await?;
            Ok(client_page_with_status(status, page, opened.logged))
        }
    }
}

/// A social worker in public office is asked to finish.
pub(super) async fn ask(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let (t, mut form) = (visit.t(), posted.form());
    let opened = open(&house, &user, doc, String::new()).await?;
    let people = colleagues_of(&house, &user, opened.view.document.matter).await?;
    let groups = people.qualified(&t, SOCIAL_WORKER_IN_OFFICE);
    let staff = choose(&mut form, "staff", &groups, "assessment-staff-missing");
    let Some(staff) = staff.and_then(|id| id.parse().ok()) else {
        let page = page_of(&house, &visit, &user, &opened, form).await?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(client_page_with_status(status, page, opened.logged));
    };
    let task = t.get("assessment-pair-task");
    let done = run(&house, &user, move |tx, casework, reader| {
        finish::ask(tx, casework, reader, doc, staff, &task)
    })
    .await?;
    after(&house, &visit, &user, doc, done, "asked").await
}
