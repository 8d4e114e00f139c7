//! Matters.

use casework::domain::{CloseReason, InitiationKind, Initiator, NameCode, ServiceTask, Stage, Way};
use serde_json::{Value, json};
use web::County;
use web::openapi::{Told, schema};
use web::problem::kind;

use super::{
    Operation, code, flag, id, in_languages, maybe_day, maybe_moment, maybe_text, moment, object,
    text,
};
use crate::codes;
use crate::matters::{SHORT, WORDS};

const TAG: (&str, &str) = ("matters", "Matters (asia) of working-age services");

/// `GET /clients/{id}/matters`
pub fn of_client(_: &County) -> Told {
    let all = object(&[(
        "items",
        json!({ "type": "array", "items": schema("MatterLine") }),
    )]);
    Operation::new("listMattersOfClient", "The matters of a client", TAG)
        .about("Those that the token's person sees, open ones first.")
        .of_id("Id of the client")
        .answers(200, "The matters", "MattersOfClient", all)
        .with_schema("MatterLine", line())
        .told()
}

/// `GET /matters/{id}`
pub fn one(_: &County) -> Told {
    Operation::new("readMatter", "One matter", TAG)
        .about("Who sees title, state and unit only gets no content.")
        .of_id("Id of the matter")
        .shows("Matter", whole())
        .told()
}

/// `POST /matters`
pub fn open(_: &County) -> Told {
    Operation::new("openMatter", "Open a matter for a client", TAG)
        .about("With its entry of initiation (703/2023 41 §). It has somebody who answers for it from its first second: the token's person, or the duty holder of that person's unit.")
        .takes("NewMatter", new(), json!({
            "clientId": "01890000-0000-7000-8000-000000000000",
            "nameCode": "guidance",
            "kind": "contact",
            "way": "phone",
            "initiator": "1",
            "reasons": "Vuokra on kaksi kuukautta rästissä.",
        }))
        .makes("The matter is there")
        .also(404, kind::BLANK, "There is no such client for whom the token's person may open a matter")
        .told()
}

/// `POST /matters/{id}/closing`
pub fn close(_: &County) -> Told {
    Operation::new("closeMatter", "Close a matter", TAG)
        .about("A closed matter is not opened again: a new contact makes a new one.")
        .of_id("Id of the matter")
        .takes("Closing", closing(), json!({ "reason": "handled" }))
        .if_unchanged()
        .shows("Matter", whole())
        .also(
            409,
            kind::STATE,
            "The matter has ended, or something keeps it open",
        )
        .told()
}

fn line() -> Value {
    object(&[
        ("id", id("Id of the matter.")),
        ("number", text("Number.")),
        ("nameCode", code(&codes!(NameCode), "What it is called.")),
        ("nameText", maybe_text("The name in words.")),
        ("stage", code(&codes!(Stage), "Where it is.")),
        (
            "serviceTask",
            code(&codes!(ServiceTask), "Service task (palvelutehtävä)."),
        ),
        ("joint", flag("It has several clients.")),
        ("pendingAt", moment("When it became pending.")),
        (
            "clients",
            json!({ "type": "array", "items": text("Name of a client."), "description": "Those whom the token's person sees." }),
        ),
        ("holder", maybe_text("Who answers for it by name.")),
        ("unit", in_languages("The unit that answers for it.")),
        ("dueOn", maybe_day("The first day in law that runs.")),
    ])
}

fn whole() -> Value {
    let mut entry = object(&[
        (
            "kind",
            code(&codes!(InitiationKind), "What made it pending."),
        ),
        ("way", code(&codes!(Way), "The way it came.")),
        (
            "initiator",
            code(
                &codes!(Initiator),
                "Who brought the need (national list 1243).",
            ),
        ),
        ("initiatorName", maybe_text("Who that was.")),
        ("contactAt", moment("When contact was made.")),
        ("reasons", text("Need and its grounds.")),
        ("ownWords", maybe_text("What the person said.")),
    ]);
    entry["type"] = json!(["object", "null"]);
    entry["description"] = "The entry of initiation; null without a right to the content.".into();
    object(&[
        ("id", id("Id of the matter.")),
        ("number", text("Number.")),
        ("nameCode", code(&codes!(NameCode), "What it is called.")),
        ("nameText", maybe_text("The name in words.")),
        ("stage", code(&codes!(Stage), "Where it is.")),
        (
            "serviceTask",
            code(&codes!(ServiceTask), "Service task (palvelutehtävä)."),
        ),
        ("joint", flag("It has several clients.")),
        ("pendingAt", moment("When it became pending.")),
        (
            "holder",
            maybe_text(
                "Who answers for it by name; null while the duty holder does, and after its end.",
            ),
        ),
        ("unit", in_languages("The unit that answers for it.")),
        ("endedAt", maybe_moment("When it ended.")),
        ("endReason", maybe_text("Why it ended, as a code.")),
        (
            "clients",
            json!({ "type": "array", "items": object(&[
            ("id", id("Id of the client.")),
            ("name", text("Name.")),
            ("birthDate", maybe_day("Birth date.")),
            ("ownWorker", maybe_text("The own worker.")),
        ]) }),
        ),
        (
            "hiddenClients",
            flag("It has clients whom the token's person does not see."),
        ),
        (
            "workers",
            json!({ "type": "array", "items": object(&[
            ("name", text("Name of the worker.")),
            ("title", text("Title, as a code.")),
            ("since", moment("Since when.")),
        ]) }),
        ),
        ("initiation", entry),
    ])
}

fn new() -> Value {
    json!({
        "type": "object",
        "required": ["clientId", "nameCode", "kind", "way", "initiator", "reasons"],
        "additionalProperties": false,
        "properties": {
            "clientId": id("Whose matter it is."),
            "nameCode": code(&codes!(NameCode), "What it is called; 99 needs nameText."),
            "nameText": { "type": ["string", "null"], "maxLength": SHORT, "description": "The name in words." },
            "kind": code(&codes!(InitiationKind), "What made it pending."),
            "way": code(&codes!(Way), "The way it came."),
            "initiator": code(&codes!(Initiator), "Who brought the need (national list 1243)."),
            "initiatorName": { "type": ["string", "null"], "maxLength": SHORT, "description": "Who that was, when not the client." },
            "contactAt": { "type": ["string", "null"], "format": "date-time", "description": "When contact was made; now when not told." },
            "reasons": { "type": "string", "minLength": 1, "maxLength": WORDS, "description": "Need and its grounds." },
            "ownWords": { "type": ["string", "null"], "maxLength": WORDS, "description": "What the person said." },
            "hold": { "type": ["boolean", "null"], "description": "The token's person answers for it by name; otherwise the duty holder of the unit." },
        },
    })
}

fn closing() -> Value {
    let words = |description: &str| json!({ "type": ["string", "null"], "maxLength": WORDS, "description": description });
    json!({
        "type": "object",
        "required": ["reason"],
        "additionalProperties": false,
        "properties": {
            "reason": code(&codes!(CloseReason), "Why it is closed."),
            "words": words("The reason in words; some reasons need them."),
            "lateReason": words("Why a day in law was passed, when one was."),
            "noGround": words("The entry that there is no ground for social care (SHL 34 § 2): ends the client relation."),
        },
    })
}
