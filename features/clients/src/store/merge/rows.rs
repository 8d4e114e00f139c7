//! Rows that move to the kept client, each written down, and move back.

use store::{Query, StoreError, WriteTx, params};

use super::Moved;
use crate::domain::{ClientId, RowId};

/// Under which name the rows are written down: a table may follow a client by two columns.
fn name(moved: &Moved) -> String {
    match (moved.table, moved.client) {
        ("related_person", "other_client") => "related_person.other_client".to_owned(),
        (table, _) => table.to_owned(),
    }
}

pub(super) fn move_rows(
    tx: &mut WriteTx<'_>,
    id: RowId,
    moved: &Moved,
    to: ClientId,
    from: ClientId,
) -> Result<(), StoreError> {
    let Moved {
        table,
        id: key,
        client,
        ..
    } = moved;
    let unless = moved
        .unless
        .map_or_else(String::new, |unless| format!(" and not ({unless})"));
    let rows = tx.query(
        &format!("select {key} from {table} where {client} = $2 and {client} <> $1{unless}"),
        &params![to.bytes(), from.bytes()],
    )?;
    for row in rows {
        let row: [u8; 16] = row.get(0)?;
        tx.execute(
            "insert into merge_moved (merge_id, table_name, row_id) values ($1, $2, $3)",
            &params![id.bytes(), name(moved), row],
        )?;
        tx.execute(
            &format!("update {table} set {client} = $2 where {key} = $1"),
            &params![row, to.bytes()],
        )?;
    }
    if *table == "client_name" {
        tx.execute(
            "update name_part set client_id = $2 where client_id = $1",
            &params![from.bytes(), to.bytes()],
        )?;
    }
    Ok(())
}

pub(super) fn move_back(
    tx: &mut WriteTx<'_>,
    id: RowId,
    moved: &Moved,
    from: ClientId,
) -> Result<(), StoreError> {
    let Moved {
        table,
        id: key,
        client,
        ..
    } = moved;
    tx.execute(
        &format!("update {table} set {client} = $2 where {key} in (select v.row_id from merge_moved v where v.merge_id = $1 and v.table_name = $3)"),
        &params![id.bytes(), from.bytes(), name(moved)],
    )?;
    if *table == "client_name" {
        tx.execute(
            "update name_part set client_id = $2 where name_id in (select v.row_id from merge_moved v where v.merge_id = $1 and v.table_name = 'client_name')",
            &params![id.bytes(), from.bytes()],
        )?;
    }
    Ok(())
}
