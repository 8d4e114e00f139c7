//! Clients through a token.

use ::clients::ClientId;
use ::clients::store::create::NewClient;
use axum::http::StatusCode;
use identity::people::UnitId;
use kernel::time::Date;
use serde_json::{Value, json};
use store::params;

use super::TestHouse;
use super::house::{AREA, JAANA, LEENA, SAMI};

const PATH: &str = "/api/v1/clients";
const ONE: &str = "/api/v1/clients/{id}";

fn new() -> Value {
    json!({ "birthDate": "1990-05-17", "familyName": "Esimerkki", "givenNames": "Maija Kaarina", "source": "client", "phone": "040 123 4567" })
}

#[tokio::test]
async fn clients_are_listed_by_name_page_by_page_on_both_engines() {
    for test in [TestHouse::new(), TestHouse::on_postgres()] {
        for number in 0..53 {
            test.client(&format!("Niemi{number:02}"), Some(SAMI));
        }
        test.client("Vieras", None);
        let root = test.description().await;
        let token = test.token(SAMI);
        let first = test.get(&token, PATH).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        test.told(&root, "get", PATH, &first);
        let first = first.json();
        let next = first["next"].as_str().expect("there is more");
        assert!(!next.contains("Niemi"));
        let second = test.get(&token, &format!("{PATH}?cursor={next}")).await;
        assert_eq!(second.status, StatusCode::OK, "{}", second.body);
        let second = second.json();
        let names: Vec<&str> = [&first, &second]
            .into_iter()
            .flat_map(|page| page["items"].as_array().unwrap())
            .map(|item| item["name"].as_str().unwrap())
            .collect();
        assert_eq!(names.len(), 53, "each once, and no stranger");
        assert!(names.is_sorted(), "{names:?}");
        assert_eq!(second["next"], Value::Null);
        // Every row of the list opens.
        let id = first["items"][0]["id"].as_str().unwrap();
        let one = test.get(&token, &format!("{PATH}/{id}")).await;
        assert_eq!(one.status, StatusCode::OK, "{}", one.body);
        test.told(&root, "get", ONE, &one);
    }
}

#[tokio::test]
async fn statements_do_not_grow_with_rows() {
    let mut counts = Vec::new();
    for rows in [1, 50] {
        let test = TestHouse::new();
        for number in 0..rows {
            test.client(&format!("Niemi{number}"), Some(SAMI));
        }
        let token = test.token(SAMI);
        test.get(&token, PATH).await;
        let before = test.store.statement_count();
        let answered = test.get(&token, PATH).await;
        assert_eq!(answered.json()["items"].as_array().unwrap().len(), rows);
        counts.push(test.store.statement_count() - before);
    }
    assert_eq!(counts[0], counts[1]);
    // Whether the token is in force, what is closed, a page of each of at most three ways of being related.
    assert!(counts[0] <= 5, "{counts:?}");
}

#[tokio::test]
async fn another_clients_id_is_nothing_in_any_address() {
    let test = TestHouse::new();
    let root = test.description().await;
    let own = test.client("Oma", Some(SAMI));
    let other = test.client("Vieras", Some(JAANA));
    let token = test.token(SAMI);
    assert_eq!(
        test.get(&token, &format!("{PATH}/{own}")).await.status,
        StatusCode::OK
    );
    let unknown = ClientId::from_bytes([9; 16]);
    let mut bodies = Vec::new();
    for id in [
        other.to_string(),
        unknown.to_string(),
        "x".to_owned(),
        "%00".to_owned(),
    ] {
        for (told, rest) in [(ONE, ""), ("/api/v1/clients/{id}/log", "/log")] {
            let refused = test.get(&token, &format!("{PATH}/{id}{rest}")).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{id}{rest}");
            test.told(&root, "get", told, &refused);
            assert!(!refused.body.contains("Vieras"));
            bodies.push(refused.body);
        }
    }
    bodies.dedup();
    assert_eq!(
        bodies.len(),
        1,
        "hidden and unknown are told alike: {bodies:?}"
    );
    // The attempt stands in the client's log.
    let log = test
        .house
        .store
        .subject_log(other.bytes(), 10)
        .await
        .unwrap();
    assert!(
        log.iter()
            .any(|entry| entry.header.event == "client.refused")
    );
}

