//! StatFin: a question in the stored real form against a table in the documented form.

use axum::http::{Method, StatusCode};
use opendata::jsonstat::{Dataset, Role};
use opendata::pxweb::{Choice, Limits, Pxweb, Query, Selection, Table};
use opendata::{Fault, Settings};
use serde_json::{Value, json};

use crate::stand_in::{Manner, STATFIN_QUERY, StandIn};

fn metadata() -> Value {
    let years: Vec<String> = (2015..=2024).map(|year| year.to_string()).collect();
    let tenths: Vec<String> = (1..=10).map(|tenth| tenth.to_string()).collect();
    json!({"title": "Tulot muuttujina Tiedot, Vuosi, Tulokymmenys", "variables": [
        {"code": "Tiedot", "text": "Tiedot", "values": ["bruttotu", "kaytettu"], "valueTexts": ["Bruttotulot", "Käytettävissä"]},
        {"code": "Vuosi", "text": "Vuosi", "values": years, "valueTexts": years, "time": true},
        {"code": "Tulokymmenys", "text": "Tulokymmenys", "values": tenths, "valueTexts": tenths, "elimination": true},
    ]})
}

fn answer(query: &Value) -> Value {
    let chosen = |place: usize| -> Vec<String> {
        serde_json::from_value(query["query"][place]["selection"]["values"].clone()).unwrap()
    };
    let sizes: Vec<usize> = (0..3).map(|place| chosen(place).len()).collect();
    let cells = sizes.iter().product::<usize>();
    let mut dimension = serde_json::Map::new();
    for (place, id) in ["Tiedot", "Vuosi", "Tulokymmenys"].iter().enumerate() {
        let index: serde_json::Map<String, Value> = chosen(place)
            .into_iter()
            .enumerate()
            .map(|(at, code)| (code, at.into()))
            .collect();
        dimension.insert(
            (*id).to_owned(),
            json!({"label": id, "category": {"index": index}}),
        );
    }
    json!({
        "version": "2.0", "class": "dataset", "label": "Tulot", "updated": "2025-12-18T06:00:00Z",
        "id": ["Tiedot", "Vuosi", "Tulokymmenys"], "size": sizes, "dimension": dimension,
        "role": {"time": ["Vuosi"], "metric": ["Tiedot"]},
        "value": (0..cells).map(|place| if place == 3 { Value::Null } else { json!(place as f64 + 0.5) }).collect::<Vec<_>>(),
    })
}

