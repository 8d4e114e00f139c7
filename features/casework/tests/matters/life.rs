//! Who answers for a matter, on both engines.

use casework::domain::{AssessmentStep, CloseReason};
use casework::domain::{Holder, MatterError, MatterId};
use casework::store::offers::{NewOffer, Receiver};
use casework::store::{clocks, ending, holding, offers, workers};
use identity::people::{self, UnitId};
use kernel::time::{Date, SignedDuration, day};
use proptest::prelude::*;
use store::{Query, params};
use testkit::{sqlite_store, stores};

use crate::support::*;

fn closing(reason: CloseReason) -> ending::Closing {
    ending::Closing {
        reason,
        words: "Selvä".to_owned(),
        late_reason: None,
        no_ground: None,
        follow_up: None,
        voices: Vec::new(),
    }
}

#[test]
fn a_matter_has_a_holder_from_its_first_second() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, own) = sample.held(AINO, "Oma");
        let (_, queued) = sample.queued(NORTH, "Jono");
        for (matter, kind, who) in [(own, "person", AINO), (queued, "duty", VILLE)] {
            let open = sample
                .store
                .read_blocking(move |tx| holding::open_holdings(tx, matter))
                .unwrap();
            assert_eq!(open, [(kind.to_owned(), staff(who))]);
        }
        // Handling began with the first, so the client relation is open; the second waits.
        let relations = sample.count("select count(*) from client_relation where ended_on is null");
        assert_eq!(relations, 1);
        let bytes = client.bytes();
        let logged = sample
            .store
            .read_blocking(move |tx| {
                tx.query_one(
                    "select count(*) from relation where client_id = $1 and kind in ('matter_holder', 'matter_participant') and ends_at is null",
                    &params![bytes],
                )?
                .get::<i64>(0)
            })
            .unwrap();
        assert_eq!(logged, 2);
    }
}

#[test]
fn taken_once_and_the_second_is_told_who_was_first() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.queued(NORTH, "Jono");
        sample.act(AINO, move |tx, casework, reader| {
            holding::take(tx, casework, reader, matter)
        });
        // The duty holder no longer has any relation: to him it does not exist.
        let second = sample.try_act(VILLE, move |tx, casework, reader| {
            holding::take(tx, casework, reader, matter)
        });
        assert!(matches!(
            second,
            Err(MatterError::AlreadyHeld { .. } | MatterError::NotFound)
        ));
        let own = sample.try_act(AINO, move |tx, casework, reader| {
            holding::take(tx, casework, reader, matter)
        });
        assert!(matches!(own, Err(MatterError::AlreadyHeld { by }) if by == staff(AINO)));
        let south = sample.try_act(SANNA, move |tx, casework, reader| {
            holding::take(tx, casework, reader, matter)
        });
        assert!(matches!(south, Err(MatterError::NotFound)));
    }
}

#[test]
fn the_sender_holds_until_somebody_accepts() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Siirto");
        let make = |to| NewOffer {
            receiver: Receiver::Person(staff(to)),
            reason: "Muutan".to_owned(),
            warm: false,
        };
        let offer = sample.act(AINO, move |tx, casework, reader| {
            offers::make(tx, casework, reader, matter, &make(SANNA))
        });
        assert_eq!(holder(&sample, matter), AINO);
        let again = sample.try_act(AINO, move |tx, casework, reader| {
            offers::make(tx, casework, reader, matter, &make(VILLE))
        });
        assert!(matches!(again, Err(MatterError::OfferOpen)));
        let stranger = sample.try_act(LIISA, move |tx, casework, reader| {
            offers::accept(tx, casework, reader, offer)
        });
        assert!(matches!(stranger, Err(MatterError::NotFound)));
        sample.act(SANNA, move |tx, casework, reader| {
            offers::refuse(tx, casework, reader, offer, "Ei aikaa", "Ville")
        });
        assert_eq!(holder(&sample, matter), AINO);
        let offer = sample.act(AINO, move |tx, casework, reader| {
            offers::make(tx, casework, reader, matter, &make(SANNA))
        });
        sample.act(SANNA, move |tx, casework, reader| {
            offers::accept(tx, casework, reader, offer)
        });
        assert_eq!(holder(&sample, matter), SANNA);
        // Who handed it over reads on for a while, and does nothing new.
        let late = sample.try_act(AINO, move |tx, casework, reader| {
            ending::close(tx, casework, reader, matter, &closing(CloseReason::Handled))
        });
        assert!(matches!(late, Err(MatterError::NotFound)));
    }
}

