//! What waits to be sent to other counties: the list, and the word that a package has left.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::Reader;
use identity::session::CurrentUser;
use kernel::time::day;
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page,
    client_page_with_status, go_to,
};

use crate::domain::MatterId;
use crate::domain::transfer::HowSent;
use crate::glue::casework;
use crate::pages::acts::run;
use crate::pages::labels::{self, capital, matter_name, word};
use crate::pages::model::{self, Fact};
use crate::pages::show::done;
use crate::pages::{id, refusal};
use crate::store::outbox::{self, Waiting};

/// Longest text.
const LONG: usize = 1_000;

#[derive(Template)]
#[template(path = "transfers.html")]
struct TransfersPage {
    page: Page,
    notice: Option<String>,
    waiting: Vec<Row>,
    sent: Vec<Row>,
}

/// A package of the list.
struct Row {
    title: String,
    number: String,
    county: String,
    receiver: String,
    made: String,
    made_by: String,
    state: String,
    /// Where it is printed and told to have left; empty for somebody who may not.
    href: String,
}

#[derive(Template)]
#[template(path = "matter-outbox.html")]
struct ParcelPage {
    page: Page,
    form: Form,
    heading: String,
    back: String,
    facts: Vec<Fact>,
    /// It has not left yet.
    waits: bool,
    print: String,
    sent: String,
    ways: Vec<Choice>,
}

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let casework = casework(&house)?;
    let reader = Reader::from(&user);
    let receipt = house
        .store
        .show(move |tx| outbox::list(tx, &casework, &reader))
        .await?;
    let t = visit.t();
    let (waiting, sent): (Vec<_>, Vec<_>) =
        receipt.value.iter().partition(|one| one.sent_at.is_none());
    let rows =
        |list: Vec<&Waiting>| -> Vec<Row> { list.into_iter().map(|one| row(&t, one)).collect() };
    let template = TransfersPage {
        page: visit.page("transfers-title"),
        notice: done(&visit, &pairs, &["sent"]),
        waiting: rows(waiting),
        sent: rows(sent),
    };
    Ok(client_page(template, logged(receipt.logged)?))
}

fn logged(logged: Option<Logged>) -> Result<Logged, Failure> {
    logged.ok_or_else(|| Failure::internal("a reading was not logged"))
}

fn row(t: &Texts, one: &Waiting) -> Row {
    Row {
        title: matter_name(t, one.name_code, one.name_text.as_deref()),
        number: one.number.clone(),
        county: labels::county(t, &one.county),
        receiver: one.receiver.clone(),
        made: t.full_day(day(one.made_at)),
        made_by: one.made_by.clone(),
        state: state(t, one),
        href: if one.opens {
            sent_path(one.matter)
        } else {
            String::new()
        },
    }
}

/// "Lähti 13.3.2026: paperilla, kirjattu kirje", or what it waits for.
fn state(t: &Texts, one: &Waiting) -> String {
    let Some(at) = one.sent_at else {
        return match one.printed_at {
            Some(at) => t.with("transfers-printed", &[("day", t.full_day(day(at)).into())]),
            None => t.get("transfers-waits"),
        };
    };
    let how = one
        .sent_how
        .map_or_else(String::new, |how| word(t, "sent", how.code()));
    let how = match &one.sent_words {
        Some(words) => format!("{how}, {words}"),
        None => how,
    };
    let args = [("day", t.full_day(day(at)).into()), ("how", how.into())];
    t.with("transfers-left", &args)
}

fn sent_path(matter: MatterId) -> String {
    format!("/matters/{matter}/transfer/sent")
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    page_of(&house, &visit, &user, matter, Form::new(), StatusCode::OK).await
}

async fn page_of(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    matter: MatterId,
    form: Form,
    status: StatusCode,
) -> Answer {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let receipt = house
        .store
        .show(move |tx| outbox::read(tx, &casework, &reader, matter))
        .await?;
    let (t, one) = (visit.t(), &receipt.value);
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
    };
    let row = row(&t, one);
    let mut page = visit.page("transfers-one");
    page.path = sent_path(matter);
    let template = ParcelPage {
        page,
        form,
        heading: t.with(
            "package-heading",
            &[("county", labels::county(&t, &one.county).into())],
        ),
        back: model::path(matter),
        facts: vec![
            fact("package-matter", row.title),
            fact("package-number", row.number),
            fact("package-to", format!("{}, {}", row.county, row.receiver)),
            fact("package-made", format!("{}, {}", row.made, row.made_by)),
            fact("transfers-state", row.state),
        ],
        waits: one.sent_at.is_none(),
        print: format!("/matters/{matter}/transfer/print"),
        sent: sent_path(matter),
        ways: HowSent::TOLD
            .iter()
            .map(|how| Choice::new(how.code(), capital(&word(&t, "sent", how.code()))))
            .collect(),
    };
    Ok(client_page_with_status(
        status,
        template,
        logged(receipt.logged)?,
    ))
}

pub(super) async fn sent(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let mut form = posted.form();
    let how = HowSent::from_code(form.value("how")).filter(|how| HowSent::TOLD.contains(how));
    if how.is_none() {
        form.error("how", "transfers-how-missing");
    }
    let words = form.optional("words", LONG);
    if how == Some(HowSent::OtherWay) && words.is_none() {
        form.error("words", "transfers-words-missing");
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(how) = how.filter(|_| form.is_valid()) {
        let told = run(&house, &user, move |tx, casework, reader| {
            outbox::mark_sent(tx, casework, reader, matter, how, words.as_deref())
        })
        .await?;
        match told {
            Ok(()) => return Ok(go_to("/transfers?done=sent")),
            Err(error) => {
                let why = refusal::of(&house, &visit.t(), matter, error).await?;
                form.error_with(why.field, why.key, why.args);
                status = StatusCode::CONFLICT;
            }
        }
    }
    page_of(&house, &visit, &user, matter, form, status).await
}
