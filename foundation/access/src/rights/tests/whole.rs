//! Every row of the whole table: it answers when its conditions hold, and not when one is missing;
//! and nothing answers without a row.

use proptest::prelude::*;

use super::*;
use crate::rights::ceiling;
use crate::words::{self, Kind};

/// Somebody with exactly one task and what one code of the row asks.
fn subject(task: &str, code: &str) -> Subject {
    match code {
        "none" => Subject::outside(task),
        "any" => Subject::employee([task], []),
        "prof" => Subject::employee([task], ["sc"]),
        "office" => Subject::employee([task], ["sc+office"]),
        code => Subject::employee([task], [code]),
    }
}

/// A service task that the row's column covers, by what holds.
fn service_task(row: &Row) -> &str {
    match row.service_task.as_str() {
        "other_tasks" => "families",
        "fwo" | "six" | "own_task" | "own_service" | "linked_tasks" | "as_tutor" | "as_own" => {
            "working_age"
        }
        exact => exact,
    }
}

/// Every question that the row is written for: task x qualification x class x action.
fn questions(row: &Row) -> Vec<(Subject, &str, &str)> {
    let mut questions = Vec::new();
    for task in &row.tasks {
        for code in &row.qualifications {
            for class in &row.classes {
                for action in &row.actions {
                    questions.push((subject(task, code), class.as_str(), action.as_str()));
                }
            }
        }
    }
    questions
}

fn alone(row: &Row) -> RightsTable {
    RightsTable::of(vec![row.clone()])
}

#[test]
fn every_row_answers_when_its_conditions_hold_and_not_before_it_is_in_force() {
    let mut asked = 0;
    for row in RightsTable::built_in().rows() {
        let given: Vec<&str> = row.tokens().collect();
        let table = alone(row);
        for (subject, class, action) in questions(row) {
            let question = Question {
                subject: &subject,
                class,
                action,
                service_task: service_task(row),
                relations: &[&row.relation],
                given: &given,
                bars: &[],
                on: row.valid_from,
            };
            let id = |decision: Decision<'_>| decision.row().map(|row| row.id.clone());
            let told = format!("{} {class} {action}", row.id);
            assert_eq!(id(table.decide(&question)), Some(row.id.clone()), "{told}");
            // In the whole table the same question is allowed too, by this row or a wider one.
            assert!(
                RightsTable::built_in().decide(&question).allowed(),
                "{told}"
            );
            let before = Question {
                on: row.valid_from.yesterday().expect("a day"),
                ..question
            };
            assert_eq!(
                table.decide(&before),
                Decision::Deny(Denial::NoRow),
                "{told}"
            );
            let stranger = Question {
                relations: &[],
                ..question
            };
            assert_eq!(
                table.decide(&stranger).allowed(),
                row.relation == "none",
                "{told}"
            );
            asked += 1;
        }
    }
    assert!(asked > 1_000, "{asked}");
}

#[test]
fn a_row_denies_when_one_of_its_conditions_is_missing() {
    let (mut asked, mut implied) = (0, 0);
    for row in RightsTable::built_in().rows() {
        let table = alone(row);
        for missing in row.conditions.iter().filter(|own| own.kind.decides()) {
            let given: Vec<&str> = row.tokens().filter(|own| *own != missing.token).collect();
            for (subject, class, action) in questions(row) {
                let decision = table.decide(&Question {
                    subject: &subject,
                    class,
                    action,
                    service_task: service_task(row),
                    relations: &[&row.relation],
                    given: &given,
                    bars: &[],
                    on: row.valid_from,
                });
                let by_itself = match missing.token.as_str() {
                    "necessary" | "not_never" => true,
                    "hp_only_if_42" => subject.qualifies("prof"),
                    "health_broad" => subject.tasks.contains("centre_health"),
                    "human_only" => subject.employed,
                    _ => false,
                };
                if by_itself {
                    implied += 1;
                    assert!(decision.allowed());
                } else {
                    asked += 1;
                    assert_eq!(
                        decision.rule(),
                        format!("{}:{}", row.id, missing.token),
                        "{class} {action}"
                    );
                }
            }
        }
    }
    assert!(asked > 300 && implied > 100, "{asked} {implied}");
}

#[test]
fn every_bar_that_stops_everything_wins_over_every_row() {
    let always = [
        Bar::B01,
        Bar::B02,
        Bar::B03,
        Bar::B04,
        Bar::B05,
        Bar::B06,
        Bar::B09,
        Bar::B13,
        Bar::B14,
        Bar::B15,
        Bar::B19,
    ];
    for row in RightsTable::built_in().rows() {
        let given: Vec<&str> = row.tokens().collect();
        let (subject, class, action) = questions(row).swap_remove(0);
        for bar in always {
            let decision = RightsTable::built_in().decide(&Question {
                subject: &subject,
                class,
                action,
                service_task: service_task(row),
                relations: &[&row.relation, "exceptional"],
                given: &given,
                bars: &[bar],
                on: row.valid_from,
            });
            assert_eq!(decision, Decision::Deny(Denial::Bar(bar)), "{}", row.id);
        }
    }
}

