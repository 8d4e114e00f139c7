//! A matter is opened for a client: the initiation entry on one page. The room of contacts uses the same fields.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::gate::Gate;
use clients::{ClientId, Reader};
use identity::people::UnitId;
use identity::session::CurrentUser;
use kernel::time::{Date, Time, Timestamp, day, moment};
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page_with_status,
    drafts, go_to, page_with_status,
};

use crate::domain::initiation::SevenDays;
use crate::domain::{
    Ground, Holder, Initiation, InitiationKind, Initiator, MatterError, MatterName, NameCode,
    OutsideSource, ServiceTask, Way,
};
use crate::glue::casework;
use crate::pages::colleagues::{Colleagues, colleagues};
use crate::pages::{acts::run, id, labels, refusal};
use crate::store::open::{NewMatter, open, opened_again};
use crate::store::relation::{self, NewFor, TWICE};
use crate::store::{By, log};

/// Longest account, characters.
const LONG: usize = 8_000;
/// Longest name or short text.
const SHORT: usize = 200;

/// What the fields of a new matter offer.
#[derive(Debug, Clone)]
pub struct Fields {
    pub names: Vec<Choice>,
    pub service_tasks: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub ways: Vec<Choice>,
    pub initiators: Vec<Choice>,
    pub seven_days: Vec<Choice>,
    pub grounds: Vec<Choice>,
    pub holders: Vec<Choice>,
}

impl Fields {
    /// The fields in the words of a page.
    fn of(t: &Texts, people: &Colleagues) -> Self {
        let mut holders = vec![Choice::new("me", t.get("matter-new-holder-me"))];
        holders.extend(people.queues(t.language()).into_iter().map(|(id, name)| {
            Choice::new(
                id,
                t.with("matter-new-holder-unit", &[("unit", name.into())]),
            )
        }));
        Self {
            names: labels::names(t),
            service_tasks: labels::service_tasks(t),
            kinds: labels::kinds(t),
            ways: labels::ways(t),
            initiators: labels::initiators(t),
            seven_days: labels::seven_days(t),
            grounds: labels::outside_grounds(t),
            holders,
        }
    }

    /// Reads what the fields need.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn load(house: &House, t: &Texts) -> Result<Self, Failure> {
        Ok(Self::of(t, &colleagues(house).await?))
    }
}

#[derive(Template)]
#[template(path = "matter-new.html")]
struct NewPage {
    page: Page,
    form: Form,
    fields: Fields,
    action: String,
    back: String,
    name: String,
    meta: String,
    draft: String,
    restored: String,
}

fn draft_key(client: ClientId) -> String {
    format!("matter-new-{client}")
}

/// Reads for whom the matter is opened; the reading is logged.
async fn look(
    house: &House,
    user: &CurrentUser,
    client: ClientId,
    draft: String,
) -> Result<(NewFor, Option<drafts::Draft>, Logged), Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let receipt = house
        .store
        .show(move |tx| {
            let now = casework.now();
            let acting =
                relation::may_open(tx, &casework, &reader, client, ServiceTask::WorkingAge)?;
            // A merged client's page leads to the one kept.
            let gate = Gate::open(tx, &reader, client, now)?;
            let shown = relation::new_for(tx, gate.client())?;
            let draft = drafts::load(tx, reader.staff.bytes(), &draft)?;
            log(
                tx,
                &By::Worker(acting),
                now,
                "matter.read",
                &[gate.client()],
                "new",
                None,
            )?;
            Ok::<_, MatterError>((shown, draft))
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value.0, receipt.value.1, logged))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let client: ClientId = id(&client)?;
    let (shown, draft, logged) = look(&house, &user, client, draft_key(client)).await?;
    let mut form = Form::new();
    preset(&mut form, house.today());
    form.set("way", Way::Phone.code());
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let fields = Fields::load(&house, &visit.t()).await?;
    let page = new_page(&visit, client, form, fields, Some(&shown), restored);
    Ok(client_page_with_status(StatusCode::OK, page, logged))
}

