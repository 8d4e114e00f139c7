//! A small Sotkanet that can be told what to have and how to fail.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use opendata::Settings;
use opendata::sotkanet::Sotkanet;
use serde_json::json;

/// How it answers questions about values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Right,
    Half,
    Slow,
    Elsewhere,
    Oversized,
    Page,
    OtherYear,
    Error,
    Busy,
    Nothing,
}

pub struct Inside {
    pub manner: Manner,
    /// Answer so many questions about values, and then as `manner` says.
    pub right_for: usize,
    pub updated: Option<&'static str>,
    /// The first year there is.
    pub first: i16,
    pub asked: Vec<String>,
    /// Other values than the usual ones, without a count: (area, year).
    pub other: BTreeMap<(u32, i16), &'static str>,
}

#[derive(Clone)]
pub struct StandIn {
    pub origin: String,
    pub inside: Arc<Mutex<Inside>>,
}

/// Jyväskylä, Äänekoski, the county by its new number and its old one, the country, an area of no list.
pub const AREAS: [u32; 6] = [101, 102, 965, 885, 658, 455];

impl StandIn {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let inside = Inside {
            manner: Manner::Right,
            right_for: 0,
            updated: Some("2025-05-28"),
            first: 2022,
            asked: Vec::new(),
            other: BTreeMap::new(),
        };
        let one = Self {
            origin,
            inside: Arc::new(Mutex::new(inside)),
        };
        let router = Router::new().fallback(answer).with_state(one.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        one
    }

    pub fn client(&self) -> Sotkanet {
        let mut settings = Settings::new(
            format!("{}/rest/1.1", self.origin),
            "Noste/0 (+https://example.org)",
        );
        settings.gap = Duration::ZERO;
        settings.patience = Duration::from_millis(1_000);
        settings.most = 100_000;
        Sotkanet::new(settings).unwrap()
    }

    pub fn set(&self, change: impl FnOnce(&mut Inside)) {
        change(&mut self.inside.lock().unwrap());
    }

    /// Questions about values since the last time this was asked.
    pub fn asked_for_values(&self) -> usize {
        let mut inside = self.inside.lock().unwrap();
        let asked = std::mem::take(&mut inside.asked);
        asked.iter().filter(|one| one.contains("/json?")).count()
    }
}

async fn answer(State(one): State<StandIn>, request: Request) -> Response {
    let uri = request.uri().to_string();
    let (manner, updated, first) = {
        let mut inside = one.inside.lock().unwrap();
        inside.asked.push(uri.clone());
        let manner = if !uri.contains("/json?") {
            Manner::Right
        } else if inside.right_for > 0 {
            inside.right_for -= 1;
            Manner::Right
        } else {
            inside.manner
        };
        (manner, inside.updated, inside.first)
    };
    let right = if uri.ends_with("/regions") {
        regions()
    } else if let Some(id) = uri
        .rsplit("/indicators/")
        .next()
        .and_then(|id| id.parse::<u32>().ok())
    {
        if id == 404 {
            return (StatusCode::NOT_FOUND, "no such indicator").into_response();
        }
        indicator(id, updated, first)
    } else {
        values(&one, &uri, manner)
    };
    match manner {
        Manner::Right | Manner::OtherYear => right.into_response(),
        Manner::Half => right[..right.len() / 2].to_owned().into_response(),
        Manner::Slow => {
            tokio::time::sleep(Duration::from_secs(20)).await;
            right.into_response()
        }
        Manner::Elsewhere => (
            StatusCode::FOUND,
            [(header::LOCATION, "https://elsewhere.example/")],
        )
            .into_response(),
        Manner::Oversized => format!("[{}]", " ".repeat(200_000)).into_response(),
        Manner::Page => "<html>Huoltokatko</html>".into_response(),
        Manner::Error => (StatusCode::INTERNAL_SERVER_ERROR, "").into_response(),
        Manner::Busy => (StatusCode::SERVICE_UNAVAILABLE, "").into_response(),
        Manner::Nothing => "[]".into_response(),
    }
}

pub fn regions() -> String {
    json!([
        {"id": 101, "code": "179", "category": "KUNTA", "title": {"fi": "Jyväskylä", "sv": "Jyväskylä"}, "memberOf": [658]},
        {"id": 102, "code": "992", "category": "KUNTA", "title": {"fi": "Äänekoski"}, "memberOf": [658]},
        {"id": 965, "code": "15", "category": "HYVINVOINTIALUE", "title": {"fi": "Keski-Suomen hyvinvointialue"}},
        {"id": 885, "code": "15", "category": "HYVINVOINTIALUE", "title": {"fi": "Keski-Suomen vanha"}},
        {"id": 658, "code": "358", "category": "MAA", "title": {"fi": "Koko maa"}},
    ])
    .to_string()
}

fn indicator(id: u32, updated: Option<&str>, first: i16) -> String {
    let mut one = json!({
        "id": id, "title": {"fi": format!("Osoitin {id}"), "sv": "", "en": ""},
        "description": {"fi": "<p>Mit&auml; se on.</p>"}, "limits": {"fi": "Sarja katkeaa."},
        "range": {"start": first, "end": 2024}, "primaryValueType": {"code": "PERCENT", "title": {}}, "decimals": 1,
        "classifications": {"sex": {"values": ["total"]}, "region": {"values": ["Kunta"]}},
        "organization": {"id": 2, "title": {"fi": "Tilastokeskus"}},
    });
    if let Some(updated) = updated {
        one["data-updated"] = updated.into();
    }
    one.to_string()
}

fn values(one: &StandIn, uri: &str, manner: Manner) -> String {
    let parameter = |name: &str| {
        let found = uri
            .split(['?', '&'])
            .find_map(|part| part.strip_prefix(&format!("{name}=")));
        found.unwrap().parse::<i64>().unwrap()
    };
    let (id, asked) = (parameter("indicator"), parameter("years"));
    let year = if manner == Manner::OtherYear {
        asked - 1
    } else {
        asked
    };
    let inside = one.inside.lock().unwrap();
    let rows: Vec<_> = AREAS
        .iter()
        .map(|area| {
            let usual = f64::from(*area) / 10.0;
            let other = inside.other.get(&(*area, i16::try_from(year).unwrap()));
            let mut row = json!({"indicator": id, "region": area, "year": year, "gender": "total"});
            match other {
                Some(other) => row["value"] = json!(other),
                None => (row["value"], row["absValue"]) = (json!(usual), json!(area)),
            }
            row
        })
        .collect();
    serde_json::to_string(&rows).unwrap()
}
