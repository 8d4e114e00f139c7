//! Tables of StatFin and cubes of THL: a file of questions, an answer read whole, and what every fault leaves behind.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use opendata::pxweb::Pxweb;
use opendata::thl::Thl;
use opendata::{Gender, Settings};
use serde_json::{Value, json};
use statistics::ask::Questions;
use statistics::cubes::{How, Services, fetch, import, of_source, series};
use statistics::domain::Source;
use statistics::fetch::Summary;
use statistics::{MIGRATIONS, store as own};
use testkit::{TestStore, for_each_engine, sqlite_store};

use crate::stand_in::Manner;

const QUESTIONS: &str = r#"
[[series]]
indicator = "11re"
title = "Väkiluku"
title_sv = "Folkmängd"
theme = "population"
unit = "henkilöä"
additive = true
producer = "Tilastokeskus"
area = "Alue"
time = "Vuosi"
gender = "Sukupuoli"
genders = { SSS = "total", 2 = "female" }
areas = { KU = "KUNTA", SSS = "MAA:358" }
[series.statfin]
table = "StatFin/vaerak/11re.px"
query = [
  { code = "Alue", selection = { filter = "item", values = ["SSS", "KU179", "X1"] } },
  { code = "Vuosi", selection = { filter = "top", values = ["2"] } },
  { code = "Sukupuoli", selection = { filter = "item", values = ["SSS", "2"] } },
]

[[series]]
indicator = "toitu-1"
title = "Toimeentulotukea saaneet"
theme = "income"
unit = "kotitaloutta"
producer = "THL"
area = "area"
time = "time"
areas_by_name = true
[series.thl]
stage = "prod"
language = "fi"
subject = "toitu"
hydra = "ptoitu"
cube = "ptoitu"
rows = ["area-1L"]
columns = ["time-2L"]
filters = ["measure-3"]
"#;

struct Inside {
    manner: Manner,
    updated: &'static str,
    /// Of Jyväskylä in the newest year.
    value: u32,
    /// Fewer areas than usual.
    few: bool,
    questions: usize,
}

#[derive(Clone)]
struct Service {
    origin: String,
    inside: Arc<Mutex<Inside>>,
}

impl Service {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let one = Self {
            origin: format!("http://{}", listener.local_addr().unwrap()),
            inside: Arc::new(Mutex::new(Inside {
                manner: Manner::Right,
                updated: "2026-05-20",
                value: 149_194,
                few: false,
                questions: 0,
            })),
        };
        let router = Router::new().fallback(answer).with_state(one.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        one
    }

    fn set(&self, change: impl FnOnce(&mut Inside)) {
        change(&mut self.inside.lock().unwrap());
    }

    fn services(&self) -> Services {
        let settings = |end: &str| {
            let base = format!("{}/{end}", self.origin);
            let mut settings = Settings::new(base, "Noste/0 (+https://example.org)");
            settings.gap = Duration::ZERO;
            settings.patience = Duration::from_millis(1_000);
            settings.most = 100_000;
            settings
        };
        Services {
            statfin: Some(Pxweb::new(settings("api/v1/fi")).unwrap()),
            thl: Some(Thl::new(settings("pivot")).unwrap()),
        }
    }
}

fn table() -> Value {
    json!({"title": "Väestö", "variables": [
        {"code": "Alue", "text": "Alue", "values": ["SSS", "KU179", "X1"]},
        {"code": "Vuosi", "text": "Vuosi", "values": ["2023", "2024"], "time": true},
        {"code": "Sukupuoli", "text": "Sukupuoli", "values": ["SSS", "1", "2"], "elimination": true},
        {"code": "Tiedot", "text": "Tiedot", "values": ["vaesto"]},
    ]})
}

