//! Social reporting alone is a small product: a county that uses no other part signs in, reports, edits and reads, and no link
//! leads to where nothing is.

use std::collections::BTreeSet;

use app::features::{self, Rooms};
use axum::http::Method;
use web::Route;

use crate::county::{County, Reader};

const ALONE: Rooms = Rooms {
    work: false,
    reporting: true,
};

/// Values of an attribute on a page that are paths of ours, without what stands after them.
fn paths(body: &str, attribute: &str) -> BTreeSet<String> {
    body.split(&format!(" {attribute}=\""))
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .map(|path| path.replace("&#38;", "&").replace("&amp;", "&"))
        .map(|path| path.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

fn fits(route: &Route, method: &Method, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    route.method == *method
        && web::addresses(route).iter().any(|address| {
            let (own, asked) = (address.split('/'), path.split('/'));
            own.clone().count() == asked.clone().count()
                && own
                    .zip(asked)
                    .all(|(own, asked)| own.starts_with('{') || own == asked)
        })
}

/// Follows every link from these pages on; what is wrong, and how many pages opened.
fn walk(county: &County, reader: &Reader, from: &[&str]) -> (Vec<String>, BTreeSet<String>) {
    let routes: Vec<Route> = features::of(true, ALONE)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .collect();
    let mut open: Vec<(String, String)> = from
        .iter()
        .map(|path| ("start".to_owned(), (*path).to_owned()))
        .collect();
    let (mut known, mut wrong, mut opened) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
    while let Some((page, path)) = open.pop() {
        // Files of the frame are looked at by the room that has them.
        if path.starts_with("/assets/") || !known.insert(path.clone()) {
            continue;
        }
        let got = county.get(reader, &path);
        if got.status == 303 {
            open.push((path, got.location));
            continue;
        }
        if got.status != 200 {
            wrong.push(format!(
                "{}: {page} leads to {path}: {}",
                reader.who, got.status
            ));
            continue;
        }
        for action in paths(&got.body, "action")
            .into_iter()
            .chain(paths(&got.body, "formaction"))
        {
            let fits = |method| routes.iter().any(|route| fits(route, method, &action));
            if !fits(&Method::POST) && !fits(&Method::GET) {
                wrong.push(format!("{}: {path} sends to {action}", reader.who));
            }
        }
        open.extend(
            paths(&got.body, "href")
                .into_iter()
                .map(|next| (path.clone(), next)),
        );
        opened.insert(path);
    }
    (wrong, opened)
}

#[test]
fn no_link_of_social_reporting_alone_leads_nowhere() {
    let county = County::using(20, ALONE);
    let mut wrong = Vec::new();
    let (found, opened) = walk(
        &county,
        &Reader::stranger(),
        &["/", "/fi", "/sv", "/en", "/easy"],
    );
    wrong.extend(found);
    for path in [
        "/fi/havainto",
        "/sv/havainto/tunnus",
        "/easy",
        "/fi/saavutettavuus",
    ] {
        assert!(opened.contains(path), "nobody comes to {path}: {opened:?}");
    }
    for (name, needs) in [
        (
            "Kirsi Aaltonen",
            &[
                "/observations",
                "/phenomena",
                "/statistics",
                "/observations/new",
            ][..],
        ),
        ("Markku Vainio", &["/phenomena", "/statistics"]),
        (
            "Aino Salmela",
            &["/observations/new", "/observations/mine", "/statistics"],
        ),
        ("Hanna Rantanen", &["/observations/new", "/phenomena"]),
        ("Tuula Niemelä", &["/admin/people", "/admin/units"]),
        ("Sirpa Kivelä", &["/observations/new"]),
    ] {
        let reader = county.named(name);
        let (found, opened) = walk(&county, reader, &["/sign-in", "/", "/account"]);
        wrong.extend(found);
        for path in needs {
            assert!(
                opened.contains(*path),
                "{name} does not come to {path}: {opened:?}"
            );
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_a_county_does_not_use_is_not_there() {
    let county = County::using(20, ALONE);
    for (name, path) in [
        ("Aino Salmela", "/desk"),
        ("Aino Salmela", "/contacts"),
        ("Aino Salmela", "/clients"),
        ("Hanna Rantanen", "/unit"),
        ("Kirsi Aaltonen", "/flow"),
        ("Sirpa Kivelä", "/oversight/exceptional"),
    ] {
        assert_eq!(county.get(county.named(name), path).status, 404, "{path}");
    }
    for path in ["/fi/yhteydenotto", "/fi/tunnus", "/api/v1/contacts"] {
        assert_eq!(county.get(&Reader::stranger(), path).status, 404, "{path}");
    }
    // Where the day begins follows from what is there.
    for (name, home) in [
        ("Aino Salmela", "/observations/new"),
        ("Kirsi Aaltonen", "/observations"),
        ("Markku Vainio", "/publications"),
        ("Tuula Niemelä", "/admin/people"),
    ] {
        assert_eq!(county.get(county.named(name), "/").location, home, "{name}");
    }
    let jobs: Vec<&str> = features::of(false, ALONE)
        .iter()
        .flat_map(|feature| feature.jobs.iter().map(|job| job.kind))
        .collect();
    assert!(jobs.contains(&"reporting.box"), "{jobs:?}");
    for begins in ["intake.", "casework.", "clients.", "notes.", "plan."] {
        assert!(!jobs.iter().any(|job| job.starts_with(begins)), "{jobs:?}");
    }
    // And the other way round: client work alone has no reporting.
    let work = Rooms {
        work: true,
        reporting: false,
    };
    let county = County::using(20, work);
    let aino = county.named("Aino Salmela");
    assert_eq!(county.get(aino, "/").location, "/desk");
    assert_eq!(county.get(aino, "/observations/new").status, 404);
    assert!(!county.get(aino, "/desk").body.contains("/observations"));
}
