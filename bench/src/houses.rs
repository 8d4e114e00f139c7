//! The product on one engine: a synthetic county, signed in, rights and durable log on.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::error::AppError;
use app::house::{Built, Plan, build, county, endings, new_desk};
use intake::domain::IntakeSettings;
use kernel::chance::{Chance, SystemChance};
use kernel::clock::{Clock, SystemClock};
use store::{Query, StoreConfig, StoreError};
use testkit::{EngineName, TestStore};
use web::{County, House, LimitsMode, Secrets};

use crate::table::Table;
use crate::{Wanted, load, papers, parts, programs, search, wanted};

/// People in the measured county.
const PERSONS: u32 = 3_000;

/// A house that can be measured.
pub struct Ready {
    built: Built,
    engine: EngineName,
    /// Holds the data folder or schema until the measuring ends.
    _kept: TestStore,
}

/// Makes a county and its house. Not on an asynchronous runtime: the store's drivers block.
pub fn make(engine: EngineName) -> Ready {
    let migrations = app::features::migrations();
    let test = match engine {
        EngineName::Sqlite => testkit::sqlite_store(&migrations),
        EngineName::Postgres => testkit::postgres_store(&migrations),
    };
    let as_clock: Arc<dyn Clock> = test.clock.clone();
    let chance: Arc<dyn Chance> = test.chance.clone();
    let desk = new_desk(&as_clock, &chance, IntakeSettings::default());
    let plan = synth::Plan {
        county: "15".to_owned(),
        persons: PERSONS,
        years: 2,
        seed: 15,
        now: SystemClock.now(),
        identity_key: identity::IdentityKey::of(&Secrets::new([7; 32])),
        register: None,
    };
    let desks = synth::Desks::of(desk, &Secrets::new([7; 32]), endings());
    let made = synth::fill(&test.store(), &desks, &test.clock, &plan, &mut |_, _| {})
        .expect("the county is made");
    eprintln!("{engine:?}: {made}");
    test.store().shutdown();
    let store = StoreConfig {
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        ..test.config.clone()
    };
    let built = house(store, Secrets::new([7; 32])).expect("the house opens");
    Ready {
        built,
        engine,
        _kept: test,
    }
}

/// The whole house of Keski-Suomi on a store, without limits.
///
/// # Errors
/// When it does not open.
pub fn house(store: StoreConfig, secrets: Secrets) -> Result<Built, AppError> {
    build(Plan {
        store,
        county: county("15", County::default())?,
        settings: app::house::Settings::default(),
        secrets,
        demo: true,
        https: false,
        trusted_proxy_header: None,
        limits: LimitsMode::Off,
        rooms: app::features::Rooms::ALL,
        directory: None,
    })
}

/// Measures the product's lines.
pub async fn measure(table: &mut Table, ready: Ready, window: Duration, wanted: &Wanted) {
    let name = match ready.engine {
        EngineName::Sqlite => "SQLite",
        EngineName::Postgres => "PostgreSQL",
    };
    let house = ready.built.house.clone();
    let address = load::serve(ready.built.router.clone()).await;
    if wanted.part("pages") {
        pages(table, name, &house, address, window).await;
    }
    if ["search", "programs", "parts"]
        .iter()
        .any(|part| wanted.part(part))
    {
        let asked = programs::ready(&house).await;
        if wanted.part("search") {
            search::measure(table, name, &house, &asked, address, window).await;
        }
        if wanted.part("programs") {
            programs::measure(table, name, &asked, address, window).await;
        }
        if wanted.part("parts") {
            parts::measure(table, name, &house, &asked, window).await;
        }
    }
    if papers_are_wanted(wanted, table) {
        let made = papers::all(&house).await.expect("reports are put together");
        papers::measure(table, &made, window);
    }
    house.store.shutdown();
}

/// Printing asks no database: it is measured once.
fn papers_are_wanted(wanted: &Wanted, table: &Table) -> bool {
    wanted.part("papers") && !table.has(papers::NAME)
}

/// Whether anything that needs a house is still to be measured.
pub fn are_wanted(wanted: &Wanted, table: &Table) -> bool {
    let others = ["pages", "search", "programs", "parts"];
    others.iter().any(|part| wanted.part(part)) || papers_are_wanted(wanted, table)
}

/// The pages, and contacts that come in.
async fn pages(
    table: &mut Table,
    name: &str,
    house: &House,
    address: SocketAddr,
    window: Duration,
) {
    let (staff, contact) = house
        .store
        .read(holder_and_contact)
        .await
        .expect("a held contact");
    let token = identity::session::begin(house, staff)
        .await
        .expect("a session");
    let cookie = format!("{}={token}", identity::session::COOKIE);

    let one = request(address, &format!("/contacts/{contact}"), &cookie);
    let figure = load::run(address, 16, window, 200, move |_| one.clone()).await;
    table.add(
        &format!("{name}: page of one contact with the queue beside it, signed in, logged"),
        figure,
    );
    let queue = request(address, "/contacts", &cookie);
    let figure = load::run(address, 16, window, 200, move |_| queue.clone()).await;
    table.add(&format!("{name}: queue page, signed in, logged"), figure);
    let figure = load::run(address, 64, window, 201, move |number| {
        create(address, number)
    })
    .await;
    table.add_aimed(
        &format!("{name}: durable create through the API, 64 writers, logged"),
        figure,
        wanted::aim(name, 0.10),
    );
}

type Found = (identity::people::StaffId, intake::domain::ContactId);

fn holder_and_contact(tx: &mut store::ReadTx<'_>) -> Result<Found, StoreError> {
    let row = tx.query_one(
        "select c.holder_staff, c.id from contact c join staff s on s.id = c.holder_staff where c.state = 'open' and s.title = 'front_door' and s.ended_on is null order by c.arrived_at desc limit 1",
        &[],
    )?;
    Ok((
        identity::people::StaffId::from_bytes(row.get(0)?),
        intake::domain::ContactId::from_bytes(row.get(1)?),
    ))
}

fn request(address: SocketAddr, path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n").into_bytes()
}

fn create(address: SocketAddr, number: usize) -> Vec<u8> {
    let body =
        format!(r#"{{"ownWords":"Vuokra on myöhässä, numero {number}.","answerWay":"code"}}"#);
    format!(
        "POST /api/v1/contacts HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
