//! Every definition against a county that was counted by hand, on both engines.

use std::collections::BTreeMap;

use figures::dictionary::{definitions, find};
use figures::period::Period;
use figures::store::count::{Counted, count};
use kernel::time::Date;
use sample::{AINO, SANNA, VILLE};
use store::params;
use testkit::{TestStore, stores};

use crate::county::{Contact, County, DAY, HOUR, MINUTE, at, noon, open, rooms};

const ADULT: Date = Date::constant(1980, 5, 4);

fn each(test: impl Fn(&County)) {
    for store in stores(&rooms()) {
        eprintln!("engine: {:?}", store.engine);
        test(&open(store));
    }
}

fn counted(county: &County, code: &str, period: Period) -> Vec<Counted> {
    let definition = find(code).unwrap();
    county
        .sample
        .store
        .read_blocking(move |tx| count(tx, definition, period))
        .unwrap()
}

/// Counts by area and part, all months together.
fn table(county: &County, code: &str) -> BTreeMap<(String, String), u64> {
    let mut table = BTreeMap::new();
    for one in counted(county, code, Period::year_of(2025)) {
        *table.entry((one.area, one.part)).or_default() += one.count;
    }
    table
}

/// The same at the end of December.
fn stock(county: &County, code: &str) -> BTreeMap<(String, String), u64> {
    let mut table = BTreeMap::new();
    for one in counted(county, code, Period::year_of(2025)) {
        if one.month == 12 {
            *table.entry((one.area, one.part)).or_default() += one.count;
        }
    }
    table
}

