//! Finished versions, each with what changed from the one before.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use documents::difference::{self, Piece};
use documents::{Body, DocumentId, Fields};
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Page, Texts, Visit, client_page_with_status};

use crate::domain::parts;
use crate::pages::glue::{self, id, open, path};
use crate::pages::part::order;
use crate::pages::words::{self, Told};
use crate::store::view::{self, View};

/// A version in the list.
struct VersionModel {
    href: String,
    title: String,
    meta: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "assessment-versions.html")]
struct VersionsPage {
    page: Page,
    back: String,
    clients: Vec<String>,
    versions: Vec<VersionModel>,
}

/// A field that changed.
struct ChangedModel {
    label: String,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "assessment-version.html")]
struct VersionPage {
    page: Page,
    heading: String,
    back: String,
    meta: String,
    reason: String,
    changed: Vec<ChangedModel>,
    parts: Vec<(String, Vec<Told>)>,
    clients: Vec<String>,
    first: bool,
}

fn names(view: &View) -> Vec<String> {
    view.clients.iter().map(|(_, name)| name.clone()).collect()
}

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let opened = open(&house, &user, doc, String::new()).await?;
    let (t, now) = (visit.t(), house.now());
    let versions = opened
        .view
        .versions
        .iter()
        .map(|head| VersionModel {
            href: format!("{}/versions/{}", path(doc), head.no),
            title: t.with("assessment-version", &[("no", head.no.into())]),
            meta: meta(&t, head, now),
            reason: head.reason.clone().unwrap_or_default(),
        })
        .collect();
    let page = VersionsPage {
        page: visit.page("assessment-versions-title"),
        back: path(doc),
        clients: names(&opened.view),
        versions,
    };
    Ok(client_page_with_status(StatusCode::OK, page, opened.logged))
}

fn meta(t: &Texts, head: &documents::VersionHead, now: kernel::time::Timestamp) -> String {
    t.with(
        "assessment-version-meta",
        &[
            ("name", glue::arg(&head.by)),
            ("when", t.when(head.finished_at, now).into()),
        ],
    )
}

/// The body with codes as words, so that a difference is readable.
fn worded(t: &Texts, body: &Body) -> Body {
    let mut words_of = Body::default();
    for (code, fields) in &body.0 {
        let Some(spec) = parts::of(code) else {
            continue;
        };
        let told: Fields = spec
            .fields
            .iter()
            .map(|field| (field.name, words::value(t, field, fields)))
            .collect();
        words_of.put(code.clone(), told);
    }
    words_of
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((doc, no)): Path<(String, String)>,
) -> Answer {
    let (doc, no): (DocumentId, i64) = (id(&doc)?, id(&no)?);
    let opened = open(&house, &user, doc, String::new()).await?;
    let (t, now) = (visit.t(), house.now());
    let seen = opened.view.clone();
    let version = house
        .store
        .read(move |tx| match view::version(tx, &seen, no) {
            Ok(version) => Ok(Some(version)),
            Err(crate::domain::Refusal::Doc(documents::DocError::Store(error))) => Err(error),
            Err(_) => Ok(None),
        })
        .await?
        .ok_or(Failure::NotFound)?;
    let view = &opened.view;
    let head = view
        .versions
        .iter()
        .find(|head| head.no == no)
        .ok_or(Failure::NotFound)?;
    let title = |code: &str| words::part_of(&t, code, view);
    let changed = version.before.as_ref().map_or_else(Vec::new, |before| {
        difference::parts(&worded(&t, before), &worded(&t, &version.body))
            .into_iter()
            .map(|one| ChangedModel {
                label: format!("{}: {}", title(&one.part), words::label(&t, &one.field)),
                pieces: one.pieces,
            })
            .collect()
    });
    let heading = t.with("assessment-version-title", &[("no", no.into())]);
    let page = VersionPage {
        page: visit.page_titled(heading.clone()),
        heading,
        back: format!("{}/versions", path(doc)),
        meta: meta(&t, head, now),
        reason: head.reason.clone().unwrap_or_default(),
        changed,
        parts: told(&t, view, &version.body)
            .into_iter()
            .map(|(code, told)| (title(&code), told))
            .collect(),
        clients: names(view),
        first: no == 1,
    };
    Ok(client_page_with_status(StatusCode::OK, page, opened.logged))
}

/// The text of a version, in the order in which it is written.
pub(super) fn told(t: &Texts, view: &View, body: &Body) -> Vec<(String, Vec<Told>)> {
    let place = order(view);
    let end = place
        .iter()
        .position(|code| parts::split(code).0 == parts::END)
        .unwrap_or(place.len());
    let mut found: Vec<(usize, String, Vec<Told>)> = body
        .0
        .iter()
        .filter(|(code, _)| *code != parts::AREAS)
        .filter_map(|(code, fields)| {
            let told = words::told(t, parts::of(code)?, fields);
            // Experts stand before the conclusions.
            let here = place
                .iter()
                .position(|one| one == code)
                .map_or(end * 2 - 1, |here| here * 2);
            (!told.is_empty()).then(|| (here, code.clone(), told))
        })
        .collect();
    found.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    found
        .into_iter()
        .map(|(_, code, told)| (code, told))
        .collect()
}
