mod cases;
mod parts;
mod whole;

use super::*;
use kernel::time::Date;

const TODAY: Date = Date::constant(2026, 3, 12);

fn ask(subject: &Subject, class: &str, action: &str, relations: &[&str]) -> Option<String> {
    RightsTable::built_in()
        .decide(&Question {
            subject,
            class,
            action,
            service_task: "working_age",
            relations,
            given: &[
                "open_only",
                "untaken_only",
                "offer_open",
                "own_entry",
                "consent_or_35_2",
                "holder_absent_or_departed",
                "public_form",
            ],
            bars: &[],
            on: TODAY,
        })
        .row()
        .map(|row| row.id.clone())
}

#[test]
fn the_built_in_table_reads() {
    assert!(RightsTable::built_in().rows().len() > 40);
}

/// Worked cases: who may do what to a contact. Each answer names its row.
#[test]
fn worked_cases() {
    let front = Subject::employee(["front_door"], ["sc"]);
    let on_duty = Subject::employee(["front_door", "duty_holder"], ["sc"]);
    let worker = Subject::employee(["broad_responsibility"], ["sw+office"]);
    let centre = Subject::employee(["centre_health"], ["hp"]);
    let lead = Subject::employee(["lead"], ["sw+office"]);
    let expired = Subject::employee(["broad_responsibility"], ["other"]);
    let sender = Subject::outside("sender");
    /// Subject, class, action, relations, and the row that answers.
    type Case<'a> = (
        &'a Subject,
        &'a str,
        &'a str,
        &'a [&'a str],
        Option<&'a str>,
    );
    let cases: [Case<'_>; 23] = [
        (&front, "contact", "list", &[], Some("N-01")),
        (&front, "contact", "read", &[], None),
        (&front, "contact", "read", &["unit_queue"], Some("N-02")),
        (
            &front,
            "contact",
            "read",
            &["contact_holder"],
            Some("FD-09"),
        ),
        (
            &front,
            "contact",
            "hand_over",
            &["contact_holder"],
            Some("FD-10"),
        ),
        (&front, "contact", "take_over", &["unit_lead"], None),
        (&front, "message", "read", &["unit_queue"], Some("N-27")),
        (&worker, "message", "read", &["unit_queue"], Some("N-28")),
        (&centre, "message", "read", &["unit_queue"], None),
        (&on_duty, "contact", "finish", &["unit_duty"], Some("N-03")),
        (&worker, "contact", "take", &["unit_queue"], Some("N-05")),
        (&worker, "contact", "finish", &[], None),
        (
            &worker,
            "offer",
            "approve",
            &["offer_receiver"],
            Some("BR-02"),
        ),
        (&worker, "offer", "approve", &[], None),
        (&centre, "contact", "create", &[], Some("CH-07")),
        (&centre, "contact", "read", &["unit_queue"], None),
        (
            &centre,
            "contact",
            "read",
            &["contact_holder"],
            Some("N-08"),
        ),
        (&centre, "offer", "approve", &["offer_receiver"], None),
        (&lead, "contact", "take_over", &["unit_lead"], Some("N-10")),
        (&lead, "contact", "finish", &["unit_lead"], None),
        (&expired, "contact", "read", &["contact_holder"], None),
        (&sender, "contact", "create", &[], Some("N-13")),
        (&sender, "contact", "read", &["contact_holder"], None),
    ];
    for (subject, class, action, relations, answer) in cases {
        assert_eq!(
            ask(subject, class, action, relations).as_deref(),
            answer,
            "{:?} {class} {action} {relations:?}",
            subject.tasks
        );
    }
}

#[test]
fn nobody_without_a_row() {
    let nobody = Subject::employee([], ["other"]);
    for row in RightsTable::built_in().rows() {
        for class in &row.classes {
            for action in &row.actions {
                let answer = ask(
                    &nobody,
                    class,
                    action,
                    &["contact_holder", "unit_lead", "unit_duty"],
                );
                // What every employee may do has rows of its own.
                let by_staff = answer.as_deref().is_none_or(|id| {
                    let mut rows = RightsTable::built_in().rows().iter();
                    rows.any(|row| row.id == id && row.tasks == ["staff"])
                });
                assert!(by_staff, "{class} {action} opened by {answer:?}");
            }
        }
    }
}

#[test]
fn a_row_out_of_force_gives_nothing() {
    let front = Subject::employee(["front_door"], ["sc"]);
    let before = Date::constant(2024, 9, 30);
    let question = Question {
        subject: &front,
        class: "contact",
        action: "create",
        service_task: "working_age",
        relations: &[],
        given: &[],
        bars: &[],
        on: before,
    };
    assert_eq!(
        RightsTable::built_in().decide(&question),
        Decision::Deny(Denial::NoRow)
    );
}

#[test]
fn bad_tables_are_refused() {
    let head = include_str!("../../../data/rights.csv")
        .lines()
        .next()
        .unwrap();
    for bad in [
        "X-1,staff,any,na,contact,read,none,county,,design,P01,soon,",
        "X-1,staff,any,na,,read,none,county,,design,P01,2024-10-01,",
        "X-1,staff,any,na,contact,read,none,county,,design,P01,2024-10-01,\nX-1,staff,any,na,contact,read,none,county,,design,P01,2024-10-01,",
        "X-1,staff,any,na,use_log,see_log,none,own_self,no_such_condition,design,P01,2024-10-01,",
        "X-1,staff,any,na,no_such_class,read,none,own_self,,design,P01,2024-10-01,",
        "X-1,nobody,any,na,use_log,see_log,none,own_self,,design,P01,2024-10-01,",
    ] {
        assert!(
            RightsTable::parse(&format!("{head}\n{bad}\n")).is_err(),
            "{bad}"
        );
    }
}
