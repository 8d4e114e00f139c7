//! From the first word to what everybody reads.

use crate::support::*;

const SUMMARY: &str = "Häätöuhka kasaantuu kaupungissa.";

#[tokio::test]
async fn a_sheet_is_written_checked_reviewed_released_and_read() {
    for county in counties() {
        let sample = &county.sample;
        let of = county.phenomenon("Yksin asuvien häätöuhka");
        county.observed(of, "2025-02", 9, "Velka huomataan myöhään.");
        county.observed(of, "2025-08", 8, "Kirje jää avaamatta.");
        county.proposal(of, "Ilmoitus asumisneuvontaan toisesta erästä", true);
        county.taken_on(of, "Ympäristöministeriön kuuleminen");
        let indicator = county.statistics();
        let eeva = sample.enter(EEVA).await;
        let path = county.begun(&eeva, "sheet", "Häätöuhka 2025").await;

        let early = county.step(&eeva, &path, "check").await;
        assert_eq!(early.status, 422);
        for words in ["Tiivistelmä", "Valitse ainakin yksi ilmiö"] {
            assert!(early.body.contains(words), "{words}: {}", early.body);
        }
        county.chosen(&eeva, &path, &[of], &[&indicator]).await;
        county.wrote(&eeva, &path, "summary", SUMMARY).await;
        let unread = county.step(&eeva, &path, "check").await;
        assert_eq!(unread.status, 422, "figures without how they are read");
        assert!(unread.body.contains("Kirjoita, miten ne luetaan"));
        county
            .wrote(&eeva, &path, "interpretation", "Luvut ovat havaintoja.")
            .await;

        let preview = sample.get(&format!("{path}/preview"), &eeva).await;
        assert_eq!(preview.status, 200);
        assert!(preview.body.contains("Näin julkaisu näkyy kaikille"));
        assert_eq!(county.open("/fi/julkaisut/1").await.status, 404);
        let pentti = sample.enter(PENTTI).await;
        assert_eq!(
            sample.get(&path, &pentti).await.status,
            404,
            "a draft is the writers'"
        );

        let checked = county.step(&eeva, &path, "check").await;
        assert_eq!(checked.status, 303, "{}", checked.body);
        let early = county.step(&pentti, &path, "release").await;
        assert_eq!(early.status, 409, "nobody has read it");
        assert_eq!(county.step(&pentti, &path, "review").await.status, 303);
        assert_eq!(county.open("/fi/julkaisut/1").await.status, 404);
        assert_eq!(county.step(&pentti, &path, "release").await.status, 303);

        shown(&county, &preview.body).await;
        let list = county.open("/sv/julkaisut").await;
        assert!(list.body.contains("Häätöuhka 2025") && list.body.contains("Fenomenkort"));
        for (event, who) in [
            ("begin", EEVA),
            ("edit", EEVA),
            ("check", EEVA),
            ("review", PENTTI),
            ("release", PENTTI),
        ] {
            let filter = store::ActorFilter {
                event: Some(format!("publication.{event}")),
                ..store::ActorFilter::new(store::Actor::Staff(who), 20)
            };
            let log = sample.store.store().actor_log(filter).await.unwrap();
            assert!(!log.entries.is_empty(), "{event}");
        }
    }
}

