use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use web::LimitsMode;

use super::TestHouse;
use super::house::Answered;
use crate::api::{ERROR_CODES, KEY_LENGTH, LARGEST_BODY, PROPERTIES};
use crate::words;
use testkit::schema::against;

const PATH: &str = "/api/v1/contacts";
const KEY: &str = "7c4a8d09-ca37-4f0e-9f5d-2b1c6a5e3d10";

async fn post(test: &TestHouse, kind: &str, key: &str, body: impl Into<Body>) -> Answered {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(PATH)
        .header(header::CONTENT_TYPE, kind);
    if !key.is_empty() {
        request = request.header("idempotency-key", key);
    }
    test.send(request.body(body.into()).unwrap()).await
}

async fn create(test: &TestHouse, body: &Value) -> Answered {
    post(test, "application/json", "", body.to_string()).await
}

fn plain() -> Value {
    json!({ "ownWords": "Vuokra on rästissä.", "answerWay": "code" })
}

fn with(property: &str, value: Value) -> Value {
    let mut body = plain();
    body[property] = value;
    body
}

async fn description(test: &TestHouse) -> Value {
    let answered = test.browser().get("/api/v1/openapi.json").await;
    assert_eq!(answered.status, StatusCode::OK);
    assert_eq!(answered.header("content-type"), "application/json");
    answered.json()
}

/// The answer is one that the description tells of, with its content type and schema.
fn is_described(root: &Value, answered: &Answered) {
    let status = answered.status.as_u16().to_string();
    let told = &root["paths"][PATH]["post"]["responses"][&status];
    assert!(
        told.is_object(),
        "the description has no {status}: {}",
        answered.body
    );
    let schema = &told["content"][answered.header("content-type")]["schema"];
    assert!(
        schema.is_object(),
        "{status} is not told as {}",
        answered.header("content-type")
    );
    assert_eq!(
        against(root, schema, &answered.json(), ""),
        [""; 0],
        "{}",
        answered.body
    );
    for header in told["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
    {
        assert!(
            !answered.header(header).is_empty(),
            "{status} lacks {header}"
        );
    }
}

#[tokio::test]
async fn what_the_rules_refuse_is_told_at_its_property() {
    let test = TestHouse::new();
    let root = description(&test).await;
    let schema = &root["components"]["schemas"]["NewContact"];
    let long = |count: usize| Value::from("ä".repeat(count));
    let call = |phone: Value| json!({ "ownWords": "Apua", "answerWay": "call", "phone": phone });
    let cases: Vec<(Value, &str, &str)> = vec![
        (json!({ "answerWay": "code" }), "/ownWords", "required"),
        (with("ownWords", json!("")), "/ownWords", "required"),
        (with("ownWords", Value::Null), "/ownWords", "required"),
        (with("ownWords", long(5001)), "/ownWords", "too-long"),
        (with("ownWords", json!(["Apua"])), "/ownWords", "type"),
        (json!({ "ownWords": "Apua" }), "/answerWay", "required"),
        (
            with("answerWay", json!("none")),
            "/answerWay",
            "unknown-value",
        ),
        (with("answerWay", json!(7)), "/answerWay", "type"),
        (with("wish", json!("soon")), "/wish", "unknown-value"),
        (with("wish", json!("")), "/wish", "unknown-value"),
        (with("phone", json!(401_234_567)), "/phone", "type"),
        (with("phone", long(41)), "/phone", "too-long"),
        (with("name", long(121)), "/name", "too-long"),
        (with("name", json!({})), "/name", "type"),
        (with("language", json!("de")), "/language", "unknown-value"),
        (
            with("otherLanguage", long(61)),
            "/otherLanguage",
            "too-long",
        ),
        (
            with("municipality", json!("091")),
            "/municipality",
            "unknown-value",
        ),
        (
            with("municipality", json!(" 179")),
            "/municipality",
            "unknown-value",
        ),
        (with("parties", json!("crowd")), "/parties", "unknown-value"),
        (
            with("urgency/now", json!("now")),
            "/urgency~1now",
            "unknown-property",
        ),
        (call(Value::Null), "/phone", "phone-needed"),
        (call(json!("soita")), "/phone", "not-a-phone"),
        (call(json!("010594-9031")), "/phone", "identity-code"),
    ];
    // A number that is needed or is none cannot be told in the schema; everything else is.
    let beyond_schema = ["phone-needed", "not-a-phone", "identity-code"];
    let mut codes = BTreeSet::new();
    for (body, pointer, code) in cases {
        let answered = create(&test, &body).await;
        assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        is_described(&root, &answered);
        let told = answered.json();
        let met = told["errors"]
            .as_array()
            .unwrap()
            .iter()
            .any(|error| error["pointer"] == pointer && error["code"] == code);
        assert!(met, "{pointer} {code}: {told}");
        let wrong = against(&root, schema, &body, "");
        assert_eq!(
            wrong.is_empty(),
            beyond_schema.contains(&code),
            "{body}: {wrong:?}"
        );
        codes.insert(code);
    }
    assert_eq!(codes, BTreeSet::from(ERROR_CODES), "every code is met");
    assert_eq!(test.count("contact"), 0);
}

#[tokio::test]
async fn everything_wrong_is_told_at_once_and_each_property_once() {
    let test = TestHouse::new();
    let body = json!({ "ownWords": 7, "answerWay": "call", "wish": "soon", "x": 1 });
    let told = create(&test, &body).await.json();
    let errors = told["errors"].as_array().unwrap();
    let mut found: Vec<_> = errors
        .iter()
        .map(|error| format!("{} {}", error["pointer"], error["code"]).replace('"', ""))
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "/ownWords type",
            "/phone phone-needed",
            "/wish unknown-value",
            "/x unknown-property"
        ]
    );
}

