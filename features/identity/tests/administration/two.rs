//! Two people for every right, and no client for administrators.

use access::rights::{Bar, Question, RightsTable, Subject};
use identity::facts::approval::{
    self, NewDeputy, NewTask, Refusal, Request, Side, clash, may_approve, may_ask,
};
use identity::facts::{self, units_led};
use identity::people::UnitId;
use identity::tokens::{self, NewToken};
use kernel::chance::SeededChance;
use kernel::clock::ManualClock;
use kernel::time::{Date, SignedDuration, day};
use store::Query;
use testkit::for_each_engine;

use crate::support::{AINO, HANNA, NORTH, OLLI, PEKKA, TUULA, VILLE, by, fill, id};

const TODAY: Date = Date::constant(2026, 3, 13);

fn word(result: Result<(), Refusal>) -> &'static str {
    match result {
        Ok(()) => "ok",
        Err(Refusal::Own) => "own",
        Err(Refusal::SameTwice) => "same",
        Err(Refusal::TwoAdministrators) => "two",
        Err(Refusal::OtherSide) => "side",
        Err(_) => "other",
    }
}

#[test]
fn the_rule_of_two_by_cases() {
    use Side::{Administrator, Lead};
    // task, whose, asked by on a side, approved by on a side, asking, approving
    let cases = [
        (
            "arranging",
            AINO,
            HANNA,
            Lead,
            TUULA,
            Administrator,
            "ok",
            "ok",
        ),
        ("arranging", AINO, HANNA, Lead, HANNA, Lead, "ok", "same"),
        ("arranging", AINO, HANNA, Lead, PEKKA, Lead, "ok", "side"),
        (
            "arranging",
            AINO,
            HANNA,
            Lead,
            AINO,
            Administrator,
            "ok",
            "own",
        ),
        (
            "arranging",
            AINO,
            AINO,
            Lead,
            TUULA,
            Administrator,
            "own",
            "ok",
        ),
        (
            "arranging",
            AINO,
            TUULA,
            Administrator,
            HANNA,
            Lead,
            "ok",
            "ok",
        ),
        (
            "arranging",
            AINO,
            TUULA,
            Administrator,
            OLLI,
            Administrator,
            "ok",
            "ok",
        ),
        (
            "arranging",
            AINO,
            TUULA,
            Administrator,
            TUULA,
            Administrator,
            "ok",
            "same",
        ),
        ("dpo", AINO, TUULA, Administrator, HANNA, Lead, "ok", "two"),
        (
            "dpo",
            AINO,
            TUULA,
            Administrator,
            OLLI,
            Administrator,
            "ok",
            "ok",
        ),
        ("dpo", AINO, HANNA, Lead, TUULA, Administrator, "two", "ok"),
        (
            "user_admin",
            TUULA,
            TUULA,
            Administrator,
            OLLI,
            Administrator,
            "own",
            "ok",
        ),
    ];
    for (task, person, asker, side, approver, other, asking, approving) in cases {
        let request = Request {
            task,
            person: id(person),
            by: id(asker),
            side,
        };
        assert_eq!(word(may_ask(&request)), asking, "{task} asked");
        assert_eq!(
            word(may_approve(&request, id(approver), other)),
            approving,
            "{task} approved"
        );
    }
}

#[test]
fn administration_goes_with_no_client_task() {
    for task in approval::CLIENT_TASKS {
        assert!(
            clash("user_admin", task) && clash(task, "user_admin"),
            "{task}"
        );
        assert!(!clash("dpo", task) || task == "user_admin", "{task}");
    }
    assert!(clash("user_admin", "dpo") && clash("dpo", "user_admin"));
    assert!(!clash("user_admin", "config_admin"));
}

