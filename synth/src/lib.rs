//! The synthetic county: made-up people, real municipalities, contacts that went through the same
//! acts as real ones. Nothing here writes a contact's rows by itself: the history calls the intake
//! room's own functions, so its log and its invariants are those of the product.

mod cases;
mod clients;
mod drafted;
mod gatherings;
mod history;
mod people;
mod places;
mod planted;
mod reports;
mod staffing;
mod standing;
mod stories;
pub mod stress;
mod students;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

pub use reports::Reported;

use access::rights::RightsTable;
use intake::domain::IntakeError;
use intake::store::Desk;
use kernel::clock::ManualClock;
use kernel::time::{Date, SignedDuration, Timestamp, day, millis};
use store::{Query, Store, StoreError, params};

/// What to make.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Code of the wellbeing services county.
    pub county: String,
    pub persons: u32,
    /// Years of contacts before `now`.
    pub years: u16,
    pub seed: u64,
    /// The end of the history.
    pub now: Timestamp,
    /// The house's key for digests of identity codes.
    pub identity_key: identity::IdentityKey,
    /// Where the stand-in of the national register of professionals is written, if anywhere.
    pub register: Option<std::path::PathBuf>,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    pub persons: usize,
    pub contacts: usize,
    pub open: usize,
    pub advice: usize,
    pub clients: usize,
    /// Matters of clients made over the years; the planted ones' are not counted.
    pub matters: usize,
    /// What was written of them.
    pub written: Written,
    /// What social reporting holds.
    pub reported: Reported,
}

/// Truths that are known beforehand, counted while the county is made and never read from it: what a figure of the product
/// says of the same thing can be compared with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    pub assessments_begun: usize,
    pub assessments_finished: usize,
    pub plans: usize,
    pub goals: usize,
    pub reviews: usize,
    pub goals_attained: usize,
    pub goals_partly: usize,
    pub notes_finished: usize,
    /// Notes of visits that were left as drafts.
    pub notes_left: usize,
    /// Matters that began from a rent debt, in Finnish or Swedish.
    pub rent_debts: usize,
    pub special_support: usize,
}

impl std::fmt::Display for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} persons, {} contacts of which {} open, {} notes of advice, {} clients with {} matters, {} assessments, {} plans, {} notes, {} observations in {} phenomena",
            self.persons,
            self.contacts,
            self.open,
            self.advice,
            self.clients,
            self.matters,
            self.written.assessments_begun,
            self.written.plans,
            self.written.notes_finished + self.written.notes_left,
            self.reported.observations,
            self.reported.phenomena
        )
    }
}

