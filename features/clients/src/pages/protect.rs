//! The reasoned opening of what non-disclosure protects (661/2009 36-37 §).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::day;
use web::{Answer, Form, House, Page, Posted, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::open;
use crate::pages::common::{desk, id, logged, refused};
use crate::pages::head::{Fact, Head};
use crate::pages::labels;
use crate::pages::show::Opened;
use crate::store::add_event;
use crate::store::details::Told;

/// Shortest reason that says something.
pub const REASON: usize = 20;
/// Longest reason.
pub const LONG: usize = 2_000;

/// A reason of at least [`REASON`] characters, marked in the form when it is missing.
pub fn read_reason(form: &mut Form, field: &str, key: &str) -> String {
    let reason = form.optional(field, LONG).unwrap_or_default();
    if reason.chars().count() < REASON {
        form.error(field, key);
    }
    reason
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
