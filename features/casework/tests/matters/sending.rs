//! A matter goes to another county: what was picked is sent, and nothing else.

use casework::domain::Ground;
use casework::domain::transfer::{NewTransfer, Part};
use casework::store::sending;
use clients::Gate;
use clients::store::protect;
use store::Query;
use testkit::stores;

use crate::support::*;

fn transfer(parts: Vec<Part>) -> NewTransfer {
    NewTransfer {
        county: "13".to_owned(),
        receiver: "Aikuissosiaalityö".to_owned(),
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
            sending::print(tx, casework, reader, first, "client: ")
        });
        assert_eq!(sent.package.clients[0].name.as_deref(), Some("Testi Avoin"));
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
