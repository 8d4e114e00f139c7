//! The yearly cycle: as a page, as a calendar and as a table.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::session::CurrentUser;
use paper::{Cell, Table};
use web::{Answer, Form, House, Page, Posted, Texts, Visit, go_to, page_with_status};

use super::{act, id, labels, may, read, refused};
use crate::domain::{self, Event, NewStep, OFFERED, Occurrence, Standing};
use crate::store::cycle::{self, Step};
use crate::store::{NO_CLIENT, StepId, bikva};

/// A step in one year.
pub(super) struct RowView {
    /// Where it is marked as done.
    pub finish: String,
    pub year: String,
    pub title: String,
    pub words: String,
    pub role: String,
    pub forum: String,
    pub day: String,
    pub iso: String,
    pub standing: String,
    pub color: &'static str,
    /// It is late or near, so somebody may mark it as done here.
    pub is_due: bool,
}

struct ResolvedView {
    href: String,
    title: String,
    day: String,
}

#[derive(Template)]
#[template(path = "cycle.html")]
struct CyclePage {
    page: Page,
    form: Form,
    notice: String,
    rows: Vec<RowView>,
    /// Every step by day, those no longer followed too, for whoever keeps the cycle.
    steps: Vec<ResolvedView>,
    offered: Vec<ResolvedView>,
    may_keep: bool,
    may_pack: bool,
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs);
    cycle_page(&house, &visit, &user, Form::new(), notice, StatusCode::OK).await
}

/// How steps stand, what is late first.
pub(super) fn rows(t: &Texts, steps: &[Step], today: kernel::time::Date) -> Vec<RowView> {
    let mut all: Vec<(&Step, Occurrence)> = steps
        .iter()
        .filter(|step| step.is_kept)
        .flat_map(|step| {
            step.occurrences(today)
                .into_iter()
                .map(move |one| (step, one))
        })
        .collect();
    // Done ones stand last, whatever day they were done.
    let group = |standing| match standing {
        Standing::Late => 0,
        Standing::Soon | Standing::Coming => 1,
        Standing::Done(_) => 2,
    };
    all.sort_by_key(|(step, one)| (group(one.standing), one.on, step.id));
    all.into_iter()
        .map(|(step, one)| row(t, step, one))
        .collect()
}

fn row(t: &Texts, step: &Step, one: Occurrence) -> RowView {
    let (standing, color) = match one.standing {
        Standing::Late => (t.get("cycle-late"), "danger"),
        Standing::Soon => (t.get("cycle-soon"), "warning"),
        Standing::Coming => (t.get("cycle-coming"), ""),
        Standing::Done(on) => (
            t.with("cycle-done-on", &[("day", t.full_day(on).into())]),
            "",
        ),
    };
    RowView {
        finish: format!("/participation/cycle/{}/done", step.id),
        year: one.year.to_string(),
        title: step.written.title.clone(),
        words: step.written.words.clone(),
        role: step.written.role.clone(),
        forum: step
            .written
            .forum
            .map_or_else(String::new, |forum| labels::forum(t, forum)),
        day: t.full_day(one.on),
        iso: one.on.to_string(),
        standing,
        color,
        is_due: matches!(one.standing, Standing::Late | Standing::Soon),
    }
}

async fn cycle_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let steps = read(house, user, |tx, editor| cycle::all(tx, editor)).await?;
    let page = visit.page("cycle-title");
    let t = &page.t;
    let may_keep = may(house, user, "yearly_cycle", "edit_draft", NO_CLIENT);
    let step_day = |step: &Step| labels::month_day(t, step.written.month, step.written.day);
    let template = CyclePage {
        form,
        notice,
        rows: rows(t, &steps, house.today()),
        offered: if steps.is_empty() && may_keep {
            offered(t)
                .into_iter()
                .map(|step| ResolvedView {
                    href: String::new(),
                    day: labels::month_day(t, step.month, step.day),
                    title: step.title,
                })
                .collect()
        } else {
            Vec::new()
        },
        steps: if may_keep {
            steps
                .iter()
                .map(|step| ResolvedView {
                    href: format!("/participation/cycle/{}", step.id),
                    title: step.written.title.clone(),
                    day: if step.is_kept {
                        step_day(step)
                    } else {
                        t.get("cycle-not-kept")
                    },
                })
                .collect()
        } else {
            Vec::new()
        },
        may_keep,
        may_pack: may(house, user, "observation", "read", bikva::GROUPED),
        page,
    };
    Ok(page_with_status(status, template))
}

