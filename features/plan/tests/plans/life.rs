//! The life of a plan: begun, put into force, changed, reviewed, ended; and what two workers write at the same time.

use clients::Reader;
use documents::Fields;
use kernel::clock::Clock;
use kernel::time::{SignedDuration, day};
use plan::domain::parts;
use plan::domain::{ActionState, Attained, EndReason, Factor, GoalState, PlanError, Skip, Stage};
use plan::store::begin::{self as begins, NewWaiver};
use plan::store::finish::{self as finishes, Finishing};
use plan::store::goals::SaveGoal;
use plan::store::review::{self, GoalReview, NewReview};
use plan::store::texts::{self, Which};
use plan::store::{actions, goals, history, read};
use store::{StoreError, params};
use testkit::stores;

use crate::support::*;

#[test]
fn a_plan_comes_into_force_is_changed_and_ends() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let plan = begin(&sample, AINO, matter, &[client]).unwrap();
        assert!(matches!(
            finish(&sample, AINO, plan),
            Err(PlanError::NoGoal)
        ));
        add(
            &sample,
            AINO,
            goal(plan, None, "Haluan pitää oman kodin", client),
        );
        assert_eq!(finish(&sample, AINO, plan).unwrap(), 1);
        let view = load(&sample, plan);
        assert_eq!(view.opened.stage(), Stage::InForce);
        assert_eq!(view.goals[0].since_version, Some(1));
        assert_eq!(view.goals[0].actions.len(), 3);

        // What is in force is not written over: a change is opened with a reason and makes a version.
        let late = goal(plan, None, "Takaisin töihin", client);
        let refused = try_as(&sample, AINO, {
            let late = late.clone();
            move |tx, casework, reader| goals::save(tx, casework, reader, &late).map(drop)
        });
        assert!(matches!(refused, Err(PlanError::NotOpen)));
        run_as(&sample, AINO, move |tx, casework, reader| {
            finishes::change(tx, casework, reader, plan, "Asiakas sai työpaikan")
        });
        add(&sample, AINO, late);
        assert_eq!(load(&sample, plan).opened.stage(), Stage::InForce);
        assert_eq!(finish(&sample, AINO, plan).unwrap(), 2);
        let seen = sample
            .store
            .write_blocking({
                let (casework, reader) = (sample.casework.clone(), reader(AINO));
                move |tx| history::history(tx, &casework, &reader, plan, None)
            })
            .unwrap()
            .value;
        assert_eq!(seen.heads.len(), 2);
        assert_eq!(
            seen.heads[0].reason.as_deref(),
            Some("Asiakas sai työpaikan")
        );
        let compared = seen.compared.unwrap();
        assert_eq!((compared.from, compared.to), (1, 2));
        let added = compared
            .changes
            .iter()
            .find(|one| one.field == "words")
            .unwrap();
        assert!(
            added
                .pieces
                .iter()
                .any(|piece| piece.text.contains("Takaisin") && piece.is_new())
        );

        run_as(&sample, AINO, move |tx, casework, reader| {
            finishes::end(tx, casework, reader, plan, EndReason::Attained, "")
        });
        assert_eq!(load(&sample, plan).opened.stage(), Stage::Ended);
        assert!(matches!(
            try_as(&sample, AINO, move |tx, casework, reader| {
                finishes::end(tx, casework, reader, plan, EndReason::Attained, "")
            }),
            Err(PlanError::Ended)
        ));
        // The place is free again.
        assert!(begin(&sample, AINO, matter, &[client]).is_ok());
    }
}

#[test]
fn a_second_plan_is_refused_with_the_way_to_the_first() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let second = sample.opened(AINO, client, me(AINO));
        match begin(&sample, AINO, second, &[client]) {
            Err(PlanError::Taken {
                plan: Some(found),
                in_force: true,
                client: whose,
            }) => {
                assert_eq!((found, whose), (plan, client));
            }
            other => panic!("{other:?}"),
        }
        // Somebody who may not see the first plan learns that there is one, and not where.
        let third = sample.opened(SANNA, client, me(SANNA));
        assert!(matches!(
            begin(&sample, SANNA, third, &[client]),
            Err(PlanError::Taken { .. })
        ));
    }
}

#[test]
fn a_plan_ends_with_its_matter() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        sample
            .store
            .write_blocking(move |tx| {
                tx.execute(
                    "update matter set state = 'closed', ended_at = $2, end_reason = 'handled' where id = $1",
                    &params![matter.bytes(), sample_time()],
                )
            })
            .unwrap();
        assert_eq!(load(&sample, plan).opened.stage(), Stage::Ended);
        let next = sample.opened(AINO, client, me(AINO));
        assert!(begin(&sample, AINO, next, &[client]).is_ok());
        assert_eq!(
            sample.count("select count(*) from plan where end_reason = 'matter'"),
            1
        );
    }
}

