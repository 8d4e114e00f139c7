//! Contacts, as the worker for whom a token acts may list and read them.

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use intake::domain::{ContactId, IntakeError};
use intake::glue::{desk, log_refusal};
use intake::store::Worker;
use intake::store::queue::{self, QueueRow};
use intake::store::view::{self, ContactView};
use serde_json::{Value, json};
use web::{Failure, House};

use crate::answer;
use crate::cursor;
use crate::place::{self, Place};
use crate::refusal::{Refusal, Reply};
use crate::tokens::Caller;

const LIST: &str = "contacts";

impl From<IntakeError> for Refusal {
    fn from(error: IntakeError) -> Self {
        match Failure::from(error) {
            Failure::NotFound => Self::NotFound,
            other => Self::Failure(other),
        }
    }
}

fn worker(caller: &Caller) -> Result<Worker, Failure> {
    let worker = caller.worker()?;
    Ok(Worker {
        staff: worker.id,
        unit: worker.unit,
        subject: caller.subject().clone(),
    })
}

/// `GET /api/v1/contacts`
pub async fn list(State(house): State<House>, caller: Caller, RawQuery(query): RawQuery) -> Reply {
    let after = Place::read(&query)?.after(&house, LIST, caller.token())?;
    let (desk, worker) = (desk(&house)?, worker(&caller)?);
    let (rows, logged) = caller
        .show(&house, move |tx| {
            let after = after.map(ContactId::from_bytes);
            Ok(queue::newest(tx, &desk, &worker, after, place::ONE_MORE)?)
        })
        .await?;
    let body = place::page(&rows, row, |last| {
        cursor::make(&house.secrets, LIST, caller.token(), &last.id.bytes())
    });
    answer::list(&body, logged)
}

/// `GET /api/v1/contacts/{id}`
pub async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
    asked: HeaderMap,
) -> Reply {
    let id: ContactId = place::id(&id)?;
    let (desk, reader) = (desk(&house)?, worker(&caller)?);
    let read = caller
        .show(&house, move |tx| Ok(view::read(tx, &desk, &reader, id)?))
        .await;
    match read {
        Ok((view, logged)) => answer::one(&house, &asked, &whole(&view), logged),
        Err(Refusal::NotFound) => {
            log_refusal(&house, &worker(&caller)?, id).await?;
            Err(Refusal::NotFound)
        }
        Err(refusal) => Err(refusal),
    }
}

fn row(row: &QueueRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "number": row.number,
        "arrivedAt": row.arrived_at.to_string(),
        "urgency": row.urgency.code(),
        "title": row.title,
        "person": row.person,
        "anonymous": row.anonymous,
        "theme": row.theme.map(|theme| theme.code()),
        "door": row.door.code(),
        "language": row.language.code(),
        "municipality": row.municipality,
        "holder": row.holder.as_ref().map(|(_, name)| name),
        "answerDue": row.answer_due.to_string(),
        "answered": row.answered,
        "offered": row.offer_open,
        "returned": row.returned,
        "readable": row.openable,
    })
}

fn whole(view: &ContactView) -> Value {
    let messages: Vec<Value> = view
        .messages
        .iter()
        .map(|message| {
            json!({
                "at": message.at.to_string(),
                "from": message.from,
                "text": message.body,
            })
        })
        .collect();
    json!({
        "id": view.facts.id.to_string(),
        "number": view.number,
        "kind": view.kind.code(),
        "open": view.facts.open,
        "arrivedAt": view.arrived_at.to_string(),
        "endedAt": view.facts.ended_at.map(|at| at.to_string()),
        "ending": view.ending.as_ref().map(|ending| &ending.kind),
        "urgency": view.urgency.code(),
        "title": view.title,
        "ownWords": view.content.then_some(&view.own_words),
        "person": view.person,
        "anonymous": view.anonymous,
        "phone": view.phone,
        "answerWay": view.answer_way.code(),
        "theme": view.theme.map(|theme| theme.code()),
        "door": view.door.code(),
        "language": view.language.code(),
        "otherLanguage": view.other_language,
        "interpreter": view.interpreter,
        "municipality": view.municipality,
        "parties": view.parties.code(),
        "holder": view.facts.holder.staff().map(|_| &view.holder_name),
        "unit": { "fi": view.unit_names[0], "sv": view.unit_names[1], "en": view.unit_names[2] },
        "answerDue": view.answer_due.to_string(),
        "answered": view.answered,
        "messages": messages,
    })
}
