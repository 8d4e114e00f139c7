//! What one worker has done: for herself, for the lead of her unit, and for the data protection officer.

use access::log::Actor;
use access::rights::Row;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::Reader;
use identity::people::StaffId;
use identity::session::CurrentUser;
use kernel::time::{Date, Timestamp, moment};
use serde::Deserialize;
use store::{ActorFilter, Logged, Recorded};
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page_with_status,
    read_day,
};

use crate::csv;
use crate::lines::{self, About, Line};
use crate::store::{self as own, OversightError, Person};

/// Entries of a page.
const PAGE: usize = 100;
/// Entries of a saved table.
const TABLE: usize = 20_000;

/// What narrows a log. Codes and days only: the address holds nobody's data.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Narrowed {
    pub from: String,
    pub to: String,
    pub event: String,
    /// Entries before this moment (ms), for the next page.
    pub before: Option<i64>,
}

/// A worker in the list.
pub struct PersonRow {
    pub href: String,
    pub name: String,
    pub title: String,
    pub unit: String,
    pub left: bool,
}

#[derive(Template)]
#[template(path = "users.html")]
pub struct UsersPage {
    pub page: Page,
    pub people: Vec<PersonRow>,
}

#[derive(Template)]
#[template(path = "user-log.html")]
pub struct UserLogPage {
    pub page: Page,
    pub form: Form,
    pub action: String,
    /// Whose log, empty for one's own.
    pub name: String,
    pub lead: String,
    pub events: Vec<Choice>,
    pub lines: Vec<Line>,
    /// Address of older entries, empty when there are none.
    pub older: String,
    /// Where a table is asked for, empty without the right.
    pub table: String,
    /// Reasons for which a table is taken out.
    pub reasons: Vec<Choice>,
}

/// Why a log is taken out of the house: asked at each export, and written into the log (rights of the domain, 8).
const REASONS: [&str; 5] = ["control", "incident", "request", "authority", "other"];
/// Longest words of a reason, in characters.
const LONGEST: usize = 300;

/// `GET /oversight/users`: whose log may be looked at.
pub async fn list(State(house): State<House>, visit: Visit, user: CurrentUser) -> Answer {
    let reader = Reader::from(&user);
    let today = house.today();
    let people = house
        .store
        .read(move |tx| {
            if own::right(&reader, "use_log", "see_log", &[], &[], today).is_ok() {
                return Ok::<_, OversightError>(own::list_people(tx, None, today)?);
            }
            let mut people = Vec::new();
            for unit in own::led_units(tx, reader.staff, today)? {
                people.extend(own::list_people(tx, Some(unit), today)?);
            }
            Ok(people)
        })
        .await?;
    if people.is_empty() {
        return Err(Failure::NotFound);
    }
    let page = visit.page("users-title");
    let rows = people.iter().map(|person| row(&page.t, person)).collect();
    Ok(web::page(UsersPage { page, people: rows }))
}

fn row(t: &Texts, person: &Person) -> PersonRow {
    PersonRow {
        href: format!("/oversight/users/{}", person.id),
        name: person.name.clone(),
        title: t.get(&format!("title-{}", person.title)),
        unit: unit_name(t, person),
        left: person.left,
    }
}

fn unit_name(t: &Texts, person: &Person) -> String {
    let [fi, sv, en] = &person.unit_names;
    crate::in_language(t.language(), fi, sv, en).to_owned()
}

/// `GET /oversight/own`: one's own use of client data.
pub async fn own(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(narrowed): Query<Narrowed>,
) -> Answer {
    let id = user.staff.id;
    let asked = Asked {
        id,
        narrowed,
        action: "/oversight/own".to_owned(),
    };
    show_log(&house, &visit, &user, asked, None).await
}

/// `GET /oversight/users/{id}`.
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    Query(narrowed): Query<Narrowed>,
) -> Answer {
    let id: StaffId = crate::id(&id)?;
    let action = format!("/oversight/users/{id}");
    let asked = Asked {
        id,
        narrowed,
        action,
    };
    show_log(&house, &visit, &user, asked, None).await
}

