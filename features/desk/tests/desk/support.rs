//! A unit with a lead and two workers, and a browser that speaks to the house.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use identity::people::{self, DutyId, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::session::{self, Sessions};
use intake::domain::urgency::{Signs, judge_by_rule};
use intake::domain::{
    AnswerWay, ContactId, Door, IntakeError, IntakeSettings, Kind, NewContact, Parties,
    TalkLanguage,
};
use intake::store::{Desk, Worker, receive};
use kernel::clock::ManualClock;
use kernel::time::{Date, SignedDuration};
use store::{Query, StoreError, WriteTx};
use testkit::TestStore;
use tower::ServiceExt;
use web::{House, HouseConfig, LimitsMode, Secrets};

pub const UNIT: [u8; 16] = [1; 16];
pub const AINO: [u8; 16] = [2; 16];
pub const VILLE: [u8; 16] = [3; 16];
pub const HANNA: [u8; 16] = [4; 16];
/// At a centre: nothing of contacts but writing them down.
pub const NURSE: [u8; 16] = [5; 16];

pub struct Sample {
    pub store: TestStore,
    pub clock: Arc<ManualClock>,
    pub house: House,
    pub desk: Arc<Desk>,
    router: Router,
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
}

pub fn staff(id: [u8; 16], name: &str, title: &str, tasks: &[&str], qualification: &str) -> Staff {
    Staff {
        id: StaffId::from_bytes(id),
        name: name.to_owned(),
        sort_key: name.to_lowercase(),
        title: title.to_owned(),
        tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
        qualifications: vec![qualification.to_owned()],
        unit: UnitId::from_bytes(UNIT),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    }
}

fn people(tx: &mut WriteTx<'_>, sample: &Desk) -> Result<(), StoreError> {
    people::add_unit(
        tx,
        &Unit {
            id: UnitId::from_bytes(UNIT),
            code: "pohjoinen".to_owned(),
            kind: UnitKind::Advice,
            name_fi: "Aikuissosiaalityö, pohjoinen".to_owned(),
            name_sv: "Socialt arbete, norr".to_owned(),
            name_en: "Adult social work, north".to_owned(),
            phone: None,
            lead: StaffId::from_bytes(HANNA),
        },
    )?;
    let worker = [
        "broad_responsibility",
        "arranging",
        "carrying_out",
        "duty_holder",
    ];
    people::add_staff(
        tx,
        &staff(AINO, "Aino Salmela", "social_worker", &worker, "sw+office"),
    )?;
    people::add_staff(tx, &staff(VILLE, "Ville Aho", "counsellor", &worker, "sc"))?;
    people::add_staff(
        tx,
        &staff(
            HANNA,
            "Hanna Rantanen",
            "lead",
            &["lead", "duty_holder"],
            "sw+office",
        ),
    )?;
    people::add_staff(
        tx,
        &staff(NURSE, "Noora Koski", "centre", &["centre_health"], "hp"),
    )?;
    let now = sample.now();
    let (from, until) = (
        now - SignedDuration::from_hours(24),
        now + SignedDuration::from_hours(24 * 30),
    );
    people::add_duty(
        tx,
        DutyId::from_bytes([9; 16]),
        UnitId::from_bytes(UNIT),
        StaffId::from_bytes(VILLE),
        from,
        until,
    )
}

