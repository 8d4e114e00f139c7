//! Releases: made when their time comes, sealed, linked, made again.

use figures::layout::{ALL, cell};
use figures::store::FiguresError;
use figures::store::releases::{ReleaseId, newest};
use figures::{Works, recall, refresh, released, seal_key};
use kernel::time::{Date, SignedDuration};
use store::params;
use testkit::{TestStore, stores};

use crate::county::{Contact, County, noon, open, rooms};

fn works(county: &County) -> Works {
    Works::of(&county.sample.house)
}

fn store(county: &County) -> &TestStore {
    &county.sample.store
}

fn key(county: &County) -> [u8; 32] {
    seal_key(&county.sample.house.secrets)
}

fn contacts(county: &County, count: usize, municipality: &'static str, month: i8) {
    for _ in 0..count {
        county.contact(&Contact {
            arrived: noon(2025, month, 10),
            municipality: Some(municipality),
            ..Contact::default()
        });
    }
}

fn of(
    county: &County,
    code: &'static str,
    year: i16,
) -> Result<(disclosure::Released, figures::Meta), FiguresError> {
    let key = key(county);
    store(county).read_blocking(move |tx| released(tx, &key, code, year))
}

fn furnished(store: TestStore) -> County {
    let county = open(store);
    contacts(&county, 40, "179", 2);
    contacts(&county, 30, "182", 8);
    contacts(&county, 6, "249", 8);
    contacts(&county, 7, "410", 11);
    county
}

#[test]
fn an_empty_house_releases_nothing_and_does_not_fail() {
    for one in stores(&rooms()) {
        let county = open(one);
        assert_eq!(refresh(&works(&county)).unwrap(), 0);
        assert!(matches!(
            of(&county, "contacts", 2025),
            Err(FiguresError::NotFound)
        ));
    }
}

#[test]
fn what_has_closed_is_released_once() {
    for one in stores(&rooms()) {
        let county = furnished(one);
        let made = refresh(&works(&county)).unwrap();
        assert!(made > 20, "{made}");
        assert_eq!(refresh(&works(&county)).unwrap(), 0);
        let (table, meta) = of(&county, "contacts", 2025).unwrap();
        let told = |area: &str| table.cell(&cell(area, ALL, ALL, ALL)).count();
        assert_eq!(
            (told(ALL), told("179"), told("182")),
            (Some(83), Some(40), Some(30))
        );
        assert_eq!(told(&meta.layout.others_area()), Some(13));
        assert_eq!(
            (meta.year, meta.through, meta.threshold),
            (2025, Date::constant(2025, 12, 31), 5)
        );
        assert_eq!(meta.inputs.len(), 64);
        // 2026 has closed no quarter on 13 March.
        assert!(matches!(
            of(&county, "contacts", 2026),
            Err(FiguresError::NotFound)
        ));
        assert!(matches!(
            of(&county, "no-such", 2025),
            Err(FiguresError::NotFound)
        ));
        assert!(matches!(
            of(&county, "cost", 2025),
            Err(FiguresError::NotFound)
        ));
        // Each making stands in the log.
        let entries = county.sample.count("select count(*) from figure_release");
        assert_eq!(i64::try_from(made).unwrap(), entries);
    }
}

#[test]
fn a_release_of_another_row_or_hand_is_not_believed() {
    for one in stores(&rooms()) {
        let county = furnished(one);
        refresh(&works(&county)).unwrap();
        for sql in [
            "update figure_release set through = '2025-09-30' where code = 'contacts'",
            "update figure_release set threshold = 4 where code = 'contact-wait'",
            "update figure_release set sealed = (select r.sealed from figure_release r where r.code = 'clients-new') where code = 'advice'",
            "update figure_release set layout = replace(layout, '\"with_areas\":true', '\"with_areas\":false') where code = 'holders-met'",
        ] {
            county.run(sql, Vec::new());
        }
        for code in ["contacts", "contact-wait", "advice", "holders-met"] {
            assert!(
                matches!(of(&county, code, 2025), Err(FiguresError::Refused(_))),
                "{code}"
            );
        }
        let other = [9; 32];
        let read = store(&county).read_blocking(move |tx| newest(tx, &other, "housing-risk", 1));
        assert!(read.is_err());
    }
}

