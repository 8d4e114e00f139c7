//! Two records of one person are joined, and parted again: what was written of her is hers all the time.

use access::rights::Subject;
use assessment::domain::parts::own_part;
use assessment::store::acts;
use clients::domain::RowId;
use clients::store::merge::{self, MovedTables};
use clients::{ClientId, Gate, Reader};
use documents::DocumentId;
use kernel::time::SignedDuration;
use testkit::stores;

use crate::support::*;

fn steward() -> Reader {
    Reader {
        subject: Subject::employee(["data_steward"], ["other"]),
        ..reader(LIISA)
    }
}

fn moved() -> MovedTables {
    MovedTables([casework::MOVED.as_slice(), documents::MOVED.as_slice()].concat())
}

fn join(sample: &Sample, kept: ClientId, other: ClientId) -> RowId {
    let case = sample.act(AINO, move |tx, casework, reader| {
        let (desk, now) = (&casework.clients, casework.now());
        let first = Gate::open(tx, reader, kept, now)?;
        let second = Gate::open(tx, reader, other, now)?;
        Ok(merge::ask(tx, desk, &first, &second, "sama ihminen").expect("asked"))
    });
    sample.act(AINO, move |tx, casework, _| {
        let desk = &casework.clients;
        merge::take(tx, desk, &steward(), case).expect("taken");
        Ok(merge::approve(tx, desk, &steward(), case, &moved())?)
    });
    case
}

fn part_again(sample: &Sample, case: RowId) {
    sample.act(AINO, move |tx, casework, _| {
        let desk = &casework.clients;
        merge::take(tx, desk, &steward(), case).expect("taken again");
        merge::undo(tx, desk, &steward(), case, "eri ihminen", &moved()).expect("parted");
        Ok(())
    });
}

fn again(sample: &Sample, doc: DocumentId) {
    sample.clock.advance(SignedDuration::from_mins(1));
    try_as(sample, AINO, move |tx, casework, reader| {
        acts::correct(tx, casework, reader, doc, "Tarkennus")
    })
    .unwrap();
}

const TOLD: &str =
    "select count(*) from timeline_item where class = 'assessment' and hidden_at is null";

#[tokio::test(flavor = "multi_thread")]
async fn her_own_text_follows_her() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (old, matter) = sample.held(AINO, "Virtanen");
        let kept = sample.client("Wirtanen", None);
        for client in [old, kept] {
            sample.relate(client, AINO, "own_worker");
        }
        let doc = begin(&sample, AINO, old, matter);
        fill(&sample, AINO, old, doc);
        finish_as(&sample, AINO, doc).unwrap();
        let case = join(&sample, kept, old);
        let (aino, hanna) = (enter_strong(&sample, AINO).await, sample.enter(HANNA).await);
        let at = format!("/assessments/{doc}");
        for page in [at.clone(), format!("{at}/versions/1")] {
            let read = sample.get(&page, &aino).await;
            assert!(read.body.contains("Haluan pitää kotini"), "{page}");
        }
        again(&sample, doc);
        // The part of the kept one is the part that was written, not an empty one.
        let part = format!("{at}/parts/{}", own_part(old));
        let other = sample
            .get(&format!("{at}/parts/{}", own_part(kept)), &aino)
            .await;
        assert_eq!(other.location(), part);
        let form = sample.get(&part, &aino).await;
        assert!(form.body.contains("Haluan pitää kotini"), "{}", form.body);
        save(
            &sample,
            AINO,
            doc,
            &own_part(kept),
            1,
            &[("own", "Haluan kotini takaisin")],
        )
        .unwrap();
        finish_as(&sample, AINO, doc).unwrap();
        assert_eq!(sample.count(TOLD), 1, "told once");
        assert_eq!(
            sample.count("select count(*) from document_part where part like 'own-%'"),
            1
        );
        part_again(&sample, case);
        let read = sample.get(&at, &aino).await;
        assert!(
            read.body.contains("Haluan kotini takaisin"),
            "{}",
            read.body
        );
        again(&sample, doc);
        finish_as(&sample, AINO, doc).unwrap();
        assert_eq!(sample.count(TOLD), 1, "told once");
        let why = [("reason", "Kirjattu samannimiselle")];
        let asked = sample.post(&format!("{at}/void"), &why, &aino).await;
        assert_eq!(asked.status, 303, "{}", asked.body);
        let done = sample.post(&format!("{at}/void/answer"), &[], &hanna).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(sample.count(TOLD), 0, "nothing is told of it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_voided_after_the_join_is_told_nowhere() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (old, matter) = sample.held(AINO, "Virtanen");
        let kept = sample.client("Wirtanen", None);
        for client in [old, kept] {
            sample.relate(client, AINO, "own_worker");
        }
        let doc = begin(&sample, AINO, old, matter);
        fill(&sample, AINO, old, doc);
        finish_as(&sample, AINO, doc).unwrap();
        join(&sample, kept, old);
        let (aino, hanna) = (sample.enter(AINO).await, sample.enter(HANNA).await);
        let at = format!("/assessments/{doc}");
        let why = [("reason", "Kirjattu samannimiselle")];
        let asked = sample.post(&format!("{at}/void"), &why, &aino).await;
        assert_eq!(asked.status, 303, "{}", asked.body);
        let done = sample.post(&format!("{at}/void/answer"), &[], &hanna).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(sample.count(TOLD), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_no_part_is_not_found() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        let aino = sample.enter(AINO).await;
        for part in ["%00", "housing%00", "own-%00", "none"] {
            let page = sample
                .get(&format!("/assessments/{doc}/parts/{part}"), &aino)
                .await;
            assert_eq!(page.status, 404, "{part}");
        }
    }
}
