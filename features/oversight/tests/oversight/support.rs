//! Two units with their people, some clients, and a browser that speaks to the house.

use std::sync::Arc;

use access::log::LogEntry;
use access::rights::Subject;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use casework::domain::initiation::Initiation;
use casework::domain::transfer::{NewTransfer, Part, Soon};
use casework::domain::{
    Ground, Holder, InitiationKind, Initiator, MatterId, MatterName, MatterSettings, NameCode,
    ServiceTask, Way,
};
use casework::store::open::{NewMatter, open};
use casework::store::{Casework, sending};
use clients::relations::{self, NewRelation};
use clients::store::create::{self, NewClient};
use clients::store::exceptional::{self, Reason};
use clients::{ClientError, ClientId, ClientSettings, Gate, Reader};
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::session::{Method, Sessions, Start, begin_as};
use kernel::clock::ManualClock;
use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use store::{Actor, StoreError, WriteTx};
use testkit::TestStore;
use tower::ServiceExt;
use web::{House, HouseConfig, LimitsMode, Secrets};

pub const NORTH: [u8; 16] = [1; 16];
pub const SOUTH: [u8; 16] = [2; 16];
/// Social worker, north.
pub const AINO: [u8; 16] = [11; 16];
/// Counsellor, south.
pub const VILLE: [u8; 16] = [12; 16];
/// Lead of north.
pub const HANNA: [u8; 16] = [13; 16];
/// Lead of south.
pub const LIISA: [u8; 16] = [15; 16];
/// Data protection officer.
pub const SIRPA: [u8; 16] = [16; 16];
/// What Ville writes when he opens somebody.
pub const WHY: &str = "Asiakas on tiskillä ja pyytää apua heti.";

const WORKER: [&str; 4] = [
    "broad_responsibility",
    "arranging",
    "carrying_out",
    "duty_holder",
];

type Person = (
    [u8; 16],
    [u8; 16],
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

const PEOPLE: [Person; 5] = [
    (
        AINO,
        NORTH,
        "Aino Salmela",
        "social_worker",
        &WORKER,
        "sw+office",
    ),
    (VILLE, SOUTH, "Ville Aho", "counsellor", &WORKER, "sc"),
    (
        HANNA,
        NORTH,
        "Hanna Rantanen",
        "lead",
        &["lead", "duty_holder"],
        "sw+office",
    ),
    (LIISA, SOUTH, "Liisa Kettu", "lead", &["lead"], "sw+office"),
    (SIRPA, SOUTH, "Sirpa Kivelä", "dpo", &["dpo"], "other"),
];

pub struct Sample {
    pub store: TestStore,
    pub clock: Arc<ManualClock>,
    pub house: House,
    pub casework: Arc<Casework>,
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

    /// The address of the first link to a path that begins so.
    pub fn link(&self, begins: &str) -> Option<String> {
        let (_, rest) = self.body.split_once(&format!("href=\"{begins}"))?;
        let (end, _) = rest.split_once('"')?;
        Some(format!("{begins}{end}").replace("&amp;", "&"))
    }
}

pub fn rooms() -> Vec<store::Migration> {
    [
        identity::MIGRATIONS,
        clients::MIGRATIONS,
        casework::MIGRATIONS,
        oversight::MIGRATIONS,
    ]
    .concat()
}

fn county(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    for (id, lead, name) in [(NORTH, HANNA, "Pohjoinen"), (SOUTH, LIISA, "Eteläinen")] {
        let unit = Unit {
            id: UnitId::from_bytes(id),
            code: name.to_lowercase(),
            kind: UnitKind::SocialWork,
            name_fi: name.to_owned(),
            name_sv: name.to_owned(),
            name_en: name.to_owned(),
            phone: None,
            lead: StaffId::from_bytes(lead),
        };
        people::add_unit(tx, &unit)?;
    }
    for (id, unit, name, title, tasks, qualification) in PEOPLE {
        let staff = Staff {
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
        };
        people::add_staff(tx, &staff)?;
    }
    Ok(())
}

pub fn sample(store: TestStore) -> Sample {
    let (clock, chance) = (store.clock.clone(), store.chance.clone());
    let sessions = Arc::new(Sessions::default());
    let calendar = Arc::new(law::Calendar::finland());
    let secrets = Secrets::new([7; 32]);
    let desk = Arc::new(clients::Desk::new(
        clock.clone(),
        chance.clone(),
        &secrets,
        ClientSettings::default(),
        calendar.clone(),
    ));
    let analysers = text::search::Analysers::open();
    let casework = Arc::new(Casework {
        clock: clock.clone(),
        chance: chance.clone(),
        settings: Arc::new(MatterSettings::default()),
        calendar,
        analysers: Arc::new(analysers.clone()),
        clients: desk.clone(),
        endings: Default::default(),
    });
    let features = || {
        vec![
            web::feature(),
            identity::feature(false),
            clients::feature(),
            casework::feature(),
            oversight::feature(),
        ]
    };
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
            casework.clone(),
            desk,
            Arc::new(analysers),
            Arc::new(clients::Panels(vec![casework::panel::matters])),
        ],
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    store.write_blocking(county).unwrap();
    Sample {
        store,
        clock,
        house,
        casework,
        router,
    }
}

