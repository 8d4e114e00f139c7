//! The second person reads an assessment that is asked to be voided, and voids it or refuses.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::domain::MatterId;
use casework::glue::{casework, log_refusal};
use clients::Reader;
use documents::voiding::{self, Told, draft_key};
use documents::{Body, DocumentId, Kind};
use identity::session::CurrentUser;
use web::{
    Answer, Failure, Form, House, Posted, Texts, Visit, client_page_with_status, drafts, go_to,
};

use crate::domain::Refusal;
use crate::pages::glue::{fault, id, is_hidden, path, run};
use crate::pages::{versions, words};
use crate::store::view::View;
use crate::store::void;

/// `GET /assessments/{id}/void/answer`
pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
) -> Answer {
    let doc = id(&doc)?;
    page(&house, &visit, &user, doc, None, StatusCode::OK).await
}

/// The page with a form that came; none is a new one, with the kept text of its draft.
async fn page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    doc: DocumentId,
    form: Option<Form>,
    status: StatusCode,
) -> Answer {
    let (casework, now) = (casework(house)?, house.now());
    let reader = Reader::of(user, now);
    let (asked, fresh) = (reader.clone(), form.is_none());
    let read = house
        .store
        .show(move |tx| {
            let second = void::second(tx, &casework, &asked, doc)?;
            let key = draft_key(Kind::Assessment, doc);
            let draft = match fresh {
                true => drafts::load(tx, asked.staff.bytes(), &key)?,
                false => None,
            };
            Ok::<_, Refusal>((second, draft))
        })
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
    let (second, draft) = receipt.value;
    let form = (form.unwrap_or_default(), draft);
    let page = voiding::page(visit, &second, reader.staff, told, form, now);
    Ok(client_page_with_status(status, page, logged))
}

fn told(t: &Texts, (view, body): &(View, Body)) -> Vec<Told> {
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
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let mut form = posted.form();
    let Some(answer) = voiding::Answer::read(&mut form) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&house, &visit, &user, doc, Some(form), status).await;
    };
    let done: Result<(), Refusal> = run(&house, &user, move |tx, casework, reader| {
        void::answer(tx, casework, reader, doc, &answer)?;
        let key = draft_key(Kind::Assessment, doc);
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok(())
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&voiding::path(&path(doc)))),
        // The one who asked does not answer, and nothing is answered twice: the page says how it is.
        Err(_) => {
            let status = StatusCode::CONFLICT;
            page(&house, &visit, &user, doc, Some(form), status).await
        }
    }
}
