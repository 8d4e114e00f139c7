//! From a contact to a client and a matter in one step. What the contact holds is filled in, and whoever is a client
//! already is found before anybody is made twice.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::domain::{InitiationKind, Initiator, Way};
use casework::pages::new::{self as fields, Fields};
use casework::store::Casework;
use clients::store::search::Meant;
use identity::session::CurrentUser;
use kernel::time::{Date, day};
use store::Logged;
use text::search::Analysers;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, client_page_with_status, drafts,
    go_to, page_with_status,
};

use crate::domain::{ContactId, IntakeError, Kind};
use crate::glue::desk;
use crate::pages::acts::run;
use crate::pages::may::May;
use crate::pages::typed::{Head, draft_key, open};
use crate::pages::{detail, id, refusal};
use crate::store::Worker;
use crate::store::opening::{self, Ended, Person, Refused, Step};
use crate::store::parcel;
use crate::store::view::ContactView;

/// Longest name.
const SHORT: usize = 100;

#[derive(Template)]
#[template(path = "contact-matter.html")]
struct MatterPage {
    page: Page,
    form: Form,
    fields: Fields,
    action: String,
    back: String,
    head: Option<Head>,
    draft: String,
    restored: String,
    /// The client's name, when the contact is linked already.
    linked: String,
    matches: Vec<Choice>,
}

fn casework(house: &House) -> Result<Arc<Casework>, Failure> {
    house
        .extra::<Casework>()
        .ok_or_else(|| Failure::internal("the house has no casework"))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
) -> Answer {
    let contact: ContactId = id(&contact)?;
    let (view, draft, logged) = open(&house, &user, contact, draft_key(contact, "matter")).await?;
    let desk = desk(&house)?;
    if !May::of(&view, &Worker::from(&user), &desk.settings, house.now()).matter {
        return Ok(go_to(&detail::contact_path(contact)));
    }
    let mut form = preset(&view, house.today());
    fill_sent(&house, contact, &mut form).await?;
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let seen = Some((&view, logged));
    page_of(
        &house,
        &visit,
        contact,
        form,
        seen,
        restored,
        Vec::new(),
        StatusCode::OK,
    )
    .await
}

/// What the contact holds already: nothing is typed twice.
fn preset(view: &ContactView, today: Date) -> Form {
    let mut form = Form::new();
    fields::preset(&mut form, today);
    if let Some(name) = &view.person {
        // The last word is the family name as people write it; a name of one word is a given name.
        let (given, family) = name.trim().rsplit_once(' ').unwrap_or((name.trim(), ""));
        form.set("given", given);
        form.set("family", family);
    }
    if let Some(phone) = &view.phone {
        form.set("phone", phone.clone());
    }
    let way = Way::from_code(view.door.code()).unwrap_or(Way::Phone);
    form.set("way", way.code());
    form.set("own_words", view.own_words.clone());
    // A title in the person's own words is no quotation here: the words themselves stand beside it.
    form.set("reasons", view.title.trim_matches(['”', '"', '“']));
    let arrived = fields::written(day(view.arrived_at));
    form.set("pending_on", arrived.clone());
    form.set("contact_on", arrived);
    let kind = match view.kind {
        Kind::Contact => InitiationKind::Contact,
        Kind::Notification => InitiationKind::Notification,
        Kind::Application => InitiationKind::Application,
    };
    form.set("kind", kind.code());
    if let Some(authority) = &view.authority {
        form.set("initiator", Initiator::Other.code());
        form.set("initiator_name", authority.clone());
    }
    form
}

/// Who another county said that it is, when the contact is a matter sent from there.
async fn fill_sent(house: &House, contact: ContactId, form: &mut Form) -> Result<(), Failure> {
    let sent = house
        .store
        .read(move |tx| parcel::person(tx, contact))
        .await?;
    let Some(person) = sent else { return Ok(()) };
    if let Some(code) = person.identity_code {
        form.set("identity_code", code);
    }
    if let Some(born) = person.birth_date.and_then(|day| day.parse().ok()) {
        form.set("birth", fields::written(born));
    }
    Ok(())
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from callers beside"
)]
async fn page_of(
    house: &House,
    visit: &Visit,
    contact: ContactId,
    form: Form,
    seen: Option<(&ContactView, Logged)>,
    restored: String,
    matches: Vec<Choice>,
    status: StatusCode,
) -> Answer {
    let t = visit.t();
    let link = seen.as_ref().and_then(|(view, _)| view.link.as_ref());
    let template = MatterPage {
        page: visit.page("matter-link-title"),
        form,
        fields: Fields::load(house, &t).await?,
        action: format!("/contacts/{contact}/matter"),
        back: detail::contact_path(contact),
        head: seen.as_ref().map(|(view, _)| Head::of(&t, view)),
        draft: draft_key(contact, "matter"),
        restored,
        linked: link.map_or_else(String::new, |link| link.name.clone()),
        matches,
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
    let (view, _, logged) = match open(&house, &user, contact, String::new()).await {
        Ok(opened) => opened,
        Err(Failure::NotFound) => {
            form.error("", "refused-not-yours");
            let status = StatusCode::CONFLICT;
            return page_of(
                &house,
                &visit,
                contact,
                form,
                None,
                String::new(),
                Vec::new(),
                status,
            )
            .await;
        }
        Err(failure) => return Err(failure),
    };
    let new = fields::read_with(&house, &mut form, &user).await?;
    let person = if view.link.is_some() {
        None
    } else {
        read_person(&mut form, &view)
    };
    let ended = read_ending(&mut form, house.today());
    let seen = Some((&view, logged));
    let (Some(new), true) = (new, form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page_of(
            &house,
            &visit,
            contact,
            form,
            seen,
            String::new(),
            Vec::new(),
            status,
        )
        .await;
    };
    let step = Step {
        person,
        new,
        ended,
        what: visit
            .t()
            .with("matter-link-step", &[("number", "{number}".into())]),
    };
    let typed = step.person.as_ref().map_or_else(String::new, |person| {
        format!("{} {}", person.given, person.family)
            .trim()
            .to_owned()
    });
    let (status, matches) = match act(&house, &user, contact, step).await? {
        Ok(matter) => return Ok(go_to(&format!("/matters/{matter}?done=opened"))),
        Err(Refused::Choose(found)) => {
            form.error("same", "matter-link-choose");
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                choices(&visit, &found, &typed),
            )
        }
        Err(Refused::Wait) => {
            form.error("", "matter-link-wait");
            (StatusCode::CONFLICT, Vec::new())
        }
        Err(Refused::Barred) => {
            form.error("", "matter-link-barred");
            (StatusCode::CONFLICT, Vec::new())
        }
        Err(Refused::Intake(error)) => {
            let why = refusal::of(&house, &visit.t(), Some(contact), error).await?;
            form.error_with("", why.key, why.args);
            (StatusCode::CONFLICT, Vec::new())
        }
    };
    page_of(
        &house,
        &visit,
        contact,
        form,
        seen,
        String::new(),
        matches,
        status,
    )
    .await
}

