//! The clock jumps: backwards, a year forwards, over the change to summer time. What is written keeps its order and its chain,
//! and no job is lost or runs for ever.

use std::collections::HashSet;

use kernel::{
    clock::{Clock, ManualClock},
    id::new_id_bytes,
    time::{SignedDuration, Timestamp},
};
use store::{
    LogEntry, StoreError,
    jobs::{Ran, Runner},
    params,
};
use testkit::{TestStore, for_each_engine};

use crate::support::{ROOM, add, entry, verify};

/// Where the clock goes, one after the other, from where it stands.
const JUMPS: [SignedDuration; 7] = [
    SignedDuration::from_hours(-1),
    SignedDuration::from_hours(24 * 366),
    SignedDuration::from_hours(-24 * 400),
    SignedDuration::from_secs(-1),
    SignedDuration::from_millis(0),
    SignedDuration::from_hours(24 * 20),
    SignedDuration::from_secs(1),
];

fn jump(test: &TestStore, by: SignedDuration) -> Timestamp {
    let moment = test.clock.now() + by;
    test.clock.set(moment);
    moment
}

#[test]
fn the_log_takes_what_the_clock_says_and_its_chain_holds() {
    for_each_engine(ROOM, |test| {
        let mut number = 0;
        for by in JUMPS {
            let at = jump(test, by);
            for _ in 0..5 {
                number += 1;
                let write = test.write_blocking::<_, StoreError>(move |tx| {
                    add(tx, number, &format!("thing {number}"))?;
                    tx.log(LogEntry {
                        at,
                        ..entry("thing.add", &[number, 7])
                    })
                });
                write.unwrap();
            }
            // A restart in the middle of it goes on with the same chain.
            test.reopen();
        }
        test.shutdown();
        let report = verify(test).unwrap();
        assert_eq!((report.entries, report.writers, report.behind), (35, 1, 0));
    });
}

#[test]
fn ids_stay_apart_while_the_clock_jumps() {
    let chance = kernel::chance::SeededChance::new(3);
    let clock = ManualClock::new(testkit::start_of_time());
    let mut seen = HashSet::new();
    for by in JUMPS.iter().cycle().take(700) {
        clock.set(clock.now() + *by);
        for _ in 0..50 {
            assert!(
                seen.insert(new_id_bytes(&clock, &chance)),
                "an id came twice"
            );
        }
    }
}

fn enqueue(test: &TestStore, at: Timestamp) {
    let done = test.write_blocking(move |tx| tx.enqueue_job("count", "", at));
    done.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

const ONE: Ran = Ran { done: 1, failed: 0 };

#[test]
fn a_job_is_run_once_whatever_the_clock_does() {
    for_each_engine(ROOM, |test| {
        let runner = Runner::new(test.store()).kind("count", |_, _| Ok(()));
        for by in JUMPS {
            let now = jump(test, by);
            enqueue(test, now);
            assert_eq!(runner.run_due().unwrap(), ONE, "after {by:?}");
            assert_eq!(runner.run_due().unwrap(), Ran::default());
        }
        // What was ordered for a day waits for that day.
        let ahead = test.clock.now() + SignedDuration::from_hours(24 * 365);
        enqueue(test, ahead);
        assert_eq!(runner.run_due().unwrap(), Ran::default());
        test.clock.set(ahead);
        assert_eq!(runner.run_due().unwrap(), ONE);
    });
}

#[test]
fn a_lease_and_a_pause_of_a_clock_that_was_ahead_hold_up_no_job() {
    for_each_engine(ROOM, |test| {
        let runner = Runner::new(test.store()).kind("count", |_, job| match job.attempts {
            0 => Err("not yet".to_owned()),
            _ => Ok(()),
        });
        let now = test.clock.now();
        enqueue(test, now);
        // It fails under a clock that is a year ahead, which is then put right.
        jump(test, SignedDuration::from_hours(24 * 365));
        assert_eq!(runner.run_due().unwrap(), Ran { done: 0, failed: 1 });
        test.clock.set(now);
        assert_eq!(runner.run_due().unwrap(), ONE);
        // A runner that died under such a clock.
        enqueue(test, now);
        let until = now + SignedDuration::from_hours(24 * 365);
        let leased = test.write_blocking(move |tx| {
            tx.execute(
                "update job set lease_until = $1, lease_holder = $2, attempts = 1",
                &params![until, [9_u8; 16]],
            )
        });
        leased.unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!(runner.run_due().unwrap(), ONE);
        // Somebody else's clock that is a little ahead takes no lease away.
        enqueue(test, now);
        let until = now + SignedDuration::from_mins(6);
        let leased = test.write_blocking(move |tx| {
            tx.execute(
                "update job set lease_until = $1, lease_holder = $2, attempts = 1",
                &params![until, [9_u8; 16]],
            )
        });
        leased.unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!(runner.run_due().unwrap(), Ran::default());
    });
}
