//! Coming in, staying and going out, through the house's own doors.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use axum::http::StatusCode;
use identity::people::{self, StaffId};
use kernel::time::{Date, SignedDuration};
use store::Query;
use support::{JAANA, LEFT, REAL, sample};

#[test]
fn messages_are_whole() {
    let wrong = web::proof::messages(
        &identity::feature(true).messages,
        env!("CARGO_MANIFEST_DIR"),
        &[
            "title-",
            "unit-kind-",
            "public-enter-does-",
            "account-method-",
            "admin-asked-",
            "admin-service-",
            "admin-tab-",
            "decision-",
            "employment-kind-",
            "notice-",
            "qualification-",
            "right-kind-",
            "scope-",
            "task-name-",
        ],
    );
    assert_eq!(wrong, [""; 0]);
}

#[tokio::test]
async fn entering_begins_a_session_with_a_guarded_cookie() {
    for (https, secure) in [(false, false), (true, true)] {
        let house = sample(true, https);
        let id = StaffId::from_bytes(JAANA).to_string();
        let answer = house.post("/demo/enter", &[("staff", &id)], "").await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, "/desk")
        );
        let cookie = answer.header("set-cookie");
        for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
        assert!(
            !cookie.contains("Max-Age"),
            "the session ends with the browser: {cookie}"
        );
        let work = house.get("/work", &answer.cookie()).await;
        assert_eq!(work.body, "Jaana Peltola|Neuvonta|");
    }
}

#[tokio::test]
async fn only_demo_identities_still_in_service_can_be_entered() {
    let house = sample(true, false);
    for id in [LEFT, REAL, [9; 16]] {
        let id = StaffId::from_bytes(id).to_string();
        let answer = house.post("/demo/enter", &[("staff", &id)], "").await;
        assert_eq!(
            (answer.status, answer.header("set-cookie")),
            (StatusCode::NOT_FOUND, "")
        );
    }
    let answer = house
        .post("/demo/enter", &[("staff", "' or 1=1")], "")
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let page = house.get("/", "").await;
    assert!(page.body.contains("Jaana Peltola"));
    assert!(!page.body.contains("Poissa Oleva") && !page.body.contains("Aito Ihminen"));
}

