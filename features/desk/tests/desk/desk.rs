use axum::http::StatusCode;
use identity::people::StaffId;
use intake::store::offers::{self, NewOffer, Receiver};
use intake::store::{record, tasks};
use kernel::time::SignedDuration;
use testkit::{sqlite_store, stores};

use crate::support::{AINO, HANNA, NURSE, VILLE, rooms, sample};

#[tokio::test]
async fn the_desk_orders_the_day() {
    let house = sample(sqlite_store(&rooms()));
    let called = house.held(AINO, "Vuokra on maksamatta", Some("Leyla Hassan"));
    house.act(AINO, move |tx, desk, worker| {
        tasks::promise_call(tx, desk, worker, called, "iltapäivällä")
    });
    house.held(AINO, "Kysyy velkajärjestelystä", None);
    house.arrived("Ei kenenkään vielä", Some("Untuva Uusi"));
    let cookie = house.enter(AINO).await;
    let page = house.get("/desk", &cookie).await.body;
    // Promised calls are due in a day, answers on the next working day: both are ahead on Friday.
    assert!(
        page.contains("Soita: Vuokra on maksamatta (iltapäivällä)"),
        "{page}"
    );
    assert!(page.contains("Seitsemän seuraavaa päivää"));
    assert!(page.contains("Nimetön"));
    assert!(
        !page.contains("Ottamatonta") && !page.contains("Untuva Uusi"),
        "Aino is not on duty"
    );
    // The call would come on Saturday and moves to Monday, the day of the promised answer: one line for both.
    assert_eq!(page.matches("Luvattu vastaus").count(), 1, "{page}");
    house.clock.advance(SignedDuration::from_hours(24 * 4));
    let page = house.get("/desk", &house.enter(AINO).await).await.body;
    assert!(
        page.contains("Kaksi asiaa on myöhässä, tälle päivälle ei ole luvattu mitään."),
        "{page}"
    );
    // The numbers of the navigation are the same on every page, and each says what it counts.
    let elsewhere = house.get("/advice", &house.enter(AINO).await).await.body;
    for page in [&page, &elsewhere] {
        assert_eq!(numbers(page), ["2 myöhässä", "3 avoinna"], "{page}");
    }
    let nurse = house.get("/advice", &house.enter(NURSE).await).await.body;
    assert_eq!(numbers(&nurse), [""; 0], "nothing is nothing to count");
    assert!(
        page.contains("ma\u{a0}16.3., 1\u{a0}pv") && !page.contains("14.3."),
        "{page}"
    );
}

/// The words of the numbers in the wide navigation, in its order.
fn numbers(page: &str) -> Vec<String> {
    let (_, nav) = page.split_once("n-nav__in").unwrap();
    let (wide, phone) = nav.split_once("n-nav__phone").unwrap();
    let words = |part: &str| -> Vec<String> {
        part.split("<span class=\"ds-sr-only\">, ")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect()
    };
    let (phone, _) = phone.split_once("</nav>").unwrap();
    assert_eq!(words(wide), words(phone), "a phone shows the same");
    words(wide)
}

#[tokio::test]
async fn whoever_is_on_duty_is_told_of_the_untaken() {
    let house = sample(sqlite_store(&rooms()));
    house.arrived("Ensimmäinen", None);
    house.arrived("Toinen", None);
    house.clock.advance(SignedDuration::from_mins(80));
    let page = house.get("/desk", &house.enter(VILLE).await).await.body;
    assert!(
        page.contains("2 ottamatonta") && page.contains("1\u{a0}t\u{a0}20"),
        "{page}"
    );
    assert!(
        !page.contains("Ensimmäinen"),
        "a number, not the contacts themselves"
    );
    assert!(page.contains("href=\"/contacts?tab=untaken\""));
}

#[tokio::test]
async fn offers_wait_in_boxes_and_come_back_when_refused() {
    let house = sample(sqlite_store(&rooms()));
    let contact = house.held(AINO, "Asunto päättyy", Some("Elisa Korpela"));
    let offer = NewOffer {
        receiver: Receiver::Person(StaffId::from_bytes(VILLE)),
        reason: "Tarvitsee ohjausta arkeen".to_owned(),
        warm: true,
    };
    let offer = house.act(AINO, move |tx, desk, worker| {
        offers::make(tx, desk, worker, contact, &offer)
    });
    let page = house.get("/desk", &house.enter(VILLE).await).await.body;
    assert!(
        page.contains("Elisa Korpela: Asunto päättyy")
            && page.contains("Tarvitsee ohjausta arkeen"),
        "{page}"
    );
    assert!(page.contains(&format!("action=\"/offers/{offer}/accept\"")));
    assert!(page.contains(&format!("href=\"/offers/{offer}/refuse\"")));
    assert!(
        page.contains("name=\"both_present\""),
        "a warm hand-over asks whether both were there"
    );
    house.act(VILLE, move |tx, desk, worker| {
        offers::refuse(tx, desk, worker, offer, "Ei tilaa", "Kysy Noora Koskelta")
    });
    let page = house.get("/desk", &house.enter(AINO).await).await.body;
    assert!(
        page.contains("Ehdotus: Kysy Noora Koskelta") && page.contains("Ei otettu vastaan"),
        "{page}"
    );
}

