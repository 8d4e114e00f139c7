//! Exceptional access: who may, what it opens, who is told, who reviews.

use clients::domain::RowId;
use clients::store::exceptional::{self, Outcome, Reason};
use clients::store::reasons;
use clients::store::told::{self, Notice};
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
        .read_blocking(move |tx| exceptional::waiting(tx, &reader, now))
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

fn unseen(sample: &Sample<'_>, staff: [u8; 16]) -> Vec<Notice> {
    let (reader, now) = (reader(staff), sample.now());
    sample
        .store
        .show_blocking(move |tx| told::read(tx, &reader, now))
        .unwrap()
        .value
}

fn notices(sample: &Sample<'_>, staff: [u8; 16]) -> usize {
    unseen(sample, staff).len()
}

fn see(sample: &Sample<'_>, staff: [u8; 16], id: RowId) -> Result<bool, ClientError> {
    sample.act(move |tx, desk| told::mark_seen(tx, &reader(staff), id, desk.now()))
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

fn numbered(number: i64) -> [u8; 16] {
    let mut id = [0xAB; 16];
    id[8..].copy_from_slice(&number.to_be_bytes());
    id
}

#[test]
fn what_waits_is_never_pushed_off_by_what_was_reviewed() {
    each(|sample| {
        let old = sample.plain(person("Vanha", "Veikko", None));
        open(sample, VILLE, old, WHY).unwrap();
        for number in 0..60_i64 {
            sample.run(
                "insert into exceptional_access (id, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at, reviewed_at, reviewed_by, outcome, review_note) select $2, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at + $3, ends_at, due_on, escalates_at, opened_at + $3, $4, 'justified', '' from exceptional_access where client_id = $1 and reviewed_at is null",
                store::params![old.bytes(), numbered(number), number + 1, HANNA],
            );
        }
        let waiting = reviews(sample, HANNA);
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].client, old);
        let (reader, now) = (reader(HANNA), sample.now());
        let reviewed = sample
            .store
            .read_blocking(move |tx| exceptional::reviewed(tx, &reader, now))
            .unwrap();
        assert_eq!(reviewed.len(), 50);
        assert!(reviewed.iter().all(|access| access.reviewed.is_some()));
    });
}

#[test]
fn the_own_worker_and_the_lead_read_why_and_say_that_they_saw_it() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        open(sample, VILLE, client, WHY).unwrap();
        let own = unseen(sample, AINO).remove(0);
        assert_eq!(own.kind, "exceptional");
        assert_eq!(own.client.as_deref(), Some("Mikael Rautio"));
        assert_eq!(own.who.as_deref(), Some("Ville Aho"));
        assert_eq!(own.reason, Some((Reason::Present, WHY.to_owned())));
        let lead = unseen(sample, HANNA).remove(0);
        assert!(lead.to_unit && !own.to_unit);
        // Nobody else's to see, and each has an own.
        assert!(matches!(
            see(sample, LIISA, lead.id),
            Err(ClientError::NotFound)
        ));
        assert!(matches!(
            see(sample, AINO, lead.id),
            Err(ClientError::NotFound)
        ));
        assert!(see(sample, AINO, own.id).unwrap());
        assert!(!see(sample, AINO, own.id).unwrap(), "a second press");
        assert_eq!((notices(sample, AINO), notices(sample, HANNA)), (0, 1));
        // A review says more than "seen": the lead is not told twice.
        let access = reviews(sample, HANNA)[0].id;
        review(sample, HANNA, access, Outcome::NotJustified).unwrap();
        assert_eq!(notices(sample, HANNA), 0);
        let incident = unseen(sample, OFFICER).remove(0);
        assert_eq!(
            (incident.kind.as_str(), incident.client.as_deref()),
            ("incident", None),
            "the officer is told without a name"
        );
        assert!(see(sample, OFFICER, incident.id).unwrap());
        assert_eq!(notices(sample, OFFICER), 0);
    });
}

#[test]
fn a_notice_tells_no_name_to_whom_the_client_is_closed() {
    each(|sample| {
        let code = made_up("1980-01-01", 5);
        let client = sample.plain(person("Rautio", "Mikael", Some(code)));
        sample.begin(client, AINO, "own_worker");
        open(sample, VILLE, client, WHY).unwrap();
        sample.clock.advance(SignedDuration::from_secs(1));
        sample.end(client, AINO, "own_worker");
        sample.clock.advance(days(31));
        assert_eq!(unseen(sample, AINO)[0].client, None, "no longer her client");
        sample.run(
            "insert into relative_declaration (id, staff_id, identity_hash, declared_at) values ($1, $2, $3, $4)",
            store::params![7, AINO, sample.desk.key.hash(&code), 0],
        );
        assert_eq!(notices(sample, AINO), 0, "a relative is not told at all");
    });
}

#[test]
fn the_reason_is_kept_for_the_client() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        let at = sample.now();
        open(sample, VILLE, client, WHY).unwrap();
        let given = sample
            .store
            .read_blocking(move |tx| reasons::given(tx, &[client.bytes()]))
            .unwrap();
        assert_eq!(
            given,
            [reasons::Given {
                event: "exceptional.open",
                staff: id(VILLE),
                at,
                code: "present".to_owned(),
                words: WHY.to_owned(),
            }]
        );
        let none = sample
            .store
            .read_blocking(|tx| reasons::given(tx, &[]))
            .unwrap();
        assert_eq!(none, []);
    });
}
