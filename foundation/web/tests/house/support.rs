//! A small house with a few routes, and a browser that speaks to it.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::clock::ManualClock;
use testkit::TestStore;
use tower::ServiceExt;
use web::{
    Answer, BoxFuture, County, Failure, Feature, Guard, House, HouseConfig, Limit, LimitsMode,
    MessageSet, NavItem, NavPlace, Posted, Route, Secrets, Session, SessionSource, Visit,
};

/// Cookies `who=aino` and `who=ville` are signed in; only Aino may read contacts.
struct Cookies;

impl SessionSource for Cookies {
    fn load<'a>(
        &'a self,
        _: &'a House,
        parts: &'a mut Parts,
    ) -> BoxFuture<'a, Result<Option<Session>, Failure>> {
        let session = web::cookie(&parts.headers, "who").map(|name| Session {
            key: *blake3::hash(name.as_bytes()).as_bytes(),
            owner: [name.as_bytes()[0]; 16],
            name: name.to_owned(),
            title_key: "nav-own".to_owned(),
        });
        Box::pin(async { Ok(session) })
    }

    fn may(&self, _: &House, session: &Session, class: &str, action: &str) -> bool {
        session.name == "aino" && (class, action) == ("contact", "read")
    }
}

pub struct Sample {
    /// Keeps the folder of the database.
    _store: TestStore,
    pub clock: Arc<ManualClock>,
    pub house: House,
    router: Router,
}

pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// What the route of large files takes, in bytes.
pub const FILES: usize = 12 * 1024 * 1024;

fn routes() -> Vec<Route> {
    const RIGHT: Guard = Guard::Right {
        class: "contact",
        action: "read",
    };
    const TIGHT: Limit = Limit {
        name: "tight",
        burst: 2,
        per_hour: 60,
    };
    const GUESS: Limit = Limit {
        name: web::GUESSES,
        burst: 2,
        per_hour: 60,
    };
    async fn shown(visit: Visit) -> String {
        visit.page("nav-own").csrf
    }
    async fn posted(State(house): State<House>, posted: Posted) -> String {
        let age = posted.age(house.now()).unwrap().as_secs();
        let files: Vec<String> = posted
            .files()
            .iter()
            .map(|file| format!("{}={}", file.file_name, file.bytes.len()))
            .collect();
        format!("{}|{}|{age}", posted.value("text"), files.join(","))
    }
    async fn panics() -> Response {
        panic!("as the test wants")
    }
    async fn busy() -> Answer {
        Err(Failure::from(store::StoreError::Busy))
    }
    async fn echo(body: axum::body::Bytes) -> Response {
        body.into_response()
    }
    vec![
        Route::get("/{lang}/form", Guard::Public, shown),
        Route::post("/{lang}/form", Guard::Public, posted).up_to(64 * 1024),
        Route::post("/{lang}/files", Guard::Public, posted).up_to(FILES),
        Route::get("/work", Guard::SignedIn, shown),
        Route::post("/work", Guard::SignedIn, posted),
        Route::get("/contacts", RIGHT, shown),
        Route::post("/contacts", RIGHT, posted),
        Route::get("/tight", Guard::Public, shown).limit(TIGHT),
        Route::get("/guess", Guard::Public, shown).limit(GUESS),
        Route::get("/sv/panic", Guard::Public, panics),
        Route::get("/busy", Guard::Public, busy),
        Route::get("/api/v1/busy", Guard::Public, busy),
        Route::post("/api/v1/echo", Guard::Public, echo).raw(16),
    ]
}

fn sample_feature() -> Feature {
    let nav = |label, href, right| NavItem {
        group: NavPlace::Own,
        order: 1,
        label,
        href,
        main: true,
        right,
    };
    Feature {
        name: "sample",
        routes: routes(),
        migrations: &[],
        nav: vec![
            nav("nav-unit", "/_components", None),
            nav("nav-knowledge", "/contacts", Some(("contact", "read"))),
        ],
        jobs: vec![],
        messages: MessageSet {
            room: "sample",
            fi: "",
            sv: "",
            en: "",
            easy: "",
        },
        events: &[],
        checks: &[],
    }
}

pub fn sample(limits: LimitsMode) -> Sample {
    let store = testkit::sqlite_store(&[]);
    let clock = store.clock.clone();
    let features = || vec![web::feature(), web::fixtures::feature(), sample_feature()];
    let config = HouseConfig {
        store: store.store(),
        clock: clock.clone(),
        chance: store.chance.clone(),
        secrets: Secrets::new([7; 32]),
        county: County {
            code: "15".to_owned(),
            name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
            name_sv: "Mellersta Finlands välfärdsområde".to_owned(),
            name_en: "Wellbeing services county of Central Finland".to_owned(),
            emergency_phone: "014 000 0101".to_owned(),
            ..County::default()
        },
        demo: true,
        https: true,
        trusted_proxy_header: Some(header::HeaderName::from_static("x-forwarded-for")),
        limits,
        sessions: Arc::new(Cookies),
        extras: vec![Arc::new(41_u16)],
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    Sample {
        _store: store,
        clock,
        house,
        router,
    }
}

impl Sample {
    pub async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answered {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// The response itself, for streams.
    pub async fn open(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answered {
        self.send(get(path, headers)).await
    }

    /// Sends a form as a browser does from our own page.
    pub async fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answered {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = get(path, headers);
        *request.method_mut() = axum::http::Method::POST;
        request.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        *request.body_mut() = Body::from(body);
        self.send(request).await
    }
}

pub fn get(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().uri(path).header("host", "noste.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

pub const AINO: (&str, &str) = ("cookie", "who=aino");
pub const VILLE: (&str, &str) = ("cookie", "who=ville");
pub const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");