#[test]
fn two_workers_save_the_same_goal_and_neither_text_is_lost() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        let save = |words: &str, based_on: i64| {
            let mut saving = goal(plan, None, words, client);
            saving.goal = Some(first);
            saving.based_on = based_on;
            saving.actions.clear();
            try_as(&sample, AINO, move |tx, casework, reader| {
                goals::save(tx, casework, reader, &saving).map(drop)
            })
        };
        save("Oma koti säilyy", 1).unwrap();
        match save("Oma rauha", 1) {
            Err(PlanError::Clash(clash)) => {
                assert_eq!(clash.theirs.get("words"), "Oma koti säilyy");
                assert_eq!((clash.by.as_str(), clash.revision), ("Aino Salmela", 2));
            }
            other => panic!("{other:?}"),
        }
        // The same text twice, as when a page is sent again, changes nothing.
        save("Oma koti säilyy", 1).unwrap();
        save("Oma rauha", 2).unwrap();
        assert_eq!(load(&sample, plan).goals[0].words, "Oma rauha");
    }
}

#[test]
fn two_tabs_save_the_same_part_and_neither_text_is_lost() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        let save = |text: &str, based_on: i64| {
            let fields: Fields = [("situation", text)].into_iter().collect();
            let which = Which::Part(parts::part("life").unwrap(), Some(client));
            try_as(&sample, AINO, move |tx, casework, reader| {
                texts::save(tx, casework, reader, plan, &which, based_on, &fields)
            })
        };
        save("Vuokra rästissä", 0).unwrap();
        assert!(matches!(
            save("Muutto edessä", 0),
            Err(PlanError::Clash(clash)) if clash.theirs.get("situation") == "Vuokra rästissä"
        ));
        save("Muutto edessä", 1).unwrap();
    }
}

fn review_of(sample: &Sample, goal: plan::domain::GoalId) -> NewReview {
    let today = day(sample.clock.now());
    NewReview {
        on: today,
        goals: vec![GoalReview {
            goal,
            attained: Attained::Partly,
            client_words: "Uskallan jo avata kirjeet".to_owned(),
            worker_words: "Vuokra on maksettu kahdesti".to_owned(),
            helped: vec![Factor::Housing],
            helped_words: "Isännöitsijä odotti".to_owned(),
            hindered: vec![],
            hindered_words: String::new(),
        }],
        services: vec!["19".to_owned()],
        services_words: "Velkaneuvonta kolmesti".to_owned(),
        methods: String::new(),
        words: String::new(),
        finishing: Finishing {
            why: Some("Tarkistus 13.3.2026".to_owned()),
            ..finishing(sample)
        },
    }
}

#[test]
fn a_review_makes_a_version_with_how_each_goal_went() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let new = review_of(&sample, first);
        let empty = NewReview {
            goals: Vec::new(),
            ..new.clone()
        };
        let left_out = try_as(&sample, AINO, move |tx, casework, reader| {
            review::review(tx, casework, reader, plan, &empty)
        });
        assert!(
            matches!(left_out, Err(PlanError::Empty)),
            "a goal is not forgotten"
        );
        let no = run_as(&sample, AINO, move |tx, casework, reader| {
            review::review(tx, casework, reader, plan, &new)
        });
        assert_eq!(no, 2);
        let (reviews, version) = sample
            .store
            .read_blocking(move |tx| {
                Ok::<_, StoreError>((
                    review::of_plan(tx, plan)?,
                    documents::store::version(tx, plan, 2)?.unwrap(),
                ))
            })
            .unwrap();
        assert_eq!(reviews[0].goals[0].attained, Attained::Partly);
        assert_eq!(reviews[0].goals[0].helped, [Factor::Housing]);
        let code = version
            .body
            .0
            .keys()
            .find(|code| code.starts_with("review-"))
            .unwrap();
        assert_eq!(
            version.body.get(code, "client_words"),
            "Uskallan jo avata kirjeet"
        );
        // The words are found in the client's history.
        assert_eq!(
            sample.count("select count(*) from timeline_item where class = 'plan' and body like '%avata kirjeet%'"),
            1
        );
    }
}

#[test]
fn actions_are_done_and_given_up_without_a_new_version() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let action = load(&sample, plan).goals[0].actions[0].id;
        let set = |state: ActionState, words: &'static str| {
            try_as(&sample, AINO, move |tx, casework, reader| {
                actions::set_state(tx, casework, reader, (plan, action), state, words)
            })
        };
        assert!(matches!(
            set(ActionState::Dropped, ""),
            Err(PlanError::Empty)
        ));
        set(ActionState::Done, "").unwrap();
        set(ActionState::Open, "").unwrap();
        set(ActionState::Dropped, "Vuokranantaja vaihtui").unwrap();
        assert_eq!(load(&sample, plan).opened.document.version_no, 1);
        // A goal belongs to what was agreed: giving it up is a change of the plan.
        let dropped = try_as(&sample, AINO, move |tx, casework, reader| {
            goals::set_state(
                tx,
                casework,
                reader,
                (plan, first),
                GoalState::Dropped,
                "Ei halua",
            )
        });
        assert!(matches!(dropped, Err(PlanError::NotOpen)));
    }
}

