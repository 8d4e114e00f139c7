//! What `noste verify` looks at: every checked and released version, its runs and its PDF are what was sealed.

use store::{Query, StoreError};
use web::{Check, Examined};

use crate::domain::content::{Content, holds};
use crate::store::{PublicationId, runs};

/// The checks of this room.
pub(crate) const ALL: &[Check] = &[Check::new("publications", versions)];

fn versions(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    if !examined.snapshot.has_table("publication_version")? {
        return Ok("there is none yet".to_owned());
    }
    let rows = examined.snapshot.query(
        "select v.publication_id, v.version, p.number, v.body, v.body_seal, v.pdf, v.pdf_seal from publication_version v
         join publication p on p.id = v.publication_id where v.body is not null order by p.number, v.version",
        &[],
    )?;
    let Some(secrets) = examined.secrets else {
        return Ok(format!(
            "{} versions were not looked at: their seals need the secret of the house",
            rows.len()
        ));
    };
    let key = secrets.key(crate::KEY);
    for row in &rows {
        let (id, version, number): ([u8; 16], i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let at = (PublicationId::from_bytes(id), version);
        let tables = runs::sealed(examined.snapshot, at)?;
        if Content::open(row.text(3)?, row.bytes(4)?, &key, (id, version), &tables).is_err() {
            examined.fault(format!(
                "version {version} of publication {number} is not what was sealed"
            ));
        }
        let pdf: Option<Vec<u8>> = row.get(5)?;
        if let Some(pdf) = pdf
            && !holds(&key, (id, version), &pdf, row.bytes(6).unwrap_or_default())
        {
            examined.fault(format!(
                "the PDF of version {version} of publication {number} is not what was sealed"
            ));
        }
    }
    Ok(format!(
        "{} checked or released versions are as they were sealed",
        rows.len()
    ))
}
