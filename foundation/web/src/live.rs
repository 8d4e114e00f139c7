//! The live channel: tells open pages that something changed, never what.
//!
//! A page holds `data-live="/live?topics=contacts"`; the browser opens an event stream, and on an event fetches its
//! list again through an ordinary, guarded and logged request. No client data travels in events.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures_util::stream;
use tokio::{
    sync::{broadcast, watch},
    time::Instant,
};

use crate::{Failure, House};

/// Open streams of one session: a few tabs.
const MOST_STREAMS: usize = 8;
/// After this the browser connects anew, and the session is checked again.
const STREAM_LIFE: Duration = Duration::from_secs(600);

/// The channel of a house.
#[derive(Clone)]
pub struct Live {
    sender: broadcast::Sender<&'static str>,
    open: Arc<Mutex<HashMap<[u8; 32], usize>>>,
    /// Turns true when the house closes its doors.
    ended: Arc<watch::Sender<bool>>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(256).0,
            open: Arc::default(),
            ended: Arc::new(watch::Sender::new(false)),
        }
    }
}

impl Live {
    /// Tells every open page that something of the topic changed. Call after the commit.
    pub fn tell(&self, topic: &'static str) {
        // An error means that nobody listens.
        let _ = self.sender.send(topic);
    }

    /// A receiver of topics, for tests and jobs.
    pub fn listen(&self) -> broadcast::Receiver<&'static str> {
        self.sender.subscribe()
    }

    /// Ends every open stream: a house that stops waits for requests, and streams have no end of their own. Browsers connect
    /// anew by themselves.
    pub fn end(&self) {
        self.ended.send_replace(true);
    }

    /// How many streams are open.
    pub fn streams(&self) -> usize {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.values().sum()
    }

    fn enter(&self, key: [u8; 32]) -> Result<Place, Failure> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(key).or_default();
        if *count >= MOST_STREAMS {
            return Err(Failure::TooMany { seconds: 30 });
        }
        *count += 1;
        Ok(Place {
            live: self.clone(),
            key,
        })
    }
}

/// A place among the open streams of a session; given back when the stream ends.
struct Place {
    live: Live,
    key: [u8; 32],
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self
            .live
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.key);
            }
        }
    }
}

/// An event stream of the topics for a session.
///
/// # Errors
/// `TooMany` when the session has many streams open.
pub fn stream(
    house: &House,
    session_key: [u8; 32],
    topics: Vec<String>,
) -> Result<Response, Failure> {
    let place = house.live.enter(session_key)?;
    let state = (
        house.live.listen(),
        house.live.ended.subscribe(),
        place,
        topics,
        Instant::now() + STREAM_LIFE,
    );
    let events = stream::unfold(
        state,
        |(mut receiver, mut ended, place, topics, end)| async move {
            let topic = loop {
                let heard = tokio::select! {
                    heard = tokio::time::timeout_at(end, receiver.recv()) => heard,
                    _ = ended.wait_for(|ended| *ended) => return None,
                };
                match heard {
                    Err(_) | Ok(Err(broadcast::error::RecvError::Closed)) => return None,
                    // Missed some: the page fetches everything anyway.
                    Ok(Err(broadcast::error::RecvError::Lagged(_))) => {
                        break topics.first()?.clone();
                    }
                    Ok(Ok(topic)) if topics.iter().any(|wanted| wanted == topic) => {
                        break topic.to_owned();
                    }
                    Ok(Ok(_)) => {}
                }
            };
            let event = Event::default().event("change").data(topic);
            Some((
                Ok::<_, Infallible>(event),
                (receiver, ended, place, topics, end),
            ))
        },
    );
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
        .into_response())
}
