//! The queue: rows, tabs, filters, live parts, and statements that do not grow with the rows.

use crate::support::{AINO, HANNA, JAANA, NURSE, VILLE, rooms, sample};
use intake::store::holding;
use kernel::time::SignedDuration;
use testkit::{sqlite_store, stores};

#[tokio::test(flavor = "multi_thread")]
async fn rows_tell_who_answers_and_who_may_take() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let untaken = sample.arrived("Vuokra rästissä", Some("Leyla Hassan"));
        let held = sample.held(AINO, "Tukea arkeen", Some("Kari Ojala"));
        let cookie = sample.enter(VILLE).await;
        let page = sample.get("/contacts", &cookie).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body
                .contains("2 avoinna, 1 vuorovastaavalla ottamatta.")
        );
        assert!(
            page.body
                .contains(&format!("formaction=\"/contacts/{untaken}/take\""))
        );
        assert!(
            !page
                .body
                .contains(&format!("formaction=\"/contacts/{held}/take\""))
        );
        assert!(
            page.body.contains("Vuorovastaava Ville Aho") && page.body.contains("Aino Salmela")
        );
        // Whose contact another answers for is not named, and the row leads nowhere.
        assert!(page.body.contains("Leyla Hassan") && !page.body.contains("Kari Ojala"));
        assert!(!page.body.contains(&format!("href=\"/contacts/{held}")));
        assert_eq!(
            sample
                .get(&format!("/contacts/{held}"), &cookie)
                .await
                .status,
            404
        );
        let untaken_only = sample.get("/contacts?tab=untaken", &cookie).await.body;
        assert!(untaken_only.contains("Vuokra rästissä") && !untaken_only.contains("Tukea arkeen"));
        assert!(untaken_only.contains(&format!("/contacts/{untaken}?tab=untaken")));
        let mine = sample.get("/contacts?tab=mine", &cookie).await.body;
        assert!(mine.contains("Sinulla ei ole avoimia yhteydenottoja"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reading_of_the_queue_is_logged_with_whose_data_it_showed() {
    let sample = sample(sqlite_store(&rooms()));
    sample.arrived("Vuokra rästissä", None);
    let cookie = sample.enter(VILLE).await;
    let before = sample.store.statement_count();
    let read = sample.get("/contacts", &cookie).await;
    assert_eq!(read.status, 200);
    assert!(sample.store.statement_count() > before);
    let entries = sample.count("select count(*) from log_entry");
    sample.get("/contacts", &cookie).await;
    assert_eq!(sample.count("select count(*) from log_entry"), entries + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_do_not_grow_with_rows() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let first = sample.held(VILLE, "Ensimmäinen", None);
        let cookie = sample.enter(VILLE).await;
        let open = format!("/contacts/{first}");
        let mut costs = Vec::new();
        for more in [0, 49] {
            for _ in 0..more {
                sample.arrived("Lisää", Some("Joku Nimi"));
            }
            let mut cost = Vec::new();
            for path in ["/contacts", "/contacts/list", open.as_str()] {
                // The session is read before, so that the page alone is counted.
                sample.get("/contacts/new", &cookie).await;
                let before = sample.store.statement_count();
                assert_eq!(sample.get(path, &cookie).await.status, 200);
                cost.push(sample.store.statement_count() - before);
            }
            costs.push(cost);
        }
        assert_eq!(costs[0], costs[1], "{:?}", sample.store.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_holds_fifty_and_leads_on() {
    let sample = sample(sqlite_store(&rooms()));
    for _ in 0..53 {
        sample.arrived("Sama", None);
    }
    let cookie = sample.enter(VILLE).await;
    let first = sample.get("/contacts", &cookie).await.body;
    assert!(first.contains("Näytetään 1–50 / 53.") && first.contains("Seuraavat 3"));
    assert!(first.contains("href=\"/contacts?page=2\""));
    let second = sample.get("/contacts?page=2", &cookie).await.body;
    assert!(second.contains("Näytetään 51–53 / 53.") && second.contains("Edelliset"));
    assert_eq!(second.matches("data-row-link").count(), 3);
    let beyond = sample.get("/contacts?page=9", &cookie).await.body;
    assert!(beyond.contains("Tällä sivulla ei ole enää rivejä"));
    for odd in [
        "page=0",
        "page=abc",
        "tab=x&tab=mine&page=-1",
        "page=99999999999999999999",
    ] {
        assert_eq!(
            sample
                .get(&format!("/contacts?{odd}"), &cookie)
                .await
                .status,
            200,
            "{odd}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_stay_in_the_session_and_can_be_cleared() {
    let sample = sample(sqlite_store(&rooms()));
    sample.arrived("Verkosta tullut", None);
    let cookie = sample.enter(VILLE).await;
    let fields = [
        ("door", "phone"),
        ("municipality", "179"),
        ("tab", "untaken"),
        ("act", "apply"),
    ];
    let answer = sample.post("/contacts/filters", &fields, &cookie).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/contacts?tab=untaken")
    );
    for path in ["/contacts", "/contacts?tab=untaken", "/contacts/list"] {
        let page = sample.get(path, &cookie).await.body;
        assert!(!page.contains("Verkosta tullut"), "{path}");
        assert!(
            page.contains("Näillä rajauksilla ei löydy") && page.contains("näet kaikki 1"),
            "{path}"
        );
    }
    let page = sample.get("/contacts", &cookie).await.body;
    assert!(page.contains("Rajattu: Puhelin, Jyväskylä"));
    assert!(page.contains("<option value=\"179\" selected>"));
    // Another session of the same person is not narrowed.
    let other = sample.enter(VILLE).await;
    assert!(
        sample
            .get("/contacts", &other)
            .await
            .body
            .contains("Verkosta tullut")
    );
    sample
        .post("/contacts/filters", &[("act", "clear")], &cookie)
        .await;
    assert!(
        sample
            .get("/contacts", &cookie)
            .await
            .body
            .contains("Verkosta tullut")
    );
    // An unknown code narrows nothing, so rows are never hidden without a word.
    sample
        .post(
            "/contacts/filters",
            &[("door", "x'y"), ("urgency", "soon"), ("age", "7")],
            &cookie,
        )
        .await;
    let page = sample.get("/contacts", &cookie).await.body;
    assert!(page.contains("Verkosta tullut") && !page.contains("Rajattu:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_filter_narrows_to_its_own() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        sample.arrived("Uusi", None);
        sample.clock.advance(SignedDuration::from_hours(30));
        sample.held(AINO, "Ainolla", None);
        let cookie = sample.enter(VILLE).await;
        let aino = identity::people::StaffId::from_bytes(AINO).to_string();
        for (field, value, old, young) in [
            ("urgency", "none", true, true),
            ("urgency", "now", false, false),
            ("language", "fi", true, true),
            ("language", "sv", false, false),
            ("holder", aino.as_str(), false, true),
            ("age", "24", true, false),
        ] {
            sample
                .post("/contacts/filters", &[(field, value)], &cookie)
                .await;
            let page = sample.get("/contacts", &cookie).await.body;
            assert_eq!(
                (page.contains(">Uusi<"), page.contains(">Ainolla<")),
                (old, young),
                "{field} {value}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_the_page_come_alone_for_live_updates() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.arrived("Vuokra rästissä", None);
    let cookie = sample.enter(VILLE).await;
    let page = sample
        .get(&format!("/contacts/{contact}?tab=untaken"), &cookie)
        .await
        .body;
    let address = format!("/contacts/list?tab=untaken&#38;open={contact}");
    assert!(
        page.contains(&format!("data-fragment=\"{address}\"")),
        "{page}"
    );
    let fragment = sample
        .get(
            &format!("/contacts/list?tab=untaken&open={contact}"),
            &cookie,
        )
        .await
        .body;
    for part in ["queue-summary", "queue-tabs", "queue-list"] {
        assert!(
            page.contains(&format!("id=\"{part}\""))
                && fragment.contains(&format!("id=\"{part}\"")),
            "{part}"
        );
    }
    assert!(fragment.contains("aria-current=\"true\"") && !fragment.contains("<html"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_answer_is_said_in_words() {
    let sample = sample(sqlite_store(&rooms()));
    // Friday: promised by Monday.
    let contact = sample.arrived("Odottaa", None);
    let cookie = sample.enter(VILLE).await;
    assert!(
        !sample
            .get("/contacts", &cookie)
            .await
            .body
            .contains("myöhässä")
    );
    sample.clock.advance(SignedDuration::from_hours(24 * 5));
    let cookie = sample.enter(VILLE).await;
    let page = sample.get("/contacts", &cookie).await.body;
    assert!(page.contains("vastaus 2\u{a0}pv myöhässä"));
    let detail = sample
        .get(&format!("/contacts/{contact}"), &cookie)
        .await
        .body;
    assert!(detail.contains("2\u{a0}pv myöhässä, luvattu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn raised_and_returned_are_marked() {
    let sample = sample(sqlite_store(&rooms()));
    sample.arrived("Unohtunut", None);
    sample.clock.advance(SignedDuration::from_hours(60));
    let desk = sample.desk.clone();
    let risen = sample
        .store
        .write_blocking(move |tx| intake::store::safety_net::raise(tx, &desk))
        .unwrap();
    assert_eq!(risen.value, 1);
    let cookie = sample.enter(VILLE).await;
    assert!(
        sample
            .get("/contacts", &cookie)
            .await
            .body
            .contains("Noussut esihenkilölle")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_sees_title_state_and_unit_only() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(AINO, "Tukea arkeen", Some("Leyla Hassan"));
        let cookie = sample.enter(HANNA).await;
        for path in ["/contacts".to_owned(), format!("/contacts/{contact}")] {
            let page = sample.get(&path, &cookie).await;
            assert_eq!(page.status, 200);
            // The filters and the language of the page hold names of their own.
            let list = page.body.split("id=\"queue-list\"").nth(1).unwrap();
            let seen = list.split("<footer").next().unwrap();
            assert!(page.body.contains("Tukea arkeen") && page.body.contains("Aino Salmela"));
            for private in [
                "Leyla Hassan",
                "040 000 0001",
                "Sanat, jotka",
                "suomi",
                "Jyväskylä",
            ] {
                assert!(!seen.contains(private), "{private} on {path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_does_not_see_another_units_queue() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.arrived("Pohjoisen asia", None);
    // The front door serves the whole county; the centre sees only what it wrote down itself.
    let jaana = sample.enter(JAANA).await;
    assert!(
        sample
            .get("/contacts", &jaana)
            .await
            .body
            .contains("Pohjoisen asia")
    );
    let nurse = sample.enter(NURSE).await;
    assert!(
        !sample
            .get("/contacts", &nurse)
            .await
            .body
            .contains("Pohjoisen asia")
    );
    assert_eq!(
        sample
            .get(&format!("/contacts/{contact}"), &nurse)
            .await
            .status,
        404
    );
    sample.act(JAANA, move |tx, desk, worker| {
        holding::take(tx, desk, worker, contact)
    });
    assert!(
        !sample
            .get("/contacts", &sample.enter(VILLE).await)
            .await
            .body
            .contains("Pohjoisen asia")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_speak_three_languages() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(VILLE, "Vuokra rästissä", Some("Leyla Hassan"));
    let cookie = sample.enter(VILLE).await;
    for (language, words) in [
        (
            "fi",
            ["Yhteydenotot", "Tee siirtopyyntö", "Vastuussa olleita"],
        ),
        ("sv", ["Kontakter", "Begär överföring", "Antal ansvariga"]),
        ("en", ["Contacts", "Offer hand-over", "Holders so far"]),
    ] {
        let cookie = cookie.replace("noste_language=fi", &format!("noste_language={language}"));
        let page = sample
            .get(&format!("/contacts/{contact}"), &cookie)
            .await
            .body;
        for word in words {
            assert!(page.contains(word), "{word} in {language}");
        }
        for form in ["note", "attempt", "call", "urgency", "offer", "end"] {
            let page = sample
                .get(&format!("/contacts/{contact}/{form}"), &cookie)
                .await;
            assert_eq!(page.status, 200, "{form}");
            assert!(
                page.body
                    .contains(&format!("data-draft-key=\"contact-{contact}-{form}\"")),
                "{form}"
            );
            assert!(
                page.body.contains(&format!("<html lang=\"{language}\"")),
                "{form}"
            );
        }
        assert_eq!(sample.get("/contacts/new", &cookie).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_contact_is_found_by_its_last_holder_and_nobody_else() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let id = sample.held(VILLE, "Tukea arkeen", Some("Kari Ojala"));
        sample.end(VILLE, id);
        let own = sample.enter(VILLE).await;
        let page = sample.get("/contacts?tab=ended", &own).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Kari Ojala"), "{}", page.body);
        assert_eq!(
            sample
                .get(&format!("/contacts/{id}?tab=ended"), &own)
                .await
                .status,
            200
        );
        let other = sample.enter(AINO).await;
        assert!(
            !sample
                .get("/contacts?tab=ended", &other)
                .await
                .body
                .contains("Kari Ojala")
        );
    }
}
