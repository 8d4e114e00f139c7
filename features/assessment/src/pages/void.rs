//! The second person reads an assessment that is asked to be voided, and voids it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::domain::MatterId;
use casework::glue::{casework, log_refusal};
use clients::Reader;
use documents::voiding::{self, About, Told};
use documents::{Body, DocumentId};
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Posted, Texts, Visit, client_page_with_status, go_to};

use crate::domain::Refusal;
use crate::pages::glue::{fault, id, is_hidden, path, run};
use crate::pages::{versions, words};
use crate::store::view::View;
use crate::store::void::{self, Second};

/// `GET /assessments/{id}/void/answer`
pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
) -> Answer {
    page(&house, &visit, &user, id(&doc)?, StatusCode::OK).await
}

async fn page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    doc: DocumentId,
    status: StatusCode,
) -> Answer {
    let (casework, now) = (casework(house)?, house.now());
    let reader = Reader::of(user, now);
    let asked = reader.clone();
    let read = house
        .store
        .show(move |tx| void::second(tx, &casework, &asked, doc))
        .await;
    let receipt = match read {
        Err(refusal) if is_hidden(&refusal) => {
            log_refusal(house, &reader, MatterId::from_bytes(doc.bytes())).await?;
            return Err(Failure::NotFound);
        }
        read => read.map_err(fault)?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let t = visit.t();
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
                path: path(doc),
                people: view.clients.iter().map(|(_, name)| name.clone()).collect(),
                told: told(&t, &view, &body),
            };
            let mine = request.asked_by == reader.staff;
            voiding::page(visit, &view.document, &request, mine, about, now)
        }
    };
    Ok(client_page_with_status(status, page, logged))
}

fn told(t: &Texts, view: &View, body: &Body) -> Vec<Told> {
    versions::told(t, view, body)
        .into_iter()
        .map(|(code, told)| Told {
            heading: words::part_of(t, &code, view),
            fields: told.into_iter().map(|one| (one.label, one.text)).collect(),
        })
        .collect()
}

/// `POST /assessments/{id}/void/answer`
pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    _: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let done: Result<(), Refusal> = run(&house, &user, move |tx, casework, reader| {
        void::void(tx, casework, reader, doc)
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&voiding::path(&path(doc)))),
        // The one who asked does not answer, and nothing is voided twice: the page says how it is.
        Err(_) => page(&house, &visit, &user, doc, StatusCode::CONFLICT).await,
    }
}
