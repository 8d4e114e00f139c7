//! Non-disclosure for safety, and the reasoned opening of what it protects (661/2009 36-37 §).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::day;
use web::{Answer, Failure, Form, House, Page, Posted, Texts, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{may_correct, open};
use crate::pages::common::{desk, done, id, logged, refused};
use crate::pages::head::{self, Fact, Head};
use crate::pages::labels;
use crate::pages::show::Opened;
use crate::store::details::Told;
use crate::store::{add_event, protect};

/// Shortest reason that says something.
pub const REASON: usize = 20;
/// Longest reason.
pub const LONG: usize = 2_000;
/// A non-disclosure is granted first for at most so many years (661/2009 36 §).
const YEARS: i16 = 5;

/// A reason of at least [`REASON`] characters, marked in the form when it is missing.
pub fn read_reason(form: &mut Form, field: &str, key: &str) -> String {
    let reason = form.optional(field, LONG).unwrap_or_default();
    if reason.chars().count() < REASON {
        form.error(field, key);
    }
    reason
}

fn order_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let (t, now) = (visit.t(), house.now());
    let head = opened.head(&t, now);
    let open = opened
        .record
        .non_disclosures
        .iter()
        .any(|order| order.in_force(day(now)));
    let may_end = opened
        .gate
        .decide(
            "contact_details_secret",
            "correct",
            "working_age",
            None,
            &[],
        )
        .allowed();
    let save = if open {
        "nondisclosure-edit-save"
    } else {
        "nondisclosure-save"
    };
    let (other_href, other_label) = if open && may_end {
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
    let mut form = Form::new();
    form.set("source", "client");
    let orders = &opened.record.non_disclosures;
    if let Some(order) = orders.iter().find(|order| order.in_force(house.today())) {
        form.set("from", visit.t().full_day(order.from));
        form.set(
            "until",
            order
                .to
                .map_or_else(String::new, |to| visit.t().full_day(to)),
        );
        form.set("source", order.source.as_str());
    }
    Ok(client_page(
        order_page(&house, &visit, &opened, form),
        proof,
    ))
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
    if let (Some(from), Some(source), true) = (from, source, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                protect::set_non_disclosure(tx, &desk, &gate, (from, until), source)
            })
            .await;
        return match saved {
            Ok(_) => Ok(done(&head::path(client), "nondisclosure")),
            Err(error) => Err(refused(&house, &user, client, error).await),
        };
    }
    let template = order_page(&house, &visit, &opened, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
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
    let may = opened
        .gate
        .decide(
            "contact_details_secret",
            "correct",
            "working_age",
            None,
            &[],
        )
        .allowed();
    if !may {
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
                protect::end_non_disclosure(tx, &desk, &gate, &reason)
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

/// The protected details, shown once.
#[derive(Template)]
#[template(path = "client-secret.html")]
struct SecretPage {
    page: Page,
    id: Head,
    back: String,
    shown: Vec<Fact>,
}

fn ask_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let head = opened.head(&visit.t(), house.now());
    ActPage {
        action: format!("{}/secret", head.path),
        ..ActPage::new(
            visit.page("secret-title"),
            head,
            "secret",
            ["secret-title", "secret-lead", "secret-open"],
            form,
        )
    }
}

pub(super) async fn show_secret(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may_reveal(&opened.gate) {
        return Err(refused(&house, &user, opened.record.id, ClientError::NotFound).await);
    }
    let page = ask_page(&house, &visit, &opened, Form::new());
    Ok(client_page(page, proof))
}

/// Whether the reader has the right to the protected details.
fn may_reveal(gate: &Gate) -> bool {
    gate.decide("contact_details_secret", "read", "working_age", None, &[])
        .allowed()
}

/// Shows the protected details to somebody with the right, who has told why and proved lately who she is.
pub(super) async fn reveal(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let mut form = posted.form();
    let reason = read_reason(&mut form, "reason", "secret-reason-missing");
    if form.has_errors() {
        let (opened, proof) = match open(&house, &user, client).await? {
            Ok(opened) => opened,
            Err(answer) => return answer,
        };
        let template = ask_page(&house, &visit, &opened, form);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(client_page_with_status(status, template, proof));
    }
    let (reader, now, t) = (Reader::from(&user), house.now(), visit.t());
    // Nobody is asked who she is for what she has no right to.
    let asks = reader.clone();
    let gate = house
        .store
        .read(move |tx| Gate::open(tx, &asks, client, now))
        .await;
    match gate {
        Ok(gate) if may_reveal(&gate) => identity::strong::require(&house, &user)?,
        Ok(_) => return Err(refused(&house, &user, client, ClientError::NotFound).await),
        Err(error) => return Err(refused(&house, &user, client, error).await),
    }
    let (desk, words) = (desk(&house)?, t.clone());
    // A writing transaction: the reason is kept beside the log entry, for the client to read.
    let read = house
        .store
        .write(move |tx| {
            let opened = Opened::read(tx, &reader, client, now)?;
            let grant = opened.gate.secret(tx, now, &[])?;
            let staff = Some(reader.staff);
            add_event(tx, &desk, opened.record.id, staff, "secret_read", &reason)?;
            let shown = opened
                .record
                .details
                .iter()
                .filter(|detail| detail.holds(day(now)))
                .filter_map(|detail| match &detail.value {
                    Told::Plain(_) => None,
                    Told::Protected(guarded) => guarded.reveal(&grant).map(|value| Fact {
                        name: labels::word(&words, "client-kind", detail.kind),
                        value: labels::value(&words, detail.kind, value),
                        ..Fact::default()
                    }),
                })
                .collect();
            Ok::<(Opened, Vec<Fact>), ClientError>((opened, shown))
        })
        .await;
    let ((opened, shown), proof) = match read {
        Ok(receipt) => logged(receipt)?,
        Err(error) => return Err(refused(&house, &user, client, error).await),
    };
    let id = opened.head(&t, now);
    let template = SecretPage {
        page: visit.page("secret-title"),
        back: id.path.clone(),
        id,
        shown,
    };
    Ok(client_page(template, proof))
}
