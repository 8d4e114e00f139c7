//! What a note may be linked to in the plans in force of its clients: goals, and steps that are open there. Nothing of a
//! plan is copied.

use std::collections::HashMap;

use casework::domain::MatterError;
use casework::store::Casework;
use casework::store::facts::Facts;
use clients::{ClientId, Reader};
use documents::{DocError, DocumentId, Kind, State, store as docs};
use kernel::time::{Date, Timestamp};
use plan::domain::{ActionId, ActionState, GoalId, PlanError, Stage};
use plan::store::goals::Goal;
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
    /// Empty for a client whom the reader does not see (B13).
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
    let ids = in_force(tx, clients)?;
    let mut found = Plans::default();
    if ids.is_empty() {
        return Ok(found);
    }
    let documents = docs::load_many(tx, &ids)?;
    let matters: Vec<_> = documents.iter().map(|one| one.matter).collect();
    let facts = Facts::load_many(tx, reader, &matters, now)?;
    let members = lists::members(tx, &ids)?;
    let mut seen: HashMap<DocumentId, Vec<ClientId>> = HashMap::new();
    for document in documents.iter().filter(|one| one.state != State::Voided) {
        let facts = facts.iter().find(|facts| facts.id == document.matter);
        let Some(Ok((acting, content))) =
            facts.map(|facts| facts.right(reader, Kind::Plan.code(), "read"))
        else {
            continue;
        };
        let mut own: Vec<ClientId> = members
            .get(&document.id)
            .into_iter()
            .flatten()
            .map(|(client, _)| *client)
            .collect();
        own.retain(|client| content.content.contains(client));
        if !own.is_empty() {
            docs::log_read(tx, &acting, document, &own, now)?;
            seen.insert(document.id, own);
        }
    }
    for (plan, mut goal) in goals::of_plans(tx, &ids)? {
        let shown = seen
            .get(&plan)
            .is_some_and(|own| goal.client.is_none_or(|client| own.contains(&client)));
        let own = seen.get(&plan).map_or(&[][..], Vec::as_slice);
        for action in &mut goal.actions {
            action.show_to(own);
        }
        if shown && goal.since_version.is_some() && goal.state.code() == "open" {
            offer(&mut found, plan, goal);
        }
    }
    Ok(found)
}

fn offer(found: &mut Plans, plan: DocumentId, goal: Goal) {
    for action in goal.actions {
        if action.state.code() == "open" && action.since_version.is_some() {
            found.steps.push(PlanStep {
                id: action.id,
                plan,
                what: action.what,
                who: action.who,
                due: action.due,
            });
        }
    }
    found.goals.push(GoalPick {
        id: goal.id.to_string(),
        words: goal.words,
    });
}

/// The plans in force of some clients, each once.
fn in_force(query: &mut impl Query, clients: &[ClientId]) -> Result<Vec<DocumentId>, StoreError> {
    let mut plans: Vec<DocumentId> = plan::store::known(query, clients)?
        .into_iter()
        .filter(|one| one.stage == Stage::InForce)
        .map(|one| one.plan)
        .collect();
    plans.sort_unstable();
    plans.dedup();
    Ok(plans)
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
