//! The county's own figures in a report: a release of theirs, and nothing that was not released.

use std::collections::BTreeMap;

use disclosure::{Equation, Table};
use figures::layout::{ALL, Layout, cell};
use figures::period::Period;
use figures::store::releases::{ReleaseId, Wanted, keep};
use figures::table::Made;
use kernel::clock::Clock as _;

use crate::support::*;

/// A release of the clients of 2025: so many in Jyväskylä, the others in Hankasalmi with those who are told together.
fn released(county: &County, city: u64, others: u64) {
    let layout = Layout {
        with_areas: true,
        areas: vec!["179".to_owned()],
        merged: vec!["077".to_owned()],
        others: true,
        ..Layout::default()
    };
    let name = |area: &str| cell(area, ALL, ALL, ALL);
    let rest = layout.others_area();
    let table = Table {
        threshold: 5,
        cells: BTreeMap::from([
            (name(ALL), city + others),
            (name("179"), city),
            (name(&rest), others),
        ]),
        equations: vec![Equation {
            total: name(ALL),
            parts: vec![name("179"), name(&rest)],
        }],
        groups: Vec::new(),
        primary: Vec::new(),
        published: Vec::new(),
        suppressed: Vec::new(),
    };
    let (released, run) = disclosure::release(&table).unwrap();
    let made = Made {
        released,
        run,
        layout,
    };
    let wanted = Wanted {
        definition: figures::dictionary::find("clients-open").unwrap(),
        period: Period::closed(2025, county.today(), 14).unwrap(),
        threshold: 5,
        areas: true,
    };
    let house = &county.sample.house;
    let key = figures::seal_key(&house.secrets);
    let id = ReleaseId::new(&*house.clock, &*house.chance);
    let at = county.sample.clock.now();
    let kept = county
        .sample
        .store
        .write_blocking(move |tx| keep(tx, &key, id, &wanted, &made, &[], at))
        .unwrap();
    assert!(kept.value);
}

async fn sheet(county: &County) -> String {
    let of = county.phenomenon("Häätöuhka");
    let path = county.sheet("Kortti", of).await;
    let eeva = county.sample.enter(EEVA).await;
    let form = format!("{path}/material");
    let page = county.sample.get(&form, &eeva).await;
    assert!(
        page.body.contains("value=\"clients-open\""),
        "{}",
        page.body
    );
    let (revision, of) = (county.revision(&eeva, &form).await, of.to_string());
    let fields = |own| {
        [
            ("revision", revision.as_str()),
            ("phenomenon", of.as_str()),
            ("own", own),
        ]
    };
    let wrong = county.sample.post(&form, &fields("no-such"), &eeva).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    county.posted(&eeva, &form, &fields("clients-open")).await;
    path
}

#[tokio::test]
async fn an_own_figure_is_told_as_it_was_released() {
    for county in counties() {
        released(&county, 90, 30);
        let path = sheet(&county).await;
        let eeva = county.sample.enter(EEVA).await;
        assert!(
            county
                .sample
                .get(&path, &eeva)
                .await
                .body
                .contains("Asiakkaat")
        );
        county.release(&path).await;
        let page = county.open("/fi/julkaisut/1").await.body;
        for told in [
            ">120<",
            ">90<",
            ">30<",
            "Jyväskylä",
            "own-clients-open-2025",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let csv = county.open("/fi/julkaisut/1/taulukko-2.csv").await.body;
        assert!(csv.contains("Jyväskylä,90"), "{csv}");
    }
}

#[tokio::test]
async fn what_disclosure_control_hid_stays_hidden_in_a_report() {
    let [county, _] = counties();
    released(&county, 90, 3);
    let path = sheet(&county).await;
    county.release(&path).await;
    for address in ["/fi/julkaisut/1", "/fi/julkaisut/1.pdf"] {
        let body = county.open(address).await.body;
        assert!(body.contains(">..<") && !body.contains(">3<"), "{body}");
        assert!(!body.contains(">90<") || !body.contains(">93<"), "{body}");
    }
}

#[tokio::test]
async fn a_release_that_was_changed_outside_is_not_drawn_in() {
    let [county, _] = counties();
    released(&county, 90, 30);
    let path = sheet(&county).await;
    county
        .forced("update figure_release set sealed = replace(sealed, '90', '91')")
        .unwrap();
    let eeva = county.sample.enter(EEVA).await;
    let page = county.sample.get(&format!("{path}/preview"), &eeva).await;
    assert!(
        !page.status.is_success() && !page.body.contains(">91<"),
        "{}",
        page.body
    );
}