#[tokio::test]
async fn every_value_that_the_description_tells_is_taken_and_kept() {
    let test = TestHouse::new();
    let root = description(&test).await;
    let schema = &root["components"]["schemas"]["NewContact"];
    let properties = schema["properties"].as_object().unwrap();
    let names: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        PROPERTIES.iter().map(|(name, _)| *name).collect(),
        "no property more, none less"
    );
    let mut made = 0;
    for (name, schema) in properties {
        let mut values: Vec<Value> = schema["enum"].as_array().cloned().unwrap_or_default();
        if let Some(longest) = schema["maxLength"].as_u64() {
            let letter = if name == "phone" { " " } else { "x" };
            let text = letter.repeat(usize::try_from(longest).unwrap());
            values.push(if name == "phone" {
                json!(format!("0401234567{}", &text[..30]))
            } else {
                json!(text)
            });
        }
        for value in values {
            let mut body = with(name, value.clone());
            if body["answerWay"] != "code" {
                body["phone"] = json!("040 123 4567");
            }
            let answered = create(&test, &body).await;
            assert_eq!(
                answered.status,
                StatusCode::CREATED,
                "{name} {value}: {}",
                answered.body
            );
            is_described(&root, &answered);
            made += 1;
        }
    }
    assert!(made > 40, "all municipalities, languages and ways: {made}");
    assert_eq!(test.count("contact"), made);
    for example in
        root["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]["examples"]
            .as_object()
            .unwrap()
            .values()
    {
        assert_eq!(against(&root, schema, &example["value"], ""), [""; 0]);
        assert_eq!(
            create(&test, &example["value"]).await.status,
            StatusCode::CREATED
        );
    }
}

#[tokio::test]
async fn a_contact_of_a_program_is_a_contact_like_any_other() {
    let test = TestHouse::new();
    let body = json!({
        "ownWords": "Mieheni lyö minua. Olen 010594-9031.", "wish": "week", "answerWay": "call", "phone": "+358401234567",
        "name": "Maija", "language": "other", "otherLanguage": "somali", "municipality": "179", "parties": "family",
    });
    let answered = create(&test, &body).await;
    let told = answered.json();
    assert_eq!(answered.status, StatusCode::CREATED);
    assert_eq!(told["holder"]["unit"]["fi"], "Keskusta");
    assert_eq!(told["holder"]["person"], Value::Null);
    assert_eq!(told["answerDue"], "2026-03-16");
    assert_eq!(told["identityCodesHidden"], true);
    assert!(!told.to_string().contains("lyö"));
    let view = test.view(told["receiptCode"].as_str().unwrap());
    assert_eq!(view.own_words, "Mieheni lyö minua. Olen •••.");
    for (column, value) in [
        ("door", "api"),
        ("urgency", "now"),
        ("phone", "+358 40 123 4567"),
        ("language", "other"),
        ("other_language", "somali"),
        ("interpreter", "1"),
        ("parties", "family"),
        ("municipality", "179"),
        ("wish", "week"),
    ] {
        assert_eq!(test.contact(column), value, "{column}");
    }
    assert_eq!(test.count("task where kind = 'call_back'"), 1);
    assert!(!test.kept_texts().iter().any(|text| words::holds_code(text)));
}

