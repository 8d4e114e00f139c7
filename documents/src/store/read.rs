//! Reading documents. Nothing is decided here: the caller knows whose parts its reader sees.

use std::collections::HashMap;

use casework::domain::{MatterId, ServiceTask};
use clients::ClientId;
use identity::people::StaffId;
use kernel::language::Language;
use store::{Query, Row, StoreError, Value, params, places};

use crate::body::{Body, Fields};
use crate::domain::{DocError, Document, DocumentId, Kind, Part, State, Version, VersionHead};

const COLUMNS: &str = "select d.id, d.kind, d.matter_id, d.service_task, d.state, d.version_no, d.revision, d.language, d.made_at, d.made_by, s.name, d.changed_at, d.finished_at, d.tutor, d.sent_back, d.correcting, q.id, q.name from document d join staff s on s.id = d.made_by left join staff q on q.id = d.asked_by";

fn unreadable() -> StoreError {
    StoreError::Decode("a code that this version does not know".to_owned())
}

/// A document of a kind, without its text. Each room names its own kind, so that the pages of one room never open a
/// document of another, whose law and rights it does not know.
///
/// # Errors
/// [`DocError::NotFound`] when there is no such document of this kind.
pub fn load(query: &mut impl Query, kind: Kind, id: DocumentId) -> Result<Document, DocError> {
    match any(query, id)? {
        document if document.kind == kind => Ok(document),
        _ => Err(DocError::NotFound),
    }
}

/// A document of whatever kind, for this room, which treats all alike.
pub(crate) fn any(query: &mut impl Query, id: DocumentId) -> Result<Document, DocError> {
    load_many(query, &[id])?.pop().ok_or(DocError::NotFound)
}

