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
    let parts = [(name("179"), city), (name(&layout.others_area()), others)];
    kept(county, "clients-open", layout, parts);
}

/// A release of the same year about the homeless among clients: those who are, and the others.
fn homeless(county: &County, yes: u64, no: u64) {
    let layout = Layout {
        parts: ["yes", "no"].map(str::to_owned).into(),
        ..Layout::default()
    };
    let name = |part: &str| cell(ALL, ALL, part, ALL);
    kept(
        county,
        "homeless",
        layout,
        [(name("yes"), yes), (name("no"), no)],
    );
}

/// Lets a table of two cells and their sum out and keeps it as a release of 2025.
fn kept(county: &County, code: &str, layout: Layout, parts: [(String, u64); 2]) {
    let all = cell(ALL, ALL, ALL, ALL);
    let mut cells = BTreeMap::from(parts.clone());
    cells.insert(all.clone(), parts.iter().map(|(_, count)| count).sum());
    let table = Table {
        threshold: 5,
        cells,
        equations: vec![Equation {
            total: all,
            parts: parts.map(|(name, _)| name).into(),
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
        definition: figures::dictionary::find(code).unwrap(),
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

#[tokio::test]
async fn beside_a_phenomenon_stand_released_figures_of_its_themes_and_no_others() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let eeva = county.sample.enter(EEVA).await;
        let path = format!("/phenomena/{of}");
        let page = county.sample.get(&path, &eeva).await.body;
        for words in [
            "Omat luvut rinnalla",
            "Näihin teemoihin sopivia omia lukuja ei ole vielä julkaistu.",
            "Kukaan ei ole vielä ollut mukana.",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        released(&county, 70, 30);
        homeless(&county, 20, 32);
        let page = county.sample.get(&path, &eeva).await.body;
        for words in [
            "href=\"/figures/homeless\"",
            ">38 %<",
            "tietosuoja-ajo",
            "vain tietosuoja-ajon läpi",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(
            !page.contains("clients-open") && !page.contains(">100<"),
            "it says nothing of the theme: {page}"
        );
        county
            .forced("update figure_release set sealed = replace(sealed, '32', '33')")
            .unwrap();
        let page = county.sample.get(&path, &eeva).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("sen sinetti ei pidä") && !page.body.contains("38 %"),
            "{}",
            page.body
        );
    }
}
