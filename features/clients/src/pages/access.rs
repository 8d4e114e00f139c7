//! Who sees a client now; the right to her protected details; restriction to named persons of one unit.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::people::{self, Staff, StaffId, Unit};
use identity::session::CurrentUser;
use kernel::time::{Timestamp, day};
use store::Logged;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::common::{desk, done, id, logged, refused, refused_page, told};
use crate::pages::head::{self, Head};
use crate::pages::labels::{self, capital};
use crate::pages::show::Opened;
use crate::store::consult;
use crate::store::disqualified::{self, Disqualified};
use crate::store::protect::{self, SecretRight};
use crate::store::sees::{self, Sees};

/// Longest task or reason.
pub(super) const LONG: usize = 1_000;

/// Somebody who sees, and why.
struct Row {
    name: String,
    title: String,
    why: String,
    note: String,
    since: String,
    until: String,
}

struct Right {
    id: String,
    name: String,
    meta: String,
}

/// Options of a select, by unit.
pub struct Group {
    pub label: String,
    pub picks: Vec<Pick>,
}

pub struct Pick {
    pub value: String,
    pub label: String,
    pub disabled: bool,
}

#[derive(Template)]
#[template(path = "client-access.html")]
struct AccessPage {
    page: Page,
    id: Head,
    done: String,
    form: Form,
    rows: Vec<Row>,
    may_secret: bool,
    secret_rights: Vec<Right>,
    staff: Vec<Group>,
    may_restrict: bool,
    may_lift: bool,
    /// Leading social workers who may be asked to restrict the client; empty for whoever may not ask.
    asks: Vec<Group>,
    restricted: String,
    may_disqualify: bool,
    may_requalify: bool,
    /// For whoever may lift one.
    disqualified: Vec<Choice>,
}

struct Read {
    opened: Opened,
    sees: Vec<Sees>,
    rights: Vec<SecretRight>,
    staff: Vec<Staff>,
    askable: Vec<Staff>,
    disqualified: Vec<Disqualified>,
}

impl Read {
    fn may(&self, class: &str, action: &str) -> bool {
        self.opened
            .gate
            .decide(class, action, "working_age", None, &[])
            .allowed()
    }
}

async fn read(
    house: &House,
    user: &CurrentUser,
    client: ClientId,
) -> Result<Result<(Read, Logged), Answer>, Failure> {
    let (reader, now) = (Reader::from(user), house.now());
    let desk = desk(house)?;
    let read = house
        .store
        .show(move |tx| {
            let opened = Opened::read(tx, &reader, client, now)?;
            let client = opened.record.id;
            Ok::<_, ClientError>(Read {
                sees: sees::now(tx, client, now)?,
                rights: protect::secret_rights(tx, client)?,
                staff: people::list_staff(tx, day(now))?,
                askable: consult::askable(tx, &desk, client, reader.staff)?,
                disqualified: disqualified::now(tx, client)?,
                opened,
            })
        })
        .await;
    match read {
        Ok(receipt) => Ok(Ok(logged(receipt)?)),
        Err(error) => Ok(Err(refused_page(house, user, client, error).await)),
    }
}

