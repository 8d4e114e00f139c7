//! Clients and their log.

use ::clients::relations::KINDS;
use ::clients::store::details;
use serde_json::{Value, json};
use web::County;
use web::openapi::Told;
use web::problem::kind;

use super::{
    Operation, code, flag, id, in_languages, maybe_code, maybe_day, maybe_id, maybe_moment,
    maybe_text, moment, object, text,
};
use crate::clients::{LONG, REASONS, SERVICE_LANGUAGES, SHORT, SOURCES, WHY};

const TAG: (&str, &str) = ("clients", "Clients (asiakas)");

/// `GET /clients`
pub fn list(_: &County) -> Told {
    Operation::new("listClients", "Clients, by name", TAG)
        .about("Those whom the token's person may open, 50 on a page.")
        .lists("ClientLine", "Clients", line())
        .told()
}

/// `GET /clients/{id}`
pub fn one(_: &County) -> Told {
    Operation::new("readClient", "One client", TAG)
        .about("Names, identifiers, details in force and who takes part in the work. Protected contact details are not there.")
        .of_id("Id of the client")
        .shows("Client", whole())
        .told()
}

/// `POST /clients`
pub fn create(_: &County) -> Told {
    Operation::new("createClient", "Add a person as a client", TAG)
        .about("A client is not made twice: somebody who may be the same person is told of with 409, as much as the token's person may know, unless `notSame` is true. Without an identity code a temporary identifier is given.")
        .takes("NewClient", new(), json!({
            "birthDate": "1990-05-17",
            "familyName": "Esimerkki",
            "givenNames": "Maija Kaarina",
            "source": "client",
            "phone": "040 123 4567",
            "serviceLanguage": "fi",
        }))
        .makes("The client is there")
        .with_schema("SimilarClient", similar())
        .also(409, kind::SIMILAR, "Somebody may be the same person: `similar` holds a SimilarClient of each. Or another client has the identity code (urn:noste:problem:state)")
        .told()
}

/// `POST /clients/search`
pub fn search(_: &County) -> Told {
    let found = object(&[
        (
            "result",
            code(
                &["opened", "exists", "none"],
                "opened: here is the client. exists: known here, take a contact or ask the unit. none: nobody whom the token's person may know of.",
            ),
        ),
        (
            "client",
            json!({
                "type": ["object", "null"], "required": ["id", "href"], "additionalProperties": false,
                "properties": { "id": id("Id of the client."), "href": text("Address of the client.") },
            }),
        ),
        (
            "ask",
            json!({
                "type": ["object", "null"], "description": "Whom to ask.", "required": ["unit", "phone"], "additionalProperties": false,
                "properties": { "unit": in_languages("The unit."), "phone": maybe_text("Its number.") },
            }),
        ),
    ]);
    Operation::new("searchClient", "Search for one person", TAG)
        .about("By a whole identity code or temporary identifier, or by the full name with the birth date and a reason. Unknown and hidden are answered alike. Limits of the token's person hold.")
        .takes("Search", terms(), json!({
            "familyName": "Esimerkki", "givenNames": "Maija", "birthDate": "1990-05-17", "reason": "contact",
        }))
        .answers(200, "What may be told", "Found", found)
        .told()
}

fn terms() -> Value {
    let short = |longest: usize, description: &str| json!({ "type": ["string", "null"], "maxLength": longest, "description": description });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "identityCode": short(11, "A whole personal identity code."),
            "temporaryIdentifier": short(100, "A whole temporary identifier."),
            "familyName": short(SHORT, "The whole family name."),
            "givenNames": short(SHORT, "A whole given name, or all of them."),
            "birthDate": { "type": ["string", "null"], "format": "date", "description": "Birth date, with the name." },
            "reason": maybe_code(&REASONS, "Why the person is searched by name."),
        },
    })
}

/// `GET /clients/{id}/log`
pub fn log(_: &County) -> Told {
    Operation::new(
        "readClientLog",
        "Who has used a client's data, newest first",
        TAG,
    )
    .about("At most the thousand newest entries. No content of the client's data.")
    .of_id("Id of the client")
    .lists("LogLine", "Log", log_line())
    .told()
}

fn line() -> Value {
    object(&[
        ("id", id("Id of the client.")),
        ("name", text("Name.")),
        ("birthDate", maybe_day("Birth date.")),
        (
            "relation",
            code(
                &KINDS,
                "The closest relation by which the token's person sees the client.",
            ),
        ),
        ("since", maybe_moment("Since when it holds.")),
    ])
}

