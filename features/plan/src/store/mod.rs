//! All SQL of plans. Every act checks its right, changes rows and writes its log entry in one transaction (I2, I4).

pub mod actions;
pub mod begin;
pub mod finish;
pub mod free;
pub mod goals;
pub mod history;
pub mod lists;
pub mod others;
pub mod read;
pub mod review;
pub mod texts;
pub mod tutored;
pub mod void;

use access::log::{Actor, LogEntry};
use casework::domain::MatterError;
use casework::store::facts::Facts;
use casework::store::{Acting, Casework};
use clients::{ClientId, Reader};
use documents::tutored::Effect;
use documents::{Document, DocumentId, State};
use identity::people::StaffId;
use kernel::time::{Date, Timestamp};
use store::{Log, Query, Row, StoreError, params, places};

use crate::domain::body::No;
use crate::domain::place::Known;
use crate::domain::{PlanError, RowId, Stage};
use crate::store::begin::MADE;

impl From<MatterError> for PlanError {
    fn from(error: MatterError) -> Self {
        match error {
            MatterError::NotFound => Self::NotFound,
            MatterError::Store(error) => Self::Store(error),
            error => Self::Matter(error),
        }
    }
}

impl From<documents::DocError> for PlanError {
    fn from(error: documents::DocError) -> Self {
        match error {
            documents::DocError::NotFound => Self::NotFound,
            documents::DocError::Store(error) => Self::Store(error),
            documents::DocError::Clash(clash) => Self::Clash(clash),
            documents::DocError::State => Self::NotOpen,
            error => Self::Document(error),
        }
    }
}

/// A client of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub no: No,
    pub client: ClientId,
    pub stage: Stage,
}

/// A plan as the tables have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    pub stage: Stage,
    pub in_force_at: Option<Timestamp>,
    pub review_on: Option<Date>,
    pub with_client: bool,
    pub obstacle: Option<String>,
    pub coordinator_staff: Option<StaffId>,
    pub coordinator: Option<String>,
    pub ended_at: Option<Timestamp>,
    pub end_reason: Option<String>,
    pub end_words: Option<String>,
    /// In the order in which they were named.
    pub members: Vec<Member>,
}

/// A plan with its document and the facts of its matter: what every act begins with.
#[derive(Debug, Clone)]
pub struct Opened {
    pub document: Document,
    pub plan: PlanRow,
    pub facts: Facts,
}

/// Whose parts of a plan a reader sees, and by which right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub acting: Acting,
    pub members: Vec<Member>,
    /// There are clients whose parts the reader does not see.
    pub hidden: bool,
}

impl Seen {
    pub fn clients(&self) -> Vec<ClientId> {
        self.members.iter().map(|one| one.client).collect()
    }

    pub fn numbers(&self) -> Vec<No> {
        self.members.iter().map(|one| one.no).collect()
    }

    /// Whether a thing of this client, or of all, is shown.
    pub fn shows(&self, client: Option<ClientId>) -> bool {
        client.is_none_or(|client| self.members.iter().any(|one| one.client == client))
    }
}

impl Opened {
    /// Reads a plan.
    ///
    /// # Errors
    /// [`PlanError::NotFound`] when there is none, or it was voided.
    pub fn load(
        query: &mut impl Query,
        reader: &Reader,
        id: DocumentId,
        now: Timestamp,
    ) -> Result<Self, PlanError> {
        let document = documents::store::load(query, documents::Kind::Plan, id)?;
        if document.state == State::Voided {
            return Err(PlanError::NotFound);
        }
        let facts = Facts::load(query, reader, document.matter, now)?;
        let plan = plan_row(query, id)?;
        Ok(Self {
            document,
            plan,
            facts,
        })
    }

    /// The id of the plan.
    pub const fn id(&self) -> DocumentId {
        self.document.id
    }

    /// Where it stands: a plan ends with its matter.
    pub fn stage(&self) -> Stage {
        if self.facts.life.holder().is_none() {
            Stage::Ended
        } else {
            self.plan.stage
        }
    }

    /// Whose parts the reader sees.
    ///
    /// # Errors
    /// [`PlanError::NotFound`] when none.
    pub fn seen(&self, reader: &Reader) -> Result<Seen, PlanError> {
        let (acting, seen) = self.facts.right(reader, "plan", "read")?;
        let members: Vec<Member> = self
            .plan
            .members
            .iter()
            .filter(|one| seen.content.contains(&one.client))
            .copied()
            .collect();
        if members.is_empty() {
            return Err(PlanError::NotFound);
        }
        Ok(Seen {
            acting,
            hidden: members.len() < self.plan.members.len(),
            members,
        })
    }

