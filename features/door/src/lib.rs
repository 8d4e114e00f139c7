//! The public side of contacts: one door for everybody who needs help or worries about somebody.
//!
//! The house must hold two extras: [`intake::store::Desk`] and [`text::signals::Detector`].

pub mod api;
pub mod checking;
mod contact;
mod cookies;
mod notify;
pub mod openapi;
mod receive;
mod sent;
mod start;
mod state;
mod state_page;
#[cfg(test)]
mod tests;
mod words;

use intake::domain::attachment::{MAX_FILES, MAX_SIZE};
use web::{Feature, Guard, Limit, Route, Visit};

/// Making contacts: a library or a prison may have one address for many people.
const LIMIT_CONTACT: Limit = Limit {
    name: "contact",
    burst: 40,
    per_hour: 120,
};
/// Trying receipt codes: at this pace guessing one takes longer than the sun lasts.
const LIMIT_CODE: Limit = Limit {
    name: web::GUESSES,
    burst: 20,
    per_hour: 60,
};
/// Adding to a contact with its code.
const LIMIT_STATE: Limit = Limit {
    name: "receipt-state",
    burst: 30,
    per_hour: 240,
};
/// Contacts sent by programs.
const LIMIT_API: Limit = Limit {
    name: "api-contact",
    burst: 20,
    per_hour: 120,
};
/// Files at once, with room for the form around them.
const FILES_BYTES: usize = MAX_SIZE * MAX_FILES as usize + 256 * 1024;

/// A public page's path in the reader's language.
fn local(visit: &Visit, path: &str) -> String {
    format!("/{}{path}", visit.language.code())
}

/// The routes and messages of the public door.
pub fn feature() -> Feature {
    let public = Guard::Public;
    Feature {
        name: "door",
        routes: vec![
            Route::get("/{lang}", public, start::show),
            Route::get("/{lang}/", public, start::tidy),
            Route::get("/{lang}/yhteydenotto", public, contact::show),
            Route::post("/{lang}/yhteydenotto", public, contact::send).limit(LIMIT_CONTACT),
            Route::get("/{lang}/yhteydenotto/lahetetty", public, sent::show_contact),
            Route::get("/{lang}/ilmoitus", public, notify::show),
            Route::post("/{lang}/ilmoitus", public, notify::send).limit(LIMIT_CONTACT),
            Route::get(
                "/{lang}/ilmoitus/lahetetty",
                public,
                sent::show_notification,
            ),
            Route::get("/{lang}/tunnus", public, state::ask),
            Route::post("/{lang}/tunnus", public, state::enter).limit(LIMIT_CODE),
            Route::get("/{lang}/tunnus/tila", public, state::show),
            Route::post("/{lang}/tunnus/tila", public, state::act).limit(LIMIT_STATE),
            Route::get("/{lang}/tunnus/liitteet", public, state::back),
            Route::post("/{lang}/tunnus/liitteet", public, state::attach)
                .up_to(FILES_BYTES)
                .limit(LIMIT_STATE),
            Route::get("/{lang}/tunnus/poistu", public, state::back),
            Route::post("/{lang}/tunnus/poistu", public, state::leave),
            Route::get("/{lang}/tietosuoja", public, start::privacy),
            Route::post("/api/v1/contacts", public, api::create)
                .raw(api::LARGEST_BODY)
                .limit(LIMIT_API)
                .told(openapi::told),
        ],
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        checks: &[],
        events: &[
            "contact.create",
            "contact.state",
            "contact.municipality",
            "contact.parties",
            "contact.reopen",
            "message.create",
            "attachment.create",
            "task.create",
        ],
    }
}
