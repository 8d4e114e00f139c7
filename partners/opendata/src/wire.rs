//! One question at a time over HTTP, with limits: of time, of size, of whom we talk to.

use std::time::Duration;

use reqwest::header::{
    CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER, USER_AGENT,
};
use reqwest::{Method, StatusCode, Url};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until, timeout};

use crate::{Fault, OpenDataError};

/// How many times a service may send us on within itself.
const MOST_REDIRECTS: usize = 3;
/// How much of what an error says is told.
const TOLD: usize = 200;

/// How a service is asked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the service is, without a slash at the end.
    pub base: String,
    /// Names by which we ask, with a contact address; the next is tried when the service refuses one (403). A library's own
    /// name is refused by some services, and nobody could tell us that we disturb.
    pub agents: Vec<String>,
    /// How long one answer may take, whole.
    pub patience: Duration,
    /// How long the service is left alone after an answer.
    pub gap: Duration,
    /// How large an answer may be, in bytes.
    pub most: usize,
}

impl Settings {
    /// Ordinary limits: a minute, a second between questions, 16 MB (the largest known answer, the list of all indicators, is 2.5).
    pub fn new(base: impl Into<String>, agent: impl Into<String>) -> Self {
        Self {
            base: base.into(),
            agents: vec![agent.into()],
            patience: Duration::from_secs(60),
            gap: Duration::from_secs(1),
            most: 16 << 20,
        }
    }
}

/// What is known between questions.
struct Turn {
    /// When the service may be asked again.
    free: Option<Instant>,
    /// Which of the agents was let in last.
    agent: usize,
}

/// One service.
pub(crate) struct Wire {
    settings: Settings,
    base: Url,
    http: reqwest::Client,
    turn: Mutex<Turn>,
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wire({})", self.settings.base)
    }
}

impl Wire {
    pub(crate) fn new(settings: Settings) -> Result<Self, OpenDataError> {
        let fault = |why: String| Fault::Settings(why).of(settings.base.clone());
        let base = Url::parse(&settings.base).map_err(|error| fault(error.to_string()))?;
        let here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if base.scheme() != "https" && !(here && base.scheme() == "http") {
            return Err(fault("it is not https".to_owned()));
        }
        if base.query().is_some() || !base.username().is_empty() || base.password().is_some() {
            return Err(fault("an address alone is wanted".to_owned()));
        }
        if settings.agents.is_empty() {
            return Err(fault("no agent is named".to_owned()));
        }
        for agent in &settings.agents {
            if agent.trim().is_empty() || !agent.bytes().all(|b| (b' '..=b'~').contains(&b)) {
                return Err(fault(format!("{agent:?} cannot be the name of an agent")));
            }
        }
        let http = reqwest::Client::builder()
            // Followed by hand, within the same host alone.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| fault(error.to_string()))?;
        Ok(Self {
            settings,
            base,
            http,
            turn: Mutex::new(Turn {
                free: None,
                agent: 0,
            }),
        })
    }

    /// The address of a path below the base.
    pub(crate) fn address(&self, path: &str, query: &[(&str, String)]) -> Url {
        let mut url = self.base.clone();
        let whole = format!("{}/{path}", self.base.path().trim_end_matches('/'));
        url.set_path(&whole);
        if !query.is_empty() {
            let mut pairs = url.query_pairs_mut();
            for (name, value) in query {
                pairs.append_pair(name, value);
            }
        }
        url
    }

    /// Asks for a text.
    pub(crate) async fn get(&self, url: Url) -> Result<String, OpenDataError> {
        self.ask(Method::GET, url, None).await
    }

    /// Sends a question as JSON and asks for a text.
    pub(crate) async fn post(&self, url: Url, body: String) -> Result<String, OpenDataError> {
        self.ask(Method::POST, url, Some(body)).await
    }

