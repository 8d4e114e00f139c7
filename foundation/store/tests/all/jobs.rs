//! Jobs: done once when all goes well, again when not, and always visible.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use kernel::time::SignedDuration;
use store::{
    StoreError,
    jobs::{Ran, Runner, Waiting},
};
use testkit::{TestStore, for_each_engine, start_of_time};

fn enqueue(store: &TestStore, kind: &'static str, payload: &'static str) -> [u8; 16] {
    store
        .write_blocking(move |tx| tx.enqueue_job(kind, payload, start_of_time()))
        .unwrap_or_else(|error: StoreError| panic!("{error}"))
        .value
}

#[test]
fn a_job_is_done_once_and_a_closure_that_fails_leaves_none() {
    for_each_engine(&[], |store| {
        let count = Arc::new(AtomicU32::new(0));
        let seen = Arc::clone(&count);
        let runner = Runner::new(store.store()).kind("letter", move |_, job| {
            assert_eq!((job.payload.as_str(), job.attempts), ("to the client", 0));
            seen.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        enqueue(store, "letter", "to the client");
        let failed = store.write_blocking(|tx| {
            tx.enqueue_job("letter", "never", start_of_time())?;
            Err::<(), _>(StoreError::Closed)
        });
        assert!(failed.is_err());
        assert_eq!(runner.run_due().unwrap(), Ran { done: 1, failed: 0 });
        assert_eq!(runner.run_due().unwrap(), Ran::default());
        assert_eq!(count.load(Ordering::Relaxed), 1);
        assert_eq!(runner.waiting(10).unwrap(), []);
    });
}

#[test]
fn a_failure_is_shown_and_tried_again_later_and_later() {
    for_each_engine(&[], |store| {
        let runner = Runner::new(store.store()).kind("letter", |_, job| match job.attempts {
            0 => Err("the printer is out of paper".into()),
            1 => panic!("worse"),
            _ => Ok(()),
        });
        let id = enqueue(store, "letter", "x");
        assert_eq!(runner.run_due().unwrap(), Ran { done: 0, failed: 1 });
        assert_eq!(
            runner.run_due().unwrap(),
            Ran::default(),
            "not before its time"
        );
        let waiting = runner.waiting(10).unwrap();
        assert_eq!(waiting[0].job.id, id);
        assert_eq!(
            waiting[0].run_at,
            start_of_time() + SignedDuration::from_mins(1)
        );
        let message = "the printer is out of paper".to_owned();
        assert_eq!(
            waiting[0].why,
            Waiting::AfterFailure {
                message,
                stuck: false
            }
        );
        store.clock.advance(SignedDuration::from_mins(1));
        assert_eq!(runner.run_due().unwrap(), Ran { done: 0, failed: 1 });
        assert_eq!(runner.waiting(10).unwrap()[0].job.attempts, 2);
        store.clock.advance(SignedDuration::from_mins(2));
        assert_eq!(runner.run_due().unwrap(), Ran { done: 1, failed: 0 });
    });
}

#[test]
fn two_runners_do_not_do_the_same_job() {
    for_each_engine(&[], |store| {
        let count = Arc::new(AtomicU32::new(0));
        for _ in 0..20 {
            enqueue(store, "letter", "x");
        }
        let runners = [(); 2].map(|()| {
            let seen = Arc::clone(&count);
            Runner::new(store.store()).kind("letter", move |_, _| {
                seen.fetch_add(1, Ordering::Relaxed);
                Ok(())
            })
        });
        let threads =
            runners.map(|runner| std::thread::spawn(move || runner.run_due().unwrap().done));
        let done: u32 = threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum();
        assert_eq!((done, count.load(Ordering::Relaxed)), (20, 20));
    });
}

#[test]
fn a_job_whose_runner_died_is_done_again() {
    for_each_engine(&[], |store| {
        let id = enqueue(store, "letter", "x");
        let inner = store.store();
        let dead = Runner::new(store.store()).kind("letter", move |_, _| {
            // While this one hangs, its lease ends and another does the job: it runs twice, under the
            // same id, and the slow one's end does not disturb what came after.
            let runner = Runner::new(inner.clone()).kind("letter", |_, job| {
                assert_eq!(job.attempts, 1);
                Ok(())
            });
            assert_eq!(runner.run_due().unwrap(), Ran::default());
            assert!(matches!(
                runner.waiting(1).unwrap()[0].why,
                Waiting::Running { .. }
            ));
            Err("hung".into())
        });
        assert_eq!(dead.run_due().unwrap(), Ran { done: 0, failed: 1 });
        store.clock.advance(SignedDuration::from_hours(1));
        let clock = Arc::clone(&store.clock);
        let inner = store.store();
        let slow = Runner::new(store.store()).kind("letter", move |_, job| {
            assert_eq!(job.id, id);
            clock.advance(SignedDuration::from_hours(1));
            let other = Runner::new(inner.clone()).kind("letter", |_, _| Ok(()));
            assert_eq!(other.run_due().unwrap(), Ran { done: 1, failed: 0 });
            Err("too late".into())
        });
        slow.run_due().unwrap();
        assert_eq!(slow.waiting(10).unwrap(), []);
    });
}

#[test]
fn a_kind_without_a_function_waits_and_says_so() {
    for_each_engine(&[], |store| {
        enqueue(store, "unheard of", "x");
        let runner = Runner::new(store.store());
        assert_eq!(runner.run_due().unwrap(), Ran::default());
        assert_eq!(runner.waiting(10).unwrap()[0].why, Waiting::NoFunction);
    });
}