async fn act(
    house: &House,
    user: &CurrentUser,
    contact: ContactId,
    step: Step,
) -> Result<Result<casework::domain::MatterId, Refused>, Failure> {
    let casework = casework(house)?;
    if let Some(person) = step.person.clone().filter(|person| person.same.is_none()) {
        let here = Arc::clone(&casework);
        let searched = run(house, user, move |tx, desk, worker| {
            Ok(opening::search_for(
                tx, desk, worker, &here, contact, &person,
            ))
        })
        .await?;
        match searched {
            Ok(Ok(found)) if found.is_empty() => {}
            Ok(Ok(found)) => return Ok(Err(Refused::Choose(found))),
            Ok(Err(refused)) => return Ok(Err(refused)),
            Err(error) => return Ok(Err(Refused::Intake(error))),
        }
    }
    let analysers = house
        .extra::<Analysers>()
        .ok_or_else(|| Failure::internal("the house has no word forms"))?;
    let key = draft_key(contact, "matter");
    let done = run(house, user, move |tx, desk, worker| {
        let opened = opening::open(tx, desk, worker, &casework, &analysers, contact, &step);
        match opened {
            Ok(matter) => {
                drafts::delete(tx, worker.staff.bytes(), &key)?;
                Ok(matter)
            }
            Err(refused) => Err(IntakeError::Opening(Box::new(refused))),
        }
    })
    .await?;
    Ok(done.map_err(|error| match error {
        IntakeError::Opening(refused) => *refused,
        other => Refused::Intake(other),
    }))
}

/// Those whom it may be from. Of somebody whom the worker may not open, only what was typed is told.
fn choices(visit: &Visit, found: &[Meant], typed: &str) -> Vec<Choice> {
    let t = visit.t();
    let same = |one: &Meant| match &one.name {
        Some(name) => {
            let why = t.get(&format!("matter-link-why-{}", one.why.replace('_', "-")));
            let args = [("name", name.as_str().into()), ("why", why.into())];
            t.with("matter-link-same", &args)
        }
        None => t.with("matter-link-same-typed", &[("name", typed.into())]),
    };
    let mut choices: Vec<Choice> = found
        .iter()
        .map(|one| Choice::new(one.id.to_string(), same(one)))
        .collect();
    choices.push(Choice::new("new", t.get("matter-link-new")));
    choices
}

/// The person of the form; what is missing is marked.
fn read_person(form: &mut Form, view: &ContactView) -> Option<Person> {
    let family = form.require("family", "matter-link-name-missing", SHORT);
    let given = form.optional("given", SHORT).unwrap_or_default();
    let typed = form.optional("identity_code", 20);
    let code = match typed
        .as_deref()
        .map(kernel::identity_code::IdentityCode::from_input)
    {
        None => None,
        Some(Ok(code)) => Some(code),
        Some(Err(_)) => {
            form.error("identity_code", "matter-link-code-wrong");
            return None;
        }
    };
    let birth = form.day("birth");
    match (code, birth) {
        (Some(code), Some(birth)) if code.birth_date() != birth => {
            form.error("birth", "matter-link-birth-differs");
        }
        (None, None) if form.text("birth").is_none() => {
            form.error("birth", "matter-link-birth-missing");
        }
        _ => {}
    }
    let mut details = Vec::new();
    if let Some(phone) = form.optional("phone", 40) {
        details.push(("phone", phone));
    }
    if let Some(municipality) = &view.municipality {
        details.push(("home_municipality", municipality.clone()));
    }
    Some(Person {
        code,
        birth: code.map(|code| code.birth_date()).or(birth),
        family,
        given,
        details,
        same: form.text("same").map(str::to_owned),
    })
}

/// The end of the contact, when the matter is its next step.
fn read_ending(form: &mut Form, today: Date) -> Option<Ended> {
    if !form.has("end", "yes") {
        return None;
    }
    let by = form.day("by").filter(|by| *by >= today);
    if by.is_none() && !form.errors().iter().any(|error| error.field == "by") {
        form.error("by", "matter-link-by-missing");
    }
    let told = form.has("told", "yes");
    if !told {
        form.error("told", "matter-link-told-missing");
    }
    by.map(|by| Ended { by, told })
}