#[test]
fn a_release_made_again_is_the_same_until_records_change() {
    for one in stores(&rooms()) {
        let county = furnished(one);
        refresh(&works(&county)).unwrap();
        let (_, meta) = of(&county, "contacts", 2025).unwrap();
        let (_, found) = recall(&works(&county), meta.id).unwrap();
        assert!(found.same_inputs && found.same_table);
        contacts(&county, 1, "179", 2);
        let (_, found) = recall(&works(&county), meta.id).unwrap();
        assert!(!found.same_inputs && !found.same_table);
        // What was released stands.
        let (table, again) = of(&county, "contacts", 2025).unwrap();
        assert_eq!(table.cell(&cell(ALL, ALL, ALL, ALL)).count(), Some(83));
        assert_eq!(again.id, meta.id);
        let nothing = recall(&works(&county), ReleaseId::from_bytes([5; 16]));
        assert!(matches!(nothing, Err(FiguresError::NotFound)));
    }
}

#[test]
fn the_second_release_of_a_year_knows_the_first() {
    for one in stores(&rooms()) {
        let county = open(one);
        // The house begins in January 2026; in May its first quarter has closed.
        for (month, count) in [(1, 30), (2, 20)] {
            for _ in 0..count {
                county.contact(&Contact {
                    arrived: noon(2026, month, 10),
                    ..Contact::default()
                });
            }
        }
        county
            .sample
            .clock
            .advance(SignedDuration::from_hours(24 * 60));
        refresh(&works(&county)).unwrap();
        let (first, meta) = of(&county, "contacts", 2026).unwrap();
        assert_eq!(meta.through, Date::constant(2026, 3, 31));
        assert_eq!(first.cell(&cell("179", ALL, ALL, ALL)).count(), Some(50));
        // Two more by the end of June: the new number would tell that it is two.
        for _ in 0..2 {
            county.contact(&Contact {
                arrived: noon(2026, 5, 10),
                ..Contact::default()
            });
        }
        county
            .sample
            .clock
            .advance(SignedDuration::from_hours(24 * 90));
        refresh(&works(&county)).unwrap();
        let (second, meta) = of(&county, "contacts", 2026).unwrap();
        assert_eq!(meta.through, Date::constant(2026, 6, 30));
        assert_eq!(second.cell(&cell("179", ALL, ALL, ALL)).count(), None);
        let (_, found) = recall(&works(&county), meta.id).unwrap();
        assert!(found.same_inputs && found.same_table);
    }
}

#[test]
fn a_house_may_choose_a_higher_threshold() {
    for one in stores(&rooms()) {
        let county = furnished(one);
        store(&county)
            .write_blocking(|tx| {
                let now = kernel::time::from_millis(1);
                store::settings::set(tx, figures::store::SETTING, "{\"usual\": 20}", now)
            })
            .unwrap();
        refresh(&works(&county)).unwrap();
        let (table, meta) = of(&county, "contacts", 2025).unwrap();
        assert_eq!((table.threshold(), meta.threshold), (20, 20));
        let (_, meta) = of(&county, "contact-themes", 2025).unwrap();
        assert_eq!(meta.threshold, 10);
        // Under three, and what cannot be read, is as usual.
        for wrong in ["{\"usual\": 2}", "nonsense", "{\"other\": 1}"] {
            store(&county)
                .write_blocking(move |tx| {
                    let now = kernel::time::from_millis(1);
                    store::settings::set(tx, figures::store::SETTING, wrong, now)
                })
                .unwrap();
            let chosen = store(&county)
                .read_blocking(|tx| figures::store::thresholds(tx))
                .unwrap();
            assert_eq!(chosen.usual, 5, "{wrong}");
        }
    }
}

#[test]
fn nothing_that_is_kept_is_about_one_person() {
    for one in stores(&rooms()) {
        let county = furnished(one);
        let client = county.client(Some("179"), Date::constant(1980, 5, 4));
        refresh(&works(&county)).unwrap();
        let id = client.to_string();
        for column in ["layout", "run", "linked", "inputs"] {
            let sql: &'static str =
                Box::leak(format!("select {column} from figure_release").into_boxed_str());
            let rows = store(&county)
                .read_blocking(move |tx| {
                    use store::Query;
                    tx.query(sql, &params![])
                })
                .unwrap();
            assert!(!rows.is_empty());
            for row in rows {
                assert!(!row.text(0).unwrap().contains(&id));
            }
        }
    }
}