/// The offered cycle in the reader's language.
fn offered(t: &Texts) -> Vec<NewStep> {
    OFFERED
        .iter()
        .map(|one| NewStep {
            title: t.get(&format!("cycle-offered-{}", one.code)),
            words: t.get(&format!("cycle-offered-{}-words", one.code)),
            role: t.get(&format!("cycle-offered-{}-role", one.code)),
            month: one.month,
            day: one.day,
            forum: one.forum,
        })
        .collect()
}

pub(super) async fn adopt(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let steps = offered(&visit.t());
    let done = act(&house, &user, "", move |tx, editor, made| {
        cycle::adopt(tx, editor, made.by(), steps)
    })
    .await;
    again(&house, &visit, &user, posted.form(), done, "adopted").await
}

pub(super) async fn finish(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(step): Path<String>,
    posted: Posted,
) -> Answer {
    let (step, form): (StepId, _) = (id(&step)?, posted.form());
    let year = form.value("year").parse().unwrap_or(0);
    let done = act(&house, &user, "", move |tx, editor, _| {
        cycle::finish(tx, editor, step, year)
    })
    .await;
    again(&house, &visit, &user, form, done, "finished").await
}

/// Back to the cycle: with a word of what was done, or with what was wrong.
async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    mut form: Form,
    done: Result<(), domain::PartError>,
    code: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(go_to(&format!("/participation/cycle?done={code}"))),
        Err(error) => {
            let status = refused(&mut form, error)?;
            cycle_page(house, visit, user, form, String::new(), status).await
        }
    }
}

/// `GET /participation/cycle.ics`: each step that is followed, once a year from its next day on.
pub(super) async fn calendar(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
) -> Answer {
    let steps = read(&house, &user, |tx, editor| cycle::all(tx, editor)).await?;
    let (t, today) = (visit.t(), house.today());
    let events: Vec<Event> = steps
        .iter()
        .filter(|step| step.is_kept)
        .filter_map(|step| {
            let open = |one: &Occurrence| !matches!(one.standing, Standing::Done(_));
            let first = step.occurrences(today).into_iter().find(open)?;
            let role = t.with(
                "cycle-role-is",
                &[("role", step.written.role.as_str().into())],
            );
            Some(Event {
                uid: step.id.to_string(),
                on: first.on,
                yearly: true,
                title: step.written.title.clone(),
                words: [role, step.written.words.clone()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n"),
            })
        })
        .collect();
    let file = domain::calendar(&t.get("cycle-title"), house.now(), &events);
    Ok(download(
        "text/calendar; charset=utf-8",
        "vuosikello.ics",
        file,
    ))
}

/// `GET /participation/cycle.csv`: how each step stands.
pub(super) async fn table(State(house): State<House>, visit: Visit, user: CurrentUser) -> Answer {
    let steps = read(&house, &user, |tx, editor| cycle::all(tx, editor)).await?;
    let t = visit.t();
    let table = Table {
        caption: t.get("cycle-title"),
        head: [
            "cycle-day",
            "cycle-step",
            "cycle-role",
            "cycle-forum",
            "cycle-standing",
        ]
        .map(|key| t.get(key))
        .into(),
        rows: rows(&t, &steps, house.today())
            .into_iter()
            .map(|row| {
                [row.iso, row.title, row.role, row.forum, row.standing]
                    .map(Cell::text)
                    .into()
            })
            .collect(),
        note: None,
    };
    Ok(download(
        "text/csv; charset=utf-8",
        "vuosikello.csv",
        table.csv(),
    ))
}

/// A file to be saved.
pub(super) fn download(kind: &'static str, name: &str, body: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, body).into_response()
}