/// Whatever relation, condition or service task one thinks of: an administrator's row never opens a class
/// that holds a client's data.
#[test]
fn administrators_never_get_a_client_class() {
    const OPEN: [&str; 17] = [
        "user_admin",
        "configuration",
        "delegation",
        "api_token",
        "bar_register",
        "use_log",
        "observation",
        "statistics",
        "task",
        "technical_log",
        "retention",
        "publication",
        // Gatherings of social reporting: no table of theirs knows a client.
        "participation",
        "yearly_cycle",
        "participation_rule",
        // What one is told oneself; a client is named in it only to those who may see her basics.
        "notice",
        // Ready texts of the county, of nobody in particular.
        "note_phrase",
    ];
    let table = RightsTable::built_in();
    let every = |of: fn(&access::rights::Row) -> Vec<&str>| {
        let mut all: Vec<&str> = table.rows().iter().flat_map(of).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let classes = every(|row| row.classes.iter().map(String::as_str).collect());
    let actions = every(|row| row.actions.iter().map(String::as_str).collect());
    let relations = every(|row| vec![row.relation.as_str()]);
    let tokens = every(|row| {
        row.conditions
            .iter()
            .map(|one| one.token.as_str())
            .collect()
    });
    let none: [Bar; 0] = [];
    let mut asked = 0;
    for task in ["user_admin", "config_admin"] {
        let subject = Subject::employee([task], ["other"]);
        for class in classes.iter().filter(|class| !OPEN.contains(class)) {
            for action in &actions {
                for service_task in ["working_age", "families", "all", "na"] {
                    let decision = table.decide(&Question {
                        subject: &subject,
                        class,
                        action,
                        service_task,
                        relations: &relations,
                        given: &tokens,
                        bars: &none,
                        on: TODAY,
                    });
                    let staff = decision
                        .row()
                        .is_some_and(|row| row.tasks.iter().any(|one| one == "staff"));
                    assert!(
                        decision.row().is_none() || (staff && *action == "create"),
                        "{task} {action} {class}: {decision:?}"
                    );
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 2_000, "the walk was walked: {asked}");
}

fn new_task(task: &str) -> NewTask {
    NewTask {
        task: task.to_owned(),
        service_task: "working_age".to_owned(),
        unit: None,
        begins_on: TODAY,
        ends_on: None,
    }
}

#[test]
fn a_task_counts_from_its_approval_and_stops_at_once() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            let has = |tx: &mut store::WriteTx<'_>| {
                let subject = facts::subject(tx, id(VILLE), now).unwrap().unwrap();
                subject.tasks.contains("emergency_duty")
            };
            let asked = approval::request_task(
                tx,
                &by(TUULA, now),
                Side::Administrator,
                id(VILLE),
                &new_task("emergency_duty"),
            )?;
            assert!(!has(tx), "asking gives nothing");
            assert!(matches!(
                approval::approve_task(tx, &by(TUULA, now), Side::Administrator, asked),
                Err(Refusal::SameTwice)
            ));
            assert!(matches!(
                approval::approve_task(tx, &by(PEKKA, now), Side::Lead, asked),
                Err(Refusal::TwoAdministrators)
            ));
            assert!(matches!(
                approval::approve_task(tx, &by(VILLE, now), Side::Administrator, asked),
                Err(Refusal::Own)
            ));
            approval::approve_task(tx, &by(OLLI, now), Side::Administrator, asked)?;
            assert!(has(tx));
            assert!(matches!(
                approval::approve_task(tx, &by(OLLI, now), Side::Administrator, asked),
                Err(Refusal::Decided)
            ));
            let listed: String = tx
                .query_one(
                    "select tasks from staff where id = $1",
                    &store::params![id(VILLE).bytes()],
                )?
                .get(0)?;
            assert!(listed.contains("emergency_duty"), "{listed}");
            approval::end_task(tx, &by(TUULA, now), asked, approval::yesterday(now)?)?;
            assert!(!has(tx), "stopped the same day");

            let refused = approval::request_task(
                tx,
                &by(PEKKA, now),
                Side::Lead,
                id(VILLE),
                &new_task("carrying_out"),
            )?;
            approval::refuse_task(tx, &by(OLLI, now), refused)?;
            assert!(matches!(
                approval::approve_task(tx, &by(OLLI, now), Side::Administrator, refused),
                Err(Refusal::Decided)
            ));
            let clashing = approval::request_task(
                tx,
                &by(TUULA, now),
                Side::Administrator,
                id(OLLI),
                &new_task("arranging"),
            );
            assert!(matches!(clashing, Err(Refusal::Clash(task)) if task == "user_admin"));
            let unknown = approval::request_task(
                tx,
                &by(TUULA, now),
                Side::Administrator,
                id(VILLE),
                &new_task("wizard"),
            );
            assert!(matches!(unknown, Err(Refusal::Unknown)));
            Ok::<_, Refusal>(())
        });
        done.unwrap();
    });
}

#[test]
fn a_deputy_leads_between_the_days() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            let new = NewDeputy {
                unit: UnitId::from_bytes(NORTH),
                staff: id(AINO),
                begins_on: TODAY,
                ends_on: Date::constant(2026, 3, 14),
            };
            let asked = approval::request_deputy(tx, &by(HANNA, now), Side::Lead, &new)?;
            assert!(units_led(tx, id(AINO), TODAY)?.is_empty());
            assert!(matches!(
                approval::decide_deputy(tx, &by(HANNA, now), asked, true),
                Err(Refusal::SameTwice)
            ));
            assert!(matches!(
                approval::decide_deputy(tx, &by(AINO, now), asked, true),
                Err(Refusal::Own)
            ));
            approval::decide_deputy(tx, &by(TUULA, now), asked, true)?;
            assert_eq!(units_led(tx, id(AINO), TODAY)?, [UnitId::from_bytes(NORTH)]);
            let leads = |tx: &mut store::WriteTx<'_>, at| {
                facts::subject(tx, id(AINO), at)
                    .unwrap()
                    .unwrap()
                    .tasks
                    .contains("lead")
            };
            assert!(leads(tx, now));
            let after = now + SignedDuration::from_hours(48);
            assert_eq!(day(after), Date::constant(2026, 3, 15));
            assert!(!leads(tx, after));
            assert!(units_led(tx, id(AINO), day(after))?.is_empty());
            Ok::<_, Refusal>(())
        });
        done.unwrap();
    });
}

