//! Contacts that a worker began: marked, and listed to the lead when they are tied to a client.

use intake::domain::IntakeError;
use intake::store::self_started::{self, Started};
use kernel::time::SignedDuration;
use testkit::stores;

use crate::linked::FIELDS;
use crate::support::{HANNA, JAANA, Sample, VILLE, rooms, sample};

fn list(sample: &Sample, worker: [u8; 16]) -> Result<Vec<Started>, IntakeError> {
    let (desk, worker) = (sample.desk.clone(), sample.worker(worker));
    sample
        .store
        .write_blocking(move |tx| self_started::list(tx, &desk, &worker))
        .map(|receipt| receipt.value)
}

/// A contact written down over the form, as the writer says that it began.
async fn written(sample: &Sample, cookie: &str, words: &str, inbound: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("kind", "contact"),
        ("door", "phone"),
        ("own_words", words),
        ("language", "fi"),
        ("parties", "one"),
        ("urgency", "none"),
    ];
    fields.extend(inbound);
    let saved = sample.post("/contacts/new", &fields, cookie).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let (path, _) = saved.location().split_once('?').unwrap();
    path.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lead_sees_those_that_lead_to_a_client() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(VILLE).await;
        let form = sample.get("/contacts/new", &cookie).await;
        assert!(form.body.contains("Miten yhteydenotto alkoi"));
        let called = written(&sample, &cookie, "Hän soitti", &[("inbound", "came")]).await;
        let own = written(&sample, &cookie, "Aloitin itse", &[("inbound", "self")]).await;
        // A form that does not say is no proof of anybody's call.
        let silent = written(&sample, &cookie, "Ei sanottu", &[]).await;
        for (path, marked) in [(&called, false), (&own, true), (&silent, true)] {
            let page = sample.get(path, &cookie).await.body;
            assert_eq!(page.contains("kirjaajan oma, kukaan"), marked, "{path}");
        }
        assert_eq!(
            sample.count("select count(*) from contact where inbound = 'phone'"),
            1
        );
        assert_eq!(list(&sample, HANNA).unwrap(), []);
        for (path, day) in [(&called, "1.1.1980"), (&own, "1.1.1981")] {
            let mut fields = FIELDS.to_vec();
            fields.retain(|(name, _)| *name != "birth");
            fields.push(("birth", day));
            let opened = sample
                .post(&format!("{path}/matter"), &fields, &cookie)
                .await;
            assert!(
                opened.location().starts_with("/matters/"),
                "{}",
                opened.body
            );
        }
        let started = list(&sample, HANNA).unwrap();
        assert_eq!(started.len(), 1);
        assert_eq!(format!("/contacts/{}", started[0].contact), own);
        assert_eq!(started[0].worker, "Ville Aho");
        // Freed since: still listed, for the basics were open.
        let freed = sample
            .post(
                &format!("{own}/unlink"),
                &[("body", "Väärä ihminen")],
                &cookie,
            )
            .await;
        assert_eq!(freed.status, 303, "{}", freed.body);
        assert_eq!(list(&sample, HANNA).unwrap().len(), 1);
        // Nobody else sees the list, and in a week it is another list.
        for other in [VILLE, JAANA] {
            assert!(matches!(list(&sample, other), Err(IntakeError::NotFound)));
        }
        sample.clock.advance(SignedDuration::from_hours(7 * 24 + 1));
        assert_eq!(list(&sample, HANNA).unwrap(), []);
    }
}
