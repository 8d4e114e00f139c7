//! A house over a test's store, and a browser that speaks to it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use identity::session::{self, Sessions};
use tower::ServiceExt;
use web::{House, HouseConfig, LimitsMode, Secrets};

use crate::support::{Sample, id};

pub struct Pages {
    house: House,
    router: Router,
}

pub struct Answered {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Pages {
    pub fn of(sample: &Sample<'_>) -> Self {
        let sessions = Arc::new(Sessions::default());
        let features = || vec![web::feature(), identity::feature(false), clients::feature()];
        let config = HouseConfig {
            store: sample.store.store(),
            clock: sample.clock.clone(),
            chance: sample.store.chance.clone(),
            secrets: Secrets::new([7; 32]),
            county: web::County {
                code: "15".to_owned(),
                name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
                ..web::County::default()
            },
            demo: false,
            https: false,
            trusted_proxy_header: None,
            limits: LimitsMode::Off,
            sessions: sessions.clone(),
            extras: vec![
                sessions,
                Arc::new(sample.desk.clone()),
                Arc::new(text::search::Analysers::open()),
            ],
        };
        let house = House::new(config, &features()).unwrap();
        let router = web::assemble(&house, features());
        Self { house, router }
    }

    /// Enters with a fresh proof of who one is.
    pub async fn enter(&self, sample: &Sample<'_>, worker: [u8; 16]) -> String {
        let token = session::begin(&self.house, id(worker)).await.unwrap();
        sample.run(
            "update session set strong_at = $1",
            store::params![sample.now()],
        );
        format!("noste_session={token}; noste_language=fi")
    }

    async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let location = parts.headers.get("location");
        Answered {
            status: parts.status,
            location: location.map_or_else(String::new, |to| to.to_str().unwrap().to_owned()),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answered {
        let request = Request::builder()
            .uri(path)
            .header("host", "noste.test")
            .header("cookie", cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the token of a page of the same person.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Answered {
        let mut page = self.get("/clients", cookie).await;
        if page.status != StatusCode::OK {
            page = self.get("/clients/merges", cookie).await;
        }
        let token = hidden(&page.body, "_token");
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair(web::TOKEN_FIELD, &token)
            .finish();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", "noste.test")
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap();
    rest.split('"').next().unwrap().to_owned()
}

pub fn block_on<T>(act: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(act)
}
