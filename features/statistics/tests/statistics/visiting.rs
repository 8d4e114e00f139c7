//! The pages, as a worker sees them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use identity::session::{Method, Sessions, Start, begin_as};
use kernel::time::Date;
use statistics::domain::Source;
use statistics::{import, store as own};
use store::{Migration, StoreError, WriteTx};
use testkit::{TestStore, sqlite_store};
use tower::ServiceExt;
use web::{House, HouseConfig, LimitsMode, Secrets};

const UNIT: [u8; 16] = [1; 16];
const AINO: [u8; 16] = [11; 16];

struct Sample {
    store: TestStore,
    house: House,
    router: Router,
}

fn rooms() -> Vec<Migration> {
    [identity::MIGRATIONS, statistics::MIGRATIONS].concat()
}

fn people(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    let unit = Unit {
        id: UnitId::from_bytes(UNIT),
        code: "north".to_owned(),
        kind: UnitKind::SocialWork,
        name_fi: "Pohjoinen".to_owned(),
        name_sv: "Norr".to_owned(),
        name_en: "North".to_owned(),
        phone: None,
        lead: StaffId::from_bytes(AINO),
    };
    people::add_unit(tx, &unit)?;
    let staff = Staff {
        id: StaffId::from_bytes(AINO),
        name: "Aino Salmela".to_owned(),
        sort_key: "salmela aino".to_owned(),
        title: "social_worker".to_owned(),
        tasks: vec!["carrying_out".to_owned()],
        qualifications: vec!["sw+office".to_owned()],
        unit: UnitId::from_bytes(UNIT),
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    };
    people::add_staff(tx, &staff)
}

fn sample() -> Sample {
    let store = sqlite_store(&rooms());
    let sessions = Arc::new(Sessions::default());
    let features = || {
        vec![
            web::feature(),
            identity::feature(false),
            statistics::feature(),
        ]
    };
    let config = HouseConfig {
        store: store.store(),
        clock: store.clock.clone(),
        chance: store.chance.clone(),
        secrets: Secrets::new([7; 32]),
        county: web::County {
            code: "15".to_owned(),
            name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
            ..web::County::default()
        },
        demo: false,
        https: false,
        trusted_proxy_header: None,
        limits: LimitsMode::Off,
        sessions: sessions.clone(),
        extras: vec![sessions, Arc::new(statistics::borders::Kept::default())],
    };
    let house = House::new(config, &features()).unwrap();
    let router = web::assemble(&house, features());
    store.write_blocking(people).unwrap();
    Sample {
        store,
        house,
        router,
    }
}

impl Sample {
    fn import(&self, text: &str) {
        import::keep(&self.store, &import::read(text, "luvut.csv", None).unwrap()).unwrap();
    }

    /// The address of an indicator's page.
    fn page_of(&self, code: &'static str) -> String {
        let known = self
            .store
            .read_blocking(move |tx| own::find_code(tx, Source::Sotkanet, code));
        format!("/statistics/{}", known.unwrap().unwrap().id)
    }

    async fn cookie(&self, language: &str) -> String {
        let start = Start::new(StaffId::from_bytes(AINO), Method::Demo);
        let token = begin_as(&self.house, start).await.unwrap();
        format!("noste_session={token}; noste_language={language}")
    }

    async fn get(&self, path: &str, cookie: &str) -> (StatusCode, String) {
        let request = Request::builder()
            .uri(path)
            .header("host", "noste.test")
            .header("cookie", cookie);
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, String::from_utf8_lossy(&bytes).into_owned())
    }
}

const FIGURES: &str = "indicator;category;code;year;gender;value;unit\n5;MAA;358;2023;total;7.1;%\n5;HYVINVOINTIALUE;15;2023;total;8;%\n\
                       5;KUNTA;179;2023;total;8.2;%\n5;KUNTA;179;2022;total;8;%\n5;KUNTA;179;2023;female;6;%\n5;KUNTA;091;2023;total;5;%\n";
const PEOPLE: &str = "indicator;category;code;year;value\n127;KUNTA;179;2023;147746\n";

