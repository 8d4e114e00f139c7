//! Passkeys: made, used, copied, replayed, another's.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::time::SignedDuration;
use passkeys::Party;
use passkeys::stand_in::{Answered as Signed, StandIn};

use crate::run;
use crate::support::{Answered, Browser, JAANA, VILLE, sample, usual};

const HERE: Party<'_> = Party {
    id: "noste.test",
    origin: "https://noste.test",
};

/// The challenge of a page's form.
fn challenge(page: &Answered) -> Vec<u8> {
    let text = page.between("&#34;challenge&#34;:&#34;", "&#34;");
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn add(browser: &mut Browser<'_>, key: &mut StandIn, name: &str) -> Answered {
    let page = browser.get("/account").await;
    let (client, object) = key.create(HERE, &challenge(&page));
    let (id, client, object) = (text(&key.credential), text(&client), text(&object));
    let fields = [
        ("name", name),
        ("credential", id.as_str()),
        ("client_data", client.as_str()),
        ("data", object.as_str()),
        ("signature", ""),
    ];
    browser.post("/account/passkeys", &fields).await
}

async fn send(browser: &mut Browser<'_>, path: &str, key: &StandIn, signed: &Signed) -> Answered {
    let (id, client) = (text(&key.credential), text(&signed.client_data));
    let (data, signature) = (text(&signed.authenticator_data), text(&signed.signature));
    let fields = [
        ("credential", id.as_str()),
        ("client_data", client.as_str()),
        ("data", data.as_str()),
        ("signature", signature.as_str()),
        ("next", "/work"),
    ];
    browser.post(path, &fields).await
}

async fn sign_in(browser: &mut Browser<'_>, key: &mut StandIn) -> Answered {
    let page = browser.get("/sign-in").await;
    let signed = key.get(HERE, &challenge(&page));
    send(browser, "/sign-in/passkey", key, &signed).await
}

#[test]
fn a_passkey_signs_in_alone_and_a_copy_is_found_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = sample(store);
        run(async {
            let mut browser = house.browser();
            browser.open_account(JAANA, "jaana.peltola").await;
            let mut key = StandIn::new(1);
            let answer = add(&mut browser, &mut key, "työpuhelin").await;
            assert_eq!(answer.location(), "/account#passkeys", "{}", answer.body);
            assert!(browser.get("/account").await.body.contains("työpuhelin"));
            let again = add(&mut browser, &mut key, "sama").await;
            assert!(
                again.body.contains("Avainta ei voitu lisätä"),
                "the same key twice"
            );

            let mut copy = key.clone();
            let mut other = house.browser();
            let answer = sign_in(&mut other, &mut key).await;
            assert_eq!(answer.location(), "/work", "{}", answer.body);
            assert!(other.is_in().await);
            assert!(
                other.get("/export").await.status == StatusCode::OK,
                "both factors at once"
            );

            // The copy tells a counter that the house has seen: nobody gets in, and the key is suspended.
            let mut thief = house.browser();
            let answer = sign_in(&mut thief, &mut copy).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                answer.body.contains("näyttää olevan kopio"),
                "{}",
                answer.body
            );
            assert!(!thief.is_in().await);
            let answer = sign_in(&mut thief, &mut key).await;
            assert!(
                answer.body.contains("Avainta ei hyväksytty"),
                "suspended for the owner too"
            );
            assert_eq!(house.logged("passkey.cloned"), 1);
            assert!(browser.get("/account").await.body.contains("pois käytöstä"));
        });
    }
}

#[test]
fn an_answer_works_once_in_time_and_only_here_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = sample(store);
        run(async {
            let mut browser = house.browser();
            browser.open_account(JAANA, "jaana.peltola").await;
            let mut key = StandIn::new(1);
            // Synced keys tell no counter: the challenge alone stops a replay.
            key.counter = 0;
            add(&mut browser, &mut key, "puhelin").await;
            let mut one = house.browser();
            let page = one.get("/sign-in").await;
            let signed = key.get(HERE, &challenge(&page));
            let refused = async |mut browser: Browser<'_>, signed: &Signed| {
                let answer = send(&mut browser, "/sign-in/passkey", &key, signed).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(!browser.is_in().await);
            };
            let answer = send(&mut one, "/sign-in/passkey", &key, &signed).await;
            assert_eq!(answer.location(), "/work");
            refused(house.browser(), &signed).await;

            // A page that stood too long, a challenge of another's making, one made for adding a key, another site.
            let page = house.browser().get("/sign-in").await;
            let late = key.clone().get(HERE, &challenge(&page));
            house.pass(SignedDuration::from_mins(15));
            refused(house.browser(), &late).await;
            refused(house.browser(), &key.clone().get(HERE, &[5; 32])).await;
            let page = one.get("/account").await;
            let made_for_adding = if page.body.contains("&#34;challenge&#34;") {
                challenge(&page)
            } else {
                vec![6; 32]
            };
            refused(house.browser(), &key.clone().get(HERE, &made_for_adding)).await;
            let page = house.browser().get("/sign-in").await;
            let elsewhere = Party {
                id: "evil.test",
                origin: "https://evil.test",
            };
            refused(
                house.browser(),
                &key.clone().get(elsewhere, &challenge(&page)),
            )
            .await;
            let mut unverified = key.clone();
            unverified.person_verified = false;
            refused(house.browser(), &unverified.get(HERE, &challenge(&page))).await;
            assert_eq!(house.logged("signin.failed"), 6);
        });
    }
}

