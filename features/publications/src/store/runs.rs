//! Runs of disclosure control that versions stand on.

use std::collections::BTreeMap;

use disclosure::Released;
use store::{Query, StoreError, Value, WriteTx, params};

use super::At;
use crate::compose::NewRun;
use crate::domain::PublishError;

/// How many versions have ever been released: when it changes, more has been told of somebody than before.
///
/// # Errors
/// As the store fails.
pub fn releases(query: &mut impl Query) -> Result<i64, StoreError> {
    query
        .query_one(
            "select count(*) from publication_version where released_on is not null",
            &[],
        )?
        .get(0)
}

/// Tables that were told of these populations in other versions, withdrawn ones too: what was told stays known.
///
/// # Errors
/// [`PublishError::Seal`] when one was changed outside the program.
pub fn earlier(
    query: &mut impl Query,
    populations: &[String],
    but: At,
    key: &[u8; 32],
) -> Result<BTreeMap<String, Vec<Released>>, PublishError> {
    if populations.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut values = params![but.0.bytes(), but.1];
    values.extend(populations.iter().map(Value::from));
    let rows = query.query(
        &format!(
            "select r.population, r.sealed from publication_run r join publication_version v on v.publication_id = r.publication_id and v.version = r.version where v.released_on is not null and not (r.publication_id = $1 and r.version = $2) and r.population in ({}) order by r.made_on, r.publication_id, r.version",
            store::places(populations.len(), 2)
        ),
        &values,
    )?;
    let mut found: BTreeMap<String, Vec<Released>> = BTreeMap::new();
    for row in &rows {
        let table = Released::open(row.text(1)?, key).map_err(|_| PublishError::Seal)?;
        found.entry(row.get(0)?).or_default().push(table);
    }
    Ok(found)
}

/// The sealed tables of a version by the names of their runs.
///
/// # Errors
/// As the store fails.
pub fn sealed(query: &mut impl Query, at: At) -> Result<BTreeMap<String, String>, StoreError> {
    query
        .query(
            "select name, sealed from publication_run where publication_id = $1 and version = $2",
            &params![at.0.bytes(), at.1],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect()
}

/// What the tables of a version are, whatever the order they were read in: for the seal of its release.
pub(super) fn digest(tables: &BTreeMap<String, String>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (name, sealed) in tables {
        for text in [name, sealed] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
    }
    *hasher.finalize().as_bytes()
}

/// A run ready for the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub name: String,
    pub population: String,
    pub inputs: String,
    pub run: String,
    pub sealed: String,
}

impl Kept {
    /// Seals a run.
    pub fn of(new: &NewRun, key: &[u8; 32]) -> Self {
        Self {
            name: new.name.clone(),
            population: new.population.clone(),
            inputs: new.run.inputs.clone(),
            run: serde_json::to_string(&new.run)
                .unwrap_or_else(|_| unreachable!("names and numbers are JSON")),
            sealed: new.released.sealed(key),
        }
    }
}

pub(super) fn keep(
    tx: &mut WriteTx<'_>,
    at: At,
    runs: &[Kept],
    today: &str,
) -> Result<(), StoreError> {
    forget(tx, at)?;
    for one in runs {
        tx.execute(
            "insert into publication_run (publication_id, version, name, population, inputs, run, sealed, made_on) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            &params![
                at.0.bytes(),
                at.1,
                one.name.as_str(),
                one.population.as_str(),
                one.inputs.as_str(),
                one.run.as_str(),
                one.sealed.as_str(),
                today
            ],
        )?;
    }
    Ok(())
}

/// Forgets the runs of a version that was never released.
pub(super) fn forget(tx: &mut WriteTx<'_>, at: At) -> Result<(), StoreError> {
    tx.execute(
        "delete from publication_run where publication_id = $1 and version = $2",
        &params![at.0.bytes(), at.1],
    )?;
    Ok(())
}
