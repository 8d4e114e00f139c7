//! The county's phrases of notes, kept by its main user, and after how many days an unfinished note is noticed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use documents::DocError;
use identity::session::CurrentUser;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, go_to, page, page_with_status,
};

use super::common::{id, refusal, run};
use super::labels;
use crate::domain::{PhraseId, What};
use crate::store::phrases::{self, Phrase};
use crate::store::{general, set_unfinished_days, unfinished_days};

/// Class of the rights table.
pub const CLASS: &str = "note_phrase";

/// A row.
#[derive(Debug, Clone)]
pub struct RowView {
    pub href: String,
    pub title: String,
    pub what: String,
    pub text: String,
    pub state: String,
}

#[derive(Template)]
#[template(path = "phrases.html")]
struct ListPage {
    page: Page,
    form: Form,
    notice: String,
    rows: Vec<RowView>,
}

#[derive(Template)]
#[template(path = "phrase.html")]
struct PhrasePage {
    page: Page,
    form: Form,
    heading: String,
    action: String,
    whats: Vec<Choice>,
}

const DONE: &[&str] = &["phrase", "days"];

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let days = house.store.read(|tx| unfinished_days(tx)).await?;
    let mut form = Form::new();
    form.set("days", days.to_string());
    let notice = super::done(&visit, &pairs, DONE);
    list_page(&house, &visit, form, notice, StatusCode::OK).await
}

async fn list_page(
    house: &House,
    visit: &Visit,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let t = visit.t();
    let all = house.store.read(|tx| phrases::all(tx)).await?;
    let rows = all
        .iter()
        .map(|phrase| {
            let (title, text) = phrase.in_language(t.language());
            RowView {
                href: format!("/admin/phrases/{}", phrase.id),
                title: title.to_owned(),
                text: text.to_owned(),
                what: phrase
                    .what
                    .map_or_else(|| t.get("phrase-all"), |what| labels::what(&t, what)),
                state: t.get(if phrase.active {
                    "phrase-offered"
                } else {
                    "phrase-not-offered"
                }),
            }
        })
        .collect();
    let template = ListPage {
        page: visit.page("phrases-title"),
        form,
        notice,
        rows,
    };
    Ok(page_with_status(status, template))
}

pub(super) async fn set_days(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let typed = form.require_line("days", "phrase-days-missing", 3);
    let days = typed
        .parse::<i64>()
        .ok()
        .filter(|days| (1..=60).contains(days));
    let Some(days) = days else {
        if form.is_valid() {
            form.error("days", "phrase-days-missing");
        }
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return list_page(&house, &visit, form, String::new(), status).await;
    };
    run(&house, &user, move |tx, casework, reader| {
        let now = casework.now();
        let acting = general(reader, CLASS, "edit_draft", &[], now)?;
        set_unfinished_days(tx, days, now)?;
        crate::store::log(tx, &acting, now, "phrase.days", &[], &days.to_string())?;
        Ok::<_, DocError>(())
    })
    .await?
    .map_err(Failure::internal)?;
    Ok(go_to("/admin/phrases?done=days"))
}

pub(super) async fn show_new(visit: Visit) -> Answer {
    let mut form = Form::new();
    form.set("active", "yes");
    Ok(page(form_page(&visit, form, None)))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    Path(phrase): Path<String>,
) -> Answer {
    let wanted: PhraseId = id(&phrase)?;
    let found = house.store.read(|tx| phrases::all(tx)).await?;
    let one = found
        .into_iter()
        .find(|one| one.id == wanted)
        .ok_or(Failure::NotFound)?;
    let mut form = Form::new();
    form.set("what", one.what.map_or("", What::code));
    form.set("title_fi", one.title_fi);
    form.set("title_sv", one.title_sv);
    form.set("text_fi", one.text_fi);
    form.set("text_sv", one.text_sv);
    if one.active {
        form.set("active", "yes");
    }
    Ok(page(form_page(&visit, form, Some(wanted))))
}

fn form_page(visit: &Visit, form: Form, phrase: Option<PhraseId>) -> PhrasePage {
    let t = visit.t();
    let key = if phrase.is_some() {
        "phrase-edit-title"
    } else {
        "phrase-new-title"
    };
    PhrasePage {
        page: visit.page(key),
        heading: t.get(key),
        action: phrase.map_or_else(
            || "/admin/phrases/new".to_owned(),
            |phrase| format!("/admin/phrases/{phrase}"),
        ),
        whats: What::ALL
            .iter()
            .map(|what| Choice::new(what.code(), labels::what(&t, *what)))
            .collect(),
        form,
    }
}

pub(super) async fn send_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    send(&house, &visit, &user, None, posted).await
}

pub(super) async fn send_one(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(phrase): Path<String>,
    posted: Posted,
) -> Answer {
    let phrase = id(&phrase)?;
    send(&house, &visit, &user, Some(phrase), posted).await
}

async fn send(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    phrase: Option<PhraseId>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let title_fi = form.require_line("title_fi", "phrase-title-missing", 80);
    let title_sv = form.optional_line("title_sv", 80).unwrap_or_default();
    let text_fi = form.require("text_fi", "phrase-text-missing", 2_000);
    let text_sv = form.optional("text_sv", 2_000).unwrap_or_default();
    if !text_sv.is_empty() && title_sv.is_empty() {
        form.error("title_sv", "phrase-title-missing");
    }
    let what = What::from_code(form.value("what"));
    let active = form.has("active", "yes");
    if !form.is_valid() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page_with_status(status, form_page(visit, form, phrase)));
    }
    let done = run(house, user, move |tx, casework, reader| {
        let now = casework.now();
        let action = if phrase.is_some() {
            "edit_draft"
        } else {
            "create"
        };
        let acting = general(reader, CLASS, action, &[], now)?;
        let id = phrase.unwrap_or_else(|| PhraseId::new(&*casework.clock, &*casework.chance));
        if phrase.is_some() && !phrases::all(tx)?.iter().any(|one| one.id == id) {
            return Err(DocError::NotFound);
        }
        let one = Phrase {
            id,
            what,
            title_fi,
            title_sv,
            text_fi,
            text_sv,
            active,
        };
        phrases::put(tx, casework, &acting, &one)
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to("/admin/phrases?done=phrase")),
        Err(DocError::NotFound) => Err(Failure::NotFound),
        Err(error) => Err(Failure::internal(refusal(error)?)),
    }
}
