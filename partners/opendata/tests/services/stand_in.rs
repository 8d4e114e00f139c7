//! A stand-in of the three services that answers with stored real examples, and misbehaves when it is told to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use opendata::Settings;

pub const DATA_CSV: &str = include_str!("../examples/data_127_2009_total.csv");
pub const DATA_JSON: &str = include_str!("../examples/data_127_2009_json_form.json");
pub const INDICATORS: &str = include_str!("../examples/indicators_list_sample.json");
pub const REGIONS: &str = include_str!("../examples/regions_sample.json");
pub const REGIONS_CSV: &str = include_str!("../examples/regions_2016.csv");
pub const STATFIN_QUERY: &str = include_str!("../examples/statfin_query_before_2026_06.json");
const SHAPE: &str = include_str!("../examples/indicator_metadata_shape.json");

/// The name that is let in.
pub const AGENT: &str = "Noste/0.1 (+https://example.org/noste)";

/// How the service behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Right,
    /// The connection ends in the middle of the answer.
    BrokenOff,
    /// The answer ends early and says that it is whole.
    Half,
    Slow,
    /// A byte now and then.
    Dripping,
    /// On to another path of the same host.
    Onward,
    /// On to another host.
    Elsewhere,
    /// To the same host by another port.
    OtherPort,
    Circle,
    Oversized,
    /// A page of a gateway, with success.
    Page,
    /// Data of another indicator and year.
    Other,
    /// Two values of one cell.
    Double,
    NotText,
    Packed,
    Error,
    Busy,
    /// Nothing at all is listed.
    Empty,
}

#[derive(Clone)]
pub struct StandIn {
    pub origin: String,
    pub inside: Arc<Mutex<Inside>>,
}

pub struct Inside {
    pub manner: Manner,
    /// Path and query of each question.
    pub asked: Vec<String>,
    pub agents: Vec<String>,
    /// Questions that were open at once, at most.
    pub together: usize,
    open: usize,
}

impl StandIn {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let inside = Inside {
            manner: Manner::Right,
            asked: Vec::new(),
            agents: Vec::new(),
            together: 0,
            open: 0,
        };
        let one = Self {
            origin,
            inside: Arc::new(Mutex::new(inside)),
        };
        let router = Router::new().fallback(answer).with_state(one.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        one
    }

    pub fn behave(&self, manner: Manner) {
        self.inside.lock().unwrap().manner = manner;
    }

    pub fn asked(&self) -> Vec<String> {
        self.inside.lock().unwrap().asked.clone()
    }

    /// Settings for tests: no gap, half a second of patience, 64 kB.
    pub fn settings(&self) -> Settings {
        let mut settings = Settings::new(format!("{}/rest/1.1", self.origin), AGENT);
        settings.gap = Duration::ZERO;
        settings.patience = Duration::from_millis(1_500);
        settings.most = 200_000;
        settings
    }
}

