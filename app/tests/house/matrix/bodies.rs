//! Well-formed forms: an answer to one of these tells whether the act is allowed, not whether something was missing.

use kernel::time::Date;

use super::stage::{Stage, fresh};

/// The fields of a form of a page. A new form breaks the test until it is told here how it is filled.
pub fn body(route: &str, stage: &Stage, today: Date) -> Vec<(&'static str, String)> {
    let path = route.strip_prefix("POST ").expect("a form");
    let fields: &[(&'static str, &str)] = match path {
        "/contacts/{id}/take"
        | "/contacts/{id}/seen"
        | "/offers/{id}/withdraw"
        | "/offers/{id}/accept"
        | "/tasks/{id}/finish" => &[],
        "/contacts/{id}/take-over"
        | "/contacts/{id}/reopen"
        | "/contacts/{id}/note"
        | "/contacts/{id}/call"
        | "/contacts/{id}/unlink"
        | "/contacts/{id}/message" => &[("body", "Teksti")],
        "/contacts/{id}/attempt" => &[("channel", "call"), ("reached", "no"), ("body", "")],
        "/contacts/{id}/urgency" => &[("urgency", "today"), ("reason", "Syy")],
        "/contacts/{id}/end" => &[("ending", "not_wanted"), ("own_words", "En tarvitse")],
        "/contacts/{id}/offer" => &[("reason", "Syy")],
        "/contacts/{id}/matter" => &[
            ("name", "assessment"),
            ("service_task", "working_age"),
            ("kind", "contact"),
            ("way", "phone"),
            ("initiator", "1"),
            ("holder", "me"),
            ("reasons", "Syy"),
            ("given", "Aatu"),
            ("birth", "1.2.1990"),
            // Somebody with the same number may be a client already.
            ("same", "new"),
        ],
        "/contacts/filters" => &[("urgency", "today")],
        "/contacts/new" => &[
            ("kind", "contact"),
            ("door", "phone"),
            ("language", "fi"),
            ("urgency", "now"),
            ("own_words", "Kysyn neuvoa"),
            // Asked of health professionals.
            ("authority_ground", "consent"),
        ],
        "/advice" => &[
            ("asked", "Kysymys"),
            ("advised", "Neuvo"),
            ("next", "Soittaa"),
            ("door", "phone"),
        ],
        "/offers/{id}/refuse" => &[("reason", "Syy"), ("alternative", "Toinen tie")],
        "/tasks/{id}/done" => &[
            ("kind", "call"),
            ("outcome", "reached"),
            ("text", "Sovittu"),
        ],
        other => panic!("tell here how the form of {other} is filled"),
    };
    let mut all: Vec<(&'static str, String)> = fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    match path {
        // Written down anew, and not the same once more.
        "/contacts/new" => all.push(("person_name", unheard())),
        "/contacts/{id}/offer" => all.push(("receiver", format!("person:{}", stage.other))),
        "/contacts/{id}/matter" => {
            all.push(("family", unheard()));
            let day = format!("{}.{}.{}", today.day(), today.month(), today.year());
            all.push(("pending_on", day));
        }
        _ => {}
    }
    all
}

/// A well-formed body. A new route breaks the test until it is told here what it takes.
pub fn json(path: &str, client: &str) -> String {
    let surname = unheard();
    let value = match path {
        "/api/v1/clients" => serde_json::json!({
            "familyName": surname, "givenNames": "Aatu", "birthDate": "1990-02-01", "source": "client",
        }),
        "/api/v1/clients/search" => serde_json::json!({
            "familyName": surname, "givenNames": "Aatu", "birthDate": "1990-02-01", "reason": "contact",
        }),
        "/api/v1/matters" => serde_json::json!({
            "clientId": client, "nameCode": "guidance", "kind": "contact", "way": "phone",
            "initiator": "1", "reasons": "Syy", "hold": true,
        }),
        "/api/v1/matters/{id}/closing" => serde_json::json!({
            "reason": "handled", "words": "Syy", "lateReason": "Syy",
        }),
        other => panic!("tell here what {other} takes"),
    };
    value.to_string()
}

/// A name that nobody has.
fn unheard() -> String {
    let letters = fresh();
    let letters = letters.iter().map(|byte| char::from(b'a' + byte % 26));
    letters.collect()
}
