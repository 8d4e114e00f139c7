//! The pages, as a worker sees them.

use axum::http::StatusCode;
use figures::refresh;
use kernel::time::Date;
use sample::AINO;
use statistics::import;
use testkit::sqlite_store;

use crate::county::{Contact, County, noon, open, rooms};

fn furnished() -> County {
    let county = open(sqlite_store(&rooms()));
    for (count, municipality) in [(40, "179"), (30, "182"), (6, "249"), (7, "410")] {
        for number in 0..count {
            county.contact(&Contact {
                arrived: noon(2025, 1 + i8::try_from(number % 12).unwrap(), 10),
                municipality: Some(municipality),
                ..Contact::default()
            });
        }
    }
    county
}

fn counted(county: &County) {
    let works = figures::Works::of(&county.sample.house);
    refresh(&works).unwrap();
}

async fn get(county: &County, path: &str) -> (StatusCode, String) {
    let cookie = county.sample.enter(AINO).await;
    let answer = county.sample.get(path, &cookie).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn a_house_without_figures_says_so() {
    let county = open(sqlite_store(&rooms()));
    let (status, list) = get(&county, "/figures").await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains("Lukuja ei ole vielä laskettu"), "{list}");
    assert!(list.contains("Päätöksiä ei vielä tehdä"), "{list}");
    let (status, one) = get(&county, "/figures/contacts").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        one.contains("Tätä lukua ei ole vielä laskettu") && one.contains("Mitä lasketaan"),
        "{one}"
    );
}

#[tokio::test]
async fn every_question_stands_with_its_figures() {
    let county = furnished();
    counted(&county);
    let (_, list) = get(&county, "/figures").await;
    for question in 1..=20 {
        assert!(
            list.contains(&format!("id=\"q{question}\"")),
            "question {question}"
        );
    }
    for text in ["83 (0,30 / 1 000 asukasta)", "ei kirjata", "2025"] {
        assert!(list.contains(text), "{text}: {list}");
    }
    let (_, found) = get(&county, "/figures?q=h%C3%A4%C3%A4t%C3%B6").await;
    assert!(
        found.contains("Torjutut ja toteutuneet häädöt") && !found.contains("id=\"q2\""),
        "{found}"
    );
    let (_, none) = get(&county, "/figures?q=%3Cscript%3E").await;
    assert!(
        none.contains("Haulla ei löytynyt") && !none.contains("<script>"),
        "{none}"
    );
}

