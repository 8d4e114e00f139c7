//! Every route for programs, with a token of every kind, for every role over every relation of the worker for whom the
//! token acts. A token opens what the table gives both to the role `api_token` and to that worker, and nothing when it
//! is not in force.

mod programs;

use std::collections::BTreeSet;

use access::rights::{Question, RightsTable, Subject};
use axum::body::Body;
use axum::http::Method;
use identity::people::StaffId;
use kernel::time::Date;
use web::{Guard, Route};

use super::bodies::json;
use super::cases::{Case, all, name, routes};
use super::oracle;
use super::scenes::{Scene, set};
use super::stage::roles;
use super::tally::{Came, Tally};
use super::world::World;
use super::{Answer as Says, Asked, decide_all, matters_of};
use crate::actors::{Actor, ROLES, actor};
use crate::between::{BETWEEN, Between};
use crate::county::{County, Reader};
use crate::inside::Got;
use programs::{KINDS, Kind, Programs, Worlds};

/// Whether the role of tokens has a row for it.
fn for_programs(class: &str, action: &str, on: Date) -> bool {
    RightsTable::built_in()
        .decide(&Question {
            subject: &Subject::outside("api_token"),
            class,
            action,
            service_task: "working_age",
            relations: &["token_grant"],
            given: &["acts_for_user", "user_rights_only", "no_own_rights"],
            bars: &[],
            on,
        })
        .allowed()
}

/// What the door answers, before the object is looked at.
fn door(kind: Kind, subject: &Subject, (class, action): (&str, &str), on: Date) -> Option<u16> {
    let ever = RightsTable::built_in().may_ever(subject, class, action, on);
    match kind {
        Kind::Covers if ever && for_programs(class, action, on) => None,
        Kind::Covers | Kind::Lacks => Some(403),
        _ => Some(401),
    }
}

fn token_routes(about: &str) -> Vec<(Route, Case)> {
    let cases = all();
    routes()
        .into_iter()
        .filter(|route| matches!(route.guard, Guard::Token { .. }))
        .map(|route| {
            let case = cases.get(&name(&route)).expect("a case").clone();
            (route, case)
        })
        .filter(|(_, case)| case.about == about)
        .collect()
}

fn needed(route: &Route) -> (&'static str, (&'static str, &'static str)) {
    match route.guard {
        Guard::Token {
            scope,
            class,
            action,
        } => (scope, (class, action)),
        other => panic!("{other:?} is no guard of a token"),
    }
}

#[derive(Default)]
struct Answers {
    tally: Tally,
    /// Routes at which each kind of token came.
    came: BTreeSet<String>,
}

/// One answer against what was expected: the status, whether something was made or changed, whether names are shown.
struct Answer<'a> {
    route: &'a Route,
    kind: Kind,
    who: String,
    /// The status; `None` when the page of a part may be there or not.
    expected: Option<u16>,
    got: &'a Got,
    changed: bool,
    /// Names or words in an answer that must hold none.
    shown: bool,
}

impl Answers {
    fn judge(&mut self, answer: &Answer<'_>) {
        let get = answer.route.method == Method::GET;
        let route = name(answer.route);
        let got = answer.got.status.as_u16();
        let opens = [200, 201].contains(&got);
        let came = if opens { Came::In } else { Came::Back };
        self.tally.count(route.clone(), answer.got, came);
        self.came.insert(format!("{route} {:?}", answer.kind));
        let status = match answer.expected {
            Some(expected) => got == expected,
            None => [200, 404].contains(&got),
        };
        let makes = !get && opens && !answer.route.path.ends_with("/search");
        if !status || answer.changed != makes || answer.shown {
            let told = format!(
                "{:?} of {}: expected {:?}, got {got}{}{}",
                answer.kind,
                answer.who,
                answer.expected,
                if answer.changed { ", done" } else { "" },
                if answer.shown { ", with words" } else { "" }
            );
            self.tally.amiss(route, told);
        }
    }
}

fn contacts(worlds: &Worlds<'_>, answers: &mut Answers) {
    let (county, today) = (worlds.county, worlds.county.built.house.today());
    for number in 0..roles() {
        let person = worlds.stage.person(county, number);
        let programs = Programs::of(worlds, person.role, &person.reader);
        for standing in person.standings() {
            let made = worlds.stage.make(county, &person, standing);
            for (route, case) in token_routes("contact") {
                let (scope, right) = needed(&route);
                let path = route
                    .path
                    .replace("{id}", &StaffId::from_bytes(made.contact).to_string());
                for (kind, reader) in programs.with(scope) {
                    let got = county.get(reader, &path);
                    let expected =
                        oracle::expected(&person, &standing, (true, "{id}"), &case, right, today);
                    let object = if expected.open == Some(true) {
                        200
                    } else {
                        404
                    };
                    let status = door(kind, &person.subject, right, today).unwrap_or(object);
                    let words = expected.words && status == 200;
                    let [said, named, _] = made.marks();
                    answers.judge(&Answer {
                        route: &route,
                        kind,
                        who: format!("{} as {}", person.role, standing.name),
                        expected: Some(status),
                        got: &got,
                        changed: false,
                        shown: !words && (got.body.contains(&said) || got.body.contains(&named)),
                    });
                }
            }
        }
    }
}

