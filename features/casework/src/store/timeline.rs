//! Matters in the history of their clients.

use clients::ClientId;
use kernel::time::millis;
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{MatterId, NameCode};
use crate::store::{By, Casework, unreadable};

/// Puts a matter into a client's history, or puts it right: one item for each client of the matter.
pub(crate) fn put(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    matter: MatterId,
    client: ClientId,
) -> Result<(), StoreError> {
    let row = tx.query_one(
        "select mc.id, m.name_code, m.name_text, m.service_task, m.number from matter_client mc join matter m on m.id = mc.matter_id where mc.matter_id = $1 and mc.client_id = $2 order by mc.joined_at desc, mc.id desc limit 1",
        &params![matter.bytes(), client.bytes()],
    )?;
    let code = NameCode::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?;
    let title = match (code, row.get::<Option<String>>(2)?) {
        (NameCode::Other, Some(text)) => text,
        (_, Some(text)) => format!("{}, {text}", code.title()),
        (_, None) => code.title().to_owned(),
    };
    tx.execute(
        "insert into timeline_item (id, client_id, at, class, kind, service_task, object_kind, object_id, title, body, author, href) values ($1, $2, $3, 'matter', 'matter', $4, 'matter', $5, $6, $7, $8, $9) on conflict (object_kind, object_id, kind) do nothing",
        &params![
            casework.row_id(),
            client.bytes(),
            millis(casework.now()),
            row.get::<String>(3)?,
            row.get::<[u8; 16]>(0)?,
            title,
            row.get::<String>(4)?,
            by.staff().map(|staff| staff.bytes()),
            format!("/matters/{matter}")
        ],
    )?;
    Ok(())
}
