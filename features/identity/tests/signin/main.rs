//! Local sign-in through the house's own doors: who gets in, who does not, and what an attacker meets.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod attacks;
mod directory;
mod held;
mod passkey;
mod support;

use axum::http::StatusCode;
use identity::accounts;
use identity::people::{self, StaffId};
use kernel::clock::Clock;
use kernel::time::{Date, SignedDuration};
use support::{JAANA, PASSWORD, VILLE, sample, usual};

const WRONG: &str = "eivät täsmää";

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

#[test]
fn the_way_in_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = sample(store);
        run(async {
            let mut browser = house.browser();
            let owner = browser.open_account(JAANA, "jaana.peltola").await;
            assert!(browser.is_in().await);
            assert_eq!(browser.post("/sign-out", &[]).await.location(), "/");
            assert!(!browser.is_in().await);

            let answer = browser.sign_in(&owner).await;
            assert_eq!(answer.location(), "/desk");
            assert!(browser.is_in().await);

            // The same code a second time, from another browser that knows the password.
            let mut other = house.browser();
            let answer = other.password(" JAANA.Peltola ", PASSWORD).await;
            assert_eq!(answer.location(), "/sign-in/code");
            let used = house.code(&owner.secret);
            let answer = other.post("/sign-in/code", &[("code", &used)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains("käy vain kerran"), "{}", answer.body);
            house.pass(SignedDuration::from_secs(30));
            let next = house.code(&owner.secret);
            let answer = other.post("/sign-in/code", &[("code", &next)]).await;
            assert_eq!(answer.location(), "/desk");

            // A recovery code in its place, once.
            let code = owner.recovery[3].to_uppercase();
            for expected in [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY] {
                let mut lost = house.browser();
                lost.password(owner.login, PASSWORD).await;
                let answer = lost.post("/sign-in/code", &[("code", &code)]).await;
                assert_eq!(answer.status, expected);
            }
            assert_eq!(
                house.number("select count(*) from recovery_code where used_at is null"),
                9
            );
            assert_eq!(house.logged("signin.done"), 4);
            assert_eq!(house.logged("signin.failed"), 2);
        });
    }
}

#[test]
fn an_invitation_works_once_and_in_time_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = sample(store);
        run(async {
            let mut browser = house.browser();
            let first = house.invite(JAANA, "jaana.peltola");
            let second = house.invite(JAANA, "jaana.peltola");
            let fields = |code: &str| {
                [
                    ("invitation", code.to_owned()),
                    ("password", PASSWORD.to_owned()),
                    ("again", PASSWORD.to_owned()),
                ]
            };
            let mut tries = async |code: &str| {
                let fields = fields(code);
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                browser.post("/sign-in/first", &fields).await
            };
            let answer = tries(&first).await;
            assert!(
                answer.body.contains("Kutsukoodi ei käy"),
                "a newer one ended it"
            );
            assert_eq!(tries(&second).await.location(), "/sign-in/first/code");
            // Not used before the app's first code is right, then used.
            assert_eq!(tries(&second).await.location(), "/sign-in/first/code");
            let secret = browser.app_secret("/sign-in/first/code").await;
            let mut twin = browser.clone();
            let answer = browser
                .post("/sign-in/first/code", &[("code", "000000")])
                .await;
            assert!(answer.body.contains("puhelimen kello"), "{}", answer.body);
            let code = house.code(&secret);
            let answer = browser
                .post("/sign-in/first/code", &[("code", &code)])
                .await;
            assert_eq!(answer.status, StatusCode::OK);
            let answer = twin.post("/sign-in/first/code", &[("code", &code)]).await;
            assert!(answer.body.contains("Kutsukoodi ei käy"), "{}", answer.body);

            let late = house.invite(VILLE, "ville.aho");
            house.pass(SignedDuration::from_hours(7 * 24));
            let fields = [
                ("invitation", late.as_str()),
                ("password", PASSWORD),
                ("again", PASSWORD),
            ];
            let answer = house.browser().post("/sign-in/first", &fields).await;
            assert!(answer.body.contains("Kutsukoodi ei käy"));
        });
    }
}

