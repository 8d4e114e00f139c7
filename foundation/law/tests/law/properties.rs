//! What holds for every rule and every day.

use jiff::ToSpan;
use kernel::time::Date;
use law::{
    Calendar, NoDue, Rule, due,
    rule::{Count, Step, Steps},
};
use proptest::prelude::*;

fn a_day() -> impl Strategy<Value = Date> {
    (0..60_000_i64).prop_map(|days| Date::constant(1992, 1, 1) + days.days())
}

fn count() -> impl Strategy<Value = Count> {
    (1..=999_u16).prop_map(|number| Count::new(number).unwrap())
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Immediate),
        count().prop_map(Step::WorkingDays),
        Just(Step::SameOrNextWorkingDay),
        count().prop_map(Step::Days),
        count().prop_map(Step::DaysNoRoll),
        count().prop_map(Step::Months),
        count().prop_map(Step::MonthsNoRoll),
        count().prop_map(Step::Years),
        count().prop_map(Step::WeeksBefore),
        Just(Step::FirstWorkingDayOfMonth),
        Just(Step::FirstWorkingDayOfNextMonth),
        Just(Step::EndOfNextMonth),
        Just(Step::NotifiedByPost),
        Just(Step::NotifiedByMessage),
    ]
}

fn chain(steps: &[Step]) -> Rule {
    Rule::Steps(Steps::new(steps.to_vec()).unwrap())
}

fn a_rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        1 => Just(Rule::None),
        9 => prop::collection::vec(a_step(), 1..5).prop_map(|steps| chain(&steps)),
    ]
}

/// Steps that can lie before the trigger.
const fn looks_back(step: Step) -> bool {
    matches!(step, Step::WeeksBefore(_) | Step::FirstWorkingDayOfMonth)
}

fn last_day_of_month(day: Date) -> i8 {
    match day.month() {
        2 if day.year() % 4 == 0 && (day.year() % 100 != 0 || day.year() % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

proptest! {
    #[test]
    fn a_rule_is_read_as_it_is_written(rule in a_rule()) {
        prop_assert_eq!(rule.to_string().parse(), Ok(rule));
    }

    #[test]
    fn no_text_makes_the_readers_panic(
        text in any::<String>(), near in r"[A-Z_]{2,9}\([0-9]{0,4}\)?(\+[A-Z_]{2,9})?", date in any::<String>(),
    ) {
        for rule in [&text, &near] {
            if let Ok(read) = rule.parse::<Rule>() {
                prop_assert_eq!(&read.to_string(), rule);
            }
            let (stdout, _, code) = law::command::deadline(rule, "2026-02-02");
            prop_assert_eq!(stdout.is_empty(), code != 0);
        }
        let (_, _, code) = law::command::deadline("WD(7)", &date);
        prop_assert!(code == 0 || code == 2);
    }

    #[test]
    fn every_rule_gives_a_day_or_says_why(rule in a_rule(), trigger in a_day()) {
        let calendar = Calendar::finland();
        match due(&rule, trigger, &calendar) {
            Ok(told) => {
                prop_assert!(told.date >= told.nominal);
                // The longest run of days off is Christmas with a weekend beside it.
                prop_assert!((told.date - told.nominal).get_days() <= 5);
                prop_assert!(told.date == told.nominal || calendar.is_working_day(told.date));
            }
            Err(NoDue::NoDate) => prop_assert_eq!(rule, Rule::None),
            Err(NoDue::OutOfRange) => prop_assert!(false, "four steps of 999 stay within the calendar"),
        }
    }

    #[test]
    fn a_day_is_never_before_its_trigger(step in a_step(), trigger in a_day()) {
        let told = due(&chain(&[step]), trigger, &Calendar::finland()).unwrap();
        prop_assert_eq!(told.nominal < trigger, match step {
            Step::WeeksBefore(_) => true,
            Step::FirstWorkingDayOfMonth => trigger.day() > 1,
            _ => false,
        });
        if !looks_back(step) && step != Step::Immediate {
            prop_assert!(told.date > trigger);
        }
        if step.is_rolled() {
            prop_assert!(Calendar::finland().is_working_day(told.date));
        } else {
            prop_assert_eq!(told.date, told.nominal);
        }
    }

    #[test]
    fn more_days_are_later(n in 1..999_u16, trigger in a_day()) {
        let calendar = Calendar::finland();
        let step = |make: fn(Count) -> Step, n| {
            let rule = chain(&[make(Count::new(n).unwrap())]);
            due(&rule, trigger, &calendar).unwrap()
        };
        for make in [Step::WorkingDays, Step::Days, Step::Months, Step::Years] {
            prop_assert!(step(make, n).nominal < step(make, n + 1).nominal);
            prop_assert!(step(make, n).date <= step(make, n + 1).date);
        }
        prop_assert!(step(Step::WeeksBefore, n).date > step(Step::WeeksBefore, n + 1).date);
    }

    #[test]
    fn a_later_trigger_is_never_due_earlier(step in a_step(), trigger in a_day(), later in 1..40_i64) {
        let calendar = Calendar::finland();
        let rule = chain(&[step]);
        let first = due(&rule, trigger, &calendar).unwrap();
        let second = due(&rule, trigger + later.days(), &calendar).unwrap();
        prop_assert!(first.nominal <= second.nominal && first.date <= second.date);
    }

    #[test]
    fn working_days_are_counted_one_by_one(n in 1..60_u16, trigger in a_day()) {
        let calendar = Calendar::finland();
        let told = due(&chain(&[Step::WorkingDays(Count::new(n).unwrap())]), trigger, &calendar).unwrap();
        prop_assert!(calendar.is_working_day(told.date));
        let between = calendar.working_days_between(trigger, told.date);
        prop_assert_eq!(between, usize::from(n));
    }

    #[test]
    fn months_end_on_the_same_number_or_the_last_day(n in 1..=999_u16, trigger in a_day()) {
        let told = due(&chain(&[Step::Months(Count::new(n).unwrap())]), trigger, &Calendar::finland()).unwrap().nominal;
        prop_assert_eq!(told.day(), trigger.day().min(last_day_of_month(told)));
        let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        prop_assert_eq!(months(told) - months(trigger), i32::from(n));
    }

    #[test]
    fn a_chain_counts_from_nominal_ends(first in a_step(), second in a_step(), trigger in a_day()) {
        let calendar = Calendar::finland();
        let middle = due(&chain(&[first]), trigger, &calendar).unwrap().nominal;
        prop_assert_eq!(
            due(&chain(&[first, second]), trigger, &calendar),
            due(&chain(&[second]), middle, &calendar)
        );
    }
}
