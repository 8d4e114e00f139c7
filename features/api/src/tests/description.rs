//! The description as a whole, and answers that no operation gives.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::schema::is_valid;

use super::TestHouse;
use super::house::{SAMI, request};

#[tokio::test]
async fn the_description_is_whole() {
    let test = TestHouse::new();
    let root = test.description().await;
    assert_eq!(root["openapi"], "3.1.0");
    is_valid(&root);
    let mut guarded = 0;
    for (path, operations) in root["paths"].as_object().unwrap() {
        for operation in operations.as_object().unwrap().values() {
            if operation["security"].is_array() {
                guarded += 1;
                for status in ["401", "403", "429", "500", "503"] {
                    assert!(
                        operation["responses"][status].is_object(),
                        "{path} {status}"
                    );
                }
            }
        }
    }
    // Every route of this room but none else needs a token, and each is told of.
    assert_eq!(guarded, crate::feature().routes.len());
}

#[tokio::test]
async fn every_error_is_a_problem_in_json() {
    let test = TestHouse::new();
    let token = test.token(SAMI);
    let json = [("content-type", "application/json")];
    let ask = |method: Method, path: &str, headers: &[(&str, &str)], body: &'static str| {
        test.send(request(method, &token, path, headers, Body::from(body)))
    };
    let large: &'static str = Box::leak("x".repeat(20_000).into_boxed_str());
    for (answered, status) in [
        (ask(Method::GET, "/api/v1/nothing", &[], "").await, 404),
        (ask(Method::GET, "/api/v1/clients/", &[], "").await, 404),
        (ask(Method::DELETE, "/api/v1/clients", &[], "").await, 405),
        (ask(Method::PUT, "/api/v1/contacts", &json, "{}").await, 405),
        (
            ask(Method::POST, "/api/v1/clients", &json, large).await,
            413,
        ),
        (ask(Method::POST, "/api/v1/clients", &[], "{}").await, 415),
        (ask(Method::POST, "/api/v1/clients", &json, "{").await, 400),
        (ask(Method::POST, "/api/v1/clients", &json, "[]").await, 400),
    ] {
        assert_eq!(answered.status.as_u16(), status, "{}", answered.body);
        assert_eq!(answered.header("content-type"), "application/problem+json");
        assert_eq!(answered.json()["status"], json!(status));
        assert_eq!(answered.header("cache-control"), "no-store");
        assert_eq!(answered.header("allow").is_empty(), status != 405);
    }
    test.store.shutdown();
    let broken = test.get(&token, "/api/v1/clients").await;
    assert_eq!(broken.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(broken.json()["type"], Value::from("about:blank"));
}
