use axum::http::StatusCode;
use web::{Form, LimitsMode, drafts};

use crate::support::{AINO, OWN, VILLE, sample};

#[tokio::test]
async fn a_draft_is_saved_found_replaced_and_deleted() {
    let s = sample(LimitsMode::On);
    let token = s.get("/work", &[AINO]).await.body;
    let fields = |text| {
        [
            ("_token", token.as_str()),
            ("_draft", "contact-new"),
            ("text", text),
            ("x", "1"),
            ("x", "2"),
        ]
    };
    let first = s
        .post(
            "/drafts",
            &fields("ensin"),
            &[AINO, OWN, ("x-noste-script", "draft")],
        )
        .await;
    assert_eq!(
        (first.status, first.body.as_str()),
        (
            StatusCode::OK,
            "{\"saved\":\"Luonnos tallessa klo\u{a0}10.00.00\"}"
        )
    );
    s.post("/drafts", &fields("sitten \"näin\""), &[AINO, OWN])
        .await;

    let load = |owner: u8, key: &'static str| {
        s.house
            .store
            .read_blocking(move |tx| drafts::load(tx, [owner; 16], key))
            .unwrap()
    };
    let draft = load(b'a', "contact-new").unwrap();
    let mut form = Form::new();
    form.set("x", "old");
    draft.fill(&mut form);
    assert_eq!(form.value("text"), "sitten \"näin\"");
    assert_eq!(form.values("x"), ["1", "2"]);
    assert_eq!(form.value("_token"), "");
    assert_eq!(draft.saved_at, s.house.now());
    assert_eq!(load(b'a', "other"), None);
    assert_eq!(
        load(b'v', "contact-new"),
        None,
        "drafts are the writer's own"
    );

    let discard = [
        ("_token", token.as_str()),
        ("_draft", "contact-new"),
        ("_back", "/work"),
    ];
    let answer = s.post("/drafts/discard", &discard, &[AINO, OWN]).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/work")
    );
    assert_eq!(load(b'a', "contact-new"), None);
}

#[tokio::test]
async fn drafts_are_for_those_signed_in() {
    let s = sample(LimitsMode::On);
    let token = s.get("/work", &[AINO]).await.body;
    let fields = [("_token", token.as_str()), ("_draft", "k"), ("text", "x")];
    let ended = s
        .post("/drafts", &fields, &[OWN, ("x-noste-script", "draft")])
        .await;
    assert_eq!(
        (ended.status, ended.body.as_str()),
        (StatusCode::UNAUTHORIZED, "")
    );
    let other = s
        .post(
            "/drafts",
            &fields,
            &[VILLE, OWN, ("x-noste-script", "draft")],
        )
        .await;
    assert_eq!(
        (other.status, other.body.as_str()),
        (StatusCode::FORBIDDEN, "")
    );
    let keyless = s
        .post(
            "/drafts",
            &[("_token", &token), ("text", "x")],
            &[AINO, OWN],
        )
        .await;
    assert_eq!(keyless.status, StatusCode::BAD_REQUEST);
}

#[test]
fn the_oldest_drafts_give_way() {
    let s = sample(LimitsMode::On);
    let count = |s: &crate::support::Sample| {
        s.house
            .store
            .read_blocking(|tx| {
                use store::Query;
                tx.query_one("select count(*), min(form_key) from draft", &[])
                    .and_then(|row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))
            })
            .unwrap()
    };
    for number in 0..205 {
        s.clock.advance(kernel::time::SignedDuration::from_secs(1));
        let now = s.house.now();
        let key = format!("form-{number:03}");
        let text = [("text".to_owned(), "x".to_owned())];
        s.house
            .store
            .write_blocking(move |tx| drafts::save(tx, [1; 16], &key, &text, now))
            .unwrap();
    }
    assert_eq!(count(&s), (200, "form-005".to_owned()));
}

#[tokio::test]
async fn a_form_without_text_leaves_no_draft() {
    let s = sample(LimitsMode::On);
    let token = s.get("/work", &[AINO]).await.body;
    let kept = || {
        s.house
            .store
            .read_blocking(|tx| drafts::load(tx, [b'a'; 16], "k"))
            .unwrap()
            .is_some()
    };
    let save = async |fields: &[(&str, &str)]| {
        let own = [("_token", token.as_str()), ("_draft", "k")];
        s.post("/drafts", &[&own, fields].concat(), &[AINO, OWN])
            .await
            .body
    };
    let nothing = "{\"saved\":\"\"}";
    assert_eq!(save(&[("text", " \n"), ("other", "")]).await, nothing);
    assert!(!kept());
    for empty in [
        [("text", ""), ("other", " ")].as_slice(),
        [("text", ""), ("door", "phone"), ("_empty", "1")].as_slice(),
    ] {
        assert_ne!(save(&[("text", ""), ("other", "x")]).await, nothing);
        assert!(kept(), "one text is enough");
        assert_eq!(save(empty).await, nothing);
        assert!(!kept(), "emptied, the one before goes too: {empty:?}");
    }
}
