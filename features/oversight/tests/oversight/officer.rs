//! What the data protection officer and the leads are shown.

use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration};
use testkit::{sqlite_store, stores};

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_officer_is_told_a_name_only_in_an_open_case() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let code = IdentityCode::artificial(Date::constant(1980, 5, 4), 1).unwrap();
        let client = sample.client("Rautio", Some(code));
        sample.opened(client);
        sample.clock.advance(SignedDuration::from_hours(24 * 8));
        let (officer, lead) = (sample.enter(SIRPA).await, sample.enter(HANNA).await);
        let reviews = "/oversight/exceptional";
        let waiting = sample.get(reviews, &officer).await.body;
        assert!(
            waiting.contains("Ville Aho") && !waiting.contains("Rautio"),
            "{waiting}"
        );
        let named = sample.get(reviews, &lead).await.body;
        assert!(
            named.contains("Testi Rautio"),
            "the lead of the unit: {named}"
        );

        // A request for the log opens the name, and its end closes it.
        let today = sample.house.today();
        let day = format!("{}.{}.{}", today.day(), today.month(), today.year());
        let code = code.expose().to_owned();
        let fields = [("code", code.as_str()), ("asked_on", day.as_str())];
        let request = sample.post("/oversight/requests", &fields, &officer).await;
        let request = request.location().to_owned();
        for path in [reviews, "/oversight/requests", &request] {
            let page = sample.get(path, &officer).await.body;
            assert!(page.contains("Testi Rautio"), "{path}");
        }
        let close = format!("{request}/close");
        let closed = sample.post(&close, &[("how", "answered")], &officer).await;
        assert_eq!(closed.status, 303);
        for path in [reviews, "/oversight/requests", &request] {
            let page = sample.get(path, &officer).await;
            assert_eq!(page.status, 200);
            assert!(!page.body.contains("Rautio"), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_names_the_client_until_it_is_dealt_with() {
    let sample = sample(sqlite_store(&rooms()));
    let client = sample.client("Rautio", None);
    sample.opened(client);
    let lead = sample.enter(HANNA).await;
    let reviews = "/oversight/exceptional";
    let page = sample.get(reviews, &lead).await;
    assert!(page.body.contains(WHY) && !page.body.contains("Kerrottu sinulle"));
    let action = page
        .body
        .split("action=\"/oversight/exceptional/")
        .nth(1)
        .unwrap();
    let action = format!(
        "/oversight/exceptional/{}",
        action.split('"').next().unwrap()
    );
    let fields = [("outcome", "not_justified"), ("note", "Ei ollut syytä.")];
    assert_eq!(sample.post(&action, &fields, &lead).await.status, 303);
    let page = sample.get(reviews, &lead).await.body;
    assert!(
        !page.contains("Kerrottu sinulle"),
        "reviewed, so not told again"
    );

    sample.clock.advance(SignedDuration::from_hours(24 * 8));
    let (officer, lead) = (sample.enter(SIRPA).await, sample.enter(HANNA).await);
    let page = sample.get(reviews, &officer).await.body;
    assert!(page.contains("Ville Aho avasi asiakkaan tiedot ilman perustetta"));
    assert!(
        page.contains("Testi Rautio"),
        "the incident is open: {page}"
    );
    let notice = page.split("action=\"/notices/").nth(1).unwrap();
    let seen = format!("/notices/{}", notice.split('"').next().unwrap());
    // It was told to the officer, and to nobody else.
    let other = sample.post(&seen, &[("back", "desk")], &lead).await;
    assert_eq!(other.status, 404);
    for _ in 0..2 {
        let done = sample.post(&seen, &[("back", "reviews")], &officer).await;
        assert_eq!(done.status, 303);
        assert_eq!(done.location(), "/oversight/exceptional?done=notice");
    }
    let page = sample
        .get("/oversight/exceptional?done=notice", &officer)
        .await
        .body;
    assert!(page.contains("Ilmoitus on merkitty nähdyksi."));
    assert!(!page.contains("Rautio") && !page.contains("Kerrottu sinulle"));
    let filter = store::ActorFilter {
        event: Some("notice.".to_owned()),
        ..store::ActorFilter::new(store::Actor::Staff(SIRPA), 10)
    };
    let log = sample
        .store
        .store()
        .actor_log(filter)
        .await
        .unwrap()
        .entries;
    assert!(log.iter().any(|entry| entry.header.event == "notice.seen"));
    assert!(log.iter().all(|entry| entry.header.right == "N-222"));
    assert_eq!(log[0].content.subjects[0].subject, client.bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_of_rights_is_for_leads_and_the_officer_in_their_language() {
    let sample = sample(sqlite_store(&rooms()));
    for reader in [AINO, VILLE] {
        let cookie = sample.enter(reader).await;
        let page = sample.get("/oversight/rights", &cookie).await;
        assert_eq!(page.status, 404);
    }
    for reader in [HANNA, SIRPA] {
        let cookie = sample.enter(reader).await;
        let page = sample.get("/oversight/rights", &cookie).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("design") && page.body.contains("Nosteen oma sääntö"));
        assert!(page.body.contains("sosiaalihuoltolaki 34 § 1 mom."));
        assert!(
            page.body.contains("href=\"/oversight/rights\""),
            "the way there"
        );
        let swedish = cookie.replace("noste_language=fi", "noste_language=sv");
        let page = sample.get("/oversight/rights", &swedish).await.body;
        assert!(page.contains("Nostes egen regel") && page.contains("socialvårdslagen"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_a_client_is_staff_is_told_to_the_officer_alone_and_in_an_open_case() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let codes = [1, 2]
            .map(|serial| IdentityCode::artificial(Date::constant(1980, 5, 4), serial).unwrap());
        let colleague = sample.client("Aho", Some(codes[0]));
        let other = sample.client("Rautio", Some(codes[1]));
        sample.run(
            "update staff set identity_hash = (select c.identity_hash from client c where c.id = $1) where id = $2",
            store::params![colleague.bytes(), AINO],
        );
        let officer = sample.enter(SIRPA).await;
        let log = |client: clients::ClientId| format!("/clients/{client}/log");
        let said = ["työntekijä: kyllä", "työntekijä: ei"];
        let today = sample.house.today();
        let day = format!("{}.{}.{}", today.day(), today.month(), today.year());
        for (client, code, word) in [(colleague, codes[0], said[0]), (other, codes[1], said[1])] {
            let before = sample.get(&log(client), &officer).await.body;
            assert!(
                said.iter().all(|word| !before.contains(word)),
                "no open case"
            );
            let fields = [("code", code.expose()), ("asked_on", day.as_str())];
            let request = sample.post("/oversight/requests", &fields, &officer).await;
            assert_eq!(request.status, 303, "{}", request.body);
            let page = sample.get(&log(client), &officer).await;
            assert!(page.body.contains(word), "{}", page.body);
        }
        let lead = sample.enter(HANNA).await;
        for client in [colleague, other] {
            let page = sample.get(&log(client), &lead).await.body;
            assert!(said.iter().all(|word| !page.contains(word)));
        }
    }
}
