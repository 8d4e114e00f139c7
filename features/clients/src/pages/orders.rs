//! Non-disclosure for safety: writing an order down, renewing and ending it (661/2009 36-37 §).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::{Date, day};
use web::{Answer, Failure, Form, House, Posted, Texts, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{may_correct, open};
use crate::pages::common::{desk, done, id, refused};
use crate::pages::head;
use crate::pages::labels;
use crate::pages::protect::LONG;
use crate::pages::show::Opened;
use crate::store::orders::{self, NewOrder, NonDisclosure};

/// A non-disclosure is granted first for at most so many years (661/2009 36 §).
const YEARS: i16 = 5;

fn order_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let (t, now) = (visit.t(), house.now());
    let head = opened.head(&t, now);
    let (today, orders) = (day(now), &opened.record.non_disclosures);
    let row = form.value("row").to_owned();
    let save = if row.is_empty() {
        "nondisclosure-save"
    } else {
        "nondisclosure-edit-save"
    };
    let to_come: Vec<String> = orders
        .iter()
        .filter(|order| order.is_to_come(today))
        .map(|order| period(&t, order))
        .collect();
    let any = orders.iter().any(|order| order.ended_at.is_none());
    let (other_href, other_label) = if any && may_end(&opened.gate) {
        (
            format!("{}/non-disclosure/end", head.path),
            t.get("nondisclosure-end-title"),
        )
    } else {
        (String::new(), String::new())
    };
    ActPage {
        points_heading: t.get("nondisclosure-means"),
        points: means(&t, opened, house),
        action: format!("{}/non-disclosure", head.path),
        back: format!("{}/basics", head.path),
        sources: labels::sources(&t),
        more_heading: if to_come.is_empty() {
            String::new()
        } else {
            t.get("nondisclosure-to-come")
        },
        more: to_come.join(", "),
        history_heading: t.get("nondisclosure-history"),
        history: past(&t, orders),
        may_stop: !row.is_empty() || !form.message(&t, "reason").is_empty(),
        row,
        other_href,
        other_label,
        ..ActPage::new(
            visit.page("nondisclosure-title"),
            head,
            "nondisclosure",
            ["nondisclosure-title", "nondisclosure-lead", save],
            form,
        )
    }
}

/// Whether the reader may end non-disclosure, and so shorten it.
fn may_end(gate: &Gate) -> bool {
    gate.decide(
        "contact_details_secret",
        "correct",
        "working_age",
        None,
        &[],
    )
    .allowed()
}

/// The days of an order.
pub(super) fn period(t: &Texts, order: &NonDisclosure) -> String {
    let from = t.full_day(order.from);
    match order.to {
        Some(to) => format!("{from}–{}", t.full_day(to)),
        None => t.with("nondisclosure-since", &[("day", from.into())]),
    }
}

/// Orders that have been ended, newest first.
fn past(t: &Texts, orders: &[NonDisclosure]) -> Vec<String> {
    orders
        .iter()
        .filter_map(|order| order.ended_at.map(|ended| (order, day(ended))))
        .map(|(order, ended)| {
            t.with(
                "nondisclosure-past",
                &[
                    ("period", period(t, order).into()),
                    ("day", t.full_day(ended).into()),
                ],
            )
        })
        .collect()
}

/// Everything that follows from the order, before it is saved.
fn means(t: &Texts, opened: &Opened, house: &House) -> Vec<String> {
    let mut points: Vec<String> = [
        "nondisclosure-means-1",
        "nondisclosure-means-2",
        "nondisclosure-means-3",
        "nondisclosure-means-4",
        "nondisclosure-means-5",
        "nondisclosure-means-6",
    ]
    .map(|key| t.get(key))
    .to_vec();
    let names: Vec<&str> = opened
        .record
        .related
        .iter()
        .filter(|one| one.same_household && one.holds(house.today()))
        .map(|one| one.name.as_str())
        .collect();
    if !names.is_empty() {
        let names = names.join(", ");
        points.insert(
            5,
            t.with("nondisclosure-household", &[("names", names.into())]),
        );
    }
    points
}

