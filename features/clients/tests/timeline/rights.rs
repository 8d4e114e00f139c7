//! What the gate refuses is in no timeline and no search: tried over made-up worlds.

use std::collections::BTreeSet;

use access::rights::SERVICE_TASKS;
use clients::timeline::{Filter, Found, Item, Words, find, list};
use clients::{ClientError, ClientId, Gate};
use identity::people::StaffId;
use kernel::time::{SignedDuration, Timestamp};
use store::{Query, StoreError, params};
use testkit::{TestStore, for_each_engine};

use crate::support::*;

const CLIENTS: u8 = 6;
const CLASSES: [&str; 6] = [
    "contact",
    "matter",
    "note",
    "plan",
    "decision",
    "restricted_class",
];
const KINDS: [&str; 12] = [
    "own_worker",
    "own_team",
    "substitute",
    "matter_participant",
    "contact_holder",
    "assessor",
    "decision_maker",
    "joint_service",
    "service_worker",
    "former_holder",
    "unit_lead",
    "exceptional",
];

/// A small source of numbers that is the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

#[derive(Clone)]
struct Made {
    id: [u8; 16],
    client: ClientId,
    class: &'static str,
    task: &'static str,
    object: Option<(&'static str, [u8; 16])>,
    author: [u8; 16],
    at: Timestamp,
    shown: bool,
}

fn hours_ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

/// Fills a store with relations, bars and items thrown by dice; gives the items.
fn world(store: &TestStore, dice: &mut Dice) -> Vec<Made> {
    people(store, CLIENTS);
    let staff: Vec<[u8; 16]> = STAFF.iter().map(|(id, ..)| *id).collect();
    let objects = [
        ("matter", [70; 16]),
        ("matter", [71; 16]),
        ("contact", [72; 16]),
    ];
    let mut made = Vec::new();
    for number in 0..120_u8 {
        made.push(Made {
            id: [number; 16],
            client: client(dice.below(CLIENTS.into()) as u8),
            class: dice.one(&CLASSES),
            task: if dice.below(3) > 0 {
                "working_age"
            } else {
                dice.one(&SERVICE_TASKS)
            },
            object: if dice.below(2) == 0 {
                None
            } else {
                Some(dice.one(&objects))
            },
            author: dice.one(&staff),
            at: hours_ago(dice.below(24 * 500) as i64),
            shown: dice.below(8) > 0,
        });
    }
    let facts: Vec<_> = (0..40)
        .map(|_| {
            let begun = dice.below(24 * 90) as i64 + 1;
            let ended = (dice.below(3) == 0).then(|| dice.below(begun as usize) as i64);
            let object = (dice.below(2) == 0).then(|| dice.one(&objects));
            let kind = dice.one(&KINDS[..10]);
            (
                dice.below(CLIENTS.into()) as u8,
                dice.one(&staff),
                kind,
                object,
                begun,
                ended,
            )
        })
        .collect();
    let (items, barred) = (made.clone(), (dice.below(6) as u8, dice.below(6) as u8));
    store
        .write_blocking(move |tx| {
            for (who, staff, kind, object, begun, ended) in facts {
                let period = (hours_ago(begun), ended.map(hours_ago));
                relate(tx, client(who), staff, kind, object, period)?;
            }
            bar(tx, 1, client(barred.0), "B08", Some(OTHER_UNIT), None)?;
            bar(tx, 2, client(barred.1), "B19", None, Some(AINO))?;
            tx.execute(
                "insert into exceptional_access (id, client_id, staff_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at)
                 values ($1, $2, $3, 'urgent', 'x', 'OW-29', $4, $5, '2026-03-20', $5)",
                &params![[3_u8; 16], client(3).bytes(), VILLE, hours_ago(1), hours_ago(-3)],
            )?;
            for made in &items {
                let item = Item {
                    id: made.id,
                    class: made.class,
                    service_task: made.task,
                    object: made.object,
                    author: Some(StaffId::from_bytes(made.author)),
                    at: made.at,
                    restricted: (!made.shown).then_some("restricted_class"),
                    ..note(0, made.client, 0, "Vuokra", "Vuokravelka kasvaa.")
                };
                put(tx, &item)?;
            }
            Ok(())
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
    made
}

/// Whether the gate itself opens the item.
fn opens(gate: &Gate, staff: [u8; 16], made: &Made) -> bool {
    let given: &[&str] = if made.author == staff {
        &["own_entry"]
    } else {
        &[]
    };
    made.shown
        && gate
            .decide(made.class, "read", made.task, made.object, given)
            .allowed()
        && gate.seen_until().is_none_or(|until| made.at <= until)
}

/// A client's gate, the items shown of her, and those that the words meet.
type ShownOf = (Gate, BTreeSet<[u8; 16]>, BTreeSet<[u8; 16]>);

/// What one worker is shown of one client, and what the words find for the worker anywhere.
fn shown(store: &TestStore, staff: [u8; 16]) -> (Vec<ShownOf>, Found) {
    let words = Words::new(analysers(), "vuokra").unwrap();
    store
        .show_blocking(move |tx| {
            let reader = reader(staff);
            let mut all = Vec::new();
            for number in 0..CLIENTS {
                let gate = Gate::open(tx, &reader, client(number), now())?;
                let mut ids = |words| {
                    let filter = Filter {
                        words,
                        limit: 500,
                        ..Filter::default()
                    };
                    let timeline = list(tx, &gate, &filter, now())?;
                    assert_eq!(
                        timeline.met.unwrap_or(timeline.items.len() as u64),
                        timeline.items.len() as u64
                    );
                    Ok::<BTreeSet<[u8; 16]>, StoreError>(
                        timeline.items.iter().map(|item| item.id).collect(),
                    )
                };
                let (plain, met) = (ids(None)?, ids(Some(&words))?);
                all.push((gate, plain, met));
            }
            let found = find(tx, &reader, &words, &[0; 32], now())?;
            Ok::<_, ClientError>((all, found))
        })
        .unwrap()
        .value
}

#[test]
fn nothing_that_the_gate_refuses_is_shown_or_found() {
    let mut counts = [0; 3];
    for seed in [7, 15, 2026] {
        for store in testkit::stores(&migrations()) {
            let made = world(&store, &mut Dice(seed));
            for (staff, ..) in STAFF {
                let (clients, found) = shown(&store, staff);
                for (sum, count) in counts.iter_mut().zip(check(staff, &made, &clients, &found)) {
                    *sum += count;
                }
            }
        }
    }
    let [seen, found, refused] = counts;
    assert!(
        seen > 300 && found > 100 && refused > 1_000,
        "a world in which little happens proves little: {counts:?}"
    );
}

/// How many items were shown, found by words, and refused.
fn check(staff: [u8; 16], made: &[Made], clients: &[ShownOf], found: &Found) -> [usize; 3] {
    let mut counts = [0; 3];
    for (gate, plain, met) in clients {
        for made in made.iter().filter(|made| made.client == gate.client()) {
            let open = opens(gate, staff, made);
            let shown = plain.contains(&made.id);
            assert!(
                open || !shown,
                "{:?} {} {}",
                made.object,
                made.class,
                made.task
            );
            counts[0] += usize::from(shown);
            counts[2] += usize::from(!open);
        }
        assert!(met.is_subset(plain));
        let hits = found
            .clients
            .iter()
            .find(|hits| hits.client == gate.client());
        counts[1] += hits.map_or(0, |hits| hits.count);
        for item in hits.iter().flat_map(|hits| &hits.items) {
            assert!(met.contains(&item.id));
        }
        // Over relations that are not exceptional, a search finds what the client's own page finds.
        if !gate.holds("exceptional") {
            let count = hits.map_or(0, |hits| hits.count);
            assert_eq!(count, met.len(), "{staff:?} {:?}", gate.held());
        }
    }
    for hits in &found.clients {
        assert!(
            clients
                .iter()
                .any(|(gate, ..)| gate.client() == hits.client)
        );
    }
    counts
}

#[test]
fn a_lead_sees_titles_and_no_search_tells_the_text() {
    for_each_engine(&migrations(), |store| {
        people(store, 1);
        store
            .write_blocking(|tx| {
                let item = Item {
                    class: "contact",
                    object: Some(("contact", [50; 16])),
                    ..note(1, client(0), 5, "Uusi yhteydenotto", "Vuokravelka kasvaa.")
                };
                put(tx, &item)
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        let words = Words::new(analysers(), "vuokra").unwrap();
        let (plain, met) = store
            .read_blocking(move |tx| {
                let gate = Gate::open(tx, &reader(HANNA), client(0), now())?;
                let all = Filter {
                    limit: 10,
                    ..Filter::default()
                };
                let with = Filter {
                    words: Some(&words),
                    ..all.clone()
                };
                Ok::<_, ClientError>((
                    list(tx, &gate, &all, now())?,
                    list(tx, &gate, &with, now())?,
                ))
            })
            .unwrap();
        assert_eq!(plain.items.len(), 1);
        assert_eq!(plain.items[0].body, []);
        assert_eq!(met.met, Some(0));
    });
}

#[test]
fn a_search_leaves_a_trace_that_names_the_clients_and_not_the_words() {
    for_each_engine(&migrations(), |store| {
        people(store, 2);
        store
            .write_blocking(|tx| {
                relate(
                    tx,
                    client(0),
                    AINO,
                    "own_worker",
                    None,
                    (hours_ago(10), None),
                )?;
                put(tx, &note(1, client(0), 5, "Käynti", "Vuokravelka kasvaa."))?;
                put(tx, &note(2, client(1), 5, "Käynti", "Vuokravelka kasvaa."))
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        for (typed, expected) in [("vuokra", 1), ("lentokone", 0)] {
            let words = Words::new(analysers(), typed).unwrap();
            let receipt = store
                .show_blocking(move |tx| find(tx, &reader(AINO), &words, &[9; 32], now()))
                .unwrap();
            assert!(receipt.logged.is_some());
            assert_eq!(receipt.value.clients.len(), expected);
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let actor = store::Actor::Staff(AINO);
        let log = runtime
            .block_on(store.actor_log(store::ActorFilter::new(actor, 10)))
            .unwrap();
        let events: Vec<_> = log
            .entries
            .iter()
            .map(|entry| (entry.header.event.as_str(), entry.content.subjects.len()))
            .collect();
        assert_eq!(events, [("client.words", 0), ("client.words", 1)]);
        assert!(
            log.entries
                .iter()
                .all(|entry| entry.content.detail.contains("terms=0909090909090909"))
        );
        let outside = runtime
            .block_on(store.subject_log(client(1).bytes(), 10))
            .unwrap();
        assert_eq!(outside, []);
        let count: i64 = store
            .read_blocking(|tx| {
                tx.query_one("select count(*) from timeline_item", &[])?
                    .get(0)
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!(count, 2);
    });
}
