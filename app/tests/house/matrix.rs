//! Every route, as every role, over every relation to the client or the matter: the house answers what the rights
//! table decides. `route_cases.txt` tells of each route what its right is about; a route that is not there breaks the
//! test, and so does one whose guard has changed.
//!
//! A line: method, path, what it is about, and the rights (`class:action`) that are all needed. About: `public`, `own`
//! (the reader's own account), `house` (nothing of a client's), `client`, `matter`, and `thing` (a contact, an offer, a
//! task ... whose relations are facts of its own room: here only that its guard is the one of its line; the room's own
//! tests open it over its relations).

use std::collections::BTreeMap;

use access::rights::{Decision, Question, RightsTable};
use axum::http::Method;
use clients::gate::tokens_of;
use identity::people::StaffId;
use kernel::time::Date;
use web::{Guard, Route};

use crate::actors::{Actor, Between, ROLES, actor, spare};
use crate::county::County;

const CASES: &str = include_str!("route_cases.txt");

#[derive(Debug, Clone)]
struct Case {
    about: String,
    needs: Vec<(String, String)>,
}

fn cases() -> BTreeMap<String, Case> {
    CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut parts = line.split_whitespace();
            let name = format!(
                "{} {}",
                parts.next().expect("a method"),
                parts.next().expect("a path")
            );
            let about = parts.next().expect("what it is about").to_owned();
            let needs = parts
                .map(|right| {
                    let (class, action) = right.split_once(':').expect("class:action");
                    (class.to_owned(), action.to_owned())
                })
                .collect();
            (name, Case { about, needs })
        })
        .collect()
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

fn routes() -> Vec<Route> {
    app::features::all(true)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .collect()
}

/// A line for a route that has none, to be read and corrected by whoever adds the route.
fn suggestion(route: &Route) -> String {
    let (class, action) = match route.guard {
        Guard::Public => return format!("{} public", name(route)),
        Guard::SignedIn => return format!("{} own", name(route)),
        Guard::Right { class, action } | Guard::Token { class, action, .. } => (class, action),
    };
    let begins = |begin: &str| route.path.starts_with(begin);
    let (about, open) = if begins("/clients/{id}") || begins("/api/v1/clients/{id}") {
        ("client", "client_basics:see_basics")
    } else if begins("/matters/{id}") || begins("/api/v1/matters/{id}") {
        ("matter", "matter:read")
    } else if route.path.contains('{') {
        ("thing", "")
    } else {
        ("house", "")
    };
    let own = format!("{class}:{action}");
    let open = if own == open { "" } else { open };
    format!("{} {about} {own} {open}", name(route))
        .trim_end()
        .to_owned()
}

#[test]
fn every_route_has_a_case() {
    let mut cases = cases();
    if std::env::var_os("NOSTE_UPDATE").is_some() {
        let mut lines: Vec<String> = CASES.lines().map(str::to_owned).collect();
        let missing = routes();
        lines.extend(
            missing
                .iter()
                .filter(|route| !cases.contains_key(&name(route)))
                .map(suggestion),
        );
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = path.join("tests/house/route_cases.txt");
        std::fs::write(path, format!("{}\n", lines.join("\n"))).expect("written");
        return;
    }
    let mut wrong = Vec::new();
    for route in routes() {
        let Some(case) = cases.remove(&name(&route)) else {
            wrong.push(format!("no case: {route:?}"));
            continue;
        };
        let fits = match route.guard {
            Guard::Public => case.about == "public" && case.needs.is_empty(),
            Guard::SignedIn => case.about == "own" && case.needs.is_empty(),
            Guard::Right { class, action } | Guard::Token { class, action, .. } => {
                !["public", "own"].contains(&case.about.as_str())
                    && case
                        .needs
                        .iter()
                        .any(|(own, act)| own == class && act == action)
            }
        };
        if !fits {
            wrong.push(format!("the guard is not the case's: {route:?} {case:?}"));
        }
    }
    wrong.extend(cases.keys().map(|name| format!("no route: {name}")));
    assert_eq!(wrong.join("\n"), "");
}

/// What the table says, asked without the rooms' own code.
fn decide(actor: &Actor, between: Between, class: &str, action: &str, on: Date) -> &'static str {
    let relation = between.relation();
    let looks = ["see_exists", "see_basics", "see_own_worker", "read"].contains(&action);
    let counts = between != Between::Tail || looks;
    let relations: Vec<&str> = relation.filter(|_| counts).into_iter().collect();
    // The matter is open, and held by somebody at work; whoever takes a record out of use says that it was the wrong
    // person's.
    let mut given = vec![
        "not_restricted",
        "strong_auth",
        "open_only",
        "wrong_person_only",
        "own_entry",
    ];
    for kind in &relations {
        given.extend(tokens_of(kind, class));
    }
    let decision = RightsTable::built_in().decide(&Question {
        subject: &actor.subject,
        class,
        action,
        service_task: "working_age",
        relations: &relations,
        given: &given,
        bars: &[],
        on,
    });
    match decision {
        Decision::Allow(row) if row.conditions.iter().any(|one| one.kind.narrows()) => "narrow",
        Decision::Allow(_) => "allow",
        Decision::Exceptional(_) => "exceptional",
        Decision::Deny(_) => "deny",
    }
}