#[tokio::test]
async fn a_new_password_is_checked_and_never_sent_back() {
    let house = usual();
    let mut browser = house.browser();
    let code = house.invite(JAANA, "jaana.peltola");
    for (password, again, words) in [
        ("lyhyt", "lyhyt", "vähintään 12 merkkiä"),
        ("Salasana2026!", "Salasana2026!", "ensimmäisten joukossa"),
        ("peltolajaana26", "peltolajaana26", "käyttäjätunnuksesi"),
        (PASSWORD, "kolme harmaata koiraa", "eivät ole samat"),
    ] {
        let fields = [
            ("invitation", code.as_str()),
            ("password", password),
            ("again", again),
        ];
        let answer = browser.post("/sign-in/first", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(words), "{}", answer.body);
        assert!(answer.body.contains(&code) && !answer.body.contains(password));
    }
    let answer = browser.password("", "").await;
    assert!(
        answer.body.contains("Kirjoita käyttäjätunnus.")
            && answer.body.contains("Kirjoita salasana.")
    );
    let answer = browser.password("<b>x", "jokin väärä salasana").await;
    assert!(answer.body.contains("&#60;b&#62;x") && !answer.body.contains("jokin väärä"));
}

#[tokio::test]
async fn a_reset_ends_everything_that_opened_the_account() {
    let house = usual();
    let mut thief = house.browser();
    let owner = thief.open_account(JAANA, "jaana.peltola").await;
    assert!(thief.is_in().await);
    let mut browser = house.browser();
    let anew = browser.open_account(JAANA, "jaana.peltola").await;
    assert!(browser.is_in().await && !thief.is_in().await, "at once");
    thief.password(owner.login, PASSWORD).await;
    for code in [house.code(&owner.secret), owner.recovery[0].clone()] {
        let answer = thief.post("/sign-in/code", &[("code", &code)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(house.browser().sign_in(&anew).await.location(), "/desk");
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let house = usual();
    let mut one = house.browser();
    let owner = one.open_account(JAANA, "jaana.peltola").await;
    let (mut two, mut three) = (house.browser(), house.browser());
    three.address = "10.9.9.9".to_owned();
    two.sign_in(&owner).await;
    three.sign_in(&owner).await;
    let page = one.get("/account").await.body;
    assert_eq!(
        page.matches("Firefox, Windows").count(),
        5,
        "three rows, two buttons: {page}"
    );
    assert!(page.contains("sama verkko kuin nyt") && page.contains("muu verkko"));
    assert!(page.contains("kutsukoodi") && page.contains("salasana ja koodi"));
    for (cookie, secret) in &three.cookies {
        assert!(!page.contains(secret.as_str()), "{cookie}");
    }
    // The second row is the other that was used last before this page.
    let handle = page.split("name=\"session\" value=\"").nth(1).unwrap()[..32].to_owned();
    one.post("/account/sessions/end", &[("session", &handle)])
        .await;
    let open = [two.is_in().await, three.is_in().await];
    assert_eq!(open.iter().filter(|open| **open).count(), 1, "{open:?}");
    // Somebody else's handle ends nothing.
    let mut ville = house.browser();
    ville.open_account(VILLE, "ville.aho").await;
    let page = one.get("/account").await.body;
    let handle = page.split("name=\"session\" value=\"").nth(1).unwrap()[..32].to_owned();
    ville
        .post("/account/sessions/end", &[("session", &handle)])
        .await;
    assert!(two.is_in().await || three.is_in().await);
    one.post("/account/sessions/end-others", &[]).await;
    assert!(!two.is_in().await && !three.is_in().await);
    assert!(one.is_in().await && ville.is_in().await);
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let house = usual();
    let mut one = house.browser();
    let owner = one.open_account(JAANA, "jaana.peltola").await;
    let mut two = house.browser();
    two.sign_in(&owner).await;
    let change = |present: &'static str| {
        [
            ("present", present),
            ("password", "neljä vihreää hanhea"),
            ("again", "neljä vihreää hanhea"),
        ]
    };
    let answer = one
        .post("/account/password", &change("väärä salasana tässä"))
        .await;
    assert!(
        answer.body.contains("Nykyinen salasana ei täsmää"),
        "{}",
        answer.body
    );
    assert!(two.is_in().await);
    let answer = one.post("/account/password", &change(PASSWORD)).await;
    assert_eq!(answer.location(), "/account");
    assert!(one.is_in().await && !two.is_in().await);
    let answer = house.browser().password(owner.login, PASSWORD).await;
    assert!(answer.body.contains(WRONG));
    let answer = house
        .browser()
        .password(owner.login, "neljä vihreää hanhea")
        .await;
    assert_eq!(answer.location(), "/sign-in/code");
}

#[test]
fn a_right_password_is_worth_nothing_after_it_has_been_changed_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = sample(store);
        run(async {
            let mut own = house.browser();
            let owner = own.open_account(JAANA, "jaana.peltola").await;
            let (mut thief, mut paper) = (house.browser(), house.browser());
            for browser in [&mut thief, &mut paper] {
                let answer = browser.password(owner.login, PASSWORD).await;
                assert_eq!(answer.location(), "/sign-in/code");
            }
            let fields = [
                ("present", PASSWORD),
                ("password", "neljä vihreää hanhea"),
                ("again", "neljä vihreää hanhea"),
            ];
            let changed = own.post("/account/password", &fields).await;
            assert_eq!(changed.location(), "/account", "{}", changed.body);
            house.pass(SignedDuration::from_mins(1));
            // The thief sees the phone, and has found the paper of recovery codes.
            let code = house.code(&owner.secret);
            for (browser, code) in [(&mut thief, code), (&mut paper, owner.recovery[0].clone())] {
                let answer = browser.post("/sign-in/code", &[("code", &code)]).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
                assert!(!browser.is_in().await);
            }
            // Nothing of the owner's was used up.
            let unused = "select count(*) from recovery_code where used_at is null";
            assert_eq!(house.number(unused), 10);
            let mut new = house.browser();
            let answer = new.password(owner.login, "neljä vihreää hanhea").await;
            assert_eq!(answer.location(), "/sign-in/code");
            let code = house.code(&owner.secret);
            let answer = new.post("/sign-in/code", &[("code", &code)]).await;
            assert_eq!(answer.location(), "/desk", "{}", answer.body);
        });
    }
}

