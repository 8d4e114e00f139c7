use axum::http::StatusCode;
use identity::people::{self, StaffId};
use intake::domain::AttemptChannel;
use intake::domain::ending::Ending;
use intake::store::offers::{self, NewOffer, Receiver};
use intake::store::{ending, record, safety_net, tasks};
use kernel::time::{Date, SignedDuration, day};
use store::params;
use testkit::{sqlite_store, stores};

use crate::support::{AINO, HANNA, NURSE, UNIT, VILLE, rooms, sample};

#[tokio::test]
async fn only_a_lead_sees_the_situation() {
    let house = sample(sqlite_store(&rooms()));
    for other in [AINO, VILLE, NURSE] {
        let cookie = house.enter(other).await;
        assert_eq!(
            house.get("/unit", &cookie).await.status,
            StatusCode::NOT_FOUND
        );
        assert!(
            !house
                .get("/desk", &cookie)
                .await
                .body
                .contains("href=\"/unit\"")
        );
    }
    let page = house.get("/unit", &house.enter(HANNA).await).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(
        page.body
            .contains("Aikuissosiaalityö, pohjoinen. Perjantai 13.3.2026 klo\u{a0}10.00."),
        "{}",
        page.body
    );
    assert!(page.body.contains("Mikään ei ole jäänyt koskematta"));
}

#[tokio::test]
async fn what_nobody_touched_rises_and_who_is_away_can_be_relieved() {
    let house = sample(sqlite_store(&rooms()));
    let held = house.held(AINO, "Vuokra on maksamatta", Some("Leyla Hassan"));
    house.act(AINO, move |tx, desk, worker| {
        tasks::promise_call(tx, desk, worker, held, "salaisuus")
    });
    house.arrived("Kukaan ei ottanut", Some("Untuva Uusi"));
    house.clock.advance(SignedDuration::from_hours(24 * 4));
    house.act(HANNA, |tx, desk, _| safety_net::raise(tx, desk));
    house
        .store
        .write_blocking(|tx| {
            people::add_absence(
                tx,
                StaffId::from_bytes(AINO),
                Date::constant(2026, 3, 16),
                Date::constant(2026, 3, 20),
            )
        })
        .unwrap();
    let page = house.get("/unit", &house.enter(HANNA).await).await.body;
    assert!(
        page.contains("Vuokra on maksamatta") && page.contains("Kukaan ei ottanut"),
        "{page}"
    );
    assert!(page.contains("Lupaus ylittynyt") && page.contains("Luvattu soitto"));
    assert!(
        page.contains(&format!("href=\"/contacts/{held}/take-over\"")) && page.contains("poissa")
    );
    assert!(page.contains("Ville Aho (vuorovastaava)"), "{page}");
    // Titles, states and dates: never who it is, what was said or what was promised.
    for secret in [
        "Leyla Hassan",
        "Untuva Uusi",
        "salaisuus",
        "Sanat, jotka ihminen",
    ] {
        assert!(!page.contains(secret), "{secret}");
    }
    let own = house.get("/unit", &house.enter(HANNA).await).await.body;
    assert!(
        own.contains("pisin 4\u{a0}pv") && own.contains("tavoite alle 4 t"),
        "{own}"
    );
}

#[tokio::test]
async fn an_unanswered_offer_and_a_not_reached_ending_come_to_the_lead() {
    let house = sample(sqlite_store(&rooms()));
    let offered = house.held(AINO, "Tarjottu", None);
    let new = NewOffer {
        receiver: Receiver::Person(StaffId::from_bytes(VILLE)),
        reason: "Syy".to_owned(),
        warm: false,
    };
    let offer = house.act(AINO, move |tx, desk, worker| {
        offers::make(tx, desk, worker, offered, &new)
    });
    let lost = house.held(AINO, "Ei vastaa", Some("Leyla Hassan"));
    house.act(AINO, move |tx, desk, worker| {
        for channel in [
            AttemptChannel::Call,
            AttemptChannel::Text,
            AttemptChannel::Letter,
        ] {
            record::add_attempt(tx, desk, worker, lost, channel, false, "Ei vastannut")?;
        }
        ending::end(
            tx,
            desk,
            worker,
            lost,
            &Ending::NotReached {
                tried: "Kolme yritystä".to_owned(),
            },
        )
    });
    // Offered on Friday, to be answered by Monday 16.00.
    house.clock.advance(SignedDuration::from_hours(24 * 4));
    house.act(HANNA, move |tx, desk, _| offers::come_back(tx, desk, offer));
    let cookie = house.enter(HANNA).await;
    let page = house.get("/unit", &cookie).await.body;
    assert!(page.contains("Aino Salmela tarjosi: Ville Aho"), "{page}");
    assert!(
        page.contains("lisäksi 1 palasi ilman vastausta") && page.contains("Ei vastaa"),
        "{page}"
    );
    assert!(!page.contains("Kolme yritystä"));
    let seen = house
        .post(
            &format!("/contacts/{lost}/seen"),
            &[("back", "unit")],
            &cookie,
        )
        .await;
    assert_eq!(seen.location(), "/unit?done=seen");
    let page = house.get("/unit?done=seen", &cookie).await.body;
    assert!(
        page.contains("Merkitty nähdyksi.") && page.contains("Ei mitään nähtävää."),
        "{page}"
    );
}

