//! What was a mistake: a plan is voided by two, what nobody agreed on is taken away, two plans of one person become one.

use casework::domain::CloseReason;
use casework::store::ending::{self, Closing};
use clients::ClientId;
use documents::DocumentId;
use plan::domain::{EndReason, GoalState, PlanError};
use plan::store::finish as act;
use plan::store::texts::{self, NewSection, SectionOwner};
use plan::store::{actions, goals, read};
use store::params;
use testkit::stores;

use crate::support::*;

fn view(sample: &Sample, worker: [u8; 16], plan: DocumentId) -> Result<read::View, PlanError> {
    try_as(sample, worker, move |tx, casework, reader| {
        read::view(tx, reader, plan, casework.now())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_made_by_mistake_is_voided_by_two() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Väärä");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let (aino, hanna) = (sample.enter(AINO).await, sample.enter(HANNA).await);
        let at = format!("/plans/{plan}");
        let answer = format!("{at}/void/answer");
        assert!(
            sample
                .get(&at, &aino)
                .await
                .body
                .contains(&format!("{at}/void"))
        );
        // Nobody has asked: there is nothing to answer, and the lead does not read the plan.
        for path in [&at, &answer] {
            assert_eq!(sample.get(path, &hanna).await.status, 404, "{path}");
        }
        let ask = format!("{at}/void");
        let empty = sample.post(&ask, &[("why", " ")], &aino).await;
        assert_eq!(empty.status, 422);
        assert!(empty.body.contains("Kirjoita, mitä tapahtui."));
        let why = [("why", "Kirjattu samannimiselle")];
        let asked = sample.post(&ask, &why, &aino).await;
        assert_eq!(
            asked.location(),
            format!("{at}?done=void"),
            "{}",
            asked.body
        );
        let page = sample.get(&at, &aino).await.body;
        assert!(
            page.contains("Mitätöintiä on pyydetty") && page.contains("Kirjattu samannimiselle")
        );
        // The one who asked does not answer.
        assert_eq!(sample.post(&answer, &[], &aino).await.status, 404);
        // The lead reads that plan, in whole, and has a row on the desk.
        let read = sample.get(&answer, &hanna).await;
        assert_eq!(read.status, 200, "{}", read.body);
        for words in [
            "Kirjattu samannimiselle",
            "Haluan pitää oman kodin",
            "Toimita tiliote",
        ] {
            assert!(read.body.contains(words), "{words}");
        }
        assert_eq!(sample.get(&at, &hanna).await.status, 404, "that page alone");
        let stranger = sample.enter(LIISA).await;
        assert_eq!(sample.get(&answer, &stranger).await.status, 404);
        let done = sample.post(&answer, &[], &hanna).await;
        assert_eq!(done.location(), answer, "{}", done.body);
        let after = sample.get(&answer, &hanna).await.body;
        assert!(after.contains("mitätöi tämän") && !after.contains("Haluan pitää oman kodin"));
        assert_eq!(
            sample.post(&answer, &[], &hanna).await.status,
            409,
            "not twice"
        );
        assert_eq!(sample.get(&at, &aino).await.status, 404);
        assert_eq!(
            sample.count(
                "select count(*) from timeline_item where class = 'plan' and hidden_at is null"
            ),
            0
        );
        assert_eq!(
            sample.count("select count(*) from plan_client where state <> 'ended'"),
            0,
            "the client is free for another plan (I2)"
        );
        let (next, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, next).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lead_refuses_to_void_and_the_one_who_asked_is_told() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oikea");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        let (aino, hanna, liisa) = (
            sample.enter(AINO).await,
            sample.enter(HANNA).await,
            sample.enter(LIISA).await,
        );
        let at = format!("/plans/{plan}");
        let (ask, answer) = (format!("{at}/void"), format!("{at}/void/answer"));
        let refuse = [("answer", "refuse"), ("words", "Henkilö on oikea")];
        assert_eq!(
            sample.post(&answer, &refuse, &hanna).await.status,
            404,
            "nobody has asked"
        );
        let why = [("why", "Luulin vääräksi")];
        sample.post(&ask, &why, &aino).await;
        for stranger in [&aino, &liisa] {
            assert_eq!(sample.post(&answer, &refuse, stranger).await.status, 404);
        }
        let wordless = [("answer", "refuse"), ("words", "  ")];
        let empty = sample.post(&answer, &wordless, &hanna).await;
        assert_eq!(empty.status, 422);
        assert!(empty.body.contains("Kirjoita, miksi sitä ei mitätöidä."));
        assert!(empty.body.contains("href=\"#f-words\""));
        let long = "x".repeat(2_001);
        let typed = [("answer", "refuse"), ("words", long.as_str())];
        let too_long = sample.post(&answer, &typed, &hanna).await;
        assert_eq!(too_long.status, 422);
        assert!(too_long.body.contains(&long), "what was typed stays");
        let done = sample.post(&answer, &refuse, &hanna).await;
        assert_eq!(done.location(), answer, "{}", done.body);
        let after = sample.get(&answer, &hanna).await.body;
        assert!(after.contains("hylkäsi mitätöintipyynnön") && after.contains("Henkilö on oikea"));
        assert!(
            !after.contains("Haluan pitää oman kodin"),
            "no text any more"
        );
        assert_eq!(
            sample.post(&answer, &refuse, &hanna).await.status,
            409,
            "not twice"
        );
        // The plan stays; whoever asked reads why, and may ask again.
        let page = sample.get(&at, &aino).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("hylkäsi mitätöintipyynnön"));
        assert!(page.body.contains("Henkilö on oikea") && page.body.contains(&ask));
        let told = |worker: [u8; 16]| {
            let (now, reader) = (sample.casework.now(), reader(worker));
            let t = sample.house.texts(kernel::language::Language::Fi);
            let rows = sample
                .store
                .show_blocking(move |tx| documents::waiting::works(tx, &reader, &t, now))
                .unwrap()
                .value;
            rows.into_iter()
                .map(|row| (row.href, row.what))
                .collect::<Vec<_>>()
        };
        let row = (
            at.clone(),
            "Suunnitelmaa ei mitätöity: Henkilö on oikea".to_owned(),
        );
        assert_eq!(told(AINO), [row]);
        assert!(told(HANNA).is_empty());
        sample.post(&ask, &why, &aino).await;
        assert!(told(AINO).is_empty(), "asked again");
        assert_eq!(told(HANNA).len(), 1);
        assert_eq!(sample.post(&answer, &[], &hanna).await.status, 303);
        assert_eq!(sample.get(&at, &aino).await.status, 404, "voided");
    }
}

