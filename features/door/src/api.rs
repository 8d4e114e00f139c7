//! The public interface for contacts: the same rules, urgency and receipt as the form.
//!
//! What it takes and answers is told in `openapi.rs`; a test holds the two together.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use intake::domain::{Door, TalkLanguage};
use intake::store::sender::Brief;
use kernel::language::Language;
use serde_json::{Map, Value, json};
use web::problem::{Problem, error_at, kind};
use web::{Answer, House};

use crate::checking::{
    self, Checked, Fault, Field, LONGEST_LANGUAGE, LONGEST_NAME, LONGEST_PHONE, LONGEST_WORDS,
    Told, check,
};
use crate::receive::{self, Codes, Outcome};
use crate::words;

/// Largest body, bytes: the longest words with every letter escaped, and room for the rest.
pub const LARGEST_BODY: usize = 64 * 1024;

/// Header that makes a request safe to repeat.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Length of an idempotency key. A short one would be guessed, or met by chance.
pub const KEY_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;

/// The properties of a contact: name in JSON, the field of the rules.
pub const PROPERTIES: [(&str, Field); 9] = [
    ("ownWords", Field::Words),
    ("wish", Field::Wish),
    ("answerWay", Field::Way),
    ("phone", Field::Phone),
    ("name", Field::Name),
    ("language", Field::Language),
    ("otherLanguage", Field::OtherLanguage),
    ("municipality", Field::Municipality),
    ("parties", Field::Parties),
];

/// Receives a contact.
pub async fn create(State(house): State<House>, headers: HeaderMap, body: Bytes) -> Answer {
    let (key, checked) = match read(&headers, &body, &house.county.code) {
        Ok(request) => request,
        Err(refusal) => return Ok(refusal.into_response()),
    };
    let hid_code = checked.hid_code;
    let urgency = words::judge(
        &house,
        &checked.words,
        declared(checked.language),
        checked.wish,
        false,
    )
    .await?;
    let new = receive::new_contact(checked, Door::Api, urgency);
    let codes = key.map_or_else(|| Codes::drawn(&house), |key| Codes::of_key(&house, &key));
    Ok(match receive::once(&house, new, codes).await? {
        Outcome::Received { code, brief } => (
            StatusCode::CREATED,
            axum::Json(created(&brief, &code.shown(), hid_code)),
        )
            .into_response(),
        Outcome::Nobody => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            kind::BLANK,
            "The county has nobody at present who could take a contact. Call it instead.",
        )
        .with(header::RETRY_AFTER, HeaderValue::from_static("3600"))
        .into_response(),
        Outcome::OtherRequest => Problem::new(
            StatusCode::CONFLICT,
            kind::KEY_REUSED,
            "The Idempotency-Key belongs to another request. Use a new key for a new contact.",
        )
        .into_response(),
    })
}

/// The language in which the words are most likely written.
const fn declared(language: TalkLanguage) -> Language {
    match language {
        TalkLanguage::Sv => Language::Sv,
        TalkLanguage::En => Language::En,
        TalkLanguage::Fi | TalkLanguage::Sign | TalkLanguage::Other => Language::Fi,
    }
}

fn created(brief: &Brief, code: &str, hid_code: bool) -> Value {
    let [fi, sv, en] = &brief.unit;
    json!({
        "number": brief.number,
        "receiptCode": code,
        "answerDue": brief.answer_due.to_string(),
        "holder": {
            "person": brief.holder_name,
            "unit": { "fi": fi, "sv": sv, "en": en },
            "phone": brief.unit_phone,
        },
        "identityCodesHidden": hid_code,
    })
}

