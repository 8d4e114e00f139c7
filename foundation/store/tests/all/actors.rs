//! The log of one actor: the same answer with notes, without them, and with notes that were changed.

use std::time::{Duration, Instant};

use kernel::time::{Timestamp, from_millis};
use store::{Actor, ActorFilter, ActorLog, LogEntry, Store, StoreError};
use testkit::{TestStore, for_each_engine};

use crate::support::{behind, entry, id, rows};

const BEGIN: i64 = 1_773_388_800_000;
/// A little over two blocks of the log.
const ENTRIES: u64 = 9_000;
const RARE: u64 = 77;

/// Entry `number` (0, 1, ...): one of ten actors, a rare one twice, and times that do not quite follow
/// the order of the log.
fn made(number: u64) -> LogEntry {
    let actor = match number {
        100 | 5_000 => RARE,
        _ => number % 10,
    };
    let event = if number.is_multiple_of(3) {
        "client.read"
    } else {
        "clients.search"
    };
    LogEntry {
        at: moment(number as i64 * 1_000 + number as i64 % 7 * 3_000),
        actor: Actor::Staff(id(actor)),
        detail: number.to_string(),
        ..entry(event, &[number % 50])
    }
}

fn moment(after: i64) -> Timestamp {
    from_millis(BEGIN + after)
}

fn fill(store: &TestStore) {
    for begin in (0..ENTRIES).step_by(300) {
        store
            .write_blocking(move |tx| {
                (begin..begin + 300).try_for_each(|number| tx.log(made(number)))
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
    }
}

fn ask(store: &Store, filter: ActorFilter) -> ActorLog {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(store.actor_log(filter)).unwrap()
}

fn numbers(log: &ActorLog) -> Vec<u64> {
    log.entries
        .iter()
        .map(|recorded| recorded.content.detail.parse().unwrap())
        .collect()
}

/// What the answer must be, by plain counting.
fn expected(actor: u64, wanted: impl Fn(&LogEntry) -> bool) -> Vec<u64> {
    let mut all: Vec<_> = (0..ENTRIES)
        .map(|number| (made(number), number))
        .filter(|(entry, _)| entry.actor == Actor::Staff(id(actor)) && wanted(entry))
        .collect();
    all.sort_by_key(|(entry, number)| std::cmp::Reverse((entry.at, *number)));
    all.into_iter().map(|(_, number)| number).collect()
}

fn check(store: &TestStore) {
    let filter = |actor: u64, limit| ActorFilter::new(Actor::Staff(id(actor)), limit);
    assert_eq!(numbers(&ask(store, filter(RARE, 10))), [5_000, 100]);
    assert_eq!(numbers(&ask(store, filter(RARE, 1))), [5_000]);
    assert_eq!(numbers(&ask(store, filter(500, 10))), [0_u64; 0]);
    let all = expected(4, |_| true);
    assert_eq!(numbers(&ask(store, filter(4, 10_000))), all);
    assert_eq!(numbers(&ask(store, filter(4, 50))), all[..50]);

    // A period and an event.
    let (from, to) = (moment(1_000_000), moment(6_000_000));
    let mut within = filter(4, 10_000);
    (within.from, within.to) = (Some(from), Some(to));
    within.event = Some("clients.".into());
    let wanted =
        |entry: &LogEntry| entry.at >= from && entry.at < to && entry.event == "clients.search";
    assert_eq!(numbers(&ask(store, within.clone())), expected(4, wanted));
    within.event = Some("client.".into());
    let wanted =
        |entry: &LogEntry| entry.at >= from && entry.at < to && entry.event == "client.read";
    assert_eq!(numbers(&ask(store, within)), expected(4, wanted));

    // Page by page, nothing twice and nothing left out.
    let mut pages = Vec::new();
    let mut page = filter(4, 123);
    loop {
        let answer = ask(store, page.clone());
        assert_eq!(answer.reached, None);
        let Some(last) = answer.entries.last() else {
            break;
        };
        page.before = Some((last.header.at, last.position));
        pages.extend(numbers(&answer));
    }
    assert_eq!(pages, all);
}

#[test]
fn an_actors_log_is_the_same_with_and_without_notes_and_with_changed_ones() {
    for_each_engine(&[], |store| {
        fill(store);
        check(store);
        let begun = Instant::now();
        while rows(store, "select block from actor_block").len() < 2 {
            assert!(begun.elapsed() < Duration::from_secs(30), "no notes");
            std::thread::sleep(Duration::from_millis(100));
        }
        check(store);
        store.reopen();
        check(store);
        // As somebody would who wants to hide what they did.
        behind(
            store,
            "update actor_block set actors = $1, last_at = 0 where block = 0",
            &store::params![Vec::<u8>::new()],
        );
        check(store);
        behind(store, "delete from actor_block where block = 1", &[]);
        check(store);
    });
}
