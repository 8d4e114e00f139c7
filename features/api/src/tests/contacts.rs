//! Contacts through a token.

use std::sync::Arc;

use axum::http::StatusCode;
use intake::domain::{ContactId, IntakeError};
use intake::store::receive;
use kernel::time::SignedDuration;
use serde_json::Value;

use super::TestHouse;
use super::house::{JAANA, SAMI};

const PATH: &str = "/api/v1/contacts";

fn fill(test: &TestHouse, count: usize) {
    let (desk, clock) = (Arc::clone(&test.desk), test.clock.clone());
    let worker = test.worker(JAANA);
    for number in 0..count {
        clock.advance(SignedDuration::from_secs(1));
        let (desk, worker) = (Arc::clone(&desk), worker.clone());
        test.store
            .write_blocking(move |tx| {
                let new = sent(&format!("Asia {number}"));
                receive::from_worker(tx, &desk, &worker, &new, None)?;
                Ok::<_, IntakeError>(())
            })
            .unwrap();
    }
}

/// A contact that somebody makes by phone.
fn sent(words: &str) -> intake::domain::NewContact {
    use intake::domain::urgency::{Signs, judge_by_rule};
    use intake::domain::{AnswerWay, Door, Kind, NewContact, Parties, TalkLanguage};
    NewContact {
        kind: Kind::Contact,
        door: Door::Phone,
        municipality: None,
        language: TalkLanguage::Fi,
        other_language: None,
        interpreter: false,
        parties: Parties::One,
        title: words.to_owned(),
        own_words: words.to_owned(),
        theme: None,
        person_name: Some("Maija Esimerkki".to_owned()),
        phone: None,
        answer_way: AnswerWay::Code,
        wish: None,
        authority: None,
        authority_contact: None,
        authority_ground: None,
        assisted: false,
        urgency: judge_by_rule(Signs::default()),
    }
}

#[tokio::test]
async fn a_list_goes_on_where_its_cursor_says_on_both_engines() {
    for test in [TestHouse::new(), TestHouse::on_postgres()] {
        fill(&test, 53);
        let root = test.description().await;
        let token = test.token(JAANA);
        let first = test.get(&token, PATH).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        test.told(&root, "get", PATH, &first);
        let first = first.json();
        let next = first["next"].as_str().expect("there is more").to_owned();
        let second = test.get(&token, &format!("{PATH}?cursor={next}")).await;
        test.told(&root, "get", PATH, &second);
        let second = second.json();
        assert_eq!(second["next"], Value::Null);
        let titles: Vec<&str> = [&first, &second]
            .into_iter()
            .flat_map(|page| page["items"].as_array().unwrap())
            .map(|item| item["title"].as_str().unwrap())
            .collect();
        let wanted: Vec<String> = (0..53)
            .rev()
            .map(|number| format!("Asia {number}"))
            .collect();
        assert_eq!(titles, wanted, "newest first, each once");
        // Another token's cursor, a changed one and another list's are refused.
        let other = test.token(JAANA);
        for (token, cursor) in [(&other, next.clone()), (&token, format!("A{next}"))] {
            let refused = test.get(token, &format!("{PATH}?cursor={cursor}")).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
            test.told(&root, "get", PATH, &refused);
            assert_eq!(refused.json()["type"], "urn:noste:problem:cursor");
        }
        let wrong = test
            .get(&token, &format!("/api/v1/clients?cursor={next}"))
            .await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        for query in ["cursor=", "limit=5", "cursor=a&cursor=b"] {
            let refused = test.get(&token, &format!("{PATH}?{query}")).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{query}");
        }
    }
}

#[tokio::test]
async fn a_contact_is_read_by_whose_it_is_and_is_nothing_to_others() {
    let test = TestHouse::new();
    fill(&test, 1);
    let root = test.description().await;
    let own = test.token(JAANA);
    let id = test.get(&own, PATH).await.json()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("{PATH}/{id}");
    let read = test.get(&own, &path).await;
    assert_eq!(read.status, StatusCode::OK);
    test.told(&root, "get", "/api/v1/contacts/{id}", &read);
    assert_eq!(read.json()["ownWords"], "Asia 0");
    let mark = read.header("etag").to_owned();
    let same = test
        .get_with(&own, &path, &[("if-none-match", &mark)])
        .await;
    assert_eq!(
        (same.status, same.body.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    test.told(&root, "get", "/api/v1/contacts/{id}", &same);
    let stranger = test.token(SAMI);
    let unknown = ContactId::from_bytes([9; 16]);
    for (token, path) in [
        (&stranger, path.clone()),
        (&own, format!("{PATH}/{unknown}")),
        (&own, format!("{PATH}/x")),
    ] {
        let refused = test.get(token, &path).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
        test.told(&root, "get", "/api/v1/contacts/{id}", &refused);
        assert!(!refused.body.contains("Asia"), "{}", refused.body);
    }
}

#[tokio::test]
async fn statements_do_not_grow_with_rows() {
    let mut counts = Vec::new();
    for rows in [1, 50] {
        let test = TestHouse::new();
        fill(&test, rows);
        let token = test.token(JAANA);
        test.get(&token, PATH).await;
        let before = test.store.statement_count();
        let answered = test.get(&token, PATH).await;
        assert_eq!(answered.json()["items"].as_array().unwrap().len(), rows);
        counts.push(test.store.statement_count() - before);
    }
    assert_eq!(counts[0], counts[1]);
    assert_eq!(
        counts[0], 4,
        "the list, who is barred from whom, the clients behind it for the log, and whether the token is in force"
    );
}
