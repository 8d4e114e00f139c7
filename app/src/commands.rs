//! What each command does. Every function gives the exit code.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use access::explain::{Asked, explain};
use access::rights::RightsTable;
use kernel::chance::SystemChance;
use kernel::clock::{Clock, SystemClock};
use kernel::time::day;
use store::verify::Report;
use store::{LogKey, Store, StoreConfig, StoreError};

use crate::cli::{ExplainArgs, SynthArgs, VerifyArgs};
use crate::config::{self, Config, schema_of};
use crate::error::AppError;
use crate::serve::Listening;
use crate::{demo, features, grown, serve};

/// File of the log key in a data folder.
pub const LOG_KEY_FILE: &str = "log.key";
/// File of the root secret in a data folder.
pub const SECRET_FILE: &str = "secret.key";

/// `noste deadline`.
pub fn deadline(rule: &str, date: &str) -> ExitCode {
    let (out, err, code) = law::command::deadline(rule, date);
    print!("{out}");
    eprint!("{err}");
    ExitCode::from(code)
}

/// `noste disclosure`: one of its judgements on a file, or on standard input when the name is `-`.
pub fn disclosure(file: &Path, judge: fn(&str) -> disclosure::command::Told) -> ExitCode {
    let text = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(file)
    };
    // A file that cannot be read must not look like a table that was judged unsafe.
    let (out, err, code) = match text {
        Ok(text) => judge(&text),
        Err(fault) => (
            String::new(),
            format!("{}: {fault}\n", file.display()),
            disclosure::command::NO_TABLE,
        ),
    };
    print!("{out}");
    eprint!("{err}");
    ExitCode::from(code)
}

