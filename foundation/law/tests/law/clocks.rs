//! Clocks of law run from their trigger to their end and are never paused.

use kernel::time::Timestamp;
use law::{
    Calendar, DeadlineTable, NoDue, Rule,
    clock::{Basis, EndError, LegalClock, Standing, StartError, Target},
    deadlines::{NoDeadline, SoftCode},
};

use crate::date;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn of_law(id: &str, trigger: &str) -> Result<LegalClock, StartError> {
    LegalClock::of_law(
        DeadlineTable::of_law(),
        id,
        at(trigger),
        &Calendar::finland(),
    )
}

#[test]
fn a_clock_counts_from_the_day_in_finland() {
    // Half past midnight in Finland, still Sunday in UTC.
    let clock = of_law("TOTU_DECISION", "2026-02-01T22:30:00Z").unwrap();
    let Target::Day(due) = clock.target else {
        panic!("{clock:?}")
    };
    assert_eq!(due.date, date("2026-02-11"));
    assert_eq!(clock.trigger_event, "application_arrived");
    let version = date("2023-01-01");
    assert_eq!(
        clock.basis,
        Basis::Law {
            id: "TOTU_DECISION".to_owned(),
            version
        }
    );
    let standing = |now| clock.standing(at(now));
    assert_eq!(
        standing("2026-02-02T08:00:00Z"),
        Standing::Running { days_left: 9 }
    );
    assert_eq!(
        standing("2026-02-11T21:59:59Z"),
        Standing::Running { days_left: 0 }
    );
    assert_eq!(
        standing("2026-02-11T22:00:00Z"),
        Standing::Overdue { days_over: 1 }
    );
}

#[test]
fn an_overrun_of_law_needs_a_reason() {
    let mut late = of_law("TOTU_DECISION", "2026-02-02T08:00:00Z").unwrap();
    let after = at("2026-02-12T08:00:00Z");
    for none in [None, Some(" ")] {
        assert_eq!(
            late.end("decision_made", after, none),
            Err(EndError::ReasonNeeded)
        );
    }
    assert_eq!(late.ended, None);
    assert_eq!(
        late.end("decision_made", at("2026-02-02T07:59:59Z"), None),
        Err(EndError::BeforeStart)
    );
    late.end("decision_made", after, Some("waited_for_landlord"))
        .unwrap();
    assert_eq!(late.standing(after), Standing::Exceeded);
    let end = late.ended.clone().unwrap();
    assert_eq!(end.exceeded_reason.as_deref(), Some("waited_for_landlord"));
    assert_eq!(
        late.end("again", after, Some("x")),
        Err(EndError::EndedAlready)
    );
    assert_eq!(late.ended, Some(end));

    let mut kept = of_law("TOTU_DECISION", "2026-02-02T08:00:00Z").unwrap();
    kept.end(
        "decision_made",
        at("2026-02-11T21:59:59Z"),
        Some("not needed"),
    )
    .unwrap();
    assert_eq!(kept.standing(after), Standing::Kept);
    assert_eq!(kept.ended.unwrap().exceeded_reason, None);
}

/// The nominal day is Independence Day: the act is in time until the next working day ends.
#[test]
fn the_last_lawful_day_decides_and_not_the_nominal_one() {
    let mut clock = of_law("DECISION_EXECUTE", "2024-09-06T08:00:00Z").unwrap();
    let on_the_last_day = at("2024-12-09T12:00:00Z");
    assert_eq!(
        clock.standing(on_the_last_day),
        Standing::Running { days_left: 0 }
    );
    clock.end("service_begun", on_the_last_day, None).unwrap();
    assert_eq!(clock.standing(on_the_last_day), Standing::Kept);
}

/// An incomplete application: the first clock ends, a new one starts and points to it.
#[test]
fn a_new_period_is_a_new_clock() {
    let mut first = of_law("TOTU_COMPLETE_REQ", "2026-02-02T08:00:00Z").unwrap();
    first
        .end("completion_request_sent", at("2026-02-04T08:00:00Z"), None)
        .unwrap();
    let second = of_law("TOTU_DECISION_AFTER_COMPLETION", "2026-02-10T08:00:00Z").unwrap();
    let second = second.restarting(&first);
    assert_eq!(second.restarts, Some(first.key()));
    let Target::Day(due) = second.target else {
        panic!("{second:?}")
    };
    assert_eq!(due.date, date("2026-02-19"));
}

#[test]
fn a_soft_duty_runs_without_a_day() {
    let mut clock = of_law("PTA_START", "2026-02-02T08:00:00Z").unwrap();
    assert_eq!(clock.target, Target::Soft(SoftCode::WithoutDelay));
    let long_after = at("2027-02-02T08:00:00Z");
    assert_eq!(clock.standing(long_after), Standing::RunningSoft);
    clock.end("assessment_started", long_after, None).unwrap();
    assert_eq!(clock.standing(long_after), Standing::Kept);
}

#[test]
fn a_countys_promise_is_a_target_and_not_law() {
    let calendar = Calendar::finland().with_days_off([date("2026-02-04")]);
    let promise = |rule: &str| {
        let rule: Rule = rule.parse().unwrap();
        let arrived = at("2026-02-02T08:00:00Z");
        LegalClock::of_county(
            "answer_promise",
            &rule,
            "contact_arrived",
            arrived,
            &calendar,
        )
    };
    let mut clock = promise("WD(3)").unwrap();
    let Target::Day(due) = clock.target else {
        panic!("{clock:?}")
    };
    assert_eq!(due.date, date("2026-02-06"));
    assert_eq!(clock.basis.code(), "answer_promise");
    let late = at("2026-02-09T08:00:00Z");
    clock.end("contact_taken", late, None).unwrap();
    assert_eq!(clock.standing(late), Standing::Exceeded);
    assert_eq!(promise("NONE"), Err(NoDue::NoDate));
}

#[test]
fn a_clock_needs_a_row_of_law() {
    let no_row = |id, trigger| of_law(id, trigger).unwrap_err();
    let unknown = StartError::NoDeadline(NoDeadline::UnknownId);
    assert_eq!(no_row("ANSWER", "2026-02-02T08:00:00Z"), unknown);
    let early = StartError::NoDeadline(NoDeadline::NotInForce);
    // 1 May 2025 has begun in Finland at 21 UTC of the day before.
    assert_eq!(no_row("MH_U23_EXECUTE", "2025-04-30T20:59:59Z"), early);
    assert!(of_law("MH_U23_EXECUTE", "2025-04-30T21:00:00Z").is_ok());
}
