//! The cubes of THL, in the documented form.

use axum::http::StatusCode;
use opendata::Settings;
use opendata::thl::{Asked, Cube, Thl, read_dimensions};
use serde_json::json;

use crate::stand_in::{Manner, StandIn};

const DIMENSIONS: &str = r#"thl.pivot.loadDimensions([
  {"id": "measure", "label": "Mittari", "children": [{"id": 1, "sid": 444833, "label": {"fi": "Kotitaloudet"}, "stage": "measure", "children": []}]},
  {"id": "area", "label": "Alue", "children": [{"sid": 877, "label": "Koko maa", "stage": "root",
     "children": [{"sid": 878, "label": "J&auml;mi", "stage": "kunta"}]}]}
]);"#;

pub fn right(path: &str, query: &str) -> Result<String, (StatusCode, &'static str)> {
    if path.ends_with("/fact_toitu_ennakko3.dimensions.json") {
        return Ok(DIMENSIONS.to_owned());
    }
    if !path.ends_with("/pivot/prod/fi/toitu/ennakko3/fact_toitu_ennakko3.json")
        || !query.contains("row=")
    {
        return Err((StatusCode::NOT_FOUND, "no such cube"));
    }
    let index = |codes: &[&str]| -> serde_json::Map<String, serde_json::Value> {
        codes
            .iter()
            .enumerate()
            .map(|(place, code)| ((*code).to_owned(), place.into()))
            .collect()
    };
    Ok(json!({"dataset": {
        "class": "dataset", "label": "Toimeentulotuki",
        "dimension": {
            "id": ["area", "time"], "size": [2, 2],
            "area": {"category": {"index": index(&["877", "878"]), "label": {"877": "Koko maa", "878": "Jämi"}}},
            "time": {"category": {"index": index(&["2023", "2024"])}},
        },
        "value": {"0": "1200", "1": "1150", "3": "7"},
    }})
    .to_string())
}

fn cube() -> Cube {
    Cube {
        stage: "prod".to_owned(),
        language: "fi".to_owned(),
        subject: "toitu".to_owned(),
        hydra: "ennakko3".to_owned(),
        cube: "toitu_ennakko3".to_owned(),
    }
}

fn asked() -> Asked {
    let list = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect();
    Asked {
        rows: list(&["area-877L"]),
        columns: list(&["time-2023.2024."]),
        filters: list(&["measure-444833.445356.492118."]),
    }
}

fn service(stand_in: &StandIn) -> Thl {
    Thl::new(Settings {
        base: format!("{}/pivot", stand_in.origin),
        ..stand_in.settings()
    })
    .unwrap()
}

#[tokio::test]
async fn values_and_dimensions() {
    let stand_in = StandIn::start().await;
    let thl = service(&stand_in);
    let dimensions = thl.dimensions(&cube()).await.unwrap();
    let [measure, area] = &dimensions[..] else {
        panic!("{dimensions:?}")
    };
    assert_eq!(
        (
            measure.children[0].id.as_str(),
            measure.children[0].label.as_str()
        ),
        ("444833", "Kotitaloudet")
    );
    let leaf = &area.children[0].children[0];
    assert_eq!(
        (leaf.id.as_str(), leaf.label.as_str(), leaf.stage.as_str()),
        ("878", "Jämi", "kunta")
    );

    let data = thl.data(&cube(), &asked()).await.unwrap();
    let cells: Vec<_> = data
        .cells()
        .map(|cell| {
            (
                cell.codes.join("/"),
                cell.value.map(|v| v.text().to_owned()),
            )
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("877/2023".to_owned(), Some("1200".to_owned())),
            ("877/2024".to_owned(), Some("1150".to_owned())),
            ("878/2023".to_owned(), None),
            ("878/2024".to_owned(), Some("7".to_owned())),
        ]
    );
    let sent = stand_in.asked();
    assert!(
        sent[1].ends_with(
            "?row=area-877L&column=time-2023.2024.&filter=measure-444833.445356.492118."
        ),
        "{sent:?}"
    );
}

#[test]
fn parts_of_a_question() {
    for (part, fine) in [
        ("area-877", true),
        ("area-877L", true),
        ("measure-444833.445356.492118.", true),
        ("area-", false),
        ("-877", false),
        ("area", false),
        ("area-877.878", false),
        ("area-877..878.", false),
        ("area-L", false),
        ("area-877&row=x-1", false),
        ("../x-1", false),
    ] {
        let asked = Asked {
            rows: vec![part.to_owned()],
            ..Asked::default()
        };
        assert_eq!(asked.parameters().is_ok(), fine, "{part}");
    }
    assert!(Asked::default().parameters().is_err());
}

#[tokio::test]
async fn addresses_are_made_of_names_alone() {
    let stand_in = StandIn::start().await;
    let thl = service(&stand_in);
    for change in [
        |cube: &mut Cube| cube.stage = "test".to_owned(),
        |cube: &mut Cube| cube.language = "de".to_owned(),
        |cube: &mut Cube| cube.subject = "../x".to_owned(),
        |cube: &mut Cube| cube.hydra = String::new(),
        |cube: &mut Cube| cube.cube = "a?b".to_owned(),
    ] {
        let mut wrong = cube();
        change(&mut wrong);
        assert!(thl.data(&wrong, &asked()).await.is_err());
    }
    assert!(stand_in.asked().is_empty());
}

#[test]
fn lists_of_dimensions_that_are_none() {
    for (text, why) in [
        ("thl.pivot.loadDimensions([", "breaks off"),
        ("thl.pivot.loadDimensions([)", "breaks off"),
        ("<html>(x)</html>", "not as agreed"),
        ("", "not as agreed"),
        ("f({\"id\": \"x\"})", "no list"),
        ("f([{\"label\": \"x\"}])", "no id"),
    ] {
        let told = read_dimensions(text).unwrap_err().to_string();
        assert!(told.contains(why), "{text}: {told}");
    }
    assert_eq!(read_dimensions("[{\"id\": \"x\"}]").unwrap()[0].id, "x");
    let deep = "[{\"id\":\"x\",\"children\":".repeat(40) + "[]" + &"}]".repeat(40);
    assert!(read_dimensions(&deep).is_err());
}

#[tokio::test]
async fn faults_of_the_service() {
    for manner in [
        Manner::BrokenOff,
        Manner::Half,
        Manner::Slow,
        Manner::Elsewhere,
        Manner::Oversized,
        Manner::Page,
        Manner::Busy,
    ] {
        let stand_in = StandIn::start().await;
        stand_in.behave(manner);
        let thl = service(&stand_in);
        assert!(thl.data(&cube(), &asked()).await.is_err(), "{manner:?}");
        assert!(thl.dimensions(&cube()).await.is_err(), "{manner:?}");
    }
}
