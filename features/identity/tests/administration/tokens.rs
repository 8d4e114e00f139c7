//! A program's token: asked for, approved and fetched by three people.

use axum::http::StatusCode;
use store::{Query, StoreError};
use testkit::sqlite_store;

use crate::support::{HANNA, OLLI, TUULA, id, sample};

#[tokio::test]
async fn no_administrator_ever_sees_the_secret_of_a_token() {
    let house = sample(sqlite_store(identity::MIGRATIONS));
    let (tuula, olli) = (house.enter(TUULA).await, house.enter(OLLI).await);
    let hanna = house.enter(HANNA).await;
    let owner = id(HANNA).to_string();
    let fields = [
        ("name", "Puhelinvaihde"),
        ("owner", owner.as_str()),
        ("scopes", "contacts.read"),
        ("until", "30.4.2026"),
    ];
    let far = [fields[0], fields[1], fields[2], ("until", "30.4.2028")];
    let mine = id(TUULA).to_string();
    let own = [fields[0], ("owner", mine.as_str()), fields[2], fields[3]];
    for wrong in [far, own] {
        let bad = house.post("/admin/tokens", &wrong, &tuula).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.body.contains("value=\"Puhelinvaihde\""));
    }
    let made = house.post("/admin/tokens", &fields, &tuula).await;
    assert!(made.location.ends_with("done=asked"), "{}", made.body);
    let token = house
        .store
        .read(|tx| {
            Ok::<_, StoreError>(identity::tokens::TokenId::from_bytes(
                tx.query_one("select id from api_token", &[])?.get(0)?,
            ))
        })
        .await
        .unwrap();
    let fetch = format!("/account/tokens/{token}/fetch");
    let approve = format!("/admin/tokens/{token}/approve");
    let early = house.post(&fetch, &[], &hanna).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "not approved");
    let same = house.post(&approve, &[], &tuula).await;
    assert!(same.location.ends_with("done=same"));
    let done = house.post(&approve, &[], &olli).await;
    assert!(done.location.ends_with("done=approved"));
    for administrator in [&tuula, &olli] {
        let page = house.get("/admin/tokens", administrator).await.body;
        assert!(!page.contains("noste_") && page.contains("omistaja ei ole noutanut"));
        let got = house.post(&fetch, &[], administrator).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND);
    }

    // The owner is told, proves who she is, and fetches it once.
    assert!(house.get("/account", &hanna).await.body.contains(&fetch));
    let old = house.enter_long_ago(HANNA).await;
    let asked = house.post(&fetch, &[], &old).await;
    assert!(asked.location.starts_with("/sign-in/confirm"));
    let shown = house.post(&fetch, &[], &hanna).await;
    assert_eq!(shown.status, StatusCode::OK);
    let secret = &shown.body[shown.body.find("<code class=\"n-secret\">").unwrap()..];
    let secret = secret[secret.find('>').unwrap() + 1..]
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(secret.len(), 70);
    let again = house.post(&fetch, &[], &hanna).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let now = house.now();
    let opens = house
        .store
        .read(move |tx| identity::tokens::authenticate(tx, &secret, now))
        .await
        .unwrap();
    assert_eq!(opens.map(|one| one.owner), Some(id(HANNA)));
}
