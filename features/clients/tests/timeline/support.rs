//! Two units, some workers, clients and items put by hand.

use std::sync::{Arc, OnceLock};

use clients::relations::{self, NewRelation, Object, Tails};
use clients::timeline::{self, Item, Prepared};
use clients::{ClientId, Reader};
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use kernel::language::Language;
use kernel::time::{Date, SignedDuration, Timestamp, millis};
use store::{Migration, StoreError, WriteTx, params};
use testkit::TestStore;
use text::analysis::Analyser;
use text::search::Analysers;

pub const UNIT: [u8; 16] = [1; 16];
pub const OTHER_UNIT: [u8; 16] = [2; 16];
/// Social worker of the first unit.
pub const AINO: [u8; 16] = [11; 16];
pub const VILLE: [u8; 16] = [12; 16];
pub const HANNA: [u8; 16] = [13; 16];
pub const NURSE: [u8; 16] = [14; 16];
/// Of the other unit.
pub const OLLI: [u8; 16] = [15; 16];

/// Id, unit, name, tasks, qualification.
type Member = (
    [u8; 16],
    [u8; 16],
    &'static str,
    &'static [&'static str],
    &'static str,
);

pub const STAFF: [Member; 5] = [
    (
        AINO,
        UNIT,
        "Aino Salmela",
        &[
            "broad_responsibility",
            "arranging",
            "carrying_out",
            "duty_holder",
        ],
        "sw+office",
    ),
    (
        VILLE,
        UNIT,
        "Ville Aho",
        &["broad_responsibility", "arranging", "carrying_out"],
        "sc",
    ),
    (HANNA, UNIT, "Hanna Rantanen", &["lead"], "sw+office"),
    (NURSE, OTHER_UNIT, "Noora Koski", &["centre_health"], "hp"),
    (
        OLLI,
        OTHER_UNIT,
        "Olli Nieminen",
        &["front_door", "broad_responsibility", "arranging"],
        "sc+office",
    ),
];

pub fn migrations() -> Vec<Migration> {
    [identity::MIGRATIONS, clients::MIGRATIONS].concat()
}

pub fn analysers() -> &'static Analysers {
    static OPEN: OnceLock<Analysers> = OnceLock::new();
    OPEN.get_or_init(|| Analysers {
        fi: Arc::new(Analyser::open(Language::Fi)),
        sv: Arc::new(Analyser::open(Language::Sv)),
        en: Arc::new(Analyser::open(Language::En)),
    })
}

pub fn reader(staff: [u8; 16]) -> Reader {
    let (_, unit, _, tasks, qualification) = STAFF
        .iter()
        .find(|(id, ..)| *id == staff)
        .expect("a worker of the sample");
    Reader {
        staff: StaffId::from_bytes(staff),
        unit: UnitId::from_bytes(*unit),
        subject: access::rights::Subject::employee(tasks.iter().copied(), [*qualification]),
        strong: false,
    }
}

pub fn client(number: u8) -> ClientId {
    ClientId::from_bytes([100 + number; 16])
}

/// Writes units, workers and `clients` clients of the first unit.
pub fn people(store: &TestStore, clients: u8) {
    let now = testkit::start_of_time();
    store
        .write_blocking(move |tx| {
            for (id, lead) in [(UNIT, HANNA), (OTHER_UNIT, OLLI)] {
                people::add_unit(
                    tx,
                    &Unit {
                        id: UnitId::from_bytes(id),
                        code: format!("unit{}", id[0]),
                        kind: UnitKind::SocialWork,
                        name_fi: "Yksikkö".into(),
                        name_sv: "Enhet".into(),
                        name_en: "Unit".into(),
                        phone: None,
                        lead: StaffId::from_bytes(lead),
                    },
                )?;
            }
            for (id, unit, name, tasks, qualification) in STAFF {
                people::add_staff(
                    tx,
                    &Staff {
                        id: StaffId::from_bytes(id),
                        name: name.into(),
                        sort_key: text::sort::sort_key(name),
                        title: "social_worker".into(),
                        tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
                        qualifications: vec![qualification.into()],
                        unit: UnitId::from_bytes(unit),
                        began_on: Date::constant(2020, 1, 1),
                        ended_on: None,
                        demo_role: None,
                    },
                )?;
            }
            (0..clients).try_for_each(|number| add_client(tx, number, now))
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

fn add_client(tx: &mut WriteTx<'_>, number: u8, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into client (id, created_at, source, state, display_name, sort_key, responsible_unit, version)
         values ($1, $2, 'client', 'active', $3, $4, $5, 1)",
        &params![
            client(number).bytes(),
            now,
            format!("Asiakas {number}"),
            format!("asiakas {number}"),
            UNIT
        ],
    )?;
    Ok(())
}

pub fn relate(
    tx: &mut WriteTx<'_>,
    who: ClientId,
    staff: [u8; 16],
    kind: &'static str,
    object: Option<Object>,
    (from, to): (Timestamp, Option<Timestamp>),
) -> Result<(), StoreError> {
    let new = NewRelation {
        client: who,
        staff: StaffId::from_bytes(staff),
        kind,
        object,
        from,
        to,
        made_by: "test",
    };
    relations::begin(tx, &new, Tails::default(), from)
}

/// An item of a note about the client as a whole, so many hours ago.
pub fn note<'a>(id: u8, who: ClientId, hours_ago: i64, title: &'a str, body: &'a str) -> Item<'a> {
    Item {
        id: [id; 16],
        client: who,
        at: testkit::start_of_time() - SignedDuration::from_hours(hours_ago),
        class: "note",
        kind: "note",
        service_task: "working_age",
        restricted: None,
        object: None,
        language: Language::Fi,
        title,
        body,
        author: Some(StaffId::from_bytes(VILLE)),
        href: "/notes/1",
    }
}

pub fn put(tx: &mut WriteTx<'_>, item: &Item<'_>) -> Result<(), StoreError> {
    let words = Prepared::new(analysers(), item.language, item.title, item.body);
    timeline::put(tx, item, &words)
}

pub fn now() -> Timestamp {
    testkit::start_of_time()
}

pub fn bar(
    tx: &mut WriteTx<'_>,
    id: u8,
    who: ClientId,
    kind: &str,
    unit: Option<[u8; 16]>,
    staff: Option<[u8; 16]>,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into bar (id, client_id, staff_id, unit_id, kind, began_at, reason, source) values ($1, $2, $3, $4, $5, $6, 'x', 'x')",
        &params![[id; 16], who.bytes(), staff, unit, kind, millis(now()) - 1_000],
    )?;
    Ok(())
}
