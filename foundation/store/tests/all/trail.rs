//! The log of one subject.

use kernel::time::from_millis;
use store::{Actor, Hand, Log, LogEntry, Recorded, Store, StoreError, SubjectFilter};
use testkit::{Folder, TestStore, for_each_engine};

use crate::support::{entry, id};

fn trail(store: &Store, subject: u64, limit: usize) -> Vec<Recorded> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime
        .block_on(store.subject_log(id(subject), limit))
        .unwrap()
}

fn record(store: &Store, number: i64, subjects: &[u64]) {
    let mut entry = entry("contact.read", subjects);
    entry.at = from_millis(1_773_388_800_000 + number);
    entry.detail = format!("{number}");
    store.log_blocking(entry).unwrap();
}

fn details(trail: &[Recorded]) -> Vec<&str> {
    trail
        .iter()
        .map(|recorded| recorded.content.detail.as_str())
        .collect()
}

#[test]
fn a_subjects_log_is_walked_newest_first_also_after_reopening() {
    let check = |store: &TestStore| {
        assert_eq!(details(&trail(store, 1, 100)), ["9", "6", "3", "0"]);
        assert_eq!(details(&trail(store, 1, 2)), ["9", "6"]);
        assert_eq!(trail(store, 50, 100), []);
        assert_eq!(trail(store, 7, 100).len(), 10);
        assert_eq!(trail(store, 7, 100)[0].header.event, "contact.read");
    };
    for_each_engine(&[], |store| {
        for number in 0..10 {
            record(store, number, &[number as u64 % 3 + 1, 7]);
        }
        check(store);
        store.reopen();
        check(store);
        record(store, 10, &[1]);
        assert_eq!(details(&trail(store, 1, 3)), ["10", "9", "6"]);
    });
}

#[test]
fn the_log_of_all_processes_is_seen_by_each() {
    let store = testkit::postgres_store(&[]);
    let folder = Folder::new();
    let mut config = store.config.clone();
    config.heads_dir = folder.to_path_buf();
    let mut second = Store::open(config.clone(), &[]).unwrap();
    for number in 0..10 {
        record(if number % 2 == 0 { &store } else { &second }, number, &[1]);
        if number == 5 {
            // Saves what it knows of its subjects, so that the other finds part saved and part not.
            second.shutdown();
            second = Store::open(config.clone(), &[]).unwrap();
        }
    }
    let expected = ["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"];
    assert_eq!(details(&trail(&store, 1, 100)), expected);
    assert_eq!(details(&trail(&second, 1, 100)), expected);
    assert_eq!(details(&trail(&second, 1, 3)), expected[..3]);
    second.shutdown();
}

#[test]
fn what_a_program_does_for_a_worker_is_the_programs_and_names_the_worker() {
    for_each_engine(&[], |store| {
        let hand = || Hand {
            token: [0xAB; 16],
            right: "N-200",
        };
        let worker = Actor::Staff([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
        let done = |detail: &str| LogEntry {
            actor: worker,
            detail: detail.to_owned(),
            ..entry("client.read", &[3])
        };
        let (before, after, sender) = (done("before"), done(""), entry("contact.create", &[3]));
        let sender = LogEntry {
            actor: Actor::Sender,
            detail: "own".to_owned(),
            ..sender
        };
        store
            .write_blocking(move |tx| {
                tx.log(before)?;
                tx.by_hand(hand());
                tx.log(after)?;
                tx.log(sender)
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        let read = done("two");
        store
            .show_blocking(move |tx| {
                tx.by_hand(hand());
                tx.log(read)
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        let seen = trail(store, 3, 10);
        let told: Vec<(Actor, &str)> = seen
            .iter()
            .map(|one| (one.header.actor, one.content.detail.as_str()))
            .collect();
        let program = Actor::Token([0xAB; 16]);
        assert_eq!(
            told,
            [
                (
                    program,
                    "two; N-200 for 01020304-0506-0708-090a-0b0c0d0e0f10"
                ),
                (Actor::Sender, "own"),
                (program, "N-200 for 01020304-0506-0708-090a-0b0c0d0e0f10"),
                (worker, "before"),
            ]
        );
    });
}

#[test]
fn a_filter_is_asked_of_every_entry_and_pages_meet() {
    for_each_engine(&[], |store| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let log = |filter: SubjectFilter| runtime.block_on(store.subjects_log(filter)).unwrap();
        // One exceptional reading of 1, then many ordinary ones; 2 is the same person, and some are about both.
        for number in 0..30_i64 {
            let subjects: &[u64] = if number % 5 == 0 { &[1, 2] } else { &[1] };
            let mut entry = entry("client.read", subjects);
            entry.at = from_millis(1_773_388_800_000 + number);
            entry.detail = format!("{number}");
            entry.purpose = if number == 0 { "P17" } else { "P04" };
            store.log_blocking(entry).unwrap();
        }
        let both = || vec![id(1), id(2)];
        let seldom = SubjectFilter {
            purpose: Some("P17"),
            ..SubjectFilter::new(both(), 3)
        };
        assert_eq!(details(&log(seldom)), ["0"]);
        let from = SubjectFilter {
            from: Some(from_millis(1_773_388_800_028)),
            ..SubjectFilter::new(both(), 10)
        };
        assert_eq!(details(&log(from)), ["29", "28"]);
        let mut pages = Vec::new();
        let mut before = None;
        loop {
            let page = log(SubjectFilter {
                before,
                ..SubjectFilter::new(both(), 7)
            });
            let Some(last) = page.last() else { break };
            before = Some((last.header.at, last.position));
            pages.extend(page);
        }
        let expected: Vec<String> = (0..30).rev().map(|number| number.to_string()).collect();
        assert_eq!(details(&pages), expected, "each once, newest first");
    });
}
