//! Invariant I1 over random concurrent histories on both engines: an open contact has exactly one
//! holder from its first second, whatever is done to it and whoever does it at the same time.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use identity::people::StaffId;
use intake::domain::ending::Ending;
use intake::domain::{AttemptChannel, ContactId, IntakeError, OfferId};
use intake::store::offers::{self, NewOffer, Receiver};
use intake::store::{ending, holding, receive, record, safety_net};
use kernel::chance::{Chance, SeededChance};
use kernel::time::day;
use store::{Query, Store, WriteTx, params};

use crate::town::{Town, build, migrations, sent};

/// Steps on each engine; `NOSTE_PROOF_STEPS` makes the long run.
fn steps() -> u64 {
    std::env::var("NOSTE_PROOF_STEPS")
        .ok()
        .and_then(|steps| steps.parse().ok())
        .unwrap_or(10_000)
}

const THREADS: u64 = 8;

#[derive(Default)]
struct Seen {
    accepted: AtomicU64,
    refused: AtomicU64,
    by_kind: [AtomicUsize; 12],
}

#[test]
fn an_open_contact_has_exactly_one_holder() {
    testkit::for_each_engine(&migrations(), |test| {
        let town = build(test);
        let store = test.store();
        let seen = Seen::default();
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let (town, store, seen) = (&town, &store, &seen);
                scope.spawn(move || {
                    let chance = SeededChance::new(1_000 + thread);
                    for _ in 0..steps() / THREADS {
                        step(store, town, &chance, seen);
                    }
                });
            }
        });
        let wrong: i64 = store
            .read_blocking(|tx| tx.query_one(WRONG, &[])?.get(0))
            .expect("the whole table is checked");
        assert_eq!(wrong, 0);
        // A test that refused everything would prove nothing.
        let (accepted, refused) = (
            seen.accepted.load(Ordering::SeqCst),
            seen.refused.load(Ordering::SeqCst),
        );
        assert!(
            accepted > steps() / 5 && refused > steps() / 50,
            "{accepted} accepted, {refused} refused"
        );
        for (kind, count) in seen.by_kind.iter().enumerate() {
            assert!(
                count.load(Ordering::SeqCst) > 0,
                "no act of kind {kind} was ever accepted"
            );
        }
    });
}

/// Contacts whose row and history disagree on who answers.
const WRONG: &str = "select count(*) from contact c where (c.state = 'open' and (select count(*) from holding h where h.contact_id = c.id and h.ended_at is null and h.kind = c.holder_kind and h.unit_id = c.holder_unit and (c.holder_staff is null or h.staff_id = c.holder_staff)) <> 1) or (select count(*) from holding h where h.contact_id = c.id and h.ended_at is null) <> case when c.state = 'open' then 1 else 0 end";

/// What one contact looks like to somebody who may see everything.
struct Now {
    open: bool,
    holder: Option<StaffId>,
    holdings: Vec<(String, StaffId)>,
}

fn now(tx: &mut WriteTx<'_>, contact: ContactId) -> Result<Now, IntakeError> {
    let row = tx.query_one(
        "select state, holder_staff from contact where id = $1",
        &params![contact.bytes()],
    )?;
    Ok(Now {
        open: row.get::<String>(0)? == "open",
        holder: row.get::<Option<[u8; 16]>>(1)?.map(StaffId::from_bytes),
        holdings: holding::open_holdings(tx, contact)?,
    })
}

fn some_contact(tx: &mut WriteTx<'_>, offset: i64) -> Result<Option<ContactId>, IntakeError> {
    let row = tx.query_optional(
        "select id from contact order by id desc limit 1 offset $1",
        &params![offset],
    )?;
    Ok(row
        .map(|row| row.get(0).map(ContactId::from_bytes))
        .transpose()?)
}

fn some_offer(tx: &mut WriteTx<'_>, contact: ContactId) -> Result<Option<OfferId>, IntakeError> {
    let row = tx.query_optional(
        "select id from offer where contact_id = $1 order by made_at desc, id desc limit 1",
        &params![contact.bytes()],
    )?;
    Ok(row
        .map(|row| row.get(0).map(OfferId::from_bytes))
        .transpose()?)
}

