//! Joint matters: each client with a record of one's own, and nobody's part to whom it is not.

use casework::domain::{MatterError, NoOwnWorker};
use casework::store::workers::{self, OwnWorker, Substitute};
use casework::store::{joint, view};
use clients::relations::{self, Which};
use kernel::clock::Clock;
use kernel::time::SignedDuration;
use testkit::stores;

use crate::support::*;

#[test]
fn a_client_joins_with_a_part_of_her_own_and_leaves() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (first, matter) = sample.held(AINO, "Ensimmäinen");
        let second = sample.client("Toinen", None);
        let join = |sample: &Sample| {
            sample.try_act(AINO, move |tx, casework, reader| {
                joint::join(tx, casework, reader, matter, second)
            })
        };
        // Nobody joins a person to whom one has nothing to do with.
        assert!(matches!(join(&sample), Err(MatterError::NotFound)));
        sample.relate(second, AINO, "contact_holder");
        join(&sample).unwrap();
        assert!(matches!(join(&sample), Err(MatterError::ClientAlready)));
        for (client, part) in [(first, "Ensimmäisen osuus"), (second, "Toisen osuus")] {
            sample.act(AINO, move |tx, casework, reader| {
                joint::write_part(tx, casework, reader, matter, client, part)
            });
        }
        // Sanna works for the second alone: the first one's part is not there for her.
        sample.relate(second, SANNA, "own_worker");
        let shown = sample.act(SANNA, move |tx, casework, reader| {
            view::read(tx, casework, reader, matter)
        });
        let names: Vec<_> = shown
            .view
            .clients
            .iter()
            .map(|card| card.name.clone())
            .collect();
        assert_eq!(names, ["Testi Toinen"]);
        assert!(shown.view.hidden);
        assert!(
            shown
                .view
                .events
                .iter()
                .all(|event| event.client != Some(first))
        );
        let stranger = sample.try_act(SANNA, move |tx, casework, reader| {
            joint::write_part(tx, casework, reader, matter, first, "x")
        });
        assert!(matches!(stranger, Err(MatterError::NotFound)));
        sample.act(AINO, move |tx, casework, reader| {
            joint::leave(tx, casework, reader, matter, second, "Erosivat")
        });
        let last = sample.try_act(AINO, move |tx, casework, reader| {
            joint::leave(tx, casework, reader, matter, first, "Ohi")
        });
        assert!(matches!(last, Err(MatterError::LastClient)));
    }
}

#[test]
fn a_relative_sees_nothing_of_her_own() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (first, matter) = sample.held(AINO, "Ensimmäinen");
        sample.relate(first, SANNA, "own_worker");
        let seen = sample.try_act(SANNA, move |tx, casework, reader| {
            view::read(tx, casework, reader, matter)
        });
        assert!(seen.is_ok());
        let casework = sample.casework.clone();
        sample
            .store
            .write_blocking(move |tx| {
                let which = Which {
                    client: first,
                    staff: None,
                    kind: "own_worker",
                    object: None,
                };
                relations::end(
                    tx,
                    &which,
                    casework.now(),
                    relations::Tails { common_days: 0 },
                    "test",
                )
            })
            .unwrap();
        sample
            .clock
            .advance(kernel::time::SignedDuration::from_secs(1));
        let seen = sample.try_act(SANNA, move |tx, casework, reader| {
            view::read(tx, casework, reader, matter)
        });
        assert!(matches!(seen, Err(MatterError::NotFound)));
    }
}

#[test]
fn a_right_over_one_client_of_a_joint_matter_gives_none_over_another() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (first, matter) = sample.held(AINO, "Ensimmäinen");
        let second = sample.client("Toinen", None);
        sample.relate(second, AINO, "contact_holder");
        sample.act(AINO, move |tx, casework, reader| {
            joint::join(tx, casework, reader, matter, second)
        });
        // Sanna works for the first alone, and would like to see the second.
        sample.relate(first, SANNA, "own_worker");
        let today = kernel::time::day(sample.clock.now());
        let named = |worker: [u8; 16], client| {
            let named = OwnWorker::new(staff(SANNA), today);
            sample.try_act(worker, move |tx, casework, reader| {
                workers::name_own_worker(tx, casework, reader, matter, client, &named)
            })
        };
        assert!(matches!(named(SANNA, second), Err(MatterError::NotFound)));
        let waived = sample.try_act(SANNA, move |tx, casework, reader| {
            let reason = NoOwnWorker::ALL[0];
            workers::waive_own_worker(tx, casework, reader, matter, second, reason, "x")
        });
        assert!(matches!(waived, Err(MatterError::NotFound)));
        let substituted = |worker: [u8; 16], days: i64| {
            let substitute = Substitute {
                staff: staff(SANNA),
                from: today,
                to: today.saturating_add(SignedDuration::from_hours(24 * days)),
            };
            sample.try_act(worker, move |tx, casework, reader| {
                workers::name_substitute(tx, casework, reader, matter, &substitute)
            })
        };
        assert!(matches!(substituted(SANNA, 7), Err(MatterError::NotFound)));
        let joined = sample.try_act(SANNA, move |tx, casework, reader| {
            workers::join(tx, casework, reader, matter, staff(SANNA), "")
        });
        assert!(matches!(joined, Err(MatterError::NotFound)));
        let seen = sample.act(SANNA, move |tx, casework, reader| {
            view::read(tx, casework, reader, matter)
        });
        let names: Vec<_> = seen.view.clients.iter().map(|card| &card.name).collect();
        assert_eq!(names, ["Testi Ensimmäinen"], "as before she tried");
        // What is hers she does, and the holder does it for both; for no longer than a year.
        named(SANNA, first).unwrap();
        assert!(substituted(AINO, 400).is_err());
        substituted(AINO, 7).unwrap();
        named(AINO, second).unwrap();
    }
}
