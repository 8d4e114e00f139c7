//! `/sign-in/held/{id}`: a form that waited for its writer, ready to be sent by one press.

use access::log::Actor;
use askama::Template;
use axum::extract::Path;
use web::{Answer, Failure, Page, Visit, go_to};

use super::arrive::home;
use crate::accounts::entry;
use crate::accounts::held::{self, HeldId};
use crate::session::CurrentUser;

#[derive(Template)]
#[template(path = "signin_held.html")]
struct HeldPage {
    page: Page,
    id: String,
    path: String,
    fields: Vec<(String, String)>,
    /// What was written, for reading: texts of more than a word.
    written: Vec<String>,
    files: Vec<String>,
}

/// Fields shown for reading; the rest are choices and numbers of the form itself.
const SHOWN: usize = 12;
const WORTH_SHOWING: usize = 3;

fn id_of(text: &str) -> Result<HeldId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// `GET /sign-in/held/{id}`: only to the person on whose page it was written.
pub(super) async fn show(visit: Visit, user: CurrentUser, Path(id): Path<String>) -> Answer {
    let id = id_of(&id)?;
    let typed = held::open(&visit.house, id, user.staff.id)
        .await?
        .ok_or(Failure::NotFound)?;
    held::shown(&visit.house, id).await?;
    // It may hold client data, so that it was shown is in the log like any other reading.
    let seen = entry(
        visit.house.now(),
        Actor::Staff(user.staff.id.bytes()),
        "signin.form_shown",
        typed.path.clone(),
    );
    let logged = visit.house.store.log(seen).await?;
    let written = typed
        .fields
        .iter()
        .filter(|(name, value)| !name.starts_with('_') && value.contains(char::is_whitespace))
        .map(|(_, value)| value.trim().to_owned())
        .filter(|value| value.chars().count() >= WORTH_SHOWING)
        .take(SHOWN)
        .collect();
    let page = HeldPage {
        page: visit.page("signin-held-title"),
        id: id.to_string(),
        path: typed.path,
        fields: typed.fields,
        written,
        files: typed.files,
    };
    Ok(web::client_page(page, logged))
}

/// `POST /sign-in/held/{id}/discard`.
pub(super) async fn discard(visit: Visit, user: CurrentUser, Path(id): Path<String>) -> Answer {
    held::discard(&visit.house, id_of(&id)?, user.staff.id).await?;
    Ok(go_to(home(&visit.house, &user)))
}
