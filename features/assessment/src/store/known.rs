//! What is known already: it is shown with its source and not asked again.

use casework::domain::MatterId;
use clients::store::record;
use clients::{ClientId, Gate};
use documents::store as docs;
use documents::{Body, Document, Kind};
use kernel::time::{Date, Timestamp, day, from_millis};
use store::{Query, StoreError, params};

use super::{Sees, over};
use crate::domain::Refusal;

/// A fact of a client's basics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basic {
    /// Kind of detail, or `household`.
    pub kind: &'static str,
    pub value: String,
    /// For a person of the household: her role.
    pub role: String,
    pub source: String,
    pub on: Date,
}

/// What is known of one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basics {
    pub client: ClientId,
    pub name: String,
    pub facts: Vec<Basic>,
}

/// Kinds of detail that an assessment would ask.
const KINDS: [&str; 5] = [
    "service_language",
    "mother_tongue",
    "interpreter",
    "easy_language",
    "homelessness",
];

/// What the gates of the clients let through. Nothing protected is among it.
///
/// # Errors
/// When the engine fails.
pub fn basics(
    query: &mut impl Query,
    gates: &[Gate],
    now: Timestamp,
) -> Result<Vec<Basics>, Refusal> {
    let mut known = Vec::new();
    for gate in gates {
        let Ok(granted) = gate.acting("client_basics", "see_basics", "working_age", None, &[])
        else {
            continue;
        };
        let record = record::read(query, gate, granted, now)?;
        let mut facts = Vec::new();
        for kind in KINDS {
            facts.extend(record.now(kind, day(now)).filter_map(|detail| {
                Some(Basic {
                    kind,
                    value: detail.value.plain()?.to_owned(),
                    role: String::new(),
                    source: detail.source.clone(),
                    on: day(detail.recorded_at),
                })
            }));
        }
        let household = record
            .related
            .iter()
            .filter(|one| one.same_household && one.holds(day(now)));
        facts.extend(household.map(|one| Basic {
            kind: "household",
            value: one.name.clone(),
            role: one.role.code().to_owned(),
            source: one.source.clone(),
            on: day(one.recorded_at),
        }));
        known.push(Basics {
            client: record.id,
            name: record.display_name.clone(),
            facts,
        });
    }
    Ok(known)
}

/// How the matter began (SHL 34 §).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiation {
    pub number: String,
    pub name_code: String,
    pub name_text: Option<String>,
    pub kind: String,
    pub way: String,
    pub initiator: String,
    pub initiator_name: Option<String>,
    pub pending_at: Timestamp,
    pub reasons: String,
    pub own_words: Option<String>,
}

/// The initiation of a matter.
///
/// # Errors
/// When the engine fails.
pub fn initiation(query: &mut impl Query, matter: MatterId) -> Result<Initiation, StoreError> {
    let row = query.query_one(
        "select number, name_code, name_text, kind, way, initiator, initiator_name, pending_at, reasons, own_words from matter where id = $1",
        &params![matter.bytes()],
    )?;
    Ok(Initiation {
        number: row.get(0)?,
        name_code: row.get(1)?,
        name_text: row.get(2)?,
        kind: row.get(3)?,
        way: row.get(4)?,
        initiator: row.get(5)?,
        initiator_name: row.get(6)?,
        pending_at: from_millis(row.get(7)?),
        reasons: row.get(8)?,
        own_words: row.get(9)?,
    })
}

/// An earlier finished assessment of the same client, whose texts may be taken along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub document: Document,
    pub finished_at: Timestamp,
    pub by: String,
    pub body: Body,
}

/// The newest finished assessment of the client, in another document, that the reader may read whole.
///
/// # Errors
/// When the engine fails.
pub fn earlier(
    query: &mut impl Query,
    reader: &clients::Reader,
    document: &Document,
    now: Timestamp,
) -> Result<Option<Earlier>, Refusal> {
    // Only of one client: a joint text is not carried over to somebody else's.
    let [client] = document.clients.as_slice() else {
        return Ok(None);
    };
    let others = docs::of_client(query, Kind::Assessment, *client)?;
    let Some(other) = others
        .into_iter()
        .find(|one| one.id != document.id && one.version_no > 0 && one.clients == document.clients)
    else {
        return Ok(None);
    };
    let facts = super::facts(query, reader, &other, now)?;
    if !matches!(over(&facts, reader, &other, "read"), Some((_, Sees::Whole))) {
        return Ok(None);
    }
    let version = docs::version(query, other.id, other.version_no)?;
    Ok(version.map(|version| Earlier {
        document: other,
        finished_at: version.head.finished_at,
        by: version.head.by,
        body: version.body,
    }))
}
