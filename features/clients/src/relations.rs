//! The facts over which rights run: who has what to do with which client, from when until when
//! (rights of the domain, section 3). They are made by other events - a contact taken, an offer
//! accepted, a worker named - and never by a wish to read.

use identity::people::StaffId;
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{StoreError, WriteTx, params};

use crate::domain::ClientId;

/// Kinds of relation, as the rights table names them. The derived ones (`unit_lead`, `unit_duty`,
/// `exceptional`) have no rows of their own.
pub const KINDS: [&str; 32] = [
    "recorder",
    "contact_holder",
    "former_holder",
    "matter_holder",
    "offer_receiver",
    "unit_duty",
    "unit_queue",
    "emergency_event",
    "own_worker",
    "own_team",
    "substitute",
    "assessor",
    "matter_participant",
    "preparer",
    "decision_maker",
    "rectification_case",
    "consulted",
    "invited_expert",
    "service_worker",
    "group_leader",
    "joint_service",
    "permit_53_3",
    "incapable_53_6",
    "unit_lead",
    "complaint_handler",
    "admin_task",
    "archive_request",
    "log_request",
    "support_ticket",
    "tutor_link",
    "tutor_of",
    "exceptional",
];

/// The kind of a code; `None` for one that no relation has.
pub fn kind(code: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == code)
}

/// What a relation is about, when not the client as a whole: `("matter", id)`, `("contact", id)`.
pub type Object = (&'static str, [u8; 16]);

/// How long what has ended is still read and one's own drafts finished (0-90 days; design: 30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tails {
    pub common_days: i64,
}

impl Default for Tails {
    fn default() -> Self {
        Self { common_days: 30 }
    }
}

impl Tails {
    /// The tail of a kind.
    pub fn of(self, kind: &str) -> SignedDuration {
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        match kind {
            "unit_duty" => SignedDuration::from_hours(1),
            "emergency_event" => SignedDuration::from_hours(72),
            "substitute" | "consulted" | "admin_task" => days(7),
            "invited_expert" => days(14),
            "contact_holder" | "own_worker" | "own_team" | "assessor" | "matter_participant"
            | "matter_holder" | "service_worker" | "group_leader" | "joint_service"
            | "complaint_handler" => days(self.common_days.clamp(0, 90)),
            _ => SignedDuration::ZERO,
        }
    }

    /// Kinds whose tail is for finishing one's own drafts alone.
    pub fn drafts_only(kind: &str) -> bool {
        matches!(kind, "unit_duty" | "substitute")
    }
}

/// A relation that begins.
#[derive(Debug, Clone, Copy)]
pub struct NewRelation<'a> {
    pub client: ClientId,
    pub staff: StaffId,
    /// One of [`KINDS`].
    pub kind: &'static str,
    pub object: Option<Object>,
    pub from: Timestamp,
    /// Known end, as of a substitute.
    pub to: Option<Timestamp>,
    /// What made it: a table and an id, or an event's code. No client data.
    pub made_by: &'a str,
}

impl NewRelation<'_> {
    /// The same fact has the same id, so that telling it twice tells it once.
    fn id(&self) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.client.bytes());
        hasher.update(&self.staff.bytes());
        hasher.update(&millis(self.from).to_be_bytes());
        if let Some((kind, object)) = self.object {
            hasher.update(&object);
            hasher.update(kind.as_bytes());
        }
        hasher.update(b"\0");
        hasher.update(self.kind.as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        id
    }
}

/// Begins a relation at `new.from`.
///
/// # Errors
/// When the client or the worker is unknown, or the engine fails.
pub fn begin(
    tx: &mut WriteTx<'_>,
    new: &NewRelation<'_>,
    tails: Tails,
    now: Timestamp,
) -> Result<(), StoreError> {
    debug_assert!(kind(new.kind).is_some(), "{} is no relation", new.kind);
    tx.execute(
        "insert into relation (id, client_id, staff_id, kind, object_kind, object_id, began_at, ends_at, tail_until, made_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do update set ends_at = excluded.ends_at, tail_until = excluded.tail_until, ended_by = null",
        &params![
            new.id(),
            new.client.bytes(),
            new.staff.bytes(),
            new.kind,
            new.object.map(|(kind, _)| kind),
            new.object.map(|(_, id)| id),
            new.from,
            new.to,
            new.to
                .map(|to| to.saturating_add(tails.of(new.kind)).unwrap_or(Timestamp::MAX)),
            new.made_by,
            now
        ],
    )?;
    Ok(())
}

/// Which relations end: those of one client, narrowed by worker, kind and object when they are told.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    pub client: ClientId,
    pub staff: Option<StaffId>,
    pub kind: &'static str,
    pub object: Option<Object>,
}

/// Undoes relations that should never have begun: those in force end at `at`, and nothing is read over them any more,
/// nor over those that had ended before. How many there were.
///
/// # Errors
/// When the engine fails.
pub fn undo(
    tx: &mut WriteTx<'_>,
    which: &Which,
    at: Timestamp,
    ended_by: &str,
) -> Result<u64, StoreError> {
    end(tx, which, at, Tails { common_days: 0 }, ended_by)?;
    let (kind, object) = which.object.unwrap_or(("", [0; 16]));
    tx.execute(
        "update relation set tail_until = ends_at where client_id = $1 and kind = $2 and ends_at <= $3 and ($4 = '' or (object_kind = $4 and object_id = $5))",
        &params![which.client.bytes(), which.kind, at, kind, object],
    )
}

/// Ends relations in force at `at`; `tails` tells how long they are still read. One that would have begun later never
/// begins: it has no time and no tail. How many ended.
///
/// # Errors
/// When the engine fails.
pub fn end(
    tx: &mut WriteTx<'_>,
    which: &Which,
    at: Timestamp,
    tails: Tails,
    ended_by: &str,
) -> Result<u64, StoreError> {
    let mut sql = "update relation set ends_at = $3, tail_until = case when began_at > $3 then $3 else cast($4 as bigint) end, ended_by = $5, began_at = case when began_at > $3 then $3 else began_at end where client_id = $1 and kind = $2 and (ends_at is null or ends_at > $3)".to_owned();
    let mut values = params![
        which.client.bytes(),
        which.kind,
        at,
        at + tails.of(which.kind),
        ended_by
    ];
    if let Some(staff) = which.staff {
        values.push(staff.bytes().into());
        sql.push_str(&format!(" and staff_id = ${}", values.len()));
    }
    if let Some((kind, id)) = which.object {
        values.push(kind.into());
        values.push(id.into());
        let last = values.len();
        sql.push_str(&format!(
            " and object_kind = ${} and object_id = ${last}",
            last - 1
        ));
    }
    tx.execute(&sql, &values)
}
