//! `route_cases.txt`: what each route is about and which rights it needs.

use std::collections::BTreeMap;

use web::{Guard, Route};

pub const TEXT: &str = include_str!("../route_cases.txt");

/// A right that is needed: a choice of `(class, action)`.
pub type Needed = Vec<(String, String)>;

/// What a route is about, and the rights that are all needed.
#[derive(Debug, Clone)]
pub struct Case {
    pub about: String,
    pub needs: Vec<Needed>,
}

/// What a route may be about. See the head of `matrix.rs`.
const ABOUT: [&str; 14] = [
    "public",
    "sender",
    "own",
    "house",
    "client",
    "matter",
    "paper",
    "follow_up",
    "guided",
    "contact",
    "offer",
    "task",
    "attachment",
    "thing",
];

pub fn read(text: &str) -> BTreeMap<String, Case> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut parts = line.split_whitespace();
            let name = format!(
                "{} {}",
                parts.next().expect("a method"),
                parts.next().expect("a path")
            );
            let about = parts.next().expect("what it is about").to_owned();
            assert!(ABOUT.contains(&about.as_str()), "{name}: about {about}?");
            let needs = parts.map(|right| right.split('|').map(pair).collect());
            let needs = needs.collect();
            (name, Case { about, needs })
        })
        .collect()
}

fn pair(right: &str) -> (String, String) {
    let (class, action) = right.split_once(':').expect("class:action");
    (class.to_owned(), action.to_owned())
}

pub fn all() -> BTreeMap<String, Case> {
    read(TEXT)
}

pub fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

pub fn routes() -> Vec<Route> {
    app::features::all(true)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .collect()
}

/// Routes of pages about one of these, with their cases.
pub fn pages_about(about: &[&str]) -> Vec<(Route, Case)> {
    let cases = all();
    routes()
        .into_iter()
        .filter(|route| !matches!(route.guard, Guard::Token { .. }))
        .filter_map(|route| {
            let case = cases.get(&name(&route))?.clone();
            about.contains(&&*case.about).then_some((route, case))
        })
        .collect()
}

/// Everything that is wrong between routes and cases: a route without a case, a case without a route, a guard that
/// is not its case's.
pub fn faults(routes: &[Route], mut cases: BTreeMap<String, Case>) -> Vec<String> {
    let mut wrong = Vec::new();
    for route in routes {
        let Some(case) = cases.remove(&name(route)) else {
            wrong.push(format!("no case: {route:?}"));
            continue;
        };
        let about = case.about.as_str();
        let fits = match route.guard {
            Guard::Public => {
                (about == "public" && case.needs.is_empty())
                    || (about == "sender" && !case.needs.is_empty())
            }
            Guard::SignedIn => about == "own" && case.needs.is_empty(),
            Guard::Right { class, action } | Guard::Token { class, action, .. } => {
                !["public", "sender", "own"].contains(&about)
                    && case
                        .needs
                        .iter()
                        .flatten()
                        .any(|(own, act)| own == class && act == action)
            }
        };
        if !fits {
            wrong.push(format!("the guard is not the case's: {route:?} {case:?}"));
        }
    }
    wrong.extend(cases.keys().map(|name| format!("no route: {name}")));
    wrong
}

/// What a route is about by how its path begins, with the right to open that.
const BEGINNINGS: [(&str, &str, &str); 12] = [
    ("/clients/{id}/student", "guided", ""),
    ("/clients/{id}", "client", "client_basics:see_basics"),
    ("/matters/{id}", "matter", "matter:read"),
    ("/assessments/{id}", "paper", "assessment:read"),
    ("/plans/{id}", "paper", "plan:read"),
    ("/notes/{id}", "paper", "note:read"),
    ("/contacts/{id}", "contact", "contact:read|offer:read"),
    ("/offers/{id}", "offer", ""),
    ("/tasks/{id}", "task", ""),
    ("/attachments/{id}", "attachment", ""),
    ("/follow-ups/{id}", "follow_up", ""),
    ("/students/{id}", "guided", ""),
];

/// A line for a route that has none, to be read and corrected by whoever adds the route.
pub fn suggestion(route: &Route) -> String {
    let (class, action) = match route.guard {
        Guard::Public => return format!("{} public", name(route)),
        Guard::SignedIn => return format!("{} own", name(route)),
        Guard::Right { class, action } | Guard::Token { class, action, .. } => (class, action),
    };
    let path = route.path.strip_prefix("/api/v1").unwrap_or(&route.path);
    let found = BEGINNINGS
        .iter()
        .find(|(begin, _, _)| path.starts_with(begin));
    let (about, open) = match found {
        Some((_, about, open)) => (*about, *open),
        None if route.path.contains('{') => ("thing", ""),
        None => ("house", ""),
    };
    let own = format!("{class}:{action}");
    let open = if own == open { "" } else { open };
    format!("{} {about} {own} {open}", name(route))
        .trim_end()
        .to_owned()
}
