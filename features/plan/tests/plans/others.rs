//! What others do in a plan: a part of a partner, plans elsewhere, the coordinator, who is named.

use documents::Fields;
use kernel::time::Date;
use plan::domain::{Owner, PlanError};
use plan::store::texts::{self, NewSection, SectionOwner, Which};
use plan::store::{actions, goals, others};
use store::params;
use testkit::stores;

use crate::support::*;

/// Fields of a form as they are posted.
type Typed<'a> = &'a [(&'a str, &'a str)];

#[test]
fn a_part_for_a_partner_is_written_by_its_writer_alone() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        sample.act(AINO, move |tx, casework, reader| {
            casework::store::workers::join(tx, casework, reader, matter, staff(VILLE), "")
        });
        let section = run_as(&sample, AINO, move |tx, casework, reader| {
            let new = NewSection {
                heading: "Työllistymisen osa".to_owned(),
                owner: SectionOwner::Partner("Työllisyysalue".to_owned()),
                writer: Some(staff(VILLE)),
                client: None,
            };
            texts::add(tx, casework, reader, plan, &new)
        });
        let fields: Fields = [("aims", "Työkokeilu toukokuussa")].into_iter().collect();
        run_as(&sample, VILLE, move |tx, casework, reader| {
            texts::save(
                tx,
                casework,
                reader,
                plan,
                &Which::Section(section),
                0,
                &fields,
            )
        });
        // The rest of the plan is not the writer's.
        let mut saving = goal(plan, None, "Muu", client);
        saving.goal = Some(first);
        saving.based_on = 1;
        let written = try_as(&sample, VILLE, move |tx, casework, reader| {
            goals::save(tx, casework, reader, &saving).map(drop)
        });
        assert!(matches!(written, Err(PlanError::NotFound)));
    }
}

#[test]
fn plans_elsewhere_and_the_coordinator_are_known() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        run_as(&sample, AINO, move |tx, casework, reader| {
            let new = others::NewElsewhere {
                client,
                whose: "Vammaispalvelut".to_owned(),
                what: "Henkilökohtainen apu 10 h viikossa".to_owned(),
                told_by: "Asiakas".to_owned(),
                known_on: Date::constant(2026, 3, 12),
            };
            others::add(tx, casework, reader, plan, &new)?;
            let who = others::Coordinator::Worker(staff(VILLE));
            others::coordinate(tx, casework, reader, plan, &who)
        });
        let view = load(&sample, plan);
        assert_eq!(view.elsewhere.len(), 1);
        assert_eq!(view.opened.plan.coordinator.as_deref(), Some("Ville Aho"));
    }
}

#[test]
fn who_is_named_does_client_work_and_is_in_service() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        let coordinate = |who: [u8; 16]| {
            try_as(&sample, AINO, move |tx, casework, reader| {
                let who = others::Coordinator::Worker(staff(who));
                others::coordinate(tx, casework, reader, plan, &who)
            })
        };
        let name = |who: [u8; 16]| {
            try_as(&sample, AINO, move |tx, casework, reader| {
                let mut new = goal(plan, None, "", client).actions[0].clone();
                new.owner = Owner::Worker(staff(who));
                let saving = actions::SaveAction {
                    plan,
                    goal: first,
                    action: None,
                    based_on: 0,
                    new,
                };
                actions::save(tx, casework, reader, &saving).map(drop)
            })
        };
        coordinate(VILLE).unwrap();
        name(VILLE).unwrap();
        assert!(matches!(coordinate(TUULA), Err(PlanError::Coordinator)));
        assert!(matches!(name(TUULA), Err(PlanError::Owner)));
        sample
            .store
            .write_blocking(|tx| {
                tx.execute(
                    "update staff set ended_on = '2026-01-31' where id = $1",
                    &params![SANNA],
                )
            })
            .unwrap();
        assert!(matches!(coordinate(SANNA), Err(PlanError::Coordinator)));
        assert!(matches!(name(SANNA), Err(PlanError::Owner)));
    }
}

#[test]
fn a_plan_elsewhere_is_of_a_client_of_the_plan_in_an_open_matter() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let other = sample.client("Muu", None);
        joins(&sample, AINO, matter, other);
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        let known = |client| {
            try_as(&sample, AINO, move |tx, casework, reader| {
                let new = others::NewElsewhere {
                    client,
                    whose: "Kela".to_owned(),
                    what: "Kuntoutus".to_owned(),
                    told_by: "Asiakas".to_owned(),
                    known_on: Date::constant(2026, 3, 12),
                };
                others::add(tx, casework, reader, plan, &new)
            })
        };
        assert!(matches!(known(other), Err(PlanError::Whose)));
        known(client).unwrap();
        sample
            .store
            .write_blocking(move |tx| {
                tx.execute(
                    "update matter set state = 'closed', ended_at = $2, end_reason = 'handled' where id = $1",
                    &params![matter.bytes(), sample_time()],
                )
            })
            .unwrap();
        let late = known(client);
        assert!(
            matches!(late, Err(PlanError::Ended | PlanError::Matter(_))),
            "{late:?}"
        );
        assert_eq!(sample.count("select count(*) from plan_elsewhere"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_bar_keeps_from_the_client_is_neither_offered_nor_named() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        sample.act(AINO, move |tx, casework, reader| {
            casework::store::workers::join(tx, casework, reader, matter, staff(VILLE), "")
        });
        let aino = sample.enter(AINO).await;
        let at = format!("/plans/{plan}");
        let ville = staff(VILLE).to_string();
        let owner = format!("staff:{ville}");
        let coordinator = [("staff", ville.as_str())];
        let section = [
            ("heading", "Asumisen osa"),
            ("partner", "Vuokratalot"),
            ("writer", ville.as_str()),
        ];
        let action = [
            ("what", "Soita"),
            ("owner", owner.as_str()),
            ("due", "3.4.2026"),
        ];
        let goal = [
            ("words", "Haluan nukkua"),
            ("kind", "1"),
            ("what-2", "Soita"),
            ("owner-2", owner.as_str()),
            ("due-2", "3.4.2026"),
        ];
        let step = format!("goals/{first}/actions");
        let forms: [(&str, &str, Typed<'_>); 4] = [
            ("coordinator", "staff", &coordinator),
            ("sections/new", "writer", &section),
            (step.as_str(), "owner", &action),
            ("goals/new", "owner-2", &goal),
        ];
        for (tail, ..) in forms {
            let page = sample.get(&format!("{at}/{tail}"), &aino).await.body;
            assert!(page.contains("Ville Aho"), "{tail}: who works is offered");
        }
        bar(&sample, client, VILLE);
        let rows = "select (select count(*) from plan_goal) + (select count(*) from plan_action) + (select count(*) from plan_section) + (select count(*) from plan where coordinator_staff is not null)";
        let before = sample.count(rows);
        for (tail, field, fields) in forms {
            let path = format!("{at}/{tail}");
            let page = sample.get(&path, &aino).await.body;
            assert!(!page.contains("Ville Aho"), "{tail}: not offered");
            let refused = sample.post(&path, fields, &aino).await;
            assert_eq!(refused.status, 422, "{tail}");
            assert!(
                refused.body.contains("Tätä henkilöä ei voi valita tähän."),
                "{tail}"
            );
            assert!(
                refused.body.contains(&format!("href=\"#f-{field}\"")),
                "{tail}: the field is {field}"
            );
        }
        assert_eq!(sample.count(rows), before, "nothing was saved");
    }
}
