//! Borders: a file is read whole before it takes the place of the one before.

use std::path::Path;

use serde_json::json;
use statistics::MIGRATIONS;
use statistics::borders::{ATTRIBUTION, import};
use store::Query;
use testkit::{TestStore, for_each_engine};

/// A square of some kilometres for each municipality of Keski-Suomi, beside each other.
pub fn squares(codes: &[&str]) -> String {
    let features: Vec<_> = codes
        .iter()
        .enumerate()
        .map(|(at, code)| {
            let east = 400_000.0 + 10_000.0 * at as f64;
            let (north, size) = (6_900_000.0, 9_000.0);
            json!({"type": "Feature", "properties": {"kunta": code}, "geometry": {"type": "Polygon", "coordinates": [[
                [east, north], [east + size, north], [east + size, north + size], [east, north + size], [east, north],
            ]]}})
        })
        .collect();
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

pub fn keski_suomi() -> Vec<&'static str> {
    kernel::place::municipalities_of("15")
        .iter()
        .map(|one| one.code)
        .collect()
}

fn stored(store: &TestStore) -> Vec<(String, String, Vec<u8>)> {
    store
        .read_blocking(|tx| {
            tx.query(
                "select file_name, attribution, file from statistic_borders",
                &[],
            )?
            .iter()
            .map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .collect::<Result<Vec<_>, store::StoreError>>()
        })
        .unwrap()
}

#[test]
fn borders_are_kept_once_and_a_refused_file_leaves_them() {
    for_each_engine(MIGRATIONS, |store| {
        let (all, file) = (keski_suomi(), Path::new("/tmp/rajat.geojson"));
        let keep = |text: &str, by: Option<&str>| {
            import(&store.store(), "15", file, text.as_bytes(), by).unwrap()
        };
        assert_eq!(keep(&squares(&all), None), Ok(Vec::new()));
        let before = stored(store);
        assert_eq!(
            (before[0].0.as_str(), before[0].1.as_str()),
            ("rajat.geojson", ATTRIBUTION)
        );
        let whole = squares(&all);
        for (text, says) in [
            (&whole[..whole.len() / 2], "not JSON"),
            ("{\"type\": \"Point\"}", "not a GeoJSON collection"),
            (&*squares(&["179", "179"]), "twice"),
            (
                &*squares(&["179", "000"]),
                "names a municipality that there is not",
            ),
            (&*squares(&["091"]), "no municipality of county 15"),
            (&*" ".repeat(13_000_000), "bytes"),
        ] {
            let why = keep(text, None).unwrap_err();
            assert!(why.contains(says), "{says}: {why}");
            assert_eq!(stored(store), before, "{says}");
        }
        // Another file takes its place, and what it lacks is told.
        let lacks = keep(&squares(&all[1..]), Some("Maanmittauslaitos, CC BY 4.0"));
        assert_eq!(lacks, Ok(vec![all[0]]));
        let after = stored(store);
        assert_eq!(
            (after.len(), after[0].1.as_str()),
            (1, "Maanmittauslaitos, CC BY 4.0")
        );
    });
}
