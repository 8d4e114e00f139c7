//! The recipient's link on the side of the staff: made by sending, made anew, withdrawn. It stands on the one answer that made it and
//! nowhere else.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use identity::session::CurrentUser;
use web::{Answer, Form, House, Page, Posted, Visit, go_to, page};

use super::proposal::{proposal_page, stepped};
use super::{act, answer, id, read, refused};
use crate::domain::ReportError;
use crate::store::links::{self, LinkStands};
use crate::store::proposals::{self, Link};
use crate::store::{ProposalId, handed};

#[derive(Template)]
#[template(path = "proposal-link.html")]
struct LinkPage {
    page: Page,
    lead: String,
    /// By the name that the sender herself reaches the house by.
    link: String,
    back: String,
}

/// Where the house is reached: as the county has told, else as this browser has it; empty when neither tells, and then the link
/// begins with its path.
fn reached_by(house: &House, headers: &HeaderMap) -> String {
    if !house.county.public_address.is_empty() {
        return house.county.public_address.clone();
    }
    let scheme = if house.https { "https" } else { "http" };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    host.map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

/// A new link and what the store keeps of it.
fn made(house: &House) -> (Link, [u8; 32]) {
    let link = Link::new(&*house.chance);
    let digest = link.digest(&house.secrets.key(answer::KEY));
    (link, digest)
}

/// The link on its page, once, or what stood in its way.
async fn link_page(
    (house, visit, user): (&House, &Visit, &CurrentUser),
    wanted: ProposalId,
    done: Result<(), ReportError>,
    (title, link): (&str, Link),
    headers: &HeaderMap,
) -> Answer {
    if let Err(error) = done {
        return refusal(house, visit, user, wanted, error).await;
    }
    let stands = read(house, user, move |tx, editor| {
        links::stands(tx, editor, wanted)
    })
    .await?;
    let page_ = visit.page(title);
    let until = match stands {
        LinkStands::Made { until, .. } => page_.t.full_day(until),
        _ => String::new(),
    };
    Ok(page(LinkPage {
        lead: page_.t.with("proposal-link-lead", &[("day", until.into())]),
        link: format!("{}/fi/vastaus/{}", reached_by(house, headers), link.shown()),
        back: format!("/proposals/{wanted}"),
        page: page_,
    }))
}

/// Sends it: from now on an answer is owed. What the recipient is shown is what the sender saw, or it is not sent.
pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let wanted: ProposalId = id(&proposal)?;
    let revision = posted.value("revision").parse().unwrap_or(0);
    let seen = posted.value("seen").to_owned();
    let (link, digest) = made(&house);
    let done = act(&house, &user, "", move |tx, editor, _| {
        let stands = handed::shown(tx, editor, wanted)?;
        proposals::send(tx, editor, (wanted, revision), digest)?;
        if stands.mark() != seen {
            return Err(ReportError::Changed);
        }
        Ok(())
    })
    .await;
    if let Err(ReportError::State) = done {
        return Ok(go_to(&format!("/proposals/{wanted}")));
    }
    let asker = (&house, &visit, &user);
    let shown = ("proposal-link-title", link);
    link_page(asker, wanted, done, shown, &headers).await
}

/// A new link for the one that was lost, or whose time is over: the one before opens nothing from now on.
pub(super) async fn anew(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let wanted: ProposalId = id(&proposal)?;
    let revision = posted.value("revision").parse().unwrap_or(0);
    let (link, digest) = made(&house);
    let done = act(&house, &user, "", move |tx, editor, _| {
        links::relink(tx, editor, (wanted, revision), digest)
    })
    .await;
    let asker = (&house, &visit, &user);
    let shown = ("proposal-link-new-title", link);
    link_page(asker, wanted, done, shown, &headers).await
}

/// Withdraws the link: the answer is still owed, and may be written down.
pub(super) async fn withdraw(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted: ProposalId = id(&proposal)?;
    let revision = posted.value("revision").parse().unwrap_or(0);
    let done = act(&house, &user, "", move |tx, editor, _| {
        links::unlink(tx, editor, (wanted, revision))
    })
    .await;
    stepped(&house, &visit, &user, wanted, done, "unlinked").await
}

/// The proposal's page with what stood in the way. It has no fields, so every refusal is of the whole.
pub(super) async fn refusal(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: ProposalId,
    error: ReportError,
) -> Answer {
    let mut form = Form::new();
    let status = match error {
        ReportError::Field("due_on", _) => {
            form.error("", "proposal-due-passed");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ReportError::Field(_, wrong) => {
            form.error("", super::said(wrong));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        error => refused(&mut form, error)?,
    };
    proposal_page(house, visit, user, wanted, form, String::new(), status).await
}
