//! Every route, as every role, over every relation to the client or the matter: the house answers what the rights
//! table decides. `route_cases.txt` tells of each route what its right is about; a route that is not there breaks the
//! test, and so does one whose guard has changed.
//!
//! A line: method, path, what it is about, and the rights (`class:action`, choices with `|`) that are all needed. About:
//!
//! - `public`, `own` (the reader's own account and drafts: `drafts.rs`), `house` (nothing of a client's);
//! - `client`, `matter`: here, over every relation to a client;
//! - `contact`, `offer`, `task`, `attachment`: `contacts.rs`, in every standing to a contact, with forms filled as they
//!   should be, so that the answer tells of the right and not of the form;
//! - `sender`: `sender.rs`, with the receipt code of the contact or without;
//! - routes of programs, about whatever of these: `tokens.rs`, with tokens of every kind;
//! - `thing`: rows of administration and review and the offers of matters, whose relations are facts of their own room:
//!   only that the guard is the one of the line; the room's own tests open them over their relations.

mod bodies;
mod cases;
mod contacts;
mod drafts;
mod oracle;
mod sender;
mod stage;
mod standings;
mod tokens;

use std::collections::BTreeMap;

use access::rights::{Decision, Question, RightsTable};
use axum::http::Method;
use clients::gate::tokens_of;
use identity::people::StaffId;
use kernel::time::Date;
use web::{Guard, Route};

use crate::actors::{Actor, Between, ROLES, actor, spare};
use crate::county::County;
use cases::{Case, faults, name, pages_about, routes, suggestion};

#[test]
fn every_route_has_a_case() {
    if std::env::var_os("NOSTE_UPDATE").is_some() {
        let known = cases::all();
        let mut lines: Vec<String> = cases::TEXT.lines().map(str::to_owned).collect();
        lines.extend(
            routes()
                .iter()
                .filter(|route| !known.contains_key(&name(route)))
                .map(suggestion),
        );
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = path.join("tests/house/route_cases.txt");
        std::fs::write(path, format!("{}\n", lines.join("\n"))).expect("written");
        return;
    }
    assert_eq!(faults(&routes(), cases::all()).join("\n"), "");
}

/// The check itself: a route without a case, a case without a route and a guard of another right are all told of.
#[test]
fn a_route_without_its_case_is_found() {
    let route = |path: &'static str, guard| Route::get(path, guard, || async { "" });
    let read = Guard::Right {
        class: "contact",
        action: "read",
    };
    let routes = [
        route("/contacts/{id}", read),
        route("/contacts/{id}/secrets", read),
        route("/contacts", Guard::SignedIn),
        route("/fi", Guard::Public),
    ];
    let text = "GET /contacts/{id} contact contact:read\nGET /contacts house contact:list\nGET /fi sender contact:read\nGET /gone own";
    let found = faults(&routes, cases::read(text));
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("no case: GET /contacts/{id}/secrets"));
    assert!(found[1].starts_with("the guard is not the case's: GET /contacts "));
    assert_eq!(found[2], "no route: GET /gone");
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
        .flatten()
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
    let (mut asked, mut opened, mut wrong) = (0, 0, BTreeMap::<String, Vec<String>>::new());
    for number in 0..ROLES.len() {
        let actor = actor(&county, number, model);
        for (route, case) in pages_about(&["client", "matter"]) {
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
                let expected = expected(&actor, *between, &case, route.guard, today);
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

/// What is known of the matters of a client: changes when one is opened or closed.
fn matters_of(county: &County, client: &str) -> Vec<String> {
    let client: StaffId = client.parse().expect("an id");
    county.rows(
        "select hex(m.id) || ' ' || m.state || ' ' || m.version from matter_client mc join matter m on m.id = mc.matter_id where mc.client_id = $1 order by m.id",
        &[client.bytes().into()],
        |row| row.get::<String>(0),
    )
}

fn fill(route: &Route, object: &str) -> String {
    route
        .path
        .replacen("{id}", object, 1)
        .replace("{kind}", "phone")
        .replace("{row}", "01890000-0000-7000-8000-000000000000")
        .replace("{staff}", "01890000-0000-7000-8000-000000000000")
}
