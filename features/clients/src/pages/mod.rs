//! The pages of clients: list, search, one client, her basics, protection, exceptional access, merging.

mod access;
mod act;
mod asked;
mod basics;
mod change;
mod changing;
mod common;
mod disqualify;
mod exceptional;
mod head;
mod labels;
mod list;
mod merge;
mod mistake;
mod new;
mod orders;
pub mod person;
mod protect;
mod related;
mod search;
mod show;
mod standing;
pub mod told;

use web::{Guard, NavItem, NavPlace, Route};

pub use new::{Alike, alike};

const fn guard(class: &'static str, action: &'static str) -> Guard {
    Guard::Right { class, action }
}

const SEE: Guard = guard("client_basics", "see_basics");
const CORRECT: Guard = guard("client_basics", "correct");
const CREATE: Guard = guard("client_basics", "create");
const VOID: Guard = guard("client_basics", "void");
const SEARCH: Guard = guard("person", "search");
const CASE: Guard = guard("person", "take");
const MERGE: Guard = guard("person", "merge");
const SECRET: Guard = guard("contact_details_secret", "read");
const SECRET_CORRECT: Guard = guard("contact_details_secret", "correct");
const SECRET_RIGHT: Guard = guard("secret_right", "create");
const RESTRICT: Guard = guard("bar_register", "create");
const LIFT: Guard = guard("bar_register", "correct");
const CONSULT: Guard = guard("consultation", "create");
const DISQUALIFY: Guard = guard("disqualification", "create");
const REQUALIFY: Guard = guard("disqualification", "correct");
const EXCEPTIONAL: Guard = guard("exceptional_set", "open_exceptionally");
const RELATION: Guard = guard("client_relation", "read");
const RELATION_ENTRY: Guard = guard("client_relation", "create");
const NOTICE: Guard = guard("notice", "finish");

/// Where in the worker's navigation clients stand.
pub(crate) fn nav() -> Vec<NavItem> {
    vec![NavItem {
        group: NavPlace::Own,
        order: 30,
        label: "nav-clients",
        href: "/clients",
        main: true,
        right: Some(("client_basics", "see_basics")),
    }]
}

/// Addresses of clients hold random ids alone: what is searched for is posted.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/clients", SEE, list::show),
        Route::post("/clients/filter", SEE, list::filter),
        Route::get("/clients/search", SEARCH, search::show),
        Route::post("/clients/search", SEARCH, search::send),
        Route::get("/clients/new", CREATE, new::show),
        Route::post("/clients/new", CREATE, new::send),
        Route::get("/clients/merges", CASE, merge::cases),
        Route::get("/clients/merges/{case}", CASE, merge::compare),
        Route::post("/clients/merges/{case}", MERGE, merge::decide),
        Route::post("/clients/merges/{case}/take", CASE, merge::take),
        Route::get("/clients/{id}", SEE, show::show),
        Route::post("/clients/{id}/timeline", SEE, show::timeline),
        Route::get("/clients/{id}/access", SEE, access::show),
        Route::get("/clients/{id}/exceptional", EXCEPTIONAL, exceptional::show),
        Route::post("/clients/{id}/exceptional", EXCEPTIONAL, exceptional::send),
        Route::post("/notices/{id}/seen", NOTICE, told::seen),
    ];
    routes.extend(basics_routes());
    routes.extend(protection_routes());
    routes
}

fn basics_routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{id}/basics", SEE, basics::show),
        Route::get(
            "/clients/{id}/basics/{kind}",
            CORRECT,
            changing::show_change,
        ),
        Route::post(
            "/clients/{id}/basics/{kind}",
            CORRECT,
            changing::send_change,
        ),
        Route::get("/clients/{id}/mistakes/{detail}", CORRECT, mistake::show),
        Route::post("/clients/{id}/mistakes/{detail}", CORRECT, mistake::send),
        Route::get("/clients/{id}/related", CORRECT, related::show),
        Route::post("/clients/{id}/related", CORRECT, related::send),
        Route::get("/clients/{id}/related/{row}", CORRECT, related::show_end),
        Route::post("/clients/{id}/related/{row}", CORRECT, related::send_end),
        Route::get("/clients/{id}/death", CORRECT, standing::show_death),
        Route::post("/clients/{id}/death", CORRECT, standing::send_death),
        Route::get("/clients/{id}/relation", RELATION, standing::show_relation),
        Route::post(
            "/clients/{id}/relation",
            RELATION_ENTRY,
            standing::send_relation,
        ),
        Route::get("/clients/{id}/merge", CORRECT, merge::show_ask),
        Route::post("/clients/{id}/merge", CORRECT, merge::send_ask),
        Route::get("/clients/{id}/wrong", VOID, merge::show_wrong),
        Route::post("/clients/{id}/wrong", VOID, merge::send_wrong),
    ]
}

fn protection_routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{id}/non-disclosure", CORRECT, orders::show_order),
        Route::post("/clients/{id}/non-disclosure", CORRECT, orders::send_order),
        Route::get(
            "/clients/{id}/non-disclosure/end",
            SECRET_CORRECT,
            orders::show_end,
        ),
        Route::post(
            "/clients/{id}/non-disclosure/end",
            SECRET_CORRECT,
            orders::send_end,
        ),
        Route::get("/clients/{id}/secret", SECRET, protect::show_secret),
        Route::post("/clients/{id}/secret", SECRET, protect::reveal),
        Route::post("/clients/{id}/secret-right", SECRET_RIGHT, access::give),
        Route::post(
            "/clients/{id}/secret-right/end",
            SECRET_RIGHT,
            access::take_back,
        ),
        Route::post("/clients/{id}/restriction", RESTRICT, access::restrict),
        Route::post("/clients/{id}/restriction/end", LIFT, access::lift),
        Route::post("/clients/{id}/restriction/ask", CONSULT, access::ask),
        Route::get(
            "/clients/{id}/disqualification",
            DISQUALIFY,
            disqualify::show,
        ),
        Route::post(
            "/clients/{id}/disqualification",
            DISQUALIFY,
            disqualify::send,
        ),
        Route::post(
            "/clients/{id}/disqualification/end",
            REQUALIFY,
            disqualify::lift,
        ),
    ]
}

/// Beginnings of keys that code puts together from codes.
#[cfg(test)]
const FAMILIES: &[&str] = &[
    "client-source-",
    "client-kind-",
    "client-hint-",
    "client-homeless-",
    "client-easy-",
    "client-language-",
    "client-relation-kind-",
    "client-role-",
    "client-similar-",
    "client-done-",
    "mistake-why-",
    "exceptional-code-",
    "told-",
    "relation-ground-",
    "relation-begun-",
    "search-reason-",
    "title-",
    "timeline-",
    "log-event-",
];

#[cfg(test)]
mod tests {
    #[test]
    fn messages_are_whole_in_every_language() {
        let set = crate::feature().messages;
        let wrong = web::proof::messages(&set, env!("CARGO_MANIFEST_DIR"), super::FAMILIES);
        assert_eq!(wrong, [""; 0]);
    }
}