pub fn right(
    method: &Method,
    path: &str,
    query: &str,
    sent: &[u8],
) -> Result<String, (StatusCode, &'static str)> {
    if query == "config" {
        return Ok(r#"{"maxValues": 100000, "maxCells": 120000, "maxCalls": 30, "timeWindow": 10, "CORS": true}"#.to_owned());
    }
    match (method, path.rsplit('/').next()) {
        (&Method::GET, Some("tjt")) if query.starts_with("query=") => Ok(r#"[{"id": "128c.px", "path": "/tjt", "title": "Tulot", "score": 1.0}]"#.to_owned()),
        (&Method::GET, Some("tjt")) => Ok(r#"[{"id": "128c.px", "type": "t", "text": "Tulot", "updated": "2025-12-18T08:00:00"}]"#.to_owned()),
        (&Method::GET, Some("128c.px")) => Ok(metadata().to_string()),
        (&Method::POST, Some("128c.px")) => {
            let query: Value = serde_json::from_slice(sent).map_err(|_| (StatusCode::BAD_REQUEST, "no JSON"))?;
            if query["response"]["format"] != "json-stat2" {
                return Err((StatusCode::BAD_REQUEST, "format"));
            }
            Ok(answer(&query).to_string())
        }
        _ => Err((StatusCode::NOT_FOUND, "no such table")),
    }
}

fn service_settings(service: &StandIn) -> Settings {
    Settings {
        base: format!("{}/PxWeb/api/v1/fi", service.origin),
        ..service.settings()
    }
}

fn stored() -> Query {
    serde_json::from_str(STATFIN_QUERY).unwrap()
}

const TABLE: &str = "StatFin/tjt/128c.px";

#[tokio::test]
async fn a_question_in_the_stored_form() {
    let service = StandIn::start().await;
    let statfin = Pxweb::new(service_settings(&service)).unwrap();
    let folder = statfin.folder("StatFin/tjt").await.unwrap();
    assert_eq!(
        (
            folder[0].id.as_str(),
            folder[0].kind.as_str(),
            folder[0].text.as_str()
        ),
        ("128c.px", "t", "Tulot")
    );
    assert_eq!(
        statfin.find("StatFin/tjt", "tulo").await.unwrap()[0].text,
        "Tulot"
    );
    let limits = statfin.limits().await.unwrap();
    assert_eq!(
        (limits.max_cells, limits.time_window),
        (Some(120_000), Some(10))
    );
    let table = statfin.table(TABLE).await.unwrap();
    let data = statfin
        .data(TABLE, &table, &stored(), limits)
        .await
        .unwrap();
    assert_eq!(data.values.len(), 40);
    let cells: Vec<_> = data.cells().collect();
    assert_eq!(cells[0].codes, ["bruttotu", "2020", "1"]);
    assert_eq!(
        (cells[3].codes.clone(), cells[3].value),
        (vec!["bruttotu", "2020", "4"], None)
    );
    // The last dimension runs fastest.
    assert_eq!(cells[25].codes, ["bruttotu", "2022", "6"]);
    assert_eq!(cells[25].value.unwrap().text(), "25.5");
    assert_eq!(data.dimension("Vuosi").unwrap().1.role, Role::Time);
}

#[tokio::test]
async fn codes_that_were_changed_are_found_before_anything_is_sent() {
    let service = StandIn::start().await;
    let statfin = Pxweb::new(service_settings(&service)).unwrap();
    let table = statfin.table(TABLE).await.unwrap();
    let before = service.asked().len();
    let mut query = stored();
    query.query[0].selection.values = vec!["tjt_bruttotu".to_owned()];
    let error = statfin
        .data(TABLE, &table, &query, Limits::default())
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("there is no value tjt_bruttotu; there are bruttotu, kaytettu"),
        "{error}"
    );
    assert_eq!(service.asked().len(), before);
}

#[test]
fn questions_held_against_the_table() {
    let table: Table = serde_json::from_value(metadata()).unwrap();
    let choice = |code: &str, filter: &str, values: &[&str]| Choice {
        code: code.to_owned(),
        selection: Selection {
            filter: filter.to_owned(),
            values: values.iter().map(|&value| value.to_owned()).collect(),
        },
    };
    for (name, choices, cells) in [
        ("the stored form", stored().query, Ok(40)),
        (
            "a variable that can be summed over is left out",
            vec![
                choice("Tiedot", "item", &["bruttotu"]),
                choice("Vuosi", "item", &["2020"]),
            ],
            Ok(1),
        ),
        (
            "one that cannot comes whole",
            vec![choice("Tiedot", "item", &["bruttotu"])],
            Ok(10),
        ),
        (
            "the newest three",
            vec![
                choice("Vuosi", "top", &["3"]),
                choice("Tiedot", "item", &["kaytettu"]),
            ],
            Ok(3),
        ),
        (
            "all",
            vec![
                choice("Tiedot", "all", &["*"]),
                choice("Vuosi", "all", &["*"]),
                choice("Tulokymmenys", "all", &["*"]),
            ],
            Ok(200),
        ),
        (
            "a grouping",
            vec![
                choice("Tulokymmenys", "agg:puolikkaat.agg", &["a", "b"]),
                choice("Tiedot", "item", &["kaytettu"]),
            ],
            Ok(20),
        ),
        (
            "a variable that is not there",
            vec![choice("Alue", "item", &["KU091"])],
            Err("no variable Alue"),
        ),
        (
            "a name where a code is wanted",
            vec![choice("tiedot", "item", &["bruttotu"])],
            Err("no variable tiedot"),
        ),
        (
            "a value that is not there",
            vec![choice("Vuosi", "item", &["1999"])],
            Err("no value 1999"),
        ),
        (
            "twice the same",
            vec![
                choice("Vuosi", "item", &["2020"]),
                choice("Vuosi", "item", &["2021"]),
            ],
            Err("chosen twice"),
        ),
        (
            "no value",
            vec![choice("Vuosi", "item", &[])],
            Err("no value is chosen"),
        ),
        (
            "no such filter",
            vec![choice("Vuosi", "vs", &["2020"])],
            Err("no filter vs"),
        ),
        (
            "no number",
            vec![choice("Vuosi", "top", &["x"])],
            Err("not a number"),
        ),
    ] {
        let got = Query { query: choices }.check(&table, Limits::default());
        match (got, cells) {
            (Ok(count), Ok(expected)) => assert_eq!(count, expected, "{name}"),
            (Err(fault), Err(why)) => assert!(fault.to_string().contains(why), "{name}: {fault}"),
            (got, _) => panic!("{name}: {got:?}"),
        }
    }
    let few = Limits {
        max_cells: Some(39),
        ..Limits::default()
    };
    assert!(matches!(
        stored().check(&table, few),
        Err(Fault::Question(_))
    ));
}

#[tokio::test]
async fn faults_of_the_service() {
    for manner in [
        Manner::BrokenOff,
        Manner::Half,
        Manner::Slow,
        Manner::Elsewhere,
        Manner::Onward,
        Manner::Oversized,
        Manner::Page,
        Manner::Error,
        Manner::Empty,
    ] {
        let service = StandIn::start().await;
        let statfin = Pxweb::new(service_settings(&service)).unwrap();
        let table = statfin.table(TABLE).await.unwrap();
        service.behave(manner);
        // A question that is sent is not repeated elsewhere, not even within the service.
        assert!(
            statfin
                .data(TABLE, &table, &stored(), Limits::default())
                .await
                .is_err(),
            "{manner:?}"
        );
        assert!(statfin.table(TABLE).await.is_err(), "{manner:?}");
    }
}

#[test]
fn tables_in_every_form_and_in_none() {
    let form = |index: Value, value: Value| {
        json!({"class": "dataset", "id": ["a"], "size": [2], "dimension": {"a": {"category": {"index": index, "label": {"x": "Yksi"}}}}, "value": value}).to_string()
    };
    let list = json!(["x", "y"]);
    for (name, index, value, values) in [
        (
            "lists",
            list.clone(),
            json!([1, 2.5]),
            [Some("1"), Some("2.5")],
        ),
        (
            "places",
            json!({"y": 1, "x": 0}),
            json!([1, null]),
            [Some("1"), None],
        ),
        (
            "sparse",
            list.clone(),
            json!({"1": "33"}),
            [None, Some("33")],
        ),
        (
            "marks",
            list.clone(),
            json!(["..", "3,5"]),
            [None, Some("3.5")],
        ),
        ("nothing", list.clone(), json!({}), [None, None]),
    ] {
        let data = Dataset::read(&form(index, value)).unwrap();
        let got: Vec<_> = data
            .values
            .iter()
            .map(|one| one.as_ref().map(opendata::Figure::text))
            .collect();
        assert_eq!(got, values, "{name}");
        assert_eq!(
            data.dimensions[0].items,
            [
                ("x".to_owned(), "Yksi".to_owned()),
                ("y".to_owned(), "y".to_owned())
            ]
        );
    }
    for (name, text) in [
        ("too few values", form(list.clone(), json!([1]))),
        ("a value outside", form(list.clone(), json!({"2": 1}))),
        ("a place that is none", form(list.clone(), json!({"-1": 1}))),
        ("a word", form(list.clone(), json!(["many", 1]))),
        ("no values", form(list.clone(), Value::Null)),
        (
            "two codes in one place",
            form(json!({"x": 0, "y": 0}), json!([1, 2])),
        ),
        (
            "a place too far",
            form(json!({"x": 0, "y": 7}), json!([1, 2])),
        ),
        ("another size", form(json!(["x"]), json!([1]))),
        ("a collection", json!({"class": "collection"}).to_string()),
        ("no table", "[]".to_owned()),
        ("cut", form(list, json!([1, 2]))[..40].to_owned()),
    ] {
        assert!(Dataset::read(&text).is_err(), "{name}");
    }
    // Dimensions that multiply beyond what a machine holds.
    let index: Vec<String> = (0..2_000).map(|code| code.to_string()).collect();
    let one = json!({"category": {"index": index}});
    let huge = json!({"id": ["a", "b"], "size": [2000, 2000], "dimension": {"a": one, "b": one}, "value": {}});
    assert!(
        Dataset::read(&huge.to_string())
            .unwrap_err()
            .to_string()
            .contains("cells")
    );
}
