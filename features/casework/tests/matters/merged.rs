//! Two records of one person in one matter: after the merge the page tells of the one that remains, and parting brings
//! both back.

use access::rights::Subject;
use casework::store::joint;
use clients::store::merge::{self, MovedTables};
use clients::{Gate, Reader};
use testkit::stores;

use crate::support::*;

/// Somebody of another unit who joins records.
fn steward() -> Reader {
    Reader {
        subject: Subject::employee(["data_steward"], ["other"]),
        ..reader(LIISA)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_that_remains_stands_on_the_page() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (first, matter) = sample.held(AINO, "Virtanen");
        let second = sample.client("Wirtanen", None);
        for client in [first, second] {
            sample.relate(client, AINO, "own_worker");
        }
        sample.act(AINO, move |tx, casework, reader| {
            joint::join(tx, casework, reader, matter, second)
        });
        for (client, part) in [(first, "Ensimmäisen osuus"), (second, "Toisen osuus")] {
            sample.act(AINO, move |tx, casework, reader| {
                joint::write_part(tx, casework, reader, matter, client, part)
            });
        }
        let aino = sample.enter(AINO).await;
        let page = format!("/matters/{matter}");
        let before = sample.get(&page, &aino).await.body;
        assert!(before.contains("Testi Virtanen") && before.contains("Testi Wirtanen"));
        let moved = || MovedTables(casework::MOVED.to_vec());
        let case = sample.act(AINO, move |tx, casework, reader| {
            let (desk, now) = (&casework.clients, casework.now());
            let kept = Gate::open(tx, reader, first, now)?;
            let other = Gate::open(tx, reader, second, now)?;
            Ok(merge::ask(tx, desk, &kept, &other, "sama ihminen").expect("asked"))
        });
        sample.act(AINO, move |tx, casework, _| {
            merge::take(tx, &casework.clients, &steward(), case).expect("taken");
            Ok(merge::approve(
                tx,
                &casework.clients,
                &steward(),
                case,
                &moved(),
            )?)
        });
        let after = sample.get(&page, &aino).await.body;
        assert!(
            after.contains("Testi Virtanen") && !after.contains("Testi Wirtanen"),
            "{after}"
        );
        assert!(!after.contains("Asiassa on muita"), "nobody is hidden");
        let list = sample.get("/matters", &aino).await.body;
        assert!(list.contains("Testi Virtanen") && !list.contains("Testi Wirtanen"));
        // The row of the merged one stays, with what was written of her.
        assert_eq!(
            sample.count("select count(*) from matter_client where left_at is null"),
            2
        );
        // Parted again: both stand there.
        sample.act(AINO, move |tx, casework, _| {
            merge::take(tx, &casework.clients, &steward(), case).expect("taken again");
            let (desk, moved) = (&casework.clients, moved());
            merge::undo(tx, desk, &steward(), case, "eri ihminen", &moved).expect("parted");
            Ok(())
        });
        for client in [first, second] {
            sample.relate(client, AINO, "contact_holder");
        }
        let again = sample.get(&page, &aino).await.body;
        assert!(again.contains("Testi Virtanen") && again.contains("Testi Wirtanen"));
    }
}