async fn shown(county: &County, preview: &str) {
    let page = county.open("/fi/julkaisut/1").await;
    assert_eq!(page.status, 200);
    for words in [
        "<h1>Häätöuhka 2025</h1>",
        SUMMARY,
        "Vuokravelka kasvaa",
        "Häätöuhka kasaantuu. (näyttö 1)",
        "Jyväskylän kaupunki, kaupunginhallitus",
        "Odottaa vastausta",
        "<svg",
        ">9<",
        ">17<",
        ">8,2<",
        "Sotkanet",
        "CC BY 4.0",
        "Mihin ilmiöt vietiin eteenpäin",
        "Ympäristöministeriön kuuleminen",
        "Ei vielä tietoa",
        "https://noste.example.fi/fi/julkaisut/1/v/1",
        "Tietosuoja-ajo observations-1: kynnys 3, piilotettuja lukuja 0.",
        "/fi/julkaisut/1/v/1.pdf",
        "/fi/julkaisut/1/v/1/taulukko-2.csv",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    for name in ["Eeva", "Pentti", "Editori"] {
        assert!(!page.body.contains(name), "{name}");
    }
    let article = |body: &str| between(body, "<article", "</article>").to_owned();
    let (before, after) = (article(preview), article(&page.body));
    assert_eq!(before, after, "the preview is what everybody sees");
    let swedish = county.open("/sv/julkaisut/1").await;
    assert!(
        swedish.body.contains("<html lang=\"sv\"")
            && swedish
                .body
                .contains("<article class=\"n-stack\" lang=\"fi\">")
    );
    assert!(swedish.body.contains("På finska"));

    assert_eq!(page.headers["cache-control"], "public, no-cache");
    assert!(page.headers.contains_key("content-security-policy"));
    assert!(!page.headers.contains_key("set-cookie"));
    let tag = page.headers["etag"].to_str().unwrap();
    let again = county.open_with("/fi/julkaisut/1", tag).await;
    assert_eq!((again.status, again.body.len()), (304, 0));

    let pdf = county.open("/fi/julkaisut/1.pdf").await;
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    assert!(
        pdf.body.starts_with("%PDF Häätöuhka 2025\nSome(\"1\")"),
        "{}",
        pdf.body
    );
    data(county).await;
    for wrong in [
        "/fi/julkaisut/2",
        "/fi/julkaisut/01",
        "/fi/julkaisut/x",
        "/fi/julkaisut/1/v/2",
        "/fi/julkaisut/1/v/1/taulukko-9.csv",
        "/fi/julkaisut/1/v/1/muu.csv",
        "/fi/julkaisut/99999999999999999999",
    ] {
        assert_eq!(county.open(wrong).await.status, 404, "{wrong}");
    }
}

async fn data(county: &County) {
    let sheet = county.open("/fi/julkaisut/1/v/1/taulukko-1.csv").await;
    assert_eq!(
        sheet.headers["content-type"],
        "text/csv; charset=utf-8; header=present"
    );
    assert_eq!(
        sheet.body,
        "Luku,1. neljännes 2025,2. neljännes 2025,3. neljännes 2025,4. neljännes 2025,Yhteensä\r\nHavaintoja,9,0,8,0,17\r\n"
    );
    let mut reader = csv::Reader::from_reader(sheet.body.as_bytes());
    let heads = reader.headers().unwrap().len();
    let told = county
        .open("/en/julkaisut/1/taulukko-1.csv-metadata.json")
        .await;
    assert!(
        told.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/csvm+json")
    );
    let told: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!(
        told["tableSchema"]["columns"].as_array().unwrap().len(),
        heads
    );
    assert_eq!(told["url"], "taulukko-1.csv");
    assert_eq!(told["dc:publisher"], "Keski-Suomen hyvinvointialue");
    assert_eq!(
        told["dc:license"],
        "https://creativecommons.org/licenses/by/4.0/"
    );
    assert_eq!(told["notes"]["hiddenSymbol"], "..");
    assert_eq!(told["notes"]["threshold"], 3);
    let open = county.open("/fi/julkaisut/1/taulukko-2.csv").await;
    assert!(open.body.contains("Koko maa,7.1,7.4\r\n"), "{}", open.body);
}

#[tokio::test]
async fn a_printer_that_fails_releases_nothing() {
    let [county, _] = counties();
    let of = county.phenomenon("Häätöuhka");
    let path = county.sheet("TULOSTIN ei toimi", of).await;
    let (eeva, pentti) = (
        county.sample.enter(EEVA).await,
        county.sample.enter(PENTTI).await,
    );
    assert_eq!(county.step(&eeva, &path, "check").await.status, 303);
    assert_eq!(county.step(&pentti, &path, "review").await.status, 303);
    assert_eq!(county.step(&pentti, &path, "release").await.status, 500);
    assert_eq!(county.open("/fi/julkaisut/1").await.status, 404);
    assert_eq!(
        county.count("select count(*) from publication_version where pdf is not null"),
        0
    );
}

#[tokio::test]
async fn every_kind_has_its_outline_and_asks_what_it_needs() {
    let [county, _] = counties();
    let eeva = county.sample.enter(EEVA).await;
    let of = [county.phenomenon("Yksi"), county.phenomenon("Toinen")];
    for (kind, section) in [("hyte", "Luvut"), ("yearly", "Miten tieto koottiin")] {
        let path = county.begun(&eeva, kind, "Vuosi 2025").await;
        let page = county.sample.get(&path, &eeva).await;
        assert!(page.body.contains(section), "{kind}");
        county.chosen(&eeva, &path, &of, &[]).await;
    }
    let fields = [
        ("kind", "hyte"),
        ("language", "sv"),
        ("title", "Utdrag"),
        ("from", "2025-1"),
        ("to", "2025-2"),
    ];
    let refused = county
        .sample
        .post("/publications/new", &fields, &eeva)
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Valitse kunta") && refused.body.contains("Utdrag"));
    let mut backwards = fields;
    backwards[0].1 = "yearly";
    backwards[3].1 = "2025-3";
    let refused = county
        .sample
        .post("/publications/new", &backwards, &eeva)
        .await;
    assert_eq!(refused.status, 422);
    let mut summary = fields;
    summary[0].1 = "unit_summary";
    let refused = county
        .sample
        .post("/publications/new", &summary, &eeva)
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Valitse yksikkö"));
    let sheet = county.begun(&eeva, "sheet", "Kortti").await;
    let form = format!("{sheet}/material");
    let revision = county.revision(&eeva, &form).await;
    let ids = of.map(|id| id.to_string());
    let both = [
        ("revision", revision.as_str()),
        ("phenomenon", &ids[0]),
        ("phenomenon", &ids[1]),
    ];
    assert_eq!(county.sample.post(&form, &both, &eeva).await.status, 422);
}

#[tokio::test]
async fn the_archive_tells_each_proposal_and_what_was_answered() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.proposal(of, "Luonnos, jota kukaan ei näe", false);
        let one = county.proposal(of, "Ilmoitus toisesta erästä", true);
        county.proposal(of, "Asumisneuvoja kuntaan", true);
        let (clock, chance) = (
            county.sample.clock.clone(),
            county.sample.house.chance.clone(),
        );
        let today = county.today();
        county
            .act(EEVA, move |tx, editor| {
                use reporting::store::proposals::{Answerer, answer};
                let response = reporting::domain::NewResponse {
                    kind: reporting::domain::ResponseKind::Rejected,
                    reason: "Ei toimia, koska yhtiöt päättävät itse. Kysy numerosta 040 123 4567."
                        .to_owned(),
                    decided_by_role: "hallintojohtaja".to_owned(),
                    minutes: "§ 12".to_owned(),
                };
                answer(
                    tx,
                    (&*clock, &*chance),
                    &Answerer::Staff(editor),
                    one,
                    response,
                    today,
                )
            })
            .unwrap();
        let page = county.open("/fi/ehdotukset").await;
        assert_eq!(page.status, 200);
        for words in [
            "Ilmoitus toisesta erästä",
            "Ei toimia, koska yhtiöt",
            "hallintojohtaja",
            "2 ehdotusta",
            "Odottaa vastausta",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        for hidden in ["Luonnos, jota", "040 123", "Häätöuhka", "Eeva"] {
            assert!(!page.body.contains(hidden), "{hidden}: {}", page.body);
        }
        county
            .sample
            .clock
            .advance(kernel::time::SignedDuration::from_hours(24 * 40));
        let late = county.open("/fi/ehdotukset?show=late").await;
        assert!(
            late.body.contains("Vastaus on myöhässä")
                && late.body.contains("Asumisneuvoja kuntaan")
        );
        assert!(!late.body.contains("Ilmoitus toisesta"));
        county
            .sample
            .clock
            .advance(kernel::time::SignedDuration::from_hours(24 * 40));
        let silent = county.open("/easy/ehdotukset?show=late").await;
        assert!(
            silent.body.contains("Kukaan ei ole vastannut"),
            "{}",
            silent.body
        );
        let answered = county.open("/sv/ehdotukset?show=answered&page=1").await;
        assert!(answered.body.contains("1 förslag"));
    }
}

