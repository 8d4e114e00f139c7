//! A worker tells that she is disqualified from a client; the lead of the client's unit lifts it when it no longer holds.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Failure, Form, House, Posted, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::access;
use crate::pages::act::ActPage;
use crate::pages::basics::open;
use crate::pages::common::{desk, done, id, refused};
use crate::pages::head;
use crate::pages::show::Opened;
use crate::store::disqualified::{self, Releases};

fn page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let t = visit.t();
    let head = opened.head(&t, house.now());
    ActPage {
        points_heading: t.get("disqualify-means"),
        points: [
            "disqualify-means-1",
            "disqualify-means-2",
            "disqualify-means-3",
            "disqualify-means-4",
        ]
        .map(|key| t.get(key))
        .to_vec(),
        action: format!("{}/disqualification", head.path),
        back: format!("{}/access", head.path),
        ..ActPage::new(
            visit.page("disqualify-title"),
            head,
            "disqualify",
            ["disqualify-title", "disqualify-lead", "disqualify-save"],
            form,
        )
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let template = page(&house, &visit, &opened, Form::new());
    Ok(client_page(template, proof))
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
    if !form.has("sure", "yes") {
        let (opened, proof) = match open(&house, &user, client).await? {
            Ok(opened) => opened,
            Err(answer) => return answer,
        };
        form.error("sure", "disqualify-sure-missing");
        let template = page(&house, &visit, &opened, form);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(client_page_with_status(status, template, proof));
    }
    let (desk, rooms) = (desk(&house)?, releases(&house)?);
    let (reader, now) = (Reader::from(&user), house.now());
    let saved = house
        .store
        .write(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            disqualified::declare(tx, &desk, &gate, &rooms)
        })
        .await;
    match saved {
        // What she answered for is on other lists now.
        Ok(_) => {
            for topic in ["matters", "contacts"] {
                house.live.tell(topic);
            }
            Ok(done("/clients", "disqualified"))
        }
        Err(error) => Err(refused(&house, &user, client, error).await),
    }
}

fn releases(house: &House) -> Result<std::sync::Arc<Releases>, Failure> {
    house
        .extra::<Releases>()
        .ok_or_else(|| Failure::internal("the house does not know who answers for what"))
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
    let row: Option<RowId> = form.text("row").and_then(|row| row.parse().ok());
    if row.is_none() {
        form.error("row", "disqualified-who-missing");
    }
    let reason = form.require("lift", "disqualified-lift-missing", access::LONG);
    if let (Some(row), true) = (row, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                disqualified::lift(tx, &desk, &gate, row, &reason)
            })
            .await;
        match saved {
            Ok(_) => {
                let path = format!("{}/access", head::path(client));
                return Ok(done(&path, "requalified"));
            }
            Err(ClientError::Ended) => form.error("", "client-refused-already"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    access::again(&house, &visit, &user, client, form).await
}
