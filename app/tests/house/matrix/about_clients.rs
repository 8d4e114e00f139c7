//! Every route about a client or a matter, as every role over every relation, with forms filled as they should be.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use web::{Guard, Route};

use super::bodies::client_body;
use super::cases::{Case, name, pages_about};
use super::judge::{Seen, Wanted, fits};
use super::scenes::{Scene, Set, found, set};
use super::tally::Tally;
use super::world::World;
use super::{Answer, Asked, decide, decide_all};
use crate::actors::{Actor, Cast, ROLES, actor, numbered, text};
use crate::between::{BETWEEN, Between};
use crate::county::County;
use crate::inside::Got;

/// Forms that show something and change nothing else.
const SHOWS: [&str; 3] = [
    "/clients/{id}/timeline",
    "/clients/{id}/secret",
    "/matters/{id}/transfer/print",
];

/// Somebody of a role, with a client whom that person may have written down.
struct Worker {
    actor: Actor,
    known: IdentityCode,
}

/// Whether the act can be done at all, whoever has the right: everything else is the table's.
fn possible(path: &str, worker: &Worker, between: Between, today: Date) -> bool {
    let meets = |rights: &[(&str, &str)]| {
        let known = Between::Kind("recorder");
        let asked = Asked::client(known);
        rights.iter().all(|(class, action)| {
            decide(&worker.actor.subject, &asked, class, action, today).opens()
        })
    };
    match path {
        "/matters/{id}/offer" | "/matters/{id}/worker" | "/matters/{id}/workers/{staff}/leave" => {
            between.disposes()
        }
        // Only to whom it is made, whatever else there is to do with the matter.
        "/matter-offers/{id}/accept" | "/matter-offers/{id}/refuse" => between == Between::Offered,
        // Somebody else is found by the code first, within the rules of searching.
        "/clients/{id}/merge" => {
            meets(&[("client_basics", "see_basics")]) && searches(worker, today)
        }
        "/matters/{id}/client" => {
            meets(&[("client_basics", "see_basics"), ("matter", "create")])
                && searches(worker, today)
        }
        _ => true,
    }
}

fn searches(worker: &Worker, today: Date) -> bool {
    let asked = Asked {
        relations: Vec::new(),
        given: vec!["exact_match", "exact_or_name", "not_restricted"],
    };
    decide(&worker.actor.subject, &asked, "person", "search", today).opens()
}

fn wanted(
    worker: &Worker,
    between: Between,
    (route, case): (&Route, &Case),
    today: Date,
) -> Wanted {
    let Guard::Right { class, action } = route.guard else {
        panic!("{route:?} is about somebody and has no right");
    };
    let table = access::rights::RightsTable::built_in();
    let subject = &worker.actor.subject;
    if !table.may_ever(subject, class, action, today) {
        return Wanted::NoDoor;
    }
    let scene = Scene::of(&route.path);
    let asked = Asked::of(between, scene, case);
    let right = |class: &str, action: &str| decide(subject, &asked, class, action, today);
    if route.path.ends_with("/exceptional") {
        // The door is for those alone who may not come in otherwise.
        return match right("client_basics", "see_basics") {
            Answer::Exceptional => Wanted::Open,
            _ => Wanted::Refused,
        };
    }
    let forms = route.method != Method::GET;
    let able = if forms {
        possible(&route.path, worker, between, today)
    } else {
        possible_to_ask(&route.path, worker, between, today)
    };
    match decide_all(subject, &asked, &case.needs, today) {
        Answer::Exceptional => Wanted::Exceptional,
        Answer::Deny => Wanted::Refused,
        _ if !able => Wanted::Refused,
        Answer::Narrow => Wanted::Part,
        Answer::Allow => Wanted::Open,
    }
}

/// Whether the page of an act is there: whom one names is not known before the form is sent.
fn possible_to_ask(path: &str, worker: &Worker, between: Between, today: Date) -> bool {
    path.ends_with("/merge") || path.ends_with("/client") || possible(path, worker, between, today)
}