fn any_of(kind: Kind) -> impl Strategy<Value = &'static str> {
    let keys: Vec<&str> = words::of(kind).map(|word| word.key.as_str()).collect();
    proptest::sample::select(keys)
}

proptest! {
    /// Denial is the default: an allowed question has a row of the table that gives exactly it.
    #[test]
    fn what_is_allowed_is_given_by_its_row(
        task in any_of(Kind::Task),
        code in any_of(Kind::Qualification),
        class in any_of(Kind::Class),
        action in any_of(Kind::Action),
        service_task in proptest::sample::select(&SERVICE_TASKS[..]),
        relations in proptest::collection::vec(any_of(Kind::Relation), 0..4),
        picked in proptest::sample::subsequence(
            words::all().iter().filter(|word| matches!(word.kind, Kind::Token(_))).map(|word| word.key.as_str()).collect::<Vec<_>>(),
            0..=200,
        ),
    ) {
        let subject = subject(task, code);
        let question = Question {
            subject: &subject, class, action, service_task,
            relations: &relations, given: &picked, bars: &[], on: TODAY,
        };
        let decision = RightsTable::built_in().decide(&question);
        match decision {
            Decision::Allow(row) | Decision::Exceptional(row) => {
                prop_assert!(row.tasks.iter().any(|own| subject.tasks.contains(own)));
                prop_assert!(row.qualifications.iter().any(|own| subject.qualifies(own)));
                prop_assert!(row.in_force(TODAY));
                let through_door = row.actions == ["open_exceptionally"];
                prop_assert!(through_door || row.classes.iter().any(|own| own == class));
                prop_assert!(through_door || row.actions.iter().any(|own| own == action));
                prop_assert!(row.relation == "none" || relations.contains(&row.relation.as_str()));
            }
            Decision::Deny(_) => {}
        }
        // Without tasks nothing is ever allowed, whatever else holds.
        let nobody = Subject { tasks: Default::default(), ..subject.clone() };
        let unasked = RightsTable::built_in().decide(&Question { subject: &nobody, ..question });
        prop_assert!(!unasked.allowed());
        // More bars never open anything.
        let barred = RightsTable::built_in().decide(&Question { bars: &Bar::ALL, ..question });
        prop_assert!(!barred.allowed());
    }
}

#[test]
fn exceptional_access_is_a_door_for_reading_and_a_relation_once_open() {
    let front = Subject::employee(["front_door"], ["sc"]);
    let ask = |class, action, service_task, relations: &[&str]| {
        let decision = RightsTable::built_in().decide(&Question {
            subject: &front,
            class,
            action,
            service_task,
            relations,
            given: &[],
            bars: &[],
            on: TODAY,
        });
        format!("{} {}", decision.answer(), decision.rule())
    };
    assert_eq!(ask("plan", "read", "working_age", &[]), "exceptional FD-20");
    assert_eq!(
        ask("plan", "read", "working_age", &["exceptional"]),
        "allow FD-20"
    );
    // Once open it reads also what an ordinary relation asks more for.
    assert_eq!(
        ask("note", "read", "working_age", &["contact_holder"]),
        "deny FD-08:verified_contact"
    );
    assert_eq!(
        ask(
            "note",
            "read",
            "working_age",
            &["contact_holder", "exceptional"]
        ),
        "allow FD-20"
    );
    for (class, action, service_task) in [
        ("plan", "print", "working_age"),
        ("plan", "read", "families"),
        ("chat", "read", "working_age"),
        ("contact_details_secret", "read", "working_age"),
        ("payment", "read", "working_age"),
    ] {
        assert_eq!(
            ask(class, action, service_task, &["exceptional"]),
            "deny default",
            "{class} {action} {service_task}"
        );
    }
    assert_eq!(
        ask("shelter", "read", "working_age", &["exceptional"]),
        "deny B09"
    );
}

#[test]
fn lists_are_filtered_by_the_rows_that_grant() {
    let worker = Subject::employee(["broad_responsibility"], ["sw"]);
    let relations = |service_task| -> Vec<&str> {
        RightsTable::built_in()
            .granting(&worker, "note", "read", service_task, TODAY)
            .map(|row| row.relation.as_str())
            .collect()
    };
    assert_eq!(
        relations("working_age"),
        [
            "own_worker",
            "substitute",
            "own_team",
            "assessor",
            "assessor"
        ]
    );
    assert_eq!(
        relations("disability"),
        ["own_worker", "substitute", "own_team", "assessor"]
    );
    let expired = Subject::employee(["broad_responsibility"], ["other"]);
    assert_eq!(
        RightsTable::built_in()
            .granting(&expired, "note", "read", "working_age", TODAY)
            .count(),
        0
    );
}