/// Several documents in the statements of one, in the order asked; those that are not there are left out.
///
/// # Errors
/// When the engine fails.
pub fn load_many(query: &mut impl Query, ids: &[DocumentId]) -> Result<Vec<Document>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = places(ids.len(), 0);
    let values = ids.iter().map(|id| id.bytes().into()).collect();
    let found = select(query, &format!("where d.id in ({list})"), values)?;
    let mut by_id: HashMap<DocumentId, Document> =
        found.into_iter().map(|one| (one.id, one)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// The documents of a kind in a matter, newest first; voided ones are left out.
///
/// # Errors
/// When the engine fails.
pub fn of_matter(
    query: &mut impl Query,
    kind: Kind,
    matter: MatterId,
) -> Result<Vec<Document>, StoreError> {
    select(
        query,
        "where d.kind = $1 and d.matter_id = $2 and d.state <> 'voided' order by d.made_at desc, d.id desc",
        params![kind.code(), matter.bytes()],
    )
}

/// The documents of a kind of a client in all her matters, newest first; voided ones are left out.
///
/// # Errors
/// When the engine fails.
pub fn of_client(
    query: &mut impl Query,
    kind: Kind,
    client: ClientId,
) -> Result<Vec<Document>, StoreError> {
    select(
        query,
        "join document_client dc on dc.document_id = d.id where d.kind = $1 and dc.client_id = $2 and d.state <> 'voided' order by d.made_at desc, d.id desc",
        params![kind.code(), client.bytes()],
    )
}

/// A worker's own documents of a kind in a state, the one changed last first; at most `most`.
///
/// # Errors
/// When the engine fails.
pub fn by_author(
    query: &mut impl Query,
    kind: Kind,
    author: StaffId,
    state: State,
    most: i64,
) -> Result<Vec<Document>, StoreError> {
    select(
        query,
        "where d.kind = $1 and d.made_by = $2 and d.state = $3 order by d.changed_at desc, d.id desc limit $4",
        params![kind.code(), author.bytes(), state.code(), most],
    )
}

/// The documents that wait for a tutor's approval, the oldest first.
///
/// # Errors
/// When the engine fails.
pub fn waiting_for(query: &mut impl Query, tutor: StaffId) -> Result<Vec<Document>, StoreError> {
    select(
        query,
        "where d.tutor = $1 and d.state = 'waiting' order by d.changed_at, d.id",
        params![tutor.bytes()],
    )
}

/// What a tutor sent back to whoever had asked for the approval, the oldest first.
///
/// # Errors
/// When the engine fails.
pub fn sent_back_to(
    query: &mut impl Query,
    kind: Kind,
    asker: StaffId,
) -> Result<Vec<Document>, StoreError> {
    select(
        query,
        "where d.kind = $1 and d.asked_by = $2 and d.state = 'draft' and d.sent_back is not null order by d.changed_at, d.id",
        params![kind.code(), asker.bytes()],
    )
}

fn select(
    query: &mut impl Query,
    which: &str,
    values: Vec<Value>,
) -> Result<Vec<Document>, StoreError> {
    let rows = query.query(&format!("{COLUMNS} {which}"), &values)?;
    let mut documents = rows
        .iter()
        .map(from_row)
        .collect::<Result<Vec<_>, StoreError>>()?;
    let mut clients = clients_of(query, &documents)?;
    for document in &mut documents {
        document.clients = clients.remove(&document.id).unwrap_or_default();
    }
    Ok(documents)
}

fn from_row(row: &Row) -> Result<Document, StoreError> {
    Ok(Document {
        id: DocumentId::from_bytes(row.get(0)?),
        kind: Kind::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
        matter: MatterId::from_bytes(row.get(2)?),
        service_task: ServiceTask::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
        state: State::from_code(&row.get::<String>(4)?).ok_or_else(unreadable)?,
        version_no: row.get(5)?,
        revision: row.get(6)?,
        language: Language::from_code(&row.get::<String>(7)?).ok_or_else(unreadable)?,
        made_at: row.get(8)?,
        made_by: StaffId::from_bytes(row.get(9)?),
        author: row.get(10)?,
        changed_at: row.get(11)?,
        finished_at: row.get(12)?,
        waiting_for: row.get::<Option<[u8; 16]>>(13)?.map(StaffId::from_bytes),
        sent_back: row.get(14)?,
        correcting: row.get(15)?,
        asked_by: row.get::<Option<[u8; 16]>>(16)?.map(StaffId::from_bytes),
        asker: row.get(17)?,
        clients: Vec::new(),
    })
}

fn clients_of(
    query: &mut impl Query,
    documents: &[Document],
) -> Result<HashMap<DocumentId, Vec<ClientId>>, StoreError> {
    let mut clients: HashMap<DocumentId, Vec<ClientId>> = HashMap::new();
    if documents.is_empty() {
        return Ok(clients);
    }
    let list = places(documents.len(), 0);
    let values: Vec<Value> = documents.iter().map(|one| one.id.bytes().into()).collect();
    let rows = query.query(
        // A record that was joined to another one stands for the kept one; a document of both has her once.
        &format!("select dc.document_id, coalesce(k.merged_into, c.merged_into, c.id) from document_client dc join client c on c.id = dc.client_id left join client k on k.id = c.merged_into where dc.document_id in ({list}) order by dc.id"),
        &values,
    )?;
    for row in rows {
        let client = ClientId::from_bytes(row.get(1)?);
        let own = clients
            .entry(DocumentId::from_bytes(row.get(0)?))
            .or_default();
        if !own.contains(&client) {
            own.push(client);
        }
    }
    Ok(clients)
}

/// Which records stand now for these clients: of two that were joined the kept one, of any other the client herself. Also
/// ids in codes of parts and in texts are read through this, because they are those of the day on which they were written.
///
/// # Errors
/// When the engine fails.
pub fn kept(
    query: &mut impl Query,
    clients: &[ClientId],
) -> Result<HashMap<ClientId, ClientId>, StoreError> {
    if clients.is_empty() {
        return Ok(HashMap::new());
    }
    let list = places(clients.len(), 0);
    let values: Vec<Value> = clients.iter().map(|client| client.bytes().into()).collect();
    query
        .query(
            &format!("select c.id, coalesce(k.merged_into, c.merged_into, c.id) from client c left join client k on k.id = c.merged_into where c.id in ({list})"),
            &values,
        )?
        .iter()
        .map(|row| {
            Ok((
                ClientId::from_bytes(row.get(0)?),
                ClientId::from_bytes(row.get(1)?),
            ))
        })
        .collect()
}

/// The working text, part by part, in the order of their codes.
///
/// # Errors
/// When the engine fails.
pub fn parts(query: &mut impl Query, id: DocumentId) -> Result<Vec<Part>, StoreError> {
    Ok(parts_of_many(query, &[id])?.remove(&id).unwrap_or_default())
}

/// The working texts of several documents in one statement.
///
/// # Errors
/// When the engine fails.
pub fn parts_of_many(
    query: &mut impl Query,
    ids: &[DocumentId],
) -> Result<HashMap<DocumentId, Vec<Part>>, StoreError> {
    let mut found: HashMap<DocumentId, Vec<Part>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let list = places(ids.len(), 0);
    let values: Vec<Value> = ids.iter().map(|id| id.bytes().into()).collect();
    let rows = query.query(
        &format!("select p.document_id, p.part, p.client_id, p.fields, p.revision, p.changed_at, s.name from document_part p join staff s on s.id = p.changed_by where p.document_id in ({list}) order by p.document_id, p.part"),
        &values,
    )?;
    for row in &rows {
        let part = Part {
            code: row.get(1)?,
            client: row.get::<Option<[u8; 16]>>(2)?.map(ClientId::from_bytes),
            fields: read_fields(&row.get::<String>(3)?)?,
            revision: row.get(4)?,
            changed_at: row.get(5)?,
            changed_by: row.get(6)?,
        };
        found
            .entry(DocumentId::from_bytes(row.get(0)?))
            .or_default()
            .push(part);
    }
    Ok(found)
}

/// Whom the parts of a document concern, by part: those of nobody in particular are left out. A finished version
/// has the parts of its working text.
///
/// # Errors
/// When the engine fails.
pub fn part_client(
    query: &mut impl Query,
    id: DocumentId,
) -> Result<HashMap<String, ClientId>, StoreError> {
    query
        .query(
            "select part, client_id from document_part where document_id = $1 and client_id is not null",
            &params![id.bytes()],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, ClientId::from_bytes(row.get(1)?))))
        .collect()
}

