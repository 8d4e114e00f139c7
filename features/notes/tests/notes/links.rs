//! Nothing is recorded twice: a note is linked to a contact and to a time limit, which stand where they were recorded.

use clients::ClientId;
use clients::timeline::{self, Item, Prepared};
use kernel::clock::Clock;
use kernel::language::Language;
use store::StoreError;
use testkit::stores;

use crate::support::*;

const CALL: [u8; 16] = [77; 16];

/// A contact of a client, as the room of contacts puts it on her line.
fn contact(sample: &Sample, id: [u8; 16], client: ClientId, title: &'static str) {
    let at = sample.clock.now();
    sample
        .store
        .write_blocking(move |tx| {
            let words = Prepared::new(&text::search::Analysers::open(), Language::Fi, title, "");
            let href = format!("/contacts/{}", kernel::id::hyphenated(id));
            let item = Item {
                id: timeline::id_of("contact", id, "contact"),
                client,
                at,
                class: "contact",
                kind: "contact",
                service_task: "working_age",
                restricted: None,
                object: Some(("contact", id)),
                language: Language::Fi,
                title,
                body: "",
                author: None,
                href: &href,
            };
            timeline::put(tx, &item, &words)?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_and_a_time_limit_are_linked_and_never_copied() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        sample.relate(client, AINO, "own_worker");
        contact(&sample, CALL, client, "Vuokra jäi maksamatta");
        let aino = sample.enter(AINO).await;
        let form = sample.get(&new_path(matter), &aino).await.body;
        assert!(
            form.contains("Vuokra jäi maksamatta, yhteydenotto"),
            "{}",
            told(&form)
        );
        assert!(form.contains("Päätöksen toimeenpano: "), "{}", told(&form));
        let call = format!("contact:{}", kernel::id::hyphenated(CALL));
        let (_, rest) = form.split_once("value=\"clock:").unwrap();
        let clock = format!("clock:{}", rest.split('"').next().unwrap());
        let links = [
            ("body", "Soitettu takaisin"),
            ("link", call.as_str()),
            ("link2", ""),
        ];
        let note = finished(&sample, &aino, matter, &[client], &links).await;
        let page = sample.get(&note, &aino).await.body;
        assert!(page.contains(&format!("/contacts/{}", kernel::id::hyphenated(CALL))));
        assert!(!told(&page).contains("Päätöksen toimeenpano"));
        // Corrected: the time limit is what it is about, and the contact no more.
        sample
            .post(
                &format!("{note}/correct"),
                &[("reason", "Väärä linkki")],
                &aino,
            )
            .await;
        let edit = sample.get(&format!("{note}/edit"), &aino).await.body;
        let client_field = client.to_string();
        let own = format!("client-{client}");
        let (common, part) = (
            hidden(&edit, "rev-common"),
            hidden(&edit, &format!("rev-{own}")),
        );
        let answer = sample
            .post(
                &format!("{note}/edit"),
                &[
                    ("client", client_field.as_str()),
                    ("what", "home"),
                    ("when", "10.3.2026 klo 10.00"),
                    ("body", "Soitettu takaisin"),
                    ("link", clock.as_str()),
                    // Somebody else's, or nothing: no link is made of what was not offered.
                    ("link", "contact:00000000-0000-0000-0000-000000000001"),
                    ("link", "nonsense"),
                    ("rev-common", common.as_str()),
                    (&format!("rev-{own}"), part.as_str()),
                    ("act", "finish"),
                ],
                &aino,
            )
            .await;
        assert_eq!(answer.status, 303, "{}", told(&answer.body));
        let page = told(&sample.get(&note, &aino).await.body);
        assert!(
            page.contains("Päätöksen toimeenpano: ") && !page.contains("Vuokra jäi"),
            "{page}"
        );
        assert_eq!(sample.count("select count(*) from note_link"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_shown_to_those_who_may_read_it() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (anna, matter) = sample.held(AINO, "Aavanen");
        let pekka = sample.client("Peltovuori", None);
        joins(&sample, AINO, matter, pekka);
        for client in [anna, pekka] {
            sample.relate(client, AINO, "own_worker");
        }
        sample.relate(pekka, SANNA, "own_worker");
        contact(&sample, CALL, anna, "Annan salainen huoli");
        let call = format!("contact:{}", kernel::id::hyphenated(CALL));
        let (aino, sanna) = (sample.enter(AINO).await, sample.enter(SANNA).await);
        let fields = [("body", "Yhteinen"), ("link", call.as_str())];
        let note = finished(&sample, &aino, matter, &[anna, pekka], &fields).await;
        assert!(
            sample
                .get(&note, &aino)
                .await
                .body
                .contains("Annan salainen huoli")
        );
        let hers = sample.get(&note, &sanna).await;
        assert_eq!(hers.status, 200);
        assert!(hers.body.contains("Yhteinen") && !hers.body.contains("Annan salainen"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_note_is_about_is_chosen_by_one_link() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (_, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let page = sample.get("/notes/new", &aino).await.body;
        assert!(
            page.contains(&format!("href=\"{}\"", new_path(matter))),
            "{page}"
        );
        assert!(page.contains("data-narrowed=\"note-choose\""));
        let sanna = sample.enter(SANNA).await;
        assert!(
            !sample
                .get("/notes/new", &sanna)
                .await
                .body
                .contains("Virtanen")
        );
    }
}
