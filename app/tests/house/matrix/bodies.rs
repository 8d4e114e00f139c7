//! Well-formed forms: an answer to one of these tells whether the act is allowed, not whether something was missing.

use identity::people::StaffId;
use kernel::identity_code::IdentityCode;
use kernel::time::Date;

use super::scenes::Set;
use super::stage::Stage;
use crate::actors::{Cast, fresh};

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

/// The fields of a form about a client or a matter. A new form breaks the test until it is told here how it is filled.
pub fn client_body(
    path: &str,
    set: &Set,
    cast: &Cast,
    known: &IdentityCode,
    today: Date,
) -> Vec<(&'static str, String)> {
    let fields: &[(&'static str, &str)] = match path {
        "/matters/{id}/take"
        | "/matters/{id}/workers/{staff}/leave"
        | "/matter-offers/{id}/accept"
        | "/matter-offers/{id}/withdraw"
        | "/clients/{id}/secret-right/end" => &[],
        "/clients/{id}/timeline" => &[("words", "kirje")],
        "/clients/{id}/exceptional" => &[("code", "urgent"), ("reason", LONG_REASON)],
        "/clients/{id}/secret" => &[("reason", LONG_REASON)],
        "/clients/{id}/basics/{kind}" => &[("value", "040 765 4321"), ("source", "client")],
        "/clients/{id}/mistakes/{detail}" => &[("why", "other_person"), ("reason", "Syy")],
        "/clients/{id}/related" => &[
            ("name", "Veli Koe"),
            ("role", "sibling"),
            ("source", "client"),
        ],
        "/clients/{id}/related/{row}" | "/clients/{id}/death" => &[("source", "authority")],
        "/clients/{id}/relation" => &[("ground", "application")],
        "/clients/{id}/non-disclosure" => &[("source", "client")],
        "/clients/{id}/secret-right" => &[("task", "Kotikäynnit")],
        "/clients/{id}/restriction" | "/clients/{id}/restriction/end" => &[("why", "Syy")],
        "/clients/{id}/restriction/ask" => &[],
        "/clients/{id}/disqualification" => &[("sure", "yes")],
        "/clients/{id}/disqualification/end" => &[("lift", "Syy")],
        "/clients/{id}/merge" | "/clients/{id}/wrong" | "/clients/{id}/non-disclosure/end" => {
            &[("reason", "Syy")]
        }
        "/clients/{id}/matters/new" => &[
            ("name", "guidance"),
            ("service_task", "working_age"),
            ("kind", "contact"),
            ("way", "phone"),
            ("initiator", "1"),
            ("holder", "me"),
        ],
        "/matters/{id}/transfer/print" => &[("why", "client")],
        "/matters/{id}/transfer/sent" => &[("how", "paper"), ("words", "Kirje")],
        "/matters/{id}/transfer" => &[
            ("county", "06"),
            ("receiver", "Aikuissosiaalityö"),
            ("urgency", "week"),
            ("ground", "consent"),
            ("ground_words", "Syy"),
            ("parts", "basics"),
            ("told", "yes"),
            ("late_reason", "Syy"),
        ],
        "/matters/{id}/take-over"
        | "/matters/{id}/offer"
        | "/matters/{id}/client-leave"
        | "/matters/{id}/part" => &[("body", "Syy")],
        "/matter-offers/{id}/refuse" => &[("reason", "Syy"), ("alternative", "Toinen tie")],
        "/matters/{id}/execution" => &[
            ("reason", "not_needed"),
            ("body", "Syy"),
            ("late_reason", "Syy"),
        ],
        "/matters/{id}/worker" | "/matters/{id}/substitute" | "/matters/{id}/client" => &[],
        "/matters/{id}/own-worker" => &[("how", "named")],
        "/matters/{id}/close" => &[
            ("reason", "handled"),
            ("body", "Syy"),
            ("late_reason", "Syy"),
        ],
        other => panic!("tell here how the form of {other} is filled"),
    };
    let mut all: Vec<(&'static str, String)> = fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    let on = format!("{}.{}.{}", today.day(), today.month(), today.year());
    let (third, client) = (cast.third.to_string(), set.client.to_string());
    let more: Vec<(&'static str, String)> = match path {
        "/clients/{id}/basics/{kind}" => vec![("version", set.version.to_string())],
        "/clients/{id}/death" => vec![("on", on)],
        "/clients/{id}/non-disclosure" => vec![("from", on)],
        "/clients/{id}/secret-right" => vec![("who", third), ("until", on)],
        "/clients/{id}/secret-right/end" => {
            vec![("right", StaffId::from_bytes(set.row).to_string())]
        }
        "/clients/{id}/restriction" => vec![("named", third)],
        "/clients/{id}/restriction/ask" => vec![("ask", cast.leading.to_string())],
        "/clients/{id}/disqualification/end" => {
            vec![("row", StaffId::from_bytes(set.row).to_string())]
        }
        "/clients/{id}/merge" => vec![("other", known.expose().to_owned())],
        "/clients/{id}/matters/new" => vec![("pending_on", on), ("reasons", unheard())],
        "/matters/{id}/execution" => vec![("on", on)],
        "/matters/{id}/client" => vec![("identity_code", known.expose().to_owned())],
        "/matters/{id}/offer" => vec![("receiver", format!("person:{third}"))],
        "/matters/{id}/worker" => vec![("staff", third)],
        "/matters/{id}/own-worker" => vec![("client", client), ("staff", third), ("from", on)],
        "/matters/{id}/substitute" => vec![("staff", third), ("from", on.clone()), ("to", on)],
        "/matters/{id}/client-leave" | "/matters/{id}/part" => vec![("client", client)],
        _ => Vec::new(),
    };
    all.extend(more);
    all
}

/// Twenty characters at least.
const LONG_REASON: &str = "Asiakas on vastaanotolla, eikä muita ole paikalla.";

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
