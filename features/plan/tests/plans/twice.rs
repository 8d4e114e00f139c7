//! A form that is sent twice adds once, whenever the second comes.

use documents::forms::{FIELD, FormId, Sent};
use kernel::time::SignedDuration;
use plan::domain::PlanError;
use plan::store::{actions, goals};
use testkit::stores;
use web::Form;

use crate::support::*;

/// Fields of a form as they are posted.
type Typed<'a> = &'a [(&'a str, &'a str)];

fn page(no: u8, text: &str) -> Sent {
    let mut form = Form::new();
    form.set(FIELD, FormId::from_bytes([no; 16]).to_string());
    form.set("words", text);
    Sent::of(&form).unwrap()
}

#[test]
fn the_same_form_sent_again_makes_one() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        let goals = "select count(*) from plan_goal";
        let actions = "select count(*) from plan_action";
        let before = (sample.count(goals), sample.count(actions));
        let add = |sent: Sent| {
            run_as(&sample, AINO, move |tx, casework, reader| {
                let at = (plan, reader.staff);
                documents::store::once(tx, casework, at, Some(&sent), |tx| {
                    let saving = goal(plan, None, "Haluan nukkua", client);
                    let id = goals::save(tx, casework, reader, &saving)?;
                    Ok::<_, PlanError>(id.bytes())
                })
            })
        };
        let twice: Vec<_> = (0..2).map(|_| add(page(1, "Haluan nukkua"))).collect();
        assert_eq!(twice[0], twice[1]);
        assert_eq!(
            (sample.count(goals), sample.count(actions)),
            (before.0 + 1, before.1 + 3)
        );
        let action = || {
            run_as(&sample, AINO, move |tx, casework, reader| {
                let mut new = goal(plan, None, "", client).actions[0].clone();
                new.what = "Soita".to_owned();
                let saving = actions::SaveAction {
                    plan,
                    goal: first,
                    action: None,
                    based_on: 0,
                    new,
                };
                let at = (plan, reader.staff);
                documents::store::once(tx, casework, at, Some(&page(2, "Soita")), |tx| {
                    let id = actions::save(tx, casework, reader, &saving)?;
                    Ok::<_, PlanError>(id.bytes())
                })
            })
        };
        assert_eq!(action(), action());
        assert_eq!(sample.count(actions), before.1 + 4);
        // The same words on another page are another goal, and so is another text on the same page.
        sample.clock.advance(SignedDuration::from_secs(20));
        add(page(1, "Haluan nukkua"));
        assert_eq!(sample.count(goals), before.0 + 1);
        add(page(3, "Haluan nukkua"));
        add(page(1, "Haluan nukkua yöt"));
        assert_eq!(sample.count(goals), before.0 + 3);
    }
}

#[test]
fn what_was_refused_is_not_kept_as_done() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, _) = begun(&sample, AINO, matter, &[client]);
        let send = |fails: bool| {
            try_as(&sample, AINO, move |tx, casework, reader| {
                let at = (plan, reader.staff);
                documents::store::once(tx, casework, at, Some(&page(1, "x")), |tx| {
                    if fails {
                        return Err(PlanError::Whose);
                    }
                    let saving = goal(plan, None, "Haluan nukkua", client);
                    Ok(goals::save(tx, casework, reader, &saving)?.bytes())
                })
            })
        };
        let goals = "select count(*) from plan_goal";
        let before = sample.count(goals);
        assert!(matches!(send(true), Err(PlanError::Whose)));
        assert_eq!(sample.count("select count(*) from document_form"), 0);
        send(false).unwrap();
        assert_eq!(sample.count(goals), before + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_that_adds_adds_once() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oma");
        let (plan, first) = begun(&sample, AINO, matter, &[client]);
        let aino = sample.enter(AINO).await;
        let at = format!("/plans/{plan}");
        let (whose, her) = (client.to_string(), format!("client:{client}"));
        let step = format!("goals/{first}/actions");
        let goal = [("words", "Haluan nukkua"), ("kind", "1")];
        let action = [
            ("what", "Soita"),
            ("owner", her.as_str()),
            ("due", "3.4.2026"),
        ];
        let section = [("heading", "Kelan osa"), ("partner", "Kela")];
        let elsewhere = [
            ("whose", whose.as_str()),
            ("keeper", "Kela"),
            ("what", "Kuntoutus"),
            ("told_by", "Asiakas"),
            ("known_on", "1.3.2026"),
        ];
        let forms: [(&str, Typed<'_>, &'static str); 4] = [
            ("goals/new", &goal, "select count(*) from plan_goal"),
            (&step, &action, "select count(*) from plan_action"),
            (
                "sections/new",
                &section,
                "select count(*) from plan_section",
            ),
            (
                "elsewhere",
                &elsewhere,
                "select count(*) from plan_elsewhere",
            ),
        ];
        for (tail, fields, count) in forms {
            let path = format!("{at}/{tail}");
            let form = form_of(&sample.get(&path, &aino).await.body);
            let mut sent = fields.to_vec();
            sent.push(("form", &form));
            let before = sample.count(count);
            for _ in 0..2 {
                let done = sample.post(&path, &sent, &aino).await;
                assert_eq!(done.status, 303, "{tail}: {}", done.body);
                // Later than any second press.
                sample.clock.advance(SignedDuration::from_mins(2));
            }
            assert_eq!(sample.count(count), before + 1, "{tail}");
            // A page of its own adds another.
            let other = form_of(&sample.get(&path, &aino).await.body);
            assert_ne!(form, other);
            let mut sent = fields.to_vec();
            sent.push(("form", &other));
            sample.post(&path, &sent, &aino).await;
            assert_eq!(sample.count(count), before + 2, "{tail}");
        }
    }
}
