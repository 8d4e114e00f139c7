//! For tests of rooms that build on matters: two units with their people, some clients, and a browser that speaks to a
//! house of the rooms that the test names.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod browser;
mod cast;

use std::any::Any;

use std::sync::Arc;

use access::rights::Subject;
use axum::Router;
use casework::domain::initiation::Initiation;
use casework::domain::{
    Holder, InitiationKind, Initiator, MatterError, MatterId, MatterName, MatterSettings, NameCode,
    ServiceTask, Way,
};
use casework::holdings::Matters;
use casework::store::Casework;
use casework::store::open::{NewMatter, open};
use clients::holdings::Relations;
use clients::relations::{self, NewRelation};
use clients::store::create::{self, NewClient};
use clients::{ClientError, ClientId, ClientSettings, Reader};
use identity::admin::AllHoldings;
use identity::people::{self, DutyId, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::session::Sessions;
use kernel::clock::ManualClock;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration};
use store::{Query, StoreError, WriteTx};
use testkit::TestStore;
use web::{Feature, House, HouseConfig, LimitsMode, Secrets};

pub use browser::Answered;
pub use cast::*;

pub struct Sample {
    pub store: TestStore,
    pub clock: Arc<ManualClock>,
    pub house: House,
    pub casework: Arc<Casework>,
    router: Router,
}

/// The rooms of a test: their features, and what `app` would put into the house for them.
pub struct Rooms {
    /// Besides the pages, identity, clients and casework.
    pub features: fn() -> Vec<Feature>,
    /// Parts of the matter's and the client's page, sources of work and alerts, settings of the rooms.
    pub extras: Vec<Arc<dyn Any + Send + Sync>>,
}

/// No rooms besides.
pub fn none() -> Rooms {
    Rooms {
        features: Vec::new,
        extras: Vec::new(),
    }
}

/// The tables of identity, clients and casework.
pub fn rooms() -> Vec<store::Migration> {
    [
        identity::MIGRATIONS,
        clients::MIGRATIONS,
        casework::MIGRATIONS,
    ]
    .concat()
}

/// The same with the tables of further rooms.
pub fn rooms_and(more: &[&[store::Migration]]) -> Vec<store::Migration> {
    let mut all = rooms();
    all.extend(more.iter().flat_map(|room| room.iter().copied()));
    all
}

