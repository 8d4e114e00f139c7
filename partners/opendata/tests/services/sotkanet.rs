//! Sotkanet: its real examples, as tables of what is read from them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use opendata::region::{self, Known, Regions};
use opendata::sotkanet::{
    Question, Sotkanet, read_csv, read_indicator, read_indicators, read_regions, settle,
};
use opendata::{Fault, Figure, Gender};

use crate::stand_in::{self, DATA_CSV, DATA_JSON, REGIONS, REGIONS_CSV, StandIn};

pub fn question() -> Question {
    Question {
        indicator: 127,
        years: vec![2009],
        genders: vec![Gender::Total],
    }
}

/// The list of 2016 as `/regions` gives it, with the counties that came later, old numbers and new.
fn all_regions() -> Regions {
    let mut list: Vec<serde_json::Value> = Vec::new();
    for record in csv::Reader::from_reader(REGIONS_CSV.as_bytes()).records() {
        let record = record.unwrap();
        let members: Vec<u32> = record[6]
            .split_whitespace()
            .map(|id| id.parse().unwrap())
            .collect();
        list.push(serde_json::json!({
            "id": record[0].parse::<u32>().unwrap(), "code": record[1], "category": record[2],
            "title": {"fi": record[3], "sv": record[4], "en": record[5]}, "memberOf": members,
        }));
    }
    for (id, code) in [(965, "15"), (885, "15"), (966, "02"), (886, "02")] {
        list.push(serde_json::json!({"id": id, "code": code, "category": "HYVINVOINTIALUE", "title": {"fi": "x"}}));
    }
    read_regions(&serde_json::to_string(&list).unwrap()).unwrap()
}

#[test]
fn every_real_region_has_a_code_as_wide_as_its_category() {
    let regions = all_regions();
    assert_eq!(regions.unreadable, []);
    assert_eq!(regions.len(), 511 + 4);
    for region in regions.iter() {
        if let Some(width) = region::width(&region.place.category) {
            assert_eq!(region.place.code.len(), width, "{region:?}");
        }
    }
    // The same code is two areas.
    let with_code = |code: &str| -> BTreeSet<String> {
        let all = regions
            .iter()
            .filter(|one| one.place.code == code && !one.retired);
        all.map(|one| one.place.category.clone()).collect()
    };
    assert!(with_code("02").contains("HYVINVOINTIALUE") && with_code("02").contains("MAAKUNTA"));
    let Known::Here(country) = regions.find(658) else {
        panic!("the whole country is 658");
    };
    assert_eq!(country.place.category, region::COUNTRY);
    for (id, here) in [(965, true), (885, false), (966, true), (886, false)] {
        assert_eq!(matches!(regions.find(id), Known::Here(_)), here, "{id}");
    }
}

#[test]
fn the_stored_answer_whole() {
    let rows = read_csv(DATA_CSV).unwrap();
    assert_eq!(rows.len(), 466);
    assert!(rows.iter().all(|row| row.absolute.is_none()));
    let answer = settle(rows, &all_regions());
    // Three numbers of the real answer are in no list.
    assert_eq!(answer.unknown, BTreeSet::from([455, 456, 730]));
    assert_eq!(
        (answer.values.len(), answer.retired, answer.empty),
        (463, 0, 0)
    );
    for (category, code, value) in [
        ("KUNTA", "049", 244_330),
        ("KUNTA", "091", 583_350),
        ("MAA", "658", 5_351_427),
    ] {
        let found: Vec<_> = answer
            .values
            .iter()
            .filter(|one| {
                one.place.category == category && (one.place.code == code || category == "MAA")
            })
            .collect();
        assert_eq!(found.len(), 1, "{category} {code}");
        assert_eq!(found[0].value.whole(), Some(value), "{category} {code}");
    }
}

#[test]
fn json_and_csv_tell_the_same() {
    let csv = read_csv(DATA_CSV).unwrap();
    let json: Vec<opendata::sotkanet::Row> = serde_json::from_str(DATA_JSON).unwrap();
    assert_eq!(json, csv[..12]);
}

