//! Every route about a contact, an offer, a promise or a file, as every role in every standing to the contact.

use std::collections::BTreeSet;

use axum::http::Method;
use identity::people::StaffId;
use web::{Guard, Route};

use super::bodies::body;
use super::cases::{Case, name, pages_about};
use super::oracle::{Expected, anywhere, expected};
use super::stage::{Made, Person, Stage, roles};
use super::tally::{Came, Tally};
use crate::actors::numbered;
use crate::county::County;
use crate::inside::Got;

const ABOUT: [&str; 4] = ["contact", "offer", "task", "attachment"];

/// Standings in which also those come whom the door lets to no such page at all, whatever they have to do with it.
const AT_THE_DOOR: [&str; 3] = ["nothing", "holder", "own promise, another's contact"];

/// What was seen of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub status: u16,
    /// Something in the contact is otherwise than before.
    pub changed: bool,
    /// What the person wrote, or the person's name, is in the answer.
    pub words: bool,
}

/// What is wrong with an answer: what was expected and what was got.
pub fn wrong(get: bool, expected: Expected, seen: Seen) -> Option<String> {
    let refused = if !expected.door {
        seen.status == 404
    } else if expected.look {
        // Back to the contact, or the page again with the reason.
        matches!(seen.status, 303 | 404 | 409)
    } else if get {
        seen.status == 404
    } else {
        // What was typed comes back to whoever typed it; a promise that is gone leads to the desk.
        matches!(seen.status, 404 | 409 | 303)
    };
    let opened = if get {
        seen.status == 200
    } else {
        seen.status == 303 && seen.changed
    };
    let told = match expected.open {
        Some(true) if !opened => "allowed",
        Some(false) if !refused || seen.changed => "refused",
        None if !(opened || refused && !seen.changed) => "a part",
        _ if seen.words && !expected.words => "without words",
        _ => return None,
    };
    let look = if expected.look { ", may look" } else { "" };
    Some(format!(
        "expected {told}{look}; got {}{}{}",
        seen.status,
        if seen.changed { ", done" } else { "" },
        if seen.words { ", with words" } else { "" }
    ))
}

/// The state of a contact: any act changes something of it.
fn state(county: &County, made: &Made) -> Vec<String> {
    // The first POST after the pages would show what a page had changed.
    county.rows(
        "select c.version || ' ' || c.state || ' ' || c.holder_kind || ' ' || coalesce(hex(c.holder_staff), '') || ' ' || (select count(*) from contact_event e where e.contact_id = c.id) || ' ' || (select count(*) from contact_message m where m.contact_id = c.id) || ' ' || (select count(*) from attempt a where a.contact_id = c.id) || ' ' || (select group_concat(o.state) from offer o where o.contact_id = c.id) || ' ' || (select count(*) from task t where t.contact_id = c.id and t.done_at is null) || ' ' || (select count(*) from ending n where n.contact_id = c.id and n.seen_at is not null) || ' ' || (select count(*) from contact_link l where l.contact_id = c.id) from contact c where c.id = $1",
        &[made.contact.into()],
        |row| row.get::<String>(0),
    )
}

fn address(route: &Route, case: &Case, made: &Made) -> String {
    let id = match case.about.as_str() {
        "offer" => made.offer,
        "task" => made.task,
        "attachment" => made.attachment,
        _ => made.contact,
    };
    let path = route
        .path
        .replacen("{id}", &StaffId::from_bytes(id).to_string(), 1);
    assert!(!path.contains('{'), "tell what stands in {path}");
    path
}

/// Asks one route.
fn ask(county: &County, stage: &Stage, person: &Person, route: &Route, path: &str) -> Got {
    let fields = (route.method != Method::GET)
        .then(|| body(&name(route), stage, county.built.house.today()));
    county.send(&person.reader, path, fields.as_deref())
}

/// Comes to every route as a person in each standing, and judges by what the table says of another or the same one.
fn walk(county: &County, stage: &Stage, person: &Person, judged_as: &Person, tally: &mut Tally) {
    let today = county.built.house.today();
    let mut routes = pages_about(&ABOUT);
    // Looking first: it must change nothing, so that the state need not be read anew after each page.
    routes.sort_by_key(|(route, _)| route.method != Method::GET);
    for standing in person.standings() {
        let mut made = stage.make(county, person, standing);
        let mut before = state(county, &made);
        for (route, case) in &routes {
            let Guard::Right { class, action } = route.guard else {
                panic!("{route:?} is about somebody and has no right");
            };
            let get = route.method == Method::GET;
            let asked = (get, route.path.as_ref());
            let expected = expected(judged_as, &standing, asked, case, (class, action), today);
            if !expected.door && !AT_THE_DOOR.contains(&standing.name) {
                continue;
            }
            let got = ask(county, stage, person, route, &address(route, case, &made));
            let after = if get {
                before.clone()
            } else {
                state(county, &made)
            };
            let seen = Seen {
                status: got.status.as_u16(),
                changed: after != before,
                words: made.marks().iter().any(|mark| got.body.contains(mark)),
            };
            let done = if get {
                seen.status == 200
            } else {
                seen.changed
            };
            let came = if done { Came::In } else { Came::Back };
            tally.count(name(route), &got, came);
            if let Some(wrong) = wrong(get, expected, seen) {
                let (role, standing) = (person.role, standing.name);
                let told = format!("{role} as {standing}: {wrong} {}", got.location);
                tally.amiss(name(route), told);
            }
            if seen.changed {
                made = stage.make(county, person, standing);
                before = state(county, &made);
            }
        }
    }
}

