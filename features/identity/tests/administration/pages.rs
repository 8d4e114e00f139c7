//! The pages: who sees which, what a form is refused with, and what a change does at once.

use axum::http::StatusCode;
use identity::IdentityKey;
use identity::facts::{declare, record};
use identity::people::{self, StaffId};
use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use store::{Actor, ActorFilter, Query, params};
use testkit::sqlite_store;

use crate::support::{AINO, HANNA, NORTH, OLLI, PEKKA, SIRPA, Sample, TUULA, VILLE, id, sample};

fn house() -> Sample {
    sample(sqlite_store(identity::MIGRATIONS))
}

fn page_of(staff: [u8; 16]) -> String {
    format!("/admin/people/{}", id(staff))
}

#[tokio::test]
async fn every_page_opens_for_whom_it_is_and_in_every_language() {
    let house = house();
    let pages = [
        ("/admin/people", "TOHP"),
        ("/admin/people/new", "TO"),
        ("/admin/units", "TOHL"),
        ("/admin/delegations", "TOHLP"),
        ("/admin/tokens", "TOP"),
        ("/own/bars", "TOHLPA"),
    ];
    for (who, staff) in [
        ('T', TUULA),
        ('O', OLLI),
        ('H', HANNA),
        ('L', PEKKA),
        ('P', SIRPA),
        ('A', AINO),
    ] {
        let user = house.enter(staff).await;
        for (path, allowed) in pages {
            let may = allowed.contains(who) || (path == "/admin/people" && who == 'L');
            let got = house.get(path, &user).await;
            let expected = if may {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            assert_eq!(got.status, expected, "{who} {path}");
        }
    }
    let user = house.enter(TUULA).await;
    let own = [
        page_of(AINO),
        format!("/admin/units/{}", people::UnitId::from_bytes(NORTH)),
    ];
    for path in pages.iter().map(|(path, _)| (*path).to_owned()).chain(own) {
        for language in ["fi", "sv", "en"] {
            let with = (format!("{}; noste_language={language}", user.0), user.1);
            let got = house.get(&path, &with).await;
            assert_eq!(got.status, StatusCode::OK, "{path} {language}");
        }
    }
}

#[tokio::test]
async fn a_lead_sees_the_people_of_the_own_unit_only_and_nobody_administers_oneself() {
    let house = house();
    let hanna = house.enter(HANNA).await;
    let list = house.get("/admin/people", &hanna).await.body;
    assert!(list.contains("Aino Salmela") && !list.contains("Ville Aho"));
    assert_eq!(
        house.get(&page_of(AINO), &hanna).await.status,
        StatusCode::OK
    );
    assert_eq!(
        house.get(&page_of(VILLE), &hanna).await.status,
        StatusCode::NOT_FOUND
    );
    let nobody = page_of([99; 16]);
    assert_eq!(
        house.get(&nobody, &hanna).await.status,
        StatusCode::NOT_FOUND
    );

    let tuula = house.enter(TUULA).await;
    let list = house.get("/admin/people", &tuula).await.body;
    assert!(!list.contains(&page_of(TUULA)), "no link to oneself");
    assert_eq!(
        house.get(&page_of(TUULA), &tuula).await.status,
        StatusCode::NOT_FOUND
    );
    // The data protection officer reads and changes nothing.
    let sirpa = house.enter(SIRPA).await;
    assert_eq!(
        house.get(&page_of(AINO), &sirpa).await.status,
        StatusCode::OK
    );
    let end = house
        .post(
            &format!("{}/end", page_of(AINO)),
            &[("end_day", "13.3.2026")],
            &sirpa,
        )
        .await;
    assert_eq!(end.status, StatusCode::NOT_FOUND);
    // A lead keeps no employments.
    let end = house
        .post(
            &format!("{}/end", page_of(AINO)),
            &[("end_day", "13.3.2026")],
            &hanna,
        )
        .await;
    assert_eq!(end.status, StatusCode::NOT_FOUND);
}

async fn waiting(house: &Sample) -> i64 {
    house
        .store
        .read(|tx| {
            let row = tx.query_one(
                "select max(id) from work_task where approved_at is null",
                &[],
            )?;
            row.get::<i64>(0)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_task_needs_the_lead_and_an_administrator() {
    let house = house();
    let (hanna, tuula, aino) = (
        house.enter(HANNA).await,
        house.enter(TUULA).await,
        house.enter(AINO).await,
    );
    let ask = format!("{}/tasks", page_of(AINO));
    let wrong = house
        .post(
            &ask,
            &[("task", "wizard"), ("task_from", "31.2.2026")],
            &hanna,
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("31.2.2026"), "what was typed stays");
    let fields = [
        ("task", "carrying_out"),
        ("service", "working_age"),
        ("task_from", "13.3.2026"),
        ("task_until", ""),
    ];
    assert_eq!(
        house.post(&ask, &fields, &aino).await.status,
        StatusCode::NOT_FOUND
    );
    let asked = house.post(&ask, &fields, &hanna).await;
    assert_eq!(asked.location, format!("{}?done=asked", page_of(AINO)));
    let approve = format!("/admin/tasks/{}/approve", waiting(&house).await);
    let same = house.post(&approve, &[], &hanna).await;
    assert!(same.location.ends_with("done=same"), "{}", same.location);
    let done = house.post(&approve, &[], &tuula).await;
    assert!(
        done.location.ends_with("done=approved"),
        "{}",
        done.location
    );
    let tasks = house
        .store
        .read(|tx| people::lookup_staff(tx, id(AINO)))
        .await
        .unwrap()
        .unwrap()
        .tasks;
    assert!(tasks.iter().any(|task| task == "carrying_out"));
}

#[tokio::test]
async fn an_end_now_puts_the_person_out_now() {
    let house = house();
    let (tuula, aino) = (house.enter(TUULA).await, house.enter(AINO).await);
    assert_eq!(house.get("/own/bars", &aino).await.status, StatusCode::OK);
    let end = format!("{}/end", page_of(AINO));
    let wrong = house
        .post(
            &end,
            &[("end_day", "13.3.2026"), ("end_clock", "kohta")],
            &tuula,
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // 10.00 in Finland is the test clock's beginning.
    let done = house
        .post(
            &end,
            &[("end_day", "13.3.2026"), ("end_clock", "10.00")],
            &tuula,
        )
        .await;
    assert!(
        done.location.ends_with("done=ended"),
        "{} {}",
        done.status,
        done.body
    );
    assert_ne!(
        house.get("/own/bars", &aino).await.status,
        StatusCode::OK,
        "the session has ended"
    );
    let again = house.enter(AINO).await;
    assert_ne!(
        house.get("/own/bars", &again).await.status,
        StatusCode::OK,
        "and a new one opens nothing"
    );
}

#[tokio::test]
async fn identity_codes_are_never_shown_back() {
    let house = house();
    let (tuula, aino) = (house.enter(TUULA).await, house.enter(AINO).await);
    let code = IdentityCode::artificial(Date::constant(1980, 5, 17), 3).unwrap();
    let wrong = house
        .post("/own/bars", &[("identity_code", "170580-903X")], &aino)
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.body.contains("170580-903X"));
    let done = house
        .post("/own/bars", &[("identity_code", code.expose())], &aino)
        .await;
    assert_eq!(done.location, "/own/bars?done=declared");
    assert!(
        !house
            .get("/own/bars", &aino)
            .await
            .body
            .contains(code.expose())
    );
    let hash = IdentityKey::of(&house.house.secrets).hash(&code);
    let known = house
        .store
        .read(move |tx| declare::is_relative(tx, id(AINO), hash))
        .await
        .unwrap();
    assert!(known);

    // Two people type an employee's own code, and the second must know it.
    let set = |staff| format!("{}/identity", page_of(staff));
    let fields = [("identity_code", code.expose())];
    let asked = house.post(&set(AINO), &fields, &tuula).await;
    assert!(asked.location.ends_with("done=asked"), "{}", asked.body);
    let known = |staff: [u8; 16]| {
        house
            .store
            .read_blocking(move |tx| record::identity_hash(tx, id(staff)))
            .unwrap()
    };
    assert_eq!(known(AINO), None);
    let olli = house.enter(OLLI).await;
    let other = IdentityCode::artificial(Date::constant(1981, 5, 17), 4).unwrap();
    for wrong in ["", "170580-903X", other.expose()] {
        let got = house.approve(AINO, &[("same_code", wrong)], &olli).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(got.body.contains("href=\"#f-same_code\""), "{}", got.body);
        assert!(wrong.is_empty() || !got.body.contains(wrong));
        assert_eq!(known(AINO), None);
    }
    let same = [("same_code", code.expose())];
    let done = house.approve(AINO, &same, &tuula).await;
    assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY, "who asked");
    let done = house.approve(AINO, &same, &olli).await;
    assert!(done.location.ends_with("done=approved"), "{}", done.body);
    assert_eq!(known(AINO), Some(hash));
    let taken = house.post(&set(VILLE), &fields, &tuula).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!taken.body.contains(code.expose()));
}

#[tokio::test]
async fn a_new_person_begins_with_no_right() {
    let house = house();
    let tuula = house.enter(TUULA).await;
    let unit = people::UnitId::from_bytes(NORTH).to_string();
    let bad = house
        .post(
            "/admin/people/new",
            &[("name", "Elisa"), ("unit", &unit)],
            &tuula,
        )
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("value=\"Elisa\""));
    let fields = [
        ("name", "Elisa Åberg"),
        ("title", "social_worker"),
        ("unit", unit.as_str()),
        ("kind", "public_office"),
        ("from", "1.3.2026"),
        ("until", ""),
    ];
    let done = house.post("/admin/people/new", &fields, &tuula).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let staff: StaffId = done.location["/admin/people/".len()..]
        .split('?')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let now = house.now();
    let subject = house
        .store
        .read(move |tx| identity::facts::subject(tx, staff, now))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(subject.tasks.into_iter().collect::<Vec<_>>(), ["staff"]);
    assert_eq!(
        subject.qualifications.into_iter().collect::<Vec<_>>(),
        ["other"]
    );
}

#[tokio::test]
async fn every_change_leaves_its_log_entry() {
    let house = house();
    let (tuula, hanna) = (house.enter(TUULA).await, house.enter(HANNA).await);
    let unit = format!("/admin/units/{}", people::UnitId::from_bytes(NORTH));
    let aino = id(AINO).to_string();
    let shift = [
        ("worker", aino.as_str()),
        ("shift_day", "16.3.2026"),
        ("shift_from", "8.00"),
        ("shift_until", "16.00"),
    ];
    assert!(
        house
            .post(&format!("{unit}/shifts"), &shift, &hanna)
            .await
            .location
            .ends_with("done=kept")
    );
    let wrong = [
        shift[0],
        shift[1],
        ("shift_from", "16.00"),
        ("shift_until", "8.00"),
    ];
    assert_eq!(
        house
            .post(&format!("{unit}/shifts"), &wrong, &hanna)
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let ville = id(VILLE).to_string();
    let sub = [
        ("substitute", ville.as_str()),
        ("sub_from", "13.3.2026"),
        ("sub_until", "20.3.2026"),
    ];
    assert!(
        house
            .post(&format!("{}/substitutes", page_of(AINO)), &sub, &hanna)
            .await
            .location
            .ends_with("done=kept")
    );
    let away = [("away_from", "13.3.2026"), ("away_until", "20.3.2026")];
    assert!(
        house
            .post(&format!("{}/absences", page_of(AINO)), &away, &hanna)
            .await
            .location
            .ends_with("done=kept")
    );
    let fields = [
        ("kind", "D03"),
        ("title", "social_worker"),
        ("amount", "1 500,50"),
        ("valid_from", "13.3.2026"),
        ("ruling", "Hallintosääntö 35 §"),
    ];
    assert!(
        house
            .post("/admin/delegations", &fields, &tuula)
            .await
            .location
            .ends_with("done=asked")
    );
    let stored = house
        .store
        .read(|tx| {
            tx.query_one("select max_cents from delegation", &params![])?
                .get::<i64>(0)
        })
        .await
        .unwrap();
    assert_eq!(stored, 150_050);
    assert_eq!(
        house
            .post("/admin/delegations", &fields, &hanna)
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    for (staff, events) in [
        (
            HANNA,
            &["admin.duty_add", "admin.substitution", "admin.absence"][..],
        ),
        (TUULA, &["admin.delegation_request"]),
    ] {
        let filter = ActorFilter::new(Actor::Staff(id(staff).bytes()), 50);
        let log = house.store.actor_log(filter).await.unwrap();
        for event in events {
            let entry = log.entries.iter().find(|one| one.header.event == *event);
            let entry = entry.unwrap_or_else(|| panic!("no {event}"));
            assert!(
                !format!("{:?}", entry.content).contains("Aino"),
                "ids, no names"
            );
        }
    }
}
