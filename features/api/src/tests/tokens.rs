//! A token used past its rights.

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use identity::people::StaffId;
use identity::tokens::SCOPES;
use kernel::time::{SignedDuration, millis};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use store::{ActorFilter, params};
use web::Guard;

use super::house::{JAANA, LEENA, OTTO, SAMI, request};
use super::{Answered, TestHouse};

const CLIENTS: &str = "/api/v1/clients";

fn is_unknown(answered: &Answered, presented: bool) {
    assert_eq!(
        answered.status,
        StatusCode::UNAUTHORIZED,
        "{}",
        answered.body
    );
    assert_eq!(answered.header("content-type"), "application/problem+json");
    let how = answered.header("www-authenticate");
    assert!(how.starts_with("Bearer realm="), "{how}");
    assert_eq!(how.contains("invalid_token"), presented, "{how}");
    assert_eq!(answered.json()["status"], 401);
}

fn is_narrow(answered: &Answered) {
    assert_eq!(answered.status, StatusCode::FORBIDDEN, "{}", answered.body);
    assert_eq!(answered.header("content-type"), "application/problem+json");
    assert!(
        answered
            .header("www-authenticate")
            .contains("insufficient_scope")
    );
}

#[tokio::test]
async fn without_a_token_of_ours_nothing_opens() {
    let test = TestHouse::new();
    let good = test.token(SAMI);
    is_unknown(&test.get("", CLIENTS).await, false);
    for bad in [
        "noste_".to_owned(),
        format!("noste_{}", "a1".repeat(32)),
        good.replace("noste_", ""),
        good[..good.len() - 1].to_owned(),
        format!("{good}0"),
    ] {
        is_unknown(&test.get(&bad, CLIENTS).await, true);
    }
    for header in [
        format!("Basic {good}"),
        good.clone(),
        "Bearer".to_owned(),
        format!("Bearer{good}"),
    ] {
        let headers = [("authorization", header.as_str())];
        let answered = test.get_with("", CLIENTS, &headers).await;
        is_unknown(&answered, true);
    }
    // In an address a token would end in logs, so it is not looked for there; and a second header is no token.
    is_unknown(
        &test
            .get("", &format!("{CLIENTS}?access_token={good}"))
            .await,
        false,
    );
    let twice = [("authorization", "Bearer x")];
    is_unknown(&test.get_with(&good, CLIENTS, &twice).await, true);
    assert_eq!(test.get(&good, CLIENTS).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_ends_at_once_when_it_is_revoked_and_to_the_second_when_it_runs_out() {
    let test = TestHouse::new();
    let (one, two) = (
        test.token(SAMI),
        test.grant(SAMI, &["clients.read"], &[], 1),
    );
    for token in [&one, &two] {
        assert_eq!(test.get(token, CLIENTS).await.status, StatusCode::OK);
    }
    test.execute(
        "update api_token set revoked_at = $1 where scopes <> 'clients.read'",
        params![millis(test.clock_now())],
    );
    // What the house knows of the token is still fresh, and says nothing against it.
    is_unknown(&test.get(&one, CLIENTS).await, true);
    assert_eq!(test.get(&two, CLIENTS).await.status, StatusCode::OK);
    test.clock.advance(SignedDuration::from_secs(24 * 3600 - 1));
    assert_eq!(test.get(&two, CLIENTS).await.status, StatusCode::OK);
    test.clock.advance(SignedDuration::from_secs(1));
    is_unknown(&test.get(&two, CLIENTS).await, true);
}

#[tokio::test]
async fn a_token_works_from_its_own_addresses_only() {
    let test = TestHouse::new();
    let token = test.grant(
        SAMI,
        &["clients.read"],
        &["198.51.100.0/24", "2001:db8::7"],
        30,
    );
    for (peer, opens) in [
        ("198.51.100.9:1", true),
        ("198.51.101.9:1", false),
        ("[2001:db8::7]:1", true),
        ("[2001:db8::8]:1", false),
    ] {
        let peer: SocketAddr = peer.parse().unwrap();
        // A header that a stranger writes is no address: the house has no trusted proxy.
        let headers = [("x-forwarded-for", "198.51.100.9")];
        let mut asked = request(Method::GET, &token, CLIENTS, &headers, Body::empty());
        asked.extensions_mut().insert(ConnectInfo(peer));
        let answered = test.send(asked).await;
        if opens {
            assert_eq!(answered.status, StatusCode::OK, "{peer}");
        } else {
            is_unknown(&answered, true);
        }
    }
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_what_its_person_may() {
    let test = TestHouse::new();
    let reader = test.token_for(SAMI, &["clients.read"]);
    assert_eq!(test.get(&reader, CLIENTS).await.status, StatusCode::OK);
    let body = serde_json::json!({});
    is_narrow(&test.get(&reader, "/api/v1/contacts").await);
    is_narrow(&test.post(&reader, CLIENTS, &body).await);
    // An administrator of users sees no client, and neither does a program for one.
    let admin = test.token(OTTO);
    for path in [CLIENTS, "/api/v1/contacts"] {
        is_narrow(&test.get(&admin, path).await);
    }
    is_narrow(&test.post(&admin, "/api/v1/clients/search", &body).await);
    // A token that acts for nobody has no rights of its own.
    let nobody = test.token_for(JAANA, &["contacts.read", "clients.read"]);
    assert_eq!(
        test.get(&nobody, "/api/v1/contacts").await.status,
        StatusCode::OK
    );
    test.execute(
        "update api_token set acts_for = null where scopes = 'contacts.read clients.read'",
        params![],
    );
    test.clock.advance(SignedDuration::from_secs(6));
    is_narrow(&test.get(&nobody, "/api/v1/contacts").await);
    is_narrow(&test.get(&nobody, CLIENTS).await);
}

#[tokio::test]
async fn when_somebody_leaves_the_tokens_leave_too() {
    let test = TestHouse::new();
    let token = test.token(SAMI);
    for who in [SAMI, OTTO] {
        assert_eq!(test.get(&token, CLIENTS).await.status, StatusCode::OK);
        let at = millis(test.clock_now());
        let set = "update staff set left_at = $2 where id = $1";
        test.execute(set, params![who, at]);
        is_unknown(&test.get(&token, CLIENTS).await, true);
        test.execute(
            "update staff set left_at = null where id = $1",
            params![who],
        );
    }
    assert_eq!(test.get(&token, CLIENTS).await.status, StatusCode::OK);
}

#[tokio::test]
async fn refusals_and_readings_stand_in_the_log_under_the_token() {
    let test = TestHouse::new();
    let token = test.token_for(SAMI, &["clients.read"]);
    test.get(&token, "/api/v1/contacts").await;
    test.get(&token, CLIENTS).await;
    let id: [u8; 16] = test
        .store
        .read_blocking(|tx| store::Query::query_one(tx, "select id from api_token", &[])?.get(0))
        .map_err(|error: store::StoreError| error)
        .unwrap();
    let mut filter = ActorFilter::new(access::log::Actor::Token(id), 10);
    filter.event = None;
    let log = test.house.store.actor_log(filter).await.unwrap();
    let told: Vec<(&str, &str)> = log
        .entries
        .iter()
        .map(|entry| (entry.header.event.as_ref(), entry.content.detail.as_str()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[1], ("token.refused", "scope"));
    assert_eq!(told[0].0, "client.list");
    let person = StaffId::from_bytes(SAMI).to_string();
    assert!(
        told[0].1.contains(&format!("N-202 for {person}")),
        "{told:?}"
    );
}

#[tokio::test]
async fn programs_wait_when_they_ask_too_much_and_each_for_itself() {
    let test = TestHouse::with_limits();
    let (one, two) = (test.token(SAMI), test.token(LEENA));
    let mut count = 0;
    let waiting = loop {
        let answered = test.get(&one, CLIENTS).await;
        count += 1;
        if answered.status != StatusCode::OK {
            break answered;
        }
        assert!(count <= 700, "the limit holds");
    };
    assert_eq!(waiting.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(waiting.header("content-type"), "application/problem+json");
    assert!(waiting.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(test.get(&two, CLIENTS).await.status, StatusCode::OK);
    // Strange tokens are counted by address.
    let mut strange = 0;
    while test.get("noste_x", CLIENTS).await.status == StatusCode::UNAUTHORIZED {
        strange += 1;
        assert!(strange < 100, "guessing is slow");
    }
}

#[test]
fn every_scope_opens_some_address() {
    let used: BTreeSet<&str> = crate::feature()
        .routes
        .iter()
        .filter_map(|route| match route.guard {
            Guard::Token { scope, .. } => Some(scope),
            _ => None,
        })
        .collect();
    let offered: BTreeSet<&str> = SCOPES.into_iter().collect();
    assert_eq!(used, offered);
}
