//! One's own clients: by name, in as many statements for fifty as for five, and never a row that the gate refuses.

use access::rights::Bar;
use clients::store::own::{self, Cursor, Filter, Page};
use clients::{Barred, ClientId, Gate};
use kernel::time::{SignedDuration, millis};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::params;

use crate::support::*;

fn list(sample: &Sample<'_>, staff: [u8; 16], filter: Filter) -> Page {
    let (reader, now) = (reader(staff), sample.now());
    sample
        .store
        .show_blocking(move |tx| own::list(tx, &reader, &filter, now))
        .unwrap()
        .value
}

fn names(page: &Page) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

fn named(name: &str) -> Filter {
    Filter {
        name: name.to_owned(),
        ..Filter::default()
    }
}

#[test]
fn a_list_is_in_finnish_order_page_by_page_and_its_statements_do_not_grow() {
    each(|sample| {
        for (number, family) in ["Öhman", "Aho", "Åberg", "Virtanen", "Wirtanen"]
            .into_iter()
            .enumerate()
        {
            let client = sample.plain(person(family, "Mikael", None));
            let kind = if number % 2 == 0 {
                "own_worker"
            } else {
                "own_team"
            };
            sample.begin(client, AINO, kind);
            sample.begin(client, AINO, "contact_holder");
        }
        sample.plain(person("Nieminen", "Muu", None));
        let page = list(sample, AINO, Filter::default());
        let order = [
            "Mikael Aho",
            "Mikael Virtanen",
            "Mikael Wirtanen",
            "Mikael Åberg",
            "Mikael Öhman",
        ];
        assert_eq!(names(&page), order);
        assert_eq!((page.count, page.more), (5, false));
        assert_eq!(page.rows[0].why, "own_team", "the closest relation");
        let after = |cursor: &Cursor| Filter {
            after: Some(cursor.clone()),
            ..Filter::default()
        };
        let rest = list(sample, AINO, after(&page.rows[1].cursor));
        assert_eq!(names(&rest), &order[2..]);
        let before = sample.store.statement_count();
        list(sample, AINO, Filter::default());
        let few = sample.store.statement_count() - before;
        for number in 0..60 {
            let client = sample.plain(person("Korhonen", &format!("N{number:02}"), None));
            sample.begin(client, AINO, "own_worker");
        }
        let before = sample.store.statement_count();
        let page = list(sample, AINO, Filter::default());
        assert_eq!((page.rows.len(), page.count, page.more), (50, 65, true));
        let asked = sample.store.statement_count() - before;
        assert_eq!(asked, few);
        // What is closed, a page of each of at most three ways of being related, the count.
        assert!(asked <= 5, "{asked}");
    });
}

#[test]
fn a_list_is_narrowed_by_any_part_of_any_name() {
    each(|sample| {
        let mut new = person("Mäki-Ylönen", "Anna-Maija", None);
        new.details = vec![("phone", "040 555 1234".to_owned())];
        let client = sample.plain(new);
        sample.begin(client, AINO, "own_worker");
        let found = |filter: Filter| list(sample, AINO, filter).rows.len();
        for name in ["mäki", "ylö", "ylon", "maija", "anna yl", "MÄKI-YLÖNEN", ""] {
            assert_eq!(found(named(name)), 1, "{name}");
        }
        for name in ["xyl", "anna virtanen", "%", "_", "'"] {
            assert_eq!(found(named(name)), 0, "{name}");
        }
        let phone = |text: &str| Filter {
            phone: text.to_owned(),
            ..Filter::default()
        };
        assert_eq!(found(phone("+358405551234")), 1);
        assert_eq!(found(phone("0405551235")), 0);
        assert_eq!(
            list(sample, HANNA, phone("+358405551234")).rows.len(),
            0,
            "a lead sees no numbers"
        );
        assert_eq!(list(sample, HANNA, named("anna")).rows.len(), 1);
        let birth = |text: &str| Filter {
            birth: Some(text.parse().unwrap()),
            ..Filter::default()
        };
        assert_eq!(
            (found(birth("1980-05-04")), found(birth("1980-05-05"))),
            (1, 0)
        );
    });
}

