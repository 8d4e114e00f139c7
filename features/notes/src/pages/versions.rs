//! Every version of a note, each with what it changed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::Reader;
use documents::DocumentId;
use documents::difference::{self, Piece};
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Page, Texts, Visit, client_page_with_status};

use super::common::{Fault, casework, id};
use super::labels;
use super::note::{Told, lead, texts};
use super::said::pieces;
use crate::domain::Written;
use crate::store::read::{self, Shown};

/// A field that was changed between two versions.
#[derive(Debug, Clone)]
pub struct ChangedView {
    pub label: String,
    pub pieces: Vec<Piece>,
}

/// A version with what it changed.
#[derive(Debug, Clone)]
pub struct VersionView {
    pub heading: String,
    pub meta: String,
    pub reason: String,
    pub changed: Vec<ChangedView>,
    /// The whole text of the first version.
    pub texts: Vec<Told>,
}

#[derive(Template)]
#[template(path = "note-versions.html")]
struct VersionsPage {
    page: Page,
    path: String,
    lead: String,
    versions: Vec<VersionView>,
}

pub(super) async fn versions(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
) -> Answer {
    let note: DocumentId = id(&note)?;
    let casework = casework(&house)?;
    let reader = Reader::from(&user);
    let receipt = house
        .store
        .show(move |tx| read::versions(tx, &casework, &reader, note).map_err(Fault::from))
        .await;
    let receipt = match receipt {
        Ok(receipt) => receipt,
        Err(fault) => return Err(fault.of(&house, &user, note.bytes()).await),
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (shown, texts_of) = receipt.value;
    let t = visit.t();
    let now = house.now();
    let mut views = Vec::new();
    for (at, (head, written)) in texts_of.iter().enumerate() {
        let before = texts_of.get(at + 1).map(|(_, written)| written);
        views.push(VersionView {
            heading: t.with("note-version", &[("no", head.no.into())]),
            meta: t.with(
                "note-version-meta",
                &[
                    ("who", head.by.as_str().into()),
                    ("when", t.when(head.finished_at, now).into()),
                ],
            ),
            reason: head.reason.clone().unwrap_or_default(),
            changed: before.map_or_else(Vec::new, |before| changed(&t, &shown, before, written)),
            texts: if before.is_some() {
                Vec::new()
            } else {
                texts(&t, written, &shown)
                    .into_iter()
                    .map(|(heading, text)| Told {
                        heading,
                        body: pieces(&text),
                    })
                    .collect()
            },
        });
    }
    let template = VersionsPage {
        page: visit.page("note-versions-title"),
        path: format!("/notes/{note}"),
        lead: format!(
            "{}, {}",
            labels::what(&t, shown.head.what),
            lead(&t, &shown)
        ),
        versions: views,
    };
    Ok(client_page_with_status(StatusCode::OK, template, logged))
}

/// What differs, without ids: who does what is told by the steps.
fn changed(t: &Texts, shown: &Shown, before: &Written, after: &Written) -> Vec<ChangedView> {
    difference::parts(&before.body(), &after.body())
        .into_iter()
        .filter(|changed| {
            let field = changed.field.split('-').next().unwrap_or_default();
            !matches!(
                field,
                "who" | "done" | "goal" | "link" | "what" | "way" | "reason" | "service"
            )
        })
        .map(|changed| {
            let own = crate::domain::text::client_of(&changed.part)
                .and_then(|client| shown.names.get(&client));
            let label = labels::field(t, &changed.field);
            ChangedView {
                label: own.map_or_else(|| label.clone(), |name| format!("{label}, {name}")),
                pieces: changed.pieces,
            }
        })
        .collect()
}
