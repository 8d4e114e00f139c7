//! Matters in the history of their clients.

use clients::ClientId;
use clients::timeline::{self, Item, Prepared};
use kernel::language::Language;
use kernel::time::from_millis;
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{MatterId, NameCode};
use crate::store::{By, Casework, unreadable};

/// Puts a matter into a client's history, or puts it right: one item for each client of the matter. Its words are few, so
/// they are analysed here.
pub(crate) fn put(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    matter: MatterId,
    client: ClientId,
) -> Result<(), StoreError> {
    let row = tx.query_one(
        "select mc.id, m.name_code, m.name_text, m.service_task, m.number, m.pending_at from matter_client mc join matter m on m.id = mc.matter_id where mc.matter_id = $1 and mc.client_id = $2 order by mc.joined_at desc, mc.id desc limit 1",
        &params![matter.bytes(), client.bytes()],
    )?;
    let code = NameCode::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?;
    let title = match (code, row.get::<Option<String>>(2)?) {
        (NameCode::Other, Some(text)) => text,
        (_, Some(text)) => format!("{}, {text}", code.title()),
        (_, None) => code.title().to_owned(),
    };
    let (service_task, number): (String, String) = (row.get(3)?, row.get(4)?);
    let words = Prepared::new(&casework.analysers, Language::Fi, &title, &number);
    let item = Item {
        id: timeline::id_of("matter_client", row.get(0)?, "matter"),
        client,
        at: from_millis(row.get(5)?),
        class: "matter",
        kind: "matter",
        service_task: &service_task,
        restricted: None,
        object: Some(("matter", matter.bytes())),
        language: Language::Fi,
        title: &title,
        body: &number,
        author: by.staff(),
        href: &format!("/matters/{matter}"),
    };
    timeline::put(tx, &item, &words)
}
