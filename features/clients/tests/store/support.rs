//! Two units, their people and a client or two, on each engine.

use std::sync::Arc;

use access::rights::Subject;
use clients::relations::{self, NewRelation, Object};
use clients::store::create::{self, Maker, NewClient};
use clients::{ClientError, ClientId, ClientSettings, Desk, Gate, Reader};
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use kernel::clock::ManualClock;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration, Timestamp};
use store::{StoreError, WriteTx};
use testkit::TestStore;
use web::Secrets;

pub const NORTH: [u8; 16] = [1; 16];
pub const SOUTH: [u8; 16] = [2; 16];
/// Front door, north.
pub const JAANA: [u8; 16] = [11; 16];
/// Social worker, north.
pub const AINO: [u8; 16] = [12; 16];
/// Lead of north.
pub const HANNA: [u8; 16] = [13; 16];
/// Counsellor, south.
pub const VILLE: [u8; 16] = [14; 16];
/// Lead of south.
pub const LIISA: [u8; 16] = [15; 16];
pub const STEWARD: [u8; 16] = [16; 16];
pub const SECOND_STEWARD: [u8; 16] = [17; 16];
pub const OFFICER: [u8; 16] = [18; 16];
/// Leading social worker who leads north with Hanna.
pub const PAULA: [u8; 16] = [19; 16];
/// Social emergency service, north.
pub const EMMA: [u8; 16] = [20; 16];
/// Nurse at a centre.
pub const NURSE: [u8; 16] = [21; 16];

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
    &'static [&'static str],
    &'static str,
);

const PEOPLE: [Person; 11] = [
    (JAANA, NORTH, "Jaana Koski", &["front_door"], "sc"),
    (AINO, NORTH, "Aino Salmela", &WORKER, "sw+office"),
    (HANNA, NORTH, "Hanna Rantanen", &["lead"], "sw+office"),
    (VILLE, SOUTH, "Ville Aho", &WORKER, "sc+office"),
    (LIISA, SOUTH, "Liisa Kettu", &["lead"], "sw+office"),
    (STEWARD, NORTH, "Silja Vuori", &["data_steward"], "other"),
    (
        SECOND_STEWARD,
        NORTH,
        "Sami Lampi",
        &["data_steward"],
        "other",
    ),
    (OFFICER, NORTH, "Tiina Tieto", &["dpo"], "other"),
    (PAULA, NORTH, "Paula Johto", &["leading_sw"], "sw+office"),
    (EMMA, NORTH, "Emma Yö", &["emergency_duty"], "sw+office"),
    (NURSE, SOUTH, "Noora Hoiva", &["centre_health"], "hp"),
];

pub struct Sample<'a> {
    pub store: &'a TestStore,
    pub clock: Arc<ManualClock>,
    pub desk: Desk,
}

pub fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

pub fn id(bytes: [u8; 16]) -> StaffId {
    StaffId::from_bytes(bytes)
}

pub fn reader(staff: [u8; 16]) -> Reader {
    let (_, unit, _, tasks, qualification) =
        PEOPLE.into_iter().find(|person| person.0 == staff).unwrap();
    Reader {
        staff: id(staff),
        unit: UnitId::from_bytes(unit),
        subject: Subject::employee(tasks.iter().copied(), [qualification]),
        strong: false,
    }
}

/// A code of somebody who cannot exist.
pub fn made_up(birth: &str, serial: u16) -> IdentityCode {
    IdentityCode::artificial(birth.parse().unwrap(), serial).unwrap()
}

pub fn person(family: &str, given: &str, code: Option<IdentityCode>) -> NewClient {
    NewClient {
        code,
        birth: Some("1980-05-04".parse::<Date>().unwrap()).filter(|_| code.is_none()),
        family: family.to_owned(),
        given: given.to_owned(),
        called: None,
        sex: None,
        source: "client".to_owned(),
        unit: Some(UnitId::from_bytes(NORTH)),
        details: Vec::new(),
        protect: false,
    }
}

