//! A small load generator: connections that stay open, one request after another on each.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::table::{Figure, figure};

/// Serves a router on a free port of this machine.
pub async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0))
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).await.expect("serves");
    });
    address
}

/// The framework alone.
pub async fn bare_axum(window: Duration) -> Figure {
    let router = Router::new().route(
        "/",
        get(|| async { axum::Json(serde_json::json!({ "ok": true, "n": 1 })) }),
    );
    let address = serve(router).await;
    run(address, 64, window, 200, |_| {
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()
    })
    .await
}

/// Sends requests on `connections` connections for `window`; every answer must have the status.
pub async fn run(
    address: SocketAddr,
    connections: usize,
    window: Duration,
    status: u16,
    request: impl Fn(usize) -> Vec<u8> + Send + Sync + Clone + 'static,
) -> Figure {
    let began = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|number| {
            let request = request.clone();
            tokio::spawn(async move {
                one(
                    address,
                    number,
                    connections,
                    began + window,
                    status,
                    request,
                )
                .await
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a connection's work ends"));
    }
    figure(times, began.elapsed())
}

async fn one(
    address: SocketAddr,
    first: usize,
    step: usize,
    until: Instant,
    status: u16,
    request: impl Fn(usize) -> Vec<u8>,
) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.set_nodelay(true).expect("set");
    let mut times = Vec::new();
    let mut buffer = Vec::with_capacity(64 * 1024);
    let mut number = first;
    while Instant::now() < until {
        let began = Instant::now();
        stream.write_all(&request(number)).await.expect("written");
        let got = answer(&mut stream, &mut buffer).await;
        assert_eq!(
            got,
            status,
            "{}",
            String::from_utf8_lossy(&buffer[..buffer.len().min(600)])
        );
        times.push(began.elapsed());
        number += step;
    }
    times
}

/// One connection that stays open, with the last answer.
pub struct Line {
    stream: TcpStream,
    address: SocketAddr,
    buffer: Vec<u8>,
}

impl Line {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("connects");
        stream.set_nodelay(true).expect("set");
        Self {
            stream,
            address,
            buffer: Vec::with_capacity(256 * 1024),
        }
    }

    /// Asks for a page; gives its status. `header` is a line of the head: who asks.
    pub async fn get(&mut self, path: &str, header: &str) -> u16 {
        self.exchange("GET", path, header, "").await
    }

    /// Sends a form; gives the status.
    pub async fn post(&mut self, path: &str, header: &str, body: &str) -> u16 {
        self.exchange("POST", path, header, body).await
    }

    /// The body of the last answer.
    pub fn body(&self) -> String {
        let text = String::from_utf8_lossy(&self.buffer);
        text.split_once("\r\n\r\n")
            .map_or_else(String::new, |(_, body)| body.to_owned())
    }

    /// A line of the head of the last answer; `name` in small letters.
    pub fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.buffer);
        let (head, _) = text.split_once("\r\n\r\n")?;
        head.lines().skip(1).find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    }

    /// The beginning of the last answer, for messages.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.buffer[..self.buffer.len().min(900)]).into_owned()
    }

    async fn exchange(&mut self, method: &str, path: &str, header: &str, body: &str) -> u16 {
        let request = request(method, path, (self.address, header), body);
        self.stream.write_all(&request).await.expect("written");
        answer(&mut self.stream, &mut self.buffer).await
    }
}

/// A request as it is sent; a body is a form. `header` is a line of the head: who asks.
pub fn request(
    method: &str,
    path: &str,
    (address, header): (SocketAddr, &str),
    body: &str,
) -> Vec<u8> {
    let form = if method == "POST" {
        format!(
            "Origin: http://{address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            body.len()
        )
    } else {
        String::new()
    };
    format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n{header}\r\n{form}\r\n{body}")
        .into_bytes()
}

/// The token of the first form of a page.
pub fn form_token(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("name=\"_token\" value=\"")?;
    rest.split('"').next().map(str::to_owned)
}

/// A text as the value of a form's field.
pub fn encoded(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            all.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
            all.push('%');
            all.extend([byte >> 4, byte & 15].map(|half| digit(half).to_ascii_uppercase()));
        }
    }
    all
}

/// Reads one answer and gives its status.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> u16 {
    buffer.clear();
    loop {
        let read = stream.read_buf(buffer).await.expect("read");
        assert!(read > 0, "the connection ended");
        if let Some((status, length)) = whole(buffer)
            && buffer.len() >= length
        {
            return status;
        }
    }
}

/// Status and full length of the answer, when its head is complete.
fn whole(buffer: &[u8]) -> Option<(u16, usize)> {
    let end = buffer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&buffer[..end]).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length: usize = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")
                .map(str::trim)
                .map(str::to_owned)
        })
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    Some((status, end + 4 + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_the_value_of_a_field() {
        for (text, wanted) in [
            ("Virtanen", "Virtanen"),
            ("Hämäläinen", "H%C3%A4m%C3%A4l%C3%A4inen"),
            ("von Essen-Ö", "von%20Essen%2D%C3%96"),
            ("a&b=c+d%", "a%26b%3Dc%2Bd%25"),
            ("", ""),
        ] {
            assert_eq!(encoded(text), wanted);
        }
    }

    #[test]
    fn the_first_token_of_a_page_is_found() {
        let page = r#"<form><input type="hidden" name="_token" value="abc"></form><input name="_token" value="d">"#;
        assert_eq!(form_token(page).as_deref(), Some("abc"));
        assert_eq!(form_token("<form></form>"), None);
    }
}
