//! What the tests of plans need beside the sample county.

use std::sync::Arc;

use casework::domain::MatterId;
use casework::store::{Casework, joint};
use clients::{ClientId, Reader};
use documents::DocumentId;
use kernel::clock::Clock;
use kernel::language::Language;
use kernel::time::{Date, SignedDuration, day};
use plan::domain::owner::PartnerName;
use plan::domain::{GoalId, GoalKind, NewAction, NewGoal, Owner, PlanError};
use plan::store::begin;
use plan::store::finish::{self, Finishing};
use plan::store::goals::{self, SaveGoal};
use plan::store::read;
pub use sample::*;
use store::WriteTx;
use testkit::TestStore;

pub fn tables() -> Vec<store::Migration> {
    rooms_and(&[documents::MIGRATIONS, plan::MIGRATIONS])
}

pub fn county(store: TestStore) -> Sample {
    sample_of(
        store,
        Rooms {
            features: || vec![documents::feature(), plan::feature()],
            extras: vec![
                Arc::new(casework::panels::MatterPanels(vec![plan::panel::matter])),
                Arc::new(casework::work::Works(vec![
                    plan::work::works,
                    documents::waiting::works,
                ])),
                Arc::new(casework::ending::Endings(vec![begin::end_of_matter])),
                Arc::new(casework::alerts::Alerts(vec![plan::work::alerts])),
            ],
        },
    )
}

/// Runs an act of this room as a worker.
pub fn try_as<T: Send + 'static>(
    sample: &Sample,
    worker: [u8; 16],
    act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, PlanError> + Send + 'static,
) -> Result<T, PlanError> {
    let (casework, reader) = (sample.casework.clone(), reader(worker));
    sample
        .store
        .write_blocking(move |tx| act(tx, &casework, &reader))
        .map(|receipt| receipt.value)
}

pub fn run_as<T: Send + 'static>(
    sample: &Sample,
    worker: [u8; 16],
    act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, PlanError> + Send + 'static,
) -> T {
    try_as(sample, worker, act).unwrap()
}

/// A new goal: common, or one client's own, with an action of a client, of a worker and of a partner.
pub fn goal(plan: DocumentId, whose: Option<ClientId>, words: &str, doer: ClientId) -> SaveGoal {
    let action = |what: &str, owner: Owner, days: i8| NewAction {
        what: what.to_owned(),
        owner,
        due: Date::constant(2026, 4, days),
        development: false,
    };
    let partner = PartnerName::new("Asumisneuvonta").map(Owner::Partner);
    SaveGoal {
        plan,
        goal: None,
        based_on: 0,
        new: NewGoal {
            client: whose,
            words: words.to_owned(),
            kind: GoalKind::Keep,
            steps: "Avaan yhden kirjeen\nSoitan vuokranantajalle".to_owned(),
            helps: String::new(),
            hinders: String::new(),
        },
        actions: vec![
            action("Toimita tiliote", Owner::Client(doer), 3),
            action(
                "Maksusuunnitelma vuokranantajalle",
                Owner::Worker(staff(AINO)),
                4,
            ),
            action("Kotikäynti", partner.unwrap(), 5),
        ],
    }
}

pub fn add(sample: &Sample, worker: [u8; 16], saving: SaveGoal) -> GoalId {
    run_as(sample, worker, move |tx, casework, reader| {
        goals::save(tx, casework, reader, &saving)
    })
}

pub fn begin(
    sample: &Sample,
    worker: [u8; 16],
    matter: MatterId,
    whose: &[ClientId],
) -> Result<DocumentId, PlanError> {
    let whose = whose.to_vec();
    try_as(sample, worker, move |tx, casework, reader| {
        begin::begin(tx, casework, reader, matter, &whose, Language::Fi)
    })
}

/// A plan with one goal, not yet in force.
pub fn begun(
    sample: &Sample,
    worker: [u8; 16],
    matter: MatterId,
    whose: &[ClientId],
) -> (DocumentId, GoalId) {
    let plan = begin(sample, worker, matter, whose).unwrap();
    let first = goal(plan, None, "Haluan pitää oman kodin", whose[0]);
    (plan, add(sample, worker, first))
}

pub fn finishing(sample: &Sample) -> Finishing {
    Finishing {
        obstacle: None,
        review_on: day(sample.clock.now() + SignedDuration::from_hours(24 * 90)),
        why: None,
    }
}

pub fn finish(sample: &Sample, worker: [u8; 16], plan: DocumentId) -> Result<i64, PlanError> {
    let finishing = finishing(sample);
    try_as(sample, worker, move |tx, casework, reader| {
        finish::finish(tx, casework, reader, plan, &finishing)
    })
}

/// A client joins a matter whose holder works for the client already.
pub fn joins(sample: &Sample, worker: [u8; 16], matter: MatterId, client: ClientId) {
    sample.relate(client, worker, "contact_holder");
    sample.act(worker, move |tx, casework, reader| {
        joint::join(tx, casework, reader, matter, client)
    });
    sample
        .store
        .write_blocking(|tx| tx.execute("delete from relation where kind = 'contact_holder'", &[]))
        .unwrap();
}

pub fn load(sample: &Sample, plan: DocumentId) -> read::View {
    let reader = reader(AINO);
    let now = sample.clock.now();
    sample
        .store
        .read_blocking(move |tx| read::view(tx, &reader, plan, now))
        .unwrap()
}

/// Thirteenth of March 2026.
pub const fn sample_time() -> i64 {
    1_773_388_800_000
}

/// A bar between somebody of the staff and a client: a disqualification that she has declared.
pub fn bar(sample: &Sample, client: ClientId, worker: [u8; 16]) {
    let casework = &sample.casework;
    let id = casework::domain::RowId::new(&*casework.clock, &*casework.chance).bytes();
    sample
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into bar (id, client_id, staff_id, kind, began_at, reason, source, made_by) values ($1, $2, $3, 'B19', 0, '', 'self', $3)",
                &store::params![id, client.bytes(), worker],
            )
        })
        .unwrap();
}

/// The id of a page on which something new is written.
pub fn form_of(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"form\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}
