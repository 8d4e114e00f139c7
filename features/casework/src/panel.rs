//! The client's matters on the client's page.

use clients::ClientId;
use clients::panels::{Around, Cell, Line, Panel};
use kernel::time::day;
use law::DeadlineTable;
use store::{ShowTx, StoreError};

use crate::pages::{capital, matter_name, word};
use crate::store::list::{self, ListRow};

/// "Asiat": those of the client that the reader sees, open ones first, with the nearest day in law.
///
/// # Errors
/// When the engine fails.
pub fn matters(tx: &mut ShowTx<'_, '_>, around: &Around<'_>) -> Result<Option<Panel>, StoreError> {
    let (t, client) = (around.t, around.gate.client());
    let rows = list::of_client(tx, around.reader, client, around.now)?;
    let may_open = around
        .gate
        .decide("matter", "create", "working_age", None, &["own_entry"])
        .allowed();
    if rows.is_empty() && !may_open {
        return Ok(None);
    }
    let open = rows.iter().filter(|row| row.stage.is_active()).count();
    let add = |client: ClientId| {
        if may_open {
            format!("/clients/{client}/matters/new")
        } else {
            String::new()
        }
    };
    Ok(Some(Panel {
        id: "matters".to_owned(),
        heading: t.get("panel-matters"),
        count: open.to_string(),
        add_href: add(client),
        add_label: t.get("panel-matters-add"),
        caption: t.get("panel-matters-caption"),
        columns: vec![
            t.get("matters-col-matter"),
            t.get("matter-holder"),
            t.get("matters-col-due"),
            t.get("matters-col-law"),
        ],
        rows: rows.iter().map(|row| line(around, row)).collect(),
        empty: t.get("panel-matters-empty"),
    }))
}

fn line(around: &Around<'_>, row: &ListRow) -> Line {
    let (t, today) = (around.t, day(around.now));
    let due = row.due.as_ref();
    let color = match due {
        Some(due) if due.on < today => "danger",
        Some(due) if due.on <= today.tomorrow().unwrap_or(today) => "warning",
        _ => "",
    };
    let law = due
        .and_then(|due| DeadlineTable::of_law().lookup(&due.code, due.version).ok())
        .map_or_else(String::new, |law| law.source.clone());
    Line {
        href: format!("/matters/{}", row.id),
        title: matter_name(t, row.name_code, row.name_text.as_deref()),
        sub: t.with(
            "panel-matters-pending",
            &[("day", t.day(day(row.pending_at)).into())],
        ),
        cells: vec![
            Cell {
                text: row
                    .holder
                    .clone()
                    .unwrap_or_else(|| t.get("matter-untaken")),
                sub: capital(&word(t, "stage", row.stage.code())),
                ..Cell::default()
            },
            Cell {
                text: due.map_or_else(String::new, |due| t.near_day(due.on, today)),
                color: color.to_owned(),
                iso: due.map_or_else(String::new, |due| due.on.to_string()),
                ..Cell::default()
            },
            Cell {
                text: law,
                law: true,
                ..Cell::default()
            },
        ],
    }
}
