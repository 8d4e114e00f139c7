//! Large files at the door.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use web::LimitsMode;

use crate::support::{FILES, OWN, Sample, get, sample};

const MB: usize = 1024 * 1024;

/// Bytes that look like a photograph.
fn photograph(length: usize) -> Vec<u8> {
    let mut bytes = vec![0x55; length];
    bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
    bytes[length - 2..].copy_from_slice(&[0xff, 0xd9]);
    bytes
}

fn upload(from: (&str, &str), body: Body) -> Request<Body> {
    let kind = ("content-type", "multipart/form-data; boundary=sep");
    let mut request = get("/fi/files", &[from, kind]);
    *request.method_mut() = Method::POST;
    *request.body_mut() = body;
    request
}

async fn form_with(s: &Sample, file: &[u8]) -> Body {
    let token = s.get("/fi/form", &[]).await.body;
    let mut body = format!(
        "--sep\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{token}\r\n\
         --sep\r\nContent-Disposition: form-data; name=\"file\"; filename=\"kuva.jpg\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--sep--\r\n");
    Body::from(body)
}

#[tokio::test]
async fn a_photograph_is_taken_up_to_the_routes_own_limit() {
    let s = sample(LimitsMode::Off);
    for length in [3 * MB, 99 * MB / 10, 105 * MB / 10] {
        let body = form_with(&s, &photograph(length)).await;
        let answer = s.send(upload(OWN, body)).await;
        assert_eq!(
            (answer.status, answer.body),
            (StatusCode::OK, format!("|kuva.jpg={length}|0"))
        );
    }
    let body = form_with(&s, &photograph(FILES)).await;
    let over = s.send(upload(OWN, body)).await;
    assert_eq!(over.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(
        over.body.contains("<html") && over.header("content-type").starts_with("text/html"),
        "a page in the reader's language: {}",
        over.body
    );
}
