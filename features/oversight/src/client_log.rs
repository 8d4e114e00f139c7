//! Who has used one client's data: for those entitled, and as the answer to the client's own request (703/2023 11 §).

use access::log::Actor;
use askama::Template;
use axum::extract::{Path, State};
use clients::{ClientId, Gate, Granted, Reader};
use identity::session::CurrentUser;
use kernel::time::{Date, Time, Timestamp, day, moment};
use store::{Logged, Recorded};
use web::{Answer, Failure, House, Page, Visit, client_page};

use crate::lines::{self, About, Line};
use crate::store::{self as own, OversightError, YEARS_GIVEN};

/// Entries of the page, and of an answer.
const PAGE: usize = 200;
const ANSWER: usize = 20_000;
/// The event of exceptional access, and what was read by it.
const EXCEPTIONAL: &str = "P17";

#[derive(Template)]
#[template(path = "client-log.html")]
pub struct ClientLogPage {
    pub page: Page,
    pub back: String,
    pub lines: Vec<Line>,
    /// Only exceptional access is shown to this reader.
    pub exceptional_only: bool,
    /// Address of the printed answer, empty without the right.
    pub print: String,
}

#[derive(Template)]
#[template(path = "client-log-print.html")]
pub struct PrintPage {
    pub page: Page,
    pub client_name: String,
    pub asked_on: String,
    pub written_on: String,
    pub since: String,
    pub lines: Vec<Line>,
}

/// What a log is read with.
struct Opened {
    granted: Granted,
    ids: Vec<[u8; 16]>,
    client: ClientId,
}

/// The right to a client's log, by whichever of the table's rows gives it.
async fn opened(
    house: &House,
    reader: &Reader,
    id: ClientId,
    action: &'static str,
) -> Result<Opened, Failure> {
    let (reader, now) = (reader.clone(), house.now());
    let found = house
        .store
        .read(move |tx| {
            let gate = Gate::open(tx, &reader, id, now)?;
            let granted = gate
                .acting("use_log", action, "na", None, &[])
                .or_else(|_| gate.acting("use_log", action, "working_age", None, &[]))
                .map_err(|_| OversightError::NotFound)?;
            let client = gate.client();
            Ok::<_, OversightError>(Opened {
                granted,
                ids: own::client_ids(tx, client)?,
                client,
            })
        })
        .await?;
    Ok(found)
}

/// The newest entries about any of the ids, newest first.
async fn entries(house: &House, ids: &[[u8; 16]], most: usize) -> Result<Vec<Recorded>, Failure> {
    let mut all = Vec::new();
    for id in ids {
        all.extend(house.store.subject_log(*id, most).await?);
    }
    all.sort_by_key(|entry| std::cmp::Reverse((entry.header.at, entry.position)));
    all.dedup_by_key(|entry| entry.position);
    all.truncate(most);
    Ok(all)
}

/// `GET /clients/{id}/log`.
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
) -> Answer {
    let id: ClientId = crate::id(&id)?;
    let reader = Reader::from(&user);
    let opened = opened(&house, &reader, id, "see_log").await?;
    let exceptional_only = opened.granted.row.shows("exceptional_only");
    let mut log = entries(&house, &opened.ids, PAGE).await?;
    if exceptional_only {
        log.retain(|entry| entry.header.purpose == EXCEPTIONAL);
    }
    let may_print = print_right(&house, &reader, id).await.is_ok();
    let (log, names, logged) = told(&house, &reader, &opened, log, "client.log_read").await?;
    let page = visit.page("client-log-title");
    let lines = lines::of(&page.t, &log, &names, About::Known);
    let print = if may_print {
        format!("/clients/{}/log/print", opened.client)
    } else {
        String::new()
    };
    let back = format!("/clients/{}", opened.client);
    Ok(client_page(
        ClientLogPage {
            page,
            back,
            lines,
            exceptional_only,
            print,
        },
        logged,
    ))
}

async fn print_right(house: &House, reader: &Reader, id: ClientId) -> Result<Opened, Failure> {
    opened(house, reader, id, "print").await
}

/// Logs that the log was read, and finds the names of those who acted.
async fn told(
    house: &House,
    reader: &Reader,
    opened: &Opened,
    log: Vec<Recorded>,
    event: &'static str,
) -> Result<(Vec<Recorded>, lines::Names, Logged), Failure> {
    let (reader, now) = (reader.clone(), house.now());
    let (row, client) = (opened.granted.row, opened.client);
    let receipt = house
        .store
        .show(move |tx| {
            let names = own::names(tx, &log)?;
            let detail = format!("entries {}", log.len());
            let entry = own::entry(&reader, row, now, event, vec![client.bytes()], detail);
            ::store::Log::log(tx, entry)?;
            Ok::<_, OversightError>((log, names))
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a client's log was read without an entry"))?;
    let (log, names) = receipt.value;
    Ok((log, names, logged))
}

/// `GET /clients/{id}/log/print`: the answer to the client, ready for paper. Entries older than two years only when
/// a special reason has been written down.
pub async fn print(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
) -> Answer {
    let id: ClientId = crate::id(&id)?;
    let reader = Reader::from(&user);
    let opened = print_right(&house, &reader, id).await?;
    let client = opened.client;
    let request = house
        .store
        .read(move |tx| own::open_request_of(tx, client))
        .await?
        .ok_or(Failure::NotFound)?;
    let now = house.now();
    let oldest = oldest_given(now, request.older_reason.is_some());
    let mut log = entries(&house, &opened.ids, ANSWER).await?;
    log.retain(|entry| oldest.is_none_or(|oldest| entry.header.at >= oldest));
    // The client is told of people; the house's own jobs open nothing to anybody.
    log.retain(|entry| entry.header.actor != Actor::System);
    let (log, names, logged) = told(&house, &reader, &opened, log, "client.log_print").await?;
    let page = visit.page("client-log-print-title");
    let t = page.t.clone();
    let lines = lines::of(&t, &log, &names, About::Known);
    Ok(client_page(
        PrintPage {
            client_name: request.client_name,
            asked_on: t.full_day(request.asked_on),
            written_on: t.full_day(day(now)),
            since: oldest.map_or_else(String::new, |oldest| t.full_day(day(oldest))),
            lines,
            page,
        },
        logged,
    ))
}

/// From when on entries are given; `None` for all there are.
fn oldest_given(now: Timestamp, special_reason: bool) -> Option<Timestamp> {
    if special_reason {
        return None;
    }
    let today = day(now);
    // The 29th of February has its day two years earlier on the 28th.
    let first = Date::new(today.year() - YEARS_GIVEN, today.month(), today.day())
        .or_else(|_| Date::new(today.year() - YEARS_GIVEN, today.month(), 28))
        .ok()?;
    Some(moment(first, Time::midnight()))
}
