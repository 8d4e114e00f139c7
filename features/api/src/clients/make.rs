//! A program writes a client down for its worker.

use ::clients::store::create::{self, Maker, NewClient};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use web::House;
use web::problem::Problem;

use super::desk;
use crate::input::Input;
use crate::making;
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

const PATH: &str = "/api/v1/clients";

/// `POST /api/v1/clients`
pub async fn create(
    State(house): State<House>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let unit = caller.worker()?.unit;
    let mut new = read(&headers, &body, house.today())?;
    new.unit = Some(unit);
    let repeat = repeat::read(&headers, caller.token(), PATH, &body)?;
    let (desk, reader) = (desk(&house)?, caller.reader()?);
    making::make(&house, &caller, repeat, move |tx| {
        let id = create::create(tx, &desk, &reader, &new, Maker::Recorder)?;
        Ok(making::made(id.bytes(), PATH, &id.to_string()))
    })
    .await
}

fn read(headers: &HeaderMap, body: &[u8], today: Date) -> Result<NewClient, Problem> {
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
    input.finish()?;
    Ok(NewClient {
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
    })
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
