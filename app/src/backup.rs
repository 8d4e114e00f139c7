//! `noste backup`, `noste restore` and `noste backup-key`: what `store::backup` writes and reads, packed and encrypted.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::chance::SystemChance;
use kernel::clock::{Clock, SystemClock};
use store::backup::{self, BackupError, Manifest, Restored, Source, Told};
use store::{Actor, LogEntry, LogKey, Store, StoreConfig, StoreError};
use web::{Feature, MessageSet};

use crate::age::{self, Identity, Recipient};
use crate::cli::{BackupArgs, BackupKeyArgs, RestoreArgs};
use crate::commands::{LOG_KEY_FILE, SECRET_FILE, grant};
use crate::error::AppError;
use crate::places::{self, Place, write_private};
use crate::{features, verify};

/// What a county's log says when it came out of a backup.
const RESTORED: &str = "house.restored";

/// The words of the event; there are no pages.
pub fn feature() -> Feature {
    Feature {
        name: "backup",
        routes: Vec::new(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: MessageSet {
            room: "backup",
            fi: "log-event-house-restored = Tiedot palautettiin varmuuskopiosta\n",
            sv: "log-event-house-restored = Uppgifterna återställdes från en säkerhetskopia\n",
            en: "log-event-house-restored = The data were restored from a backup\n",
            easy: "",
        },
        events: &[RESTORED],
        checks: &[],
    }
}

/// `noste backup-key`.
///
/// # Errors
/// The file is there already or cannot be written.
pub fn new_key(args: &BackupKeyArgs) -> Result<(), AppError> {
    let recipient = make_key(&args.file)?;
    println!("{recipient}");
    Ok(())
}

fn make_key(path: &Path) -> Result<Recipient, AppError> {
    let identity = Identity::new(&SystemChance);
    let recipient = identity.recipient();
    let text = format!(
        "# Opens backups. Public key: {recipient}\n{}\n",
        identity.line()
    );
    write_private(path, &text)?;
    Ok(recipient)
}

fn load_key(path: &Path) -> Result<Vec<Identity>, AppError> {
    let text = fs::read_to_string(path).map_err(AppError::file(path))?;
    Identity::parse_file(&text)
        .ok_or_else(|| AppError::Setting(format!("{} is no backup key", path.display())))
}

fn recipients(args: &BackupArgs, place: &Place) -> Result<Vec<Recipient>, AppError> {
    let mut all = args
        .recipients
        .iter()
        .map(|text| {
            Recipient::parse(text)
                .ok_or_else(|| AppError::Setting(format!("{text} is no public key of a backup")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = &args.backup_key {
        all.extend(load_key(path)?.iter().map(Identity::recipient));
    }
    if all.is_empty() {
        let path = place.backup_key();
        if path.exists() {
            all.extend(load_key(&path)?.iter().map(Identity::recipient));
        } else {
            all.push(make_key(&path)?);
            eprintln!(
                "made {}: keep a copy of it away from this machine, because no backup opens without it",
                path.display()
            );
        }
    }
    Ok(all)
}

/// `noste backup`.
///
/// # Errors
/// The county cannot be read, the key is none, or the file is there or cannot be written.
pub fn backup(args: &BackupArgs) -> Result<(), AppError> {
    let place = places::one(&args.place)?;
    let key = place.load_log_key()?;
    let to = recipients(args, &place)?;
    let mut keys = BTreeMap::new();
    if args.with_keys {
        for (name, path) in [(LOG_KEY_FILE, &place.log_key), (SECRET_FILE, &place.secret)] {
            let text = fs::read_to_string(path).map_err(AppError::file(path))?;
            keys.insert(name.to_owned(), text.trim().to_owned());
        }
    }
    let rooms = features::migrations();
    let source = Source {
        engine: &place.engine,
        county: &place.county,
        key: &key,
        rooms: &rooms,
        program: env!("CARGO_PKG_VERSION"),
        at: SystemClock.now(),
        keys,
    };
    if args.file == Path::new("-") {
        if io::stdout().is_terminal() {
            let text = "a backup is not for a terminal: tell a file, or lead it into a pipe";
            return Err(AppError::Setting(text.to_owned()));
        }
        let (manifest, _) = write(&source, io::stdout().lock(), &to)?;
        eprint!("{}", said(&manifest));
    } else {
        print!("{}", said(&to_file(&source, &args.file, &to)?));
    }
    Ok(())
}

/// Into a file that gets its name when it is whole and on the disk.
fn to_file(source: &Source<'_>, path: &Path, to: &[Recipient]) -> Result<Manifest, AppError> {
    if fs::symlink_metadata(path).is_ok() {
        let text = format!(
            "{} is there already: nothing is written over",
            path.display()
        );
        return Err(AppError::Setting(text));
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(name);
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)
        .map_err(AppError::file(&part))?;
    let written = write(source, BufWriter::new(file), to).and_then(|(manifest, file)| {
        file.into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            // A name that somebody else has taken meanwhile stays theirs.
            .and_then(|()| fs::hard_link(&part, path))
            .and_then(|()| sync_folder(path))
            .map_err(AppError::file(path))?;
        Ok(manifest)
    });
    let removed = fs::remove_file(&part).map_err(AppError::file(&part));
    let manifest = written?;
    removed?;
    Ok(manifest)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn write<W: Write>(
    source: &Source<'_>,
    out: W,
    to: &[Recipient],
) -> Result<(Manifest, W), AppError> {
    let bar = bar("backing up");
    let sealed = age::seal(out, to, &SystemChance)?;
    // Rows repeat themselves; the fastest packing takes most of that away, and the machine has other work.
    let mut packed = GzEncoder::new(sealed, Compression::fast());
    let manifest = backup::write(source, &mut packed, &mut |told| tell(&bar, told))?;
    let out = packed.finish()?.finish()?;
    bar.finish_and_clear();
    Ok((manifest, out))
}

/// What was backed up, with the heads of the log, which are to be kept apart.
fn said(manifest: &Manifest) -> String {
    let mut text = format!(
        "county {}: {} rows of {} tables, {} entries of the log, moment {}\n",
        manifest.county,
        manifest.rows(),
        manifest.tables.len(),
        manifest.entries(),
        manifest.at(),
    );
    for line in manifest.head_lines() {
        text.push_str(&format!("log head, to be kept apart: {line}\n"));
    }
    text
}

/// `noste restore`.
///
/// # Errors
/// The key is wrong, the file is cut short, changed or from a newer program, the place is not empty, or what came out does
/// not hold. The place is then as it was.
pub fn restore(args: &RestoreArgs) -> Result<(), AppError> {
    let identities = load_key(&backup_key(args)?)?;
    let place = if args.file == Path::new("-") {
        let (restored, place) = from(io::stdin().lock(), &identities, args)?;
        print!("{}", came(&restored));
        place
    } else {
        let file = File::open(&args.file).map_err(AppError::file(&args.file))?;
        let (restored, place) = from(BufReader::new(file), &identities, args)?;
        print!("{}", came(&restored));
        place
    };
    finish_place(args, &place)
}

/// The file of the backup key: told, or where it lies by itself.
fn backup_key(args: &RestoreArgs) -> Result<PathBuf, AppError> {
    if let Some(path) = &args.backup_key {
        return Ok(path.clone());
    }
    let county = args.place.county.as_deref().unwrap_or("15");
    let path = places::place_for(&args.place, county).map(|place| place.backup_key());
    match path {
        Ok(path) if path.exists() => Ok(path),
        _ => Err(AppError::Setting(
            "tell the backup key with --backup-key: it is kept apart from the backups".to_owned(),
        )),
    }
}

fn from(
    input: impl BufRead,
    identities: &[Identity],
    args: &RestoreArgs,
) -> Result<(Restored, Given), AppError> {
    let opened = age::open(input, identities).map_err(BackupError::from)?;
    let mut lines = BufReader::new(GzDecoder::new(BufReader::new(opened)));
    let bar = bar("restoring");
    let mut given = None;
    let restored = backup::restore(
        &mut lines,
        |manifest| {
            let found = Given::new(args, manifest).map_err(|error| {
                let words = error.to_string();
                StoreError::Config(words.trim_start_matches("configuration: ").to_owned())
            })?;
            let config = found.config();
            given = Some(found);
            Ok(config)
        },
        &features::migrations(),
        |store, manifest| finish(store, manifest, &bar),
        &mut |told| tell(&bar, told),
    )?;
    bar.finish_and_clear();
    let given = given.ok_or_else(|| AppError::Setting("no place was found".to_owned()))?;
    Ok((restored, given))
}

/// The place with its keys, from files or out of the backup.
struct Given {
    place: Place,
    heads: PathBuf,
    log_key: LogKey,
    /// Keys to write beside the data once it is there: file and text.
    to_write: Vec<(PathBuf, String)>,
}

impl Given {
    fn new(args: &RestoreArgs, manifest: &Manifest) -> Result<Self, AppError> {
        let place = places::place_for(&args.place, &manifest.county)?;
        let heads = place.heads.clone().ok_or_else(|| {
            AppError::Setting("tell the folder of the log's heads with --heads".to_owned())
        })?;
        let mut to_write = Vec::new();
        for (name, path) in [(LOG_KEY_FILE, &place.log_key), (SECRET_FILE, &place.secret)] {
            let text = match fs::read_to_string(path) {
                Ok(text) => Some(text.trim().to_owned()),
                Err(_) => manifest.keys.get(name).cloned(),
            };
            if let Some(text) = text {
                to_write.extend(missing(path, &text));
                // A data folder holds its keys.
                if args.place.data.is_some() {
                    to_write.extend(missing(&heads.join(name), &text));
                }
            }
        }
        to_write.dedup();
        let log_key = match manifest.keys.get(LOG_KEY_FILE) {
            Some(text) if !place.log_key.exists() => read_key(text)?,
            _ => LogKey::load(&place.log_key).map_err(|error| {
                AppError::Setting(format!(
                    "the log key is needed, which is kept apart from backups: tell it with --key ({error})"
                ))
            })?,
        };
        Ok(Self {
            place,
            heads,
            log_key,
            to_write,
        })
    }

    fn config(&self) -> StoreConfig {
        StoreConfig::new(
            self.place.county.clone(),
            self.place.engine.clone(),
            self.heads.clone(),
            self.log_key,
            Arc::new(SystemClock),
            Arc::new(SystemChance),
        )
    }
}

fn missing(path: &Path, text: &str) -> Option<(PathBuf, String)> {
    (!path.exists()).then(|| (path.to_owned(), format!("{text}\n")))
}

fn read_key(text: &str) -> Result<LogKey, AppError> {
    let bytes: Option<Vec<u8>> = (0..text.len() / 2)
        .map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .map(LogKey)
        .ok_or_else(|| AppError::Setting("the log key in the backup is none".to_owned()))
}

/// Before the county is real: what is made of other rows is made, and the log tells where the county comes from.
fn finish(store: &Store, manifest: &Manifest, bar: &ProgressBar) -> Result<(), StoreError> {
    for check in verify::checks() {
        if let Some(remake) = check.remake {
            bar.set_message(check.name);
            remake(store, &mut |done| bar.set_position(done))?;
        }
    }
    store
        .log_blocking(LogEntry {
            at: store.clock().now(),
            actor: Actor::System,
            event: RESTORED,
            right: "command".into(),
            purpose: "P12",
            subjects: Vec::new(),
            detail: format!("{}, {} entries", manifest.at(), manifest.entries()),
            digest: None,
        })
        .map(drop)
}

fn finish_place(args: &RestoreArgs, given: &Given) -> Result<(), AppError> {
    for (path, text) in &given.to_write {
        write_private(path, text)?;
        println!("wrote {}", path.display());
    }
    if let Some(data) = &args.place.data {
        // A demo makes its county anew without this.
        let ready = data.join("county.ready");
        fs::write(&ready, "restored\n").map_err(AppError::file(&ready))?;
    }
    if !given.place.grants.is_empty() {
        let store = Store::open(given.config(), &features::migrations())?;
        grant(&store, given.place.grants.clone())?;
        store.shutdown();
    }
    Ok(())
}

fn came(restored: &Restored) -> String {
    let manifest = &restored.manifest;
    let mut text = format!(
        "county {}: restored the moment {}: {} rows, {} entries of the log, which holds\n",
        manifest.county,
        manifest.at(),
        manifest.rows(),
        restored.log.entries,
    );
    if let Some(kept) = &restored.heads_kept {
        text.push_str(&format!(
            "the heads file that was there is kept as {}; it knows {} entries that are newer than the backup\n",
            kept.display(),
            restored.newer_entries
        ));
    }
    text
}

fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{wide_bar}] {pos}/{len} {eta}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(what);
    bar
}

fn tell(bar: &ProgressBar, told: Told<'_>) {
    match told {
        Told::Begun(manifest) => bar.set_length(manifest.rows()),
        Told::Rows(rows) => bar.set_position(rows),
        Told::Checking => bar.set_message("walking the log"),
        Told::Finishing => bar.set_message("bringing up to date"),
    }
}
