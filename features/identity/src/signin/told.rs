//! On `/account`: what one has been told, and the secrets of tokens that one owns.

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use web::{Answer, Failure, Page, Posted, Visit, go_to};

use super::account::{may_add_keys, refuse_narrowed};
use crate::facts::approval::Refusal;
use crate::notices;
use crate::session::CurrentUser;
use crate::strong;
use crate::tokens::{self, TokenId};

/// `POST /account/notices/seen`: until the last one that the page showed.
pub(super) async fn seen(visit: Visit, user: CurrentUser, posted: Posted) -> Answer {
    let last: i64 = posted.value("last").parse().unwrap_or(0);
    let (staff, now) = (user.staff.id, visit.house.now());
    visit
        .house
        .store
        .write(move |tx| notices::see(tx, staff, last, now))
        .await?;
    Ok(go_to("/account"))
}

#[derive(Template)]
#[template(path = "account_token.html")]
struct SecretPage {
    page: Page,
    secret: String,
}

/// `POST /account/tokens/{id}/fetch`: the answer is the only page that ever holds the secret.
pub(super) async fn fetch(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let house = &visit.house;
    let token: TokenId = id.parse().map_err(|_| Failure::NotFound)?;
    let (owner, now) = (user.staff.id, house.now());
    let mine = house
        .store
        .read(move |tx| tokens::to_fetch(tx, owner, now))
        .await?;
    if !mine.iter().any(|one| one.id == token) {
        return Err(Failure::NotFound);
    }
    // A token may act for its owner, with all the tasks.
    if !may_add_keys(&user) {
        return refuse_narrowed(&visit, &headers, &user).await;
    }
    strong::require(house, &user)?;
    let chance = house.chance.clone();
    let made = house
        .store
        .write(move |tx| tokens::fetch(tx, chance.as_ref(), owner, token, now))
        .await;
    match made {
        Ok(made) => Ok(web::page(SecretPage {
            page: visit.page("token-secret"),
            secret: made.value.reveal().to_owned(),
        })),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(Failure::NotFound),
    }
}
