//! `/follow-ups/{id}`: one's own after-follow-up, and how it went.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::Reader;
use identity::session::CurrentUser;
use kernel::time::day;
use web::{
    Answer, Failure, Form, House, Page, Posted, Visit, client_page_with_status, drafts, go_to,
    page_with_status,
};

use crate::domain::MatterError;
use crate::glue::casework;
use crate::pages::acts::run;
use crate::pages::{id, matter_name};
use crate::store::follow_up::{self, FollowUp, FollowUpId};

/// Longest text.
const LONGEST: usize = 4_000;

#[derive(Template)]
#[template(path = "follow-up.html")]
struct FollowUpPage {
    page: Page,
    form: Form,
    action: String,
    draft: String,
    restored: String,
    who: String,
    client: String,
    matter: String,
    due: String,
    iso: String,
    color: &'static str,
    what: String,
}

fn draft_key(id: FollowUpId) -> String {
    format!("follow-up-{id}")
}

fn page_of(
    house: &House,
    visit: &Visit,
    form: Form,
    shown: Option<(&FollowUp, &str)>,
    id: FollowUpId,
) -> FollowUpPage {
    let t = visit.t();
    let today = day(house.now());
    let one = shown.map(|(one, _)| one);
    FollowUpPage {
        page: visit.page("follow-up-title"),
        form,
        action: format!("/follow-ups/{id}/done"),
        draft: draft_key(id),
        restored: String::new(),
        who: shown.map_or_else(String::new, |(_, name)| name.to_owned()),
        client: one.map_or_else(String::new, |one| format!("/clients/{}", one.client)),
        matter: one.map_or_else(String::new, |one| {
            let name = matter_name(&t, one.name_code, one.name_text.as_deref());
            format!("{name}, {}", one.number)
        }),
        due: one.map_or_else(String::new, |one| t.near_day(one.on, today)),
        iso: one.map_or_else(String::new, |one| one.on.to_string()),
        color: match one {
            Some(one) if one.on < today => "danger",
            Some(one) if one.on == today => "warning",
            _ => "",
        },
        what: one.map_or_else(String::new, |one| one.what.clone()),
    }
}

async fn page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    id: FollowUpId,
    form: Option<Form>,
    status: StatusCode,
) -> Answer {
    let (casework, reader) = (casework(house)?, Reader::from(user));
    let owner = reader.staff.bytes();
    let receipt = house
        .store
        .show(move |tx| {
            let opened = follow_up::open(tx, &casework, &reader, id)?;
            let draft = drafts::load(tx, owner, &draft_key(id))?;
            Ok::<_, MatterError>((opened, draft))
        })
        .await?;
    let ((one, name), draft) = receipt.value;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let mut restored = String::new();
    let form = form.unwrap_or_else(|| {
        let mut form = Form::new();
        if let Some(draft) = draft {
            draft.fill(&mut form);
            restored = visit.t().when(draft.saved_at, house.now());
        }
        form
    });
    let mut page = page_of(house, visit, form, Some((&one, &name)), id);
    page.restored = restored;
    Ok(client_page_with_status(status, page, logged))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(follow_up): Path<String>,
) -> Answer {
    page(&house, &visit, &user, id(&follow_up)?, None, StatusCode::OK).await
}

pub(super) async fn done(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(follow_up): Path<String>,
    posted: Posted,
) -> Answer {
    let id: FollowUpId = id(&follow_up)?;
    let mut form = posted.form();
    let outcome = form.require("body", "follow-up-missing", LONGEST);
    if !form.is_valid() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&house, &visit, &user, id, Some(form), status).await;
    }
    let finished = run(&house, &user, move |tx, casework, reader| {
        follow_up::finish(tx, casework, reader, id, &outcome)?;
        drafts::delete(tx, reader.staff.bytes(), &draft_key(id))?;
        Ok(())
    })
    .await?;
    match finished {
        Ok(()) => Ok(go_to("/desk?done=followed")),
        Err(MatterError::ClockEnded) => {
            form.error("", "follow-up-done-already");
            let status = StatusCode::CONFLICT;
            Ok(page_with_status(
                status,
                page_of(&house, &visit, form, None, id),
            ))
        }
        Err(error) => Err(error.into()),
    }
}
