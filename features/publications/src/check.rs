//! What `noste verify` looks at: every checked and released version, its runs, its PDF and how it stands are what was sealed,
//! and the log of use tells the same of what was released and withdrawn.

use std::collections::BTreeMap;

use access::log::{Body, decode_body, decode_header};
use store::{Query, StoreError};
use web::{Check, Examined};

use crate::domain::VersionState;
use crate::domain::content::{Content, holds};
use crate::store::{At, PublicationId, runs, sealed};

/// The checks of this room.
pub(crate) const ALL: &[Check] = &[Check::new("publications", versions)];

fn versions(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    if !examined.snapshot.has_table("publication_version")? {
        return Ok("there is none yet".to_owned());
    }
    logged(examined)?;
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
    for ((_, version), number, holds) in sealed::every(examined.snapshot, &key)? {
        if !holds {
            examined.fault(format!(
                "how version {version} of publication {number} stands is not what was sealed: it is not shown"
            ));
        }
    }
    Ok(format!(
        "{} checked or released versions are as they were sealed, and the log tells the same of them",
        rows.len()
    ))
}

/// What the log tells of a version: whether it was withdrawn after its release.
type Told = BTreeMap<At, bool>;

/// A row that is gone or was put back to an older one, seal and all, no seal finds: the chain of the log does.
fn logged(examined: &mut Examined<'_>) -> Result<(), StoreError> {
    let told = told(examined)?;
    let mut stand = BTreeMap::new();
    for row in examined.snapshot.query(
        "select publication_id, version, state from publication_version",
        &[],
    )? {
        let at = (PublicationId::from_bytes(row.get(0)?), row.get::<i64>(1)?);
        stand.insert(at, VersionState::from_code(row.text(2)?));
    }
    for (at, withdrawn) in &told {
        let due = due(&told, *at, *withdrawn);
        let (id, version) = at;
        match stand.get(at) {
            None => examined.fault(format!(
                "version {version} of publication {id} was released and is gone"
            )),
            Some(is) if *is == Some(due) => {}
            // The entry that withdrew it may have lost its content at the end of its retention.
            Some(Some(VersionState::Withdrawn)) if examined.log_has_gaps => {}
            Some(_) => examined.fault(format!(
                "version {version} of publication {id} is not {}, as the log tells",
                due.code()
            )),
        }
    }
    if examined.log_has_gaps {
        return Ok(());
    }
    for ((id, version), state) in &stand {
        let out = state.is_some_and(|state| !state.is_open());
        if out && !told.contains_key(&(*id, *version)) {
            examined.fault(format!(
                "version {version} of publication {id} is out, and the log tells of no release"
            ));
        }
    }
    Ok(())
}

/// Where a released version must stand. The order of entries does not matter, and two programs' clocks neither: a withdrawal is
/// for good, and a later version is always released later.
fn due(told: &Told, (id, version): At, withdrawn: bool) -> VersionState {
    let replaced = told
        .range((id, version + 1)..=(id, i64::MAX))
        .next()
        .is_some();
    match (withdrawn, replaced) {
        (true, _) => VersionState::Withdrawn,
        (false, true) => VersionState::Corrected,
        (false, false) => VersionState::Released,
    }
}

/// Every version that the log knows as released.
fn told(examined: &mut Examined<'_>) -> Result<Told, StoreError> {
    const EVENTS: [&[u8]; 2] = [b"publication.release", b"publication.withdraw"];
    let (mut released, mut withdrawn) = (Told::new(), Vec::new());
    examined
        .snapshot
        .each("select header, body from log_entry", |row| {
            let header = row.bytes(0)?;
            // Most entries are of something else: a look at the bytes costs less than reading them.
            let told = |event: &&[u8]| header.windows(event.len()).any(|part| part == *event);
            if !EVENTS.iter().any(told) {
                return Ok(());
            }
            let (Some(header), Some(Body::Content(content))) = (
                decode_header(header),
                // Which entry it is matters to the chain alone.
                decode_body(row.bytes(1)?, u64::MAX),
            ) else {
                return Ok(());
            };
            let Some(at) = at(&content.detail) else {
                return Ok(());
            };
            match header.event.as_str() {
                "publication.release" => {
                    released.entry(at).or_insert(false);
                }
                "publication.withdraw" => withdrawn.push(at),
                _ => {}
            }
            Ok(())
        })?;
    for at in withdrawn {
        released.insert(at, true);
    }
    Ok(released)
}

/// The version that an entry names, as `store::detail` writes it.
fn at(detail: &str) -> Option<At> {
    let (id, version) = detail.split_once('/')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}
