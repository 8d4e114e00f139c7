//! The queue with its detail pane: one page, with or without a row open.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::{CurrentUser, Sessions, keep_choice};
use web::{
    Answer, Failure, House, Page, Posted, Visit, client_page, client_page_with_status, go_to,
};

use crate::domain::{ContactId, IntakeError};
use crate::glue::{self, desk};
use crate::pages::detail::{self, Detail};
use crate::pages::id;
use crate::pages::place::Place;
use crate::pages::queue::{self, FilterModel, Mark, QueueModel};
use crate::store::queue::{Filters, QueuePage};
use crate::store::view::ContactView;
use crate::store::{Desk, Worker};

/// Name of this room's choices in the session.
const CHOICES: &str = "contacts";

/// A sentence over the page about what just happened.
pub type Notice = Mark;

#[derive(Template)]
#[template(path = "contacts.html")]
struct ContactsPage {
    page: Page,
    notice: Option<Notice>,
    queue: Option<QueueModel>,
    filters: FilterModel,
    detail: Option<Detail>,
    open: bool,
    /// Something on the page can be taken, or handed over: then the keys for it are told.
    may_take: bool,
    may_offer: bool,
}

#[derive(Template)]
#[template(path = "contacts-list.html")]
struct ListFragment {
    page: Page,
    queue: QueueModel,
    filters: FilterModel,
}

/// What a page shows besides the queue.
pub struct Around {
    pub place: Place,
    pub open: Option<ContactId>,
    pub notice: Option<Notice>,
    pub status: StatusCode,
}

struct Read {
    queue: Option<QueuePage>,
    view: Option<ContactView>,
    holders: Vec<(String, String)>,
}

pub(super) async fn queue(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let around = Around {
        place: Place::read(&pairs),
        open: None,
        notice: done(&visit, &pairs),
        status: StatusCode::OK,
    };
    contacts_page(&house, &visit, &user, around).await
}

pub(super) async fn contact(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let around = Around {
        place: Place::read(&pairs),
        open: Some(id(&contact)?),
        notice: done(&visit, &pairs),
        status: StatusCode::OK,
    };
    contacts_page(&house, &visit, &user, around).await
}

/// What was just done, told on the page the browser was led to. Only codes of ours have words.
fn done(visit: &Visit, pairs: &[(String, String)]) -> Option<Notice> {
    let (_, code) = pairs.iter().find(|(name, _)| name == "done")?;
    let key = DONE.iter().find(|known| *known == code)?;
    Some(Notice {
        label: visit.t().get(&format!("done-{key}")),
        color: "success",
    })
}

/// Codes of `done` in addresses.
const DONE: &[&str] = &[
    "taken",
    "taken-over",
    "noted",
    "tried",
    "messaged",
    "called",
    "judged",
    "offered",
    "withdrawn",
    "accepted",
    "refused",
    "ended",
    "reopened",
    "seen",
    "kept",
    "linked",
    "unlinked",
    "written",
];

