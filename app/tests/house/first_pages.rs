//! What each role sees first: the page where the day begins, the navigation, the parts of the desk. `docs/roles.md` says
//! the same in a table; nothing here asks for a role, it all follows from the table of rights.

use axum::http::StatusCode;

use crate::county::County;

/// Name, where the day begins, what the navigation has, what it has not.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const ROLES: [Row; 9] = [
    (
        "Jaana Peltola",
        "/desk",
        &["/desk", "/contacts", "/clients", "/matters", "/advice"],
        &["/unit", "/flow"],
    ),
    (
        "Milla Heino",
        "/desk",
        &["/desk", "/contacts", "/advice"],
        &["/unit", "/flow", "/matters"],
    ),
    (
        "Ville Aho",
        "/desk",
        &["/desk", "/contacts", "/clients", "/matters", "/notes"],
        &["/unit", "/flow"],
    ),
    (
        "Aino Salmela",
        "/desk",
        &["/desk", "/contacts", "/clients", "/matters", "/notes"],
        &["/unit", "/flow"],
    ),
    (
        "Sofia Lind",
        "/desk",
        &["/desk", "/clients", "/notes"],
        &["/unit", "/flow", "/contacts", "/advice"],
    ),
    (
        "Hanna Rantanen",
        "/desk",
        &[
            "/desk",
            "/contacts",
            "/clients",
            "/matters",
            "/unit",
            "/flow",
        ],
        &[],
    ),
    (
        "Kirsi Aaltonen",
        "/observations",
        &["/flow", "/observations", "/phenomena", "/statistics"],
        &["/unit", "/contacts", "/clients", "/matters", "/notes"],
    ),
    (
        "Markku Vainio",
        "/publications",
        &["/flow", "/phenomena", "/statistics"],
        &["/observations", "/unit", "/contacts", "/clients"],
    ),
    (
        "Tuula Niemelä",
        "/admin/people",
        &["/admin/people"],
        &["/unit", "/flow", "/contacts", "/clients", "/matters"],
    ),
];

#[test]
fn every_role_begins_where_its_rights_are() {
    let county = County::of(60);
    for (name, home, has, has_not) in ROLES {
        let reader = county.named(name);
        let arrived = county.get(reader, "/sign-in");
        assert_eq!(arrived.location, home, "{name} begins");
        let page = county.get(reader, home);
        assert_eq!(page.status, StatusCode::OK, "{name}: {home}");
        let link = |href: &str| page.body.contains(&format!("href=\"{href}\""));
        for href in has {
            assert!(link(href), "{name} has no {href}: {}", page.body);
        }
        for href in has_not {
            assert!(!link(href), "{name} has {href}");
        }
    }
    // The parts of the desk follow the tasks too.
    let part = |name: &str, id: &str| {
        let page = county.get(county.named(name), "/desk");
        page.body.contains(&format!("aria-labelledby=\"{id}\""))
    };
    for (name, mine, held) in [
        ("Aino Salmela", true, true),
        ("Ville Aho", true, true),
        ("Sofia Lind", true, false),
        ("Kirsi Aaltonen", false, false),
        ("Markku Vainio", false, false),
        ("Tuula Niemelä", false, false),
    ] {
        assert_eq!(part(name, "mine"), mine, "{name}: own clients");
        assert_eq!(part(name, "held"), held, "{name}: contacts held");
    }
}
