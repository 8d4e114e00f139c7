//! Building a county's house from its parts.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use casework::domain::MatterSettings;
use identity::session::Sessions;
use intake::domain::IntakeSettings;
use intake::store::Desk;
use kernel::chance::Chance;
use kernel::clock::Clock;
use store::{Store, StoreConfig};
use text::signals::Detector;
use web::{County, House, HouseConfig, LimitsMode, Secrets};

use crate::error::AppError;
use crate::features::{self, Rooms};

/// What the county has decided, by room.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub intake: IntakeSettings,
    pub clients: clients::ClientSettings,
    pub matters: MatterSettings,
}

/// What differs between houses.
pub struct Plan {
    pub store: StoreConfig,
    pub county: County,
    pub settings: Settings,
    pub secrets: Secrets,
    pub demo: bool,
    pub https: bool,
    pub trusted_proxy_header: Option<axum::http::HeaderName>,
    pub limits: LimitsMode,
    /// The parts of the product that the county uses.
    pub rooms: Rooms,
    /// The county's own directory, when it has one.
    pub directory: Option<identity::directory::CountyDirectory>,
}

/// A county's house, ready to serve.
pub struct Built {
    pub house: House,
    pub router: Router,
    pub desk: Arc<Desk>,
}

/// Opens the store (running missing migrations when the plan says so) and joins the features.
///
/// # Errors
/// When the store does not open or a message file is broken.
pub fn build(plan: Plan) -> Result<Built, AppError> {
    let store = Store::open(plan.store.clone(), &features::migrations())?;
    let desk = Arc::new(new_desk(
        &plan.store.clock,
        &plan.store.chance,
        plan.settings.intake,
    ));
    let sessions = Arc::new(Sessions::default());
    let features = features::of(plan.demo, plan.rooms);
    let analysers = text::search::Analysers::open();
    let detector = Arc::new(detector(&analysers)?);
    let clients = Arc::new(clients::Desk::new(
        Arc::clone(&plan.store.clock),
        Arc::clone(&plan.store.chance),
        &plan.secrets,
        plan.settings.clients,
        Arc::clone(&desk.calendar),
    ));
    let casework = Arc::new(casework::store::Casework {
        clock: Arc::clone(&plan.store.clock),
        chance: Arc::clone(&plan.store.chance),
        settings: Arc::new(plan.settings.matters),
        calendar: Arc::clone(&desk.calendar),
        analysers: Arc::new(analysers.clone()),
        clients: Arc::clone(&clients),
        endings: endings(),
    });
    let register = identity::RegisterFile::beside(&plan.store.heads_dir, &plan.store.county);
    let holdings = identity::admin::AllHoldings(vec![
        Arc::new(intake::Contacts(desk.clone())),
        Arc::new(casework::holdings::Matters(casework.clone())),
        Arc::new(clients::holdings::Relations(clients.clone())),
    ]);
    let releases = clients::store::disqualified::Releases(vec![
        Arc::new(casework::store::release::Matters(casework.clone())),
        Arc::new(intake::store::release::Contacts(desk.clone())),
    ]);
    let mut extras: Vec<Arc<dyn Any + Send + Sync>> = vec![
        Arc::new(holdings),
        desk.clone(),
        sessions.clone(),
        detector,
        Arc::new(register),
        Arc::new(api::Tokens::bearers()),
        casework,
        Arc::new(analysers),
        clients,
        Arc::new(clients::store::merge::MovedTables(
            [
                &casework::MOVED[..],
                &documents::MOVED,
                &plan::MOVED,
                &notes::MOVED,
                &intake::MOVED,
            ]
            .concat(),
        )),
        Arc::new(intake::neighbours::Neighbours::default()),
        Arc::new(statistics::borders::Kept::default()),
        Arc::new(clients::Panels(vec![
            plan::panel::client,
            casework::panel::matters,
            casework::person_panels::own_workers,
            casework::person_panels::follow_ups,
            assessment::panel::of_client,
            notes::pages::students::panel,
        ])),
        Arc::new(clients::panels::OneNumber(
            casework::person_panels::one_number,
        )),
        Arc::new(casework::ending::Obstacles(vec![
            documents::unfinished::of_a_matter,
        ])),
        Arc::new(casework::work::Drafts(vec![documents::unfinished::drafts])),
        Arc::new(web::drafts::DraftNames(vec![
            casework::pages::draft_name,
            assessment::draft_name,
            plan::draft_name,
            notes::work::draft_name,
            reporting::pages::draft_name,
            participation::pages::draft_name,
            publications::pages::draft_name,
        ])),
        Arc::new(casework::panels::MatterPanels(vec![
            assessment::panel::of_matter,
            plan::panel::matter,
            notes::panel::notes,
        ])),
        Arc::new(casework::work::Works(vec![
            casework::sources::works,
            documents::waiting::works,
            assessment::panel::work,
            plan::work::works,
            notes::work::works,
        ])),
        Arc::new(casework::work::Dones(vec![
            casework::sources::done,
            notes::work::done,
        ])),
        Arc::new(casework::alerts::Alerts(vec![
            intake::net::unreached,
            casework::net_sources::alerts,
            plan::work::alerts,
            notes::work::alerts,
        ])),
        Arc::new(releases),
        Arc::new(beside_phenomena(plan.rooms)),
    ];
    if plan.rooms.work {
        extras.push(Arc::new(web::NavCounts(vec![Arc::new(desk::WorkCounts)])));
    }
    if let Some(directory) = plan.directory {
        extras.push(Arc::new(directory));
    }
    let config = HouseConfig {
        store,
        clock: plan.store.clock,
        chance: plan.store.chance,
        secrets: plan.secrets,
        county: plan.county,
        demo: plan.demo,
        https: plan.https,
        trusted_proxy_header: plan.trusted_proxy_header,
        limits: plan.limits,
        sessions,
        extras,
    };
    let house = House::new(config, &features)?;
    let router = web::assemble(&house, features);
    Ok(Built {
        house,
        router,
        desk,
    })
}