/// What is nobody's contact: lists, and what is written down anew.
fn house(county: &County, stage: &Stage, person: &Person, tally: &mut Tally) {
    let count = || {
        county.rows(
            "select (select count(*) from contact) || ' ' || (select count(*) from advice)",
            &[],
            |row| row.get::<String>(0),
        )
    };
    let begins = ["/contacts", "/unit", "/desk", "/advice"];
    for (route, case) in pages_about(&["house"]) {
        if !begins.iter().any(|begin| route.path.starts_with(begin)) {
            continue;
        }
        let Guard::Right { class, action } = route.guard else {
            panic!("{route:?} has no right");
        };
        let (before, get) = (count(), route.method == Method::GET);
        let open = anywhere(
            person,
            get,
            &case,
            (class, action),
            county.built.house.today(),
        );
        let got = ask(county, stage, person, &route, &route.path);
        let status = got.status.as_u16();
        let changed = count() != before;
        let makes = open && !get && !route.path.ends_with("/filters");
        tally.asked += 1;
        let right = if !open {
            status == 404
        } else if get {
            status == 200
        } else {
            status == 303
        };
        if !right || changed != makes {
            let expected = if open { "allowed" } else { "refused" };
            let done = if changed { ", done" } else { "" };
            let told = format!(
                "{}: expected {expected}; got {status}{done} {}",
                person.role, got.location
            );
            tally.amiss(name(&route), told);
        }
    }
}

#[test]
fn every_answer_about_a_contact_is_the_tables() {
    every_answer(|number| number % 2 == 0);
}

/// The other half of the roles: two that run beside each other take half the time.
#[test]
fn every_answer_about_a_contact_is_the_tables_to_the_other_roles() {
    every_answer(|number| number % 2 == 1);
}

fn every_answer(mine: impl Fn(usize) -> bool) {
    let county = County::of(30);
    let stage = Stage::of(&county);
    let mut tally = Tally::default();
    for number in (0..roles()).filter(|number| mine(*number)) {
        let person = stage.person(&county, number);
        walk(&county, &stage, &person, &person, &mut tally);
        house(&county, &stage, &person, &mut tally);
    }
    println!("{} answers", tally.asked);
    assert_eq!(tally.told(), "");
    // Nothing was asked in vain: each route opened for somebody and was refused to somebody.
    let routes: BTreeSet<String> = pages_about(&ABOUT)
        .iter()
        .map(|(route, _)| name(route))
        .collect();
    assert_eq!(tally.never_opened(&routes), [""; 0], "never opened");
    assert_eq!(tally.never_refused(&routes), [""; 0], "never refused");
    assert!(tally.asked > 4_000, "{}", tally.asked);
}

/// The comparison finds what is amiss: a lead's rights are expected for somebody at the front door.
#[test]
fn a_wrong_expectation_is_told_with_its_route_role_and_relation() {
    let county = County::of(10);
    let stage = Stage::of(&county);
    let who = |role| stage.person(&county, numbered(role));
    let (front, lead) = (who("front door"), who("lead"));
    let mut tally = Tally::default();
    walk(&county, &stage, &front, &lead, &mut tally);
    let told = tally.told();
    for line in [
        "GET /contacts/{id}: ",
        "front door as lead of the unit: expected allowed, may look; got 404",
        "POST /contacts/{id}/take-over: ",
        "front door as lead of the unit, holder away: expected allowed",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}

#[test]
fn each_way_of_being_wrong_is_found() {
    let expected = |open: bool, look: bool, words: bool| Expected {
        open: Some(open),
        look,
        words,
        door: true,
    };
    let seen = |status: u16, changed: bool, words: bool| Seen {
        status,
        changed,
        words,
    };
    let fits = [
        (true, expected(true, true, true), seen(200, false, true)),
        (true, expected(false, true, false), seen(303, false, false)),
        (true, expected(false, false, false), seen(404, false, false)),
        (false, expected(true, true, true), seen(303, true, false)),
        (
            false,
            expected(false, false, false),
            seen(409, false, false),
        ),
    ];
    for (get, expected, seen) in fits {
        assert_eq!(wrong(get, expected, seen), None);
    }
    let amiss = [
        // Refused though allowed, opened though refused, told of though hidden.
        (true, expected(true, true, true), seen(303, false, false)),
        (true, expected(false, true, true), seen(200, false, true)),
        (true, expected(false, false, false), seen(303, false, false)),
        // Said to be done and not done; done in silence; done though refused.
        (false, expected(true, true, true), seen(303, false, false)),
        (false, expected(true, true, true), seen(422, false, false)),
        (false, expected(false, true, true), seen(409, true, false)),
        // What the person wrote, to somebody who may know the state alone.
        (true, expected(true, true, false), seen(200, false, true)),
        (false, expected(false, true, false), seen(409, false, true)),
    ];
    for (get, expected, seen) in amiss {
        let told = wrong(get, expected, seen).expect("found");
        assert!(told.contains("expected") && told.contains("got"), "{told}");
    }
}
