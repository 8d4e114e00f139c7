//! Who may decide: section 9.2 of the domain's rights, with the test limits of its table.

use identity::delegation::{self, Answer, Holder, Kind, NewDelegation, NotMay, Wanted};
use identity::facts::approval::Refusal;
use identity::facts::{RightKind, record, register};
use identity::people::UnitId;
use kernel::money::Money;
use kernel::time::{Date, SignedDuration, Timestamp};
use store::{StoreError, WriteTx};
use testkit::for_each_engine;

use crate::support::{AINO, HANNA, NORTH, OLLI, SOUTH, TUULA, VILLE, by, fill, id};

fn euros(amount: i64) -> Money {
    Money::from_euros(amount).unwrap()
}

fn row(
    kind: Kind,
    title: &str,
    amount: Option<i64>,
    months: Option<u32>,
    negative: bool,
) -> NewDelegation {
    NewDelegation {
        kind,
        holder: Holder::Title(title.to_owned()),
        unit: None,
        max_amount: amount.map(euros),
        max_months: months,
        also_negative: negative,
        valid_from: Date::constant(2026, 1, 1),
        valid_to: None,
        ruling: "Hallintosääntö 35 §".to_owned(),
    }
}

fn enter(tx: &mut WriteTx<'_>, at: Timestamp, new: &NewDelegation) -> i64 {
    let number = delegation::enter(tx, &by(TUULA, at), new).unwrap();
    delegation::decide(tx, &by(OLLI, at), number, true).unwrap();
    number
}

fn ask(
    tx: &mut WriteTx<'_>,
    staff: [u8; 16],
    wanted: &Wanted,
    at: Timestamp,
) -> Result<(), NotMay> {
    match delegation::may_decide(tx, id(staff), wanted, at).unwrap() {
        Answer::May { ruling, .. } => {
            assert!(!ruling.is_empty());
            Ok(())
        }
        Answer::MayNot(why) => Err(why),
    }
}

fn money(kind: Kind, amount: i64) -> Wanted {
    Wanted {
        amount: Some(euros(amount)),
        ..Wanted::new(kind)
    }
}

#[test]
fn limits_of_section_9_2() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        test.write_blocking(move |tx| {
            fill(tx)?;
            let third = Kind::PreventiveAssistance;
            assert_eq!(
                ask(tx, AINO, &money(third, 1), now),
                Err(NotMay::NoDelegation),
                "an empty table: nobody"
            );
            enter(
                tx,
                now,
                &row(third, "social_worker", Some(1_500), None, false),
            );
            enter(tx, now, &row(third, "lead", Some(5_000), None, true));
            enter(tx, now, &row(third, "counsellor", Some(300), None, true));
            enter(
                tx,
                now,
                &row(Kind::Housing, "social_worker", None, Some(6), true),
            );
            enter(tx, now, &row(Kind::Housing, "counsellor", None, None, true));
            enter(tx, now, &row(Kind::FeeReduction, "lead", None, None, true));

            assert_eq!(
                ask(tx, AINO, &money(third, 1_500), now),
                Ok(()),
                "the limit itself"
            );
            assert_eq!(
                ask(
                    tx,
                    AINO,
                    &Wanted {
                        amount: Some(Money::from_cents(150_001)),
                        ..Wanted::new(third)
                    },
                    now
                ),
                Err(NotMay::OverAmount(euros(1_500)))
            );
            let with = |earlier| Wanted {
                earlier: euros(earlier),
                ..money(third, 500)
            };
            assert_eq!(ask(tx, AINO, &with(1_000), now), Ok(()));
            assert_eq!(
                ask(tx, AINO, &with(1_001), now),
                Err(NotMay::OverAmount(euros(1_500))),
                "decisions of the month count"
            );
            assert_eq!(
                ask(
                    tx,
                    AINO,
                    &Wanted {
                        amount: Some(Money::from_cents(i64::MAX)),
                        ..with(1)
                    },
                    now
                ),
                Err(NotMay::OverAmount(euros(1_500)))
            );
            assert_eq!(
                ask(
                    tx,
                    AINO,
                    &Wanted {
                        negative: true,
                        ..money(third, 10)
                    },
                    now
                ),
                Err(NotMay::OnlyPositive)
            );
            assert_eq!(
                ask(
                    tx,
                    HANNA,
                    &Wanted {
                        negative: true,
                        ..money(third, 4_000)
                    },
                    now
                ),
                Ok(())
            );
            assert_eq!(
                ask(tx, VILLE, &money(third, 10), now),
                Err(NotMay::NoOffice),
                "a contract is no office, whatever the table says"
            );

            let months = |months| Wanted {
                months,
                ..Wanted::new(Kind::Housing)
            };
            assert_eq!(ask(tx, AINO, &months(Some(6)), now), Ok(()));
            assert_eq!(
                ask(tx, AINO, &months(Some(7)), now),
                Err(NotMay::OverPeriod(6))
            );
            assert_eq!(
                ask(tx, AINO, &months(None), now),
                Err(NotMay::OverPeriod(6)),
                "without an end is longer than any limit"
            );
            assert_eq!(
                ask(tx, HANNA, &Wanted::new(Kind::FeeReduction), now),
                Ok(())
            );
            assert_eq!(
                ask(tx, AINO, &Wanted::new(Kind::FeeReduction), now),
                Err(NotMay::NoDelegation)
            );
            assert_eq!(
                ask(tx, AINO, &Wanted::new(Kind::Recovery), now),
                Err(NotMay::NoDelegation)
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
    });
}

