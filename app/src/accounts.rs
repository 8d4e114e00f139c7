//! `noste account`: how the first administrator gets in. Everybody else is invited on the page of administration.

use std::path::Path;
use std::sync::Arc;

use identity::accounts::{InviteError, Invited, LoginName, invite};
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use kernel::chance::SystemChance;
use kernel::clock::{Clock, SystemClock};
use kernel::time::day;
use store::{LogKey, Store, StoreConfig, StoreError, WriteTx};

use crate::cli::InviteArgs;
use crate::config::Config;
use crate::error::AppError;
use crate::{demo, features};

/// Why nobody was invited, inside the transaction.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Invite(#[from] InviteError),
    #[error("{0}")]
    Person(String),
}

/// `noste account invite`: prints a one-time code, and nothing keeps it.
///
/// # Errors
/// When the county cannot be opened (a running server holds an SQLite county), the person is not found, or the name
/// is another's.
pub fn invite_command(args: &InviteArgs) -> Result<(), AppError> {
    let login = LoginName::parse(&args.login).ok_or_else(|| {
        AppError::Setting(
            "a login name has 3-64 small letters a-z, digits or . - _ @, for example anna.salo"
                .to_owned(),
        )
    })?;
    let plan = match (&args.data, &args.config) {
        (Some(data), _) => demo::store_config(data)?,
        (None, Some(config)) => county(config, args.county.as_deref())?,
        (None, None) => return Err(AppError::Setting("tell --config or --data".to_owned())),
    };
    let store = Store::open(plan, &features::migrations())?;
    let (name, administrator, days) = (args.name.clone(), args.administrator, args.days);
    let invited = store.write_blocking(move |tx| {
        let staff = person(tx, &name, administrator)?;
        let now = SystemClock.now();
        Ok(invite(tx, &SystemChance, now, staff, &login, None, days)?)
    });
    store.shutdown();
    let Invited { code, .. } = invited
        .map_err(|refused: Refused| AppError::Setting(refused.to_string()))?
        .value;
    println!("{code}");
    eprintln!("The code works once, within {days} days, at /sign-in/first. It is kept nowhere.");
    Ok(())
}

fn county(path: &Path, code: Option<&str>) -> Result<StoreConfig, AppError> {
    let config = Config::load(path)?;
    let county = match (code, config.county.as_slice()) {
        (None, [only]) => only,
        (None, _) => {
            return Err(AppError::Setting(
                "several counties: tell --county".to_owned(),
            ));
        }
        (Some(code), all) => all
            .iter()
            .find(|one| one.code == code)
            .ok_or_else(|| AppError::Setting(format!("no county {code} in the configuration")))?,
    };
    let key = LogKey::load_or_create(&config.log_key_file, &SystemChance)?;
    let mut plan = StoreConfig::new(
        county.code.clone(),
        county.engine()?,
        config.heads_dir.clone(),
        key,
        Arc::new(SystemClock),
        Arc::new(SystemChance),
    );
    plan.migrate = county.serves_as_owner();
    Ok(plan)
}

/// The employee of a name; with `administrator`, somebody of that name who is not there yet comes as an administrator
/// of users, who sees no client data.
fn person(tx: &mut WriteTx<'_>, name: &str, administrator: bool) -> Result<StaffId, Refused> {
    let today = day(SystemClock.now());
    let found: Vec<StaffId> = people::list_staff(tx, today)?
        .into_iter()
        .filter(|staff| staff.name == name)
        .map(|staff| staff.id)
        .collect();
    match (found.as_slice(), administrator) {
        ([one], _) => Ok(*one),
        ([], true) => Ok(new_administrator(tx, name)?),
        ([], false) => Err(Refused::Person(format!(
            "nobody called {name} is in service; with --administrator an administrator of users is made"
        ))),
        (_, _) => Err(Refused::Person(format!(
            "{} people are called {name}: invite on the page of administration",
            found.len()
        ))),
    }
}

fn new_administrator(tx: &mut WriteTx<'_>, name: &str) -> Result<StaffId, StoreError> {
    let staff = StaffId::new(&SystemClock, &SystemChance);
    let unit = match people::list_units(tx)?.into_iter().next() {
        Some(unit) => unit.id,
        None => first_unit(tx, staff)?,
    };
    let person = Staff {
        id: staff,
        name: name.to_owned(),
        sort_key: text::sort::sort_key(name),
        title: "user_admin".to_owned(),
        tasks: vec!["user_admin".to_owned()],
        qualifications: Vec::new(),
        unit,
        began_on: day(SystemClock.now()),
        ended_on: None,
        demo_role: None,
    };
    people::add_staff(tx, &person)?;
    Ok(staff)
}

/// A county begins with its advice unit, to which contacts come that name no municipality.
fn first_unit(tx: &mut WriteTx<'_>, lead: StaffId) -> Result<UnitId, StoreError> {
    let unit = Unit {
        id: UnitId::new(&SystemClock, &SystemChance),
        code: "neuvonta".to_owned(),
        kind: UnitKind::Advice,
        name_fi: "Neuvonta".to_owned(),
        name_sv: "Rådgivningen".to_owned(),
        name_en: "Advice".to_owned(),
        phone: None,
        lead,
    };
    people::add_unit(tx, &unit)?;
    Ok(unit.id)
}
