//! What a reading by a program is made of: the same statements on one thread of the store, one after another, without
//! the server around them. Each line's median is the time of one.

use std::time::{Duration, Instant};

use clients::store::{card, own};
use clients::{ClientError, ClientId, Gate, Reader};
use kernel::clock::{Clock, SystemClock};
use store::{Query, ReadTx, StoreError, params};
use web::House;

use crate::programs::Asked;
use crate::table::{Table, figure};

type Part = fn(&mut ReadTx<'_>, &Reader, ClientId) -> Result<(), ClientError>;

const PARTS: [(&str, Part); 5] = [
    ("an empty statement", nothing),
    ("one row by its key", key),
    ("the gate of one client", gate),
    ("the rows of one client with the gate", cards),
    ("a list of 50 by name", list),
];

/// Measures the parts.
pub async fn measure(
    table: &mut Table,
    name: &str,
    house: &House,
    asked: &Asked,
    window: Duration,
) {
    let reader = reader(house, asked).await;
    for (what, part) in PARTS {
        let (reader, clients) = (reader.clone(), asked.clients.clone());
        let measured = house.store.read(move |tx| {
            let began = Instant::now();
            let mut times = Vec::new();
            for client in clients.iter().cycle() {
                let start = Instant::now();
                part(tx, &reader, *client)?;
                times.push(start.elapsed());
                if began.elapsed() >= window / 4 {
                    break;
                }
            }
            Ok::<_, ClientError>(figure(times, began.elapsed()))
        });
        let figure = measured.await.expect("measured");
        table.add(&format!("{name}, one thread: {what}"), figure);
    }
}

/// The measured worker, as the rules know a reader.
async fn reader(house: &House, asked: &Asked) -> Reader {
    let worker = asked.worker;
    let found = house.store.read(move |tx| {
        let staff = identity::people::lookup_staff(tx, worker)?;
        let subject = identity::facts::subject(tx, worker, SystemClock.now())?;
        Ok::<_, StoreError>(staff.zip(subject))
    });
    let (staff, subject) = found.await.expect("read").expect("a worker in service");
    Reader {
        staff: staff.id,
        unit: staff.unit,
        subject,
        strong: false,
    }
}

fn nothing(tx: &mut ReadTx<'_>, _: &Reader, _: ClientId) -> Result<(), ClientError> {
    Ok(tx.query("select 1", &[]).map(drop)?)
}

fn key(tx: &mut ReadTx<'_>, _: &Reader, client: ClientId) -> Result<(), ClientError> {
    let sql = "select display_name from client where id = $1";
    Ok(tx.query(sql, &params![client.bytes()]).map(drop)?)
}

fn gate(tx: &mut ReadTx<'_>, reader: &Reader, client: ClientId) -> Result<(), ClientError> {
    Gate::open(tx, reader, client, SystemClock.now()).map(drop)
}

fn cards(tx: &mut ReadTx<'_>, reader: &Reader, client: ClientId) -> Result<(), ClientError> {
    let asks = card::asks(reader, client, SystemClock.now());
    Ok(tx.query_all(&asks).map(drop)?)
}

fn list(tx: &mut ReadTx<'_>, reader: &Reader, _: ClientId) -> Result<(), ClientError> {
    let filter = own::Filter {
        uncounted: true,
        ..own::Filter::default()
    };
    Ok(own::read(tx, reader, &filter, SystemClock.now()).map(drop)?)
}