#[test]
fn values_of_two_kinds_and_of_every_spelling() {
    let head = "indicator;region;year;gender;primary value;absolute value";
    for (line, value, absolute) in [
        ("5;966;2003;total;5.8;5636", Some("5.8"), Some("5636")),
        ("5;966;2003;total;5,8;5636", Some("5.8"), Some("5636")),
        ("5;966;2003;total;5,8;", Some("5.8"), None),
        ("5;966;2003;total;;", None, None),
        ("5;966;2003;female; 6 ;7", Some("6"), Some("7")),
    ] {
        for end in ["\n", "\r\n"] {
            let rows = read_csv(&format!("{head}{end}{line}{end}")).unwrap();
            let [row] = &rows[..] else { panic!("{line}") };
            assert_eq!(row.value.as_ref().map(Figure::text), value, "{line}");
            assert_eq!(row.absolute.as_ref().map(Figure::text), absolute, "{line}");
        }
    }
    // The mark of some spreadsheets is no part of the first column.
    assert_eq!(
        read_csv(&format!("\u{feff}{head}\n5;1;2003;total;1;\n"))
            .unwrap()
            .len(),
        1
    );
    for (line, why) in [
        ("5;966;2003,2004;total;5.8;", "year"),
        ("5;x;2003;total;5.8;", "region"),
        ("5;966;2003;all;5.8;", "gender"),
        ("5;966;2003;total;1 000;", "not a number"),
        ("5;966;2003;total", "line: 2"),
    ] {
        let told = read_csv(&format!("{head}\n{line}\n"))
            .unwrap_err()
            .to_string();
        assert!(told.contains(why), "{line}: {told}");
    }
    assert!(read_csv("region;year\n1;2\n").is_err());
    assert!(read_csv("").is_err());
}

#[test]
fn real_rows_of_counties_and_regions_keep_both_values() {
    let example = include_str!("../examples/data_5_3090_sample_rows.csv");
    let mut rows = 0;
    for record in csv::Reader::from_reader(example.as_bytes()).records() {
        let record = record.unwrap();
        let line = format!(
            "{};{};{};{};{};{}",
            &record[0], &record[1], &record[2], &record[3], &record[4], &record[5]
        );
        let text = format!("indicator;region;year;gender;primary value;absolute value\n{line}\n");
        let row = &read_csv(&text).unwrap()[0];
        assert_eq!(row.value.as_ref().unwrap().text(), &record[4]);
        assert_eq!(row.absolute.as_ref().unwrap().text(), &record[5]);
        // Category and code as the file has them are an area.
        region::Place::new(&record[6], &record[7]).unwrap();
        rows += 1;
    }
    assert_eq!(rows, 12);
}

#[test]
fn lists_and_metadata() {
    let list = read_indicators(stand_in::INDICATORS).unwrap();
    assert_eq!(list.len(), 7);
    let five = list.iter().find(|one| one.id == 5).unwrap();
    assert!(five.title.sv.starts_with("25-64-åriga"));
    assert!(five.organization.title.fi.contains("THL"));
    assert_eq!(five.genders().len(), 3);
    // Written `Kunta` here and `KUNTA` among the areas.
    assert!(five.categories().contains(region::MUNICIPALITY));

    let one = read_indicator(&stand_in::metadata(4), 4).unwrap();
    assert_eq!(one.updated.as_deref(), Some("2025-05-28"));
    assert_eq!(
        one.range.map(|range| (range.start, range.end)),
        Some((1996, 2024))
    );
    assert_eq!((one.unit.code.as_str(), one.decimals), ("PER1000", Some(1)));
    // No markup gets out.
    assert_eq!(one.description.fi, "...");
    assert!(!read_regions(REGIONS).unwrap().is_empty());
}

#[test]
fn an_indicator_may_know_only_men_and_women() {
    let mut value: serde_json::Value = serde_json::from_str(&stand_in::metadata(4)).unwrap();
    for (sexes, genders) in [
        (
            serde_json::json!(["male", "female"]),
            vec![Gender::Female, Gender::Male],
        ),
        (serde_json::json!(["total"]), vec![Gender::Total]),
        (serde_json::json!([]), Gender::ALL.to_vec()),
    ] {
        value["classifications"]["sex"]["values"] = sexes;
        assert_eq!(
            read_indicator(&value.to_string(), 4).unwrap().genders(),
            genders
        );
    }
}

