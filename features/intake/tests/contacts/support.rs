//! Two units with a lead, a front door and two workers, and a browser that speaks to the house.

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
    AnswerWay, AttachmentId, ContactId, Door, IntakeError, IntakeSettings, Kind, NewContact,
    OfferId, Parties, TalkLanguage, attachment,
};
use intake::store::{Desk, Worker, offers, receive, sender};
use kernel::clock::ManualClock;
use kernel::time::{Date, SignedDuration};
use store::{Query, StoreError, WriteTx};
use testkit::TestStore;
use tower::ServiceExt;
use web::receipt::ReceiptCode;
use web::{House, HouseConfig, LimitsMode, Secrets};

pub const UNIT: [u8; 16] = [1; 16];
/// The county's advice unit.
pub const ADVICE: [u8; 16] = [10; 16];
/// At the front door.
pub const JAANA: [u8; 16] = [6; 16];
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

fn staff(
    id: [u8; 16],
    unit: [u8; 16],
    name: &str,
    title: &str,
    tasks: &[&str],
    qualification: &str,
) -> Staff {
    Staff {
        id: StaffId::from_bytes(id),
        name: name.to_owned(),
        sort_key: name.to_lowercase(),
        title: title.to_owned(),
        tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
        qualifications: vec![qualification.to_owned()],
        unit: UnitId::from_bytes(unit),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    }
}

fn people(tx: &mut WriteTx<'_>, sample: &Desk) -> Result<(), StoreError> {
    for (id, kind, name) in [
        (ADVICE, UnitKind::Advice, "Neuvonta"),
        (UNIT, UnitKind::SocialWork, "Aikuissosiaalityö, pohjoinen"),
    ] {
        let unit = Unit {
            id: UnitId::from_bytes(id),
            code: name.to_lowercase(),
            kind,
            name_fi: name.to_owned(),
            name_sv: name.to_owned(),
            name_en: name.to_owned(),
            phone: None,
            lead: StaffId::from_bytes(HANNA),
        };
        people::add_unit(tx, &unit)?;
    }
    people::assign_municipality(tx, "179", UnitId::from_bytes(UNIT))?;
    let worker = [
        "broad_responsibility",
        "arranging",
        "carrying_out",
        "duty_holder",
    ];
    let colleagues = [
        staff(
            AINO,
            UNIT,
            "Aino Salmela",
            "social_worker",
            &worker,
            "sw+office",
        ),
        staff(VILLE, UNIT, "Ville Aho", "counsellor", &worker, "sc"),
        staff(
            HANNA,
            UNIT,
            "Hanna Rantanen",
            "lead",
            &["lead", "duty_holder"],
            "sw+office",
        ),
        staff(
            NURSE,
            UNIT,
            "Noora Koski",
            "centre",
            &["centre_health"],
            "hp",
        ),
        staff(
            JAANA,
            ADVICE,
            "Jaana Peltola",
            "front_door",
            &["front_door", "duty_holder"],
            "sc",
        ),
    ];
    for colleague in &colleagues {
        people::add_staff(tx, colleague)?;
    }
    let now = sample.now();
    let (from, until) = (
        now - SignedDuration::from_hours(24),
        now + SignedDuration::from_hours(24 * 30),
    );
    for (id, unit, duty) in [([9; 16], UNIT, VILLE), ([8; 16], ADVICE, JAANA)] {
        let (unit, duty) = (UnitId::from_bytes(unit), StaffId::from_bytes(duty));
        people::add_duty(tx, DutyId::from_bytes(id), unit, duty, from, until)?;
    }
    Ok(())
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
            casework::feature(),
            intake::feature(),
        ]
    };
    let secrets = Secrets::new([7; 32]);
    let clients = Arc::new(clients::Desk::new(
        clock.clone(),
        chance.clone(),
        &secrets,
        clients::ClientSettings::default(),
        desk.calendar.clone(),
    ));
    let analysers = text::search::Analysers::open();
    let casework = casework::store::Casework {
        clock: clock.clone(),
        chance: chance.clone(),
        settings: Arc::default(),
        calendar: desk.calendar.clone(),
        analysers: Arc::new(analysers.clone()),
        clients: clients.clone(),
        endings: Default::default(),
    };
    let releases = clients::store::disqualified::Releases(vec![Arc::new(
        intake::store::release::Contacts(desk.clone()),
    )]);
    let config = HouseConfig {
        store: store.store(),
        clock: clock.clone(),
        chance,
        secrets,
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
            desk.clone(),
            clients,
            Arc::new(casework),
            Arc::new(analysers),
            Arc::new(intake::neighbours::Neighbours::default()),
            Arc::new(releases),
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

/// A contact from the public form of a municipality that `UNIT` answers for.
pub fn contact(title: &str, person: Option<&str>) -> NewContact {
    NewContact {
        kind: Kind::Contact,
        door: Door::Web,
        municipality: Some("179".to_owned()),
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

    /// Ends a contact that a worker answers for.
    pub fn end(&self, worker: [u8; 16], contact: ContactId) {
        let ending = intake::domain::ending::Ending::NotWanted {
            own_words: "Ei nyt".to_owned(),
        };
        self.act(worker, move |tx, desk, worker| {
            intake::store::ending::end(tx, desk, worker, contact, &ending)
        });
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

    /// The open offer of a contact.
    pub fn open_offer(&self, contact: ContactId) -> OfferId {
        let id = self.store.read_blocking(move |tx| {
            let sql = "select id from offer where contact_id = $1 and state = 'open'";
            tx.query_one(sql, &store::params![contact.bytes()])?
                .get::<[u8; 16]>(0)
        });
        OfferId::from_bytes(id.unwrap())
    }

    /// An open offer from one to another.
    pub fn offered(&self, from: [u8; 16], contact: ContactId, to: [u8; 16]) -> OfferId {
        self.act(from, move |tx, desk, worker| {
            let receiver = offers::Receiver::Person(StaffId::from_bytes(to));
            let new = offers::NewOffer {
                receiver,
                reason: "Syy".to_owned(),
                warm: false,
            };
            offers::make(tx, desk, worker, contact, &new)
        })
    }

    /// An untaken contact whose sender added a file.
    pub fn with_file(
        &self,
        name: &'static str,
        content: &'static [u8],
    ) -> (ContactId, AttachmentId) {
        let desk = self.desk.clone();
        let file = self.store.write_blocking(move |tx| {
            let code = ReceiptCode::new(&*desk.chance);
            let digest = code.digest(&[3; 32]);
            let received = receive::from_sender(tx, &desk, &contact("Liite", None), Some(&digest))?;
            let file = sender::NewFile {
                name: name.to_owned(),
                file_type: attachment::check(name, content).unwrap(),
                content: content.to_vec(),
            };
            sender::add_file(tx, &desk, &code, &[3; 32], &file)?;
            let row = tx.query_one("select id from attachment", &[])?;
            Ok::<_, sender::FileError>((received.id, AttachmentId::from_bytes(row.get(0)?)))
        });
        file.unwrap().value
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
        format!("noste_session={token}; noste_language=fi; noste_keys=on")
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
        let token = token(&self.get("/contacts/new", cookie).await.body);
        self.post_with(&token, path, fields, cookie).await
    }

    /// Sends a form with the token of a page that was loaded before.
    pub async fn post_with(
        &self,
        token: &str,
        path: &str,
        fields: &[(&str, &str)],
        cookie: &str,
    ) -> Answered {
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

/// The form token of a page.
pub fn token(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"_token\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}
