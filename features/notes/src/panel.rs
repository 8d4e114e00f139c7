//! Notes on the page of a matter.

use casework::panels::MatterAround;
use clients::panels::{Cell, Line, Panel};
use kernel::time::day;
use store::{ShowTx, StoreError};

use crate::pages::labels;
use crate::store::{lists, rights};

/// Rows of the panel; the rest is in the client's history.
const ROWS: i64 = 6;

/// "Kirjaukset": the newest that the reader sees, and the way to a new one.
///
/// # Errors
/// When the engine fails.
pub fn notes(
    tx: &mut ShowTx<'_, '_>,
    around: &MatterAround<'_>,
) -> Result<Option<Panel>, StoreError> {
    let (t, facts) = (around.t, around.facts);
    let own = facts.clone().with_given(&["own_entry"]);
    let may_write = rights::over(&own, around.reader, "create", &facts.clients()).is_ok();
    let rows = lists::of_matter(tx, around.reader, facts.id, ROWS, around.now)?;
    if rows.is_empty() && !may_write {
        return Ok(None);
    }
    Ok(Some(Panel {
        id: "notes".to_owned(),
        heading: t.get("panel-notes"),
        add_href: if may_write {
            format!("/matters/{}/notes/new", facts.id)
        } else {
            String::new()
        },
        add_label: t.get("note-new-title"),
        caption: t.get("panel-notes"),
        columns: vec![
            t.get("note-field-what"),
            t.get("note-field-when"),
            t.get("notes-col-author"),
        ],
        rows: rows
            .iter()
            .map(|row| {
                let on = day(row.head.at);
                Line {
                    href: format!("/notes/{}", row.document.id),
                    title: labels::what(t, row.head.what),
                    sub: if facts.sides.len() > 1 {
                        row.clients.join(", ")
                    } else {
                        String::new()
                    },
                    cells: vec![
                        Cell::text(t.near_day(on, day(around.now))),
                        Cell::text(row.document.author.clone()),
                    ],
                }
            })
            .collect(),
        empty: t.get("panel-notes-empty"),
        ..Panel::default()
    }))
}
