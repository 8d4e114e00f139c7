//! Sections of others: invited, written, sent, taken back.

use casework::store::Casework;
use casework::store::facts::Facts;
use clients::relations::{self, NewRelation, Which};
use clients::{Reader, holdings};
use documents::store as docs;
use documents::{DocError, Document, DocumentId, Kind};
use identity::people::{self, StaffId};
use kernel::time::{Date, Time, Timestamp, day, from_millis, millis, moment};
use store::{Query, Row, StoreError, WriteTx, params, places};

use super::{INVITE, PERMITTED, SENT, Sees, WITHDRAWN, log, unreadable, whole};
use crate::domain::sections::{ExpertGround, PartnerGround, Permit, is_lawful_due};
use crate::domain::{NewSection, Refusal, SectionId, SectionKind, Who};

/// A section as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub id: SectionId,
    pub document: DocumentId,
    pub kind: SectionKind,
    pub who: Who,
    /// Name of the expert or the partner.
    pub name: String,
    pub question: String,
    pub due_on: Date,
    pub asked_by: String,
    pub asked_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub withdrawn: bool,
    /// On what ground an expert of health care sees it.
    pub permit: Option<Permit>,
}

impl Section {
    /// The member of staff who writes it.
    pub const fn expert(&self) -> Option<StaffId> {
        match self.who {
            Who::Expert(staff) => Some(staff),
            Who::Partner { .. } => None,
        }
    }

    /// Whether its text may still be written by its expert.
    pub fn is_open(&self, today: Date) -> bool {
        self.sent_at.is_none() && !self.withdrawn && today <= self.due_on
    }
}

const COLUMNS: &str = "select x.id, x.document_id, x.kind, x.staff_id, x.partner, x.ground, x.ground_words, x.question, x.due_on, a.name, x.asked_at, x.sent_at, x.withdrawn_at, s.name from assessment_section x join staff a on a.id = x.asked_by left join staff s on s.id = x.staff_id";

fn from_row(row: &Row) -> Result<Section, StoreError> {
    let partner: Option<String> = row.get(4)?;
    let who = match row.get::<Option<[u8; 16]>>(3)? {
        Some(staff) => Who::Expert(StaffId::from_bytes(staff)),
        None => Who::Partner {
            name: partner.clone().unwrap_or_default(),
            ground: row
                .get::<Option<String>>(5)?
                .and_then(|code| PartnerGround::from_code(&code))
                .ok_or_else(unreadable)?,
            ground_words: row.get::<Option<String>>(6)?.unwrap_or_default(),
        },
    };
    let expert = matches!(who, Who::Expert(_));
    let permit = match row.get::<Option<String>>(5)?.filter(|_| expert) {
        None => None,
        Some(code) => Some(Permit {
            ground: ExpertGround::from_code(&code).ok_or_else(unreadable)?,
            words: row.get::<Option<String>>(6)?.unwrap_or_default(),
        }),
    };
    Ok(Section {
        permit,
        id: SectionId::from_bytes(row.get(0)?),
        document: DocumentId::from_bytes(row.get(1)?),
        kind: SectionKind::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
        who,
        name: row
            .get::<Option<String>>(13)?
            .or(partner)
            .unwrap_or_default(),
        question: row.get(7)?,
        due_on: row.get::<String>(8)?.parse().map_err(|_| unreadable())?,
        asked_by: row.get(9)?,
        asked_at: from_millis(row.get(10)?),
        sent_at: row.get::<Option<i64>>(11)?.map(from_millis),
        withdrawn: row.get::<Option<i64>>(12)?.is_some(),
    })
}

