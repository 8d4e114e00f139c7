//! What a note may be linked to in the plans in force of its clients: goals, and steps that are open there. Nothing of a
//! plan is copied.

use casework::domain::MatterError;
use casework::store::Casework;
use clients::{ClientId, Reader};
use documents::{DocError, DocumentId, store as docs};
use kernel::time::{Date, Timestamp};
use plan::domain::{ActionId, ActionState, GoalId, PlanError};
use plan::store::{Opened, actions, goals, lists};
use store::{Query, Show, StoreError, WriteTx};

/// A goal that a note may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalPick {
    pub id: String,
    pub words: String,
}

/// An open action of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    pub id: ActionId,
    pub plan: DocumentId,
    pub what: String,
    pub who: String,
    pub due: Date,
}

/// Goals and open actions that the reader sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plans {
    pub goals: Vec<GoalPick>,
    pub steps: Vec<PlanStep>,
}

/// A fault of the engine goes on; what is not for this reader is left out, and the note is written all the same.
fn store_error(error: PlanError) -> Result<(), DocError> {
    match error {
        PlanError::Store(error)
        | PlanError::Matter(MatterError::Store(error))
        | PlanError::Document(DocError::Store(error)) => Err(error.into()),
        _ => Ok(()),
    }
}

/// Reads them for the clients of a note, and logs the plans that were shown.
///
/// # Errors
/// When the engine fails.
pub fn read(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    clients: &[ClientId],
) -> Result<Plans, DocError> {
    let now = casework.now();
    let mut found = Plans::default();
    for id in in_force(tx, clients)? {
        if let Err(error) = one(tx, reader, id, now, &mut found) {
            store_error(error)?;
        }
    }
    Ok(found)
}

/// The plans in force of some clients, each once. A note has few clients, and a client has one plan in force.
fn in_force(query: &mut impl Query, clients: &[ClientId]) -> Result<Vec<DocumentId>, StoreError> {
    let mut plans = Vec::new();
    for client in clients {
        for listed in lists::of_client(query, *client)? {
            if listed.stage.code() == "in_force" && !plans.contains(&listed.plan) {
                plans.push(listed.plan);
            }
        }
    }
    Ok(plans)
}

fn one(
    tx: &mut impl Show,
    reader: &Reader,
    id: DocumentId,
    now: Timestamp,
    found: &mut Plans,
) -> Result<(), PlanError> {
    let opened = Opened::load(tx, reader, id, now)?;
    let seen = opened.seen(reader)?;
    let all = goals::of_plan(tx, id)?;
    docs::log_read(tx, &seen.acting, &opened.document, &seen.clients(), now)?;
    for goal in all {
        if goal.since_version.is_none() || goal.state.code() != "open" || !seen.shows(goal.client) {
            continue;
        }
        for action in &goal.actions {
            if action.state.code() == "open" && action.since_version.is_some() {
                found.steps.push(PlanStep {
                    id: action.id,
                    plan: id,
                    what: action.what.clone(),
                    who: action.who.clone(),
                    due: action.due,
                });
            }
        }
        found.goals.push(GoalPick {
            id: goal.id.to_string(),
            words: goal.words,
        });
    }
    Ok(())
}

/// A goal by its id, when the reader may see it for one of the clients.
///
/// # Errors
/// When the engine fails.
pub fn goal(
    tx: &mut impl Query,
    reader: &Reader,
    clients: &[ClientId],
    wanted: GoalId,
    now: Timestamp,
) -> Result<Option<String>, DocError> {
    for id in in_force(tx, clients)? {
        match Opened::load(tx, reader, id, now).and_then(|opened| {
            let seen = opened.seen(reader)?;
            let goal = goals::one(tx, id, wanted)?;
            Ok(seen.shows(goal.client).then_some(goal.words))
        }) {
            Ok(Some(words)) => return Ok(Some(words)),
            Ok(None) => {}
            Err(error) => store_error(error)?,
        }
    }
    Ok(None)
}

/// An action of a plan came to be done, as a note tells.
///
/// # Errors
/// When the engine fails; an action that is no longer open is left as it is.
pub fn done(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    clients: &[ClientId],
    wanted: ActionId,
) -> Result<bool, DocError> {
    for id in in_force(tx, clients)? {
        match actions::set_state(tx, casework, reader, (id, wanted), ActionState::Done, "") {
            Ok(()) => return Ok(true),
            Err(error) => store_error(error)?,
        }
    }
    Ok(false)
}
