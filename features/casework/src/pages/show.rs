//! The page of one matter.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::Reader;
use clients::panels::Panel;
use identity::session::CurrentUser;
use store::Logged;
use web::{Answer, Failure, House, Page, Texts, Visit, client_page_with_status};

use crate::domain::{MatterError, MatterId};
use crate::glue::{casework, log_refusal};
use crate::pages::id;
use crate::pages::model::{self, MatterModel};
use crate::panels::{MatterAround, MatterPanels};
use crate::store::view::{self, Shown};

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
    /// What other rooms tell of the matter.
    panels: Vec<Panel>,
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
    "execution",
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
    let t = visit.t();
    let (shown, panels, logged) = read(house, user, matter, &t).await?;
    let m = model::model(&t, &shown, &Reader::from(user), house.now());
    let mut page = visit.page_titled(m.title.clone());
    // A refused act is answered at the act's own address, which cannot be opened again.
    page.path = model::path(matter);
    let template = MatterPage {
        page,
        notice: notice.map(|(label, color)| Notice { label, color }),
        m,
        panels,
    };
    Ok(client_page_with_status(status, template, logged))
}

/// The matter with the parts that other rooms fill, in one snapshot; the reading is logged.
async fn read(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    t: &Texts,
) -> Result<(Shown, Vec<Panel>, Logged), Failure> {
    let (casework, reader) = (casework(house)?, Reader::from(user));
    let (sources, words) = (house.extra::<MatterPanels>(), t.clone());
    let asked = reader.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let now = casework.now();
            let shown = view::read(tx, &casework, &asked, matter)?;
            let around = MatterAround {
                reader: &asked,
                facts: &shown.view.facts,
                t: &words,
                now,
            };
            let mut panels = Vec::new();
            for source in sources.as_ref().map_or(&[][..], |panels| &panels.0) {
                panels.extend(source(tx, &around)?);
            }
            Ok::<_, MatterError>((shown, panels))
        })
        .await;
    let receipt = match receipt {
        Err(MatterError::NotFound) => {
            log_refusal(house, &reader, matter).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value.0, receipt.value.1, logged))
}
