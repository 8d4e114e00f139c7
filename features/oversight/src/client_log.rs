//! Who has used one client's data: for those entitled, and as the answer to the client's own request (703/2023 11 §).

use access::log::{Actor, Position};
use askama::Template;
use axum::extract::{Path, Query, State};
use casework::pages::{capital, county, ground, word};
use casework::store::sending::{self, Disclosure};
use clients::store::known;
use clients::store::reasons::{self, Given};
use clients::{ClientId, Gate, Granted, Reader};
use identity::session::CurrentUser;
use kernel::time::{Date, Time, Timestamp, day, from_millis, millis, moment};
use store::{Logged, Recorded, SubjectFilter};
use web::{Answer, Failure, House, Page, Texts, Visit, client_page};

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
    /// Address of older entries, empty when there are none.
    pub older: String,
    /// What was given of the client to others.
    pub disclosed: Vec<Disclosed>,
    /// Whether the client works for the county, in words; empty for whoever is not told.
    pub staff_client: String,
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
    pub disclosed: Vec<Disclosed>,
}

/// Data of the client that was given to another county.
pub struct Disclosed {
    pub when: String,
    pub county: String,
    pub receiver: String,
    pub ground: String,
    /// What was given.
    pub sets: String,
    pub matter: String,
}

fn disclosed(t: &Texts, given: &Disclosure) -> Disclosed {
    let sets: Vec<String> = given
        .sets
        .iter()
        .map(|part| word(t, "part", part.code()))
        .collect();
    Disclosed {
        when: t.full_day(day(given.at)),
        county: county(t, &given.county),
        receiver: given.receiver.clone(),
        ground: capital(&ground(t, &given.ground)),
        sets: capital(&sets.join(", ")),
        matter: given.matter.clone(),
    }
}

/// What the log of one client is told with.
struct Told {
    log: Vec<Recorded>,
    names: lines::Names,
    reasons: Vec<Given>,
    given: Vec<Disclosure>,
    logged: Logged,
}

impl Told {
    fn lines(&self, t: &Texts) -> Vec<Line> {
        let mut lines = lines::of(t, &self.log, &self.names, About::Known);
        lines::tell_reasons(t, &mut lines, &self.log, &self.reasons);
        lines
    }

    /// What was given from a day on.
    fn disclosed(&self, t: &Texts, oldest: Option<Timestamp>) -> Vec<Disclosed> {
        self.given
            .iter()
            .filter(|one| oldest.is_none_or(|oldest| one.at >= oldest))
            .map(|one| disclosed(t, one))
            .collect()
    }
}

/// What a log is read with.
struct Opened {
    granted: Granted,
    /// Told to the data protection officer while a request is open, as yes or no (bar B03).
    staff_client: Option<bool>,
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
            let ids = known::ids(tx, client)?;
            let told = gate.acting("bar_register", "read", "na", None, &[]);
            let staff_client = match told {
                Ok(granted) if granted.row.shows("match_yes_no_only") => {
                    Some(known::is_staff(tx, &ids)?)
                }
                _ => None,
            };
            Ok::<_, OversightError>(Opened {
                granted,
                staff_client,
                ids,
                client,
            })
        })
        .await?;
    Ok(found)
}

/// Where a page begins: after the entry of this moment and place, the last one of the page before. An address holds
/// no more than that.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    pub before: String,
}

/// A place as the address writes it: milliseconds, a dot, the entry's position.
fn read_place(text: &str) -> Option<(Timestamp, Position)> {
    let (at, position) = text.split_once('.')?;
    let position = Position::from_i64(position.parse().ok()?)?;
    Some((from_millis(at.parse().ok()?), position))
}

fn place_of(entry: &Recorded) -> String {
    format!("{}.{}", millis(entry.header.at), entry.position.to_i64())
}

/// `GET /clients/{id}/log`.
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let id: ClientId = crate::id(&id)?;
    let reader = Reader::from(&user);
    let opened = opened(&house, &reader, id, "see_log").await?;
    let exceptional_only = opened.granted.row.shows("exceptional_only");
    let filter = SubjectFilter {
        purpose: exceptional_only.then_some(EXCEPTIONAL),
        before: read_place(&asked.before),
        // One more, to know whether there are older ones.
        ..SubjectFilter::new(opened.ids.clone(), PAGE + 1)
    };
    let mut log = house.store.subjects_log(filter).await?;
    let more = log.len() > PAGE;
    log.truncate(PAGE);
    let may_print = print_right(&house, &reader, id).await.is_ok();
    let told = told(&house, &reader, &opened, log, "client.log_read").await?;
    let page = visit.page("client-log-title");
    // Whoever sees exceptional access alone is not told where else the client's data went.
    let disclosed = if exceptional_only || !asked.before.is_empty() {
        Vec::new()
    } else {
        told.disclosed(&page.t, None)
    };
    let print = if may_print {
        format!("/clients/{}/log/print", opened.client)
    } else {
        String::new()
    };
    let back = format!("/clients/{}", opened.client);
    let older = told
        .log
        .last()
        .filter(|_| more)
        .map_or_else(String::new, |last| {
            format!("{back}/log?before={}", place_of(last))
        });
    Ok(client_page(
        ClientLogPage {
            lines: told.lines(&page.t),
            staff_client: opened.staff_client.map_or_else(String::new, |yes| {
                page.t.get(if yes {
                    "client-log-staff-yes"
                } else {
                    "client-log-staff-no"
                })
            }),
            page,
            back,
            disclosed,
            older,
            exceptional_only,
            print,
        },
        told.logged,
    ))
}

async fn print_right(house: &House, reader: &Reader, id: ClientId) -> Result<Opened, Failure> {
    opened(house, reader, id, "print").await
}

/// Logs that the log was read, and finds who acted, why, and what was given to others.
async fn told(
    house: &House,
    reader: &Reader,
    opened: &Opened,
    log: Vec<Recorded>,
    event: &'static str,
) -> Result<Told, Failure> {
    let (reader, now) = (reader.clone(), house.now());
    let (row, client, ids) = (opened.granted.row, opened.client, opened.ids.clone());
    let receipt = house
        .store
        .show(move |tx| {
            let names = own::names(tx, &log)?;
            let detail = format!("entries {}", log.len());
            let entry = own::entry(&reader, row, now, event, vec![client.bytes()], detail);
            ::store::Log::log(tx, entry)?;
            let reasons = reasons::given(tx, &ids)?;
            let given = sending::disclosures(tx, &ids)?;
            Ok::<_, OversightError>((log, names, reasons, given))
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a client's log was read without an entry"))?;
    let (log, names, reasons, given) = receipt.value;
    Ok(Told {
        log,
        names,
        reasons,
        given,
        logged,
    })
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
    let filter = SubjectFilter {
        from: oldest,
        ..SubjectFilter::new(opened.ids.clone(), ANSWER)
    };
    let mut log = house.store.subjects_log(filter).await?;
    // The client is told of people; the house's own jobs open nothing to anybody.
    log.retain(|entry| entry.header.actor != Actor::System);
    let told = told(&house, &reader, &opened, log, "client.log_print").await?;
    let page = visit.page("client-log-print-title");
    let t = page.t.clone();
    Ok(client_page(
        PrintPage {
            lines: told.lines(&t),
            disclosed: told.disclosed(&t, oldest),
            client_name: request.client_name,
            asked_on: t.full_day(request.asked_on),
            written_on: t.full_day(day(now)),
            since: oldest.map_or_else(String::new, |oldest| t.full_day(day(oldest))),
            page,
        },
        told.logged,
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
