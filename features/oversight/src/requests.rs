//! Clients' requests for their own log: received, answered or refused in writing, within two months (703/2023 11 §).

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::{ClientId, IdentityKey, Reader};
use identity::session::CurrentUser;
use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use store::Query as _;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Secrets, Texts, Visit, client_page,
    client_page_with_status, go_to,
};

use crate::lines;
use crate::store::{self as own, Closing, NewRequest, OversightError, Request, RequestId};

/// Longest text of a reason or a refusal, in characters.
const LONGEST: usize = 2000;

/// A request in the list.
pub struct RequestRow {
    pub href: String,
    pub name: String,
    pub asked: String,
    pub due: String,
    pub due_color: &'static str,
    pub state: String,
    pub open: bool,
}

#[derive(Template)]
#[template(path = "log-requests.html")]
pub struct RequestsPage {
    pub page: Page,
    pub form: Form,
    pub done: String,
    pub rows: Vec<RequestRow>,
}

#[derive(Template)]
#[template(path = "log-request.html")]
pub struct RequestPage {
    pub page: Page,
    pub form: Form,
    pub request: RequestRow,
    pub older_reason: String,
    pub received_by: String,
    pub refusal: String,
    pub log: String,
    pub print: String,
    pub close: String,
    pub grounds: Vec<Choice>,
}

/// What the list page tells after an act.
pub type Pairs = Query<Vec<(String, String)>>;

/// `GET /oversight/requests`.
pub async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Pairs,
) -> Answer {
    let done = pairs
        .iter()
        .any(|(name, value)| name == "done" && value == "closed");
    open_list(&house, &visit, &user, None, done).await
}

async fn open_list(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    typed: Option<Form>,
    done: bool,
) -> Answer {
    let (reader, now, today) = (Reader::from(user), house.now(), house.today());
    let receipt = house
        .store
        .show(move |tx| {
            let row = own::right(&reader, "log_request", "read", &[], &[], today)?;
            let requests = own::list_requests(tx)?;
            let seen = requests
                .iter()
                .map(|request| request.client.bytes())
                .collect();
            let entry = own::entry(&reader, row, now, "log_request.list", seen, String::new());
            ::store::Log::log(tx, entry)?;
            Ok::<_, OversightError>(requests)
        })
        .await?;
    let logged = receipt.logged.ok_or_else(unlogged)?;
    let page = visit.page("log-requests-title");
    let status = if typed.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let rows = receipt
        .value
        .iter()
        .map(|request| row(&page.t, &house.secrets, request, today))
        .collect();
    let done = if done {
        page.t.get("log-request-closed")
    } else {
        String::new()
    };
    let form = typed.unwrap_or_default();
    Ok(client_page_with_status(
        status,
        RequestsPage {
            page,
            form,
            done,
            rows,
        },
        logged,
    ))
}

fn unlogged() -> Failure {
    Failure::internal("a log request was read without an entry")
}

/// The client is named while her request is open; afterwards a mark stands for her (rights of the domain, 6.2).
fn row(t: &Texts, secrets: &Secrets, request: &Request, today: Date) -> RequestRow {
    let open = request.is_open();
    let due_color = match open {
        true if request.due_on < today => "danger",
        true if request.due_on
            <= today.saturating_add(kernel::time::SignedDuration::from_hours(7 * 24)) =>
        {
            "warning"
        }
        _ => "",
    };
    RequestRow {
        href: format!("/oversight/requests/{}", request.id),
        name: if open {
            request.client_name.clone()
        } else {
            lines::mark(secrets, request.client.bytes())
        },
        asked: t.full_day(request.asked_on),
        due: t.full_day(request.due_on),
        due_color,
        state: t.get(&format!("log-request-state-{}", request.state)),
        open,
    }
}