/// What the fields hold before anybody has typed.
pub fn preset(form: &mut Form, today: Date) {
    form.set("name", NameCode::Assessment.code());
    form.set("service_task", ServiceTask::WorkingAge.code());
    form.set("kind", InitiationKind::Contact.code());
    form.set("initiator", Initiator::Person.code());
    form.set("holder", "me");
    form.set("pending_on", written(today));
}

/// A day as people write it.
pub fn written(on: Date) -> String {
    format!("{}.{}.{}", on.day(), on.month(), on.year())
}

fn new_page(
    visit: &Visit,
    client: ClientId,
    form: Form,
    fields: Fields,
    shown: Option<&NewFor>,
    restored: String,
) -> NewPage {
    let t = visit.t();
    NewPage {
        page: visit.page("matter-new-title"),
        form,
        fields,
        action: format!("/clients/{client}/matters/new"),
        back: format!("/clients/{client}"),
        name: shown.map_or_else(String::new, |one| one.name.clone()),
        meta: shown
            .and_then(|one| one.birth_date)
            .map_or_else(String::new, |born| {
                t.with("matter-born", &[("day", t.full_day(born).into())])
            }),
        draft: draft_key(client),
        restored,
    }
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let mut form = posted.form();
    let people = colleagues(&house).await?;
    let new = read(&mut form, &user, &people, house.now());
    let Some(new) = new.filter(|_| form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return again(&house, &visit, &user, client, form, status).await;
    };
    let key = draft_key(client);
    let opened = run(&house, &user, move |tx, casework, reader| {
        let client = Gate::open(tx, reader, client, casework.now())?.client();
        let since = casework.now() - TWICE;
        if let Some(before) = opened_again(tx, reader, client, &new, since)? {
            return Ok(before);
        }
        let opened = open(tx, casework, reader, client, &new)?;
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok(opened)
    })
    .await?;
    match opened {
        Ok(opened) => Ok(go_to(&format!("/matters/{}?done=opened", opened.id))),
        Err(MatterError::NotFound | MatterError::Client(_)) => Err(Failure::NotFound),
        Err(error) => {
            let none = crate::domain::MatterId::from_bytes([0; 16]);
            let why = refusal::of(&house, &visit.t(), none, error).await?;
            form.error_with(why.field, why.key, why.args);
            again(&house, &visit, &user, client, form, StatusCode::CONFLICT).await
        }
    }
}

async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    client: ClientId,
    form: Form,
    status: StatusCode,
) -> Answer {
    let fields = Fields::load(house, &visit.t()).await?;
    match look(house, user, client, String::new()).await {
        Ok((shown, _, logged)) => {
            let page = new_page(visit, client, form, fields, Some(&shown), String::new());
            Ok(client_page_with_status(status, page, logged))
        }
        Err(Failure::NotFound) => {
            let page = new_page(visit, client, form, fields, None, String::new());
            Ok(page_with_status(status, page))
        }
        Err(failure) => Err(failure),
    }
}

/// Reads the fields for a page of another room.
///
/// # Errors
/// When the engine fails.
pub async fn read_with(
    house: &House,
    form: &mut Form,
    user: &CurrentUser,
) -> Result<Option<NewMatter>, Failure> {
    let people = colleagues(house).await?;
    Ok(read(form, user, &people, house.now()))
}

/// Reads the fields of a new matter; what is wrong is marked in them.
fn read(
    form: &mut Form,
    user: &CurrentUser,
    people: &Colleagues,
    now: Timestamp,
) -> Option<NewMatter> {
    let code = NameCode::from_code(form.value("name"));
    if code.is_none() {
        form.error("name", "matter-name-missing");
    }
    let text = form.optional("name_text", SHORT);
    let name = code.and_then(|code| MatterName::new(code, text.as_deref()).ok());
    if code.is_some() && name.is_none() {
        form.error("name_text", "matter-name-text-missing");
    }
    let service_task = ServiceTask::from_code(form.value("service_task"));
    if service_task.is_none() {
        form.error("service_task", "matter-service-task-missing");
    }
    let initiation = initiation(form, now);
    let holder = holder(form, user, people);
    Some(NewMatter {
        name: name?,
        service_task: service_task?,
        holder: holder?,
        initiation: initiation?,
    })
}

