//! The gate of one client: what stands between a reader and the client now, and the decisions that follow
//! from it (invariant I4). Every reading and every act about a client passes here.
//!
//! Opening costs the same one statement whether the client is there, hidden or unknown.

mod barred;
pub(crate) mod facts;
mod trace;

pub use barred::Barred;
pub use trace::{Shown, log, log_refusal};

use access::rights::{Bar, Decision, Question, RightsTable, Row};
use identity::people::UnitId;
use kernel::time::{Date, Timestamp, day};
use store::{Ask, Log, Query, StoreError};

use crate::domain::guarded::SecretGrant;
use crate::domain::{ClientError, ClientId, Reader};
use crate::relations::{Object, Tails};
use crate::store::By;

/// Relations that a colleague's bar (B03) leaves alone: somebody must do the work.
pub(crate) const COLLEAGUE_PASSES: [&str; 3] =
    ["own_worker", "decision_maker", "complaint_handler"];
/// Actions that only look.
const LOOKING: [&str; 4] = ["see_exists", "see_basics", "see_own_worker", "read"];
/// Days from the death after which staff's rights stop (bar B12).
pub const DAYS_AFTER_DEATH: i64 = 30;

/// SQL of the day from which they are counted, of a client `c`: the later of the death and of its writing down.
pub const DEAD_SINCE: &str =
    "case when c.died_on < c.death_known_on then c.death_known_on else c.died_on end";

/// A relation that holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub kind: &'static str,
    /// What it is about, when not the client as a whole.
    pub object: Option<([u8; 16], HeldObject)>,
    /// It has ended and is in its tail: reading one's own matter, finishing one's own drafts.
    pub tail: bool,
    /// When it ended, or ends if that is known.
    pub ends: Option<Timestamp>,
}

/// What kind of thing a relation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldObject {
    Matter,
    Contact,
    Other,
}

impl HeldObject {
    fn of(kind: &str) -> Self {
        match kind {
            "matter" => Self::Matter,
            "contact" => Self::Contact,
            _ => Self::Other,
        }
    }
}

impl Held {
    /// Whether the relation is about this object: one without an object is about everything of the client,
    /// and a question without an object about the client as a whole.
    fn about(&self, object: Option<(&str, [u8; 16])>) -> bool {
        match (self.object, object) {
            (Some((id, kind)), Some((asked, other))) => {
                id == other && kind == HeldObject::of(asked)
            }
            _ => true,
        }
    }

    /// Whether the relation counts for the action on the object.
    fn counts(&self, action: &str, object: Option<(&str, [u8; 16])>, own_entry: bool) -> bool {
        if !self.tail {
            return true;
        }
        let own_only = self.object.is_none() || object.is_some();
        match action {
            action if LOOKING.contains(&action) => own_only && !Tails::drafts_only(self.kind),
            "edit_draft" | "finish" => own_entry,
            _ => false,
        }
    }
}

/// What stands between one reader and one client at one moment.
#[derive(Debug, Clone)]
pub struct Gate {
    client: ClientId,
    reader: Reader,
    on: Date,
    held: Vec<Held>,
    bars: Vec<Bar>,
    responsible: Option<UnitId>,
    /// Non-disclosure of the client or of a member of the household is in force.
    hidden: bool,
    secret_right: bool,
}

/// A right that the table gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// The row, as it goes to the log.
    pub right: &'static str,
    /// Purpose of use, as it goes to the log.
    pub purpose: &'static str,
    /// For view filters and steps, see [`Row::shows`].
    pub row: &'static Row,
}

impl From<&'static Row> for Granted {
    fn from(row: &'static Row) -> Self {
        Self {
            right: &row.id,
            purpose: &row.purpose,
            row,
        }
    }
}

impl Gate {
    /// Opens the gate of a client. The gate of a merged client is the gate of the one kept.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when there is no such client, or it was voided.
    pub fn open(
        tx: &mut impl Query,
        reader: &Reader,
        client: ClientId,
        now: Timestamp,
    ) -> Result<Self, ClientError> {
        facts::open(tx, reader, client, now)
    }

