//! A small county with programs: two units, four workers, and tokens for any of them.

use std::net::SocketAddr;
use std::sync::Arc;

use ::clients::ClientId;
use ::clients::relations::{self, NewRelation, Tails};
use ::clients::store::create::{self, NewClient};
use ::clients::store::{ClientSettings, Desk as ClientDesk};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use casework::store::Casework;
use http_body_util::BodyExt;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::tokens::SCOPES;
use intake::domain::IntakeSettings;
use intake::store::{Desk, Worker};
use kernel::clock::ManualClock;
use kernel::language::Language;
use kernel::time::{Date, SignedDuration};
use serde_json::Value;
use store::{Query, StoreError, WriteTx};
use testkit::schema::{self, is_described};
use testkit::{TestStore, postgres_store, sqlite_store};
use text::analysis::Analyser;
use text::search::Analysers;
use tower::ServiceExt;
use web::{County, House, HouseConfig, LimitsMode, NoSessions, Secrets, assemble};

use crate::Tokens;
use crate::grant::{self, NewToken};

pub const ADVICE: [u8; 16] = [1; 16];
pub const AREA: [u8; 16] = [2; 16];
/// Counsellor of the advice unit.
pub const JAANA: [u8; 16] = [3; 16];
/// Leads both units.
pub const LEENA: [u8; 16] = [4; 16];
/// Social worker of the area.
pub const SAMI: [u8; 16] = [5; 16];
/// Administrator of users: sees no client.
pub const OTTO: [u8; 16] = [6; 16];

pub struct TestHouse {
    pub house: House,
    pub store: TestStore,
    pub clock: Arc<ManualClock>,
    pub desk: Arc<Desk>,
    pub clients: Arc<ClientDesk>,
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

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }
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

fn staff(id: [u8; 16], name: &str, task: &str, qualification: &str, unit: [u8; 16]) -> Staff {
    Staff {
        id: StaffId::from_bytes(id),
        name: name.to_owned(),
        sort_key: name.to_lowercase(),
        title: "counsellor".to_owned(),
        tasks: vec![task.to_owned()],
        qualifications: vec![qualification.to_owned()],
        unit: UnitId::from_bytes(unit),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    }
}

fn people_of(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    people::add_unit(tx, &unit(ADVICE, UnitKind::Advice, "Neuvonta"))?;
    people::add_unit(tx, &unit(AREA, UnitKind::SocialWork, "Keskusta"))?;
    people::add_staff(
        tx,
        &staff(
            JAANA,
            "Jaana Hallikainen",
            "front_door",
            "sc+office",
            ADVICE,
        ),
    )?;
    people::add_staff(
        tx,
        &staff(LEENA, "Leena Lehto", "lead", "sw+office", ADVICE),
    )?;
    people::add_staff(
        tx,
        &staff(SAMI, "Sami Salo", "broad_responsibility", "sw+office", AREA),
    )?;
    people::add_staff(
        tx,
        &staff(OTTO, "Otto Ojala", "user_admin", "other", ADVICE),
    )
}

fn analysers() -> Analysers {
    let open = |language| Arc::new(Analyser::stemmer_only(language));
    Analysers {
        fi: open(Language::Fi),
        sv: open(Language::Sv),
        en: open(Language::En),
    }
}

fn features() -> Vec<web::Feature> {
    vec![web::feature(), crate::feature()]
}

fn migrations() -> Vec<store::Migration> {
    [
        identity::MIGRATIONS,
        intake::MIGRATIONS,
        ::clients::MIGRATIONS,
        casework::MIGRATIONS,
        crate::MIGRATIONS,
    ]
    .concat()
}

impl TestHouse {
    pub fn new() -> Self {
        Self::over(sqlite_store(&migrations()), LimitsMode::Off)
    }

    pub fn with_limits() -> Self {
        Self::over(sqlite_store(&migrations()), LimitsMode::On)
    }

    /// The same house over PostgreSQL.
    pub fn on_postgres() -> Self {
        Self::over(postgres_store(&migrations()), LimitsMode::Off)
    }

