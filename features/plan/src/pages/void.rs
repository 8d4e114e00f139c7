//! The second person reads a plan that is asked to be voided, and voids it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::Reader;
use documents::DocumentId;
use documents::voiding::{self, About, Told};
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Posted, Texts, Visit, client_page_with_status, go_to};

use crate::domain::PlanError;
use crate::glue::{casework, log_refusal, run};
use crate::pages::common::{id, path};
use crate::pages::words;
use crate::store::read::View;
use crate::store::void::{self, Second};

/// `GET /plans/{id}/void/answer`
pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(plan): Path<String>,
) -> Answer {
    page(&house, &visit, &user, id(&plan)?, StatusCode::OK).await
}

async fn page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    plan: DocumentId,
    status: StatusCode,
) -> Answer {
    let (casework, reader) = (casework(house)?, Reader::from(user));
    let asked = reader.clone();
    let read = house
        .store
        .show(move |tx| void::second(tx, &casework, &asked, plan))
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
    let (t, now) = (visit.t(), house.now());
    let page = match receipt.value {
        Second::Voided {
            document,
            voided,
            people,
        } => voiding::after(visit, &document, &voided, &people, now),
        Second::Asked {
            request,
            view,
            body,
        } => {
            let about = About {
                path: path(plan),
                people: view.people.iter().map(|one| one.name.clone()).collect(),
                told: told(&t, &view, &body),
            };
            let mine = request.asked_by == reader.staff;
            voiding::page(visit, &view.opened.document, &request, mine, about, now)
        }
    };
    Ok(client_page_with_status(status, page, logged))
}

fn told(t: &Texts, view: &View, body: &documents::Body) -> Vec<Told> {
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
    _: Posted,
) -> Answer {
    let plan: DocumentId = id(&plan)?;
    let done = run(&house, &user, move |tx, casework, reader| {
        void::void(tx, casework, reader, plan)
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&voiding::path(&path(plan)))),
        Err(PlanError::NotFound) => {
            log_refusal(&house, &Reader::from(&user), plan).await?;
            Err(Failure::NotFound)
        }
        // The one who asked does not answer, and nothing is voided twice: the page says how it is.
        Err(_) => page(&house, &visit, &user, plan, StatusCode::CONFLICT).await,
    }
}