fn model(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    read: &Read,
    form: Form,
    done: String,
) -> AccessPage {
    let (t, now) = (visit.t(), house.now());
    let record = &read.opened.record;
    let restricted = record
        .restricted
        .as_ref()
        .map_or_else(String::new, |(unit, _)| {
            let name = read.opened.unit_name(&t, *unit);
            t.with("client-alert-restricted", &[("unit", name.into())])
        });
    let may_secret = read.may("secret_right", "create");
    let may_restrict = read.may("bar_register", "create");
    let may_ask = !may_restrict && restricted.is_empty() && read.may("consultation", "create");
    let may_requalify = read.may("disqualification", "correct");
    let own = user.staff.id;
    AccessPage {
        page: visit.page("access-title"),
        id: read.opened.head(&t, now),
        done,
        form,
        rows: read.sees.iter().map(|one| row(&t, one, own)).collect(),
        may_secret,
        secret_rights: read
            .rights
            .iter()
            .filter(|right| !right.ended && right.to >= house.today())
            .map(|right| secret_right(&t, right))
            .collect(),
        staff: if may_secret || may_restrict {
            groups(&t, &read.staff, &read.opened.units)
        } else {
            Vec::new()
        },
        may_restrict,
        may_lift: read.may("bar_register", "correct"),
        asks: if may_ask {
            groups(&t, &read.askable, &read.opened.units)
        } else {
            Vec::new()
        },
        restricted,
        may_disqualify: read.may("disqualification", "create"),
        may_requalify,
        disqualified: read
            .disqualified
            .iter()
            .filter(|_| may_requalify)
            .map(|one| {
                let since = t.full_day(day(one.since));
                let words = [("who", one.name.as_str().into()), ("day", since.into())];
                Choice::new(one.id.to_string(), t.with("disqualified-since", &words))
            })
            .collect(),
    }
}

fn row(t: &Texts, one: &Sees, own: StaffId) -> Row {
    let written = |at: Timestamp| t.full_day(day(at));
    Row {
        name: if one.staff == own {
            format!("{} ({})", one.name, t.get("access-you"))
        } else {
            one.name.clone()
        },
        title: t.get(&format!("title-{}", one.title)),
        why: capital(&labels::relation(t, one.kind)),
        note: if one.tail {
            t.get("access-tail")
        } else {
            String::new()
        },
        since: one.since.map_or_else(String::new, written),
        until: one
            .until
            .map_or_else(|| t.get("access-open-ended"), written),
    }
}

fn secret_right(t: &Texts, right: &SecretRight) -> Right {
    Right {
        id: right.id.to_string(),
        name: right.name.clone(),
        meta: t.with(
            "secret-right-line",
            &[
                ("task", right.task.as_str().into()),
                ("from", t.full_day(right.from).into()),
                ("to", t.full_day(right.to).into()),
                ("giver", right.given_by.as_str().into()),
            ],
        ),
    }
}

