//! A deputy of a unit's lead sees what the lead sees between the days, and nothing outside them.

use access::rights::Subject;
use axum::http::StatusCode;
use identity::people::{StaffId, UnitId};
use intake::domain::IntakeError;
use intake::store::lead::{self, Situation};
use intake::store::queue::{self, Filters, Tab};
use intake::store::{Worker, holding, safety_net, tasks};
use kernel::time::{Date, SignedDuration, day};
use store::params;
use testkit::stores;

use crate::support::{ADVICE, AINO, HANNA, NURSE, Sample, UNIT, rooms, sample};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The nurse stands in for the lead of the northern unit for one day.
fn deputy(sample: &Sample, on: Date) {
    sample
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into deputy_lead (id, unit_id, staff_id, begins_on, ends_on, requested_at, requested_by, approved_at, approved_by) values (1, $1, $2, $3, $3, 1, $4, 1, $5)",
                &params![UNIT, NURSE, on.to_string(), HANNA, AINO],
            )
        })
        .unwrap();
}

/// Somebody of another unit with the task of a lead: which unit it is for, the facts tell.
fn reader() -> Worker {
    Worker {
        staff: StaffId::from_bytes(NURSE),
        unit: UnitId::from_bytes(ADVICE),
        subject: Subject::employee(["lead"], ["hp"]),
    }
}

fn situation(sample: &Sample) -> Situation {
    let desk = sample.desk.clone();
    sample
        .store
        .write_blocking(move |tx| lead::read(tx, &desk, &reader()))
        .unwrap()
        .value
}

fn queued(sample: &Sample, tab: Tab) -> Vec<String> {
    let desk = sample.desk.clone();
    let page = sample
        .store
        .write_blocking(move |tx| queue::page(tx, &desk, &reader(), tab, &Filters::default(), 0))
        .unwrap()
        .value;
    page.rows.into_iter().map(|row| row.title).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_and_the_situation_open_between_the_days() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(AINO, "Tukea arkeen", Some("Leyla Hassan"));
        sample.act(AINO, move |tx, desk, worker| {
            tasks::promise_call(tx, desk, worker, contact, "")
        });
        sample.clock.advance(DAY * 5);
        let desk = sample.desk.clone();
        sample
            .store
            .write_blocking(move |tx| safety_net::raise(tx, &desk))
            .unwrap();
        deputy(&sample, day(sample.desk.now()).tomorrow().unwrap());
        for (when, led) in [("before", false), ("the day", true), ("after", false)] {
            let seen = situation(&sample);
            let count = usize::from(led);
            assert_eq!(seen.units.len(), count, "{when}");
            assert_eq!(seen.figures.open, i64::from(led), "{when}");
            assert_eq!(seen.lists.raised.len(), count, "{when}");
            assert_eq!(seen.overdue.len(), count, "{when}");
            let aged: i64 = seen.ages.iter().map(|age| age.open).sum();
            assert_eq!(aged, i64::from(led), "{when}");
            assert_eq!(queued(&sample, Tab::All).len(), count, "{when}");
            // The pages, by the facts of a real session.
            let cookie = sample.enter(NURSE).await;
            let page = sample.get(&format!("/contacts/{contact}"), &cookie).await;
            let list = sample.get("/contacts", &cookie).await;
            let expected = if led {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            assert_eq!(page.status, expected, "{when}");
            assert_eq!(list.body.contains("Tukea arkeen"), led, "{when}");
            assert!(!list.body.contains("Leyla Hassan"), "title and state only");
            sample.clock.advance(DAY);
        }
    }
}

#[test]
fn a_deputy_takes_over_for_the_unit_of_somebody_who_left() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(AINO, "Tukea arkeen", None);
        let today = day(sample.desk.now());
        deputy(&sample, today.tomorrow().unwrap());
        sample
            .store
            .write_blocking(move |tx| {
                identity::people::end_employment(
                    tx,
                    StaffId::from_bytes(AINO),
                    today.yesterday().unwrap(),
                )
            })
            .unwrap();
        let take_over = || {
            let desk = sample.desk.clone();
            sample
                .store
                .write_blocking(move |tx| {
                    holding::take_over(tx, &desk, &reader(), contact, "Sijaisena")
                })
                .map(|receipt| receipt.value)
        };
        assert_eq!(situation(&sample).lists.away.len(), 0);
        assert!(matches!(take_over(), Err(IntakeError::NotFound)));
        sample.clock.advance(DAY);
        assert_eq!(situation(&sample).lists.away.len(), 1);
        take_over().unwrap();
        assert_eq!(situation(&sample).lists.away.len(), 0);
        let unit = sample
            .store
            .read_blocking(move |tx| {
                store::Query::query_one(
                    tx,
                    "select holder_unit from contact where id = $1",
                    &params![contact.bytes()],
                )?
                .get::<[u8; 16]>(0)
            })
            .unwrap();
        assert_eq!(unit, UNIT, "the contact stays the unit's");
    }
}