/// The answer that the decisions lead to. `narrow`: the table shows only a part, and the page of the rest is not there.
fn expected(actor: &Actor, between: Between, case: &Case, guard: Guard, on: Date) -> &'static str {
    if let Guard::Right { class, action } = guard
        && !RightsTable::built_in().may_ever(&actor.subject, class, action, on)
    {
        return "hidden";
    }
    let answers: Vec<&str> = case
        .needs
        .iter()
        .map(|(class, action)| decide(actor, between, class, action, on))
        .collect();
    if answers.contains(&"exceptional") {
        "exceptional"
    } else if answers.contains(&"deny") {
        "hidden"
    } else if answers.contains(&"narrow") {
        "narrow"
    } else {
        "opens"
    }
}

fn answered(got: &crate::inside::Got) -> &'static str {
    match got.status.as_u16() {
        404 => "hidden",
        303 if got.location.ends_with("/exceptional") => "exceptional",
        // Back to the thing itself, where the act is not offered: nothing was done.
        303 if got.location.starts_with("/matters/") && !got.location.contains('?') => "turned",
        200 | 303 => "opens",
        // The form comes back; nothing was done.
        400 | 409 | 422 | 429 => "returned",
        _ => "something else",
    }
}

/// Whether the answer is what the table says. A form that comes back before the right is asked may hold what was typed,
/// and of the client only what its sender may see anyway.
fn fits(expected: &str, answered: &str, blank: bool, may_look: bool) -> bool {
    let back = match answered {
        "returned" => blank || may_look,
        "turned" => may_look,
        _ => false,
    };
    match expected {
        "opens" => matches!(answered, "opens" | "returned" | "turned"),
        "narrow" => matches!(answered, "opens" | "returned" | "turned" | "hidden"),
        // Only a reading tells of the door of exceptional access; an act simply is not there.
        "exceptional" => matches!(answered, "exceptional" | "hidden") || back,
        _ => answered == "hidden" || back,
    }
}

#[test]
fn every_answer_is_the_tables() {
    let county = County::of(30);
    let today = county.built.house.today();
    let model = spare(&county)[0];
    let person = county
        .rows(
            "select display_name from client where id = $1",
            &[model.0.bytes().into()],
            |row| row.get::<String>(0),
        )
        .remove(0);
    let cases = cases();
    let (mut asked, mut opened, mut wrong) = (0, 0, BTreeMap::<String, Vec<String>>::new());
    for number in 0..ROLES.len() {
        let actor = actor(&county, number, model);
        for route in routes() {
            let Some(case) = cases.get(&name(&route)) else {
                continue;
            };
            if !["client", "matter"].contains(&case.about.as_str())
                || matches!(route.guard, Guard::Token { .. })
            {
                continue;
            }
            for (between, client, matter) in &actor.clients {
                let object = if case.about == "client" {
                    client.to_string()
                } else {
                    StaffId::from_bytes(*matter).to_string()
                };
                let path = fill(&route, &object);
                let got = if route.method == Method::GET {
                    county.get(&actor.reader, &path)
                } else {
                    county.post(&actor.reader, &path, &[])
                };
                let expected = expected(&actor, *between, case, route.guard, today);
                let answered = answered(&got);
                asked += 1;
                opened += usize::from(answered == "opens");
                let looks = |class, action| {
                    ["allow", "narrow"].contains(&decide(&actor, *between, class, action, today))
                };
                let may_look = looks("client_basics", "see_basics") || looks("matter", "read");
                let blank = !got.body.contains(&person);
                if !fits(expected, answered, blank, may_look) {
                    wrong.entry(name(&route)).or_default().push(format!(
                        "{} over {between:?}: {expected}, but {} {}",
                        actor.role, got.status, got.location
                    ));
                }
            }
        }
    }
    println!("{asked} answers, {opened} open");
    let told: Vec<String> = wrong
        .iter()
        .map(|(route, all)| {
            format!(
                "{route}: {} such, {:?}",
                all.len(),
                &all[..all.len().min(4)]
            )
        })
        .collect();
    assert_eq!(told.join("\n"), "");
    assert!(asked > 5_000 && opened > 250, "{asked} {opened}");
}

fn fill(route: &Route, object: &str) -> String {
    route
        .path
        .replacen("{id}", object, 1)
        .replace("{kind}", "phone")
        .replace("{row}", "01890000-0000-7000-8000-000000000000")
        .replace("{staff}", "01890000-0000-7000-8000-000000000000")
}
