//! A student writes in a plan, and it comes into force by the tutor (457/2024 21 §).

use store::{Query, params};
use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_student_wrote_is_sent_back_and_approved() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        sample.placement(client);
        let plan = begin(&sample, AINO, matter, &[client]).unwrap();
        let (opa, maija, aino) = (
            sample.enter(STUDENT).await,
            sample.enter(TUTOR).await,
            sample.enter(AINO).await,
        );
        let at = format!("/plans/{plan}");
        let tutor = staff(TUTOR).to_string();
        let her = format!("client:{client}");
        let goal = [
            ("words", "Haluan oman avaimen"),
            ("kind", "1"),
            ("what-1", "Soita isännöitsijälle"),
            ("owner-1", her.as_str()),
            ("due-1", "3.4.2026"),
        ];
        let ask = format!("{at}/ask");
        let early = sample.post(&ask, &[("tutor", tutor.as_str())], &opa).await;
        assert_eq!(early.status, 409, "there is nothing to approve");
        let added = sample.post(&format!("{at}/goals/new"), &goal, &opa).await;
        assert_eq!(added.status, 303, "{}", added.body);
        // A student does not put it into force.
        let page = sample.get(&at, &opa).await.body;
        let done = page
            .split('"')
            .find(|one| one.starts_with(&at) && one.ends_with("/done"))
            .expect("a step may be marked in a draft")
            .to_owned();
        assert!(page.contains(&ask) && !page.contains(&format!("{at}/finish")));
        let finish = [("with", "yes"), ("review_on", "1.9.2026")];
        assert_eq!(
            sample
                .post(&format!("{at}/finish"), &finish, &opa)
                .await
                .status,
            404
        );
        assert_eq!(sample.post(&ask, &[("tutor", "")], &opa).await.status, 422);
        let stranger = staff(LIISA).to_string();
        let wrong = sample
            .post(&ask, &[("tutor", stranger.as_str())], &opa)
            .await;
        assert_eq!(wrong.status, 409, "not a tutor of hers");
        let form = sample.get(&ask, &opa).await.body;
        assert!(form.contains("Maija Ohjaaja"));
        let asked = sample.post(&ask, &[("tutor", tutor.as_str())], &opa).await;
        assert_eq!(asked.location(), format!("{at}?done=ask"), "{}", asked.body);
        // While it waits only the tutor writes.
        let late = sample.post(&format!("{at}/goals/new"), &goal, &opa).await;
        assert_eq!(late.status, 409);
        let page = sample.get(&at, &opa).await.body;
        assert!(!page.contains("/done"), "its steps wait with it");
        let pressed = sample.post(&done, &[], &opa).await;
        assert!(!pressed.location().contains("done="), "{}", pressed.body);
        for (path, fields, cookie) in [
            ("finish", &finish[..], &aino),
            ("return", &[("words", "Ei")][..], &aino),
            ("finish", &finish[..], &opa),
        ] {
            let refused = sample.post(&format!("{at}/{path}"), fields, cookie).await;
            let refused = refused.status.as_u16();
            assert!([404, 409].contains(&refused), "{path}: {refused}");
        }
        assert!(
            sample
                .get(&at, &maija)
                .await
                .body
                .contains("pyytää hyväksyntääsi")
        );
        let back = sample
            .post(&format!("{at}/return"), &[("words", "")], &maija)
            .await;
        assert_eq!(back.status, 422);
        let words = [("words", "Kirjoita päivä asiakkaan kanssa")];
        let back = sample.post(&format!("{at}/return"), &words, &maija).await;
        assert_eq!(
            back.location(),
            format!("{at}?done=return"),
            "{}",
            back.body
        );
        let page = sample.get(&at, &opa).await.body;
        assert!(page.contains("Kirjoita päivä asiakkaan kanssa"));
        // Asked, taken back, asked again, approved.
        sample.post(&ask, &[("tutor", tutor.as_str())], &opa).await;
        let taken = sample.post(&format!("{at}/withdraw"), &[], &opa).await;
        assert_eq!(taken.location(), format!("{at}?done=withdraw"));
        sample
            .clock
            .advance(kernel::time::SignedDuration::from_secs(20));
        sample.post(&ask, &[("tutor", tutor.as_str())], &opa).await;
        let page = sample.get(&format!("{at}/finish"), &maija).await;
        assert_eq!(page.status, 200, "{}", page.location());
        let done = sample.post(&format!("{at}/finish"), &finish, &maija).await;
        assert_eq!(
            done.location(),
            format!("{at}?done=finish"),
            "{}",
            done.body
        );
        let names = sample
            .store
            .read_blocking(move |tx| {
                let row = tx.query_one(
                    "select f.name, a.name from document_version v join staff f on f.id = v.finished_by join staff a on a.id = v.approved_by where v.document_id = $1",
                    &params![plan.bytes()],
                )?;
                Ok::<(String, String), store::StoreError>((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(
            names,
            ("Oona Opiskelija".to_owned(), "Maija Ohjaaja".to_owned())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_changes_nothing_at_once_in_a_plan_in_force() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        sample.placement(client);
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        let opa = sample.enter(STUDENT).await;
        let at = format!("/plans/{plan}");
        finish(&sample, AINO, plan).unwrap();
        let action = sample
            .store
            .read_blocking(move |tx| plan::store::actions::of_plan(tx, plan))
            .unwrap()[0]
            .id;
        let whose = client.to_string();
        let worker = staff(AINO).to_string();
        let elsewhere = [
            ("whose", whose.as_str()),
            ("keeper", "Kela"),
            ("what", "Kuntoutus"),
            ("told_by", "Asiakas"),
            ("known_on", "1.3.2026"),
        ];
        let done = [("state", "done")];
        let ends = format!("actions/{action}/end");
        let acts: [(&str, &[(&str, &str)]); 4] = [
            ("coordinator", &[("staff", worker.as_str())]),
            ("elsewhere", &elsewhere),
            (ends.as_str(), &done),
            (&ends.replace("/end", "/done"), &[]),
        ];
        // Neither when nobody changes the plan, nor beside a change that waits to be confirmed.
        for change in [false, true] {
            if change {
                run_as(&sample, AINO, move |tx, casework, reader| {
                    plan::store::finish::change(tx, casework, reader, plan, "Muutos")
                });
            }
            for (tail, fields) in acts {
                let refused = sample.post(&format!("{at}/{tail}"), fields, &opa).await;
                let status = refused.status.as_u16();
                assert!([404, 409].contains(&status), "{tail}: {status}");
            }
        }
        for unchanged in [
            "select count(*) from plan_elsewhere",
            "select count(*) from plan where coordinator_staff is not null",
            "select count(*) from plan_action where state <> 'open'",
        ] {
            assert_eq!(sample.count(unchanged), 0, "{unchanged}");
        }
        // The text of the change is hers to write: it waits for the tutor.
        let goal = [("words", "Haluan oman avaimen"), ("kind", "1")];
        let added = sample.post(&format!("{at}/goals/new"), &goal, &opa).await;
        assert_eq!(added.status, 303, "{}", added.body);
    }
}
