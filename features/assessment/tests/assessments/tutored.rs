//! A student writes in an assessment, and the tutor finishes it (457/2024 21 §). A temporary social worker's is finished by a
//! leading one (817/2015 12 §).

use documents::DocError;
use identity::people::{self, Staff, UnitId};
use kernel::time::Date;
use store::{Query, StoreError, params};
use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_student_wrote_is_sent_back_and_approved() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        sample.placement(client);
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
        let (student, tutor) = (
            sample.enter(STUDENT).await,
            enter_strong(&sample, TUTOR).await,
        );
        let at = format!("/assessments/{doc}");
        let own = format!("{at}/parts/strengths");
        let written = [("own", "Osaan korjata pyöriä"), ("revision", "0")];
        let saved = sample.post(&own, &written, &student).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = sample.get(&at, &student).await.body;
        assert!(page.contains("Pyydä hyväksyntää: Maija Ohjaaja"), "{page}");
        let named = staff(TUTOR).to_string();
        let approval = format!("{at}/approval");
        let stranger = staff(LIISA).to_string();
        let wrong = sample
            .post(&approval, &[("tutor", stranger.as_str())], &student)
            .await;
        assert_eq!(wrong.status, 409, "no tutor of hers");
        let ask = [("tutor", named.as_str())];
        let asked = sample.post(&approval, &ask, &student).await;
        assert_eq!(
            asked.location(),
            format!("{at}?done=approval"),
            "{}",
            asked.body
        );
        // While it waits the student does not write, and nobody else finishes.
        let late = sample
            .post(&own, &[("own", "Vielä"), ("revision", "1")], &student)
            .await;
        assert_eq!(late.status, 409);
        assert!(matches!(
            finish_as(&sample, AINO, doc),
            Err(assessment::domain::Refusal::Doc(DocError::NotFound))
        ));
        assert!(
            sample
                .get(&at, &tutor)
                .await
                .body
                .contains("pyytää hyväksyntääsi")
        );
        let back = format!("{at}/return");
        assert_eq!(
            sample.post(&back, &[("reason", "")], &tutor).await.status,
            422
        );
        let sent = sample
            .post(&back, &[("reason", "Kysy vielä velat")], &tutor)
            .await;
        assert_eq!(
            sent.location(),
            format!("{at}?done=return"),
            "{}",
            sent.body
        );
        assert!(
            sample
                .get(&at, &student)
                .await
                .body
                .contains("Kysy vielä velat")
        );
        sample.post(&approval, &ask, &student).await;
        let taken = sample.post(&format!("{at}/withdraw"), &[], &student).await;
        assert_eq!(taken.location(), format!("{at}?done=withdraw"));
        sample
            .clock
            .advance(kernel::time::SignedDuration::from_secs(20));
        sample.post(&approval, &ask, &student).await;
        let finish = format!("{at}/finish");
        let page = sample.get(&finish, &tutor).await.body;
        assert!(page.contains("Hyväksy ja tallenna valmiiksi"), "{page}");
        let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
        let revision = rest.split('"').next().unwrap().to_owned();
        let done = sample
            .post(&finish, &[("revision", revision.as_str())], &tutor)
            .await;
        assert_eq!(
            done.location(),
            format!("{at}?done=finished"),
            "{}",
            done.body
        );
        let names = sample
            .store
            .read_blocking(move |tx| {
                let row = tx.query_one(
                    "select f.name, a.name from document_version v join staff f on f.id = v.finished_by join staff a on a.id = v.approved_by where v.document_id = $1",
                    &params![doc.bytes()],
                )?;
                Ok::<(String, String), StoreError>((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(
            names,
            ("Oona Opiskelija".to_owned(), "Maija Ohjaaja".to_owned())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_does_nothing_that_holds_at_once() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        sample.placement(client);
        let doc = begin(&sample, AINO, client, matter);
        let (student, aino) = (sample.enter(STUDENT).await, sample.enter(AINO).await);
        let at = format!("/assessments/{doc}");
        let invite = format!("{at}/sections/new");
        let (sanna, day) = (
            staff(SANNA).to_string(),
            kernel::time::day(sample.casework.now()),
        );
        let due = format!("{}.{}.{}", day.day(), day.month(), day.year());
        let asked = [
            ("kind", "housing"),
            ("who", "expert"),
            ("staff", sanna.as_str()),
            ("due_on", due.as_str()),
            ("question", "Mikä on vuokranantajan kanta"),
        ];
        // An invitation opens the assessment to somebody at once: no tutor has approved it.
        assert_eq!(sample.post(&invite, &asked, &student).await.status, 404);
        let page = sample.get(&at, &student).await.body;
        assert!(page.contains(&format!("{at}/parts/")), "she writes");
        assert!(!page.contains(&invite), "and does not invite");
        assert_eq!(sample.count("select count(*) from assessment_section"), 0);
        let done = sample.post(&invite, &asked, &aino).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let section = sample
            .store
            .read_blocking(move |tx| assessment::store::sections::of_documents(tx, &[doc]))
            .unwrap()[0]
            .id;
        let back = format!("{at}/sections/{section}/withdraw");
        assert_eq!(sample.post(&back, &[], &student).await.status, 404);
        for act in ["ask", "pair"] {
            let staff = [("staff", sanna.as_str())];
            let refused = sample.post(&format!("{at}/{act}"), &staff, &student).await;
            let status = refused.status.as_u16();
            assert!([404, 422].contains(&status), "{act}: {status}");
        }
        for unchanged in [
            "select count(*) from assessment_section where withdrawn_at is not null",
            "select count(*) from assessment_ask",
            "select count(*) from relation where kind = 'matter_participant' and made_by = 'named'",
        ] {
            assert_eq!(sample.count(unchanged), 0, "{unchanged}");
        }
        assert_eq!(sample.post(&back, &[], &aino).await.status, 303);
    }
}

/// Leading social worker.
const LEENA: [u8; 16] = [31; 16];

/// Aino works by a temporary right, and Leena leads the social work.
fn temporary(sample: &Sample) {
    sample
        .store
        .write_blocking(|tx| {
            tx.execute(
                "delete from professional_right where staff_id = $1",
                &params![AINO],
            )?;
            tx.execute(
                "insert into professional_right (id, staff_id, kind, valid_from, restriction, drops_code, temporary, source) values (9001, $1, 'social_worker', '2026-01-01', '', 0, 1, 'entered')",
                &params![AINO],
            )?;
            people::add_staff(
                tx,
                &Staff {
                    id: staff(LEENA),
                    name: "Leena Johtava".to_owned(),
                    sort_key: "johtava leena".to_owned(),
                    title: "social_worker".to_owned(),
                    tasks: vec!["leading_sw".to_owned()],
                    qualifications: vec!["sw+office".to_owned()],
                    unit: UnitId::from_bytes(SOUTH),
                    began_on: Date::constant(2020, 1, 1),
                    ended_on: None,
                    demo_role: None,
                },
            )
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leading_social_worker_finishes_what_a_temporary_one_has_assessed() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        temporary(&sample);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
        let refused = finish_as(&sample, AINO, doc);
        assert!(
            matches!(refused, Err(assessment::domain::Refusal::Supervised)),
            "{refused:?}"
        );
        let (aino, leena) = (sample.enter(AINO).await, enter_strong(&sample, LEENA).await);
        let at = format!("/assessments/{doc}");
        assert_eq!(sample.get(&at, &leena).await.status, 404, "not asked yet");
        let page = sample.get(&at, &aino).await.body;
        assert!(page.contains("Pyydä hyväksyntää: Leena Johtava"), "{page}");
        let approval = format!("{at}/approval");
        let (right, wrong) = (staff(LEENA).to_string(), staff(VILLE).to_string());
        let wrong = [("tutor", wrong.as_str())];
        assert_eq!(sample.post(&approval, &wrong, &aino).await.status, 409);
        let ask = [("tutor", right.as_str())];
        let asked = sample.post(&approval, &ask, &aino).await;
        assert_eq!(asked.status, 303, "{}", asked.body);
        // She reads, sends back, is asked again and finishes; she does not write.
        let page = sample.get(&at, &leena).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body
                .contains("Lue arviointi ja hyväksy tai palauta se.")
        );
        assert!(!page.body.contains(&format!("{at}/parts/")));
        let back = [("reason", "Kysy vielä velat")];
        let back = sample.post(&format!("{at}/return"), &back, &leena).await;
        assert_eq!(back.status, 303, "{}", back.body);
        let again = sample.post(&approval, &ask, &aino).await;
        assert_eq!(again.status, 303, "{}", again.body);
        let finish = format!("{at}/finish");
        let page = sample.get(&finish, &leena).await;
        assert_eq!(page.status, 200, "{}", page.location());
        let page = page.body;
        assert!(page.contains("Hyväksy ja tallenna valmiiksi"), "{page}");
        let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
        let revision = rest.split('"').next().unwrap().to_owned();
        let fields = [("revision", revision.as_str())];
        let done = sample.post(&finish, &fields, &leena).await;
        assert_eq!(
            done.location(),
            format!("{at}?done=finished"),
            "{}",
            done.body
        );
        assert_eq!(
            sample.count("select count(*) from document_version v join staff f on f.id = v.finished_by join staff a on a.id = v.approved_by where f.name like 'Aino%' and a.name like 'Leena%'"),
            1
        );
        assert_eq!(
            sample.count(
                "select count(*) from relation where kind = 'consulted' and ends_at is null"
            ),
            0
        );
    }
}
