//! The pages of plans: one plan, its forms, its versions, the client's copy.

mod act;
mod act_read;
mod act_run;
mod ask;
mod blocks;
mod common;
mod copy;
mod frames;
mod model;
mod new;
mod preset;
mod show;
mod versions;
mod void;
mod words;
mod written;

use web::{Feature, Guard, Route};

pub use act::draft_name;
pub use common::{path, who, word};
pub use model::color;

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "plan",
        routes: routes(),
        migrations: crate::MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: EVENTS,
        checks: &[],
    }
}

const fn plan(action: &'static str) -> Guard {
    Guard::Right {
        class: "plan",
        action,
    }
}

fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/matters/{id}/plans/new", plan("create"), new::show_new),
        Route::post("/matters/{id}/plans/new", plan("create"), new::send_new),
        Route::get("/matters/{id}/plans/skip", plan("create"), new::show_skip),
        Route::post("/matters/{id}/plans/skip", plan("create"), new::send_skip),
        Route::get("/plans/{id}", plan("read"), show::show),
        Route::get("/plans/{id}/versions", plan("read"), versions::list),
        Route::get("/plans/{id}/versions/{no}", plan("read"), versions::show),
        Route::get("/plans/{id}/copy", plan("print"), copy::choose),
        Route::get("/plans/{id}/copy/{language}", plan("print"), copy::ask),
        Route::post("/plans/{id}/copy/{language}", plan("print"), copy::print),
        Route::post(
            "/plans/{id}/actions/{action}/done",
            plan("edit_draft"),
            show::done,
        ),
        Route::post("/plans/{id}/withdraw", plan("edit_draft"), show::withdraw),
        Route::get("/plans/{id}/void/answer", plan("approve"), void::show),
        Route::post("/plans/{id}/void/answer", plan("approve"), void::send),
        Route::post(
            "/plans/{id}/elsewhere/{row}/end",
            plan("edit_draft"),
            show::elsewhere_ended,
        ),
    ];
    routes.extend(act::routes());
    routes
}

/// Codes of the log entries that this room writes beside those of the room of documents.
const EVENTS: &[&str] = &[
    "plan.action",
    "plan.coordinator",
    "plan.elsewhere",
    "plan.end",
    "plan.goal",
    "plan.print",
    crate::glue::REFUSED,
    "plan.section",
    "plan.skip",
];