/// The sections of several assessments that have not been taken back, in the order of asking.
///
/// # Errors
/// When the engine fails.
pub fn of_documents(
    query: &mut impl Query,
    ids: &[DocumentId],
) -> Result<Vec<Section>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = places(ids.len(), 0);
    let values: Vec<_> = ids.iter().map(|id| id.bytes().into()).collect();
    query
        .query(
            &format!("{COLUMNS} where x.document_id in ({list}) and x.withdrawn_at is null order by x.asked_at, x.id"),
            &values,
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// Sections that wait for a member of staff.
///
/// # Errors
/// When the engine fails.
pub fn waiting_for(
    query: &mut impl Query,
    staff: StaffId,
    today: Date,
) -> Result<Vec<Section>, StoreError> {
    query
        .query(
            &format!("{COLUMNS} where x.staff_id = $1 and x.sent_at is null and x.withdrawn_at is null and x.due_on >= $2 order by x.due_on, x.id limit 100"),
            &params![staff.bytes(), today.to_string()],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// Whether an invitation of the person tells the client's permission or a joint service.
///
/// # Errors
/// When the engine fails.
pub(super) fn is_permitted(
    query: &mut impl Query,
    document: &Document,
    staff: StaffId,
) -> Result<bool, StoreError> {
    let found = query.query_optional(
        "select 1 from assessment_section where document_id = $1 and staff_id = $2 and ground is not null and withdrawn_at is null limit 1",
        &params![document.id.bytes(), staff.bytes()],
    )?;
    Ok(found.is_some())
}

/// Whether the person could read and write a section: who could do one alone would have an invitation that opens nothing.
fn could(
    tx: &mut WriteTx<'_>,
    facts: &Facts,
    staff: StaffId,
    permitted: bool,
    now: Timestamp,
) -> Result<(), Refusal> {
    let other = holdings::reader_of(tx, staff, now)?.ok_or(DocError::NotFound)?;
    let with_permit = facts.clone().with_given(&PERMITTED);
    for action in ["edit_draft", "read"] {
        let what = ("assessment", action);
        if permitted || !facts.could(tx, &other, "invited_expert", what, now)? {
            if !with_permit.could(tx, &other, "invited_expert", what, now)? {
                return Err(Refusal::CannotTakePart);
            }
            if !permitted {
                return Err(Refusal::PermitMissing);
            }
        }
    }
    Ok(())
}

fn load(query: &mut impl Query, id: SectionId) -> Result<Section, Refusal> {
    let row = query
        .query_optional(&format!("{COLUMNS} where x.id = $1"), &params![id.bytes()])?
        .ok_or(DocError::NotFound)?;
    Ok(from_row(&row)?)
}

/// Whether the reader may write the section: its expert while it is open, or whoever writes the whole a partner's.
pub(super) fn writable(
    query: &mut impl Query,
    reader: &Reader,
    document: &Document,
    id: SectionId,
    sees: Sees,
    now: Timestamp,
) -> Result<Section, Refusal> {
    let section = load(query, id)?;
    if section.document != document.id {
        return Err(DocError::NotFound.into());
    }
    match section.expert() {
        Some(staff) if staff != reader.staff => Err(DocError::NotFound.into()),
        Some(_) if !section.is_open(day(now)) => Err(Refusal::SectionClosed),
        None if sees == Sees::Section => Err(DocError::NotFound.into()),
        None if section.withdrawn => Err(Refusal::SectionClosed),
        _ => Ok(section),
    }
}

/// The moment after the last minute of a day.
fn night(on: Date) -> Timestamp {
    on.tomorrow()
        .map_or(Timestamp::MAX, |next| moment(next, Time::midnight()))
}

/// Asks an expert for a section, or opens one for what a partner tells.
///
/// # Errors
/// [`Refusal::Already`], [`Refusal::CannotTakePart`] for somebody away or barred, [`Refusal::PermitMissing`], [`DocError::State`] when it is finished,
/// [`DocError::NotFound`] without a right.
pub fn invite(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    new: &NewSection,
) -> Result<SectionId, Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = whole(tx, reader, &document, "edit_draft", now)?;
    if !document.is_open() {
        return Err(DocError::State.into());
    }
    if let Who::Expert(staff) = new.who {
        if !is_lawful_due(day(now), new.due_on) {
            return Err(Refusal::CannotTakePart);
        }
        let asked = of_documents(tx, &[id])?;
        if asked
            .iter()
            .any(|one| one.expert() == Some(staff) && one.sent_at.is_none())
        {
            return Err(Refusal::Already(staff));
        }
        if people::is_away(tx, staff, now)? {
            return Err(Refusal::CannotTakePart);
        }
        could(tx, &access.facts, staff, new.permit.is_some(), now)?;
        for client in &access.clients {
            let relation = NewRelation {
                client: *client,
                staff,
                kind: "invited_expert",
                object: Some(("matter", document.matter.bytes())),
                from: now,
                to: Some(night(new.due_on)),
                made_by: "assessment",
            };
            relations::begin(tx, &relation, casework.tails(), now)?;
        }
    }
    let section = SectionId::new(&*casework.clock, &*casework.chance);
    let (staff, partner, ground, words) = match &new.who {
        Who::Expert(staff) => (
            Some(staff.bytes()),
            None,
            new.permit.as_ref().map(|permit| permit.ground.code()),
            new.permit.as_ref().map(|permit| permit.words.clone()),
        ),
        Who::Partner {
            name,
            ground,
            ground_words,
        } => (
            None,
            Some(name.clone()),
            Some(ground.code()),
            Some(ground_words.clone()),
        ),
    };
    tx.execute(
        "insert into assessment_section (id, document_id, kind, staff_id, partner, ground, ground_words, question, due_on, asked_at, asked_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &params![
            section.bytes(),
            id.bytes(),
            new.kind.code(),
            staff,
            partner,
            ground,
            words,
            new.question.as_str(),
            new.due_on.to_string(),
            millis(now),
            reader.staff.bytes()
        ],
    )?;
    let question = Some(new.question.as_str());
    log(
        tx,
        &access.acting,
        now,
        INVITE,
        &document,
        &access.clients,
        question,
    )?;
    Ok(section)
}

/// The expert has written her section: it is closed and the assessor sees that it is there.
///
/// # Errors
/// [`Refusal::SectionClosed`], [`DocError::Empty`] when nothing is written, [`DocError::NotFound`] without a right.
pub fn send(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    section: SectionId,
) -> Result<(), Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = super::access(tx, reader, &document, "edit_draft", now)?;
    let section = writable(tx, reader, &document, section, access.sees, now)?;
    let code = crate::domain::parts::expert_part(section.id);
    let written = docs::parts(tx, id)?
        .iter()
        .any(|part| part.code == code && !part.fields.is_empty());
    if !written {
        return Err(DocError::Empty.into());
    }
    tx.execute(
        "update assessment_section set sent_at = $2 where id = $1",
        &params![section.id.bytes(), millis(now)],
    )?;
    release(tx, casework, &document, section.expert())?;
    log(
        tx,
        &access.acting,
        now,
        SENT,
        &document,
        &access.clients,
        None,
    )?;
    Ok(())
}

