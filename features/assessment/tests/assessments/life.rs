//! From beginning to a corrected version.

use assessment::domain::Refusal;
use assessment::store::acts;
use documents::{DocError, State};
use store::{Query, params};
use testkit::stores;

use crate::support::*;

#[test]
fn beginning_stops_its_clock_once_and_makes_an_assessor() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        let started = "select count(*) from matter_clock where ended_at is not null and end_event = 'assessment_started'";
        assert_eq!(sample.count(started), 1);
        assert_eq!(
            sample.count("select count(*) from matter_clock where code = 'PTA_DONE_ADULT' and ended_at is null"),
            1
        );
        assert_eq!(
            sample
                .count("select count(*) from relation where kind = 'assessor' and ends_at is null"),
            1
        );
        // A second one of the same client is the first.
        let again = try_as(&sample, AINO, move |tx, casework, reader| {
            let new = acts::Begin {
                clients: vec![client],
                language: kernel::language::Language::Fi,
                late: String::new(),
            };
            acts::begin(tx, casework, reader, matter, &new)
        });
        assert!(matches!(again, Err(Refusal::OpenAlready(open)) if open == doc));
        assert_eq!(sample.count(started), 1);
    }
}

#[test]
fn an_assessment_recorded_as_begun_before_is_only_written() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        sample.act(AINO, move |tx, casework, reader| {
            let step = casework::domain::AssessmentStep::Begun;
            casework::store::clocks::assessment(tx, casework, reader, matter, step, "")
        });
        begin(&sample, AINO, client, matter);
        assert_eq!(
            sample.count("select count(*) from matter_event where event = 'assessment_started'"),
            1
        );
    }
}

#[test]
fn finishing_asks_what_the_law_asks_and_leaves_a_version() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        save(&sample, AINO, doc, "areas", 0, &[("open", "housing")]).unwrap();
        assert!(matches!(
            finish_as(&sample, AINO, doc),
            Err(Refusal::NotReady)
        ));
        sample
            .store
            .write_blocking(|tx| tx.execute("delete from document_part", &[]))
            .unwrap();
        fill(&sample, AINO, client, doc);
        assert_eq!(
            sample.count("select count(*) from assessment_risk where stage = 'court' and due_on = '2026-04-02'"),
            1
        );
        assert_eq!(finish_as(&sample, AINO, doc).unwrap(), 1);
        let (document, version) = sample
            .store
            .read_blocking(move |tx| {
                let document =
                    documents::store::load(tx, documents::Kind::Assessment, doc).unwrap();
                Ok::<_, store::StoreError>((
                    document,
                    documents::store::version(tx, doc, 1)?.unwrap(),
                ))
            })
            .unwrap();
        assert_eq!(document.state, State::Finished);
        assert_eq!(version.body.get("housing", "eviction"), "court");
        assert_eq!(
            version.body.get(&format!("support-{client}"), "right"),
            "no"
        );
        assert_eq!(
            sample.count("select count(*) from matter_clock where code = 'PTA_DONE_ADULT' and end_event = 'assessment_done'"),
            1
        );
        assert_eq!(
            sample
                .count("select count(*) from relation where kind = 'assessor' and ends_at is null"),
            0
        );
        assert_eq!(
            sample.count("select count(*) from timeline_item where class = 'assessment' and body like '%Haluan pitää kotini%'"),
            1
        );
        // Nothing is written into what is finished; a correction is a new version with its reason.
        let late = save(&sample, AINO, doc, "strengths", 0, &[("own", "x")]);
        assert!(
            matches!(late, Err(Refusal::Doc(DocError::State))),
            "{late:?}"
        );
        try_as(&sample, AINO, move |tx, casework, reader| {
            acts::correct(tx, casework, reader, doc, "Päivä oli väärin")
        })
        .unwrap();
        save(&sample, AINO, doc, "strengths", 0, &[("own", "Kalastus")]).unwrap();
        assert_eq!(finish_as(&sample, AINO, doc).unwrap(), 2);
        let reason: Option<String> = sample
            .store
            .read_blocking(move |tx| {
                tx.query_one(
                    "select reason from document_version where document_id = $1 and no = 2",
                    &params![doc.bytes()],
                )?
                .get(0)
            })
            .unwrap();
        assert_eq!(reason.as_deref(), Some("Päivä oli väärin"));
    }
}

#[test]
fn what_two_write_at_once_is_not_lost() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        try_as(&sample, AINO, move |tx, casework, reader| {
            acts::pair(tx, casework, reader, doc, staff(VILLE), "pari")
        })
        .unwrap();
        save(
            &sample,
            AINO,
            doc,
            "strengths",
            0,
            &[("view", "Ainon teksti")],
        )
        .unwrap();
        let other = save(
            &sample,
            VILLE,
            doc,
            "strengths",
            0,
            &[("view", "Villen teksti")],
        );
        let Err(Refusal::Doc(DocError::Clash(clash))) = other else {
            panic!("no clash: {other:?}");
        };
        assert_eq!(clash.theirs.get("view"), "Ainon teksti");
        assert_eq!(clash.by, "Aino Salmela");
        save(
            &sample,
            VILLE,
            doc,
            "strengths",
            clash.revision,
            &[("view", "Yhdessä")],
        )
        .unwrap();
        // What somebody saw is finished, not what came meanwhile.
        fill(&sample, AINO, client, doc);
        let histories = assessment::store::finish::histories(
            &sample.casework.analysers,
            &sample
                .store
                .read_blocking(move |tx| {
                    Ok::<_, store::StoreError>(
                        documents::store::load(tx, documents::Kind::Assessment, doc).unwrap(),
                    )
                })
                .unwrap(),
            &[],
        );
        let stale = try_as(&sample, AINO, move |tx, casework, reader| {
            assessment::store::finish::finish(tx, casework, reader, doc, 1, &histories)
        });
        assert!(
            matches!(stale, Err(Refusal::Doc(DocError::State))),
            "{stale:?}"
        );
    }
}
