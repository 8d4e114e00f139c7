//! Invariant I10: the number of SQL statements of a page does not grow with its rows.

use intake::store::{offers, receive, tasks};
use kernel::time::SignedDuration;
use store::StoreError;

use crate::inside::Inside;
use crate::town::sent;

/// Fills every list of the town with `count` rows: untaken, held, offered, promised.
fn fill(inside: &Inside, count: usize) {
    let town = inside.town.clone();
    inside
        .built
        .house
        .store
        .write_blocking(move |tx| {
            let front = &town.workers[1];
            let social = &town.workers[4];
            for number in 0..count {
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
            Ok::<_, StoreError>(())
        })
        .expect("filled");
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
    ];
    let count = |rows: usize| {
        let inside = Inside::new();
        fill(&inside, rows);
        // The safety net has something to show to the lead.
        let _ = SignedDuration::ZERO;
        pages.map(|path| {
            let worker = if path == "/unit" { 0 } else { 1 };
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
