//! What the sender sees and adds with the receipt code: the state, who answers now, messages,
//! municipality, attachments. Nothing of the workers' own notes.

use identity::people::UnitId;
use kernel::time::{Date, Timestamp, from_millis, millis};
use store::{Query, Show, StoreError, WriteTx, params};

use crate::domain::attachment::{self, FileType, MAX_FILES};
use crate::domain::{AttachmentId, ContactId, IntakeError, Kind, NewContact, Parties, RowId};
use crate::store::facts::Facts;
use crate::store::queue::ANSWERED;
use crate::store::{By, Desk, add_event, holding, log, tasks, touch, unreadable};
use web::receipt::ReceiptCode;

/// A contact as its sender sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderView {
    pub id: ContactId,
    pub number: String,
    pub arrived_at: Timestamp,
    pub open: bool,
    pub own_words: String,
    pub municipality: Option<String>,
    pub parties: Parties,
    pub notification: bool,
    pub answer_due: Date,
    /// Name of the person who answers for it; none while the unit's duty holder does.
    pub holder_name: Option<String>,
    /// Names of the unit in Finnish, Swedish and English.
    pub unit: [String; 3],
    pub unit_phone: Option<String>,
    /// The person has been answered, as the queue counts it.
    pub answered: bool,
    pub ending: Option<SenderEnding>,
    pub messages: Vec<Message>,
    pub files: Vec<(String, i64)>,
    pub ended_at: Option<Timestamp>,
}

/// How it ended, as told to the sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderEnding {
    pub kind: String,
    pub what: String,
    pub who: Option<String>,
    pub by: Option<Date>,
}

/// A message between the sender and the county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub at: Timestamp,
    /// The worker's name; none for the sender's own.
    pub from: Option<String>,
    pub body: String,
}

/// Finds the contact of a code.
///
/// # Errors
/// [`IntakeError::WrongCode`] when no contact has it.
pub fn find(
    query: &mut impl Query,
    code: &ReceiptCode,
    key: &[u8; 32],
) -> Result<ContactId, IntakeError> {
    query
        .query_optional(
            "select id from contact where receipt_hash = $1",
            &params![code.digest(key)],
        )?
        .map(|row| row.get(0).map(ContactId::from_bytes))
        .transpose()?
        .ok_or(IntakeError::WrongCode)
}

/// Finds the contact of a code that arrived at `since` or later: the same request sent again.
///
/// # Errors
/// When the engine fails.
pub fn find_since(
    query: &mut impl Query,
    code: &ReceiptCode,
    key: &[u8; 32],
    since: Timestamp,
) -> Result<Option<ContactId>, StoreError> {
    query
        .query_optional(
            "select id from contact where receipt_hash = $1 and arrived_at >= $2",
            &params![code.digest(key), millis(since)],
        )?
        .map(|row| row.get(0).map(ContactId::from_bytes))
        .transpose()
}

/// What a receipt tells of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    pub number: String,
    pub answer_due: Date,
    /// None while the unit's duty holder answers for it.
    pub holder_name: Option<String>,
    /// Names of the unit in Finnish, Swedish and English.
    pub unit: [String; 3],
    pub unit_phone: Option<String>,
}

/// What a receipt tells, in the transaction that received the contact and wrote its log entry.
///
/// # Errors
/// When the engine fails.
pub fn brief(tx: &mut impl Query, contact: ContactId) -> Result<Brief, StoreError> {
    let row = tx.query_one(
        "select c.number, c.answer_due, s.name, u.name_fi, u.name_sv, u.name_en, u.phone from contact c join unit u on u.id = c.holder_unit left join staff s on s.id = c.holder_staff where c.id = $1",
        &params![contact.bytes()],
    )?;
    Ok(Brief {
        number: row.get(0)?,
        answer_due: row.get::<String>(1)?.parse().map_err(|_| unreadable())?,
        holder_name: row.get(2)?,
        unit: [row.get(3)?, row.get(4)?, row.get(5)?],
        unit_phone: row.get(6)?,
    })
}