/// The row that opens a worker's log to the reader, and the worker.
async fn opened(
    house: &House,
    reader: &Reader,
    id: StaffId,
    action: &'static str,
) -> Result<(&'static Row, Person), Failure> {
    let (reader, today) = (reader.clone(), house.today());
    let found = house
        .store
        .read(move |tx| {
            let person = own::find_person(tx, id, today)?.ok_or(OversightError::NotFound)?;
            let given: &[&str] = if id == reader.staff {
                &["own_use_only"]
            } else {
                &[]
            };
            let leads = own::led_units(tx, reader.staff, today)?.contains(&person.unit);
            let relations: &[&str] = if leads { &["unit_lead"] } else { &[] };
            let row = own::right(&reader, "use_log", action, relations, given, today)?;
            Ok::<_, OversightError>((row, person))
        })
        .await?;
    Ok(found)
}

/// Whose log is asked for, narrowed how, from which address.
struct Asked {
    id: StaffId,
    narrowed: Narrowed,
    action: String,
}

/// The page of a log. `typed`: the form of a table that came back to be corrected.
async fn show_log(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    asked: Asked,
    typed: Option<Form>,
) -> Answer {
    let Asked {
        id,
        narrowed,
        action,
    } = asked;
    let reader = Reader::from(user);
    let (row, person) = opened(house, &reader, id, "see_log").await?;
    let may_save = opened(house, &reader, id, "export").await.is_ok();
    let (mut form, mut filter) = read_filter(&narrowed, id);
    filter.limit = PAGE;
    let status = match typed {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    if let Some(typed) = typed {
        form = typed;
    }
    let (log, names, logged) = read_log(house, &reader, row, filter, "use_log.read", "").await?;
    let page = if id == user.staff.id {
        visit.page("own-log-title")
    } else {
        visit.page_titled(
            visit
                .t()
                .with("user-log-title", &[("name", person.name.clone().into())]),
        )
    };
    let lines = lines::of(&page.t, &log, &names, About::Marks(&house.secrets));
    let older = log
        .last()
        .filter(|_| log.len() == PAGE)
        .map_or_else(String::new, |last| {
            older(&action, &narrowed, last.header.at)
        });
    let (name, lead) = if id == user.staff.id {
        (String::new(), page.t.get("own-log-lead"))
    } else {
        let title = page.t.get(&format!("title-{}", person.title));
        let unit = unit_name(&page.t, &person);
        (person.name.clone(), format!("{title}, {unit}"))
    };
    let table = if may_save {
        format!("/oversight/users/{id}/table")
    } else {
        String::new()
    };
    let events = event_choices(&page.t);
    let reasons = REASONS
        .iter()
        .map(|code| Choice::new(*code, page.t.get(&format!("log-table-reason-{code}"))))
        .collect();
    Ok(client_page_with_status(
        status,
        UserLogPage {
            page,
            form,
            action,
            name,
            lead,
            events,
            lines,
            older,
            table,
            reasons,
        },
        logged,
    ))
}

/// Families of events that a log can be narrowed to.
const FAMILIES: [&str; 9] = [
    "client.",
    "contact.",
    "matter.",
    "search.",
    "use_log.",
    "log_request.",
    "session.",
    "admin.",
    "attachment.",
];

fn event_choices(t: &Texts) -> Vec<Choice> {
    FAMILIES
        .iter()
        .map(|family| {
            let key = format!(
                "log-family-{}",
                family.trim_end_matches('.').replace('_', "-")
            );
            Choice::new(*family, t.get(&key))
        })
        .collect()
}

/// The form as typed, and what it asks for. A day that is none is told at its field and asks for nothing.
fn read_filter(narrowed: &Narrowed, id: StaffId) -> (Form, ActorFilter) {
    let mut form = Form::new();
    form.set("from", &narrowed.from);
    form.set("to", &narrowed.to);
    form.set("event", &narrowed.event);
    let mut filter = ActorFilter::new(Actor::Staff(id.bytes()), PAGE);
    filter.from = bound(&mut form, "from", &narrowed.from, Some);
    filter.to = bound(&mut form, "to", &narrowed.to, |day| day.tomorrow().ok());
    if let Some(before) = narrowed.before {
        let before = kernel::time::from_millis(before);
        filter.to = Some(filter.to.map_or(before, |to| to.min(before)));
    }
    filter.event = FAMILIES
        .contains(&narrowed.event.as_str())
        .then(|| narrowed.event.clone());
    (form, filter)
}

fn bound(
    form: &mut Form,
    name: &str,
    typed: &str,
    shift: impl FnOnce(Date) -> Option<Date>,
) -> Option<Timestamp> {
    if typed.trim().is_empty() {
        return None;
    }
    match read_day(typed) {
        Ok(day) => shift(day).map(|day| moment(day, kernel::time::Time::midnight())),
        Err(_) => {
            form.error(name, "log-day-wrong");
            None
        }
    }
}

fn older(action: &str, narrowed: &Narrowed, before: Timestamp) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("from", &narrowed.from)
        .append_pair("to", &narrowed.to)
        .append_pair("event", &narrowed.event)
        .append_pair("before", &kernel::time::millis(before).to_string())
        .finish();
    format!("{action}?{query}")
}