/// Takes an invitation back; what was written stays in the document's log and is not part of it.
///
/// # Errors
/// [`Refusal::SectionClosed`] when it has been sent, [`DocError::State`] when the assessment is finished,
/// [`DocError::NotFound`] without a right.
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: DocumentId,
    section: SectionId,
) -> Result<(), Refusal> {
    let now = casework.now();
    let document = docs::load(tx, Kind::Assessment, id)?;
    let access = whole(tx, reader, &document, "edit_draft", now)?;
    let section = load(tx, section)?;
    if section.document != id {
        return Err(DocError::NotFound.into());
    }
    if !document.is_open() {
        return Err(DocError::State.into());
    }
    if section.withdrawn || section.sent_at.is_some() {
        return Err(Refusal::SectionClosed);
    }
    tx.execute(
        "update assessment_section set withdrawn_at = $2 where id = $1",
        &params![section.id.bytes(), millis(now)],
    )?;
    release(tx, casework, &document, section.expert())?;
    log(
        tx,
        &access.acting,
        now,
        WITHDRAWN,
        &document,
        &access.clients,
        None,
    )?;
    Ok(())
}

/// The expert's relation ends, unless another section of the matter still waits for the same person.
pub(super) fn release(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    document: &Document,
    staff: Option<StaffId>,
) -> Result<(), Refusal> {
    let Some(staff) = staff else { return Ok(()) };
    let now = casework.now();
    let others = tx.query_one(
        "select count(*) from assessment_section x join document d on d.id = x.document_id where d.matter_id = $1 and x.staff_id = $2 and x.sent_at is null and x.withdrawn_at is null and x.due_on >= $3",
        &params![document.matter.bytes(), staff.bytes(), day(now).to_string()],
    )?;
    if others.get::<i64>(0)? > 0 {
        return Ok(());
    }
    for client in &document.clients {
        let which = Which {
            client: *client,
            staff: Some(staff),
            kind: "invited_expert",
            object: Some(("matter", document.matter.bytes())),
        };
        relations::end(tx, &which, now, casework.tails(), "assessment")?;
    }
    Ok(())
}