#[test]
fn an_unanswered_offer_comes_back() {
    let sample = sample(sqlite_store(&rooms()));
    let (_, matter) = sample.held(AINO, "Siirto");
    let offer = sample.act(AINO, move |tx, casework, reader| {
        let new = NewOffer {
            receiver: Receiver::Unit(UnitId::from_bytes(SOUTH)),
            reason: "Muutto".to_owned(),
            warm: true,
        };
        offers::make(tx, casework, reader, matter, &new)
    });
    let job = |sample: &Sample| {
        let casework = sample.casework.clone();
        sample
            .store
            .write_blocking(move |tx| offers::come_back(tx, &casework, offer))
            .unwrap()
            .value
    };
    assert!(!job(&sample));
    sample.clock.advance(SignedDuration::from_hours(25));
    assert!(job(&sample));
    assert!(!job(&sample));
    let late = sample.try_act(SANNA, move |tx, casework, reader| {
        offers::accept(tx, casework, reader, offer)
    });
    assert!(matches!(late, Err(MatterError::OfferClosed)));
}

#[test]
fn a_lead_takes_over_only_from_somebody_away() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Poissa");
        let take_over = |sample: &Sample| {
            sample.try_act(HANNA, move |tx, casework, reader| {
                holding::take_over(tx, casework, reader, matter, "Aino on poissa")
            })
        };
        assert!(matches!(
            take_over(&sample),
            Err(MatterError::HolderPresent)
        ));
        let today = day(sample.casework.now());
        sample
            .store
            .write_blocking(move |tx| people::add_absence(tx, staff(AINO), today, today))
            .unwrap();
        take_over(&sample).unwrap();
        assert_eq!(holder(&sample, matter), HANNA);
    }
}

#[test]
fn clocks_run_by_law_and_a_late_end_needs_its_reason() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Määräaika");
        let clocks = |sample: &Sample| {
            sample
                .store
                .read_blocking(move |tx| clocks::of_matter(tx, matter))
                .unwrap()
                .into_iter()
                .map(|row| row.clock.basis.code().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(clocks(&sample), ["DECISION_EXECUTE", "PTA_START"]);
        sample.act(AINO, move |tx, casework, reader| {
            clocks::assessment(tx, casework, reader, matter, AssessmentStep::Begun, "")
        });
        assert_eq!(
            clocks(&sample),
            ["DECISION_EXECUTE", "PTA_DONE_ADULT", "PTA_START"]
        );
        let twice = sample.try_act(AINO, move |tx, casework, reader| {
            clocks::assessment(tx, casework, reader, matter, AssessmentStep::Begun, "")
        });
        assert!(matches!(twice, Err(MatterError::ClockEnded)));
        sample.clock.advance(SignedDuration::from_hours(24 * 120));
        let late = sample.try_act(AINO, move |tx, casework, reader| {
            ending::close(tx, casework, reader, matter, &closing(CloseReason::Handled))
        });
        assert!(matches!(late, Err(MatterError::LateReason)));
        sample.act(AINO, move |tx, casework, reader| {
            let closing = ending::Closing {
                late_reason: Some("Asiakas oli sairaalassa".to_owned()),
                ..closing(CloseReason::Handled)
            };
            ending::close(tx, casework, reader, matter, &closing)
        });
    }
}

