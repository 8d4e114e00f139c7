//! Hand-over: the offer, and the refusal that always has a reason and an alternative.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::people::list_units;
use identity::session::CurrentUser;
use store::Logged;
use web::{
    Answer, Failure, Form, House, Page, Posted, Visit, client_page_with_status, drafts, go_to,
    page_with_status,
};

use crate::domain::{ContactId, IntakeError, OfferId};
use crate::glue::desk;
use crate::pages::acts::{self, run};
use crate::pages::may::May;
use crate::pages::people::{self, Group};
use crate::pages::place::Place;
use crate::pages::typed::{Head, draft_key, open};
use crate::pages::{detail, id, refusal};
use crate::store::Worker;
use crate::store::offers::{self, NewOffer, Receiver};
use crate::store::queue::Tab;
use crate::store::view::ContactView;

/// Longest reason, characters.
const LONGEST: usize = 2_000;

#[derive(Template)]
#[template(path = "contact-offer.html")]
struct OfferPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    head: Option<Head>,
    receivers: Vec<Group>,
    draft: String,
    restored: String,
    lead: String,
}

#[derive(Template)]
#[template(path = "offer-refuse.html")]
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

/// The choices of receivers for this worker.
async fn receivers(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
) -> Result<Vec<Group>, Failure> {
    let now = house.now();
    let (units, colleagues) = house
        .store
        .read(move |tx| Ok::<_, store::StoreError>((list_units(tx)?, people::colleagues(tx, now)?)))
        .await?;
    Ok(people::receivers(
        &visit.t(),
        &units,
        &colleagues,
        user.staff.id,
        house.today(),
    ))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
) -> Answer {
    let contact: ContactId = id(&contact)?;
    let (view, draft, logged) = open(&house, &user, contact, draft_key(contact, "offer")).await?;
    let desk = desk(&house)?;
    if !May::of(&view, &Worker::from(&user), &desk.settings, house.now()).offer {
        return Ok(go_to(&detail::contact_path(contact)));
    }
    let mut form = Form::new();
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let receivers = receivers(&house, &visit, &user).await?;
    offer_page(
        &house,
        &visit,
        contact,
        form,
        receivers,
        Some((&view, logged)),
        restored,
        StatusCode::OK,
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from callers beside"
)]
fn offer_page(
    house: &House,
    visit: &Visit,
    contact: ContactId,
    form: Form,
    receivers: Vec<Group>,
    seen: Option<(&ContactView, Logged)>,
    restored: String,
    status: StatusCode,
) -> Answer {
    let t = visit.t();
    let desk = desk(house)?;
    let template = OfferPage {
        page: visit.page("offer-title"),
        form,
        action: format!("/contacts/{contact}/offer"),
        back: detail::contact_path(contact),
        head: seen.as_ref().map(|(view, _)| Head::of(&t, view)),
        receivers,
        draft: draft_key(contact, "offer"),
        restored,
        lead: t.with(
            "offer-lead",
            &[("hours", desk.settings.offer_answer_hours.into())],
        ),
    };
    Ok(match seen {
        Some((_, logged)) => client_page_with_status(status, template, logged),
        None => page_with_status(status, template),
    })
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let contact: ContactId = id(&contact)?;
    let mut form = posted.form();
    let receivers = receivers(&house, &visit, &user).await?;
    let receiver = read_receiver(&receivers, form.value("receiver"));
    if receiver.is_none() {
        let key = if form.text("receiver").is_none() {
            "offer-receiver-missing"
        } else {
            "refused-receiver-away"
        };
        form.error("receiver", key);
    }
    let reason = form.require("reason", "offer-reason-missing", LONGEST);
    let warm = form.has("warm", "yes");
    let Some(receiver) = receiver.filter(|_| form.is_valid()) else {
        return again(
            &house,
            &visit,
            &user,
            contact,
            form,
            receivers,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let key = draft_key(contact, "offer");
    let made = run(&house, &user, move |tx, desk, worker| {
        offers::make(
            tx,
            desk,
            worker,
            contact,
            &NewOffer {
                receiver,
                reason,
                warm,
            },
        )?;
        drafts::delete(tx, worker.staff.bytes(), &key)?;
        Ok(())
    })
    .await?;
    match made {
        Ok(()) => Ok(go_to(&format!("/contacts/{contact}?done=offered"))),
        Err(error) => {
            let refusal = refusal::of(&house, &visit.t(), Some(contact), error).await?;
            form.error_with("", refusal.key, refusal.args);
            again(
                &house,
                &visit,
                &user,
                contact,
                form,
                receivers,
                StatusCode::CONFLICT,
            )
            .await
        }
    }
}

/// The receiver of a posted value, when it is one that the page offers.
fn read_receiver(receivers: &[Group], value: &str) -> Option<Receiver> {
    let pick = people::chosen(receivers, value)?;
    match pick.value.split_once(':')? {
        ("person", id) => id.parse().ok().map(Receiver::Person),
        ("unit", id) => id.parse().ok().map(Receiver::Unit),
        _ => None,
    }
}

async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    contact: ContactId,
    form: Form,
    receivers: Vec<Group>,
    status: StatusCode,
) -> Answer {
    match open(house, user, contact, String::new()).await {
        Ok((view, _, logged)) => offer_page(
            house,
            visit,
            contact,
            form,
            receivers,
            Some((&view, logged)),
            String::new(),
            status,
        ),
        Err(Failure::NotFound) => offer_page(
            house,
            visit,
            contact,
            form,
            receivers,
            None,
            String::new(),
            status,
        ),
        Err(failure) => Err(failure),
    }
}

fn refusal_draft(offer: OfferId) -> String {
    format!("offer-{offer}-refuse")
}

pub(super) async fn show_refusal(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
) -> Answer {
    let offer: OfferId = id(&offer)?;
    let contact = acts::contact_of(&house, offer).await?;
    let (view, draft, logged) = open(&house, &user, contact, refusal_draft(offer)).await?;
    let waits = view
        .offer
        .as_ref()
        .is_some_and(|one| one.id == offer && one.state == "open");
    let desk = desk(&house)?;
    if !waits || !May::of(&view, &Worker::from(&user), &desk.settings, house.now()).answer {
        let place = Place::of(Tab::All);
        return acts::refused(
            &house,
            &visit,
            &user,
            place,
            contact,
            IntakeError::OfferClosed,
        )
        .await;
    }
    let mut form = Form::new();
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let template = refusal_page(&visit, contact, offer, form, Some(&view), restored);
    Ok(client_page_with_status(StatusCode::OK, template, logged))
}

fn refusal_page(
    visit: &Visit,
    contact: ContactId,
    offer: OfferId,
    form: Form,
    view: Option<&ContactView>,
    restored: String,
) -> RefusalPage {
    let t = visit.t();
    let made = view
        .and_then(|view| view.offer.as_ref())
        .filter(|one| one.id == offer);
    RefusalPage {
        page: visit.page("refuse-title"),
        form,
        action: format!("/offers/{offer}/refuse"),
        back: view.map_or_else(|| "/contacts".to_owned(), |_| detail::contact_path(contact)),
        head: view.map(|view| Head::of(&t, view)),
        reason: made.map(|made| made.reason.clone()).unwrap_or_default(),
        from: made.map(|made| made.from.clone()).unwrap_or_default(),
        draft: refusal_draft(offer),
        restored,
    }
}

pub(super) async fn refuse(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(offer): Path<String>,
    posted: Posted,
) -> Answer {
    let offer: OfferId = id(&offer)?;
    let mut form = posted.form();
    let reason = form.require("reason", "refuse-reason-missing", LONGEST);
    let alternative = form.require("alternative", "refuse-alternative-missing", LONGEST);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if form.is_valid() {
        let key = refusal_draft(offer);
        let refused = run(&house, &user, move |tx, desk, worker| {
            offers::refuse(tx, desk, worker, offer, &reason, &alternative)?;
            drafts::delete(tx, worker.staff.bytes(), &key)?;
            Ok(())
        })
        .await?;
        match refused {
            Ok(()) => return Ok(go_to("/contacts?done=refused")),
            Err(error) => {
                let refusal = refusal::of(&house, &visit.t(), None, error).await?;
                form.error_with("", refusal.key, refusal.args);
                status = StatusCode::CONFLICT;
            }
        }
    }
    let contact = acts::contact_of(&house, offer).await?;
    match open(&house, &user, contact, String::new()).await {
        Ok((view, _, logged)) => {
            let template = refusal_page(&visit, contact, offer, form, Some(&view), String::new());
            Ok(client_page_with_status(status, template, logged))
        }
        Err(Failure::NotFound) => Ok(page_with_status(
            status,
            refusal_page(&visit, contact, offer, form, None, String::new()),
        )),
        Err(failure) => Err(failure),
    }
}
