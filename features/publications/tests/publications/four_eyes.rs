//! Whoever edits a version does not publish it: not by turns, not at once, not past the program.

use publications::domain::PublishError;
use publications::store::{PublicationId, steps, write};

use crate::support::*;

fn at(path: &str, version: i64) -> (PublicationId, i64) {
    (path.rsplit('/').next().unwrap().parse().unwrap(), version)
}

/// No version is out whose publisher has edited it.
fn holds(county: &County) {
    assert_eq!(
        county.count("select count(*) from publication_version v join publication_hand h on h.publication_id = v.publication_id and h.version = v.version where v.released_by is not null and h.part = 'edits' and h.staff_id in (v.released_by, v.reviewed_by)"),
        0
    );
}

#[tokio::test]
async fn one_who_is_both_never_publishes_what_she_edited() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.sheet("Kortti", of).await;
        let (bertta, pentti) = (
            county.sample.enter(BERTTA).await,
            county.sample.enter(PENTTI).await,
        );
        // One word is an edit; so is a choice of material.
        county.chosen(&bertta, &path, &[of], &[]).await;
        assert_eq!(county.step(&bertta, &path, "check").await.status, 303);
        let refused = county.step(&bertta, &path, "review").await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(refused.body.contains("Sama henkilö ei voi"));
        assert_eq!(county.step(&pentti, &path, "review").await.status, 303);
        let page = county.sample.get(&path, &bertta).await;
        assert!(
            page.body.contains("toinen henkilö katselmoi") && !page.body.contains("/release\"")
        );
        assert_eq!(county.step(&bertta, &path, "release").await.status, 409);
        assert_eq!(county.step(&pentti, &path, "release").await.status, 303);

        // Who has published may not edit, and whoever edited the old version has edited the new one: her words are in it.
        let other = county.sheet("Toinen", of).await;
        assert_eq!(
            county
                .step(&county.sample.enter(EEVA).await, &other, "check")
                .await
                .status,
            303
        );
        assert_eq!(county.step(&bertta, &other, "review").await.status, 303);
        let form = format!("{other}/sections/summary");
        assert_eq!(county.sample.get(&form, &bertta).await.status, 404);
        let typed = [("revision", "1"), ("words", "Oma lisä")];
        assert_eq!(county.sample.post(&form, &typed, &bertta).await.status, 404);

        let eino = county.sample.enter(EINO).await;
        let correct = format!("{path}/correct");
        let fields = [
            ("revision", county.revision(&eino, &correct).await),
            ("reason", "Luku korjattu".to_owned()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        county.posted(&eino, &correct, &fields).await;
        assert_eq!(county.step(&eino, &path, "check").await.status, 303);
        for what in ["review", "release"] {
            let refused = county.step(&bertta, &path, what).await;
            assert_eq!(refused.status, 409, "{what}: words of hers are still in it");
        }
        holds(&county);
    }
}

#[tokio::test]
async fn an_edit_after_the_review_takes_it_back() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.sheet("Kortti", of).await;
        let (eeva, pentti) = (
            county.sample.enter(EEVA).await,
            county.sample.enter(PENTTI).await,
        );
        assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
        assert_eq!(county.step(&pentti, &path, "review").await.status, 303);
        let seen = county.revision(&pentti, &path).await;
        county
            .wrote(&eeva, &path, "summary", "Aivan muuta kuin luettiin.")
            .await;
        let fields = [("revision", seen.as_str())];
        let stale = county
            .sample
            .post(&format!("{path}/release"), &fields, &pentti)
            .await;
        assert!(
            [404, 409].contains(&stale.status.as_u16()),
            "{}",
            stale.status
        );
        assert_eq!(
            county.count("select count(*) from publication_version where state = 'draft'"),
            1
        );
        assert_eq!(county.count("select count(*) from publication_run"), 0);

        assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
        let back = format!("{path}/back");
        let revision = county.revision(&pentti, &back).await;
        let bare = [("revision", revision.as_str()), ("reason", "")];
        assert_eq!(county.sample.post(&back, &bare, &pentti).await.status, 422);
        let reasoned = [
            ("revision", revision.as_str()),
            ("reason", "Kerro myös kattavuus"),
        ];
        let sent = county.sample.post(&back, &reasoned, &pentti).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = county.sample.get(&path, &eeva).await;
        assert!(page.body.contains("Kerro myös kattavuus"));
    }
}

