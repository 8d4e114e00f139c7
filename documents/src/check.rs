//! What `noste verify` looks at: every finished version against its seal and the log, and what documents tell of themselves.

use store::{Query, StoreError, params};
use web::{Check, Examined};

use crate::DocumentId;

/// The checks of this room.
pub(crate) const ALL: &[Check] = &[Check::new("documents", versions)];

/// Versions read at once.
const STEP: i64 = 200;

/// Every version has the text that was sealed, the log knows its digest, and a document has the versions it tells of.
fn versions(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    if !examined.snapshot.has_table("document_version")? {
        return Ok("there is none yet".to_owned());
    }
    let (mut after, mut seen) = ((vec![0_u8; 16], -1_i64), 0_u64);
    loop {
        let rows = examined.snapshot.query(
            "select document_id, no, body, digest from document_version
             where document_id > $1 or (document_id = $1 and no > $2) order by document_id, no limit $3",
            &params![after.0, after.1, STEP],
        )?;
        let Some(last) = rows.last() else { break };
        after = (last.get(0)?, last.get(1)?);
        seen += rows.len() as u64;
        for row in &rows {
            let (id, no) = (DocumentId::from_bytes(row.get(0)?), row.get::<i64>(1)?);
            let digest = blake3::hash(row.text(2)?.as_bytes());
            if digest.as_bytes().as_slice() != row.bytes(3)? {
                examined.fault(format!(
                    "version {no} of document {id} has another text than the one that was sealed"
                ));
            } else if !examined.logged.contains(digest.as_bytes()) && !examined.log_has_gaps {
                examined.fault(format!(
                    "the log knows no finishing of version {no} of document {id} with this text"
                ));
            }
        }
        (examined.progress)(seen);
    }
    let documents = count_versions(examined)?;
    Ok(format!(
        "{seen} versions of {documents} documents have their seals and their entries in the log"
    ))
}

/// A document tells how many versions it has: they are there, from the first on.
fn count_versions(examined: &mut Examined<'_>) -> Result<i64, StoreError> {
    let wrong = examined.snapshot.query(
        "select d.id, d.version_no, count(v.no), coalesce(max(v.no), 0) from document d
         left join document_version v on v.document_id = d.id
         group by d.id, d.version_no
         having count(v.no) <> d.version_no or coalesce(max(v.no), 0) <> d.version_no order by d.id",
        &[],
    )?;
    for row in &wrong {
        let (id, told, there) = (
            DocumentId::from_bytes(row.get(0)?),
            row.get::<i64>(1)?,
            row.get::<i64>(2)?,
        );
        examined.fault(format!(
            "document {id} tells of {told} versions, {there} are there"
        ));
    }
    examined
        .snapshot
        .query_one("select count(*) from document", &[])?
        .get(0)
}
