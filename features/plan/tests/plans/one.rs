//! A client has at most one plan in force (I2), whatever is done at the same time and in whichever matter.

use casework::domain::MatterId;
use clients::ClientId;
use documents::DocumentId;
use plan::domain::{EndReason, PlanError};
use plan::store::finish as act;
use proptest::prelude::*;
use store::{Query, StoreError, params};
use testkit::{sqlite_store, stores};

use crate::support::*;

/// A step of a worker.
#[derive(Debug, Clone, Copy)]
enum Move {
    /// Begins a plan in a matter for the first client, the second, or both.
    Begin(usize, usize),
    /// Puts the newest plan of a matter into force.
    Finish(usize),
    /// Opens the newest plan of a matter for a change.
    Change(usize),
    End(usize),
    /// Closes a matter, with the plan in it.
    Close(usize),
}

const MATTERS: usize = 3;

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let matter = 0..MATTERS;
    let one = prop_oneof![
        3 => (matter.clone(), 0..3_usize).prop_map(|(matter, whose)| Move::Begin(matter, whose)),
        3 => matter.clone().prop_map(Move::Finish),
        1 => matter.clone().prop_map(Move::Change),
        1 => matter.clone().prop_map(Move::End),
        1 => matter.prop_map(Move::Close),
    ];
    prop::collection::vec(one, 1..10)
}

fn newest(sample: &Sample, matter: MatterId) -> Option<DocumentId> {
    sample
        .store
        .read_blocking(move |tx| {
            let row = tx.query_optional(
                "select document_id from plan where matter_id = $1 order by document_id desc limit 1",
                &params![matter.bytes()],
            )?;
            row.map(|row| row.get(0).map(DocumentId::from_bytes)).transpose()
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"))
}

fn step(sample: &Sample, matters: &[MatterId], whose: [ClientId; 2], one: Move) {
    let plan_of = |matter: usize| newest(sample, matters[matter]);
    let done = match one {
        Move::Begin(matter, who) => {
            let clients = match who {
                0 => vec![whose[0]],
                1 => vec![whose[1]],
                _ => whose.to_vec(),
            };
            begin(sample, AINO, matters[matter], &clients).and_then(|plan| {
                let saving = goal(plan, None, "Haluan pitää oman kodin", clients[0]);
                try_as(sample, AINO, move |tx, casework, reader| {
                    plan::store::goals::save(tx, casework, reader, &saving).map(drop)
                })
            })
        }
        Move::Finish(matter) => match plan_of(matter) {
            Some(plan) => finish(sample, AINO, plan).map(drop),
            None => Ok(()),
        },
        Move::Change(matter) => match plan_of(matter) {
            Some(plan) => try_as(sample, AINO, move |tx, casework, reader| {
                act::change(tx, casework, reader, plan, "Asiakas sai asunnon")
            }),
            None => Ok(()),
        },
        Move::End(matter) => match plan_of(matter) {
            Some(plan) => try_as(sample, AINO, move |tx, casework, reader| {
                act::end(tx, casework, reader, plan, EndReason::Attained, "")
            }),
            None => Ok(()),
        },
        Move::Close(matter) => {
            let matter = matters[matter];
            sample
                .store
                .write_blocking(move |tx| {
                    tx.execute(
                        "update matter set state = 'closed', ended_at = 1773388800000, end_reason = 'handled' where id = $1 and ended_at is null",
                        &params![matter.bytes()],
                    )
                })
                .unwrap();
            Ok(())
        }
    };
    // Refusals are part of the game; a fault of the store is not.
    if let Err(PlanError::Store(fault)) = done {
        panic!("{one:?}: {fault}");
    }
}

fn at_most_one(sample: &Sample, whose: [ClientId; 2]) {
    for client in whose {
        let counts = sample
            .store
            .read_blocking(move |tx| {
                let row = tx.query_one(
                    "select count(case when state = 'in_force' then 1 end), count(case when state = 'draft' then 1 end) from plan_client where client_id = $1",
                    &params![client.bytes()],
                )?;
                Ok::<_, StoreError>((row.get::<i64>(0)?, row.get::<i64>(1)?))
            })
            .unwrap();
        assert!(counts.0 <= 1 && counts.1 <= 1, "{counts:?}");
    }
}

/// Random steps of three at once, each in a thread of its own.
fn history(sample: Sample, histories: &[Vec<Move>]) {
    let (first, matter) = sample.held(AINO, "Ensimmäinen");
    let second = sample.client("Toinen", None);
    joins(&sample, AINO, matter, second);
    let mut matters = vec![matter];
    for _ in 1..MATTERS {
        let matter = sample.opened(AINO, first, me(AINO));
        joins(&sample, AINO, matter, second);
        matters.push(matter);
    }
    std::thread::scope(|scope| {
        for moves in histories {
            let (sample, matters) = (&sample, &matters);
            scope.spawn(move || {
                for one in moves {
                    step(sample, matters, [first, second], *one);
                    at_most_one(sample, [first, second]);
                }
            });
        }
    });
    at_most_one(&sample, [first, second]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_client_has_at_most_one_plan_in_force(histories in prop::collection::vec(moves(), 1..4)) {
        history(county(sqlite_store(&tables())), &histories);
    }
}

#[test]
fn the_same_on_every_engine() {
    let histories = vec![
        vec![
            Move::Begin(0, 2),
            Move::Finish(0),
            Move::Begin(1, 0),
            Move::End(0),
            Move::Finish(1),
        ],
        vec![
            Move::Begin(1, 0),
            Move::Finish(1),
            Move::Begin(0, 1),
            Move::Finish(0),
            Move::Change(0),
        ],
        vec![
            Move::Begin(2, 1),
            Move::Finish(2),
            Move::Close(0),
            Move::Begin(1, 2),
            Move::Finish(1),
        ],
    ];
    for store in stores(&tables()) {
        history(county(store), &histories);
    }
}

#[test]
fn the_table_itself_holds_one() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let other = sample.client("Muu", None);
        let second = sample.opened(AINO, other, me(AINO));
        let (other_plan, _) = begun(&sample, AINO, second, &[other]);
        // Past every rule of ours: the unique index refuses.
        let forced = sample.store.write_blocking(move |tx| {
            tx.execute(
                "update plan_client set client_id = $2, state = 'in_force' where document_id = $1",
                &params![other_plan.bytes(), client.bytes()],
            )
        });
        assert!(forced.is_err());
    }
}

#[test]
fn the_table_itself_wants_one_owner_and_a_day() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (_, _) = begun(&sample, AINO, matter, &[client]);
        for wrong in [
            "update plan_action set owner_client = null where owner_kind = 'client'",
            "update plan_action set owner_name = 'Kela' where owner_kind = 'worker'",
            "update plan_action set owner_name = '' where owner_kind = 'partner'",
            "update plan_action set due_on = null",
            "update plan_action set state = 'dropped'",
        ] {
            let forced = sample
                .store
                .write_blocking(move |tx| tx.execute(wrong, &[]));
            assert!(forced.is_err(), "{wrong}");
        }
    }
}
