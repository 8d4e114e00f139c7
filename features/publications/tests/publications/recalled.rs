//! A release is recalled: withdrawn, or corrected by a new version.

use crate::support::*;

#[tokio::test]
async fn a_new_version_keeps_the_old_one_visible_and_marked() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.observed(of, "2025-02", 9, "Velka huomataan myöhään.");
        let path = county.released("Kortti", of).await;
        let eeva = county.sample.enter(EEVA).await;
        let correct = format!("{path}/correct");
        let form = county.sample.get(&correct, &eeva).await;
        assert!(
            form.body.contains("antaa yhä saman tuloksen"),
            "{}",
            form.body
        );
        let revision = county.revision(&eeva, &correct).await;
        let bare = [("revision", revision.as_str()), ("reason", " ")];
        assert_eq!(county.sample.post(&correct, &bare, &eeva).await.status, 422);
        let fields = [
            ("revision", revision.as_str()),
            ("reason", "Tiivistelmä oli väärin"),
        ];
        county.posted(&eeva, &correct, &fields).await;
        let again = county.sample.post(&correct, &fields, &eeva).await;
        assert_eq!(again.status, 404, "one version is worked on at a time");
        let meanwhile = county.open("/fi/julkaisut/1").await.body;
        assert!(meanwhile.contains("kasaantuu kaupungissa") && !meanwhile.contains("korvattiin"));

        county
            .wrote(&eeva, &path, "summary", "Häätöuhka kasaantuu lähiöissä.")
            .await;
        county.release(&path).await;
        let new = county.open("/fi/julkaisut/1").await.body;
        assert!(
            new.contains("lähiöissä") && new.contains("Tiivistelmä oli väärin"),
            "{new}"
        );
        let old = county.open("/fi/julkaisut/1/v/1").await;
        assert_eq!(old.status, 200);
        assert!(
            old.body.contains("kasaantuu kaupungissa")
                && old.body.contains("Tämä versio korvattiin")
        );
        assert!(old.body.contains(">9<"));
        assert_eq!(county.open("/fi/julkaisut/1/v/1.pdf").await.status, 200);
        let text = county.text("select recheck from publication_version where version = 1");
        assert_eq!(text, "same");
    }
}

#[tokio::test]
async fn a_withdrawn_address_stays_and_its_figures_are_gone() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.observed(of, "2025-02", 19, "Velka huomataan myöhään.");
        let path = county.released("Kortti", of).await;
        // What stood behind the number has changed since.
        county
            .forced("update observation set source = null")
            .unwrap();
        let (eeva, pentti) = (
            county.sample.enter(EEVA).await,
            county.sample.enter(PENTTI).await,
        );
        let withdraw = format!("{path}/withdraw");
        assert_eq!(
            county.sample.get(&withdraw, &eeva).await.status,
            404,
            "a publisher's step"
        );
        let form = county.sample.get(&withdraw, &pentti).await;
        assert!(
            form.body.contains("ei päästäisi näitä lukuja enää läpi"),
            "{}",
            form.body
        );
        let revision = county.revision(&pentti, &withdraw).await;
        for bad in [
            [("version", "1"), ("reason", "")],
            [("version", "7"), ("reason", "Syy")],
            [("version", ""), ("reason", "Syy")],
        ] {
            let fields = [("revision", revision.as_str()), bad[0], bad[1]];
            let refused = county.sample.post(&withdraw, &fields, &pentti).await;
            assert!([404, 422].contains(&refused.status.as_u16()), "{bad:?}");
        }
        let fields = [
            ("revision", revision.as_str()),
            ("version", "1"),
            ("reason", "Luvusta voi tunnistaa"),
        ];
        county.posted(&pentti, &withdraw, &fields).await;
        for gone in [
            "/fi/julkaisut/1",
            "/sv/julkaisut/1/v/1",
            "/fi/julkaisut/1.pdf",
            "/fi/julkaisut/1/v/1.pdf",
            "/fi/julkaisut/1/taulukko-1.csv",
            "/easy/julkaisut/1",
        ] {
            let page = county.open(gone).await;
            assert_eq!(page.status, 410, "{gone}");
            assert!(
                page.body.contains("Luvusta voi tunnistaa"),
                "{gone}: {}",
                page.body
            );
            assert!(
                !page.body.contains("19<") && !page.body.contains("kasaantuu kaupungissa"),
                "{gone}"
            );
            assert_eq!(page.headers["cache-control"], "no-store");
        }
        let list = county.open("/fi/julkaisut").await.body;
        assert!(list.contains("Kortti") && list.contains("Vedetty pois"));
        assert_eq!(
            county.text("select recheck from publication_version"),
            "refused"
        );
        // What was told stays known: a later report reckons with it.
        assert_eq!(county.count("select count(*) from publication_run"), 1);
        let correct = format!("{path}/correct");
        let revision = county.revision(&eeva, &correct).await;
        let fields = [("revision", revision.as_str()), ("reason", "Ilman lukua")];
        county.posted(&eeva, &correct, &fields).await;
        county.release(&path).await;
        let page = county.open("/fi/julkaisut/1").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("lukua ei näytetä"), "{}", page.body);
        assert_eq!(county.open("/fi/julkaisut/1/v/1").await.status, 410);
    }
}

#[tokio::test]
async fn an_old_version_is_withdrawn_by_itself() {
    let [county, _] = counties();
    let of = county.phenomenon("Häätöuhka");
    let path = county.released("Kortti", of).await;
    let (eeva, pentti) = (
        county.sample.enter(EEVA).await,
        county.sample.enter(PENTTI).await,
    );
    let correct = format!("{path}/correct");
    let revision = county.revision(&eeva, &correct).await;
    county
        .posted(
            &eeva,
            &correct,
            &[("revision", &revision), ("reason", "Virhe")],
        )
        .await;
    county.release(&path).await;
    let withdraw = format!("{path}/withdraw");
    let fields = [
        ("revision", "1"),
        ("version", "1"),
        ("reason", "Vanha kertoi liikaa"),
    ];
    county.posted(&pentti, &withdraw, &fields).await;
    assert_eq!(county.open("/fi/julkaisut/1/v/1").await.status, 410);
    assert_eq!(county.open("/fi/julkaisut/1/v/2").await.status, 200);
    assert_eq!(county.open("/fi/julkaisut/1").await.status, 200);
}
