//! What hands over a key to the house asks again who is at the screen, and loses nothing that was typed.

use axum::http::StatusCode;
use store::Query;
use testkit::sqlite_store;

use crate::support::{AINO, HANNA, OLLI, Sample, TUULA, id, sample};

fn count(house: &Sample, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    house
        .store
        .read_blocking(move |tx| tx.query_one(&sql, &[])?.get(0))
        .unwrap()
}

/// Where the page that asks leads afterwards: the form that waits.
fn waits(location: &str) -> String {
    let next = location
        .strip_prefix("/sign-in/confirm?next=")
        .unwrap_or_else(|| panic!("asked nobody: {location}"));
    let place = next.replace("%2F", "/");
    assert!(place.starts_with("/sign-in/held/"), "{place}");
    place
}

#[tokio::test]
async fn codes_and_tokens_are_handed_over_only_by_somebody_who_has_proved_who_she_is() {
    let house = sample(sqlite_store(identity::MIGRATIONS));
    let old = house.enter_long_ago(TUULA).await;
    let invitation = format!("/admin/people/{}/invitation", id(AINO));
    let asked = house
        .post(&invitation, &[("login", "aino.salmela")], &old)
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let place = waits(&asked.location);
    assert_eq!(count(&house, "invitation"), 0);
    let held = house.get(&place, &old).await;
    assert!(held.body.contains(&invitation) && held.body.contains("value=\"aino.salmela\""));

    let owner = id(HANNA).to_string();
    let fields = [
        ("name", "Puhelinvaihde"),
        ("owner", owner.as_str()),
        ("scopes", "contacts.read"),
        ("until", "30.4.2026"),
    ];
    let asked = house.post("/admin/tokens", &fields, &old).await;
    let held = house.get(&waits(&asked.location), &old).await;
    assert!(held.body.contains("value=\"Puhelinvaihde\""));
    assert_eq!(count(&house, "api_token"), 0);

    let fresh = house.enter(TUULA).await;
    let made = house.post("/admin/tokens", &fields, &fresh).await;
    assert!(made.location.ends_with("done=asked"), "{}", made.status);
    let token: Vec<u8> = house
        .store
        .read_blocking(|tx| tx.query_one("select id from api_token", &[])?.get(0))
        .unwrap();
    let token = identity::tokens::TokenId::from_bytes(token.try_into().unwrap());
    let approve = format!("/admin/tokens/{token}/approve");
    let olli = house.enter_long_ago(OLLI).await;
    waits(&house.post(&approve, &[], &olli).await.location);
    let olli = house.enter(OLLI).await;
    let done = house.post(&approve, &[], &olli).await;
    assert!(done.location.ends_with("done=approved"));
}

#[tokio::test]
async fn nobody_is_asked_for_what_she_has_no_right_to() {
    let house = sample(sqlite_store(identity::MIGRATIONS));
    let aino = house.enter_long_ago(AINO).await;
    let invitation = format!("/admin/people/{}/invitation", id(HANNA));
    for path in [invitation.as_str(), "/admin/tokens"] {
        let refused = house.post(path, &[("login", "hanna")], &aino).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(count(&house, "held_form"), 0);
}
