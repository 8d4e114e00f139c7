//! A house with local sign-in on a given engine, and browsers that keep their cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use hmac::{Hmac, KeyInit, Mac};
use identity::accounts::{Hasher, LoginName, invite};
use identity::directory::CountyDirectory;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::session::{CurrentUser, Sessions};
use kernel::clock::Clock;
use kernel::time::{Date, SignedDuration, millis};
use sha1::Sha1;
use store::{Query, StoreError};
use testkit::TestStore;
use tower::ServiceExt;
use web::{
    Answer, Feature, Guard, House, HouseConfig, LimitsMode, MessageSet, Posted, Route, Secrets,
    Visit,
};

pub const UNIT: [u8; 16] = [1; 16];
pub const JAANA: [u8; 16] = [2; 16];
pub const VILLE: [u8; 16] = [3; 16];
pub const PASSWORD: &str = "kolme harmaata kissaa";

/// The house under test.
pub struct Sample {
    pub store: TestStore,
    pub sessions: Arc<Sessions>,
    router: Router,
}

fn staff(id: [u8; 16], name: &str) -> Staff {
    Staff {
        id: StaffId::from_bytes(id),
        name: name.to_owned(),
        sort_key: name.to_lowercase(),
        title: "counsellor".to_owned(),
        tasks: vec!["front_door".to_owned()],
        qualifications: vec!["sc".to_owned()],
        unit: UnitId::from_bytes(UNIT),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    }
}

/// Pages behind a session as any feature has them: one to look at, one to write on, one that needs a fresh proof.
fn work() -> Feature {
    async fn show(user: CurrentUser) -> String {
        user.staff.name
    }
    async fn desk(visit: Visit, _: CurrentUser) -> String {
        visit.page("account-title").csrf
    }
    async fn save(user: CurrentUser, posted: Posted) -> String {
        format!("saved by {}: {}", user.staff.name, posted.value("body"))
    }
    async fn export(
        axum::extract::State(house): axum::extract::State<House>,
        user: CurrentUser,
        posted: Posted,
    ) -> Answer {
        identity::strong::require(&house, &user)?;
        Ok(axum::response::IntoResponse::into_response(format!(
            "exported {}",
            posted.value("body")
        )))
    }
    async fn look(
        axum::extract::State(house): axum::extract::State<House>,
        user: CurrentUser,
    ) -> Answer {
        identity::strong::require(&house, &user)?;
        Ok(axum::response::IntoResponse::into_response("shown"))
    }
    async fn form(visit: Visit) -> String {
        visit.page("account-title").csrf
    }
    Feature {
        name: "work",
        routes: vec![
            Route::get("/work", Guard::SignedIn, show),
            Route::get("/desk", Guard::SignedIn, desk),
            Route::post("/work", Guard::SignedIn, save),
            Route::get("/export", Guard::SignedIn, look),
            Route::post("/export", Guard::SignedIn, export),
            Route::get("/form", Guard::Public, form),
        ],
        migrations: &[],
        nav: vec![],
        jobs: vec![],
        messages: MessageSet {
            room: "work",
            fi: "",
            sv: "",
            en: "",
            easy: "",
        },
        events: &[],
        checks: &[],
    }
}

/// A house on this store, with two people and no accounts.
pub fn sample(store: TestStore) -> Sample {
    build(store, None)
}

/// The same in a county with a directory.
pub fn sample_with_directory(store: TestStore, directory: CountyDirectory) -> Sample {
    build(store, Some(directory))
}