#[tokio::test]
async fn a_new_app_and_new_recovery_codes_end_the_old() {
    let house = usual();
    let mut one = house.browser();
    let owner = one.open_account(JAANA, "jaana.peltola").await;
    house.pass(SignedDuration::from_mins(20));
    let answer = one.get("/account/app").await;
    assert_eq!(
        answer.location(),
        "/sign-in/confirm?next=%2Faccount%2Fapp",
        "asked again"
    );
    one.sign_in(&owner).await;
    let secret = one.app_secret("/account/app").await;
    assert_ne!(secret, owner.secret);
    let answer = one
        .post("/account/app", &[("code", &house.code(&secret))])
        .await;
    assert_eq!(answer.location(), "/account");
    let answer = one.post("/account/recovery", &[]).await;
    assert_eq!(answer.body.matches("<li>").count(), 10);
    let fresh = answer
        .between("<ul class=\"n-codes\">", "</li>")
        .replace("<li>", "");
    house.pass(SignedDuration::from_mins(1));
    for (code, works) in [
        (house.code(&owner.secret), false),
        (owner.recovery[0].clone(), false),
        (house.code(&secret), true),
        (fresh.trim().to_owned(), true),
    ] {
        let mut browser = house.browser();
        browser.password(owner.login, PASSWORD).await;
        let answer = browser.post("/sign-in/code", &[("code", &code)]).await;
        assert_eq!(answer.status == StatusCode::SEE_OTHER, works, "{code}");
    }
}

#[tokio::test]
async fn a_leaver_and_a_closed_account_stay_out_with_the_usual_words() {
    let house = usual();
    let mut jaana = house.browser();
    let owner = jaana.open_account(JAANA, "jaana.peltola").await;
    let mut ville = house.browser();
    let other = ville.open_account(VILLE, "ville.aho").await;
    let now = house.store.clock.now();
    house
        .store
        .write_blocking(move |tx| {
            people::end_employment(tx, StaffId::from_bytes(JAANA), Date::constant(2026, 3, 12))?;
            accounts::close(
                tx,
                now,
                StaffId::from_bytes(VILLE),
                StaffId::from_bytes(JAANA),
            )
        })
        .unwrap();
    house.sessions.forget_staff(StaffId::from_bytes(VILLE));
    assert!(!ville.is_in().await);
    house.pass(SignedDuration::from_secs(6));
    assert!(!jaana.is_in().await);
    for owner in [&owner, &other] {
        let answer = house.browser().password(owner.login, PASSWORD).await;
        assert!(answer.body.contains(WRONG), "{}", answer.body);
    }
    let staff = StaffId::from_bytes(VILLE);
    let overview = house
        .store
        .read_blocking(move |tx| accounts::overview(tx, staff, now))
        .unwrap()
        .unwrap();
    assert_eq!(
        (overview.state, overview.has_codes),
        (accounts::State::Closed, true)
    );
    // A new invitation opens it again.
    let again = house.browser().open_account(VILLE, "ville.aho").await;
    assert_eq!(house.browser().sign_in(&again).await.location(), "/desk");
}
