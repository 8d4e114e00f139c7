//! No list holds a row that its own page refuses: over random relations, ends, bars, deaths and exceptional accesses,
//! as everybody of the demo and as programs, through the pages themselves.

use std::collections::BTreeSet;

use clients::ClientId;
use kernel::chance::{Chance, SeededChance};
use kernel::time::SignedDuration;
use store::{StoreError, params};

use crate::county::{County, Reader};

const KINDS: [&str; 10] = [
    "own_worker",
    "own_team",
    "contact_holder",
    "former_holder",
    "substitute",
    "matter_participant",
    "matter_holder",
    "offer_receiver",
    "assessor",
    "invited_expert",
];
const TURNS: u64 = 5;
/// Facts thrown on the county at each turn.
const FACTS: u64 = 120;

/// Random facts between random people and clients.
fn shuffle(county: &County, seed: u64) {
    let chance = SeededChance::new(seed);
    let clients = county.rows(
        "select c.id, m.matter_id from client c left join matter_client m on m.client_id = c.id",
        &[],
        |row| Ok((row.get::<[u8; 16]>(0)?, row.get::<Option<[u8; 16]>>(1)?)),
    );
    let staff: Vec<([u8; 16], [u8; 16])> = county
        .readers
        .iter()
        .filter_map(|reader| reader.staff)
        .filter_map(|id| county.staff.iter().find(|one| one.id == id))
        .map(|one| (one.id.bytes(), one.unit.bytes()))
        .collect();
    let now = county.built.house.now();
    county
        .built
        .house
        .store
        .write_blocking(move |tx| {
            let below = |most: usize| {
                usize::try_from(chance.below(u64::try_from(most).unwrap_or(1))).unwrap_or(0)
            };
            let days = |most: usize| {
                SignedDuration::from_hours(24 * i64::try_from(below(most)).unwrap_or(0))
            };
            for _ in 0..FACTS {
                let (client, matter) = clients[below(clients.len())];
                let (person, unit) = staff[below(staff.len())];
                let mut id = [0; 16];
                chance.fill(&mut id);
                match below(12) {
                    0 => tx.execute(
                        "insert into bar (id, client_id, unit_id, kind, began_at, reason, source) values ($1, $2, $3, 'B08', $4, 'Syy', 'test')",
                        &params![id, client, unit, now - days(5)],
                    )?,
                    1 => tx.execute(
                        "insert into bar (id, client_id, staff_id, kind, began_at, reason, source) values ($1, $2, $3, 'B19', $4, 'Syy', 'test')",
                        &params![id, client, person, now - days(5)],
                    )?,
                    2 => tx.execute(
                        "insert into exceptional_access (id, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at) values ($1, $2, $3, $4, 'other', 'Syy', 'x', $5, $6, '2026-03-20', $6)",
                        &params![id, client, person, unit, now - days(3), now + days(3) - SignedDuration::from_hours(30)],
                    )?,
                    3 if below(3) == 0 => tx.execute(
                        "update client set died_on = $2 where id = $1",
                        &params![client, kernel::time::day(now - days(60)).to_string()],
                    )?,
                    4 => tx.execute(
                        "update client set responsible_unit = $2 where id = $1",
                        &params![client, unit],
                    )?,
                    _ => {
                        let ends = match below(3) {
                            0 => None,
                            1 => Some(now - days(45)),
                            _ => Some(now + days(10)),
                        };
                        let about = matter.filter(|_| below(2) == 0);
                        tx.execute(
                            "insert into relation (id, client_id, staff_id, kind, object_kind, object_id, began_at, ends_at, tail_until, made_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'test', $7)",
                            &params![
                                id,
                                client,
                                person,
                                KINDS[below(KINDS.len())],
                                about.map(|_| "matter"),
                                about,
                                now - SignedDuration::from_hours(24 * 60),
                                ends,
                                ends.map(|end| end + days(40))
                            ],
                        )?
                    }
                };
            }
            Ok::<_, StoreError>(())
        })
        .expect("facts");
}

/// Addresses of single things on a page: what its rows lead to.
fn rows(body: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for mark in ["href=\"", "\"href\":\""] {
        for rest in body.split(mark).skip(1) {
            let Some((address, _)) = rest.split_once('"') else {
                continue;
            };
            let address = address.split(['?', '#']).next().unwrap_or_default();
            let id = address.rsplit('/').next().unwrap_or_default();
            let thing = [
                "/clients/",
                "/matters/",
                "/contacts/",
                "/tasks/",
                "/api/v1/",
            ]
            .iter()
            .any(|begin| address.starts_with(begin));
            if thing && id.parse::<ClientId>().is_ok() {
                all.insert(address.to_owned());
            }
        }
    }
    all
}

fn lists(county: &County, reader: &Reader) -> Vec<(String, String)> {
    let get = |path: &str| (path.to_owned(), county.get(reader, path).body);
    if reader.is_program() {
        return ["/api/v1/clients", "/api/v1/contacts"].map(get).to_vec();
    }
    let mut all: Vec<(String, String)> = [
        "/clients",
        "/matters",
        "/matters?tab=closed",
        "/contacts",
        "/contacts?tab=untaken",
        "/contacts?tab=offered",
        "/contacts/list",
        "/desk",
        "/unit",
        "/clients/merges",
    ]
    .map(get)
    .to_vec();
    for (by, field, typed) in [
        ("own", "own_name", "a"),
        ("own", "own_name", "ra"),
        ("own", "own_name", "ki"),
        ("any", "q", "vuokra"),
        ("any", "q", "asunto"),
        ("any", "q", "04500"),
    ] {
        let got = county.post(reader, "/clients/search", &[("by", by), (field, typed)]);
        all.push((format!("search {by} {typed}"), got.body));
    }
    all
}

#[test]
fn a_row_of_a_list_is_never_refused_by_its_page() {
    let county = County::of(150);
    let (mut checked, mut wrong) = (0, Vec::new());
    for turn in 0..TURNS {
        shuffle(&county, 1_000 + turn);
        for reader in &county.readers {
            let mut known = BTreeSet::new();
            let mut open = lists(&county, reader);
            let mut pages = 0;
            while let Some((list, body)) = open.pop() {
                for address in rows(&body) {
                    if !known.insert(address.clone()) {
                        continue;
                    }
                    let got = county.get(reader, &address);
                    checked += 1;
                    if got.status != 200 {
                        wrong.push(format!(
                            "turn {turn}: {} sees {address} on {list}: {}",
                            reader.who, got.status
                        ));
                    } else if pages < 12 {
                        // A client's page is a list as well: of her matters, contacts and notes.
                        pages += 1;
                        open.push((address, got.body));
                    }
                }
            }
        }
    }
    println!("{checked} rows");
    assert!(checked > 300, "{checked}");
    assert_eq!(wrong, [""; 0], "{} of {checked}", wrong.len());
}