pub fn staff(id: [u8; 16]) -> StaffId {
    StaffId::from_bytes(id)
}

pub fn reader(id: [u8; 16]) -> Reader {
    let (_, unit, _, _, tasks, qualification) =
        PEOPLE.into_iter().find(|person| person.0 == id).unwrap();
    Reader {
        staff: staff(id),
        unit: UnitId::from_bytes(unit),
        subject: Subject::employee(tasks.iter().copied(), [qualification]),
        strong: false,
    }
}

fn relate(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    worker: [u8; 16],
    kind: &'static str,
) -> Result<(), ClientError> {
    let now = casework.now();
    let new = NewRelation {
        client,
        staff: staff(worker),
        kind,
        object: None,
        from: now,
        to: None,
        made_by: "test",
    };
    relations::begin(tx, &new, casework.tails(), now)?;
    Ok(())
}

fn matter(casework: &Casework) -> NewMatter {
    let now = casework.now();
    NewMatter {
        name: MatterName::new(NameCode::Assessment, None).unwrap(),
        service_task: ServiceTask::WorkingAge,
        holder: Holder::Person {
            staff: staff(AINO),
            unit: UnitId::from_bytes(NORTH),
        },
        initiation: Initiation {
            kind: InitiationKind::Contact,
            way: Way::Phone,
            initiator: Initiator::Person,
            initiator_name: None,
            pending_at: now,
            contact_at: now,
            reasons: "Vuokra on kaksi kuukautta rästissä".to_owned(),
            own_words: None,
            outside: None,
            seven_days: None,
        },
    }
}

impl Sample {
    pub fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut WriteTx<'_>, &Casework) -> Result<T, ClientError> + Send + 'static,
    ) -> T {
        let casework = self.casework.clone();
        self.store
            .write_blocking(move |tx| act(tx, &casework))
            .unwrap()
            .value
    }

    /// A client of the north whose own worker is Aino.
    pub fn client(&self, family: &'static str, code: Option<IdentityCode>) -> ClientId {
        let new = NewClient {
            code,
            birth: Some(Date::constant(1980, 5, 4)).filter(|_| code.is_none()),
            family: family.to_owned(),
            given: "Testi".to_owned(),
            called: None,
            sex: None,
            source: "client".to_owned(),
            unit: Some(UnitId::from_bytes(NORTH)),
            details: Vec::new(),
            protect: false,
        };
        self.write(move |tx, casework| {
            let client = create::insert(tx, &casework.clients, &new, None)?;
            relate(tx, casework, client, AINO, "own_worker")?;
            Ok(client)
        })
    }

    /// Ville opens the client exceptionally.
    pub fn opened(&self, client: ClientId) {
        self.write(move |tx, casework| {
            let reader = reader(VILLE);
            let gate = Gate::open(tx, &reader, client, casework.now())?;
            exceptional::open(tx, &casework.clients, &gate, Reason::Present, WHY)
        });
    }

    /// Aino opens a matter of the client and sends it to another county.
    pub fn sent(&self, client: ClientId) -> MatterId {
        let casework = self.casework.clone();
        self.store
            .write_blocking(move |tx| {
                let reader = reader(AINO);
                relate(tx, &casework, client, AINO, "recorder").unwrap();
                let opened = open(tx, &casework, &reader, client, &matter(&casework))?;
                let new = NewTransfer {
                    county: "13".to_owned(),
                    receiver: "Aikuissosiaalityön neuvonta".to_owned(),
                    urgency: Soon::Week,
                    ground: Ground::Consent,
                    ground_words: "Muutti".to_owned(),
                    parts: vec![Part::Basics, Part::Initiation],
                    cover: "Saatesanat".to_owned(),
                    client_told: true,
                };
                sending::transfer(tx, &casework, &reader, opened.id, "15", &new, None)?;
                Ok::<_, casework::domain::MatterError>(opened.id)
            })
            .unwrap()
            .value
    }

    pub fn run(&self, sql: &'static str, values: Vec<store::Value>) {
        self.store
            .write_blocking(move |tx| tx.execute(sql, &values).map(drop))
            .map_err(|error: StoreError| error)
            .unwrap();
    }

    /// An entry of somebody reading a client.
    pub fn read_by(&self, worker: [u8; 16], subject: [u8; 16], event: &'static str) {
        let entry = LogEntry {
            at: self.house.now(),
            actor: Actor::Staff(worker),
            event,
            right: "OW-01".into(),
            purpose: "P04",
            subjects: vec![subject],
            detail: String::new(),
            digest: None,
        };
        self.store.log_blocking(entry).unwrap();
    }

    /// Signed in a moment ago with two factors, or a while ago.
    pub async fn enter_as(&self, worker: [u8; 16], strong: bool) -> String {
        let start = Start {
            strong,
            ..Start::new(staff(worker), Method::Demo)
        };
        let token = begin_as(&self.house, start).await.unwrap();
        format!("noste_session={token}; noste_language=fi")
    }

    pub async fn enter(&self, worker: [u8; 16]) -> String {
        self.enter_as(worker, true).await
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
        let page = self.get("/oversight/own", cookie).await.body;
        let (_, rest) = page.split_once("name=\"_token\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap();
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
