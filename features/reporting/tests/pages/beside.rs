//! What stands beside a phenomenon: parts of other rooms, real borders, in which kinds of knowledge it shows; and words that rise.

use std::path::Path;

use store::{StoreError, params};

use crate::support::*;

async fn opened(county: &County, cookie: &str) -> String {
    let fields = [
        ("title", "Vuokravelka huomataan myöhään"),
        ("theme", "asuminen"),
        ("review_on", "1.12.2026"),
    ];
    let done = county.sample.post("/phenomena/new", &fields, cookie).await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn parts_of_other_rooms_stand_beside_for_whoever_may_see_them() {
    for county in counties() {
        let sample = &county.sample;
        let eeva = sample.enter(EEVA).await;
        let path = opened(&county, &eeva).await;
        let page = sample.get(&path, &eeva).await.body;
        for words in [
            "id=\"another\">Toisen huoneen luvut",
            "href=\"/figures/homeless\"",
            ">asuminen<",
            ">512<",
            "Vain julkaistut luvut.",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let pentti = sample.enter(PENTTI).await;
        let page = sample.get(&path, &pentti).await.body;
        assert!(
            !page.contains("Toisen huoneen") && !page.contains("512"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn experience_and_research_are_evidence_and_show_where_it_is_seen() {
    let [county, _] = counties();
    let sample = &county.sample;
    let eeva = sample.enter(EEVA).await;
    let path = opened(&county, &eeva).await;
    let seen =
        |page: &str, kind: &str| between(page, &format!("<dt>{kind}</dt><dd>"), "<").to_owned();
    let page = sample.get(&path, &eeva).await.body;
    for kind in [
        "Havaintoja",
        "Asiakkaiden kokemuksia",
        "Tilasto",
        "Alueen oma luku",
        "Tutkimus",
    ] {
        assert_eq!(seen(&page, kind), "ei näyttöä vielä");
    }
    for (kind, words) in [
        ("experience", "Apu tuli vasta häädöstä."),
        ("research", "Varhainen ilmoitus vähentää häätöjä."),
    ] {
        let fields = [
            ("kind", kind),
            ("words", words),
            ("source", "Asiakasraati"),
            ("quality", "moderate"),
        ];
        let done = sample
            .post(&format!("{path}/evidence"), &fields, &eeva)
            .await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    let page = sample.get(&path, &eeva).await.body;
    assert_eq!(seen(&page, "Asiakkaiden kokemuksia"), "Näyttö 1");
    assert_eq!(seen(&page, "Tutkimus"), "Näyttö 2");
    assert_eq!(seen(&page, "Tilasto"), "ei näyttöä vielä");
}

/// An accepted observation of so many days ago, by one of the writers or by nobody.
fn accepted(county: &County, number: u8, days: i64, writer: Option<u8>, body: &'static str) {
    let hours = kernel::time::SignedDuration::from_hours(24 * days);
    let on = county.sample.house.today().saturating_sub(hours);
    county
        .sample
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into observation (id, receipt, written_on, reporter_kind, language, valence, body, area_level, area, frequency, people, cause, proposal, wished, state, source, unit_id, revision) values ($1, $2, $3, 'professional', 'fi', 'problem', $4, 'county', '', '', '', '', '', '', 'screened', $5, $6, 1)",
                &params![
                    [number, 7, 7, 7, 7, 7, 0x47, 7, 0x87, 7, 7, 7, 7, 7, 7, 7],
                    [number; 32],
                    on.to_string(),
                    body,
                    writer.map(|one| [one; 16]),
                    writer.map(|one| [one; 16])
                ],
            )?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[tokio::test]
async fn words_that_rise_are_shown_to_the_editor_with_where_they_come_from() {
    for county in counties() {
        let sample = &county.sample;
        let eeva = sample.enter(EEVA).await;
        let page = sample.get("/observations/rising", &eeva).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Mikään sana ei nouse"), "{}", page.body);
        for number in 0..20 {
            accepted(
                &county,
                number,
                200,
                Some(number),
                "Jono terveysasemalle kasvaa",
            );
        }
        // Too long ago to be compared with.
        accepted(&county, 100, 600, Some(1), "Hometta asunnossa");
        accepted(&county, 20, 5, Some(1), "Hometta asunnossa");
        accepted(&county, 21, 6, None, "Hometta on kotona");
        let page = sample.get("/observations/rising", &eeva).await.body;
        assert!(
            page.contains("Mikään sana ei nouse"),
            "two are too few: {page}"
        );
        accepted(&county, 22, 7, Some(2), "Homeesta ei kuunnella");
        let page = sample.get("/observations/rising", &eeva).await.body;
        for words in [
            "3 / 3 havaintoa",
            "0 / 20 havaintoa",
            "vähintään 3 kirjoittajaa",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert_eq!(
            page.matches("href=\"/observations/14070707").count(),
            1,
            "{page}"
        );
        assert!(page.contains("Homeesta ei kuunnella"));
        assert!(
            !page.contains("Jono terveysasemalle"),
            "what was common is no signal"
        );
        let pentti = sample.enter(PENTTI).await;
        let page = sample.get("/observations/rising", &pentti).await;
        assert_eq!(page.status, 404, "texts and their words are the editor's");
    }
}

/// A square for each municipality of the county, beside each other.
fn squares() -> String {
    let features: Vec<String> = kernel::place::municipalities_of("15")
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let (west, south) = (400_000 + 10_000 * at, 6_900_000);
            let (east, north) = (west + 9_000, south + 9_000);
            format!("{{\"type\":\"Feature\",\"properties\":{{\"kunta\":\"{}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}", one.code)
        })
        .collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    )
}

#[tokio::test]
async fn municipalities_have_their_real_borders_once_the_county_has_imported_them() {
    let [county, _] = counties();
    let sample = &county.sample;
    let eeva = sample.enter(EEVA).await;
    let path = opened(&county, &eeva).await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    for number in 0..8 {
        accepted(&county, number, 20, Some(number), "Velka huomataan myöhään");
    }
    let phenomenon: reporting::store::PhenomenonId = id.parse().unwrap();
    sample
        .store
        .write_blocking(move |tx| {
            tx.execute("update observation set area_level = 'municipality', area = '179', state = 'grouped'", &[])?;
            tx.execute(
                "insert into phenomenon_observation (observation_id, phenomenon_id, grouped_on, grouped_by) select id, $1, written_on, $2 from observation",
                &params![phenomenon.bytes(), EEVA],
            )?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let tiles = sample.get(&path, &eeva).await.body;
    assert!(
        tiles.contains("Havaintoja kunnittain") && !tiles.contains("Kuntarajat"),
        "{tiles}"
    );
    let kept = statistics::borders::import(
        &sample.store,
        "15",
        Path::new("rajat.geojson"),
        squares().as_bytes(),
        None,
    );
    assert_eq!(kept.unwrap(), Ok(Vec::new()));
    let real = sample.get(&path, &eeva).await.body;
    assert!(real.contains("Kuntarajat: Tilastokeskus"), "{real}");
    let table = |page: &str| {
        between(page, "id=\"f2\"", "</table>")
            .split("<table")
            .nth(1)
            .map(str::to_owned)
    };
    assert!(table(&real).is_some());
    assert_eq!(table(&real), table(&tiles), "the same table stands beside");
    let picture = |page: &str| between(page, "id=\"f2\"", "</figure>").to_owned();
    assert_ne!(picture(&real), picture(&tiles));
}
