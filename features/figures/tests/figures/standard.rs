//! Age-standardised figures from end to end: an answer of StatFin by single years of age, the county's question of docs/, clients of known
//! ages, a release, and what its page tells, against what `tools/figures_check.py` works out of the same numbers by scipy.

use std::collections::BTreeMap;
use std::path::Path;

use figures::ages::adults;
use figures::dictionary::find;
use figures::population::Populations;
use figures::store::releases::newest;
use figures::view::{Told, View, Whose};
use figures::{refresh, seal_key};
use kernel::place::municipalities_of;
use kernel::time::Date;
use sample::AINO;
use serde_json::{Value, json};
use statistics::ask::Questions;
use statistics::cubes;
use testkit::stores;

use crate::county::{County, open, rooms};

/// The county's question, as it is handed out.
const ASK: &str = include_str!("../../../../docs/population-by-age.toml");

/// So many inhabitants of one year of age: the same rule stands in `tools/figures_check.py`.
fn people(municipality: u32, age: u32) -> u32 {
    100 + (age * 37 + municipality * 13) % 90
}

/// An answer in StatFin's shape.
fn answer() -> Value {
    let areas: Vec<String> = municipalities_of("15")
        .iter()
        .map(|one| format!("KU{}", one.code))
        .collect();
    let ages: Vec<String> = (0..112)
        .map(|age| format!("{age:03}"))
        .chain(["112-".to_owned()])
        .collect();
    let values: Vec<u32> = municipalities_of("15")
        .iter()
        .flat_map(|one| {
            let code = one.code.parse().unwrap();
            (0..=112).map(move |age| people(code, age))
        })
        .collect();
    let one = |code: &str| json!({"category": {"index": [code]}});
    json!({
        "version": "2.0", "class": "dataset", "label": "Väestö", "updated": "2026-03-27T06:00:00Z",
        "id": ["Alue", "Vuosi", "Sukupuoli", "Ikä", "Tiedot"], "size": [areas.len(), 1, 1, ages.len(), 1],
        "dimension": {
            "Alue": {"category": {"index": areas}}, "Vuosi": one("2025"), "Sukupuoli": one("SSS"),
            "Ikä": {"category": {"index": ages}}, "Tiedot": one("vaesto"),
        },
        "role": {"time": ["Vuosi"]},
        "value": values,
    })
}

fn import(county: &County, answer: &Value) -> Vec<Result<(), String>> {
    let questions = Questions::read(ASK).unwrap();
    let text = answer.to_string();
    let import = |series| {
        cubes::import(
            &county.sample.store,
            series,
            Path::new("vaesto.json"),
            &text,
        )
    };
    questions
        .series
        .iter()
        .map(|series| import(series).unwrap().map(|_| ()))
        .collect()
}

/// Clients by municipality and band: the same numbers stand in `tools/figures_check.py`.
const CLIENTS: [(&str, [u32; 4]); 2] = [("179", [12, 25, 31, 14]), ("182", [11, 13, 12, 15])];
const BORN: [i16; 4] = [2000, 1990, 1970, 1950];

fn furnished(county: &County) {
    for (municipality, counts) in CLIENTS {
        for (count, born) in counts.into_iter().zip(BORN) {
            for _ in 0..count {
                county.client(Some(municipality), Date::constant(born, 5, 4));
            }
        }
    }
}

/// What scipy says: crude and standardised, by municipality and for the county.
fn expected() -> BTreeMap<(String, String), [f64; 3]> {
    include_str!("../worked.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let number = |at: usize| fields[at].parse::<f64>().unwrap();
            (
                (fields[0].to_owned(), fields[1].to_owned()),
                [number(2), number(3), number(4)],
            )
        })
        .collect()
}