#[test]
fn rights_units_and_days_bound_a_delegation() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        test.write_blocking(move |tx| {
            fill(tx)?;
            let mut new = row(Kind::Urgent, "social_worker", None, None, true);
            new.unit = Some(UnitId::from_bytes(NORTH));
            new.valid_to = Some(Date::constant(2026, 3, 13));
            let number = enter(tx, now, &new);
            let urgent = Wanted::new(Kind::Urgent);
            assert_eq!(ask(tx, AINO, &urgent, now), Ok(()));
            assert_eq!(
                ask(
                    tx,
                    AINO,
                    &Wanted {
                        unit: Some(UnitId::from_bytes(SOUTH)),
                        ..urgent
                    },
                    now
                ),
                Err(NotMay::NoDelegation)
            );
            let tomorrow = now + SignedDuration::from_hours(24);
            assert_eq!(
                ask(tx, AINO, &urgent, tomorrow),
                Err(NotMay::NoDelegation),
                "its last day was today"
            );
            assert!(
                matches!(
                    delegation::end(tx, &by(TUULA, now), number, Date::constant(2025, 1, 1)),
                    Err(Refusal::Decided)
                ),
                "not before it began"
            );

            // To a person by name; and a lead without the qualification that the kind needs.
            let mut named = row(Kind::Urgent, "lead", None, None, true);
            named.holder = Holder::Person(id(VILLE));
            enter(tx, now, &named);
            assert_eq!(ask(tx, VILLE, &urgent, now), Err(NotMay::NoOffice));
            let office = record::NewEmployment {
                kind: identity::facts::EmploymentKind::PublicOffice,
                unit: UnitId::from_bytes(SOUTH),
                begins_on: Date::constant(2026, 1, 1),
                last_day: None,
            };
            record::begin_employment(tx, &by(TUULA, now), id(VILLE), &office)?;
            assert_eq!(
                ask(tx, VILLE, &urgent, now),
                Err(NotMay::NoRight),
                "an urgent decision needs a social worker"
            );
            let right = record::NewRight {
                kind: RightKind::SocialWorker,
                register_number: None,
                valid_from: Date::constant(2026, 1, 1),
                valid_until: None,
                restriction: String::new(),
                drops_code: false,
                temporary: false,
            };
            record::record_right(tx, &by(TUULA, now), id(VILLE), &right)?;
            assert_eq!(ask(tx, VILLE, &urgent, now), Ok(()));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    });
}

#[test]
fn nobody_delegates_alone_or_to_oneself_and_an_old_check_stops() {
    let key = identity::IdentityKey::new([3; 32]);
    for_each_engine(identity::MIGRATIONS, |test| {
        let (key, now) = (key.clone(), testkit::start_of_time());
        test.write_blocking(move |tx| {
            fill(tx)?;
            let new = row(Kind::Service, "social_worker", None, None, true);
            let number = delegation::enter(tx, &by(TUULA, now), &new).unwrap();
            let service = Wanted::new(Kind::Service);
            assert_eq!(
                ask(tx, AINO, &service, now),
                Err(NotMay::NoDelegation),
                "not approved"
            );
            assert!(matches!(
                delegation::decide(tx, &by(TUULA, now), number, true),
                Err(Refusal::SameTwice)
            ));
            delegation::decide(tx, &by(OLLI, now), number, true).unwrap();
            assert_eq!(ask(tx, AINO, &service, now), Ok(()));
            let own = NewDelegation {
                holder: Holder::Person(id(TUULA)),
                ..new.clone()
            };
            assert!(matches!(
                delegation::enter(tx, &by(TUULA, now), &own),
                Err(Refusal::Own)
            ));
            let negative = NewDelegation {
                kind: Kind::Negative,
                ..new
            };
            assert!(
                delegation::enter(tx, &by(TUULA, now), &negative).is_err(),
                "D11 follows the positive kind"
            );

            // The register was asked, and then not for eight days (B04).
            let code =
                kernel::identity_code::IdentityCode::artificial(Date::constant(1980, 5, 17), 1)
                    .unwrap();
            record::set_identity_hash(tx, id(AINO), key.hash(&code))?;
            let file = format!(
                "{}\n{};social_worker;7;2016-03-01;;;0;0\n",
                register::COLUMNS,
                code.expose()
            );
            register::refresh(tx, &register::read(&file, &key).unwrap(), now)?;
            let days = |count: i64| now + SignedDuration::from_hours(24 * count);
            assert_eq!(ask(tx, AINO, &service, days(7)), Ok(()));
            assert_eq!(ask(tx, AINO, &service, days(8)), Err(NotMay::NotChecked));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    });
}
