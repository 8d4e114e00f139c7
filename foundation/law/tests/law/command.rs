//! `noste deadline`: what stands on which stream, and the exit code.

use law::command::{NO_DATE, NOT_IN_FORCE, NOT_UNDERSTOOD, TOLD, deadline};

#[test]
fn a_rule_and_an_id_give_the_due_date_alone() {
    let told = ("2026-02-11\n".to_owned(), String::new(), TOLD);
    assert_eq!(deadline("WD(7)", "2026-02-02"), told);
    assert_eq!(deadline("PTA_START_WD7_CONTACT", "2026-02-02"), told);
    // The last lawful day, not the nominal one.
    assert_eq!(deadline("DECISION_EXECUTE", "2024-09-06").0, "2024-12-09\n");
    // A row with a last day is in force on that day.
    assert_eq!(deadline("KUTY_PLAN_REVIEW", "2024-12-31").0, "2025-03-31\n");
}

#[test]
fn a_rule_has_no_validity_but_an_id_has() {
    assert_eq!(deadline("WD(7)", "1993-02-01").2, TOLD);
    // Both a rule and an id, of which the row begins in 2004: the rule.
    assert_eq!(deadline("NOTIFIED_POST", "1993-02-01").0, "1993-02-08\n");
    for (id, date) in [
        ("PTA_START_WD7_CONTACT", "2015-03-31"),
        ("MH_U23_EXECUTE", "2025-04-30"),
        ("PTA_START", "2015-03-31"),
        ("KUTY_MAX_DAYS", "2019-12-31"),
    ] {
        let (stdout, stderr, code) = deadline(id, date);
        assert_eq!((stdout.as_str(), code), ("", NOT_IN_FORCE), "{id}");
        assert!(stderr.contains(id) && stderr.contains(date));
    }
}

#[test]
fn a_soft_limit_tells_its_word_on_the_error_stream() {
    for (id, soft) in [
        ("PTA_START", "without_delay\n"),
        ("HEARING", "set_by_authority\n"),
        ("KUTY_MAX_DAYS", "max_178_days_in_12_months\n"),
        ("EXPECTED_TIME", "standing_duty\n"),
    ] {
        assert_eq!(
            deadline(id, "2026-02-02"),
            (String::new(), soft.to_owned(), NO_DATE)
        );
    }
    assert_eq!(
        deadline("KUTY_MAX_DAYS", "2020-12-31").1,
        "max_230_days_in_12_months\n"
    );
    let (stdout, stderr, code) = deadline("NONE", "2026-02-02");
    assert_eq!((stdout.as_str(), code), ("", NO_DATE));
    assert!(stderr.contains("no soft code"));
}

#[test]
fn what_is_not_understood_is_told() {
    for (rule_or_id, date) in [
        ("WD(0)", "2026-02-02"),
        ("wd(7)", "2026-02-02"),
        ("WD(7)+NONE", "2026-02-02"),
        ("NO_SUCH_ID", "2026-02-02"),
        ("pta_start", "2026-02-02"),
        ("", "2026-02-02"),
        ("WD(7)", "2026-02-30"),
        ("WD(7)", "2.2.2026"),
        ("WD(7)", "2026-2-2"),
        ("WD(7)", "2026-02-02T10:00"),
        ("WD(7)", ""),
        ("NONE", "2026-13-01"),
        ("PTA_START", "today"),
        ("MH_U23_EXECUTE", "2025-02-29"),
        ("YEARS(999)", "9001-01-01"),
    ] {
        let (stdout, stderr, code) = deadline(rule_or_id, date);
        assert_eq!(
            (stdout.as_str(), code),
            ("", NOT_UNDERSTOOD),
            "{rule_or_id} {date}"
        );
        assert!(stderr.len() > 1 && stderr.ends_with('\n'));
        assert_eq!(stderr.lines().count(), 1);
    }
}
