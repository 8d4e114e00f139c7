//! What the tests of assessments need beside the sample county.

use std::sync::Arc;

use assessment::domain::Refusal;
use assessment::domain::parts::own_part;
use assessment::store::{acts, finish};
use casework::domain::MatterId;
use casework::store::Casework;
use clients::{ClientId, Reader};
use documents::{DocumentId, Fields};
use kernel::language::Language;
pub use sample::*;
use store::WriteTx;
use testkit::TestStore;

pub fn all_rooms() -> Vec<store::Migration> {
    rooms_and(&[documents::MIGRATIONS, assessment::MIGRATIONS])
}

pub fn county(store: TestStore) -> Sample {
    sample_of(
        store,
        Rooms {
            features: || vec![documents::feature(), assessment::feature()],
            extras: vec![
                Arc::new(casework::panels::MatterPanels(vec![
                    assessment::panel::of_matter,
                ])),
                Arc::new(casework::work::Works(vec![
                    assessment::panel::work,
                    documents::waiting::works,
                ])),
                Arc::new(casework::ending::Endings(vec![acts::end_of_matter])),
            ],
        },
    )
}

/// Runs an act of this room as a worker who has just proved who she is.
pub fn try_as<T: Send + 'static>(
    sample: &Sample,
    worker: [u8; 16],
    act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let casework = sample.casework.clone();
    let reader = Reader {
        strong: true,
        ..reader(worker)
    };
    sample
        .store
        .write_blocking(move |tx| act(tx, &casework, &reader))
        .map(|receipt| receipt.value)
}

pub fn begin(sample: &Sample, worker: [u8; 16], client: ClientId, matter: MatterId) -> DocumentId {
    try_as(sample, worker, move |tx, casework, reader| {
        let new = acts::Begin {
            clients: vec![client],
            language: Language::Fi,
            late: String::new(),
        };
        acts::begin(tx, casework, reader, matter, &new)
    })
    .unwrap()
}

pub fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().copied().collect()
}

pub fn save(
    sample: &Sample,
    worker: [u8; 16],
    doc: DocumentId,
    part: &str,
    based_on: i64,
    pairs: &[(&str, &str)],
) -> Result<i64, Refusal> {
    let (part, fields) = (part.to_owned(), fields(pairs));
    try_as(sample, worker, move |tx, casework, reader| {
        acts::save(tx, casework, reader, doc, &part, based_on, &fields)
    })
}

/// Writes everything that the law asks for.
pub fn fill(sample: &Sample, worker: [u8; 16], client: ClientId, doc: DocumentId) {
    for (part, pairs) in [
        (
            own_part(client).as_str(),
            &[("own", "Haluan pitää kotini")][..],
        ),
        ("areas", &[("open", "housing")]),
        (
            "housing",
            &[
                ("own", "Kirje tuli, en avannut"),
                ("eviction", "court"),
                ("eviction_on", "2026-04-02"),
                ("need", "temporary"),
            ],
        ),
        (
            "conclusions",
            &[
                ("conclusions", "Tarvitsee sosiaaliohjausta asumiseen"),
                ("continues", "yes"),
                ("own_worker", "yes"),
                ("plan", "yes"),
            ],
        ),
    ] {
        save(sample, worker, doc, part, 0, pairs).unwrap();
    }
}

/// A matter of two, held by Aino, with one assessment of both.
pub fn joint(sample: &Sample) -> (ClientId, ClientId, DocumentId) {
    let (one, matter) = sample.held(AINO, "Virtanen");
    let other = sample.client("Salonen", None);
    sample.relate(other, AINO, "own_worker");
    sample.act(AINO, move |tx, casework, reader| {
        casework::store::joint::join(tx, casework, reader, matter, other)
    });
    let doc = try_as(sample, AINO, move |tx, casework, reader| {
        let new = acts::Begin {
            clients: vec![one, other],
            language: Language::Fi,
            late: String::new(),
        };
        acts::begin(tx, casework, reader, matter, &new)
    })
    .unwrap();
    (one, other, doc)
}

/// Finishes as a page does: over what it has read.
pub fn finish_as(sample: &Sample, worker: [u8; 16], doc: DocumentId) -> Result<i64, Refusal> {
    let (document, parts) = sample
        .store
        .read_blocking(move |tx| {
            let document = documents::store::load(tx, documents::Kind::Assessment, doc).unwrap();
            Ok::<_, store::StoreError>((document, documents::store::parts(tx, doc)?))
        })
        .unwrap();
    let histories = finish::histories(&sample.casework.analysers, &document, &parts);
    let revision = document.revision;
    try_as(sample, worker, move |tx, casework, reader| {
        finish::finish(tx, casework, reader, doc, revision, &histories)
    })
}

/// The session of a worker who has just proved who she is.
pub async fn enter_strong(sample: &Sample, worker: [u8; 16]) -> String {
    let cookie = sample.enter(worker).await;
    let now = kernel::time::millis(sample.casework.now());
    sample
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "update session set strong_at = $2 where staff_id = $1",
                &store::params![worker, now],
            )
        })
        .unwrap();
    cookie
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