/// Why the county could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an act of the history was refused: {0}")]
    Intake(#[from] IntakeError),
    #[error("an act on a client was refused: {0}")]
    Client(#[from] ::clients::ClientError),
    #[error("an act on a matter was refused: {0}")]
    Matter(#[from] casework::domain::MatterError),
    #[error("an act on an assessment was refused: {0}")]
    Assessment(#[from] assessment::domain::Refusal),
    #[error("an act on a plan was refused: {0}")]
    Plan(#[from] plan::domain::PlanError),
    #[error("an act on a note was refused: {0}")]
    Note(#[from] notes::store::keep::KeepError),
    #[error("a document was refused: {0}")]
    Document(#[from] documents::DocError),
    #[error("a judgement was refused: {0}")]
    Support(#[from] casework::store::special_support::SupportError),
    #[error("the stories cannot be read: {0}")]
    Stories(#[from] toml::de::Error),
    #[error("the county already has units: synthetic data is only put into an empty one")]
    NotEmpty,
    #[error(
        "the county's history was cut off while it was made: empty the database and begin again"
    )]
    Unfinished,
    #[error(
        "the history would begin on {began}, before the rights of its workers: they are of law in force since {first}. Ask for fewer years"
    )]
    BeforeLaw { began: Date, first: Date },
    #[error("the county has no workers who could have clients")]
    NoWorkers,
    #[error("the texts cannot be read: {0}")]
    Words(#[from] csv::Error),
    #[error("the facts of the staff were refused: {0}")]
    Standing(#[from] identity::facts::approval::Refusal),
    #[error("a word of social reporting is not known: {0}")]
    Code(String),
    #[error("an act of social reporting was refused: {0}")]
    Report(String),
    #[error("the open statistics were refused: {0}")]
    Statistics(String),
    #[error("the register of professionals cannot be written: {0}")]
    Register(#[from] std::io::Error),
}

/// Steps of the history in one transaction: large enough to be fast, small enough to be resumed over.
const STEPS_AT_ONCE: usize = 250;

/// What the acts of the history need, room by room; all of them on the history's own clock.
#[derive(Clone)]
pub struct Desks {
    pub contacts: Desk,
    pub clients: ::clients::store::Desk,
    pub matters: casework::store::Casework,
}

impl Desks {
    /// The desks of a county whose rooms have their default settings, beside the one of contacts. `endings` are what ends
    /// with a matter in the product.
    pub fn of(contacts: Desk, secrets: &web::Secrets, endings: casework::ending::Endings) -> Self {
        let clients = ::clients::Desk::new(
            Arc::clone(&contacts.clock),
            Arc::clone(&contacts.chance),
            secrets,
            ::clients::ClientSettings::default(),
            Arc::clone(&contacts.calendar),
        );
        Self {
            matters: casework::store::Casework {
                clock: Arc::clone(&contacts.clock),
                chance: Arc::clone(&contacts.chance),
                settings: Arc::default(),
                calendar: Arc::clone(&contacts.calendar),
                analysers: Arc::new(text::search::Analysers::open()),
                clients: Arc::new(clients.clone()),
                endings,
            },
            clients,
            contacts,
        }
    }
}

/// Said among the county's settings when `fill` has come to its end.
const FILLED: &str = "synth.filled";

/// Fills an empty county. `progress` is told how much of how much is done.
///
/// # Errors
/// When the county is not empty, its years began before the law whose rights its workers have, or an act fails: then a rule of
/// the product has been broken.
pub fn fill(
    store: &Store,
    desks: &Desks,
    clock: &Arc<ManualClock>,
    plan: &Plan,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Made, SynthError> {
    let began = plan.now - SignedDuration::from_hours(i64::from(plan.years) * 365 * 24);
    let first = RightsTable::built_in()
        .rows()
        .iter()
        .map(|row| row.valid_from)
        .min();
    if let Some(first) = first.filter(|first| day(began) < *first) {
        let began = day(began);
        return Err(SynthError::BeforeLaw { began, first });
    }
    clock.set(began);
    let (desk_then, then) = (desks.contacts.clone(), plan.clone());
    let staffing = store
        .write_blocking(move |tx| {
            let units: i64 = tx.query_one("select count(*) from unit", &[])?.get(0)?;
            if units > 0 {
                return Err(SynthError::NotEmpty);
            }
            let staffing = staffing::make(tx, &desk_then, &then.county, began, then.now)?;
            standing::make(tx, &staffing, &then, began)?;
            Ok(staffing)
        })?
        .value;
    let (guided, matters) = (staffing.clone(), desks.matters.clone());
    let history = history::History::new(desks, Arc::clone(clock), plan, staffing.clone())?;
    let all = (plan.now.as_second() - began.as_second()).unsigned_abs();
    let history = Arc::new(Mutex::new(history));
    loop {
        let turn = Arc::clone(&history);
        let at = store
            .write_blocking(move |tx| {
                turn.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .run(tx, STEPS_AT_ONCE)
            })?
            .value;
        let Some(at) = at else { break };
        progress((at.as_second() - began.as_second()).unsigned_abs(), all);
    }
    clock.set(plan.now);
    let now = plan.now;
    store.write_blocking(move |tx| students::guide(tx, &matters, &guided, now))?;
    // The history itself answered or ran out its offers; their jobs have nothing left to do.
    let past = millis(plan.now);
    store.write_blocking(move |tx| {
        tx.execute("delete from job where run_at <= $1", &params![past])?;
        Ok::<_, StoreError>(())
    })?;
    reports::statistics(store, &plan.county)?;
    let (clock, chance, county) = (
        Arc::clone(clock),
        Arc::clone(&desks.contacts.chance),
        plan.county.clone(),
    );
    let reported = store
        .write_blocking(move |tx| {
            let reported = reports::report(tx, &clock, &*chance, &staffing, (&county, now))?;
            gatherings::gather(tx, &clock, &*chance, &staffing, (&county, now))?;
            drafted::begin(tx, &clock, &*chance, &staffing, now)?;
            store::settings::set(tx, FILLED, "1", now)?;
            Ok::<_, SynthError>(reported)
        })?
        .value;
    let made = history
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .made(plan);
    Ok(Made { reported, ..made })
}
