//! Own figures of a synthetic county: every one that is due is released, no small count is told, and the pages open.

use axum::http::StatusCode;
use figures::store::releases::newest_of_all;

use crate::county::County;

#[test]
fn a_county_of_made_up_people_releases_its_figures() {
    let county = County::of(150);
    let works = figures::Works::of(&county.built.house);
    let made = figures::refresh(&works).expect("released");
    assert!(made > 20, "{made} releases");
    assert_eq!(figures::refresh(&works).expect("again"), 0);
    let key = works.key;
    let releases = county
        .built
        .house
        .store
        .read_blocking(move |tx| newest_of_all(tx, &key, 0))
        .expect("read");
    for release in &releases {
        for (name, shown) in release.released.cells() {
            let told = shown.count().unwrap_or(0);
            assert!(
                told == 0 || told >= release.meta.threshold,
                "{} tells {told} in {name}",
                release.meta.code
            );
        }
    }
    let reader = county.named("Kirsi Aaltonen");
    for path in ["/figures", "/figures?q=odotus"] {
        let page = county.get(reader, path);
        assert_eq!(page.status, StatusCode::OK, "{path}");
    }
    for release in releases {
        let path = format!("/figures/{}?year={}", release.meta.code, release.meta.year);
        let page = county.get(reader, &path);
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains(&release.meta.inputs), "{path}");
    }
}
