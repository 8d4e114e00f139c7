//! The pages of the assessment and of special support.

mod begin;
mod experts;
mod fields;
mod finish;
pub mod glue;
mod known;
mod part;
mod show;
mod support;
mod versions;
pub mod words;

use web::{Feature, Guard, Route};

/// Beginnings of message keys that code puts together.
pub const FAMILIES: &[&str] = &[
    "assessment-answer-",
    "assessment-area-",
    "assessment-authority-",
    "assessment-children-",
    "assessment-done-",
    "assessment-education-",
    "assessment-eviction-",
    "assessment-expert-",
    "assessment-field-",
    "assessment-ground-",
    "assessment-hint-",
    "assessment-home-",
    "assessment-lead-",
    "assessment-missing-",
    "assessment-need-",
    "assessment-part-",
    "assessment-service-",
    "assessment-stage-",
    "assessment-studies-",
    "assessment-support-need-",
    "assessment-work-",
    "support-decides-",
    "support-ground-",
    // Words of the room of documents.
    "document-clash-",
];

const fn assessment(action: &'static str) -> Guard {
    Guard::Right {
        class: "assessment",
        action,
    }
}

const JUDGE: Guard = Guard::Right {
    class: "client_relation",
    action: "edit_draft",
};

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "assessment",
        routes: routes(),
        migrations: crate::MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: crate::store::EVENTS,
    }
}

fn routes() -> Vec<Route> {
    let edit = assessment("edit_draft");
    vec![
        Route::get(
            "/matters/{id}/assessments/new",
            assessment("create"),
            begin::show,
        ),
        Route::post(
            "/matters/{id}/assessments/new",
            assessment("create"),
            begin::send,
        ),
        Route::get("/assessments/{id}", assessment("read"), show::show),
        Route::get("/assessments/{id}/parts/{part}", edit, part::show),
        Route::post("/assessments/{id}/parts/{part}", edit, part::send),
        Route::get("/assessments/{id}/sections/new", edit, experts::show),
        Route::post("/assessments/{id}/sections/new", edit, experts::send),
        Route::post(
            "/assessments/{id}/sections/{section}/send",
            edit,
            experts::sent,
        ),
        Route::post(
            "/assessments/{id}/sections/{section}/withdraw",
            edit,
            experts::withdraw,
        ),
        Route::post("/assessments/{id}/pair", edit, experts::pair),
        Route::get("/assessments/{id}/finish", edit, finish::show),
        Route::post(
            "/assessments/{id}/finish",
            assessment("finish"),
            finish::send,
        ),
        Route::post("/assessments/{id}/ask", edit, finish::ask),
        Route::get(
            "/assessments/{id}/correct",
            assessment("correct"),
            finish::show_correct,
        ),
        Route::post(
            "/assessments/{id}/correct",
            assessment("correct"),
            finish::correct,
        ),
        Route::get(
            "/assessments/{id}/versions",
            assessment("read"),
            versions::list,
        ),
        Route::get(
            "/assessments/{id}/versions/{no}",
            assessment("read"),
            versions::show,
        ),
        Route::get("/matters/{id}/special-support", JUDGE, support::show),
        Route::post("/matters/{id}/special-support", JUDGE, support::send),
    ]
}
