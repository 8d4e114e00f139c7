//! Bad input keeps what was typed; strangers see nothing; phrases are the county's; statements do not grow with rows.

use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let fields = [
            ("body", "Mikael kertoi"),
            ("when", "12.13.2026"),
            ("next-1", "Lähetä maksusuunnitelma"),
            ("by-1", "31.2.2026"),
            ("who-1", "other"),
        ];
        let wrong = write(&sample, &aino, matter, &[client], &fields).await;
        assert_eq!(wrong.status, 422);
        for words in [
            "Kirjausta ei vielä tallennettu valmiiksi",
            "Mikael kertoi",
            "Lähetä maksusuunnitelma",
            "31.2.2026",
            "Päivää 31.2. ei ole",
            "Kirjoita nimi: askeleella on yksi tekijä",
        ] {
            assert!(wrong.body.contains(words), "{words}");
        }
        assert!(wrong.body.contains("href=\"#f-by-1\""));
        for what in ["information", "disclosure", "service_end", "cancelled"] {
            let asked = write(
                &sample,
                &aino,
                matter,
                &[client],
                &[("body", "x"), ("what", what)],
            )
            .await;
            assert_eq!(asked.status, 422, "{what} asks its own fields");
        }
        for what in ["nonsense", "restriction"] {
            let asked = write(
                &sample,
                &aino,
                matter,
                &[client],
                &[("body", "x"), ("what", what)],
            )
            .await;
            assert!(
                [409, 422].contains(&asked.status.as_u16()),
                "{what}: {}",
                asked.status
            );
        }
        assert_eq!(sample.count("select count(*) from document"), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_see_nothing() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let note = finished(&sample, &aino, matter, &[client], &[("body", "Salaisuus")]).await;
        for other in [SANNA, NURSE, TUULA, OPA, VILLE, HANNA] {
            let cookie = sample.enter(other).await;
            for path in [
                note.clone(),
                format!("{note}/versions"),
                format!("{note}/edit"),
                format!("{note}/correct"),
                format!("{note}/void"),
                new_path(matter),
            ] {
                // The duty holder of the unit may write a note of her own (row DU-09).
                if other == VILLE && path == new_path(matter) {
                    continue;
                }
                let got = sample.get(&path, &cookie).await;
                assert_eq!(got.status, 404, "{other:?} {path}");
            }
            let list = sample.get("/notes", &cookie).await;
            assert!(!list.body.contains("Virtanen") && !list.body.contains("Salaisuus"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn phrases_are_kept_by_the_main_user_and_offered_to_those_who_write() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let (aino, pekka) = (sample.enter(AINO).await, sample.enter(PEKKA).await);
        assert_eq!(sample.get("/admin/phrases", &aino).await.status, 404);
        let without = sample
            .post("/admin/phrases/new", &[("title_fi", "Kotikäynti")], &pekka)
            .await;
        assert_eq!(without.status, 422);
        let fields = [
            ("what", "home"),
            ("title_fi", "Kotikäynnin alku"),
            (
                "text_fi",
                "Kotikäynti sovittiin etukäteen. Paikalla olivat …",
            ),
            ("active", "yes"),
        ];
        let kept = sample.post("/admin/phrases/new", &fields, &pekka).await;
        assert_eq!(
            kept.location(),
            "/admin/phrases?done=phrase",
            "{}",
            told(&kept.body)
        );
        let form = sample.get(&new_path(matter), &aino).await.body;
        assert!(form.contains("Kotikäynnin alku"));
        // Without script the form comes back with the phrase after what was written.
        let (id, own) = (hidden(&form, "insert"), hidden(&form, "form"));
        let client_id = client.to_string();
        let inserted = sample
            .post(
                &new_path(matter),
                &[
                    ("form", own.as_str()),
                    ("client", client_id.as_str()),
                    ("what", "home"),
                    ("when", "10.3.2026"),
                    ("body", "Alku."),
                    ("insert", id.as_str()),
                ],
                &aino,
            )
            .await;
        assert_eq!(inserted.status, 200);
        assert!(
            inserted
                .body
                .contains("Alku.\nKotikäynti sovittiin etukäteen.")
        );
        assert_eq!(sample.count("select count(*) from document"), 0);
        // Taken out of use, it is not offered.
        let path = format!("/admin/phrases/{id}");
        assert!(
            sample
                .get(&path, &pekka)
                .await
                .body
                .contains("Paikalla olivat")
        );
        let off: Vec<(&str, &str)> = fields
            .iter()
            .filter(|(name, _)| *name != "active")
            .copied()
            .collect();
        assert_eq!(sample.post(&path, &off, &pekka).await.status, 303);
        assert!(
            !sample
                .get(&new_path(matter), &aino)
                .await
                .body
                .contains("Kotikäynnin alku")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_clients_page_the_matter_is_known() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let page = sample.get(&format!("/clients/{client}"), &aino).await.body;
        assert!(
            page.contains(&format!("href=\"/notes/new?client={client}\"")),
            "key N"
        );
        let known = sample
            .get(&format!("/notes/new?client={client}"), &aino)
            .await;
        assert_eq!(known.location(), new_path(matter));
        // With two open matters one is chosen; from the desk among all of one's own.
        let second = sample.opened(AINO, client, me(AINO));
        for path in [
            format!("/notes/new?client={client}"),
            "/notes/new".to_owned(),
        ] {
            let choose = sample.get(&path, &aino).await;
            assert_eq!(choose.status, 200);
            for matter in [matter, second] {
                assert!(choose.body.contains(&matter.to_string()), "{path}");
            }
        }
        let sanna = sample.enter(SANNA).await;
        let none = sample
            .get(&format!("/notes/new?client={client}"), &sanna)
            .await;
        assert!(!none.body.contains("Virtanen"));
    }
}
