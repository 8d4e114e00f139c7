//! The code for a first sign-in, asked for by one and handed over by another, and closing an account.

use axum::http::StatusCode;
use identity::accounts::{self, State};
use kernel::time::Date;
use store::{Actor, ActorFilter, Query, StoreError, params};
use testkit::{TestStore, sqlite_store};

use crate::support::{AINO, Answered, HANNA, OLLI, SIRPA, Sample, TUULA, VILLE, id, sample};

fn house() -> Sample {
    sample(sqlite_store(identity::MIGRATIONS))
}

fn act(staff: [u8; 16], end: &str) -> String {
    format!("/admin/people/{}/{end}", id(staff))
}

/// The code on a page.
fn code(answer: &Answered) -> String {
    let (_, rest) = answer
        .body
        .split_once("<code class=\"n-secret\">")
        .unwrap_or_else(|| panic!("no code on {}", answer.body));
    rest.split_once('<').unwrap().0.to_owned()
}

/// State, waiting code and number of invitations of an employee.
fn account(store: &TestStore, staff: [u8; 16]) -> (Option<State>, bool, i64) {
    let now = kernel::clock::Clock::now(&*store.clock);
    store
        .read_blocking(move |tx| {
            let overview = accounts::overview(tx, id(staff), now)?;
            let made = tx
                .query_one(
                    "select count(*) from invitation where staff_id = $1",
                    &params![staff],
                )?
                .get(0)?;
            let waits = overview
                .as_ref()
                .is_some_and(|one| one.invited_until.is_some());
            Ok::<_, StoreError>((overview.map(|one| one.state), waits, made))
        })
        .unwrap()
}

#[tokio::test]
async fn a_code_is_shown_once_to_the_second_person_and_replaces_older_ones() {
    let house = house();
    let (tuula, olli) = (house.enter(TUULA).await, house.enter(OLLI).await);
    let page = format!("/admin/people/{}", id(AINO));
    let fields = [("login", " Aino.Salmela ")];
    let asked = house.post(&act(AINO, "invitation"), &fields, &tuula).await;
    assert!(asked.location.ends_with("?done=asked"), "{}", asked.body);
    let own = house.get(&page, &tuula).await.body;
    assert!(own.contains("aino.salmela") && !own.contains("n-secret"));
    assert!(
        !own.contains("/approve\""),
        "nobody approves what she asked"
    );
    assert_eq!(account(&house.store, AINO), (None, false, 0));

    let first = house.approve(AINO, &[], &olli).await;
    assert_eq!(
        (first.status, first.location.as_str()),
        (StatusCode::OK, "")
    );
    assert!(first.body.contains("http://noste.test/sign-in/first"));
    assert!(first.body.contains("aino.salmela"));
    assert_eq!(code(&first).len(), 24);
    assert_eq!(account(&house.store, AINO), (Some(State::Invited), true, 1));

    // The name is known now, whatever else is sent; and the code before ends.
    house
        .post(&act(AINO, "invitation"), &[("login", "other")], &tuula)
        .await;
    let second = house.approve(AINO, &[], &olli).await;
    assert_ne!(code(&second), code(&first));
    assert!(second.body.contains("aino.salmela"));
    let open: i64 = house
        .store
        .read_blocking(|tx| {
            tx.query_one(
                "select count(*) from invitation where ended_at is null",
                &[],
            )?
            .get(0)
        })
        .unwrap();
    assert_eq!(open, 1);
    for user in [&tuula, &olli] {
        let again = house.get(&page, user).await.body;
        assert!(!again.contains("n-secret") && !again.contains(&code(&second)));
    }

    for (staff, event) in [(TUULA, "admin.invite_request"), (OLLI, "admin.invite")] {
        let filter = ActorFilter::new(Actor::Staff(staff), 50);
        let log = house.store.actor_log(filter).await.unwrap();
        let entries = log.entries.iter().filter(|one| one.header.event == event);
        assert_eq!(entries.count(), 2, "{event}");
        let all = format!("{:?}", log.entries);
        for secret in [code(&first), code(&second), "aino.salmela".to_owned()] {
            assert!(!all.contains(&secret), "{secret} is in the log");
        }
    }
}

