//! One matter as the reader who may see it sees it.

use std::collections::HashMap;

use clients::{ClientId, Reader};
use identity::people::StaffId;
use kernel::time::{Date, Timestamp, from_millis};
use store::{Query, Row, Show, StoreError, params};

use crate::domain::{
    InitiationKind, Initiator, MatterError, MatterId, MatterOfferId, NameCode, Stage, Way,
};
use crate::store::clocks::{self, ClockRow};
use crate::store::ending::{self, Voice};
use crate::store::facts::Facts;
use crate::store::one_number::{self, OneNumber};
use crate::store::outbox;
use crate::store::relation::{self, ClientCard};
use crate::store::workers::WorkerRow;
use crate::store::{By, Casework, log, unreadable};

/// Everything on the page of a matter.
#[derive(Debug, Clone)]
pub struct MatterView {
    pub facts: Facts,
    pub number: String,
    pub name_code: NameCode,
    pub name_text: Option<String>,
    pub stage: Stage,
    pub joint: bool,
    pub unit_names: [String; 3],
    pub holder_name: String,
    pub holder_since: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub end_reason: Option<String>,
    pub clients: Vec<ClientCard>,
    /// There are clients whose part this reader does not see.
    pub hidden: bool,
    /// A package of the matter went to another county, and the reader may print it.
    pub print: bool,
    pub clocks: Vec<ClockRow>,
    pub workers: Vec<WorkerRow>,
    pub offer: Option<OfferView>,
    /// False when the reader may only know title, state and unit.
    pub content: bool,
    pub entry: Option<Entry>,
    pub sources: Vec<Source>,
    pub events: Vec<Event>,
    /// Whom each of the clients calls now.
    pub numbers: HashMap<ClientId, OneNumber>,
    /// What the clients said when the matter was closed.
    pub voices: Vec<Voice>,
}

/// The initiation entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub kind: InitiationKind,
    pub way: Way,
    pub initiator: Initiator,
    pub initiator_name: Option<String>,
    pub contact_at: Timestamp,
    pub reasons: String,
    pub own_words: Option<String>,
    pub seven_days: Option<String>,
    pub made_by: Option<String>,
    pub end_words: Option<String>,
}

/// Information from elsewhere (703/2023 39 §).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub what: String,
    pub from_whom: String,
    pub got_on: Date,
    pub asked_by: Option<String>,
    pub ground: String,
    pub purpose: String,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub at: Timestamp,
    pub staff: Option<String>,
    pub event: String,
    pub body: String,
    /// The one client it concerns.
    pub client: Option<ClientId>,
}

/// The latest offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferView {
    pub id: MatterOfferId,
    pub from: String,
    pub from_staff: StaffId,
    pub to_person: Option<String>,
    pub to_unit: [String; 3],
    pub reason: String,
    pub warm: bool,
    pub state: String,
    pub answer_by: Timestamp,
    pub refusal_reason: Option<String>,
    pub alternative: Option<String>,
}

/// When it became pending is among what anybody sees who sees the matter at all.
#[derive(Debug, Clone)]
pub struct Shown {
    pub view: MatterView,
    pub pending_at: Timestamp,
}

/// Reads a matter and logs it. Who sees title, state and unit only gets no content at all.
///
/// # Errors
/// [`MatterError::NotFound`] without a right.
pub fn read(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
) -> Result<Shown, MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let (acting, seen) = facts.reading(reader)?;
    let content = !seen.content.is_empty();
    let row = tx.query_one(COLUMNS, &params![matter.bytes(), facts.on_duty.bytes()])?;
    let shown = if content { &seen.content } else { &seen.titles };
    let mut view = from_row(&row, &facts)?;
    view.clients = relation::cards(tx, matter, shown, content, now)?;
    view.hidden = shown.len() < facts.sides.len();
    view.clocks = clocks::of_matter(tx, matter)?;
    view.workers = relation::workers_of(tx, matter, now)?;
    view.offer = latest_offer(tx, matter)?;
    view.content = content;
    view.print =
        view.stage == Stage::Transferred && outbox::right(&facts, casework, reader).is_ok();
    if content {
        view.entry = Some(entry(&row)?);
        view.sources = sources(tx, matter)?;
        view.events = events(tx, matter)?;
        view.numbers = one_number::of(tx, shown, now)?;
        view.voices = ending::voices(tx, matter, shown)?;
        view.events
            .retain(|event| event.client.is_none_or(|client| shown.contains(&client)));
    } else if let Some(offer) = &mut view.offer {
        let to_reader = facts.offer.is_some_and(|open| open.is_for(reader));
        if !to_reader {
            offer.reason.clear();
            offer.refusal_reason = None;
            offer.alternative = None;
        }
    }
    let detail = if content { "" } else { "state" };
    log(
        tx,
        &By::Worker(acting),
        now,
        "matter.read",
        shown,
        detail,
        None,
    )?;
    let pending_at = from_millis(row.get(8)?);
    view.facts = facts;
    Ok(Shown { view, pending_at })
}

