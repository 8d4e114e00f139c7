//! The second person reads a plan that is asked to be voided, and voids it or refuses.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::Reader;
use documents::voiding::{self, Told, draft_key};
use documents::{Body, DocumentId, Kind};
use identity::session::CurrentUser;
use web::{
    Answer, Failure, Form, House, Posted, Texts, Visit, client_page_with_status, drafts, go_to,
};

use crate::domain::PlanError;
use crate::glue::{casework, log_refusal, run};
use crate::pages::common::{id, path};
use crate::pages::words;
use crate::store::read::View;
use crate::store::void;

/// `GET /plans/{id}/void/answer`
pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(plan): Path<String>,
) -> Answer {
    let plan = id(&plan)?;
    page(&house, &visit, &user, plan, None, StatusCode::OK).await
}

/// The page with a form that came; none is a new one, with the kept text of its draft.
async fn page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    plan: DocumentId,
    form: Option<Form>,
    status: StatusCode,
) -> Answer {
    let (casework, reader) = (casework(house)?, Reader::from(user));
    let (asked, fresh) = (reader.clone(), form.is_none());
    let read = house
        .store
        .show(move |tx| {
            let second = void::second(tx, &casework, &asked, plan)?;
            let draft = match fresh {
                true => drafts::load(tx, asked.staff.bytes(), &draft_key(Kind::Plan, plan))?,
                false => None,
            };
            Ok::<_, PlanError>((second, draft))
        })
        .await;
    let receipt = match read {
        Err(PlanError::NotFound) => {
            log_refusal(house, &reader, plan).await?;
            return Err(Failure::NotFound);
        }
        read => read?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (second, draft) = receipt.value;
    let form = (form.unwrap_or_default(), draft);
    let page = voiding::page(visit, &second, reader.staff, told, form, house.now());
    Ok(client_page_with_status(status, page, logged))
}

fn told(t: &Texts, (view, body): &(View, Body)) -> Vec<Told> {
    words::parts(t, view, body)
        .into_iter()
        .map(|part| Told {
            heading: part.heading,
            fields: part
                .facts
                .into_iter()
                .map(|fact| (fact.name, fact.value))
                .collect(),
        })
        .collect()
}

/// `POST /plans/{id}/void/answer`
pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(plan): Path<String>,
    posted: Posted,
) -> Answer {
    let plan: DocumentId = id(&plan)?;
    let mut form = posted.form();
    let Some(answer) = voiding::Answer::read(&mut form) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&house, &visit, &user, plan, Some(form), status).await;
    };
    let done = run(&house, &user, move |tx, casework, reader| {
        void::answer(tx, casework, reader, plan, &answer)?;
        drafts::delete(tx, reader.staff.bytes(), &draft_key(Kind::Plan, plan))?;
        Ok(())
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&voiding::path(&path(plan)))),
        Err(PlanError::NotFound) => {
            log_refusal(&house, &Reader::from(&user), plan).await?;
            Err(Failure::NotFound)
        }
        // The one who asked does not answer, and nothing is answered twice: the page says how it is.
        Err(_) => {
            let status = StatusCode::CONFLICT;
            page(&house, &visit, &user, plan, Some(form), status).await
        }
    }
}
