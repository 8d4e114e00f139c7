//! A program writes a client down for its worker.

use ::clients::ClientError;
use ::clients::store::create::{self, Maker, NewClient};
use ::clients::store::search::{self, Candidate, Occasion, Similar, Who};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use serde_json::{Value, json};
use web::House;
use web::problem::{Problem, kind};

use super::desk;
use super::search::whom_to_ask;
use crate::input::Input;
use crate::making::{self, Outcome};
use crate::refusal::Reply;
use crate::repeat;
use crate::tokens::Caller;

/// Largest body, bytes.
pub const LARGEST_BODY: usize = 16 * 1024;
/// Longest name or short text, characters.
pub const SHORT: usize = 200;
/// Longest address, characters.
pub const LONG: usize = 1_000;
/// Where what is told comes from.
pub const SOURCES: [&str; 6] = [
    "client",
    "close",
    "authority",
    "document",
    "register",
    "worker",
];
/// Languages of service that the law gives.
pub const SERVICE_LANGUAGES: [&str; 2] = ["fi", "sv"];

/// Why somebody may be the person who is to be added.
pub const WHY: [&str; 4] = ["code", "name_birth", "name_close", "phone"];

const PATH: &str = "/api/v1/clients";
const KNOWN: &str = "Somebody like this is a client already. Look whether the person is one of these; if not, send it again with notSame true.";

/// `POST /api/v1/clients`
pub async fn create(
    State(house): State<House>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let unit = caller.worker()?.unit;
    let (mut new, not_same) = read(&headers, &body, house.today())?;
    new.unit = Some(unit);
    let repeat = repeat::read(&headers, caller.token(), PATH, &body)?;
    let (desk, reader) = (desk(&house)?, caller.reader()?);
    making::make_or_tell(&house, &caller, repeat, move |tx| {
        if !not_same {
            let similar = match search::similar(tx, &desk, &reader, &candidate(&new)) {
                // Whose tasks have no search is told of nobody.
                Err(ClientError::NotFound) => Vec::new(),
                found => found?,
            };
            if !similar.is_empty() {
                let similar = similar.iter().map(alike).collect();
                return Ok(Outcome::Stopped(Box::new(Problem::similar(KNOWN, similar))));
            }
        }
        match (
            create::create(tx, &desk, &reader, &new, Maker::Recorder),
            &new.code,
        ) {
            (Ok(id), _) => {
                let made = making::made(id.bytes(), PATH, &id.to_string());
                Ok(Outcome::Made(made))
            }
            // The code is looked at before anything is written. To tell that it is somebody's counts as a search.
            (Err(ClientError::CodeTaken), Some(code)) => {
                search::by_code(tx, &desk, &reader, code, Occasion::Taken)?;
                let taken = Problem::new(StatusCode::CONFLICT, kind::STATE, super::TAKEN);
                Ok(Outcome::Stopped(Box::new(taken)))
            }
            (Err(error), _) => Err(error.into()),
        }
    })
    .await
}

fn candidate(new: &NewClient) -> Candidate<'_> {
    let phone = new.details.iter().find(|(kind, _)| *kind == "phone");
    Candidate {
        code: new.code.as_ref(),
        family: &new.family,
        given: &new.given,
        birth: new.birth,
        phone: phone.map(|(_, value)| value.as_str()),
    }
}

/// Somebody who may be the same person, as much as the token's person may know.
fn alike(one: &Similar) -> Value {
    let (client, ask) = match &one.who {
        Who::Opened { id, name, birth } => (
            json!({
                "id": id.to_string(),
                "href": format!("{PATH}/{id}"),
                "name": name,
                "birthDate": birth.map(|day| day.to_string()),
            }),
            Value::Null,
        ),
        Who::Exists(unit) => (Value::Null, unit.clone().map_or(Value::Null, whom_to_ask)),
    };
    json!({ "why": one.why, "client": client, "ask": ask })
}

fn read(headers: &HeaderMap, body: &[u8], today: Date) -> Result<(NewClient, bool), Problem> {
    let mut input = Input::read(headers, body)?;
    let code = input.text("identityCode", 11);
    let code = code.and_then(|typed| {
        let code = IdentityCode::from_input(&typed).ok();
        if code.is_none() {
            input.wrong(
                "identityCode",
                "identity-code",
                "Give a personal identity code, or none.",
            );
        }
        code
    });
    let birth = birth(&mut input, code.as_ref(), today);
    let family = input.required("familyName", SHORT).unwrap_or_default();
    let given = input.required("givenNames", SHORT).unwrap_or_default();
    let called = input.text("calledName", SHORT);
    let source = input
        .code("source", true, |text| {
            SOURCES.into_iter().find(|one| *one == text)
        })
        .unwrap_or_default();
    let mut details = Vec::new();
    for (property, kind, longest) in [
        ("phone", "phone", SHORT),
        ("email", "email", SHORT),
        ("address", "address", LONG),
    ] {
        details.extend(input.text(property, longest).map(|value| (kind, value)));
    }
    let language = input.code("serviceLanguage", false, |text| {
        SERVICE_LANGUAGES.into_iter().find(|one| *one == text)
    });
    details.extend(language.map(|code| ("service_language", code.to_owned())));
    let protect = input.flag("protect");
    let not_same = input.flag("notSame");
    input.finish()?;
    let new = NewClient {
        code,
        birth,
        family,
        given,
        called,
        sex: None,
        source: source.to_owned(),
        unit: None,
        details,
        protect,
    };
    Ok((new, not_same))
}

/// The birth date that is told or that the code tells; the two must agree.
fn birth(input: &mut Input, code: Option<&IdentityCode>, today: Date) -> Option<Date> {
    let needed = code.is_none() && !input.has("birthDate");
    let told = input.day("birthDate");
    if needed {
        input.wrong(
            "birthDate",
            "required",
            "Give the birth date, or an identity code.",
        );
    }
    match (told, code) {
        (Some(told), _) if told > today => {
            input.wrong("birthDate", "not-a-date", "The day is in the future.");
        }
        (Some(told), Some(code)) if told != code.birth_date() => {
            input.wrong(
                "birthDate",
                "not-a-date",
                "The identity code tells another day.",
            );
        }
        _ => {}
    }
    told.or(code.map(IdentityCode::birth_date))
}
