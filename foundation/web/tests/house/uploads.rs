//! Large files at the door.

use axum::{
    body::{Body, Bytes},
    http::{Method, Request, StatusCode},
};
use futures_util::{FutureExt, StreamExt};
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

/// A body of which nothing ever comes.
fn endless() -> Body {
    Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>())
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

/// A body that begins with so many bytes and never ends.
fn begun(length: usize) -> Body {
    let first = futures_util::stream::once(async move {
        Ok::<_, std::io::Error>(Bytes::from(vec![0x55; length]))
    });
    Body::from_stream(first.chain(futures_util::stream::pending()))
}

#[tokio::test]
async fn who_sends_nothing_takes_no_room_and_who_fills_it_is_alone() {
    let s = sample(LimitsMode::Off);
    let mut under_way = Vec::new();
    let mut begin = |body| {
        let mut one = Box::pin(s.send(upload(OWN, body)));
        let answer = (&mut one).now_or_never();
        under_way.push(one);
        answer
    };
    for _ in 0..100 {
        assert!(begin(endless()).is_none(), "it waits for its body");
    }
    let body = form_with(&s, &photograph(MB)).await;
    let answer = s.send(upload(OWN, body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    // Bytes that have come do take room, until there is none.
    let full = (0..100)
        .find_map(|_| begin(begun(FILES - MB)))
        .expect("an end");
    assert_eq!(
        (full.status, full.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "2")
    );
    assert!(full.body.contains("<html"), "{}", full.body);
    drop(under_way);
    let body = form_with(&s, &photograph(MB)).await;
    let again = s.send(upload(OWN, body)).await;
    assert_eq!(again.status, StatusCode::OK, "the room is given back");
}

#[tokio::test]
async fn a_packed_body_is_refused_unread() {
    let s = sample(LimitsMode::Off);
    for path in ["/fi/files", "/fi/form", "/api/v1/echo"] {
        for how in ["gzip", "br", "deflate", "gzip, identity"] {
            let mut request = upload(OWN, endless());
            *request.uri_mut() = path.parse().unwrap();
            request
                .headers_mut()
                .insert("content-encoding", how.parse().unwrap());
            let answer = s.send(request).now_or_never().expect("at once");
            assert_eq!(
                (answer.status, answer.header("accept-encoding")),
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "identity"),
                "{path} {how}"
            );
        }
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_before_its_body_is_read() {
    let s = sample(LimitsMode::Off);
    for from in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.test"),
    ] {
        let answer = s.send(upload(from, endless())).now_or_never();
        assert_eq!(
            answer.map(|answer| answer.status),
            Some(StatusCode::FORBIDDEN)
        );
    }
}