/// Runs a test over the people of this county on each engine.
pub fn each(test: impl Fn(&Sample<'_>)) {
    let mut rooms = identity::MIGRATIONS.to_vec();
    rooms.extend_from_slice(clients::MIGRATIONS);
    testkit::for_each_engine(&rooms, |store| {
        let sample = Sample {
            clock: store.clock.clone(),
            desk: Desk::new(
                store.clock.clone(),
                store.chance.clone(),
                &Secrets::new([7; 32]),
                ClientSettings::default(),
                Arc::new(law::Calendar::finland()),
            ),
            store,
        };
        sample.write(county).unwrap();
        test(&sample);
    });
}

fn county(tx: &mut WriteTx<'_>) -> Result<(), ClientError> {
    for (unit, lead, name) in [(NORTH, HANNA, "Pohjoinen"), (SOUTH, LIISA, "Eteläinen")] {
        let unit = Unit {
            id: UnitId::from_bytes(unit),
            code: name.to_lowercase(),
            kind: UnitKind::SocialWork,
            name_fi: name.to_owned(),
            name_sv: name.to_owned(),
            name_en: name.to_owned(),
            phone: Some("014 000 0200".to_owned()),
            lead: id(lead),
        };
        people::add_unit(tx, &unit)?;
    }
    for (staff, unit, name, tasks, qualification) in PEOPLE {
        let staff = Staff {
            id: id(staff),
            name: name.to_owned(),
            sort_key: name.to_lowercase(),
            title: "social_worker".to_owned(),
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

impl Sample<'_> {
    pub fn now(&self) -> Timestamp {
        self.desk.now()
    }

    pub fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut WriteTx<'_>) -> Result<T, ClientError> + Send + 'static,
    ) -> Result<T, ClientError> {
        self.store.write_blocking(act).map(|receipt| receipt.value)
    }

    /// An act with the desk.
    pub fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut WriteTx<'_>, &Desk) -> Result<T, ClientError> + Send + 'static,
    ) -> Result<T, ClientError> {
        let desk = self.desk.clone();
        self.write(move |tx| act(tx, &desk))
    }

    pub fn gate(&self, staff: [u8; 16], client: ClientId) -> Result<Gate, ClientError> {
        let (reader, now) = (reader(staff), self.now());
        self.store
            .read_blocking(move |tx| Gate::open(tx, &reader, client, now))
    }

    /// An act behind the gate of a client.
    pub fn at<T: Send + 'static>(
        &self,
        staff: [u8; 16],
        client: ClientId,
        act: impl FnOnce(&mut WriteTx<'_>, &Desk, &Gate) -> Result<T, ClientError> + Send + 'static,
    ) -> Result<T, ClientError> {
        let reader = reader(staff);
        self.act(move |tx, desk| {
            let gate = Gate::open(tx, &reader, client, desk.now())?;
            act(tx, desk, &gate)
        })
    }

    pub fn sees(&self, staff: [u8; 16], client: ClientId) -> bool {
        self.gate(staff, client).is_ok_and(|gate| {
            gate.acting("client_basics", "see_basics", "working_age", None, &[])
                .is_ok()
        })
    }

    /// Makes a client without any relation to anybody.
    pub fn plain(&self, new: NewClient) -> ClientId {
        self.act(move |tx, desk| create::insert(tx, desk, &new, None))
            .unwrap()
    }

    /// Makes a client whom Jaana writes down.
    pub fn written(&self, new: NewClient) -> Result<ClientId, ClientError> {
        self.act(move |tx, desk| create::create(tx, desk, &reader(JAANA), &new, Maker::Recorder))
    }

    pub fn begin(&self, client: ClientId, staff: [u8; 16], kind: &'static str) {
        self.begin_of(client, staff, kind, None, None);
    }

    pub fn begin_of(
        &self,
        client: ClientId,
        staff: [u8; 16],
        kind: &'static str,
        object: Option<Object>,
        to: Option<Timestamp>,
    ) {
        self.act(move |tx, desk| {
            let relation = NewRelation {
                client,
                staff: id(staff),
                kind,
                object,
                from: desk.now(),
                to,
                made_by: "test",
            };
            Ok(relations::begin(tx, &relation, desk.tails(), desk.now())?)
        })
        .unwrap();
    }

    pub fn end(&self, client: ClientId, staff: [u8; 16], kind: &'static str) {
        self.act(move |tx, desk| {
            let which = relations::Which {
                client,
                staff: Some(id(staff)),
                kind,
                object: None,
            };
            let ended = relations::end(tx, &which, desk.now(), desk.tails(), "test")?;
            assert_eq!(ended, 1, "one relation ends");
            Ok(())
        })
        .unwrap();
    }

    pub fn run(&self, sql: &'static str, values: Vec<store::Value>) {
        self.store
            .write_blocking(move |tx| tx.execute(sql, &values).map(drop))
            .map(drop)
            .map_err(|error: StoreError| error)
            .unwrap();
    }
}
