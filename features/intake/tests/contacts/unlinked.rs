//! A contact that was tied to the wrong client is freed: nothing of it stays but the trace.

use intake::domain::{ContactId, IntakeError};
use intake::store::{linked, offers, unlink};
use store::{Query, params};
use testkit::stores;

use crate::linked::FIELDS;
use crate::support::{AINO, JAANA, Sample, VILLE, rooms, sample};

const REASON: &str = "Samanniminen, mutta toinen ihminen";

/// The relations to a client over a contact: how many are in force, and how many are still read.
fn relations(sample: &Sample, contact: ContactId) -> (i64, i64) {
    let now = sample.desk.now();
    sample
        .store
        .read_blocking(move |tx| {
            let row = tx.query_one(
                "select count(case when ends_at is null or ends_at > $2 then 1 end), count(case when tail_until is null or tail_until > $2 then 1 end) from relation where kind = 'contact_holder' and object_id = $1",
                &params![contact.bytes(), now],
            )?;
            Ok::<_, store::StoreError>((row.get(0)?, row.get(1)?))
        })
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn freed_with_a_trace() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(VILLE).await;
        let contact = sample.held(VILLE, "Vuokra rästissä", None);
        let opened = sample
            .post(&format!("/contacts/{contact}/matter"), &FIELDS, &cookie)
            .await;
        assert!(
            opened.location().starts_with("/matters/"),
            "{}",
            opened.body
        );
        // It went on to another, whose tail must go too.
        let offer = sample.offered(VILLE, contact, AINO);
        sample.act(AINO, move |tx, desk, worker| {
            offers::accept(tx, desk, worker, offer, false).map(drop)
        });
        assert_eq!(relations(&sample, contact), (1, 2));
        let cookie = sample.enter(AINO).await;
        let path = format!("/contacts/{contact}/unlink");
        let pane = sample.get(&format!("/contacts/{contact}"), &cookie).await;
        assert!(pane.body.contains(&path) && pane.body.contains("Leyla Hassan"));
        let form = sample.get(&path, &cookie).await;
        assert_eq!(form.status, 200);
        assert!(form.body.contains("ei kuulu asiakkaalle") && form.body.contains("jää auki"));
        let wrong = sample.post(&path, &[("body", " ")], &cookie).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(relations(&sample, contact), (1, 2), "nothing was done");
        let done = sample.post(&path, &[("body", REASON)], &cookie).await;
        assert_eq!(
            done.location(),
            format!("/contacts/{contact}?done=unlinked")
        );
        assert_eq!(relations(&sample, contact), (0, 0));
        for (sql, count) in [
            (
                "select count(*) from contact_link where ended_at is null",
                0,
            ),
            (
                "select count(*) from contact_link where ended_by is not null and end_reason like 'Samanniminen%'",
                1,
            ),
            (
                "select count(*) from timeline_item where kind = 'contact' and hidden_at is null",
                0,
            ),
            (
                "select count(*) from timeline_item where kind = 'contact'",
                1,
            ),
            (
                "select count(*) from contact where person_name is null and anonymous = 1",
                1,
            ),
        ] {
            assert_eq!(sample.count(sql), count, "{sql}");
        }
        // The client's own log says that it was undone, and by what right.
        let client = sample
            .store
            .read_blocking(|tx| {
                tx.query_one("select client_id from contact_link", &[])?
                    .get::<[u8; 16]>(0)
            })
            .unwrap();
        for subject in [client, contact.bytes()] {
            let log = sample.house.store.subject_log(subject, 20).await.unwrap();
            let entry = log
                .iter()
                .find(|entry| entry.header.event == "contact.unlink")
                .unwrap();
            assert_eq!(entry.header.right, "N-29");
        }
        let pane = sample.get(&format!("/contacts/{contact}"), &cookie).await;
        assert!(pane.body.contains(REASON) && !pane.body.contains(&path));
        // Pressed again: told, not broken.
        let again = sample.post(&path, &[("body", REASON)], &cookie).await;
        assert_eq!(again.status, 409);
        // It may now be tied to the right one, and its history shows it again.
        let mut right = FIELDS.to_vec();
        right.retain(|(name, _)| *name != "given");
        right.push(("given", "Leena"));
        right.push(("same", "new"));
        let opened = sample
            .post(&format!("/contacts/{contact}/matter"), &right, &cookie)
            .await;
        assert!(
            opened.location().starts_with("/matters/"),
            "{}",
            opened.body
        );
        assert_eq!(relations(&sample, contact), (1, 1));
        assert_eq!(
            sample.count("select count(*) from timeline_item t join client c on c.id = t.client_id where t.kind = 'contact' and t.hidden_at is null and c.display_name = 'Leena Hassan'"),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_answers_for_it_and_no_second_client() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(VILLE).await;
        let contact = sample.held(VILLE, "Vuokra", Some("Leyla Hassan"));
        sample
            .post(&format!("/contacts/{contact}/matter"), &FIELDS, &cookie)
            .await;
        for stranger in [JAANA, AINO] {
            let (desk, worker) = (sample.desk.clone(), sample.worker(stranger));
            let refused = sample
                .store
                .write_blocking(move |tx| unlink::unlink(tx, &desk, &worker, contact, REASON));
            assert!(matches!(refused, Err(IntakeError::NotFound)));
        }
        sample.end(VILLE, contact);
        let (desk, worker) = (sample.desk.clone(), sample.worker(VILLE));
        let refused = sample
            .store
            .write_blocking(move |tx| unlink::unlink(tx, &desk, &worker, contact, REASON));
        assert!(matches!(refused, Err(IntakeError::Ended)));
        let link = sample
            .store
            .read_blocking(move |tx| linked::of_contact(tx, contact));
        assert!(link.unwrap().is_some());
    }
}
