//! The trace that every reading, act and refusal leaves in the log.

use std::borrow::Cow;

use access::log::{Actor, LogEntry};
use access::rights::{Decision, Denial};
use kernel::time::Timestamp;
use store::{Log, StoreError};

use super::Granted;
use crate::domain::{ClientId, Reader};

/// What a log entry says of a reading or an act.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// `client.read`, `client.create`, ...
    pub event: &'static str,
    pub clients: Cow<'a, [ClientId]>,
    /// Names of changed fields, counts, codes; never a client's text.
    pub detail: Cow<'a, str>,
    /// What was written: only its digest is kept.
    pub content: Option<&'a str>,
}

impl Shown<'_> {
    /// An entry about one client.
    pub fn of(event: &'static str, client: ClientId) -> Self {
        Self {
            event,
            clients: Cow::Owned(vec![client]),
            detail: Cow::Borrowed(""),
            content: None,
        }
    }
}

/// Writes the log entry of what the reader did by a right.
///
/// # Errors
/// When an earlier statement failed.
pub fn log(
    tx: &mut impl Log,
    reader: &Reader,
    granted: &Granted,
    now: Timestamp,
    shown: &Shown<'_>,
) -> Result<(), StoreError> {
    tx.log(LogEntry {
        at: now,
        actor: Actor::Staff(reader.staff.bytes()),
        event: shown.event,
        right: Cow::Borrowed(granted.right),
        purpose: granted.purpose,
        subjects: shown.clients.iter().map(ClientId::bytes).collect(),
        detail: shown.detail.clone().into_owned(),
        digest: shown
            .content
            .map(|text| *blake3::hash(text.as_bytes()).as_bytes()),
    })
}

/// Writes the log entry of a refusal: whoever tries ids one after another leaves a trace. The reason is for
/// the log alone.
///
/// # Errors
/// When an earlier statement failed.
pub fn log_refusal(
    tx: &mut impl Log,
    reader: &Reader,
    now: Timestamp,
    client: ClientId,
    denial: Option<Denial<'_>>,
) -> Result<(), StoreError> {
    let rule = denial.map_or_else(
        || "default".to_owned(),
        |denial| Decision::Deny(denial).rule(),
    );
    tx.log(LogEntry {
        at: now,
        actor: Actor::Staff(reader.staff.bytes()),
        event: "client.refused",
        right: Cow::Borrowed("default"),
        purpose: "P01",
        subjects: vec![client.bytes()],
        detail: rule,
        digest: None,
    })
}