#[tokio::test]
async fn a_key_makes_a_request_safe_to_repeat() {
    let test = TestHouse::new();
    let root = description(&test).await;
    let body = plain().to_string();
    let first = post(&test, "application/json", KEY, body.clone()).await;
    test.clock
        .advance(kernel::time::SignedDuration::from_hours(5));
    let second = post(&test, "application/json", KEY, body.clone()).await;
    assert_eq!(
        (first.status, second.status),
        (StatusCode::CREATED, StatusCode::CREATED)
    );
    assert_eq!(first.json(), second.json());
    assert_eq!(test.count("contact"), 1);
    let other = post(
        &test,
        "application/json",
        KEY,
        with("ownWords", json!("Muu asia")).to_string(),
    )
    .await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    is_described(&root, &other);
    for key in ["short", &"k".repeat(KEY_LENGTH.end() + 1)] {
        let refused = post(&test, "application/json", key, body.clone()).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        is_described(&root, &refused);
    }
    create(&test, &plain()).await;
    create(&test, &plain()).await;
    assert_eq!(
        test.count("contact"),
        3,
        "without a key every request is its own"
    );
}

#[tokio::test]
async fn every_status_of_the_description_is_met() {
    let test = TestHouse::with_limits(LimitsMode::On);
    let root = description(&test).await;
    let json = "application/json";
    let mut met = BTreeSet::new();
    let mut answers = vec![
        post(&test, json, "", plain().to_string()).await,
        post(&test, json, "", "{").await,
        post(&test, json, "", "[1]").await,
        post(&test, json, KEY, plain().to_string()).await,
        post(&test, json, KEY, with("wish", json!("today")).to_string()).await,
        post(&test, json, "", "x".repeat(LARGEST_BODY + 1)).await,
        post(&test, "text/plain", "", plain().to_string()).await,
        post(&test, "", "", plain().to_string()).await,
        post(&test, "application/json; charset=utf-8", "", "{}").await,
    ];
    while answers
        .last()
        .is_none_or(|answered| answered.status != StatusCode::TOO_MANY_REQUESTS)
    {
        answers.push(create(&test, &plain()).await);
        assert!(answers.len() < 40, "the limit holds");
    }
    let closed = TestHouse::new();
    closed.store.shutdown();
    answers.push(create(&closed, &plain()).await);
    for answered in &answers {
        is_described(&root, answered);
        met.insert(answered.status.as_u16().to_string());
    }
    // A row too many is a fault of the program's own, which no test can cause on purpose from outside.
    assert_eq!(
        web::Failure::from(store::StoreError::NotOne(2)).status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
    met.insert("500".to_owned());
    let told = root["paths"][PATH]["post"]["responses"]
        .as_object()
        .unwrap();
    assert_eq!(met, told.keys().cloned().collect());
    for (status, response) in told {
        for content in response["content"].as_object().unwrap().values() {
            assert_eq!(
                against(&root, &content["schema"], &content["example"], ""),
                [""; 0],
                "the example of {status}"
            );
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(24))]

    /// Any bytes get an answer that the description tells of.
    #[test]
    fn arbitrary_bodies_are_answered(words in ".{0,40}", phone in ".{0,20}", way in "(code|call|.{0,4})", extra: bool) {
        let test = TestHouse::new();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut body = json!({ "ownWords": words, "phone": phone, "answerWay": way });
        if extra {
            body["x"] = json!(1);
        }
        runtime.block_on(async {
            let root = description(&test).await;
            let answered = create(&test, &body).await;
            proptest::prop_assert!(!answered.status.is_server_error(), "{}", answered.body);
            is_described(&root, &answered);
            Ok(())
        })?;
    }
}