#[test]
fn metadata_that_cannot_be() {
    let right: serde_json::Value = serde_json::from_str(&stand_in::metadata(4)).unwrap();
    for (field, value) in [
        ("id", serde_json::json!(5)),
        ("data-updated", serde_json::json!("28.5.2025")),
        ("data-updated", serde_json::json!("")),
        ("range", serde_json::json!({"start": 2024, "end": 1996})),
        ("range", serde_json::json!({"start": 0, "end": 1996})),
        ("title", serde_json::json!("x")),
    ] {
        let mut changed = right.clone();
        changed[field] = value;
        assert!(read_indicator(&changed.to_string(), 4).is_err(), "{field}");
    }
    // What is not told is not missed.
    let mut less = right;
    for field in [
        "data-updated",
        "range",
        "decimals",
        "primaryValueType",
        "limits",
        "sources",
    ] {
        less.as_object_mut().unwrap().remove(field);
    }
    assert!(read_indicator(&less.to_string(), 4).is_ok());
}

#[tokio::test]
async fn years_are_parameters_of_their_own() {
    let service = StandIn::start().await;
    let sotkanet = Sotkanet::new(service.settings()).unwrap();
    let question = Question {
        indicator: 127,
        years: vec![2009, 2010],
        genders: vec![Gender::Total, Gender::Female],
    };
    assert_eq!(sotkanet.data(&question).await.unwrap().len(), 12);
    assert_eq!(sotkanet.data_csv(&question).await.unwrap().len(), 466);
    let parameters = "indicator=127&years=2009&years=2010&genders=total&genders=female";
    assert_eq!(
        service.asked(),
        [
            format!("/rest/1.1/json?{parameters}"),
            format!("/rest/1.1/csv?{parameters}")
        ]
    );
    for (years, genders) in [
        (vec![], vec![Gender::Total]),
        (vec![2009], vec![]),
        ((1990..2020).collect(), vec![Gender::Total]),
    ] {
        let question = Question {
            indicator: 127,
            years,
            genders,
        };
        let error = sotkanet.data(&question).await.unwrap_err();
        assert!(matches!(error.fault, Fault::Question(_)), "{error}");
    }
    assert_eq!(
        service.asked().len(),
        2,
        "a question that cannot be is not sent"
    );
}

#[tokio::test]
async fn one_question_at_a_time_with_a_pause_and_a_name() {
    let service = StandIn::start().await;
    let mut settings = service.settings();
    settings.gap = Duration::from_millis(60);
    let sotkanet = Sotkanet::new(settings).unwrap();
    let begun = Instant::now();
    let (regions, list, one) = tokio::join!(
        sotkanet.regions(),
        sotkanet.indicators(),
        sotkanet.indicator(127)
    );
    assert!(regions.is_ok() && list.is_ok() && one.is_ok());
    assert!(
        begun.elapsed() >= Duration::from_millis(120),
        "two pauses between three questions"
    );
    let inside = service.inside.lock().unwrap();
    assert_eq!(inside.together, 1);
    assert!(inside.agents.iter().all(|agent| agent == stand_in::AGENT));
}

#[tokio::test]
async fn a_refused_name_gives_way_to_the_next() {
    let service = StandIn::start().await;
    let mut settings = service.settings();
    settings.agents = vec!["library/1".to_owned(), stand_in::AGENT.to_owned()];
    let sotkanet = Sotkanet::new(settings.clone()).unwrap();
    assert!(sotkanet.regions().await.is_ok());
    assert!(sotkanet.regions().await.is_ok());
    // The name that was let in is used from then on.
    let agents = service.inside.lock().unwrap().agents.clone();
    assert_eq!(agents, ["library/1", stand_in::AGENT, stand_in::AGENT]);

    settings.agents = vec!["library/1".to_owned()];
    let error = Sotkanet::new(settings)
        .unwrap()
        .regions()
        .await
        .unwrap_err();
    assert!(
        matches!(&error.fault, Fault::Agent(agent) if agent == "library/1"),
        "{error}"
    );
}
