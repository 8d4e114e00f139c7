//! Special support: who judges, and who finishes then (SHL 3 §, 36 § 5).

use assessment::domain::Refusal;
use assessment::store::finish;
use casework::domain::special_support::{DecidesWho, Judgement, SupportGround, usual_review};
use casework::domain::{MatterId, RowId};
use casework::store::special_support::{self, SupportError};
use clients::ClientId;
use documents::DocError;
use kernel::time::{SignedDuration, day};
use testkit::stores;

use crate::support::*;

fn judgement(sample: &Sample) -> Judgement {
    let today = day(sample.casework.now());
    Judgement {
        grounds: vec![SupportGround::Substance, SupportGround::ManyNeeds],
        words: "Ei saa aikaa eikä pääse perille".to_owned(),
        decides: DecidesWho::SocialWorker,
        decides_words: String::new(),
        assessed_on: today,
        review_on: usual_review(today),
    }
}

fn record(
    sample: &Sample,
    worker: [u8; 16],
    about: (MatterId, ClientId),
    based_on: Option<RowId>,
) -> Result<RowId, SupportError> {
    let (casework, reader, judgement) =
        (sample.casework.clone(), reader(worker), judgement(sample));
    sample
        .store
        .write_blocking(move |tx| {
            special_support::record(tx, &casework, &reader, about, &judgement, based_on)
        })
        .map(|receipt| receipt.value)
}

#[test]
fn a_judgement_is_in_force_until_a_new_one_or_its_end() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let about = (matter, client);
        assert!(
            record(&sample, SANNA, about, None).is_err(),
            "not a worker of hers"
        );
        assert!(
            record(&sample, HANNA, about, None).is_err(),
            "a lead sees no content"
        );
        let first = record(&sample, AINO, about, None).unwrap();
        assert!(matches!(
            record(&sample, AINO, about, None),
            Err(SupportError::Changed)
        ));
        let tags = "select count(*) from client_detail where kind = 'special_support' and ended_at is null";
        assert_eq!(sample.count(tags), 1, "the client's page tells it");
        sample.clock.advance(SignedDuration::from_hours(24));
        let second = record(&sample, AINO, about, Some(first)).unwrap();
        assert_eq!(sample.count(tags), 1);
        let now = sample.casework.now();
        let of = sample
            .store
            .read_blocking(move |tx| special_support::of(tx, client, now))
            .unwrap()
            .unwrap();
        assert_eq!(of.id, second);
        assert_eq!(of.assessor, "Aino Salmela");
        let due = sample
            .store
            .read_blocking(move |tx| {
                special_support::reviews_of(tx, staff(AINO), of.judgement.review_on, now)
            })
            .unwrap();
        assert_eq!(due.len(), 1);
        let (casework, worker) = (sample.casework.clone(), reader(AINO));
        sample
            .store
            .write_blocking(move |tx| {
                special_support::end(
                    tx,
                    &casework,
                    &worker,
                    about,
                    second,
                    "Tilanne on vakiintunut",
                )
            })
            .unwrap();
        assert_eq!(sample.count(tags), 0);
        let history = sample
            .store
            .read_blocking(move |tx| special_support::history(tx, client))
            .unwrap();
        let over: Vec<_> = history
            .iter()
            .map(|one| one.ended.as_ref().unwrap().over)
            .collect();
        assert_eq!(over, [true, false]);
    }
}

#[test]
fn a_social_worker_in_public_office_finishes_then() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(VILLE, "Virtanen");
        let doc = begin(&sample, VILLE, client, matter);
        fill(&sample, VILLE, client, doc);
        record(&sample, VILLE, (matter, client), None).unwrap();
        assert!(matches!(
            finish_as(&sample, VILLE, doc),
            Err(Refusal::SpecialSupport)
        ));
        assert!(
            matches!(
                finish_as(&sample, AINO, doc),
                Err(Refusal::Doc(DocError::NotFound | DocError::Matter(_)))
            ),
            "not hers yet"
        );
        let ask = |whom: [u8; 16]| {
            try_as(&sample, VILLE, move |tx, casework, reader| {
                finish::ask(tx, casework, reader, doc, staff(whom), "työpari")
            })
        };
        assert!(ask(NURSE).is_err(), "a nurse could not");
        ask(AINO).unwrap();
        assert!(matches!(ask(AINO), Err(Refusal::Already(_))));
        assert_eq!(finish_as(&sample, AINO, doc).unwrap(), 1);
        let body = sample
            .store
            .read_blocking(move |tx| documents::store::version(tx, doc, 1))
            .unwrap()
            .unwrap()
            .body;
        let support = format!("support-{client}");
        assert_eq!(body.get(&support, "right"), "yes");
        assert_eq!(body.part(&support).unwrap().all("grounds").len(), 2);
        assert_eq!(
            sample.count("select count(*) from assessment_ask where ended_at is null"),
            0
        );
    }
}
