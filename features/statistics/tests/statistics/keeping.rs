//! The store: versions, what is taken back, what is refused.

use kernel::time::Date;
use opendata::region::Place;
use opendata::{Figure, Gender, Texts};
use statistics::domain::{
    Indicator, IndicatorId, Kept, Release, Source, StatisticsError, Value, Year,
};
use statistics::{MIGRATIONS, store as own};
use testkit::{TestStore, for_each_engine};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn figure(text: &str) -> Figure {
    Figure::read(text).unwrap()
}

fn indicator() -> Indicator {
    let title = Texts {
        fi: "Toimeentulotukea saaneet, %".to_owned(),
        sv: "Utkomststöd, %".to_owned(),
        en: "Social assistance, %".to_owned(),
    };
    Indicator {
        source: Source::Sotkanet,
        code: "493".to_owned(),
        theme: "income".to_owned(),
        title,
        about: Texts::default(),
        caveat: Texts::default(),
        decimals: 1,
        additive: false,
    }
}

fn release(updated: &str) -> Release {
    Release {
        data_updated: Some(day(updated)),
        unit: "PERCENT".to_owned(),
        producer: Texts {
            fi: "THL".to_owned(),
            ..Texts::default()
        },
        licence: "CC BY 4.0".to_owned(),
        attribution: "THL, Sotkanet (THL)".to_owned(),
        origin: "fetch".to_owned(),
    }
}

fn value(code: &str, text: &str, absolute: Option<&str>) -> Value {
    Value {
        place: Place::new("KUNTA", code).unwrap(),
        gender: Gender::Total,
        value: figure(text),
        absolute: absolute.map(figure),
    }
}

fn year(values: Vec<Value>, on: &str) -> Year {
    Year {
        year: 2024,
        values,
        whole: vec![Gender::Total],
        unknown: 0,
        fetched_on: day(on),
        accept_fewer: false,
    }
}

fn put(store: &TestStore) -> IndicatorId {
    let (clock, chance) = (store.clock.clone(), store.chance.clone());
    let put =
        store.write_blocking(move |tx| own::put_indicator(tx, &*clock, &*chance, &indicator()));
    put.unwrap().value
}

fn keep(
    store: &TestStore,
    id: IndicatorId,
    release: Release,
    year: Year,
) -> Result<Kept, StatisticsError> {
    let (clock, chance) = (store.clock.clone(), store.chance.clone());
    store
        .write_blocking(move |tx| own::keep_year(tx, &*clock, &*chance, id, &release, &year))
        .map(|receipt| receipt.value)
}

/// Values of the year by municipality, as a page would show them.
fn shown(store: &TestStore, id: IndicatorId) -> Vec<(String, String, i64)> {
    let points = store
        .read_blocking(move |tx| own::points(tx, id, "KUNTA", &[], Gender::Total))
        .unwrap();
    points
        .iter()
        .map(|one| (one.place.code.clone(), one.value.to_string(), one.version))
        .collect()
}

fn row(code: &str, value: &str, version: i64) -> (String, String, i64) {
    (code.to_owned(), value.to_owned(), version)
}

