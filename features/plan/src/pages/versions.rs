//! Versions of a plan, and the difference between any two of them.

use askama::Template;
use axum::extract::{Path, Query, State};
use clients::Reader;
use documents::difference::{self, Piece};
use documents::{DocumentId, Fields};
use identity::session::CurrentUser;
use kernel::time::day;
use store::{Logged, Receipt};
use web::{Answer, Choice, Failure, Form, House, Page, Texts, Visit, client_page};

use crate::domain::PlanError;
use crate::glue::{casework, log_refusal};
use crate::pages::common::{id, path};
use crate::pages::words::{self, Shown};
use crate::store::history::{self, Compared, History};

/// A version in the list.
struct Row {
    no: i64,
    href: String,
    day: String,
    by: String,
    reason: String,
}

/// A part with the fields of it that differ.
struct Change {
    heading: String,
    fields: Vec<(String, Vec<Piece>)>,
}

#[derive(Template)]
#[template(path = "plan-versions.html")]
struct VersionsPage {
    page: Page,
    form: Form,
    back: String,
    action: String,
    rows: Vec<Row>,
    choices: Vec<Choice>,
    compared: String,
    changes: Vec<Change>,
    hidden: bool,
}

#[derive(Template)]
#[template(path = "plan-version.html")]
struct VersionPage {
    page: Page,
    back: String,
    lead: String,
    parts: Vec<Shown>,
    hidden: bool,
}

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(plan): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let plan: DocumentId = id(&plan)?;
    let number = |name: &str| {
        let (_, value) = pairs.iter().find(|(one, _)| one == name)?;
        value.parse::<i64>().ok()
    };
    let chosen = number("from").zip(number("to"));
    let (casework, reader) = (casework(&house)?, Reader::from(&user));
    let asked = reader.clone();
    let read = house
        .store
        .show(move |tx| history::history(tx, &casework, &asked, plan, chosen))
        .await;
    let (history, logged) = proof(&house, &reader, plan, read).await?;
    let t = visit.t();
    let mut page = visit.page("plan-versions-title");
    page.path = format!("{}/versions", path(plan));
    let mut form = Form::new();
    if let Some(compared) = &history.compared {
        form.set("from", compared.from.to_string());
        form.set("to", compared.to.to_string());
    }
    let template = VersionsPage {
        action: page.path.clone(),
        page,
        form,
        back: path(plan),
        rows: rows(&t, plan, &history),
        choices: history
            .heads
            .iter()
            .map(|head| {
                let label = t.with("plan-version-no", &[("no", head.no.into())]);
                Choice::new(head.no.to_string(), label)
            })
            .collect(),
        compared: history.compared.as_ref().map_or_else(String::new, |one| {
            t.with(
                "plan-compared",
                &[("from", one.from.into()), ("to", one.to.into())],
            )
        }),
        changes: history
            .compared
            .as_ref()
            .map_or_else(Vec::new, |one| changes(&t, &history, one)),
        hidden: history.view.seen.hidden,
    };
    Ok(client_page(template, logged))
}

async fn proof<T>(
    house: &House,
    reader: &Reader,
    plan: DocumentId,
    read: Result<Receipt<T>, PlanError>,
) -> Result<(T, Logged), Failure> {
    let receipt = match read {
        Err(PlanError::NotFound) => {
            log_refusal(house, reader, plan).await?;
            return Err(Failure::NotFound);
        }
        read => read?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value, logged))
}

fn rows(t: &Texts, plan: DocumentId, history: &History) -> Vec<Row> {
    history
        .heads
        .iter()
        .map(|head| Row {
            no: head.no,
            href: format!("{}/versions/{}", path(plan), head.no),
            day: t.full_day(day(head.finished_at)),
            by: head.by.clone(),
            reason: head.reason.clone().unwrap_or_default(),
        })
        .collect()
}

/// The differences in words, part by part: codes are compared by their names.
fn changes(t: &Texts, history: &History, compared: &Compared) -> Vec<Change> {
    let none = Fields::default();
    let mut found: Vec<(&str, Change)> = Vec::new();
    for one in &compared.changes {
        if words::is_in_heading(&one.part, &one.field) && compared.before.part(&one.part).is_none()
        {
            continue;
        }
        let before = compared.before.part(&one.part).unwrap_or(&none);
        let after = compared.after.part(&one.part).unwrap_or(&none);
        let text = |fields: &Fields| words::value(t, &one.part, &one.field, fields.all(&one.field));
        let field = (
            words::field(t, &one.part, &one.field),
            difference::words(&text(before), &text(after)),
        );
        match found.last_mut() {
            Some((part, change)) if *part == one.part => change.fields.push(field),
            _ => {
                let fields = if after.is_empty() { before } else { after };
                let heading = words::heading(t, &history.view, &one.part, fields);
                let change = Change {
                    heading,
                    fields: vec![field],
                };
                found.push((&one.part, change));
            }
        }
    }
    found.into_iter().map(|(_, change)| change).collect()
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((plan, no)): Path<(String, String)>,
) -> Answer {
    let (plan, no): (DocumentId, i64) = (id(&plan)?, id(&no)?);
    let (casework, reader) = (casework(&house)?, Reader::from(&user));
    let asked = reader.clone();
    let read = house
        .store
        .show(move |tx| history::version(tx, &casework, &asked, plan, no))
        .await;
    let ((view, version), logged) = proof(&house, &reader, plan, read).await?;
    let t = visit.t();
    let mut page = visit.page_titled(t.with("plan-version-title", &[("no", no.into())]));
    page.path = format!("{}/versions/{no}", path(plan));
    let template = VersionPage {
        page,
        back: format!("{}/versions", path(plan)),
        lead: t.with(
            "plan-version-lead",
            &[
                ("by", version.head.by.as_str().into()),
                ("day", t.full_day(day(version.head.finished_at)).into()),
            ],
        ),
        parts: words::parts(&t, &view, &version.body),
        hidden: view.seen.hidden,
    };
    Ok(client_page(template, logged))
}
