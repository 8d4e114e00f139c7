//! Invariant I10: the number of SQL statements of a page does not grow with its rows.

mod papers;

use clients::store::create::{Maker, NewClient, create};
use clients::{ClientId, Reader};
use intake::store::{offers, receive, tasks};
use store::StoreError;

use crate::inside::Inside;
use crate::town::sent;

/// Fills every list of the town with `count` rows: untaken, held, offered, promised, and clients of the front door.
/// Gives one of the clients.
fn fill(inside: &Inside, count: usize) -> ClientId {
    let town = inside.town.clone();
    let clients = inside
        .built
        .house
        .extra::<clients::Desk>()
        .expect("a desk of clients");
    inside
        .built
        .house
        .store
        .write_blocking(move |tx| {
            let front = &town.workers[1];
            let social = &town.workers[4];
            let reader = Reader {
                staff: front.staff,
                unit: front.unit,
                subject: front.subject.clone(),
                strong: false,
            };
            let mut made = None;
            for number in 0..count {
                let new = NewClient {
                    code: None,
                    birth: "1990-01-01".parse().ok(),
                    family: format!("Rivi{number}"),
                    given: "Tauno".to_owned(),
                    called: None,
                    sex: None,
                    source: "client".to_owned(),
                    unit: None,
                    details: vec![("phone", format!("040 000 {number:04}"))],
                    protect: false,
                };
                let client = create(tx, &clients, &reader, &new, Maker::Recorder)
                    .map_err(|error| StoreError::Config(error.to_string()))?;
                made.get_or_insert(client);
                receive::from_sender(tx, &town.desk, &sent(&format!("Untaken {number}")), None)
                    .map_err(to_store)?;
                let held = receive::from_worker(tx, &town.desk, front, &sent("Held"), None)
                    .map_err(to_store)?;
                tasks::promise_call(tx, &town.desk, front, held.id, "Soitto").map_err(to_store)?;
                let given = receive::from_worker(tx, &town.desk, social, &sent("Given"), None)
                    .map_err(to_store)?;
                let receiver = offers::Receiver::Person(front.staff);
                let new = offers::NewOffer {
                    receiver,
                    reason: "Syy".to_owned(),
                    warm: false,
                };
                offers::make(tx, &town.desk, social, given.id, &new).map_err(to_store)?;
            }
            made.ok_or_else(|| StoreError::Config("no client".to_owned()))
        })
        .expect("filled")
        .value
}

fn to_store(error: intake::domain::IntakeError) -> StoreError {
    StoreError::Config(error.to_string())
}

#[test]
fn statements_do_not_grow_with_rows() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let pages = [
        "/contacts",
        "/contacts?tab=untaken",
        "/contacts?tab=offered",
        "/desk",
        "/unit",
        "/advice",
        "/clients",
        "/clients/{id}",
        "/clients/{id}/basics",
        "/clients/{id}/access",
    ];
    let count = |rows: usize| {
        let inside = Inside::new();
        let client = fill(&inside, rows).to_string();
        pages.map(|path| {
            let worker = if path == "/unit" { 0 } else { 1 };
            let path = &path.replace("{id}", &client);
            runtime.block_on(async {
                let cookie = inside.cookie(inside.town.workers[worker].staff).await;
                // The first request reads the session; the second is the page alone.
                let first = inside.send("GET", path, Some(&cookie)).await;
                assert_eq!(first.status, 200, "{path}: {}", first.body);
                let before = inside.built.house.store.statement_count();
                inside.send("GET", path, Some(&cookie)).await;
                inside.built.house.store.statement_count() - before
            })
        })
    };
    let (one, fifty) = (count(1), count(50));
    for (path, (one, fifty)) in pages.iter().zip(one.into_iter().zip(fifty)) {
        println!("{path}: {one} statements with 1 row, {fifty} with 50");
        assert_eq!(one, fifty, "{path}");
    }
}