/// One thing between a worker and a client.
#[derive(Debug, Clone)]
struct Fact {
    staff: usize,
    client: usize,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// A kind, whether it is about a matter, and how many days ago it ended.
    Relation(&'static str, bool, Option<i64>),
    Relative,
    Own,
    /// Restricted, and whether the worker is named.
    Restricted(bool),
    Dead(i64),
    Absent(i64),
    Duty,
    Unit,
    Self19,
}

/// Bars that are not between one person and one client: long away, protected details, long dead.
const OF_NOBODY: [Bar; 3] = [Bar::B06, Bar::B07, Bar::B12];
/// Random sets of facts tried on each engine.
const HISTORIES: usize = 60;
const STAFF: [[u8; 16]; 6] = [JAANA, AINO, HANNA, VILLE, LIISA, EMMA];

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let kinds = proptest::sample::select(vec![
        "own_worker",
        "own_team",
        "substitute",
        "contact_holder",
        "matter_holder",
        "matter_participant",
        "assessor",
        "decision_maker",
        "preparer",
        "consulted",
        "service_worker",
        "offer_receiver",
        "emergency_event",
        "recorder",
        "invited_expert",
        "admin_task",
        "complaint_handler",
        "former_holder",
    ]);
    let ended = proptest::option::of(0..40_i64);
    let relation = (kinds, any::<bool>(), ended)
        .prop_map(|(kind, about, ended)| What::Relation(kind, about, ended));
    let what = prop_oneof![
        8 => relation,
        1 => Just(What::Relative),
        1 => Just(What::Own),
        1 => any::<bool>().prop_map(What::Restricted),
        1 => (0..60_i64).prop_map(What::Dead),
        1 => (20..40_i64).prop_map(What::Absent),
        1 => Just(What::Duty),
        1 => Just(What::Unit),
        1 => Just(What::Self19),
    ];
    let one = (0..STAFF.len(), 0..6_usize, what).prop_map(|(staff, client, what)| Fact {
        staff,
        client,
        what,
    });
    proptest::collection::vec(one, 1..14)
}

fn put(sample: &Sample<'_>, clients: &[ClientId], fact: &Fact, number: u8) {
    let (staff, client) = (STAFF[fact.staff], clients[fact.client]);
    let row = [number.wrapping_add(100); 16];
    let now = sample.now();
    match &fact.what {
        What::Relation(kind, about, ended) => {
            let ends = ended.map(|ago| now - days(ago));
            let tails = sample.desk.tails();
            sample.run(
                "insert into relation (id, client_id, staff_id, kind, object_kind, object_id, began_at, ends_at, tail_until, made_by, recorded_at) values ($1, $2, $3, $4, $5, $6, 0, $7, $8, 'test', 0)",
                params![row, client.bytes(), staff, *kind, about.then_some("matter"), about.then_some(row), ends, ends.map(|ends| ends + tails.of(kind))],
            );
        }
        What::Relative => sample.run(
            "insert into related_person (id, client_id, name, identity_hash, role, same_household, source, recorded_at) select $1, $2, 'A', identity_hash, 'child', 0, 'client', 0 from staff where id = $3",
            params![row, client.bytes(), staff],
        ),
        What::Own => sample.run(
            "update client set identity_code = 'x', identity_hash = (select identity_hash from staff where id = $2) where id = $1 and not exists (select 1 from client o where o.identity_hash = (select identity_hash from staff where id = $2))",
            params![client.bytes(), staff],
        ),
        What::Restricted(named) => {
            sample.run(
                "insert into bar (id, client_id, unit_id, kind, began_at, reason, source) values ($1, $2, $3, 'B08', 0, 'r', 'lead')",
                params![row, client.bytes(), SOUTH],
            );
            if *named {
                sample.run("insert into bar_exempt (bar_id, staff_id) values ($1, $2)", params![row, staff]);
            }
        }
        What::Dead(ago) => sample.run(
            "update client set died_on = $2 where id = $1",
            params![client.bytes(), kernel::time::day(now - days(*ago)).to_string()],
        ),
        What::Absent(length) => sample.run(
            "insert into absence (staff_id, begins_on, ends_on) values ($1, $2, $3) on conflict do nothing",
            params![staff, kernel::time::day(now - days(5)).to_string(), kernel::time::day(now + days(length - 5)).to_string()],
        ),
        What::Duty => sample.run(
            "insert into duty (id, unit_id, staff_id, begins_at, ends_at) values ($1, $2, $3, $4, $5)",
            params![row, NORTH, staff, now - SignedDuration::from_hours(1), now + SignedDuration::from_hours(1)],
        ),
        What::Unit => sample.run(
            "insert into bar (id, unit_id, kind, began_at, reason, source) values ($1, $2, 'B08', $3, 'r', 'lead')",
            params![row, NORTH, millis(now - days(1))],
        ),
        What::Self19 => sample.run(
            "insert into bar (id, client_id, staff_id, kind, began_at, reason, source) values ($1, $2, $3, 'B19', 0, 'r', 'self')",
            params![row, client.bytes(), staff],
        ),
    }
}