#[tokio::test]
async fn a_login_name_that_will_not_do_is_said_at_its_field() {
    let house = house();
    let tuula = house.enter(TUULA).await;
    let taken = [("login", "ville")];
    let asked = house.post(&act(VILLE, "invitation"), &taken, &tuula).await;
    assert!(asked.location.ends_with("?done=asked"));
    let t = |key: &str| house.house.texts(kernel::language::Language::Fi).get(key);
    for (typed, key) in [
        ("", "admin-account-login-missing"),
        ("jääna", "admin-account-login-wrong"),
        ("VILLE", "admin-account-login-taken"),
    ] {
        let got = house
            .post(&act(AINO, "invitation"), &[("login", typed)], &tuula)
            .await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(got.body.contains(&t(key)), "{typed}: {}", got.body);
        assert!(got.body.contains("href=\"#f-login\""), "{typed}");
        assert!(typed.is_empty() || got.body.contains(&format!("value=\"{typed}\"")));
    }
    assert_eq!(account(&house.store, AINO), (None, false, 0));

    // Somebody who has left gets no code.
    house
        .store
        .write_blocking(|tx| {
            identity::people::end_employment(tx, id(AINO), Date::constant(2026, 3, 12))
        })
        .unwrap();
    let got = house
        .post(&act(AINO, "invitation"), &[("login", "aino")], &tuula)
        .await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(account(&house.store, AINO), (None, false, 0));
}

#[tokio::test]
async fn nobody_makes_or_closes_an_own_account_and_only_administrators_do() {
    let house = house();
    for (who, staff) in [
        (TUULA, TUULA),
        (HANNA, AINO),
        (SIRPA, AINO),
        (AINO, VILLE),
        (AINO, AINO),
    ] {
        let user = house.enter(who).await;
        for end in ["invitation", "account/close"] {
            let got = house
                .post(&act(staff, end), &[("login", "somebody")], &user)
                .await;
            assert_eq!(got.status, StatusCode::NOT_FOUND, "{who:?} {staff:?} {end}");
        }
        assert_eq!(account(&house.store, staff), (None, false, 0));
    }
    let sirpa = house.enter(SIRPA).await;
    let read = house
        .get(&format!("/admin/people/{}", id(AINO)), &sirpa)
        .await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(!read.body.contains("/invitation\""), "no form for a reader");
}

#[tokio::test]
async fn closing_ends_sessions_and_codes_and_a_new_code_opens_again() {
    let house = house();
    let (tuula, aino) = (house.enter(TUULA).await, house.enter(AINO).await);
    let hanna = house.enter(HANNA).await;
    house
        .post(&act(AINO, "invitation"), &[("login", "aino")], &tuula)
        .await;
    let made = house.approve(AINO, &[], &hanna).await;
    assert_eq!(made.status, StatusCode::OK, "the lead approves as well");
    assert_eq!(house.get("/own/bars", &aino).await.status, StatusCode::OK);
    let closed = house.post(&act(AINO, "account/close"), &[], &tuula).await;
    assert!(closed.location.ends_with("?done=closed"));
    assert_eq!(account(&house.store, AINO), (Some(State::Closed), false, 1));
    assert_ne!(house.get("/own/bars", &aino).await.status, StatusCode::OK);
    let page = house.get(&closed.location, &tuula).await.body;
    assert!(!page.contains("/account/close\""), "closed already");
    // Twice does no harm and leaves one entry.
    house.post(&act(AINO, "account/close"), &[], &tuula).await;
    let filter = ActorFilter::new(Actor::Staff(TUULA), 50);
    let log = house.store.actor_log(filter).await.unwrap();
    let closings = log
        .entries
        .iter()
        .filter(|one| one.header.event == "admin.account_close");
    assert_eq!(closings.count(), 1);
    house.post(&act(AINO, "invitation"), &[], &tuula).await;
    assert_eq!(account(&house.store, AINO), (Some(State::Closed), false, 1));
    house.approve(AINO, &[], &hanna).await;
    assert_eq!(account(&house.store, AINO), (Some(State::Invited), true, 2));
}

#[tokio::test]
async fn the_day_begins_where_ones_rights_lie() {
    let house = house();
    for (who, page) in [
        (AINO, "/desk"),
        (HANNA, "/desk"),
        (TUULA, "/admin/people"),
        (OLLI, "/admin/people"),
        (SIRPA, "/oversight/exceptional"),
    ] {
        let user = house.enter(who).await;
        assert_eq!(house.get("/", &user).await.location, page, "{who:?}");
        assert_eq!(house.get("/sign-in", &user).await.location, page);
        let asked = house.get("/sign-in?next=/own/bars", &user).await;
        assert_eq!(asked.location, "/own/bars");
    }
}