#[tokio::test]
async fn the_list_by_theme_and_the_search() {
    let sample = sample();
    let cookie = sample.cookie("fi").await;
    let (status, empty) = sample.get("/statistics", &cookie).await;
    assert_eq!(status, StatusCode::OK);
    assert!(empty.contains("Tilastoja ei ole vielä haettu"), "{empty}");

    sample.import(FIGURES);
    sample.import(PEOPLE);
    let (_, list) = sample.get("/statistics", &cookie).await;
    let (income, population) = (list.find(">Toimeentulo</h2>"), list.find(">Väestö</h2>"));
    assert!(income.is_some() && income < population, "{list}");
    assert!(
        list.contains("uusin 2023") && list.contains("2 tilastoa"),
        "{list}"
    );
    for (query, found) in [
        ("?q=toimeentulotukea", "Toimeentulotukea saaneet"),
        ("?q=recipients+social", "Toimeentulotukea saaneet"),
        ("?q=127", "Väestö 31.12."),
        ("?theme=population", "Väestö 31.12."),
        ("?q=&theme=", "2 tilastoa"),
        ("?q=olematon", "Ei yhtään tilastoa"),
        ("?theme=olematon", "Ei yhtään tilastoa"),
        ("?q=%3Cscript%3E", "Ei yhtään tilastoa"),
    ] {
        let (status, page) = sample.get(&format!("/statistics{query}"), &cookie).await;
        assert_eq!(status, StatusCode::OK, "{query}");
        assert!(page.contains(found), "{query}: {page}");
        assert!(!page.contains("<script>"), "{query}");
    }
}

#[tokio::test]
async fn one_indicator_with_its_source_and_caveats() {
    let sample = sample();
    sample.import(FIGURES);
    sample.import(PEOPLE);
    let cookie = sample.cookie("fi").await;
    let path = sample.page_of("5");
    let (status, page) = sample.get(&path, &cookie).await;
    assert_eq!(status, StatusCode::OK);
    for text in [
        "Koko maa",
        "Keski-Suomen hyvinvointialue",
        "Jyväskylä",
        ">7,1<",
        ">8,0<",
        ">8,2<",
        "THL, Sotkanet (Terveyden ja hyvinvoinnin laitos (THL))",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "Huomaa lukiessa",
        "Pienen kunnan luku",
        "– Lähteessä ei ole lukua.",
        "gender=female",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("Helsinki"), "another county's municipality");
    let (_, women) = sample.get(&format!("{path}?gender=female"), &cookie).await;
    assert!(
        women.contains(">6,0<") && !women.contains(">8,2<"),
        "{women}"
    );
    let (_, men) = sample.get(&format!("{path}?gender=male"), &cookie).await;
    assert!(men.contains("Tästä alueesta ei ole lukuja."), "{men}");
    // A correction is told.
    sample.import("indicator;category;code;year;value;unit\n5;MAA;358;2023;7.2;%\n");
    let (_, page) = sample.get(&path, &cookie).await;
    assert!(
        page.contains(">7,2<") && page.contains("korjannut"),
        "{page}"
    );

    let (_, people) = sample.get(&sample.page_of("127"), &cookie).await;
    assert!(people.contains("147\u{a0}746"), "{people}");
}

#[tokio::test]
async fn other_languages_and_wrong_addresses() {
    let sample = sample();
    sample.import(FIGURES);
    let path = sample.page_of("5");
    for (language, text, number) in [
        ("sv", "Hela landet", ">7,1<"),
        ("en", "Whole country", ">7.1<"),
    ] {
        let cookie = sample.cookie(language).await;
        let (_, page) = sample.get(&path, &cookie).await;
        assert!(
            page.contains(text) && page.contains(number),
            "{language}: {page}"
        );
    }
    let cookie = sample.cookie("fi").await;
    for (path, expected) in [
        (format!("{path}?gender=other"), StatusCode::BAD_REQUEST),
        ("/statistics/1".to_owned(), StatusCode::NOT_FOUND),
        (
            "/statistics/00000000-0000-7000-8000-000000000000".to_owned(),
            StatusCode::NOT_FOUND,
        ),
    ] {
        assert_eq!(sample.get(&path, &cookie).await.0, expected, "{path}");
    }
    let (status, page) = sample.get(&path, "").await;
    assert!(
        status != StatusCode::OK && !page.contains("7,1"),
        "{status}"
    );
}

