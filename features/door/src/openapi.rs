//! The description of the public interface, OpenAPI 3.1. Values and lengths come from the rules
//! themselves, so that the description cannot promise what the handler does not do.

use intake::domain::{AnswerWay, Parties, TalkLanguage, Wish};
use kernel::place;
use serde_json::{Value, json};
use web::County;
use web::openapi::{Told, refusal, schema, with_wait};
use web::problem::kind;

use crate::LIMIT_API;
use crate::api::{ERROR_CODES, KEY_LENGTH, longest};
use crate::checking::Field;

/// What the interface's route of contacts tells of itself.
pub fn told(county: &County) -> Told {
    Told {
        operation: create(&county.code),
        schemas: vec![
            ("NewContact", new_contact(&county.code)),
            ("ReceivedContact", received_contact()),
        ],
        codes: ERROR_CODES.to_vec(),
        tag: ("contacts", "Contacts (yhteydenotto)"),
    }
}

fn create(county: &str) -> Value {
    json!({
        "operationId": "createContact",
        "summary": "Make a contact",
        "description": format!("Needs no token; at most {} requests in an hour from one address. Kept on disk before the answer is sent. Urgency is judged by rule at once; a professional judges it again. Personal identity codes in the words are hidden.", LIMIT_API.per_hour),
        "parameters": [{
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "description": "Makes the request safe to repeat: the same key with the same contact gives the same answer and makes no second contact.",
            "schema": { "type": "string", "minLength": KEY_LENGTH.start(), "maxLength": KEY_LENGTH.end() },
            "example": "7c4a8d09-ca37-4f0e-9f5d-2b1c6a5e3d10",
        }],
        "requestBody": { "required": true, "content": { "application/json": {
            "schema": schema("NewContact"),
            "examples": {
                "anonymous": {
                    "summary": "Anonymous, reads the answer with the receipt code",
                    "value": { "ownWords": "Vuokra on kaksi kuukautta rästissä.", "answerWay": "code" },
                },
                "call": {
                    "summary": "Wants a call today",
                    "value": {
                        "ownWords": "Rahat ovat loppu ja kotona on kaksi lasta.",
                        "wish": "today",
                        "answerWay": "call",
                        "phone": "040 123 4567",
                        "name": "Maija Esimerkki",
                        "language": "fi",
                        "municipality": first_municipality(county),
                        "parties": "family",
                    },
                },
            },
        } } },
        "responses": {
            "201": {
                "description": "The contact is received and somebody answers for it",
                "content": { "application/json": {
                    "schema": schema("ReceivedContact"),
                    "example": {
                        "number": "2026-000123",
                        "receiptCode": "2345-6789-ABCD",
                        "answerDue": "2026-03-16",
                        "holder": {
                            "person": null,
                            "unit": { "fi": "Neuvonta", "sv": "Rådgivningen", "en": "Advice" },
                            "phone": "014 000 0100",
                        },
                        "identityCodesHidden": false,
                    },
                } },
            },
            "400": refusal("The body is not a JSON object, or the Idempotency-Key cannot be used", kind::MALFORMED, 400),
            "409": refusal("The Idempotency-Key belongs to another contact", kind::KEY_REUSED, 409),
            "413": refusal("The body is larger than 64 KiB", "about:blank", 413),
            "415": refusal("The body is not application/json", kind::TYPE, 415),
            "422": {
                "description": "Properties are to be corrected; nothing was kept",
                "content": { "application/problem+json": {
                    "schema": schema("Problem"),
                    "example": {
                        "type": kind::INVALID,
                        "title": "Some properties are to be corrected",
                        "status": 422,
                        "detail": "Nothing was kept. Each error tells its property and what to do.",
                        "errors": [{ "pointer": "/phone", "code": "phone-needed", "detail": "A call or a text message needs a phone number." }],
                    },
                } },
            },
            "429": with_wait(refusal("Too many requests", "about:blank", 429)),
            "500": refusal("A fault of ours", "about:blank", 500),
            "503": with_wait(refusal("Busy", "about:blank", 503)),
        },
    })
}

