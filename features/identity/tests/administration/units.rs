//! Units begin, get another lead and close, and nothing is left without somebody who answers for it.

use axum::http::StatusCode;
use identity::people::{self, UnitId, UnitKind};
use identity::units;
use kernel::language::Language;
use store::{Query, StoreError, params};
use testkit::stores;

use crate::support::{AINO, HANNA, NORTH, PEKKA, SOUTH, Sample, TUULA, id, sample};

const NEW: &str = "/admin/units/new";

fn count(house: &Sample, sql: &'static str) -> i64 {
    house
        .store
        .read_blocking(move |tx| tx.query_one(sql, &[])?.get(0))
        .unwrap()
}

fn said(house: &Sample, key: &str) -> String {
    house.house.texts(Language::Fi).get(key)
}

fn fields(lead: &str) -> Vec<(&'static str, String)> {
    [
        ("kind", "advice"),
        ("name_fi", "Itäinen neuvonta"),
        ("name_sv", "Östra rådgivningen"),
        ("name_en", "Eastern advice"),
        ("places", "410"),
        ("lead", lead),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn typed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

/// Founds a unit led by Hanna and gives its id.
async fn founded(house: &Sample, user: &(String, [u8; 32])) -> UnitId {
    let new = fields(&id(HANNA).to_string());
    let made = house.post(NEW, &typed(&new), user).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let path = made.location.strip_suffix("?done=founded").unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

#[test]
fn a_unit_is_founded_by_an_administrator_alone_and_led_by_a_lead() {
    for store in stores(identity::MIGRATIONS) {
        let house = sample(store);
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            for staff in [AINO, HANNA] {
                let other = house.enter(staff).await;
                let refused = house.get(NEW, &other).await;
                assert_eq!(refused.status, StatusCode::NOT_FOUND);
                let new = fields(&id(HANNA).to_string());
                let refused = house.post(NEW, &typed(&new), &other).await;
                assert_eq!(refused.status, StatusCode::NOT_FOUND);
            }
            let tuula = house.enter(TUULA).await;
            for (lead, key) in [
                (String::new(), "house-unit-lead-missing"),
                (id(AINO).to_string(), "unit-lead-no-task"),
            ] {
                let new = fields(&lead);
                let back = house.post(NEW, &typed(&new), &tuula).await;
                assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(back.body.contains(&said(&house, key)), "{key}");
                assert!(back.body.contains("Itäinen neuvonta"), "what was typed");
            }
            let mut taken = fields(&id(HANNA).to_string());
            taken[4].1 = "179".to_owned();
            let back = house.post(NEW, &typed(&taken), &tuula).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(count(&house, "select count(*) from unit"), 2);

            let unit = founded(&house, &tuula).await;
            let again = founded_code(&house, unit);
            assert_eq!(again, "itainen-neuvonta");
            let page = house.get(&format!("/admin/units/{unit}"), &tuula).await;
            assert!(page.body.contains("Hanna Rantanen") && page.body.contains("itainen-neuvonta"));
        });
    }
}

fn founded_code(house: &Sample, unit: UnitId) -> String {
    house
        .store
        .read_blocking(move |tx| {
            let row = tx.query_one(
                "select code from unit where id = $1",
                &params![unit.bytes()],
            )?;
            row.get(0)
        })
        .unwrap()
}

#[tokio::test]
async fn another_lead_must_have_the_task_of_one() {
    let house = sample(testkit::sqlite_store(identity::MIGRATIONS));
    let tuula = house.enter(TUULA).await;
    let unit = founded(&house, &tuula).await;
    let path = format!("/admin/units/{unit}");
    let new = fields(&id(AINO).to_string());
    let back = house.post(&path, &typed(&new), &tuula).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains(&said(&house, "unit-lead-no-task")));
    let new = fields(&id(PEKKA).to_string());
    let kept = house.post(&path, &typed(&new), &tuula).await;
    assert!(kept.location.ends_with("done=kept"), "{}", kept.body);
    let led = house
        .store
        .read(move |tx| people::duty_holder(tx, unit, kernel::time::from_millis(0)))
        .await
        .unwrap();
    assert_eq!(led, id(PEKKA), "who leads answers when nobody is on duty");
}

