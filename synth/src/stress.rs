//! A synthetic county grown to the size of the whole country's clients, for measuring.
//!
//! Every row comes from the product's own acts, as in the history: clients are recorded, matters opened, assessed, planned,
//! noted and closed, and records are read through the gate, so that the log is what a county's log is. What differs from
//! the history is time: all that is written of a client is written on one day.
//!
//! The work is cut into turns, each in a transaction with the number of the turn, so that an interrupted run goes on where
//! it stood.

use std::sync::{Arc, Mutex, PoisonError};

use casework::domain::AssessmentStep;
use casework::store::clocks;
use clients::ClientId;
use clients::gate::Gate;
use clients::store::create::{Maker, create};
use clients::store::record;
use kernel::clock::ManualClock;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration, Timestamp};
use store::{Query, Store, StoreError, WriteTx, params, settings};

use crate::cases::Hand;
use crate::clients::{Running, basics, reader};
use crate::history::{History, of_story};
use crate::people::pick;
use crate::staffing::{self, Role, Staffing};
use crate::{Desks, Plan, SynthError};

/// Where the number of turns done is kept, among the county's settings.
const KEY: &str = "synth.stress";
/// Clients of one turn, and entries of reading of one.
const CLIENTS_A_TURN: u32 = 100;
const READS_A_TURN: u64 = 2_000;
/// Workers who read their clients' records in one turn.
const WORKERS_A_TURN: u32 = 40;
/// Open matters of one worker: the counties' own figures speak of 40 to 60 clients each.
const MATTERS_A_WORKER: u32 = 45;
/// Workers of a unit.
const WORKERS_A_UNIT: u32 = 12;

/// How large it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub clients: u32,
    /// Clients of them with an open matter; the others' matters have been closed.
    pub open: u32,
    /// Texts of each client with an open matter: an assessment, a plan and notes.
    pub texts: u32,
    /// Log entries in all.
    pub entries: u64,
}

impl Size {
    /// The whole country's clients of working age.
    pub const COUNTRY: Self = Self {
        clients: 220_000,
        open: 15_000,
        texts: 10,
        entries: 2_000_000,
    };

    fn turns(&self) -> u32 {
        self.clients.div_ceil(CLIENTS_A_TURN)
    }

    /// Whether the client of this number has an open matter: they are spread evenly.
    fn is_open(&self, number: u32) -> bool {
        self.open_before(number + 1) > self.open_before(number)
    }

    /// Clients with an open matter among the first so many.
    fn open_before(&self, number: u32) -> u64 {
        u64::from(number) * u64::from(self.open) / u64::from(self.clients)
    }

    /// Whose hand a client is in, of so many: those with an open matter are shared out by turns among themselves, so
    /// that everybody has as many, and the others too.
    fn hand(&self, number: u32, hands: usize) -> usize {
        let before = self.open_before(number);
        let turn = if self.is_open(number) {
            before
        } else {
            u64::from(number) - before
        };
        usize::try_from(turn).unwrap_or(usize::MAX) % hands
    }
}

