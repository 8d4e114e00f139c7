//! The public front page of a house without a door for contacts: what the county offers to everybody there.

use axum::response::Response;

use crate::{Feature, Guard, MessageSet, Route, Visit, go_to, page, pages::FrontPage};

/// The front page in each language. Only for a house where no feature has a front page of its own.
pub fn front() -> Feature {
    Feature {
        name: "front",
        routes: vec![
            Route::get("/{lang}", Guard::Public, show),
            Route::get("/{lang}/", Guard::Public, tidy),
        ],
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        // Its words are among those of the frame.
        messages: MessageSet {
            room: "front",
            fi: "",
            sv: "",
            en: "",
            easy: "",
        },
        events: &[],
        checks: &[],
    }
}

async fn show(visit: Visit) -> Response {
    page(FrontPage {
        page: visit.page("public-front-title"),
    })
}

/// The same with a slash too many, as people write addresses.
async fn tidy(visit: Visit) -> Response {
    go_to(&format!("/{}", visit.language.code()))
}
