//! Whose a note is: it follows its form while it is a draft, and a person whose records are joined.

use casework::domain::MatterId;
use clients::ClientId;
use store::params;
use testkit::stores;

use crate::support::*;

/// Posts the form of a new note with an id of its own.
async fn post(
    sample: &Sample,
    cookie: &str,
    matter: MatterId,
    form: &str,
    fields: &[(&str, &str)],
) -> Answered {
    let mut all = vec![
        ("form", form),
        ("what", "home"),
        ("when", "10.3.2026 klo 10.00"),
    ];
    all.extend_from_slice(fields);
    sample.post(&new_path(matter), &all, cookie).await
}

fn joint(sample: &Sample) -> (ClientId, ClientId, MatterId) {
    let (one, matter) = sample.held(AINO, "Aavanen");
    let other = sample.client("Peltovuori", None);
    joins(sample, AINO, matter, other);
    (one, other, matter)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_about_those_whom_its_form_names() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (one, other, matter) = joint(&sample);
        let aino = sample.enter(AINO).await;
        let form = hidden(&sample.get(&new_path(matter), &aino).await.body, "form");
        let (e, d) = (one.to_string(), other.to_string());
        let body = format!("body-{d}");
        let kept = [
            ("client", e.as_str()),
            ("body", "Yhteinen"),
            ("act", "draft"),
        ];
        let saved = post(&sample, &aino, matter, &form, &kept).await;
        assert_eq!(saved.status, 303, "{}", told(&saved.body));
        // A text about somebody who is not chosen is refused, and kept on the page.
        let unchosen = [
            kept[0],
            kept[1],
            (body.as_str(), "Oma teksti"),
            ("act", "finish"),
        ];
        let refused = post(&sample, &aino, matter, &form, &unchosen).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Oma teksti"));
        let both = [
            unchosen[0],
            ("client", d.as_str()),
            unchosen[1],
            unchosen[2],
            ("act", "finish"),
        ];
        let done = post(&sample, &aino, matter, &form, &both).await;
        assert_eq!(done.status, 303, "{}", told(&done.body));
        let note = newest(&sample);
        let page = told(&sample.get(&note, &aino).await.body);
        assert!(
            page.contains("Oma teksti") && page.contains("Peltovuori"),
            "{page}"
        );
        let items = "select count(*) from timeline_item where class = 'note'";
        assert_eq!(sample.count(items), 2);
        // Finished: the same again is the same, and others are not taken in unsaid.
        let again = post(&sample, &aino, matter, &form, &both).await;
        assert_eq!(again.status, 303);
        let fewer = [kept[0], kept[1], ("act", "finish")];
        let refused = post(&sample, &aino, matter, &form, &fewer).await;
        assert_eq!(refused.status, 409);

        // Whoever is left out goes with what is written of her.
        let form = hidden(&sample.get(&new_path(matter), &aino).await.body, "form");
        let both = [both[0], both[1], both[2], both[3], ("act", "draft")];
        assert_eq!(post(&sample, &aino, matter, &form, &both).await.status, 303);
        let done = post(&sample, &aino, matter, &form, &fewer).await;
        assert_eq!(done.status, 303, "{}", told(&done.body));
        let page = told(&sample.get(&newest(&sample), &aino).await.body);
        assert!(
            !page.contains("Oma teksti") && !page.contains("Peltovuori"),
            "{page}"
        );
        assert_eq!(sample.count(items), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_one_matter_is_no_note_of_another() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (one, first) = sample.held(AINO, "Aavanen");
        let (other, second) = sample.held(AINO, "Toivola");
        let aino = sample.enter(AINO).await;
        let form = hidden(&sample.get(&new_path(first), &aino).await.body, "form");
        let (e, t) = (one.to_string(), other.to_string());
        let draft = [
            ("client", e.as_str()),
            ("body", "Aavasesta"),
            ("act", "draft"),
        ];
        assert_eq!(post(&sample, &aino, first, &form, &draft).await.status, 303);
        let fields = [
            ("client", t.as_str()),
            ("body", "Toivolasta"),
            ("act", "finish"),
        ];
        let refused = post(&sample, &aino, second, &form, &fields).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Toivolasta"), "the text is kept");
        assert_eq!(sample.count("select count(*) from document_version"), 0);
        // Sent again from that page it is a note of its own.
        let fresh = hidden(&refused.body, "form");
        assert_eq!(
            post(&sample, &aino, second, &fresh, &fields).await.status,
            303
        );
        assert_eq!(
            sample.count("select count(*) from document where kind = 'note'"),
            2
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_takes_nobody_in_unsaid() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (one, other, matter) = joint(&sample);
        let aino = sample.enter(AINO).await;
        let note = finished(&sample, &aino, matter, &[one], &[("body", "Alku")]).await;
        sample
            .post(
                &format!("{note}/correct"),
                &[("reason", "Tarkennus")],
                &aino,
            )
            .await;
        let form = sample.get(&format!("{note}/edit"), &aino).await.body;
        let rev = hidden(&form, "rev-common");
        let (e, d) = (one.to_string(), other.to_string());
        let body = format!("body-{d}");
        let refused = sample
            .post(
                &format!("{note}/edit"),
                &[
                    ("client", &e),
                    ("client", &d),
                    (&body, "Toisen asia"),
                    ("body", "Alku"),
                    ("rev-common", &rev),
                    ("what", "home"),
                    ("when", "10.3.2026"),
                    ("act", "finish"),
                ],
                &aino,
            )
            .await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Toisen asia"), "the text is kept");
        assert_eq!(sample.count("select count(*) from document_version"), 1);
    }
}

/// Joins one record to another, or parts them: rows of `from` become those of `to`.
fn moved(sample: &Sample, from: ClientId, to: ClientId, parted: bool) {
    sample
        .store
        .write_blocking(move |tx| {
            let (state, who, into) = if parted {
                ("active", to, None)
            } else {
                ("merged", from, Some(to.bytes()))
            };
            tx.execute(
                "update client set state = $1, merged_into = $2 where id = $3",
                &params![state, into, who.bytes()],
            )?;
            let tables = (documents::MOVED
                .iter()
                .chain(&casework::MOVED)
                .chain(&notes::MOVED))
            .map(|moved| (moved.table, moved.client))
            .chain([("timeline_item", "client_id"), ("relation", "client_id")]);
            for (table, client) in tables {
                tx.execute(
                    &format!("update {table} set {client} = $1 where {client} = $2"),
                    &params![to.bytes(), from.bytes()],
                )?;
            }
            Ok::<_, store::StoreError>(())
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_follows_a_person_whose_records_are_joined() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (old, other, matter) = joint(&sample);
        let kept = sample.client("Aavanen", None);
        let aino = sample.enter(AINO).await;
        let own = format!("body-{old}");
        let who = format!("client:{old}");
        let fields = [
            ("body", "Yhteinen"),
            (own.as_str(), "Vain hänestä"),
            ("next-1", "Tiliote"),
            ("who-1", who.as_str()),
            ("by-1", "13.3.2026"),
        ];
        let note = finished(&sample, &aino, matter, &[old, other], &fields).await;
        moved(&sample, old, kept, false);
        for path in [note.clone(), format!("{note}/versions")] {
            let page = told(&sample.get(&path, &aino).await.body);
            assert!(page.contains("Vain hänestä"), "{path}: {page}");
        }
        sample
            .post(
                &format!("{note}/correct"),
                &[("reason", "Tarkennus")],
                &aino,
            )
            .await;
        let form = sample.get(&format!("{note}/edit"), &aino).await.body;
        assert!(form.contains("Vain hänestä") && form.contains(&own));
        let rev = |part: &str| {
            let field = format!("rev-{part}");
            (field.clone(), hidden(&form, &field))
        };
        let revisions = [
            rev("common"),
            rev(&format!("client-{old}")),
            rev(&format!("client-{other}")),
        ];
        let (k, o, d) = (kept.to_string(), old.to_string(), other.to_string());
        let now = format!("client:{kept}");
        let mut all = vec![
            ("client", k.as_str()),
            ("client", d.as_str()),
            ("client", o.as_str()),
            ("what", "home"),
            ("when", "10.3.2026"),
            ("act", "finish"),
            ("body", "Yhteinen"),
            (own.as_str(), "Korjattu hänestä"),
            ("next-1", "Tiliote"),
            ("who-1", now.as_str()),
            ("by-1", "13.3.2026"),
        ];
        all.extend(
            revisions
                .iter()
                .map(|(name, rev)| (name.as_str(), rev.as_str())),
        );
        let done = sample.post(&format!("{note}/edit"), &all, &aino).await;
        assert_eq!(done.status, 303, "{}", told(&done.body));
        let page = told(&sample.get(&note, &aino).await.body);
        assert!(page.contains("Korjattu hänestä"), "{page}");
        // One item for each client, as before.
        let seen = "select count(*) from timeline_item where class = 'note' and hidden_at is null";
        assert_eq!(sample.count(seen), 2);
        assert_eq!(
            sample.count(
                "select count(*) from timeline_item where class = 'note' and body like '%Korjattu%'"
            ),
            1
        );
        // Parted again, the text goes back with her.
        moved(&sample, kept, old, true);
        let page = told(&sample.get(&note, &aino).await.body);
        assert!(page.contains("Korjattu hänestä"), "{page}");
        moved(&sample, old, kept, false);
        let hanna = sample.enter(HANNA).await;
        sample
            .post(
                &format!("{note}/void"),
                &[("reason", "Väärä henkilö")],
                &aino,
            )
            .await;
        let voided = sample
            .post(&format!("{note}/void/answer"), &[], &hanna)
            .await;
        assert_eq!(voided.status, 303, "{}", told(&voided.body));
        assert_eq!(sample.count(seen), 0);
    }
}
