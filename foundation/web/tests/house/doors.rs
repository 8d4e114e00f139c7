use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use kernel::time::SignedDuration;
use proptest::prelude::*;
use web::LimitsMode;

use crate::support::{AINO, OWN, VILLE, get, sample};

#[tokio::test]
async fn a_form_of_ours_is_taken() {
    let s = sample(LimitsMode::On);
    let token = s.get("/fi/form", &[]).await.body;
    s.clock.advance(SignedDuration::from_secs(20));
    let answer = s
        .post(
            "/fi/form",
            &[("_token", &token), ("text", "apua\0\r\nheti")],
            &[OWN],
        )
        .await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, "apua\nheti||20")
    );
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let s = sample(LimitsMode::On);
    let token = s.get("/fi/form", &[]).await.body;
    let foreign = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.test"),
        ("origin", "null"),
    ];
    for header in foreign {
        let answer = s
            .post("/fi/form", &[("_token", &token), ("text", "x")], &[header])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{header:?}");
        assert!(
            !answer.body.contains(r#"name="text""#),
            "a foreign form must not be offered for sending again"
        );
    }
    let own = s
        .post(
            "/fi/form",
            &[("_token", &token)],
            &[("origin", "https://noste.test")],
        )
        .await;
    assert_eq!(own.status, StatusCode::OK);
}

