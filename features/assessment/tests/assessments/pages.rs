//! The pages: from beginning to finishing, what is told when something is wrong, and who sees nothing.

use testkit::{sqlite_store, stores};

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn from_beginning_to_a_finished_version() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let cookie = enter_strong(&sample, AINO).await;
        let new = format!("/matters/{matter}/assessments/new");
        let page = sample.get(&new, &cookie).await;
        assert_eq!(page.status, 200, "{}", page.body);
        for known in [
            "Testi Virtanen",
            "En uskalla avata kirjeitä",
            "Asiakas itse",
        ] {
            assert!(page.body.contains(known), "{known}");
        }
        let early = sample
            .post(&new, &[("step", "skip"), ("reason", " ")], &cookie)
            .await;
        assert_eq!(early.status, 422);
        assert!(
            early
                .body
                .contains("Kirjoita, miksi arviointi on ilmeisen tarpeeton")
        );
        let who = client.to_string();
        let begun = sample
            .post(&new, &[("step", "begin"), ("client", &who)], &cookie)
            .await;
        assert_eq!(begun.status, 303, "{}", begun.body);
        let path = begun.location().split('?').next().unwrap().to_owned();
        let twice = sample
            .post(&new, &[("step", "begin"), ("client", &who)], &cookie)
            .await;
        assert_eq!(twice.location(), format!("{path}?done=open"));
        let show = sample.get(&path, &cookie).await.body;
        for told in [
            "Yhteinen tilannekuva",
            "Ei kysytty:",
            "En uskalla avata kirjeitä",
        ] {
            assert!(show.contains(told), "{told}");
        }

        // A wrong day keeps the text.
        let housing = format!("{path}/parts/housing");
        let areas = [
            ("open", "housing"),
            ("open", "money"),
            ("wish", "money"),
            ("revision", "0"),
        ];
        let opened = sample
            .post(&format!("{path}/parts/areas"), &areas, &cookie)
            .await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        let wrong = [
            ("own", "Kirje käräjiltä"),
            ("eviction", "court"),
            ("eviction_on", "31.2.2026"),
            ("revision", "0"),
        ];
        let refused = sample.post(&housing, &wrong, &cookie).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.body.contains("Päivää 31.2. ei ole")
                && refused.body.contains("Kirje käräjiltä")
        );
        let right = [
            ("own", "Kirje käräjiltä"),
            ("eviction", "court"),
            ("eviction_on", "2.4.2026"),
            ("need", "temporary"),
            ("revision", "0"),
            ("next", "strengths"),
            ("go", "next"),
        ];
        let saved = sample.post(&housing, &right, &cookie).await;
        assert_eq!(
            saved.location(),
            format!("{path}/parts/strengths"),
            "{}",
            saved.body
        );
        let show = sample.get(&path, &cookie).await.body;
        assert!(show.contains("Asunto on vaarassa: Häätö käräjäoikeudessa, 2.4.2026"));
        let on_matter = sample
            .get(&format!("/matters/{matter}"), &cookie)
            .await
            .body;
        assert!(
            on_matter.contains("Häätö käräjäoikeudessa"),
            "told on the matter"
        );

        // What is missing is told with the way there.
        let finish = format!("{path}/finish");
        let page = sample.get(&finish, &cookie).await.body;
        assert!(page.contains(&format!("href=\"{path}/parts/money\"")));
        let early = sample.post(&finish, &[("revision", "2")], &cookie).await;
        assert_eq!(early.status, 422, "{}", early.body);
        for (part, pairs) in [
            (
                format!("own-{client}"),
                &[("own", "Haluan pitää kotini")][..],
            ),
            ("money".to_owned(), &[("need", "no")]),
            (
                "conclusions".to_owned(),
                &[
                    ("conclusions", "Sosiaaliohjaus asumiseen"),
                    ("continues", "yes"),
                    ("own_worker", "yes"),
                    ("plan", "yes"),
                ],
            ),
        ] {
            let saved = sample
                .post(&format!("{path}/parts/{part}"), pairs, &cookie)
                .await;
            assert_eq!(saved.status, 303, "{part} {}", saved.body);
        }
        let page = sample.get(&finish, &cookie).await.body;
        let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
        let revision = rest.split('"').next().unwrap().to_owned();
        let done = sample
            .post(&finish, &[("revision", &revision)], &cookie)
            .await;
        assert_eq!(
            done.location(),
            format!("{path}?done=finished"),
            "{}",
            done.body
        );

        // A correction with its reason, and the difference.
        let correct = format!("{path}/correct");
        assert_eq!(
            sample
                .post(&correct, &[("reason", "")], &cookie)
                .await
                .status,
            422
        );
        let opened = sample
            .post(&correct, &[("reason", "Päivä oli väärin")], &cookie)
            .await;
        assert_eq!(
            opened.location(),
            format!("{path}?done=correct"),
            "{}",
            opened.body
        );
        let page = sample.get(&housing, &cookie).await.body;
        assert!(
            page.contains("value=\"2.4.2026\"") && page.contains("name=\"revision\" value=\"1\"")
        );
        let mut fixed = right.to_vec();
        fixed[2] = ("eviction_on", "9.4.2026");
        fixed[4] = ("revision", "1");
        assert_eq!(sample.post(&housing, &fixed, &cookie).await.status, 303);
        let page = sample.get(&finish, &cookie).await.body;
        let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
        let revision = rest.split('"').next().unwrap().to_owned();
        sample
            .post(&finish, &[("revision", &revision)], &cookie)
            .await;
        let list = sample.get(&format!("{path}/versions"), &cookie).await.body;
        assert!(list.contains("Päivä oli väärin") && list.contains("Versio 2"));
        let second = sample
            .get(&format!("{path}/versions/2"), &cookie)
            .await
            .body;
        assert!(
            second.contains("<del>2.4.2026</del>") && second.contains("<ins>9.4.2026</ins>"),
            "{second}"
        );
        assert_eq!(
            sample
                .get(&format!("{path}/versions/3"), &cookie)
                .await
                .status,
            404
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn finishing_asks_again_who_is_at_the_screen() {
    let sample = county(sqlite_store(&all_rooms()));
    let (client, matter) = sample.held(AINO, "Virtanen");
    let doc = begin(&sample, AINO, client, matter);
    fill(&sample, AINO, client, doc);
    let cookie = sample.enter(AINO).await;
    let path = format!("/assessments/{doc}/finish");
    assert_eq!(sample.get(&path, &cookie).await.status, 200);
    let asked = sample.post(&path, &[("revision", "4")], &cookie).await;
    assert_ne!(asked.status, 200);
    assert_eq!(sample.count("select count(*) from document_version"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_see_both_texts() {
    let sample = county(sqlite_store(&all_rooms()));
    let (client, matter) = sample.held(AINO, "Virtanen");
    let doc = begin(&sample, AINO, client, matter);
    let path = format!("/assessments/{doc}/parts/strengths");
    let (one, two) = (sample.enter(AINO).await, sample.enter(AINO).await);
    let sent = sample
        .post(&path, &[("view", "Ensimmäinen"), ("revision", "0")], &one)
        .await;
    assert_eq!(sent.status, 303);
    let clash = sample
        .post(&path, &[("view", "Toinen"), ("revision", "0")], &two)
        .await;
    assert_eq!(clash.status, 409);
    for text in ["Ensimmäinen", "Toinen", "Kumpikaan ei ole kadonnut"] {
        assert!(clash.body.contains(text), "{text}");
    }
    let edit = [("view", "Toinen"), ("revision", "1"), ("choice", "edit")];
    let both = sample.post(&path, &edit, &two).await;
    assert_eq!(both.status, 200);
    assert!(both.body.contains("Toinen") && both.body.contains("Ensimmäinen"));
    let mine = [("view", "Toinen"), ("revision", "1"), ("choice", "mine")];
    assert_eq!(sample.post(&path, &mine, &two).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_is_not_there() {
    let sample = county(sqlite_store(&all_rooms()));
    let (client, matter) = sample.held(AINO, "Salainen");
    let doc = begin(&sample, AINO, client, matter);
    fill(&sample, AINO, client, doc);
    for worker in [SANNA, LIISA, NURSE, HANNA, TUULA] {
        let cookie = sample.enter(worker).await;
        for form in [
            "",
            "/parts/housing",
            "/sections/new",
            "/finish",
            "/correct",
            "/versions",
            "/versions/1",
        ] {
            let answer = sample
                .get(&format!("/assessments/{doc}{form}"), &cookie)
                .await;
            assert_eq!(answer.status, 404, "{form}");
            assert!(!answer.body.contains("Salainen"));
        }
        for form in [
            "/parts/housing",
            "/sections/new",
            "/finish",
            "/ask",
            "/pair",
            "/correct",
        ] {
            let answer = sample
                .post(
                    &format!("/assessments/{doc}{form}"),
                    &[("reason", "x")],
                    &cookie,
                )
                .await;
            assert!(
                !answer.body.contains("Salainen") && answer.status != 303,
                "{form}"
            );
        }
        let support = format!("/matters/{matter}/special-support?client={client}");
        assert_eq!(sample.get(&support, &cookie).await.status, 404);
        assert_eq!(
            sample
                .get(&format!("/matters/{matter}/assessments/new"), &cookie)
                .await
                .status,
            404
        );
    }
    let lead = sample.enter(HANNA).await;
    let page = sample.get(&format!("/matters/{matter}"), &lead).await.body;
    assert!(!page.contains("käräjäoikeudessa"));
}

#[tokio::test(flavor = "multi_thread")]
async fn special_support_is_judged_on_its_page() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(VILLE, "Virtanen");
        let doc = begin(&sample, VILLE, client, matter);
        fill(&sample, VILLE, client, doc);
        let cookie = enter_strong(&sample, VILLE).await;
        let path = format!("/matters/{matter}/special-support");
        let page = sample
            .get(&format!("{path}?client={client}&from={doc}"), &cookie)
            .await;
        assert_eq!(page.status, 200);
        let (who, from) = (client.to_string(), doc.to_string());
        let early = [
            ("client", who.as_str()),
            ("from", &from),
            ("decides", "other"),
            ("words", "Syy"),
            ("grounds", "substance"),
            ("assessed_on", "13.3.2026"),
            ("review_on", "13.3.2027"),
        ];
        let refused = sample.post(&path, &early, &cookie).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(
            refused
                .body
                .contains("Kirjoita, miksi muu viranhaltija päättää")
                && refused.body.contains("Syy")
        );
        let mut right = early.to_vec();
        right[2] = ("decides", "social_worker");
        let done = sample.post(&path, &right, &cookie).await;
        assert_eq!(
            done.location(),
            format!("/assessments/{doc}?done=support"),
            "{}",
            done.body
        );
        let finish = sample
            .get(&format!("/assessments/{doc}/finish"), &cookie)
            .await
            .body;
        assert!(
            finish.contains("virkasuhteinen sosiaalityöntekijä")
                && !finish.contains("Tallenna valmiiksi")
        );
        let aino = staff(AINO).to_string();
        let asked = sample
            .post(
                &format!("/assessments/{doc}/ask"),
                &[("staff", &aino)],
                &cookie,
            )
            .await;
        assert_eq!(
            asked.location(),
            format!("/assessments/{doc}?done=asked"),
            "{}",
            asked.body
        );
        let client_page = sample
            .get(&format!("/clients/{client}"), &cookie)
            .await
            .body;
        assert!(client_page.contains("Erityisen tuen tarve"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_text_is_taken_along_with_its_source() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let first = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, first);
        finish_as(&sample, AINO, first).unwrap();
        let second = begin(&sample, AINO, client, matter);
        let cookie = sample.enter(AINO).await;
        let path = format!("/assessments/{second}/parts/housing");
        let page = sample.get(&path, &cookie).await.body;
        assert!(page.contains("Aiempi arviointi") && page.contains("Kirje tuli, en avannut"));
        assert!(!page.contains("Kirje tuli, en avannut\n("), "not by itself");
        let taken = sample
            .get(&format!("{path}?take=earlier"), &cookie)
            .await
            .body;
        assert!(
            taken.contains("Kirje tuli, en avannut\n(arvioinnista "),
            "with its source"
        );
        assert!(
            !taken.contains("value=\"court\" checked"),
            "a judgement is made anew"
        );
        // Somebody else's earlier assessment is not hers to see.
        let (other, matter) = sample.held(VILLE, "Laine");
        let third = begin(&sample, VILLE, other, matter);
        let cookie = sample.enter(VILLE).await;
        let page = sample
            .get(&format!("/assessments/{third}/parts/housing"), &cookie)
            .await
            .body;
        assert!(!page.contains("Aiempi arviointi"));
    }
}
