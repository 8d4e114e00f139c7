//! The listener: connections are taken, watched, and served with HTTP/1.1, with or without TLS.
//!
//! The framework's own listener has no limits, and speaks HTTP/2 in the clear when any crate of the program asks for it.

pub mod lines;
pub mod tls;
mod watched;

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tower::ServiceExt;

use lines::{Line, Lines, Place};
use tls::Keys;
use watched::{Answer, Watched};

/// Bytes of a request's head. Ours are under 2 kB; a proxy adds some.
const HEAD_BYTES: usize = 32 * 1024;
/// Buffer of a connection in each direction.
const BUFFER_BYTES: usize = 64 * 1024;
/// Time of a TLS handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How often connections are looked over.
const LOOK: Duration = Duration::from_secs(1);
/// Pause when the machine has no more open files to give.
const BREATH: Duration = Duration::from_millis(200);

/// What serves the connections of one address.
pub struct Server {
    pub router: Router,
    pub lines: Arc<Lines>,
    /// With a key the listener speaks TLS.
    pub keys: Option<Arc<Keys>>,
}

impl Server {
    /// Takes connections until it is told to stop, then lets requests end for at most `patience`. Tells whether all did.
    pub async fn run(
        self,
        listener: TcpListener,
        mut stopped: watch::Receiver<bool>,
        patience: Duration,
    ) -> bool {
        let (alive, mut all_gone) = mpsc::channel::<()>(1);
        let server = Arc::new(self);
        let sweeping = tokio::spawn(sweep(Arc::clone(&server.lines)));
        let stopping = stopped.clone();
        loop {
            let taken = tokio::select! {
                taken = listener.accept() => taken,
                _ = stopped.wait_for(|stopped| *stopped) => break,
            };
            let (stream, peer) = match taken {
                Ok(taken) => taken,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATH).await;
                    continue;
                }
            };
            let Some(place) = server.lines.enter(peer.ip()) else {
                continue;
            };
            let (server, stopping, alive) = (Arc::clone(&server), stopping.clone(), alive.clone());
            tokio::spawn(async move {
                server.connection(stream, peer, place, stopping).await;
                drop(alive);
            });
        }
        drop((listener, alive));
        let ended = tokio::time::timeout(patience, all_gone.recv()).await;
        sweeping.abort();
        ended.is_ok()
    }

    async fn connection(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        place: Place,
        stopping: watch::Receiver<bool>,
    ) {
        // A small answer must not wait for the next one.
        if stream.set_nodelay(true).is_err() {
            return;
        }
        let line = Arc::clone(&place.line);
        match &self.keys {
            None => self.speak(stream, peer, line, stopping).await,
            Some(keys) => {
                let shaking = tokio::time::timeout(HANDSHAKE, keys.acceptor().accept(stream));
                let shaken = tokio::select! {
                    shaken = shaking => shaken,
                    () = line.cut.notified() => return,
                };
                if let Ok(Ok(stream)) = shaken {
                    line.waits();
                    self.speak(stream, peer, line, stopping).await;
                }
            }
        }
        drop(place);
    }

    async fn speak<S>(
        &self,
        stream: S,
        peer: SocketAddr,
        line: Arc<Line>,
        mut stopping: watch::Receiver<bool>,
    ) where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(|request| self.answer(request, peer, Arc::clone(&line)));
        let io = TokioIo::new(Watched {
            stream,
            line: Arc::clone(&line),
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            // The lines are stricter; this is for a head that came with the request before.
            .header_read_timeout(Duration::from_secs(90))
            .max_header_size(HEAD_BYTES)
            .max_buf_size(BUFFER_BYTES)
            .serve_connection(io, service);
        let mut connection = pin!(connection);
        let mut asked = false;
        loop {
            tokio::select! {
                // Whatever ends a connection is the other side's business: nothing is told.
                _ = connection.as_mut() => return,
                () = line.cut.notified() => return,
                _ = stopping.wait_for(|stopped| *stopped), if !asked => {
                    connection.as_mut().graceful_shutdown();
                    asked = true;
                }
            }
        }
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        line: Arc<Line>,
    ) -> Result<Response<Answer>, std::convert::Infallible> {
        line.works();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await?;
        Ok(response.map(|body| Answer { body, line }))
    }
}

async fn sweep(lines: Arc<Lines>) {
    loop {
        tokio::time::sleep(LOOK).await;
        lines.sweep(Instant::now());
    }
}
