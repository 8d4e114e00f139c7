//! A house with two units and the people that administration needs.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use identity::facts::record::{Acting, PURPOSE};
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::session::{self, Method, Sessions, Start};
use kernel::clock::Clock;
use kernel::time::{Date, Timestamp};
use store::{Query, StoreError, WriteTx, params};
use testkit::TestStore;
use tower::ServiceExt;
use web::{Feature, Guard, House, HouseConfig, LimitsMode, MessageSet, Route, Secrets};

pub const NORTH: [u8; 16] = [1; 16];
pub const SOUTH: [u8; 16] = [2; 16];
/// Leads the north.
pub const HANNA: [u8; 16] = [3; 16];
/// Leads the south.
pub const PEKKA: [u8; 16] = [4; 16];
/// Social worker in the north.
pub const AINO: [u8; 16] = [5; 16];
/// Counsellor in the south.
pub const VILLE: [u8; 16] = [6; 16];
/// Two administrators.
pub const TUULA: [u8; 16] = [7; 16];
pub const OLLI: [u8; 16] = [8; 16];
/// Data protection officer.
pub const SIRPA: [u8; 16] = [9; 16];

pub fn id(bytes: [u8; 16]) -> StaffId {
    StaffId::from_bytes(bytes)
}

fn person(
    bytes: [u8; 16],
    unit: [u8; 16],
    name: &str,
    title: &str,
    tasks: &[&str],
    codes: &[&str],
) -> Staff {
    let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
    Staff {
        id: id(bytes),
        name: name.to_owned(),
        sort_key: people::sort_key(name),
        title: title.to_owned(),
        tasks: owned(tasks),
        qualifications: owned(codes),
        unit: UnitId::from_bytes(unit),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    }
}

/// Units and people.
pub fn fill(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    for (unit, name, kind, lead) in [
        (NORTH, "Pohjoinen", UnitKind::SocialWork, HANNA),
        (SOUTH, "Eteläinen", UnitKind::Advice, PEKKA),
    ] {
        people::add_unit(
            tx,
            &Unit {
                id: UnitId::from_bytes(unit),
                code: name.to_lowercase(),
                kind,
                name_fi: name.to_owned(),
                name_sv: name.to_owned(),
                name_en: name.to_owned(),
                phone: None,
                lead: id(lead),
            },
        )?;
    }
    let worker = ["broad_responsibility", "arranging", "duty_holder"];
    for one in [
        person(
            HANNA,
            NORTH,
            "Hanna Rantanen",
            "lead",
            &["lead", "duty_holder"],
            &["sw+office"],
        ),
        person(
            PEKKA,
            SOUTH,
            "Pekka Lund",
            "lead",
            &["lead", "duty_holder"],
            &["sw+office"],
        ),
        person(
            AINO,
            NORTH,
            "Aino Salmela",
            "social_worker",
            &worker,
            &["sw+office"],
        ),
        person(VILLE, SOUTH, "Ville Aho", "counsellor", &worker, &["sc"]),
        person(
            TUULA,
            SOUTH,
            "Tuula Niemelä",
            "user_admin",
            &["user_admin"],
            &["other"],
        ),
        person(
            OLLI,
            SOUTH,
            "Olli Ranta",
            "user_admin",
            &["user_admin"],
            &["other"],
        ),
        person(SIRPA, SOUTH, "Sirpa Kivelä", "dpo", &["dpo"], &["other"]),
    ] {
        people::add_staff(tx, &one)?;
    }
    people::assign_municipality(tx, "179", UnitId::from_bytes(NORTH))
}

/// An act of administration by somebody.
pub fn by(staff: [u8; 16], at: Timestamp) -> Acting {
    Acting {
        staff: id(staff),
        at,
        right: "UA-01".into(),
        purpose: PURPOSE,
    }
}

pub struct Sample {
    pub store: TestStore,
    pub house: House,
    router: Router,
}

pub struct Answered {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

/// Pages of other rooms where somebody's day begins.
fn elsewhere() -> Feature {
    async fn page() -> &'static str {
        "elsewhere"
    }
    Feature {
        name: "elsewhere",
        routes: ["/desk", "/oversight/exceptional"]
            .map(|path| Route::get(path, Guard::SignedIn, page))
            .into(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: MessageSet {
            room: "elsewhere",
            fi: "",
            sv: "",
            en: "",
            easy: "",
        },
        events: &[],
        checks: &[],
    }
}

pub fn sample(store: TestStore) -> Sample {
    store.write_blocking(fill).unwrap();
    let sessions = Arc::new(Sessions::default());
    let features = || {
        vec![
            web::feature(),
            identity::feature(false),
            identity::admin::feature(),
            elsewhere(),
        ]
    };
    let config = HouseConfig {
        store: store.store(),
        clock: store.clock.clone(),
        chance: store.chance.clone(),
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
        extras: vec![sessions],
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    Sample {
        store,
        house,
        router,
    }
}

impl Sample {
    pub fn now(&self) -> Timestamp {
        self.store.clock.now()
    }

    /// The cookie and session key of a person who has just proved who she is.
    pub async fn enter(&self, staff: [u8; 16]) -> (String, [u8; 32]) {
        self.begin(staff, true).await
    }

    /// The same of a person whose proof is not fresh.
    pub async fn enter_long_ago(&self, staff: [u8; 16]) -> (String, [u8; 32]) {
        self.begin(staff, false).await
    }

    async fn begin(&self, staff: [u8; 16], strong: bool) -> (String, [u8; 32]) {
        let start = Start {
            strong,
            ..Start::new(id(staff), Method::Code)
        };
        let token = session::begin_as(&self.house, start).await.unwrap();
        let key = *blake3::hash(token.as_bytes()).as_bytes();
        (format!("{}={token}", session::COOKIE), key)
    }

    /// The token of a form on a page of this person.
    fn token(&self, user: &(String, [u8; 32])) -> String {
        let key = user.1;
        let owner: [u8; 16] = self
            .store
            .read_blocking(move |tx| {
                tx.query_one(
                    "select staff_id from session where token_hash = $1",
                    &params![key],
                )?
                .get(0)
            })
            .unwrap();
        let (secrets, chance) = (&self.house.secrets, &*self.house.chance);
        web::token::issue_for(secrets, chance, self.now(), &user.1, owner)
    }

    /// The request about a person that waits for the second one.
    pub fn waiting(&self, staff: [u8; 16]) -> i64 {
        let now = self.now();
        self.store
            .read_blocking(move |tx| identity::facts::requests::list(tx, Some(id(staff)), now))
            .unwrap()
            .last()
            .expect("a request waits")
            .id
    }

    /// Approves what waits about a person.
    pub async fn approve(
        &self,
        staff: [u8; 16],
        fields: &[(&str, &str)],
        user: &(String, [u8; 32]),
    ) -> Answered {
        let path = format!("/admin/requests/{}/approve", self.waiting(staff));
        self.post(&path, fields, user).await
    }

    async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answered {
            status: parts.status,
            location: parts
                .headers
                .get("location")
                .map_or(String::new(), |value| value.to_str().unwrap().to_owned()),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str, user: &(String, [u8; 32])) -> Answered {
        let request = Request::builder()
            .uri(path)
            .header("host", "noste.test")
            .header("cookie", &user.0)
            .body(Body::empty())
            .unwrap();
        self.send(request).await
    }

    pub async fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        user: &(String, [u8; 32]),
    ) -> Answered {
        let token = self.token(user);
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair(web::TOKEN_FIELD, &token)
            .finish();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", "noste.test")
            .header("cookie", &user.0)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }
}