#[tokio::test]
async fn a_figure_with_its_municipalities_and_definition() {
    let county = furnished();
    counted(&county);
    let (status, page) = get(&county, "/figures/contacts").await;
    assert_eq!(status, StatusCode::OK);
    for text in [
        "83 (0,30 / 1 000 asukasta)",
        "Jyväskylä",
        "Jämsä",
        "Muut yhteensä",
        "Muut yhteensä: Keuruu, Laukaa",
        "Väestö on vuodelta 2022",
        "Ikävakioitua lukua ei ole",
        "role=\"img\"",
        "<details class=\"n-twin\">",
        "Luottamusväli",
        "contact_link",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    // Nobody's municipality is told by few: the map says that it is not shown.
    for code in ["Laukaa", "Keuruu"] {
        assert!(
            !page.contains(&format!("role=\"rowheader\">{code}")),
            "{code}"
        );
        assert!(
            page.contains(&format!("{code}</th><td class=\"n-end\">ei näytetä")),
            "{code}: {page}"
        );
    }
    let (_, jamsa) = get(&county, "/figures/contacts?year=2025&area=182").await;
    assert!(
        jamsa.contains("Jämsä</th>") && !jamsa.contains("Jyväskylä</th>"),
        "{jamsa}"
    );
    let (_, merged) = get(&county, "/figures/contacts?area=249").await;
    assert!(
        merged.contains("Keuruu on luvussa muiden kanssa"),
        "{merged}"
    );
}

#[tokio::test]
async fn the_year_in_which_the_house_was_opened_is_marked_and_not_compared() {
    let county = furnished();
    for month in 5..=12 {
        for _ in 0..4 {
            county.contact(&Contact {
                arrived: noon(2024, month, 10),
                municipality: Some("179"),
                ..Contact::default()
            });
        }
    }
    counted(&county);
    let (_, page) = get(&county, "/figures/contacts?year=2025").await;
    assert!(
        page.contains("2024 (vajaa vuosi, 10.5.2024–31.12.2024)"),
        "{page}"
    );
    assert!(!page.contains("kuin edellisenä vuonna"), "{page}");
    assert!(!page.contains("Vuodesta toiseen"), "one whole year: {page}");
    let (_, page) = get(&county, "/figures/contacts?year=2024").await;
    assert!(page.contains("Talo avattiin kesken tämän vuoden"), "{page}");
    // A house that was opened with the year had the whole of it.
    county.contact(&Contact {
        arrived: noon(2024, 1, 3),
        ..Contact::default()
    });
    let (_, page) = get(&county, "/figures/contacts?year=2025").await;
    assert!(!page.contains("vajaa vuosi"), "{page}");
}

#[tokio::test]
async fn pictures_and_intervals_that_are_not_there_are_not_spoken_of() {
    let county = open(sqlite_store(&rooms()));
    for day in [5, 6] {
        county.contact(&Contact {
            arrived: noon(2025, 5, day),
            municipality: Some("179"),
            ..Contact::default()
        });
    }
    counted(&county);
    let (_, page) = get(&county, "/figures/contacts").await;
    assert!(
        page.contains("Luku nyt") && !page.contains("n-chart"),
        "{page}"
    );
    for code in ["contacts", "advice", "plans-declined"] {
        let (status, page) = get(&county, &format!("/figures/{code}")).await;
        assert_eq!(status, StatusCode::OK, "{code}");
        assert!(
            !page.contains("Luottamusväli (95 %) kertoo"),
            "{code}: {page}"
        );
        assert!(!page.contains("?;"), "{code}: {page}");
    }
}

#[tokio::test]
async fn wrong_words_in_the_address_are_told() {
    let county = furnished();
    counted(&county);
    for (query, text) in [
        ("year=1999", "Siltä vuodelta ei ole lukua"),
        ("year=%3Cb%3E", "Siltä vuodelta ei ole lukua"),
        ("area=091", "Sellaista kuntaa ei ole"),
        ("area=';drop", "Sellaista kuntaa ei ole"),
    ] {
        let (status, page) = get(&county, &format!("/figures/contacts?{query}")).await;
        assert_eq!(status, StatusCode::OK, "{query}");
        assert!(
            page.contains(text) && page.contains("83 ("),
            "{query}: {page}"
        );
    }
    for path in ["/figures/no-such", "/figures/cost", "/figures/%3Cb%3E"] {
        assert_eq!(get(&county, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn other_languages_and_nobody() {
    let county = furnished();
    counted(&county);
    let cookie = county.sample.enter(AINO).await;
    for (language, text) in [("sv", "Övriga tillsammans"), ("en", "Others together")] {
        let cookie = cookie.replace("noste_language=fi", &format!("noste_language={language}"));
        let page = county.sample.get("/figures/contacts", &cookie).await.body;
        assert!(page.contains(text), "{language}: {page}");
        assert!(
            !page.contains("figures-") || !page.contains("{$"),
            "{language}"
        );
    }
    let nobody = county.sample.get("/figures", "").await;
    assert_ne!(nobody.status, StatusCode::OK);
    // A worker of the field reads figures; to take them out needs the right to export.
    let (status, page) = get(&county, "/figures/contacts/csv?year=2025").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{page}");
    let (_, page) = get(&county, "/figures/contacts").await;
    assert!(
        !page.contains("/csv") && !page.contains("/recall"),
        "{page}"
    );
}

#[tokio::test]
async fn ages_of_the_population_give_a_standardised_figure() {
    let county = furnished();
    for number in 0..40 {
        let birth = Date::constant(1950 + number, 5, 4);
        county.client(Some("179"), birth);
    }
    for band in ["18-29", "30-44", "45-64", "65-"] {
        let lines: String = kernel::place::municipalities_of("15")
            .iter()
            .map(|one| format!("file;population-{band};Väestö {band};KUNTA;{};2025;9000;Tilastokeskus;CC BY 4.0\n", one.code))
            .collect();
        let text =
            format!("source;indicator;title;category;code;year;value;producer;licence\n{lines}");
        let file = import::read(&text, "ika.csv", None).unwrap();
        import::keep(&county.sample.store, &file).unwrap();
    }
    counted(&county);
    let (_, page) = get(&county, "/figures/clients-open").await;
    assert!(page.contains("Ikävakioitu"), "{page}");
    assert!(!page.contains("Ikävakioitua lukua ei ole"), "{page}");
}

#[tokio::test]
async fn pages_ask_as_much_for_many_rows_as_for_few() {
    let mut counts = Vec::new();
    for rows in [1, 50] {
        let county = open(sqlite_store(&rooms()));
        for _ in 0..rows {
            county.contact(&Contact::default());
        }
        counted(&county);
        let cookie = county.sample.enter(AINO).await;
        for path in ["/figures", "/figures/contacts"] {
            county.sample.get(path, &cookie).await;
            let before = county.sample.store.statement_count();
            county.sample.get(path, &cookie).await;
            counts.push(county.sample.store.statement_count() - before);
        }
    }
    assert_eq!((counts[0], counts[1]), (counts[2], counts[3]));
}