    /// The gates of several clients in the statements of one, in the order asked; those that are not there
    /// are left out, and a merged one is the one kept.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn open_many(
        tx: &mut impl Query,
        reader: &Reader,
        clients: &[ClientId],
        now: Timestamp,
    ) -> Result<Vec<Self>, StoreError> {
        facts::open_many(tx, reader, clients, now)
    }

    /// The statement of [`Gate::open`], to be asked together with others; [`Gate::open_of`] takes its rows.
    pub(crate) fn ask(reader: &Reader, client: ClientId, now: Timestamp) -> Ask {
        facts::ask(reader, &[client], now)
    }

    /// As [`Gate::open`], with the rows of [`Gate::ask`].
    ///
    /// # Errors
    /// As [`Gate::open`].
    pub(crate) fn open_of(
        tx: &mut impl Query,
        reader: &Reader,
        client: ClientId,
        rows: Vec<store::Row>,
        now: Timestamp,
    ) -> Result<Self, ClientError> {
        facts::open_of(tx, reader, &[client], rows, now)?
            .pop()
            .ok_or(ClientError::NotFound)
    }

    /// Whose gate it is: the one kept, when the one asked for was merged.
    pub const fn client(&self) -> ClientId {
        self.client
    }

    /// Who asks.
    pub const fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The unit that answers for the client.
    pub const fn responsible_unit(&self) -> Option<UnitId> {
        self.responsible
    }

    /// The relations that hold, tails among them.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// Whether a relation of the kind is in force, tail or not.
    pub fn holds(&self, kind: &str) -> bool {
        self.held.iter().any(|held| held.kind == kind && !held.tail)
    }

    /// Whether a relation of the kind to the object is in force.
    pub fn holds_of(&self, kind: &str, object_kind: &str, object: [u8; 16]) -> bool {
        self.held.iter().any(|held| {
            held.kind == kind
                && !held.tail
                && held.object == Some((object, HeldObject::of(object_kind)))
        })
    }

    /// The bars that hold.
    pub fn bars(&self) -> &[Bar] {
        &self.bars
    }

    /// Whether non-disclosure for safety (turvakielto) of the client or of somebody in the household is in
    /// force: home municipality and every contact detail are then protected.
    pub const fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Adds a relation that another room derives for one object, such as leading the unit of a matter.
    pub fn add(&mut self, kind: &'static str, object: Option<Object>) {
        self.held.push(Held {
            kind,
            object: object.map(|(kind, id)| (id, HeldObject::of(kind))),
            tail: false,
            ends: None,
        });
    }

    /// The gate as it would be if the reader stood in this relation to the client and in no other.
    #[must_use]
    pub fn standing_as(&self, kind: &'static str, object: Option<Object>) -> Self {
        let mut gate = self.clone();
        gate.held.clear();
        gate.add(kind, object);
        if COLLEAGUE_PASSES.contains(&kind) {
            gate.bars.retain(|bar| *bar != Bar::B03);
        }
        gate
    }

    /// When only tails are left: the moment until which things are still shown. What came later is new,
    /// and a tail opens nothing new.
    pub fn seen_until(&self) -> Option<Timestamp> {
        if self.held.iter().any(|held| !held.tail) {
            return None;
        }
        self.held.iter().filter_map(|held| held.ends).max()
    }

    /// Decides an action. `object` tells which matter or contact it is about, `given` the conditions that
    /// the caller knows to hold besides those that follow from the relations.
    pub fn decide(
        &self,
        class: &str,
        action: &str,
        service_task: &str,
        object: Option<(&str, [u8; 16])>,
        given: &[&str],
    ) -> Decision<'static> {
        let own_entry = given.contains(&"own_entry");
        let counting = self
            .held
            .iter()
            .filter(|held| held.counts(action, object, own_entry));
        let (about, elsewhere): (Vec<&Held>, Vec<&Held>) =
            counting.partition(|held| held.about(object));
        let ask = |relations: &[&str]| {
            let tokens = self.given(relations, class, given);
            RightsTable::built_in().decide(&Question {
                subject: &self.reader.subject,
                class,
                action,
                service_task,
                relations,
                given: &tokens,
                bars: &self.bars,
                on: self.on,
            })
        };
        let relations: Vec<&str> = about.iter().map(|held| held.kind).collect();
        let first = ask(&relations);
        if first.allowed() {
            return first;
        }
        // A row of the scope `county` asks only that the relation is there, to whichever object.
        elsewhere
            .iter()
            .filter(|held| !held.tail)
            .map(|held| ask(&[held.kind]))
            .find(|answer| answer.row().is_some_and(|row| row.scope == "county"))
            .unwrap_or(first)
    }

    /// The row by which the reader may act.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when denied, [`ClientError::ExceptionalOnly`] when the reader may open it by
    /// exceptional access.
    pub fn acting(
        &self,
        class: &str,
        action: &str,
        service_task: &str,
        object: Option<(&str, [u8; 16])>,
        given: &[&str],
    ) -> Result<Granted, ClientError> {
        match self.decide(class, action, service_task, object, given) {
            Decision::Allow(row) => Ok(row.into()),
            Decision::Exceptional(_) => Err(ClientError::ExceptionalOnly),
            Decision::Deny(_) => Err(ClientError::NotFound),
        }
    }

    /// The right to an act on the client's own record, with what its log entry needs.
    pub(crate) fn by(
        &self,
        class: &str,
        action: &str,
        now: Timestamp,
    ) -> Result<By<'_>, ClientError> {
        let granted = self.acting(class, action, "working_age", None, &[])?;
        Ok(By {
            reader: &self.reader,
            granted,
            now,
        })
    }

    /// Opens the protected contact details of the client (bar B07), and says so in the log. Only with a right
    /// given to this worker for this client, or in danger to life, which `given` then tells.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] without such a right.
    pub fn secret(
        &self,
        tx: &mut impl Log,
        now: Timestamp,
        given: &[&str],
    ) -> Result<SecretGrant, ClientError> {
        let granted = self.acting("contact_details_secret", "read", "working_age", None, given)?;
        log(
            tx,
            &self.reader,
            &granted,
            now,
            &Shown::of("client.secret_read", self.client),
        )?;
        Ok(SecretGrant::of(self.client))
    }

    /// Whether the reader has been given the right to the client's protected details.
    pub const fn has_secret_right(&self) -> bool {
        self.secret_right
    }

    /// Everything that holds: what the caller knows, and what follows from the relations and the facts.
    fn given<'a>(&self, relations: &[&str], class: &str, given: &[&'a str]) -> Vec<&'a str> {
        let mut tokens = given.to_vec();
        for kind in relations {
            tokens.extend(tokens_of(kind, class));
        }
        if self.secret_right {
            tokens.push("secret_right");
        }
        if self.reader.strong {
            tokens.push("strong_auth");
        }
        if !self.bars.contains(&Bar::B08) {
            tokens.push("not_restricted");
        }
        tokens
    }
}