fn step(store: &Store, town: &Town, chance: &SeededChance, seen: &Seen) {
    let kind = usize::try_from(chance.below(12)).expect("small");
    let actor = usize::try_from(chance.below(town.workers.len() as u64)).expect("small");
    let other = usize::try_from(chance.below(town.workers.len() as u64)).expect("small");
    let offset = i64::try_from(chance.below(12)).expect("small");
    let by_holder = chance.below(3) > 0;
    let town = town.clone();
    let outcome = store.write_blocking(move |tx| {
        act(
            tx,
            &town,
            Choice {
                kind,
                actor,
                other,
                offset,
                by_holder,
            },
        )
    });
    match outcome.map(|receipt| receipt.value) {
        Ok(true) => {
            seen.accepted.fetch_add(1, Ordering::SeqCst);
            seen.by_kind[kind].fetch_add(1, Ordering::SeqCst);
        }
        Ok(false) => {}
        Err(IntakeError::Store(error)) => panic!("the engine failed: {error}"),
        Err(_) => {
            seen.refused.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[derive(Clone, Copy)]
struct Choice {
    kind: usize,
    actor: usize,
    other: usize,
    offset: i64,
    by_holder: bool,
}

/// One act; false when there was nothing to act on. Checks the contact in the same transaction.
fn act(tx: &mut WriteTx<'_>, town: &Town, choice: Choice) -> Result<bool, IntakeError> {
    let desk = &town.desk;
    let mut worker = &town.workers[choice.actor];
    let contact = match choice.kind {
        0 => receive::from_sender(tx, desk, &sent("Apua"), None)?.id,
        1 => receive::from_worker(tx, desk, worker, &sent("Kirjattu"), None)?.id,
        _ => match some_contact(tx, choice.offset)? {
            Some(contact) => contact,
            None => return Ok(false),
        },
    };
    let before = now(tx, contact)?;
    // Two of three acts are tried by the one who may; the rest by anybody.
    if let (true, Some(holder)) = (choice.by_holder, before.holder) {
        worker = town
            .workers
            .iter()
            .find(|one| one.staff == holder)
            .expect("the holder works here");
    }
    let other = &town.workers[choice.other];
    let mut expected = before.holder;
    match choice.kind {
        0 => expected = None,
        1 => expected = Some(worker.staff),
        2 => {
            holding::take(tx, desk, &town.workers[choice.actor], contact)?;
            assert_eq!(
                before.holder, None,
                "a contact that a person held was taken"
            );
            expected = Some(town.workers[choice.actor].staff);
        }
        3 => {
            let receiver = if choice.offset % 3 == 0 {
                Receiver::Unit(other.unit)
            } else {
                Receiver::Person(other.staff)
            };
            let new = NewOffer {
                receiver,
                reason: "Syy".to_owned(),
                warm: choice.offset % 2 == 0,
            };
            offers::make(tx, desk, worker, contact, &new)?;
        }
        4 => {
            let Some(offer) = some_offer(tx, contact)? else {
                return Ok(false);
            };
            offers::accept(tx, desk, other, offer, true)?;
            expected = Some(other.staff);
        }
        5 => {
            let Some(offer) = some_offer(tx, contact)? else {
                return Ok(false);
            };
            offers::refuse(tx, desk, other, offer, "Ei voi", "Toinen yksikkö")?;
        }
        6 => {
            let Some(offer) = some_offer(tx, contact)? else {
                return Ok(false);
            };
            offers::withdraw(tx, desk, worker, offer)?;
        }
        7 => {
            holding::take_over(tx, desk, &town.workers[town.lead], contact, "Poissa")?;
            expected = Some(town.workers[town.lead].staff);
        }
        8 => {
            let by = day(desk.now());
            let ending = Ending::NextStep {
                what: "Tapaaminen".into(),
                who: "Me".into(),
                who_staff: Some(other.staff),
                by,
                told: true,
            };
            ending::end(tx, desk, worker, contact, &ending)?;
        }
        9 => {
            holding::reopen_by_worker(tx, desk, &town.workers[town.lead], contact, "Palasi")?;
            if before.holder == Some(town.workers[town.away].staff) {
                expected = None;
            }
        }
        10 => record::add_attempt(tx, desk, worker, contact, AttemptChannel::Call, false, "")?,
        _ => {
            safety_net::raise(tx, desk)?;
        }
    }
    let after = now(tx, contact)?;
    assert_eq!(
        after.holdings.len(),
        usize::from(after.open),
        "kind {}",
        choice.kind
    );
    assert_eq!(after.holder, expected, "kind {}", choice.kind);
    if let (true, Some(holder)) = (after.open, after.holder) {
        assert_eq!(after.holdings, [("person".to_owned(), holder)]);
    }
    Ok(true)
}
