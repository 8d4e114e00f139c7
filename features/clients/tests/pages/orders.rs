//! An order of non-disclosure is written down, renewed, and not shortened by whoever may not end it.

use axum::http::StatusCode;
use clients::ClientId;
use kernel::time::day;

use crate::browser::{Pages, block_on, hidden};
use crate::support::*;

fn client(sample: &Sample<'_>) -> ClientId {
    let mut new = person("Rautio", "Mikael", None);
    new.details = vec![("address", "Piilokuja 3".to_owned())];
    let client = sample.plain(new);
    sample.begin(client, AINO, "own_worker");
    client
}

fn finnish(sample: &Sample<'_>, ahead: i64) -> String {
    let day = day(sample.now() + days(ahead));
    format!("{}.{}.{}", day.day(), day.month(), day.year())
}

#[test]
fn the_form_that_protects_does_not_unprotect() {
    each(|sample| {
        let client = client(sample);
        let pages = Pages::of(sample);
        let path = format!("/clients/{client}/non-disclosure");
        block_on(async {
            let aino = pages.enter(sample, AINO).await;
            let form = pages.get(&path, &aino).await.body;
            assert!(!form.contains("name=\"row\"") && !form.contains("name=\"reason\""));
            let (today, last) = (finnish(sample, 0), finnish(sample, 300));
            let fields = [("from", &*today), ("until", &last), ("source", "register")];
            let sent = pages.post(&path, &fields, &aino).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
            let form = pages.get(&path, &aino).await.body;
            let row = hidden(&form, "row");
            assert!(form.contains("name=\"reason\""));
            let told = |body: &str| body.contains("Piilokuja");
            assert!(!told(&form));
            // Shortened, and an order of the past: neither by this worker, whatever the reason.
            let (near, past, was) = (
                finnish(sample, 5),
                finnish(sample, -60),
                finnish(sample, -30),
            );
            for (row, from, until) in [
                (&*row, &today, &near),
                (&row, &past, &was),
                ("", &past, &was),
            ] {
                let fields = [
                    ("row", row),
                    ("from", from),
                    ("until", until),
                    ("source", "register"),
                    ("reason", "puhelu virastosta"),
                ];
                let refused = pages.post(&path, &fields, &aino).await;
                assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(
                    refused.body.contains("Suojaus päättyisi aiemmin"),
                    "{}",
                    refused.body
                );
                assert!(
                    refused.body.contains(until.as_str()),
                    "what was typed stays"
                );
            }
            assert!(sample.gate(AINO, client).unwrap().is_hidden());
            let page = pages.get(&format!("/clients/{client}/basics"), &aino).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!told(&page.body));
            // A renewal ahead is shown as coming.
            let (from, until) = (finnish(sample, 301), finnish(sample, 900));
            let fields = [
                ("row", &*row),
                ("from", &from),
                ("until", &until),
                ("source", "register"),
            ];
            let sent = pages.post(&path, &fields, &aino).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
            let form = pages.get(&path, &aino).await.body;
            assert!(form.contains(&format!("{from}–{until}")), "{form}");
            assert!(sample.gate(AINO, client).unwrap().is_hidden());
        });
    });
}

#[test]
fn whoever_may_end_it_may_shorten_it_with_a_reason() {
    each(|sample| {
        let client = client(sample);
        let pages = Pages::of(sample);
        let path = format!("/clients/{client}/non-disclosure");
        block_on(async {
            let aino = pages.enter(sample, AINO).await;
            let (today, last) = (finnish(sample, 0), finnish(sample, 300));
            let fields = [("from", &*today), ("until", &last), ("source", "register")];
            pages.post(&path, &fields, &aino).await;
            let until = day(sample.now() + days(30));
            sample
                .at(HANNA, client, move |tx, desk, gate| {
                    clients::store::protect::give_secret_right(
                        tx,
                        desk,
                        gate,
                        id(AINO),
                        "kotikäynnit",
                        until,
                    )
                })
                .unwrap();
            let row = hidden(&pages.get(&path, &aino).await.body, "row");
            let near = finnish(sample, 5);
            let fields = |reason: &str| {
                [
                    ("row", row.clone()),
                    ("from", today.clone()),
                    ("until", near.clone()),
                    ("source", "register".to_owned()),
                    ("reason", String::from(reason)),
                ]
            };
            let send = async |reason: &str| {
                let fields = fields(reason);
                let fields: Vec<(&str, &str)> = fields
                    .iter()
                    .map(|(name, value)| (*name, &**value))
                    .collect();
                pages.post(&path, &fields, &aino).await
            };
            let unsaid = send("").await;
            assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                unsaid
                    .body
                    .contains("Kirjoita, mistä tiedät sen. Tiedot jäävät suojaan")
            );
            assert_eq!(
                send("puhelu virastosta").await.status,
                StatusCode::SEE_OTHER
            );
            // The form is old by now: the order that it was about has ended.
            let old = send("puhelu virastosta").await;
            assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(old.body.contains("Tieto muuttui sillä välin"));
        });
    });
}

#[test]
fn the_bar_of_the_client_tells_that_an_order_ends_soon() {
    each(|sample| {
        let client = client(sample);
        let (from, to) = (day(sample.now()), day(sample.now() + days(61)));
        sample
            .at(AINO, client, move |tx, desk, gate| {
                clients::store::protect::set_non_disclosure(
                    tx,
                    desk,
                    gate,
                    (from, Some(to)),
                    "register",
                )
            })
            .unwrap();
        let pages = Pages::of(sample);
        let words = format!("Turvakielto päättyy {}", finnish(sample, 61));
        block_on(async {
            let path = format!("/clients/{client}");
            let aino = pages.enter(sample, AINO).await;
            assert!(!pages.get(&path, &aino).await.body.contains(&words));
            sample.clock.advance(days(1));
            let aino = pages.enter(sample, AINO).await;
            assert!(pages.get(&path, &aino).await.body.contains(&words));
        });
    });
}