/// Conditions that a relation in force meets by itself.
pub fn tokens_of(kind: &str, class: &str) -> &'static [&'static str] {
    match (kind, class) {
        // The contact that is held is open.
        ("contact_holder", "client_basics" | "client_relation") => &["open_only"],
        ("own_worker", _) => &["hp_only_if_42"],
        ("substitute", _) => &["period"],
        ("offer_receiver", _) => &["offer_open"],
        ("provider_order", _) => &["order_open"],
        ("complaint_handler" | "log_request", _) => &["case_open"],
        ("archive_request", _) => &["request_open"],
        ("invited_expert", _) => &["until_due"],
        ("partner_share", _) => &["until_share_end"],
        ("admin_task", _) => &["open_admin_task", "merge_case"],
        ("joint_service", _) => &["joint_named"],
        ("consulted", _) => &["request_by_worker"],
        ("decision_maker", _) => &["same_matter_or_same_service"],
        ("tutor_link", _) => &["placement_period", "tutor_named_this_client"],
        ("tutor_of", _) => &["placement_period", "own_relation_to_client"],
        _ => &[],
    }
}

/// The right to something that is about no client yet: searching, making a client.
///
/// # Errors
/// [`ClientError::NotFound`] when the table gives none.
pub fn general(
    reader: &Reader,
    class: &str,
    action: &str,
    on: Date,
    given: &[&str],
) -> Result<Granted, ClientError> {
    RightsTable::built_in()
        .decide(&Question {
            subject: &reader.subject,
            class,
            action,
            service_task: "na",
            relations: &[],
            given,
            bars: &[],
            on,
        })
        .row()
        .map(Granted::from)
        .ok_or(ClientError::NotFound)
}

pub(crate) fn is_long_dead(dead_since: Option<Date>, now: Timestamp) -> bool {
    dead_since.is_some_and(|died| {
        day(now)
            .since(died)
            .is_ok_and(|span| i64::from(span.get_days()) > DAYS_AFTER_DEATH)
    })
}
