//! How much a county's store takes: durable creates with their log entry, entries alone (a page shown)
//! and reads, from 64 callers at once, on both engines.
//!
//! `cargo run --release -p store --example throughput [seconds]`. Ratios count, not figures: run it
//! before and after a change on the same machine.
#![allow(
    clippy::unwrap_used,
    reason = "a measurement that cannot run should say where"
)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use kernel::{chance::Chance, chance::SystemChance, time::from_millis};
use store::{Actor, LogEntry, Migration, Query, Store, StoreError, params};

const CALLERS: usize = 64;
const ROOM: &[Migration] = &[Migration {
    version: 900,
    name: "measured",
    sql: "create table thing (
              id {id} primary key not null, name {text} not null, made_at {int} not null, state {int} not null
          );
          create index thing_made_at on thing (made_at);",
}];

fn id() -> [u8; 16] {
    let mut id = [0; 16];
    SystemChance.fill(&mut id);
    // As UUIDv7: the first bytes grow.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    id[..8].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    id
}

fn entry(event: &'static str, subjects: Vec<[u8; 16]>) -> LogEntry {
    LogEntry {
        at: from_millis(1_773_388_800_000),
        actor: Actor::Staff([1; 16]),
        event,
        right: "advisor".into(),
        purpose: "P01",
        subjects,
        detail: String::new(),
        digest: None,
    }
}

async fn create(store: Store) -> Result<(), StoreError> {
    let id = id();
    let write = store.write(move |tx| {
        tx.execute(
            "insert into thing (id, name, made_at, state) values ($1, $2, $3, $4)",
            &params![id, "a name of ordinary length", 1_773_388_800_000_i64, 1],
        )?;
        tx.log(entry("thing.add", vec![id]))
    });
    write.await.map(drop)
}

async fn show(store: Store) -> Result<(), StoreError> {
    store.log(entry("thing.read", vec![id()])).await.map(drop)
}

async fn read(store: Store) -> Result<(), StoreError> {
    let rows =
        store.read(|tx| tx.query("select id, name, state from thing order by id limit 1", &[]));
    let rows: Result<_, StoreError> = rows.await;
    rows.map(drop)
}

fn measure<F: Future<Output = Result<(), StoreError>> + Send>(
    store: &Store,
    what: &str,
    time: Duration,
    work: impl Fn(Store) -> F + Send + Sync + Copy + 'static,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let (end, count) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let (begun, cpu) = (Instant::now(), cpu_seconds());
    runtime.block_on(async {
        let callers = (0..CALLERS).map(|_| {
            let (store, end, count) = (store.clone(), Arc::clone(&end), Arc::clone(&count));
            tokio::spawn(async move {
                while !end.load(Ordering::Relaxed) {
                    work(store.clone()).await.unwrap();
                    count.fetch_add(1, Ordering::Relaxed);
                }
            })
        });
        let callers: Vec<_> = callers.collect();
        tokio::time::sleep(time).await;
        end.store(true, Ordering::Relaxed);
        for caller in callers {
            caller.await.unwrap();
        }
    });
    let done = count.load(Ordering::Relaxed);
    let rate = done as f64 / begun.elapsed().as_secs_f64();
    let each = (cpu_seconds() - cpu) * 1e6 / done as f64;
    println!("  {what:<24} {rate:>8.0} /s {each:>8.1} us CPU each (this process)");
}

/// Seconds of processor time this process has used.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    // utime and stime, in hundredths of a second.
    let ticks: u64 = fields[11..13]
        .iter()
        .map(|field| field.parse::<u64>().unwrap())
        .sum();
    ticks as f64 / 100.0
}

fn main() {
    let seconds = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(3.0);
    let time = Duration::from_secs_f64(seconds);
    for store in testkit::stores(ROOM) {
        println!("{:?}, {CALLERS} callers", store.engine);
        measure(&store, "create with entry", time, create);
        measure(&store, "entry alone", time, show);
        measure(&store, "read of one row", time, read);
    }
}