/// Many release and edit at once, the same ones among them: whatever the order, nobody ends up with both parts.
#[tokio::test]
async fn at_once_too() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        for round in 0..6 {
            let path = county.sheet(&format!("Kortti {round}"), of).await;
            let at = at(&path, 1);
            let eeva = county.sample.enter(EEVA).await;
            assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
            let revision: i64 = county
                .revision(&county.sample.enter(PENTTI).await, &path)
                .await
                .parse()
                .unwrap();
            let county = &county;
            std::thread::scope(|scope| {
                for who in [BERTTA, PENTTI, BERTTA] {
                    scope.spawn(move || {
                        let _ = county.act(who, move |tx, editor| {
                            steps::review(tx, editor, (at, revision))
                        });
                        let printed = steps::Printed {
                            bytes: b"%PDF".to_vec(),
                            seal: [0; 32],
                        };
                        let _ = county.act(who, move |tx, editor| {
                            steps::release(tx, editor, (at, revision + 1), printed, &[0; 32])
                        });
                    });
                }
                for who in [BERTTA, EINO] {
                    scope.spawn(move || {
                        let _ = county.act(who, move |tx, editor| {
                            let section = publications::domain::Section::Figures;
                            write::set_section(
                                tx,
                                editor,
                                at,
                                (section, 0),
                                "Lisätty samaan aikaan",
                            )
                        });
                    });
                }
            });
            holds(county);
        }
        let both = county.count("select count(*) from publication_hand where staff_id in (select staff_id from publication_hand where part = 'publishes') and part = 'edits'");
        let pairs = county.count("select count(*) from (select publication_id, version, staff_id from publication_hand group by publication_id, version, staff_id having count(*) > 1) as pairs");
        assert_eq!(pairs, 0, "{both}");
    }
}

/// On PostgreSQL two programs may release at the same moment: the second would tell the difference to what it has not seen.
#[tokio::test]
async fn two_programs_do_not_release_past_each_other() {
    let [_, county] = counties();
    let of = county.phenomenon("Häätöuhka");
    let (eeva, pentti) = (
        county.sample.enter(EEVA).await,
        county.sample.enter(PENTTI).await,
    );
    let mut ready = Vec::new();
    for title in ["Kortti", "Toinen"] {
        let path = county.sheet(title, of).await;
        for (who, what) in [(&eeva, "check"), (&pentti, "review")] {
            assert_eq!(county.step(who, &path, what).await.status, 303);
        }
        ready.push((at(&path, 1), county.now(&path)));
    }
    let [one, two] = [ready[0], ready[1]];
    let printed = || steps::Printed {
        bytes: b"%PDF".to_vec(),
        seal: [0; 32],
    };
    let heads = testkit::Folder::new();
    let other = second(&county, &heads);
    let (began, begun) = std::sync::mpsc::channel();
    let editor = county.editor(PENTTI);
    let (first, late) = std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            county.act(PENTTI, move |tx, editor| {
                let said = steps::release(tx, editor, one, printed(), &[0; 32]);
                began.send(()).unwrap();
                // Not committed yet when the other begins; a slow machine makes the test say less, never something else.
                std::thread::sleep(std::time::Duration::from_millis(400));
                said
            })
        });
        begun.recv().unwrap();
        let late =
            other.write_blocking(move |tx| steps::release(tx, &editor, two, printed(), &[0; 32]));
        (first.join().unwrap(), late)
    });
    assert!(first.is_ok(), "{first:?}");
    assert!(
        matches!(late, Err(PublishError::Field("", "publication-stale"))),
        "it was checked before the first was told"
    );
    other.shutdown();
}

#[tokio::test]
async fn the_database_refuses_too() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.sheet("Kortti", of).await;
        let eeva = county.sample.enter(EEVA).await;
        assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
        for sql in [
            // An editor as the one who reviewed and released.
            "update publication_version set state = 'reviewed', reviewed_on = '2026-01-01', reviewed_by = started_by",
            "update publication_version set state = 'released', reviewed_by = started_by, released_by = started_by, released_on = '2026-01-01', pdf = body_seal",
            // A second part for the same person.
            "insert into publication_hand (publication_id, version, staff_id, part) select publication_id, version, staff_id, 'publishes' from publication_hand",
            // Nobody at all.
            "update publication_version set state = 'released', released_on = '2026-01-01', pdf = body_seal",
            // Without having been read.
            "update publication_version set state = 'reviewed'",
            // An edit that leaves no hand.
            "update publication_section set edited_by = (select max(id) from staff where id not in (select staff_id from publication_hand))",
            // The parts themselves.
            "update publication_version set publishes = 'edits'",
            // A draft keeps nothing that was checked.
            "update publication_version set state = 'draft'",
        ] {
            assert!(county.forced(sql).is_err(), "{sql}");
        }
        let changed = county.forced("update publication_hand set part = 'publishes'");
        assert!(changed.is_err(), "a hand that an edit names stays");
    }
}
