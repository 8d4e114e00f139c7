//! `noste token`: tokens made on the county's own machines.

use std::path::Path;
use std::sync::Arc;

use api::grant::{self, GrantError, NewToken};
use kernel::chance::SystemChance;
use kernel::clock::{Clock, SystemClock};
use store::{Store, StoreConfig, WriteTx};

use crate::cli::TokenArgs;
use crate::config::Config;
use crate::demo;
use crate::error::AppError;
use crate::features;

/// `noste token create`: prints the secret, which is shown this once.
///
/// # Errors
/// When the data cannot be opened, or nobody is who is named.
pub fn create(args: &TokenArgs) -> Result<(), AppError> {
    let store = open(args)?;
    let wanted = args.clone();
    let made = store.write_blocking(move |tx| make(tx, &wanted));
    store.shutdown();
    let made = made.map_err(|error| AppError::Setting(error.to_string()))?;
    println!("{}", made.value);
    Ok(())
}

fn make(tx: &mut WriteTx<'_>, args: &TokenArgs) -> Result<String, GrantError> {
    let now = SystemClock.now();
    let new = NewToken {
        name: args.name.clone(),
        owner: grant::somebody(tx, &args.owner, now)?,
        approved_by: grant::somebody(tx, &args.approved_by, now)?,
        acts_for: grant::somebody(tx, &args.acts_for, now)?,
        scopes: args.scopes.clone(),
        addresses: args.addresses.clone(),
        days: args.days,
    };
    grant::create(tx, &SystemClock, &SystemChance, &new)
}

fn open(args: &TokenArgs) -> Result<Store, AppError> {
    let config = match (&args.config, &args.data) {
        (Some(config), _) => of_config(config, args.county.as_deref())?,
        (None, Some(data)) => demo::store_config(data)?,
        (None, None) => {
            let words = "tell the configuration with --config, or a demo's folder with --data";
            return Err(AppError::Setting(words.to_owned()));
        }
    };
    Ok(Store::open(config, &features::migrations())?)
}

pub(crate) fn of_config(path: &Path, county: Option<&str>) -> Result<StoreConfig, AppError> {
    let config = Config::load(path)?;
    let one = config.one(county)?;
    let mut store = StoreConfig::new(
        one.code.clone(),
        one.engine()?,
        config.heads_dir.clone(),
        store::LogKey::load_or_create(&config.log_key_file, &SystemChance)?,
        Arc::new(SystemClock),
        Arc::new(SystemChance),
    );
    store.migrate = one.serves_as_owner();
    Ok(store)
}
