//! The pages: from a new matter to its closing, and what is told when something is wrong.

use casework::domain::Ground;
use casework::domain::transfer::{NewTransfer, Part};
use casework::store::sending;
use testkit::{sqlite_store, stores};

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn from_opening_to_closing() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let client = sample.client("Virtanen", None);
        sample.relate(client, AINO, "contact_holder");
        let cookie = sample.enter(AINO).await;
        let path = format!("/clients/{client}/matters/new");
        let form = sample.get(&path, &cookie).await;
        assert_eq!(form.status, 200);
        assert!(form.body.contains("Testi Virtanen"));
        let fields = [
            ("name", "99"),
            ("name_text", ""),
            ("service_task", "working_age"),
            ("kind", "contact"),
            ("way", "phone"),
            ("initiator", "1"),
            ("pending_on", "31.2.2026"),
            ("reasons", "Kirjeet avaamatta"),
            ("holder", "me"),
        ];
        let wrong = sample.post(&path, &fields, &cookie).await;
        assert_eq!(wrong.status, 422);
        for told in [
            "Kirjoita, mistä asiasta on kyse",
            "Päivää 31.2. ei ole",
            "Kirjeet avaamatta",
        ] {
            assert!(wrong.body.contains(told), "{told}");
        }
        let mut fields = fields.to_vec();
        for (name, value) in [
            ("name_text", "Postin avaaminen"),
            ("pending_on", "10.3.2026"),
        ] {
            fields.retain(|(field, _)| *field != name);
            fields.push((name, value));
        }
        let opened = sample.post(&path, &fields, &cookie).await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        let matter = opened.location().split('?').next().unwrap().to_owned();
        let again = sample.post(&path, &fields, &cookie).await;
        assert_eq!(
            again.location().split('?').next().unwrap(),
            matter,
            "sent twice"
        );
        let page = sample.get(opened.location(), &cookie).await.body;
        for shown in [
            "Postin avaaminen",
            "Kirjeet avaamatta",
            "SHL 45 § 2 mom",
            "Asia on avattu",
        ] {
            assert!(page.contains(shown), "{shown}");
        }
        let ville = staff(VILLE).to_string();
        let own = [
            ("how", "named"),
            ("client", &client.to_string()),
            ("staff", ville.as_str()),
            ("from", "13.3.2026"),
        ];
        let named = sample
            .post(&format!("{matter}/own-worker"), &own, &cookie)
            .await;
        assert_eq!(
            named.location(),
            format!("{matter}?done=own-worker"),
            "{}",
            named.body
        );
        assert!(
            sample
                .get(&matter, &cookie)
                .await
                .body
                .contains("Omatyöntekijä Ville Aho")
        );
        let offer = [
            ("receiver", format!("person:{ville}")),
            ("body", "Sovittu Villen kanssa".to_owned()),
        ];
        let offer: Vec<_> = offer
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let sent = sample
            .post(&format!("{matter}/offer"), &offer, &cookie)
            .await;
        assert_eq!(
            sent.location(),
            format!("{matter}?done=offer"),
            "{}",
            sent.body
        );
        let second = sample.enter(VILLE).await;
        let offered = sample.get("/matters?tab=offered", &second).await.body;
        assert!(offered.contains("Postin avaaminen"));
        let page = sample.get(&matter, &second).await.body;
        let (_, rest) = page.split_once("action=\"/matter-offers/").unwrap();
        let offer = rest.split('/').next().unwrap();
        let accepted = sample
            .post(&format!("/matter-offers/{offer}/accept"), &[], &second)
            .await;
        assert_eq!(accepted.location(), format!("{matter}?done=accepted"));
        let early = sample.post(&format!("{matter}/close"), &[], &second).await;
        assert_eq!(early.status, 422);
        assert!(early.body.contains("Valitse, miksi asia päättyy"));
        let form = sample.get(&format!("{matter}/close"), &second).await.body;
        for shown in [
            "Tulinko kuulluksi, Testi Virtanen",
            "Jälkiseuranta, jos niin sovittiin",
            "Asiakassuunnitelma, luonnos",
            "Aino Salmela, 12.3.",
        ] {
            assert!(form.contains(shown), "{shown}: {form}");
        }
        let heard = format!("heard-{client}");
        let words = format!("heard-words-{client}");
        let (here, ville) = (client.to_string(), staff(VILLE).to_string());
        let mut close = vec![
            ("reason", "handled"),
            ("voice", here.as_str()),
            (words.as_str(), "Minua kuunneltiin"),
            ("follow_what", "Onko vuokra maksettu"),
        ];
        let path = format!("{matter}/close");
        let wrong = sample.post(&path, &close, &second).await;
        assert_eq!(wrong.status, 422);
        for told in [
            "Valitse, mitä asiakas vastasi",
            "Kirjoita päivä, jolloin kysytään",
            "Valitse työntekijä, joka on työssä",
            "Asiassa on keskeneräistä. Katso luettelo",
            "Minua kuunneltiin",
            "Onko vuokra maksettu",
        ] {
            assert!(wrong.body.contains(told), "{told}: {}", wrong.body);
        }
        close.extend([
            (heard.as_str(), "mostly"),
            ("follow_on", "20.4.2026"),
            ("follow_who", ville.as_str()),
            ("seen", "yes"),
        ]);
        let closed = sample.post(&path, &close, &second).await;
        assert_eq!(
            closed.location(),
            format!("{matter}?done=close"),
            "{}",
            closed.body
        );
        let page = sample.get(&matter, &second).await.body;
        for shown in [
            "Asia päättyi",
            "Testi Virtanen, tulinko kuulluksi: enimmäkseen",
            "Minua kuunneltiin",
        ] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        followed_up(&sample, &format!("/clients/{client}"), &second).await;
    }
}

