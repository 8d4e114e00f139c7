//! Nothing small leaves: not by numbers, not by words, not by changing what was sealed (I8).

use crate::support::*;

#[tokio::test]
async fn small_counts_are_hidden_on_page_in_print_and_in_open_data() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.observed(of, "2025-02", 19, "Velka huomataan myöhään.");
        county.observed(of, "2025-05", 17, "Velka huomataan myöhään.");
        county.observed(of, "2025-11", 1, "Vain yksi huomasi.");
        county.released("Kortti", of).await;
        let csv = county.open("/fi/julkaisut/1/taulukko-1.csv").await.body;
        let cells: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
        assert_eq!((cells[1], cells[4]), ("19", ".."), "{csv}");
        assert!(
            cells[1..].iter().filter(|cell| **cell == "..").count() >= 2,
            "{csv}"
        );
        let page = county.open("/fi/julkaisut/1").await.body;
        let pdf = county.open("/fi/julkaisut/1.pdf").await.body;
        for body in [&page, &pdf] {
            assert!(body.contains(">..<") && !body.contains(">17<"), "{body}");
        }
        assert!(
            !county
                .text("select sealed from publication_run")
                .contains("\"2025-4..2025-4\":1")
        );
    }
}

#[tokio::test]
async fn few_writers_are_told_by_no_number() {
    let [county, _] = counties();
    let of = county.phenomenon("Häätöuhka");
    county.observed(of, "2025-02", 2, "Velka huomataan myöhään.");
    county.released("Kortti", of).await;
    let page = county.open("/fi/julkaisut/1").await.body;
    assert!(
        page.contains("lukua ei näytetä") && !page.contains("Tietosuoja-ajo"),
        "{page}"
    );
    assert_eq!(
        county.open("/fi/julkaisut/1/taulukko-1.csv").await.status,
        404
    );
}

#[tokio::test]
async fn a_small_number_typed_by_hand_is_not_let_through() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.sheet("Kortti", of).await;
        let eeva = county.sample.enter(EEVA).await;
        county
            .wrote(
                &eeva,
                &path,
                "figures",
                "Kunnassa kolme asiakasta menetti asuntonsa.",
            )
            .await;
        let refused = county.step(&eeva, &path, "check").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.body.contains("kerrotaan pieni määrä ihmisiä"),
            "{}",
            refused.body
        );
        county
            .wrote(
                &eeva,
                &path,
                "figures",
                "Soita Matti Virtaselle, 040 123 4567.",
            )
            .await;
        let refused = county.step(&eeva, &path, "check").await;
        assert!(refused.body.contains("on henkilötieto"), "{}", refused.body);
        county.wrote(&eeva, &path, "figures", "").await;
        assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
    }
}

/// The trial of invariant I8: whoever can write to the database tries to show the small counts.
#[tokio::test]
async fn small_counts_that_somebody_puts_into_the_database_are_not_released() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.observed(of, "2025-02", 19, "Velka huomataan myöhään.");
        county.observed(of, "2025-05", 17, "Velka huomataan myöhään.");
        county.observed(of, "2025-11", 1, "Vain yksi huomasi.");
        let path = county.sheet("Kortti", of).await;
        let (eeva, pentti) = (
            county.sample.enter(EEVA).await,
            county.sample.enter(PENTTI).await,
        );
        assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
        let sealed = county.text("select sealed from publication_run");
        let forged = "update publication_run set sealed = replace(sealed, '\"2025-4..2025-4\":null', '\"2025-4..2025-4\":1')";
        assert_eq!(county.forced(forged).unwrap(), 1);
        assert_ne!(
            county.text("select sealed from publication_run"),
            sealed,
            "the forgery took"
        );
        let refused = county.step(&pentti, &path, "review").await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(refused.body.contains("Sinetti ei pidä"));
        county.forced("update publication_run set sealed = replace(sealed, '\"2025-4..2025-4\":1', '\"2025-4..2025-4\":null')").unwrap();
        assert_eq!(county.step(&pentti, &path, "review").await.status, 303);

        county.forced(forged).unwrap();
        assert_eq!(county.step(&pentti, &path, "release").await.status, 409);
        assert_eq!(county.open("/fi/julkaisut/1").await.status, 404);
        county.forced("update publication_run set sealed = replace(sealed, '\"2025-4..2025-4\":1', '\"2025-4..2025-4\":null')").unwrap();
        assert_eq!(county.step(&pentti, &path, "release").await.status, 303);

        // And once it is out: a changed table, text or print is not shown at all.
        county.forced(forged).unwrap();
        for path in [
            "/fi/julkaisut/1",
            "/fi/julkaisut/1/taulukko-1.csv",
            "/fi/julkaisut/1/v/1",
        ] {
            let shown = county.open(path).await;
            assert_eq!(shown.status, 500, "{path}");
            assert!(!shown.body.contains("19"), "{path}");
        }
        county.forced("update publication_run set sealed = replace(sealed, '\"2025-4..2025-4\":1', '\"2025-4..2025-4\":null')").unwrap();
        assert_eq!(county.open("/fi/julkaisut/1").await.status, 200);
        county.forced("update publication_version set body = replace(body, 'kasaantuu kaupungissa', 'koskee kolmea asiakasta')").unwrap();
        assert_eq!(county.open("/fi/julkaisut/1").await.status, 500);
        county
            .forced("update publication_version set pdf = body_seal")
            .unwrap();
        assert_eq!(county.open("/fi/julkaisut/1.pdf").await.status, 500);
    }
}

#[tokio::test]
async fn a_proposal_without_recipient_or_day_or_sending_stops_the_summary() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.proposal(of, "Lähettämätön ehdotus", false);
        let path = county.sheet("Kortti", of).await;
        let eeva = county.sample.enter(EEVA).await;
        let refused = county.step(&eeva, &path, "check").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.body.contains("jota ei ole lähetetty"),
            "{}",
            refused.body
        );
        county
            .forced("update proposal set state = 'sent', sent_on = '2026-01-02', recipient = '  '")
            .unwrap();
        assert_eq!(county.step(&eeva, &path, "check").await.status, 422);
        county
            .forced("update proposal set recipient = 'Kaupunginhallitus'")
            .unwrap();
        assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
    }
}

#[tokio::test]
async fn a_second_report_does_not_tell_what_the_first_one_hid() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.observed(of, "2025-02", 19, "Velka huomataan myöhään.");
        let one = county.sheet("Yksi", of).await;
        let two = county.sheet("Kaksi", of).await;
        let (eeva, pentti) = (
            county.sample.enter(EEVA).await,
            county.sample.enter(PENTTI).await,
        );
        for path in [&one, &two] {
            assert_eq!(county.step(&eeva, path, "check").await.status, 303);
            assert_eq!(county.step(&pentti, path, "review").await.status, 303);
        }
        assert_eq!(county.step(&pentti, &one, "release").await.status, 303);
        let stale = county.step(&pentti, &two, "release").await;
        assert_eq!(stale.status, 422, "another release has told more since");
        assert!(stale.body.contains("Toinen julkaisu on tullut julki"));

        // One more observation of the same quarter: the new number beside the old one would tell it.
        county.observed(of, "2025-03", 1, "Vain yksi huomasi.");
        county
            .wrote(&eeva, &two, "summary", "Uusi tiivistelmä")
            .await;
        county.release(&two).await;
        let page = county.open("/fi/julkaisut/2").await.body;
        assert!(!page.contains(">20<"), "{page}");
    }
}
