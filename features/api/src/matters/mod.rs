//! Matters, as the worker for whom a token acts sees, opens and closes them. Only those of working-age services: the
//! rows for programs (AP-03, N-203) reach no further.

mod act;
mod shown;

pub use act::{LARGEST_BODY, SHORT, WORDS, close, open};

use std::borrow::Cow;

use ::clients::{ClientId, Gate, gate};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use casework::domain::{MatterError, MatterId, ServiceTask};
use casework::glue::{casework, log_refusal};
use casework::store::{list, view};
use serde_json::{Value, json};
use web::{Failure, House};

use crate::answer;
use crate::clients::told;
use crate::place;
use crate::refusal::{Refusal, Reply};
use crate::tokens::Caller;

/// The service task that programs reach.
pub const REACHED: ServiceTask = ServiceTask::WorkingAge;

impl From<MatterError> for Refusal {
    fn from(error: MatterError) -> Self {
        match error {
            MatterError::NotFound => Self::NotFound,
            MatterError::Client(error) => error.into(),
            MatterError::Ended => Self::state("The matter has ended."),
            MatterError::OpenMatters => {
                Self::state("The client has other open matters, which keep the client relation.")
            }
            MatterError::LateReason => {
                Self::state("A day in law has passed: tell the reason in lateReason.")
            }
            other => Self::Failure(Failure::from(other)),
        }
    }
}

/// `GET /api/v1/clients/{id}/matters`
pub async fn of_client(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
) -> Reply {
    let id: ClientId = place::id(&id)?;
    let (reader, now) = (caller.reader()?, house.now());
    let read = caller
        .show(&house, move |tx| {
            let gate = Gate::open(tx, &reader, id, now)?;
            let granted = gate.acting("client_basics", "see_basics", "working_age", None, &[])?;
            let mut rows = list::of_client(tx, &reader, gate.client(), now)?;
            rows.retain(|row| row.service_task == REACHED);
            if rows.is_empty() {
                // That there are none is told to whoever might read one.
                gate.acting("matter", "read", "working_age", None, &[])?;
            }
            let shown = gate::Shown {
                detail: Cow::Owned(format!("count={}", rows.len())),
                ..gate::Shown::of("matter.list", gate.client())
            };
            gate::log(tx, &reader, &granted, now, &shown)?;
            Ok(rows)
        })
        .await;
    let (rows, logged) = told(&house, &caller, id, read).await?;
    let items: Vec<Value> = rows.iter().map(shown::line).collect();
    answer::list(&json!({ "items": items }), logged)
}

/// `GET /api/v1/matters/{id}`
pub async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
    asked: HeaderMap,
) -> Reply {
    let id: MatterId = place::id(&id)?;
    let (work, reader) = (casework(&house)?, caller.reader()?);
    let read = caller
        .show(&house, move |tx| {
            reached(view::read(tx, &work, &reader, id)?)
        })
        .await;
    let (shown, logged) = refused(&house, &caller, id, read).await?;
    answer::one(&house, &asked, &shown::whole(&shown), logged)
}

/// A matter of another service task is nothing to a program.
fn reached(shown: view::Shown) -> Result<view::Shown, Refusal> {
    if shown.view.facts.service_task == REACHED {
        Ok(shown)
    } else {
        Err(Refusal::NotFound)
    }
}

/// Says in the log that a matter was refused.
async fn refused<T>(
    house: &House,
    caller: &Caller,
    matter: MatterId,
    outcome: Result<T, Refusal>,
) -> Result<T, Refusal> {
    if let Err(Refusal::NotFound) = outcome {
        log_refusal(house, &caller.reader()?, matter).await?;
    }
    outcome
}
