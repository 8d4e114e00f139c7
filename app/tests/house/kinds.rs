//! A document opens in the room of its own kind alone: to the pages of plans the id of an assessment is nothing, also for
//! whoever may read and write both.

use web::Route;

use crate::county::{County, Reader};
use crate::furnish::furnish;

const ROOMS: [(&str, &str); 3] = [
    ("assessment", "/assessments/{id}"),
    ("plan", "/plans/{id}"),
    ("note", "/notes/{id}"),
];

/// Everything of documents that an act could change.
fn state(county: &County) -> Vec<String> {
    let documents = county.rows(
        "select id, state, version_no, revision, changed_at from document order by id",
        &[],
        |row| {
            let id: [u8; 16] = row.get(0)?;
            let (state, numbers): (String, [i64; 3]) =
                (row.get(1)?, [row.get(2)?, row.get(3)?, row.get(4)?]);
            Ok(format!("{id:?} {state} {numbers:?}"))
        },
    );
    let counts = county.rows(
        "select (select count(*) from document_part) + (select count(*) from document_version) + (select count(*) from document_void) + (select count(*) from assessment_section) + (select count(*) from plan_goal) + (select count(*) from plan_action) + (select count(*) from relation) + (select count(*) from timeline_item)",
        &[],
        |row| Ok(row.get::<i64>(0)?.to_string()),
    );
    [documents, counts].concat()
}

/// A document of a kind that the worker opens.
fn open_to(county: &County, worker: &Reader, kind: &str, base: &str) -> String {
    county
        .ids(&format!(
            "select id from document where kind = '{kind}' and state <> 'voided' order by changed_at desc, id"
        ))
        .into_iter()
        .find(|id| county.get(worker, &base.replace("{id}", id)).status == 200)
        .unwrap_or_else(|| panic!("{kind}: the worker opens one"))
}

/// The address of a route about a document, with what stands in it besides.
fn address(county: &County, route: &Route, document: &str) -> String {
    let first = |table: &str| {
        let ids = county.ids(&format!("select id from {table} order by id desc limit 1"));
        ids.into_iter()
            .next()
            .unwrap_or_else(|| document.to_owned())
    };
    let part = |part: &str| match part {
        "{id}" => document.to_owned(),
        "{goal}" => first("plan_goal"),
        "{action}" => first("plan_action"),
        "{section}" if route.path.starts_with("/plans") => first("plan_section"),
        "{section}" => first("assessment_section"),
        "{part}" if route.path.starts_with("/plans") => "together".to_owned(),
        "{part}" => "housing".to_owned(),
        "{no}" => "1".to_owned(),
        "{language}" => "fi".to_owned(),
        other if other.starts_with('{') => document.to_owned(),
        other => other.to_owned(),
    };
    let parts: Vec<String> = route.path.split('/').map(part).collect();
    parts.join("/")
}

#[test]
fn a_document_of_another_kind_is_not_found() {
    let county = County::of(20);
    furnish(&county);
    let worker = county.named("Aino Salmela");
    let documents = ROOMS.map(|(kind, base)| (kind, open_to(&county, worker, kind, base)));
    let before = state(&county);
    let routes: Vec<Route> = app::features::all(true)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .collect();
    let fields = [
        ("what", "visit"),
        ("when", "1.6.2026"),
        ("body", "Toisen asiakirjan teksti."),
        ("reason", "Syy"),
        ("words", "Sanat"),
        ("act", "finish"),
    ];
    let (mut asked, mut wrong) = (0, Vec::new());
    for (kind, base) in ROOMS {
        let own =
            |route: &&Route| route.path == base || route.path.starts_with(&format!("{base}/"));
        for route in routes.iter().filter(own) {
            for (other, document) in documents.iter().filter(|(other, _)| *other != kind) {
                let path = address(&county, route, document);
                let got = match route.method.as_str() {
                    "GET" => county.get(worker, &path),
                    _ => county.post(worker, &path, &fields),
                };
                asked += 1;
                // A form that is not filled may be refused before the document is looked for.
                let refused = route.method != "GET" && matches!(got.status.as_u16(), 409 | 422);
                if got.status != 404 && !refused {
                    wrong.push(format!("{route:?} with {other}: {}", got.status));
                }
            }
        }
    }
    assert!(asked > 120, "{asked} were asked");
    assert_eq!(wrong, [""; 0]);
    assert_eq!(state(&county), before, "nothing has changed");
}
