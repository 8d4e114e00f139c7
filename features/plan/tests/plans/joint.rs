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

#[tokio::test(flavor = "multi_thread")]
async fn a_common_action_of_one_whom_the_reader_does_not_see_has_no_name() {
    for store in stores(&tables()) {
        let couple = couple(store);
        let (sample, plan) = (&couple.sample, couple.plan);
        finish(sample, AINO, plan).unwrap();
        run_as(sample, AINO, move |tx, casework, reader| {
            act::change(tx, casework, reader, plan, "Uusi askel")
        });
        let first = couple.first;
        let common = goal(plan, None, "Haluamme levätä", first);
        add(sample, AINO, common);
        finish(sample, AINO, plan).unwrap();
        let (aino, sanna) = (sample.enter(AINO).await, sample.enter(SANNA).await);
        let at = format!("/plans/{plan}");
        for path in [
            at.clone(),
            format!("{at}/versions/1"),
            format!("{at}/versions?from=1&to=2"),
        ] {
            let whole = sample.get(&path, &aino).await.body;
            assert!(whole.contains("Ensimmäinen"), "{path}: {whole}");
            let part = sample.get(&path, &sanna).await;
            assert_eq!(part.status, 200, "{path}");
            assert!(!part.body.contains("Ensimmäinen"), "{path}: {}", part.body);
            for words in ["toinen suunnitelman asiakas", "Toimita tiliote"] {
                assert!(part.body.contains(words), "{path}: {}", part.body);
            }
            assert!(!part.body.contains("{client:"), "{path}");
        }
        let matter = sample
            .store
            .read_blocking(move |tx| documents::store::load(tx, documents::Kind::Plan, plan))
            .unwrap()
            .matter;
        let panel = sample.get(&format!("/matters/{matter}"), &sanna).await.body;
        assert!(panel.contains("toinen suunnitelman asiakas"), "{panel}");
        let step = panel.split("Toimita tiliote").nth(1).unwrap_or_default();
        assert!(!step.split("</tr>").next().unwrap().contains("Ensimmäinen"));
        // Neither the other's history nor what is searched in it names her.
        let second = couple.second;
        let body: String = sample
            .store
            .read_blocking(move |tx| {
                tx.query_one(
                    "select body from timeline_item where class = 'plan' and client_id = $1",
                    &store::params![second.bytes()],
                )?
                .get(0)
            })
            .unwrap();
        assert!(body.contains("toinen suunnitelman asiakas") && !body.contains("Ensimmäinen"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_with_anothers_action_does_not_become_ones_own() {
    for store in stores(&tables()) {
        let couple = couple(store);
        let sample = &couple.sample;
        let view = seen_by(&couple, AINO);
        let own = view
            .goals
            .iter()
            .find(|one| one.client == Some(couple.first))
            .unwrap();
        let (at, second) = (
            format!("/plans/{}/goals/{}", couple.plan, own.id),
            couple.second,
        );
        let aino = sample.enter(AINO).await;
        let second = second.to_string();
        for (whose, status) in [(second.as_str(), 409), ("garbage", 422)] {
            let fields = [
                ("words", "Haluan juoda vähemmän"),
                ("kind", "2"),
                ("whose", whose),
                ("revision", "1"),
            ];
            let refused = sample.post(&at, &fields, &aino).await;
            assert_eq!(refused.status, status, "{whose}: {}", refused.body);
            assert!(
                refused.body.contains("href=\"#whose\"") || refused.body.contains("whose-error"),
                "{}",
                refused.body
            );
        }
        let after = seen_by(&couple, AINO);
        let after = after.goals.iter().find(|one| one.id == own.id).unwrap();
        assert_eq!(after.client, Some(couple.first));
    }
}
