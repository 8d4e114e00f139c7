//! The table of time limits holds its own rules, and a table that breaks one is refused.

use std::collections::BTreeSet;

use kernel::language::Language;
use law::{
    DeadlineTable,
    deadlines::{Hardness, Limit, NoDeadline, RowFault, SoftCode, Status, TableError},
};

use crate::{date, rows};

const FILE: &str = include_str!("../../data/deadlines.csv");

#[test]
fn every_row_of_the_file_is_in_the_table() {
    let rows = rows(FILE);
    let table = DeadlineTable::of_law();
    assert_eq!((rows.len(), table.iter().count()), (80, 80));
    let ids: BTreeSet<_> = table.iter().map(|row| &row.id).collect();
    assert_eq!(ids.len(), 77);
    for row in &rows {
        let told = table.lookup(&row[0], date(&row[11])).unwrap();
        let (rule, soft) = match &told.limit {
            Limit::Counted(rule) => (rule.to_string(), ""),
            Limit::Soft(code) => ("NONE".to_owned(), code.code()),
        };
        assert_eq!((rule.as_str(), soft), (&row[6], &row[7]));
        assert_eq!(told.validity.start(), date(&row[11]));
        let end = told.validity.end().map(|day| day.to_string());
        assert_eq!(end.unwrap_or_default(), &row[12]);
        let texts = [&told.duty_holder, &told.trigger, &told.source];
        assert_eq!(texts, [&row[4], &row[5], &row[10]]);
        assert_eq!(told.exceptions.as_deref().unwrap_or(""), &row[9]);
        assert_eq!(told.name(Language::Fi), &row[1]);
        assert_eq!(told.name(Language::En), &row[3]);
        let swedish = if row[2].is_empty() { &row[1] } else { &row[2] };
        assert_eq!(told.name(Language::Sv), swedish);
    }
}

#[test]
fn codes_of_the_table_are_read_as_they_are_written() {
    let table = DeadlineTable::of_law();
    let soft: BTreeSet<_> = table
        .iter()
        .filter_map(|row| match row.limit {
            Limit::Soft(code) => Some(code.code()),
            Limit::Counted(_) => None,
        })
        .collect();
    assert_eq!(
        soft.len(),
        12,
        "each soft code of the reference has a row: {soft:?}"
    );
    let row = |id| table.lookup(id, date("2026-02-02")).unwrap();
    assert_eq!(
        row("KUTY_MAX_DAYS").limit,
        Limit::Soft(SoftCode::Max178DaysIn12Months)
    );
    assert_eq!(row("TOTU_DECISION").hardness, Hardness::Hard);
    assert_eq!(row("NOTIFIED_POST").hardness, Hardness::Presumption);
    assert_eq!(row("FEE_DUE").hardness, Hardness::Minimum);
    assert_eq!(row("LOG_REQUEST").status, Status::Confirmed);
    assert_eq!(row("GDPR_ACCESS").status, Status::Unverified);
}

#[test]
fn the_row_is_that_of_the_trigger_day() {
    let table = DeadlineTable::of_law();
    let source = |day| {
        let row = table.lookup("PTA_START_WD7_CONTACT", date(day));
        row.map(|row| row.source.as_str())
    };
    assert_eq!(source("2015-03-31"), Err(NoDeadline::NotInForce));
    assert_eq!(source("2015-04-01"), Ok("SHL 36 § 2 mom 1-2 kohta"));
    assert_eq!(source("2024-12-31"), Ok("SHL 36 § 2 mom 1-2 kohta"));
    assert_eq!(
        source("2025-01-01"),
        Ok("SHL 36 § 2 mom 1-3 kohta (677/2023)")
    );
    assert_eq!(
        table.lookup("PTA", date("2026-01-01")),
        Err(NoDeadline::UnknownId)
    );
    let started: Vec<_> = table
        .find_by_trigger("application_arrived", date("2026-02-02"))
        .map(|row| row.id.as_str())
        .collect();
    assert_eq!(
        started,
        [
            "TOTU_BASIC_NEXT_MONTH",
            "TOTU_COMPLETE_REQ",
            "TOTU_DECISION",
            "TOTU_URGENT"
        ]
    );
    let early = table.find_by_trigger("application_arrived", date("2018-02-02"));
    assert_eq!(early.count(), 1);
}

#[test]
fn a_table_that_cannot_be_trusted_is_refused() {
    let heading = FILE.lines().next().unwrap();
    let read =
        |lines: &[&str]| DeadlineTable::from_csv(&format!("{heading}\n{}\n", lines.join("\n")));
    let row = |rule: &str, soft: &str, from: &str, to: &str| {
        format!("A,nimi,,name,county,event,{rule},{soft},hard,,SHL 1 §,{from},{to},confirmed")
    };
    assert!(read(&[&row("WD(7)", "", "2026-01-01", "")]).is_ok());
    for (faulty, right) in [
        (row("WD(0)", "", "2026-01-01", ""), RowFault::Rule),
        (row("NONE", "", "2026-01-01", ""), RowFault::SoftCode),
        (
            row("WD(7)", "without_delay", "2026-01-01", ""),
            RowFault::SoftCode,
        ),
        (row("WD(7)", "", "2026-02-30", ""), RowFault::Validity),
        (
            row("WD(7)", "", "2026-01-02", "2026-01-01"),
            RowFault::Validity,
        ),
        (
            row("WD(7)", "", "2026-01-01", "").replace("SHL 1 §", ""),
            RowFault::Empty,
        ),
        (
            row("WD(7)", "", "2020-01-01", "2025-01-01"),
            RowFault::Overlap,
        ),
    ] {
        let first = row("WD(7)", "", "2025-01-01", "2025-12-31");
        match read(&[&first, &faulty]) {
            Err(TableError::Row { line: 3, fault }) => assert_eq!(fault, right, "{faulty}"),
            other => panic!("{faulty}: {other:?}"),
        }
    }
    for unreadable in [
        row("NONE", "whenever", "2026-01-01", ""),
        row("WD(7)", "", "2026-01-01", "").replace("hard", "harsh"),
        row("WD(7)", "", "2026-01-01", "").replace("confirmed", "sure"),
        "A,too,few".to_owned(),
    ] {
        assert!(
            matches!(read(&[&unreadable]), Err(TableError::Csv(_))),
            "{unreadable}"
        );
    }
    assert!(DeadlineTable::from_csv("id,rule\nA,WD(7)\n").is_err());
}