fn statfin(inside: &Inside) -> Value {
    json!({
        "version": "2.0", "class": "dataset", "label": "Väestö", "updated": format!("{}T06:00:00Z", inside.updated),
        "id": ["Alue", "Vuosi", "Sukupuoli", "Tiedot"], "size": [3, 2, 2, 1],
        "dimension": {
            "Alue": {"label": "Alue", "category": {"index": ["SSS", "KU179", "X1"]}},
            "Vuosi": {"label": "Vuosi", "category": {"index": ["2023", "2024"]}},
            "Sukupuoli": {"label": "Sukupuoli", "category": {"index": ["SSS", "2"]}},
            "Tiedot": {"label": "Tiedot", "category": {"index": ["vaesto"]}},
        },
        "role": {"time": ["Vuosi"]},
        "value": [5_603_851, 2_830_000, 5_635_971, 2_845_000, 147_746, 75_000, inside.value, 76_000, 1, 1, 1, 1],
    })
}

fn thl() -> Value {
    json!({"dataset": {
        "label": "Toimeentulotuki", "updated": "2026-04-02T10:00:00Z",
        "dimension": {
            "id": ["area", "time", "measure"], "size": [3, 2, 1],
            "area": {"category": {"index": {"6000": 0, "6001": 1, "6002": 2}, "label": {"6000": "Koko maa", "6001": "Jyväskylä", "6002": "Jokin muu"}}},
            "time": {"category": {"index": {"9001": 0, "9002": 1}, "label": {"9001": "2022", "9002": "2023"}}},
            "measure": {"category": {"index": {"7": 0}, "label": {"7": "Kotitalouksia"}}},
        },
        "value": {"0": "283000", "1": "279000", "2": "9500", "3": "9400"},
    }})
}

