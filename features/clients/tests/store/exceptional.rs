//! Exceptional access: who may, what it opens, who is told, who reviews.

use clients::domain::RowId;
use clients::store::exceptional::{self, Outcome, Reason};
use clients::store::watch;
use clients::{ClientError, ClientId};
use kernel::time::{SignedDuration, Timestamp};

use crate::support::*;

const WHY: &str = "Asiakas on paikalla ilman lääkkeitä.";

fn open(
    sample: &Sample<'_>,
    staff: [u8; 16],
    client: ClientId,
    why: &'static str,
) -> Result<Timestamp, ClientError> {
    sample.at(staff, client, move |tx, desk, gate| {
        exceptional::open(tx, desk, gate, Reason::Present, why)
    })
}

fn reviews(sample: &Sample<'_>, staff: [u8; 16]) -> Vec<exceptional::Access> {
    let (reader, now) = (reader(staff), sample.now());
    sample
        .store
        .read_blocking(move |tx| exceptional::to_review(tx, &reader, now, false))
        .unwrap()
}

fn review(
    sample: &Sample<'_>,
    staff: [u8; 16],
    id: RowId,
    outcome: Outcome,
) -> Result<(), ClientError> {
    sample.act(move |tx, desk| {
        exceptional::review(tx, desk, &reader(staff), id, outcome, "Katsottu.")
    })
}

fn notices(sample: &Sample<'_>, staff: [u8; 16]) -> usize {
    let now = sample.now();
    sample
        .store
        .read_blocking(move |tx| watch::notices(tx, id(staff), now))
        .unwrap()
        .len()
}

#[test]
fn it_opens_for_four_hours_to_read_only_and_is_told() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        assert!(matches!(
            open(sample, VILLE, client, "en kerro"),
            Err(ClientError::Missing("reason"))
        ));
        assert!(matches!(
            open(sample, AINO, client, WHY),
            Err(ClientError::Already)
        ));
        assert!(matches!(
            open(sample, NURSE, client, WHY),
            Err(ClientError::NotFound)
        ));
        let ends = open(sample, VILLE, client, WHY).unwrap();
        assert_eq!(ends, sample.now() + SignedDuration::from_hours(4));
        let gate = sample.gate(VILLE, client).unwrap();
        let may = |class, action, task| gate.acting(class, action, task, None, &[]);
        assert_eq!(
            may("client_basics", "see_basics", "working_age")
                .unwrap()
                .purpose,
            "P17"
        );
        assert!(may("note", "read", "working_age").is_ok());
        for (class, action, task) in [
            ("note", "read", "families"),
            ("note", "print", "working_age"),
            ("client_basics", "correct", "working_age"),
            ("contact_details_secret", "read", "working_age"),
            ("payment", "read", "working_age"),
            ("message", "read", "working_age"),
        ] {
            assert!(may(class, action, task).is_err(), "{class} {action} {task}");
        }
        assert_eq!((notices(sample, AINO), notices(sample, HANNA)), (1, 1));
        assert_eq!(notices(sample, LIISA), 0);
        sample.clock.advance(SignedDuration::from_hours(4));
        assert!(!sample.sees(VILLE, client));
    });
}

#[test]
fn it_never_passes_a_bar() {
    each(|sample| {
        let own = made_up("1980-01-01", 1);
        let client = sample.plain(person("Aho", "Ville", Some(own)));
        sample.run(
            "update staff set identity_hash = $2 where id = $1",
            store::params![VILLE, sample.desk.key.hash(&own)],
        );
        assert!(matches!(
            open(sample, VILLE, client, WHY),
            Err(ClientError::NotFound)
        ));
        assert!(
            open(sample, AINO, client, WHY).is_ok(),
            "another unit's worker"
        );
    });
}

#[test]
fn the_lead_reviews_in_three_working_days_and_the_officer_what_waits() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        open(sample, VILLE, client, WHY).unwrap();
        let waiting = reviews(sample, HANNA);
        assert_eq!(waiting.len(), 1);
        // From Friday 13 March: Monday, Tuesday, Wednesday.
        assert_eq!(waiting[0].due_on.to_string(), "2026-03-18");
        assert!(reviews(sample, LIISA).is_empty());
        assert!(reviews(sample, OFFICER).is_empty(), "not yet");
        let access = waiting[0].id;
        assert!(matches!(
            review(sample, LIISA, access, Outcome::Justified),
            Err(ClientError::NotFound)
        ));
        assert!(matches!(
            review(sample, OFFICER, access, Outcome::Justified),
            Err(ClientError::NotFound)
        ));
        assert!(matches!(
            review(sample, VILLE, access, Outcome::Justified),
            Err(ClientError::FourEyes)
        ));
        sample.clock.advance(days(7));
        assert_eq!(reviews(sample, OFFICER).len(), 1);
        review(sample, OFFICER, access, Outcome::NotJustified).unwrap();
        assert!(matches!(
            review(sample, HANNA, access, Outcome::Justified),
            Err(ClientError::Ended)
        ));
        assert!(reviews(sample, HANNA).is_empty());
    });
}

#[test]
fn what_has_no_lead_above_it_goes_to_the_officer_at_once() {
    each(|sample| {
        let mut new = person("Rautio", "Mikael", None);
        new.unit = None;
        let client = sample.plain(new);
        open(sample, VILLE, client, WHY).unwrap();
        let waiting = reviews(sample, OFFICER);
        assert_eq!(waiting.len(), 1);
        review(sample, OFFICER, waiting[0].id, Outcome::RelationAdded).unwrap();
    });
}