/// Reads a log, and logs that it was read: whose, and by which right.
async fn read_log(
    house: &House,
    reader: &Reader,
    row: &'static Row,
    filter: ActorFilter,
    event: &'static str,
    reason: &str,
) -> Result<(Vec<Recorded>, lines::Names, Logged), Failure> {
    let detail = match filter.actor {
        Actor::Staff(id) => format!("user {}{reason}", StaffId::from_bytes(id)),
        _ => String::new(),
    };
    let log = house.store.actor_log(filter).await?.entries;
    let (reader, now) = (reader.clone(), house.now());
    let receipt = house
        .store
        .show(move |tx| {
            let names = own::names(tx, &log)?;
            let entry = own::entry(&reader, row, now, event, Vec::new(), detail);
            ::store::Log::log(tx, entry)?;
            Ok::<_, OversightError>((log, names))
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a log was read without an entry"))?;
    let (log, names) = receipt.value;
    Ok((log, names, logged))
}

/// Why the table is taken, as the log entry tells it.
fn read_reason(form: &mut Form) -> Option<String> {
    let reason = REASONS.into_iter().find(|code| *code == form.value("why"));
    if reason.is_none() {
        form.error("why", "log-table-why-missing");
    }
    let words = form.optional("words", LONGEST).unwrap_or_default();
    if reason == Some("other") && words.is_empty() {
        form.error("words", "log-table-words-missing");
    }
    reason.map(|code| format!("; {code}: {words}"))
}

/// `POST /oversight/users/{id}/table`: the log as a table for a spreadsheet. Asks who one is again.
pub async fn table(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: StaffId = crate::id(&id)?;
    let reader = Reader::from(&user);
    let (row, person) = opened(&house, &reader, id, "export").await?;
    let mut form = posted.form();
    let reason = read_reason(&mut form);
    let narrowed = Narrowed {
        from: posted.value("from").to_owned(),
        to: posted.value("to").to_owned(),
        event: posted.value("event").to_owned(),
        before: None,
    };
    let Some(reason) = reason.filter(|_| form.is_valid()) else {
        let asked = Asked {
            id,
            narrowed,
            action: format!("/oversight/users/{id}"),
        };
        return show_log(&house, &visit, &user, asked, Some(form)).await;
    };
    identity::strong::require(&house, &user)?;
    let (_, mut filter) = read_filter(&narrowed, id);
    filter.limit = TABLE;
    let (log, names, logged) =
        read_log(&house, &reader, row, filter, "use_log.export", &reason).await?;
    let t = visit.t();
    let lines = lines::of(&t, &log, &names, About::Marks(&house.secrets));
    let head: Vec<String> = ["when", "who", "what", "about", "purpose", "right", "ground"]
        .iter()
        .map(|column| t.get(&format!("log-column-{column}")))
        .collect();
    let rows: Vec<Vec<String>> = lines
        .into_iter()
        .map(|line| {
            let who = if line.who.is_empty() {
                person.name.clone()
            } else {
                line.who
            };
            vec![
                line.iso,
                who,
                line.what,
                line.about,
                line.purpose,
                line.right,
                line.ground,
            ]
        })
        .collect();
    Ok(csv::download(
        "kayttoloki",
        csv::text(&head, &rows)?,
        logged,
    ))
}
