//! Script written into every text that people write stays text on every page.

use axum::http::{Method, header};
use store::{Query, StoreError, params};

use crate::attacks::{people, routes};
use crate::county::County;
use crate::ids::Ids;

const SCRIPT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

/// Texts that people write, wherever they are kept.
const WRITTEN: [(&str, &[&str]); 33] = [
    ("client", &["display_name", "source"]),
    ("client_name", &["family", "given", "called", "source"]),
    ("related_person", &["name", "scope", "phone", "source"]),
    ("non_disclosure", &["source"]),
    ("secret_right", &["task"]),
    ("client_event", &["body"]),
    ("client_relation", &["end_reason"]),
    (
        "matter",
        &["reasons", "own_words", "end_words", "initiator_name"],
    ),
    ("matter_offer", &["reason"]),
    ("matter_event", &["body"]),
    ("matter_client", &["part"]),
    (
        "contact",
        &[
            "own_words",
            "title",
            "person_name",
            "phone",
            "wish",
            "urgency_reason",
            "authority",
        ],
    ),
    ("contact_event", &["body"]),
    ("contact_message", &["body"]),
    ("offer", &["reason"]),
    ("task", &["title"]),
    ("timeline_item", &["title", "body"]),
    ("staff", &["name"]),
    ("unit", &["name_fi", "name_sv", "name_en", "phone"]),
    (
        "observation",
        &["body", "proposal", "wished", "set_aside_reason"],
    ),
    ("phenomenon", &["title", "description", "closed_reason"]),
    (
        "phenomenon_evidence",
        &["source", "period", "area", "words"],
    ),
    ("phenomenon_statement", &["words"]),
    ("proposal", &["words", "recipient", "recipient_role"]),
    (
        "proposal_response",
        &["reason", "decided_by_role", "minutes"],
    ),
    (
        "gathering",
        &["title", "place", "hours", "held_by", "plan_what", "notes"],
    ),
    ("gathering_proposal", &["words"]),
    ("bikva_stage", &["words"]),
    ("cycle_step", &["title", "words", "role"]),
    ("forum_decision", &["words", "minutes", "role"]),
    ("publication_version", &["title", "reason"]),
    ("publication_section", &["words"]),
    ("publication_quote", &["words"]),
];

#[test]
fn stored_script_is_shown_as_text_on_every_page() {
    let county = County::of(20);
    let written = county
        .built
        .house
        .store
        .write_blocking(|tx| {
            let mut written = 0;
            for (table, columns) in WRITTEN {
                let known: Vec<String> = tx
                    .query(&format!("select name from pragma_table_info('{table}')"), &[])?
                    .iter()
                    .map(|row| row.get(0))
                    .collect::<Result<_, StoreError>>()?;
                for column in columns {
                    if !known.iter().any(|own| own == column) {
                        continue;
                    }
                    written += 1;
                    tx.execute(
                        &format!("update {table} set {column} = $1 where {column} is not null"),
                        &params![format!("{SCRIPT} {table}")],
                    )?;
                }
            }
            tx.execute(
                "update client_detail set value = $1 where kind in ('phone', 'email', 'address', 'safe_number', 'safe_hours', 'contact_wish')",
                &params![SCRIPT],
            )?;
            Ok::<_, StoreError>(written)
        })
        .expect("written")
        .value;
    assert!(written > 35, "{written} columns");
    let ids = Ids::of(&county, county.ids("select id from client limit 6"));
    let (mut wrong, mut shown) = (Vec::new(), 0);
    for reader in people(&county) {
        for route in routes().iter().filter(|route| route.method == Method::GET) {
            for path in ids.addresses(route) {
                let got = county.get(reader, &path);
                let kind = got
                    .headers
                    .get(header::CONTENT_TYPE)
                    .and_then(|kind| kind.to_str().ok())
                    .unwrap_or_default();
                if !kind.starts_with("text/html") {
                    continue;
                }
                shown += usize::from(got.body.contains("&#60;script&#62;alert(1)"));
                if got.body.contains("<script>alert") || got.body.contains("<img src=x") {
                    wrong.push(format!("{} {path}", reader.who));
                }
                let policy = got.headers.get("content-security-policy");
                assert!(policy.is_some(), "{path} has no policy");
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(shown > 50, "the words are shown on {shown} pages only");
}
