//! Forms that are sent too late, and step-up.

use axum::http::StatusCode;
use kernel::time::SignedDuration;
use store::Query;

use crate::run;
use crate::support::{JAANA, PASSWORD, VILLE, sample, usual};

const TEXT: &str = "Pitkä kirjaus, jota ei kirjoiteta toista kertaa.";

#[test]
fn a_form_of_an_ended_session_waits_for_its_writer_alone_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = sample(store);
        run(async {
            let mut jaana = house.browser();
            let owner = jaana.open_account(JAANA, "jaana.peltola").await;
            let mut ville = house.browser();
            let other = ville.open_account(VILLE, "ville.aho").await;
            let token = jaana.token().await;
            house.pass(SignedDuration::from_hours(9));
            let answer = jaana.post_with("/work", &[("body", TEXT)], &token).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert!(answer.body.contains("Kirjaudu ja jatka"), "{}", answer.body);
            assert!(
                !answer.body.contains("kirjoiteta"),
                "nothing of it is on the page"
            );
            let place = answer.between("/sign-in?next=", "\"").replace("%2F", "/");
            assert!(place.starts_with("/sign-in/held/"), "{place}");

            // In the database it is unreadable.
            let kept: Vec<Vec<u8>> = house
                .store
                .read_blocking(|tx| {
                    tx.query("select sealed from held_form", &[])?
                        .iter()
                        .map(|row| row.get(0))
                        .collect()
                })
                .unwrap();
            assert_eq!(kept.len(), 1);
            assert!(!String::from_utf8_lossy(&kept[0]).contains("kirjoiteta"));

            // Another signs in at the same browser and finds nothing, whatever she tries.
            let mut next = jaana.clone();
            let answer = next.sign_in(&other).await;
            assert_eq!(answer.location(), "/desk");
            assert_eq!(next.get(&place).await.status, StatusCode::NOT_FOUND);
            let discard = format!("{place}/discard");
            assert_eq!(next.post(&discard, &[]).await.status, StatusCode::NOT_FOUND);
            // The page that is still open does not send Jaana's text in Ville's name either.
            let answer = next.post_with("/work", &[("body", TEXT)], &token).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert!(answer.body.contains("toisen henkilön") && !answer.body.contains("kirjoiteta"));

            // Its writer is led to it, sends it by one press, and is not led there again.
            let answer = jaana.sign_in(&owner).await;
            assert_eq!(answer.location(), place);
            let page = jaana.get(&place).await;
            assert_eq!(
                page.body.matches(TEXT).count(),
                2,
                "to read and to send: {}",
                page.body
            );
            let fresh = page.between("name=\"_token\" value=\"", "\"");
            let answer = jaana.post_with("/work", &[("body", TEXT)], &fresh).await;
            assert_eq!(answer.body, format!("saved by Jaana Peltola: {TEXT}"));
            assert_eq!(jaana.sign_in(&owner).await.location(), "/desk");
            assert_eq!(house.logged("signin.form_shown"), 1);
            assert_eq!(jaana.post(&discard, &[]).await.location(), "/desk");
            assert_eq!(house.number("select count(*) from held_form"), 0);
        });
    }
}

#[tokio::test]
async fn forms_wait_a_day_and_one_page_holds_one() {
    let house = usual();
    let mut jaana = house.browser();
    let owner = jaana.open_account(JAANA, "jaana.peltola").await;
    let token = jaana.token().await;
    jaana.post("/sign-out", &[]).await;
    for text in ["ensimmäinen versio", "toinen versio"] {
        jaana.post_with("/work", &[("body", text)], &token).await;
    }
    assert_eq!(house.number("select count(*) from held_form"), 1);
    // Without a page of ours nothing is kept.
    let forged = "A".repeat(token.len());
    let answer = jaana
        .post_with("/work", &[("body", "roskaa")], &forged)
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.number("select count(*) from held_form"), 1);
    let mut second = jaana.clone();
    assert!(
        second
            .sign_in(&owner)
            .await
            .location()
            .starts_with("/sign-in/held/")
    );
    house.pass(SignedDuration::from_hours(24));
    assert_eq!(jaana.sign_in(&owner).await.location(), "/desk");
}

#[tokio::test]
async fn a_form_that_was_open_over_a_new_sign_in_of_the_same_person_comes_back_at_once() {
    let house = usual();
    let mut jaana = house.browser();
    let owner = jaana.open_account(JAANA, "jaana.peltola").await;
    let token = jaana.token().await;
    jaana.sign_in(&owner).await;
    let answer = jaana.post_with("/work", &[("body", TEXT)], &token).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(
        answer.body.contains(TEXT),
        "her own text, ready to be sent again"
    );
}

#[tokio::test]
async fn what_needs_a_fresh_proof_asks_and_the_form_waits() {
    let house = usual();
    let mut jaana = house.browser();
    let owner = jaana.open_account(JAANA, "jaana.peltola").await;
    assert_eq!(jaana.get("/export").await.body, "shown", "just signed in");
    house.pass(SignedDuration::from_mins(14));
    assert_eq!(
        jaana.get("/export").await.status,
        StatusCode::SEE_OTHER,
        "a minute had passed before"
    );
    let answer = jaana.get("/export?year=2026").await;
    assert_eq!(
        answer.location(),
        "/sign-in/confirm?next=%2Fexport%3Fyear%3D2026"
    );
    let answer = jaana.post("/export", &[("body", TEXT)]).await;
    let confirm = answer.location().to_owned();
    assert!(
        confirm.starts_with("/sign-in/confirm?next=%2Fsign-in%2Fheld%2F"),
        "{confirm}"
    );
    let next = confirm.split_once("next=").unwrap().1.replace("%2F", "/");
    let page = jaana.get(&confirm).await;
    assert!(page.body.contains("Lomakkeen tekstit ovat tallessa.") && !page.body.contains(TEXT));

    let code = house.code(&owner.secret);
    for (password, code) in [
        ("väärä salasana tässä", code.as_str()),
        (PASSWORD, "000000"),
        ("", ""),
    ] {
        let fields = [
            ("password", password),
            ("code", code),
            ("next", next.as_str()),
        ];
        let answer = jaana.post("/sign-in/confirm", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(jaana.get("/export").await.status, StatusCode::SEE_OTHER);
    }
    let fields = [
        ("password", PASSWORD),
        ("code", code.as_str()),
        ("next", next.as_str()),
    ];
    let answer = jaana.post("/sign-in/confirm", &fields).await;
    assert_eq!(answer.location(), next);
    let page = jaana.get(&next).await;
    assert!(page.body.contains(TEXT) && page.body.contains("action=\"/export\""));
    let answer = jaana.post("/export", &[("body", TEXT)]).await;
    assert_eq!(answer.body, format!("exported {TEXT}"));
    assert_eq!(house.logged("signin.confirmed"), 1);
    // Another session of the same person has to prove itself.
    house.pass(SignedDuration::from_mins(15));
    assert_eq!(jaana.get("/export").await.status, StatusCode::SEE_OTHER);
}
