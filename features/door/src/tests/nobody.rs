//! A county without an advice unit takes what comes all the same; one without any unit says so and keeps what was typed.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use store::{StoreError, params};

use super::TestHouse;

const WORDS: &str = "Vuokra on kaksi kuukautta rästissä.";
const CONTACT: &[(&str, &str)] = &[
    ("words", WORDS),
    ("way", "call"),
    ("phone", "040 123 4567"),
    ("name", "Maija Meikäläinen"),
    ("language", "fi"),
];
const NOTICE: &[(&str, &str)] = &[("words", WORDS), ("ground", "close")];
const JSON: &str = r#"{"ownWords":"Vuokra on rästissä.","answerWay":"code"}"#;

fn on_both_engines() -> [TestHouse; 2] {
    [TestHouse::new(), TestHouse::on_postgres()]
}

fn close(test: &TestHouse, kind: &'static str) {
    test.store
        .write_blocking(move |tx| {
            tx.execute(
                "update unit set closed_on = '2026-03-01' where kind = $1",
                &params![kind],
            )?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

async fn program(test: &TestHouse) -> super::house::Answered {
    let body = Body::from(JSON);
    test.browser()
        .send(Method::POST, "/api/v1/contacts", "application/json", body)
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_unit_takes_it_when_the_county_has_no_advice_unit() {
    for test in on_both_engines() {
        close(&test, "advice");
        let mut browser = test.browser();
        let sent = browser.fill("/fi/yhteydenotto", CONTACT).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = browser.follow(&sent).await;
        assert!(page.body.contains("Keskusta"), "{}", page.body);
        // The promised call is somebody's, too.
        assert_eq!((test.count("contact"), test.count("task")), (1, 1));
        assert_eq!(program(&test).await.status, StatusCode::CREATED);
        assert_eq!((test.count("contact"), test.count("holding")), (2, 2));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_without_units_says_so_and_keeps_what_was_typed() {
    for test in on_both_engines() {
        close(&test, "advice");
        close(&test, "social_work");
        for (language, words) in [
            ("fi", "Viestiä ei voitu ottaa vastaan"),
            ("sv", "Meddelandet kunde inte tas emot"),
            ("en", "The message could not be taken"),
            ("easy", "Emme voi nyt ottaa viestiäsi vastaan"),
        ] {
            for (page, fields) in [("yhteydenotto", CONTACT), ("ilmoitus", NOTICE)] {
                let path = format!("/{language}/{page}");
                let sent = test.browser().fill(&path, fields).await;
                assert_eq!(sent.status, StatusCode::SERVICE_UNAVAILABLE);
                assert!(sent.body.contains(words), "{language}: {}", sent.body);
                let summary = sent.between("id=\"error-summary\"", "</div>");
                assert!(summary.contains("014 000 0100"), "{summary}");
                // All of it is in the form, ready to be sent again.
                assert!(sent.body.contains(&format!("{WORDS}</textarea>")));
                for (name, value) in fields
                    .iter()
                    .filter(|(name, _)| ["phone", "name"].contains(name))
                {
                    let kept = sent.between(&format!("name=\"{name}\""), ">");
                    assert!(kept.contains(&format!("value=\"{value}\"")), "{kept}");
                }
            }
        }
        let refused = program(&test).await;
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.body.contains("nobody"), "{}", refused.body);
        assert_eq!((test.count("contact"), test.count("holding")), (0, 0));
    }
}