pub(super) async fn show_order(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may_correct(&opened.gate) {
        return Err(Failure::NotFound);
    }
    let form = form_of(&visit.t(), &opened, house.today());
    Ok(client_page(
        order_page(&house, &visit, &opened, form),
        proof,
    ))
}

/// The form of the order in force, to be changed or renewed; an empty one when there is none.
fn form_of(t: &Texts, opened: &Opened, today: Date) -> Form {
    let mut form = Form::new();
    form.set("source", "client");
    let orders = &opened.record.non_disclosures;
    if let Some(order) = orders.iter().find(|order| order.in_force(today)) {
        form.set("row", order.id.to_string());
        form.set("from", t.full_day(order.from));
        form.set(
            "until",
            order.to.map_or_else(String::new, |to| t.full_day(to)),
        );
        let source = labels::known(&labels::SOURCES, &order.source).unwrap_or("register");
        form.set("source", source);
    }
    form
}

pub(super) async fn send_order(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let (opened, proof) = match open(&house, &user, client).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let mut form = posted.form();
    if let Some(typed) = read(&mut form) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                let new = NewOrder {
                    from: typed.from,
                    to: typed.until,
                    source: typed.source,
                    replaces: typed.replaces,
                    reason: Some(&typed.reason),
                };
                orders::write_order(tx, &desk, &gate, &new)
            })
            .await;
        match saved {
            Ok(_) => return Ok(done(&head::path(client), "nondisclosure")),
            Err(ClientError::Unprotects) => form.error("until", "nondisclosure-shortens"),
            Err(ClientError::Missing(_)) => {
                form.error("reason", "nondisclosure-shortens-reason");
            }
            Err(ClientError::Changed) => form.error("", "client-refused-changed"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let template = order_page(&house, &visit, &opened, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}

/// An order as it was typed.
struct Typed {
    from: Date,
    until: Option<Date>,
    source: &'static str,
    replaces: Option<RowId>,
    reason: String,
}

/// Reads the form; what is wrong is marked in it.
fn read(form: &mut Form) -> Option<Typed> {
    if form.text("from").is_none() {
        form.error("from", "nondisclosure-from-missing");
    }
    let (from, until) = (form.day("from"), form.day("until"));
    if let Some((from, until)) = from.zip(until) {
        if until < from {
            form.error("until", "nondisclosure-order");
        } else if until > labels::years_after(from, YEARS) {
            form.error("until", "nondisclosure-long");
        }
    }
    let source = labels::known(&labels::SOURCES, form.value("source"));
    if source.is_none() {
        form.error("source", "client-source-missing");
    }
    let reason = form.optional("reason", LONG).unwrap_or_default();
    // An id that is none was not written by our form: the order then comes beside the others.
    let replaces = form.text("row").and_then(|row| row.parse().ok());
    from.zip(source)
        .map(|(from, source)| Typed {
            from,
            until,
            source,
            replaces,
            reason,
        })
        .filter(|_| form.is_valid())
}

fn end_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let head = opened.head(&visit.t(), house.now());
    ActPage {
        action: format!("{}/non-disclosure/end", head.path),
        back: format!("{}/basics", head.path),
        ..ActPage::new(
            visit.page("nondisclosure-end-title"),
            head,
            "nondisclosure-end",
            [
                "nondisclosure-end-title",
                "nondisclosure-end-lead",
                "nondisclosure-end-save",
            ],
            form,
        )
    }
}

pub(super) async fn show_end(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may_end(&opened.gate) {
        return Err(Failure::NotFound);
    }
    Ok(client_page(
        end_page(&house, &visit, &opened, Form::new()),
        proof,
    ))
}

pub(super) async fn send_end(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let (opened, proof) = match open(&house, &user, client).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let mut form = posted.form();
    let reason = form.require("reason", "nondisclosure-end-reason-missing", LONG);
    if form.is_valid() {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                orders::end_non_disclosure(tx, &desk, &gate, &reason)
            })
            .await;
        match saved {
            Ok(_) => return Ok(done(&head::path(client), "nondisclosure-ended")),
            Err(ClientError::Ended) => form.error("", "client-refused-already"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let template = end_page(&house, &visit, &opened, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}
