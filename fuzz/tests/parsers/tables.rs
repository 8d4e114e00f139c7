//! Tables and maps in JSON: read whole before any of it is used.

use fuzz::{Target, kind, outcome};
use kernel::chance::Chance;

use crate::{numbered, pick, text, told};

fn jsonstat(input: &[u8]) -> u64 {
    let read = opendata::jsonstat::Dataset::read(&text(input));
    let found = read.map(|table| {
        let cells = table.cells().filter(|cell| cell.value.is_some());
        (table.dimensions.len().min(4), cells.count().min(9))
    });
    outcome(found.map_err(|error| kind(&format!("{error:?}"))))
}

fn made_table(chance: &dyn Chance) -> Vec<u8> {
    let counts: Vec<u64> = (0..1 + chance.below(3)).map(|_| chance.below(4)).collect();
    let ids: Vec<String> = (0..counts.len())
        .map(|number| match chance.below(16) {
            0 => "\"A0\"".to_owned(),
            1 => pick(chance, &["7", "\"ä\"", "null"]).to_owned(),
            _ => format!("\"A{number}\""),
        })
        .collect();
    let dimensions: Vec<String> = counts
        .iter()
        .enumerate()
        .map(|(number, count)| format!("\"A{number}\":{}", dimension(*count, chance)))
        .collect();
    let cells: u64 = counts.iter().product();
    let value = |_| {
        pick(
            chance,
            &["1", "2.5", "null", "\"..\"", "\"3\"", "1e300", "-0", "true"],
        )
    };
    let values = match chance.below(4) {
        0 => format!("{{\"0\":1,\"{}\":{}}}", chance.below(9), value(0)),
        1 => format!("[{}]", vec!["1"; chance.below(9) as usize].join(",")),
        _ => format!("[{}]", (0..cells).map(value).collect::<Vec<_>>().join(",")),
    };
    let sizes: Vec<String> = counts.iter().map(u64::to_string).collect();
    let table = format!(
        "{{\"label\":\"V\",\"id\":[{}],\"size\":[{}],\"dimension\":{{{}}},\"value\":{values}}}",
        ids.join(","),
        sizes.join(","),
        dimensions.join(",")
    );
    match chance.below(3) {
        0 => format!("{{\"dataset\":{table}}}").into_bytes(),
        _ => table.into_bytes(),
    }
}

fn dimension(count: u64, chance: &dyn Chance) -> String {
    let codes: Vec<String> = (0..count)
        .map(|number| match chance.below(24) {
            0 => "\"0\"".to_owned(),
            _ => format!("\"{number}\""),
        })
        .collect();
    let index = match chance.below(3) {
        0 => format!("[{}]", codes.join(",")),
        1 => {
            let places: Vec<String> = codes
                .iter()
                .enumerate()
                .map(|(place, code)| format!("{code}:{}", place as u64 + chance.below(12) / 11))
                .collect();
            format!("{{{}}}", places.join(","))
        }
        _ => pick(chance, &["null", "[1]", "7"]).to_owned(),
    };
    format!("{{\"label\":\"A\",\"category\":{{\"index\":{index},\"label\":{{\"0\":\"a\"}}}}}}")
}

/// One dimension, named again and again.
fn jsonstat_of_one_name(length: usize) -> Vec<u8> {
    let count = length / 24;
    let list = |one: &str| vec![one; count].join(",");
    let items: Vec<String> = (0..count).map(|number| format!("\"{number}\"")).collect();
    format!(
        r#"{{"id":[{}],"size":[{}],"dimension":{{"A":{{"category":{{"index":[{}]}}}}}},"value":[]}}"#,
        list("\"A\""),
        list(&count.to_string()),
        items.join(",")
    )
    .into_bytes()
}

/// One dimension of so many categories, and a value for each.
fn jsonstat_of_many(length: usize) -> Vec<u8> {
    let count = length / 24;
    let list = |one: fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(",");
    format!(
        r#"{{"class":"dataset","version":"2.0","label":"V","id":["A"],"size":[{count}],"dimension":{{"A":{{"label":"A","category":{{"index":[{}],"label":{{{}}}}}}}}},"value":[{}]}}"#,
        list(|number| format!("\"{number}\"")),
        list(|number| format!("\"{number}\":\"a\"")),
        list(|_| "1".to_owned())
    )
    .into_bytes()
}

fn borders(input: &[u8]) -> u64 {
    let read = charts::borders::Borders::read(input);
    let missing = read.map(|borders| borders.missing("15").len());
    outcome(missing.map_err(|error| kind(&format!("{error:?}"))))
}

fn ring(chance: &dyn Chance) -> String {
    let odd = [
        "1e300", "-0", "null", "\"25\"", "62.5,1", "1e999", "[25,62]",
    ];
    let mut points: Vec<String> = (0..2 + chance.below(6))
        .map(|number| {
            let east = format!("2{number}.{}", chance.below(1_000));
            match chance.below(40) {
                0 => format!("[{east},{}]", pick(chance, &odd)),
                1 => format!("[62.{number},{east}]"),
                2 => "[]".to_owned(),
                _ => format!("[{east},6{}.5]", chance.below(9)),
            }
        })
        .collect();
    if chance.below(8) > 0 {
        points.push(points[0].clone());
    }
    format!("[{}]", points.join(","))
}