/// Everything that an act about a client or a matter changes.
fn state(county: &County, set: &Set) -> Vec<String> {
    county.rows(
        "select (select version || state || coalesce(died_on, '') || coalesce(hex(responsible_unit), '') from client where id = $1)
            || ' ' || (select count(*) || '-' || count(ended_at) || '-' || count(voided_at) from client_detail where client_id = $1)
            || ' ' || (select count(*) || '-' || count(valid_to) from related_person where client_id = $1)
            || ' ' || (select count(*) || '-' || count(ends_at) from relation where client_id = $1)
            || ' ' || (select count(*) || '-' || count(ended_at) from secret_right where client_id = $1)
            || ' ' || (select count(*) || '-' || count(ended_at) from non_disclosure where client_id = $1)
            || ' ' || (select count(*) || '-' || count(ends_at) from bar where client_id = $1)
            || ' ' || (select count(*) from merge where kept = $1 or merged = $1)
            || ' ' || (select count(*) from exceptional_access where client_id = $1)
            || ' ' || (select count(*) || '-' || count(ended_on) from client_relation where client_id = $1)
            || ' ' || (select count(*) || '-' || count(left_at) from matter_client where client_id = $1)
            || ' ' || (select group_concat(state || version || coalesce(hex(holder_staff), '')) from matter where id = $2)
            || ' ' || (select count(*) || '-' || count(left_at) || '-' || count(part) from matter_client where matter_id = $2)
            || ' ' || (select count(*) from matter_event where matter_id = $2)
            || ' ' || coalesce((select group_concat(state) from matter_offer where matter_id = $2), '')
            || ' ' || (select count(sent_at) from county_outbox where matter_id = $2)",
        &[set.client.bytes().into(), set.matter.into()],
        |row| row.get::<String>(0),
    )
}

fn address(route: &Route, case: &Case, set: &Set, cast: &Cast) -> String {
    let object = if route.path.starts_with("/matter-offers/") {
        text(set.row)
    } else if case.about == "client" {
        set.client.to_string()
    } else {
        text(set.matter)
    };
    let path = route
        .path
        .replacen("{id}", &object, 1)
        .replace("{kind}", "phone")
        .replace("{row}", &text(set.row))
        .replace("{detail}", &text(set.row))
        .replace("{staff}", &cast.third.to_string());
    assert!(!path.contains('{'), "tell what stands in {path}");
    path
}

