//! A note from its draft to its versions, and what its client's history holds.

use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn written_finished_corrected_and_found() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let page = sample.get(&new_path(matter), &aino).await;
        for shown in [
            "Uusi kirjaus",
            "Mitä tapahtui",
            "Mihin mennessä",
            "Ei avoimia askelia",
        ] {
            assert!(page.body.contains(shown), "{shown}");
        }
        let note = finished(
            &sample,
            &aino,
            matter,
            &[client],
            &[(
                "body",
                "Vuokrarästistä sovittiin. ”Nukuin ekan kerran kunnolla.”",
            )],
        )
        .await;
        let shown = sample.get(&format!("{note}?done=finished"), &aino).await;
        assert_eq!(shown.status, 200);
        for words in [
            "Kotikäynti",
            "10.3.2026 klo 10.00, Aino Salmela",
            "Kirjaus on valmis",
            "Vuokrarästistä",
        ] {
            assert!(
                told(&shown.body).contains(words),
                "{words}: {}",
                told(&shown.body)
            );
        }
        assert!(
            shown
                .body
                .contains("<span class=\"n-said\">”Nukuin ekan kerran kunnolla.”</span>")
        );
        // A finished note is not written on.
        let edit = sample.get(&format!("{note}/edit"), &aino).await;
        assert_eq!(edit.location(), note);

        // Corrected only by a new version with its reason.
        let without = sample.post(&format!("{note}/correct"), &[], &aino).await;
        assert_eq!(without.status, 422);
        assert!(without.body.contains("Kirjoita syy."));
        let opened = sample
            .post(
                &format!("{note}/correct"),
                &[("reason", "Summa puuttui")],
                &aino,
            )
            .await;
        assert_eq!(opened.location(), format!("{note}/edit"));
        let old = sample.get(&note, &aino).await.body;
        assert!(
            old.contains("Vuokrarästistä"),
            "the finished version stays readable"
        );
        let form = sample.get(&format!("{note}/edit"), &aino).await.body;
        assert!(form.contains("Summa puuttui") && form.contains("Vuokrarästistä"));
        let client_id = client.to_string();
        let rev = hidden(&form, "rev-common");
        let fields = [
            ("client", client_id.as_str()),
            ("what", "home"),
            ("when", "10.3.2026 klo 10.00"),
            ("body", "Vuokrarästistä 310 euroa sovittiin."),
            ("rev-common", rev.as_str()),
            ("act", "finish"),
        ];
        let again = sample.post(&format!("{note}/edit"), &fields, &aino).await;
        assert_eq!(
            again.location(),
            format!("{note}?done=finished"),
            "{}",
            told(&again.body)
        );
        let versions = sample.get(&format!("{note}/versions"), &aino).await.body;
        assert!(versions.contains("<ins>"));
        for words in ["Versio 2", "Versio 1", "Summa puuttui", "310"] {
            assert!(
                told(&versions).contains(words),
                "{words}: {}",
                told(&versions)
            );
        }
        assert!(
            told(&versions).contains("Nukuin ekan kerran"),
            "the old text is kept"
        );

        // Found in the client's history by another form of a word.
        let found = sample
            .post(
                &format!("/clients/{client}/timeline"),
                &[("words", "vuokrarästiä"), ("q", "vuokrarästiä")],
                &aino,
            )
            .await;
        let history = sample.get(&format!("/clients/{client}"), &aino).await.body;
        assert!(
            history.contains(&note),
            "{} {}",
            found.status,
            told(&history)
        );
        assert_eq!(sample.count("select count(*) from timeline_item where class = 'note' and body like '%310 euroa%'"), 1);
        // On the matter's page.
        let matter_page = sample.get(&format!("/matters/{matter}"), &aino).await.body;
        assert!(matter_page.contains(&note) && matter_page.contains("Uusi kirjaus"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_about_the_wrong_person_is_voided_by_two() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let (aino, hanna) = (sample.enter(AINO).await, sample.enter(HANNA).await);
        let fields = [
            ("body", "Tämä koski toista"),
            ("next-1", "Soita"),
            ("who-1", "other"),
            ("who_name-1", "Joku"),
            ("by-1", "13.3.2026"),
        ];
        let note = finished(&sample, &aino, matter, &[client], &fields).await;
        assert_eq!(
            sample.get(&note, &hanna).await.status,
            404,
            "a lead reads no finished notes"
        );
        let early = sample
            .post(&format!("{note}/void/answer"), &[], &hanna)
            .await;
        assert_eq!(early.status, 404, "nobody has asked");
        let asked = sample
            .post(
                &format!("{note}/void"),
                &[("reason", "Avasin väärän asiakkaan")],
                &aino,
            )
            .await;
        assert_eq!(
            asked.location(),
            format!("{note}?done=void"),
            "{}",
            told(&asked.body)
        );
        // The one who asked does not do it, and is not the lead.
        assert_eq!(
            sample
                .post(&format!("{note}/void/answer"), &[], &aino)
                .await
                .status,
            404
        );
        let list = sample.get("/notes", &hanna).await;
        assert!(list.body.contains("Mitätöintipyynnöt") && list.body.contains(&note));
        // That document alone, because it is asked to be voided (row LE-06).
        let read = sample.get(&note, &hanna).await;
        assert!(read.body.contains("Tämä koski toista") && read.body.contains("Avasin väärän"));
        let done = sample
            .post(&format!("{note}/void/answer"), &[], &hanna)
            .await;
        assert_eq!(
            done.location(),
            "/notes?done=voided",
            "{}",
            told(&done.body)
        );
        for cookie in [&aino, &hanna] {
            assert_eq!(sample.get(&note, cookie).await.status, 404);
        }
        let history = sample.get(&format!("/clients/{client}"), &aino).await.body;
        assert!(!history.contains(&note) && !history.contains("koski toista"));
        assert_eq!(
            sample.count("select count(*) from note_step where state = 'open'"),
            0
        );
        // It stays as a trace.
        assert_eq!(
            sample.count("select count(*) from document where state = 'voided'"),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_writers() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        sample.relate(client, VILLE, "own_team");
        let (aino, ville, hanna) = (
            sample.enter(AINO).await,
            sample.enter(VILLE).await,
            sample.enter(HANNA).await,
        );
        let note = draft(
            &sample,
            &aino,
            matter,
            &[client],
            &[("body", "Kesken"), ("when", "joskus")],
        )
        .await;
        assert_eq!(sample.get(&note, &ville).await.status, 404);
        assert_eq!(
            sample.get(&format!("{note}/edit"), &ville).await.status,
            404
        );
        let list = sample.get("/notes?done=draft", &aino).await.body;
        assert!(list.contains("tallessa luonnoksena") && list.contains("Testi Virtanen"));
        let form = sample.get(&format!("{note}/edit"), &aino).await.body;
        assert!(
            form.contains("Kesken") && form.contains("joskus"),
            "a draft is kept as it is"
        );
        // The lead sees nothing of it while its writer is at work, and its title when she is away.
        assert_eq!(sample.get(&note, &hanna).await.status, 404);
        sample
            .store
            .write_blocking(|tx| {
                identity::people::add_absence(
                    tx,
                    staff(AINO),
                    kernel::time::Date::constant(2020, 1, 1),
                    kernel::time::Date::constant(2030, 1, 1),
                )
            })
            .unwrap();
        let title = sample.get(&note, &hanna).await;
        assert_eq!(title.status, 200, "row LE-05");
        assert!(title.body.contains("Kotikäynti") && !title.body.contains("Kesken"));
    }
}
