//! Contacts.

use intake::domain::urgency::Urgency;
use intake::domain::{AnswerWay, Door, Kind, Parties, TalkLanguage, Theme};
use serde_json::{Value, json};
use web::County;
use web::openapi::Told;

use super::{
    Operation, code, day, flag, id, in_languages, maybe_code, maybe_moment, maybe_text, moment,
    object, text,
};
use crate::codes;

const TAG: (&str, &str) = ("contacts", "Contacts (yhteydenotto)");

/// `GET /contacts`
pub fn list(_: &County) -> Told {
    Operation::new("listContacts", "Open contacts, the newest first", TAG)
        .about("Those that the token's person may list. Who may see title, state and unit only gets no more.")
        .lists("ContactLine", "Contacts", line())
        .told()
}

/// `GET /contacts/{id}`
pub fn one(_: &County) -> Told {
    Operation::new("readContact", "One contact", TAG)
        .of_id("Id of the contact")
        .shows("Contact", whole())
        .told()
}

fn line() -> Value {
    object(&[
        ("id", id("Id of the contact.")),
        ("number", text("Number, as told on the phone.")),
        ("arrivedAt", moment("When it came.")),
        (
            "urgency",
            code(&codes!(Urgency), "How soon help is needed, as judged."),
        ),
        (
            "title",
            text("Short title; the number for whoever may not see the content."),
        ),
        (
            "person",
            maybe_text("Name, when the token's person may see the content."),
        ),
        (
            "anonymous",
            flag("Without a name by the person's own choice."),
        ),
        ("theme", maybe_code(&codes!(Theme), "What it is about.")),
        ("door", code(&codes!(Door), "The way it came.")),
        (
            "language",
            code(&codes!(TalkLanguage), "Language of the talk."),
        ),
        ("municipality", maybe_text("Municipality number.")),
        (
            "holder",
            maybe_text("Who answers for it by name; null while the duty holder does."),
        ),
        ("answerDue", day("The last day of the first answer.")),
        ("answered", flag("The person has been answered.")),
        (
            "offered",
            flag("An offer to hand it over waits for an answer."),
        ),
        (
            "returned",
            flag("It came back: reopened, or an offer was not taken."),
        ),
        (
            "readable",
            flag("The token's person may read it whole, or its state."),
        ),
    ])
}

fn whole() -> Value {
    object(&[
        ("id", id("Id of the contact.")),
        ("number", text("Number, as told on the phone.")),
        ("kind", code(&codes!(Kind), "Why it was made.")),
        ("open", flag("Somebody answers for it now.")),
        ("arrivedAt", moment("When it came.")),
        ("endedAt", maybe_moment("When it ended.")),
        ("ending", maybe_text("How it ended, as a code.")),
        (
            "urgency",
            code(&codes!(Urgency), "How soon help is needed, as judged."),
        ),
        ("title", text("Short title.")),
        (
            "ownWords",
            maybe_text("The person's own words; null without a right to the content."),
        ),
        ("person", maybe_text("Name.")),
        (
            "anonymous",
            flag("Without a name by the person's own choice."),
        ),
        ("phone", maybe_text("Number to call.")),
        (
            "answerWay",
            code(&codes!(AnswerWay), "How the person wants the answer."),
        ),
        ("theme", maybe_code(&codes!(Theme), "What it is about.")),
        ("door", code(&codes!(Door), "The way it came.")),
        (
            "language",
            code(&codes!(TalkLanguage), "Language of the talk."),
        ),
        (
            "otherLanguage",
            maybe_text("Which language, when it is another."),
        ),
        ("interpreter", flag("An interpreter is needed.")),
        ("municipality", maybe_text("Municipality number.")),
        ("parties", code(&codes!(Parties), "Who come together.")),
        (
            "holder",
            maybe_text("Who answers for it by name; null while the duty holder does."),
        ),
        ("unit", in_languages("The unit that answers for it.")),
        ("answerDue", day("The last day of the first answer.")),
        ("answered", flag("The person has been answered.")),
        (
            "messages",
            json!({ "type": "array", "items": object(&[
            ("at", moment("When.")),
            ("from", maybe_text("The worker's name; null for the person.")),
            ("text", text("The message.")),
        ]) }),
        ),
    ])
}
