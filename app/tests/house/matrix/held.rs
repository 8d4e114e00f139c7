//! A session ends while somebody writes: the form of an assessment, a plan or a note waits for its writer with every word,
//! and nothing of it is done.

use axum::http::Method;
use identity::people;

use super::cases::{name, pages_about};
use super::paper_bodies::body;
use super::paper_scenes::lay;
use super::papers::{address, state};
use super::trials::papers;
use crate::actors::{Between, Cast, actor, spare};
use crate::client::encode;
use crate::county::County;

/// Place of the social worker among the roles.
const WORKER: usize = 4;

#[test]
fn a_form_of_a_paper_waits_for_its_writer_when_the_session_has_ended() {
    let county = County::of(10);
    let (model, cast) = (spare(&county)[0], Cast::of(&county));
    let worker = actor(&county, WORKER, &cast);
    let house = county.built.house.clone();
    let all = house.store.read_blocking(|tx| people::list_all(tx));
    let staff = all.expect("staff");
    let staff = staff.iter().find(|one| one.id == worker.staff);
    let staff = staff.expect("the worker");
    let back = county.person(staff);
    let mut kept = 0;
    for (route, _) in pages_about(&["paper"]) {
        let paper = papers(&route.path)[0];
        let about = (Between::Holder, paper);
        let laid = lay(&county, model, &worker, &cast, about);
        let fields = body_of(&route, &laid, &cast, about.1, &county);
        if fields.is_empty() {
            continue;
        }
        let before = state(&county, &laid);
        let gone = county.person(staff);
        let token = county.token(&gone);
        county.post(&gone, "/sign-out", &[]);
        let mut sent = vec![(web::TOKEN_FIELD, token.as_str())];
        sent.extend(
            fields
                .iter()
                .map(|(field, value)| (field.as_str(), value.as_str())),
        );
        let path = address(&route.path, &laid);
        let headers = [("sec-fetch-site", "same-origin")];
        county.ask_with(&gone, &path, &headers, &encode(&sent));
        let what = name(&route);
        assert_eq!(state(&county, &laid), before, "{what} was done");
        let held = county.ids("select id from held_form");
        let [held] = held.as_slice() else {
            panic!("{what}: {} forms wait", held.len());
        };
        let page = county.get(&back, &format!("/sign-in/held/{held}"));
        assert_eq!(page.status, 200, "{what}");
        for (field, value) in &fields {
            assert!(page.body.contains(value.as_str()), "{what} lost {field}");
        }
        let forgotten = house
            .store
            .write_blocking(|tx| tx.execute("delete from held_form", &[]));
        forgotten.expect("forgotten");
        kept += 1;
    }
    assert!(kept > 20, "{kept} forms");
}

/// What is typed into the form of a route; nothing for a page.
fn body_of(
    route: &web::Route,
    laid: &super::paper_scenes::Laid,
    cast: &Cast,
    paper: super::paper_scenes::Paper,
    county: &County,
) -> Vec<(String, String)> {
    if route.method == Method::GET {
        return Vec::new();
    }
    body(&route.path, laid, cast, paper, county.built.house.today())
}
