//! The pages of local sign-in: in, first time, second factor, proof anew, forms that waited, own account.

mod account;
mod account_acts;
pub(crate) mod arrive;
mod confirm;
mod directory;
mod enter;
mod first;
mod passkey;
mod prove;
mod recovery;
mod step;
mod told;
mod waiting;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use web::{Form, Guard, Limit, Route};

/// Somebody who signs in sends few forms; a whole office may share an address.
const LIMIT_SIGN_IN: Limit = Limit {
    name: "sign-in",
    burst: 60,
    per_hour: 600,
};
/// Guessing an invitation is hopeless, and stays so.
const LIMIT_INVITATION: Limit = Limit {
    name: "invitation",
    burst: 20,
    per_hour: 60,
};

/// The routes of these pages.
pub(crate) fn routes() -> Vec<Route> {
    let open = Guard::Public;
    let own = Guard::SignedIn;
    vec![
        Route::get("/sign-in", open, enter::show),
        Route::post("/sign-in", open, enter::password).limit(LIMIT_SIGN_IN),
        Route::get("/sign-in/code", open, enter::show_code),
        Route::post("/sign-in/code", open, enter::code).limit(LIMIT_SIGN_IN),
        Route::post("/sign-in/passkey", open, passkey::sign_in).limit(LIMIT_SIGN_IN),
        Route::get("/sign-in/directory", open, directory::go).limit(LIMIT_SIGN_IN),
        Route::get("/sign-in/directory/back", open, directory::back).limit(LIMIT_SIGN_IN),
        Route::get("/sign-in/first", open, first::show),
        Route::post("/sign-in/first", open, first::invitation).limit(LIMIT_INVITATION),
        Route::get("/sign-in/first/code", open, first::show_app),
        Route::post("/sign-in/first/code", open, first::app).limit(LIMIT_SIGN_IN),
        Route::get("/sign-in/confirm", own, confirm::show),
        Route::post("/sign-in/confirm", own, confirm::password).limit(LIMIT_SIGN_IN),
        Route::post("/sign-in/confirm/passkey", own, confirm::passkey).limit(LIMIT_SIGN_IN),
        Route::get("/sign-in/held/{id}", own, waiting::show),
        Route::post("/sign-in/held/{id}/discard", own, waiting::discard),
        Route::get("/account", own, account::show),
        Route::post("/account/number", own, account::number),
        Route::post("/account/sessions/end", own, account_acts::end_session),
        Route::post(
            "/account/sessions/end-others",
            own,
            account_acts::end_others,
        ),
        Route::get("/account/password", own, account_acts::show_password),
        Route::post("/account/password", own, account_acts::password).limit(LIMIT_SIGN_IN),
        Route::get("/account/app", own, account_acts::show_app),
        Route::post("/account/app", own, account_acts::app).limit(LIMIT_SIGN_IN),
        Route::post("/account/recovery", own, recovery::anew),
        Route::post("/account/notices/seen", own, told::seen),
        Route::post("/account/tokens/{id}/fetch", own, told::fetch),
        Route::post("/account/passkeys", own, passkey::add),
        Route::post("/account/passkeys/rename", own, passkey::rename),
        Route::post("/account/passkeys/remove", own, passkey::remove),
    ]
}

/// A form that tells only that somebody has to wait.
fn waits(form: &mut Form, seconds: u64) {
    let minutes = seconds.div_ceil(60);
    form.error_with("", "signin-wait", vec![("minutes", minutes.into())]);
}

/// A form to be corrected, or to be sent later when one has to wait.
fn refused(page: impl askama::Template, wait: Option<u64>) -> Response {
    let status = match wait {
        Some(_) => StatusCode::TOO_MANY_REQUESTS,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = web::page_with_status(status, page);
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