/// What stands beside a phenomenon: own figures where client work is recorded, and who took part.
fn beside_phenomena(rooms: Rooms) -> reporting::panels::Panels {
    let mut panels: Vec<reporting::panels::Source> = Vec::new();
    if rooms.work {
        panels.push(publications::beside::own_figures);
    }
    panels.push(participation::panel::of_phenomenon);
    reporting::panels::Panels(panels)
}

/// What ends with a matter.
pub fn endings() -> casework::ending::Endings {
    casework::ending::Endings(vec![
        plan::store::begin::end_of_matter,
        assessment::store::acts::end_of_matter,
    ])
}

/// What finds hints in the senders' own words, in the three languages.
fn detector(analysers: &text::search::Analysers) -> Result<Detector, AppError> {
    let text::search::Analysers { fi, sv, en } = analysers.clone();
    Detector::new(fi, sv, en)
        .map_err(|error| AppError::Setting(format!("the rules of hints: {error}")))
}

/// The intake desk of a house.
pub fn new_desk(
    clock: &Arc<dyn Clock>,
    chance: &Arc<dyn Chance>,
    settings: IntakeSettings,
) -> Desk {
    Desk {
        clock: Arc::clone(clock),
        chance: Arc::clone(chance),
        settings: Arc::new(settings),
        calendar: Arc::new(law::Calendar::finland()),
    }
}

/// The county's names from the national classification, with the contact details given.
///
/// # Errors
/// When there is no such county.
pub fn county(code: &str, details: County) -> Result<County, AppError> {
    let names = kernel::place::county(code).ok_or_else(|| {
        AppError::Setting(format!("there is no wellbeing services county {code}"))
    })?;
    Ok(County {
        code: code.to_owned(),
        name_fi: names.name_fi.to_owned(),
        name_sv: names.name_sv.to_owned(),
        name_en: names.name_en.to_owned(),
        ..details
    })
}
