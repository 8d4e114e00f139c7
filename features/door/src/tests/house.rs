//! A county with an advice unit and an area's unit, and a browser that keeps cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use intake::domain::{ContactId, IntakeSettings};
use intake::store::sender::{self, SenderView};
use intake::store::{Desk, Worker};
use kernel::clock::ManualClock;
use kernel::language::Language;
use kernel::time::{Date, SignedDuration};
use store::{Query, StoreError, WriteTx};
use testkit::{TestStore, postgres_store, sqlite_store};
use text::analysis::Analyser;
use text::signals::Detector;
use tower::ServiceExt;
use web::receipt::ReceiptCode;
use web::{County, House, HouseConfig, LimitsMode, NoSessions, Secrets, assemble};

pub const ADVICE: [u8; 16] = [1; 16];
pub const AREA: [u8; 16] = [2; 16];
pub const JAANA: [u8; 16] = [3; 16];
pub const LEENA: [u8; 16] = [4; 16];
/// Jyväskylä, which the area's unit answers for.
pub const JYVASKYLA: &str = "179";

pub struct TestHouse {
    pub house: House,
    pub store: TestStore,
    pub clock: Arc<ManualClock>,
    pub desk: Arc<Desk>,
    router: Router,
}

#[derive(Debug)]
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

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// The value of a hidden field or of a mark in the page.
    pub fn between(&self, start: &str, end: &str) -> String {
        let rest = self
            .body
            .split_once(start)
            .unwrap_or_else(|| panic!("{start} is not in {}", self.body))
            .1;
        rest.split_once(end)
            .map_or(rest, |(found, _)| found)
            .to_owned()
    }
}

fn detector() -> Detector {
    let open = |language| Arc::new(Analyser::stemmer_only(language));
    Detector::new(open(Language::Fi), open(Language::Sv), open(Language::En)).unwrap()
}

fn unit(id: [u8; 16], kind: UnitKind, name: &str) -> Unit {
    Unit {
        id: UnitId::from_bytes(id),
        code: name.to_lowercase(),
        kind,
        name_fi: name.to_owned(),
        name_sv: format!("{name} sv"),
        name_en: format!("{name} en"),
        phone: Some("014 000 0100".to_owned()),
        lead: StaffId::from_bytes(LEENA),
    }
}

fn staff(id: [u8; 16], name: &str) -> Staff {
    Staff {
        id: StaffId::from_bytes(id),
        name: name.to_owned(),
        sort_key: name.to_lowercase(),
        title: "front_door".to_owned(),
        tasks: vec!["front_door".to_owned()],
        qualifications: vec!["sc".to_owned()],
        unit: UnitId::from_bytes(ADVICE),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    }
}

fn people_of(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    people::add_unit(tx, &unit(ADVICE, UnitKind::Advice, "Neuvonta"))?;
    people::add_unit(tx, &unit(AREA, UnitKind::SocialWork, "Keskusta"))?;
    people::assign_municipality(tx, JYVASKYLA, UnitId::from_bytes(AREA))?;
    people::add_staff(tx, &staff(JAANA, "Jaana Hallikainen"))?;
    people::add_staff(tx, &staff(LEENA, "Leena Lehto"))
}

fn migrations() -> Vec<store::Migration> {
    intake::rooms()
}

impl TestHouse {
    pub fn new() -> Self {
        Self::with_limits(LimitsMode::Off)
    }

    pub fn with_limits(limits: LimitsMode) -> Self {
        Self::over(sqlite_store(&migrations()), limits)
    }

    /// The same house over PostgreSQL.
    pub fn on_postgres() -> Self {
        Self::over(postgres_store(&migrations()), LimitsMode::Off)
    }