    /// The right to act over one client's part, or over what is common: then over one client at least.
    ///
    /// # Errors
    /// [`PlanError::NotFound`] without it; [`PlanError::Ended`] when the plan has ended.
    pub fn acting(
        &self,
        reader: &Reader,
        action: &str,
        client: Option<ClientId>,
        given: &[&'static str],
    ) -> Result<Acting, PlanError> {
        self.acting_with(reader, (action, Effect::AtOnce), client, given)
    }

    /// As [`Opened::acting`], for an act that takes effect then.
    ///
    /// # Errors
    /// As [`Opened::acting`].
    pub fn acting_with(
        &self,
        reader: &Reader,
        (action, effect): (&str, Effect),
        client: Option<ClientId>,
        given: &[&'static str],
    ) -> Result<Acting, PlanError> {
        let facts = self.facts.clone().with_given(given);
        let mut last = PlanError::NotFound;
        for member in &self.plan.members {
            if client.is_some_and(|client| client != member.client) {
                continue;
            }
            match facts.authorise_over(reader, "plan", action, member.client) {
                Ok(acting) if !effect.is_given(&acting) => last = PlanError::NotFound,
                Ok(acting) if self.stage() != Stage::Ended => return Ok(acting),
                Ok(_) => return Err(PlanError::Ended),
                Err(error) => last = error.into(),
            }
        }
        Err(last)
    }

    /// The right over every client of the plan: to put it into force and to end it.
    ///
    /// # Errors
    /// As [`Opened::acting`].
    pub fn acting_all(
        &self,
        reader: &Reader,
        action: &str,
        given: &[&'static str],
    ) -> Result<Acting, PlanError> {
        let mut acting = Err(PlanError::NotFound);
        for member in &self.plan.members {
            acting = Ok(self.acting(reader, action, Some(member.client), given)?);
        }
        acting
    }

    /// The right to write a goal, an action or a part. A student writes in an open draft, which comes into force by the tutor
    /// (457/2024 21 §).
    ///
    /// # Errors
    /// As [`Opened::acting`].
    pub fn writing(&self, reader: &Reader, client: Option<ClientId>) -> Result<Acting, PlanError> {
        let effect = Effect::of(&self.document);
        self.acting_with(reader, ("edit_draft", effect), client, &[])
    }

    /// The right to what takes effect at once, without a version: of a student in a plan that has not been in force.
    ///
    /// # Errors
    /// As [`Opened::acting`].
    pub fn writing_at_once(
        &self,
        reader: &Reader,
        client: Option<ClientId>,
    ) -> Result<Acting, PlanError> {
        let effect = if self.stage() == Stage::Draft && self.open_to(reader).is_ok() {
            Effect::ByVersion
        } else {
            Effect::AtOnce
        };
        self.acting_with(reader, ("edit_draft", effect), client, &[])
    }

    /// The right to put it into force. What waits for a tutor is approved by the tutor alone (457/2024 21 §).
    ///
    /// # Errors
    /// As [`Opened::acting`].
    pub fn finishing(&self, reader: &Reader) -> Result<Acting, PlanError> {
        if self.document.state != State::Waiting {
            return self.acting_all(reader, "finish", MADE);
        }
        if self.document.waiting_for != Some(reader.staff) {
            return Err(PlanError::NotFound);
        }
        let by = self.acting_all(reader, "approve", MADE)?;
        if documents::voiding::is_for_voiding(by.right) {
            return Err(PlanError::NotFound);
        }
        Ok(by)
    }

    /// The right to ask that it be voided: over every client of it, whether its matter goes on or not.
    ///
    /// # Errors
    /// [`PlanError::NotFound`] without it.
    pub fn voiding(&self, reader: &Reader) -> Result<Acting, PlanError> {
        let mut given = vec!["wrong_person_only"];
        if self.document.made_by == reader.staff {
            given.push("own_entry");
        }
        self.acting_over_all(reader, "void", &given)
    }

    /// A right over every client of the plan that does not rest on how the plan stands.
    fn acting_over_all(
        &self,
        reader: &Reader,
        action: &str,
        given: &[&'static str],
    ) -> Result<Acting, PlanError> {
        let facts = self.facts.clone().with_given(given);
        let mut acting = Err(PlanError::NotFound);
        for member in &self.plan.members {
            acting = Ok(facts.authorise_over(reader, "plan", action, member.client)?);
        }
        acting
    }

    /// The text may be written now by this reader: while it waits for a tutor, by the tutor.
    ///
    /// # Errors
    /// [`PlanError::NotOpen`].
    pub fn open_to(&self, reader: &Reader) -> Result<(), PlanError> {
        let waits = self.document.state == State::Waiting;
        if waits && self.document.waiting_for != Some(reader.staff) {
            return Err(PlanError::NotOpen);
        }
        self.open()
    }

    /// The text may be written now: [`PlanError::NotOpen`] when it is finished and no change of it was begun.
    ///
    /// # Errors
    /// See above.
    pub fn open(&self) -> Result<(), PlanError> {
        if self.document.is_open() {
            Ok(())
        } else {
            Err(PlanError::NotOpen)
        }
    }

    /// Whose data an act on one client's part, or on what is common, touches.
    pub fn subjects(&self, client: Option<ClientId>) -> Vec<ClientId> {
        match client {
            Some(client) => vec![client],
            None => self.plan.members.iter().map(|one| one.client).collect(),
        }
    }

    /// The number of a client of the plan.
    pub fn number(&self, client: Option<ClientId>) -> Option<No> {
        let client = client?;
        self.plan
            .members
            .iter()
            .find(|one| one.client == client)
            .map(|one| one.no)
    }
}

fn plan_row(query: &mut impl Query, id: DocumentId) -> Result<PlanRow, PlanError> {
    let row = query
        .query_optional(
            "select p.state, p.in_force_at, p.review_on, p.with_client, p.obstacle, p.coordinator_staff, coalesce(p.coordinator_name, s.name), p.ended_at, p.end_reason, p.end_words from plan p left join staff s on s.id = p.coordinator_staff where p.document_id = $1",
            &params![id.bytes()],
        )?
        .ok_or(PlanError::NotFound)?;
    let members = query.query(
        "select pc.no, coalesce(c.merged_into, pc.client_id), pc.state from plan_client pc join client c on c.id = pc.client_id where pc.document_id = $1 order by pc.no",
        &params![id.bytes()],
    )?;
    Ok(PlanRow {
        stage: stage(&row, 0)?,
        in_force_at: row.get(1)?,
        review_on: date(&row, 2)?,
        with_client: row.get(3)?,
        obstacle: row.get(4)?,
        coordinator_staff: row.get::<Option<[u8; 16]>>(5)?.map(StaffId::from_bytes),
        coordinator: row.get(6)?,
        ended_at: row.get(7)?,
        end_reason: row.get(8)?,
        end_words: row.get(9)?,
        members: members
            .iter()
            .map(|row| {
                Ok(Member {
                    no: row.get(0)?,
                    client: ClientId::from_bytes(row.get(1)?),
                    stage: stage(row, 2)?,
                })
            })
            .collect::<Result<_, StoreError>>()?,
    })
}

/// The plans of clients that are being made or in force; those whose matter has ended are over. A plan of a record that was
/// joined to another is read as the kept client's: the next version of either comes into force only when the other has ended.
///
/// # Errors
/// When the engine fails.
pub fn known(query: &mut impl Query, clients: &[ClientId]) -> Result<Vec<Known>, StoreError> {
    let plans = of_clients(clients.len(), 0);
    let values: Vec<_> = clients.iter().map(|one| one.bytes().into()).collect();
    query
        .query(
            &format!("select pc.document_id, coalesce(c.merged_into, c.id), pc.state {plans} and pc.state <> 'ended'"),
            &values,
        )?
        .iter()
        .map(|row| {
            Ok(Known {
                plan: DocumentId::from_bytes(row.get(0)?),
                client: ClientId::from_bytes(row.get(1)?),
                stage: stage(row, 2)?,
            })
        })
        .collect()
}

/// The plans `pc` of so many clients `c` whose matter has not ended, for a statement whose values hold `before` others first.
/// It begins with the clients, however many plans the county has; a record that was joined to another is the kept client's.
fn of_clients(clients: usize, before: usize) -> String {
    let list = places(clients, before);
    format!(
        "from client c cross join plan_client pc join plan p on p.document_id = pc.document_id join matter m on m.id = p.matter_id where pc.client_id = c.id and m.ended_at is null and (c.id in ({list}) and c.merged_into is null or c.merged_into in ({list}))"
    )
}

/// Writes the log entry of an act on a plan.
fn log(
    tx: &mut impl Log,
    by: &Acting,
    at: Timestamp,
    event: &'static str,
    clients: &[ClientId],
    detail: &str,
    content: Option<&str>,
) -> Result<(), StoreError> {
    tx.log(LogEntry {
        at,
        actor: Actor::Staff(by.staff.bytes()),
        event,
        right: by.right.into(),
        purpose: by.purpose,
        subjects: clients.iter().map(ClientId::bytes).collect(),
        detail: detail.to_owned(),
        digest: content.map(digest),
    })
}

fn digest(text: &str) -> [u8; 32] {
    *blake3::hash(text.as_bytes()).as_bytes()
}

fn row_id(casework: &Casework) -> [u8; 16] {
    RowId::new(&*casework.clock, &*casework.chance).bytes()
}

/// A code in the database that this version does not know.
fn unreadable() -> StoreError {
    StoreError::Decode("a code that this version does not know".to_owned())
}

fn stage(row: &Row, at: usize) -> Result<Stage, StoreError> {
    Stage::from_code(&row.get::<String>(at)?).ok_or_else(unreadable)
}

fn date(row: &Row, at: usize) -> Result<Option<Date>, StoreError> {
    row.get::<Option<String>>(at)?
        .map(|text| text.parse().map_err(|_| unreadable()))
        .transpose()
}

fn day_of(row: &Row, at: usize) -> Result<Date, StoreError> {
    date(row, at)?.ok_or_else(unreadable)
}
