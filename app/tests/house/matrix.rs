//! Every route, as every role, over every relation to the client or the matter: the house answers what the rights
//! table decides. `route_cases.txt` tells of each route what its right is about; a route that is not there breaks the
//! test, and so does one whose guard has changed.
//!
//! A line: method, path, what it is about, and the rights (`class:action`, choices with `|`) that are all needed. About:
//!
//! - `public`, `own` (the reader's own account and drafts: `drafts.rs`), `house` (nothing of a client's);
//! - `client`, `matter`: `about_clients.rs`, over every relation to a client or a matter, with forms filled as they should be and
//!   everything there that the act asks besides the right, so that the answer tells of the right and not of the form;
//! - `paper`: `papers.rs`, assessments, plans and notes over every relation that the table has rows for, drafted and
//!   finished, one's own and another's;
//! - `follow_up`: `follow_ups.rs`, an agreed follow-up of the worker's own or another's, open and done;
//! - `guided`: `guided.rs`, who guides a student, and whom a student works with;
//! - `contact`, `offer`, `task`, `attachment`: `contacts.rs`, in every standing to a contact, with forms filled as well;
//! - `sender`: `sender.rs`, with the receipt code of the contact or without;
//! - routes of programs, about whatever of these: `tokens.rs`, with tokens of every kind;
//! - `thing`: rows of administration and review, whose relations are facts of their own room:
//!   only that the guard is the one of the line; the room's own tests open them over their relations.

mod about_clients;
mod bodies;
mod cases;
mod contacts;
mod drafts;
mod follow_ups;
mod guided;
mod held;
mod judge;
mod oracle;
mod paper_bodies;
pub mod paper_scenes;
mod papers;
mod scenes;
pub mod sender;
mod stage;
mod standings;
mod tally;
mod tokens;
mod trials;
mod world;

use access::rights::{Decision, Question, RightsTable, Row, Subject};
use clients::gate::tokens_of;
use identity::people::StaffId;
use kernel::time::Date;
use web::{Guard, Route};

use crate::between::Between;
use crate::county::County;
use cases::{Case, Needed, faults, name, routes, suggestion};
use scenes::Scene;

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

/// What stands between the worker and the client or the matter, as the table asks for it.
pub struct Asked {
    /// Relations, each with whether it has ended and only lets look.
    pub relations: Vec<(&'static str, bool)>,
    pub given: Vec<&'static str>,
}

/// Actions that only look.
const LOOKING: [&str; 4] = ["see_exists", "see_basics", "see_own_worker", "read"];

impl Asked {
    /// A relation to the client as a whole.
    pub fn client(between: Between) -> Self {
        Self::over(between, Scene::Plain, false)
    }

    /// A relation in a scene, for what a route is about.
    pub fn of(between: Between, scene: Scene, case: &Case) -> Self {
        Self::over(between, scene, case.about == "matter")
    }

    fn over(between: Between, scene: Scene, matter: bool) -> Self {
        let sent = scene == Scene::Sent;
        let kind = between.relation(matter && !sent);
        let ended = between == Between::Tail
            || (sent && matches!(between, Between::Matter | Between::Holder));
        let mut relations: Vec<_> = kind.map(|kind| (kind, ended)).into_iter().collect();
        if sent && between == Between::Holder {
            relations.push(("former_holder", false));
        }
        if between == Between::Kind("tutor_of") {
            relations.push(("own_team", false));
        }
        // Without a shift in the list the lead is on duty.
        if matter && !sent && between == Between::LeadAway {
            relations.push(("unit_duty", false));
        }
        let mut given = vec!["not_restricted", "strong_auth"];
        if scene == Scene::Secret {
            given.push("secret_right");
        }
        given.extend(
            between
                .of_matter()
                .iter()
                .filter(|token| !sent || **token != "open_only"),
        );
        if matches!(scene, Scene::Offer | Scene::OwnOffer) {
            given.push("offer_open");
        }
        Self { relations, given }
    }
}

/// What the table says, the widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    Allow,
    /// Only a part is shown.
    Narrow,
    Exceptional,
    Deny,
}

impl Answer {
    pub fn opens(self) -> bool {
        matches!(self, Self::Allow | Self::Narrow)
    }
}

/// View filters that hide a secret address and leave the page as it is.
const MASKS: [&str; 3] = ["no_secret", "secret_masked", "secret_by_system_only"];

/// What the table says of everything that a route needs: of each choice the best.
pub fn decide_all(subject: &Subject, asked: &Asked, needs: &[Needed], on: Date) -> Answer {
    let best = |choice: &Needed| {
        let answers = choice
            .iter()
            .map(|(class, action)| decide(subject, asked, class, action, on));
        answers.min().unwrap_or(Answer::Deny)
    };
    let answers: Vec<Answer> = needs.iter().map(best).collect();
    // The door of exceptional access is told of also where the rest is refused.
    [Answer::Exceptional, Answer::Deny, Answer::Narrow]
        .into_iter()
        .find(|one| answers.contains(one))
        .unwrap_or(Answer::Allow)
}

/// What the table says, asked without the rooms' own code.
pub fn decide(subject: &Subject, asked: &Asked, class: &str, action: &str, on: Date) -> Answer {
    let relations: Vec<&str> = asked
        .relations
        .iter()
        .filter(|(_, ended)| !ended || LOOKING.contains(&action))
        .map(|(kind, _)| *kind)
        // To be on duty in the unit that answers is not to be on duty in the one to which it is offered.
        .filter(|kind| class != "offer" || *kind != "unit_duty")
        .collect();
    let mut given = asked.given.clone();
    match (class, action) {
        // Whoever takes a record out of use says that it was the wrong person's, and her own entry.
        ("client_basics", "void") => given.extend(["wrong_person_only", "own_entry"]),
        // What one opens is one's own entry.
        ("matter", "create") => given.push("own_entry"),
        _ => {}
    }
    for kind in &relations {
        given.extend(tokens_of(kind, class));
    }
    let decision = RightsTable::built_in().decide(&Question {
        subject,
        class,
        action,
        service_task: "working_age",
        relations: &relations,
        given: &given,
        bars: &[],
        on,
    });
    let hides = |row: &Row| {
        row.conditions
            .iter()
            .any(|one| one.kind.narrows() && !MASKS.contains(&&*one.token))
    };
    match decision {
        Decision::Allow(row) if hides(row) => Answer::Narrow,
        Decision::Allow(_) => Answer::Allow,
        Decision::Exceptional(_) => Answer::Exceptional,
        Decision::Deny(_) => Answer::Deny,
    }
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