    fn over(store: TestStore, limits: LimitsMode) -> Self {
        store.write_blocking(people_of).unwrap();
        let clock = store.clock.clone();
        let calendar = Arc::new(law::Calendar::finland());
        let secrets = Secrets::new([7; 32]);
        let desk = Arc::new(Desk {
            clock: clock.clone(),
            chance: store.chance.clone(),
            settings: Arc::new(IntakeSettings::default()),
            calendar: Arc::clone(&calendar),
        });
        let clients = Arc::new(ClientDesk::new(
            clock.clone(),
            store.chance.clone(),
            &secrets,
            ClientSettings {
                organisation: "1.2.246.10.12345671".to_owned(),
                ..ClientSettings::default()
            },
            calendar,
        ));
        let work = Casework {
            clock: clock.clone(),
            chance: store.chance.clone(),
            settings: Arc::default(),
            calendar: Arc::new(law::Calendar::finland()),
            analysers: Arc::new(analysers()),
            clients: Arc::clone(&clients),
            endings: Default::default(),
        };
        let config = HouseConfig {
            store: store.store(),
            clock: clock.clone(),
            chance: store.chance.clone(),
            secrets,
            county: County {
                code: "15".to_owned(),
                name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
                name_sv: "Mellersta Finlands välfärdsområde".to_owned(),
                name_en: "Central Finland wellbeing services county".to_owned(),
                ..County::default()
            },
            demo: false,
            https: true,
            trusted_proxy_header: None,
            limits,
            sessions: Arc::new(NoSessions),
            extras: vec![
                desk.clone(),
                clients.clone(),
                Arc::new(work),
                Arc::new(Tokens::bearers()),
            ],
        };
        let house = House::new(config, &features()).unwrap();
        let router = assemble(&house, features());
        Self {
            house,
            store,
            clock,
            desk,
            clients,
            router,
        }
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answered {
        let peer: SocketAddr = "192.0.2.1:40000".parse().unwrap();
        if request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .is_none()
        {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// A token with these scopes for a worker.
    pub fn token_for(&self, worker: [u8; 16], scopes: &[&str]) -> String {
        self.grant(worker, scopes, &[], 30)
    }

    /// A token with every scope for a worker.
    pub fn token(&self, worker: [u8; 16]) -> String {
        self.token_for(worker, &SCOPES)
    }

    pub fn grant(
        &self,
        worker: [u8; 16],
        scopes: &[&str],
        addresses: &[&str],
        days: i64,
    ) -> String {
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        let new = NewToken {
            name: "Koe".to_owned(),
            owner: StaffId::from_bytes(OTTO),
            approved_by: StaffId::from_bytes(LEENA),
            acts_for: StaffId::from_bytes(worker),
            scopes: owned(scopes),
            addresses: owned(addresses),
            days,
        };
        let (clock, chance) = (self.clock.clone(), self.store.chance.clone());
        self.store
            .write_blocking(move |tx| grant::create(tx, &*clock, &*chance, &new))
            .unwrap()
            .value
    }

    pub async fn get(&self, token: &str, path: &str) -> Answered {
        self.get_with(token, path, &[]).await
    }

    pub async fn get_with(&self, token: &str, path: &str, headers: &[(&str, &str)]) -> Answered {
        self.send(request(Method::GET, token, path, headers, Body::empty()))
            .await
    }

    pub async fn post(&self, token: &str, path: &str, body: &Value) -> Answered {
        self.post_with(token, path, &[], body).await
    }

    pub async fn post_with(
        &self,
        token: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answered {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        let body = Body::from(body.to_string());
        self.send(request(Method::POST, token, path, &headers, body))
            .await
    }

    /// The description of the interface.
    pub async fn description(&self) -> Value {
        let answered = self.get("", "/api/v1/openapi.json").await;
        assert_eq!(answered.status, StatusCode::OK);
        answered.json()
    }

    /// Checks that the description tells of the answer.
    pub fn told(&self, root: &Value, method: &str, path: &str, answered: &Answered) {
        let kind = answered.header("content-type");
        let headers = is_described(
            root,
            &schema::Answered {
                path,
                method,
                status: answered.status.as_u16(),
                content_type: kind,
                body: &answered.body,
            },
        );
        for header in headers {
            assert!(
                !answered.header(&header).is_empty(),
                "{path} lacks {header}"
            );
        }
        assert_eq!(answered.header("cache-control"), "no-store", "{path}");
    }

    pub fn worker(&self, id: [u8; 16]) -> Worker {
        let now = self.clock_now();
        let staff = StaffId::from_bytes(id);
        let (found, subject) = self
            .store
            .read_blocking(move |tx| {
                let found = people::lookup_staff(tx, staff)?;
                Ok::<_, StoreError>((found, identity::facts::subject(tx, staff, now)?))
            })
            .unwrap();
        let (found, subject) = (found.unwrap(), subject.unwrap());
        Worker {
            staff,
            unit: found.unit,
            subject,
        }
    }

    pub fn clock_now(&self) -> kernel::time::Timestamp {
        kernel::clock::Clock::now(&*self.clock)
    }

    /// A client whose own worker is `worker`; without one, nobody takes part.
    pub fn client(&self, family: &str, worker: Option<[u8; 16]>) -> ClientId {
        self.client_of(
            NewClient {
                code: None,
                birth: Some(Date::constant(1980, 5, 17)),
                family: family.to_owned(),
                given: "Testi Henkilö".to_owned(),
                called: Some("Testi".to_owned()),
                sex: None,
                source: "client".to_owned(),
                unit: Some(UnitId::from_bytes(AREA)),
                details: vec![("phone", "040 123 4567".to_owned())],
                protect: false,
            },
            worker,
        )
    }

    pub fn client_of(&self, new: NewClient, worker: Option<[u8; 16]>) -> ClientId {
        let (desk, now) = (Arc::clone(&self.clients), self.clock_now());
        self.store
            .write_blocking(move |tx| {
                let id = create::insert(tx, &desk, &new, None)?;
                if let Some(worker) = worker {
                    let relation = NewRelation {
                        client: id,
                        staff: StaffId::from_bytes(worker),
                        kind: "own_worker",
                        object: None,
                        from: now - SignedDuration::from_hours(1),
                        to: None,
                        made_by: "test",
                    };
                    relations::begin(tx, &relation, Tails::default(), now)?;
                }
                Ok::<_, ::clients::ClientError>(id)
            })
            .unwrap()
            .value
    }

    pub fn execute(&self, sql: &'static str, values: Vec<store::Value>) {
        self.store
            .write_blocking(move |tx| tx.execute(sql, &values).map(drop))
            .map_err(|error: StoreError| error)
            .unwrap();
    }

    pub fn count(&self, table: &str) -> i64 {
        let sql = format!("select count(*) from {table}");
        self.store
            .read_blocking(move |tx| tx.query_one(&sql, &[])?.get(0))
            .map_err(|error: StoreError| error)
            .unwrap()
    }
}

pub fn request(
    method: Method,
    token: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).unwrap()
}
