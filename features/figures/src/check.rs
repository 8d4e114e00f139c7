//! What `noste verify` looks at: every release is what this house sealed, and comes out the same when it is counted again
//! from the same counts.

use store::{Query, StoreError};
use web::{Check, Examined};

use crate::release::{recalled, seal_key};
use crate::store::releases::{self, FiguresError, ReleaseId};

/// The checks of this room.
pub(crate) const ALL: &[Check] = &[Check::new("statistics", statistics)];

fn statistics(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    if !examined.snapshot.has_table("figure_release")? {
        return Ok("there is none yet".to_owned());
    }
    let rows = examined
        .snapshot
        .query("select id from figure_release order by made_at, id", &[])?;
    let Some(secrets) = examined.secrets else {
        return Ok(format!(
            "{} releases were not looked at: their seals need the secret of the house",
            rows.len()
        ));
    };
    let key = seal_key(secrets);
    let (mut same, mut changed, mut older) = (0, 0, 0);
    for (done, row) in rows.iter().enumerate() {
        let id = ReleaseId::from_bytes(row.get(0)?);
        match releases::find(examined.snapshot, &key, id) {
            Ok(_) => {}
            Err(FiguresError::Store(
                error @ (StoreError::Unavailable(_) | StoreError::Engine(_)),
            )) => return Err(error),
            Err(_) => {
                examined.fault(format!("release {id} is not what this house sealed"));
                continue;
            }
        }
        match recalled(examined.snapshot, &key, examined.county, id) {
            Ok((_, again)) if again.same_inputs && again.same_table => same += 1,
            Ok((_, again)) if again.same_inputs => {
                examined.fault(format!(
                    "release {id} comes out otherwise from the same counts"
                ));
            }
            // Records were corrected since: a release stands as it was released.
            Ok(_) => changed += 1,
            Err(FiguresError::Store(error)) => return Err(error),
            Err(FiguresError::NotFound) => older += 1,
            Err(error) => examined.fault(format!("release {id} cannot be counted again: {error}")),
        }
        (examined.progress)(done as u64 + 1);
    }
    let mut told = format!(
        "{} releases have their seals, {same} come out the same when counted again",
        rows.len()
    );
    if changed > 0 {
        told.push_str(&format!(
            ", {changed} are of records that were corrected since"
        ));
    }
    if older > 0 {
        told.push_str(&format!(
            ", {older} are of definitions that are no longer counted"
        ));
    }
    Ok(told)
}
