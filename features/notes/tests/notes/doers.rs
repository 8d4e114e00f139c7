//! A step is given to whoever writes, to the people of the matter, or to whoever has it already; and it is done by
//! whoever may write of it, once.

use casework::domain::MatterId;
use casework::store::workers;
use kernel::time::SignedDuration;
use store::params;
use testkit::stores;

use crate::student::guided;
use crate::support::*;
use crate::tutors::names;

const STRANGER: &str = "Tekijäksi käy kirjaaja, joku asian työntekijöistä";

fn joins_matter(sample: &Sample, matter: MatterId, worker: [u8; 16]) {
    sample.act(AINO, move |tx, casework, reader| {
        workers::join(tx, casework, reader, matter, staff(worker), "")
    });
}

fn value(worker: [u8; 16]) -> String {
    format!("staff:{}", staff(worker))
}

/// A finished note whose one step is Ville's.
async fn villes(sample: &Sample, aino: &str) -> (clients::ClientId, MatterId, String) {
    let (client, matter) = sample.held(AINO, "Virtanen");
    joins_matter(sample, matter, VILLE);
    let ville = value(VILLE);
    let fields = [
        ("body", "Sovittiin"),
        ("next-1", "Lähetä maksusuunnitelma"),
        ("who-1", ville.as_str()),
        ("by-1", "16.3.2026"),
    ];
    let note = finished(sample, aino, matter, &[client], &fields).await;
    (client, matter, note)
}