#[test]
fn what_nobody_agreed_on_is_taken_away_and_the_rest_is_given_up() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        let slip = add(&sample, AINO, goal(plan, None, "Väärä tavoite", client));
        let new = NewSection {
            heading: "Kelan osa".to_owned(),
            owner: SectionOwner::Partner("Kela".to_owned()),
            writer: None,
            client: None,
        };
        let section = run_as(&sample, AINO, move |tx, casework, reader| {
            texts::add(tx, casework, reader, plan, &new)
        });
        let drafted = view(&sample, AINO, plan).unwrap();
        let mine = drafted.goals.iter().find(|goal| goal.id == first).unwrap();
        let step = mine.actions[0].id;
        run_as(&sample, AINO, move |tx, casework, reader| {
            goals::remove(tx, casework, reader, (plan, slip))?;
            actions::remove(tx, casework, reader, (plan, step))
        });
        finish(&sample, AINO, plan).unwrap();
        let seen = view(&sample, AINO, plan).unwrap();
        assert_eq!(seen.goals.len(), 1);
        assert_eq!(seen.goals[0].actions.len(), 2);
        let taken = move |sample: &Sample| {
            try_as(sample, AINO, move |tx, casework, reader| {
                goals::remove(tx, casework, reader, (plan, first))
            })
        };
        assert!(matches!(taken(&sample), Err(PlanError::NotOpen)));
        run_as(&sample, AINO, move |tx, casework, reader| {
            act::change(tx, casework, reader, plan, "Kelan osaa ei tarvita")
        });
        assert!(matches!(taken(&sample), Err(PlanError::Agreed)));
        run_as(&sample, AINO, move |tx, casework, reader| {
            texts::remove(tx, casework, reader, plan, section)
        });
        finish(&sample, AINO, plan).unwrap();
        let parts = sample
            .store
            .read_blocking(move |tx| {
                let of = |tx: &mut _, no| documents::store::version(tx, plan, no);
                Ok::<_, store::StoreError>((of(tx, 1)?.unwrap(), of(tx, 2)?.unwrap()))
            })
            .unwrap();
        let code = format!("section-{section}");
        assert!(parts.0.body.part(&code).is_some(), "the version keeps it");
        assert!(parts.1.body.part(&code).is_none());
        assert!(!parts.0.body.to_json().contains("Väärä tavoite"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_of_a_draft_is_taken_away_on_its_page_and_an_attained_one_asks_nothing_more() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        let slip = add(&sample, AINO, goal(plan, None, "Väärä tavoite", client));
        let cookie = sample.enter(AINO).await;
        let at = format!("/plans/{plan}");
        let end = format!("{at}/goals/{slip}/end");
        assert!(
            sample
                .get(&end, &cookie)
                .await
                .body
                .contains("Poistetaan luonnoksesta")
        );
        let gone = sample.post(&end, &[("state", "removed")], &cookie).await;
        assert_eq!(
            gone.location(),
            format!("{at}?done=goal-end"),
            "{}",
            gone.body
        );
        assert!(
            !sample
                .get(&at, &cookie)
                .await
                .body
                .contains("Väärä tavoite")
        );
        assert!(sample.get(&at, &cookie).await.body.contains("/done\""));
        run_as(&sample, AINO, move |tx, casework, reader| {
            goals::set_state(tx, casework, reader, (plan, first), GoalState::Attained, "")
        });
        let page = sample.get(&at, &cookie).await.body;
        assert!(
            !page.contains("/done\""),
            "its actions are not marked any more"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_ends_with_its_matter() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        sample.act(AINO, move |tx, casework, reader| {
            let closing = Closing {
                reason: CloseReason::ALL[0],
                words: "Valmis".to_owned(),
                late_reason: None,
                no_ground: None,
                follow_up: None,
                voices: Vec::new(),
            };
            ending::close(tx, casework, reader, matter, &closing)
        });
        assert_eq!(
            sample.count("select count(*) from plan where state = 'ended' and end_reason = 'matter' and ended_at is not null"),
            1
        );
        assert_eq!(
            sample.count("select count(*) from plan_client where state <> 'ended'"),
            0
        );
        let cookie = sample.enter(AINO).await;
        let page = sample.get(&format!("/plans/{plan}"), &cookie).await.body;
        assert!(
            page.contains("Asia päättyi"),
            "the page says why it is over"
        );
    }
}

/// Joins the second record to the first, as the room of clients does.
fn joined(sample: &Sample, kept: ClientId, other: ClientId) {
    sample
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "update client set merged_into = $1, state = 'merged' where id = $2",
                &params![kept.bytes(), other.bytes()],
            )?;
            for moved in plan::MOVED
                .iter()
                .chain(&documents::MOVED)
                .chain(&casework::MOVED)
            {
                let unless = moved
                    .unless
                    .map_or_else(String::new, |unless| format!(" and not ({unless})"));
                tx.execute(
                    &format!(
                        "update {} set {} = $1 where {} = $2{unless}",
                        moved.table, moved.client, moved.client
                    ),
                    &params![kept.bytes(), other.bytes()],
                )?;
            }
            Ok::<_, store::StoreError>(())
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_plans_of_one_person_one_goes_on() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (kept, first) = sample.held(AINO, "Sama");
        let (other, second) = sample.held(AINO, "Sama");
        let (one, _) = begun(&sample, AINO, first, &[kept]);
        let (two, _) = begun(&sample, AINO, second, &[other]);
        finish(&sample, AINO, one).unwrap();
        finish(&sample, AINO, two).unwrap();
        joined(&sample, kept, other);
        let cookie = sample.enter(AINO).await;
        let told = "Sovi asiakkaan kanssa, kumpi jatkuu";
        for (plan, another) in [(one, two), (two, one)] {
            let page = sample.get(&format!("/plans/{plan}"), &cookie).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains(told), "the worker is told what to do");
            assert!(page.body.contains(&format!("/plans/{another}")));
        }
        // Neither gets a new version, and no third one begins, before one has ended.
        run_as(&sample, AINO, move |tx, casework, reader| {
            act::change(tx, casework, reader, two, "Muutos")
        });
        let refused = finish(&sample, AINO, two);
        assert!(
            matches!(refused, Err(PlanError::Taken { in_force: true, .. })),
            "{refused:?}"
        );
        let third = begin(&sample, AINO, first, &[kept]);
        assert!(matches!(third, Err(PlanError::Taken { .. })));
        run_as(&sample, AINO, move |tx, casework, reader| {
            act::end(tx, casework, reader, one, EndReason::Replaced, "")
        });
        finish(&sample, AINO, two).unwrap();
        assert_eq!(
            sample.count("select count(*) from plan_client where state = 'in_force'"),
            1
        );
        let mine = sample
            .store
            .read_blocking(move |tx| {
                use store::Query;
                let row = tx.query_one(
                    "select count(*) from plan_client where state = 'in_force' and client_id = $1",
                    &params![kept.bytes()],
                )?;
                row.get::<i64>(0)
            })
            .unwrap();
        assert_eq!(mine, 1, "the kept record has it");
        assert!(
            !sample
                .get(&format!("/plans/{two}"), &cookie)
                .await
                .body
                .contains(told)
        );
        assert!(matches!(
            begin(&sample, AINO, first, &[kept]),
            Err(PlanError::Taken { .. })
        ));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_has_what_was_agreed_while_a_change_is_written() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        finish(&sample, AINO, plan).unwrap();
        run_as(&sample, AINO, move |tx, casework, reader| {
            act::change(tx, casework, reader, plan, "Muutto")?;
            let mut saving = goal(plan, None, "Haluan muuttaa mummolaan", client);
            saving.goal = Some(first);
            saving.based_on = 1;
            saving.actions.clear();
            goals::save(tx, casework, reader, &saving)?;
            goals::set_state(
                tx,
                casework,
                reader,
                (plan, first),
                GoalState::Dropped,
                "Ei",
            )
        });
        let cookie = sample.enter(AINO).await;
        let whose = client.to_string();
        let fields = [("client", whose.as_str()), ("purpose", "client")];
        let copy = sample
            .post(&format!("/plans/{plan}/copy/fi"), &fields, &cookie)
            .await
            .body;
        assert!(copy.contains("Haluan pitää oman kodin"), "{copy}");
        assert!(!copy.contains("mummolaan"), "nobody has agreed on it yet");
    }
}