#[test]
fn the_client_relation_ends_only_by_its_entry_and_never_under_open_matters() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let client = sample.client("Kaksi", None);
        let first = sample.opened(AINO, client, me(AINO));
        let second = sample.opened(AINO, client, me(AINO));
        let with_ground = || ending::Closing {
            no_ground: Some("Tarve on ohi".to_owned()),
            ..closing(CloseReason::Handled)
        };
        let early = sample.try_act(AINO, move |tx, casework, reader| {
            ending::close(tx, casework, reader, first, &with_ground())
        });
        assert!(matches!(early, Err(MatterError::OpenMatters)));
        sample.act(AINO, move |tx, casework, reader| {
            ending::close(tx, casework, reader, first, &closing(CloseReason::Handled))
        });
        let open = "select count(*) from client_relation where ended_on is null";
        assert_eq!(sample.count(open), 1);
        sample.act(AINO, move |tx, casework, reader| {
            ending::close(tx, casework, reader, second, &with_ground())
        });
        assert_eq!(sample.count(open), 0);
        let ended = sample.try_act(AINO, move |tx, casework, reader| {
            ending::close(tx, casework, reader, second, &closing(CloseReason::Handled))
        });
        assert!(matches!(ended, Err(MatterError::Ended)));
        // Nobody works on them any more.
        assert_eq!(
            sample.count("select count(*) from relation where kind in ('matter_holder', 'matter_participant') and ends_at is null"),
            0
        );
    }
}

#[test]
fn an_own_worker_is_a_professional_and_follows_another() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let name = |sample: &Sample, who| {
            sample.try_act(AINO, move |tx, casework, reader| {
                let naming = workers::OwnWorker::new(staff(who), day(casework.now()));
                workers::name_own_worker(tx, casework, reader, matter, client, &naming)
            })
        };
        name(&sample, AINO).unwrap();
        sample.clock.advance(SignedDuration::from_hours(1));
        name(&sample, VILLE).unwrap();
        assert_eq!(
            sample.count(
                "select count(*) from relation where kind = 'own_worker' and ends_at is null"
            ),
            1
        );
        // A nurse may, justified for the whole (SHL 42 § 2); somebody of another unit may not name anybody.
        let stranger = sample.try_act(SANNA, move |tx, casework, reader| {
            let naming = workers::OwnWorker {
                staff: staff(SANNA),
                from: day(casework.now()),
                to: Some(Date::constant(2030, 1, 1)),
                ..workers::OwnWorker::new(staff(SANNA), day(casework.now()))
            };
            workers::name_own_worker(tx, casework, reader, matter, client, &naming)
        });
        assert!(matches!(stranger, Err(MatterError::NotFound)));
    }
}

pub fn holder(sample: &Sample, matter: MatterId) -> [u8; 16] {
    let open = sample
        .store
        .read_blocking(move |tx| holding::open_holdings(tx, matter))
        .unwrap();
    assert_eq!(open.len(), 1);
    open[0].1.bytes()
}

#[derive(Debug, Clone, Copy)]
enum Move {
    Take(usize),
    Offer(usize, usize),
    Accept(usize),
    Refuse(usize),
    Withdraw(usize),
    TakeOver(usize),
    Away(usize),
    Close(usize),
}

const HANDS: [[u8; 16]; 4] = [AINO, VILLE, HANNA, SANNA];

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let who = 0..HANDS.len();
    let one = prop_oneof![
        who.clone().prop_map(Move::Take),
        (who.clone(), who.clone()).prop_map(|(from, to)| Move::Offer(from, to)),
        who.clone().prop_map(Move::Accept),
        who.clone().prop_map(Move::Refuse),
        who.clone().prop_map(Move::Withdraw),
        who.clone().prop_map(Move::TakeOver),
        who.clone().prop_map(Move::Away),
        who.prop_map(Move::Close),
    ];
    prop::collection::vec(one, 1..14)
}

fn offer_of(sample: &Sample) -> casework::domain::MatterOfferId {
    let id = sample
        .store
        .read_blocking(|tx| {
            Ok::<_, store::StoreError>(
                tx.query_optional(
                    "select id from matter_offer order by made_at desc, id desc limit 1",
                    &[],
                )?
                .map(|row| row.get::<[u8; 16]>(0))
                .transpose()?
                .unwrap_or([0; 16]),
            )
        })
        .unwrap();
    casework::domain::MatterOfferId::from_bytes(id)
}

