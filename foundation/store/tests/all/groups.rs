//! Batches: what one closure does never touches another's work.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use store::{Query, Store, StoreError, params};
use testkit::for_each_engine;

use crate::support::{ROOM, add, entry, id};

fn count(store: &Store) -> i64 {
    store
        .read_blocking(|tx| tx.query_one("select count(*) from thing", &[])?.get(0))
        .unwrap_or_else(|error: StoreError| panic!("{error}"))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

/// Keeps the writer in one closure until the sender is dropped, so that what follows gathers into one
/// batch.
fn hold(store: &Store) -> std::sync::mpsc::Sender<()> {
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let (begun, is_held) = std::sync::mpsc::channel::<()>();
    let store = store.clone();
    std::thread::spawn(move || {
        store.write_blocking::<(), StoreError>(move |_| {
            begun.send(()).unwrap();
            let _ = receiver.recv();
            Ok(())
        })
    });
    is_held.recv().unwrap();
    sender
}

#[test]
fn many_writers_are_committed_together_and_all_is_there() {
    for_each_engine(ROOM, |store| {
        let runtime = runtime();
        runtime.block_on(async {
            let tasks: Vec<_> = (0..300)
                .map(|number| {
                    let store = store.store();
                    tokio::spawn(async move {
                        let write = store.write::<_, StoreError>(move |tx| {
                            add(tx, number, &format!("thing {number}"))?;
                            tx.log(entry("thing.add", &[number]))
                        });
                        write.await.unwrap()
                    })
                })
                .collect();
            for task in tasks {
                assert!(task.await.unwrap().logged.is_some());
            }
        });
        assert_eq!(count(store), 300);
    });
}

#[test]
fn an_error_undoes_its_own_closure_only() {
    for_each_engine(ROOM, |store| {
        let held = hold(store);
        let writes: Vec<_> = (0..9_u64)
            .map(|number| {
                let store = store.store();
                std::thread::spawn(move || {
                    store.write_blocking::<(), StoreError>(move |tx| {
                        add(tx, number, &format!("thing {number}"))?;
                        tx.log(entry("thing.add", &[number]))?;
                        match number % 3 {
                            0 => Ok(()),
                            1 => Err(StoreError::Decode("no".into())),
                            _ => panic!("out of {number}"),
                        }
                    })
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(50));
        drop(held);
        for (number, write) in writes.into_iter().enumerate() {
            match (number % 3, write.join().unwrap()) {
                (0, Ok(receipt)) => assert!(receipt.logged.is_some()),
                (1, Err(StoreError::Decode(text))) => assert_eq!(text, "no"),
                (2, Err(StoreError::Panicked(text))) => {
                    // What was put together may quote a text, and errors go to the log.
                    assert!(!text.contains(&number.to_string()), "{text}");
                }
                (_, other) => panic!("{number}: {other:?}"),
            }
        }
        assert_eq!(count(store), 3);
    });
}

#[test]
fn a_refused_statement_loses_its_closure_and_names_the_columns() {
    for_each_engine(ROOM, |store| {
        store.write_blocking(|tx| add(tx, 1, "one")).unwrap();
        let again = store.write_blocking(|tx| add(tx, 2, "one")).unwrap_err();
        assert!(
            matches!(&again, StoreError::Unique { constraint } if constraint == "thing.name, thing.size"),
            "{again:?}"
        );
        let key = store.write_blocking(|tx| add(tx, 1, "other")).unwrap_err();
        assert!(
            matches!(&key, StoreError::Unique { constraint } if constraint == "thing.id"),
            "{key:?}"
        );
        let parent = store.write_blocking(|tx| {
            tx.execute(
                "insert into part (id, thing) values ($1, $2)",
                &params![id(1), id(99)],
            )
        });
        assert!(matches!(parent, Err(StoreError::Foreign)), "{parent:?}");
        let null = store.write_blocking(|tx| {
            tx.execute(
                "insert into thing (id, name) values ($1, $2)",
                &params![id(3), None::<String>],
            )
        });
        assert!(
            matches!(&null, Err(StoreError::Rule(what)) if what == "thing.name"),
            "{null:?}"
        );
        let check = store.write_blocking(|tx| {
            tx.execute(
                "insert into thing (id, name, size) values ($1, 'x', 0)",
                &params![id(3)],
            )
        });
        assert!(
            matches!(&check, Err(StoreError::Rule(what)) if what == "thing_size_positive"),
            "{check:?}"
        );
        let nul = store.write_blocking(|tx| add(tx, 4, "a\0b"));
        assert!(matches!(nul, Err(StoreError::Rule(_))), "{nul:?}");
        assert_eq!(count(store), 1);
    });
}

#[test]
fn a_closure_cannot_go_on_after_a_failure() {
    for_each_engine(ROOM, |store| {
        store.write_blocking(|tx| add(tx, 1, "one")).unwrap();
        let answer = store.write_blocking(|tx| {
            assert!(add(tx, 1, "one").is_err());
            assert!(matches!(add(tx, 2, "two"), Err(StoreError::AfterFailure)));
            Ok::<_, StoreError>(())
        });
        assert!(
            matches!(answer, Err(StoreError::AfterFailure)),
            "{answer:?}"
        );
        store.write_blocking(|tx| add(tx, 3, "three")).unwrap();
        assert_eq!(count(store), 2);
    });
}

#[test]
fn a_read_sees_one_snapshot_and_the_next_one_the_new_state() {
    for_each_engine(ROOM, |store| {
        store.write_blocking(|tx| add(tx, 1, "one")).unwrap();
        let writer = store.store();
        let (before, after) = store
            .read_blocking::<(i64, i64), StoreError>(move |tx| {
                let before = tx.query_one("select count(*) from thing", &[])?.get(0)?;
                std::thread::spawn(move || writer.write_blocking(|tx| add(tx, 2, "two")).unwrap())
                    .join()
                    .unwrap();
                Ok((
                    before,
                    tx.query_one("select count(*) from thing", &[])?.get(0)?,
                ))
            })
            .unwrap();
        assert_eq!((before, after), (1, 1));
        assert_eq!(count(store), 2);
    });
}

#[test]
fn a_read_cannot_write() {
    for_each_engine(ROOM, |store| {
        let answer = store.read_blocking(|tx| tx.query("delete from thing returning id", &[]));
        assert!(answer.is_err());
        // The reader is well afterwards.
        assert_eq!(count(store), 0);
        assert_eq!(count(store), 0);
        assert_eq!(count(store), 0);
    });
}

#[test]
fn a_full_queue_says_so_at_once() {
    for_each_engine(ROOM, |store| {
        let held = hold(store);
        let runtime = runtime();
        let refused = runtime.block_on(async {
            let mut tasks = Vec::new();
            for _ in 0..4_200 {
                let store = store.store();
                tasks.push(tokio::spawn(async move {
                    store.log(entry("thing.read", &[1])).await
                }));
            }
            // Those that found no room answer while the writer is still held.
            while store.waiting().0 < 4_096 {
                tokio::task::yield_now().await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            let refused = tasks.iter().filter(|task| task.is_finished()).count();
            drop(held);
            let mut busy = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(_) => {}
                    Err(StoreError::Busy) => busy += 1,
                    Err(other) => panic!("{other}"),
                }
            }
            assert_eq!(busy, refused);
            refused
        });
        assert_eq!(refused, 4_200 - 4_096);
    });
}

#[test]
fn a_caller_that_goes_away_does_not_stop_its_write() {
    for_each_engine(ROOM, |store| {
        let held = hold(store);
        let runtime = runtime();
        runtime.block_on(async {
            let write = store.write(|tx| add(tx, 1, "one"));
            assert!(
                tokio::time::timeout(Duration::from_millis(20), write)
                    .await
                    .is_err()
            );
        });
        drop(held);
        store.write_blocking(|_| Ok::<_, StoreError>(())).unwrap();
        assert_eq!(count(store), 1);
    });
}

#[test]
fn only_the_closures_own_statements_are_counted() {
    for_each_engine(ROOM, |store| {
        let before = store.statement_count();
        store
            .write_blocking(|tx| {
                add(tx, 1, "one")?;
                tx.log(entry("thing.add", &[1]))
            })
            .unwrap();
        store.log_blocking(entry("thing.read", &[1])).unwrap();
        store
            .read_blocking(|tx| tx.query("select id from thing", &[]))
            .unwrap();
        assert_eq!(store.statement_count() - before, 2);
    });
}

#[test]
fn what_was_committed_is_there_after_reopening() {
    for_each_engine(ROOM, |store| {
        store.write_blocking(|tx| add(tx, 1, "one")).unwrap();
        let bulk = store.write_bulk(|tx| add(tx, 2, "two")).unwrap();
        assert_eq!(bulk.logged, None);
        store.reopen();
        assert_eq!(count(store), 2);
        store.shutdown();
        assert!(matches!(
            store.write_blocking(|tx| add(tx, 3, "three")),
            Err(StoreError::Closed)
        ));
    });
}

#[test]
fn values_come_back_as_they_went_in() {
    for_each_engine(ROOM, |store| {
        let name = "Äö 'quoted' $1 ?1 \u{1f642}";
        store
            .write_blocking(move |tx| {
                tx.execute(
                    "insert into thing (id, name, size) values ($1, $2, $3)",
                    &params![id(1), name, i64::MAX],
                )?;
                tx.execute(
                    "insert into thing (id, name, size) values ($2, $1, $3)",
                    &params!["b", id(2), None::<i64>],
                )
            })
            .unwrap();
        let rows = store
            .read_blocking(|tx| tx.query("select id, name, size from thing order by id", &[]))
            .unwrap();
        assert_eq!(rows[0].get::<[u8; 16]>(0).unwrap(), id(1));
        assert_eq!(rows[0].get::<String>(1).unwrap(), name);
        assert_eq!(rows[0].get::<i64>(2).unwrap(), i64::MAX);
        assert_eq!(rows[1].get::<Option<i64>>(2).unwrap(), None);
        assert!(rows[1].get::<i64>(2).is_err());
        assert!(rows[1].get::<[u8; 4]>(0).is_err());
        let sum = store
            .read_blocking(|tx| tx.query_one("select sum(size), count(*) = 2 from thing", &[]))
            .unwrap();
        assert_eq!(sum.get::<i64>(0).unwrap(), i64::MAX);
        assert!(sum.get::<bool>(1).unwrap());
    });
}

#[test]
fn text_is_ordered_by_its_bytes_on_both_engines() {
    for_each_engine(ROOM, |store| {
        store
            .write_blocking(|tx| {
                for (number, name) in ["b", "Ä", "a", "B", "_"].iter().enumerate() {
                    add(tx, number as u64, name)?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let rows = store
            .read_blocking(|tx| tx.query("select name from thing order by name", &[]))
            .unwrap();
        let names: Vec<String> = rows.iter().map(|row| row.get(0).unwrap()).collect();
        assert_eq!(names, ["B", "_", "a", "b", "Ä"]);
    });
}

#[test]
fn imports_wait_for_everybody_else() {
    for_each_engine(ROOM, |store| {
        let held = hold(store);
        let order = Arc::new(Mutex::new(Vec::new()));
        let call = |name: &'static str, bulk: bool| {
            let (store, order) = (store.store(), Arc::clone(&order));
            let work = move |_: &mut store::WriteTx<'_>| {
                order.lock().unwrap().push(name);
                Ok::<_, StoreError>(())
            };
            let waiting = store.waiting().0;
            let counted = store.clone();
            let thread = std::thread::spawn(move || match bulk {
                true => store.write_bulk(work).unwrap(),
                false => store.write_blocking(work).unwrap(),
            });
            while counted.waiting().0 == waiting {
                std::thread::yield_now();
            }
            thread
        };
        let threads = [
            call("import", true),
            call("import", true),
            call("one", false),
            call("two", false),
        ];
        drop(held);
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(*order.lock().unwrap(), ["one", "two", "import", "import"]);
    });
}
