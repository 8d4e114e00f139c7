//! Rounded tables: what is printed, what a reader can work out of it, and what a later table must know of it.

use std::collections::BTreeMap;

use disclosure::rounding::{base_of, round};
use disclosure::{
    Equation, Interval, Known, Refused, Released, Shown, Table, audit_knowing, protect_knowing,
    release, release_rounded,
};
use proptest::prelude::*;

const KEY: [u8; 32] = [7; 32];

/// Rows by columns with their sums.
fn table(counts: &[Vec<u64>], threshold: u64) -> Table {
    let mut cells = BTreeMap::new();
    let mut equations = Vec::new();
    let columns = counts.first().map_or(0, Vec::len);
    for (at, row) in counts.iter().enumerate() {
        for (column, count) in row.iter().enumerate() {
            cells.insert(format!("{at}.{column}"), *count);
        }
        cells.insert(format!("{at}.*"), row.iter().sum());
        equations.push(Equation {
            total: format!("{at}.*"),
            parts: (0..columns)
                .map(|column| format!("{at}.{column}"))
                .collect(),
        });
    }
    for column in (0..columns)
        .map(|column| column.to_string())
        .chain(["*".to_owned()])
    {
        let parts: Vec<String> = (0..counts.len())
            .map(|at| format!("{at}.{column}"))
            .collect();
        cells.insert(
            format!("*.{column}"),
            parts.iter().map(|part| cells[part]).sum(),
        );
        equations.push(Equation {
            total: format!("*.{column}"),
            parts,
        });
    }
    Table {
        threshold,
        cells,
        equations,
        groups: Vec::new(),
        primary: Vec::new(),
        published: Vec::new(),
        suppressed: Vec::new(),
    }
}

#[test]
fn a_rounded_table_tells_no_count_and_says_by_what_it_is_rounded() {
    let table = table(&[vec![2, 13], vec![31, 0]], 5);
    let (released, run) = release_rounded(&table, &Known::new(), &KEY).expect("rounded");
    assert_eq!((released.base(), released.threshold()), (Some(10), 5));
    assert!(released.adds_up());
    assert_eq!(run.primary, ["0.0"]);
    for (name, shown) in released.cells() {
        assert_eq!(shown, Shown::Hidden, "{name} has a count");
        let about = released.about(name).expect("told");
        assert!(
            about % 10 == 0 && about.abs_diff(table.cells[name]) < 10,
            "{name}: {about}"
        );
        assert_eq!(
            released.leaves_open(name),
            Some(Interval(about.saturating_sub(9), Some(about + 9)))
        );
    }
    // Nothing stays nothing, and a rounded table is no ground for a share or a change.
    assert_eq!(released.about("1.1"), Some(0));
    assert_eq!(released.rate("0.1", "*.*"), None);
    assert_eq!(released.change("0.1", "*.*"), None);
    assert_eq!(released.hidden(), 0);
    let sealed = released.sealed(&[1; 32]);
    for count in [13, 15, 31, 33, 46] {
        assert!(!sealed.contains(&format!(":{count}")), "{sealed}");
    }
    assert_eq!(Released::open(&sealed, &[1; 32]), Ok(released));
    let (exact, _) = release(&table).expect("released");
    assert_eq!((exact.base(), exact.about("1.0")), (None, None));
}

#[test]
fn what_is_suppressed_stays_hidden_and_another_key_rounds_otherwise() {
    let mut one = table(&[vec![12, 17, 21], vec![33, 48, 9]], 5);
    one.suppressed = vec!["0.0".to_owned(), "1.0".to_owned()];
    let (released, _) = release_rounded(&one, &Known::new(), &KEY).expect("rounded");
    assert_eq!(released.about("0.0"), None);
    assert_eq!(released.hidden(), 2);
    let told = |key: &[u8; 32]| {
        let (released, _) = release_rounded(&one, &Known::new(), key).expect("rounded");
        (0..3)
            .map(|at| released.about(&format!("0.{at}")))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&KEY), told(&KEY));
    assert!((0..20).any(|key| told(&[key; 32]) != told(&KEY)));
}

#[test]
fn what_was_printed_exactly_before_can_tell_a_rounded_count() {
    // The row's sum and all but one of it are out: the rest is no secret any more, however it is rounded.
    let mut told = table(&[vec![2, 13, 20], vec![31, 9, 8]], 5);
    told.published = ["0.1", "0.2", "0.*"].map(str::to_owned).to_vec();
    let refused = release_rounded(&told, &Known::new(), &KEY);
    assert!(matches!(refused, Err(Refused::Unprotected(open)) if open.contains(&"0.0".to_owned())));
}

#[test]
fn a_later_table_knows_what_was_printed_rounded() {
    let table = table(&[vec![2, 13], vec![31, 40]], 5);
    let mut hidden = table.clone();
    hidden.suppressed = ["0.1", "1.0", "1.1"].map(str::to_owned).to_vec();
    let verdict = |known: &Known| audit_knowing(&hidden, known).expect("judged");
    assert!(verdict(&Known::new()).safe);
    // Rounded to nothing, and its neighbour to ten: then the sum of 15, which is printed, bounds the small one.
    let known = Known::from([
        ("0.0".to_owned(), Interval(0, Some(9))),
        ("0.1".to_owned(), Interval(11, Some(29))),
    ]);
    let found = verdict(&known);
    assert_eq!(found.told, ["0.0"], "{found:?}");
    let protected = protect_knowing(&table, &known).expect("judged");
    assert!(
        protected.complementary.contains(&"0.*".to_owned()),
        "{protected:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_rounded_count_is_told_more_closely_than_the_threshold(
        counts in prop::collection::vec(prop::collection::vec(0_u64..40, 3), 2..5),
        threshold in 3_u64..8,
        key: [u8; 32],
    ) {
        let table = table(&counts, threshold);
        let found = round(&table, &Known::new(), &key).expect("a table");
        let base = base_of(threshold);
        for (name, about) in &found.rounding.counts {
            let count = table.cells[name];
            prop_assert!(about % base == 0 && about.abs_diff(count) < base, "{name}: {count} as {about}");
            prop_assert!(count > 0 || *about == 0);
        }
        if found.rounding.adds_up {
            for sum in &table.equations {
                let parts: u64 = sum.parts.iter().map(|part| found.rounding.counts[part]).sum();
                prop_assert_eq!(parts, found.rounding.counts[&sum.total]);
            }
        }
        if found.audit.safe {
            for (name, Interval(lo, hi)) in &found.audit.intervals {
                let hi = hi.unwrap_or(u64::MAX);
                prop_assert!(hi >= threshold && hi - lo >= threshold, "{name} in {lo}-{hi}");
                prop_assert!(*lo <= table.cells[name] && table.cells[name] <= hi);
            }
        }
    }
}
