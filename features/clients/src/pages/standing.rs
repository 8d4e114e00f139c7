//! The client relation (asiakkuus), death, and the record of a wrong person.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Failure, Form, House, Posted, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{may_correct, open};
use crate::pages::common::{desk, done, id, refused};
use crate::pages::head;
use crate::pages::labels::{self, END_GROUNDS, OPEN_GROUNDS, choices, known, word};
use crate::pages::show::Opened;
use crate::store::standing::{self, ClientRelation};

/// Longest reason.
const LONG: usize = 2_000;

fn may(opened: &Opened, class: &str, action: &str) -> bool {
    opened
        .gate
        .decide(class, action, "working_age", None, &[])
        .allowed()
}

fn relation_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let t = visit.t();
    let head = opened.head(&t, house.now());
    let latest = opened.record.relations.first();
    let is_open = latest.is_some_and(|relation| relation.ended_on.is_none());
    let reason = |relation: &ClientRelation| {
        let code = relation.end_reason.as_deref().unwrap_or_default();
        known(&END_GROUNDS, code)
            .map_or_else(|| code.to_owned(), |code| word(&t, "relation-ground", code))
    };
    let now = match latest {
        None => t.get("relation-lead-none"),
        Some(relation) => match relation.ended_on {
            None => t.with(
                "relation-lead-open",
                &[("day", t.full_day(relation.began_on).into())],
            ),
            Some(ended) => t.with(
                "relation-lead-ended",
                &[
                    ("day", t.full_day(ended).into()),
                    ("reason", reason(relation).into()),
                ],
            ),
        },
    };
    let (act, action, words, save, codes): (_, _, _, _, &[&str]) = if is_open {
        (
            "relation-end",
            "finish",
            "relation-end-words",
            "relation-end-save",
            &END_GROUNDS,
        )
    } else {
        (
            "relation-open",
            "create",
            "relation-open-words",
            "relation-open-save",
            &OPEN_GROUNDS,
        )
    };
    // A reader without the right to begin or end sees how it stands, and no form.
    let act = if may(opened, "client_relation", action) {
        act
    } else {
        ""
    };
    let family = if is_open {
        "relation-ground"
    } else {
        "relation-begun"
    };
    let history = opened
        .record
        .relations
        .iter()
        .filter_map(|relation| {
            let ended = relation.ended_on?;
            Some(t.with(
                "relation-line",
                &[
                    ("from", t.full_day(relation.began_on).into()),
                    ("to", t.full_day(ended).into()),
                    ("reason", reason(relation).into()),
                ],
            ))
        })
        .collect();
    ActPage {
        lead: now,
        points: if act.is_empty() {
            Vec::new()
        } else {
            vec![t.get(words)]
        },
        action: format!("{}/relation", head.path),
        choices: choices(&t, family, codes),
        history,
        ..ActPage::new(
            visit.page("relation-title"),
            head,
            act,
            ["relation-title", "", save],
            form,
        )
    }
}

pub(super) async fn show_relation(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may(&opened, "client_relation", "read") {
        return Err(Failure::NotFound);
    }
    let template = relation_page(&house, &visit, &opened, Form::new());
    Ok(client_page(template, proof))
}

pub(super) async fn send_relation(
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
    let latest = opened.record.relations.first();
    let is_open = latest.is_some_and(|relation| relation.ended_on.is_none());
    let codes: &[&'static str] = if is_open { &END_GROUNDS } else { &OPEN_GROUNDS };
    let ground = known(codes, form.value("ground"));
    if ground.is_none() {
        form.error("ground", "relation-ground-missing");
    }
    let words = if is_open {
        form.require("reason", "relation-reason-missing", LONG)
    } else {
        String::new()
    };
    if let (Some(ground), true) = (ground, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                if is_open {
                    standing::close(tx, &desk, &gate, ground, &words)
                } else {
                    standing::open(tx, &desk, &gate, ground)
                }
            })
            .await;
        let code = if is_open {
            "relation-ended"
        } else {
            "relation-opened"
        };
        match saved {
            Ok(_) => return Ok(done(&head::path(client), code)),
            Err(ClientError::OpenMatters) => form.error("", "relation-open-matters"),
            Err(ClientError::Already | ClientError::Ended) => {
                form.error("", "client-refused-already");
            }
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let template = relation_page(&house, &visit, &opened, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}

fn death_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let t = visit.t();
    let head = opened.head(&t, house.now());
    ActPage {
        back: format!("{}/basics", head.path),
        action: format!("{}/death", head.path),
        sources: labels::sources(&t),
        may_stop: opened.record.died_on.is_some(),
        ..ActPage::new(
            visit.page("death-title"),
            head,
            "death",
            ["death-title", "death-lead", "death-save"],
            form,
        )
    }
}

pub(super) async fn show_death(
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
    form.set("source", "authority");
    if let Some(died) = opened.record.died_on {
        form.set("on", visit.t().full_day(died));
    }
    Ok(client_page(
        death_page(&house, &visit, &opened, form),
        proof,
    ))
}

pub(super) async fn send_death(
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
    let undo = opened.record.died_on.is_some() && form.has("stop", "yes");
    if !undo && form.text("on").is_none() {
        form.error("on", "death-on-missing");
    }
    let on = form.day("on").filter(|_| !undo);
    let source = known(&labels::SOURCES, form.value("source"));
    if source.is_none() {
        form.error("source", "client-source-missing");
    }
    if let Some(on) = on {
        if on > house.today() {
            form.error("on", "death-future");
        } else if opened.record.birth.is_some_and(|birth| on < birth) {
            form.error("on", "death-before-birth");
        }
    }
    if let (Some(source), true) = (source, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                standing::set_death(tx, &desk, &gate, on, source)
            })
            .await;
        match saved {
            Ok(_) => {
                let code = if undo { "saved" } else { "dead" };
                return Ok(done(&format!("{}/basics", head::path(client)), code));
            }
            Err(ClientError::Day(_)) => form.error("on", "death-future"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let template = death_page(&house, &visit, &opened, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}