/// How many turns an earlier run did; nothing when there was none.
///
/// # Errors
/// When the engine fails.
pub fn done(store: &Store) -> Result<Option<u32>, StoreError> {
    let text = store.read_blocking(|tx| settings::find(tx, KEY))?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// Grows a county that `fill` has made, from where an earlier run stood; gives the number of log entries. `progress` is told
/// how much of how much is done.
///
/// # Errors
/// When an act is refused: then a rule of the product has been broken.
pub fn grow(
    store: &Store,
    desks: &Desks,
    clock: &Arc<ManualClock>,
    (plan, size): (&Plan, Size),
    progress: &mut dyn FnMut(u64, u64),
) -> Result<u64, SynthError> {
    let filled = store.read_blocking(|tx| settings::find(tx, crate::FILLED))?;
    if filled.is_none() {
        return Err(SynthError::Unfinished);
    }
    let first = match done(store)? {
        Some(first) => first,
        None => {
            hire(store, desks, plan, size)?;
            0
        }
    };
    let hands = store.read_blocking(hands)?;
    if hands.is_empty() {
        return Err(SynthError::NoWorkers);
    }
    let staffing = Staffing::default();
    let people = Plan {
        persons: 5_000,
        ..plan.clone()
    };
    let history = History::still(desks, Arc::clone(clock), &people, staffing)?;
    let turning = Arc::new(Mutex::new(Turning {
        history,
        hands,
        size,
    }));
    let all = u64::from(size.turns()) + size.entries / READS_A_TURN;
    for turn in first..size.turns() {
        clock.set(moment_of(plan, turn, size.turns()));
        let shared = Arc::clone(&turning);
        store.write_blocking(move |tx| {
            let mut turning = shared.lock().unwrap_or_else(PoisonError::into_inner);
            turning.clients(tx, turn)
        })?;
        progress(u64::from(turn), all);
    }
    clock.set(plan.now);
    let entries = read_records(store, &turning, size, &mut |left| {
        progress(all - left.min(all), all);
    })?;
    Ok(entries)
}

/// Days over which the clients came: the years of the history, without their first days.
fn days(plan: &Plan) -> u32 {
    (u32::from(plan.years) * 365).saturating_sub(5).max(1)
}

/// The moment of a turn; the last is the day before the end.
fn moment_of(plan: &Plan, turn: u32, turns: u32) -> Timestamp {
    let ago = i64::from(days(plan)) * i64::from(turns - turn) / i64::from(turns.max(1));
    plan.now - SignedDuration::from_hours(24 * ago.max(1))
}

/// Units and workers for so many open matters.
fn hire(store: &Store, desks: &Desks, plan: &Plan, size: Size) -> Result<(), SynthError> {
    let workers = size.open.div_ceil(MATTERS_A_WORKER);
    let units = workers.div_ceil(WORKERS_A_UNIT);
    let (desk, now) = (desks.contacts.clone(), plan.now);
    let began = now - SignedDuration::from_hours(24 * (i64::from(days(plan)) + 30));
    store.write_blocking(move |tx| {
        staffing::more(tx, &desk, (units, WORKERS_A_UNIT), began)?;
        settings::set(tx, KEY, "0", now)?;
        Ok::<_, StoreError>(())
    })?;
    Ok(())
}

/// Whoever may have a matter.
fn hands(tx: &mut store::ReadTx<'_>) -> Result<Vec<Hand>, StoreError> {
    let rows = tx.query(
        "select id, unit_id, title from staff where ended_on is null and title in ('social_worker', 'counsellor') order by id",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let social = row.get::<String>(2)? == "social_worker";
            Ok(Hand {
                staff: identity::people::StaffId::from_bytes(row.get(0)?),
                unit: identity::people::UnitId::from_bytes(row.get(1)?),
                role: if social {
                    Role::SocialWorker
                } else {
                    Role::Counsellor
                },
            })
        })
        .collect()
}

/// What the turns share.
struct Turning {
    history: History,
    hands: Vec<Hand>,
    size: Size,
}

impl Turning {
    fn clients(&mut self, tx: &mut WriteTx<'_>, turn: u32) -> Result<(), SynthError> {
        let from = turn * CLIENTS_A_TURN;
        let to = (from + CLIENTS_A_TURN).min(self.size.clients);
        for number in from..to {
            self.client(tx, number)?;
        }
        let now = self.history.clients.now();
        settings::set(tx, KEY, &(turn + 1).to_string(), now)?;
        Ok(())
    }

