//! Offered, refused, withdrawn, accepted: the sender answers until somebody accepts by name.

use crate::support::{AINO, HANNA, JAANA, NURSE, UNIT, VILLE, rooms, sample};
use identity::people::{self, StaffId, UnitId};
use kernel::time::day;
use testkit::{sqlite_store, stores};

#[tokio::test(flavor = "multi_thread")]
async fn offered_refused_and_offered_again() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(JAANA, "Häätö tulossa", Some("Leyla Hassan"));
        let (jaana, aino) = (sample.enter(JAANA).await, sample.enter(AINO).await);
        let form = format!("/contacts/{contact}/offer");
        let page = format!("/contacts/{contact}");
        assert_eq!(
            sample.get(&page, &aino).await.status,
            404,
            "not offered yet"
        );
        let receiver = format!("person:{}", StaffId::from_bytes(AINO));
        let fields = [
            ("receiver", receiver.as_str()),
            ("reason", "Tarvitsee viranhaltijan."),
            ("warm", "yes"),
        ];
        let sent = sample.post(&form, &fields, &jaana).await;
        assert_eq!(sent.location(), format!("/contacts/{contact}?done=offered"));
        let sender = sample.get(sent.location(), &jaana).await.body;
        assert!(
            sender.contains("Siirtopyyntö: Aino Salmela") && sender.contains("Peru siirtopyyntö")
        );
        assert!(sender.contains("Jaana Peltola vastaa, kunnes pyyntö otetaan vastaan."));
        let receiver = sample.get(&page, &aino).await.body;
        for shown in [
            "Sinulle pyydetään siirtoa",
            "Tarvitsee viranhaltijan.",
            "Leyla Hassan",
            "Olimme molemmat läsnä",
        ] {
            assert!(receiver.contains(shown), "{shown}");
        }
        let offer = sample.open_offer(contact);
        let refuse = format!("/offers/{offer}/refuse");
        assert!(
            sample
                .get(&refuse, &aino)
                .await
                .body
                .contains("Jaana Peltola pyysi:")
        );
        let bare = sample
            .post(&refuse, &[("reason", "Liikaa työtä")], &aino)
            .await;
        assert_eq!(bare.status, 422);
        assert!(
            bare.body.contains("Kirjoita, kuka voisi ottaa vastaan")
                && bare.body.contains("Liikaa työtä")
        );
        let refused = sample
            .post(
                &refuse,
                &[("reason", "Liikaa työtä"), ("alternative", "Ville tuntee")],
                &aino,
            )
            .await;
        assert_eq!(refused.location(), "/contacts?done=refused");
        assert_eq!(sample.get(&page, &aino).await.status, 404);
        let sender = sample.get(&page, &jaana).await.body;
        assert!(
            sender.contains("Aino Salmela kieltäytyi ja ehdotti")
                && sender.contains("Ville tuntee")
        );
        assert!(
            sample
                .get("/contacts?tab=returned", &jaana)
                .await
                .body
                .contains("Häätö tulossa")
        );
        let unit = format!("unit:{}", UnitId::from_bytes(UNIT));
        sample
            .post(
                &form,
                &[("receiver", &unit), ("reason", "Pohjoisen asia")],
                &jaana,
            )
            .await;
        let offer = sample.open_offer(contact);
        let ville = sample.enter(VILLE).await;
        let accepted = sample
            .post(&format!("/offers/{offer}/accept"), &[], &ville)
            .await;
        assert_eq!(
            accepted.location(),
            format!("/contacts/{contact}?done=accepted")
        );
        assert!(
            sample
                .get(accepted.location(), &ville)
                .await
                .body
                .contains("Yhteydenotto on nyt sinulla.")
        );
        assert_eq!(
            sample.get(&page, &jaana).await.status,
            404,
            "the sender no longer reads it"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_closed_meanwhile_is_told_and_the_text_kept() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(JAANA, "Häätö tulossa", None);
        let offer = sample.offered(JAANA, contact, AINO);
        let (jaana, aino) = (sample.enter(JAANA).await, sample.enter(AINO).await);
        let withdrawn = sample
            .post(&format!("/offers/{offer}/withdraw"), &[], &jaana)
            .await;
        assert_eq!(
            withdrawn.location(),
            format!("/contacts/{contact}?done=withdrawn")
        );
        let fields = [("reason", "Pitkä syy"), ("alternative", "Pitkä ehdotus")];
        let refused = sample
            .post(&format!("/offers/{offer}/refuse"), &fields, &aino)
            .await;
        assert_eq!(refused.status, 409);
        for shown in [
            "Siirtopyyntö ei ole enää avoinna",
            "Pitkä syy",
            "Pitkä ehdotus",
        ] {
            assert!(refused.body.contains(shown), "{shown}");
        }
        assert!(
            !refused.body.contains("Häätö tulossa"),
            "no longer offered, no longer seen"
        );
        let accepted = sample
            .post(&format!("/offers/{offer}/accept"), &[], &aino)
            .await;
        assert_eq!(accepted.status, 409);
        assert!(accepted.body.contains("Siirtopyyntö ei ole enää avoinna"));
        let again = sample
            .post(&format!("/offers/{offer}/withdraw"), &[], &jaana)
            .await;
        assert!(again.status == 409 && again.body.contains("Häätö tulossa"));
        // An offer of somebody else does not exist.
        let ville = sample.enter(VILLE).await;
        for act in ["accept", "withdraw", "refuse"] {
            let answer = sample
                .post(&format!("/offers/{offer}/{act}"), &fields, &ville)
                .await;
            assert!(
                answer.status == 404 || !answer.body.contains("Häätö tulossa"),
                "{act}"
            );
        }
        assert_eq!(
            sample
                .get(&format!("/offers/{offer}/refuse"), &ville)
                .await
                .status,
            404
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_can_accept_are_offered() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(JAANA, "Häätö tulossa", None);
    let today = day(sample.desk.now());
    let absence = move |tx: &mut store::WriteTx<'_>| {
        people::add_absence(tx, StaffId::from_bytes(VILLE), today, today)
    };
    sample.store.write_blocking(absence).unwrap();
    let cookie = sample.enter(JAANA).await;
    let form = format!("/contacts/{contact}/offer");
    let page = sample.get(&form, &cookie).await.body;
    let option = |id: [u8; 16]| format!("<option value=\"person:{}\"", StaffId::from_bytes(id));
    assert!(
        page.contains(&option(AINO))
            && page.contains(&format!("{} disabled>Ville Aho", option(VILLE)))
    );
    assert!(!page.contains(&option(JAANA)), "oneself");
    for (id, why) in [
        (NURSE, "the centre has no right to accept"),
        (HANNA, "nor a lead"),
    ] {
        assert!(!page.contains(&option(id)), "{why}");
    }
    for (receiver, reason) in [(VILLE, "Poissa"), (NURSE, "Ei oikeutta"), (JAANA, "Itse")] {
        let receiver = format!("person:{}", StaffId::from_bytes(receiver));
        let answer = sample
            .post(
                &form,
                &[("receiver", &receiver), ("reason", reason)],
                &cookie,
            )
            .await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("ei voi nyt ottaa vastaan") && answer.body.contains(reason));
    }
    let second = sample.offered(JAANA, contact, AINO);
    let receiver = format!("person:{}", StaffId::from_bytes(AINO));
    let answer = sample
        .post(
            &form,
            &[("receiver", &receiver), ("reason", "Toinen")],
            &cookie,
        )
        .await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("Siirtopyyntö on jo tehty"));
    assert_eq!(sample.open_offer(contact), second);
}
