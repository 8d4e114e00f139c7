//! A plan begins, or it is written down why none is made.

use casework::domain::{MatterError, MatterId};
use casework::store::Casework;
use casework::store::facts::Facts;
use clients::{ClientId, Reader};
use documents::{DocumentId, Kind, NewDocument};
use kernel::language::Language;
use store::{Query, Row, StoreError, WriteTx, params};

use crate::domain::place::{Place, Taken};
use crate::domain::{EndReason, PlanError, Skip, Stage};
use crate::store::{Opened, known, log, row_id};

/// Conditions of creating and finishing: made with the client unless an obvious obstacle, which is then told (39 § 1).
pub(crate) const MADE: &[&str] = &["with_client_unless_obstacle"];

/// Begins a plan in a matter for one or several of its clients.
///
/// # Errors
/// [`PlanError::NotFound`] without the right over each of them; [`PlanError::Taken`] when one has a plan (I2).
pub fn begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    clients: &[ClientId],
    language: Language,
) -> Result<DocumentId, PlanError> {
    let now = casework.now();
    if clients.is_empty() {
        return Err(PlanError::Empty);
    }
    let facts = Facts::load(tx, reader, matter, now)?.with_given(MADE);
    let mut acting = None;
    for client in clients {
        acting = Some(facts.authorise_over(reader, "plan", "create", *client)?);
    }
    let by = acting.ok_or(PlanError::Empty)?;
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended.into());
    }
    let places = places_to_begin(tx, casework, reader, clients)?;
    let new = NewDocument {
        kind: Kind::Plan,
        matter,
        clients: clients.to_vec(),
        language,
    };
    let id = documents::store::begin(tx, casework, &by, &new)?;
    tx.execute(
        "insert into plan (document_id, matter_id, state, with_client) values ($1, $2, 'draft', 1)",
        &params![id.bytes(), matter.bytes()],
    )?;
    for (no, place) in places.iter().enumerate() {
        let no = i64::try_from(no).unwrap_or_default() + 1;
        tx.execute(
            "insert into plan_client (id, document_id, client_id, no, state, began_at) values ($1, $2, $3, $4, 'draft', $5)",
            &params![row_id(casework), id.bytes(), place.client().bytes(), no, now],
        )?;
        // The door was open: a plan is made after all.
        tx.execute(
            "update plan_waiver set ended_at = $2 where client_id = $1 and ended_at is null",
            &params![place.client().bytes(), now],
        )?;
    }
    Ok(id)
}

fn places_to_begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    clients: &[ClientId],
) -> Result<Vec<Place>, PlanError> {
    end_with_matters(tx, clients)?;
    let known = known(tx, clients)?;
    let mut places = Vec::new();
    for client in clients {
        match Place::to_begin(*client, &known) {
            Ok(place) => places.push(place),
            Err(taken) => return Err(in_the_way(tx, casework, reader, taken)?),
        }
    }
    Ok(places)
}

/// The refusal, with the way to the plan when the reader may see it.
pub(crate) fn in_the_way(
    query: &mut impl Query,
    casework: &Casework,
    reader: &Reader,
    Taken(one): Taken,
) -> Result<PlanError, PlanError> {
    let seen = match Opened::load(query, reader, one.plan, casework.now()) {
        Ok(opened) => opened.seen(reader).is_ok(),
        Err(PlanError::NotFound) => false,
        Err(error) => return Err(error),
    };
    Ok(PlanError::Taken {
        client: one.client,
        plan: seen.then_some(one.plan),
        in_force: one.stage == Stage::InForce,
    })
}

/// Plans of these clients whose matter has ended are over: a plan does not outlive its matter. A matter's end ends its plans
/// in the same transaction ([`end_of_matter`]); this is for those that ended before the house did so.
fn end_with_matters(tx: &mut WriteTx<'_>, clients: &[ClientId]) -> Result<(), PlanError> {
    for client in clients {
        let rows = tx.query(
            "select p.document_id, m.ended_at from plan p join matter m on m.id = p.matter_id join plan_client pc on pc.document_id = p.document_id where pc.client_id = $1 and pc.state <> 'ended' and m.ended_at is not null",
            &params![client.bytes()],
        )?;
        end_rows(tx, &rows)?;
    }
    Ok(())
}

fn end_rows(tx: &mut WriteTx<'_>, rows: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        let (plan, at): ([u8; 16], i64) = (row.get(0)?, row.get(1)?);
        tx.execute(
            "update plan set state = 'ended', ended_at = $2, end_reason = $3 where document_id = $1 and state <> 'ended'",
            &params![plan, at, EndReason::Matter.code()],
        )?;
        tx.execute(
            "update plan_client set state = 'ended', ended_at = $2 where document_id = $1 and state <> 'ended'",
            &params![plan, at],
        )?;
    }
    Ok(())
}

/// A matter has ended, and its plans with it. The log entry of the closing tells of it.
///
/// # Errors
/// When the engine fails.
pub fn end_of_matter(
    tx: &mut WriteTx<'_>,
    _: &Casework,
    matter: MatterId,
) -> Result<(), StoreError> {
    let rows = tx.query(
        "select p.document_id, m.ended_at from plan p join matter m on m.id = p.matter_id where m.id = $1 and p.state <> 'ended' and m.ended_at is not null",
        &params![matter.bytes()],
    )?;
    end_rows(tx, &rows)
}

/// Why a client gets no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWaiver {
    pub client: ClientId,
    pub reason: Skip,
    pub words: String,
    /// A no in the client's own words.
    pub own_words: Option<String>,
}

/// Writes down why no plan is made (SHL 39 § 1, AsL 7 and 8 §). A new reason takes the place of the one before.
///
/// # Errors
/// [`PlanError::NotFound`] without the right to make a plan for the client; [`PlanError::Taken`] when there is one.
pub fn waive(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    new: &NewWaiver,
) -> Result<(), PlanError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?.with_given(MADE);
    let by = facts.authorise_over(reader, "plan", "create", new.client)?;
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended.into());
    }
    places_to_begin(tx, casework, reader, &[new.client])?;
    tx.execute(
        "update plan_waiver set ended_at = $2 where client_id = $1 and ended_at is null",
        &params![new.client.bytes(), now],
    )?;
    tx.execute(
        "insert into plan_waiver (id, matter_id, client_id, reason, words, own_words, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            row_id(casework),
            matter.bytes(),
            new.client.bytes(),
            new.reason.code(),
            new.words.as_str(),
            new.own_words.clone(),
            now,
            reader.staff.bytes()
        ],
    )?;
    let text = format!(
        "{}\n{}",
        new.words,
        new.own_words.as_deref().unwrap_or_default()
    );
    log(
        tx,
        &by,
        now,
        "plan.skip",
        &[new.client],
        new.reason.code(),
        Some(&text),
    )?;
    Ok(())
}
