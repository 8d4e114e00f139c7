//! Reading by a program: one client, and the list of fifty by name.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use api::grant::{self, NewToken};
use clients::ClientId;
use clients::relations::{self, NewRelation, Tails};
use identity::people::StaffId;
use kernel::chance::SystemChance;
use kernel::clock::{Clock, SystemClock};
use kernel::time::Timestamp;
use store::{Query, StoreError, WriteTx, params};
use web::House;

use crate::table::Table;
use crate::{load, wanted};

/// Clients of the measured worker: more than a page.
const CLIENTS: usize = 120;
/// Connections that ask at once.
const CONNECTIONS: usize = 64;

/// What is asked, and by whose right.
pub struct Asked {
    token: String,
    pub worker: StaffId,
    pub clients: Vec<ClientId>,
}

/// A worker with clients and a token.
pub async fn ready(house: &House) -> Asked {
    let made = house.store.write(prepare).await;
    made.expect("a worker with clients and a token").value
}

/// Measures a program's lines.
pub async fn measure(
    table: &mut Table,
    name: &str,
    asked: &Asked,
    address: SocketAddr,
    window: Duration,
) {
    let token = Arc::new(asked.token.clone());
    let clients = Arc::new(asked.clients.clone());
    let one = {
        let (token, clients) = (Arc::clone(&token), Arc::clone(&clients));
        move |number: usize| {
            let id = clients[number % clients.len()];
            request(address, &format!("/api/v1/clients/{id}"), &token)
        }
    };
    let figure = load::run(address, CONNECTIONS, window, 200, one).await;
    table.add_aimed(
        &format!("{name}: read one client through the API, token, rights, logged"),
        figure,
        wanted::aim(name, 0.15),
    );
    let list = request(address, "/api/v1/clients", &token);
    let figure = load::run(address, CONNECTIONS, window, 200, move |_| list.clone()).await;
    table.add_aimed(
        &format!("{name}: list of 50 clients by name through the API, token, rights, logged"),
        figure,
        wanted::aim(name, 0.035),
    );
}

fn request(address: SocketAddr, path: &str, token: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\r\n")
        .into_bytes()
}

/// Gives the social worker of the demo clients of her own and a token that acts for her.
fn prepare(tx: &mut WriteTx<'_>) -> Result<Asked, StoreError> {
    let now = SystemClock.now();
    let worker = somebody(tx, "4-social-worker", now)?;
    let clients: Vec<ClientId> = tx
        .query(
            "select c.id from client c where c.state = 'active' and c.died_on is null and not exists (select 1 from bar b where b.client_id = c.id) and not exists (select 1 from kin_bar k where k.client_id = c.id and k.staff_id = $1) order by c.id limit $2",
            &params![worker.bytes(), i64::try_from(CLIENTS).unwrap_or(i64::MAX)],
        )?
        .iter()
        .map(|row| Ok(ClientId::from_bytes(row.get(0)?)))
        .collect::<Result<_, StoreError>>()?;
    for client in &clients {
        let relation = NewRelation {
            client: *client,
            staff: worker,
            kind: "own_worker",
            object: None,
            from: now,
            to: None,
            made_by: "bench",
        };
        relations::begin(tx, &relation, Tails::default(), now)?;
    }
    let token = token(tx, worker, &["clients.read"])?;
    Ok(Asked {
        token,
        worker,
        clients,
    })
}

fn somebody(tx: &mut WriteTx<'_>, role: &str, now: Timestamp) -> Result<StaffId, StoreError> {
    grant::somebody(tx, role, now).map_err(|error| StoreError::Config(error.to_string()))
}

/// A token that acts for a worker in these scopes.
pub fn token(tx: &mut WriteTx<'_>, worker: StaffId, scopes: &[&str]) -> Result<String, StoreError> {
    let now = SystemClock.now();
    let new = NewToken {
        name: "bench".to_owned(),
        owner: somebody(tx, "6-user-admin", now)?,
        approved_by: somebody(tx, "7-user-admin", now)?,
        acts_for: worker,
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        addresses: Vec::new(),
        days: 1,
    };
    grant::create(tx, &SystemClock, &SystemChance, &new)
        .map_err(|error| StoreError::Config(error.to_string()))
}