    async fn ask(
        &self,
        how: Method,
        url: Url,
        body: Option<String>,
    ) -> Result<String, OpenDataError> {
        let asked = url.to_string();
        // Held to the end of the answer: one question at a time.
        let mut turn = self.turn.lock().await;
        let answer = loop {
            if let Some(free) = turn.free {
                sleep_until(free).await;
            }
            let agent = &self.settings.agents[turn.agent];
            let asking = self.follow(&how, url.clone(), body.as_deref(), agent);
            let answer = timeout(self.settings.patience, asking).await;
            turn.free = Some(Instant::now() + self.settings.gap);
            match answer {
                Err(_) => break Err(Fault::Slow(self.settings.patience.as_secs_f32())),
                Ok(Err(Fault::Agent(_))) if turn.agent + 1 < self.settings.agents.len() => {
                    turn.agent += 1;
                }
                Ok(answer) => break answer,
            }
        };
        answer.map_err(|fault| fault.of(asked))
    }

    async fn follow(
        &self,
        how: &Method,
        first: Url,
        body: Option<&str>,
        agent: &str,
    ) -> Result<String, Fault> {
        let mut url = first;
        for _ in 0..=MOST_REDIRECTS {
            let mut request = self
                .http
                .request(how.clone(), url.clone())
                .header(USER_AGENT, agent);
            if let Some(body) = body {
                request = request
                    .header(CONTENT_TYPE, "application/json")
                    .body(body.to_owned());
            }
            let response = request.send().await.map_err(|error| unreachable(&error))?;
            if !response.status().is_redirection() {
                return self.taken(response, agent).await;
            }
            let next = onward(&url, response.headers())?;
            // A question that is sent, and another host, are never repeated elsewhere.
            if *how != Method::GET || next.origin() != url.origin() {
                return Err(Fault::Redirected(next.to_string()));
            }
            url = next;
        }
        Err(Fault::Redirected(format!("{url} and on")))
    }

    async fn taken(&self, mut response: reqwest::Response, agent: &str) -> Result<String, Fault> {
        let status = response.status();
        if let Some(packed) = response.headers().get(CONTENT_ENCODING)
            && packed != "identity"
        {
            // We ask for plain text; what unpacks could be of any size.
            return Err(Fault::Wrong(format!("it is packed as {packed:?}")));
        }
        let wait = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok());
        let most = if status.is_success() {
            self.settings.most
        } else {
            4 * TOLD
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
            if bytes.len() + chunk.len() > most {
                if !status.is_success() {
                    break;
                }
                return Err(Fault::Oversized(most));
            }
            bytes.extend_from_slice(&chunk);
        }
        match status {
            StatusCode::OK => String::from_utf8(bytes)
                .map(without_mark)
                .map_err(|_| Fault::Wrong("it is not UTF-8".to_owned())),
            StatusCode::FORBIDDEN => Err(Fault::Agent(agent.to_owned())),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                Err(Fault::Busy(wait))
            }
            other => Err(Fault::Status(other.as_u16(), beginning(&bytes))),
        }
    }
}

/// Text without the mark that some services put before it.
fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

fn beginning(bytes: &[u8]) -> String {
    let text = crate::plain(&String::from_utf8_lossy(bytes)).replace('\n', " ");
    text.chars().take(TOLD).collect()
}

fn onward(from: &Url, headers: &HeaderMap) -> Result<Url, Fault> {
    headers
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|place| from.join(place).ok())
        .ok_or_else(|| Fault::Wrong("it sends us on and does not say where".to_owned()))
}

fn unreachable(error: &reqwest::Error) -> Fault {
    Fault::Unreachable(causes(error))
}

fn broken(error: &reqwest::Error) -> Fault {
    Fault::Truncated(causes(error))
}

/// An error of the client with what lies under it, without the address (it is told already).
fn causes(error: &reqwest::Error) -> String {
    let mut source = std::error::Error::source(error);
    let mut told = Vec::new();
    while let Some(cause) = source {
        told.push(cause.to_string());
        source = cause.source();
    }
    if told.is_empty() {
        told.push(error.to_string());
    }
    told.dedup();
    told.join(": ")
}