#[tokio::test]
async fn outside_a_demo_nobody_can_enter() {
    let house = sample(false, false);
    let id = StaffId::from_bytes(JAANA).to_string();
    let answer = house.post("/demo/enter", &[("staff", &id)], "").await;
    assert_eq!(
        (answer.status, answer.header("set-cookie")),
        (StatusCode::NOT_FOUND, "")
    );
    let paths: Vec<_> = identity::feature(false)
        .routes
        .iter()
        .map(|route| route.path.to_string())
        .collect();
    assert!(!paths.iter().any(|path| path.contains("demo")), "{paths:?}");
    let page = house.get("/", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Jaana Peltola"));
    assert!(page.body.contains("href=\"/sign-in\""));
    // This house has no public form, so nothing leads to one; in `app` the front page of a whole house is looked at.
    assert!(!page.body.contains("/yhteydenotto") && !page.body.contains("/tunnus"));
}

#[tokio::test]
async fn the_start_page_speaks_four_languages() {
    let house = sample(true, false);
    let finnish = house.get("/", "").await.body;
    assert!(
        finnish.contains("Kokeilu: kaikki henkilöt ovat keksittyjä."),
        "{finnish}"
    );
    assert!(finnish.contains("href=\"/sv/alku\"") && finnish.contains("href=\"/easy/alku\""));
    for (path, words) in [
        ("/sv/alku", "alla personer är påhittade"),
        ("/en/alku", "everybody here is made up"),
        ("/easy/alku", "Kaikki ihmiset ovat keksittyjä"),
    ] {
        let page = house.get(path, "").await;
        assert!(page.body.contains(words), "{path}");
    }
}

#[tokio::test]
async fn every_session_has_a_new_token_and_entering_ends_the_one_before() {
    let house = sample(true, false);
    let planted = format!("noste_session={}", "a".repeat(64));
    let id = StaffId::from_bytes(JAANA).to_string();
    let first = house
        .post("/demo/enter", &[("staff", &id)], &planted)
        .await
        .cookie();
    assert_ne!(first, planted);
    let second = house
        .post("/demo/enter", &[("staff", &id)], &first)
        .await
        .cookie();
    assert_ne!(first, second);
    assert_eq!(
        house.get("/work", &planted).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        house.get("/work", &first).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(house.get("/work", &second).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_signed_in_worker_is_led_to_the_desk_and_signs_out_at_once() {
    let house = sample(true, false);
    let cookie = house.enter().await;
    let start = house.get("/", &cookie).await;
    assert_eq!(
        (start.status, start.header("location")),
        (StatusCode::SEE_OTHER, "/desk")
    );
    let out = house.post("/sign-out", &[], &cookie).await;
    assert_eq!(
        (out.status, out.header("location")),
        (StatusCode::SEE_OTHER, "/")
    );
    assert!(
        out.header("set-cookie").starts_with("noste_session=;")
            && out.header("set-cookie").contains("Max-Age=0")
    );
    assert_eq!(
        house.get("/work", &cookie).await.status,
        StatusCode::SEE_OTHER
    );
    let again = house.post("/sign-out", &[], &cookie).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn choices_are_kept_in_the_session() {
    let house = sample(true, false);
    let (one, other) = (house.enter().await, house.enter().await);
    let kept = house.post("/work", &[("choice", "today sv")], &one).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert_eq!(
        house.get("/work", &one).await.body,
        "Jaana Peltola|Neuvonta|today+sv"
    );
    assert_eq!(
        house.get("/work", &other).await.body,
        "Jaana Peltola|Neuvonta|"
    );
}

#[tokio::test]
async fn an_idle_session_ends_and_a_used_one_goes_on() {
    let house = sample(true, false);
    let (used, idle) = (house.enter().await, house.enter().await);
    for _ in 0..3 {
        house.clock.advance(SignedDuration::from_hours(4));
        assert_eq!(house.get("/work", &used).await.status, StatusCode::OK);
    }
    assert_eq!(
        house.get("/work", &idle).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn an_open_page_alone_does_not_keep_a_session() {
    for path in ["/live?topics=contacts", "/contacts/list?tab=untaken"] {
        let house = sample(true, false);
        let cookie = house.enter().await;
        for _ in 0..2 {
            house.clock.advance(SignedDuration::from_mins(4 * 60));
            assert_eq!(house.status(path, &cookie).await, StatusCode::OK, "{path}");
        }
        house.clock.advance(SignedDuration::from_mins(1));
        for path in [path, "/work"] {
            let ended = house.status(path, &cookie).await;
            assert_eq!(ended, StatusCode::SEE_OTHER, "{path}");
        }
    }
}

#[tokio::test]
async fn use_right_after_a_refresh_of_the_page_counts() {
    let house = sample(true, false);
    let cookie = house.enter().await;
    house.clock.advance(SignedDuration::from_hours(4));
    house.get("/contacts/list", &cookie).await;
    house.clock.advance(SignedDuration::from_secs(1));
    house.get("/work", &cookie).await;
    house.clock.advance(SignedDuration::from_hours(7));
    assert_eq!(house.get("/work", &cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_ends_twelve_hours_after_it_began_however_much_it_is_used() {
    let house = sample(true, false);
    let cookie = house.enter().await;
    for _ in 0..12 {
        house.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(house.get("/work", &cookie).await.status, StatusCode::OK);
    }
    house.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(
        house.get("/work", &cookie).await.status,
        StatusCode::SEE_OTHER
    );
    let anew = house.enter().await;
    assert_eq!(house.get("/work", &anew).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_departed_workers_session_ends() {
    let house = sample(true, false);
    let cookie = house.enter().await;
    assert_eq!(house.get("/work", &cookie).await.status, StatusCode::OK);
    house
        .store
        .write_blocking(|tx| {
            people::end_employment(tx, StaffId::from_bytes(JAANA), Date::constant(2026, 3, 12))
        })
        .unwrap();
    house.clock.advance(SignedDuration::from_secs(6));
    assert_eq!(
        house.get("/work", &cookie).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn coming_and_going_are_in_the_log() {
    let house = sample(true, false);
    let entries = |sql: &'static str| {
        house
            .store
            .read_blocking(move |tx| tx.query_one(sql, &[])?.get::<i64>(0))
            .unwrap()
    };
    let before = entries("select count(*) from log_entry");
    let cookie = house.enter().await;
    assert_eq!(entries("select count(*) from log_entry"), before + 1);
    house.post("/sign-out", &[], &cookie).await;
    assert_eq!(entries("select count(*) from log_entry"), before + 2);
    house.post("/sign-out", &[], &cookie).await;
    assert_eq!(
        entries("select count(*) from log_entry"),
        before + 2,
        "an ended session ends only once"
    );
}
