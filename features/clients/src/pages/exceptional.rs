//! Exceptional access (perusteltu poikkeuskäyttö): who is told is said before anything is opened.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Failure, Form, House, Posted, Visit};
use web::{go_to, page, page_with_status};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::common::{desk, id, refused};
use crate::pages::head::{self, Head};
use crate::pages::labels::{EXCEPTIONAL_CODES, choices};
use crate::pages::protect::read_reason;
use crate::store::exceptional::{self, Reason};

/// The page tells nothing about the client: neither name nor worker, only what will happen.
fn ask_page(visit: &Visit, client: ClientId, form: Form) -> ActPage {
    let t = visit.t();
    let path = head::path(client);
    let points = [
        "exceptional-told-own-worker-none",
        "exceptional-told-lead",
        "exceptional-told-client",
    ];
    ActPage {
        points_heading: t.get("exceptional-told-title"),
        points: points.map(|key| t.get(key)).to_vec(),
        more_heading: t.get("exceptional-shows-title"),
        more: t.get("exceptional-shows"),
        action: format!("{path}/exceptional"),
        back: "/clients".to_owned(),
        choices: choices(&t, "exceptional-code", &EXCEPTIONAL_CODES),
        ..ActPage::new(
            visit.page("exceptional-title"),
            Head::default(),
            "exceptional",
            ["exceptional-title", "exceptional-lead", "exceptional-open"],
            form,
        )
    }
}

/// What the door is to this reader.
enum Door {
    There,
    /// The client is open to the reader anyway.
    Open,
}

async fn door(house: &House, user: &CurrentUser, client: ClientId) -> Result<Door, Failure> {
    let (reader, now) = (Reader::from(user), house.now());
    let found = house
        .store
        .read(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            if exceptional::may_open(&gate).is_some() {
                return Ok(Door::There);
            }
            let open = gate.decide("client_basics", "see_basics", "working_age", None, &[]);
            if open.allowed() {
                Ok(Door::Open)
            } else {
                Err(ClientError::NotFound)
            }
        })
        .await;
    match found {
        Ok(door) => Ok(door),
        Err(error) => Err(refused(house, user, client, error).await),
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let client: ClientId = id(&client)?;
    match door(&house, &user, client).await? {
        Door::Open => Ok(go_to(&head::path(client))),
        Door::There => Ok(page(ask_page(&visit, client, Form::new()))),
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
    if let Door::Open = door(&house, &user, client).await? {
        return Ok(go_to(&head::path(client)));
    }
    let mut form = posted.form();
    let code = Reason::from_code(form.value("code"));
    if code.is_none() {
        form.error("code", "exceptional-code-missing");
    }
    let reason = read_reason(&mut form, "reason", "exceptional-reason-missing");
    if let (Some(code), true) = (code, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let opened = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                exceptional::open(tx, &desk, &gate, code, &reason)
            })
            .await;
        return match opened {
            Ok(_) | Err(ClientError::Already) => Ok(go_to(&head::path(client))),
            Err(error) => Err(refused(&house, &user, client, error).await),
        };
    }
    let template = ask_page(&visit, client, form);
    Ok(page_with_status(StatusCode::UNPROCESSABLE_ENTITY, template))
}
