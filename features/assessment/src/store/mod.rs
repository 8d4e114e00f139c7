//! All SQL of the assessment beside that of documents. Every act checks its right and writes its log entry in the
//! transaction that changes or reads the rows (invariants I3 and I4).

pub mod acts;
pub mod finish;
pub mod known;
pub mod lists;
pub mod owners;
pub mod print;
pub mod sections;
pub mod supervised;
pub mod tutored;
pub mod view;
pub mod void;

use access::log::{Actor, LogEntry};
use casework::store::facts::Facts;
use casework::store::{Acting, Casework, special_support};
use clients::{ClientId, Reader};
use documents::tutored::Effect;
use documents::{DocError, Document, Kind};
use kernel::time::Timestamp;
use store::{Log, Query, StoreError};

use crate::domain::Refusal;

/// Log event of an invitation of an expert or a partner's section.
pub const INVITE: &str = "assessment.invite";
/// Log event of a section that its expert has sent.
pub const SENT: &str = "assessment.section_sent";
/// Log event of an invitation that was taken back.
pub const WITHDRAWN: &str = "assessment.section_withdrawn";
/// Log event of asking a social worker in public office to finish.
pub const ASKED: &str = "assessment.ask";

/// Log event of a print, with what it is for.
pub const PRINTED: &str = "assessment.print";

/// Codes of the log entries that this room writes; those of the document itself are written by the room of documents.
pub const EVENTS: &[&str] = &[INVITE, SENT, WITHDRAWN, ASKED, PRINTED];

/// How much of an assessment a right opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    Whole,
    /// The reader's own section alone (rows IE-01.. of the rights table).
    Section,
}

/// A right over an assessment with the facts on which it rests.
#[derive(Debug, Clone)]
pub struct Access {
    pub facts: Facts,
    pub acting: Acting,
    pub sees: Sees,
    /// Clients of the assessment who are clients of the matter: those over whom the right was asked.
    pub clients: Vec<ClientId>,
}

impl Access {
    fn of(facts: Facts, document: &Document, acting: Acting, sees: Sees) -> Self {
        let here = facts.clients();
        let mut clients = document.clients.clone();
        clients.retain(|client| here.contains(client));
        Self {
            facts,
            acting,
            sees,
            clients,
        }
    }
}

/// Rows that tell that something is there and not what: no assessment is opened by them.
const WITHOUT_TEXT: [&str; 5] = [
    "title_only",
    "title_state_unit",
    "no_content",
    "summary_only",
    "coded_fields_only",
];
/// The condition of such a row that this room meets.
const ONE_SECTION_GIVEN: [&str; 1] = ["section_only"];
/// The condition of the row of a health expert: the client's permission, or a joint service, is told in the invitation
/// (703/2023 53 § 1).
const PERMITTED: [&str; 1] = ["permit_or_joint"];
/// Rows that open the reader's own section.
const ONE_SECTION: [&str; 2] = ["section_only", "own_section"];

/// The right over every client of the assessment who is a client of its matter, from facts that have been read.
pub fn over(
    facts: &Facts,
    reader: &Reader,
    document: &Document,
    action: &str,
) -> Option<(Acting, Sees)> {
    let here = facts.clients();
    let rows = facts.rows(reader, Kind::Assessment.code(), action);
    let mut found = None;
    let mut sees = Sees::Whole;
    for client in document.clients.iter().filter(|one| here.contains(one)) {
        let (_, row) = rows.iter().find(|(over, _)| over == client)?;
        if WITHOUT_TEXT.iter().any(|token| row.shows(token)) {
            return None;
        }
        if ONE_SECTION.iter().any(|token| row.shows(token)) {
            sees = Sees::Section;
        }
        found = Some(Acting {
            staff: reader.staff,
            right: &row.id,
            purpose: &row.purpose,
        });
    }
    found.map(|acting| (acting, sees))
}

/// Facts of the assessment's matter, with the conditions that this room knows: whose entry it is, and SHL 36 § 5.
fn facts(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Facts, DocError> {
    let mut facts = Facts::load(query, reader, document.matter, now)?;
    facts = facts.with_given(special_support::given_36(
        query,
        reader,
        &document.clients,
        now,
    )?);
    if sections::is_permitted(query, document, reader.staff)? {
        facts = facts.with_given(&PERMITTED);
    }
    if document.made_by == reader.staff {
        facts = facts.with_given(&["own_entry"]);
    }
    // A row of one section is met by showing that section and no other, see [`Sees`].
    Ok(facts.with_given(&ONE_SECTION_GIVEN))
}

/// Decides an action on an assessment that takes effect at once.
///
/// # Errors
/// [`DocError::NotFound`] when the table gives no right: what one may not see does not exist.
pub fn access(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    action: &str,
    now: Timestamp,
) -> Result<Access, DocError> {
    access_with(query, reader, document, (action, Effect::AtOnce), now)
}

/// The right to write: the text of an open assessment comes into force when it is finished, a student's by the tutor.
///
/// # Errors
/// As [`access`].
pub fn writing(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Access, DocError> {
    let effect = Effect::of(document);
    access_with(query, reader, document, ("edit_draft", effect), now)
}

fn access_with(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    (action, effect): (&str, Effect),
    now: Timestamp,
) -> Result<Access, DocError> {
    let facts = facts(query, reader, document, now)?;
    let (acting, sees) = over(&facts, reader, document, action)
        .filter(|(acting, _)| effect.is_given(acting))
        .ok_or(DocError::NotFound)?;
    Ok(Access::of(facts, document, acting, sees))
}

/// As [`access`], for acts on the whole.
fn whole(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    action: &str,
    now: Timestamp,
) -> Result<Access, Refusal> {
    of_whole(access(query, reader, document, action, now)?)
}

/// As [`writing`], for acts on the whole.
fn drafting(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Access, Refusal> {
    of_whole(writing(query, reader, document, now)?)
}

fn of_whole(access: Access) -> Result<Access, Refusal> {
    match access.sees {
        Sees::Whole => Ok(access),
        Sees::Section => Err(DocError::NotFound.into()),
    }
}

/// Writes the log entry of an act of this room.
fn log(
    tx: &mut impl Log,
    by: &Acting,
    at: Timestamp,
    event: &'static str,
    document: &Document,
    clients: &[ClientId],
    content: Option<&str>,
) -> Result<(), StoreError> {
    tx.log(LogEntry {
        at,
        actor: Actor::Staff(by.staff.bytes()),
        event,
        right: by.right.into(),
        purpose: by.purpose,
        subjects: clients.iter().map(ClientId::bytes).collect(),
        detail: document.id.to_string(),
        digest: content.map(|text| *blake3::hash(text.as_bytes()).as_bytes()),
    })
}

fn row_id(casework: &Casework) -> [u8; 16] {
    casework::domain::RowId::new(&*casework.clock, &*casework.chance).bytes()
}

fn unreadable() -> StoreError {
    StoreError::Decode("a code that this version does not know".to_owned())
}