fn build(store: TestStore, directory: Option<CountyDirectory>) -> Sample {
    let sessions = Arc::new(Sessions::with_hasher(Hasher::new(64, 1)));
    let features = || vec![web::feature(), identity::feature(false), work()];
    let mut extras: Vec<Arc<dyn std::any::Any + Send + Sync>> = vec![sessions.clone()];
    if let Some(directory) = directory {
        extras.push(Arc::new(directory));
    }
    let config = HouseConfig {
        store: store.store(),
        clock: store.clock.clone(),
        chance: store.chance.clone(),
        secrets: Secrets::new([7; 32]),
        county: web::County::default(),
        demo: false,
        https: true,
        trusted_proxy_header: Some("x-forwarded-for".parse().unwrap()),
        limits: LimitsMode::Off,
        sessions: sessions.clone(),
        extras,
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    store
        .write_blocking(|tx| {
            people::add_unit(
                tx,
                &Unit {
                    id: UnitId::from_bytes(UNIT),
                    code: "neuvonta".to_owned(),
                    kind: UnitKind::Advice,
                    name_fi: "Neuvonta".to_owned(),
                    name_sv: "Rådgivningen".to_owned(),
                    name_en: "Advice".to_owned(),
                    phone: None,
                    lead: StaffId::from_bytes(JAANA),
                },
            )?;
            people::add_staff(tx, &staff(JAANA, "Jaana Peltola"))?;
            people::add_staff(tx, &staff(VILLE, "Ville Aho"))
        })
        .unwrap();
    Sample {
        store,
        sessions,
        router,
    }
}

/// A house on SQLite, where the engine does not matter.
pub fn usual() -> Sample {
    sample(testkit::sqlite_store(identity::MIGRATIONS))
}

impl Sample {
    pub fn browser(&self) -> Browser<'_> {
        Browser {
            sample: self,
            cookies: BTreeMap::new(),
            address: "10.0.0.1".to_owned(),
        }
    }

    pub fn pass(&self, length: SignedDuration) {
        self.store.clock.advance(length);
    }

    /// An invitation as an administrator makes it.
    pub fn invite(&self, staff: [u8; 16], login: &str) -> String {
        let (now, chance) = (self.store.clock.now(), self.store.chance.clone());
        let login = LoginName::parse(login).unwrap();
        self.store
            .write_blocking(move |tx| {
                let staff = StaffId::from_bytes(staff);
                Ok::<_, StoreError>(
                    invite(tx, &*chance, now, staff, &login, None, 7)
                        .unwrap()
                        .code,
                )
            })
            .unwrap()
            .value
    }

    /// The code that an app with this secret shows now.
    pub fn code(&self, secret: &[u8]) -> String {
        let step = millis(self.store.clock.now()).div_euclid(30_000);
        let mut mac = Hmac::<Sha1>::new_from_slice(secret).unwrap();
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let at = usize::from(hash[19] & 15);
        let number = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    pub fn number(&self, sql: &'static str) -> i64 {
        self.store
            .read_blocking(move |tx| tx.query_one(sql, &[])?.get::<i64>(0))
            .unwrap()
    }

    /// Event and detail of every log entry, oldest first.
    pub fn log(&self) -> Vec<(String, String)> {
        let rows = self
            .store
            .read_blocking(|tx| {
                tx.query("select header, body from log_entry order by position", &[])
            })
            .unwrap();
        rows.iter()
            .map(|row| {
                let header: Vec<u8> = row.get(0).unwrap();
                let body: Vec<u8> = row.get(1).unwrap();
                let event = access::log::decode_header(&header).unwrap().event;
                let detail = match access::log::decode_body(&body, u64::MAX >> 1).unwrap() {
                    access::log::Body::Content(content) => content.detail,
                    access::log::Body::Destroyed(_) => String::new(),
                };
                (event, detail)
            })
            .collect()
    }

    pub fn logged(&self, event: &str) -> usize {
        self.log().iter().filter(|(one, _)| one == event).count()
    }
}

/// Somebody's account as its owner knows it.
pub struct Owner {
    pub login: &'static str,
    pub secret: Vec<u8>,
    pub recovery: Vec<String>,
}

pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    pub fn location(&self) -> &str {
        self.headers
            .get("location")
            .map_or("", |value| value.to_str().unwrap())
    }

    /// What stands between two pieces of the page.
    pub fn between(&self, from: &str, to: &str) -> String {
        let rest = self
            .body
            .split(from)
            .nth(1)
            .unwrap_or_else(|| panic!("no {from}: {}", self.body));
        rest.split(to).next().unwrap().to_owned()
    }
}

/// A browser with its own cookies and address.
#[derive(Clone)]
pub struct Browser<'a> {
    pub sample: &'a Sample,
    pub cookies: BTreeMap<String, String>,
    pub address: String,
}

impl Browser<'_> {
    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "noste.test")
            .header(
                "user-agent",
                "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/127.0",
            )
            .header("x-forwarded-for", &self.address)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookies.join("; "))
    }

    async fn send(&mut self, request: Request<Body>) -> Answered {
        let response = self.sample.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Answered {
        let request = self.request("GET", path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// The token of a form on a page that is open now.
    pub async fn token(&mut self) -> String {
        self.get("/form").await.body
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let token = self.token().await;
        self.post_with(path, fields, &token).await
    }

    /// Sends a form of a page that was opened when its token was made.
    pub async fn post_with(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        token: &str,
    ) -> Answered {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair(web::TOKEN_FIELD, token)
            .finish();
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub async fn is_in(&mut self) -> bool {
        self.get("/work").await.status == StatusCode::OK
    }

    /// The first sign-in with an invitation.
    pub async fn open_account(&mut self, staff: [u8; 16], login: &'static str) -> Owner {
        let code = self.sample.invite(staff, login);
        let fields = [
            ("invitation", code.as_str()),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        let answer = self.post("/sign-in/first", &fields).await;
        assert_eq!(answer.location(), "/sign-in/first/code", "{}", answer.body);
        let secret = self.app_secret("/sign-in/first/code").await;
        let code = self.sample.code(&secret);
        let answer = self.post("/sign-in/first/code", &[("code", &code)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let list = answer.between("<ul class=\"n-codes\">", "</ul>");
        let recovery: Vec<String> = list
            .split("<li>")
            .skip(1)
            .map(|one| one.split("</li>").next().unwrap().to_owned())
            .collect();
        assert_eq!(recovery.len(), 10);
        // So that the next code is another.
        self.sample.pass(SignedDuration::from_mins(1));
        Owner {
            login,
            secret,
            recovery,
        }
    }

    /// The secret that a page shows in letters.
    pub async fn app_secret(&mut self, path: &str) -> Vec<u8> {
        let page = self.get(path).await;
        assert!(page.body.contains("<svg class=\"n-qr\""), "{}", page.body);
        base32(&page.between("<p class=\"n-secret\">", "</p>"))
    }

    pub async fn password(&mut self, login: &str, password: &str) -> Answered {
        self.post("/sign-in", &[("login", login), ("password", password)])
            .await
    }

    /// Signs in with password and code, and gives the last answer.
    pub async fn sign_in(&mut self, owner: &Owner) -> Answered {
        self.sample.pass(SignedDuration::from_secs(60));
        let answer = self.password(owner.login, PASSWORD).await;
        assert_eq!(answer.location(), "/sign-in/code", "{}", answer.body);
        let code = self.sample.code(&owner.secret);
        self.post("/sign-in/code", &[("code", &code)]).await
    }
}

fn base32(text: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b' ') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("{text}"),
        };
        bits = bits << 5 | u32::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}
