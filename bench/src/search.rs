//! The search of a signed-in worker for a client by name, as the field of the top bar sends it: the whole page with her
//! rights, the words met in what she may read, and the log entry.
//!
//! A search among one's own clients never pauses, so that what is measured are searches. Each name is asked once before
//! the measuring, and only those whose page shows the client are measured.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clients::ClientId;
use store::{Query, ReadTx, StoreError, params};
use web::House;

use crate::load::{self, Line};
use crate::programs::Asked;
use crate::table::Table;

const PATH: &str = "/clients/search";
/// Connections that ask at once, as on the other pages.
const CONNECTIONS: usize = 16;
/// Fewer names than this would be the same few pages again and again.
const LEAST: usize = 20;

/// Measures the search.
pub async fn measure(
    table: &mut Table,
    name: &str,
    house: &House,
    asked: &Asked,
    address: SocketAddr,
    window: Duration,
) {
    let requests = Arc::new(requests(house, asked, address).await);
    let figure = load::run(address, CONNECTIONS, window, 200, move |number| {
        requests[number % requests.len()].clone()
    })
    .await;
    table.add(
        &format!("{name}: search of a client by name, whole page, signed in, logged"),
        figure,
    );
}

/// A search for each family name among the worker's clients, where the page has been seen to show the client.
async fn requests(house: &House, asked: &Asked, address: SocketAddr) -> Vec<Vec<u8>> {
    let session = identity::session::begin(house, asked.worker)
        .await
        .expect("a session");
    let cookie = format!("Cookie: {}={session}", identity::session::COOKIE);
    let mut line = Line::open(address).await;
    assert_eq!(line.get(PATH, &cookie).await, 200, "{}", line.said());
    let token = load::form_token(&line.body()).expect("the page has a form");
    let clients = asked.clients.clone();
    let families = house.store.read(move |tx| families(tx, &clients)).await;
    let mut found = Vec::new();
    for (client, family) in families.expect("names are read") {
        let body = format!("_token={token}&by=any&q={}", load::encoded(&family));
        let status = line.post(PATH, &cookie, &body).await;
        assert_eq!(status, 200, "{}", line.said());
        if line.body().contains(&format!("href=\"/clients/{client}\"")) {
            found.push(load::request("POST", PATH, (address, &cookie), &body));
        }
    }
    assert!(
        found.len() >= LEAST,
        "{} of {} names are found: {}",
        found.len(),
        asked.clients.len(),
        line.said()
    );
    found
}

/// Clients with their family names.
fn families(
    tx: &mut ReadTx<'_>,
    clients: &[ClientId],
) -> Result<Vec<(ClientId, String)>, StoreError> {
    let mut all = Vec::new();
    for client in clients {
        let rows = tx.query(
            "select family from client_name where client_id = $1 and kind = 'current' and voided_at is null",
            &params![client.bytes()],
        )?;
        if let Some(row) = rows.first() {
            all.push((*client, row.get(0)?));
        }
    }
    Ok(all)
}
