//! Borders of municipalities, for maps: from the official GeoJSON file that the county imports.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use charts::borders::Borders;
use kernel::time::day;
use store::{Actor, LogEntry, Query, Store, StoreError, params};
use web::House;

use crate::domain::StatisticsError;

/// How Statistics Finland is named with its borders, when the county tells nothing else.
pub const ATTRIBUTION: &str = "Tilastokeskus, kuntapohjaiset tilastointialueet, CC BY 4.0";

/// Borders that have been read, with what tells one file from another.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub borders: Arc<Borders>,
    /// How their producer is named.
    pub attribution: String,
    digest: Vec<u8>,
}

/// The borders of a house, read once: a county's extra. Without it a map has tiles.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Option<Drawn>>);

/// What an import tells: municipalities of the county that the file lacks, by code.
pub type Imported = Result<Vec<&'static str>, String>;

/// Keeps a file of borders in the place of the one before, after all of it has been read.
///
/// # Errors
/// When the store fails. Why the file is refused is the inner error, and then the one before stays.
pub fn import(
    store: &Store,
    county: &str,
    file: &Path,
    bytes: &[u8],
    attribution: Option<&str>,
) -> Result<Imported, StatisticsError> {
    let borders = match Borders::read(bytes) {
        Ok(borders) => borders,
        Err(refusal) => return Ok(Err(refusal.to_string())),
    };
    let missing = borders.missing(county);
    if missing.len() == kernel::place::municipalities_of(county).len() {
        return Ok(Err(format!("it has no municipality of county {county}")));
    }
    let name = file
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("file")
        .to_owned();
    let attribution = attribution
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .unwrap_or(ATTRIBUTION)
        .to_owned();
    let now = store.clock().now();
    let (bytes, digest) = (bytes.to_vec(), blake3::hash(bytes).as_bytes().to_vec());
    let entry = LogEntry {
        at: now,
        actor: Actor::System,
        event: "statistics.borders",
        right: "job".into(),
        purpose: "P20",
        subjects: Vec::new(),
        detail: format!("{} bytes", bytes.len()),
        digest: None,
    };
    store.write_blocking(move |tx| {
        tx.execute("delete from statistic_borders", &[])?;
        tx.execute(
            "insert into statistic_borders (id, file_name, attribution, digest, file, imported_on) values (1, $1, $2, $3, $4, $5)",
            &params![name, attribution, digest, bytes, day(now).to_string()],
        )?;
        tx.log(entry)
    })?;
    Ok(Ok(missing))
}

/// The borders of the county; none when it has imported none. One statement, and a second one after an import.
///
/// # Errors
/// When the engine fails.
pub async fn of(house: &House) -> Result<Option<Drawn>, StoreError> {
    let Some(kept) = house.extra::<Kept>() else {
        return Ok(None);
    };
    let digest = house
        .store
        .read(|tx| {
            tx.query_optional("select digest from statistic_borders where id = 1", &[])?
                .map(|row| row.get::<Vec<u8>>(0))
                .transpose()
        })
        .await?;
    let Some(digest) = digest else {
        return Ok(None);
    };
    let known = kept
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    if let Some(known) = known.filter(|known| known.digest == digest) {
        return Ok(Some(known));
    }
    let row = house
        .store
        .read(|tx| {
            tx.query_optional(
                "select file, attribution, digest from statistic_borders where id = 1",
                &[],
            )?
            .map(|row| {
                Ok::<_, StoreError>((row.get::<Vec<u8>>(0)?, row.get::<String>(1)?, row.get(2)?))
            })
            .transpose()
        })
        .await?;
    let Some((file, attribution, digest)) = row else {
        return Ok(None);
    };
    // It was read before it was kept; a file that an older version took and this one refuses leaves the tiles.
    let Ok(borders) = Borders::read(&file) else {
        tracing::warn!("the borders that are kept cannot be read: import them anew");
        return Ok(None);
    };
    let drawn = Drawn {
        borders: Arc::new(borders),
        attribution,
        digest,
    };
    *kept.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(drawn.clone());
    Ok(Some(drawn))
}
