//! Clients, as the worker for whom a token acts may list, read and write them down.

mod log;
mod make;
mod search;
mod shown;

pub use log::log;
pub use make::{LARGEST_BODY, LONG, SERVICE_LANGUAGES, SHORT, SOURCES, WHY, create};
pub use search::{LARGEST_SEARCH, REASONS, search};

use std::sync::Arc;

use ::clients::store::{Desk, card, own};
use ::clients::{ClientError, ClientId, Reader, gate};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use store::{Query, StoreError, params};
use web::{Failure, House};

use crate::answer;
use crate::cursor;
use crate::place::{self, Place};
use crate::refusal::{Refusal, Reply};
use crate::tokens::Caller;

const LIST: &str = "clients";
const TAKEN: &str = "Another client has the identity code. Search for the person with it.";

impl From<ClientError> for Refusal {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Store(error) => error.into(),
            // A program does not open exceptional access: a person does, who can be asked why.
            ClientError::NotFound | ClientError::ExceptionalOnly => Self::NotFound,
            ClientError::CodeTaken => Self::state(TAKEN),
            ClientError::SearchPaused { .. } => Self::Failure(Failure::TooMany { seconds: 600 }),
            other => Self::Failure(other.into()),
        }
    }
}

/// What the acts on clients need, put into the house by `app`.
pub fn desk(house: &House) -> Result<Arc<Desk>, Failure> {
    house
        .extra::<Desk>()
        .ok_or_else(|| Failure::internal("the house has no desk for clients"))
}

/// `GET /api/v1/clients`
pub async fn list(State(house): State<House>, caller: Caller, RawQuery(query): RawQuery) -> Reply {
    let after: Option<[u8; 16]> = Place::read(&query)?.after(&house, LIST, caller.token())?;
    let (reader, now) = (caller.reader()?, house.now());
    let (page, logged) = caller
        .show_asked(&house, vec![own::ask(&reader, now)], move |tx, rows| {
            let after = after.map(|id| place_of(tx, id)).transpose()?;
            let filter = own::Filter {
                after,
                uncounted: true,
                ..own::Filter::default()
            };
            let closed = rows.into_iter().next().unwrap_or_default();
            Ok(own::list_of(tx, &reader, &filter, &closed, now)?)
        })
        .await?;
    let next = page.rows.last().filter(|_| page.more);
    let next =
        next.map(|last| cursor::make(&house.secrets, LIST, caller.token(), &last.id.bytes()));
    answer::list(&shown::Lines::of(&page.rows, next), logged)
}

/// The place of a client in the list: the name is looked up, so that no cursor has to carry one.
fn place_of(query: &mut impl Query, id: [u8; 16]) -> Result<own::Cursor, Refusal> {
    let row = query
        .query_optional("select sort_key from client where id = $1", &params![id])?
        .ok_or_else(|| Refusal::parameter("The place that the cursor held is gone."))?;
    Ok(own::Cursor {
        sort_key: row.get(0)?,
        id,
    })
}

/// `GET /api/v1/clients/{id}`
pub async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
    asked: HeaderMap,
) -> Reply {
    let id: ClientId = place::id(&id)?;
    let (reader, now) = (caller.reader()?, house.now());
    let read = caller
        .show_asked(&house, card::asks(&reader, id, now), move |tx, rows| {
            Ok(card::show(tx, &reader, id, rows, now)?)
        })
        .await;
    let (card, logged) = told(&house, &caller, id, read).await?;
    answer::one(&house, &asked, &shown::whole(&card), logged)
}

/// Says in the log that a client was refused: whoever tries ids one after another leaves a trace.
pub async fn told<T>(
    house: &House,
    caller: &Caller,
    client: ClientId,
    outcome: Result<T, Refusal>,
) -> Result<T, Refusal> {
    if let Err(Refusal::NotFound) = outcome {
        let (reader, now): (Reader, _) = (caller.reader()?, house.now());
        caller
            .show(house, move |tx| {
                gate::log_refusal(tx, &reader, now, client, None)
                    .map_err(|error: StoreError| Refusal::from(error))
            })
            .await?;
    }
    outcome
}
