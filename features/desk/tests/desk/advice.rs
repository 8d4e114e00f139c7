use axum::http::StatusCode;
use testkit::sqlite_store;

use crate::support::{AINO, HANNA, NURSE, VILLE, rooms, sample};

const WHOLE: [(&str, &str); 5] = [
    ("asked", "Mistä saa apua laskuihin"),
    ("advised", "Kelan hakemus ja talousneuvonta"),
    ("next", "Ei jatkoa"),
    ("door", "phone"),
    ("theme", "money"),
];

#[tokio::test]
async fn advice_is_kept_in_three_fields_and_only_its_writer_sees_it() {
    let house = sample(sqlite_store(&rooms()));
    let cookie = house.enter(AINO).await;
    house
        .post(
            "/drafts",
            &[("_draft", "advice"), ("asked", "Mistä")],
            &cookie,
        )
        .await;
    let saved = house.post("/advice", &WHOLE, &cookie).await;
    assert_eq!(
        (saved.status, saved.location()),
        (StatusCode::SEE_OTHER, "/advice?done=advised")
    );
    assert_eq!(
        house.count("select count(*) from draft"),
        0,
        "the accepted text is no draft any more"
    );
    let page = house.get("/advice?done=advised", &cookie).await.body;
    assert!(
        page.contains("Neuvonta on tallessa.") && page.contains("Mistä saa apua laskuihin"),
        "{page}"
    );
    assert!(page.contains("Nimetön"));
    for other in [VILLE, NURSE, HANNA] {
        let page = house.get("/advice", &house.enter(other).await).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("Mistä saa apua laskuihin"));
    }
}

#[tokio::test]
async fn what_is_missing_is_said_and_what_was_typed_is_kept() {
    let house = sample(sqlite_store(&rooms()));
    let cookie = house.enter(AINO).await;
    let answer = house
        .post(
            "/advice",
            &[
                ("asked", "Mistä saa <apua>"),
                ("next", " "),
                ("door", "web"),
            ],
            &cookie,
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Kirjoita, mitä neuvottiin.",
        "Kirjoita, mitä seuraavaksi",
        "Valitse, miten neuvoa kysyttiin.",
        "Mistä saa &#60;apua&#62;",
    ] {
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    assert_eq!(house.count("select count(*) from advice"), 0);
}

#[tokio::test]
async fn a_draft_is_put_back() {
    let house = sample(sqlite_store(&rooms()));
    let cookie = house.enter(AINO).await;
    house
        .post(
            "/drafts",
            &[
                ("_draft", "advice"),
                ("asked", "Kesken jäänyt"),
                ("theme", "housing"),
            ],
            &cookie,
        )
        .await;
    let page = house.get("/advice", &cookie).await.body;
    assert!(
        page.contains("Kesken jäänyt") && page.contains("value=\"housing\" selected"),
        "{page}"
    );
    assert!(page.contains("Jatkat luonnosta"));
}

#[tokio::test]
async fn advice_that_became_a_contact_travels_as_a_draft_and_overwrites_nothing() {
    let house = sample(sqlite_store(&rooms()));
    let cookie = house.enter(AINO).await;
    let fields = [
        ("asked", "Vuokra on maksamatta"),
        ("person", "Leyla Hassan"),
        ("then", "contact"),
    ];
    let answer = house.post("/advice", &fields, &cookie).await;
    assert_eq!(
        answer.location(),
        "/contacts/new",
        "no word of it is in the address"
    );
    let page = house.get("/contacts/new", &cookie).await.body;
    assert!(
        page.contains("Vuokra on maksamatta") && page.contains("Leyla Hassan"),
        "{page}"
    );
    assert_eq!(house.count("select count(*) from advice"), 0);

    let second = house
        .post(
            "/advice",
            &[("asked", "Toinen asia"), ("then", "contact")],
            &cookie,
        )
        .await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        second
            .body
            .contains("Toinen yhteydenotto on sinulla jo kesken.")
            && second.body.contains("Toinen asia")
    );
    assert!(
        house
            .get("/contacts/new", &cookie)
            .await
            .body
            .contains("Vuokra on maksamatta")
    );
}
