//! Findings that must not come back: who reads after a hand-over, what "not reached" means, what a
//! lead sees, and that a refusal leaves a trace.

use intake::domain::ending::Ending;
use intake::domain::{AttemptChannel, IntakeError};
use intake::store::offers::{self, NewOffer, Receiver};
use intake::store::{ending, receive, record, view};
use store::{Query, StoreError};

use crate::inside::Inside;
use crate::town::{build, migrations, sent};

#[test]
fn whoever_handed_a_contact_on_does_not_read_what_came_after() {
    testkit::for_each_engine(&migrations(), |test| {
        let town = build(test);
        test.store()
            .write_blocking(move |tx| {
                let (front, social, lead) =
                    (&town.workers[1], &town.workers[4], &town.workers[town.lead]);
                let id = receive::from_worker(tx, &town.desk, front, &sent("Sanat"), None)?.id;
                let new = NewOffer {
                    receiver: Receiver::Person(social.staff),
                    reason: "Sana syystä".to_owned(),
                    warm: false,
                };
                let offer = offers::make(tx, &town.desk, front, id, &new)?;
                offers::accept(tx, &town.desk, social, offer, false)?;
                record::add_note(tx, &town.desk, social, id, "Siirron jälkeen kirjattu")?;
                assert!(matches!(
                    view::read(tx, &town.desk, front, id),
                    Err(IntakeError::NotFound)
                ));
                let ending = Ending::NotWanted {
                    own_words: "Ei nyt".to_owned(),
                };
                ending::end(tx, &town.desk, social, id, &ending)?;
                assert!(matches!(
                    view::read(tx, &town.desk, front, id),
                    Err(IntakeError::NotFound)
                ));
                assert!(view::read(tx, &town.desk, social, id)?.content);
                // The lead of the unit sees that there is one, and nothing that somebody wrote of it.
                let seen = view::read(tx, &town.desk, lead, id)?;
                assert!(!seen.content && seen.own_words.is_empty() && seen.events.is_empty());
                assert!(
                    seen.ending
                        .is_some_and(|ending| ending.what.is_empty() && ending.who.is_none())
                );
                Ok::<_, IntakeError>(())
            })
            .expect("the story");
    });
}

#[test]
fn not_reached_counts_only_attempts_in_vain() {
    testkit::for_each_engine(&migrations(), |test| {
        let town = build(test);
        test.store()
            .write_blocking(move |tx| {
                let front = &town.workers[1];
                let id = receive::from_worker(tx, &town.desk, front, &sent("Sanat"), None)?.id;
                let not_reached = Ending::NotReached {
                    tried: "Kolme kertaa".to_owned(),
                };
                for channel in [
                    AttemptChannel::Call,
                    AttemptChannel::Text,
                    AttemptChannel::Letter,
                ] {
                    record::add_attempt(tx, &town.desk, front, id, channel, true, "")?;
                }
                let refused = ending::end(tx, &town.desk, front, id, &not_reached);
                assert!(
                    matches!(
                        refused,
                        Err(IntakeError::NotReachedRule { attempts: 0, .. })
                    ),
                    "{refused:?}"
                );
                Ok::<_, IntakeError>(())
            })
            .expect("the story");
    });
}

#[test]
fn a_refusal_leaves_a_trace_and_shows_nothing() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let inside = Inside::new();
    let town = inside.town.clone();
    let id = inside
        .built
        .house
        .store
        .write_blocking(move |tx| {
            receive::from_worker(
                tx,
                &town.desk,
                &town.workers[4],
                &sent("Salaiset sanat"),
                None,
            )
        })
        .expect("written down")
        .value
        .id;
    let entries = || {
        inside
            .built
            .house
            .store
            .read_blocking::<i64, StoreError>(|tx| {
                tx.query_one("select count(*) from log_entry", &[])?
                    .get::<i64>(0)
            })
            .expect("counted")
    };
    let counsellor = inside.town.workers[5].staff;
    let cookie = runtime.block_on(inside.cookie(counsellor));
    let before = entries();
    let got = runtime.block_on(inside.send("GET", &format!("/contacts/{id}"), Some(&cookie)));
    assert_eq!(got.status, 404);
    assert!(!got.body.contains("Salaiset"));
    assert_eq!(
        entries() - before,
        1,
        "one refusal, and no list that nobody saw"
    );
}