#[test]
fn a_value_that_changes_gets_a_version_beside_the_old_one() {
    for_each_engine(MIGRATIONS, |store| {
        let id = put(store);
        let first = vec![value("179", "9.1", Some("12000")), value("992", "8", None)];
        let kept = keep(
            store,
            id,
            release("2025-05-28"),
            year(first.clone(), "2026-03-13"),
        )
        .unwrap();
        assert_eq!(
            (kept.added, kept.changed, kept.withdrawn, kept.same),
            (2, 0, 0, 0)
        );
        // The same again adds nothing.
        let kept = keep(store, id, release("2025-05-28"), year(first, "2026-03-14")).unwrap();
        assert_eq!(
            (kept.added, kept.changed, kept.withdrawn, kept.same),
            (0, 0, 0, 2)
        );
        // One is corrected, one is taken back, one is new.
        let second = vec![value("179", "9.2", Some("12000")), value("005", "4", None)];
        let kept = keep(store, id, release("2026-05-28"), year(second, "2026-06-01")).unwrap();
        assert_eq!(
            (kept.added, kept.changed, kept.withdrawn, kept.same),
            (1, 1, 1, 0)
        );
        assert_eq!(shown(store, id), [row("005", "4", 1), row("179", "9.2", 2)]);

        let versions = |code: &str| {
            let place = Place::new("KUNTA", code).unwrap();
            store
                .read_blocking(move |tx| own::versions(tx, id, &place, 2024, Gender::Total))
                .unwrap()
        };
        let told: Vec<_> = versions("179")
            .into_iter()
            .map(|one| {
                (
                    one.version,
                    one.value,
                    one.fetched_on,
                    one.beside.data_updated,
                    one.beside.unit,
                )
            })
            .collect();
        let unit = || "PERCENT".to_owned();
        assert_eq!(
            told,
            [
                (
                    1,
                    Some(figure("9.1")),
                    day("2026-03-13"),
                    Some(day("2025-05-28")),
                    unit()
                ),
                (
                    2,
                    Some(figure("9.2")),
                    day("2026-06-01"),
                    Some(day("2026-05-28")),
                    unit()
                ),
            ]
        );
        // What was taken back has a version without a value; given again, one more.
        assert_eq!(
            versions("992").last().map(|one| one.value.clone()),
            Some(None)
        );
        let third = vec![
            value("179", "9.2", Some("12000")),
            value("005", "4", None),
            value("992", "8", None),
        ];
        let kept = keep(store, id, release("2026-05-28"), year(third, "2026-06-02")).unwrap();
        assert_eq!(
            (kept.added, kept.changed, kept.withdrawn, kept.same),
            (0, 1, 0, 2)
        );
        assert_eq!(versions("992").len(), 3);
        // One release for each that was published.
        let releases = store
            .read_blocking(move |tx| own::releases(tx, id))
            .unwrap();
        assert_eq!(releases.len(), 2);
    });
}

#[test]
fn the_count_behind_a_rate_is_part_of_the_value() {
    for_each_engine(MIGRATIONS, |store| {
        let id = put(store);
        for (absolute, version) in [(None, 1), (Some("12000"), 2), (Some("12001"), 3), (None, 4)] {
            keep(
                store,
                id,
                release("2025-05-28"),
                year(vec![value("179", "9.1", absolute)], "2026-03-13"),
            )
            .unwrap();
            assert_eq!(shown(store, id), [row("179", "9.1", version)]);
        }
    });
}

#[test]
fn a_year_that_shrinks_is_refused_and_the_old_one_stays() {
    for_each_engine(MIGRATIONS, |store| {
        let id = put(store);
        let many: Vec<Value> = (1..=5)
            .map(|code| value(&code.to_string(), "1", None))
            .collect();
        keep(store, id, release("2025-05-28"), year(many, "2026-03-13")).unwrap();
        for (name, left, fine) in [
            ("nothing", 0, false),
            ("two of five", 2, false),
            ("three of five", 3, true),
        ] {
            let values = (1..=left)
                .map(|code| value(&code.to_string(), "2", None))
                .collect();
            let before = shown(store, id);
            match keep(store, id, release("2026-05-28"), year(values, "2026-06-01")) {
                Ok(_) => assert!(fine, "{name}"),
                Err(StatisticsError::TooFew { had: 5, got, .. }) => {
                    assert!(!fine && got == left, "{name}");
                    assert_eq!(shown(store, id), before, "{name}");
                    let years = store.read_blocking(move |tx| own::years(tx, id)).unwrap();
                    assert_eq!(
                        years[&2024],
                        (Some(day("2025-05-28")), day("2026-03-13")),
                        "{name}"
                    );
                }
                Err(error) => panic!("{name}: {error}"),
            }
        }
        // A person who knows better may say so.
        let mut none = year(Vec::new(), "2026-06-02");
        none.accept_fewer = true;
        assert_eq!(
            keep(store, id, release("2026-05-28"), none)
                .unwrap()
                .withdrawn,
            3
        );
        assert_eq!(shown(store, id), []);
    });
}

