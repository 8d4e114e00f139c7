//! Where counties are, for commands that work on their data from outside: a folder, a PostgreSQL database or a configuration.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use store::{Engine, LogKey};

use crate::cli::{PlaceArgs, USUAL_HEADS};
use crate::commands::{LOG_KEY_FILE, SECRET_FILE};
use crate::config::{self, Config, schema_of};
use crate::error::AppError;

/// One county and what belongs to it outside its database.
#[derive(Debug, Clone)]
pub struct Place {
    pub county: String,
    pub engine: Engine,
    /// Folder of the heads; PostgreSQL may be looked at without.
    pub heads: Option<PathBuf>,
    pub log_key: PathBuf,
    pub secret: PathBuf,
    /// Statements that a service role needs after the tables are made.
    pub grants: Vec<String>,
}

impl Place {
    /// The heads file, when a folder of heads is known.
    pub fn heads_file(&self) -> Option<PathBuf> {
        let folder = self.heads.as_ref()?;
        Some(folder.join(format!("{}.heads", self.county)))
    }

    /// Where a backup key lies when none is told: beside the other keys.
    pub fn backup_key(&self) -> PathBuf {
        self.log_key.with_file_name(BACKUP_KEY_FILE)
    }

    /// The log key.
    ///
    /// # Errors
    /// It is not there or cannot be read.
    pub fn load_log_key(&self) -> Result<LogKey, AppError> {
        Ok(LogKey::load(&self.log_key)?)
    }
}

/// File of the backup key in a data folder.
pub const BACKUP_KEY_FILE: &str = "backup.key";

/// The counties that are there, the same that `noste log verify` finds.
///
/// # Errors
/// The folder, the configuration or the database cannot be read.
pub fn found(args: &PlaceArgs) -> Result<Vec<Place>, AppError> {
    let all = if let Some(data) = &args.data {
        in_folder(data)?
            .into_iter()
            .map(|county| of_folder(args, data, &county))
            .collect()
    } else if let Some(url) = &args.database {
        let schemas = match &args.schema {
            Some(schema) => vec![schema.clone()],
            None => store::verify::county_schemas(url)?,
        };
        schemas
            .into_iter()
            .map(|schema| {
                let told = args.schema.as_ref().and(args.county.clone());
                let by_name = schema.strip_prefix("county_").unwrap_or(&schema);
                let county = told.unwrap_or_else(|| by_name.to_owned());
                of_database(args, url, &county, schema)
            })
            .collect::<Result<_, _>>()?
    } else {
        of_config(args, None)?
    };
    Ok(all
        .into_iter()
        .filter(|place: &Place| {
            args.county
                .as_ref()
                .is_none_or(|code| *code == place.county)
        })
        .collect())
}

/// The only county that is there.
///
/// # Errors
/// As [`found`], or there is none or more than one.
pub fn one(args: &PlaceArgs) -> Result<Place, AppError> {
    let mut all = found(args)?;
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(AppError::Setting("no county was found".to_owned())),
        (Some(_), false) => Err(AppError::Setting(
            "there are several counties: tell which with --county".to_owned(),
        )),
    }
}

/// Where this county would be, whether there is anything or not.
///
/// # Errors
/// The configuration cannot be read, or has no such county.
pub fn place_for(args: &PlaceArgs, county: &str) -> Result<Place, AppError> {
    if args.county.as_deref().is_some_and(|code| code != county) {
        return Err(AppError::Setting(format!(
            "the backup is of county {county}"
        )));
    }
    if let Some(data) = &args.data {
        return Ok(of_folder(args, data, county));
    }
    if let Some(url) = &args.database {
        let schema = args.schema.clone().unwrap_or_else(|| schema_of(county));
        return of_database(args, url, county, schema);
    }
    of_config(args, Some(county))?
        .pop()
        .ok_or_else(|| AppError::Setting(format!("the configuration has no county {county}")))
}

/// Codes of the counties in a folder. A database that was taken away leaves its heads behind: that is a fault, not an absence.
fn in_folder(data: &Path) -> Result<Vec<String>, AppError> {
    let mut codes: Vec<String> = std::fs::read_dir(data)
        .map_err(AppError::file(data))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "sqlite" || end == "heads")
        })
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    codes.sort();
    codes.dedup();
    Ok(codes)
}

fn of_folder(args: &PlaceArgs, data: &Path, county: &str) -> Place {
    Place {
        county: county.to_owned(),
        engine: Engine::Sqlite {
            path: data.join(format!("{county}.sqlite")),
        },
        heads: Some(data.to_owned()),
        log_key: args.key.clone().unwrap_or_else(|| data.join(LOG_KEY_FILE)),
        secret: args
            .secret
            .clone()
            .unwrap_or_else(|| data.join(SECRET_FILE)),
        grants: Vec::new(),
    }
}

fn of_database(
    args: &PlaceArgs,
    url: &str,
    county: &str,
    schema: String,
) -> Result<Place, AppError> {
    // Without --heads, the folder that `noste synth --database` uses when nothing else is told.
    let usual = PathBuf::from(USUAL_HEADS);
    let heads = args
        .heads
        .clone()
        .or_else(|| usual.is_dir().then_some(usual));
    let beside = |name: &str| heads.as_ref().map(|folder| folder.join(name));
    let log_key = args
        .key
        .clone()
        .or_else(|| beside(LOG_KEY_FILE))
        .ok_or_else(|| {
            AppError::Setting(
                "tell the log key with --key, or the folder of the heads and the key with --heads"
                    .to_owned(),
            )
        })?;
    let secret = args
        .secret
        .clone()
        .or_else(|| beside(SECRET_FILE))
        .unwrap_or_else(|| log_key.with_file_name(SECRET_FILE));
    Ok(Place {
        county: county.to_owned(),
        engine: config::engine(url, schema)?,
        heads,
        log_key,
        secret,
        grants: Vec::new(),
    })
}

fn of_config(args: &PlaceArgs, only: Option<&str>) -> Result<Vec<Place>, AppError> {
    let Some(path) = &args.config else {
        return Ok(Vec::new());
    };
    let config = Config::load(path)?;
    config
        .county
        .iter()
        .filter(|one| only.is_none_or(|code| one.code == code))
        .map(|one| {
            Ok(Place {
                county: one.code.clone(),
                engine: one.owner_engine()?,
                heads: Some(config.heads_dir.clone()),
                log_key: args
                    .key
                    .clone()
                    .unwrap_or_else(|| config.log_key_file.clone()),
                secret: args
                    .secret
                    .clone()
                    .unwrap_or_else(|| config.secret_file.clone()),
                grants: one.grants(),
            })
        })
        .collect()
}

/// Writes a file that only its owner may read, which is not there yet.
///
/// # Errors
/// It is there, or cannot be written.
pub fn write_private(path: &Path, text: &str) -> Result<(), AppError> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(AppError::file(path))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(AppError::file(path))
}