#[tokio::test]
async fn the_chart_tells_the_same_as_its_table() {
    let house = sample(sqlite_store(&rooms()));
    house.arrived("Vanha", None);
    house.clock.advance(SignedDuration::from_hours(5));
    house.held(AINO, "Otettu", None);
    house.arrived("Uusi", None);
    let page = house.get("/unit", &house.enter(HANNA).await).await.body;
    let sentence = "Pylväskuvio: 3 avointa yhteydenottoa iän mukaan. Ottamatta 2, näistä yli tavoitteen 1. Yli kolme päivää vanhoja 0.";
    assert!(page.contains(sentence), "{page}");
    let row = "<th scope=\"row\">alle 1 t</th><td class=\"n-end\">2</td><td class=\"n-end\">1</td><td class=\"n-end\">0</td>";
    assert!(page.contains(row), "{page}");
    let row = "<th scope=\"row\">4–8 t</th><td class=\"n-end\">1</td><td class=\"n-end\">1</td><td class=\"n-end\">1</td>";
    assert!(page.contains(row), "{page}");
}

#[test]
fn reading_the_situation_costs_the_same_for_one_and_many_and_is_logged_once() {
    for store in stores(&rooms()) {
        let house = sample(store);
        let fill = |from: usize, to: usize| {
            for _ in from..to {
                let contact = house.held(AINO, "Yhteydenotto", Some("Leyla Hassan"));
                house.act(AINO, move |tx, desk, worker| {
                    tasks::promise_call(tx, desk, worker, contact, "")
                });
            }
            house.clock.advance(SignedDuration::from_hours(24 * 4));
            house.act(HANNA, |tx, desk, _| safety_net::raise(tx, desk));
        };
        let cost = || {
            let (statements, entries) = (
                house.store.statement_count(),
                house.count("select count(*) from log_entry"),
            );
            let seen = house.act(HANNA, |tx, desk, worker| {
                intake::store::lead::read(tx, desk, worker)
            });
            let spent = house.store.statement_count() - statements;
            let rows = (
                seen.lists.raised.len(),
                seen.overdue.len(),
                seen.ages.iter().map(|age| age.open).sum::<i64>(),
            );
            (
                rows,
                spent,
                house.count("select count(*) from log_entry") - entries,
            )
        };
        fill(0, 1);
        let (one, statements_of_one, entries_of_one) = cost();
        fill(1, 50);
        let (many, statements_of_many, entries_of_many) = cost();
        assert_eq!((one, many), ((1, 1, 1), (50, 50, 50)));
        assert_eq!(statements_of_one, statements_of_many);
        assert_eq!((entries_of_one, entries_of_many), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_opens_the_situation_between_the_days() {
    for store in stores(&rooms()) {
        let house = sample(store);
        house.held(AINO, "Vuokra on maksamatta", None);
        let tomorrow = day(house.desk.now()).tomorrow().unwrap().to_string();
        house
            .store
            .write_blocking(move |tx| {
                tx.execute(
                    "insert into deputy_lead (id, unit_id, staff_id, begins_on, ends_on, requested_at, requested_by, approved_at, approved_by) values (1, $1, $2, $3, $3, 1, $4, 1, $5)",
                    &params![UNIT, NURSE, tomorrow, HANNA, AINO],
                )
            })
            .unwrap();
        for expected in [StatusCode::NOT_FOUND, StatusCode::OK, StatusCode::NOT_FOUND] {
            let page = house.get("/unit", &house.enter(NURSE).await).await;
            assert_eq!(page.status, expected);
            let led = expected == StatusCode::OK;
            assert_eq!(page.body.contains("Aikuissosiaalityö, pohjoinen."), led);
            house.clock.advance(SignedDuration::from_hours(24));
        }
    }
}