#[test]
fn a_token_lives_between_approval_and_end() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            let (clock, chance) = (ManualClock::new(now), SeededChance::new(4));
            let new = |acts_for, last_day| NewToken {
                name: "Puhelinvaihde".to_owned(),
                owner: id(HANNA),
                acts_for,
                scopes: ["contacts.read".to_owned()].into(),
                addresses: "10.20.0.0/16".to_owned(),
                last_day,
            };
            let last = Date::constant(2026, 4, 30);
            let late = tokens::create(
                tx,
                &clock,
                &chance,
                &by(TUULA, now),
                &new(None, Date::constant(2027, 3, 14)),
            );
            assert!(matches!(late, Err(Refusal::Period)), "over twelve months");
            let own = tokens::create(
                tx,
                &clock,
                &chance,
                &by(AINO, now),
                &new(Some(id(AINO)), last),
            );
            assert!(matches!(own, Err(Refusal::Own)));
            let owns = tokens::create(tx, &clock, &chance, &by(HANNA, now), &new(None, last));
            assert!(matches!(owns, Err(Refusal::Owner)));
            let token = tokens::create(
                tx,
                &clock,
                &chance,
                &by(TUULA, now),
                &new(Some(id(AINO)), last),
            )?;
            let early = tokens::fetch(tx, &chance, id(HANNA), token, now);
            assert!(matches!(early, Err(Refusal::Decided)), "not approved");
            assert!(matches!(
                tokens::approve(tx, &by(TUULA, now), token),
                Err(Refusal::SameTwice)
            ));
            assert!(matches!(
                tokens::approve(tx, &by(AINO, now), token),
                Err(Refusal::Own)
            ));
            assert!(matches!(
                tokens::approve(tx, &by(HANNA, now), token),
                Err(Refusal::Owner)
            ));
            tokens::approve(tx, &by(OLLI, now), token)?;
            for other in [TUULA, OLLI, AINO] {
                let got = tokens::fetch(tx, &chance, id(other), token, now);
                assert!(matches!(got, Err(Refusal::Unknown)), "only the owner");
            }
            assert_eq!(tokens::to_fetch(tx, id(HANNA), now)?.len(), 1);
            let secret = tokens::fetch(tx, &chance, id(HANNA), token, now)?;
            let twice = tokens::fetch(tx, &chance, id(HANNA), token, now);
            assert!(matches!(twice, Err(Refusal::Decided)), "once");
            let user = tokens::authenticate(tx, secret.reveal(), now)?.unwrap();
            assert!(user.subject.tasks.contains("arranging") && user.has_scope("contacts.read"));
            assert!(!user.has_scope("clients.read"));
            assert!(
                user.admits("10.20.3.4".parse().ok())
                    && !user.admits("10.21.3.4".parse().ok())
                    && !user.admits(None)
            );
            let other = format!("{}{}", tokens::PREFIX, "0".repeat(64));
            assert!(tokens::authenticate(tx, &other, now)?.is_none());
            let end = kernel::time::moment(
                Date::constant(2026, 5, 1),
                kernel::time::Time::constant(0, 0, 0, 0),
            );
            assert!(
                tokens::authenticate(tx, secret.reveal(), end - SignedDuration::from_secs(1))?
                    .is_some()
            );
            assert!(
                tokens::authenticate(tx, secret.reveal(), end)?.is_none(),
                "out of date"
            );

            // The rights of the worker end with the employment, and the token with the worker.
            identity::facts::record::end_employment(tx, &by(TUULA, now), id(AINO), now)?;
            assert!(tokens::authenticate(tx, secret.reveal(), now)?.is_none());
            tokens::revoke(tx, &by(TUULA, now), token)?;
            assert!(matches!(
                tokens::revoke(tx, &by(TUULA, now), token),
                Err(Refusal::Decided)
            ));
            let kept: i64 = tx
                .query_one(
                    "select count(*) from api_token where secret_hash = $1",
                    &store::params![secret.reveal().as_bytes()],
                )?
                .get(0)?;
            assert_eq!(kept, 0, "the secret itself is kept nowhere");
            Ok::<_, Refusal>(())
        });
        done.unwrap();
    });
}

#[test]
fn the_store_itself_refuses_one_person_twice() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        test.write_blocking(fill).unwrap();
        let twice = test.write_blocking(move |tx| {
            tx.execute("insert into work_task (id, staff_id, task, service_task, begins_on, requested_at, requested_by, by_admin, approved_at, approved_by) values (900, $1, 'arranging', 'na', '2026-01-01', $3, $2, 1, $3, $2)", &store::params![id(VILLE).bytes(), id(TUULA).bytes(), kernel::time::millis(now)])
        });
        assert!(twice.is_err());
    });
}