fn holder(form: &mut Form, user: &CurrentUser, people: &Colleagues) -> Option<Holder> {
    if form.value("holder") == "me" {
        return Some(Holder::Person {
            staff: user.staff.id,
            unit: user.unit.id,
        });
    }
    let queues = people.queues(kernel::language::Language::Fi);
    let unit = queues
        .iter()
        .find(|(id, _)| id == form.value("holder"))
        .and_then(|(id, _)| id.parse::<UnitId>().ok());
    if unit.is_none() {
        form.error("holder", "matter-holder-missing");
    }
    unit.map(Holder::Duty)
}

fn initiation(form: &mut Form, now: Timestamp) -> Option<Initiation> {
    let kind = InitiationKind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "matter-kind-missing");
    }
    let way = Way::from_code(form.value("way"));
    if way.is_none() {
        form.error("way", "matter-way-missing");
    }
    let initiator = Initiator::from_code(form.value("initiator"));
    if initiator.is_none() {
        form.error("initiator", "matter-initiator-missing");
    }
    let reasons = form.require("reasons", "matter-reasons-missing", LONG);
    let pending = past_day(form, "pending_on", now);
    if form.text("pending_on").is_none() {
        form.error("pending_on", "matter-day-missing");
    }
    let contact = past_day(form, "contact_on", now);
    if let (Some(pending), Some(contact)) = (pending, contact)
        && contact > pending
    {
        form.error("contact_on", "matter-contact-after");
    }
    let outside = outside(form, now);
    let pending_at = at(pending?, now);
    Some(Initiation {
        kind: kind?,
        way: way?,
        initiator: initiator?,
        initiator_name: form.optional("initiator_name", SHORT),
        pending_at,
        contact_at: contact.map_or(pending_at, |on| at(on, now)),
        reasons,
        own_words: form.optional("own_words", LONG),
        outside: outside?,
        seven_days: SevenDays::from_code(form.value("seven_days")),
    })
}

/// A day that has been; one that is to come is marked.
pub(super) fn past_day(form: &mut Form, field: &str, now: Timestamp) -> Option<Date> {
    let on = form.day(field)?;
    if on > day(now) {
        form.error(field, "matter-day-future");
        return None;
    }
    Some(on)
}

/// The moment of a day: now when it is today, otherwise its noon.
pub(super) fn at(on: Date, now: Timestamp) -> Timestamp {
    if on == day(now) {
        now
    } else {
        moment(on, Time::constant(12, 0, 0, 0))
    }
}

/// Information from elsewhere: all of it or none (703/2023 39 §). The outer value is empty when something is missing.
fn outside(form: &mut Form, now: Timestamp) -> Option<Option<OutsideSource>> {
    if !form.has("outside", "yes") {
        return Some(None);
    }
    let what = form.require("outside_what", "matter-outside-what-missing", 2_000);
    let from_whom = form.require("outside_whom", "matter-outside-whom-missing", SHORT);
    let purpose = form.require("outside_purpose", "matter-outside-purpose-missing", SHORT);
    let got_on = past_day(form, "outside_on", now);
    if form.text("outside_on").is_none() {
        form.error("outside_on", "matter-day-missing");
    }
    let ground = Ground::among(Ground::OUTSIDE, form.value("outside_ground"));
    if ground.is_none() {
        form.error("outside_ground", "matter-outside-ground-missing");
    }
    Some(Some(OutsideSource {
        what,
        from_whom,
        got_on: got_on?,
        asked_by: form.optional("outside_asked", SHORT),
        ground: ground?,
        purpose,
    }))
}
