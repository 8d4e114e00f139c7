//! Two tabs and two workers on the same note: both texts are shown, and none is lost (I3).

use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_save_the_same_draft() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        // Ville stands in for Aino and writes on her drafts (row SU-06).
        sample.relate(client, VILLE, "substitute");
        let (aino, ville) = (sample.enter(AINO).await, sample.enter(VILLE).await);
        let note = draft(&sample, &aino, matter, &[client], &[("body", "Alku")]).await;
        let edit = format!("{note}/edit");
        let rev = hidden(&sample.get(&edit, &aino).await.body, "rev-common");
        let same = hidden(&sample.get(&edit, &ville).await.body, "rev-common");
        assert_eq!(rev, same);
        let id = client.to_string();
        let fields = |body: &'static str, rev: &str, act: &'static str| {
            vec![
                ("client".to_owned(), id.clone()),
                ("what".to_owned(), "home".to_owned()),
                ("when".to_owned(), "10.3.2026".to_owned()),
                ("body".to_owned(), body.to_owned()),
                ("rev-common".to_owned(), rev.to_owned()),
                ("act".to_owned(), act.to_owned()),
            ]
        };
        fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
            fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect()
        }
        let villes = fields("Alku, jota Ville jatkoi", &same, "draft");
        assert_eq!(
            sample.post(&edit, &pairs(&villes), &ville).await.status,
            303
        );
        let ainos = fields("Alku, jota Aino jatkoi", &rev, "finish");
        let clash = sample.post(&edit, &pairs(&ainos), &aino).await;
        assert_eq!(clash.status, 409);
        let page = told(&clash.body);
        for words in [
            "Kumpikaan ei ole kadonnut",
            "Ville Aho",
            "Ville jatkoi",
            "Aino jatkoi",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // What is saved is Ville's until Aino chooses.
        assert_eq!(
            sample.count("select count(*) from document_part where fields like '%Ville jatkoi%'"),
            1
        );
        assert_eq!(
            sample.count("select count(*) from document where state = 'finished'"),
            0
        );
        let newer = hidden(&clash.body, "rev-common");
        assert_ne!(newer, rev);
        let chosen = fields("Alku, jota Aino jatkoi", &newer, "finish");
        let done = sample.post(&edit, &pairs(&chosen), &aino).await;
        assert_eq!(
            done.location(),
            format!("{note}?done=finished"),
            "{}",
            told(&done.body)
        );
        // Ville comes late: his text is on the page, and the note is as it was finished.
        let late = fields("Villen myöhäinen teksti", &newer, "draft");
        let refused = sample.post(&edit, &pairs(&late), &ville).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Villen myöhäinen teksti"));
        assert!(refused.body.contains("on jo valmis"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_note_sent_twice_is_one_and_two_tabs_are_two() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let path = new_path(matter);
        let id = client.to_string();
        let first = hidden(&sample.get(&path, &aino).await.body, "form");
        let second = hidden(&sample.get(&path, &aino).await.body, "form");
        assert_ne!(first, second, "two tabs keep two texts");
        let send = |form: &str, body: &str| {
            vec![
                ("form".to_owned(), form.to_owned()),
                ("client".to_owned(), id.clone()),
                ("what".to_owned(), "call".to_owned()),
                ("when".to_owned(), "10.3.2026".to_owned()),
                ("body".to_owned(), body.to_owned()),
            ]
        };
        fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
            fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect()
        }
        // The server was killed after the commit and before the answer: the browser sends the form again.
        let once = sample
            .post(&path, &pairs(&send(&first, "Soitto")), &aino)
            .await;
        let again = sample
            .post(&path, &pairs(&send(&first, "Soitto")), &aino)
            .await;
        assert_eq!(once.location(), again.location());
        assert_eq!(sample.count("select count(*) from document_version"), 1);
        // The same page with another text: both are shown.
        let other = sample
            .post(&path, &pairs(&send(&first, "Toinen teksti")), &aino)
            .await;
        assert_eq!(other.status, 409);
        assert!(other.body.contains("Toinen teksti"));
        let tab = sample
            .post(
                &path,
                &pairs(&send(&second, "Toisen välilehden teksti")),
                &aino,
            )
            .await;
        assert_eq!(tab.status, 303, "{}", told(&tab.body));
        assert_eq!(
            sample.count("select count(*) from document where kind = 'note'"),
            2
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_comes_back_when_the_page_is_opened_again() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let path = new_path(matter);
        let page = sample.get(&path, &aino).await.body;
        let form = hidden(&page, "form");
        let key = format!("note-new-{matter}-{form}");
        assert!(page.contains(&format!("data-draft-key=\"{key}\"")));
        let id = client.to_string();
        let saved = sample
            .post(
                "/drafts",
                &[
                    ("_draft", key.as_str()),
                    ("form", form.as_str()),
                    ("client", id.as_str()),
                    ("body", "Kesken jäänyt lause"),
                ],
                &aino,
            )
            .await;
        assert_eq!(saved.status, 200, "{}", saved.body);
        let back = sample.get(&path, &aino).await.body;
        assert!(back.contains("Kesken jäänyt lause"));
        assert_eq!(hidden(&back, "form"), form, "the same text goes on");
        let list = sample.get("/notes", &aino).await.body;
        assert!(list.contains(&format!("{path}?text={form}")));
        // Sent, it is no longer there.
        finished(
            &sample,
            &aino,
            matter,
            &[client],
            &[("body", "Kesken jäänyt lause.")],
        )
        .await;
        assert_eq!(sample.count("select count(*) from draft"), 0);
    }
}
