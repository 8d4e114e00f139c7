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

    /// The beginning of the last answer, for messages.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.buffer[..self.buffer.len().min(900)]).into_owned()
    }

    async fn exchange(&mut self, method: &str, path: &str, header: &str, body: &str) -> u16 {
        let form = if method == "POST" {
            format!(
                "Origin: http://{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                self.address,
                body.len()
            )
        } else {
            String::new()
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{header}\r\n{form}\r\n{body}",
            self.address
        );
        self.stream
            .write_all(request.as_bytes())
            .await
            .expect("written");
        answer(&mut self.stream, &mut self.buffer).await
    }
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