#[tokio::test]
async fn statements_do_not_grow_with_the_rows() {
    for county in counties() {
        let eeva = county.sample.enter(EEVA).await;
        let of = county.phenomenon("Häätöuhka");
        county.proposal(of, "Ensimmäinen", true);
        county.released("Kortti", of).await;
        let path = county.begun(&eeva, "yearly", "Vuosi").await;
        county.chosen(&eeva, &path, &[of], &[]).await;
        let paths = [
            ("/publications".to_owned(), true),
            (path.clone(), true),
            (format!("{path}/preview"), true),
            (format!("{path}/material"), true),
            ("/fi/julkaisut".to_owned(), false),
            ("/fi/julkaisut/1".to_owned(), false),
            ("/fi/ehdotukset".to_owned(), false),
        ];
        let mut few = Vec::new();
        for (path, staff) in &paths {
            few.push(cost(&county, path, staff.then_some(&eeva)).await);
        }
        let mut all = vec![of];
        for number in 0..29 {
            let more = county.phenomenon(&format!("Ilmiö {number}"));
            county.proposal(more, "Ehdotus", true);
            all.push(more);
        }
        for number in 0..49 {
            county
                .begun(&eeva, "sheet", &format!("Luonnos {number}"))
                .await;
        }
        county.chosen(&eeva, &path, &all, &[]).await;
        for ((path, staff), few) in paths.iter().zip(few) {
            let many = cost(&county, path, staff.then_some(&eeva)).await;
            assert_eq!(many, few, "{path}");
        }
    }
}

async fn cost(county: &County, path: &str, cookie: Option<&String>) -> u64 {
    let before = county.sample.house.store.statement_count();
    let status = match cookie {
        Some(cookie) => county.sample.get(path, cookie).await.status.as_u16(),
        None => county.open(path).await.status,
    };
    assert_eq!(status, 200, "{path}");
    county.sample.house.store.statement_count() - before
}