/// Staff by unit, by name.
fn groups(t: &Texts, staff: &[Staff], units: &[Unit]) -> Vec<Group> {
    units
        .iter()
        .map(|unit| Group {
            label: unit.name(t.language()).to_owned(),
            picks: staff
                .iter()
                .filter(|one| one.unit == unit.id)
                .map(|one| Pick {
                    value: one.id.to_string(),
                    label: one.name.clone(),
                    disabled: false,
                })
                .collect(),
        })
        .filter(|group| !group.picks.is_empty())
        .collect()
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let (read, proof) = match read(&house, &user, id(&client)?).await? {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let done = told(&visit.t(), &pairs);
    let template = model(&house, &visit, &user, &read, Form::new(), done);
    Ok(client_page(template, proof))
}

/// The page again with what is wrong; nothing typed is lost.
pub(super) async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    client: ClientId,
    form: Form,
) -> Answer {
    let (read, proof) = match read(house, user, client).await? {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let mut template = model(house, visit, user, &read, form, String::new());
    // A form that comes back stands at its own address, which has no page to open.
    template.page.path = format!("{}/access", head::path(client));
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}

pub(super) async fn give(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let mut form = posted.form();
    let who: Option<StaffId> = form.text("who").and_then(|id| id.parse().ok());
    if who.is_none() {
        form.error("who", "secret-right-who-missing");
    }
    let task = form.require("task", "secret-right-task-missing", LONG);
    if form.text("until").is_none() {
        form.error("until", "secret-right-until-missing");
    }
    let until = form.day("until");
    if let (Some(who), Some(until), true) = (who, until, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                protect::give_secret_right(tx, &desk, &gate, who, &task, until)
            })
            .await;
        match saved {
            Ok(_) => {
                return Ok(done(
                    &format!("{}/access", head::path(client)),
                    "secret-given",
                ));
            }
            Err(ClientError::FourEyes) => form.error("who", "secret-right-own"),
            Err(ClientError::Day(_)) => form.error("until", "secret-right-until-wrong"),
            Err(ClientError::Missing(_)) => form.error("task", "secret-right-task-missing"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    again(&house, &visit, &user, client, form).await
}

pub(super) async fn take_back(
    State(house): State<House>,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let right: RowId = id(posted.value("right"))?;
    let desk = desk(&house)?;
    let (reader, now) = (Reader::from(&user), house.now());
    let saved = house
        .store
        .write(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            protect::end_secret_right(tx, &desk, &gate, right)
        })
        .await;
    match saved {
        Ok(_) => Ok(done(
            &format!("{}/access", head::path(client)),
            "secret-ended",
        )),
        Err(error) => Err(refused(&house, &user, client, error).await),
    }
}

pub(super) async fn restrict(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let mut form = posted.form();
    let named: Vec<StaffId> = ["named", "named2", "named3"]
        .iter()
        .filter_map(|field| form.text(field)?.parse().ok())
        .collect();
    if named.is_empty() {
        form.error("named", "access-restrict-named-missing");
    }
    let reason = form.require("why", "access-restrict-reason-missing", LONG);
    if form.is_valid() {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                let Some(unit) = one_unit(&people::list_staff(tx, day(now))?, &named) else {
                    return Err(ClientError::Missing("named"));
                };
                protect::restrict(tx, &desk, &gate, unit, &named, &reason)
            })
            .await;
        match saved {
            Ok(_) => return Ok(done("/clients", "restricted")),
            Err(ClientError::Missing("named")) => {
                form.error("named", "access-restrict-one-unit");
            }
            Err(ClientError::Missing(_)) => form.error("why", "access-restrict-reason-missing"),
            Err(ClientError::Already) => form.error("", "client-refused-already"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    again(&house, &visit, &user, client, form).await
}

/// The unit of all who are named; `None` when they are of several or one is not at work.
fn one_unit(staff: &[Staff], named: &[StaffId]) -> Option<people::UnitId> {
    let mut units = named
        .iter()
        .map(|id| staff.iter().find(|one| one.id == *id).map(|one| one.unit));
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}

pub(super) async fn lift(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let mut form = posted.form();
    let reason = form.require("why", "access-restrict-reason-missing", LONG);
    if form.is_valid() {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                protect::lift_restriction(tx, &desk, &gate, &reason)
            })
            .await;
        match saved {
            Ok(_) => {
                let path = format!("{}/access", head::path(client));
                return Ok(done(&path, "unrestricted"));
            }
            Err(ClientError::Ended) => form.error("", "client-refused-already"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    again(&house, &visit, &user, client, form).await
}

/// Asks a leading social worker to restrict the client to a named unit.
pub(super) async fn ask(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let mut form = posted.form();
    let to: Option<StaffId> = form.text("ask").and_then(|id| id.parse().ok());
    match to {
        None => form.error("ask", "access-ask-missing"),
        Some(to) => {
            let desk = desk(&house)?;
            let (reader, now) = (Reader::from(&user), house.now());
            let saved = house
                .store
                .write(move |tx| {
                    let gate = Gate::open(tx, &reader, client, now)?;
                    consult::ask(tx, &desk, &gate, to)
                })
                .await;
            match saved {
                Ok(_) => {
                    let path = format!("{}/access", head::path(client));
                    return Ok(done(&path, "restriction-asked"));
                }
                Err(ClientError::Missing(_)) => form.error("ask", "access-ask-missing"),
                Err(ClientError::Already) => form.error("ask", "access-ask-already"),
                Err(error) => return Err(refused(&house, &user, client, error).await),
            }
        }
    }
    again(&house, &visit, &user, client, form).await
}