/// `POST /oversight/requests`: writes a request down. The client is found by the exact identity code and nothing else.
pub async fn receive(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let typed = form.require("code", "log-request-code-missing", 20);
    let code = typed.parse::<IdentityCode>().ok();
    if code.is_none() && !typed.is_empty() {
        form.error("code", "log-request-code-wrong");
    }
    let asked_on = form.day("asked_on");
    if asked_on.is_none() && form.message(&visit.t(), "asked_on").is_empty() {
        form.error("asked_on", "log-day-wrong");
    }
    let older_reason = form.optional("older_reason", LONGEST);
    let (Some(code), Some(asked_on), true) = (code, asked_on, form.is_valid()) else {
        return open_list(&house, &visit, &user, Some(form), false).await;
    };
    let hash = IdentityKey::of(&house.secrets).hash(&code);
    let (reader, now) = (Reader::from(&user), house.now());
    let id = RequestId::new(house.clock.as_ref(), house.chance.as_ref());
    let calendar = law::Calendar::finland();
    let written = house
        .store
        .write(move |tx| {
            let found = tx.query_optional(
                "select id from client where identity_hash = $1 and state = 'active'",
                &::store::params![hash],
            )?;
            let client = ClientId::from_bytes(found.ok_or(OversightError::NotFound)?.get(0)?);
            let new = NewRequest {
                id,
                client,
                asked_on,
                older_reason,
            };
            own::receive(tx, &reader, &new, &calendar, now)
        })
        .await;
    match written {
        Ok(_) => Ok(go_to(&format!("/oversight/requests/{id}"))),
        Err(OversightError::NotFound) => {
            form.error("code", "log-request-unknown");
            open_list(&house, &visit, &user, Some(form), false).await
        }
        Err(OversightError::Day) => {
            form.error("asked_on", "log-request-day-to-come");
            open_list(&house, &visit, &user, Some(form), false).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /oversight/requests/{id}`.
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
) -> Answer {
    let id: RequestId = crate::id(&id)?;
    open_request(&house, &visit, &user, id, None).await
}

async fn open_request(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    id: RequestId,
    typed: Option<Form>,
) -> Answer {
    let (reader, now, today) = (Reader::from(user), house.now(), house.today());
    let receipt = house
        .store
        .show(move |tx| {
            let row = own::right(&reader, "log_request", "read", &[], &[], today)?;
            let request = own::find_request(tx, id)?;
            let seen = vec![request.client.bytes()];
            let entry = own::entry(&reader, row, now, "log_request.read", seen, String::new());
            ::store::Log::log(tx, entry)?;
            Ok::<_, OversightError>(request)
        })
        .await?;
    let logged = receipt.logged.ok_or_else(unlogged)?;
    let request = receipt.value;
    let page = visit.page("log-request-title");
    let t = page.t.clone();
    let grounds = own::REFUSAL_GROUNDS
        .iter()
        .map(|code| Choice::new(*code, ground(&t, code)))
        .collect();
    let refusal = match (&request.refusal_ground, &request.refusal_text) {
        (Some(code), Some(text)) => format!("{}. {text}", ground(&t, code)),
        _ => String::new(),
    };
    let client = request.client;
    let shown = RequestPage {
        request: row(&t, &house.secrets, &request, today),
        older_reason: request.older_reason.clone().unwrap_or_default(),
        received_by: request.received_by.clone(),
        refusal,
        log: format!("/clients/{client}/log"),
        print: format!("/clients/{client}/log/print"),
        close: format!("/oversight/requests/{id}/close"),
        grounds,
        form: typed.clone().unwrap_or_default(),
        page,
    };
    Ok(match typed {
        Some(_) => client_page_with_status(StatusCode::UNPROCESSABLE_ENTITY, shown, logged),
        None => client_page(shown, logged),
    })
}

fn ground(t: &Texts, code: &str) -> String {
    t.get(&format!("log-refusal-{}", code.replace('_', "-")))
}

/// `POST /oversight/requests/{id}/close`.
pub async fn close(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: RequestId = crate::id(&id)?;
    let mut form = posted.form();
    let closing = match form.value("how") {
        "answered" => Some(Closing::Answered),
        "refused" => {
            let ground = form.value("ground").to_owned();
            if !own::REFUSAL_GROUNDS.contains(&ground.as_str()) {
                form.error("ground", "log-refusal-ground-missing");
            }
            let text = form.require("text", "log-refusal-text-missing", LONGEST);
            Some(Closing::Refused { ground, text })
        }
        _ => {
            form.error("how", "log-request-how-missing");
            None
        }
    };
    let (Some(closing), true) = (closing, form.is_valid()) else {
        return open_request(&house, &visit, &user, id, Some(form)).await;
    };
    let (reader, now) = (Reader::from(&user), house.now());
    let closed = house
        .store
        .write(move |tx| own::close(tx, &reader, id, &closing, now))
        .await;
    match closed {
        // A second press finds it closed: it is as was asked.
        Ok(_) | Err(OversightError::Closed) => Ok(go_to("/oversight/requests?done=closed")),
        Err(error) => Err(error.into()),
    }
}
