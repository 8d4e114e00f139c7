//! Guessing, spraying, fixation, what the time of an answer tells.

use axum::http::StatusCode;
use kernel::time::SignedDuration;

use crate::WRONG;
use crate::support::{JAANA, PASSWORD, VILLE, usual};

#[tokio::test]
async fn an_unknown_name_costs_the_same_work_and_gives_the_same_words() {
    let house = usual();
    let owner = house.browser().open_account(JAANA, "jaana.peltola").await;
    house.invite(VILLE, "ville.aho");
    let mut pages = Vec::new();
    for login in [
        owner.login,
        "ei.ketaan",
        "ville.aho",
        "'; drop table account; --",
    ] {
        let before = house.sessions.hasher().runs();
        let mut browser = house.browser();
        let answer = browser.password(login, "väärä mutta pitkä salasana").await;
        assert_eq!(house.sessions.hasher().runs() - before, 1, "{login}");
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(WRONG));
        assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
        pages.push(
            answer
                .body
                .lines()
                .filter(|line| line.contains("error-summary"))
                .count(),
        );
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
    // A right password where nothing is to be compared with does not open anything either.
    assert!(
        house
            .browser()
            .password("ville.aho", PASSWORD)
            .await
            .body
            .contains(WRONG)
    );
}

/// The time of an answer is its work: hashes and statements, counted for many attempts in turn. A clock would measure what
/// else the machine is doing.
#[tokio::test]
async fn time_tells_nothing_of_a_name() {
    let house = usual();
    let owner = house.browser().open_account(JAANA, "jaana.peltola").await;
    for round in 0..12 {
        let mut work = Vec::new();
        for (kind, login) in [owner.login, "ei.ketaan"].into_iter().enumerate() {
            let mut browser = house.browser();
            browser.address = format!("10.1.{round}.{kind}");
            house.pass(SignedDuration::from_mins(10));
            let token = browser.token().await;
            let fields = [("login", login), ("password", "väärä mutta pitkä salasana")];
            let (hashes, statements) = (
                house.sessions.hasher().runs(),
                house.store.statement_count(),
            );
            let answer = browser.post_with("/sign-in", &fields, &token).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            work.push((
                house.sessions.hasher().runs() - hashes,
                house.store.statement_count() - statements,
            ));
        }
        assert_eq!(work[0], work[1], "round {round}: known, unknown");
    }
}

#[tokio::test]
async fn a_planted_session_is_never_taken_over() {
    let house = usual();
    let mut browser = house.browser();
    let owner = browser.open_account(JAANA, "jaana.peltola").await;
    browser.post("/sign-out", &[]).await;
    let planted = "a".repeat(64);
    browser
        .cookies
        .insert("noste_session".to_owned(), planted.clone());
    browser.sign_in(&owner).await;
    let own = browser.cookies["noste_session"].clone();
    assert_ne!(own, planted);
    let mut attacker = house.browser();
    attacker.cookies.insert("noste_session".to_owned(), planted);
    assert!(browser.is_in().await && !attacker.is_in().await);
    // Signing in again ends the session before, so one that leaked dies with it.
    browser.sign_in(&owner).await;
    assert_ne!(browser.cookies["noste_session"], own);
    attacker.cookies.insert("noste_session".to_owned(), own);
    assert!(!attacker.is_in().await);
}