fn first_municipality(county: &str) -> &'static str {
    place::municipalities_of(county)
        .first()
        .map_or("", |one| one.code)
}

fn new_contact(county: &str) -> Value {
    let codes = |values: Vec<&str>| {
        let mut values: Vec<Value> = values.into_iter().map(Value::from).collect();
        values.push(Value::Null);
        Value::from(values)
    };
    let ways: Vec<&str> = AnswerWay::ALL
        .iter()
        .filter(|way| **way != AnswerWay::None)
        .map(|way| way.code())
        .collect();
    let municipalities: Vec<&str> = place::municipalities_of(county)
        .into_iter()
        .map(|one| one.code)
        .collect();
    json!({
        "type": "object",
        "description": "A contact. It needs no problem and no name; a couple or a family may come together.",
        "required": ["ownWords", "answerWay"],
        "additionalProperties": false,
        "properties": {
            "ownWords": {
                "type": "string",
                "minLength": 1,
                "maxLength": longest(Field::Words),
                "description": "What the person says, in the person's own words. White space alone is not enough.",
            },
            "wish": {
                "type": ["string", "null"],
                "enum": codes(Wish::ALL.iter().map(|wish| wish.code()).collect()),
                "description": "How soon the person needs help.",
            },
            "answerWay": {
                "type": "string",
                "enum": ways,
                "description": "How the person wants the answer: a call, a text message, or read with the receipt code.",
            },
            "phone": {
                "type": ["string", "null"],
                "maxLength": longest(Field::Phone),
                "description": "Needed for `call` and `text`: 6 to 15 digits; spaces, hyphens, brackets and a leading + are fine.",
            },
            "name": {
                "type": ["string", "null"],
                "maxLength": longest(Field::Name),
                "description": "Without a name the contact is anonymous.",
            },
            "language": {
                "type": ["string", "null"],
                "enum": codes(TalkLanguage::ALL.iter().map(|language| language.code()).collect()),
                "default": "fi",
                "description": "Language of the talk; `sign` and `other` mean that an interpreter is needed.",
            },
            "otherLanguage": {
                "type": ["string", "null"],
                "maxLength": longest(Field::OtherLanguage),
                "description": "Which language, when `language` is `other`.",
            },
            "municipality": {
                "type": ["string", "null"],
                "enum": codes(municipalities),
                "description": "Municipality number (Statistics Finland) of this county. Without it the county's advice unit receives.",
            },
            "parties": {
                "type": ["string", "null"],
                "enum": codes(Parties::ALL.iter().map(|parties| parties.code()).collect()),
                "default": "one",
                "description": "Who come together.",
            },
        },
    })
}

fn received_contact() -> Value {
    json!({
        "type": "object",
        "required": ["number", "receiptCode", "answerDue", "holder", "identityCodesHidden"],
        "additionalProperties": false,
        "properties": {
            "number": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{6,}$", "description": "The contact's number, to be told on the phone." },
            "receiptCode": {
                "type": "string",
                "pattern": "^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$",
                "description": "Opens the state of the contact. A secret of the sender: keep it in no log.",
            },
            "answerDue": { "type": "string", "format": "date", "description": "The last day of the first answer." },
            "holder": {
                "type": "object",
                "description": "Who answers for the contact now.",
                "required": ["person", "unit", "phone"],
                "additionalProperties": false,
                "properties": {
                    "person": { "type": ["string", "null"], "description": "Name of the person; null while the unit's duty holder answers." },
                    "unit": {
                        "type": "object",
                        "required": ["fi", "sv", "en"],
                        "additionalProperties": false,
                        "properties": { "fi": { "type": "string" }, "sv": { "type": "string" }, "en": { "type": "string" } },
                    },
                    "phone": { "type": ["string", "null"] },
                },
            },
            "identityCodesHidden": { "type": "boolean", "description": "The words held a personal identity code, which was hidden." },
        },
    })
}
