use std::collections::BTreeSet;

use axum::http::StatusCode;

use super::TestHouse;

const PATHS: [&str; 5] = ["", "/yhteydenotto", "/ilmoitus", "/tunnus", "/tietosuoja"];

#[test]
fn messages_are_whole() {
    assert_eq!(
        web::proof::messages(&crate::feature().messages, env!("CARGO_MANIFEST_DIR"), &[]),
        [""; 0]
    );
}

#[tokio::test]
async fn every_page_opens_in_every_language_with_one_main_heading() {
    let test = TestHouse::new();
    for language in ["fi", "sv", "en", "easy"] {
        for path in PATHS {
            let page = test.browser().get(&format!("/{language}{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "{language}{path}");
            is_well_made(&page.body);
        }
    }
    assert_eq!(test.browser().get("/sv/").await.header("location"), "/sv");
}

#[tokio::test]
async fn pages_of_a_contact_are_well_made_too() {
    let test = TestHouse::new();
    for language in ["fi", "sv", "en", "easy"] {
        let mut browser = test.browser();
        let form = format!("/{language}/yhteydenotto");
        let wrong = browser.fill(&form, &[("words", ""), ("way", "call")]).await;
        is_well_made(&wrong.body);
        let noticed = browser
            .fill(&form, &[("words", "010594-9031"), ("way", "code")])
            .await;
        is_well_made(&noticed.body);
        let sent = browser
            .fill(&form, &[("words", "Asiani on tämä."), ("way", "code")])
            .await;
        is_well_made(&browser.follow(&sent).await.body);
        is_well_made(
            &browser
                .get(&format!("/{language}/tunnus/tila?tehty=viesti"))
                .await
                .body,
        );
    }
}

/// One h1, no heading level left out, no id twice, every `for` and `aria-…by` points at something.
fn is_well_made(body: &str) {
    let levels: Vec<u32> = body
        .split("<h")
        .skip(1)
        .filter_map(|rest| {
            rest.chars()
                .next()?
                .to_digit(10)
                .filter(|_| rest[1..].starts_with(['>', ' ']))
        })
        .collect();
    assert_eq!(
        levels.iter().filter(|level| **level == 1).count(),
        1,
        "{body}"
    );
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
    let ids: Vec<&str> = values(body, " id=\"").collect();
    assert_eq!(
        ids.len(),
        ids.iter().collect::<BTreeSet<_>>().len(),
        "an id stands twice: {ids:?}"
    );
    for mark in [
        " for=\"",
        " aria-labelledby=\"",
        " aria-describedby=\"",
        " href=\"#",
    ] {
        for target in values(body, mark).flat_map(str::split_whitespace) {
            assert!(ids.contains(&target), "{mark}{target}");
        }
    }
    assert!(
        !body.contains("style=\"") && !body.contains("public-"),
        "{body}"
    );
}

fn values<'a>(body: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    body.split(mark)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}