/// The page of the queue, with a row open and a sentence about what happened.
///
/// # Errors
/// [`Failure::NotFound`] when there is nothing that this reader may see.
pub async fn contacts_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    around: Around,
) -> Answer {
    let Around {
        place,
        open,
        notice,
        status,
    } = around;
    let desk = desk(house)?;
    let filters: Filters = user.choice(CHOICES);
    let worker = Worker::from(user);
    let noticed = notice.is_some();
    let receipt = {
        let (desk, worker, filters) = (Arc::clone(&desk), worker.clone(), filters.clone());
        house
            .store
            .show(move |tx| read(tx, &desk, &worker, place, &filters, open, noticed))
            .await
    };
    let receipt = match receipt {
        Err(IntakeError::NotFound) => {
            if let Some(contact) = open {
                glue::log_refusal(house, &worker, contact).await?;
            }
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let Read {
        queue,
        view,
        holders,
    } = receipt.value;
    if (queue.is_none() && view.is_none()) || (open.is_some() && view.is_none() && notice.is_none())
    {
        return Err(Failure::NotFound);
    }
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let t = visit.t();
    let now = house.now();
    let title = view
        .as_ref()
        .map_or_else(|| t.get("contacts-title"), |view| view.title.clone());
    let mut page = visit.page_titled(title);
    // A refused act is answered at the act's own address, which cannot be opened again.
    page.path = open.map_or_else(|| "/contacts".to_owned(), detail::contact_path);
    let shown = view.as_ref().map(|view| view.facts.id);
    let queue = queue.map(|queue| {
        let seen = queue::Seen {
            t: &t,
            worker: &worker,
            settings: &desk.settings,
            now,
            place,
            open: shown,
        };
        queue::model(&seen, &queue, &filters)
    });
    let detail = view.map(|view| {
        let seen = detail::Seen {
            t: &t,
            worker: &worker,
            settings: &desk.settings,
            now,
            place,
        };
        detail::model(&seen, &view)
    });
    let filters = queue::filter_model(&t, &house.county.code, &holders, &filters, place);
    let rows = queue.iter().flat_map(|queue| &queue.rows);
    let may_take = rows.into_iter().any(|row| !row.take.is_empty());
    let template = ContactsPage {
        may_take: may_take || detail.as_ref().is_some_and(|detail| detail.may.take),
        may_offer: detail.as_ref().is_some_and(|detail| detail.may.offer),
        page,
        notice,
        queue,
        filters,
        open: detail.is_some(),
        detail,
    };
    Ok(client_page_with_status(status, template, logged))
}

fn read(
    tx: &mut impl store::Show,
    desk: &Desk,
    worker: &Worker,
    place: Place,
    filters: &Filters,
    open: Option<ContactId>,
    queue_stands_alone: bool,
) -> Result<Read, IntakeError> {
    // The open row first: when it is refused and nothing else is to be said, nothing is shown and
    // nothing is logged as shown.
    let view = match open {
        Some(contact) if queue_stands_alone => {
            absent(crate::store::view::read(tx, desk, worker, contact))?
        }
        Some(contact) => Some(crate::store::view::read(tx, desk, worker, contact)?),
        None => None,
    };
    // A reader without the right to one part of the page sees the other part.
    let queue = absent(crate::store::queue::page(
        tx,
        desk,
        worker,
        place.tab,
        filters,
        place.offset(),
    ))?;
    let holders = crate::store::queue::holders(tx)?;
    Ok(Read {
        queue,
        view,
        holders,
    })
}

fn absent<T>(result: Result<T, IntakeError>) -> Result<Option<T>, IntakeError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(IntakeError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The list alone, for the page that is told of a change.
pub(super) async fn fragment(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let place = Place::read(&pairs);
    let open = pairs
        .iter()
        .find(|(name, _)| name == "open")
        .and_then(|(_, value)| value.parse().ok());
    let desk = desk(&house)?;
    let filters: Filters = user.choice(CHOICES);
    let worker = Worker::from(&user);
    let receipt = {
        let (desk, worker, filters) = (Arc::clone(&desk), worker.clone(), filters.clone());
        house
            .store
            .show(move |tx| read(tx, &desk, &worker, place, &filters, None, true))
            .await?
    };
    let Read { queue, holders, .. } = receipt.value;
    let queue = queue.ok_or(Failure::NotFound)?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let t = visit.t();
    let seen = queue::Seen {
        t: &t,
        worker: &worker,
        settings: &desk.settings,
        now: house.now(),
        place,
        open,
    };
    let queue = queue::model(&seen, &queue, &filters);
    let filters = queue::filter_model(&t, &house.county.code, &holders, &filters, place);
    Ok(client_page(
        ListFragment {
            page: visit.page("contacts-title"),
            queue,
            filters,
        },
        logged,
    ))
}

/// Keeps the filters in the session and shows the beginning of the narrowed queue.
pub(super) async fn filters(
    State(house): State<House>,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let form = posted.form();
    let filters = match posted.value("act") {
        "clear" => Filters::default(),
        _ => queue::read_filters(&form, &house.county.code),
    };
    let sessions = house
        .extra::<Sessions>()
        .ok_or_else(|| Failure::internal("the house has no sessions"))?;
    keep_choice(&house, &sessions, &user, CHOICES, &filters).await?;
    let place = Place::read(&[("tab".to_owned(), posted.value("tab").to_owned())]);
    Ok(go_to(&place.address("/contacts")))
}
