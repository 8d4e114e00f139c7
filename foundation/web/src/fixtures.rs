//! A page that shows every component in every state, for the eye and for axe. Only for tests and debug builds.

use askama::Template;
use axum::response::Response;

use crate::{Choice, Feature, Form, Guard, MessageSet, Page, Route, Visit, page};

#[derive(Template)]
#[template(path = "fixtures.html")]
struct FixturesPage {
    page: Page,
    empty: Form,
    typed: Form,
    wrong: Form,
    choices: Vec<Choice>,
    hostile: &'static str,
    heads: Vec<&'static str>,
    steps: Vec<&'static str>,
}

/// Text that must reach the page as text.
pub const HOSTILE: &str = "\"'><script>alert(1)</script>&amp;";

/// The route `/_components`, to be assembled by tests only.
pub fn feature() -> Feature {
    Feature {
        name: "fixtures",
        routes: vec![Route::get("/_components", Guard::Public, show)],
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: MessageSet {
            room: "fixtures",
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
    page(fixtures(visit.page_titled("Komponentit".to_owned())))
}

fn fixtures(page: Page) -> FixturesPage {
    let mut typed = Form::new();
    let mut wrong = Form::new();
    for field in ["text", "area", "day", "choice", "radio", "check", "lone"] {
        typed.set(field, if field == "day" { "13.3.2026" } else { "b" });
        wrong.set(&format!("wrong-{field}"), HOSTILE);
        wrong.error(&format!("wrong-{field}"), "public-error-date");
    }
    wrong.error("wrong-file", "public-failure-large");
    wrong.error_with(
        "wrong-day",
        "public-error-no-such-day",
        vec![("day", HOSTILE.into())],
    );
    wrong.error("", "public-failure-busy-words");
    let choices = vec![
        Choice::new("a", "Tänään"),
        Choice::new("b", "Tällä viikolla").hint("Vastaamme perjantaihin mennessä"),
        Choice::new(HOSTILE, HOSTILE),
    ];
    FixturesPage {
        page,
        empty: Form::new(),
        typed,
        wrong,
        choices,
        hostile: HOSTILE,
        heads: vec!["Odottanut", "Kiireellisyys", "Aihe", HOSTILE],
        steps: vec![
            "Saat heti tunnuksen.",
            "Ammattilainen lukee viestisi.",
            HOSTILE,
        ],
    }
}