fn ask(county: &County, reader: &Reader, route: &Route, path: &str, client: &str) -> Got {
    if route.method == Method::GET {
        return county.get(reader, path);
    }
    county.ask_as(
        reader,
        "POST",
        path,
        &[("content-type", "application/json"), ("if-match", "*")],
        Body::from(json(&route.path, client)),
    )
}

/// Over every relation to a client and to a matter.
fn clients(worlds: &Worlds<'_>, answers: &mut Answers) {
    let (county, today) = (worlds.county, worlds.county.built.house.today());
    let world = World::of(county);
    // What is read first, then what is closed, then what is opened.
    let mut all = [token_routes("client"), token_routes("matter")].concat();
    all.sort_by_key(|(route, case)| (route.method != Method::GET, case.about != "matter"));
    for number in 0..ROLES.len() {
        let actor = actor(county, number, &world.cast);
        let programs = Programs::of(worlds, actor.role, &actor.reader);
        for between in &BETWEEN {
            let made = set(
                county,
                world.model,
                &actor,
                &world.cast,
                (*between, Scene::Plain),
            );
            let (client, matter) = (made.client.to_string(), made.matter);
            for (route, case) in &all {
                let (scope, right) = needed(route);
                let object = if case.about == "client" {
                    client.clone()
                } else {
                    StaffId::from_bytes(matter).to_string()
                };
                let path = route.path.replace("{id}", &object);
                for (kind, reader) in programs.with(scope) {
                    let before = matters_of(county, &client);
                    let get = route.method == Method::GET;
                    let got = ask(county, reader, route, &path, &client);
                    let makes = !get && route.path.ends_with("/matters");
                    let made = if makes { 201 } else { 200 };
                    let expected = match door(kind, &actor.subject, right, today) {
                        Some(status) => Some(status),
                        None => object_status(&actor, *between, case, today, made),
                    };
                    answers.judge(&Answer {
                        route,
                        kind,
                        who: format!("{} over {between:?}", actor.role),
                        expected,
                        got: &got,
                        changed: matters_of(county, &client) != before,
                        shown: get && got.status != 200 && got.body.contains(&world.person),
                    });
                }
            }
        }
        house(county, &actor, &programs, answers);
    }
}

fn object_status(actor: &Actor, between: Between, case: &Case, on: Date, made: u16) -> Option<u16> {
    let asked = Asked::of(between, Scene::Plain, case);
    match decide_all(&actor.subject, &asked, &case.needs, on) {
        Says::Allow => Some(made),
        Says::Narrow => None,
        Says::Exceptional | Says::Deny => Some(404),
    }
}

/// Whether whoever may search at all may search the whole county: rows for one's own service, an open case or a task of
/// administration do not reach it (rights of the domain, section 7).
fn searches(route: &Route, actor: &Actor, on: Date) -> bool {
    !route.path.ends_with("/search")
        || RightsTable::built_in()
            .decide(&Question {
                subject: &actor.subject,
                class: "person",
                action: "search",
                service_task: "na",
                relations: &[],
                given: &["exact_match", "exact_or_name", "not_restricted"],
                bars: &[],
                on,
            })
            .allowed()
}

/// Lists, and what is made anew: nothing stands between the worker and it.
fn house(county: &County, actor: &Actor, programs: &Programs, answers: &mut Answers) {
    let today = county.built.house.today();
    let count = || {
        county
            .rows("select count(*) from client", &[], |row| row.get::<i64>(0))
            .remove(0)
    };
    for (route, _) in token_routes("house") {
        let (scope, right) = needed(&route);
        let made = if route.path.ends_with("/clients") && route.method == Method::POST {
            201
        } else {
            200
        };
        for (kind, reader) in programs.with(scope) {
            let before = count();
            let got = ask(county, reader, &route, &route.path, "");
            answers.judge(&Answer {
                route: &route,
                kind,
                who: actor.role.to_owned(),
                expected: Some(door(kind, &actor.subject, right, today).unwrap_or_else(|| {
                    if searches(&route, actor, today) {
                        made
                    } else {
                        404
                    }
                })),
                got: &got,
                changed: count() != before,
                shown: false,
            });
        }
    }
}

#[test]
fn every_answer_to_a_program_is_the_tables() {
    let county = County::of(30);
    let worlds = Worlds::of(&county);
    let mut answers = Answers::default();
    contacts(&worlds, &mut answers);
    clients(&worlds, &mut answers);
    println!("{} answers", answers.tally.asked);
    assert_eq!(answers.tally.told(), "");
    // Every route for programs was asked with a token of every kind, and opened for somebody.
    let all = routes()
        .iter()
        .filter(|route| matches!(route.guard, Guard::Token { .. }))
        .map(name)
        .collect();
    assert_eq!(answers.tally.never_opened(&all), [""; 0], "never opened");
    for name in all {
        for kind in KINDS {
            let came = answers.came.contains(&format!("{name} {kind:?}"));
            assert!(came, "{kind:?} never came to {name}");
        }
    }
}
