//! Every worked case of the domain reference.

use law::{Calendar, Rule, due};

use crate::{date, rows, weekday};

#[test]
fn every_worked_case_is_counted_right() {
    let rows = rows(include_str!("../data/deadline_cases.csv"));
    assert_eq!(rows.len(), 79);
    let calendar = Calendar::finland();
    for row in &rows {
        let rule: Rule = row[3].parse().unwrap();
        assert_eq!(weekday(date(&row[1])), &row[2], "{row:?}");
        let told = due(&rule, date(&row[1]), &calendar).unwrap();
        assert_eq!(
            (
                told.nominal.to_string(),
                told.date.to_string(),
                weekday(told.date)
            ),
            (row[4].to_owned(), row[5].to_owned(), row[6].to_owned()),
            "{row:?}"
        );
        let (stdout, stderr, code) = law::command::deadline(&row[3], &row[1]);
        assert_eq!(
            (stdout, stderr, code),
            (format!("{}\n", &row[5]), String::new(), 0)
        );
    }
}

#[test]
fn every_dated_step_has_a_worked_case() {
    let rows = rows(include_str!("../data/deadline_cases.csv"));
    for step in [
        "IMMEDIATE",
        "WD(",
        "SAME_OR_NEXT_WD",
        "DAYS(",
        "DAYS_NOROLL(",
        "MONTHS(",
        "MONTHS_NOROLL(",
        "YEARS(",
        "WEEKS_BEFORE(",
        "FIRST_WD_OF_MONTH",
        "FIRST_WD_OF_NEXT_MONTH",
        "END_OF_NEXT_MONTH",
        "NOTIFIED_POST",
        "NOTIFIED_EMSG",
        "NOTIFIED_POST+",
        "NOTIFIED_EMSG+",
    ] {
        assert!(rows.iter().any(|row| row[3].starts_with(step)), "{step}");
    }
}