#[tokio::test]
async fn a_call_that_was_tried_stays_and_a_kept_promise_goes() {
    let house = sample(sqlite_store(&rooms()));
    let contact = house.held(AINO, "Vuokra on maksamatta", Some("Leyla Hassan"));
    let task = house.act(AINO, move |tx, desk, worker| {
        tasks::promise_call(tx, desk, worker, contact, "")
    });
    let cookie = house.enter(AINO).await;
    let page = house.get(&format!("/tasks/{task}"), &cookie).await;
    assert!(
        page.status == StatusCode::OK && page.body.contains("tel:0400000001"),
        "{}",
        page.body
    );
    let done = format!("/tasks/{task}/done");

    let empty = house.post(&done, &[("kind", "call")], &cookie).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Valitse, tavoititko ihmisen."));
    let fields = [("kind", "call"), ("outcome", "reached"), ("text", "")];
    let lacking = house.post(&done, &fields, &cookie).await;
    assert!(
        lacking.body.contains("Kirjoita lyhyesti, mitä sovittiin.")
            && lacking.body.contains("checked")
    );

    let tried = [
        ("kind", "call"),
        ("outcome", "not-reached"),
        ("text", "Ei vastannut"),
    ];
    assert_eq!(
        house.post(&done, &tried, &cookie).await.location(),
        "/desk?done=tried"
    );
    assert_eq!(
        house.count("select count(*) from task where done_at is null"),
        1
    );
    assert_eq!(
        house.count("select count(*) from attempt where reached = 0"),
        1
    );

    let kept = [
        ("kind", "call"),
        ("outcome", "reached"),
        ("text", "Tapaaminen ma klo 10, Aino soittaa"),
    ];
    assert_eq!(
        house.post(&done, &kept, &cookie).await.location(),
        "/desk?done=kept"
    );
    assert_eq!(
        house.count("select count(*) from task where done_at is null"),
        0
    );
    assert_eq!(
        house.count("select count(*) from attempt where reached = 1"),
        1
    );
    let page = house.get("/desk?done=kept", &cookie).await.body;
    assert!(
        page.contains("Lupaus on pidetty.") && page.contains("vastattu"),
        "{page}"
    );
    // What was done today is shown when it is asked for, and to nobody else.
    assert!(page.contains("Näytä myös tänään valmiit") && !page.contains("Soitettu:"));
    let done_today = house.get("/desk?with=done", &cookie).await.body;
    assert!(
        done_today.contains("Soitettu: Vuokra on maksamatta"),
        "{done_today}"
    );
    let other = house.enter(VILLE).await;
    let theirs = house.get("/desk?with=done", &other).await.body;
    assert!(!theirs.contains("Vuokra on maksamatta") && theirs.contains("Tänään ei ole vielä"));
    // Pressed again in another window: nothing breaks and nothing is counted twice.
    assert_eq!(
        house.post(&done, &kept, &cookie).await.location(),
        "/desk?done=gone"
    );
    assert_eq!(
        house.count("select count(*) from attempt where reached = 1"),
        1
    );
}

#[tokio::test]
async fn another_workers_promise_does_not_exist() {
    let house = sample(sqlite_store(&rooms()));
    let contact = house.held(AINO, "Vuokra on maksamatta", Some("Leyla Hassan"));
    let task = house.act(AINO, move |tx, desk, worker| {
        tasks::promise_call(tx, desk, worker, contact, "")
    });
    for other in [VILLE, HANNA, NURSE] {
        let cookie = house.enter(other).await;
        assert_eq!(
            house.get(&format!("/tasks/{task}"), &cookie).await.status,
            StatusCode::NOT_FOUND
        );
        let fields = [("text", "Tehty")];
        assert_eq!(
            house
                .post(&format!("/tasks/{task}/done"), &fields, &cookie)
                .await
                .location(),
            "/desk?done=gone"
        );
        assert!(
            !house
                .get("/desk", &cookie)
                .await
                .body
                .contains("Leyla Hassan")
        );
    }
    assert_eq!(
        house.count("select count(*) from task where done_at is null"),
        1
    );
}

