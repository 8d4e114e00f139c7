//! A matter goes to another county: what was picked is sent, and nothing else.

use casework::domain::transfer::{NewTransfer, Part, Soon};
use casework::domain::{Ground, MatterError};
use casework::store::{outbox, sending};
use clients::Gate;
use clients::store::protect;
use kernel::time::SignedDuration;
use store::Query;
use testkit::stores;

use crate::support::*;

fn transfer(parts: Vec<Part>) -> NewTransfer {
    NewTransfer {
        county: "13".to_owned(),
        receiver: "Aikuissosiaalityö".to_owned(),
        urgency: Soon::Week,
        ground: Ground::WrongAuthority,
        ground_words: "Muutti".to_owned(),
        parts,
        cover: "Terveisin".to_owned(),
        client_told: true,
    }
}

#[test]
fn only_what_was_picked_is_sent_and_a_protected_phone_never() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (open, first) = sample.held(AINO, "Avoin");
        let (hidden, second) = sample.held(AINO, "Suojattu");
        sample.relate(hidden, AINO, "own_worker");
        let desk = sample.casework.clients.clone();
        sample
            .store
            .write_blocking(move |tx| {
                let gate = Gate::open(tx, &reader(AINO), hidden, desk.now())?;
                protect::set_non_disclosure(
                    tx,
                    &desk,
                    &gate,
                    (kernel::time::day(desk.now()), None),
                    "client",
                )
            })
            .unwrap();
        let parts = vec![Part::Basics, Part::Contact];
        for matter in [first, second] {
            let parts = parts.clone();
            sample.act(AINO, move |tx, casework, reader| {
                sending::transfer(tx, casework, reader, matter, "15", &transfer(parts), None)
            });
        }
        let packages: Vec<String> = sample
            .store
            .read_blocking(|tx| {
                tx.query(
                    "select package from county_outbox order by made_at, id",
                    &[],
                )?
                .iter()
                .map(|row| row.get(0))
                .collect::<Result<_, store::StoreError>>()
            })
            .unwrap();
        assert!(packages[0].contains("040 000 0009"));
        assert!(
            !packages[0].contains("Vuokra on kaksi"),
            "the entry was not picked"
        );
        assert!(!packages[1].contains("040 000 0009"));
        assert!(packages[1].contains("\"protected\":true"));
        let sent = sample.act(AINO, move |tx, casework, reader| {
            outbox::print(tx, casework, reader, first, "client: ")
        });
        assert_eq!(sent.clients[0].name.as_deref(), Some("Testi Avoin"));
        // Of each client only what was sent of her: to whom, on what ground and what.
        for (client, sets) in [
            (open, vec![Part::Basics, Part::Contact]),
            (hidden, vec![Part::Basics]),
        ] {
            let told = sample
                .store
                .read_blocking(move |tx| sending::disclosures(tx, &[client.bytes()]))
                .unwrap();
            assert_eq!(told.len(), 1);
            assert_eq!(told[0].sets, sets);
            assert_eq!(
                (told[0].county.as_str(), told[0].receiver.as_str()),
                ("13", "Aikuissosiaalityö")
            );
            assert_eq!(told[0].ground, "wrong_authority");
        }
        assert_eq!(
            sample.count("select count(*) from matter where state = 'transferred'"),
            2
        );
    }
}