#[test]
fn a_list_never_holds_a_row_that_its_page_refuses() {
    each(|sample| {
        for (number, staff) in STAFF.into_iter().enumerate() {
            let hash = sample
                .desk
                .key
                .hash(&made_up("1970-01-01", u16::try_from(number).unwrap()));
            sample.run(
                "update staff set identity_hash = $2 where id = $1",
                params![staff, hash],
            );
        }
        let clients: Vec<ClientId> = (0..6)
            .map(|number| sample.plain(person(&format!("Suku{number}"), "Mikael", None)))
            .collect();
        let mut missed = 0;
        let outcome = over_histories(|facts| {
            for (number, fact) in facts.iter().enumerate() {
                put(sample, &clients, fact, u8::try_from(number).unwrap());
            }
            let (asked, now) = (clients.clone(), sample.now());
            let barred = sample
                .store
                .read_blocking(move |tx| Barred::load(tx, &asked, now))
                .unwrap();
            for staff in STAFF {
                let listed: Vec<ClientId> = list(sample, staff, Filter::default())
                    .rows
                    .iter()
                    .map(|row| row.id)
                    .collect();
                for client in &clients {
                    let seen = sample.sees(staff, *client);
                    let gate = sample.gate(staff, *client).unwrap();
                    let passes = ["own_worker", "decision_maker", "complaint_handler"];
                    let stands = passes.into_iter().find(|kind| gate.holds(kind));
                    let mut alone = barred.of(id(staff), *client, stands.unwrap_or("own_team"));
                    alone.extend(gate.bars().iter().filter(|bar| OF_NOBODY.contains(bar)));
                    alone.sort_unstable();
                    alone.dedup();
                    prop_assert_eq!(&alone[..], gate.bars(), "the bars of one as of all");
                    let shown = listed.contains(client);
                    prop_assert!(
                        seen || !shown,
                        "{staff:?} is shown {client} that the gate refuses"
                    );
                    missed += u32::from(seen && !shown && !emergency_only(sample, staff, *client));
                }
            }
            clear(sample);
            Ok(())
        });
        outcome.unwrap();
        assert_eq!(missed, 0, "and holds every row that its page opens");
    });
}

fn over_histories(
    mut test: impl FnMut(Vec<Fact>) -> Result<(), TestCaseError>,
) -> Result<(), String> {
    let mut runner = TestRunner::deterministic();
    for _ in 0..HISTORIES {
        let facts = facts()
            .new_tree(&mut runner)
            .map_err(|reason| reason.to_string())?
            .current();
        let told = format!("{facts:?}");
        test(facts).map_err(|error| format!("{error} with {told}"))?;
    }
    Ok(())
}

/// The emergency service passes a restriction over an event (bar B08), which the list does not show.
fn emergency_only(sample: &Sample<'_>, staff: [u8; 16], client: ClientId) -> bool {
    let gate: Gate = sample.gate(staff, client).unwrap();
    gate.bars().contains(&access::rights::Bar::B08)
}

fn clear(sample: &Sample<'_>) {
    for sql in [
        "delete from relation",
        "delete from related_person",
        "delete from bar_exempt",
        "delete from bar",
        "delete from absence",
        "delete from duty",
        "update client set died_on = null, identity_code = null, identity_hash = null",
    ] {
        sample.run(sql, Vec::new());
    }
}
