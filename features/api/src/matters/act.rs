//! A program opens and closes matters for its worker.

use ::clients::ClientId;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use casework::domain::{
    CloseReason, Holder, Initiation, InitiationKind, Initiator, MatterId, MatterName, NameCode, Way,
};
use casework::glue::casework;
use casework::store::ending::{self, Closing};
use casework::store::open::{self as opening, NewMatter};
use casework::store::view;
use kernel::time::Timestamp;
use web::House;
use web::problem::Problem;

use super::{REACHED, reached, refused, shown};
use crate::answer;
use crate::clients::told;
use crate::input::Input;
use crate::making;
use crate::place;
use crate::refusal::{Refusal, Reply};
use crate::repeat;
use crate::tokens::Caller;

/// Largest body, bytes: the longest words with every letter escaped, and room for the rest.
pub const LARGEST_BODY: usize = 64 * 1024;
/// Longest words, characters.
pub const WORDS: usize = 5_000;
/// Longest name or short text, characters.
pub const SHORT: usize = 200;

const PATH: &str = "/api/v1/matters";

/// `POST /api/v1/matters`
pub async fn open(
    State(house): State<House>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let (client, new) = read(&headers, &body, &caller, house.now())?;
    let repeat = repeat::read(&headers, caller.token(), PATH, &body)?;
    let (work, reader) = (casework(&house)?, caller.reader()?);
    let made = making::make(&house, &caller, repeat, move |tx| {
        let opened = opening::open(tx, &work, &reader, client, &new)?;
        Ok(making::made(client.bytes(), PATH, &opened.id.to_string()))
    })
    .await;
    told(&house, &caller, client, made).await
}

fn read(
    headers: &HeaderMap,
    body: &[u8],
    caller: &Caller,
    now: Timestamp,
) -> Result<(ClientId, NewMatter), Refusal> {
    let mut input = Input::read(headers, body)?;
    let client: Option<ClientId> = input.id("clientId", true);
    let code = input.code("nameCode", true, NameCode::from_code);
    let text = input.text("nameText", SHORT);
    let name = code.and_then(|code| {
        let name = MatterName::new(code, text.as_deref()).ok();
        if name.is_none() {
            input.wrong(
                "nameText",
                "required",
                "A matter of another name needs its text.",
            );
        }
        name
    });
    let kind = input.code("kind", true, InitiationKind::from_code);
    let way = input.code("way", true, Way::from_code);
    let initiator = input.code("initiator", true, Initiator::from_code);
    let initiator_name = input.text("initiatorName", SHORT);
    let contact_at = input.moment("contactAt");
    if contact_at.is_some_and(|at| at > now) {
        input.wrong("contactAt", "not-a-date", "The moment is in the future.");
    }
    let reasons = input.required("reasons", WORDS);
    let own_words = input.text("ownWords", WORDS);
    let hold = input.flag("hold");
    input.finish()?;
    let worker = caller.worker()?;
    let holder = if hold {
        Holder::Person {
            staff: worker.id,
            unit: worker.unit,
        }
    } else {
        Holder::Duty(worker.unit)
    };
    let whole = client
        .zip(name)
        .zip(kind.zip(way))
        .zip(initiator.zip(reasons));
    // Whatever is missing has been told of by now.
    let (((client, name), (kind, way)), (initiator, reasons)) =
        whole.ok_or_else(|| Problem::properties(Vec::new()))?;
    let initiation = Initiation {
        kind,
        way,
        initiator,
        initiator_name,
        pending_at: now,
        contact_at: contact_at.unwrap_or(now),
        reasons,
        own_words,
        outside: None,
        seven_days: None,
    };
    Ok((
        client,
        NewMatter {
            name,
            service_task: REACHED,
            holder,
            initiation,
        },
    ))
}

/// `POST /api/v1/matters/{id}/closing`
pub async fn close(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let id: MatterId = place::id(&id)?;
    let closing = read_closing(&headers, &body)?;
    let (work, reader) = (casework(&house)?, caller.reader()?);
    let (inner, asked) = (house.clone(), headers.clone());
    let closed = caller
        .write(&house, move |tx| {
            // The state that the program has read must be the state that it closes.
            let before = reached(view::read(tx, &work, &reader, id)?)?;
            answer::unchanged(&asked, &answer::mark(&inner, &shown::whole(&before))?)?;
            ending::close(tx, &work, &reader, id, &closing)?;
            Ok(view::read(tx, &work, &reader, id)?)
        })
        .await;
    let (after, logged) = refused(&house, &caller, id, closed).await?;
    answer::one(&house, &HeaderMap::new(), &shown::whole(&after), logged)
}

fn read_closing(headers: &HeaderMap, body: &[u8]) -> Result<Closing, Problem> {
    let mut input = Input::read(headers, body)?;
    let reason = input.code("reason", true, CloseReason::from_code);
    let words = input.text("words", WORDS);
    if words.is_none() && reason.is_some_and(CloseReason::needs_words) && !input.has("words") {
        input.wrong(
            "words",
            "required",
            "This reason says too little without words.",
        );
    }
    let late_reason = input.text("lateReason", WORDS);
    let no_ground = input.text("noGround", WORDS);
    input.finish()?;
    Ok(Closing {
        reason: reason.ok_or_else(|| Problem::properties(Vec::new()))?,
        words: words.unwrap_or_default(),
        late_reason,
        no_ground,
        follow_up: None,
        voices: Vec::new(),
    })
}
