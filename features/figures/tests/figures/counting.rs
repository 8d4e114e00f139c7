//! Every definition against a county that was counted by hand, on both engines.

use std::collections::BTreeMap;

use figures::dictionary::{definitions, find};
use figures::period::Period;
use figures::store::count::{Counted, count};
use kernel::time::Date;
use sample::AINO;
use store::params;
use testkit::{TestStore, stores};

use crate::county::{Contact, County, DAY, HOUR, MINUTE, at, noon, open, rooms};

pub const ADULT: Date = Date::constant(1980, 5, 4);

pub fn each(test: impl Fn(&County)) {
    for store in stores(&rooms()) {
        eprintln!("engine: {:?}", store.engine);
        test(&open(store));
    }
}

pub fn counted(county: &County, code: &str, period: Period) -> Vec<Counted> {
    let definition = find(code).unwrap();
    county
        .sample
        .store
        .read_blocking(move |tx| count(tx, definition, period))
        .unwrap()
}

/// Counts by area and part, all months together.
pub fn table(county: &County, code: &str) -> BTreeMap<(String, String), u64> {
    let mut table = BTreeMap::new();
    for one in counted(county, code, Period::year_of(2025)) {
        *table.entry((one.area, one.part)).or_default() += one.count;
    }
    table
}

/// The same at the end of December.
pub fn stock(county: &County, code: &str) -> BTreeMap<(String, String), u64> {
    let mut table = BTreeMap::new();
    for one in counted(county, code, Period::year_of(2025)) {
        if one.month == 12 {
            *table.entry((one.area, one.part)).or_default() += one.count;
        }
    }
    table
}

pub fn expect(rows: &[(&str, &str, u64)]) -> BTreeMap<(String, String), u64> {
    rows.iter()
        .map(|(area, part, count)| (((*area).to_owned(), (*part).to_owned()), *count))
        .collect()
}

#[test]
fn an_empty_county_counts_nothing() {
    each(|county| {
        for one in definitions() {
            assert_eq!(
                counted(county, one.code, Period::year_of(2025)),
                [],
                "{}",
                one.code
            );
        }
    });
}

#[test]
fn contacts_by_their_municipality_or_the_clients_own() {
    each(|county| {
        let moved = county.person(Some("179"), ADULT);
        // She has lived in Jämsä since June.
        county.run(
            "update client_detail set valid_to = '2025-05-31' where client_id = $1",
            params![moved.bytes()],
        );
        county.run(
            "insert into client_detail (id, client_id, kind, value, protected, valid_from, source, recorded_at) values ($1, $2, 'home_municipality', '182', 0, '2025-06-01', 'client', 2)",
            params![county.id(), moved.bytes()],
        );
        let hidden = county.person(Some("179"), ADULT);
        county.protect(hidden);
        let marked = county.person(Some("179"), ADULT);
        county.run(
            "update client_detail set protected = 1 where client_id = $1",
            params![marked.bytes()],
        );
        let contact = Contact::default();
        for one in [
            contact.clone(),
            Contact {
                municipality: None,
                ..contact.clone()
            },
            // Her home counts, not what the contact says.
            Contact {
                municipality: Some("992"),
                client: Some(moved),
                ..contact.clone()
            },
            Contact {
                arrived: noon(2025, 6, 2),
                client: Some(moved),
                door: "phone",
                ..contact.clone()
            },
            // Protected: nothing of where she lives, whatever the contact says.
            Contact {
                client: Some(hidden),
                ..contact.clone()
            },
            Contact {
                client: Some(marked),
                ..contact.clone()
            },
            // The first and the last moment of the year, and one on either side.
            Contact {
                arrived: at(2025, 1, 1, 0),
                door: "visit",
                ..contact.clone()
            },
            Contact {
                arrived: at(2026, 1, 1, 0) - 1,
                door: "visit",
                ..contact.clone()
            },
            Contact {
                arrived: at(2025, 1, 1, 0) - 1,
                door: "visit",
                ..contact.clone()
            },
            Contact {
                arrived: at(2026, 1, 1, 0),
                door: "visit",
                ..contact.clone()
            },
        ] {
            county.contact(&one);
        }
        assert_eq!(
            table(county, "contacts"),
            expect(&[
                ("", "web", 3),
                ("179", "web", 2),
                ("182", "phone", 1),
                ("179", "visit", 2)
            ])
        );
        let ages: Vec<(i8, String, u64)> = counted(county, "contacts", Period::year_of(2025))
            .into_iter()
            .filter(|one| one.part == "phone")
            .map(|one| (one.month, one.age, one.count))
            .collect();
        assert_eq!(ages, [(6, "45-64".to_owned(), 1)]);
    });
}