fn county(tx: &mut WriteTx<'_>, casework: &Casework) -> Result<(), StoreError> {
    for (unit, lead, name) in [(NORTH, HANNA, "Pohjoinen"), (SOUTH, LIISA, "Eteläinen")] {
        let unit = Unit {
            id: UnitId::from_bytes(unit),
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
    let now = casework.now();
    people::add_duty(
        tx,
        DutyId::from_bytes([9; 16]),
        UnitId::from_bytes(NORTH),
        StaffId::from_bytes(VILLE),
        now - SignedDuration::from_hours(24),
        now + SignedDuration::from_hours(24 * 60),
    )
}

/// A county with matters and nothing more.
pub fn sample(store: TestStore) -> Sample {
    sample_of(store, none())
}

/// What ends with a matter in the further rooms: it stands among their extras.
fn endings(rooms: &Rooms) -> casework::ending::Endings {
    rooms
        .extras
        .iter()
        .find_map(|one| one.downcast_ref::<casework::ending::Endings>())
        .cloned()
        .unwrap_or_default()
}

/// A county with further rooms.
pub fn sample_of(store: TestStore, rooms: Rooms) -> Sample {
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
        endings: endings(&rooms),
    });
    let features = || {
        let mut all = vec![
            web::feature(),
            identity::feature(false),
            identity::admin::feature(),
            clients::feature(),
            casework::feature(),
        ];
        all.extend((rooms.features)());
        all
    };
    let holdings = AllHoldings(vec![
        Arc::new(Matters(casework.clone())),
        Arc::new(Relations(desk.clone())),
    ]);
    let releases = clients::store::disqualified::Releases(vec![Arc::new(
        casework::store::release::Matters(casework.clone()),
    )]);
    let config = HouseConfig {
        store: store.store(),
        clock: clock.clone(),
        chance,
        secrets,
        county: web::County {
            code: "15".to_owned(),
            name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
            public_address: "https://noste.example.fi".to_owned(),
            ..web::County::default()
        },
        demo: false,
        https: false,
        trusted_proxy_header: None,
        limits: LimitsMode::Off,
        sessions: sessions.clone(),
        extras: [
            rooms.extras,
            vec![
                sessions,
                Arc::new(holdings),
                casework.clone(),
                desk,
                Arc::new(analysers),
                Arc::new(clients::Panels(vec![
                    casework::panel::matters,
                    casework::person_panels::own_workers,
                    casework::person_panels::follow_ups,
                ])),
                Arc::new(clients::panels::OneNumber(
                    casework::person_panels::one_number,
                )),
                Arc::new(casework::ending::Obstacles(vec![drafted])),
                Arc::new(releases),
            ],
        ]
        .concat(),
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    let here = casework.clone();
    store.write_blocking(move |tx| county(tx, &here)).unwrap();
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

/// A matter in the hands of somebody, or in a unit's queue.
pub fn matter(holder: Holder, casework: &Casework) -> NewMatter {
    let now = casework.now();
    NewMatter {
        name: MatterName::new(NameCode::Assessment, None).unwrap(),
        service_task: ServiceTask::WorkingAge,
        holder,
        initiation: Initiation {
            kind: InitiationKind::Contact,
            way: Way::Phone,
            initiator: Initiator::Person,
            initiator_name: None,
            pending_at: now,
            contact_at: now,
            reasons: "Vuokra on kaksi kuukautta rästissä".to_owned(),
            own_words: Some("En uskalla avata kirjeitä".to_owned()),
            outside: None,
            seven_days: None,
        },
    }
}

pub fn me(id: [u8; 16]) -> Holder {
    let reader = reader(id);
    Holder::Person {
        staff: reader.staff,
        unit: reader.unit,
    }
}

impl Sample {
    /// A student on placement, and her tutor, who works for the client herself and has named the student for her.
    pub fn placement(&self, client: ClientId) {
        let more: [([u8; 16], &str, &[&str], &str); 2] = [
            (STUDENT, "Oona Opiskelija", &["student"], "other"),
            (
                TUTOR,
                "Maija Ohjaaja",
                &["broad_responsibility", "arranging", "tutor"],
                "sw+office",
            ),
        ];
        self.store
            .write_blocking(move |tx| {
                for (id, name, tasks, qualification) in more {
                    people::add_staff(
                        tx,
                        &Staff {
                            id: StaffId::from_bytes(id),
                            name: name.to_owned(),
                            sort_key: name.to_lowercase(),
                            title: "social_worker".to_owned(),
                            tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
                            qualifications: vec![qualification.to_owned()],
                            unit: UnitId::from_bytes(NORTH),
                            began_on: Date::constant(2020, 1, 1),
                            ended_on: None,
                            demo_role: None,
                        },
                    )?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
        self.relate(client, TUTOR, "own_worker");
        self.relate(client, TUTOR, "tutor_of");
        let tutor = Some(clients::tutored::by(staff(TUTOR)));
        self.relate_over(client, STUDENT, "tutor_link", tutor);
    }

    /// Runs an act of the room as this worker.
    pub fn try_act<T: Send + 'static>(
        &self,
        worker: [u8; 16],
        act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, MatterError>
        + Send
        + 'static,
    ) -> Result<T, MatterError> {
        let (casework, reader) = (self.casework.clone(), reader(worker));
        self.store
            .write_blocking(move |tx| act(tx, &casework, &reader))
            .map(|receipt| receipt.value)
    }

    pub fn act<T: Send + 'static>(
        &self,
        worker: [u8; 16],
        act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, MatterError>
        + Send
        + 'static,
    ) -> T {
        self.try_act(worker, act).unwrap()
    }

    /// A client whom nobody works for.
    pub fn client(&self, family: &'static str, code: Option<IdentityCode>) -> ClientId {
        let desk = self.casework.clients.clone();
        let new = NewClient {
            code,
            birth: Some(Date::constant(1980, 5, 4)).filter(|_| code.is_none()),
            family: family.to_owned(),
            given: "Testi".to_owned(),
            called: None,
            sex: None,
            source: "client".to_owned(),
            unit: None,
            details: vec![("phone", "040 000 0009".to_owned())],
            protect: false,
        };
        self.store
            .write_blocking(move |tx| create::insert(tx, &desk, &new, None))
            .unwrap()
            .value
    }

    /// Lets a worker stand in a relation to a client.
    pub fn relate(&self, client: ClientId, worker: [u8; 16], kind: &'static str) {
        self.relate_over(client, worker, kind, None);
    }

    /// The same over one thing of the client.
    pub fn relate_over(
        &self,
        client: ClientId,
        worker: [u8; 16],
        kind: &'static str,
        object: Option<relations::Object>,
    ) {
        let casework = self.casework.clone();
        self.store
            .write_blocking(move |tx| {
                let now = casework.now();
                let new = NewRelation {
                    client,
                    staff: staff(worker),
                    kind,
                    object,
                    from: now,
                    to: None,
                    made_by: "test",
                };
                relations::begin(tx, &new, casework.tails(), now)?;
                Ok::<_, ClientError>(())
            })
            .unwrap();
    }

    /// A matter that a worker opened and answers for.
    pub fn held(&self, worker: [u8; 16], family: &'static str) -> (ClientId, MatterId) {
        let client = self.client(family, None);
        (client, self.opened(worker, client, me(worker)))
    }

    /// A matter in a unit's queue.
    pub fn queued(&self, unit: [u8; 16], family: &'static str) -> (ClientId, MatterId) {
        let client = self.client(family, None);
        let queue = Holder::Duty(UnitId::from_bytes(unit));
        (client, self.opened(SANNA, client, queue))
    }

    /// Opens a matter over a contact that the worker holds, which then ends.
    pub fn opened(&self, worker: [u8; 16], client: ClientId, holder: Holder) -> MatterId {
        self.relate(client, worker, "recorder");
        let opened = self.act(worker, move |tx, casework, reader| {
            open(tx, casework, reader, client, &matter(holder, casework))
        });
        self.store
            .write_blocking(move |tx| {
                tx.execute("delete from relation where kind = 'recorder'", &[])
            })
            .unwrap();
        opened.id
    }

    /// A deputy of the lead of a unit, both days included.
    pub fn deputy(&self, unit: [u8; 16], worker: [u8; 16], from: Date, until: Date) {
        self.store
            .write_blocking(move |tx| {
                let (from, until) = (from.to_string(), until.to_string());
                tx.execute(
                    "insert into deputy_lead (id, unit_id, staff_id, begins_on, ends_on, requested_at, requested_by, approved_at, approved_by) values (1, $1, $2, $3, $4, 1, $5, 1, $6)",
                    &store::params![unit, worker, from, until, AINO, TUULA],
                )
            })
            .unwrap();
    }

    pub fn count(&self, sql: &'static str) -> i64 {
        self.store
            .read_blocking(move |tx| tx.query_one(sql, &[])?.get::<i64>(0))
            .unwrap()
    }
}

/// Somebody always has a plan unfinished here.
fn drafted(
    _: &mut store::ShowTx<'_, '_>,
    _: &casework::panels::MatterAround<'_>,
) -> Result<Vec<casework::ending::Unfinished>, StoreError> {
    Ok(vec![casework::ending::Unfinished {
        what: "Asiakassuunnitelma, luonnos".to_owned(),
        who: "Aino Salmela, 12.3.".to_owned(),
        href: String::new(),
    }])
}
