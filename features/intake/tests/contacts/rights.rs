//! Nobody reaches a contact through a door that the rights table does not open.

use crate::support::{AINO, JAANA, NURSE, rooms, sample};
use testkit::sqlite_store;

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_of_another_does_not_exist() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(AINO, "Salainen asia", Some("Leyla Hassan"));
    let missing = contact.to_string().chars().rev().collect::<String>();
    for worker in [JAANA, NURSE] {
        let cookie = sample.enter(worker).await;
        for form in [
            "",
            "/note",
            "/attempt",
            "/call",
            "/urgency",
            "/message",
            "/offer",
            "/end",
            "/reopen",
            "/take-over",
        ] {
            for id in [contact.to_string(), missing.clone(), "x".to_owned()] {
                let answer = sample.get(&format!("/contacts/{id}{form}"), &cookie).await;
                assert_eq!(answer.status, 404, "{form}");
                assert!(!answer.body.contains("Salainen asia"));
            }
        }
        for act in ["note", "attempt", "call", "urgency", "offer", "end"] {
            let answer = sample
                .post(
                    &format!("/contacts/{contact}/{act}"),
                    &[("body", "x")],
                    &cookie,
                )
                .await;
            assert!(!answer.body.contains("Salainen asia"), "{act}");
            assert!(answer.status.is_client_error(), "{act}");
        }
    }
    assert_eq!(
        sample.count("select count(*) from contact_event where event = 'note'"),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signed_out_sees_a_queue() {
    let sample = sample(sqlite_store(&rooms()));
    sample.arrived("Salainen asia", None);
    for path in ["/contacts", "/contacts/list", "/contacts/new"] {
        let answer = sample.get(path, "").await;
        assert_eq!(answer.status, 303, "{path}");
        assert!(!answer.body.contains("Salainen asia"));
    }
}