const COLUMNS: &str = "select m.number, m.name_code, m.name_text, m.state, m.joint, u.name_fi, u.name_sv, u.name_en, m.pending_at, coalesce(s.name, d.name), m.holder_since, m.ended_at, m.end_reason, m.kind, m.way, m.initiator, m.initiator_name, m.contact_at, m.reasons, m.own_words, m.seven_days, w.name, m.end_words from matter m join unit u on u.id = m.holder_unit join staff d on d.id = $2 left join staff s on s.id = m.holder_staff left join staff w on w.id = m.made_by where m.id = $1";

fn from_row(row: &Row, facts: &Facts) -> Result<MatterView, StoreError> {
    Ok(MatterView {
        facts: facts.clone(),
        number: row.get(0)?,
        name_code: NameCode::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
        name_text: row.get(2)?,
        stage: Stage::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
        joint: row.get(4)?,
        unit_names: [row.get(5)?, row.get(6)?, row.get(7)?],
        holder_name: row.get(9)?,
        holder_since: from_millis(row.get(10)?),
        ended_at: row.get::<Option<i64>>(11)?.map(from_millis),
        end_reason: row.get(12)?,
        clients: Vec::new(),
        hidden: false,
        print: false,
        clocks: Vec::new(),
        workers: Vec::new(),
        offer: None,
        content: false,
        entry: None,
        sources: Vec::new(),
        events: Vec::new(),
        numbers: HashMap::new(),
        voices: Vec::new(),
    })
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    let code = |index: usize| row.get::<String>(index);
    Ok(Entry {
        kind: InitiationKind::from_code(&code(13)?).ok_or_else(unreadable)?,
        way: Way::from_code(&code(14)?).ok_or_else(unreadable)?,
        initiator: Initiator::from_code(&code(15)?).ok_or_else(unreadable)?,
        initiator_name: row.get(16)?,
        contact_at: from_millis(row.get(17)?),
        reasons: row.get(18)?,
        own_words: row.get(19)?,
        seven_days: row.get(20)?,
        made_by: row.get(21)?,
        end_words: row.get(22)?,
    })
}

fn sources(query: &mut impl Query, matter: MatterId) -> Result<Vec<Source>, StoreError> {
    query
        .query(
            "select what, from_whom, got_on, asked_by, ground, purpose from matter_source where matter_id = $1 order by recorded_at, id",
            &params![matter.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Source {
                what: row.get(0)?,
                from_whom: row.get(1)?,
                got_on: row.get::<String>(2)?.parse().map_err(|_| unreadable())?,
                asked_by: row.get(3)?,
                ground: row.get(4)?,
                purpose: row.get(5)?,
            })
        })
        .collect()
}

fn events(query: &mut impl Query, matter: MatterId) -> Result<Vec<Event>, StoreError> {
    query
        .query(
            "select e.at, s.name, e.event, e.body, e.client_id from matter_event e left join staff s on s.id = e.staff_id where e.matter_id = $1 order by e.id desc limit 200",
            &params![matter.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Event {
                at: from_millis(row.get(0)?),
                staff: row.get(1)?,
                event: row.get(2)?,
                body: row.get(3)?,
                client: row.get::<Option<[u8; 16]>>(4)?.map(ClientId::from_bytes),
            })
        })
        .collect()
}

fn latest_offer(query: &mut impl Query, matter: MatterId) -> Result<Option<OfferView>, StoreError> {
    query
        .query_optional(
            "select o.id, f.name, o.from_staff, t.name, u.name_fi, u.name_sv, u.name_en, o.reason, o.warm, o.state, o.answer_by, o.refusal_reason, o.alternative from matter_offer o join staff f on f.id = o.from_staff left join staff t on t.id = o.to_staff join unit u on u.id = o.to_unit where o.matter_id = $1 order by o.made_at desc, o.id desc limit 1",
            &params![matter.bytes()],
        )?
        .map(|row| {
            Ok(OfferView {
                id: MatterOfferId::from_bytes(row.get(0)?),
                from: row.get(1)?,
                from_staff: StaffId::from_bytes(row.get(2)?),
                to_person: row.get(3)?,
                to_unit: [row.get(4)?, row.get(5)?, row.get(6)?],
                reason: row.get(7)?,
                warm: row.get(8)?,
                state: row.get(9)?,
                answer_by: from_millis(row.get(10)?),
                refusal_reason: row.get(11)?,
                alternative: row.get(12)?,
            })
        })
        .transpose()
}
