//! From a contact to a client and a matter: in one step, nobody made twice, and relations that follow the contact.

use identity::people::StaffId;
use intake::store::{holding, linked, offers};
use store::{Query, params};
use testkit::stores;

use crate::support::{AINO, HANNA, JAANA, Sample, VILLE, rooms, sample};
use intake::domain::ContactId;

pub const FIELDS: [(&str, &str); 12] = [
    ("name", "housing"),
    ("service_task", "working_age"),
    ("kind", "contact"),
    ("way", "web"),
    ("initiator", "1"),
    ("pending_on", "13.3.2026"),
    ("contact_on", "13.3.2026"),
    ("reasons", "Vuokra rästissä"),
    ("holder", "me"),
    ("family", "Hassan"),
    ("given", "Leyla"),
    ("birth", "4.5.1980"),
];

/// Who has to do with the client of a contact over it, now.
fn holders(sample: &Sample, contact: ContactId) -> Vec<[u8; 16]> {
    sample
        .store
        .read_blocking(move |tx| {
            tx.query(
                "select staff_id from relation where kind = 'contact_holder' and object_id = $1 and ends_at is null",
                &params![contact.bytes()],
            )?
            .iter()
            .map(|row| row.get(0))
            .collect::<Result<_, store::StoreError>>()
        })
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_step_and_nobody_twice() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(VILLE).await;
        let first = sample.held(VILLE, "Vuokra rästissä", Some("Leyla Hassan"));
        let path = format!("/contacts/{first}/matter");
        let form = sample.get(&path, &cookie).await;
        assert_eq!(form.status, 200);
        for known in [
            "value=\"Hassan\"",
            "value=\"Leyla\"",
            "040 000 0001",
            "Sanat, jotka ihminen",
        ] {
            assert!(form.body.contains(known), "{known}");
        }
        let missing: Vec<_> = FIELDS
            .into_iter()
            .filter(|(name, _)| *name != "birth")
            .collect();
        let wrong = sample.post(&path, &missing, &cookie).await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong
                .body
                .contains("Kirjoita syntymäaika tai henkilötunnus")
        );
        let opened = sample.post(&path, &FIELDS, &cookie).await;
        assert!(
            opened.location().starts_with("/matters/"),
            "{}",
            opened.body
        );
        assert_eq!(holders(&sample, first), [VILLE]);
        // A second contact of the same person: found, chosen, and one client.
        let second = sample.held(VILLE, "Uusi asia", Some("Leyla Hassan"));
        let path = format!("/contacts/{second}/matter");
        let found = sample.post(&path, &FIELDS, &cookie).await;
        assert_eq!(found.status, 422);
        assert!(found.body.contains("Onko hän jo asiakas"));
        let (_, rest) = found.body.split_once("name=\"same\" value=\"").unwrap();
        let same = rest.split('"').next().unwrap().to_owned();
        let mut fields = FIELDS.to_vec();
        fields.push(("same", &same));
        fields.extend([("end", "yes"), ("by", "20.3.2026"), ("told", "yes")]);
        let opened = sample.post(&path, &fields, &cookie).await;
        assert!(
            opened.location().starts_with("/matters/"),
            "{}",
            opened.body
        );
        assert_eq!(sample.count("select count(*) from client"), 1);
        assert_eq!(sample.count("select count(*) from matter"), 2);
        // The second contact ended with the matter as its next step, and its relation with it.
        assert_eq!(
            sample.count("select count(*) from contact where state = 'ended'"),
            1
        );
        assert_eq!(holders(&sample, second), [[0; 16]; 0]);
        // A client whom the search did not find cannot be chosen.
        let third = sample.held(VILLE, "Kolmas", Some("Leyla Hassan"));
        let mut forged = FIELDS.to_vec();
        forged.retain(|(name, _)| *name != "birth");
        forged.extend([("birth", "1.1.1950"), ("same", same.as_str())]);
        let refused = sample
            .post(&format!("/contacts/{third}/matter"), &forged, &cookie)
            .await;
        assert_eq!(refused.status, 409);
        assert_eq!(sample.count("select count(*) from matter"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_relation_follows_whoever_answers() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(VILLE).await;
        let contact = sample.held(VILLE, "Vuokra", Some("Leyla Hassan"));
        let path = format!("/contacts/{contact}/matter");
        let opened = sample.post(&path, &FIELDS, &cookie).await;
        assert!(
            opened.location().starts_with("/matters/"),
            "{}",
            opened.body
        );
        let offer = sample.offered(VILLE, contact, AINO);
        assert_eq!(holders(&sample, contact), [VILLE]);
        sample.act(AINO, move |tx, desk, worker| {
            offers::accept(tx, desk, worker, offer, false).map(drop)
        });
        assert_eq!(holders(&sample, contact), [AINO]);
        let today = kernel::time::day(sample.desk.now());
        sample
            .store
            .write_blocking(move |tx| {
                identity::people::add_absence(tx, StaffId::from_bytes(AINO), today, today)
            })
            .unwrap();
        sample.act(HANNA, move |tx, desk, worker| {
            holding::take_over(tx, desk, worker, contact, "Poissa")
        });
        assert_eq!(holders(&sample, contact), [HANNA]);
        sample.end(HANNA, contact);
        assert_eq!(holders(&sample, contact), [[0; 16]; 0]);
        // Whoever has nothing to do with it links nothing.
        let stranger = sample.store.read_blocking({
            let (desk, worker) = (sample.desk.clone(), sample.worker(JAANA));
            move |tx| linked::may_link(tx, &desk, &worker, contact).map(drop)
        });
        assert!(stranger.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stands_down_from_the_client_answers_for_the_contact_no_more() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(AINO).await;
        let contact = sample.held(AINO, "Vuokra rästissä", None);
        let opened = sample
            .post(&format!("/contacts/{contact}/matter"), &FIELDS, &cookie)
            .await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        let client = sample
            .store
            .read_blocking(move |tx| linked::of_contact(tx, contact))
            .unwrap()
            .unwrap()
            .client;
        let path = format!("/clients/{client}/disqualification");
        let done = sample.post(&path, &[("sure", "yes")], &cookie).await;
        assert_eq!(
            done.location(),
            "/clients?done=disqualified",
            "{}",
            done.body
        );
        assert_eq!(holders(&sample, contact), [[0; 16]; 0]);
        let held = "select count(*) from contact where holder_kind = 'duty' and holder_staff is null and state = 'open'";
        assert_eq!(sample.count(held), 1);
        assert_eq!(
            sample.count("select count(*) from holding where ended_at is null"),
            1
        );
        sample
            .clock
            .advance(kernel::time::SignedDuration::from_millis(1));
        let page = sample.get(&format!("/contacts/{contact}"), &cookie).await;
        assert_ne!(page.status, 200);
        sample.act(VILLE, move |tx, desk, worker| {
            intake::store::holding::take(tx, desk, worker, contact)
        });
        assert_eq!(holders(&sample, contact), [VILLE]);
        let other = sample.enter(VILLE).await;
        let page = sample
            .get(&format!("/contacts/{contact}"), &other)
            .await
            .body;
        assert!(page.contains("Palasi yksikölle esteellisyyden vuoksi"));
    }
}
