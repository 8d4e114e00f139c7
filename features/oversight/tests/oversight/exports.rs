//! A log is taken out of the house only for a stated reason.

use identity::people::StaffId;
use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_table_asks_why_and_the_log_keeps_it() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let client = sample.client("Rautio", None);
        sample.read_by(VILLE, client.bytes(), "client.read");
        let user = StaffId::from_bytes(VILLE);
        let path = format!("/oversight/users/{user}/table");
        let officer = sample.enter(SIRPA).await;
        for (fields, message) in [
            (
                vec![("from", "1.3.2026"), ("words", "Kysytty lehdessä")],
                "Valitse, mihin taulukkoa tarvitaan.",
            ),
            (
                vec![("why", "other"), ("words", "  ")],
                "Kirjoita, mikä muu syy on.",
            ),
            (
                vec![("why", "curiosity")],
                "Valitse, mihin taulukkoa tarvitaan.",
            ),
        ] {
            let back = sample.post(&path, &fields, &officer).await;
            assert_eq!(back.status, 422);
            assert!(back.body.contains(message), "{}", back.body);
            assert!(back.body.contains("id=\"error-summary\""));
            for (_, typed) in fields.iter().filter(|(name, _)| *name != "why") {
                assert!(back.body.contains(typed.trim()), "kept: {typed}");
            }
        }
        let fields = [("why", "incident"), ("words", "Ilmoitus 14/2026")];
        let table = sample.post(&path, &fields, &officer).await;
        assert_eq!(table.status, 200);
        assert!(
            table.headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/csv")
        );
        let filter = store::ActorFilter {
            event: Some("use_log.export".to_owned()),
            ..store::ActorFilter::new(store::Actor::Staff(SIRPA), 10)
        };
        let log = sample
            .store
            .store()
            .actor_log(filter)
            .await
            .unwrap()
            .entries;
        assert_eq!(
            log.len(),
            1,
            "what came back to be corrected took nothing out"
        );
        assert_eq!(
            log[0].content.detail,
            format!("user {user}; incident: Ilmoitus 14/2026")
        );
        // Whoever has not just proved who she is, proves it first.
        let weak = sample.enter_as(SIRPA, false).await;
        let asked = sample.post(&path, &fields, &weak).await;
        assert_ne!(asked.status, 200);
        // A lead reads the log of her staff and takes nothing out.
        let lead = sample.enter(LIISA).await;
        assert_eq!(sample.post(&path, &fields, &lead).await.status, 404);
    }
}
