//! The table of one indicator: county, country, municipalities, and what mergers do to it.

use opendata::Gender;
use statistics::compare::{Cell, Whose, YEARS, compare};
use statistics::domain::{IndicatorId, Source};
use statistics::{MIGRATIONS, import, store as own};
use testkit::{TestStore, for_each_engine, sqlite_store};

use crate::keeping::figure;

const HEAD: &str = "indicator;category;code;year;gender;value";

fn put(store: &TestStore, code: &'static str, lines: &str) -> IndicatorId {
    let read = import::read(&format!("{HEAD}\n{lines}"), "file.csv", None).unwrap();
    import::keep(store, &read).unwrap();
    let known = store
        .read_blocking(move |tx| own::find_code(tx, Source::Sotkanet, code))
        .unwrap();
    known.unwrap().id
}

#[test]
fn the_county_stands_between_the_country_and_its_municipalities() {
    for_each_engine(MIGRATIONS, |store| {
        let id = put(
            store,
            "5",
            "5;MAA;358;2022;total;7\n5;MAA;358;2023;total;7.1\n5;HYVINVOINTIALUE;15;2023;total;8\n\
             5;HYVINVOINTIALUE;14;2023;total;9\n5;MAAKUNTA;15;2023;total;6\n5;KUNTA;992;2023;total;8.5\n\
             5;KUNTA;179;2022;total;8.2\n5;KUNTA;091;2023;total;5\n5;KUNTA;179;2023;female;1\n",
        );
        let table = store
            .read_blocking(move |tx| compare(tx, id, "15", Gender::Total))
            .unwrap()
            .unwrap();
        assert_eq!(table.years, [2022, 2023]);
        assert_eq!(table.genders, [Gender::Total, Gender::Female]);
        let value = |text: &str| Cell::Value(figure(text));
        let told: Vec<_> = table
            .lines
            .iter()
            .map(|line| (line.whose, line.cells.clone()))
            .collect();
        // Another county, a region with the same code and Helsinki are not there; municipalities by name.
        assert_eq!(
            told,
            [
                (Whose::Country, vec![value("7"), value("7.1")]),
                (Whose::County, vec![Cell::None, value("8")]),
                (Whose::Municipality("179"), vec![value("8.2"), Cell::None]),
                (Whose::Municipality("992"), vec![Cell::None, value("8.5")]),
            ]
        );
        assert_eq!(table.releases.len(), 1);
        assert!(table.fetched_on.is_some() && !table.corrected);
        let none = IndicatorId::from_bytes([9; 16]);
        assert_eq!(
            store
                .read_blocking(move |tx| compare(tx, none, "15", Gender::Total))
                .unwrap(),
            None
        );
    });
}

#[test]
fn mergers_are_added_up_for_counts_and_marked_for_rates() {
    let store = sqlite_store(MIGRATIONS);
    // Kuopio: Maaninka came in 2015, Juankoski in 2017.
    let lines = |id: &str| {
        [
            "297;2014;100",
            "476;2014;10",
            "174;2014;1",
            "297;2015;110",
            "297;2016;112",
            "174;2016;2",
            "297;2018;120",
        ]
        .map(|cell| {
            let mut cells = cell.split(';');
            let (code, year, value) = (
                cells.next().unwrap(),
                cells.next().unwrap(),
                cells.next().unwrap(),
            );
            format!("{id};KUNTA;{code};{year};total;{value}\n")
        })
        .concat()
    };
    let row = |id: IndicatorId| {
        let table = store
            .read_blocking(move |tx| compare(tx, id, "13", Gender::Total))
            .unwrap()
            .unwrap();
        assert_eq!(table.years, [2014, 2015, 2016, 2018]);
        let kuopio: Vec<_> = table
            .lines
            .into_iter()
            .filter(|line| line.whose == Whose::Municipality("297"))
            .collect();
        kuopio[0].cells.clone()
    };
    let (sum, value, before) = (
        |text| Cell::Sum(figure(text)),
        |text| Cell::Value(figure(text)),
        |text| Cell::Before(figure(text)),
    );
    let counts = put(&store, "127", &lines("127"));
    // Juankoski has no value in 2015, and the source tells it apart in other years: no sum can be given.
    assert_eq!(
        row(counts),
        [sum("111"), Cell::NotComparable, sum("114"), value("120")]
    );
    let rates = put(&store, "5", &lines("5"));
    assert_eq!(
        row(rates),
        [before("100"), before("110"), before("112"), value("120")]
    );
    // A source of the division of 2016 has counted Maaninka in, in every year, and tells Juankoski apart.
    let newer: String = lines("2461")
        .lines()
        .filter(|line| !line.contains(";476;"))
        .map(|line| format!("{line}\n"))
        .collect();
    let newer = put(&store, "2461", &newer);
    assert_eq!(
        row(newer),
        [sum("101"), Cell::NotComparable, sum("114"), value("120")]
    );
}

#[test]
fn the_newest_years_are_shown_and_a_correction_is_told() {
    let store = sqlite_store(MIGRATIONS);
    let lines: String = (2000..2024)
        .map(|year| format!("5;MAA;358;{year};total;7\n"))
        .collect();
    let id = put(&store, "5", &lines);
    let table = store
        .read_blocking(move |tx| compare(tx, id, "15", Gender::Total))
        .unwrap()
        .unwrap();
    assert_eq!(
        (table.years.len(), table.years.last()),
        (YEARS, Some(&2023))
    );
    put(&store, "5", "5;MAA;358;2023;total;7.2\n");
    let table = store
        .read_blocking(move |tx| compare(tx, id, "15", Gender::Total))
        .unwrap()
        .unwrap();
    assert!(table.corrected);
    assert_eq!(
        table.lines[0].cells.last(),
        Some(&Cell::Value(figure("7.2")))
    );
}

#[test]
fn the_number_of_statements_does_not_grow_with_the_rows() {
    let store = sqlite_store(MIGRATIONS);
    let lines = |count: usize| -> String {
        let all = kernel::place::municipalities_of("15");
        all.iter()
            .take(count)
            .map(|one| format!("5;KUNTA;{};2023;total;7\n", one.code))
            .collect()
    };
    let mut counts = Vec::new();
    for rows in [1, 22] {
        let id = put(&store, "5", &lines(rows));
        let before = store.statement_count();
        let table = store
            .read_blocking(move |tx| compare(tx, id, "15", Gender::Total))
            .unwrap()
            .unwrap();
        assert_eq!(table.lines.len(), rows);
        counts.push(store.statement_count() - before);
    }
    assert_eq!(counts[0], counts[1]);
}
