//! One's own notes: what is unfinished, what waits, what was lately finished, and texts that were never saved.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use casework::domain::MatterId;
use clients::Reader;
use documents::State as Stage;
use identity::session::CurrentUser;
use kernel::time::{Timestamp, day};
use store::{StoreError, params};
use web::{Answer, House, Page, Texts, Visit, client_page_with_status, page};

use super::common::casework;
use super::labels;
use crate::store::lists::{self, Listed};
use crate::store::log;

/// A row.
#[derive(Debug, Clone)]
pub struct RowView {
    pub href: String,
    pub who: String,
    pub what: String,
    pub when: String,
    pub iso: String,
    pub meta: String,
}

/// A part of the page.
#[derive(Debug, Clone)]
pub struct PartView {
    pub id: &'static str,
    pub heading: String,
    pub rows: Vec<RowView>,
}

#[derive(Template)]
#[template(path = "notes.html")]
struct ListPage {
    page: Page,
    lead: String,
    notice: String,
    parts: Vec<PartView>,
    unsaved: Vec<(String, String)>,
}

const DONE: &[&str] = &["draft", "returned", "voided"];

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let casework = casework(&house)?;
    let reader = Reader::from(&user);
    let receipt = house
        .store
        .show(move |tx| {
            let now = casework.now();
            let mut rows = lists::mine(tx, &reader, now)?;
            let voids = lists::to_void(tx, &reader, now)?;
            let unsaved = unsaved(tx, reader.staff.bytes())?;
            let all: Vec<&Listed> = rows.iter().chain(&voids).collect();
            if let Some(first) = all.first() {
                let shown = lists::shown(all.iter().map(|row| &row.right));
                let detail = format!("count={}", all.len());
                log(tx, &first.right.acting, now, "note.list", &shown, &detail)?;
            }
            rows.sort_by_key(|row| std::cmp::Reverse(row.document.changed_at));
            Ok::<_, StoreError>((rows, voids, unsaved))
        })
        .await?;
    let (rows, voids, unsaved) = receipt.value;
    let (t, now) = (visit.t(), house.now());
    let parts = parts(&t, &user, &rows, &voids, now);
    let open = rows.iter().filter(|row| row.document.is_open()).count();
    let template = ListPage {
        page: visit.page("notes-title"),
        lead: t.with("notes-lead", &[("count", open.into())]),
        notice: super::done(&visit, &pairs, DONE),
        unsaved: unsaved
            .into_iter()
            .map(|(matter, form, at)| {
                (
                    format!("/matters/{matter}/notes/new?text={form}"),
                    t.with("note-unsaved", &[("when", t.when(at, now).into())]),
                )
            })
            .collect(),
        parts,
    };
    Ok(match receipt.logged {
        Some(logged) => client_page_with_status(StatusCode::OK, template, logged),
        None => page(template),
    })
}

fn parts(
    t: &Texts,
    user: &CurrentUser,
    rows: &[Listed],
    voids: &[Listed],
    now: Timestamp,
) -> Vec<PartView> {
    let me = user.staff.id;
    let part = |id, key: &str, keep: &dyn Fn(&Listed) -> bool| PartView {
        id,
        heading: t.get(key),
        rows: rows
            .iter()
            .filter(|row| keep(row))
            .map(|row| view(t, row, now, me))
            .collect(),
    };
    let mut parts = vec![
        part("to-approve", "notes-to-approve", &|row| {
            row.document.state == Stage::Waiting && row.document.made_by != me
        }),
        part("drafts", "notes-drafts", &|row| {
            row.document.state == Stage::Draft
        }),
        part("waiting", "notes-waiting", &|row| {
            row.document.state == Stage::Waiting && row.document.made_by == me
        }),
        part("finished", "notes-finished", &|row| {
            row.document.state == Stage::Finished
        }),
    ];
    parts.insert(
        1,
        PartView {
            id: "to-void",
            heading: t.get("notes-to-void"),
            rows: voids.iter().map(|row| view(t, row, now, me)).collect(),
        },
    );
    parts.retain(|part| !part.rows.is_empty() || part.id == "drafts");
    parts
}

fn view(t: &Texts, row: &Listed, now: Timestamp, me: identity::people::StaffId) -> RowView {
    let document = &row.document;
    let on = day(row.head.at);
    RowView {
        href: match document.state {
            Stage::Draft => format!("/notes/{}/edit", document.id),
            Stage::Waiting if document.waiting_for == Some(me) => {
                format!("/notes/{}/approve", document.id)
            }
            _ => format!("/notes/{}", document.id),
        },
        who: row.clients.join(", "),
        what: labels::what(t, row.head.what),
        when: t.near_day(on, day(now)),
        iso: on.to_string(),
        meta: if document.sent_back.is_some() && document.state == Stage::Draft {
            t.get("notes-sent-back")
        } else if document.made_by != me {
            document.author.clone()
        } else {
            t.with(
                "notes-changed",
                &[("when", t.when(document.changed_at, now).into())],
            )
        },
    }
}

/// Texts of new notes that were kept while they were written and never saved: they hold no name.
fn unsaved(
    tx: &mut impl store::Query,
    owner: [u8; 16],
) -> Result<Vec<(MatterId, String, Timestamp)>, StoreError> {
    let rows = tx.query(
        "select form_key, saved_at from draft where owner = $1 and form_key like 'note-new-%' order by saved_at desc limit 10",
        &params![owner],
    )?;
    let mut found = Vec::new();
    for row in &rows {
        let key: String = row.get(0)?;
        let rest = key.trim_start_matches("note-new-");
        // Two ids of 36 letters with a hyphen between.
        if let Some((matter, form)) = rest.split_at_checked(36)
            && let Ok(matter) = matter.parse()
        {
            found.push((matter, form.trim_start_matches('-').to_owned(), row.get(1)?));
        }
    }
    Ok(found)
}
