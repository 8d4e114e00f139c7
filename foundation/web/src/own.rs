//! Routes of this room: assets, language, keys, live channel, drafts, accessibility statement.

use axum::{
    extract::{Query, State},
    http::{HeaderValue, header},
    response::Response,
};
use serde::Deserialize;

use crate::{
    Answer, COMMON_MESSAGES, Failure, Feature, Guard, House, Limit, Posted, Route, Visit, assets,
    drafts, go_to, live, openapi, page,
    pages::AccessibilityPage,
    visit::{KEYS_COOKIE, LANGUAGE_COOKIE, worker_language},
};

/// Saving drafts: one each two seconds and a few tabs.
const LIMIT_DRAFTS: Limit = Limit {
    name: "drafts",
    burst: 200,
    per_hour: 7_200,
};
/// Files of one page come in a bunch.
const LIMIT_ASSETS: Limit = Limit {
    name: "assets",
    burst: 1_000,
    per_hour: 36_000,
};

/// What the frame of the pages itself needs. `app` puts it first among the features.
pub fn feature() -> Feature {
    Feature {
        name: "web",
        routes: vec![
            Route::get("/assets/{hash}/{*name}", Guard::Public, assets::serve)
                .raw(0)
                .limit(LIMIT_ASSETS),
            Route::get("/{lang}/saavutettavuus", Guard::Public, accessibility),
            Route::post("/language", Guard::Public, choose_language),
            Route::post("/keys", Guard::SignedIn, choose_keys),
            Route::get("/live", Guard::SignedIn, listen),
            Route::post("/drafts", Guard::SignedIn, drafts::save_posted)
                .up_to(drafts::DRAFT_BYTES)
                .limit(LIMIT_DRAFTS),
            Route::post("/drafts/discard", Guard::SignedIn, drafts::discard_posted),
            Route::get("/api/v1/openapi.json", Guard::Public, openapi::show)
                .raw(0)
                .told(openapi::told),
        ],
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: COMMON_MESSAGES,
        events: &[],
        checks: &[],
    }
}

async fn accessibility(State(house): State<House>, visit: Visit) -> Response {
    let email = house.county.accessibility_email.clone();
    page(AccessibilityPage {
        page: visit.page("public-accessibility"),
        email,
    })
}

async fn choose_language(State(house): State<House>, posted: Posted) -> Answer {
    let language = worker_language(posted.value("language")).ok_or(Failure::BadRequest)?;
    let back = way_back(posted.value("_back"));
    with_cookie(
        &house,
        go_to(&back),
        LANGUAGE_COOKIE,
        language.code(),
        "; Max-Age=31536000",
    )
}

async fn choose_keys(State(house): State<House>, posted: Posted) -> Answer {
    let value = if posted.value("keys") == "off" {
        "off"
    } else {
        "on"
    };
    let back = way_back(posted.value("_back"));
    with_cookie(&house, go_to(&back), KEYS_COOKIE, value, "")
}

fn with_cookie(
    house: &House,
    mut response: Response,
    name: &str,
    value: &str,
    life: &str,
) -> Answer {
    let secure = if house.https { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{life}{secure}");
    response.headers_mut().append(
        header::SET_COOKIE,
        HeaderValue::from_str(&cookie).map_err(Failure::internal)?,
    );
    Ok(response)
}

/// A path of ours to go back to; anything else leads to the start page.
pub fn way_back(path: &str) -> String {
    let plain = path
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if path.starts_with('/') && !path.starts_with("//") && plain {
        path.to_owned()
    } else {
        "/".to_owned()
    }
}

#[derive(Deserialize)]
struct Topics {
    #[serde(default)]
    topics: String,
}

async fn listen(State(house): State<House>, visit: Visit, Query(query): Query<Topics>) -> Answer {
    let session = visit.session.ok_or(Failure::SignedOut)?;
    let topics = query
        .topics
        .split(',')
        .filter(|topic| !topic.is_empty())
        .take(10)
        .map(str::to_owned)
        .collect();
    live::stream(&house, session.key, topics)
}