async fn answer(State(one): State<StandIn>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let agent = parts.headers.get(header::USER_AGENT);
    let agent = agent
        .and_then(|a| a.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let sent = axum::body::to_bytes(body, 100_000).await.unwrap();
    let manner = {
        let mut inside = one.inside.lock().unwrap();
        inside.asked.push(format!("{path}?{query}"));
        inside.agents.push(agent.clone());
        inside.open += 1;
        inside.together = inside.together.max(inside.open);
        inside.manner
    };
    let right = right(&parts.method, &path, &query, &agent, &sent);
    let response = misbehave(manner, right, &one.origin, &path, &query).await;
    one.inside.lock().unwrap().open -= 1;
    response
}

async fn misbehave(
    manner: Manner,
    right: Result<String, (StatusCode, &'static str)>,
    origin: &str,
    path: &str,
    query: &str,
) -> Response {
    let to = |place: String| (StatusCode::FOUND, [(header::LOCATION, place)]).into_response();
    let right = match right {
        Ok(text) => text,
        Err((status, words)) => return (status, words).into_response(),
    };
    match manner {
        Manner::Right => right.into_response(),
        Manner::BrokenOff => {
            let half = Bytes::from(right[..right.len() / 2].to_owned());
            let parts = stream::unfold(Some(half), |half| async move {
                if let Some(half) = half {
                    return Some((Ok(half), None));
                }
                // The first half is on its way before the wire is cut.
                tokio::time::sleep(Duration::from_millis(50)).await;
                Some((Err(std::io::Error::other("the wire was cut")), None))
            });
            Body::from_stream(parts).into_response()
        }
        // Not at the end of a line: a table of lines that is cut there looks whole, which is why values are asked as JSON.
        Manner::Half => right[..right.len() / 2 + 3].to_owned().into_response(),
        Manner::Slow => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            right.into_response()
        }
        Manner::Dripping => {
            let drops = stream::unfold(0, |place| async move {
                tokio::time::sleep(Duration::from_millis(400)).await;
                Some((Ok::<_, std::io::Error>(Bytes::from_static(b"[")), place + 1))
            });
            Body::from_stream(drops).into_response()
        }
        Manner::Onward if path.contains("/moved/") => right.into_response(),
        Manner::Onward => to(format!(
            "{}?{query}",
            path.replace("/rest/", "/moved/rest/")
        )),
        Manner::Elsewhere => to(format!("https://elsewhere.example{path}")),
        Manner::OtherPort => to(format!("http://127.0.0.1:9{path}")),
        Manner::Circle => to(format!("{origin}{path}?{query}")),
        Manner::Oversized => {
            let block = Bytes::from(vec![b' '; 50_000]);
            let blocks = stream::unfold(0, move |count| {
                let block = block.clone();
                async move { Some((Ok::<_, std::io::Error>(block), count + 1)) }
            });
            Body::from_stream(blocks).into_response()
        }
        Manner::Page => "<!DOCTYPE html><html><body>Huoltokatko</body></html>".into_response(),
        Manner::Other => right
            .replace("127", "128")
            .replace("\"id\": 5", "\"id\": 6")
            .into_response(),
        Manner::Double => doubled(&right).into_response(),
        Manner::NotText => vec![b'[', 0xe4, 0xf6, b']'].into_response(),
        Manner::Packed => ([(header::CONTENT_ENCODING, "gzip")], right).into_response(),
        Manner::Error => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "<h1>Virhe</h1> kanta ei vastaa",
        )
            .into_response(),
        Manner::Busy => (
            StatusCode::TOO_MANY_REQUESTS,
            [(header::RETRY_AFTER, "120")],
            "",
        )
            .into_response(),
        Manner::Empty => "[]".into_response(),
    }
}

/// A value of the first area again, another one.
fn doubled(text: &str) -> String {
    let again = text.replace("\"value\": 2406.0", "\"value\": 2407.0");
    let (all, more) = (
        text.trim_end().trim_end_matches(']'),
        again.trim_start().trim_start_matches('['),
    );
    format!("{all},{more}")
}

fn right(
    method: &Method,
    path: &str,
    query: &str,
    agent: &str,
    sent: &[u8],
) -> Result<String, (StatusCode, &'static str)> {
    if !agent.contains("(+https://") {
        return Err((StatusCode::FORBIDDEN, "Forbidden"));
    }
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let end = path.rsplit_once("/1.1").map_or(path, |(_, end)| end);
    match end {
        "/regions" => Ok(REGIONS.to_owned()),
        "/indicators" => Ok(INDICATORS.to_owned()),
        "/indicators/127" => Ok(metadata(127)),
        "/json" => data(&pairs, DATA_JSON),
        "/csv" => data(&pairs, DATA_CSV),
        _ if path.contains("/PxWeb/") => crate::pxweb::right(method, path, query, sent),
        _ if path.contains("/pivot/") => crate::thl::right(path, query),
        _ => Err((StatusCode::NOT_FOUND, "no such thing")),
    }
}

/// The documented shape, about another indicator.
pub fn metadata(id: u32) -> String {
    let shape: serde_json::Value = serde_json::from_str(SHAPE).unwrap();
    let mut one = shape["example"].clone();
    one["id"] = id.into();
    one.to_string()
}

fn data(pairs: &[(String, String)], answer: &str) -> Result<String, (StatusCode, &'static str)> {
    let years: Vec<&str> = named(pairs, "years");
    if years.is_empty() || years.iter().any(|year| year.parse::<i16>().is_err()) {
        return Err((StatusCode::BAD_REQUEST, "years"));
    }
    let genders = named(pairs, "genders");
    if genders
        .iter()
        .any(|one| !["male", "female", "total"].contains(one))
    {
        return Err((StatusCode::BAD_REQUEST, "genders"));
    }
    if named(pairs, "indicator") != ["127"] {
        return Err((StatusCode::NOT_FOUND, "indicator"));
    }
    Ok(answer.to_owned())
}

fn named<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs
        .iter()
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
        .collect()
}