#[tokio::test]
async fn drafts_lead_back_to_their_pages() {
    let house = sample(sqlite_store(&rooms()));
    let contact = house.held(AINO, "Vuokra on maksamatta", None);
    let cookie = house.enter(AINO).await;
    for key in [
        "contact-new".to_owned(),
        "advice".to_owned(),
        format!("contact-{contact}-end"),
        "odd".to_owned(),
    ] {
        let saved = house
            .post(
                "/drafts",
                &[("_draft", &key), ("own_words", "Kesken")],
                &cookie,
            )
            .await;
        assert_eq!(saved.status, StatusCode::OK, "{key}");
    }
    let page = house.get("/desk", &cookie).await.body;
    let start = page.find("id=\"drafts\"").unwrap();
    let drafts = &page[start..page[start..].find("</section>").unwrap() + start];
    assert!(
        drafts.contains("href=\"/contacts/new\"") && drafts.contains("href=\"/advice\""),
        "{drafts}"
    );
    assert!(
        drafts.contains(&format!("href=\"/contacts/{contact}/end\""))
            && drafts.contains("Kirjaus: Vuokra on maksamatta")
    );
    assert_eq!(
        drafts.matches("<li").count(),
        3,
        "a key of no page is no link"
    );
    assert!(
        !drafts.contains("Kesken"),
        "the desk names a draft and does not show its text"
    );
    let other = house.get("/desk", &house.enter(VILLE).await).await.body;
    assert!(!other.contains("id=\"drafts\""));
}

#[test]
fn reading_the_desk_costs_the_same_for_one_and_many_and_is_logged_once() {
    for store in stores(&rooms()) {
        let house = sample(store);
        let fill = |from: usize, to: usize| {
            for _ in from..to {
                let contact = house.held(AINO, "Yhteydenotto", Some("Leyla Hassan"));
                house.act(AINO, move |tx, desk, worker| {
                    tasks::promise_call(tx, desk, worker, contact, "")
                });
                house.act(AINO, move |tx, desk, worker| {
                    record::add_message(tx, desk, worker, contact, "Soitan")
                });
            }
        };
        let cost = || {
            let (statements, entries) = (
                house.store.statement_count(),
                house.count("select count(*) from log_entry"),
            );
            let list = house.act(AINO, |tx, desk, worker| {
                intake::store::worklist::read(tx, desk, worker)
            });
            // The count itself is one statement on each side.
            let spent = house.store.statement_count() - statements;
            (
                list.tasks.len(),
                spent,
                house.count("select count(*) from log_entry") - entries,
            )
        };
        fill(0, 1);
        let (one, statements_of_one, entries_of_one) = cost();
        fill(1, 50);
        let (many, statements_of_many, entries_of_many) = cost();
        assert_eq!((one, many), (1, 50));
        assert_eq!(statements_of_one, statements_of_many);
        assert_eq!((entries_of_one, entries_of_many), (1, 1));
    }
}

