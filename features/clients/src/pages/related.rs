//! Relatives, household, guardians and those who act for the client.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::identity_code::IdentityCode;
use web::{Answer, Failure, Form, House, Posted, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{may_correct, open};
use crate::pages::common::{desk, done, id, refused};
use crate::pages::labels::{self, ROLES, choices};
use crate::pages::person::read_phone;
use crate::pages::show::Opened;
use crate::store::related::{self, Added, NewRelated, Role};

/// Longest name or short text.
const SHORT: usize = 200;

fn page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let t = visit.t();
    let head = opened.head(&t, house.now());
    let may_stop = form.has("sure", "yes") || !form.message(&t, "sure").is_empty();
    ActPage {
        may_stop,
        action: format!("{}/related", head.path),
        back: format!("{}/basics", head.path),
        version: opened.record.version.to_string(),
        choices: choices(&t, "client-role", &ROLES),
        sources: labels::sources(&t),
        ..ActPage::new(
            visit.page("client-related-title"),
            head,
            "related",
            ["client-related-title", "client-related-lead", "client-save"],
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
    if !may_correct(&opened.gate) {
        return Err(Failure::NotFound);
    }
    let mut form = Form::new();
    form.set("source", "client");
    Ok(client_page(page(&house, &visit, &opened, form), proof))
}

/// Reads the form; what is wrong is marked in it.
fn read(form: &mut Form) -> Option<NewRelated> {
    let name = form.require("name", "client-related-name-missing", SHORT);
    let role = Role::from_code(form.value("role"));
    match role {
        None => form.error("role", "client-related-role-missing"),
        Some(role) if role.acts() && form.text("scope").is_none() => {
            form.error("scope", "client-related-scope-missing");
        }
        Some(_) => {}
    }
    let scope = form.optional("scope", SHORT);
    let phone = read_phone(form, "phone");
    let code = form.text("code").map(IdentityCode::from_input);
    if matches!(code, Some(Err(_))) {
        form.error("code", "search-wrong-code");
    }
    let (from, to) = (form.day("from"), form.day("until"));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        form.error("until", "client-related-order");
    }
    Some(NewRelated {
        role: role?,
        name,
        code: code.and_then(Result::ok),
        phone,
        same_household: form.has("household", "yes"),
        scope,
        from,
        to,
        source: labels::known(&labels::SOURCES, form.value("source"))
            .unwrap_or("client")
            .to_owned(),
        sure: form.has("sure", "yes"),
    })
    .filter(|_| form.is_valid())
}

pub(super) async fn send(
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
    if let Some(new) = read(&mut form) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                related::add(tx, &desk, &gate, &new, None)
            })
            .await;
        match saved {
            Ok(receipt) => match receipt.value {
                Added::Row(_) => {
                    let path = format!("{}/basics", super::head::path(client));
                    return Ok(done(&path, "related"));
                }
                Added::Paused(pause) => {
                    let when = visit.t().when(pause.until, now);
                    form.error_with("code", "client-related-paused", vec![("when", when.into())]);
                    let template = page(&house, &visit, &opened, form);
                    let status = StatusCode::TOO_MANY_REQUESTS;
                    return Ok(client_page_with_status(status, template, proof));
                }
                Added::Colleague => form.error("sure", "client-related-colleague"),
            },
            Err(ClientError::Day(_)) => form.error("until", "client-related-order"),
            Err(ClientError::Missing(field)) => form.error(field, "client-related-scope-missing"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let template = page(&house, &visit, &opened, form);
    Ok(client_page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        template,
        proof,
    ))
}

fn end_page(
    house: &House,
    visit: &Visit,
    opened: &Opened,
    row: RowId,
    form: Form,
) -> Result<ActPage, Failure> {
    let t = visit.t();
    let mut related = opened.record.related.iter();
    let person = related
        .find(|one| one.id == row && one.holds(house.today()))
        .ok_or(Failure::NotFound)?;
    let head = opened.head(&t, house.now());
    let lead = t.with(
        "client-related-end-lead",
        &[("name", person.name.as_str().into())],
    );
    Ok(ActPage {
        lead,
        action: format!("{}/related/{row}", head.path),
        back: format!("{}/basics", head.path),
        ..ActPage::new(
            visit.page("client-related-end-title"),
            head,
            "related-end",
            ["client-related-end-title", "", "client-end"],
            form,
        )
    })
}

pub(super) async fn show_end(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((client, row)): Path<(String, String)>,
) -> Answer {
    let row: RowId = id(&row)?;
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may_correct(&opened.gate) {
        return Err(Failure::NotFound);
    }
    let template = end_page(&house, &visit, &opened, row, Form::new())?;
    Ok(client_page(template, proof))
}

pub(super) async fn send_end(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((client, row)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (client, row): (ClientId, RowId) = (id(&client)?, id(&row)?);
    let (opened, proof) = match open(&house, &user, client).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let mut form = posted.form();
    let typed = form.text("on").is_some();
    let on = form.day("on");
    if form.has_errors() || (typed && on.is_none()) {
        let template = end_page(&house, &visit, &opened, row, form)?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(client_page_with_status(status, template, proof));
    }
    let desk = desk(&house)?;
    let (reader, now, last) = (
        Reader::from(&user),
        house.now(),
        on.unwrap_or(house.today()),
    );
    let saved = house
        .store
        .write(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            related::end(tx, &desk, &gate, row, last)
        })
        .await;
    match saved {
        Ok(_) => Ok(done(
            &format!("{}/basics", super::head::path(client)),
            "related-ended",
        )),
        Err(error) => Err(refused(&house, &user, client, error).await),
    }
}
