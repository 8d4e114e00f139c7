//! A couple's joint plan: common goals for both, and each one's own, which the other's readers do not see (B13).

use clients::ClientId;
use documents::DocumentId;
use kernel::clock::Clock;
use plan::domain::{PlanError, body};
use plan::store::{finish as act, goals, history, read};
use store::Query;
use testkit::stores;

use crate::support::*;

struct Couple {
    sample: Sample,
    first: ClientId,
    second: ClientId,
    plan: DocumentId,
}

fn couple(store: testkit::TestStore) -> Couple {
    let sample = county(store);
    let (first, matter) = sample.held(AINO, "Ensimmäinen");
    let second = sample.client("Toinen", None);
    joins(&sample, AINO, matter, second);
    let (plan, _) = begun(&sample, AINO, matter, &[first, second]);
    add(
        &sample,
        AINO,
        goal(plan, Some(first), "Haluan juoda vähemmän", first),
    );
    add(
        &sample,
        AINO,
        goal(plan, Some(second), "Haluan oman rahan", second),
    );
    // Sanna works for the second alone.
    sample.relate(second, SANNA, "own_worker");
    Couple {
        sample,
        first,
        second,
        plan,
    }
}

fn seen_by(couple: &Couple, worker: [u8; 16]) -> read::View {
    let (reader, now, plan) = (reader(worker), couple.sample.clock.now(), couple.plan);
    couple
        .sample
        .store
        .read_blocking(move |tx| read::view(tx, &reader, plan, now))
        .unwrap()
}

#[test]
fn each_sees_what_is_common_and_the_own_goals_of_those_she_works_for() {
    for store in stores(&tables()) {
        let couple = couple(store);
        assert_eq!(seen_by(&couple, AINO).goals.len(), 3);
        let sanna = seen_by(&couple, SANNA);
        let words: Vec<&str> = sanna.goals.iter().map(|goal| goal.words.as_str()).collect();
        assert_eq!(words, ["Haluan pitää oman kodin", "Haluan oman rahan"]);
        assert!(sanna.seen.hidden);
        assert!(sanna.people.iter().all(|one| one.id == couple.second));
        // Nor can she write there, nor put the whole into force.
        let (plan, first) = (couple.plan, couple.first);
        let written = try_as(&couple.sample, SANNA, move |tx, casework, reader| {
            goals::save(tx, casework, reader, &goal(plan, Some(first), "x", first)).map(drop)
        });
        assert!(matches!(written, Err(PlanError::NotFound)));
        assert!(matches!(
            finish(&couple.sample, SANNA, plan),
            Err(PlanError::NotFound)
        ));
    }
}

#[test]
fn an_own_goal_names_nobody_else_as_its_doer() {
    for store in stores(&tables()) {
        let couple = couple(store);
        let (plan, first, second) = (couple.plan, couple.first, couple.second);
        let crossed = try_as(&couple.sample, AINO, move |tx, casework, reader| {
            goals::save(tx, casework, reader, &goal(plan, Some(first), "x", second)).map(drop)
        });
        assert!(matches!(crossed, Err(PlanError::Owner)));
    }
}

#[test]
fn versions_differences_copies_and_histories_keep_it_apart() {
    for store in stores(&tables()) {
        let couple = couple(store);
        let (sample, plan) = (&couple.sample, couple.plan);
        finish(sample, AINO, plan).unwrap();
        run_as(sample, AINO, move |tx, casework, reader| {
            act::change(tx, casework, reader, plan, "Ensimmäinen muutti mielensä")
        });
        add(
            sample,
            AINO,
            goal(
                plan,
                Some(couple.first),
                "Haluan muuttaa pois",
                couple.first,
            ),
        );
        finish(sample, AINO, plan).unwrap();
        let history = run_as(sample, SANNA, move |tx, casework, reader| {
            history::history(tx, casework, reader, plan, Some((1, 2)))
        });
        let compared = history.compared.unwrap();
        let secret = |text: &str| text.contains("juoda") || text.contains("muuttaa pois");
        assert!(!secret(&compared.before.to_json()) && !secret(&compared.after.to_json()));
        assert!(
            compared
                .changes
                .iter()
                .all(|one| one.pieces.iter().all(|piece| !secret(&piece.text)))
        );
        let version = sample
            .store
            .read_blocking(move |tx| documents::store::version(tx, plan, 2))
            .unwrap()
            .unwrap();
        assert!(
            secret(&version.body.to_json()),
            "the version itself is whole"
        );
        assert!(!secret(&body::text(&version.body, 2)));

        // The copy of one holds nothing of the other's own.
        let second = couple.second;
        let copy = run_as(sample, AINO, move |tx, casework, reader| {
            read::print(tx, casework, reader, plan, second, "client: ")
        });
        assert_eq!(copy.view.goals.len(), 2);
        assert!(copy.view.goals.iter().all(|goal| !secret(&goal.words)));

        // Nor does her history.
        let rows = sample
            .store
            .read_blocking(move |tx| {
                tx.query(
                    "select body from timeline_item where class = 'plan' and client_id = $1",
                    &store::params![second.bytes()],
                )
            })
            .unwrap();
        assert_eq!(rows.len(), 1, "one item for a plan, the newest version");
        assert!(!secret(&rows[0].get::<String>(0).unwrap()));
    }
}
