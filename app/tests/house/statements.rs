//! Invariant I10: the number of SQL statements of a page does not grow with its rows.

mod papers;

use axum::body::Body;
use axum::http::{Request, header};
use clients::store::create::{Maker, NewClient, create};
use clients::{ClientId, Reader};
use intake::store::{offers, receive, tasks};
use store::StoreError;

use crate::inside::{Inside, ask};
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

/// The statements of a search among one's own clients that meets them all.
async fn searched(inside: &Inside, cookie: &str, rows: usize) -> u64 {
    let page = inside.send("GET", "/clients/search", Some(cookie)).await;
    let (_, rest) = page
        .body
        .split_once("name=\"_token\" value=\"")
        .expect("a form");
    let token = rest.split('"').next().unwrap_or_default();
    let request = || {
        Request::post("/clients/search")
            .header(header::HOST, "localhost")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("_token={token}&by=own&own_name=Tauno")))
            .expect("a request")
    };
    let before = inside.built.house.store.statement_count();
    let found = ask(&inside.built.router, request()).await;
    let count = inside.built.house.store.statement_count() - before;
    assert_eq!(found.status, 200, "{}", found.body);
    for number in [0, rows - 1] {
        let name = format!("Tauno Rivi{number}");
        assert!(found.body.contains(&name), "{name}: {}", found.body);
    }
    count
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
        "/clients/search",
        "/clients/{id}",
        "/clients/{id}/basics",
        "/clients/{id}/access",
    ];
    let count = |rows: usize| {
        let inside = Inside::new();
        let client = fill(&inside, rows).to_string();
        let mut counts = pages
            .map(|path| {
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
            .to_vec();
        counts.push(runtime.block_on(async {
            let cookie = inside.cookie(inside.town.workers[1].staff).await;
            searched(&inside, &cookie, rows).await
        }));
        counts
    };
    let (one, fifty) = (count(1), count(50));
    let all = pages.iter().chain(&["POST /clients/search"]);
    for (path, (one, fifty)) in all.zip(one.into_iter().zip(fifty)) {
        println!("{path}: {one} statements with 1 row, {fifty} with 50");
        assert_eq!(one, fifty, "{path}");
    }
}