#[tokio::test]
async fn a_stranger_locks_nobody_out() {
    let house = usual();
    let mut own = house.browser();
    let owner = own.open_account(JAANA, "jaana.peltola").await;
    own.post("/sign-out", &[]).await;
    let (mut wrong, mut stopped) = (0, 0);
    for number in 0..60 {
        let mut stranger = house.browser();
        stranger.address = format!("203.0.113.{number}");
        let answer = stranger
            .password(owner.login, "arvaus toisensa perään")
            .await;
        match answer.status {
            StatusCode::UNPROCESSABLE_ENTITY => wrong += 1,
            StatusCode::TOO_MANY_REQUESTS => {
                stopped += 1;
                assert!(answer.body.contains("Yrityksiä on ollut monta"));
                assert!(answer.headers.contains_key("retry-after"));
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!((wrong, stopped), (15, 45));
    // A strange browser waits even with the right password; the browser she always uses does not.
    let mut new = house.browser();
    new.address = "198.51.100.7".to_owned();
    let answer = new.password(owner.login, PASSWORD).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    own.address = "198.51.100.8".to_owned();
    assert_eq!(own.sign_in(&owner).await.location(), "/desk");
    // Her known browser helps nobody into another account, and is slowed by its own mistakes alone.
    let refused = house
        .browser()
        .password("ville.aho", "mikä tahansa salasana")
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.logged("signin.failed"), 16);
}

#[tokio::test]
async fn spraying_one_password_is_stopped_by_address_and_by_house() {
    let house = usual();
    let mut one = house.browser();
    let mut tried = 0;
    for number in 0..40 {
        let answer = one
            .password(&format!("nimi.{number}"), "Kesä2026! on tulossa")
            .await;
        tried += usize::from(answer.status == StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(tried, 20, "one address");
    for number in 0..200 {
        let mut many = house.browser();
        many.address = format!("203.0.113.{number}");
        let answer = many
            .password(&format!("toinen.{number}"), "Kesä2026! on tulossa")
            .await;
        tried += usize::from(answer.status == StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(tried, 120, "the whole house");
    house.pass(SignedDuration::from_mins(10));
    let mut later = house.browser();
    later.address = "198.51.100.1".to_owned();
    let answer = later.password("kolmas.nimi", "Kesä2026! on tulossa").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "it passes");
}

#[tokio::test]
async fn guessed_codes_are_stopped_although_the_password_is_right() {
    let house = usual();
    let owner = house.browser().open_account(JAANA, "jaana.peltola").await;
    let mut thief = house.browser();
    thief.address = "203.0.113.9".to_owned();
    thief.password(owner.login, PASSWORD).await;
    let mut statuses = Vec::new();
    for guess in 0..20 {
        let code = format!("{guess:06}");
        statuses.push(thief.post("/sign-in/code", &[("code", &code)]).await.status);
    }
    let wrong = statuses
        .iter()
        .filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY)
        .count();
    assert_eq!(wrong, 5);
    assert_eq!(statuses[19], StatusCode::TOO_MANY_REQUESTS);
    // The step of another cannot be used without the cookie that the password gave.
    let code = house.code(&owner.secret);
    let answer = house
        .browser()
        .post("/sign-in/code", &[("code", &code)])
        .await;
    assert_eq!(answer.location(), "/sign-in");
    house.pass(SignedDuration::from_mins(31));
    let late = house.code(&owner.secret);
    let answer = thief.post("/sign-in/code", &[("code", &late)]).await;
    assert_eq!(answer.location(), "/sign-in", "a step lasts half an hour");
}

#[tokio::test]
async fn failures_are_in_the_log_without_what_was_typed() {
    let house = usual();
    let typed = "Salainen lause väärään kenttään";
    house
        .browser()
        .password(typed, "mikä tahansa salasana")
        .await;
    house
        .browser()
        .password(typed, "toinen kelvoton salasana")
        .await;
    let failed: Vec<_> = house
        .log()
        .into_iter()
        .filter(|(event, _)| event == "signin.failed")
        .map(|(_, detail)| detail)
        .collect();
    assert_eq!(failed.len(), 2);
    assert_eq!(
        failed[0], failed[1],
        "the same name can be told to be the same"
    );
    let (name, reason) = failed[0].split_once(" reason=").unwrap();
    assert_eq!((name.len(), reason), ("name=".len() + 16, "password"));
    let plain = blake3::hash(typed.to_lowercase().as_bytes()).to_hex();
    assert!(!failed[0].contains(&plain[..16]), "keyed");
}

#[tokio::test]
async fn signing_in_from_another_site_is_refused_and_next_leads_nowhere_else() {
    let house = usual();
    let mut browser = house.browser();
    let owner = browser.open_account(JAANA, "jaana.peltola").await;
    browser.post("/sign-out", &[]).await;
    for (next, expected) in [
        ("/work", "/work"),
        ("//evil.example", "/desk"),
        ("https://evil.example", "/desk"),
        ("/\\evil.example", "/desk"),
        ("/sign-in", "/desk"),
        ("", "/desk"),
    ] {
        house.pass(SignedDuration::from_mins(1));
        let mut browser = house.browser();
        let fields = [
            ("login", owner.login),
            ("password", PASSWORD),
            ("next", next),
        ];
        browser.post("/sign-in", &fields).await;
        let code = house.code(&owner.secret);
        let answer = browser.post("/sign-in/code", &[("code", &code)]).await;
        assert_eq!(answer.location(), expected, "{next}");
    }
    let answer = browser.get("/work?tab=own").await;
    assert_eq!(answer.location(), "/sign-in?next=%2Fwork%3Ftab%3Down");
}
