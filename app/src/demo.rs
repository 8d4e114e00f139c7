//! The demo: a synthetic county on this machine, with one-click identities.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::chance::SystemChance;
use kernel::clock::SystemClock;
use store::{Engine, LogKey, StoreConfig, StoreError};
use web::{County, LimitsMode, Secrets};

use crate::cli::DemoArgs;
use crate::commands::{LOG_KEY_FILE, SECRET_FILE};
use crate::error::AppError;
use crate::features;
use crate::first_report;
use crate::house::{Built, Plan, build, county};
use crate::making::{self, Making};
use crate::serve::{self, Listening, Served};

/// The demo's county: Keski-Suomi.
const COUNTY: &str = "15";

/// How large a synthetic county is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub persons: u32,
    pub years: u16,
    pub seed: u64,
}

/// `noste demo`: makes the county when it is not there, then serves it.
///
/// # Errors
/// When the address is seen by others, or the data folder cannot be used.
pub async fn demo(args: &DemoArgs) -> Result<(), AppError> {
    if !args.listen.is_loopback() {
        return Err(AppError::DemoAddress(args.listen));
    }
    let data = &args.data;
    std::fs::create_dir_all(data).map_err(AppError::file(data))?;
    let key = LogKey::load_or_create(&data.join(LOG_KEY_FILE), &SystemChance)?;
    let secret = LogKey::load_or_create(&data.join(SECRET_FILE), &SystemChance)?;
    if !ready_file(data).exists() {
        make(args, key)?;
    }
    let built = match open(args, key, &secret) {
        Err(AppError::Store(StoreError::Migration(_))) => {
            println!("The demo's data was made by another version; it is made anew.");
            make(args, key)?;
            open(args, key, &secret)?
        }
        built => built?,
    };
    let due = report_file(data);
    if due.exists() {
        let house = built.house.clone();
        // Printing takes a moment, for which nobody waits.
        tokio::spawn(async move {
            match first_report::give_out(&house, features::printed).await {
                Ok(()) => drop(std::fs::remove_file(due)),
                Err(error) => tracing::warn!(%error, "the demo has no report"),
            }
        });
    }
    let served = Served {
        built,
        // Another name in the address bar would be somebody else's page leading a browser here.
        hosts: ["localhost", "127.0.0.1", "[::1]"]
            .map(str::to_owned)
            .into_iter()
            .chain([args.listen.to_string()])
            .collect(),
        demo: true,
        rooms: features::Rooms::ALL,
    };
    let address = SocketAddr::new(args.listen, args.port);
    serve::run(vec![served], Listening::plain(address), |bound| {
        println!("Noste: http://localhost:{} (Ctrl-C stops)", bound.port());
    })
    .await
}

/// Stands in the folder when the county is whole.
fn ready_file(data: &Path) -> PathBuf {
    data.join("county.ready")
}

/// Stands in the folder until the county's first report is out.
fn report_file(data: &Path) -> PathBuf {
    data.join("report.due")
}

fn engine(data: &Path) -> Engine {
    Engine::Sqlite {
        path: data.join(format!("{COUNTY}.sqlite")),
    }
}

/// Makes the synthetic county, over whatever made-up data the folder holds.
fn make(args: &DemoArgs, key: LogKey) -> Result<(), AppError> {
    let (data, ready) = (&args.data, ready_file(&args.data));
    discard_unfinished(data)?;
    let size = Size {
        persons: args.persons,
        years: args.years,
        seed: args.seed,
    };
    let done = fill(COUNTY, engine(data), data, key, size)?;
    let due = report_file(data);
    std::fs::write(&due, "").map_err(AppError::file(&due))?;
    std::fs::write(&ready, format!("{done}\n")).map_err(AppError::file(&ready))?;
    println!("{done}");
    Ok(())
}

/// The store of a demo that has been made, for commands on its data.
///
/// # Errors
/// When there is no demo in the folder, or its key cannot be read.
pub fn store_config(data: &Path) -> Result<StoreConfig, AppError> {
    if !ready_file(data).exists() {
        let words = format!("there is no demo in {}", data.display());
        return Err(AppError::Setting(words));
    }
    let key = LogKey::load(&data.join(LOG_KEY_FILE))?;
    Ok(store_of(data, key))
}

fn store_of(data: &Path, key: LogKey) -> StoreConfig {
    let (clock, chance) = (Arc::new(SystemClock), Arc::new(SystemChance));
    StoreConfig::new(COUNTY, engine(data), data, key, clock, chance)
}

/// Opens the demo's house.
fn open(args: &DemoArgs, key: LogKey, secret: &LogKey) -> Result<Built, AppError> {
    let store = store_of(&args.data, key);
    build(Plan {
        store,
        county: county(COUNTY, invented_details(args.port))?,
        settings: crate::house::Settings::default(),
        secrets: Secrets::of_county(secret.0, COUNTY),
        demo: true,
        https: false,
        trusted_proxy_header: None,
        limits: if args.no_limits {
            LimitsMode::Off
        } else {
            LimitsMode::On
        },
        rooms: features::Rooms::ALL,
        directory: None,
    })
}

/// Removes what an interrupted first start left: a demo folder holds nothing but made-up data.
fn discard_unfinished(data: &Path) -> Result<(), AppError> {
    let ends = ["sqlite", "sqlite-wal", "sqlite-shm", "heads"];
    let files = ends.map(|end| data.join(format!("{COUNTY}.{end}")));
    for path in files.into_iter().chain([ready_file(data)]) {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(AppError::file(path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Phone numbers that belong to nobody.
fn invented_details(port: u16) -> County {
    // A port that the machine picks is not known yet.
    let known = (port != 0).then(|| format!("http://localhost:{port}"));
    County {
        public_address: known.unwrap_or_default(),
        advice_phone: "014 000 0100".to_owned(),
        advice_hours_fi: "ma–pe klo 9–15".to_owned(),
        advice_hours_sv: "mån–fre kl. 9–15".to_owned(),
        advice_hours_en: "Mon–Fri 9 am–3 pm".to_owned(),
        emergency_phone: "014 000 0101".to_owned(),
        accessibility_email: "saavutettavuus@example.fi".to_owned(),
        ..County::default()
    }
}

/// Fills an empty county and says what was made.
///
/// # Errors
/// When the store does not open or already holds units.
pub fn fill(
    code: &str,
    engine: Engine,
    heads: &Path,
    key: LogKey,
    size: Size,
) -> Result<String, AppError> {
    let making = Making::open(code, engine, heads, key, (size, size.seed))?;
    let (store, desks) = (&making.store, &making.desks);
    let bar = making::bar("{msg} [{wide_bar}] {percent} % {eta}");
    bar.set_message(county(code, County::default())?.name_fi);
    let made = synth::fill(
        store,
        desks,
        &making.clock,
        &making.plan,
        &mut making::told(&bar),
    )
    .map_err(|error| AppError::Synth(error.to_string()))?;
    bar.finish_and_clear();
    store.shutdown();
    Ok(made.to_string())
}
