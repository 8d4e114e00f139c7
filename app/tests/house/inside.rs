//! A house without a network: requests go straight to its router.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use identity::people::StaffId;
use testkit::TestStore;
use tower::ServiceExt;
use web::{County, LimitsMode, Secrets};

use app::house::{Built, Plan, build, county};

use crate::town::{self, Town};

/// A house with the small town in it.
pub struct Inside {
    pub built: Built,
    pub town: Town,
    _kept: TestStore,
}

/// Key of the houses of tests.
pub const SECRET: [u8; 32] = [9; 32];

/// A house over a store that was filled before: a demo, so that every route exists.
pub fn plan(test: &TestStore) -> Plan {
    Plan {
        store: test.config.clone(),
        county: county("15", County::default()).expect("Keski-Suomi"),
        settings: app::house::Settings::default(),
        secrets: Secrets::new(SECRET),
        demo: true,
        https: false,
        trusted_proxy_header: None,
        limits: LimitsMode::Off,
        rooms: app::features::Rooms::ALL,
        directory: None,
    }
}

/// What came back.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub location: String,
}

impl Inside {
    /// Builds the house on SQLite, as a demo (so that every route exists) with a clock that stands still.
    pub fn new() -> Self {
        let test = testkit::sqlite_store(&town::migrations());
        let town = town::build(&test);
        test.store().shutdown();
        let plan = plan(&test);
        let built = build(plan).expect("the house opens");
        Self {
            built,
            town,
            _kept: test,
        }
    }

    /// A session cookie of a worker.
    pub async fn cookie(&self, staff: StaffId) -> String {
        let token = identity::session::begin(&self.built.house, staff)
            .await
            .expect("a session");
        format!("{}={token}", identity::session::COOKIE)
    }

    pub async fn send(&self, method: &str, path: &str, cookie: Option<&str>) -> Got {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::empty()).expect("a request");
        ask(&self.built.router, request).await
    }
}

/// One request straight to a router.
pub async fn ask(router: &Router, request: Request<Body>) -> Got {
    let response = router.clone().oneshot(request).await.expect("never fails");
    let status = response.status();
    let headers = response.headers().clone();
    let location = headers
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    // A live stream has no end; its head is enough.
    let stream = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "text/event-stream");
    let response = if stream {
        axum::response::Response::new(Body::empty())
    } else {
        response
    };
    let bytes = to_bytes(response.into_body(), 10_000_000)
        .await
        .expect("a body");
    Got {
        status,
        headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
        location,
    }
}