#[test]
fn crude_and_standardised_are_those_of_an_independent_program() {
    for one in stores(&rooms()) {
        let county = open(one);
        for kept in import(&county, &answer()) {
            kept.unwrap();
        }
        furnished(&county);
        refresh(&figures::Works::of(&county.sample.house)).unwrap();
        let key = seal_key(&county.sample.house.secrets);
        let (releases, populations) = county
            .sample
            .store
            .read_blocking(move |tx| {
                let releases = newest(tx, &key, "clients-open", 1)?;
                Ok::<_, figures::FiguresError>((releases, Populations::read(tx, "15")?))
            })
            .unwrap();
        let release = releases.iter().find(|one| one.meta.year == 2025).unwrap();
        let view = View {
            definition: find("clients-open").unwrap(),
            release,
            populations: &populations,
            opened: None,
        };
        let expected = expected();
        let mut compared = 0;
        let mut compare = |area: &str, told: &Told| {
            let [value, low, high] = expected[&(area.to_owned(), "standardised".to_owned())];
            let own = told.standardised.unwrap_or_else(|| panic!("{area}"));
            assert!((own.value - value).abs() < 1e-9 * value, "{area}: {own:?}");
            for (own, expected) in [(own.low, low), (own.high, high)] {
                // Byar's approximation is within this of the exact interval.
                assert!((own - expected).abs() < 2e-3 * expected, "{area}: {own}");
            }
            let crude = told.rate.unwrap().value;
            let events = f64::from(
                CLIENTS
                    .iter()
                    .filter(|one| area == "15" || one.0 == area)
                    .flat_map(|one| one.1)
                    .sum::<u32>(),
            );
            let people = u32::try_from(told.people.unwrap().people).unwrap();
            assert!((crude - events * 1000.0 / f64::from(people)).abs() < 1e-9);
            compared += 1;
        };
        compare("15", &view.county("*"));
        for told in view.areas() {
            if let Whose::Municipality(code) = &told.whose
                && CLIENTS.iter().any(|one| one.0 == code)
            {
                compare(code, &told);
            }
        }
        assert_eq!(compared, 3);
    }
}

#[test]
fn single_years_of_age_make_the_bands_and_a_missing_one_makes_none() {
    for one in stores(&rooms()) {
        let county = open(one);
        for kept in import(&county, &answer()) {
            kept.unwrap();
        }
        let read = |county: &County| {
            let read = county
                .sample
                .store
                .read_blocking(|tx| Populations::read(tx, "15"));
            read.unwrap()
        };
        let populations = read(&county);
        assert!(populations.knows_ages());
        let band = populations.people_of_age("45-64", &["179"], 2025).unwrap();
        assert_eq!(
            (band.people, band.year),
            ((45..65).map(|age| u64::from(people(179, age))).sum(), 2025)
        );
        assert_eq!(adults().count(), 4);

        // A year of age that is not told: the band of it has no value then, the others have.
        let county = open(testkit::sqlite_store(&rooms()));
        let mut gap = answer();
        gap["value"][50] = Value::Null;
        for kept in import(&county, &gap) {
            kept.unwrap();
        }
        let populations = read(&county);
        assert_eq!(populations.people_of_age("45-64", &[], 2025), None);
        assert!(populations.people_of_age("30-44", &[], 2025).is_some());
        assert!(!populations.knows_ages());

        // An answer without an age that the question names is refused whole.
        let county = open(testkit::sqlite_store(&rooms()));
        let mut other = answer();
        other["dimension"]["Ikä"]["category"]["index"][20] = json!("20-24");
        let kept = import(&county, &other);
        assert_eq!(
            kept[0],
            Err("Ikä lacks 020, which is to be added up".to_owned())
        );
        assert!(!read(&county).knows_ages());
    }
}

#[tokio::test]
async fn the_page_names_method_and_standard_or_the_command_that_is_missing() {
    let county = open(testkit::sqlite_store(&rooms()));
    furnished(&county);
    refresh(&figures::Works::of(&county.sample.house)).unwrap();
    let cookie = county.sample.enter(AINO).await;
    let page = county
        .sample
        .get("/figures/clients-open?year=2025", &cookie)
        .await
        .body;
    assert!(
        page.contains("noste statistics fetch --source statfin --ask"),
        "{page}"
    );
    for kept in import(&county, &answer()) {
        kept.unwrap();
    }
    let page = county
        .sample
        .get("/figures/clients-open?year=2025", &cookie)
        .await
        .body;
    for text in [
        "Euroopan vakioväestö 2013",
        "Dobsonin",
        "Suora vakiointi",
        "Ikävakioitu, 1",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("noste statistics fetch"), "{page}");
    // Crude and standardised stand beside each other in the row of a municipality.
    let row = page.split("rowheader\">Jyväskylä").nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert_eq!(row.matches(" / 1 000 (").count(), 2, "{row}");
}
