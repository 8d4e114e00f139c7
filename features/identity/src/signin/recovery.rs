//! Recovery codes: shown once, for paper.

use access::log::Actor;
use askama::Template;
use axum::http::HeaderMap;
use store::StoreError;
use web::{Answer, Failure, Page, Visit};

use super::account::{may_add_keys, refuse_narrowed};
use super::first::recovery_hashes;
use crate::accounts::{codes, entry, store as table};
use crate::session::CurrentUser;
use crate::strong;

#[derive(Template)]
#[template(path = "signin_recovery.html")]
pub(super) struct RecoveryPage {
    page: Page,
    codes: Vec<String>,
    onward: &'static str,
}

impl RecoveryPage {
    pub(super) fn new(visit: &Visit, codes: Vec<String>, onward: &'static str) -> Self {
        Self {
            page: visit.page("signin-recovery-title"),
            codes,
            onward,
        }
    }
}

/// `POST /account/recovery`: new codes in the place of the old.
pub(super) async fn anew(visit: Visit, headers: HeaderMap, user: CurrentUser) -> Answer {
    if !may_add_keys(&user) {
        return refuse_narrowed(&visit, &headers, &user).await;
    }
    let house = &visit.house;
    strong::require(house, &user)?;
    let staff = user.staff.id;
    let made = codes::recovery(house.chance.as_ref());
    let (hashes, now) = (recovery_hashes(house, staff, &made), house.now());
    let kept = house
        .store
        .write(move |tx| {
            if table::by_staff(tx, staff)?.is_none() {
                return Ok::<_, StoreError>(false);
            }
            table::replace_recovery(tx, staff, &hashes)?;
            tx.log(entry(
                now,
                Actor::Staff(staff.bytes()),
                "account.recovery",
                String::new(),
            ))?;
            Ok(true)
        })
        .await?;
    if !kept.value {
        return Err(Failure::NotFound);
    }
    Ok(web::page(RecoveryPage::new(&visit, made, "/account")))
}
