//! Who has seen what: use logs, the rights table in words, and the review of exceptional access.

mod client_log;
pub mod csv;
mod lines;
mod requests;
mod reviews;
mod rights_page;
pub mod store;
mod users;
mod watched;
mod words;

use kernel::language::Language;
use web::{Feature, Guard, NavItem, NavPlace, Route};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[::store::Migration {
    version: 700,
    name: "log_requests",
    sql: include_str!("../migrations/V700__log_requests.sql"),
}];

/// Everything of this room.
pub fn feature() -> Feature {
    let right = |class, action| Guard::Right { class, action };
    let see = right("use_log", "see_log");
    let review = right("exceptional_review", "approve");
    Feature {
        name: "oversight",
        routes: vec![
            Route::get(
                "/oversight/rights",
                right("rights_table", "read"),
                rights_page::show,
            ),
            Route::get("/oversight/own", see, users::own),
            Route::get("/oversight/users", see, users::list),
            Route::get("/oversight/users/{id}", see, users::show),
            Route::post(
                "/oversight/users/{id}/table",
                right("use_log", "export"),
                users::table,
            ),
            Route::get("/oversight/exceptional", review, reviews::show),
            Route::post("/oversight/exceptional/{id}", review, reviews::review),
            Route::post("/oversight/searches/{id}", review, reviews::judge),
            Route::get(
                "/oversight/watched",
                right("watch_list", "read"),
                watched::list,
            ),
            Route::post(
                "/oversight/watched",
                right("watch_list", "create"),
                watched::add,
            ),
            Route::post(
                "/oversight/watched/{id}/end",
                right("watch_list", "finish"),
                watched::end,
            ),
            Route::get("/clients/{id}/log", see, client_log::show),
            Route::get(
                "/clients/{id}/log/print",
                right("use_log", "print"),
                client_log::print,
            ),
            Route::get(
                "/oversight/requests",
                right("log_request", "read"),
                requests::list,
            ),
            Route::post(
                "/oversight/requests",
                right("log_request", "create"),
                requests::receive,
            ),
            Route::get(
                "/oversight/requests/{id}",
                right("log_request", "read"),
                requests::show,
            ),
            Route::post(
                "/oversight/requests/{id}/close",
                right("log_request", "finish"),
                requests::close,
            ),
        ],
        migrations: MIGRATIONS,
        nav: vec![
            way(80, "nav-own-log", "/oversight/own", ("use_log", "see_log")),
            way(
                81,
                "nav-users-log",
                "/oversight/users",
                ("exceptional_review", "approve"),
            ),
            way(
                82,
                "nav-exceptional",
                "/oversight/exceptional",
                ("exceptional_review", "approve"),
            ),
            way(
                83,
                "nav-watched",
                "/oversight/watched",
                ("watch_list", "read"),
            ),
            way(
                84,
                "nav-log-requests",
                "/oversight/requests",
                ("log_request", "read"),
            ),
            way(
                85,
                "nav-rights-table",
                "/oversight/rights",
                ("rights_table", "read"),
            ),
        ],
        jobs: Vec::new(),
        messages: web::messages!(),
        checks: &[],
        events: &[
            "use_log.read",
            "use_log.export",
            "exceptional.list",
            "search.judge",
            "watched.add",
            "watched.end",
            "client.log_read",
            "client.log_print",
            "log_request.list",
            "log_request.read",
            "log_request.receive",
            "log_request.close",
        ],
    }
}

/// A place in the navigation for those who have the right.
const fn way(
    order: u16,
    label: &'static str,
    href: &'static str,
    right: (&'static str, &'static str),
) -> NavItem {
    NavItem {
        group: NavPlace::Knowledge,
        order,
        label,
        href,
        main: false,
        right: Some(right),
    }
}

pub(crate) fn desk(house: &web::House) -> Result<std::sync::Arc<clients::Desk>, web::Failure> {
    house
        .extra::<clients::Desk>()
        .ok_or_else(|| web::Failure::internal("the house has no desk of clients"))
}

/// An id of an address; an address that is none leads nowhere.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, web::Failure> {
    text.parse().map_err(|_| web::Failure::NotFound)
}

/// One of three texts, by the reader's language.
pub(crate) fn in_language<'a>(
    language: Language,
    fi: &'a str,
    sv: &'a str,
    en: &'a str,
) -> &'a str {
    match language {
        Language::Sv => sv,
        Language::En => en,
        Language::Fi | Language::Easy => fi,
    }
}