/// The decree's sections, one row over each: refused by the static check, so never in a table.
#[test]
fn rows_over_the_ceiling_are_refused() {
    let head = include_str!("../../../data/rights.csv")
        .lines()
        .next()
        .expect("a head");
    let row = |middle: &str| format!("{head}\nX-1,{middle},design,P01,2024-10-01,\n");
    let over = [
        // 12 §: mediation, shelter, therapeutic work and examinations.
        "broad_responsibility,prof,all,shelter,read,own_worker,own_matter,",
        "emergency_duty,prof,all,therapeutic_note,read,emergency_event,county,",
        // 13 §: other service tasks only when working in them.
        "arranging,prof,all,note,read,matter_participant,own_matter,necessary",
        "front_door,prof,other_tasks,plan,read,contact_holder,county,",
        "duty_holder,prof,disability,note,read,unit_duty,own_unit,",
        "arranging,prof,own_task,note,read,matter_participant,own_matter,",
        // 15 §: plans of the own task, records of the own service.
        "carrying_out,prof,fwo,plan,read,service_worker,own_matter,",
        "carrying_out,prof,all,decision,read,service_worker,own_matter,",
        "carrying_out,prof,working_age,note,read,service_worker,own_matter,",
        // 16 §
        "private_carrying_out,any,all,plan,read,provider_order,own_share,order_open",
        "private_carrying_out,any,own_task,plan,read,none,own_share,",
        // 17 §: no narrative for administration.
        "administration,any,working_age,note,read,admin_task,own_unit,necessary",
        "lead,any,working_age,note,read,unit_lead,own_unit,",
        "lead,any,working_age,contact,read,contact_holder,own_matter,",
        // 18 §
        "centre_health,hp,six,payment,read,joint_service,own_matter,joint_named",
        "centre_health,hp,six,note,read,none,own_matter,",
        "centre_health,hp,family_law,note,read,joint_service,own_matter,joint_named",
        "centre_health,hp,working_age,contact,read,contact_holder,own_matter,",
        // 19 §: a ground for patient data.
        "arranging,prof,all,patient_data,read,matter_participant,own_matter,necessary",
        "administration,any,all,patient_data,read,admin_task,own_matter,necessary",
        // 21-24 §
        "student,other,as_tutor,note,read,tutor_link,own_matter,",
        "student,other,working_age,note,read,tutor_link,own_matter,placement_period",
        "ict_support,any,all,note,read,support_ticket,own_matter,ticket_by_entitled_user",
        "archive,any,all,note,read,none,county,",
        "management,any,all,note,read,unit_lead,own_unit,",
        // Tasks without client data, and outsiders.
        "dpo,any,all,note,read,none,county,",
        "user_admin,any,all,client_basics,see_basics,none,county,",
        "user_admin,any,all,contact,create,none,county,",
        "partner_kela,none,working_age,plan,read,partner_share,own_share,",
        "api_token,none,working_age,plan,read,token_grant,own_share,scope_list",
        "job_statistics,none,all,note,read,job_run,system,",
        "client,none,working_age,note,read,none,own_self,strong_id",
        // Secret contact details ask for a right of their own; exceptional access is of working age.
        "broad_responsibility,prof,working_age,contact_details_secret,read,own_worker,own_matter,",
        "front_door,prof,all,exceptional_set,open_exceptionally,none,county,reason",
    ];
    for middle in over {
        let error = RightsTable::parse(&row(middle))
            .expect_err(middle)
            .to_string();
        assert!(
            error.contains("X-1") && error.contains("457/2024"),
            "{middle}: {error}"
        );
    }
    // The same rows under the ceiling are read.
    for middle in [
        "arranging,prof,own_task,note,read,matter_participant,own_matter,task_of_employment",
        "carrying_out,prof,own_service,decision,read,service_worker,own_matter,",
        "lead,prof,working_age,contact,read,contact_holder,own_matter,",
        "broad_responsibility,prof,working_age,contact_details_secret,read,own_worker,own_matter,secret_right",
    ] {
        assert!(RightsTable::parse(&row(middle)).is_ok(), "{middle}");
    }
}

#[test]
fn every_row_of_the_whole_table_is_under_the_ceiling() {
    for row in RightsTable::built_in().rows() {
        assert_eq!(ceiling::breach(row), None, "{}", row.id);
    }
}

/// The domain's rows stand in the table as they were adopted; only rows of our own are added.
#[test]
fn the_domains_rows_are_all_there() {
    let domain = RightsTable::built_in()
        .rows()
        .iter()
        .filter(|row| !row.id.starts_with("N-"))
        .count();
    assert_eq!(domain, 300);
}
