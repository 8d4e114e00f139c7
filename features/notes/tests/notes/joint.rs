//! A joint note: who may not see one of its clients sees neither her part nor her name, anywhere (B13).

use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_part_and_a_name_are_for_those_who_may_see_their_client() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (anna, matter) = sample.held(AINO, "Aavanen");
        let pekka = sample.client("Peltovuori", None);
        joins(&sample, AINO, matter, pekka);
        // Sanna works with Pekka alone.
        sample.relate(pekka, SANNA, "own_worker");
        let (aino, sanna) = (sample.enter(AINO).await, sample.enter(SANNA).await);
        let (a, p) = (anna.to_string(), pekka.to_string());
        let (own_a, own_p) = (format!("body-{a}"), format!("body-{p}"));
        let who = format!("client:{a}");
        let fields = [
            ("body", "Yhteinen keskustelu taloudesta"),
            (own_a.as_str(), "Annan oma asia"),
            (own_p.as_str(), "Pekan oma asia"),
            ("next-1", "Annan tiliote"),
            ("who-1", who.as_str()),
            ("by-1", "13.3.2026"),
        ];
        let note = finished(&sample, &aino, matter, &[anna, pekka], &fields).await;
        let whole = told(&sample.get(&note, &aino).await.body);
        for words in [
            "Yhteinen",
            "Annan oma",
            "Pekan oma",
            "Annan tiliote",
            "Aavanen",
            "Peltovuori",
        ] {
            assert!(whole.contains(words), "{words}");
        }
        // Corrected once, so that there is a difference to read.
        sample
            .post(
                &format!("{note}/correct"),
                &[("reason", "Tarkennus")],
                &aino,
            )
            .await;
        let form = sample.get(&format!("{note}/edit"), &aino).await.body;
        let revisions: Vec<(String, String)> = [
            "common".to_owned(),
            format!("client-{a}"),
            format!("client-{p}"),
        ]
        .into_iter()
        .map(|part| format!("rev-{part}"))
        .map(|field| (hidden(&form, &field), field))
        .map(|(value, field)| (field, value))
        .collect();
        let mut pairs: Vec<(&str, &str)> = revisions
            .iter()
            .map(|(f, v)| (f.as_str(), v.as_str()))
            .collect();
        pairs.extend(
            fields
                .iter()
                .filter(|(name, _)| *name != own_a && *name != own_p),
        );
        pairs.extend([
            (own_a.as_str(), "Annan oma asia tarkentui"),
            (own_p.as_str(), "Pekan oma asia tarkentui"),
            ("client", a.as_str()),
            ("client", p.as_str()),
            ("what", "home"),
            ("when", "10.3.2026"),
            ("act", "finish"),
        ]);
        let done = sample.post(&format!("{note}/edit"), &pairs, &aino).await;
        assert_eq!(done.status, 303, "{}", told(&done.body));

        let secrets = ["Annan", "Aavanen", &a];
        for path in [
            note.clone(),
            format!("{note}/versions"),
            format!("/clients/{pekka}"),
            format!("/matters/{matter}"),
        ] {
            let page = sample.get(&path, &sanna).await;
            assert_eq!(page.status, 200, "{path}");
            for secret in secrets {
                assert!(!page.body.contains(secret), "{path} tells {secret}");
            }
        }
        let part = told(&sample.get(&note, &sanna).await.body);
        assert!(part.contains("Yhteinen") && part.contains("Pekan oma asia tarkentui"));
        assert!(
            told(&sample.get(&format!("{note}/versions"), &sanna).await.body).contains("tarkentui")
        );
        // What is searched of Pekka's history holds nothing of Anna's.
        let history = sample.count(
            "select count(*) from timeline_item where class = 'note' and body like '%Annan%'",
        );
        assert_eq!(history, 1);
        // The log tells whose data each one saw: Anna's log knows nothing of Sanna.
        let annas = sample.get(&format!("/clients/{anna}"), &sanna).await;
        assert_ne!(annas.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_about_a_client_whom_she_may_not() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (anna, matter) = sample.held(AINO, "Aavanen");
        let pekka = sample.client("Peltovuori", None);
        joins(&sample, AINO, matter, pekka);
        sample.relate(pekka, SANNA, "own_worker");
        let sanna = sample.enter(SANNA).await;
        let form = sample.get(&new_path(matter), &sanna).await.body;
        assert!(form.contains("Peltovuori") && !form.contains("Aavanen"));
        let refused = write(
            &sample,
            &sanna,
            matter,
            &[anna, pekka],
            &[("body", "Molemmista")],
        )
        .await;
        assert_eq!(refused.status, 409, "{}", told(&refused.body));
        assert!(
            refused.body.contains("Molemmista"),
            "what was typed is kept"
        );
        assert_eq!(
            sample.count("select count(*) from document where kind = 'note'"),
            0
        );
        finished(&sample, &sanna, matter, &[pekka], &[("body", "Pekasta")]).await;
    }
}
