//! Taking, writing, judging, taking over, reopening; and that nothing typed is lost when refused.

use crate::support::{AINO, HANNA, JAANA, NURSE, VILLE, rooms, sample};
use identity::people::{self, StaffId};
use intake::domain::AttemptChannel;
use intake::domain::ending::Ending;
use intake::store::{ending, holding, offers, record};
use kernel::time::day;
use testkit::{sqlite_store, stores};

#[tokio::test(flavor = "multi_thread")]
async fn the_second_to_take_is_told_who_was_first() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.arrived("Vuokra rästissä", None);
        let (aino, ville) = (sample.enter(AINO).await, sample.enter(VILLE).await);
        let take = format!("/contacts/{contact}/take?tab=untaken");
        let first = sample.post(&take, &[], &ville).await;
        assert_eq!(
            first.location(),
            format!("/contacts/{contact}?tab=untaken&done=taken")
        );
        let page = sample.get(first.location(), &ville).await.body;
        assert!(
            page.contains("Koppi on sinulla.")
                && page.contains("Sanat, jotka ihminen itse kirjoitti")
        );
        let second = sample.post(&take, &[], &aino).await;
        assert_eq!(second.status, 409);
        assert!(second.body.contains("Ville Aho ehti ensin (tänään klo"));
        assert!(
            second.body.contains("Ottamatta 0"),
            "the queue is beside the reason"
        );
        assert!(!second.body.contains("Sanat, jotka ihminen itse kirjoitti"));
        // Pressed twice by the same person: nothing to complain about.
        assert_eq!(sample.post(&take, &[], &ville).await.status, 303);
        // Somebody without the queue learns nothing.
        let nurse = sample.enter(NURSE).await;
        assert_eq!(sample.post(&take, &[], &nurse).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn small_forms_save_and_show() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(VILLE, "Vuokra rästissä", Some("Leyla Hassan"));
        let cookie = sample.enter(VILLE).await;
        for (form, fields, shown) in [
            (
                "note",
                vec![("body", "Soitti vuokranantaja.")],
                "Soitti vuokranantaja.",
            ),
            (
                "attempt",
                vec![
                    ("channel", "call"),
                    ("reached", "no"),
                    ("body", "Ei vastaajaa."),
                ],
                "Ei vastaajaa.",
            ),
            (
                "call",
                vec![("body", "Vuokrasta iltapäivällä")],
                "Vuokrasta iltapäivällä",
            ),
            (
                "urgency",
                vec![
                    ("urgency", "none"),
                    ("housing_risk", "yes"),
                    ("reason", "Häätö"),
                ],
                "Häätö",
            ),
        ] {
            let path = format!("/contacts/{contact}/{form}");
            let saved = sample.post(&path, &fields, &cookie).await;
            assert_eq!(saved.status, 303, "{form} {}", saved.body);
            let page = sample.get(saved.location(), &cookie).await.body;
            assert!(page.contains(shown), "{form}");
        }
        let page = sample
            .get(&format!("/contacts/{contact}"), &cookie)
            .await
            .body;
        // A risk cannot stand beside "no hurry".
        assert!(page.contains("Tällä viikolla. Ville Aho") && page.contains("Asunto vaarassa"));
        assert!(
            page.contains("puuttuu vielä 2 yritystä, yksi toinen tapa, kirje"),
            "{page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_fields_are_told_and_texts_kept() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(VILLE, "Vuokra rästissä", None);
    let cookie = sample.enter(VILLE).await;
    for (form, fields, told) in [
        ("note", vec![("body", "  ")], "Kirjoita, mitä tapahtui."),
        (
            "attempt",
            vec![("body", "Pitkä teksti")],
            "Valitse, miten yritit.",
        ),
        ("call", vec![], "Kirjoita, mistä soitat."),
        (
            "urgency",
            vec![("reason", "Pitkä teksti")],
            "Valitse, kuinka pian jonkun on toimittava.",
        ),
        (
            "offer",
            vec![("reason", "Pitkä teksti")],
            "Valitse, kenelle pyydät siirtoa.",
        ),
    ] {
        let answer = sample
            .post(&format!("/contacts/{contact}/{form}"), &fields, &cookie)
            .await;
        assert_eq!(answer.status, 422, "{form}");
        assert!(
            answer.body.contains(told) && answer.body.contains("Tätä ei vielä tallennettu"),
            "{form}"
        );
        if fields.iter().any(|(_, value)| *value == "Pitkä teksti") {
            assert!(answer.body.contains("Pitkä teksti"), "{form}");
        }
    }
    let long = "a".repeat(8_001);
    let answer = sample
        .post(
            &format!("/contacts/{contact}/note"),
            &[("body", &long)],
            &cookie,
        )
        .await;
    assert!(
        answer.status == 422
            && answer.body.contains(&long)
            && answer.body.contains("Lyhennä tekstiä")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_not_lost_when_things_changed() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let ended = sample.held(VILLE, "Päättyy", None);
        let moved = sample.held(VILLE, "Siirtyy", None);
        let cookie = sample.enter(VILLE).await;
        sample.act(VILLE, move |tx, desk, worker| {
            let ending = Ending::NotWanted {
                own_words: "En nyt".to_owned(),
            };
            ending::end(tx, desk, worker, ended, &ending)
        });
        sample.act(VILLE, move |tx, desk, worker| {
            let receiver = offers::Receiver::Person(StaffId::from_bytes(JAANA));
            let new = offers::NewOffer {
                receiver,
                reason: "x".to_owned(),
                warm: false,
            };
            offers::make(tx, desk, worker, moved, &new)
        });
        let offer = sample.open_offer(moved);
        sample.act(JAANA, move |tx, desk, worker| {
            offers::accept(tx, desk, worker, offer, false)
        });
        for (contact, told) in [
            (ended, "Yhteydenotto on päättynyt."),
            (moved, "Et enää vastaa tästä"),
        ] {
            for (form, field) in [
                ("note", "body"),
                ("call", "body"),
                ("offer", "reason"),
                ("end", "own_words"),
            ] {
                let receiver = format!("person:{}", StaffId::from_bytes(AINO));
                let fields = [
                    (field, "Tärkeä lause"),
                    ("ending", "not_wanted"),
                    ("receiver", receiver.as_str()),
                ];
                let answer = sample
                    .post(&format!("/contacts/{contact}/{form}"), &fields, &cookie)
                    .await;
                assert!(
                    answer.body.contains("Tärkeä lause"),
                    "{form}: {}",
                    answer.body
                );
                assert_eq!(answer.status, 409, "{form}");
                assert!(answer.body.contains(told), "{form} {told}");
            }
        }
        // What is no longer this worker's to see is not beside the text.
        let answer = sample
            .post(
                &format!("/contacts/{moved}/note"),
                &[("body", "x")],
                &cookie,
            )
            .await;
        assert!(!answer.body.contains("Siirtyy") && !answer.body.contains("Sanat, jotka"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_comes_back_and_goes_with_the_saved_text() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(VILLE, "Vuokra rästissä", None);
    let cookie = sample.enter(VILLE).await;
    let key = format!("contact-{contact}-note");
    sample
        .post(
            "/drafts",
            &[("_draft", &key), ("body", "Kesken jäänyt")],
            &cookie,
        )
        .await;
    let path = format!("/contacts/{contact}/note");
    let page = sample.get(&path, &cookie).await.body;
    assert!(page.contains("Kesken jäänyt") && page.contains("Jatkat luonnosta"));
    // A refused form keeps the draft, an accepted one does not.
    sample.post(&path, &[("body", "")], &cookie).await;
    assert!(
        sample
            .get(&path, &cookie)
            .await
            .body
            .contains("Kesken jäänyt")
    );
    sample.post(&path, &[("body", "Valmis")], &cookie).await;
    assert!(
        !sample
            .get(&path, &cookie)
            .await
            .body
            .contains("Kesken jäänyt")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_takes_over_only_from_somebody_away() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(AINO, "Tukea arkeen", None);
        let cookie = sample.enter(HANNA).await;
        let page = sample
            .get(&format!("/contacts/{contact}"), &cookie)
            .await
            .body;
        assert!(!page.contains("/take-over"));
        let path = format!("/contacts/{contact}/take-over");
        let refused = sample
            .post(&path, &[("body", "Poissa viikon")], &cookie)
            .await;
        assert_eq!(refused.status, 409);
        assert!(
            refused.body.contains("Vastuussa oleva on töissä.")
                && refused.body.contains("Poissa viikon")
        );
        let today = day(sample.desk.now());
        let absence = move |tx: &mut store::WriteTx<'_>| {
            people::add_absence(tx, StaffId::from_bytes(AINO), today, today)
        };
        sample.store.write_blocking(absence).unwrap();
        let page = sample
            .get(&format!("/contacts/{contact}"), &cookie)
            .await
            .body;
        assert!(page.contains("/take-over") && page.contains("poissa"));
        assert!(
            sample
                .get(&path, &cookie)
                .await
                .body
                .contains("Aino Salmela on poissa")
        );
        assert!(
            sample
                .post(&path, &[("body", "")], &cookie)
                .await
                .body
                .contains("Kirjoita perustelu.")
        );
        let taken = sample
            .post(&path, &[("body", "Poissa viikon")], &cookie)
            .await;
        assert_eq!(
            taken.location(),
            format!("/contacts/{contact}?done=taken-over")
        );
        let page = sample.get(taken.location(), &cookie).await.body;
        assert!(
            page.contains("Sanat, jotka ihminen itse kirjoitti") && page.contains("Hanna Rantanen")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_contact_is_reopened_with_a_reason() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(VILLE, "Vuokra rästissä", None);
        sample.act(VILLE, move |tx, desk, worker| {
            ending::end(
                tx,
                desk,
                worker,
                contact,
                &Ending::NotWanted {
                    own_words: "En nyt".to_owned(),
                },
            )
        });
        let cookie = sample.enter(VILLE).await;
        let page = sample
            .get(&format!("/contacts/{contact}"), &cookie)
            .await
            .body;
        assert!(
            page.contains("Päättynyt")
                && page.contains("En nyt")
                && !page.contains("Tee siirtopyyntö")
        );
        let path = format!("/contacts/{contact}/reopen");
        let answer = sample
            .post(&path, &[("body", "Soitti takaisin")], &cookie)
            .await;
        assert_eq!(
            answer.location(),
            format!("/contacts/{contact}?done=reopened")
        );
        let page = sample.get("/contacts?tab=returned", &cookie).await.body;
        assert!(page.contains("Vuokra rästissä") && page.contains("Palautunut"));
        let again = sample
            .post(&path, &[("body", "Soitti takaisin")], &cookie)
            .await;
        assert_eq!(again.status, 409);
        assert!(again.body.contains("Soitti takaisin"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promised_call_is_marked_made_once() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(VILLE, "Vuokra rästissä", Some("Leyla Hassan"));
    let cookie = sample.enter(VILLE).await;
    sample
        .post(
            &format!("/contacts/{contact}/call"),
            &[("body", "Vuokrasta")],
            &cookie,
        )
        .await;
    let page = sample
        .get(&format!("/contacts/{contact}"), &cookie)
        .await
        .body;
    let path = page
        .split("action=\"/tasks/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let path = format!("/tasks/{path}");
    assert!(page.contains("Soitettu") && page.contains("tel:0400000001"));
    let done = sample.post(&path, &[], &cookie).await;
    assert_eq!(done.location(), format!("/contacts/{contact}?done=kept"));
    assert!(
        !sample
            .get(done.location(), &cookie)
            .await
            .body
            .contains("/tasks/")
    );
    let twice = sample.post(&path, &[], &cookie).await;
    assert!(twice.status == 409 && twice.body.contains("Lupaus on jo merkitty tehdyksi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attachment_is_downloaded_and_never_shown_inside() {
    let sample = sample(sqlite_store(&rooms()));
    let (contact, file) = sample.with_file("häätö \"x\".pdf", b"%PDF-1.7\n%%EOF\n");
    let cookie = sample.enter(VILLE).await;
    let path = format!("/attachments/{file}");
    sample.act(VILLE, move |tx, desk, worker| {
        holding::take(tx, desk, worker, contact)
    });
    assert!(
        sample
            .get(&format!("/contacts/{contact}"), &cookie)
            .await
            .body
            .contains(&path)
    );
    let answer = sample.get(&path, &cookie).await;
    assert_eq!(answer.status, 200);
    let header = |name: &str| {
        answer
            .headers
            .get_all(name)
            .iter()
            .map(|v| v.to_str().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(header("content-disposition").starts_with("attachment; filename="));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(
        header("content-security-policy").contains("sandbox"),
        "{}",
        header("content-security-policy")
    );
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(
        sample.get(&path, &sample.enter(AINO).await).await.status,
        404
    );
    assert_eq!(sample.get("/attachments/x", &cookie).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reached_person_has_been_answered() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(VILLE, "Vuokra rästissä", None);
    sample.act(VILLE, move |tx, desk, worker| {
        record::add_attempt(
            tx,
            desk,
            worker,
            contact,
            AttemptChannel::Call,
            true,
            "Puhuttiin.",
        )
    });
    let cookie = sample.enter(VILLE).await;
    let page = sample
        .get(&format!("/contacts/{contact}"), &cookie)
        .await
        .body;
    assert!(
        page.contains("vastattu, määräaika") && page.contains("Soitto, tavoitettiin, Ville Aho")
    );
}
