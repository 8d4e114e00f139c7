//! A detail or a name that was written by mistake is taken back: with a reason, and a trace on the page of the basics.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::day;
use web::{Answer, Choice, Failure, Form, House, Posted, Texts, Visit};
use web::{client_page, client_page_with_status};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{Value, may_correct, name_value, open, value};
use crate::pages::common::{desk, done, id, refused};
use crate::pages::labels;
use crate::pages::show::Opened;
use crate::store::details::Detail;
use crate::store::mistake::{self, Mistake, Why};
use crate::store::names::{Name, NameKind};

/// Longest reason.
const LONG: usize = 1_000;

/// The address of the form of one detail.
pub(super) fn path(client: &str, detail: &Detail) -> String {
    format!("{client}/mistakes/{}", detail.id)
}

/// The address of the form of one name.
pub(super) fn name_path(client: &str, name: &Name) -> String {
    format!("{client}/mistakes/{}", name.id)
}

/// What is taken back.
enum Wrong<'o> {
    Detail(&'o Detail),
    Name(&'o Name),
}

impl Wrong<'_> {
    fn find<'o>(opened: &'o Opened, row: &RowId) -> Option<Wrong<'o>> {
        let name = || opened.record.names.iter().find(|name| name.id == *row);
        find(opened, row)
            .map(Wrong::Detail)
            .or_else(|| name().map(Wrong::Name))
    }

    fn words(&self, t: &Texts) -> Vec<String> {
        match self {
            Self::Detail(detail) => vec![named(t, detail), value(t, detail).meta],
            Self::Name(name) => vec![name_words(t, name), name_value(t, name).meta],
        }
    }

    fn path(&self, client: &str) -> String {
        match self {
            Self::Detail(detail) => path(client, detail),
            Self::Name(name) => name_path(client, name),
        }
    }

    /// What holds again in its place.
    fn back(&self, t: &Texts, opened: &Opened) -> Option<String> {
        match self {
            Self::Detail(detail) => {
                let row = detail.earlier?;
                find(opened, &row).map(|one| named(t, one))
            }
            Self::Name(name) if name.kind == NameKind::Current => {
                mistake::name_before(&opened.record.names, name).map(|one| name_words(t, one))
            }
            Self::Name(_) => None,
        }
    }
}

fn name_words(t: &Texts, name: &Name) -> String {
    let kind = labels::word(t, "client-kind", "name");
    format!("{kind}: {}", name_value(t, name).text)
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
    let (words, written) = match (&one.detail, &one.name) {
        (Some(detail), _) => (named(t, detail), Some(value(t, detail).meta)),
        (None, Some(name)) => (name_words(t, name), Some(name_value(t, name).meta)),
        (None, None) => (other(), None),
    };
    Value {
        text: words,
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
    wrong: &Wrong<'_>,
    form: Form,
) -> ActPage {
    let t = visit.t();
    let head = opened.head(&t, house.now());
    let earlier = wrong.back(&t, opened);
    let choices = Why::ALL
        .map(|why| Choice::new(why.code(), t.get(&format!("mistake-why-{}", why.code()))))
        .to_vec();
    ActPage {
        action: wrong.path(&head.path),
        back: format!("{}/basics", head.path),
        back_label: t.get("client-basics-title"),
        points_heading: t.get("mistake-what"),
        points: wrong.words(&t),
        more_heading: earlier
            .as_ref()
            .map_or_else(String::new, |_| t.get("mistake-back")),
        more: earlier.unwrap_or_default(),
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
    let wrong = Wrong::find(&opened, &id(&row)?).filter(|_| may_correct(&opened.gate));
    let wrong = wrong.ok_or(Failure::NotFound)?;
    let template = form_page(&house, &visit, &opened, &wrong, Form::new());
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
                match mistake::void(tx, &desk, &gate, row, why, &reason) {
                    // No detail: a name, or nothing that is there.
                    Err(ClientError::NotFound) => {
                        mistake::void_name(tx, &desk, &gate, row, why, &reason)
                    }
                    done => done,
                }
            })
            .await;
        match saved {
            Ok(receipt) if receipt.value => return Ok(done(&basics, "mistake-back")),
            // Sent twice, or somebody else did it first: it is so already.
            Ok(_) | Err(ClientError::Already) => return Ok(done(&basics, "mistake")),
            Err(ClientError::Missing("name")) => form.error("", "mistake-name-last"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let wrong = Wrong::find(&opened, &row).filter(|_| may_correct(&opened.gate));
    let wrong = wrong.ok_or(Failure::NotFound)?;
    let template = form_page(&house, &visit, &opened, &wrong, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}