#[tokio::test]
async fn losing_the_relation_closes_the_client_at_once() {
    let test = TestHouse::new();
    let client = test.client("Oma", Some(SAMI));
    let token = test.token(SAMI);
    let path = format!("{PATH}/{client}");
    assert_eq!(test.get(&token, &path).await.status, StatusCode::OK);
    test.execute("delete from relation", params![]);
    assert_eq!(test.get(&token, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(test.get(&token, PATH).await.json()["items"], json!([]));
}

#[tokio::test]
async fn protected_details_are_in_no_answer() {
    let test = TestHouse::new();
    let secret = "Piilokuja 3";
    let client = test.client_of(
        NewClient {
            code: None,
            birth: Some(Date::constant(1980, 5, 17)),
            family: "Suojattu".to_owned(),
            given: "Sirpa".to_owned(),
            called: None,
            sex: None,
            source: "client".to_owned(),
            unit: Some(UnitId::from_bytes(AREA)),
            details: vec![
                ("address", secret.to_owned()),
                ("service_language", "fi".to_owned()),
            ],
            protect: true,
        },
        Some(SAMI),
    );
    let token = test.token(SAMI);
    let path = format!("{PATH}/{client}");
    let read = test.get(&token, &path).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    let kinds: Vec<Value> = read.json()["details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|detail| detail["kind"].clone())
        .collect();
    assert_eq!(kinds, ["service_language"]);
    for path in [path.as_str(), PATH] {
        assert!(
            !test.get(&token, path).await.body.contains("Piilo"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_key_makes_a_client_once() {
    for test in [TestHouse::new(), TestHouse::on_postgres()] {
        let root = test.description().await;
        let (token, other) = (test.token(JAANA), test.token(JAANA));
        let key = [("idempotency-key", "7c4a8d09-ca37-4f0e-9f5d-2b1c6a5e3d10")];
        let first = test.post_with(&token, PATH, &key, &new()).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        test.told(&root, "post", PATH, &first);
        let again = test.post_with(&token, PATH, &key, &new()).await;
        assert_eq!(
            (again.status, &again.body),
            (StatusCode::CREATED, &first.body)
        );
        assert_eq!(again.header("location"), first.header("location"));
        assert_eq!(test.count("client"), 1);
        let mut changed = new();
        changed["familyName"] = json!("Toinen");
        let refused = test.post_with(&token, PATH, &key, &changed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        test.told(&root, "post", PATH, &refused);
        assert_eq!(
            refused.json()["type"],
            "urn:noste:problem:idempotency-key-reused"
        );
        // A key is its token's own, and a request without one is a request of its own.
        let mut twin = new();
        twin["notSame"] = json!(true);
        assert_eq!(
            test.post_with(&other, PATH, &key, &twin).await.status,
            StatusCode::CREATED
        );
        assert_eq!(
            test.post(&token, PATH, &twin).await.status,
            StatusCode::CREATED
        );
        assert_eq!(test.count("client"), 3);
        for short in ["short", &"k".repeat(129)] {
            let refused = test
                .post_with(&token, PATH, &[("idempotency-key", short)], &new())
                .await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        }
        // The maker reads what was made.
        let read = test.get(&token, first.header("location")).await;
        assert_eq!(read.status, StatusCode::OK, "{}", read.body);
        assert_eq!(read.json()["birthDate"], "1990-05-17");
    }
}

#[tokio::test]
async fn nobody_is_made_twice_unasked() {
    for test in [TestHouse::new(), TestHouse::on_postgres()] {
        let root = test.description().await;
        let (own, stranger) = (test.token(SAMI), test.token(JAANA));
        let made = test.post(&own, PATH, &new()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let mut again = new();
        again["familyName"] = json!("ESIMERKKI");
        again["givenNames"] = json!("Kaarina");
        again["phone"] = Value::Null;
        // Whoever may open the client is told who it is.
        let known = test.post(&own, PATH, &again).await;
        assert_eq!(known.status, StatusCode::CONFLICT, "{}", known.body);
        test.told(&root, "post", PATH, &known);
        let told = known.json();
        assert_eq!(told["type"], "urn:noste:problem:similar");
        assert_eq!(told["similar"][0]["why"], "name_birth");
        assert_eq!(told["similar"][0]["client"]["id"], made.json()["id"]);
        // Somebody else only that there is somebody, and not by half a name.
        let known = test.post(&stranger, PATH, &again).await;
        assert_eq!(known.status, StatusCode::CONFLICT);
        test.told(&root, "post", PATH, &known);
        assert_eq!(known.json()["similar"][0]["client"], Value::Null);
        assert!(!known.body.contains("Maija") && !known.body.contains("Esimerkki"));
        assert_eq!(test.count("client"), 1);
        let key = [("idempotency-key", "7c4a8d09-ca37-4f0e-9f5d-2b1c6a5e3d11")];
        let refused = test.post_with(&stranger, PATH, &key, &again).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "not remembered");
        let mut half = again.clone();
        half["familyName"] = json!("Toinen");
        let made = test.post(&stranger, PATH, &half).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        // The program says that it is somebody else.
        again["notSame"] = json!(true);
        let made = test.post(&stranger, PATH, &again).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        assert_eq!(test.count("client"), 3);
        // Both tellings stand in the log and count as searches.
        assert_eq!(
            test.count("search_use where reason = 'create' and result = 'exists'"),
            3
        );
        // So does the telling that a code is somebody's, which no word of the program turns off.
        let mut coded = new();
        coded["identityCode"] = json!("010190-901R");
        coded["birthDate"] = Value::Null;
        coded["notSame"] = json!(true);
        let made = test.post(&own, PATH, &coded).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let taken = test.post(&stranger, PATH, &coded).await;
        assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.body);
        test.told(&root, "post", PATH, &taken);
        assert_eq!(taken.json()["type"], "urn:noste:problem:state");
        assert_eq!(
            test.count("search_use where reason = 'create' and result = 'exists'"),
            4
        );
    }
}

#[tokio::test]
async fn what_a_new_client_lacks_is_told_at_its_property() {
    let test = TestHouse::new();
    let root = test.description().await;
    let token = test.token(JAANA);
    let with = |name: &str, value: Value| {
        let mut body = new();
        body[name] = value;
        body
    };
    for (body, pointer, code) in [
        (with("familyName", json!("")), "/familyName", "required"),
        (with("givenNames", Value::Null), "/givenNames", "required"),
        (
            with("familyName", json!("x".repeat(201))),
            "/familyName",
            "too-long",
        ),
        (
            with("familyName", json!("a\u{0}b")),
            "/familyName",
            "unknown-value",
        ),
        (
            with("birthDate", json!("17.5.1990")),
            "/birthDate",
            "not-a-date",
        ),
        (
            with("birthDate", json!("2990-05-17")),
            "/birthDate",
            "not-a-date",
        ),
        (with("birthDate", Value::Null), "/birthDate", "required"),
        (
            with("identityCode", json!("010594-903!")),
            "/identityCode",
            "identity-code",
        ),
        (with("source", json!("rumour")), "/source", "unknown-value"),
        (with("protect", json!("yes")), "/protect", "type"),
        (with("phone", json!(401_234_567)), "/phone", "type"),
        (with("x/y", json!(1)), "/x~1y", "unknown-property"),
    ] {
        let refused = test.post(&token, PATH, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        test.told(&root, "post", PATH, &refused);
        let told = refused.json();
        let errors = told["errors"].as_array().unwrap();
        assert!(
            errors
                .iter()
                .any(|error| error["pointer"] == pointer && error["code"] == code),
            "{pointer} {code}: {told}"
        );
    }
    assert_eq!(test.count("client"), 0);
}

#[tokio::test]
async fn searching_tells_no_more_than_the_pages_do() {
    let test = TestHouse::new();
    let root = test.description().await;
    let path = "/api/v1/clients/search";
    let made = test.post(&test.token(SAMI), PATH, &new()).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let id = made.json()["id"].clone();
    let body = json!({ "familyName": "Esimerkki", "givenNames": "Maija", "birthDate": "1990-05-17", "reason": "contact" });
    let opened = test.post(&test.token(SAMI), path, &body).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    test.told(&root, "post", path, &opened);
    assert_eq!(
        (&opened.json()["result"], &opened.json()["client"]["id"]),
        (&json!("opened"), &id)
    );
    let token = test.token(JAANA);
    let exists = test.post(&token, path, &body).await;
    test.told(&root, "post", path, &exists);
    assert_eq!(
        (&exists.json()["result"], &exists.json()["client"]),
        (&json!("exists"), &Value::Null)
    );
    let mut unknown = body.clone();
    unknown["familyName"] = json!("Olematon");
    let none = test.post(&token, path, &unknown).await;
    test.told(&root, "post", path, &none);
    assert_eq!(
        none.json(),
        json!({ "result": "none", "client": null, "ask": null })
    );
    for bad in [
        json!({}),
        json!({ "familyName": "Esimerkki" }),
        json!({ "identityCode": "x" }),
        json!({ "identityCode": "010594-9031", "familyName": "Esimerkki" }),
        json!({ "familyName": "E", "givenNames": "M", "birthDate": "1990-05-17" }),
    ] {
        let refused = test.post(&token, path, &bad).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        test.told(&root, "post", path, &refused);
    }
    // The limits of the person hold for the program (bar B20).
    let mut paused = test.post(&token, path, &unknown).await;
    for _ in 0..40 {
        if paused.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        paused = test.post(&token, path, &unknown).await;
    }
    assert_eq!(paused.status, StatusCode::TOO_MANY_REQUESTS);
    test.told(&root, "post", path, &paused);
}

#[tokio::test]
async fn the_log_of_a_client_is_for_whoever_may_see_it() {
    let test = TestHouse::new();
    let root = test.description().await;
    let client = test.client("Oma", Some(SAMI));
    let own = test.token(SAMI);
    for _ in 0..60 {
        test.get(&own, &format!("{PATH}/{client}")).await;
    }
    let told = "/api/v1/clients/{id}/log";
    let path = format!("{PATH}/{client}/log");
    let lead = test.token(LEENA);
    let first = test.get(&lead, &path).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    test.told(&root, "get", told, &first);
    let first = first.json();
    assert_eq!(first["items"].as_array().unwrap().len(), 50);
    assert_eq!(
        first["items"][0]["event"], "client.log_read",
        "this reading too"
    );
    assert_eq!(first["items"][1]["actor"]["kind"], "token");
    let next = first["next"].as_str().unwrap();
    let second = test.get(&lead, &format!("{path}?cursor={next}")).await;
    test.told(&root, "get", told, &second);
    let second = second.json();
    let events = second["items"].as_array().unwrap();
    assert!(
        events.iter().any(|entry| entry["event"] == "client.read"),
        "{second}"
    );
    assert_eq!(second["next"], Value::Null);
}
