//! Making things: once for each key, and answered with ids only.

use std::borrow::Cow;

use access::log::{Actor, LogEntry};
use axum::http::StatusCode;
use serde_json::json;
use store::WriteTx;
use web::problem::Problem;
use web::{Failure, House};

use crate::answer;
use crate::refusal::{Refusal, Reply};
use crate::repeat::{self, Made, Repeatable};
use crate::tokens::Caller;

/// Log event of an answer told again.
pub const REPEATED: &str = "request.repeat";

/// What a thing with this id answers when it is made under a list's address.
pub fn made(subject: [u8; 16], list: &str, id: &str) -> Made {
    let location = format!("{list}/{id}");
    Made {
        subject,
        answer: json!({ "id": id, "href": location }).to_string(),
        location,
    }
}

/// What came of making something.
#[derive(Debug)]
pub enum Outcome {
    Made(Made),
    /// Nothing was made, and the problem tells of somebody: what it tells is in the log.
    Stopped(Box<Problem>),
}

/// Makes something in one transaction with the memory of its key.
///
/// # Errors
/// What `make` says; 422 for a key of another request.
pub async fn make<F>(house: &House, caller: &Caller, repeat: Option<Repeatable>, make: F) -> Reply
where
    F: Fn(&mut WriteTx<'_>) -> Result<Made, Refusal> + Clone + Send + 'static,
{
    make_or_tell(house, caller, repeat, move |tx| make(tx).map(Outcome::Made)).await
}

/// The same for something of which a problem may tell of somebody. A problem is not remembered: the same request may be
/// made later.
///
/// # Errors
/// As [`make`].
pub async fn make_or_tell<F>(
    house: &House,
    caller: &Caller,
    repeat: Option<Repeatable>,
    make: F,
) -> Reply
where
    F: Fn(&mut WriteTx<'_>) -> Result<Outcome, Refusal> + Clone + Send + 'static,
{
    let (now, staff, right) = (house.now(), caller.worker()?.id, caller.right());
    for last in [false, true] {
        let make = make.clone();
        let done = caller
            .write(house, move |tx| {
                let Some(one) = &repeat else {
                    return make(tx);
                };
                if let Some(made) = repeat::before(tx, one)? {
                    tx.log(LogEntry {
                        at: now,
                        actor: Actor::Staff(staff.bytes()),
                        event: REPEATED,
                        right: Cow::Borrowed(right),
                        purpose: "P21",
                        subjects: vec![made.subject],
                        detail: String::new(),
                        digest: None,
                    })?;
                    return Ok(Outcome::Made(made));
                }
                let outcome = make(tx)?;
                if let Outcome::Made(made) = &outcome {
                    repeat::remember(tx, one, made, now)?;
                }
                Ok(outcome)
            })
            .await;
        match done {
            // The same request won the race on another connection: now it is found.
            Err(Refusal::Raced) if !last => {}
            Err(Refusal::Raced) => return Err(Failure::Busy.into()),
            Err(refusal) => return Err(refusal),
            Ok((Outcome::Stopped(problem), logged)) => {
                return Ok(answer::problem(*problem, logged));
            }
            Ok((Outcome::Made(made), logged)) => {
                return answer::made(StatusCode::CREATED, &made.location, made.answer, logged);
            }
        }
    }
    Err(Failure::internal("a request met itself twice").into())
}