#[test]
fn an_answer_sent_twice_is_refused_and_suspends_nothing_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = sample(store);
        run(async {
            let mut browser = house.browser();
            browser.open_account(JAANA, "jaana.peltola").await;
            let mut key = StandIn::new(1);
            add(&mut browser, &mut key, "työpuhelin").await;
            let mut copy = key.clone();
            let mut one = house.browser();
            let page = one.get("/sign-in").await;
            let signed = key.get(HERE, &challenge(&page));
            let first = send(&mut one, "/sign-in/passkey", &key, &signed).await;
            assert_eq!(first.location(), "/work", "{}", first.body);

            // The page is loaded anew and the browser sends the same answer again, here or elsewhere.
            for mut again in [one.clone(), house.browser()] {
                let before = again.cookies.get("noste_session").cloned();
                let second = send(&mut again, "/sign-in/passkey", &key, &signed).await;
                assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert_eq!(again.cookies.get("noste_session").cloned(), before);
            }
            assert_eq!(house.logged("passkey.cloned"), 0);
            let later = sign_in(&mut house.browser(), &mut key).await;
            assert_eq!(later.location(), "/work", "{}", later.body);

            // A copy that answers a challenge of its own is found all the same.
            let refused = sign_in(&mut house.browser(), &mut copy).await;
            assert!(refused.body.contains("näyttää olevan kopio"));
            assert_eq!(house.logged("passkey.cloned"), 1);
        });
    }
}

#[tokio::test]
async fn keys_are_named_removed_and_only_ones_own() {
    let house = usual();
    let mut jaana = house.browser();
    jaana.open_account(JAANA, "jaana.peltola").await;
    let mut key = StandIn::new(1);
    let answer = add(&mut jaana, &mut key, " ").await;
    assert!(
        answer.body.contains("Anna avaimelle nimi"),
        "{}",
        answer.body
    );
    add(&mut jaana, &mut key, "puhelin").await;
    let page = jaana.get("/account").await;
    let id = page.between("name=\"id\" value=\"", "\"");
    let mut ville = house.browser();
    ville.open_account(VILLE, "ville.aho").await;
    for path in ["/account/passkeys/rename", "/account/passkeys/remove"] {
        ville
            .post(path, &[("id", &id), ("name", "anastettu")])
            .await;
    }
    assert!(jaana.get("/account").await.body.contains("puhelin"));
    jaana
        .post(
            "/account/passkeys/rename",
            &[("id", &id), ("name", "vanha puhelin")],
        )
        .await;
    assert!(jaana.get("/account").await.body.contains("vanha puhelin"));
    // Another's key does not confirm for Ville.
    let page = ville.get("/sign-in/confirm?next=/export").await;
    let signed = key.get(HERE, &challenge(&page));
    let answer = send(&mut ville, "/sign-in/confirm/passkey", &key, &signed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Her own does for Jaana.
    house.pass(SignedDuration::from_mins(20));
    assert_eq!(jaana.get("/export").await.status, StatusCode::SEE_OTHER);
    let page = jaana.get("/sign-in/confirm?next=/export").await;
    let signed = key.get(HERE, &challenge(&page));
    let answer = send(&mut jaana, "/sign-in/confirm/passkey", &key, &signed).await;
    assert_eq!(answer.location(), "/work");
    assert_eq!(jaana.get("/export").await.body, "shown");
    jaana.post("/account/passkeys/remove", &[("id", &id)]).await;
    let answer = sign_in(&mut house.browser(), &mut key).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn adding_a_key_needs_a_fresh_proof() {
    let house = usual();
    let mut jaana = house.browser();
    jaana.open_account(JAANA, "jaana.peltola").await;
    let page = jaana.get("/account").await;
    house.pass(SignedDuration::from_mins(14));
    let mut key = StandIn::new(1);
    let (client, object) = key.create(HERE, &challenge(&page));
    let (id, client, object) = (text(&key.credential), text(&client), text(&object));
    let fields = [
        ("name", "varkaan"),
        ("credential", id.as_str()),
        ("client_data", client.as_str()),
        ("data", object.as_str()),
        ("signature", ""),
    ];
    let answer = jaana.post("/account/passkeys", &fields).await;
    assert!(
        answer.location().starts_with("/sign-in/confirm"),
        "{}",
        answer.status
    );
    assert_eq!(house.number("select count(*) from passkey"), 0);
    assert!(jaana.get("/account").await.body.contains("Vahvista ensin"));
}