/// The key and the checked contact of a request.
fn read(
    headers: &HeaderMap,
    body: &[u8],
    county: &str,
) -> Result<(Option<String>, Checked), Problem> {
    if !is_json(headers) {
        let detail = "Send the contact as application/json.";
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            kind::TYPE,
            detail,
        ));
    }
    let malformed = |detail| Problem::new(StatusCode::BAD_REQUEST, kind::MALFORMED, detail);
    let value = serde_json::from_slice(body).map_err(|_| malformed("The body is not JSON."))?;
    let Value::Object(object) = value else {
        return Err(malformed("The body is not a JSON object."));
    };
    let key = idempotency_key(headers)?;
    let (told, mut errors) = told(&object);
    match check(&told, county) {
        Ok(checked) if errors.is_empty() => Ok((key, checked)),
        Ok(_) => Err(Problem::properties(errors)),
        Err(faults) => {
            // A value that could not be read is told of once, not as a missing one as well.
            let told: Vec<Value> = errors
                .iter()
                .map(|error| error["pointer"].clone())
                .collect();
            let further = faults.iter().map(error_of_fault);
            errors.extend(further.filter(|error| !told.contains(&error["pointer"])));
            Err(Problem::properties(errors))
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The properties of the object, and what is strange or of a wrong type in it.
fn told(object: &Map<String, Value>) -> (Told, Vec<Value>) {
    let mut told = Told::default();
    let mut errors = Vec::new();
    for (name, value) in object {
        let Some((_, field)) = PROPERTIES.iter().find(|(property, _)| property == name) else {
            errors.push(error(
                name,
                "unknown-property",
                "There is no such property.",
            ));
            continue;
        };
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            _ => {
                errors.push(error(name, "type", "Give a string."));
                continue;
            }
        };
        if longest(*field).is_none() && (text.is_empty() || text.trim() != text) {
            errors.push(error(
                name,
                "unknown-value",
                "Use one of the values in the description.",
            ));
            continue;
        }
        match field {
            Field::Words => told.words = text,
            Field::Wish => told.wish = Some(text),
            Field::Way => told.way = Some(text),
            Field::Phone => told.phone = Some(text),
            Field::Name => told.name = Some(text),
            Field::Language => told.language = Some(text),
            Field::OtherLanguage => told.other_language = Some(text),
            Field::Municipality => told.municipality = Some(text),
            Field::Parties => told.parties = Some(text),
        }
    }
    (told, errors)
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    if KEY_LENGTH.contains(&key.len()) {
        Ok(Some(key.to_owned()))
    } else {
        Err(Problem::new(
            StatusCode::BAD_REQUEST,
            kind::KEY,
            "An Idempotency-Key has 16 to 128 ASCII characters. A random UUID is a good one.",
        ))
    }
}

fn error_of_fault(fault: &Fault) -> Value {
    let name = PROPERTIES
        .iter()
        .find(|(_, field)| *field == fault.field)
        .map_or("", |(name, _)| name);
    let (code, detail) = match fault.problem {
        checking::Problem::Missing => ("required", "Give a value.".to_owned()),
        checking::Problem::TooLong { length, longest } => (
            "too-long",
            format!("There are {length} characters, at most {longest} fit."),
        ),
        checking::Problem::Unknown => (
            "unknown-value",
            "Use one of the values in the description.".to_owned(),
        ),
        checking::Problem::NotAPhone => (
            "not-a-phone",
            "Give a phone number of 6 to 15 digits.".to_owned(),
        ),
        checking::Problem::IdentityCode => (
            "identity-code",
            "Give a phone number, not an identity code.".to_owned(),
        ),
        checking::Problem::PhoneNeeded => (
            "phone-needed",
            "A call or a text message needs a phone number.".to_owned(),
        ),
    };
    error(name, code, &detail)
}

/// Codes of errors at a property, for the description.
pub const ERROR_CODES: [&str; 8] = [
    "required",
    "too-long",
    "unknown-value",
    "not-a-phone",
    "identity-code",
    "phone-needed",
    "unknown-property",
    "type",
];

fn error(name: &str, code: &str, detail: &str) -> Value {
    error_at(&[name], code, detail)
}

/// Longest values of the properties, in characters, for the description.
pub const fn longest(field: Field) -> Option<usize> {
    match field {
        Field::Words => Some(LONGEST_WORDS),
        Field::Phone => Some(LONGEST_PHONE),
        Field::Name => Some(LONGEST_NAME),
        Field::OtherLanguage => Some(LONGEST_LANGUAGE),
        Field::Wish | Field::Way | Field::Language | Field::Municipality | Field::Parties => None,
    }
}
