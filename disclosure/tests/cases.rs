//! The worked cases of the domain (seventeen tables with their optimum, an independent engine's answer, and patterns to refuse).

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
