//! Facts in the store: what moves over, what ends, what the register tells.

use identity::IdentityKey;
use identity::facts::{self, declare, record, register};
use identity::notices::{self, Kind};
use identity::people::{self, UnitId};
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration, Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};
use testkit::for_each_engine;

use crate::support::{AINO, HANNA, NORTH, PEKKA, SIRPA, TUULA, VILLE, by, fill, id};

fn codes(tx: &mut WriteTx<'_>, staff: [u8; 16], at: Timestamp) -> String {
    facts::subject(tx, id(staff), at).unwrap().map_or_else(
        || "nobody".to_owned(),
        |subject| {
            let codes: Vec<&str> = subject.qualifications.iter().map(String::as_str).collect();
            codes.join(" ")
        },
    )
}

#[test]
fn employees_as_they_stood_get_the_same_rights_from_facts() {
    let before: Vec<store::Migration> = identity::MIGRATIONS
        .iter()
        .filter(|one| one.version == 100)
        .copied()
        .collect();
    for test in testkit::stores(&before) {
        let (from, now) = (UnitId::from_bytes(NORTH), testkit::start_of_time());
        test.write_blocking(move |tx| {
            tx.execute("insert into unit (id, code, kind, name_fi, name_sv, name_en, lead_id) values ($1, 'n', 'advice', 'N', 'N', 'N', $2)", &params![from.bytes(), id(HANNA).bytes()])?;
            for (staff, tasks, qualifications, ended) in [
                (AINO, "broad_responsibility arranging", "sw+office sw", None),
                (VILLE, "front_door duty_holder", "sc", None),
                (SIRPA, "centre_health", "hp", Some("2026-03-12")),
                (TUULA, "lead", "other", None),
            ] {
                tx.execute("insert into staff (id, name, sort_key, title, tasks, qualifications, unit_id, began_on, ended_on) values ($1, 'N', 'n', 'lead', $2, $3, $4, '2020-01-01', $5)", &params![id(staff).bytes(), tasks, qualifications, from.bytes(), ended])?;
            }
            Ok::<_, StoreError>(())
        }).unwrap();
        test.store().shutdown();
        let now_with_facts = store::Store::open(test.config.clone(), identity::MIGRATIONS).unwrap();
        now_with_facts
            .write_blocking(move |tx| {
                let tasks = |tx: &mut WriteTx<'_>, staff| {
                    let subject = facts::subject(tx, id(staff), now).unwrap().unwrap();
                    subject.tasks.into_iter().collect::<Vec<_>>().join(" ")
                };
                assert_eq!(codes(tx, AINO, now), "sw sw+office");
                assert_eq!(tasks(tx, AINO), "arranging broad_responsibility staff");
                assert_eq!(codes(tx, VILLE, now), "sc");
                assert_eq!(tasks(tx, VILLE), "duty_holder front_door staff");
                assert_eq!(codes(tx, SIRPA, now), "hp");
                assert_eq!(codes(tx, TUULA, now), "other");
                Ok::<_, StoreError>(())
            })
            .unwrap();
        now_with_facts.shutdown();
    }
}

#[test]
fn an_end_closes_sessions_shifts_and_rights_at_its_minute() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let hour = SignedDuration::from_hours(1);
        test.write_blocking(move |tx| {
            fill(tx)?;
            for (number, begins) in [(1_u8, now - hour), (2, now + hour * 24)] {
                people::add_duty(tx, people::DutyId::from_bytes([number; 16]), UnitId::from_bytes(NORTH), id(AINO), begins, begins + hour * 8)?;
            }
            tx.execute("insert into session (token_hash, staff_id, began_at, seen_at, choices) values ($1, $2, $3, $3, '{}')", &params![[5_u8; 32], id(AINO).bytes(), millis(now)])?;
            record::end_employment(tx, &by(TUULA, now), id(AINO), now)?;
            assert_eq!(codes(tx, AINO, now - SignedDuration::from_millis(1)), "sw sw+office");
            assert_eq!(codes(tx, AINO, now), "nobody");
            assert!(people::is_away(tx, id(AINO), now)?);
            let ended: i64 = tx.query_one("select count(*) from session where ended_at = $1", &params![millis(now)])?.get(0)?;
            assert_eq!(ended, 1);
            let shifts = identity::duty::list(tx, now - hour * 9, now + hour * 100)?;
            assert_eq!(shifts.len(), 1, "the coming shift is gone");
            assert_eq!(shifts[0].ends, now, "the running one has ended");
            assert_eq!(people::duty_holder(tx, UnitId::from_bytes(NORTH), now)?, id(HANNA));

            // Back again: a new employment, and the professional right still stands.
            let again = record::NewEmployment { kind: facts::EmploymentKind::Contract, unit: UnitId::from_bytes(NORTH), begins_on: Date::constant(2026, 3, 13), last_day: None };
            record::begin_employment(tx, &by(TUULA, now), id(AINO), &again)?;
            assert_eq!(codes(tx, AINO, now), "sw", "no office any more");
            assert!(!people::is_away(tx, id(AINO), now)?);
            Ok::<_, StoreError>(())
        }).unwrap();
    });
}

fn code(serial: u16) -> IdentityCode {
    IdentityCode::artificial(Date::constant(1980, 5, 17), serial).unwrap()
}