    fn over(store: TestStore, limits: LimitsMode) -> Self {
        store.write_blocking(people_of).unwrap();
        let clock = store.clock.clone();
        let desk = Arc::new(Desk {
            clock: clock.clone(),
            chance: store.chance.clone(),
            settings: Arc::new(IntakeSettings::default()),
            calendar: Arc::new(law::Calendar::finland()),
        });
        let config = HouseConfig {
            store: store.store(),
            clock: clock.clone(),
            chance: store.chance.clone(),
            secrets: Secrets::new([7; 32]),
            county: County {
                code: "15".to_owned(),
                name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
                name_sv: "Mellersta Finlands välfärdsområde".to_owned(),
                name_en: "Central Finland wellbeing services county".to_owned(),
                advice_phone: "014 000 0100".to_owned(),
                emergency_phone: "014 000 0101".to_owned(),
                ..County::default()
            },
            demo: false,
            https: true,
            trusted_proxy_header: None,
            limits,
            sessions: Arc::new(NoSessions),
            extras: vec![desk.clone(), Arc::new(detector())],
        };
        let house = House::new(config, &[web::feature(), crate::feature()]).unwrap();
        let router = assemble(&house, vec![web::feature(), crate::feature()]);
        Self {
            house,
            store,
            clock,
            desk,
            router,
        }
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser {
            test: self,
            jar: BTreeMap::new(),
            takes_cookies: true,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub fn count(&self, table: &'static str) -> i64 {
        let sql = format!("select count(*) from {table}");
        self.store
            .read_blocking(move |tx| tx.query_one(&sql, &[])?.get(0))
            .map_err(|error: StoreError| error)
            .unwrap()
    }

    /// A column of the only contact there is.
    pub fn contact(&self, column: &'static str) -> String {
        let sql = format!("select coalesce(cast({column} as text), '') from contact");
        self.store
            .read_blocking(move |tx| tx.query_one(&sql, &[])?.get(0))
            .map_err(|error: StoreError| error)
            .unwrap()
    }

    /// Every text in the tables where a sender's words are kept.
    pub fn kept_texts(&self) -> Vec<String> {
        const COLUMNS: [&str; 11] = [
            "own_words from contact",
            "title from contact",
            "person_name from contact",
            "phone from contact",
            "other_language from contact",
            "authority from contact",
            "authority_contact from contact",
            "body from contact_message",
            "body from contact_event",
            "what from task",
            "file_name from attachment",
        ];
        let mut texts = Vec::new();
        for column in COLUMNS {
            let sql = format!("select {column}");
            let rows = self
                .store
                .read_blocking(move |tx| tx.query(&sql, &[]))
                .map_err(|error: StoreError| error);
            for row in rows.unwrap() {
                texts.extend(row.get::<Option<String>>(0).unwrap());
            }
        }
        texts
    }

    pub fn view(&self, code: &str) -> SenderView {
        let (desk, code) = (Arc::clone(&self.desk), ReceiptCode::parse(code).unwrap());
        let key = crate::receive::key(&self.house);
        self.store
            .write_blocking(move |tx| sender::view(tx, &desk, &code, &key))
            .unwrap()
            .value
    }

    /// A worker at the front door.
    pub fn worker(&self) -> Worker {
        Worker {
            staff: StaffId::from_bytes(JAANA),
            unit: UnitId::from_bytes(ADVICE),
            subject: access::rights::Subject::employee(["front_door"], ["sc"]),
        }
    }

    /// The worker takes the contact of a code and does something more with it.
    pub fn take_and<F>(&self, code: &str, then: F)
    where
        F: FnOnce(
                &mut WriteTx<'_>,
                &Desk,
                &Worker,
                ContactId,
            ) -> Result<(), intake::domain::IntakeError>
            + Send
            + 'static,
    {
        self.work(code, |tx, desk, worker, id| {
            intake::store::holding::take(tx, desk, worker, id)?;
            then(tx, desk, worker, id)
        });
    }

    /// The worker does something with the contact of a code.
    pub fn work<F>(&self, code: &str, act: F)
    where
        F: FnOnce(
                &mut WriteTx<'_>,
                &Desk,
                &Worker,
                ContactId,
            ) -> Result<(), intake::domain::IntakeError>
            + Send
            + 'static,
    {
        let (desk, worker, id) = (Arc::clone(&self.desk), self.worker(), self.view(code).id);
        self.store
            .write_blocking(move |tx| act(tx, &desk, &worker, id))
            .unwrap();
    }
}

pub struct Browser<'a> {
    test: &'a TestHouse,
    pub jar: BTreeMap<String, String>,
    pub takes_cookies: bool,
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Answered {
        self.send(Method::GET, path, "", Body::empty()).await
    }

    /// Opens a page, waits as long as a person who reads, and posts a form of it.
    pub async fn fill(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let token = self
            .get(path)
            .await
            .between("name=\"_token\" value=\"", "\"");
        self.test.clock.advance(SignedDuration::from_secs(20));
        self.post(path, &[&[("_token", token.as_str())], fields].concat())
            .await
    }

    /// Posts fields; without a token the house makes one as for a page that was read.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.send(
            Method::POST,
            path,
            "application/x-www-form-urlencoded",
            Body::from(body),
        )
        .await
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        content_type: &str,
        body: Body,
    ) -> Answered {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin");
        if !content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        if !self.jar.is_empty() {
            let cookies: Vec<String> = self
                .jar
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let answered = self.test.send(request.body(body).unwrap()).await;
        if self.takes_cookies {
            self.keep(&answered);
        }
        answered
    }

    fn keep(&mut self, answered: &Answered) {
        for cookie in answered.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if text.contains("Max-Age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Follows a redirect.
    pub async fn follow(&mut self, answered: &Answered) -> Answered {
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
        let path = answered.header("location").to_owned();
        self.get(&path).await
    }

    /// Sends a contact and gives its receipt code.
    pub async fn contact(&mut self, fields: &[(&str, &str)]) -> String {
        let sent = self.fill("/fi/yhteydenotto", fields).await;
        self.follow(&sent)
            .await
            .between("id=\"receipt-code\">", "<")
    }
}
