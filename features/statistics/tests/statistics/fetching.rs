//! Fetching: what is asked, what is asked again, and what a fault leaves behind.

use kernel::time::SignedDuration;
use opendata::Gender;
use statistics::domain::Source;
use statistics::fetch::{Plan, Summary, fetch};
use statistics::{MIGRATIONS, store as own};
use testkit::{TestStore, for_each_engine, sqlite_store};

use crate::stand_in::{Manner, StandIn};

fn plan(indicators: &[u32]) -> Plan {
    Plan {
        indicators: indicators.to_vec(),
        from: 2000,
        to: 2030,
        again: false,
        accept_fewer: false,
    }
}

/// A runtime for the stand-in; the store of the test is not asynchronous.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn run(
    runtime: &tokio::runtime::Runtime,
    store: &TestStore,
    service: &StandIn,
    plan: &Plan,
) -> Summary {
    let store = store.store();
    let work = async { fetch(&store, &service.client(), plan, &mut |_| {}).await };
    runtime.block_on(work).unwrap()
}

/// Everything that is kept of an indicator: area, year, value, version.
fn kept(store: &TestStore, code: &'static str) -> Vec<(String, i16, String, i64)> {
    store
        .read_blocking(move |tx| {
            let Some(known) = own::find_code(tx, Source::Sotkanet, code)? else {
                return Ok(Vec::new());
            };
            let mut all = Vec::new();
            for category in ["KUNTA", "HYVINVOINTIALUE", "MAA"] {
                for one in own::points(tx, known.id, category, &[], Gender::Total)? {
                    all.push((
                        one.place.to_string(),
                        one.year,
                        one.value.to_string(),
                        one.version,
                    ));
                }
            }
            Ok::<_, store::StoreError>(all)
        })
        .unwrap()
}

#[test]
fn a_fetch_keeps_what_is_known_and_skips_the_rest() {
    for_each_engine(MIGRATIONS, |store| {
        let runtime = runtime();
        let service = runtime.block_on(StandIn::start());
        let summary = run(&runtime, store, &service, &plan(&[5, 127]));
        assert!(summary.is_whole(), "{summary:?}");
        assert_eq!(
            (summary.indicators, summary.years, summary.unchanged),
            (2, 6, 0)
        );
        // Four areas, three years, two indicators; the county's old number and the area of no list are left out.
        assert_eq!(summary.kept.added, 24);
        assert_eq!(
            (
                summary.retired,
                summary.unknown.iter().copied().collect::<Vec<_>>()
            ),
            (6, vec![455])
        );
        let of_county: Vec<_> = kept(store, "5")
            .into_iter()
            .filter(|one| one.0.starts_with("HYV"))
            .collect();
        assert_eq!(of_county.len(), 3);
        assert!(of_county.iter().all(|one| one.2 == "96.5"), "{of_county:?}");

        let known = store
            .read_blocking(|tx| own::find_code(tx, Source::Sotkanet, "5"))
            .unwrap()
            .unwrap();
        assert_eq!(known.indicator.theme, "income");
        assert_eq!(known.indicator.about.fi, "Mitä se on.");
        assert_eq!(known.indicator.caveat.fi, "Sarja katkeaa.");
        // The service had no Swedish title: the list's stands in.
        assert!(known.indicator.title.sv.starts_with("25-64-åriga"));
        let releases = store
            .read_blocking(move |tx| own::releases(tx, known.id))
            .unwrap();
        assert_eq!(releases[0].1.attribution, "THL, Sotkanet (Tilastokeskus)");
        assert_eq!(releases[0].1.licence, "CC BY 4.0");
        let names = store
            .read_blocking(|tx| own::region_names(tx, "HYVINVOINTIALUE"))
            .unwrap();
        assert_eq!(names["15"].fi, "Keski-Suomen hyvinvointialue");
    });
}

#[test]
fn what_has_not_changed_is_not_asked_again() {
    let store = sqlite_store(MIGRATIONS);
    let runtime = runtime();
    let service = runtime.block_on(StandIn::start());
    run(&runtime, &store, &service, &plan(&[5]));
    assert_eq!(service.asked_for_values(), 3);

    let summary = run(&runtime, &store, &service, &plan(&[5]));
    assert_eq!(
        (service.asked_for_values(), summary.unchanged, summary.years),
        (0, 3, 0)
    );

    // New data: all years are asked, and the one value that differs gets a version.
    service.set(|inside| {
        inside.updated = Some("2026-05-28");
        inside.other.insert((101, 2023), "11.1");
    });
    let summary = run(&runtime, &store, &service, &plan(&[5]));
    assert_eq!(service.asked_for_values(), 3);
    assert_eq!(
        (summary.kept.added, summary.kept.changed, summary.kept.same),
        (0, 1, 11)
    );
    assert!(kept(&store, "5").contains(&("KUNTA 179".to_owned(), 2023, "11.1".to_owned(), 2)));

    // Asked for, it asks again all the same.
    let mut again = plan(&[5]);
    again.again = true;
    run(&runtime, &store, &service, &again);
    assert_eq!(service.asked_for_values(), 3);

    // Fewer years are fewer questions.
    again.from = 2024;
    run(&runtime, &store, &service, &again);
    assert_eq!(service.asked_for_values(), 1);
}

