//! Over random histories a client always has one name and one number, never of somebody who has left.

use casework::domain::{CloseReason, MatterError, MatterId, NoOwnWorker};
use casework::store::own_worker;
use casework::store::workers::{self, Substitute};
use casework::store::{ending, holding, open};
use clients::ClientId;
use identity::people;
use kernel::time::{SignedDuration, day};
use proptest::prelude::*;
use store::{Query, params};
use testkit::{sqlite_store, stores};

use crate::leaver::{leaves, today};
use crate::own_worker::{name, named, number};
use crate::support::*;

#[derive(Debug, Clone, Copy)]
enum Event {
    Name(usize, usize),
    Waive(usize),
    Substitute(usize, usize),
    Away(usize),
    Leave(usize),
    TakeOver,
    Close(usize),
    Another(usize),
    Days(i64),
}

const HANDS: [[u8; 16]; 4] = [AINO, VILLE, SANNA, HANNA];

fn events() -> impl Strategy<Value = Event> {
    let hand = 0..HANDS.len();
    prop_oneof![
        4 => (hand.clone(), hand.clone()).prop_map(|(by, who)| Event::Name(by, who)),
        1 => hand.clone().prop_map(Event::Waive),
        2 => (hand.clone(), hand.clone()).prop_map(|(by, who)| Event::Substitute(by, who)),
        2 => hand.clone().prop_map(Event::Away),
        // A unit is never without a lead: whoever ends a lead's employment names the next.
        2 => (0..3_usize).prop_map(Event::Leave),
        1 => Just(Event::TakeOver),
        1 => hand.clone().prop_map(Event::Close),
        1 => hand.prop_map(Event::Another),
        2 => (1..20_i64).prop_map(Event::Days),
    ]
}

fn happen(sample: &Sample, client: ClientId, matters: &mut Vec<MatterId>, one: Event) {
    let matter = *matters.last().unwrap();
    let now = today(sample);
    // Refusals are part of the game.
    let done = match one {
        Event::Name(by, who) => name(sample, HANDS[by], matter, client, named(sample, HANDS[who])),
        Event::Waive(by) => sample.try_act(HANDS[by], move |tx, casework, reader| {
            let reason = NoOwnWorker::OtherResponsible;
            own_worker::waive_own_worker(tx, casework, reader, matter, client, reason, "Syy")
        }),
        Event::Substitute(by, who) => sample.try_act(HANDS[by], move |tx, casework, reader| {
            let substitute = Substitute {
                staff: staff(HANDS[who]),
                from: now,
                to: now + SignedDuration::from_hours(24 * 7),
            };
            workers::name_substitute(tx, casework, reader, matter, &substitute)
        }),
        Event::Away(who) => {
            let until = now + SignedDuration::from_hours(24 * 3);
            let _ = sample
                .store
                .write_blocking(move |tx| people::add_absence(tx, staff(HANDS[who]), now, until));
            Ok(())
        }
        Event::Leave(who) => {
            leaves(sample, HANDS[who], now.yesterday().unwrap());
            Ok(())
        }
        Event::TakeOver => sample.try_act(HANNA, move |tx, casework, reader| {
            holding::take_over(tx, casework, reader, matter, "Syy")
        }),
        Event::Close(by) => sample.try_act(HANDS[by], move |tx, casework, reader| {
            let closing = ending::Closing {
                reason: CloseReason::Handled,
                words: String::new(),
                late_reason: Some("Syy".to_owned()),
                no_ground: None,
                follow_up: None,
                voices: Vec::new(),
            };
            ending::close(tx, casework, reader, matter, &closing)
        }),
        Event::Another(by) => {
            sample.relate(client, HANDS[by], "recorder");
            let by = HANDS[by];
            let opened = sample.try_act(by, move |tx, casework, reader| {
                let new = crate::support::matter(me(by), casework);
                open::open(tx, casework, reader, client, &new)
            });
            opened.map(|opened| matters.push(opened.id))
        }
        Event::Days(days) => {
            sample.clock.advance(SignedDuration::from_hours(24 * days));
            Ok(())
        }
    };
    if let Err(MatterError::Store(fault)) = done {
        panic!("{one:?}: {fault}");
    }
}

/// After every history a client with an open client relation has exactly one name, of somebody in service.
fn always_one(sample: &Sample, history: &[Event]) {
    let (client, matter) = sample.held(AINO, "Kaikki");
    let mut matters = vec![matter];
    for one in history {
        happen(sample, client, &mut matters, *one);
        let relations = sample.count("select count(*) from client_relation where ended_on is null");
        let answers = number(sample, client);
        assert_eq!(relations, 1);
        let Some(answers) = answers else {
            panic!("nobody answers after {one:?} of {history:?}");
        };
        assert!(!answers.name.is_empty());
        let (who, on) = (
            answers.staff.bytes(),
            day(sample.casework.now()).to_string(),
        );
        let serves = sample
            .store
            .read_blocking(move |tx| {
                tx.query_one(
                    "select count(*) from staff where id = $1 and (ended_on is null or ended_on >= $2)",
                    &params![who, on],
                )?
                .get::<i64>(0)
            })
            .unwrap();
        assert_eq!(
            serves, 1,
            "{} has left, {one:?} of {history:?}",
            answers.name
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_client_always_has_one_name(history in prop::collection::vec(events(), 1..14)) {
        always_one(&sample(sqlite_store(&rooms())), &history);
    }
}

#[test]
fn the_same_on_both_engines() {
    let history = [
        Event::Name(0, 1),
        Event::Away(1),
        Event::Substitute(0, 2),
        Event::Leave(2),
        Event::Leave(1),
        Event::Days(5),
        Event::Leave(0),
        Event::Days(2),
        Event::TakeOver,
        Event::Name(3, 3),
        Event::Away(3),
        Event::Close(3),
        Event::Days(10),
        Event::Another(3),
        Event::Waive(3),
    ];
    for store in stores(&rooms()) {
        always_one(&sample(store), &history);
    }
}