fn whole() -> Value {
    object(&[
        (
            "id",
            id("Id of the client; of the one kept when two were merged."),
        ),
        ("name", text("Name.")),
        (
            "names",
            json!({ "type": "array", "items": object(&[
            ("kind", code(&["current", "former", "called"], "Which name it is.")),
            ("family", text("Family name.")),
            ("given", text("Given names.")),
            ("called", maybe_text("The one in use.")),
        ]) }),
        ),
        ("identityCode", maybe_text("Personal identity code.")),
        (
            "temporaryIdentifier",
            maybe_text("Temporary identifier given by the county."),
        ),
        ("birthDate", maybe_day("Birth date.")),
        ("diedOn", maybe_day("Date of death.")),
        ("sex", maybe_text("As the register has it.")),
        (
            "unit",
            json!({
                "type": ["object", "null"], "description": "The unit that answers for the client.",
                "required": ["id", "name"], "additionalProperties": false,
                "properties": { "id": id("Id of the unit."), "name": text("Its name in Finnish.") },
            }),
        ),
        (
            "nonDisclosure",
            flag(
                "Non-disclosure for safety (turvakielto) is in force: contact details are not told.",
            ),
        ),
        (
            "details",
            json!({ "type": "array", "items": object(&[
            ("kind", code(&details::KINDS, "What it is.")),
            ("value", text("The value in force.")),
            ("from", maybe_day("Since when.")),
            ("to", maybe_day("The last day.")),
            ("source", text("Where it comes from, as a code.")),
        ]) }),
        ),
        (
            "workers",
            json!({ "type": "array", "items": object(&[
            ("name", text("Name of the worker.")),
            ("title", text("Title, as a code.")),
            ("relation", code(&KINDS, "The part in the work.")),
            ("since", moment("Since when.")),
        ]) }),
        ),
        (
            "narrow",
            flag("The token's person sees name and birth date only (457/2024 17 §)."),
        ),
    ])
}

fn new() -> Value {
    let short = |description: &str| json!({ "type": ["string", "null"], "maxLength": SHORT, "description": description });
    let name = |description: &str| json!({ "type": "string", "minLength": 1, "maxLength": SHORT, "description": description });
    json!({
        "type": "object",
        "required": ["familyName", "givenNames", "source"],
        "additionalProperties": false,
        "properties": {
            "identityCode": { "type": ["string", "null"], "maxLength": 11, "description": "Personal identity code. Without one a temporary identifier is given." },
            "birthDate": { "type": ["string", "null"], "format": "date", "description": "Needed without an identity code; must agree with it." },
            "familyName": name("Family name."),
            "givenNames": name("Given names."),
            "calledName": short("The one in use."),
            "phone": short("Phone number."),
            "email": short("E-mail address."),
            "address": { "type": ["string", "null"], "maxLength": LONG, "description": "Street address." },
            "serviceLanguage": maybe_code(&SERVICE_LANGUAGES, "Language of the services."),
            "source": code(&SOURCES, "Where this comes from."),
            "notSame": { "type": ["boolean", "null"], "description": "The person is none of those who were told of as similar." },
            "protect": { "type": ["boolean", "null"], "description": "Phone, e-mail and address are kept secret." },
        },
    })
}

fn similar() -> Value {
    object(&[
        ("why", code(&WHY, "What is the same.")),
        (
            "client",
            json!({
                "type": ["object", "null"], "description": "Whom the token's person may open.",
                "required": ["id", "href", "name", "birthDate"], "additionalProperties": false,
                "properties": {
                    "id": id("Id of the client."), "href": text("Address of the client."),
                    "name": text("Name."), "birthDate": maybe_day("Birth date."),
                },
            }),
        ),
        (
            "ask",
            json!({
                "type": ["object", "null"], "description": "Whom to ask of somebody who is known here and may not be opened.",
                "required": ["unit", "phone"], "additionalProperties": false,
                "properties": { "unit": in_languages("The unit."), "phone": maybe_text("Its number.") },
            }),
        ),
    ])
}

fn log_line() -> Value {
    object(&[
        ("at", moment("When.")),
        (
            "actor",
            object(&[
                (
                    "kind",
                    code(&["staff", "token", "sender", "system"], "Who acted."),
                ),
                ("id", maybe_id("Id of the worker or the token.")),
                ("name", maybe_text("Name of the worker.")),
            ]),
        ),
        ("event", text("What was done, as a code.")),
        (
            "right",
            text("The row of the rights table that allowed it."),
        ),
        (
            "purpose",
            text("Purpose of use, as a code (703/2023 10 §)."),
        ),
    ])
}