#[test]
fn the_register_gives_and_takes_qualifications() {
    let key = IdentityKey::new([3; 32]);
    for_each_engine(identity::MIGRATIONS, |test| {
        let (key, now) = (key.clone(), testkit::start_of_time());
        test.write_blocking(move |tx| {
            fill(tx)?;
            record::set_identity_hash(tx, id(AINO), key.hash(&code(1)))?;
            record::set_identity_hash(tx, id(VILLE), key.hash(&code(2)))?;
            let read = |lines: &[String]| {
                register::read(
                    &format!("{}\n{}\n", register::COLUMNS, lines.join("\n")),
                    &key,
                )
                .unwrap()
            };
            let aino =
                |rest: &str| format!("{};social_worker;70001;2016-03-01;{rest}", code(1).expose());
            let whole = read(&[aino(";;0;0")]);
            let done = register::refresh(tx, &whole, now)?;
            assert_eq!((done.checked, done.changed.len()), (2, 0));
            assert_eq!(codes(tx, AINO, now), "sw sw+office");
            assert_eq!(
                codes(tx, VILLE, now),
                "sc",
                "the register does not know him yet"
            );
            assert!(facts::rights(tx, id(AINO))?[0].from_register);

            // The same again adds nothing; a restriction takes the code; its end gives it back.
            let rows = |tx: &mut WriteTx<'_>| {
                tx.query_one("select count(*) from professional_right", &[])
                    .unwrap()
                    .get::<i64>(0)
                    .unwrap()
            };
            let before = rows(tx);
            register::refresh(tx, &whole, now + SignedDuration::from_hours(24))?;
            assert_eq!(rows(tx), before);
            let done = register::refresh(tx, &read(&[aino(";Kielletty;1;0")]), now)?;
            assert_eq!(done.changed, [id(AINO)]);
            assert_eq!(codes(tx, AINO, now), "other");
            register::refresh(tx, &read(&[aino("2026-03-12;;0;0")]), now)?;
            assert_eq!(codes(tx, AINO, now), "other", "ended yesterday");
            register::refresh(tx, &whole, now)?;
            assert_eq!(codes(tx, AINO, now), "sw sw+office");
            register::refresh(tx, &read(&[]), now)?;
            assert_eq!(
                codes(tx, AINO, now),
                "other",
                "the register no longer tells of her"
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
    });
    for (bad, column) in [
        ("x;social_worker;1;2016-03-01;;;0;0", "identity_code"),
        ("{};wizard;1;2016-03-01;;;0;0", "kind"),
        ("{};social_worker;1;1.3.2016;;;0;0", "valid_from"),
        ("{};social_worker;1;2016-03-01;soon;;0;0", "valid_until"),
        ("{};social_worker;1;2016-03-01;;;maybe;0", "drops_code"),
        ("{};social_worker", "columns"),
    ] {
        let line = bad.replace("{}", code(1).expose());
        let error = register::read(&format!("{}\n{line}\n", register::COLUMNS), &key).unwrap_err();
        assert_eq!((error.line, error.column), (2, column));
        assert!(!error.to_string().contains(code(1).expose()));
    }
}

#[test]
fn the_lead_is_told_what_becomes_of_a_right() {
    let key = IdentityKey::new([3; 32]);
    for_each_engine(identity::MIGRATIONS, |test| {
        let (key, now) = (key.clone(), testkit::start_of_time());
        test.write_blocking(move |tx| {
            fill(tx)?;
            record::set_identity_hash(tx, id(AINO), key.hash(&code(1)))?;
            let refresh = |tx: &mut WriteTx<'_>, rest: &str| {
                let line = format!("{};social_worker;70001;2016-03-01;{rest}", code(1).expose());
                let file = format!("{}\n{line}\n", register::COLUMNS);
                register::refresh(tx, &register::read(&file, &key).unwrap(), now).map(drop)
            };
            let told = |tx: &mut WriteTx<'_>, staff: [u8; 16]| -> Vec<(Kind, bool)> {
                let told = notices::unseen(tx, id(staff), now).unwrap();
                let told = told.into_iter().filter(|one| one.kind != Kind::BarsDue);
                told.map(|one| (one.kind, one.own)).rev().collect()
            };
            refresh(tx, ";;0;0")?;
            assert_eq!(told(tx, HANNA), [], "the same as before");
            refresh(tx, ";Ei päihdetyössä;0;0")?;
            refresh(tx, ";Kielletty;1;0")?;
            refresh(tx, ";Kielletty;1;0")?;
            let expected = [Kind::RightChanged, Kind::RightLost];
            assert_eq!(told(tx, HANNA), expected.map(|kind| (kind, false)));
            assert_eq!(told(tx, AINO), expected.map(|kind| (kind, true)));
            assert_eq!(told(tx, PEKKA), [], "the lead of another unit");
            // A right that ends by the calendar, once.
            refresh(tx, "2026-03-14;;0;0")?;
            let later = now + SignedDuration::from_hours(48);
            facts::project_all(tx, later)?;
            facts::project_all(tx, later)?;
            let mut kinds = told(tx, HANNA);
            assert_eq!(kinds.pop(), Some((Kind::RightLost, false)));
            assert_eq!(kinds.len(), 3);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    });
}

#[test]
fn relatives_are_compared_and_never_read_back() {
    let key = IdentityKey::new([3; 32]);
    for_each_engine(identity::MIGRATIONS, |test| {
        let (key, now) = (key.clone(), testkit::start_of_time());
        test.write_blocking(move |tx| {
            fill(tx)?;
            let relative = key.hash(&code(7));
            declare::declare(tx, &by(AINO, now), relative)?;
            declare::declare(tx, &by(AINO, now), relative)?;
            let own = declare::own(tx, id(AINO))?;
            assert_eq!(own.len(), 1, "the same person again renews");
            assert!(declare::is_relative(tx, id(AINO), relative)?);
            assert!(!declare::is_relative(tx, id(VILLE), relative)?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    });
}