    fn client(&mut self, tx: &mut WriteTx<'_>, number: u32) -> Result<(), SynthError> {
        let chance = self.history.chance();
        let hand = self.hands[self.size.hand(number, self.hands.len())];
        let person = pick(&*chance, &self.history.people).clone();
        let mut new = basics(&*chance, &person, hand, false);
        new.code = code(number);
        let desk = self.history.clients.clone();
        let client = create(tx, &desk, &reader(hand), &new, Maker::Recorder)?;
        if self.size.is_open(number) {
            self.open(tx, hand, client, person.language)
        } else {
            self.ended(tx, hand, client, person.language)
        }
    }

    /// A client whose matter is open, with her texts.
    fn open(
        &mut self,
        tx: &mut WriteTx<'_>,
        hand: Hand,
        client: ClientId,
        language: &str,
    ) -> Result<(), SynthError> {
        let (mut running, story) = self.matter(tx, hand, client, language)?;
        let (history, who) = (&self.history, reader(hand));
        history.name_own_worker(tx, client, hand, running.matter)?;
        running.assessment = Some(history.assess(tx, &running, &story, &who)?);
        let mut texts = 1;
        if history.assessed(tx, &running, &story, &who)? {
            running.plan = Some(history.make_plan(tx, &running, &story, &who)?);
            texts += 1;
        }
        for number in 0..(self.size.texts.saturating_sub(texts)) as usize {
            history.note(tx, &running, &story, number % story.notes.len(), &who)?;
        }
        Ok(())
    }

    /// A client whose matter has been closed: guided once.
    fn ended(
        &mut self,
        tx: &mut WriteTx<'_>,
        hand: Hand,
        client: ClientId,
        language: &str,
    ) -> Result<(), SynthError> {
        let (running, story) = self.matter(tx, hand, client, language)?;
        let who = reader(hand);
        clocks::assessment(
            tx,
            &self.history.matters,
            &who,
            running.matter,
            AssessmentStep::Unnecessary,
            "Asiakas tarvitsi ohjausta yhdessä asiassa ja sai sen.",
        )?;
        self.history.note(tx, &running, &story, 0, &who)?;
        self.history.execution(tx, &running, &who)?;
        self.history.remembered.matters.push(running);
        self.history.close_matter(tx, 0)?;
        self.history.remembered.matters.clear();
        Ok(())
    }

    fn matter(
        &mut self,
        tx: &mut WriteTx<'_>,
        hand: Hand,
        client: ClientId,
        language: &str,
    ) -> Result<(Running, crate::stories::Story), SynthError> {
        let story = self.history.pick_story(language, hand.role);
        let told = self.history.stories[story].clone();
        let choice = (
            told.matter(),
            told.reasons.as_str(),
            told.own_words.as_str(),
        );
        let running = Running {
            matter: self.history.open_matter(tx, client, hand, choice)?,
            hand,
            clients: of_story(client, None),
            story,
            assessment: None,
            assessed: false,
            plan: None,
            reviewed: false,
            closed: false,
        };
        Ok((running, told))
    }
}

/// A code that belongs to no living person and to nobody else of the county: the individual number is of the artificial
/// range, and the separator is one that the rest of the synthetic county does not use for these years of birth.
fn code(number: u32) -> Option<IdentityCode> {
    const DAYS: u32 = 28;
    const MONTHS: u32 = 12;
    const YEARS: u32 = 54;
    let day = i8::try_from(1 + number % DAYS).ok()?;
    let month = i8::try_from(1 + number / DAYS % MONTHS).ok()?;
    let year = i16::try_from(1946 + number / (DAYS * MONTHS) % YEARS).ok()?;
    let serial = u16::try_from(950 + number / (DAYS * MONTHS * YEARS)).ok()?;
    IdentityCode::compose(Date::new(year, month, day).ok()?, 'X', serial).ok()
}

