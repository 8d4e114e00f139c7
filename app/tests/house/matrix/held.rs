//! A session ends while somebody writes: the form of an assessment, a plan or a note waits for its writer with every word,
//! and nothing of it is done.

use axum::http::Method;

use super::cases::{name, pages_about};
use super::paper_bodies::body;
use super::paper_scenes::lay;
use super::papers::{address, state};
use super::trials::papers;
use super::world::World;
use crate::actors::{actor, numbered};
use crate::between::Between;
use crate::client::encode;
use crate::county::County;

#[test]
fn a_form_of_a_paper_waits_for_its_writer_when_the_session_has_ended() {
    let county = County::of(10);
    let world = World::of(&county);
    let worker = actor(&county, numbered("social worker"), &world.cast);
    let mut kept = 0;
    for (route, _) in pages_about(&["paper"]) {
        if route.method == Method::GET {
            continue;
        }
        let paper = papers(&route.path)[0];
        let about = (Between::Holder, paper);
        let laid = lay(&county, world.model, &worker, &world.cast, about);
        let fields = body(&route.path, &laid, &world.cast, paper, world.today);
        if fields.is_empty() {
            continue;
        }
        let before = state(&county, &laid);
        let gone = county.person(&worker.person);
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
        let page = county.get(&worker.reader, &format!("/sign-in/held/{held}"));
        assert_eq!(page.status, 200, "{what}");
        for (field, value) in &fields {
            assert!(page.body.contains(value.as_str()), "{what} lost {field}");
        }
        let store = &county.built.house.store;
        let forgotten = store.write_blocking(|tx| tx.execute("delete from held_form", &[]));
        forgotten.expect("forgotten");
        kept += 1;
    }
    assert!(kept > 20, "{kept} forms");
}
