//! One's own bars: relatives and household whose records the system keeps closed from their relative.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::identity_code::IdentityCode;
use store::StoreError;
use web::{Answer, Failure, Form, House, Page, Posted, Visit, go_to};

use super::notice::{self, Notice, Pairs};
use super::{Circumstances, decide};
use crate::IdentityKey;
use crate::facts::{declare, requests};
use crate::session::CurrentUser;

#[derive(Template)]
#[template(path = "admin/bars.html")]
struct BarsPage {
    page: Page,
    form: Form,
    notice: Option<Notice>,
    count: String,
    declared: Vec<Line>,
    /// The declared relatives have not been looked at for a year.
    due: bool,
}

/// A declaration in words.
struct Line {
    number: i64,
    words: String,
    /// Its end waits for the lead.
    ending: bool,
}

/// `GET /own/bars`
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let notice = notice::of(&pairs, &visit.t());
    open(&house, &visit, &user, Form::new(), notice).await
}

async fn open(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    form: Form,
    notice: Option<Notice>,
) -> Answer {
    let (staff, at) = (user.staff.id, house.now());
    let (own, due) = house
        .store
        .read(move |tx| {
            let due = declare::due(tx, staff, at)?.is_some();
            Ok::<_, StoreError>((declare::own(tx, staff)?, due))
        })
        .await?;
    let page = visit.page("bars-title");
    let (t, now) = (page.t.clone(), page.now);
    let status = if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = BarsPage {
        count: t.with("bars-count", &[("count", own.len().into())]),
        declared: own
            .iter()
            .map(|one| {
                let when = t.when(one.at, now);
                Line {
                    number: one.number,
                    words: t.with("bars-declared", &[("when", when.into())]),
                    ending: one.ending,
                }
            })
            .collect(),
        due,
        page,
        form,
        notice,
    };
    Ok(web::page_with_status(status, template))
}

/// `POST /own/bars`: what was typed is not shown back and not kept.
pub async fn declare(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let acting = decide(
        &user,
        "bar_register",
        "create",
        &Circumstances::default(),
        house.now(),
    )?;
    let Ok(code) = IdentityCode::from_input(posted.value("identity_code")) else {
        let mut form = Form::new();
        form.error("identity_code", "admin-code-wrong");
        return open(&house, &visit, &user, form, None).await;
    };
    let hash = IdentityKey::of(&house.secrets).hash(&code);
    house
        .store
        .write(move |tx| declare::declare(tx, &acting, hash))
        .await?;
    Ok(go_to("/own/bars?done=declared"))
}

/// `POST /own/bars/confirm`: what has been declared is all there is.
pub async fn confirm(State(house): State<House>, user: CurrentUser, _: Posted) -> Answer {
    let about = Circumstances::default();
    let acting = decide(&user, "bar_register", "correct", &about, house.now())?;
    house
        .store
        .write(move |tx| declare::confirm(tx, &acting))
        .await?;
    Ok(go_to("/own/bars?done=confirmed"))
}

/// `POST /own/bars/{id}/withdraw`: asks the lead; the declaration bars until she approves.
pub async fn withdraw(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let number: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let acting = decide(
        &user,
        "bar_register",
        "correct",
        &Circumstances::default(),
        house.now(),
    )?;
    let known = house
        .store
        .write(move |tx| requests::ask_withdrawal(tx, &acting, number))
        .await?
        .value;
    if !known {
        return Err(Failure::NotFound);
    }
    Ok(go_to("/own/bars?done=withdrawn"))
}
