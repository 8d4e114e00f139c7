//! Two editors, drafts, and texts that are refused.

use crate::support::*;

/// A report of the county says nothing of a statistic that has one municipality alone, and leaves no statistic out in silence.
#[tokio::test]
async fn a_chosen_statistic_without_figures_is_told() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.sheet("Kortti", of).await;
        let eeva = county.sample.enter(EEVA).await;
        let bare = county.of_one_municipality();
        county.chosen(&eeva, &path, &[of], &[&bare]).await;
        let refused = county.step(&eeva, &path, "check").await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(
            refused.body.contains("ei ole lukuja tältä alueelta"),
            "{}",
            refused.body
        );
        county.chosen(&eeva, &path, &[of], &[]).await;
        assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
    }
}

#[tokio::test]
async fn two_editors_lose_no_text() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.sheet("Kortti", of).await;
        let (eeva, eino) = (
            county.sample.enter(EEVA).await,
            county.sample.enter(EINO).await,
        );
        let form = format!("{path}/sections/summary");
        let seen = county.revision(&eeva, &form).await;
        county
            .wrote(&eino, &path, "summary", "Einon tiivistelmä")
            .await;
        let mine = [("revision", seen.as_str()), ("words", "Eevan tiivistelmä")];
        let clash = county.sample.post(&form, &mine, &eeva).await;
        assert_eq!(clash.status, 409);
        for words in [
            "Eevan tiivistelmä",
            "Einon tiivistelmä",
            "Sinun tekstisi",
            "Tallessa oleva teksti",
        ] {
            assert!(clash.body.contains(words), "{words}: {}", clash.body);
        }
        let now = between(&clash.body, "name=\"revision\" value=\"", "\"").to_owned();
        let both = [
            ("revision", now.as_str()),
            ("words", "Molempien tiivistelmä"),
        ];
        county.posted(&eeva, &form, &both).await;
        let page = county.sample.get(&path, &eino).await;
        assert!(page.body.contains("Molempien tiivistelmä"));

        // Different sections do not stand in each other's way.
        let other = format!("{path}/sections/evidence");
        let seen = county.revision(&eeva, &other).await;
        county.wrote(&eino, &path, "voices", "Einon osa").await;
        county
            .posted(
                &eeva,
                &other,
                &[("revision", &seen), ("words", "Eevan osa")],
            )
            .await;

        // What it is about is one whole.
        let about = format!("{path}/about");
        let seen = county.revision(&eeva, &about).await;
        county.wrote(&eino, &path, "voices", "Einon osa 2").await;
        let fields = [
            ("revision", seen.as_str()),
            ("title", "Uusi otsikko"),
            ("from", "2025-1"),
            ("to", "2025-2"),
        ];
        let clash = county.sample.post(&about, &fields, &eeva).await;
        assert_eq!(clash.status, 409);
        assert!(clash.body.contains("Uusi otsikko"));
    }
}

#[tokio::test]
async fn what_is_wrong_comes_back_as_it_was_typed() {
    let [county, _] = counties();
    let of = county.phenomenon("Häätöuhka");
    let path = county.sheet("Kortti", of).await;
    let eeva = county.sample.enter(EEVA).await;
    let form = format!("{path}/sections/summary");
    let revision = county.revision(&eeva, &form).await;
    for (words, told) in [
        (
            "Henkilötunnus 131052-308T tekstissä".to_owned(),
            "Tekstissä on henkilötunnus",
        ),
        ("a".repeat(20_001), "liian pitkä"),
    ] {
        let fields = [("revision", revision.as_str()), ("words", words.as_str())];
        let refused = county.sample.post(&form, &fields, &eeva).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.body.contains(told) && refused.body.contains(&words),
            "{told}"
        );
    }
    let fields = [
        ("revision", revision.as_str()),
        ("words", "<script>alert(1)</script> & muuta"),
    ];
    county.posted(&eeva, &form, &fields).await;
    let page = county
        .sample
        .get(&format!("{path}/preview"), &eeva)
        .await
        .body;
    assert!(
        !page.contains("<script>alert") && page.contains("&lt;script&gt;"),
        "{page}"
    );
    for wrong in ["method", "olematon"] {
        let form = format!("{path}/sections/{wrong}");
        assert_eq!(county.sample.get(&form, &eeva).await.status, 404, "{wrong}");
    }
    for wrong in [
        "/publications/x",
        "/publications/00000000-0000-7000-8000-000000000000",
    ] {
        assert_eq!(county.sample.get(wrong, &eeva).await.status, 404, "{wrong}");
    }
    let aino = county.sample.enter(AINO).await;
    for closed in [
        "/publications",
        "/publications/new",
        path.as_str(),
        form.as_str(),
    ] {
        assert_eq!(
            county.sample.get(closed, &aino).await.status,
            404,
            "{closed}"
        );
    }
}

#[tokio::test]
async fn a_draft_comes_back_with_the_revision_that_its_writer_saw() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.sheet("Kortti", of).await;
        let (eeva, eino) = (
            county.sample.enter(EEVA).await,
            county.sample.enter(EINO).await,
        );
        let form = format!("{path}/sections/summary");
        let page = county.sample.get(&form, &eeva).await.body;
        let key = between(&page, "data-draft-key=\"", "\"").to_owned();
        let seen = county.revision(&eeva, &form).await;
        let draft = [
            ("_draft", key.as_str()),
            ("revision", seen.as_str()),
            ("words", "Keskeneräinen ajatus"),
        ];
        assert_eq!(
            county.sample.post("/drafts", &draft, &eeva).await.status,
            200
        );
        county.wrote(&eino, &path, "summary", "Einon teksti").await;
        let again = county.sample.get(&form, &eeva).await.body;
        assert!(again.contains("Keskeneräinen ajatus"));
        assert_eq!(between(&again, "name=\"revision\" value=\"", "\""), seen);
        let sent = [
            ("revision", seen.as_str()),
            ("words", "Keskeneräinen ajatus"),
        ];
        let clash = county.sample.post(&form, &sent, &eeva).await;
        assert_eq!(
            clash.status, 409,
            "what Eino saved is not written over unseen"
        );
        let t = county.sample.house.texts(kernel::language::Language::Fi);
        let name = publications::pages::draft_name(&t, &key).unwrap();
        assert_eq!(
            (name.href.as_str(), name.label.as_str()),
            (form.as_str(), "Tiivistelmä")
        );
    }
}
