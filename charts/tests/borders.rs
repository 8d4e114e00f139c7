//! Borders of files from outside: what is taken, what is refused and with what words.

#[path = "common/xml.rs"]
mod xml;

use std::collections::BTreeMap;

use charts::borders::{Borders, LARGEST_FILE, MOST_AREAS, Refusal};
use charts::map::CountyMap;
use charts::{Heading, Id, Numbers, Scale, Trouble, Value, Words};
use kernel::language::Language;
use proptest::prelude::*;

fn square(code: &str, west: f64, south: f64, side: f64) -> String {
    let (east, north) = (west + side, south + side);
    format!(
        r#"{{"type":"Feature","id":"kunta4500k.{code}","properties":{{"kunta":"{code}","nimi":"x"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

fn refused(file: &str) -> Refusal {
    Borders::read(file.as_bytes()).expect_err("refused")
}

fn map(values: &[(&str, Value)]) -> CountyMap {
    CountyMap {
        heading: Heading {
            id: Id::new("kartta").expect("a good id"),
            title: "Kunnittain".to_owned(),
            description: "Eniten Jyväskylässä.".to_owned(),
        },
        county: "15".to_owned(),
        values: values
            .iter()
            .map(|(code, value)| ((*code).to_owned(), *value))
            .collect::<BTreeMap<_, _>>(),
        scale: Scale::new(&[5.0, 10.0], Numbers::whole(Language::Fi), "{0} tai yli").expect("good"),
        place_head: "Kunta".to_owned(),
        value_head: "Havaintoja".to_owned(),
        words: Words {
            missing: "ei tietoa".to_owned(),
            hidden: "alle 5".to_owned(),
        },
    }
}

#[test]
fn a_county_is_drawn_with_its_borders_and_its_neighbours_faintly() {
    // Jyväskylä and Muurame in metres, Jämsä as a number in degrees, and Orivesi of another county.
    let jamsa = square("182", 25.0, 61.8, 0.3).replace(r#""kunta":"182""#, r#""natcode":182"#);
    let file = collection(&[
        square("179", 430_000.0, 6_900_000.0, 20_000.0),
        square("500", 430_000.0, 6_890_000.0, 10_000.0),
        jamsa,
        square("562", 380_000.0, 6_860_000.0, 60_000.0),
    ]);
    let borders = Borders::read(file.as_bytes()).expect("reads");
    assert_eq!(borders.missing("15").len(), 19);
    let picture = map(&[("179", Value::Known(34.0)), ("182", Value::Hidden)])
        .borders(&borders)
        .expect("draws");
    let elements = xml::read(&picture.svg).expect("well formed");
    xml::inside_its_box(&elements).expect("in its box");
    xml::accessible_and_strict(&elements).expect("accessible");
    let classes: Vec<&str> = elements
        .iter()
        .filter(|element| element.tag == "path")
        .filter_map(|element| element.get("class"))
        .collect();
    assert_eq!(classes, ["c-land", "c-tile-3", "c-tile-0", "c-tile-none"]);
    assert!(picture.svg.contains("<title>Jyväskylä: 34</title>"));
    assert!(picture.svg.contains(">34<") && picture.svg.contains(">–<"));
    assert_eq!(picture.table.rows.len(), 22);
    // Borders of another county alone give no picture.
    let other =
        Borders::read(collection(&[square("562", 380_000.0, 6_860_000.0, 60_000.0)]).as_bytes())
            .expect("reads");
    assert_eq!(map(&[]).borders(&other), Err(Trouble::Empty));
}

#[test]
fn hostile_files_are_refused_with_their_reason() {
    let good = square("179", 25.5, 62.0, 0.5);
    let with = |from: &str, to: &str| collection(&[good.replacen(from, to, 1)]);
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let many: Vec<String> = (0..=MOST_AREAS).map(|_| good.clone()).collect();
    for (file, refusal) in [
        (String::new(), Refusal::NotJson { line: 1 }),
        ("[]".to_owned(), Refusal::NotACollection),
        ("{\"type\":\"Feature\"}".to_owned(), Refusal::NotACollection),
        (collection(&[]), Refusal::NotACollection),
        ("<kml/>".to_owned(), Refusal::NotJson { line: 1 }),
        (deep.clone(), Refusal::TooDeep),
        (with("\"x\"", &deep), Refusal::TooDeep),
        (with("25.5", "NaN"), Refusal::NotANumber),
        (with("25.5", "-Infinity"), Refusal::NotANumber),
        (with("25.5", "1e999"), Refusal::NotANumber),
        (with("25.5", "\"25.5\""), Refusal::NotANumber),
        (with("25.5", "null"), Refusal::NotANumber),
        (with("25.5", "-1e300"), Refusal::Elsewhere { area: 1 }),
        (with("[25.5,62]", "[]"), Refusal::NotAPolygon { area: 1 }),
        (with("Polygon", "Point"), Refusal::NotAPolygon { area: 1 }),
        (
            with("Polygon", "MultiPolygon"),
            Refusal::NotAPolygon { area: 1 },
        ),
        (with("\"kunta\"", "\"nimi2\""), Refusal::NoCode { area: 1 }),
        (with("\"179\"", "null"), Refusal::NoCode { area: 1 }),
        // Ids that the file made itself, and codes of what there is no more.
        (
            with("\"179\"", "\"kunta-1\""),
            Refusal::UnknownMunicipality { area: 1 },
        ),
        (
            with("\"179\"", "\"<script>\""),
            Refusal::UnknownMunicipality { area: 1 },
        ),
        (
            with("\"179\"", "179.5"),
            Refusal::UnknownMunicipality { area: 1 },
        ),
        (
            with("\"179\"", "-17"),
            Refusal::UnknownMunicipality { area: 1 },
        ),
        (
            with("\"179\"", "\"999\""),
            Refusal::UnknownMunicipality { area: 1 },
        ),
        (
            with("\"179\"", "\"588\""),
            Refusal::UnknownMunicipality { area: 1 },
        ),
        (
            collection(&[good.clone(), good.clone()]),
            Refusal::Twice { code: "179" },
        ),
        (
            collection(&[square("179", 62.0, 25.5, 0.5)]),
            Refusal::Swapped { area: 1 },
        ),
        (
            collection(&[square("179", 2_800_000.0, 8_900_000.0, 10.0)]),
            Refusal::Elsewhere { area: 1 },
        ),
        (collection(&many), Refusal::TooManyAreas),
        (
            format!("{}{}", " ".repeat(LARGEST_FILE), collection(&[])),
            Refusal::TooLarge {
                found: LARGEST_FILE + 42,
            },
        ),
    ] {
        let found = refused(&file);
        assert_eq!(found, refusal, "{}", &file[..file.len().min(300)]);
    }
    let ring = "[25.5,62.0],".repeat(500_001);
    let many = with("[25.5,62]", ring.trim_end_matches(','));
    assert_eq!(refused(&many), Refusal::TooManyPoints);
}

#[test]
fn every_refusal_has_its_words_in_three_languages() {
    let all = [
        Refusal::TooLarge { found: 1 },
        Refusal::TooDeep,
        Refusal::NotANumber,
        Refusal::NotJson { line: 1 },
        Refusal::NotACollection,
        Refusal::TooManyAreas,
        Refusal::TooManyPoints,
        Refusal::NotAPolygon { area: 1 },
        Refusal::NoCode { area: 1 },
        Refusal::UnknownMunicipality { area: 1 },
        Refusal::Twice { code: "179" },
        Refusal::Swapped { area: 1 },
        Refusal::Elsewhere { area: 1 },
    ];
    for language in [Language::Fi, Language::Sv, Language::En] {
        for refusal in &all {
            let line = charts::messages(language)
                .lines()
                .find(|line| line.starts_with(&format!("{} = ", refusal.key())))
                .unwrap_or_else(|| panic!("{} in {language:?}", refusal.key()));
            assert_eq!(
                line.contains("{ $number }"),
                !refusal.number().is_empty(),
                "{line}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_file_makes_the_reader_panic(
        text in any::<String>(), at in 0..400_usize, put in "[\\[\\]{}0-9eE.,:\"NaI\\\\-]{0,6}", cut in 0..400_usize,
    ) {
        let _ = Borders::read(text.as_bytes());
        let mut bent = collection(&[square("179", 25.5, 62.0, 0.5)]);
        let at = at.min(bent.len());
        let cut = cut.min(bent.len());
        bent.insert_str(at, &put);
        let _ = Borders::read(bent.as_bytes());
        let _ = Borders::read(&bent.as_bytes()[..cut]);
    }

    #[test]
    fn any_rings_are_drawn_in_their_box(
        ring in prop::collection::vec((20.0..31.0_f64, 59.0..70.0_f64), 3..60),
        other in prop::collection::vec((20.0..31.0_f64, 59.0..70.0_f64), 3..60),
    ) {
        let written = |ring: &[(f64, f64)]| {
            let points: Vec<String> = ring.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
            format!("[[{}]]", points.join(","))
        };
        let feature = |code: &str, ring: &[(f64, f64)]| format!(
            r#"{{"type":"Feature","properties":{{"kunta":"{code}"}},"geometry":{{"type":"Polygon","coordinates":{}}}}}"#,
            written(ring)
        );
        let file = collection(&[feature("179", &ring), feature("562", &other)]);
        let borders = Borders::read(file.as_bytes()).expect("reads");
        let picture = map(&[("179", Value::Known(7.0))]).borders(&borders).expect("draws");
        let elements = xml::read(&picture.svg).map_err(TestCaseError::fail)?;
        xml::inside_its_box(&elements).map_err(TestCaseError::fail)?;
    }
}