/// Shows the contact to its sender; the reading is logged.
///
/// # Errors
/// [`IntakeError::WrongCode`] when no contact has the code.
pub fn view(
    tx: &mut impl Show,
    desk: &Desk,
    code: &ReceiptCode,
    key: &[u8; 32],
) -> Result<SenderView, IntakeError> {
    let id = find(tx, code, key)?;
    let row = tx.query_one(
        &format!(
            "select c.number, c.arrived_at, c.state, c.own_words, c.municipality, c.answer_due, s.name, u.name_fi, u.name_sv, u.name_en, u.phone, case when {ANSWERED} then 1 else 0 end, c.ended_at, c.parties, c.kind from contact c join unit u on u.id = c.holder_unit left join staff s on s.id = c.holder_staff where c.id = $1"
        ),
        &params![id.bytes()],
    )?;
    let ending = tx
        .query_optional(
            "select kind, what, who, by_day from ending where contact_id = $1 order by at desc, id desc limit 1",
            &params![id.bytes()],
        )?
        .map(|row| {
            Ok::<_, StoreError>(SenderEnding {
                kind: row.get(0)?,
                what: row.get(1)?,
                who: row.get(2)?,
                by: row.get::<Option<String>>(3)?.and_then(|day| day.parse().ok()),
            })
        })
        .transpose()?;
    let open = row.get::<String>(2)? == "open";
    let view = SenderView {
        id,
        number: row.get(0)?,
        arrived_at: from_millis(row.get(1)?),
        open,
        own_words: row.get(3)?,
        municipality: row.get(4)?,
        parties: Parties::from_code(&row.get::<String>(13)?).ok_or_else(unreadable)?,
        notification: row.get::<String>(14)? == Kind::Notification.code(),
        answer_due: row.get::<String>(5)?.parse().map_err(|_| unreadable())?,
        holder_name: row.get(6)?,
        unit: [row.get(7)?, row.get(8)?, row.get(9)?],
        unit_phone: row.get(10)?,
        answered: row.get::<i64>(11)? > 0,
        ending: ending.filter(|_| !open),
        messages: messages(tx, id)?,
        files: files(tx, id)?,
        ended_at: row.get::<Option<i64>>(12)?.map(from_millis),
    };
    log(tx, &By::Sender, desk.now(), "contact.state", id, "", None)?;
    Ok(view)
}

/// The messages of a contact, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn messages(query: &mut impl Query, contact: ContactId) -> Result<Vec<Message>, StoreError> {
    query
        .query(
            "select m.at, s.name, m.body from contact_message m left join staff s on s.id = m.staff_id where m.contact_id = $1 order by m.id",
            &params![contact.bytes()],
        )?
        .iter()
        .map(|row| Ok(Message { at: from_millis(row.get(0)?), from: row.get(1)?, body: row.get(2)? }))
        .collect()
}

