//! The county's front page for residents, and how their data are handled.

use askama::Template;
use axum::response::Response;
use web::{Page, Visit, go_to, page};

use crate::local;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    page: Page,
}

/// What one can do here.
pub async fn show(visit: Visit) -> Response {
    page(StartPage {
        page: visit.page("public-start-title"),
    })
}

/// The same with a slash too many, as people write addresses.
pub async fn tidy(visit: Visit) -> Response {
    go_to(&local(&visit, ""))
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    page: Page,
}

/// How data are handled.
pub async fn privacy(visit: Visit) -> Response {
    page(PrivacyPage {
        page: visit.page("public-privacy-title"),
    })
}
