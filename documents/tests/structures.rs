//! The table of the national structures (`documents/types`): every field of a structure has its place in the product, or
//! the reason why adult social work does not need it. With `NOSTE_SOSMETA` naming a folder of the published schemas the
//! table is compared with them; the schemas themselves are never part of this tree.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

/// File of the table, and the structure that its rows belong to when they do not say.
const TABLES: [(&str, &str); 3] = [
    ("needs-assessment.csv", "1012"),
    ("client-plan.csv", "15020"),
    ("client-notes.csv", ""),
];

/// What the tables must hold: 19011 is not in use.
const STRUCTURES: [&str; 13] = [
    "1012", "15020", "19003", "19004", "19005", "19006", "19007", "19008", "19009", "19010",
    "19012", "19013", "19014",
];

#[derive(Debug)]
struct Row {
    structure: String,
    field: String,
    place: String,
    note: String,
}

fn rows() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("types");
    let mut rows = Vec::new();
    for (file, structure) in TABLES {
        let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
        let names = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let cell = |name: &str| {
                let at = names.iter().position(|one| one == name);
                at.and_then(|at| record.get(at))
                    .unwrap_or("")
                    .trim()
                    .to_owned()
            };
            let own = cell("structure");
            rows.push(Row {
                structure: if own.is_empty() {
                    structure.to_owned()
                } else {
                    own
                },
                field: cell("field"),
                place: cell("where"),
                note: cell("note"),
            });
        }
    }
    rows
}

#[test]
fn every_field_has_its_place_or_the_reason_why_not() {
    let rows = rows();
    let wrong: Vec<_> = rows
        .iter()
        .filter(|row| row.field.is_empty() || (row.place.is_empty() && row.note.is_empty()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let mut seen = BTreeSet::new();
    for row in &rows {
        let new = seen.insert((&row.structure, &row.field));
        assert!(new, "twice: {} {}", row.structure, row.field);
    }
    let held: BTreeSet<&str> = rows.iter().map(|row| row.structure.as_str()).collect();
    assert_eq!(held, BTreeSet::from(STRUCTURES));
}

/// Paths of the fields of a schema as the national tables write them: what has a description of its own.
fn paths(node: &Value, path: &str, found: &mut BTreeSet<String>) {
    let Some(properties) = node.get("properties").and_then(Value::as_object) else {
        return;
    };
    for (name, field) in properties {
        let repeats = field.get("type").and_then(Value::as_str) == Some("array");
        let inner = if repeats { &field["items"] } else { field };
        let path = format!("{path}.{name}{}", if repeats { "[]" } else { "" });
        if field.get("sosmeta").is_some() || inner.get("sosmeta").is_some() {
            found.insert(path.clone());
        }
        paths(inner, &path, found);
    }
}

/// The newest schema of a structure in a folder.
fn schema(folder: &Path, structure: &str) -> Option<PathBuf> {
    let mut files: Vec<(Vec<u32>, PathBuf)> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let (_, day) = name
                .strip_suffix(".json")?
                .split_once(&format!(".1506.{structure}."))?;
            let day = day
                .split('.')
                .map(str::parse)
                .collect::<Result<_, _>>()
                .ok()?;
            Some((day, file.path()))
        })
        .collect();
    files.sort();
    files.pop().map(|(_, path)| path)
}

#[test]
fn the_table_holds_what_the_schemas_hold() {
    let Some(folder) = std::env::var_os("NOSTE_SOSMETA").map(PathBuf::from) else {
        return;
    };
    let folder = [folder.join("schemas"), folder]
        .into_iter()
        .find(|folder| folder.is_dir())
        .unwrap();
    let mut own: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows() {
        own.entry(row.structure).or_default().insert(row.field);
    }
    for structure in STRUCTURES {
        let file = schema(&folder, structure).unwrap_or_else(|| panic!("no schema of {structure}"));
        let text = std::fs::read_to_string(&file).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        let mut found = BTreeSet::new();
        for (root, node) in schema["properties"].as_object().unwrap() {
            paths(node, root, &mut found);
        }
        let ours = &own[structure];
        let lost: Vec<_> = found.difference(ours).collect();
        let extra: Vec<_> = ours.difference(&found).collect();
        assert!(
            lost.is_empty() && extra.is_empty(),
            "{structure}: not in the table {lost:?}, not in the schema {extra:?}"
        );
    }
}
