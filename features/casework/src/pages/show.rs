//! The page of one matter.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::Reader;
use identity::session::CurrentUser;
use web::{Answer, House, Page, Visit, client_page_with_status};

use crate::domain::MatterId;
use crate::pages::act_form::open;
use crate::pages::id;
use crate::pages::model::{self, MatterModel};

/// A sentence over the page about what just happened.
#[derive(Debug, Clone)]
pub struct Notice {
    pub label: String,
    pub color: &'static str,
}

#[derive(Template)]
#[template(path = "matter.html")]
struct MatterPage {
    page: Page,
    notice: Option<Notice>,
    m: MatterModel,
}

/// Codes of `done` in addresses.
const DONE: &[&str] = &[
    "opened",
    "taken",
    "take-over",
    "offer",
    "withdrawn",
    "accepted",
    "assessment",
    "worker",
    "worker-left",
    "own-worker",
    "substitute",
    "client",
    "client-leave",
    "part",
    "close",
    "transfer",
];

/// What was just done, told on the page the browser was led to. Only codes of ours have words.
pub fn done(visit: &Visit, pairs: &[(String, String)], codes: &[&str]) -> Option<String> {
    let (_, code) = pairs.iter().find(|(name, _)| name == "done")?;
    let key = codes.iter().find(|known| *known == code)?;
    Some(visit.t().get(&format!("matter-done-{key}")))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let notice = done(&visit, &pairs, DONE).map(|label| (label, "success"));
    matter_page(&house, &visit, &user, matter, notice, StatusCode::OK).await
}

/// The page of a matter, with a sentence about what happened.
///
/// # Errors
/// [`web::Failure::NotFound`] when the reader may not see the matter.
pub async fn matter_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    matter: MatterId,
    notice: Option<(String, &'static str)>,
    status: StatusCode,
) -> Answer {
    let (shown, _, logged) = open(house, user, matter, String::new()).await?;
    let t = visit.t();
    let m = model::model(&t, &shown, &Reader::from(user), house.now());
    let mut page = visit.page_titled(m.title.clone());
    // A refused act is answered at the act's own address, which cannot be opened again.
    page.path = model::path(matter);
    let template = MatterPage {
        page,
        notice: notice.map(|(label, color)| Notice { label, color }),
        m,
    };
    Ok(client_page_with_status(status, template, logged))
}
