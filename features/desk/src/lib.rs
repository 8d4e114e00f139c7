//! The worker's desk, the lead's situation, and advice in three fields.

mod advice;
mod board;
mod chart;
mod count;
mod days;
mod desk;
mod done;
mod drafts;
mod flow;
mod mine;
mod net;
mod notice;
mod situation;
mod task;
mod words;

pub use count::WorkCounts;

use web::{Feature, Guard, NavItem, NavPlace, Route};

/// Everything of this room. It has no tables: the rules and the SQL of contacts are in `intake`.
pub fn feature() -> Feature {
    let right = |class, action| Guard::Right { class, action };
    Feature {
        name: "desk",
        routes: vec![
            Route::get("/desk", right("task", "read"), desk::show),
            Route::get("/tasks/{id}", right("task", "read"), task::show),
            Route::post("/tasks/{id}/done", right("task", "finish"), task::done),
            Route::get("/unit", right("contact", "take_over"), situation::show),
            Route::get("/flow", right("client_flow", "read"), flow::show),
            Route::get("/advice", right("advice", "create"), advice::show),
            Route::post("/advice", right("advice", "create"), advice::send),
        ],
        migrations: &[],
        nav: vec![
            NavItem {
                group: NavPlace::Own,
                order: 10,
                label: "nav-desk",
                href: "/desk",
                main: true,
                right: Some(("task", "read")),
            },
            NavItem {
                group: NavPlace::Own,
                order: 50,
                label: "nav-advice",
                href: "/advice",
                main: false,
                right: Some(("advice", "create")),
            },
            NavItem {
                group: NavPlace::Unit,
                order: 10,
                label: "nav-situation",
                href: "/unit",
                main: false,
                right: Some(("contact", "take_over")),
            },
            NavItem {
                group: NavPlace::Unit,
                order: 30,
                label: "nav-flow",
                href: "/flow",
                main: false,
                right: Some(("client_flow", "read")),
            },
        ],
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &["desk.read", "flow.read", "unit.read", "task.read"],
        checks: &[],
    }
}