#[test]
fn a_unit_closes_when_nothing_is_left_in_it_and_another_goes_on() {
    for store in stores(identity::MIGRATIONS) {
        let house = sample(store);
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let tuula = house.enter(TUULA).await;
            let (north, south) = (UnitId::from_bytes(NORTH), UnitId::from_bytes(SOUTH));
            let close = |unit: UnitId| format!("/admin/units/{unit}/close");
            let next = [("next", north.to_string())];
            // The only advice unit, where people work.
            let page = house.get(&close(south), &tuula).await.body;
            assert!(page.contains(&said(&house, "unit-close-last-advice")));
            assert!(page.contains("työntekijää") && !page.contains("name=\"next\""));
            let refused = house.post(&close(south), &typed(&next), &tuula).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(closed(&house), []);

            let unit = founded(&house, &tuula).await;
            let pekka = house.enter(PEKKA).await;
            let refused = house.post(&close(unit), &typed(&next), &pekka).await;
            assert_eq!(
                refused.status,
                StatusCode::NOT_FOUND,
                "a lead closes no unit"
            );
            for wrong in ["", &unit.to_string()] {
                let back = house.post(&close(unit), &[("next", wrong)], &tuula).await;
                assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            }
            let done = house.post(&close(unit), &typed(&next), &tuula).await;
            assert!(done.location.ends_with("done=unit-closed"), "{}", done.body);
            assert_eq!(closed(&house), [(unit, Some(north))]);

            // Its municipality went on, it is chosen nowhere, its page is no page of work.
            let receives = house
                .store
                .read_blocking(|tx| people::receiving_unit(tx, Some("410")))
                .unwrap();
            assert_eq!(receives, north);
            let page = house.get(&format!("/admin/units/{unit}"), &tuula).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            let form = house.get("/admin/people/new", &tuula).await.body;
            assert!(form.contains("Pohjoinen") && !form.contains("Itäinen neuvonta"));
            let list = house.get("/admin/units", &tuula).await.body;
            assert!(list.contains("Itäinen neuvonta, suljettu"), "{list}");
            let advice = house
                .store
                .read_blocking(|tx| {
                    let units = units::at_work(tx)?;
                    let of_advice = units.iter().filter(|one| one.kind == UnitKind::Advice);
                    let count = of_advice.count();
                    Ok::<_, StoreError>((count, people::receiving_unit(tx, None)?))
                })
                .unwrap();
            assert_eq!(advice, (1, south), "a closed unit receives nothing");
        });
    }
}

fn closed(house: &Sample) -> Vec<(UnitId, Option<UnitId>)> {
    house
        .store
        .read_blocking(|tx| units::closed(tx))
        .unwrap()
        .into_iter()
        .map(|one| (one.unit, one.followed_by))
        .collect()
}

fn lead_of(house: &Sample, unit: [u8; 16]) -> [u8; 16] {
    house
        .store
        .read_blocking(move |tx| {
            tx.query_one("select lead_id from unit where id = $1", &params![unit])?
                .get(0)
        })
        .unwrap()
}

#[test]
fn a_lead_does_not_leave_before_somebody_is_named_to_lead() {
    for store in stores(identity::MIGRATIONS) {
        let house = sample(store);
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let tuula = house.enter(TUULA).await;
            let end = format!("/admin/people/{}/end", id(HANNA));
            let page = house
                .get(&format!("/admin/people/{}", id(HANNA)), &tuula)
                .await
                .body;
            assert!(page.contains(&said(&house, "admin-end-successor")));
            let other = format!("/admin/people/{}", id(AINO));
            let other = house.get(&other, &tuula).await.body;
            assert!(!other.contains(&said(&house, "admin-end-successor")));
            // Nobody, oneself, somebody without the task of a lead.
            let (own, aino, pekka) = (
                id(HANNA).to_string(),
                id(AINO).to_string(),
                id(PEKKA).to_string(),
            );
            for (next, key) in [
                ("", "admin-end-successor-missing"),
                (&own, "admin-end-successor-missing"),
                (&aino, "unit-lead-no-task"),
            ] {
                let fields = [("end_day", "20.3.2026"), ("successor", next)];
                let wrong = house.post(&end, &fields, &tuula).await;
                assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{next}");
                assert!(wrong.body.contains(&said(&house, key)), "{next}");
                assert!(wrong.body.contains("20.3.2026"), "what was typed is kept");
            }
            let ended = "select count(*) from staff where ended_on is not null";
            assert_eq!(count(&house, ended), 0);
            // Until the last day she leads; from the next one whoever was named.
            let fields = [("end_day", "20.3.2026"), ("successor", &*pekka)];
            let done = house.post(&end, &fields, &tuula).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
            assert_eq!(lead_of(&house, NORTH), HANNA);
            let follow = |now| {
                house
                    .store
                    .write_blocking(move |tx| identity::succession::follow(tx, now))
                    .unwrap()
                    .value
            };
            let day = kernel::time::SignedDuration::from_hours(24);
            assert_eq!(follow(house.now()), 0);
            assert_eq!(lead_of(&house, NORTH), HANNA);
            assert_eq!(follow(house.now() + day * 8), 1);
            assert_eq!(lead_of(&house, NORTH), PEKKA);
            assert_eq!(follow(house.now() + day * 8), 0);
        });
    }
}

#[test]
fn who_ends_at_once_is_followed_at_once_in_every_unit() {
    for store in stores(identity::MIGRATIONS) {
        let house = sample(store);
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let tuula = house.enter(TUULA).await;
            let planned = format!("/admin/people/{}/end", id(HANNA));
            let pekka = id(PEKKA).to_string();
            let fields = [("end_day", "20.3.2026"), ("successor", &*pekka)];
            house.post(&planned, &fields, &tuula).await;
            // Pekka leads one unit and is to lead another: both go to Hanna's follower.
            let now = format!("/admin/people/{pekka}/end");
            let hanna = id(HANNA).to_string();
            let fields = [("end_day", "12.3.2026"), ("successor", hanna.as_str())];
            let wrong = house.post(&now, &fields[..1], &tuula).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            let done = house.post(&now, &fields, &tuula).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
            assert_eq!(lead_of(&house, SOUTH), HANNA);
            let next = "select count(*) from unit where next_lead_id is not null";
            assert_eq!(count(&house, next), 1, "Hanna's own end still asks");
        });
    }
}
