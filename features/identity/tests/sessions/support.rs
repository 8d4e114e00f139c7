//! A house with one unit and three people, and a browser that speaks to it.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::session::Sessions;
use kernel::clock::ManualClock;
use kernel::time::Date;
use store::StoreError;
use testkit::TestStore;
use tower::ServiceExt;
use web::{
    Answer, Feature, Guard, House, HouseConfig, LimitsMode, MessageSet, Posted, Route, Secrets,
    Visit,
};

pub struct Sample {
    pub store: TestStore,
    pub clock: Arc<ManualClock>,
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

    /// The session's cookie as a browser would send it back.
    pub fn cookie(&self) -> String {
        self.header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned()
    }
}

pub const PLACE: [u8; 16] = [1; 16];
pub const JAANA: [u8; 16] = [2; 16];
pub const LEFT: [u8; 16] = [3; 16];
pub const REAL: [u8; 16] = [4; 16];

fn staff(id: [u8; 16], name: &str, title: &str, demo_role: Option<&str>) -> Staff {
    Staff {
        id: StaffId::from_bytes(id),
        name: name.to_owned(),
        sort_key: name.to_lowercase(),
        title: title.to_owned(),
        tasks: vec!["front_door".to_owned()],
        qualifications: vec!["sc".to_owned()],
        unit: UnitId::from_bytes(PLACE),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: demo_role.map(str::to_owned),
    }
}

/// A page behind a session, as any feature has one; it shows a choice and keeps a new one.
fn work() -> Feature {
    async fn show(user: identity::session::CurrentUser) -> String {
        format!(
            "{}|{}|{}",
            user.staff.name,
            user.unit.name_fi,
            user.choice::<Vec<String>>("work").join("+")
        )
    }
    async fn keep(
        axum::extract::State(house): axum::extract::State<House>,
        user: identity::session::CurrentUser,
        posted: Posted,
    ) -> Answer {
        let sessions = house.extra::<Sessions>().unwrap();
        let chosen: Vec<&str> = posted.value("choice").split(' ').collect();
        identity::session::keep_choice(&house, &sessions, &user, "work", &chosen).await?;
        Ok(web::go_to("/work"))
    }
    async fn form(visit: Visit) -> String {
        visit.page("public-enter-title").csrf
    }
    Feature {
        name: "work",
        routes: vec![
            Route::get("/work", Guard::SignedIn, show),
            Route::post("/work", Guard::SignedIn, keep),
            Route::get("/contacts/list", Guard::SignedIn, show),
            Route::get("/desk", Guard::SignedIn, show),
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

pub fn sample(demo: bool, https: bool) -> Sample {
    let store = testkit::sqlite_store(identity::MIGRATIONS);
    let clock = store.clock.clone();
    let sessions = Arc::new(Sessions::default());
    let features = || vec![web::feature(), identity::feature(demo), work()];
    let config = HouseConfig {
        store: store.store(),
        clock: clock.clone(),
        chance: store.chance.clone(),
        secrets: Secrets::new([7; 32]),
        county: web::County {
            name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
            emergency_phone: "014 000 0101".to_owned(),
            ..web::County::default()
        },
        demo,
        https,
        trusted_proxy_header: None,
        limits: LimitsMode::Off,
        sessions: sessions.clone(),
        extras: vec![sessions.clone()],
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    store
        .write_blocking(|tx| {
            people::add_unit(
                tx,
                &Unit {
                    id: UnitId::from_bytes(PLACE),
                    code: "neuvonta".to_owned(),
                    kind: UnitKind::Advice,
                    name_fi: "Neuvonta".to_owned(),
                    name_sv: "Rådgivningen".to_owned(),
                    name_en: "Advice".to_owned(),
                    phone: None,
                    lead: StaffId::from_bytes(JAANA),
                },
            )?;
            people::add_staff(tx, &staff(JAANA, "Jaana Peltola", "front_door", Some("1")))?;
            people::add_staff(tx, &staff(LEFT, "Poissa Oleva", "lead", Some("2")))?;
            people::add_staff(tx, &staff(REAL, "Aito Ihminen", "counsellor", None))?;
            people::end_employment(tx, StaffId::from_bytes(LEFT), Date::constant(2026, 3, 1))?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    Sample {
        store,
        clock,
        router,
    }
}

impl Sample {
    async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answered {
            status: parts.status,
            headers: parts.headers,
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

    /// The status alone, for answers that never end.
    pub async fn status(&self, path: &str, cookie: &str) -> StatusCode {
        let request = Request::builder().uri(path).header("cookie", cookie);
        let request = request.body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    /// Sends a form with a token that the house has just made for this cookie.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Answered {
        let token = self.get("/form", cookie).await.body;
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

    /// Enters the demo as Jaana and gives the cookie.
    pub async fn enter(&self) -> String {
        let id = StaffId::from_bytes(JAANA).to_string();
        let answer = self.post("/demo/enter", &[("staff", &id)], "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie()
    }
}
