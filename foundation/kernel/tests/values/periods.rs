//! Periods and period maps against the plainest model there is: one cell a day.

use kernel::{
    period::{Period, PeriodMap},
    time::Date,
};
use proptest::prelude::*;

const DAYS: usize = 40;

fn day(index: usize) -> Date {
    Date::constant(2024, 2, 10) + jiff::Span::new().days(i64::try_from(index).unwrap())
}

fn a_period() -> impl Strategy<Value = Period> {
    (0..DAYS, 0..DAYS).prop_map(|(a, b)| Period::new(day(a.min(b)), Some(day(a.max(b)))).unwrap())
}

/// Which days of the model belong to the period.
fn cells(period: Option<Period>) -> Vec<bool> {
    (0..DAYS)
        .map(|index| period.is_some_and(|period| period.contains(day(index))))
        .collect()
}

fn both(a: &[bool], b: &[bool], rule: fn(bool, bool) -> bool) -> Vec<bool> {
    a.iter().zip(b).map(|(a, b)| rule(*a, *b)).collect()
}

type Entries = Vec<(Period, u8)>;

fn entries() -> impl Strategy<Value = Entries> {
    prop::collection::vec((a_period(), 0..3_u8), 0..8)
}

fn model(entries: &Entries) -> Vec<Option<u8>> {
    let last = |index| {
        entries
            .iter()
            .rev()
            .find(|(period, _)| period.contains(day(index)))
    };
    (0..DAYS)
        .map(|index| last(index).map(|(_, value)| *value))
        .collect()
}

fn values<V: Clone>(map: &PeriodMap<V>) -> Vec<Option<V>> {
    (0..DAYS)
        .map(|index| map.get(day(index)).cloned())
        .collect()
}

proptest! {
    #[test]
    fn periods_are_sets_of_days(a in a_period(), b in a_period()) {
        let (in_a, in_b) = (cells(Some(a)), cells(Some(b)));
        prop_assert_eq!(cells(a.intersection(&b)), both(&in_a, &in_b, |a, b| a && b));
        prop_assert_eq!(a.days(), Some(in_a.iter().filter(|cell| **cell).count() as i64));
        let without = a.without(&b).fold(vec![false; DAYS], |sum, part| {
            both(&sum, &cells(Some(part)), |sum, part| sum || part)
        });
        prop_assert_eq!(without, both(&in_a, &in_b, |a, b| a && !b));
        match (a.union(&b), a.gap(&b)) {
            (Some(one), None) => {
                prop_assert_eq!(cells(Some(one)), both(&in_a, &in_b, |a, b| a || b));
            }
            (None, Some(gap)) => {
                prop_assert!(gap.touches(&a) && gap.touches(&b));
                let joined = a.union(&gap).and_then(|joined| joined.union(&b));
                prop_assert_eq!(joined, Period::new(a.start().min(b.start()), a.end().max(b.end())).ok());
            }
            other => prop_assert!(false, "either one period or a gap: {:?}", other),
        }
        prop_assert_eq!(a.union(&b), b.union(&a));
        prop_assert_eq!(a.gap(&b), b.gap(&a));
    }

    #[test]
    fn a_period_is_written_as_it_is_read(a in a_period(), open in any::<bool>()) {
        let period = if open { Period::from(a.start()) } else { a };
        prop_assert_eq!(period.to_string().parse(), Ok(period));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[-0-9/.]{0,24}") {
        let _ = text.parse::<Period>();
        let _ = near.parse::<Period>();
        let _ = kernel::time::iso_date(&text);
    }

    #[test]
    fn a_map_holds_one_value_a_day(first in entries(), second in entries(), cut in a_period()) {
        let (a, b) = (first.iter().copied().collect::<PeriodMap<u8>>(), second.iter().copied().collect::<PeriodMap<u8>>());
        let (in_a, in_b) = (model(&first), model(&second));
        prop_assert_eq!(values(&a), in_a.clone());
        let either: Vec<_> = in_a.iter().zip(&in_b).map(|(a, b)| a.or(*b)).collect();
        prop_assert_eq!(values(&a.union(&b)), either);
        let pairs: Vec<_> = in_a.iter().zip(&in_b).map(|(a, b)| a.zip(*b)).collect();
        prop_assert_eq!(values(&a.intersection(&b)), pairs);
        let mut rest = a.clone();
        rest.clear(cut);
        let part = a.within(cut);
        for index in 0..DAYS {
            let inside = cut.contains(day(index));
            prop_assert_eq!(part.get(day(index)), a.get(day(index)).filter(|_| inside));
            prop_assert_eq!(rest.get(day(index)), a.get(day(index)).filter(|_| !inside));
        }
    }

    #[test]
    fn a_map_is_kept_in_its_shortest_form(entries in entries(), within in a_period()) {
        let map: PeriodMap<u8> = entries.into_iter().collect();
        let kept: Vec<_> = map.iter().collect();
        for pair in kept.windows(2) {
            let ((first, value), (second, next)) = (pair[0], pair[1]);
            prop_assert!(first.end() < Some(second.start()));
            prop_assert!(!(first.touches(&second) && value == next));
        }
        let free = map.gaps(within);
        for index in 0..DAYS {
            let day = day(index);
            let told = free.iter().any(|gap| gap.contains(day));
            prop_assert_eq!(told, within.contains(day) && map.get(day).is_none());
        }
    }
}
