//! `noste import`: clients and open matters from another system.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use casework::import::write::{self, Done, RowError};
use casework::import::{self, ImportRow, Refusal};
use casework::store::Casework;
use kernel::chance::SystemChance;
use kernel::clock::SystemClock;
use store::{LogKey, Store, StoreError};
use text::search::Analysers;
use web::Secrets;

use crate::cli::ImportArgs;
use crate::commands::SECRET_FILE;
use crate::config::Config;
use crate::error::AppError;
use crate::house::Settings;
use crate::{demo, features};

/// Rows in one turn of the writer: an import never keeps ordinary work waiting for long.
const TURN: usize = 8;
/// Rows between two drawings of the bar.
const DRAWN: usize = 64;

/// `noste import clients FILE`.
///
/// # Errors
/// When the file or the data cannot be opened. Refused rows are told, and are no error of the command as a whole unless
/// every row was refused.
pub fn clients(args: &ImportArgs) -> Result<bool, AppError> {
    let bytes = std::fs::read(&args.file).map_err(AppError::file(&args.file))?;
    let (rows, mut refused) =
        import::read(&bytes).map_err(|error| AppError::Setting(error.to_string()))?;
    drop(bytes);
    let (store, secrets, settings) = open(args)?;
    let casework = casework(&secrets, settings);
    let mut done = Done::default();
    let mut bar = Bar::new(rows.len());
    for (turn, chunk) in rows.chunks(TURN).enumerate() {
        let chunk = chunk.to_vec();
        write_chunk(
            &store,
            &casework,
            &args.system,
            chunk,
            args.dry_run,
            &mut done,
            &mut refused,
        )?;
        if (turn * TURN) % DRAWN < TURN {
            bar.draw((turn + 1) * TURN);
        }
    }
    bar.draw(rows.len());
    bar.end();
    if !args.dry_run {
        let (here, system) = (casework, args.system.clone());
        let count = refused.len() as u64;
        store.write_bulk(move |tx| write::finish(tx, &here, &system, done, count))?;
    }
    store.shutdown();
    tell(args, done, &mut refused);
    Ok(refused.is_empty())
}

fn write_chunk(
    store: &Store,
    casework: &Casework,
    system: &str,
    chunk: Vec<ImportRow>,
    dry: bool,
    done: &mut Done,
    refused: &mut Vec<Refusal>,
) -> Result<(), AppError> {
    for row in chunk {
        let (here, system, line) = (casework.clone(), system.to_owned(), row.line);
        // A row of its own transaction: a refused one leaves nothing.
        let outcome = store.write_bulk(move |tx| write::row(tx, &here, &system, &row, dry));
        match outcome {
            Ok(receipt) => done.add(receipt.value),
            Err(RowError::Store(error)) if !is_of_the_row(&error) => return Err(error.into()),
            Err(error) => refused.push(Refusal {
                line,
                why: error.to_string(),
            }),
        }
    }
    Ok(())
}

/// A fault that this row has and the next need not have.
const fn is_of_the_row(error: &StoreError) -> bool {
    matches!(error, StoreError::Unique { .. } | StoreError::Foreign)
}

fn tell(args: &ImportArgs, done: Done, refused: &mut [Refusal]) {
    refused.sort_by_key(|one| one.line);
    for one in refused.iter() {
        eprintln!("line {}: {}", one.line, one.why);
    }
    let would = if args.dry_run { "would be: " } else { "" };
    println!(
        "{would}{} clients made, {} known already, {} matters opened, {} put under non-disclosure, {} rows unchanged, {} refused",
        done.clients_made,
        done.clients_met,
        done.matters_made,
        done.orders_made,
        done.unchanged,
        refused.len()
    );
}

fn casework(secrets: &Secrets, settings: Settings) -> Casework {
    let calendar = Arc::new(law::Calendar::finland());
    let (clock, chance) = (Arc::new(SystemClock), Arc::new(SystemChance));
    Casework {
        clock: clock.clone(),
        chance: chance.clone(),
        settings: Arc::new(settings.matters),
        calendar: Arc::clone(&calendar),
        analysers: Arc::new(Analysers::open()),
        clients: Arc::new(clients::Desk::new(
            clock,
            chance,
            secrets,
            settings.clients,
            calendar,
        )),
        endings: crate::house::endings(),
    }
}

fn open(args: &ImportArgs) -> Result<(Store, Secrets, Settings), AppError> {
    let (config, secret, settings) = match (&args.config, &args.data) {
        (Some(path), _) => {
            let config = Config::load(path)?;
            let settings = config.one(args.county.as_deref())?.settings();
            (
                crate::token::of_config(path, args.county.as_deref())?,
                config.secret_file,
                settings,
            )
        }
        (None, Some(data)) => (
            demo::store_config(data)?,
            data.join(SECRET_FILE),
            Settings::default(),
        ),
        (None, None) => {
            let words = "tell the configuration with --config, or a folder with --data";
            return Err(AppError::Setting(words.to_owned()));
        }
    };
    let secrets = secrets(&secret, &config.county)?;
    let store = Store::open(config, &features::migrations())?;
    Ok((store, secrets, settings))
}

fn secrets(path: &Path, county: &str) -> Result<Secrets, AppError> {
    let root = LogKey::load_or_create(path, &SystemChance)?.0;
    Ok(Secrets::of_county(root, county))
}

/// How far an import is, on a terminal alone.
struct Bar {
    all: usize,
    shown: bool,
}

impl Bar {
    fn new(all: usize) -> Self {
        Self {
            all,
            shown: std::io::stderr().is_terminal(),
        }
    }

    fn draw(&mut self, done: usize) {
        if !self.shown || self.all == 0 {
            return;
        }
        let done = done.min(self.all);
        let full = done * 30 / self.all;
        let mut out = std::io::stderr();
        // A bar that cannot be drawn is no reason to stop.
        let _ = write!(
            out,
            "\r[{}{}] {done}/{}",
            "#".repeat(full),
            " ".repeat(30 - full),
            self.all
        );
        let _ = out.flush();
    }

    fn end(&self) {
        if self.shown {
            eprintln!();
        }
    }
}