fn feature(chance: &dyn Chance) -> String {
    let own = kernel::place::municipalities_of("15");
    let code = match chance.below(12) {
        0 => pick(chance, &["\"999\"", "179", "\"1\"", "null", "\"abcd\""]).to_owned(),
        _ => format!("\"{}\"", own[chance.below(own.len() as u64) as usize].code),
    };
    let rings: Vec<String> = (0..1 + chance.below(3)).map(|_| ring(chance)).collect();
    let rings = format!("[{}]", rings.join(","));
    let geometry = match chance.below(3) {
        0 => format!("{{\"type\":\"Polygon\",\"coordinates\":{rings}}}"),
        1 => format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{rings},{rings}]}}"),
        _ => format!(
            "{{\"coordinates\":{rings},\"type\":\"{}\"}}",
            pick(chance, &["Polygon", "Polygon", "Point"])
        ),
    };
    let name = pick(chance, &["kunta", "natcode", "KUNTANRO", "code", "name"]);
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"a\":1,\"{name}\":{code}}},\"geometry\":{geometry}}}"
    )
}

fn made_borders(chance: &dyn Chance) -> Vec<u8> {
    let features: Vec<String> = (0..chance.below(5)).map(|_| feature(chance)).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    )
    .into_bytes()
}

const FEATURE: &str = "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"kunta\":\"179\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[";

fn border_of_many_points(length: usize) -> Vec<u8> {
    let front = format!("{FEATURE}[");
    numbered(
        length,
        &front,
        |number| format!("[2{}.5,62.{number}]", number % 9),
        "]]}}]}",
    )
}

fn border_of_many_rings(length: usize) -> Vec<u8> {
    numbered(
        length,
        FEATURE,
        |_| "[[25,62],[26,62],[26,63],[25,62]]".to_owned(),
        "]}}]}",
    )
}

fn border_of_many_properties(length: usize) -> Vec<u8> {
    let front = "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[25,62],[26,62],[26,63],[25,62]]]},\"properties\":{";
    numbered(
        length,
        front,
        |number| format!("\"p{number}\":1"),
        ",\"kunta\":\"179\"}}]}",
    )
}

fn disclosure_json(input: &[u8]) -> u64 {
    told(disclosure::Table::read(&text(input)))
}

/// Cells that add up in a chain: each total is the next equation's part.
fn table_of_sums(length: usize) -> Vec<u8> {
    let count = (length / 60).max(2);
    let cells: Vec<String> = (0..count)
        .flat_map(|number| {
            [
                format!("\"a{number}\":1"),
                format!("\"s{number}\":{}", number + 1),
            ]
        })
        .collect();
    let sums: Vec<String> = (1..count)
        .map(|number| {
            format!(
                "{{\"total\":\"s{number}\",\"parts\":[\"s{}\",\"a{number}\"]}}",
                number - 1
            )
        })
        .collect();
    format!(
        "{{\"threshold\":5,\"cells\":{{{}}},\"equations\":[{}],\"groups\":[],\"primary\":[],\"published\":[]}}",
        cells.join(","),
        sums.join(",")
    )
    .into_bytes()
}

fn table_of_cells(length: usize) -> Vec<u8> {
    numbered(
        length,
        "{\"threshold\":5,\"equations\":[],\"groups\":[],\"primary\":[],\"published\":[],\"cells\":{",
        |number| format!("\"c{number}\":7"),
        "}}",
    )
}

pub const TARGETS: &[Target] = &[
    Target::new(
        "jsonstat",
        jsonstat,
        &[
            "\"dimension\":",
            "\"id\":[",
            "\"size\":[",
            "\"value\":[",
            "\"category\":{",
            "\"index\":{",
            "\"label\":{",
            "null",
            "1e3",
        ],
    )
    .made(made_table)
    .growing(&[
        ("many categories", jsonstat_of_many),
        ("one dimension named again and again", jsonstat_of_one_name),
    ]),
    Target::new(
        "borders",
        borders,
        &[
            "\"type\":\"FeatureCollection\"",
            "\"features\":[",
            "\"coordinates\":[",
            "[25.1,62.2]",
            "\"MultiPolygon\"",
            "\"Polygon\"",
            "\"properties\":{",
            "\"kunta\":\"179\"",
            "1e308",
        ],
    )
    .made(made_borders)
    .growing(&[
        ("a border of many points", border_of_many_points),
        ("an area of many rings", border_of_many_rings),
        ("an area of many properties", border_of_many_properties),
    ]),
    Target::new(
        "disclosure_json",
        disclosure_json,
        &[
            "\"threshold\":",
            "\"cells\":{",
            "\"equations\":[",
            "\"total\":",
            "\"parts\":[",
            "\"groups\":",
            "\"primary\":",
            "\"published\":",
        ],
    )
    .growing(&[
        ("many cells", table_of_cells),
        ("a chain of sums", table_of_sums),
    ]),
];