impl World<'_> {
    fn ask(&self, worker: &Worker, route: &Route, path: &str, set: &Set) -> Got {
        let fields = (route.method != Method::GET)
            .then(|| client_body(&route.path, set, &self.cast, &worker.known, self.today));
        self.county
            .send(&worker.actor.reader, path, fields.as_deref())
    }

    /// Comes to every route in one relation. What an act has changed is made anew.
    fn walk(
        &self,
        worker: &Worker,
        judged_as: &Worker,
        (about, between): (&str, Between),
        tally: &mut Tally,
    ) {
        let mut routes = pages_about(&[about]);
        // Looking first: it must change nothing.
        routes.sort_by_key(|(route, _)| route.method != Method::GET);
        let mut sets: BTreeMap<Scene, (Set, Vec<String>)> = BTreeMap::new();
        self.forget_searches(worker);
        for (route, case) in &routes {
            let scene = Scene::of(&route.path);
            let (set, before) = sets.entry(scene).or_insert_with(|| {
                let actor = &worker.actor;
                let made = set(self.county, self.model, actor, &self.cast, (between, scene));
                let state = state(self.county, &made);
                (made, state)
            });
            let path = address(route, case, set, &self.cast);
            let got = self.ask(worker, route, &path, set);
            let get = route.method == Method::GET;
            let shows = SHOWS.contains(&&*route.path);
            let after = state(self.county, set);
            let seen = Seen {
                get,
                shows,
                changed: after != *before && !shows,
                got: &got,
            };
            let wanted = wanted(judged_as, between, (route, case), self.today);
            let looks = |class: &str, action: &str| {
                let asked = Asked::of(between, scene, case);
                let subject = &judged_as.actor.subject;
                decide(subject, &asked, class, action, self.today).opens()
            };
            let may_look = looks("client_basics", "see_basics")
                || looks("matter", "read")
                || looks("offer", "read");
            let blank = !got.body.contains(&self.person);
            tally.count(name(route), &got, seen.came(wanted));
            if !fits(wanted, &seen, blank, may_look) {
                let told = seen.told(blank);
                let who = worker.actor.role;
                tally.amiss(
                    name(route),
                    format!("{who} over {between:?}: {wanted:?}, but {told}"),
                );
            }
            if after != *before {
                sets.remove(&scene);
            }
        }
    }

    /// The limits of searching are other tests' matter.
    fn forget_searches(&self, worker: &Worker) {
        let staff = worker.actor.staff.bytes();
        self.county
            .built
            .house
            .store
            .write_blocking(move |tx| {
                for table in ["search_pause", "search_use"] {
                    tx.execute(
                        &format!("delete from {table} where staff_id = $1"),
                        &store::params![staff],
                    )?;
                }
                Ok::<_, store::StoreError>(())
            })
            .expect("forgotten");
    }

    fn worker(&self, number: usize) -> Worker {
        let actor = actor(self.county, number, &self.cast);
        let known = found(self.county, self.model, &actor, number);
        Worker { actor, known }
    }
}

#[test]
fn every_answer_about_a_client_is_the_tables() {
    every_answer("client");
}

#[test]
fn every_answer_about_a_matter_is_the_tables() {
    every_answer("matter");
}

/// Whether the table has a row for the role over the relation. For a role that has none every relation is as none; two
/// roles come with all of them none the less.
pub fn meets(number: usize, between: Between) -> bool {
    let (_, tasks, _) = ROLES[number];
    let Between::Kind(kind) = between else {
        return true;
    };
    number < 2
        || access::rights::RightsTable::built_in()
            .rows()
            .iter()
            .any(|row| {
                row.relation == kind && row.tasks.iter().any(|task| tasks.contains(&task.as_str()))
            })
}

fn every_answer(about: &str) {
    let county = County::of(30);
    let world = World::of(&county);
    let mut tally = Tally::default();
    for number in 0..ROLES.len() {
        let worker = world.worker(number);
        let between = BETWEEN.into_iter().filter(|one| meets(number, *one));
        for between in between {
            world.walk(&worker, &worker, (about, between), &mut tally);
        }
    }
    println!("{} answers", tally.asked);
    assert_eq!(tally.told(), "");
    // Nothing was asked in vain: each route opened for somebody and was refused to somebody.
    let routes: BTreeSet<String> = pages_about(&[about])
        .iter()
        .map(|(route, _)| name(route))
        .collect();
    assert_eq!(tally.never_opened(&routes), [""; 0], "never opened");
    assert_eq!(tally.never_refused(&routes), [""; 0], "never refused");
    assert!(tally.asked > 5_000, "{}", tally.asked);
}

/// The comparison finds what is amiss: a social worker's rights are expected for somebody at the front door.
#[test]
fn a_wrong_expectation_about_a_client_is_told() {
    let county = County::of(10);
    let world = World::of(&county);
    let who = |role| world.worker(numbered(role));
    let (front, social) = (who("front door"), who("social worker"));
    let mut tally = Tally::default();
    let own = Between::Kind("own_worker");
    for about in ["client", "matter"] {
        world.walk(&front, &social, (about, own), &mut tally);
    }
    let told = tally.told();
    for line in [
        "GET /clients/{id}: ",
        "front door over Kind(\"own_worker\"): Open, but 303",
        "POST /matters/{id}/close: ",
        "front door over Kind(\"own_worker\"): Open, but 404",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}
