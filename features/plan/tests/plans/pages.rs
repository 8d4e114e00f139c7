//! The pages: a plan made from beginning to copy as a worker makes it, errors with the typed text, two texts side by side.

use axum::http::StatusCode;
use casework::domain::MatterId;
use clients::ClientId;
use testkit::{sqlite_store, stores};

use crate::support::*;

async fn made(sample: &Sample, cookie: &str, client: ClientId, matter: MatterId) -> String {
    let form = [("whose", client.to_string()), ("language", "fi".to_owned())];
    let fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = sample
        .post(&format!("/matters/{matter}/plans/new"), &fields, cookie)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_plan_is_made_put_into_force_and_copied() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Rautio");
        let cookie = sample.enter(AINO).await;
        let page = sample
            .get(&format!("/matters/{matter}"), &cookie)
            .await
            .body;
        assert!(
            page.contains(&format!("/matters/{matter}/plans/new")),
            "the matter's page leads to it"
        );
        let plan = made(&sample, &cookie, client, matter).await;

        // One form: a goal and two actions.
        let me = format!("staff:{}", staff(AINO));
        let her = format!("client:{client}");
        let goal = [
            ("words", "Haluan pitää oman kodin"),
            ("kind", "2"),
            ("what-1", "Toimita tiliote"),
            ("owner-1", her.as_str()),
            ("due-1", "3.4.2026"),
            ("what-2", "Maksusuunnitelma"),
            ("owner-2", me.as_str()),
            ("due-2", "4.4.2026"),
        ];
        let answer = sample
            .post(&format!("{plan}/goals/new"), &goal, &cookie)
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = sample.get(&plan, &cookie).await.body;
        for words in [
            "Haluan pitää oman kodin",
            "Toimita tiliote",
            "Testi Rautio",
            "Estetään huononeminen",
        ] {
            assert!(page.contains(words), "{words}");
        }

        // Into force: the day of review is asked, and what was typed stays.
        let early = [("with", "no"), ("review_on", "1.1.2020")];
        let answer = sample
            .post(&format!("{plan}/finish"), &early, &cookie)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains("value=\"1.1.2020\"") && answer.body.contains("f-obstacle-error")
        );
        let good = [("with", "yes"), ("review_on", "12.6.2026")];
        let answer = sample.post(&format!("{plan}/finish"), &good, &cookie).await;
        assert_eq!(
            answer.location(),
            format!("{plan}?done=finish"),
            "{}",
            answer.body
        );
        let matter_page = sample
            .get(&format!("/matters/{matter}"), &cookie)
            .await
            .body;
        assert!(
            matter_page.contains("Versio 1, tarkistus") && matter_page.contains("Maksusuunnitelma")
        );

        // The copy asks what it is for, and speaks the chosen language.
        let asked = sample.get(&format!("{plan}/copy/sv"), &cookie).await;
        assert_eq!(asked.status, StatusCode::OK);
        let id = client.to_string();
        let none = sample
            .post(
                &format!("{plan}/copy/sv"),
                &[("client", id.as_str())],
                &cookie,
            )
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("client", id.as_str()), ("purpose", "client")];
        for (language, words) in [
            ("sv", "Din plan"),
            ("easy", "Luonnos"),
            ("fi", "Sinun suunnitelmasi"),
            ("en", "Your plan"),
        ] {
            let copy = sample
                .post(&format!("{plan}/copy/{language}"), &fields, &cookie)
                .await;
            assert_eq!(copy.status, StatusCode::OK);
            assert!(
                copy.body.contains(words) && copy.body.contains("Toimita tiliote"),
                "{language}"
            );
            assert!(
                !copy.body.contains("040 000 0009"),
                "no contact details of the client"
            );
        }
        assert_eq!(
            sample.get(&format!("{plan}/copy/xx"), &cookie).await.status,
            StatusCode::NOT_FOUND
        );
        let versions = sample.get(&format!("{plan}/versions"), &cookie).await.body;
        assert!(versions.contains("Versio 1"));
        let version = sample
            .get(&format!("{plan}/versions/1"), &cookie)
            .await
            .body;
        assert!(version.contains("Toimita tiliote – Testi Rautio – 3.4.2026"));
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_the_text_stays() {
    let sample = county(sqlite_store(&tables()));
    let (client, matter) = sample.held(AINO, "Rautio");
    let cookie = sample.enter(AINO).await;
    let plan = made(&sample, &cookie, client, matter).await;
    let goal = [
        ("words", ""),
        ("kind", "7"),
        ("what-1", "Soitan Kelaan"),
        ("owner-1", "partner"),
        ("due-1", "31.2.2026"),
    ];
    let answer = sample
        .post(&format!("{plan}/goals/new"), &goal, &cookie)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "f-words-error",
        "f-kind-error",
        "f-name-1-error",
        "f-due-1-error",
        "Soitan Kelaan",
        "Päivää 31.2. ei ole",
    ] {
        assert!(answer.body.contains(part), "{part}");
    }
    assert_eq!(sample.count("select count(*) from plan_goal"), 0);
}

#[tokio::test]
async fn two_texts_stand_side_by_side() {
    let sample = county(sqlite_store(&tables()));
    let (client, matter) = sample.held(AINO, "Rautio");
    let cookie = sample.enter(AINO).await;
    let plan = made(&sample, &cookie, client, matter).await;
    let part = format!("{plan}/parts/life-1");
    let save = |situation: &'static str, revision: &'static str| {
        let (part, cookie, sample) = (part.clone(), cookie.clone(), &sample);
        async move {
            let fields = [("situation", situation), ("revision", revision)];
            sample.post(&part, &fields, &cookie).await
        }
    };
    assert_eq!(
        save("Vuokra on rästissä", "0").await.status,
        StatusCode::SEE_OTHER
    );
    let clash = save("Muutto on edessä", "0").await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    for words in [
        "rästissä",
        "edessä",
        "Kumpikaan ei ole kadonnut",
        "value=\"mine\"",
    ] {
        assert!(clash.body.contains(words), "{words}");
    }
    assert_eq!(
        save("Muutto on edessä", "1").await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn somebody_outside_finds_nothing() {
    let sample = county(sqlite_store(&tables()));
    let (client, matter) = sample.held(AINO, "Rautio");
    let cookie = sample.enter(AINO).await;
    let plan = made(&sample, &cookie, client, matter).await;
    let other = sample.enter(SANNA).await;
    for tail in ["", "/versions", "/copy/fi", "/goals/new", "/finish"] {
        let answer = sample.get(&format!("{plan}{tail}"), &other).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{tail}");
    }
    let answer = sample
        .get(&format!("/matters/{matter}/plans/new"), &other)
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