#[tokio::test]
async fn what_a_producer_writes_is_text() {
    let sample = sample();
    sample.import(
        "source;indicator;title;producer;licence;category;code;year;value\n\
         file;a;\"Luku <b>1</b> \"\"<script>alert(1)</script>\"\"\";\"<i>Kela</i>\";Oma <u>lupa</u>;MAA;358;2023;1\n",
    );
    let cookie = sample.cookie("fi").await;
    let known = sample
        .store
        .read_blocking(|tx| own::find_code(tx, Source::File, "a"))
        .unwrap()
        .unwrap();
    for path in [
        "/statistics".to_owned(),
        format!("/statistics/{}", known.id),
    ] {
        let (status, page) = sample.get(&path, &cookie).await;
        assert_eq!(status, StatusCode::OK);
        for markup in ["<b>1", "<script>alert", "<i>Kela", "<u>lupa"] {
            assert!(!page.contains(markup), "{path}: {markup}");
        }
    }
}

#[tokio::test]
async fn the_list_asks_as_much_for_fifty_as_for_one() {
    let sample = sample();
    let cookie = sample.cookie("fi").await;
    let mut counts = Vec::new();
    for rows in [1, 50] {
        let codes = statistics::catalogue::indicators().iter().take(rows);
        let lines: String = codes
            .map(|one| format!("{};MAA;358;2023;1\n", one.code))
            .collect();
        sample.import(&format!("indicator;category;code;year;value\n{lines}"));
        sample.get("/statistics", &cookie).await;
        let before = sample.store.statement_count();
        sample.get("/statistics", &cookie).await;
        counts.push(sample.store.statement_count() - before);
    }
    assert_eq!(counts[0], counts[1]);
}

#[tokio::test]
async fn all_years_and_the_map_are_drawn_with_their_tables() {
    let sample = sample();
    let lines: String = (2019..=2023)
        .flat_map(|year| {
            [
                format!("5;MAA;358;{year};7.{}\n", year - 2015),
                format!("5;HYVINVOINTIALUE;15;{year};8\n"),
                format!("5;KUNTA;179;{year};9\n"),
                format!("5;KUNTA;182;{year};5.5\n"),
            ]
        })
        .collect();
    sample.import(&format!("indicator;category;code;year;value\n{lines}"));
    let cookie = sample.cookie("fi").await;
    let path = sample.page_of("5");
    let (status, page) = sample.get(&path, &cookie).await;
    assert_eq!(status, StatusCode::OK);
    // Lines and small ones are drawn for a wide page and for a phone, the map once.
    assert_eq!(page.matches("role=\"img\"").count(), 5, "{page}");
    for text in [
        "Kehitys vuosittain",
        "vuosina 2019–2023",
        "Kunnat kartalla, 2023",
        "Kunnat vuosittain",
        "<th scope=\"row\">Jämsä</th>",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("Kuntarajat"), "tiles have no producer");
    assert!(!page.contains("style="), "{page}");

    let codes = crate::borders::keski_suomi();
    let file = crate::borders::squares(&codes);
    let name = std::path::Path::new("rajat.json");
    let done = statistics::borders::import(&sample.store, "15", name, file.as_bytes(), None);
    assert!(done.unwrap().unwrap().is_empty());
    let (_, real) = sample.get(&path, &cookie).await;
    assert!(real.contains("Kuntarajat: Tilastokeskus"), "{real}");
    let before = sample.store.statement_count();
    let (_, again) = sample.get(&path, &cookie).await;
    let second = sample.store.statement_count() - before;
    let pictures = |page: &str| {
        page.split("<figure")
            .skip(1)
            .map(|one| one.split("</figure>").next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(pictures(&again), pictures(&real));
    assert_ne!(
        pictures(&page)[1],
        pictures(&real)[1],
        "the borders are drawn"
    );
    let one = statistics::borders::of(&sample.house)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(one.attribution, statistics::borders::ATTRIBUTION);
    assert!(second < 20, "the file is read once: {second}");
}

#[tokio::test]
async fn old_figures_say_that_they_are_old() {
    let sample = sample();
    sample.import("indicator;category;code;year;value\n5;MAA;358;2012;7\n127;MAA;358;2024;1\n");
    let cookie = sample.cookie("fi").await;
    let old = "Uusin luku on vuodelta 2012.";
    assert!(
        sample
            .get(&sample.page_of("5"), &cookie)
            .await
            .1
            .contains(old)
    );
    let (_, new) = sample.get(&sample.page_of("127"), &cookie).await;
    assert!(!new.contains("Uusin luku on"), "{new}");
}