#[test]
fn themes_waits_holders_and_endings() {
    each(|county| {
        let contact = Contact::default();
        for one in [
            Contact {
                theme: None,
                taken: Some(30 * MINUTE),
                urgency: "now",
                ..contact.clone()
            },
            Contact {
                theme: Some("substances"),
                taken: Some(HOUR),
                urgency: "now",
                housing: true,
                ..contact.clone()
            },
            Contact {
                taken: Some(HOUR + 1),
                urgency: "now",
                ended: Some((DAY, "not_wanted")),
                holders: 2,
                ..contact.clone()
            },
            Contact {
                urgency: "now",
                ..contact.clone()
            },
            Contact {
                taken: Some(3 * DAY),
                ended: Some((4 * DAY, "next_step")),
                holders: 3,
                ..contact.clone()
            },
            Contact {
                taken: Some(8 * DAY),
                ended: Some((9 * DAY, "next_step")),
                ..contact.clone()
            },
            // Came in 2024, was taken and ended in 2025.
            Contact {
                arrived: noon(2024, 12, 31),
                taken: Some(DAY),
                ended: Some((2 * DAY, "not_reached")),
                ..contact.clone()
            },
            Contact {
                door: "authority",
                authority: Some("Kela, asiakaspalvelu"),
                ..contact.clone()
            },
            Contact {
                door: "authority",
                authority: Some("Poliisi"),
                ..contact.clone()
            },
        ] {
            county.contact(&one);
        }
        assert_eq!(
            table(county, "contact-themes"),
            expect(&[
                ("179", "no_theme", 1),
                ("179", "substances", 1),
                ("179", "money", 6)
            ])
        );
        assert_eq!(
            table(county, "urgent-at-once"),
            expect(&[
                ("179", "within_hour", 2),
                ("179", "within_day", 1),
                ("179", "later", 1)
            ])
        );
        assert_eq!(
            table(county, "contact-wait"),
            expect(&[
                ("179", "within_hour", 2),
                ("179", "within_day", 2),
                ("179", "within_week", 1),
                ("179", "over_week", 1)
            ])
        );
        assert_eq!(
            table(county, "holders-met"),
            expect(&[
                ("179", "one_holder", 2),
                ("179", "two_holders", 1),
                ("179", "more_holders", 1)
            ])
        );
        assert_eq!(
            table(county, "contact-endings"),
            expect(&[
                ("179", "next_step", 2),
                ("179", "not_wanted", 1),
                ("179", "not_reached", 1)
            ])
        );
        assert_eq!(
            table(county, "authority-contacts"),
            expect(&[("179", "kela", 1), ("179", "other_authority", 1)])
        );
        assert_eq!(
            table(county, "housing-risk"),
            expect(&[("179", "yes", 1), ("179", "no", 7)])
        );
    });
}

#[test]
fn clients_stand_and_begin_and_return() {
    each(|county| {
        let lasting = county.client(Some("179"), ADULT);
        let gone = county.person(Some("179"), Date::constant(2000, 12, 31));
        county.relation(gone, "2025-02-10", Some("2025-11-30"));
        let young = county.person(Some("182"), Date::constant(2007, 12, 31));
        county.relation(young, "2025-12-31", None);
        let hidden = county.client(Some("179"), ADULT);
        county.protect(hidden);
        let merged = county.client(Some("179"), ADULT);
        county.run(
            "update client set state = 'voided' where id = $1",
            params![merged.bytes()],
        );
        let _ = lasting;
        assert_eq!(
            stock(county, "clients-open"),
            expect(&[("", "all", 1), ("179", "all", 1), ("182", "all", 1)])
        );
        let by_month: Vec<u64> = (1..=12)
            .map(|month| {
                let all = counted(county, "clients-open", Period::year_of(2025));
                all.iter()
                    .filter(|one| one.month == month)
                    .map(|one| one.count)
                    .sum()
            })
            .collect();
        assert_eq!(by_month, [2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 3]);
        let ages: Vec<(String, u64)> = counted(county, "clients-open", Period::year_of(2025))
            .into_iter()
            .filter(|one| one.month == 12 && one.area == "182")
            .map(|one| (one.age, one.count))
            .collect();
        assert_eq!(ages, [("18-29".to_owned(), 1)]);
        assert_eq!(
            table(county, "clients-new"),
            expect(&[("", "all", 1), ("179", "all", 2), ("182", "all", 1)])
        );
        // Ended in 2024; one came back in time, one a day too late, one never, one has a leap day.
        for (ended, again) in [
            ("2024-03-10", Some("2025-03-10")),
            ("2024-03-10", Some("2025-03-11")),
            ("2024-03-10", None),
            ("2024-02-29", Some("2025-02-28")),
        ] {
            let client = county.person(Some("179"), ADULT);
            county.relation(client, "2023-01-01", Some(ended));
            if let Some(again) = again {
                county.relation(client, again, None);
            }
        }
        assert_eq!(
            table(county, "returns"),
            expect(&[("179", "yes", 2), ("179", "no", 2)])
        );
    });
}

#[test]
fn offers_and_advice_have_no_municipality() {
    each(|county| {
        let client = county.client(Some("179"), ADULT);
        let matter = county.matter(&[client], noon(2025, 2, 3), None);
        for state in ["accepted", "unanswered", "unanswered"] {
            county.run(
                "insert into matter_offer (id, matter_id, from_staff, from_unit, to_unit, reason, warm, made_at, answer_by, state) values ($1, $2, $3, $4, $4, '', 0, $5, $5, $6)",
                params![county.id(), matter, AINO, sample::NORTH, noon(2025, 2, 4), state],
            );
        }
        county.run(
            "insert into advice (id, at, staff_id, unit_id, door, asked, advised, next) values ($1, $2, $3, $4, 'phone', '', '', '')",
            params![county.id(), noon(2025, 2, 4), AINO, sample::NORTH],
        );
        assert_eq!(
            table(county, "offers"),
            expect(&[("", "accepted", 1), ("", "unanswered", 2)])
        );
        assert_eq!(table(county, "advice"), expect(&[("", "phone", 1)]));
    });
}

#[test]
fn counting_is_one_statement_for_one_row_and_for_fifty() {
    each(|county| {
        let statements = |county: &County| {
            let store: &TestStore = &county.sample.store;
            let before = store.statement_count();
            for one in definitions() {
                counted(county, one.code, Period::year_of(2025));
            }
            store.statement_count() - before
        };
        county.contact(&Contact::default());
        let one = statements(county);
        for _ in 0..49 {
            county.contact(&Contact::default());
        }
        assert_eq!(statements(county), one);
    });
}