#[test]
fn without_a_day_of_the_data_a_year_is_believed_for_a_month() {
    let store = sqlite_store(MIGRATIONS);
    let runtime = runtime();
    let service = runtime.block_on(StandIn::start());
    service.set(|inside| inside.updated = None);
    for (days, asked) in [(0, 3), (29, 0), (1, 3), (0, 0)] {
        store.clock.advance(SignedDuration::from_hours(24 * days));
        run(&runtime, &store, &service, &plan(&[5]));
        assert_eq!(service.asked_for_values(), asked, "{days}");
    }
}

#[test]
fn a_fetch_that_was_broken_off_goes_on() {
    for_each_engine(MIGRATIONS, |store| {
        let runtime = runtime();
        let service = runtime.block_on(StandIn::start());
        service.set(|inside| {
            inside.manner = Manner::Busy;
            inside.right_for = 4;
        });
        let summary = run(&runtime, store, &service, &plan(&[5, 127]));
        assert!(
            summary.stopped.is_some() && summary.years == 4,
            "{summary:?}"
        );
        assert_eq!(
            service.asked_for_values(),
            5,
            "asked to wait, it asks nothing more"
        );
        service.set(|inside| inside.manner = Manner::Right);
        let summary = run(&runtime, store, &service, &plan(&[5, 127]));
        assert!(
            summary.is_whole() && summary.years == 2 && summary.unchanged == 4,
            "{summary:?}"
        );
        assert_eq!(kept(store, "5").len() + kept(store, "127").len(), 24);
    });
}

#[test]
fn every_fault_leaves_the_old_values_as_they_were() {
    let runtime = runtime();
    for manner in [
        Manner::Half,
        Manner::Slow,
        Manner::Elsewhere,
        Manner::Oversized,
        Manner::Page,
        Manner::OtherYear,
        Manner::Error,
        Manner::Busy,
        Manner::Nothing,
    ] {
        let store = sqlite_store(MIGRATIONS);
        let service = runtime.block_on(StandIn::start());
        run(&runtime, &store, &service, &plan(&[5]));
        let before = kept(&store, "5");
        let years = |store: &TestStore| {
            store
                .read_blocking(|tx| match own::find_code(tx, Source::Sotkanet, "5")? {
                    Some(known) => own::years(tx, known.id),
                    None => Ok(std::collections::BTreeMap::new()),
                })
                .unwrap()
        };
        let fetched = years(&store);
        service.set(|inside| {
            inside.updated = Some("2026-05-28");
            inside.manner = manner;
        });
        let summary = run(&runtime, &store, &service, &plan(&[5]));
        assert!(!summary.is_whole(), "{manner:?}");
        assert_eq!(
            (summary.years, summary.kept),
            (0, statistics::domain::Kept::default()),
            "{manner:?}"
        );
        assert_eq!(kept(&store, "5"), before, "{manner:?}");
        // A year that failed is not remembered as new: the next fetch asks for it.
        assert_eq!(years(&store), fetched, "{manner:?}");
        let told = summary
            .stopped
            .iter()
            .chain(&summary.faults)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n");
        assert!(
            told.contains(&service.origin) || told.contains("the old ones are kept"),
            "{manner:?}: {told}"
        );
    }
}

#[test]
fn an_indicator_that_is_not_there_does_not_stop_the_others() {
    let store = sqlite_store(MIGRATIONS);
    let runtime = runtime();
    let service = runtime.block_on(StandIn::start());
    let summary = run(&runtime, &store, &service, &plan(&[404, 5]));
    assert_eq!(
        (
            summary.faults.len(),
            summary.stopped.is_none(),
            summary.years
        ),
        (1, true, 3),
        "{summary:?}"
    );
    // Three in a row are no accident.
    let summary = run(&runtime, &store, &service, &plan(&[404, 404, 404, 127]));
    assert!(
        summary.stopped.is_some() && summary.indicators == 0,
        "{summary:?}"
    );
}

#[test]
fn zeros_that_stand_for_no_value_are_left_out() {
    let store = sqlite_store(MIGRATIONS);
    let runtime = runtime();
    let service = runtime.block_on(StandIn::start());
    // In 2012 a zero can mean nothing; in 2022 it is a zero.
    service.set(|inside| {
        inside.first = 2012;
        inside.other.insert((101, 2012), "0");
        inside.other.insert((101, 2022), "0");
    });
    let summary = run(&runtime, &store, &service, &plan(&[451]));
    assert_eq!((summary.doubtful, summary.kept.added), (1, 13 * 4 - 1));
    let of_zero: Vec<_> = kept(&store, "451")
        .into_iter()
        .filter(|one| one.2 == "0")
        .collect();
    assert_eq!(of_zero.len(), 1);
}
