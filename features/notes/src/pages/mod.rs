//! The pages of notes.

mod choose;
mod common;
pub(crate) mod labels;
mod list;
mod note;
mod phrases;
mod quick;
mod reading;
mod reasoned;
mod said;
mod send;
mod sheet;
mod sheet_model;
pub mod students;
mod versions;

use web::{Guard, NavItem, NavPlace, Route, Visit};

pub use common::REFUSED;

const fn note(action: &'static str) -> Guard {
    Guard::Right {
        class: "note",
        action,
    }
}

const fn right(class: &'static str, action: &'static str) -> Guard {
    Guard::Right { class, action }
}

pub(crate) fn routes() -> Vec<Route> {
    let (phrase, link) = (phrases::CLASS, crate::store::tutoring::LINK);
    let tutoring = crate::store::tutoring::CLASS;
    vec![
        Route::get("/notes", note("read"), list::show),
        Route::get("/notes/new", note("create"), choose::show),
        Route::post("/notes/new", note("create"), quick::send),
        Route::get("/matters/{id}/notes/new", note("create"), send::show_new),
        Route::post("/matters/{id}/notes/new", note("create"), send::send_new),
        Route::get("/notes/{id}", note("read"), note::show),
        Route::get("/notes/{id}/edit", note("edit_draft"), send::show_edit),
        Route::post("/notes/{id}/edit", note("edit_draft"), send::send_edit),
        Route::get("/notes/{id}/approve", note("approve"), send::show_approval),
        Route::post("/notes/{id}/approve", note("approve"), send::send_approval),
        Route::post("/notes/{id}/withdraw", note("edit_draft"), note::withdraw),
        Route::get("/notes/{id}/versions", note("read"), versions::versions),
        Route::get(
            "/notes/{id}/correct",
            note("correct"),
            reasoned::show_correct,
        ),
        Route::post(
            "/notes/{id}/correct",
            note("correct"),
            reasoned::send_correct,
        ),
        Route::get("/notes/{id}/void", note("void"), reasoned::show_void),
        Route::post("/notes/{id}/void", note("void"), reasoned::send_void),
        Route::post("/notes/{id}/void/answer", note("approve"), note::void),
        Route::post("/note-steps/{id}/done", note("edit_draft"), note::step_done),
        Route::get("/admin/phrases", right(phrase, "read"), phrases::list),
        Route::post(
            "/admin/phrases/days",
            right(phrase, "edit_draft"),
            phrases::set_days,
        ),
        Route::get(
            "/admin/phrases/new",
            right(phrase, "create"),
            phrases::show_new,
        ),
        Route::post(
            "/admin/phrases/new",
            right(phrase, "create"),
            phrases::send_new,
        ),
        Route::get(
            "/admin/phrases/{id}",
            right(phrase, "edit_draft"),
            phrases::show,
        ),
        Route::post(
            "/admin/phrases/{id}",
            right(phrase, "edit_draft"),
            phrases::send_one,
        ),
        Route::get("/students", right(tutoring, "read"), students::list),
        Route::post("/students", right(tutoring, "create"), students::begin),
        Route::post("/students/{id}/end", right(tutoring, "void"), students::end),
        Route::get(
            "/clients/{id}/student",
            right(link, "create"),
            students::show_name,
        ),
        Route::post(
            "/clients/{id}/student",
            right(link, "create"),
            students::name,
        ),
        Route::post(
            "/clients/{id}/student/end",
            right(link, "void"),
            students::unname,
        ),
    ]
}

pub(crate) fn nav() -> Vec<NavItem> {
    let item = |group, order, label, href, right| NavItem {
        group,
        order,
        label,
        href,
        main: false,
        right: Some(right),
    };
    vec![
        item(NavPlace::Own, 50, "nav-notes", "/notes", ("note", "read")),
        item(
            NavPlace::Unit,
            60,
            "nav-students",
            "/students",
            ("tutoring", "read"),
        ),
        item(
            NavPlace::Administration,
            60,
            "nav-phrases",
            "/admin/phrases",
            (phrases::CLASS, "read"),
        ),
    ]
}

/// What was just done, told on the page the browser was led to. Only codes of ours have words.
fn done(visit: &Visit, pairs: &[(String, String)], codes: &[&str]) -> String {
    pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, code)| codes.iter().find(|known| *known == code))
        .map_or_else(String::new, |code| {
            visit.t().get(&format!("note-done-{code}"))
        })
}