/// Opens a finished note for a correction and finishes it with these steps.
async fn corrected(
    sample: &Sample,
    cookie: &str,
    (client, note): (clients::ClientId, &str),
    step: &[(&str, &str)],
) -> (String, Answered) {
    let reason = [("reason", "Tarkennus")];
    let edit = format!("{note}/edit");
    let opened = sample
        .post(&format!("{note}/correct"), &reason, cookie)
        .await;
    assert!(
        opened.location() == edit || opened.status == 409,
        "{}",
        told(&opened.body)
    );
    let form = sample.get(&edit, cookie).await.body;
    let (id, rev) = (client.to_string(), hidden(&form, "rev-common"));
    let mut fields = vec![
        ("client", id.as_str()),
        ("what", "home"),
        ("when", "10.3.2026 klo 10.00"),
        ("body", "Sovittiin toisin"),
        ("rev-common", rev.as_str()),
        ("act", "finish"),
    ];
    fields.extend_from_slice(step);
    let answer = sample.post(&edit, &fields, cookie).await;
    (form, answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_given_to_people_of_the_matter() {
    for store in stores(&tables()) {
        let sample = county(store);
        let aino = sample.enter(AINO).await;
        let (client, matter) = sample.held(AINO, "Virtanen");
        let form = sample.get(&new_path(matter), &aino).await.body;
        let (ville, sanna) = (value(VILLE), value(SANNA));
        assert!(form.contains(&value(AINO)) && !form.contains(&ville) && !form.contains(&sanna));
        for stranger in [&sanna, &ville] {
            let fields = [
                ("body", "Tavattiin kotona"),
                ("next-1", "Lähetä maksusuunnitelma"),
                ("who-1", stranger.as_str()),
                ("by-1", "16.3.2026"),
            ];
            let refused = write(&sample, &aino, matter, &[client], &fields).await;
            assert_eq!(refused.status, 422);
            assert!(
                refused.body.contains("href=\"#f-who-1\""),
                "{}",
                refused.body
            );
            for kept in [STRANGER, "Tavattiin kotona", "Lähetä maksusuunnitelma"] {
                assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
            }
        }
        assert_eq!(sample.count("select count(*) from document"), 0);
        // Whoever has joined the matter is offered, unless a bar keeps her from the client.
        joins_matter(&sample, matter, VILLE);
        joins_matter(&sample, matter, SANNA);
        sample
            .store
            .write_blocking(move |tx| {
                tx.execute(
                    "insert into bar (id, client_id, staff_id, kind, began_at, reason, source) values ($1, $2, $3, 'B19', 0, 'r', 'self')",
                    &params![[88; 16], client.bytes(), SANNA],
                )
            })
            .unwrap();
        let form = sample.get(&new_path(matter), &aino).await.body;
        assert!(form.contains(&ville) && !form.contains(&sanna));
        for (who, status) in [(&sanna, 422), (&ville, 303)] {
            let fields = [
                ("body", "Tavattiin"),
                ("next-1", "Lähetä maksusuunnitelma"),
                ("who-1", who.as_str()),
                ("by-1", "16.3.2026"),
            ];
            let answer = write(&sample, &aino, matter, &[client], &fields).await;
            assert_eq!(answer.status, status, "{}", told(&answer.body));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_step_keeps_it() {
    for store in stores(&tables()) {
        let sample = county(store);
        let aino = sample.enter(AINO).await;
        let (client, matter, note) = villes(&sample, &aino).await;
        sample.act(AINO, move |tx, casework, reader| {
            workers::leave(tx, casework, reader, matter, staff(VILLE))
        });
        let (ville, sanna) = (value(VILLE), value(SANNA));
        let step = |who| {
            [
                ("next-1", "Lähetä maksusuunnitelma"),
                ("who-1", who),
                ("by-1", "17.3.2026"),
            ]
        };
        let (form, refused) = corrected(&sample, &aino, (client, &note), &step(&sanna)).await;
        assert!(form.contains(&ville) && !form.contains(&sanna), "{form}");
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(STRANGER));
        let (_, kept) = corrected(&sample, &aino, (client, &note), &step(&ville)).await;
        assert_eq!(
            kept.location(),
            format!("{note}?done=finished"),
            "{}",
            told(&kept.body)
        );
        // A new note of the same matter does not offer him.
        assert!(
            !sample
                .get(&new_path(matter), &aino)
                .await
                .body
                .contains(&ville)
        );
    }
}

/// The address of a note's button of its only step, or nothing.
fn button(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("action=\"/note-steps/")?;
    let (step, _) = rest.split_once('/')?;
    Some(format!("/note-steps/{step}/done"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_done_once_by_whoever_may_write_of_it() {
    for store in stores(&tables()) {
        let sample = county(store);
        let aino = sample.enter(AINO).await;
        for (number, (who, may)) in [
            (AINO, true),
            (VILLE, true),
            (MAIJA, true),
            (SANNA, false),
            (TIMO, false),
            (HANNA, false),
            (OPA, false),
        ]
        .into_iter()
        .enumerate()
        {
            let (client, _, note) = villes(&sample, &aino).await;
            sample.relate(client, MAIJA, "own_worker");
            // One placement, and a client after the other.
            if number == 0 {
                let _ = guided(&sample, client).await;
            } else {
                let maija = sample.enter(MAIJA).await;
                assert_eq!(names(&sample, client, &maija).await.status, 303);
            }
            let path = button(&sample.get(&note, &aino).await.body).expect("a button");
            let cookie = sample.enter(who).await;
            let page = sample.get(&note, &cookie).await;
            // The button is there for those whose press counts.
            assert_eq!(
                page.status == 200 && button(&page.body).is_some(),
                may,
                "{who:?}"
            );
            if who == OPA {
                assert!(page.body.contains("Ohjaajasi merkitsee tämän tehdyksi."));
            }
            let pressed = sample.post(&path, &[], &cookie).await;
            if may {
                assert_eq!(pressed.location(), format!("{note}?done=step"), "{who:?}");
            } else {
                assert_eq!(pressed.status, 404, "{who:?}");
            }
            let done = "select count(*) from note_step where state = 'done'";
            let pressed_so_far = i64::try_from(number + 1).unwrap().min(3);
            assert_eq!(sample.count(done), pressed_so_far, "{who:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_stays_done_and_what_is_dropped_is_not_done() {
    for store in stores(&tables()) {
        let sample = county(store);
        let aino = sample.enter(AINO).await;
        let (client, _, note) = villes(&sample, &aino).await;
        let path = button(&sample.get(&note, &aino).await.body).expect("a button");
        assert_eq!(sample.post(&path, &[], &aino).await.status, 303);
        let ended = "select ended_at from note_step";
        let first = sample.count(ended);
        // Pressed again in another window: who did it and when stays.
        sample.clock.advance(SignedDuration::from_hours(1));
        let ville = sample.enter(VILLE).await;
        assert_eq!(sample.post(&path, &[], &ville).await.status, 303);
        assert_eq!(sample.count(ended), first);
        assert!(button(&sample.get(&note, &aino).await.body).is_none());
        // A correction that words the step otherwise does not open it again.
        let me = value(AINO);
        let step = [
            ("next-1", "Lähetä maksusuunnitelma tänään"),
            ("who-1", me.as_str()),
            ("by-1", "17.3.2026"),
        ];
        let (_, kept) = corrected(&sample, &aino, (client, &note), &step).await;
        assert_eq!(kept.status, 303, "{}", told(&kept.body));
        assert_eq!(sample.count(ended), first);
        // One that is taken out of another note is dropped, and cannot be done.
        let (other, _, second) = villes_again(&sample, &aino).await;
        let path = button(&sample.get(&second, &aino).await.body).expect("a button");
        let (_, without) = corrected(&sample, &aino, (other, &second), &[]).await;
        assert_eq!(without.status, 303, "{}", told(&without.body));
        assert!(button(&sample.get(&second, &aino).await.body).is_none());
        assert_eq!(sample.post(&path, &[], &aino).await.status, 404);
        let states = "select count(*) from note_step where state = 'dropped' and ended_in is null";
        assert_eq!(sample.count(states), 1);
    }
}

async fn villes_again(sample: &Sample, aino: &str) -> (clients::ClientId, MatterId, String) {
    let (client, matter) = sample.held(AINO, "Toinen");
    let me = value(AINO);
    let fields = [
        ("body", "Sovittiin"),
        ("next-1", "Soita"),
        ("who-1", me.as_str()),
        ("by-1", "16.3.2026"),
    ];
    let note = finished(sample, aino, matter, &[client], &fields).await;
    (client, matter, note)
}