pub fn sample(store: TestStore) -> Sample {
    let (clock, chance) = (store.clock.clone(), store.chance.clone());
    let sessions = Arc::new(Sessions::default());
    let desk = Arc::new(Desk {
        clock: clock.clone(),
        chance: chance.clone(),
        settings: Arc::new(IntakeSettings::default()),
        calendar: Arc::new(law::Calendar::finland()),
    });
    let features = || {
        vec![
            web::feature(),
            identity::feature(false),
            clients::feature(),
            desk::feature(),
            intake::feature(),
        ]
    };
    let config = HouseConfig {
        store: store.store(),
        clock: clock.clone(),
        chance,
        secrets: Secrets::new([7; 32]),
        county: web::County {
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
            desk.clone(),
            Arc::new(web::NavCounts(vec![Arc::new(desk::WorkCounts)])),
        ],
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    let here = desk.clone();
    store.write_blocking(move |tx| people(tx, &here)).unwrap();
    Sample {
        store,
        clock,
        house,
        desk,
        router,
    }
}

/// Rooms of the store that these pages stand on.
pub fn rooms() -> Vec<store::Migration> {
    intake::rooms()
}

/// A person's contact from the public form.
pub fn contact(title: &str, person: Option<&str>) -> NewContact {
    NewContact {
        kind: Kind::Contact,
        door: Door::Web,
        municipality: None,
        language: TalkLanguage::Fi,
        other_language: None,
        interpreter: false,
        parties: Parties::One,
        own_words: "Sanat, jotka ihminen itse kirjoitti".to_owned(),
        title: title.to_owned(),
        theme: None,
        person_name: person.map(str::to_owned),
        phone: Some("040 000 0001".to_owned()),
        answer_way: AnswerWay::Call,
        wish: None,
        authority: None,
        authority_contact: None,
        authority_ground: None,
        assisted: false,
        urgency: judge_by_rule(Signs::default()),
    }
}

impl Sample {
    /// A client of the unit whose own worker is Aino is opened exceptionally by the nurse, who writes why.
    pub fn opened_exceptionally(&self, reason: &'static str) {
        let now = self.desk.now();
        let (client, access) = ([80; 16], [81; 16]);
        self.store
            .write_blocking(move |tx| {
                tx.execute("insert into client (id, created_at, source, state, display_name, sort_key, responsible_unit, version) values ($1, $2, 'test', 'active', 'Mikael Rautio', 'rautio mikael', $3, 1)", &store::params![client, now, UNIT])?;
                tx.execute("insert into exceptional_access (id, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at) values ($1, $2, $3, $4, 'present', $5, 'OW-25', $6, $6, '2026-03-18', $6)", &store::params![access, client, NURSE, UNIT, reason, now])?;
                tx.execute("insert into relation (id, client_id, staff_id, kind, began_at, made_by, recorded_at) values ($1, $2, $3, 'own_worker', $4, 'test', $4)", &store::params![[82; 16], client, AINO, now])?;
                for (id, staff, unit) in [([83; 16], Some(AINO), None), ([84; 16], None, Some(UNIT))] {
                    tx.execute("insert into client_notice (id, to_staff, to_unit, client_id, kind, object_id, at) values ($1, $2, $3, $4, 'exceptional', $5, $6)", &store::params![id, staff, unit, client, access, now])?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    pub fn worker(&self, id: [u8; 16]) -> Worker {
        let id = StaffId::from_bytes(id);
        let staff = self
            .store
            .read_blocking(move |tx| people::lookup_staff(tx, id))
            .unwrap()
            .unwrap();
        let subject = access::rights::Subject::employee(
            staff.tasks.iter().map(String::as_str),
            staff.qualifications.iter().map(String::as_str),
        );
        Worker {
            staff: staff.id,
            unit: staff.unit,
            subject,
        }
    }

    /// Runs an act of `intake` as this worker.
    pub fn act<T: Send + 'static>(
        &self,
        worker: [u8; 16],
        act: impl FnOnce(&mut WriteTx<'_>, &Desk, &Worker) -> Result<T, IntakeError> + Send + 'static,
    ) -> T {
        let (desk, worker) = (self.desk.clone(), self.worker(worker));
        self.store
            .write_blocking(move |tx| act(tx, &desk, &worker))
            .unwrap()
            .value
    }

    /// A contact that somebody sent; nobody has taken it.
    pub fn arrived(&self, title: &'static str, person: Option<&'static str>) -> ContactId {
        let desk = self.desk.clone();
        let received = self.store.write_blocking(move |tx| {
            receive::from_sender(tx, &desk, &contact(title, person), None)
        });
        received.unwrap().value.id
    }

    /// The same, taken by a worker.
    pub fn held(
        &self,
        worker: [u8; 16],
        title: &'static str,
        person: Option<&'static str>,
    ) -> ContactId {
        let contact = self.arrived(title, person);
        self.act(worker, move |tx, desk, worker| {
            intake::store::holding::take(tx, desk, worker, contact)
        });
        contact
    }

    pub fn count(&self, sql: &'static str) -> i64 {
        self.store
            .read_blocking(move |tx| tx.query_one(sql, &[])?.get::<i64>(0))
            .unwrap()
    }

    pub async fn enter(&self, worker: [u8; 16]) -> String {
        let token = session::begin(&self.house, StaffId::from_bytes(worker))
            .await
            .unwrap();
        format!("noste_session={token}; noste_language=fi")
    }

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

    /// Sends a form with the token of a page of the same person.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Answered {
        let page = self.get("/desk", cookie).await.body;
        let token = page
            .split("name=\"_token\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair(web::TOKEN_FIELD, token)
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