#[test]
fn somebody_outside_neither_reads_nor_writes() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        let now = sample.clock.now();
        for outsider in [SANNA, NURSE, TUULA, LIISA] {
            let other: Reader = reader(outsider);
            let read = sample
                .store
                .read_blocking(move |tx| read::view(tx, &other, plan, now).map(drop));
            assert!(matches!(read, Err(PlanError::NotFound)));
            let saving: SaveGoal = goal(plan, None, "Muu", client);
            let written = try_as(&sample, outsider, move |tx, casework, reader| {
                goals::save(tx, casework, reader, &saving).map(drop)
            });
            assert!(matches!(written, Err(PlanError::NotFound)));
        }
    }
}

#[test]
fn no_plan_needs_its_reason_and_the_door_stays_open() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let new = NewWaiver {
            client,
            reason: Skip::Declined,
            words: "Tarjottu kahdesti".to_owned(),
            own_words: Some("En jaksa nyt suunnitella".to_owned()),
        };
        run_as(&sample, AINO, move |tx, casework, reader| {
            begins::waive(tx, casework, reader, matter, &new)
        });
        let open = "select count(*) from plan_waiver where ended_at is null";
        assert_eq!(sample.count(open), 1);
        begun(&sample, AINO, matter, &[client]);
        assert_eq!(sample.count(open), 0);
    }
}

#[test]
fn a_service_that_ended_with_nothing_after_it_comes_to_the_lead() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let ended = || {
            let now = sample.clock.now();
            let t = sample.house.texts(kernel::language::Language::Fi);
            let (reader, unit) = (reader(HANNA), identity::people::UnitId::from_bytes(NORTH));
            let rows = sample
                .store
                .show_blocking(move |tx| plan::work::alerts(tx, &reader, unit, &t, now))
                .unwrap()
                .value;
            rows.iter()
                .filter(|one| one.kind == "service_ended")
                .count()
        };
        let done = |at: usize| {
            let action = load(&sample, plan).goals[0].actions[at].id;
            run_as(&sample, AINO, move |tx, casework, reader| {
                actions::set_state(tx, casework, reader, (plan, action), ActionState::Done, "")
            });
        };
        done(1);
        done(2);
        assert_eq!(ended(), 0, "the client has a coming day");
        done(0);
        assert_eq!(ended(), 1);
        // Something is agreed of what follows.
        run_as(&sample, AINO, move |tx, casework, reader| {
            finishes::change(tx, casework, reader, plan, "Jatko")?;
            let new = goal(plan, None, "", client).actions[0].clone();
            let saving = actions::SaveAction {
                plan,
                goal: first,
                action: None,
                based_on: 0,
                new,
            };
            actions::save(tx, casework, reader, &saving)
        });
        assert_eq!(ended(), 0);
    }
}

#[test]
fn what_falls_due_comes_to_the_desk_and_a_passed_review_to_the_lead() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        sample.relate(client, AINO, "own_worker");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let works = |days: i64| {
            let now = sample.clock.now() + SignedDuration::from_hours(24 * days);
            let t = sample.house.texts(kernel::language::Language::Fi);
            let reader = reader(AINO);
            sample
                .store
                .show_blocking(move |tx| plan::work::works(tx, &reader, &t, now))
                .unwrap()
                .value
        };
        assert!(works(0).is_empty());
        let soon = works(18);
        assert_eq!(soon.len(), 1, "an action of this worker within a week");
        assert_eq!(soon[0].what, "Maksusuunnitelma vuokranantajalle");
        assert_eq!(works(80).len(), 2, "and the review within two");
        let alerts = |who: [u8; 16], days: i64| {
            let now = sample.clock.now() + SignedDuration::from_hours(24 * days);
            let t = sample.house.texts(kernel::language::Language::Fi);
            let reader = reader(who);
            let unit = identity::people::UnitId::from_bytes(NORTH);
            sample
                .store
                .show_blocking(move |tx| plan::work::alerts(tx, &reader, unit, &t, now))
                .unwrap()
                .value
        };
        let of = |who: [u8; 16], days: i64, kind: &str| {
            alerts(who, days)
                .iter()
                .filter(|one| one.kind == kind)
                .count()
        };
        assert_eq!(of(HANNA, 80, "review_passed"), 0);
        assert_eq!(of(HANNA, 91, "review_passed"), 1);
        assert!(alerts(LIISA, 91).is_empty());
        // The last day was 5.4., the thirteenth of March and 23 days: fourteen days later nothing has been agreed.
        let last = 23 + 14;
        assert_eq!(of(HANNA, last - 1, "service_ended"), 0);
        assert_eq!(of(HANNA, last, "service_ended"), 1, "one row for a plan");
    }
}
