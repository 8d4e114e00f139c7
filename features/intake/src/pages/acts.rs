//! Acts of one button: nothing is typed, so a refusal is told over the page.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use identity::session::CurrentUser;
use store::WriteTx;
use web::{Answer, Failure, House, Posted, Visit, go_to};

use crate::domain::{ContactId, IntakeError, OfferId, TaskId};
use crate::glue::{LIVE_TOPIC, desk, log_refusal};
use crate::pages::place::Place;
use crate::pages::queue::Mark;
use crate::pages::show::{Around, contacts_page};
use crate::pages::{id, refusal};
use crate::store::{Desk, Worker, ending, holding, offers, tasks};

type Pairs = Query<Vec<(String, String)>>;

/// Runs an act in one transaction and tells the open pages.
///
/// # Errors
/// The act's refusal.
pub async fn run<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    act: impl FnOnce(&mut WriteTx<'_>, &Desk, &Worker) -> Result<T, IntakeError> + Send + 'static,
) -> Result<Result<T, IntakeError>, Failure> {
    let desk = desk(house)?;
    let worker = Worker::from(user);
    match house.store.write(move |tx| act(tx, &desk, &worker)).await {
        Ok(receipt) => {
            house.live.tell(LIVE_TOPIC);
            Ok(Ok(receipt.value))
        }
        Err(IntakeError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error)),
    }
}

/// The page again, with the reason over it. What one may not see stays unseen.
///
/// # Errors
/// [`Failure::NotFound`] when the refusal itself would tell too much.
pub async fn refused(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    place: Place,
    contact: ContactId,
    error: IntakeError,
) -> Answer {
    if matches!(error, IntakeError::NotFound) {
        log_refusal(house, &Worker::from(user), contact).await?;
        return Err(Failure::NotFound);
    }
    let t = visit.t();
    let label = refusal::of(house, &t, Some(contact), error)
        .await?
        .sentence(&t);
    let around = Around {
        place,
        open: Some(contact),
        notice: Some(Mark {
            label,
            color: "warning",
        }),
        status: StatusCode::CONFLICT,
    };
    contacts_page(house, visit, user, around).await
}

fn open_with(place: Place, contact: ContactId, done: &str) -> Response {
    go_to(&place.address_with(&format!("/contacts/{contact}"), "done", done))
}

pub(super) async fn take(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    Query(pairs): Pairs,
    _: Posted,
) -> Answer {
    let contact: ContactId = id(&contact)?;
    let place = Place::read(&pairs);
    match run(&house, &user, move |tx, desk, worker| {
        holding::take(tx, desk, worker, contact)
    })
    .await?
    {
        Ok(()) => Ok(open_with(place, contact, "taken")),
        // Pressed twice: it is already the worker's own.
        Err(IntakeError::AlreadyHeld { by }) if by == user.staff.id => {
            Ok(open_with(place, contact, "taken"))
        }
        Err(error) => refused(&house, &visit, &user, place, contact, error).await,
    }
}

pub(super) async fn seen(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    Query(pairs): Pairs,
    posted: Posted,
) -> Answer {
    let contact: ContactId = id(&contact)?;
    let place = Place::read(&pairs);
    // The lead marks it on the page of the unit and goes on there.
    let from_unit = posted.value("back") == "unit";
    match run(&house, &user, move |tx, desk, worker| {
        ending::mark_seen(tx, desk, worker, contact)
    })
    .await?
    {
        Ok(()) if from_unit => Ok(go_to("/unit?done=seen")),
        Err(IntakeError::NotFound) if from_unit => Ok(go_to("/unit")),
        Ok(()) => Ok(open_with(place, contact, "seen")),
        Err(error) => refused(&house, &visit, &user, place, contact, error).await,
    }
}

/// The contact of an offer, for the page on which a refusal is shown.
///
/// # Errors
/// [`Failure::NotFound`] when there is no such offer.
pub async fn contact_of(house: &House, offer: OfferId) -> Result<ContactId, Failure> {
    Ok(house
        .store
        .read(move |tx| offers::contact_of(tx, offer))
        .await?)
}

pub(super) async fn withdraw(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
    _: Posted,
) -> Answer {
    let offer: OfferId = id(&offer)?;
    let place = Place::of(crate::store::queue::Tab::All);
    match run(&house, &user, move |tx, desk, worker| {
        offers::withdraw(tx, desk, worker, offer)
    })
    .await?
    {
        Ok(contact) => Ok(open_with(place, contact, "withdrawn")),
        Err(error) => {
            let contact = contact_of(&house, offer).await?;
            refused(&house, &visit, &user, place, contact, error).await
        }
    }
}

pub(super) async fn accept(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
    posted: Posted,
) -> Answer {
    let offer: OfferId = id(&offer)?;
    let place = Place::of(crate::store::queue::Tab::All);
    let both_present = !posted.value("both_present").is_empty();
    let accepted = run(&house, &user, move |tx, desk, worker| {
        offers::accept(tx, desk, worker, offer, both_present)
    })
    .await?;
    match accepted {
        Ok(contact) => Ok(open_with(place, contact, "accepted")),
        Err(error) => {
            let contact = contact_of(&house, offer).await?;
            refused(&house, &visit, &user, place, contact, error).await
        }
    }
}

/// A promise kept. Leads back to the page it was pressed on: the desk or the contact.
pub(super) async fn finish_task(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(task): Path<String>,
    posted: Posted,
) -> Answer {
    let task: TaskId = id(&task)?;
    let from_desk = posted.value("back") == "desk";
    let finished = run(&house, &user, move |tx, desk, worker| {
        tasks::finish(tx, desk, worker, task, "kept")
    })
    .await?;
    let place = Place::of(crate::store::queue::Tab::All);
    match finished {
        Ok(_) if from_desk => Ok(go_to("/desk")),
        Ok(contact) => Ok(open_with(place, contact, "kept")),
        // Done already, by this or another window: nothing is left to do.
        Err(IntakeError::NotFound) if from_desk => Ok(go_to("/desk")),
        Err(IntakeError::NotFound) => {
            let around = Around {
                place,
                open: None,
                notice: Some(Mark {
                    label: visit.t().get("refused-promise-done"),
                    color: "warning",
                }),
                status: StatusCode::CONFLICT,
            };
            contacts_page(&house, &visit, &user, around).await
        }
        Err(error) => Err(error.into()),
    }
}