async fn answer(State(one): State<Service>, request: Request) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let config = request.uri().query() == Some("config");
    let (right, manner) = {
        let mut inside = one.inside.lock().unwrap();
        let asks = method == Method::POST || path.contains("/pivot/");
        inside.questions += usize::from(asks);
        let manner = if asks { inside.manner } else { Manner::Right };
        let right = if config {
            json!({"maxValues": 100_000, "maxCells": 120_000}).to_string()
        } else if path.ends_with("/vaerak") {
            json!([{"id": "11re.px", "type": "t", "text": "Väestö", "updated": format!("{}T08:00:00", inside.updated)}]).to_string()
        } else if method == Method::POST {
            let mut data = statfin(&inside);
            if inside.few {
                data["value"] = json!([
                    null, null, 1, null, null, null, null, null, null, null, null, null
                ]);
            }
            data.to_string()
        } else if path.ends_with(".px") {
            table().to_string()
        } else {
            thl().to_string()
        };
        (right, manner)
    };
    match manner {
        Manner::Right => right.into_response(),
        Manner::Half => right[..right.len() / 2].to_owned().into_response(),
        Manner::Slow => {
            tokio::time::sleep(Duration::from_secs(20)).await;
            right.into_response()
        }
        Manner::Elsewhere => (
            StatusCode::FOUND,
            [(header::LOCATION, "https://elsewhere.example/")],
        )
            .into_response(),
        Manner::Oversized => format!("[{}]", " ".repeat(200_000)).into_response(),
        Manner::Page => "<html>Huoltokatko</html>".into_response(),
        // Another table than the one that was asked.
        Manner::OtherYear => json!({"class": "dataset", "id": ["Kuu"], "size": [1],
            "dimension": {"Kuu": {"category": {"index": ["1"]}}}, "value": [1]})
        .to_string()
        .into_response(),
        Manner::Error => (StatusCode::INTERNAL_SERVER_ERROR, "").into_response(),
        Manner::Busy => (StatusCode::SERVICE_UNAVAILABLE, "").into_response(),
        Manner::Nothing => "{}".into_response(),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn questions() -> Questions {
    Questions::read(QUESTIONS).unwrap()
}

fn run(
    runtime: &tokio::runtime::Runtime,
    store: &TestStore,
    service: &Service,
    questions: &Questions,
    how: How,
) -> Summary {
    let store = store.store();
    let work = async { fetch(&store, &service.services(), questions, how, &mut |_| {}).await };
    runtime.block_on(work).unwrap()
}

/// What is kept: area, year, gender, value, version.
fn kept(store: &TestStore) -> Vec<(String, i16, Gender, String, i64)> {
    store
        .read_blocking(|tx| {
            let mut all = Vec::new();
            for (source, code) in [(Source::Statfin, "11re"), (Source::Thl, "toitu-1")] {
                let Some(known) = own::find_code(tx, source, code)? else {
                    continue;
                };
                for category in ["KUNTA", "MAA"] {
                    for gender in Gender::ALL {
                        for one in own::points(tx, known.id, category, &[], gender)? {
                            let (place, value) = (one.place.to_string(), one.value.to_string());
                            all.push((place, one.year, gender, value, one.version));
                        }
                    }
                }
            }
            Ok::<_, store::StoreError>(all)
        })
        .unwrap()
}

#[test]
fn tables_and_cubes_are_kept_with_what_stands_beside_them() {
    for_each_engine(MIGRATIONS, |store| {
        let runtime = runtime();
        let service = runtime.block_on(Service::start());
        let summary = run(&runtime, store, &service, &questions(), How::default());
        assert!(summary.is_whole(), "{summary:?}");
        assert_eq!(
            (summary.indicators, summary.years, summary.left_out),
            (2, 4, 2)
        );
        let all = kept(store);
        let there = |place: &str, year, gender, value: &str| {
            all.contains(&(place.to_owned(), year, gender, value.to_owned(), 1))
        };
        assert!(there("KUNTA 179", 2024, Gender::Total, "149194"), "{all:?}");
        assert!(there("KUNTA 179", 2024, Gender::Female, "76000"));
        assert!(there("MAA 358", 2023, Gender::Total, "5603851"));
        assert!(there("KUNTA 179", 2023, Gender::Total, "9400"));
        assert_eq!(
            all.len(),
            12,
            "the area that the questions do not know is left out"
        );
        let beside = store
            .read_blocking(|tx| {
                let known = own::find_code(tx, Source::Statfin, "11re")?.unwrap();
                Ok::<_, store::StoreError>((own::releases(tx, known.id)?, known.indicator))
            })
            .unwrap();
        let (releases, indicator) = beside;
        assert_eq!(
            releases[0].1.attribution,
            "Tilastokeskus, StatFin (Tilastokeskus)"
        );
        assert_eq!(
            (releases[0].1.unit.as_str(), releases[0].1.licence.as_str()),
            ("henkilöä", "CC BY 4.0")
        );
        assert_eq!(releases[0].1.data_updated, "2026-05-20".parse().ok());
        assert!(indicator.additive && indicator.title.sv == "Folkmängd");
    });
}

#[test]
fn what_has_not_changed_is_not_asked_again_and_a_new_value_is_a_version() {
    let (store, runtime) = (sqlite_store(MIGRATIONS), runtime());
    let service = runtime.block_on(Service::start());
    let statfin = of_source(questions(), Source::Statfin);
    run(&runtime, &store, &service, &statfin, How::default());
    let again = run(&runtime, &store, &service, &statfin, How::default());
    assert_eq!((again.unchanged, again.years), (1, 0));
    assert_eq!(service.inside.lock().unwrap().questions, 1);
    service.set(|inside| (inside.updated, inside.value) = ("2026-06-20", 150_000));
    let changed = run(&runtime, &store, &service, &statfin, How::default());
    assert_eq!(
        (changed.kept.changed, changed.kept.added),
        (1, 0),
        "{changed:?}"
    );
    let newest = (
        "KUNTA 179".to_owned(),
        2024,
        Gender::Total,
        "150000".to_owned(),
        2,
    );
    assert!(kept(&store).contains(&newest));
}

#[test]
fn every_fault_says_why_and_leaves_the_old_values_as_they_were() {
    let runtime = runtime();
    for (manner, says) in [
        (Manner::Half, "breaks off"),
        (Manner::Slow, "no whole answer in"),
        (Manner::Elsewhere, "elsewhere.example"),
        (Manner::Oversized, "larger than"),
        (Manner::Page, "not as agreed"),
        (Manner::OtherYear, "no variable"),
        (Manner::Error, "answered 500"),
        (Manner::Busy, "wait"),
        (Manner::Nothing, "no dimensions"),
    ] {
        for source in [Source::Statfin, Source::Thl] {
            let store = sqlite_store(MIGRATIONS);
            let service = runtime.block_on(Service::start());
            let questions = of_source(questions(), source);
            run(&runtime, &store, &service, &questions, How::default());
            let before = kept(&store);
            assert!(!before.is_empty());
            service.set(|inside| (inside.manner, inside.updated) = (manner, "2026-06-20"));
            let how = How {
                again: true,
                accept_fewer: false,
            };
            let summary = run(&runtime, &store, &service, &questions, how);
            assert!(
                !summary.is_whole() && summary.years == 0,
                "{manner:?} {source:?}"
            );
            let mut said = summary.faults.join(" ");
            said.push_str(summary.stopped.as_deref().unwrap_or_default());
            assert!(said.contains(says), "{manner:?} {source:?}: {said}");
            assert_eq!(kept(&store), before, "{manner:?} {source:?}");
        }
    }
}

#[test]
fn a_year_that_shrinks_to_less_than_half_is_refused() {
    let (store, runtime) = (sqlite_store(MIGRATIONS), runtime());
    let service = runtime.block_on(Service::start());
    let three = QUESTIONS.replace(
        "SSS = \"MAA:358\" }",
        "SSS = \"MAA:358\", X1 = \"MAAKUNTA:13\" }",
    );
    let statfin = of_source(Questions::read(&three).unwrap(), Source::Statfin);
    run(&runtime, &store, &service, &statfin, How::default());
    let before = kept(&store);
    service.set(|inside| (inside.few, inside.updated) = (true, "2026-06-20"));
    let summary = run(&runtime, &store, &service, &statfin, How::default());
    assert!(
        summary.faults[0].contains("the old ones are kept"),
        "{summary:?}"
    );
    assert_eq!(kept(&store), before);
}

#[test]
fn an_answer_in_a_file_is_read_by_its_series() {
    let store = sqlite_store(MIGRATIONS);
    let questions = questions();
    let one = series(&questions, "toitu-1").unwrap();
    let file = std::path::Path::new("toitu.json");
    let done = import(&store.store(), one, file, &thl().to_string()).unwrap();
    assert_eq!(done.unwrap().added, 4);
    let before = kept(&store);
    let text = thl().to_string();
    for (text, says) in [
        (&text[..text.len() / 2], "breaks off"),
        ("[]", "no table"),
        (
            &*text.replace("\"area\"", "\"alue\""),
            "no variable area; it has alue",
        ),
        (&*text.replace("Koko maa", "Jyväskylä"), "has two values of"),
        (
            &*text.replace("\"2023\"", "\"2023 joulukuu\""),
            "is no year",
        ),
    ] {
        let why = import(&store.store(), one, file, text)
            .unwrap()
            .unwrap_err();
        assert!(why.contains(says), "{says}: {why}");
        assert_eq!(kept(&store), before);
    }
    assert!(series(&questions, "muu").is_none());
}

#[test]
fn a_file_of_questions_says_what_is_wrong_in_it() {
    for (from, to, says) in [
        (
            "theme = \"population\"",
            "theme = \"weather\"",
            "there is no theme weather",
        ),
        (
            "producer = \"THL\"",
            "producer = \"\"",
            "series toitu-1: it needs a title and a producer",
        ),
        ("areas_by_name = true", "", "what codes of areas mean"),
        ("KU = \"KUNTA\"", "KU = \"KYLÄ\"", "KU is no category"),
        ("SSS = \"MAA:358\"", "SSS = \"MAA:koko\"", "koko"),
        (
            "indicator = \"toitu-1\"",
            "indicator = \"to itu\"",
            "no id of letters",
        ),
        (
            "genders = { SSS = \"total\", 2 = \"female\" }",
            "",
            "variable of genders",
        ),
        ("unit = \"kotitaloutta\"", "", "missing field `unit`"),
        ("title_sv", "titel", "unknown field"),
    ] {
        let why = Questions::read(&QUESTIONS.replacen(from, to, 1)).unwrap_err();
        assert!(why.contains(says), "{says}: {why}");
    }
    let twice = format!("{QUESTIONS}\n{QUESTIONS}");
    assert!(
        Questions::read(&twice)
            .unwrap_err()
            .contains("stands there twice")
    );
}