pub(super) fn read_fields(text: &str) -> Result<Fields, StoreError> {
    serde_json::from_str(text).map_err(|_| unreadable())
}

const HEAD: &str = "select v.no, v.finished_at, f.name, v.reason, a.name, v.body, v.digest from document_version v join staff f on f.id = v.finished_by left join staff a on a.id = v.approved_by where v.document_id = $1";

/// The finished versions, newest first.
///
/// # Errors
/// When the engine fails.
pub fn versions(query: &mut impl Query, id: DocumentId) -> Result<Vec<VersionHead>, StoreError> {
    query
        .query(&format!("{HEAD} order by v.no desc"), &params![id.bytes()])?
        .iter()
        .map(head)
        .collect()
}

/// The finished versions with their texts, newest first, in one statement.
///
/// # Errors
/// When the engine fails.
pub fn texts(query: &mut impl Query, id: DocumentId) -> Result<Vec<Version>, StoreError> {
    query
        .query(&format!("{HEAD} order by v.no desc"), &params![id.bytes()])?
        .iter()
        .map(whole)
        .collect()
}

/// One finished version.
///
/// # Errors
/// When the engine fails.
pub fn version(
    query: &mut impl Query,
    id: DocumentId,
    no: i64,
) -> Result<Option<Version>, StoreError> {
    query
        .query_optional(&format!("{HEAD} and v.no = $2"), &params![id.bytes(), no])?
        .map(|row| whole(&row))
        .transpose()
}

fn whole(row: &Row) -> Result<Version, StoreError> {
    let body: String = row.get(5)?;
    Ok(Version {
        head: head(row)?,
        body: serde_json::from_str::<Body>(&body).map_err(|_| unreadable())?,
    })
}

fn head(row: &Row) -> Result<VersionHead, StoreError> {
    Ok(VersionHead {
        no: row.get(0)?,
        finished_at: row.get(1)?,
        by: row.get(2)?,
        reason: row.get(3)?,
        approved_by: row.get(4)?,
    })
}

/// Versions of the document whose text is not the one that was sealed (invariant I5): their numbers.
///
/// # Errors
/// When the engine fails.
pub fn unsealed(query: &mut impl Query, id: DocumentId) -> Result<Vec<i64>, StoreError> {
    let rows = query.query(&format!("{HEAD} order by v.no"), &params![id.bytes()])?;
    let mut broken = Vec::new();
    for row in &rows {
        let (body, digest): (String, [u8; 32]) = (row.get(5)?, row.get(6)?);
        if *blake3::hash(body.as_bytes()).as_bytes() != digest {
            broken.push(row.get(0)?);
        }
    }
    Ok(broken)
}