fn expect(rows: &[(&str, &str, u64)]) -> BTreeMap<(String, String), u64> {
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
fn own_workers_plans_homes_and_special_support() {
    each(|county| {
        let (one, two, three) = (
            county.client(Some("179"), ADULT),
            county.client(Some("179"), ADULT),
            county.client(Some("182"), ADULT),
        );
        county.own_worker(one, AINO, noon(2025, 1, 2), Some(noon(2025, 4, 1)));
        county.own_worker(one, VILLE, noon(2025, 4, 1), Some(noon(2025, 8, 1)));
        county.own_worker(one, SANNA, noon(2025, 8, 1), None);
        county.own_worker(two, AINO, noon(2023, 1, 2), Some(noon(2024, 12, 1)));
        county.run(
            "insert into own_worker_waiver (id, client_id, reason, words, recorded_at, recorded_by) values ($1, $2, 'unnecessary', '', $3, $4)",
            params![county.id(), two.bytes(), noon(2025, 1, 2), AINO],
        );
        assert_eq!(
            stock(county, "own-worker"),
            expect(&[
                ("179", "named", 1),
                ("179", "waived", 1),
                ("182", "without", 1)
            ])
        );
        assert_eq!(
            stock(county, "own-worker-changes"),
            expect(&[
                ("179", "more_workers", 1),
                ("179", "none_or_one", 1),
                ("182", "none_or_one", 1)
            ])
        );
        let matter = county.matter(&[one, three], noon(2025, 2, 3), None);
        county.plan(matter, &[one, three], noon(2025, 3, 3), "2025-12-30");
        assert_eq!(
            stock(county, "plan-in-force"),
            expect(&[("179", "yes", 1), ("179", "no", 1), ("182", "yes", 1)])
        );
        assert_eq!(
            stock(county, "plan-overdue"),
            expect(&[("179", "late", 1), ("182", "late", 1)])
        );
        assert_eq!(
            table(county, "plan-wait"),
            expect(&[("179", "days_31", 1), ("182", "days_31", 1)])
        );
        county.run(
            "insert into client_detail (id, client_id, kind, value, protected, valid_from, valid_to, source, recorded_at) values ($1, $2, 'homelessness', 'friends', 0, '2025-05-01', null, 'client', 2)",
            params![county.id(), one.bytes()],
        );
        county.run(
            "insert into client_detail (id, client_id, kind, value, protected, valid_from, valid_to, source, recorded_at) values ($1, $2, 'homelessness', 'outdoors', 0, '2025-05-01', '2025-10-31', 'client', 2)",
            params![county.id(), two.bytes()],
        );
        assert_eq!(
            stock(county, "homeless"),
            expect(&[("179", "yes", 1), ("179", "no", 1), ("182", "no", 1)])
        );
        county.run(
            "insert into special_support (id, client_id, matter_id, grounds, words, decides, decides_words, assessed_on, assessed_by, review_on, recorded_at, recorded_by) values ($1, $2, $3, 'x', '', 'social_worker', '', '2025-03-01', $4, '2026-03-01', $5, $4)",
            params![county.id(), three.bytes(), matter, AINO, noon(2025, 3, 1)],
        );
        assert_eq!(
            stock(county, "special-support"),
            expect(&[("179", "no", 2), ("182", "yes", 1)])
        );
    });
}

#[test]
fn matters_limits_assessments_and_what_came_of_them() {
    each(|county| {
        let (one, two) = (
            county.client(Some("179"), ADULT),
            county.client(Some("182"), ADULT),
        );
        let done = county.matter(
            &[one, two],
            noon(2025, 2, 3),
            Some((noon(2025, 9, 1), "handled")),
        );
        county.matter(
            &[one],
            noon(2025, 3, 3),
            Some((noon(2025, 3, 4), "mistake")),
        );
        county.matter(&[two], noon(2025, 3, 3), Some((noon(2025, 5, 4), "moved")));
        county.matter(
            &[two],
            noon(2024, 12, 30),
            Some((noon(2025, 5, 4), "declined")),
        );
        assert_eq!(
            table(county, "matters-begun"),
            expect(&[("179", "application", 1), ("182", "application", 2)])
        );
        assert_eq!(
            table(county, "matters-closed"),
            expect(&[
                ("179", "handled", 1),
                ("182", "handled", 1),
                ("182", "other_reason", 1),
                ("182", "declined", 1)
            ])
        );
        // The last moment of the last day is in time.
        for (no, (due, ended, event)) in [
            (
                "2025-02-12",
                Some(at(2025, 2, 13, 0) - 1),
                Some("assessment_started"),
            ),
            (
                "2025-02-12",
                Some(at(2025, 2, 13, 0)),
                Some("assessment_started"),
            ),
            ("2025-02-12", None, None),
            (
                "2025-12-31",
                Some(noon(2025, 12, 20)),
                Some("assessment_unnecessary"),
            ),
            (
                "2026-01-01",
                Some(noon(2025, 12, 20)),
                Some("assessment_started"),
            ),
        ]
        .into_iter()
        .enumerate()
        {
            county.run(
                "insert into matter_clock (id, matter_id, code, version, trigger_event, trigger_at, due_on, ended_at, end_event) values ($1, $2, 'PTA_START_WD7_CONTACT', '1', 'contact_made', $3, $4, $5, $6)",
                params![
                    county.id(),
                    done,
                    noon(2025, 2, 3) + i64::try_from(no).unwrap(),
                    due,
                    ended,
                    event.map(str::to_owned)
                ],
            );
        }
        assert_eq!(
            table(county, "assessment-seven-days"),
            expect(&[
                ("179", "in_time", 1),
                ("182", "in_time", 1),
                ("179", "late", 2),
                ("182", "late", 2),
                ("179", "no_assessment", 1),
                ("182", "no_assessment", 1)
            ])
        );
        county.document("assessment", done, &[one], noon(2025, 2, 3) + 7 * DAY);
        county.document("assessment", done, &[two], noon(2025, 2, 3) + 92 * DAY + 1);
        county.document("note", done, &[two], noon(2025, 2, 4));
        assert_eq!(
            table(county, "assessment-wait"),
            expect(&[("179", "days_7", 1), ("182", "days_over", 1)])
        );
        let plan = county.plan(done, &[one, two], noon(2025, 3, 1), "2025-09-01");
        let review = county.id();
        county.run(
            "insert into plan_review (id, document_id, version_no, reviewed_on, at, by_staff, services, services_used, methods, words) values ($1, $2, 2, '2025-08-01', $3, $4, '', '', '', '')",
            params![review, plan, noon(2025, 8, 1), AINO],
        );
        for (client, attained) in [
            (None, "partly"),
            (Some(one), "attained"),
            (Some(two), "not"),
        ] {
            let goal = county.id();
            county.run(
                "insert into plan_goal (id, document_id, client_id, words, kind, steps, helps, hinders, state, revision, made_at, changed_at, changed_by) values ($1, $2, $3, '', '1', '', '', '', 'open', 1, 1, 1, $4)",
                params![goal, plan, client.map(|one| one.bytes()), AINO],
            );
            county.run(
                "insert into plan_review_goal (id, review_id, goal_id, attained, client_words, worker_words, helped, helped_words, hindered, hindered_words) values ($1, $2, $3, $4, '', '', '', '', '', '')",
                params![county.id(), review, goal, attained],
            );
        }
        assert_eq!(
            table(county, "goals"),
            expect(&[
                ("179", "partly", 1),
                ("182", "partly", 1),
                ("179", "attained", 1),
                ("182", "not", 1)
            ])
        );
        for (client, answer) in [(one, "mostly"), (two, "declined")] {
            county.run(
                "insert into closing_voice (id, matter_id, client_id, answer, words, asked_at, asked_by) values ($1, $2, $3, $4, '', $5, $6)",
                params![county.id(), done, client.bytes(), answer, noon(2025, 9, 1), AINO],
            );
        }
        assert_eq!(
            table(county, "heard"),
            expect(&[("179", "mostly", 1), ("182", "no_answer", 1)])
        );
        county.run(
            "insert into plan_waiver (id, matter_id, client_id, reason, words, own_words, recorded_at, recorded_by) values ($1, $2, $3, 'declined', '', 'en halua', $4, $5)",
            params![county.id(), done, one.bytes(), noon(2025, 6, 1), AINO],
        );
        assert_eq!(
            table(county, "plans-declined"),
            expect(&[("179", "declined", 1)])
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