fn files(query: &mut impl Query, contact: ContactId) -> Result<Vec<(String, i64)>, StoreError> {
    query
        .query(
            "select file_name, size from attachment where contact_id = $1 order by id",
            &params![contact.bytes()],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect()
}

fn open_contact(
    tx: &mut WriteTx<'_>,
    code: &ReceiptCode,
    key: &[u8; 32],
) -> Result<ContactId, IntakeError> {
    let id = find(tx, code, key)?;
    let row = tx.query_one(
        "select state from contact where id = $1",
        &params![id.bytes()],
    )?;
    if row.get::<String>(0)? == "open" {
        Ok(id)
    } else {
        Err(IntakeError::Ended)
    }
}

/// The sender adds the municipality afterwards. The contact stays with the one who answers for it:
/// an added fact never moves it.
///
/// # Errors
/// [`IntakeError::WrongCode`] and [`IntakeError::Ended`].
pub fn set_municipality(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    code: &ReceiptCode,
    key: &[u8; 32],
    municipality: &str,
) -> Result<(), IntakeError> {
    let id = open_contact(tx, code, key)?;
    tx.execute(
        "update contact set municipality = $2, version = version + 1 where id = $1",
        &params![id.bytes(), municipality],
    )?;
    add_event(tx, desk, &By::Sender, id, "municipality", municipality)?;
    log(
        tx,
        &By::Sender,
        desk.now(),
        "contact.municipality",
        id,
        municipality,
        None,
    )?;
    Ok(())
}

/// The sender tells who come together. Kept as [`set_municipality`] keeps its fact.
///
/// # Errors
/// [`IntakeError::WrongCode`] and [`IntakeError::Ended`].
pub fn set_parties(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    code: &ReceiptCode,
    key: &[u8; 32],
    parties: Parties,
) -> Result<(), IntakeError> {
    let id = open_contact(tx, code, key)?;
    tx.execute(
        "update contact set parties = $2, version = version + 1 where id = $1",
        &params![id.bytes(), parties.code()],
    )?;
    add_event(tx, desk, &By::Sender, id, "parties", parties.code())?;
    log(
        tx,
        &By::Sender,
        desk.now(),
        "contact.parties",
        id,
        parties.code(),
        None,
    )?;
    Ok(())
}

/// Whether a contact already received was made of the same words and wishes: a request that is sent
/// again under the same key must be the same request. What can be changed afterwards is not compared.
///
/// # Errors
/// When the engine fails.
pub fn is_same(
    query: &mut impl Query,
    contact: ContactId,
    new: &NewContact,
) -> Result<bool, StoreError> {
    let row = query.query_one(
        "select own_words, person_name, phone, answer_way, wish, language, other_language from contact where id = $1",
        &params![contact.bytes()],
    )?;
    Ok(row.get::<String>(0)? == new.own_words
        && row.get::<Option<String>>(1)? == new.person_name
        && row.get::<Option<String>>(2)? == new.phone
        && row.get::<String>(3)? == new.answer_way.code()
        && row.get::<Option<String>>(4)?.as_deref() == new.wish.map(|wish| wish.code())
        && row.get::<String>(5)? == new.language.code()
        && row.get::<Option<String>>(6)? == new.other_language)
}

/// The sender writes more.
///
/// # Errors
/// [`IntakeError::WrongCode`] and [`IntakeError::Ended`].
pub fn add_message(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    code: &ReceiptCode,
    key: &[u8; 32],
    body: &str,
) -> Result<(), IntakeError> {
    let id = open_contact(tx, code, key)?;
    let now = desk.now();
    tx.execute(
        "insert into contact_message (id, contact_id, at, body) values ($1, $2, $3, $4)",
        &params![
            RowId::new(&*desk.clock, &*desk.chance).bytes(),
            id.bytes(),
            millis(now),
            body
        ],
    )?;
    add_event(tx, desk, &By::Sender, id, "sender_wrote", "")?;
    log(tx, &By::Sender, now, "message.create", id, "", Some(body))?;
    Ok(())
}

/// The sender asks to be called.
///
/// # Errors
/// [`IntakeError::WrongCode`] and [`IntakeError::Ended`].
pub fn ask_call_back(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    contact: ContactId,
    unit: UnitId,
    when: &str,
) -> Result<(), IntakeError> {
    tasks::add_call_back(tx, desk, contact, None, unit, when)?;
    add_event(tx, desk, &By::Sender, contact, "call_asked", when)?;
    log(
        tx,
        &By::Sender,
        desk.now(),
        "task.create",
        contact,
        "call_back",
        None,
    )?;
    Ok(())
}

/// A checked file of the sender.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub name: String,
    pub file_type: FileType,
    pub content: Vec<u8>,
}

/// Why a file was not added.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Intake(#[from] IntakeError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The contact has as many files as one may have.
    #[error("too many files")]
    TooMany,
}

/// Adds a file to the sender's contact.
///
/// # Errors
/// [`FileError::TooMany`], or as [`add_message`].
pub fn add_file(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    code: &ReceiptCode,
    key: &[u8; 32],
    file: &NewFile,
) -> Result<(), FileError> {
    let id = open_contact(tx, code, key)?;
    let count: i64 = tx
        .query_one(
            "select count(*) from attachment where contact_id = $1",
            &params![id.bytes()],
        )?
        .get(0)?;
    if count >= MAX_FILES {
        return Err(FileError::TooMany);
    }
    let now = desk.now();
    let digest = *blake3::hash(&file.content).as_bytes();
    tx.execute(
        "insert into attachment (id, contact_id, at, file_name, media_type, size, digest, content) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            AttachmentId::new(&*desk.clock, &*desk.chance).bytes(),
            id.bytes(),
            millis(now),
            attachment::clean_name(&file.name),
            file.file_type.media_type(),
            i64::try_from(file.content.len()).unwrap_or(i64::MAX),
            digest,
            file.content.clone()
        ],
    )?;
    add_event(
        tx,
        desk,
        &By::Sender,
        id,
        "attached",
        file.file_type.media_type(),
    )?;
    tx.log(access::log::LogEntry {
        subjects: vec![id.bytes()],
        digest: Some(digest),
        ..By::Sender.entry(now, "attachment.create")
    })?;
    Ok(())
}

/// The sender reopens the contact.
///
/// # Errors
/// [`IntakeError::WrongCode`], [`IntakeError::StillOpen`] and [`IntakeError::TooLateToReopen`].
pub fn reopen(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    code: &ReceiptCode,
    key: &[u8; 32],
    reason: &str,
) -> Result<(), IntakeError> {
    let id = find(tx, code, key)?;
    let facts = Facts::load(tx, id, desk.now())?;
    holding::reopen(tx, desk, &By::Sender, &facts, reason)?;
    touch(tx, id, desk.now())?;
    Ok(())
}
