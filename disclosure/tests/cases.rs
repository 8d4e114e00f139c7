//! The worked cases of the domain (seventeen tables with their optimum, an independent engine's answer, and patterns to refuse).

use disclosure::rates::{mean_is_safe, rate_is_safe, recovered};
use disclosure::rounding::{Key, rounded};
use disclosure::sources::{SourceRule, Sources};
use disclosure::{Status, Table, audit, protect};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let all: Value =
        serde_json::from_str(include_str!("disclosure_cases.json")).expect("the file is JSON");
    all["cases"].as_array().expect("cases").clone()
}

fn names(value: &Value) -> Vec<String> {
    value
        .as_array()
        .map(|all| {
            all.iter()
                .map(|one| one.as_str().expect("a name").to_owned())
                .collect()
        })
        .unwrap_or_default()
}

#[test]
fn every_table_is_protected_at_the_least_cost() {
    for case in cases().iter().filter(|case| case["kind"] == "suppression") {
        let mut table = Table::read(&case.to_string()).expect("a table");
        if case["id"] == "C11" {
            table.published = vec!["Q1".to_owned()];
        }
        let found = protect(&table).expect("judged");
        let mut wanted = names(&case["primary"]);
        wanted.sort();
        assert_eq!(found.primary, wanted, "{}", case["id"]);
        println!(
            "{} {:?} {:?} cost {} of {}",
            case["id"],
            found.status,
            found.complementary,
            found.cost,
            case["example_valid"]["cost"]
        );
        assert_eq!(
            found.status,
            if wanted.is_empty() {
                Status::Open
            } else {
                Status::Protected
            },
            "{}",
            case["id"]
        );
        assert_eq!(
            Some(found.cost),
            case["example_valid"]["cost"].as_u64(),
            "{}",
            case["id"]
        );
        table.suppressed = found.complementary;
        assert!(audit(&table).expect("judged").safe);
    }
}

#[test]
fn patterns_that_give_counts_away_are_refused_and_good_ones_accepted() {
    for case in cases().iter().filter(|case| case["kind"] == "suppression") {
        let mut table = Table::read(&case.to_string()).expect("a table");
        table.suppressed = names(&case["example_valid"]["complementary"]);
        let good = audit(&table).expect("judged");
        assert!(good.safe, "{}: {good:?}", case["id"]);
        for (name, interval) in case["example_valid"]["intervals"]
            .as_object()
            .expect("intervals")
        {
            let told = serde_json::to_value(good.intervals[name]).expect("an interval");
            assert_eq!(
                (told[0].as_f64(), told[1].as_f64()),
                (interval[0].as_f64(), interval[1].as_f64()),
                "{} {name}",
                case["id"]
            );
        }
        for bad in case["must_reject"].as_array().expect("patterns") {
            table.suppressed = names(&bad["complementary"]);
            let verdict = audit(&table).expect("judged");
            assert!(!verdict.safe, "{}: {bad}", case["id"]);
            for (name, interval) in bad["intervals"].as_object().expect("intervals") {
                let told = serde_json::to_value(verdict.intervals[name]).expect("an interval");
                assert_eq!(
                    (told[0].as_f64(), told[1].as_f64()),
                    (interval[0].as_f64(), interval[1].as_f64()),
                    "{} {name}",
                    case["id"]
                );
            }
        }
    }
}

fn case(id: &str) -> Value {
    cases()
        .into_iter()
        .find(|case| case["id"] == id)
        .expect("a case")
}

#[test]
fn a_group_with_nearly_one_value_is_withheld() {
    let case = case("C08");
    let mut table = Table::read(&case.to_string()).expect("a table");
    assert_eq!(protect(&table).expect("judged").status, Status::Open);
    table.groups = table
        .equations
        .iter()
        .filter(|sum| sum.total.ends_with("|Total"))
        .take(2)
        .cloned()
        .collect();
    let mut flagged = names(&case["flagged_cells"]);
    flagged.sort();
    let found = protect(&table).expect("judged");
    assert_eq!(found.primary, flagged);
    assert_eq!(found.status, Status::Protected);
}

/// A fraction of one as a key.
fn key(value: &Value) -> Key {
    let fraction = value.as_f64().expect("a fraction");
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Key((fraction * 18_446_744_073_709_551_616.0) as u64)
}

#[test]
fn counts_are_rounded_by_their_records_keys() {
    let case = case("C15");
    let base = case["base"].as_u64().expect("a base");
    for example in case["examples"].as_array().expect("examples") {
        let cell = Key::of_cell(
            example["record_keys"]
                .as_array()
                .expect("keys")
                .iter()
                .map(key),
        );
        let told = key(&example["cell_key"]);
        assert!(cell.0.abs_diff(told.0) < 1 << 20, "{example}");
        let count = example["n"].as_u64().expect("a count");
        assert_eq!(
            Some(rounded(count, cell, base)),
            example["published"].as_u64(),
            "{example}"
        );
    }
}

#[test]
fn a_percentage_is_treated_as_its_counts() {
    let case = case("C16");
    let count = |name: &str| case["inputs"][name].as_u64().expect("a count");
    let (part, whole) = (count("numerator"), count("denominator_published"));
    assert!(!rate_is_safe(part, whole, 5));
    for (percent, decimals, wanted) in [
        ("published_percent", 1, "recovered_numerator"),
        ("rounded_percent", 0, "recovered_numerator_rounded"),
    ] {
        let found = recovered(case[percent].as_f64().expect("a number"), decimals, whole);
        let wanted = &case[wanted];
        assert_eq!(
            found,
            Some((
                wanted[0].as_u64().expect("a count"),
                wanted[1].as_u64().expect("a count")
            ))
        );
    }
    assert!(!mean_is_safe(4, 5) && mean_is_safe(5, 5));
}

#[test]
fn few_writers_move_a_number_to_a_wider_area() {
    let case = case("C17");
    let rule = SourceRule::default();
    let sources: Vec<(String, Sources)> = case["inputs"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            let count = |name: &str| row[name].as_u64().expect("a count");
            (
                row["theme"].as_str().expect("a theme").to_owned(),
                Sources {
                    observations: count("observations"),
                    reporters: count("distinct_reporters"),
                    units: count("distinct_units"),
                },
            )
        })
        .collect();
    let expected: Vec<bool> = names(&case["expected"])
        .iter()
        .map(|word| word == "publishable")
        .collect();
    let found: Vec<bool> = sources.iter().map(|(_, all)| rule.allows(*all)).collect();
    assert_eq!(found, expected);
    // Homelessness: Salo has one writer, the county eight.
    let levels: Vec<Sources> = sources
        .iter()
        .filter(|(theme, _)| theme == "Asunnottomuus")
        .map(|(_, all)| *all)
        .collect();
    assert_eq!(rule.level(&levels), Some(1));
    assert_eq!(rule.level(&levels[..1]), None);
}
