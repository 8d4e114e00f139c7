//! The page of one plan, and the acts of one button.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::Reader;
use documents::DocumentId;
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Page, Posted, Visit, client_page_with_status, go_to};

use crate::domain::{ActionId, ActionState, PlanError, RowId};
use crate::glue::{log_refusal, run};
use crate::pages::common::{id, open, path};
use crate::pages::model::{self, PlanModel};
use crate::store::{actions, others, tutored};

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage {
    page: Page,
    done: String,
    m: PlanModel,
}

/// Codes of `done` in addresses.
const DONE: &[&str] = &[
    "begun",
    "goal-new",
    "goal",
    "goal-end",
    "action-new",
    "action",
    "action-end",
    "part",
    "section-new",
    "section",
    "finish",
    "change",
    "review",
    "end",
    "elsewhere",
    "coordinator",
    "section-end",
    "ask",
    "return",
    "withdraw",
    "void",
];

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(plan): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let plan: DocumentId = id(&plan)?;
    let (view, _, logged) = open(&house, &user, plan, String::new()).await?;
    let t = visit.t();
    let m = model::model(&t, &view, &Reader::from(&user), house.now());
    let done = pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, code)| DONE.iter().find(|known| *known == code))
        .map_or_else(String::new, |code| t.get(&format!("plan-done-{code}")));
    let mut page = visit.page_titled(m.title.clone());
    page.path = path(plan);
    Ok(client_page_with_status(
        StatusCode::OK,
        PlanPage { page, done, m },
        logged,
    ))
}

/// `POST /plans/{id}/actions/{action}/done`: one press says that a step was taken.
pub(super) async fn done(
    State(house): State<House>,
    user: CurrentUser,
    Path((plan, action)): Path<(String, String)>,
    _: Posted,
) -> Answer {
    let (plan, action): (DocumentId, ActionId) = (id(&plan)?, id(&action)?);
    let done = run(&house, &user, move |tx, casework, reader| {
        actions::set_state(tx, casework, reader, (plan, action), ActionState::Done, "")
    })
    .await?;
    answered(&house, &user, plan, done, "action-end").await
}

/// `POST /plans/{id}/withdraw`: a student takes back what waits for the tutor.
pub(super) async fn withdraw(
    State(house): State<House>,
    user: CurrentUser,
    Path(plan): Path<String>,
    _: Posted,
) -> Answer {
    let plan: DocumentId = id(&plan)?;
    let done = run(&house, &user, move |tx, casework, reader| {
        tutored::withdraw(tx, casework, reader, plan)
    })
    .await?;
    answered(&house, &user, plan, done, "withdraw").await
}

/// `POST /plans/{id}/elsewhere/{row}/end`: the other plan is over.
pub(super) async fn elsewhere_ended(
    State(house): State<House>,
    user: CurrentUser,
    Path((plan, row)): Path<(String, String)>,
    _: Posted,
) -> Answer {
    let (plan, row): (DocumentId, RowId) = (id(&plan)?, id(&row)?);
    let done = run(&house, &user, move |tx, casework, reader| {
        others::end_elsewhere(tx, casework, reader, plan, row)
    })
    .await?;
    answered(&house, &user, plan, done, "elsewhere").await
}

async fn answered(
    house: &House,
    user: &CurrentUser,
    plan: DocumentId,
    done: Result<(), PlanError>,
    what: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(go_to(&format!("{}?done={what}", path(plan)))),
        Err(PlanError::NotFound) => {
            log_refusal(house, &Reader::from(user), plan).await?;
            Err(Failure::NotFound)
        }
        // Somebody was first: the page says how things stand now.
        Err(_) => Ok(go_to(&path(plan))),
    }
}
