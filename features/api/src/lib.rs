//! The interface for programs, with the same rights and the same log as the pages.

mod answer;
mod clients;
mod contacts;
mod cursor;
mod describe;
pub mod grant;
mod input;
mod making;
mod matters;
mod place;
mod refusal;
mod repeat;
#[cfg(test)]
mod tests;
mod tokens;

use axum::http::Method;
use web::{Feature, Guard, Job, Route};

pub use tokens::Tokens;

/// The tables of this room.
pub const MIGRATIONS: &[store::Migration] = &[store::Migration {
    version: 600,
    name: "request_keys",
    sql: include_str!("../migrations/V600__request_keys.sql"),
}];

const fn guard(scope: &'static str, class: &'static str, action: &'static str) -> Guard {
    Guard::Token {
        scope,
        class,
        action,
    }
}

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "api",
        routes: vec![
            Route::token(
                Method::GET,
                "/api/v1/contacts",
                guard("contacts.read", "contact", "list"),
                0,
                contacts::list,
            )
            .told(describe::contacts::list),
            Route::token(
                Method::GET,
                "/api/v1/contacts/{id}",
                guard("contacts.read", "contact", "read"),
                0,
                contacts::one,
            )
            .told(describe::contacts::one),
            Route::token(
                Method::GET,
                "/api/v1/clients",
                guard("clients.read", "client_basics", "see_basics"),
                0,
                clients::list,
            )
            .told(describe::clients::list),
            Route::token(
                Method::POST,
                "/api/v1/clients",
                guard("clients.create", "client_basics", "create"),
                clients::LARGEST_BODY,
                clients::create,
            )
            .told(describe::clients::create),
            Route::token(
                Method::POST,
                "/api/v1/clients/search",
                guard("clients.read", "person", "search"),
                clients::LARGEST_SEARCH,
                clients::search,
            )
            .told(describe::clients::search),
            Route::token(
                Method::GET,
                "/api/v1/clients/{id}",
                guard("clients.read", "client_basics", "see_basics"),
                0,
                clients::one,
            )
            .told(describe::clients::one),
            Route::token(
                Method::GET,
                "/api/v1/clients/{id}/log",
                guard("log.read", "use_log", "see_log"),
                0,
                clients::log,
            )
            .told(describe::clients::log),
            Route::token(
                Method::GET,
                "/api/v1/clients/{id}/matters",
                guard("matters.read", "matter", "read"),
                0,
                matters::of_client,
            )
            .told(describe::matters::of_client),
            Route::token(
                Method::GET,
                "/api/v1/matters/{id}",
                guard("matters.read", "matter", "read"),
                0,
                matters::one,
            )
            .told(describe::matters::one),
            Route::token(
                Method::POST,
                "/api/v1/matters",
                guard("matters.write", "matter", "create"),
                matters::LARGEST_BODY,
                matters::open,
            )
            .told(describe::matters::open),
            Route::token(
                Method::POST,
                "/api/v1/matters/{id}/closing",
                guard("matters.write", "matter", "finish"),
                matters::LARGEST_BODY,
                matters::close,
            )
            .told(describe::matters::close),
        ],
        migrations: MIGRATIONS,
        nav: Vec::new(),
        jobs: vec![forget_keys()],
        messages: web::messages!(),
        events: &[tokens::REFUSED, grant::EVENT, making::REPEATED],
        checks: &[],
    }
}

/// Answers of repeated requests are forgotten after two days.
fn forget_keys() -> Job {
    let hour = std::time::Duration::from_secs(3_600);
    Job::new("api.forget_keys", Some(hour), |house, _| async move {
        let now = house.now();
        house.store.write(move |tx| repeat::forget(tx, now)).await?;
        Ok(())
    })
}
