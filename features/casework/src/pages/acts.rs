//! Acts of one button, and the refusal of an offer.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::Reader;
use identity::people::StaffId;
use identity::session::CurrentUser;
use store::WriteTx;
use web::{
    Answer, Failure, Form, House, Page, Posted, Visit, client_page_with_status, drafts, go_to,
    page_with_status,
};

use crate::domain::{MatterError, MatterId, MatterOfferId};
use crate::glue::{LIVE_TOPIC, casework, log_refusal};
use crate::pages::act_form::open;
use crate::pages::model::{self, Head};
use crate::pages::show::matter_page;
use crate::pages::{id, refusal};
use crate::store::{Casework, holding, offers, workers};

/// Longest text.
const LONGEST: usize = 4_000;

/// Runs an act in one transaction and tells the open pages.
///
/// # Errors
/// A fault of the store; a refusal comes back inside.
pub async fn run<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, MatterError> + Send + 'static,
) -> Result<Result<T, MatterError>, Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    match house
        .store
        .write(move |tx| act(tx, &casework, &reader))
        .await
    {
        Ok(receipt) => {
            house.live.tell(LIVE_TOPIC);
            Ok(Ok(receipt.value))
        }
        Err(MatterError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error)),
    }
}

/// The page again, with the reason over it. What one may not see stays unseen.
async fn refused(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    matter: MatterId,
    error: MatterError,
) -> Answer {
    if matches!(error, MatterError::NotFound) {
        log_refusal(house, &Reader::from(user), matter).await?;
        return Err(Failure::NotFound);
    }
    let t = visit.t();
    let label = refusal::of(house, &t, matter, error).await?.sentence(&t);
    matter_page(
        house,
        visit,
        user,
        matter,
        Some((label, "warning")),
        StatusCode::CONFLICT,
    )
    .await
}

fn done(matter: MatterId, what: &str) -> axum::response::Response {
    go_to(&format!("/matters/{matter}?done={what}"))
}

pub(super) async fn take(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    _: Posted,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let taken = run(&house, &user, move |tx, casework, reader| {
        holding::take(tx, casework, reader, matter)
    })
    .await?;
    match taken {
        Ok(()) => Ok(done(matter, "taken")),
        // Pressed twice: it is already the worker's own.
        Err(MatterError::AlreadyHeld { by }) if by == user.staff.id => Ok(done(matter, "taken")),
        Err(error) => refused(&house, &visit, &user, matter, error).await,
    }
}

pub(super) async fn worker_leave(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((matter, staff)): Path<(String, String)>,
    _: Posted,
) -> Answer {
    let (matter, staff): (MatterId, StaffId) = (id(&matter)?, id(&staff)?);
    let left = run(&house, &user, move |tx, casework, reader| {
        workers::leave(tx, casework, reader, matter, staff)
    })
    .await?;
    match left {
        Ok(()) => Ok(done(matter, "worker-left")),
        Err(error) => refused(&house, &visit, &user, matter, error).await,
    }
}

async fn matter_of(house: &House, offer: MatterOfferId) -> Result<MatterId, Failure> {
    Ok(house
        .store
        .read(move |tx| offers::matter_of(tx, offer))
        .await?)
}

pub(super) async fn accept(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
    _: Posted,
) -> Answer {
    let offer: MatterOfferId = id(&offer)?;
    let accepted = run(&house, &user, move |tx, casework, reader| {
        offers::accept(tx, casework, reader, offer)
    })
    .await?;
    match accepted {
        Ok(matter) => Ok(done(matter, "accepted")),
        Err(error) => {
            let matter = matter_of(&house, offer).await?;
            refused(&house, &visit, &user, matter, error).await
        }
    }
}

pub(super) async fn withdraw(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
    _: Posted,
) -> Answer {
    let offer: MatterOfferId = id(&offer)?;
    let withdrawn = run(&house, &user, move |tx, casework, reader| {
        offers::withdraw(tx, casework, reader, offer)
    })
    .await?;
    match withdrawn {
        Ok(matter) => Ok(done(matter, "withdrawn")),
        Err(error) => {
            let matter = matter_of(&house, offer).await?;
            refused(&house, &visit, &user, matter, error).await
        }
    }
}

#[derive(Template)]
#[template(path = "matter-refuse.html")]
struct RefusalPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    head: Option<Head>,
    reason: String,
    from: String,
    draft: String,
    restored: String,
}

fn refusal_draft(offer: MatterOfferId) -> String {
    format!("matter-offer-{offer}-refuse")
}

fn refusal_page(
    visit: &Visit,
    offer: MatterOfferId,
    form: Form,
    shown: Option<&crate::store::view::Shown>,
    restored: String,
) -> RefusalPage {
    let t = visit.t();
    let made = shown
        .and_then(|shown| shown.view.offer.as_ref())
        .filter(|one| one.id == offer);
    RefusalPage {
        page: visit.page("matter-refuse-title"),
        form,
        action: format!("/matter-offers/{offer}/refuse"),
        back: shown.map_or_else(
            || "/matters".to_owned(),
            |shown| model::path(shown.view.facts.id),
        ),
        head: shown.map(|shown| Head::of(&t, &shown.view)),
        reason: made.map(|made| made.reason.clone()).unwrap_or_default(),
        from: made.map(|made| made.from.clone()).unwrap_or_default(),
        draft: refusal_draft(offer),
        restored,
    }
}

pub(super) async fn show_refusal(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
) -> Answer {
    let offer: MatterOfferId = id(&offer)?;
    let matter = matter_of(&house, offer).await?;
    let (shown, draft, logged) = open(&house, &user, matter, refusal_draft(offer)).await?;
    let waits = shown
        .view
        .facts
        .offer
        .is_some_and(|open| open.id == offer && open.is_for(&Reader::from(&user)));
    if !waits {
        let error = MatterError::OfferClosed;
        return refused(&house, &visit, &user, matter, error).await;
    }
    let mut form = Form::new();
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let page = refusal_page(&visit, offer, form, Some(&shown), restored);
    Ok(client_page_with_status(StatusCode::OK, page, logged))
}

pub(super) async fn refuse(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
    posted: Posted,
) -> Answer {
    let offer: MatterOfferId = id(&offer)?;
    let mut form = posted.form();
    let reason = form.require("reason", "matter-reason-missing", LONGEST);
    let alternative = form.require("alternative", "matter-alternative-missing", LONGEST);
    let matter = matter_of(&house, offer).await?;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if form.is_valid() {
        let key = refusal_draft(offer);
        let refused = run(&house, &user, move |tx, casework, reader| {
            offers::refuse(tx, casework, reader, offer, &reason, &alternative)?;
            drafts::delete(tx, reader.staff.bytes(), &key)?;
            Ok(())
        })
        .await?;
        match refused {
            Ok(()) => return Ok(go_to("/matters?done=refused")),
            Err(error) => {
                let why = refusal::of(&house, &visit.t(), matter, error).await?;
                form.error_with("", why.key, why.args);
                status = StatusCode::CONFLICT;
            }
        }
    }
    match open(&house, &user, matter, String::new()).await {
        Ok((shown, _, logged)) => {
            let page = refusal_page(&visit, offer, form, Some(&shown), String::new());
            Ok(client_page_with_status(status, page, logged))
        }
        Err(Failure::NotFound) => Ok(page_with_status(
            status,
            refusal_page(&visit, offer, form, None, String::new()),
        )),
        Err(failure) => Err(failure),
    }
}
