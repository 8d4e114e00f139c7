//! The engines without the product: what the disk and the driver give.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::table::{Table, figure};

/// The lines of an engine.
pub fn measure(table: &mut Table, engine: testkit::EngineName, window: Duration) {
    match engine {
        testkit::EngineName::Sqlite => sqlite(table, window),
        testkit::EngineName::Postgres => postgres(table, window),
    }
}

/// SQLite in the store's own mode: point reads, one row a commit, a hundred rows a commit.
fn sqlite(table: &mut Table, window: Duration) {
    let folder = testkit::Folder::new();
    let connection = Connection::open(folder.join("raw.sqlite")).expect("opens");
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full; create table t (id integer primary key, body text)")
        .expect("made");
    let body = "x".repeat(300);
    let insert = |rows: i64, began: i64| {
        connection.execute_batch("begin immediate").expect("begun");
        for row in 0..rows {
            connection
                .prepare_cached("insert into t (id, body) values (?1, ?2)")
                .and_then(|mut statement| statement.execute(params![began + row, body]))
                .expect("inserted");
        }
        connection.execute_batch("commit").expect("durable");
    };
    let mut next = 0;
    for (rows, name) in [
        (1, "raw SQLite, durable insert, 1 row a commit"),
        (100, "raw SQLite, durable insert, 100 rows a commit (rows)"),
    ] {
        let began = Instant::now();
        let mut times = Vec::new();
        while began.elapsed() < window {
            let start = Instant::now();
            insert(rows, next);
            next += rows;
            times.extend(std::iter::repeat_n(
                start.elapsed(),
                usize::try_from(rows).unwrap_or(1),
            ));
        }
        table.add(name, figure(times, began.elapsed()));
    }
    let began = Instant::now();
    let mut times = Vec::new();
    let mut id = 1;
    while began.elapsed() < window {
        let start = Instant::now();
        id = (id * 7_919) % next;
        let found: String = connection
            .prepare_cached("select body from t where id = ?1")
            .and_then(|mut statement| statement.query_row([id], |row| row.get(0)))
            .expect("found");
        assert_eq!(found.len(), 300);
        times.push(start.elapsed());
    }
    table.add(
        "raw SQLite, point read, 1 thread",
        figure(times, began.elapsed()),
    );
}

/// PostgreSQL over its unix socket: durable inserts by one client and by 64.
fn postgres(table: &mut Table, window: Duration) {
    let url = testkit::cluster().url();
    let mut client = postgres::Client::connect(&url, postgres::NoTls).expect("connects");
    client.batch_execute("drop table if exists raw_bench; create table raw_bench (id bigserial primary key, body text)").expect("made");
    for clients in [1, 64] {
        let began = Instant::now();
        let threads: Vec<_> = (0..clients)
            .map(|_| {
                let url = url.clone();
                std::thread::spawn(move || inserting(&url, began + window))
            })
            .collect();
        let times = threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a client's work ends"))
            .collect();
        table.add(
            &format!("raw PostgreSQL, durable insert, {clients} clients"),
            figure(times, began.elapsed()),
        );
    }
    client
        .batch_execute("drop table raw_bench")
        .expect("dropped");
}

fn inserting(url: &str, until: Instant) -> Vec<Duration> {
    let mut client = postgres::Client::connect(url, postgres::NoTls).expect("connects");
    let statement = client
        .prepare("insert into raw_bench (body) values ($1)")
        .expect("prepared");
    let body = "x".repeat(300);
    let mut times = Vec::new();
    while Instant::now() < until {
        let start = Instant::now();
        client.execute(&statement, &[&body]).expect("durable");
        times.push(start.elapsed());
    }
    times
}