#[tokio::test]
async fn what_is_urgent_stands_first_until_it_is_answered() {
    for store in stores(&rooms()) {
        let house = sample(store);
        // Promised on Thursday, the call is due on Friday: work of the same day.
        house.clock.advance(SignedDuration::from_hours(-24));
        let calm = house.held(AINO, "Kysyy velkajärjestelystä", None);
        house.act(AINO, move |tx, desk, worker| {
            tasks::promise_call(tx, desk, worker, calm, "aamulla")
        });
        house.clock.advance(SignedDuration::from_hours(24));
        let today = house.held(AINO, "Ruoka loppuu tänään", None);
        let now = house.held(AINO, "Ei uskalla mennä kotiin", None);
        house.act(AINO, move |tx, _, _| {
            for (contact, urgency) in [(today, "today"), (now, "now")] {
                tx.execute(
                    "update contact set urgency = $2 where id = $1",
                    &store::params![contact.bytes(), urgency],
                )?;
            }
            Ok(())
        });
        let page = house.get("/desk", &house.enter(AINO).await).await.body;
        let work = page.split("</table>").next().unwrap();
        let place = |text: &str| {
            work.find(text)
                .unwrap_or_else(|| panic!("{text} in {work}"))
        };
        let tag = place(">Heti</span>");
        assert!(place(">Tänään") < tag && tag < place("Ei uskalla mennä kotiin"));
        assert!(place("Ei uskalla mennä kotiin") < place("Ruoka loppuu tänään"));
        assert!(
            place("Ruoka loppuu tänään") < place("Soita: Kysyy"),
            "{work}"
        );
        assert_eq!(work.matches(">Heti</span>").count(), 1);

        // A call promised for Monday does not hide what is to be done now.
        house.act(AINO, move |tx, desk, worker| {
            tasks::promise_call(tx, desk, worker, now, "")
        });
        let page = house.get("/desk", &house.enter(AINO).await).await.body;
        assert_eq!(page.matches(">Heti</span>").count(), 2, "work and held");

        house.act(AINO, move |tx, desk, worker| {
            record::add_attempt(
                tx,
                desk,
                worker,
                now,
                intake::domain::AttemptChannel::Call,
                true,
                "Puhuttiin",
            )
        });
        let page = house.get("/desk", &house.enter(AINO).await).await.body;
        let work = page.split("</table>").next().unwrap();
        assert!(!work.contains(">Heti</span>"), "{work}");

        house.act(AINO, move |tx, desk, worker| {
            let new = NewOffer {
                receiver: Receiver::Person(StaffId::from_bytes(VILLE)),
                reason: "Heti".to_owned(),
                warm: false,
            };
            offers::make(tx, desk, worker, now, &new)
        });
        let hours = house.count("select (answer_by - made_at) / 3600000 from offer");
        assert_eq!(
            hours, 2,
            "what is urgent now does not wait for working time"
        );
    }
}

#[tokio::test]
async fn an_open_offer_is_told_of_beside_what_is_held() {
    let house = sample(sqlite_store(&rooms()));
    let contact = house.held(AINO, "Vuokra on maksamatta", Some("Leyla Hassan"));
    let cookie = house.enter(AINO).await;
    let told = "Leyla Hassan, siirtopyyntö kesken";
    assert!(!house.get("/desk", &cookie).await.body.contains(told));
    let offer = house.act(AINO, move |tx, desk, worker| {
        let new = NewOffer {
            receiver: Receiver::Person(StaffId::from_bytes(VILLE)),
            reason: "Ville tuntee".to_owned(),
            warm: false,
        };
        offers::make(tx, desk, worker, contact, &new)
    });
    assert!(house.get("/desk", &cookie).await.body.contains(told));
    house.act(AINO, move |tx, desk, worker| {
        offers::withdraw(tx, desk, worker, offer)
    });
    assert!(!house.get("/desk", &cookie).await.body.contains(told));
}

#[tokio::test]
async fn who_answers_for_a_client_is_told_at_once_who_opened_her() {
    const WHY: &str = "Asiakas on tiskillä ja pyytää apua heti.";
    for store in stores(&rooms()) {
        let house = sample(store);
        house.opened_exceptionally(WHY);
        let (own, lead) = (house.enter(AINO).await, house.enter(HANNA).await);
        for (path, cookie) in [("/desk", &own), ("/unit", &lead)] {
            let page = house.get(path, cookie).await;
            assert_eq!(page.status, StatusCode::OK);
            for told in [
                "Kerrottu sinulle",
                "Noora Koski avasi poikkeuksellisesti: Mikael Rautio",
                "Asiakas on paikalla",
                WHY,
            ] {
                assert!(page.body.contains(told), "{path}: {}", page.body);
            }
            // The lead is shown the way to the review.
            let way = page.body.contains("Tarkista avaaminen");
            assert_eq!(way, path == "/unit");
        }
        let other = house.get("/desk", &house.enter(VILLE).await).await.body;
        assert!(!other.contains("Rautio"), "{other}");

        let notice = StaffId::from_bytes([83; 16]);
        let seen = format!("/notices/{notice}/seen");
        let refused = house.post(&seen, &[("back", "desk")], &lead).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "told to Aino");
        let done = house.post(&seen, &[("back", "desk")], &own).await;
        assert_eq!(done.location(), "/desk?done=notice");
        let page = house.get("/desk?done=notice", &own).await.body;
        assert!(page.contains("Ilmoitus on merkitty nähdyksi."));
        assert!(!page.contains("avasi poikkeuksellisesti"), "told once");
        let page = house.get("/unit", &lead).await.body;
        assert!(page.contains("Mikael Rautio"), "each sees an own");
        assert_eq!(
            house.count("select count(*) from client_notice where seen_at is not null"),
            1
        );
    }
}