#[test]
fn a_part_takes_nothing_back_and_other_genders_stay() {
    for_each_engine(MIGRATIONS, |store| {
        let id = put(store);
        let mut women = value("179", "8", None);
        women.gender = Gender::Female;
        let both = vec![value("179", "9", None), value("992", "7", None), women];
        let mut first = year(both, "2026-03-13");
        first.whole = vec![Gender::Total, Gender::Female];
        keep(store, id, release("2025-05-28"), first).unwrap();
        // A file with one line.
        let mut part = year(vec![value("179", "9.5", None)], "2026-03-14");
        part.whole = Vec::new();
        let kept = keep(store, id, release("2025-05-28"), part).unwrap();
        assert_eq!((kept.changed, kept.withdrawn), (1, 0));
        // All of one gender.
        let kept = keep(
            store,
            id,
            release("2026-05-28"),
            year(vec![value("179", "9.5", None)], "2026-06-01"),
        )
        .unwrap();
        assert_eq!((kept.same, kept.withdrawn), (1, 1));
        let women = store
            .read_blocking(move |tx| own::points(tx, id, "KUNTA", &["179"], Gender::Female))
            .unwrap();
        assert_eq!(women.len(), 1);
    });
}

#[test]
fn two_values_of_one_area_keep_nothing() {
    for_each_engine(MIGRATIONS, |store| {
        let id = put(store);
        let double = vec![
            value("005", "1", None),
            value("179", "9", None),
            value("179", "8", None),
        ];
        let error = keep(store, id, release("2025-05-28"), year(double, "2026-03-13")).unwrap_err();
        assert!(matches!(error, StatisticsError::Double(..)), "{error}");
        assert_eq!(shown(store, id), []);
        assert_eq!(
            store
                .read_blocking(move |tx| own::years(tx, id))
                .unwrap()
                .len(),
            0
        );
    });
}

#[test]
fn an_indicator_keeps_its_id_when_its_words_change() {
    for_each_engine(MIGRATIONS, |store| {
        let id = put(store);
        let (clock, chance) = (store.clock.clone(), store.chance.clone());
        let mut other = indicator();
        other.title.fi = "Uusi nimi".to_owned();
        other.caveat.fi = "Sarja katkeaa 2017.".to_owned();
        let again = store
            .write_blocking(move |tx| own::put_indicator(tx, &*clock, &*chance, &other))
            .unwrap();
        assert_eq!(again.value, id);
        let list = store.read_blocking(|tx| own::list(tx)).unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].indicator.title.fi, "Uusi nimi");
        let found = store.read_blocking(move |tx| own::find(tx, id)).unwrap();
        assert_eq!(found.as_ref(), list.first());
        let none = store
            .read_blocking(|tx| own::find_code(tx, Source::Statfin, "493"))
            .unwrap();
        assert_eq!(none, None);
    });
}

#[test]
fn areas_keep_their_names_and_a_code_is_two_areas() {
    for_each_engine(MIGRATIONS, |store| {
        let named = |category: &str, code: &str, name: &str| {
            let names = Texts {
                fi: name.to_owned(),
                ..Texts::default()
            };
            (Place::new(category, code).unwrap(), names)
        };
        for list in [
            vec![
                named("HYVINVOINTIALUE", "02", "Keski-Uusimaa"),
                named("MAAKUNTA", "02", "Varsinais-Suomi"),
            ],
            vec![
                named("HYVINVOINTIALUE", "02", ""),
                named("MAAKUNTA", "02", "Egentliga Finland"),
            ],
        ] {
            store
                .write_blocking(move |tx| own::put_regions(tx, &list))
                .unwrap();
        }
        let name = |category: &'static str| {
            store
                .read_blocking(move |tx| own::region_names(tx, category))
                .unwrap()["02"]
                .fi
                .clone()
        };
        assert_eq!(name("HYVINVOINTIALUE"), "Keski-Uusimaa");
        assert_eq!(name("MAAKUNTA"), "Egentliga Finland");
    });
}
