//! What next, who and by when: work with one owner and one day; and the safety net of unfinished notes.

use casework::alerts::Alert;
use casework::work::Work;
use identity::people::UnitId;
use kernel::clock::Clock;
use kernel::language::Language;
use kernel::time::SignedDuration;
use store::StoreError;
use testkit::stores;

use crate::support::*;

async fn works(sample: &Sample, worker: [u8; 16]) -> Vec<Work> {
    let (t, now, reader) = (
        sample.house.texts(Language::Fi),
        sample.clock.now(),
        who(worker),
    );
    sample
        .store
        .show(move |tx| notes::work::works(tx, &reader, &t, now))
        .await
        .unwrap()
        .value
}

async fn alerts(sample: &Sample, worker: [u8; 16]) -> Vec<Alert> {
    let (t, now, reader) = (
        sample.house.texts(Language::Fi),
        sample.clock.now(),
        who(worker),
    );
    sample
        .store
        .show(move |tx| {
            notes::work::alerts(tx, &reader, UnitId::from_bytes(NORTH), &t, now)
                .map_err(|error: StoreError| error)
        })
        .await
        .unwrap()
        .value
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_work_of_its_owner_until_a_note_tells_it_done() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let me = format!("staff:{}", staff(AINO));
        let her = format!("client:{client}");
        let fields = [
            ("body", "Sovittiin"),
            ("next-1", "Lähetä maksusuunnitelma"),
            ("who-1", me.as_str()),
            ("by-1", "13.3.2026"),
            ("next-2", "Toimita tiliote"),
            ("who-2", her.as_str()),
            ("by-2", "16.3.2026"),
        ];
        let note = finished(&sample, &aino, matter, &[client], &fields).await;
        let found = works(&sample, AINO).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].what.as_str(), found[0].href.as_str()),
            ("Lähetä maksusuunnitelma", note.as_str())
        );
        assert_eq!(found[0].who, "Testi Virtanen");
        assert_eq!(works(&sample, VILLE).await, []);
        // Both stand beside the next note, where they are ticked done.
        let form = sample.get(&new_path(matter), &aino).await.body;
        assert!(form.contains("Toimita tiliote") && form.contains("Lähetä maksusuunnitelma"));
        let tick = hidden(&form, "done");
        assert!(!tick.is_empty());
        let next = finished(
            &sample,
            &aino,
            matter,
            &[client],
            &[("body", "Tehtiin"), ("done", &tick)],
        )
        .await;
        assert!(told(&sample.get(&next, &aino).await.body).contains("Lähetä maksusuunnitelma"));
        assert_eq!(works(&sample, AINO).await, []);
        assert_eq!(
            sample.count("select count(*) from note_link where kind = 'step'"),
            1
        );
        // The client's own step is pressed done on the note's page.
        let page = sample.get(&note, &aino).await.body;
        let (_, rest) = page.split_once("action=\"/note-steps/").unwrap();
        let step = rest.split('/').next().unwrap();
        let done = sample
            .post(&format!("/note-steps/{step}/done"), &[], &aino)
            .await;
        assert_eq!(done.location(), format!("{note}?done=step"));
        assert_eq!(
            sample.count("select count(*) from note_step where state = 'done'"),
            2
        );
        // Twice does no harm, and a stranger does not do it.
        let sanna = sample.enter(SANNA).await;
        assert_eq!(
            sample
                .post(&format!("/note-steps/{step}/done"), &[], &sanna)
                .await
                .status,
            404
        );
        assert_eq!(
            sample
                .post(&format!("/note-steps/{step}/done"), &[], &aino)
                .await
                .status,
            303
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_without_a_finished_note_is_noticed() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        draft(
            &sample,
            &aino,
            matter,
            &[client],
            &[("body", "Salainen sisältö"), ("when", "10.3.2026 klo 9")],
        )
        .await;
        draft(
            &sample,
            &aino,
            matter,
            &[client],
            &[
                ("body", "Viesti"),
                ("what", "message"),
                ("when", "10.3.2026 klo 9"),
            ],
        )
        .await;
        sample.clock.advance(SignedDuration::from_hours(24 * 10));
        let found = works(&sample, AINO).await;
        assert_eq!(found.len(), 1, "a message is no visit: {found:?}");
        assert!(found[0].what.starts_with("Kirjaus kesken: Kotikäynti"));
        let net = alerts(&sample, HANNA).await;
        assert_eq!(net.len(), 1);
        assert_eq!(
            (net[0].kind, net[0].href.as_str()),
            ("note_missing", format!("/matters/{matter}").as_str())
        );
        assert!(!format!("{net:?}").contains("Salainen"));
        assert_eq!(
            alerts(&sample, LIISA).await,
            [],
            "another unit's lead sees nothing"
        );
        // The county may wait longer.
        let pekka = sample.enter(PEKKA).await;
        let set = sample
            .post("/admin/phrases/days", &[("days", "30")], &pekka)
            .await;
        assert_eq!(set.location(), "/admin/phrases?done=days");
        assert_eq!(alerts(&sample, HANNA).await, []);
        assert_eq!(
            sample
                .post("/admin/phrases/days", &[("days", "0")], &pekka)
                .await
                .status,
            422
        );
    }
}