/// What was agreed stands on the client's page, is the follower's own, and is done once.
async fn followed_up(sample: &Sample, client: &str, cookie: &str) {
    let page = sample.get(client, cookie).await.body;
    assert!(page.contains("Onko vuokra maksettu"), "{page}");
    let (_, rest) = page.split_once("href=\"/follow-ups/").unwrap();
    let path = format!("/follow-ups/{}", rest.split('"').next().unwrap());
    let aino = sample.enter(AINO).await;
    assert_eq!(sample.get(&path, &aino).await.status, 404, "Ville's own");
    let done = format!("{path}/done");
    let other = sample.post(&done, &[("body", "Hyvin")], &aino).await;
    assert_eq!(other.status, 404);
    let opened = sample.get(&path, cookie).await.body;
    assert!(opened.contains("Testi Virtanen") && opened.contains("Onko vuokra maksettu"));
    let empty = sample.post(&done, &[("body", " ")], cookie).await;
    assert_eq!(empty.status, 422);
    let fields = [("body", "Vuokra on maksettu, hyvin menee")];
    let first = sample.post(&done, &fields, cookie).await;
    assert_eq!(first.location(), "/desk?done=followed");
    let twice = sample.post(&done, &fields, cookie).await;
    assert_eq!(twice.status, 409);
    assert!(
        twice.body.contains("Vuokra on maksettu, hyvin menee"),
        "kept"
    );
    let page = sample.get(client, cookie).await.body;
    assert!(page.contains("Vuokra on maksettu, hyvin menee"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_of_another_does_not_exist() {
    let sample = sample(sqlite_store(&rooms()));
    let (client, matter) = sample.held(AINO, "Salainen");
    for worker in [SANNA, LIISA, NURSE] {
        let cookie = sample.enter(worker).await;
        for form in [
            "",
            "/offer",
            "/close",
            "/transfer",
            "/transfer/print",
            "/worker",
            "/own-worker",
            "/substitute",
            "/client",
            "/client-leave",
            "/part",
            "/take-over",
        ] {
            let answer = sample
                .get(&format!("/matters/{matter}{form}"), &cookie)
                .await;
            assert_eq!(answer.status, 404, "{form}");
            assert!(!answer.body.contains("Salainen"));
        }
        let answer = sample
            .get(&format!("/clients/{client}/matters/new"), &cookie)
            .await;
        assert_eq!(answer.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_sees_the_state_and_no_content() {
    let sample = sample(sqlite_store(&rooms()));
    let (_, matter) = sample.held(AINO, "Virtanen");
    let lead = sample.enter(HANNA).await;
    let page = sample.get(&format!("/matters/{matter}"), &lead).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Aino Salmela") && page.body.contains("Palvelutarpeen arviointi"));
    for content in ["Vuokra on kaksi", "En uskalla avata"] {
        assert!(!page.body.contains(content), "{content}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_printed_for_a_stated_reason() {
    let sample = sample(sqlite_store(&rooms()));
    let (_, matter) = sample.held(AINO, "Virtanen");
    let cookie = sample.enter(AINO).await;
    let path = format!("/matters/{matter}/transfer/print");
    assert_eq!(sample.get(&path, &cookie).await.status, 404, "nothing sent");
    sample.act(AINO, move |tx, casework, reader| {
        let new = NewTransfer {
            county: "13".to_owned(),
            receiver: "Aikuissosiaalityö".to_owned(),
            urgency: casework::domain::transfer::Soon::Week,
            ground: Ground::WrongAuthority,
            ground_words: "Muutti".to_owned(),
            parts: vec![Part::Basics],
            cover: "Saatesanat vastaanottajalle".to_owned(),
            client_told: true,
        };
        sending::transfer(tx, casework, reader, matter, "15", &new, None)
    });
    let asked = sample.get(&path, &cookie).await;
    assert_eq!(asked.status, 200);
    assert!(!asked.body.contains("Saatesanat"), "asks first");
    for (fields, message) in [
        (vec![("why", "")], "Valitse, mihin tuloste annetaan."),
        (
            vec![("why", "other"), ("words", " ")],
            "Kirjoita, mikä muu syy on.",
        ),
    ] {
        let back = sample.post(&path, &fields, &cookie).await;
        assert_eq!(back.status, 422);
        assert!(back.body.contains(message) && !back.body.contains("Saatesanat"));
    }
    let printed = sample
        .post(
            &path,
            &[("why", "other"), ("words", "Kantelun liite")],
            &cookie,
        )
        .await;
    assert_eq!(printed.status, 200);
    assert!(printed.body.contains("Saatesanat"));
    let actor = store::Actor::Staff(AINO);
    let filter = store::ActorFilter {
        event: Some("matter.transfer_print".to_owned()),
        ..store::ActorFilter::new(actor, 10)
    };
    let log = sample.store.store().actor_log(filter).await.unwrap();
    assert_eq!(log.entries.len(), 1, "only what was shown");
    assert_eq!(log.entries[0].content.detail, "other: Kantelun liite");
}
