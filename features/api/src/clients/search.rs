//! Search for one person outside one's own clients, as the pages do it: by a whole code, or by the full name with the
//! birth date, within the limits of the worker (rights of the domain, section 7). Posted, so that no code or name
//! stands in an address.

use ::clients::ClientError;
use ::clients::store::search::{self, Answer, AskUnit, Terms};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use kernel::identity_code::IdentityCode;
use kernel::temporary_identifier::TemporaryIdentifier;
use kernel::time::Timestamp;
use serde_json::{Value, json};
use web::problem::Problem;
use web::{Failure, House};

use super::{SHORT, desk};
use crate::answer;
use crate::input::Input;
use crate::refusal::{Refusal, Reply};
use crate::tokens::Caller;

/// Largest body, bytes.
pub const LARGEST_SEARCH: usize = 4 * 1024;
/// Why somebody is searched by name.
pub const REASONS: [&str; 5] = ["contact", "notice", "matter", "authority", "record"];

/// `POST /api/v1/clients/search`
pub async fn search(
    State(house): State<House>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let (terms, reason) = read(&headers, &body)?;
    let (desk, reader, now) = (desk(&house)?, caller.reader()?, house.now());
    let (answer, logged) = caller
        .write(&house, move |tx| {
            match search::search(tx, &desk, &reader, &terms, reason) {
                // Nobody may search here at all, which the door has told already.
                Err(ClientError::NotFound) => Err(Refusal::NotFound),
                answer => Ok(answer?),
            }
        })
        .await?;
    answer::list(&told(answer, now)?, logged)
}

fn told(answer: Answer, now: Timestamp) -> Result<Value, Refusal> {
    let (result, client, ask) = match answer {
        Answer::Opened(id) => {
            let client = json!({ "id": id.to_string(), "href": format!("/api/v1/clients/{id}") });
            ("opened", client, Value::Null)
        }
        Answer::Exists(unit) => ("exists", Value::Null, unit.map_or(Value::Null, whom_to_ask)),
        Answer::None => ("none", Value::Null, Value::Null),
        Answer::Paused(pause) => {
            let wait = pause.until.duration_since(now).as_secs().max(1);
            let seconds = u64::try_from(wait).unwrap_or(1);
            return Err(Failure::TooMany { seconds }.into());
        }
    };
    Ok(json!({ "result": result, "client": client, "ask": ask }))
}

pub(super) fn whom_to_ask(unit: AskUnit) -> Value {
    json!({
        "unit": { "fi": unit.name_fi, "sv": unit.name_sv, "en": unit.name_en },
        "phone": unit.phone,
    })
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<(Terms, &'static str), Problem> {
    let mut input = Input::read(headers, body)?;
    let code = input.text("identityCode", 11);
    let temporary = input.text("temporaryIdentifier", 100);
    let named = ["familyName", "givenNames", "birthDate", "reason"]
        .into_iter()
        .any(|name| input.has(name));
    let ways = usize::from(code.is_some()) + usize::from(temporary.is_some()) + usize::from(named);
    let mut terms = None;
    let mut reason = "";
    if ways > 1 {
        input.wrong(
            "identityCode",
            "unknown-value",
            "Search by a code, or by the name with the birth date: one way at a time.",
        );
    }
    if let Some(typed) = code {
        terms = IdentityCode::from_input(&typed).ok().map(Terms::Code);
        if terms.is_none() {
            input.wrong(
                "identityCode",
                "identity-code",
                "Give a personal identity code.",
            );
        }
    } else if let Some(typed) = temporary {
        terms = TemporaryIdentifier::parse(&typed)
            .ok()
            .map(Terms::Temporary);
        if terms.is_none() {
            input.wrong(
                "temporaryIdentifier",
                "identity-code",
                "Give a temporary identifier.",
            );
        }
    }
    if named || ways == 0 {
        let family = input.required("familyName", SHORT);
        let given = input.required("givenNames", SHORT);
        if !input.has("birthDate") {
            input.wrong(
                "birthDate",
                "required",
                "Give the birth date with the name.",
            );
        }
        let birth = input.day("birthDate");
        reason = input
            .code("reason", true, |text| {
                REASONS.into_iter().find(|one| *one == text)
            })
            .unwrap_or_default();
        if let (Some(family), Some(given), Some(birth)) = (family, given, birth) {
            terms = Some(Terms::Name {
                family,
                given,
                birth,
            });
        }
    }
    input.finish()?;
    terms
        .map(|terms| (terms, reason))
        .ok_or_else(|| Problem::properties(Vec::new()))
}