#[tokio::test]
async fn without_a_token_nothing_is_done() {
    let s = sample(LimitsMode::On);
    let token = s.get("/work", &[AINO]).await.body;
    // No word from the browser about where it comes from: only the token counts.
    for bad in ["", "x", "AAAA", &token[1..]] {
        let answer = s
            .post("/work", &[("_token", bad), ("text", "x")], &[AINO])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{bad}");
    }
    let others = s
        .post("/work", &[("_token", &token), ("text", "x")], &[VILLE])
        .await;
    assert_eq!(
        others.status,
        StatusCode::FORBIDDEN,
        "a token is bound to its session"
    );
    let own = s
        .post("/work", &[("_token", &token), ("text", "x")], &[AINO])
        .await;
    assert_eq!(own.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_that_comes_too_late_is_not_lost() {
    let s = sample(LimitsMode::On);
    let token = s.get("/fi/form", &[]).await.body;
    s.clock.advance(SignedDuration::from_hours(25));
    let text = "pitkä \"teksti\" <b>";
    let late = s
        .post("/fi/form", &[("_token", &token), ("text", text)], &[OWN])
        .await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    assert!(
        late.body
            .contains(r#"name="text" value="pitkä &#34;teksti&#34; &#60;b&#62;""#),
        "{}",
        late.body
    );
    let fresh = late
        .body
        .split(r#"name="_token" value=""#)
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let again = s
        .post("/fi/form", &[("_token", fresh), ("text", text)], &[OWN])
        .await;
    assert_eq!(
        (again.status, again.body),
        (StatusCode::OK, format!("{text}||0"))
    );
}

#[tokio::test]
async fn a_form_whose_session_ended_is_not_lost() {
    let s = sample(LimitsMode::On);
    let token = s.get("/work", &[AINO]).await.body;
    let ended = s
        .post("/work", &[("_token", &token), ("text", "tärkeä")], &[OWN])
        .await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    assert!(ended.body.contains(r#"name="text" value="tärkeä""#));
    let again = s
        .post(
            "/work",
            &[("_token", &token), ("text", "tärkeä")],
            &[OWN, AINO],
        )
        .await;
    assert_eq!(again.status, StatusCode::OK);
}

#[tokio::test]
async fn guards_hold_for_reading_and_writing() {
    let s = sample(LimitsMode::On);
    let signed_out = s.get("/work", &[]).await;
    assert_eq!(
        (signed_out.status, signed_out.header("location")),
        (StatusCode::SEE_OTHER, "/")
    );
    assert_eq!(s.get("/contacts", &[AINO]).await.status, StatusCode::OK);
    let forbidden = s.get("/contacts", &[VILLE]).await;
    let missing = s.get("/no-such-thing", &[VILLE]).await;
    assert_eq!(forbidden.status, StatusCode::NOT_FOUND);
    assert_eq!(
        forbidden.body, missing.body,
        "no right and no such page must look the same"
    );
    let token = s.get("/work", &[VILLE]).await.body;
    let write = s
        .post(
            "/contacts",
            &[("_token", &token), ("text", "x")],
            &[VILLE, OWN],
        )
        .await;
    assert_eq!(write.status, StatusCode::NOT_FOUND);
    assert!(!write.body.contains(r#"name="text""#));
}

#[tokio::test]
async fn limits_count_each_client_and_refill() {
    let s = sample(LimitsMode::On);
    let from = |address| ("x-forwarded-for", address);
    let first = from("203.0.113.5");
    for _ in 0..2 {
        assert_eq!(s.get("/tight", &[first]).await.status, StatusCode::OK);
    }
    let refused = s.get("/tight", &[first]).await;
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (StatusCode::TOO_MANY_REQUESTS, "61")
    );
    assert!(refused.body.contains("Odota"), "{}", refused.body);
    assert_eq!(
        s.get("/tight", &[from("203.0.113.6")]).await.status,
        StatusCode::OK,
        "another client"
    );
    let pretended = s.get("/tight", &[from("198.51.100.1, 203.0.113.5")]).await;
    assert_eq!(
        pretended.status,
        StatusCode::TOO_MANY_REQUESTS,
        "only the proxy's own word counts"
    );
    let signed_in = s.get("/tight", &[first, AINO]).await;
    assert_eq!(
        signed_in.status,
        StatusCode::OK,
        "somebody signed in has a bucket of their own"
    );
    s.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(s.get("/tight", &[first]).await.status, StatusCode::OK);
    assert_eq!(
        s.get("/tight", &[first]).await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[tokio::test]
async fn guesses_are_counted_by_address_whoever_is_signed_in() {
    let s = sample(LimitsMode::On);
    let from = |address| ("x-forwarded-for", address);
    let first = from("203.0.113.5");
    for who in [AINO, VILLE] {
        assert_eq!(s.get("/guess", &[first, who]).await.status, StatusCode::OK);
    }
    for headers in [&[first, AINO][..], &[first]] {
        let refused = s.get("/guess", headers).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    }
    let elsewhere = s.get("/guess", &[from("203.0.113.6"), AINO]).await;
    assert_eq!(elsewhere.status, StatusCode::OK);
}

#[tokio::test]
async fn sizes_are_limited() {
    let s = sample(LimitsMode::Off);
    let token = s.get("/fi/form", &[]).await.body;
    let long = "x".repeat(65 * 1024);
    let answer = s
        .post("/fi/form", &[("_token", &token), ("text", &long)], &[OWN])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("a", "b"), 600).collect();
    let answer = s.post("/fi/form", &many, &[OWN]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = s
        .post("/api/v1/echo", &[("body", "longer than sixteen")], &[])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = s.post("/api/v1/echo", &[("a", "b")], &[]).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, "a=b")
    );
}

#[tokio::test]
async fn attachments_are_read() {
    let s = sample(LimitsMode::Off);
    let token = s.get("/fi/form", &[]).await.body;
    let part = |head: &str, body: &str| {
        format!("--sep\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let body = [
        part(r#"name="_token""#, &token),
        part(r#"name="text""#, "häätö"),
        part(r#"name="file"; filename="C:\kuvat\lasku.pdf""#, "%PDF"),
        part(r#"name="file"; filename="""#, ""),
        "--sep--\r\n".to_owned(),
    ]
    .concat();
    let mut request = get(
        "/fi/form",
        &[OWN, ("content-type", "multipart/form-data; boundary=sep")],
    );
    *request.method_mut() = Method::POST;
    *request.body_mut() = Body::from(body);
    let answer = s.send(request).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, "häätö|lasku.pdf=4|0")
    );
}

#[test]
fn no_posted_bytes_make_a_fault() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let s = sample(LimitsMode::Off);
    let kinds = prop::sample::select(vec![
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=sep",
        "multipart/form-data; boundary=\"\u{7f}",
        "application/json",
        "",
    ]);
    let part = prop::collection::vec(any::<u8>(), 0..300);
    let framed = part.clone().prop_map(|bytes| {
        let mut body = b"--sep\r\nContent-Disposition: form-data; name=\"a\"".to_vec();
        body.extend(bytes);
        body.extend(b"\r\n--sep--\r\n");
        body
    });
    let config = ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner
        .run(&(kinds, prop_oneof![part, framed]), |(kind, bytes)| {
            let mut request = get("/fi/form", &[OWN]);
            *request.method_mut() = Method::POST;
            if let Ok(kind) = kind.parse() {
                request.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            *request.body_mut() = Body::from(bytes);
            let answer = runtime.block_on(s.send(request));
            prop_assert!(
                answer.status.is_client_error(),
                "{} for {kind}",
                answer.status
            );
            Ok(())
        })
        .unwrap();
}
