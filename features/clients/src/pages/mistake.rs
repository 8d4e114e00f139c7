//! A detail that was written by mistake is taken back: with a reason, and a trace on the page of the basics.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::day;
use web::{Answer, Choice, Failure, Form, House, Posted, Texts, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{Value, may_correct, open, value};
use crate::pages::common::{desk, done, id, refused};
use crate::pages::labels;
use crate::pages::show::Opened;
use crate::store::details::Detail;
use crate::store::mistake::{self, Mistake, Why};

/// Longest reason.
const LONG: usize = 1_000;

/// The address of the form of one detail.
pub(super) fn path(client: &str, detail: &Detail) -> String {
    format!("{client}/mistakes/{}", detail.id)
}

fn named(t: &Texts, detail: &Detail) -> String {
    let kind = labels::word(t, "client-kind", detail.kind);
    format!("{kind}: {}", value(t, detail).text)
}

/// A detail that was taken back, for the page of the basics: what, why, who and when.
pub(super) fn trace(t: &Texts, one: &Mistake) -> Value {
    let kind = || labels::word(t, "client-kind", one.kind);
    let other = || format!("{}: {}", kind(), t.get("mistake-not-shown"));
    let day = t.full_day(day(one.at));
    let reason = t.get(&format!("mistake-why-{}", one.why.code()));
    let who = one.by.clone().unwrap_or_else(|| t.get("mistake-somebody"));
    let args = [
        ("who", who.into()),
        ("day", day.into()),
        ("why", reason.into()),
        ("words", one.reason.as_str().into()),
    ];
    let done = t.with("mistake-trace", &args);
    let written = one.detail.as_ref().map(|detail| value(t, detail).meta);
    Value {
        text: one
            .detail
            .as_ref()
            .map_or_else(other, |detail| named(t, detail)),
        meta: done,
        also: written.unwrap_or_default(),
        ..Value::default()
    }
}

fn find<'o>(opened: &'o Opened, row: &RowId) -> Option<&'o Detail> {
    let mut details = opened.record.details.iter();
    details.find(|detail| detail.id == *row)
}

fn form_page(
    house: &House,
    visit: &Visit,
    opened: &Opened,
    detail: &Detail,
    form: Form,
) -> ActPage {
    let t = visit.t();
    let head = opened.head(&t, house.now());
    let earlier = detail.earlier.and_then(|row| find(opened, &row));
    let choices = Why::ALL
        .map(|why| Choice::new(why.code(), t.get(&format!("mistake-why-{}", why.code()))))
        .to_vec();
    ActPage {
        action: path(&head.path, detail),
        back: format!("{}/basics", head.path),
        back_label: t.get("client-basics-title"),
        points_heading: t.get("mistake-what"),
        points: vec![named(&t, detail), value(&t, detail).meta],
        more_heading: earlier.map_or_else(String::new, |_| t.get("mistake-back")),
        more: earlier.map_or_else(String::new, |one| named(&t, one)),
        choices,
        ..ActPage::new(
            visit.page("mistake-title"),
            head,
            "mistake",
            ["mistake-title", "mistake-lead", "mistake-save"],
            form,
        )
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((client, row)): Path<(String, String)>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let detail = find(&opened, &id(&row)?).filter(|_| may_correct(&opened.gate));
    let detail = detail.ok_or(Failure::NotFound)?;
    let template = form_page(&house, &visit, &opened, detail, Form::new());
    Ok(client_page(template, proof))
}

pub(super) async fn send(
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
    let basics = format!("{}/basics", super::head::path(opened.record.id));
    let mut form = posted.form();
    let why = Why::of(form.value("why"));
    if why.is_none() {
        form.error("why", "mistake-why-missing");
    }
    let reason = form.require("reason", "mistake-reason-missing", LONG);
    if let (Some(why), true) = (why, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                mistake::void(tx, &desk, &gate, row, why, &reason)
            })
            .await;
        return match saved {
            Ok(receipt) if receipt.value => Ok(done(&basics, "mistake-back")),
            // Sent twice, or somebody else did it first: it is so already.
            Ok(_) | Err(ClientError::Already) => Ok(done(&basics, "mistake")),
            Err(error) => Err(refused(&house, &user, client, error).await),
        };
    }
    let detail = find(&opened, &row).filter(|_| may_correct(&opened.gate));
    let detail = detail.ok_or(Failure::NotFound)?;
    let template = form_page(&house, &visit, &opened, detail, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}