/// `noste identity check`.
pub fn identity_check(codes: &[String]) -> ExitCode {
    let mut all_valid = true;
    for code in codes {
        let (line, valid) = kernel::identity_code::check_line(code);
        println!("{line}");
        all_valid &= valid;
    }
    if all_valid {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// `noste rights explain`.
pub fn rights_explain(args: &ExplainArgs) -> ExitCode {
    let words = |given: &[String]| -> Vec<String> {
        given
            .iter()
            .map(|word| word.trim())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let on = match args.on.as_deref().map(str::parse).transpose() {
        Ok(on) => on,
        Err(_) => {
            eprintln!("--on is not a day, for example 2026-03-13");
            return ExitCode::from(2);
        }
    };
    let asked = Asked {
        roles: words(&args.roles),
        qualifications: words(&args.qualification),
        service_task: args.service_task.trim().to_owned(),
        relations: words(&args.relation),
        class: args.object.trim().to_owned(),
        action: args.action.trim().to_owned(),
        given: words(&args.given),
        on,
        verbose: args.verbose,
    };
    let today = day(SystemClock.now());
    match explain(RightsTable::built_in(), &asked, today) {
        Ok(lines) => {
            print!("{lines}");
            ExitCode::SUCCESS
        }
        Err(unknown) => {
            eprintln!("{unknown}");
            ExitCode::from(2)
        }
    }
}

/// `noste serve`.
///
/// # Errors
/// When the configuration or an address cannot be used.
pub async fn serve_config(path: &Path) -> Result<(), AppError> {
    let config = Config::load(path)?;
    let served = serve::open(&config)?;
    let listening = Listening::of(&config)?;
    let scheme = if listening.keys.is_some() {
        "https"
    } else {
        "http"
    };
    serve::run(served, listening, |address| {
        println!("{scheme}://{address}")
    })
    .await
}

/// `noste migrate`.
///
/// # Errors
/// When a database cannot be opened or brought up to date.
pub fn migrate(path: &Path) -> Result<(), AppError> {
    let config = Config::load(path)?;
    let key = LogKey::load_or_create(&config.log_key_file, &SystemChance)?;
    for county in &config.county {
        let plan = StoreConfig::new(
            county.code.clone(),
            county.owner_engine()?,
            config.heads_dir.clone(),
            key,
            Arc::new(SystemClock),
            Arc::new(SystemChance),
        );
        let store = Store::open(plan, &features::migrations())?;
        grant(&store, county.grants())?;
        store.shutdown();
        println!("{}: up to date", county.code);
    }
    Ok(())
}

/// Gives the service role what it needs after the tables were made.
///
/// # Errors
/// What the engine refuses.
pub fn grant(store: &Store, grants: Vec<String>) -> Result<(), StoreError> {
    store.write_blocking(move |tx| {
        grants
            .iter()
            .try_for_each(|grant| tx.execute(grant, &[]).map(drop))
    })?;
    Ok(())
}

/// `noste init`: keys and a configuration to start from. Nothing that exists is written over.
///
/// # Errors
/// When a file exists already or cannot be written.
pub fn init(data: &Path, county: &str, config: &Path) -> Result<(), AppError> {
    if kernel::place::county(county).is_none() {
        return Err(AppError::Setting(format!(
            "there is no wellbeing services county {county}"
        )));
    }
    std::fs::create_dir_all(data).map_err(AppError::file(data))?;
    let data = data.canonicalize().map_err(AppError::file(data))?;
    let (secret, key) = (data.join(SECRET_FILE), data.join(LOG_KEY_FILE));
    let text = format!(
        "# Configuration of noste serve; every key is told in docs/running.md.\nlisten = \"127.0.0.1:8080\"\nhttps = false\n# Move both keys out of the data folder and its backups before real use.\nsecret_file = {secret:?}\nlog_key_file = {key:?}\nheads_dir = {data:?}\n\n[[county]]\ncode = \"{county}\"\ndatabase = \"sqlite:{}\"\nadvice_phone = \"\"\nemergency_phone = \"\"\n",
        data.join(format!("{county}.sqlite")).display(),
    );
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(config)
        .map_err(AppError::file(config))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(AppError::file(config))?;
    LogKey::load_or_create(&secret, &SystemChance)?;
    LogKey::load_or_create(&key, &SystemChance)?;
    println!("{} and two keys in {}", config.display(), data.display());
    println!("next: noste serve --config {}", config.display());
    Ok(())
}

/// `noste synth`.
///
/// # Errors
/// When the database cannot be opened or is not empty.
pub fn synth(args: &SynthArgs) -> Result<(), AppError> {
    let (engine, heads) = match &args.database {
        Some(url) => (config::engine(url, schema_of(&args.county))?, &args.heads),
        None => (
            store::Engine::Sqlite {
                path: args.data.join(format!("{}.sqlite", args.county)),
            },
            &args.data,
        ),
    };
    std::fs::create_dir_all(heads).map_err(AppError::file(heads))?;
    let key = LogKey::load_or_create(&heads.join(LOG_KEY_FILE), &SystemChance)?;
    let size = demo::Size {
        persons: args.persons,
        years: args.years,
        seed: args.seed,
    };
    let done = if args.stress {
        let wanted = synth::stress::Size {
            clients: args.clients,
            open: args.open,
            texts: args.texts,
            entries: args.entries,
        };
        grown::grow(&args.county, engine, heads, key, (size, wanted))?
    } else {
        demo::fill(&args.county, engine, heads, key, size)?
    };
    println!("{done}");
    Ok(())
}

/// `noste log verify`.
///
/// # Errors
/// When the key or the data cannot be read at all; a log that does not hold is exit code 1.
pub fn log_verify(args: &VerifyArgs) -> Result<ExitCode, AppError> {
    let counties = match (&args.data, &args.database) {
        (Some(data), _) => verify_folder(data, args.key.as_deref())?,
        (None, Some(url)) => verify_database(url, args)?,
        (None, None) => Vec::new(),
    };
    if counties.is_empty() {
        eprintln!("no county was found");
        return Ok(ExitCode::FAILURE);
    }
    let mut holds = true;
    for (county, outcome) in counties {
        match outcome {
            Ok(report) => println!("{}", told(&county, &report)),
            Err(fault) => {
                holds = false;
                eprintln!("does not hold: {fault}");
            }
        }
    }
    Ok(if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The line that tells of a log that holds.
pub fn told(county: &str, report: &Report) -> String {
    let Report {
        entries,
        subjects,
        writers,
        destroyed,
        behind,
        without_outside_head,
        ..
    } = report;
    let mut line = format!(
        "county {county}: holds, {entries} entries about {subjects} subjects in {writers} chains"
    );
    for (count, words) in [
        (
            *destroyed,
            "contents destroyed at the end of their retention",
        ),
        (*behind, "newer than the heads file"),
        (
            u64::from(*without_outside_head),
            "chains without a head outside the database",
        ),
    ] {
        if count > 0 {
            line.push_str(&format!(", {count} {words}"));
        }
    }
    line
}

type Verified = Vec<(String, Result<Report, store::verify::Fault>)>;

fn verify_folder(data: &Path, key: Option<&Path>) -> Result<Verified, AppError> {
    let key = LogKey::load(&key.map_or_else(|| data.join(LOG_KEY_FILE), PathBuf::from))?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(data)
        .map_err(AppError::file(data))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "sqlite"))
        .collect();
    // A database that was taken away leaves its heads behind: that is a fault, not an absence.
    let orphans = std::fs::read_dir(data)
        .map_err(AppError::file(data))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "heads"))
        .map(|path| path.with_extension("sqlite"))
        .filter(|path| !path.exists());
    files.extend(orphans.collect::<Vec<_>>());
    files.sort();
    Ok(files
        .into_iter()
        .map(|path| {
            let county = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let outcome =
                store::verify::verify_sqlite(&county, &path, &path.with_extension("heads"), &key);
            (county, outcome)
        })
        .collect())
}

fn verify_database(url: &str, args: &VerifyArgs) -> Result<Verified, AppError> {
    // Without --heads, the folder that `noste synth --database` uses when nothing else is told.
    let usual = PathBuf::from(crate::cli::USUAL_HEADS);
    let folder = args
        .heads
        .clone()
        .or_else(|| usual.is_dir().then_some(usual));
    let key_file = args
        .key
        .clone()
        .or_else(|| folder.as_ref().map(|folder| folder.join(LOG_KEY_FILE)))
        .ok_or_else(|| {
            AppError::Setting(
                "tell the log key with --key, or the folder of the heads and the key with --heads"
                    .to_owned(),
            )
        })?;
    let key = LogKey::load(&key_file)?;
    let schemas = match &args.schema {
        Some(schema) => vec![schema.clone()],
        None => store::verify::county_schemas(url)?,
    };
    Ok(schemas
        .into_iter()
        .map(|schema| {
            let county = schema.strip_prefix("county_").unwrap_or(&schema).to_owned();
            let heads = folder
                .as_ref()
                .map(|folder| folder.join(format!("{county}.heads")));
            let outcome =
                store::verify::verify_postgres(&county, url, &schema, heads.as_deref(), &key);
            (county, outcome)
        })
        .collect())
}