fn step(sample: &Sample, matter: MatterId, one: Move) {
    let offer = offer_of(sample);
    // Refusals are part of the game; a fault of the store is not.
    let done = match one {
        Move::Take(who) => sample.try_act(HANDS[who], move |tx, casework, reader| {
            holding::take(tx, casework, reader, matter)
        }),
        Move::Offer(from, to) => sample.try_act(HANDS[from], move |tx, casework, reader| {
            let new = NewOffer {
                receiver: Receiver::Person(staff(HANDS[to])),
                reason: "Syy".to_owned(),
                warm: false,
            };
            offers::make(tx, casework, reader, matter, &new).map(drop)
        }),
        Move::Accept(who) => sample.try_act(HANDS[who], move |tx, casework, reader| {
            offers::accept(tx, casework, reader, offer).map(drop)
        }),
        Move::Refuse(who) => sample.try_act(HANDS[who], move |tx, casework, reader| {
            offers::refuse(tx, casework, reader, offer, "Ei", "Muu").map(drop)
        }),
        Move::Withdraw(who) => sample.try_act(HANDS[who], move |tx, casework, reader| {
            offers::withdraw(tx, casework, reader, offer).map(drop)
        }),
        Move::TakeOver(who) => sample.try_act(HANDS[who], move |tx, casework, reader| {
            holding::take_over(tx, casework, reader, matter, "Syy")
        }),
        Move::Away(who) => {
            let today = day(sample.casework.now());
            // Twice away is away.
            let _ = sample
                .store
                .write_blocking(move |tx| people::add_absence(tx, staff(HANDS[who]), today, today));
            Ok(())
        }
        Move::Close(who) => sample.try_act(HANDS[who], move |tx, casework, reader| {
            ending::close(tx, casework, reader, matter, &closing(CloseReason::Handled))
        }),
    };
    if let Err(MatterError::Store(fault)) = done {
        panic!("{one:?}: {fault}");
    }
}

fn holds(sample: &Sample, matter: MatterId) {
    let (state, open) = sample
        .store
        .read_blocking(move |tx| {
            let state: String = tx
                .query_one(
                    "select state from matter where id = $1",
                    &params![matter.bytes()],
                )?
                .get(0)?;
            Ok::<_, store::StoreError>((state, holding::open_holdings(tx, matter)?))
        })
        .unwrap();
    let active = state == "initiated" || state == "open";
    assert_eq!(open.len(), usize::from(active), "{state}");
}

/// Random steps of four people at once, each in a thread of its own: an open matter has exactly one holder after every
/// history (I1).
fn history(sample: Sample, histories: Vec<Vec<Move>>) {
    let (_, matter) = sample.queued(NORTH, "Kaikki");
    let sample = std::sync::Arc::new(sample);
    std::thread::scope(|scope| {
        for moves in &histories {
            let sample = std::sync::Arc::clone(&sample);
            scope.spawn(move || {
                for one in moves {
                    step(&sample, matter, *one);
                }
            });
        }
    });
    holds(&sample, matter);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_open_matter_has_exactly_one_holder(histories in prop::collection::vec(moves(), 1..4)) {
        history(sample(sqlite_store(&rooms())), histories);
    }
}

#[test]
fn the_same_on_every_engine() {
    let histories = vec![
        vec![
            Move::Take(0),
            Move::Offer(0, 3),
            Move::Accept(3),
            Move::Away(3),
            Move::Close(3),
        ],
        vec![
            Move::Take(1),
            Move::Offer(1, 0),
            Move::Withdraw(1),
            Move::TakeOver(2),
        ],
        vec![
            Move::Take(0),
            Move::Accept(0),
            Move::Refuse(3),
            Move::Take(3),
        ],
    ];
    for store in stores(&rooms()) {
        history(sample(store), histories.clone());
    }
    let _ = Holder::Duty(UnitId::from_bytes(NORTH));
}
