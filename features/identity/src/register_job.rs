//! The daily check of professional rights (bar B04).

use std::path::{Path, PathBuf};
use std::time::Duration;

use store::StoreError;
use web::{Failure, House, Job};

use crate::IdentityKey;
use crate::facts::{project_all, register};
use crate::succession;

/// The file that stands in for the national register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterFile(pub PathBuf);

impl RegisterFile {
    /// `register-15.csv` in the folder where a county's own files are.
    pub fn beside(folder: &Path, county: &str) -> Self {
        Self(folder.join(format!("register-{county}.csv")))
    }
}

/// How often the columns of lists follow the calendar.
const HOUR: Duration = Duration::from_secs(3_600);
/// How often the register is asked.
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Jobs of the facts.
pub(crate) fn jobs() -> Vec<Job> {
    vec![
        Job::new("identity.facts", Some(HOUR), |house, _| follow(house)),
        Job::new("identity.register", Some(DAY), |house, _| check(house)),
    ]
}

async fn follow(house: House) -> Result<(), Failure> {
    let now = house.now();
    house
        .store
        .write(move |tx| {
            succession::follow(tx, now)?;
            project_all(tx, now)
        })
        .await?;
    Ok(())
}

/// Reads the stand-in and brings everybody's rights to what it tells. No file: nothing is known anew, and
/// after seven days nobody decides.
async fn check(house: House) -> Result<(), Failure> {
    let Some(file) = house.extra::<RegisterFile>() else {
        return Ok(());
    };
    let path = file.0.clone();
    let read = tokio::task::spawn_blocking(move || std::fs::read_to_string(path))
        .await
        .map_err(Failure::internal)?;
    let text = match read {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::internal(error)),
    };
    let entries =
        register::read(&text, &IdentityKey::of(&house.secrets)).map_err(Failure::internal)?;
    let now = house.now();
    house
        .store
        .write(move |tx| {
            let done = register::refresh(tx, &entries, now)?;
            register::log(tx, &done, now)?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}