/// Workers read their clients' records until the log is long enough; gives its length.
fn read_records(
    store: &Store,
    turning: &Arc<Mutex<Turning>>,
    size: Size,
    left: &mut dyn FnMut(u64),
) -> Result<u64, SynthError> {
    loop {
        let entries = store.read_blocking(entries)?;
        let wanted = size.entries.saturating_sub(entries);
        if wanted == 0 {
            return Ok(entries);
        }
        left(wanted / READS_A_TURN);
        let shared = Arc::clone(turning);
        let count = wanted.min(READS_A_TURN);
        let read = store
            .write_blocking(move |tx| {
                let turning = shared.lock().unwrap_or_else(PoisonError::into_inner);
                turning.read(tx, count)
            })?
            .value;
        if read == 0 {
            return Ok(entries);
        }
    }
}

/// Entries in all chains.
fn entries(tx: &mut store::ReadTx<'_>) -> Result<u64, StoreError> {
    let row = tx.query_one(
        "select cast(coalesce(sum(count), 0) as bigint) from log_head",
        &[],
    )?;
    Ok(u64::try_from(row.get::<i64>(0)?).unwrap_or(0))
}

impl Turning {
    /// Records that their own workers read; gives how many.
    fn read(&self, tx: &mut WriteTx<'_>, count: u64) -> Result<u64, SynthError> {
        let mut read = 0;
        for _ in 0..WORKERS_A_TURN {
            let hand = *pick(&*self.history.chance(), &self.hands);
            for client in own(tx, hand)? {
                if read == count {
                    return Ok(read);
                }
                let now = self.history.clients.now();
                let gate = Gate::open(tx, &reader(hand), client, now)?;
                record::show(tx, &gate, now)?;
                read += 1;
            }
        }
        Ok(read)
    }
}

/// The clients whose own worker somebody is.
fn own(tx: &mut WriteTx<'_>, hand: Hand) -> Result<Vec<ClientId>, StoreError> {
    let rows = tx.query(
        "select distinct client_id from relation where staff_id = $1 and kind = 'own_worker' and ends_at is null order by client_id",
        &params![hand.staff.bytes()],
    )?;
    rows.iter()
        .map(|row| Ok(ClientId::from_bytes(row.get(0)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kernel::time::day;

    use super::*;

    #[test]
    fn every_client_has_a_code_of_her_own() {
        let codes: BTreeSet<String> = (0..Size::COUNTRY.clients)
            .map(|number| code(number).expect("a code").expose().to_owned())
            .collect();
        assert_eq!(codes.len(), 220_000);
    }

    #[test]
    fn open_matters_are_as_many_as_asked() {
        for (clients, open) in [(220_000, 15_000), (300, 40), (7, 7), (10, 0), (1, 1)] {
            let size = Size {
                clients,
                open,
                ..Size::COUNTRY
            };
            let count = (0..clients).filter(|one| size.is_open(*one)).count();
            assert_eq!(count, open as usize, "{clients} {open}");
        }
    }

    #[test]
    fn open_matters_are_shared_evenly() {
        // As many workers as the whole country's county has: the step between open clients and their number have a
        // common factor, which once left most of them without anybody.
        for hands in [363_usize, 12, 1] {
            let size = Size::COUNTRY;
            let mut held = vec![0_usize; hands];
            for number in (0..size.clients).filter(|one| size.is_open(*one)) {
                held[size.hand(number, hands)] += 1;
            }
            let even = size.open as usize / hands;
            assert!(
                held.iter().all(|one| (even..=even + 1).contains(one)),
                "{hands}: {held:?}"
            );
        }
    }

    #[test]
    fn turns_come_in_order_and_before_the_end() {
        let plan = Plan {
            county: "15".to_owned(),
            persons: 0,
            years: 2,
            seed: 1,
            now: "2026-03-11T10:00:00Z".parse().expect("a moment"),
            identity_key: identity::IdentityKey::of(&web::Secrets::new([7; 32])),
            register: None,
        };
        let moments: Vec<Timestamp> = (0..2_200)
            .map(|turn| moment_of(&plan, turn, 2_200))
            .collect();
        assert!(moments.is_sorted());
        assert!(moments.iter().all(|one| day(*one) < day(plan.now)));
    }
}
