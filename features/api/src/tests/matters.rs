//! Matters through a token.

use ::clients::ClientId;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::TestHouse;
use super::house::{JAANA, SAMI};

const PATH: &str = "/api/v1/matters";
const ONE: &str = "/api/v1/matters/{id}";
const CLOSING: &str = "/api/v1/matters/{id}/closing";

fn new(client: ClientId) -> Value {
    json!({
        "clientId": client.to_string(), "nameCode": "guidance", "kind": "contact", "way": "phone",
        "initiator": "1", "reasons": "Vuokra on rästissä.", "hold": true,
    })
}

#[tokio::test]
async fn a_matter_is_opened_read_and_closed_in_the_state_that_was_read() {
    for test in [TestHouse::new(), TestHouse::on_postgres()] {
        let root = test.description().await;
        let client = test.client("Oma", Some(SAMI));
        let token = test.token(SAMI);
        let key = [("idempotency-key", "7c4a8d09-ca37-4f0e-9f5d-2b1c6a5e3d10")];
        let opened = test.post_with(&token, PATH, &key, &new(client)).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
        test.told(&root, "post", PATH, &opened);
        let again = test.post_with(&token, PATH, &key, &new(client)).await;
        assert_eq!(again.body, opened.body);
        assert_eq!(test.count("matter"), 1);
        let path = opened.header("location").to_owned();
        let read = test.get(&token, &path).await;
        assert_eq!(read.status, StatusCode::OK, "{}", read.body);
        test.told(&root, "get", ONE, &read);
        assert_eq!(read.json()["holder"], "Sami Salo");
        assert_eq!(read.json()["initiation"]["reasons"], "Vuokra on rästissä.");
        let of_client = format!("/api/v1/clients/{client}/matters");
        let listed = test.get(&token, &of_client).await;
        test.told(&root, "get", "/api/v1/clients/{id}/matters", &listed);
        assert_eq!(listed.json()["items"][0]["id"], read.json()["id"]);
        let closing = format!("{path}/closing");
        let body = json!({ "reason": "handled" });
        let unsaid = test.post(&token, &closing, &body).await;
        assert_eq!(unsaid.status, StatusCode::PRECONDITION_REQUIRED);
        test.told(&root, "post", CLOSING, &unsaid);
        let stale = [("if-match", "\"0123456789abcdef0123456789abcdef\"")];
        let changed = test.post_with(&token, &closing, &stale, &body).await;
        assert_eq!(changed.status, StatusCode::PRECONDITION_FAILED);
        test.told(&root, "post", CLOSING, &changed);
        let mark = read.header("etag").to_owned();
        let wordless = json!({ "reason": "other" });
        let wrong = test
            .post_with(&token, &closing, &[("if-match", &mark)], &wordless)
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        test.told(&root, "post", CLOSING, &wrong);
        let closed = test
            .post_with(&token, &closing, &[("if-match", &mark)], &body)
            .await;
        assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
        test.told(&root, "post", CLOSING, &closed);
        assert_eq!(closed.json()["stage"], "closed");
        // The state that was read is gone: whoever comes second is told.
        let second = test
            .post_with(&token, &closing, &[("if-match", &mark)], &body)
            .await;
        assert_eq!(second.status, StatusCode::PRECONDITION_FAILED);
        let now = closed.header("etag").to_owned();
        let ended = test
            .post_with(&token, &closing, &[("if-match", &now)], &body)
            .await;
        assert_eq!(ended.status, StatusCode::CONFLICT, "{}", ended.body);
        test.told(&root, "post", CLOSING, &ended);
    }
}

#[tokio::test]
async fn another_clients_matter_is_nothing() {
    let test = TestHouse::new();
    let root = test.description().await;
    let client = test.client("Vieras", Some(SAMI));
    let owner = test.token(SAMI);
    let opened = test.post(&owner, PATH, &new(client)).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
    let path = opened.header("location").to_owned();
    let stranger = test.token(JAANA);
    let refused = test.get(&stranger, &path).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", refused.body);
    test.told(&root, "get", ONE, &refused);
    let unknown = test.get(&stranger, &format!("{PATH}/{client}")).await;
    assert_eq!(unknown.body, refused.body);
    let list = test
        .get(&stranger, &format!("/api/v1/clients/{client}/matters"))
        .await;
    assert_eq!(list.status, StatusCode::NOT_FOUND);
    let open = test.post(&stranger, PATH, &new(client)).await;
    assert_eq!(open.status, StatusCode::NOT_FOUND, "{}", open.body);
    test.told(&root, "post", PATH, &open);
    let any = [("if-match", "*")];
    let body = json!({ "reason": "handled" });
    let close = test
        .post_with(&stranger, &format!("{path}/closing"), &any, &body)
        .await;
    assert!(
        [403, 404].contains(&close.status.as_u16()),
        "{}",
        close.body
    );
    test.told(&root, "post", CLOSING, &close);
    assert_eq!(test.count("matter where state = 'closed'"), 0);
    for (name, value, code) in [
        ("clientId", json!("x"), "not-an-id"),
        ("nameCode", json!("99"), "required"),
        ("initiator", json!("99"), "unknown-value"),
        ("contactAt", json!("2026-13-01"), "not-a-date"),
        ("contactAt", json!("2036-03-01T00:00:00Z"), "not-a-date"),
        ("reasons", json!(" "), "required"),
        ("hold", json!(1), "type"),
    ] {
        let mut body = new(client);
        body[name] = value;
        let wrong = test.post(&owner, PATH, &body).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        test.told(&root, "post", PATH, &wrong);
        assert_eq!(
            wrong.json()["errors"][0]["code"],
            code,
            "{name}: {}",
            wrong.body
        );
    }
}
