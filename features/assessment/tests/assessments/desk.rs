//! What the desk and the lists tell, and that they cost the same however many rows there are (I10).

use std::sync::Arc;

use assessment::domain::parts::expert_part;
use assessment::domain::{NewSection, SectionKind, Who};
use assessment::store::{lists, sections};
use casework::work::Work;
use kernel::language::Language;
use kernel::time::{SignedDuration, day};
use store::Query;
use testkit::{sqlite_store, stores};
use web::{Messages, Texts};

use crate::support::*;

fn work_of(sample: &Sample, worker: [u8; 16]) -> Vec<Work> {
    let sets = [
        web::feature().messages,
        clients::feature().messages,
        casework::feature().messages,
        documents::feature().messages,
        assessment::feature().messages,
    ];
    let t = Texts::new(Arc::new(Messages::collect(&sets).unwrap()), Language::Fi);
    let (reader, now) = (reader(worker), sample.casework.now());
    let shown = sample.store.store();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime
        .block_on(shown.show(move |tx| assessment::panel::work(tx, &reader, &t, now)))
        .unwrap()
        .value
}

#[test]
fn the_desk_tells_each_what_is_hers() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
        let due = day(sample.casework.now() + SignedDuration::from_hours(24 * 7));
        try_as(&sample, AINO, move |tx, casework, reader| {
            let new = NewSection {
                permit: None,
                kind: SectionKind::Housing,
                who: Who::Expert(staff(SANNA)),
                question: "Mikä on vuokranantajan kanta".to_owned(),
                due_on: due,
            };
            sections::invite(tx, casework, reader, doc, &new)
        })
        .unwrap();
        let mine: Vec<String> = work_of(&sample, AINO)
            .into_iter()
            .map(|row| row.what)
            .collect();
        assert_eq!(
            mine.iter()
                .filter(|what| what.contains("Asunto on vaarassa"))
                .count(),
            1,
            "{mine:?}"
        );
        assert_eq!(
            mine.iter()
                .filter(|what| what.contains("on kesken"))
                .count(),
            1
        );
        let hers = work_of(&sample, SANNA);
        assert_eq!(hers.len(), 1, "{hers:?}");
        assert!(
            hers[0].waiting && hers[0].due == Some(due) && hers[0].href.contains("/parts/expert-")
        );
        assert!(hers[0].who.contains("Virtanen"), "{:?}", hers[0]);
        assert!(work_of(&sample, VILLE).is_empty());
        assert!(work_of(&sample, HANNA).is_empty(), "a lead sees no content");
        // Sent: nothing waits for her any more.
        let section = sample
            .store
            .read_blocking(move |tx| sections::of_documents(tx, &[doc]))
            .unwrap()[0]
            .id;
        save(
            &sample,
            SANNA,
            doc,
            &expert_part(section),
            0,
            &[("view", "x")],
        )
        .unwrap();
        try_as(&sample, SANNA, move |tx, casework, reader| {
            sections::send(tx, casework, reader, doc, section)
        })
        .unwrap();
        assert!(work_of(&sample, SANNA).is_empty());
    }
}

#[test]
fn a_list_costs_the_same_however_long_it_is() {
    let sample = county(sqlite_store(&all_rooms()));
    let cost = || {
        let (reader, now) = (reader(AINO), sample.casework.now());
        let before = sample.store.statement_count();
        let rows = sample
            .store
            .read_blocking(move |tx| lists::desk(tx, &reader, day(now), now))
            .unwrap();
        (rows.drafts.len(), sample.store.statement_count() - before)
    };
    let one = sample.held(AINO, "Virtanen");
    let doc = begin(&sample, AINO, one.0, one.1);
    fill(&sample, AINO, one.0, doc);
    let (rows, few) = cost();
    assert_eq!(rows, 1);
    for _ in 0..20 {
        let (client, matter) = sample.held(AINO, "Laine");
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
    }
    let (rows, many) = cost();
    assert_eq!(rows, 21);
    assert_eq!(few, many, "statements grow with rows");
}

#[test]
fn a_joint_assessment_keeps_each_ones_own_view_apart() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (one, matter) = sample.held(AINO, "Virtanen");
        let other = sample.client("Salonen", None);
        sample.relate(other, AINO, "own_worker");
        sample.act(AINO, move |tx, casework, reader| {
            casework::store::joint::join(tx, casework, reader, matter, other)
        });
        let doc = try_as(&sample, AINO, move |tx, casework, reader| {
            let new = assessment::store::acts::Begin {
                clients: vec![one, other],
                language: Language::Fi,
                late: String::new(),
            };
            assessment::store::acts::begin(tx, casework, reader, matter, &new)
        })
        .unwrap();
        fill(&sample, AINO, one, doc);
        assert!(
            finish_as(&sample, AINO, doc).is_err(),
            "the other's view is missing"
        );
        let own = assessment::domain::parts::own_part(other);
        save(&sample, AINO, doc, &own, 0, &[("own", "Pelkään kotona")]).unwrap();
        finish_as(&sample, AINO, doc).unwrap();
        let bodies = sample
            .store
            .read_blocking(|tx| {
                tx.query(
                    "select client_id, body from timeline_item where class = 'assessment'",
                    &[],
                )?
                .iter()
                .map(|row| Ok((row.get::<[u8; 16]>(0)?, row.get::<String>(1)?)))
                .collect::<Result<Vec<_>, store::StoreError>>()
            })
            .unwrap();
        assert_eq!(bodies.len(), 2);
        for (client, body) in bodies {
            assert_eq!(body.contains("Pelkään kotona"), client == other.bytes());
            assert_eq!(body.contains("Haluan pitää kotini"), client == one.bytes());
            assert!(body.contains("Kirje tuli"), "what is common is in both");
        }
    }
}