#[test]
fn a_package_older_than_the_table_tells_by_its_content() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Avoin");
        sample.act(AINO, move |tx, casework, reader| {
            let new = transfer(vec![Part::Basics, Part::Initiation]);
            sending::transfer(tx, casework, reader, matter, "15", &new, None)
        });
        let told = sample
            .store
            .write_blocking(move |tx| {
                tx.execute("update county_outbox_client set sets = ''", &[])?;
                sending::disclosures(tx, &[client.bytes(), [9; 16]])
            })
            .unwrap()
            .value;
        assert_eq!(told[0].sets, [Part::Basics, Part::Initiation]);
        let none = sample
            .store
            .read_blocking(|tx| sending::disclosures(tx, &[]))
            .unwrap();
        assert_eq!(none, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn printed_for_a_purpose_and_told_to_have_left() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Avoin");
        sample.act(AINO, move |tx, casework, reader| {
            let new = transfer(vec![Part::Basics]);
            sending::transfer(tx, casework, reader, matter, "15", &new, None)
        });
        let cookie = sample.enter(AINO).await;
        let list = sample.get("/transfers", &cookie).await;
        assert_eq!(list.status, 200);
        assert!(list.body.contains("odottaa lähettämistä") && !list.body.contains("Testi Avoin"));
        let print = format!("/matters/{matter}/transfer/print");
        let asked = sample.get(&print, &cookie).await;
        assert!(asked.body.contains("Mihin tuloste annetaan"));
        let refused = sample.post(&print, &[("why", "x")], &cookie).await;
        assert_eq!(refused.status, 422);
        let paper = sample.post(&print, &[("why", "send")], &cookie).await;
        assert_eq!(paper.status, 200, "{}", paper.body);
        assert!(paper.body.contains("Testi Avoin"));
        assert_eq!(
            sample.count("select count(*) from county_outbox where printed_at is not null and printed_by is not null"),
            1
        );
        let sent = format!("/matters/{matter}/transfer/sent");
        for (fields, told) in [
            (vec![], "Valitse, miten asiakirjat lähetettiin."),
            (
                vec![("how", "same_house")],
                "Valitse, miten asiakirjat lähetettiin.",
            ),
            (
                vec![("how", "other")],
                "Kirjoita, miten asiakirjat lähetettiin.",
            ),
        ] {
            let refused = sample.post(&sent, &fields, &cookie).await;
            assert_eq!(refused.status, 422);
            assert!(refused.body.contains(told), "{told}");
        }
        let told = [("how", "paper"), ("words", "RR 123")];
        let done = sample.post(&sent, &told, &cookie).await;
        assert_eq!(done.location(), "/transfers?done=sent");
        let list = sample.get("/transfers", &cookie).await;
        assert!(list.body.contains("kirjattuna kirjeenä, RR 123"));
        assert_eq!(sample.post(&sent, &told, &cookie).await.status, 409);
        // The lead sees that it left, and opens nothing of it; others see nothing.
        let lead = sample.enter(HANNA).await;
        let list = sample.get("/transfers", &lead).await;
        assert!(list.body.contains("RR 123") && !list.body.contains(&sent));
        for worker in [HANNA, SANNA, VILLE] {
            let cookie = sample.enter(worker).await;
            let answer = sample.get(&print, &cookie).await;
            assert!([403, 404].contains(&answer.status.as_u16()));
            for path in [&print, &sent] {
                let fields = [("why", "send"), ("how", "paper")];
                let answer = sample.post(path, &fields, &cookie).await;
                assert!([403, 404].contains(&answer.status.as_u16()), "{path}");
            }
        }
        let stranger = sample.enter(SANNA).await;
        assert!(
            !sample
                .get("/transfers", &stranger)
                .await
                .body
                .contains("RR 123")
        );
        // The tail of the one who sent it ends.
        sample.clock.advance(SignedDuration::from_hours(31 * 24));
        let cookie = sample.enter(AINO).await;
        assert_eq!(sample.get(&print, &cookie).await.status, 404);
    }
}

#[test]
fn reading_is_not_printing() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Avoin");
        sample.relate(client, VILLE, "matter_participant");
        sample.act(AINO, move |tx, casework, reader| {
            let new = transfer(vec![Part::Basics]);
            sending::transfer(tx, casework, reader, matter, "15", &new, None)
        });
        let casework = sample.casework.clone();
        let printed = sample.store.write_blocking(move |tx| {
            outbox::print(tx, &casework, &reader(VILLE), matter, "send: ")
        });
        assert!(matches!(printed, Err(MatterError::NotFound)));
    }
}
