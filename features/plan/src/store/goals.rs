//! Goals: what the client wants, in her words, with the actions that bring it nearer.

use casework::store::Casework;
use clients::{ClientId, Reader};
use documents::{Clash, DocumentId, Fields};
use kernel::time::Timestamp;
use store::{Query, Row, StoreError, WriteTx, params, places};

use crate::domain::{GoalId, GoalKind, GoalState, NewAction, NewGoal, PlanError};
use crate::store::actions::{self, Action};
use crate::store::{Opened, log, unreadable};

/// A goal as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    pub id: GoalId,
    pub client: Option<ClientId>,
    pub words: String,
    pub kind: GoalKind,
    pub steps: String,
    pub helps: String,
    pub hinders: String,
    pub state: GoalState,
    pub state_words: Option<String>,
    /// The first version that has it.
    pub since_version: Option<i64>,
    pub revision: i64,
    pub changed_at: Timestamp,
    pub changed_by: String,
    pub actions: Vec<Action>,
}

impl Goal {
    /// Whether two workers wrote the same.
    fn reads(&self, new: &NewGoal) -> bool {
        (
            self.client,
            &self.words,
            self.kind,
            &self.steps,
            &self.helps,
            &self.hinders,
        ) == (
            new.client,
            &new.words,
            new.kind,
            &new.steps,
            &new.helps,
            &new.hinders,
        )
    }
}

const COLUMNS: &str = "select g.id, g.client_id, g.words, g.kind, g.steps, g.helps, g.hinders, g.state, g.state_words, g.since_version, g.revision, g.changed_at, s.name, g.document_id from plan_goal g join staff s on s.id = g.changed_by";

fn from_row(row: &Row) -> Result<Goal, StoreError> {
    Ok(Goal {
        id: GoalId::from_bytes(row.get(0)?),
        client: row.get::<Option<[u8; 16]>>(1)?.map(ClientId::from_bytes),
        words: row.get(2)?,
        kind: GoalKind::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
        steps: row.get(4)?,
        helps: row.get(5)?,
        hinders: row.get(6)?,
        state: GoalState::from_code(&row.get::<String>(7)?).ok_or_else(unreadable)?,
        state_words: row.get(8)?,
        since_version: row.get(9)?,
        revision: row.get(10)?,
        changed_at: row.get(11)?,
        changed_by: row.get(12)?,
        actions: Vec::new(),
    })
}

/// The goals of a plan with their actions, in the order in which they were made: two statements.
///
/// # Errors
/// When the engine fails.
pub fn of_plan(query: &mut impl Query, plan: DocumentId) -> Result<Vec<Goal>, StoreError> {
    let goals = of_plans(query, &[plan])?;
    Ok(goals.into_iter().map(|(_, goal)| goal).collect())
}

/// The goals of several plans in the statements of one, each with its plan.
///
/// # Errors
/// When the engine fails.
pub fn of_plans(
    query: &mut impl Query,
    plans: &[DocumentId],
) -> Result<Vec<(DocumentId, Goal)>, StoreError> {
    let list = places(plans.len(), 0);
    let values: Vec<_> = plans.iter().map(|plan| plan.bytes().into()).collect();
    let mut goals = query
        .query(
            &format!("{COLUMNS} where g.document_id in ({list}) and g.removed_at is null order by g.made_at, g.id"),
            &values,
        )?
        .iter()
        .map(|row| Ok((DocumentId::from_bytes(row.get(13)?), from_row(row)?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    for action in actions::of_plans(query, plans)? {
        if let Some((_, goal)) = goals.iter_mut().find(|(_, goal)| goal.id == action.goal) {
            goal.actions.push(action);
        }
    }
    Ok(goals)
}

/// One goal of a plan, without its actions.
///
/// # Errors
/// [`PlanError::NotFound`] when the plan has no such goal.
pub fn one(query: &mut impl Query, plan: DocumentId, id: GoalId) -> Result<Goal, PlanError> {
    let row = query
        .query_optional(
            &format!("{COLUMNS} where g.document_id = $1 and g.id = $2 and g.removed_at is null"),
            &params![plan.bytes(), id.bytes()],
        )?
        .ok_or(PlanError::NotFound)?;
    Ok(from_row(&row)?)
}

/// A goal as its form saves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveGoal {
    pub plan: DocumentId,
    /// None for a new one.
    pub goal: Option<GoalId>,
    /// The revision that the form was opened at.
    pub based_on: i64,
    pub new: NewGoal,
    /// Actions that are added.
    pub actions: Vec<NewAction>,
}

/// Saves a goal with new actions.
///
/// # Errors
/// [`PlanError::NotFound`] without the right over the client whose goal it is and was; [`PlanError::Clash`] with the other
/// text when somebody saved another meanwhile; [`PlanError::NotOpen`], [`PlanError::Owner`], [`PlanError::OthersAction`].
pub fn save(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    saving: &SaveGoal,
) -> Result<GoalId, PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, saving.plan, now)?;
    let new = &saving.new;
    let by = opened.writing(reader, new.client)?;
    opened.open_to(reader)?;
    let id = match saving.goal {
        None => insert(tx, casework, reader, &opened, new)?,
        Some(id) => {
            let there = one(tx, saving.plan, id)?;
            opened.writing(reader, there.client)?;
            if there.client != new.client {
                actions::check_own(tx, saving.plan, id, new.client)?;
            }
            if there.reads(new) {
                id
            } else if there.revision == saving.based_on {
                update(tx, reader, now, &there, new)?;
                id
            } else {
                return Err(PlanError::Clash(Box::new(theirs(&there))));
            }
        }
    };
    for action in &saving.actions {
        actions::insert(tx, casework, reader, &opened, (id, new.client), action)?;
    }
    let text = serde_json::json!([new.words, new.steps, new.helps, new.hinders]).to_string();
    log(
        tx,
        &by,
        now,
        "plan.goal",
        &opened.subjects(new.client),
        &saving.plan.to_string(),
        Some(&text),
    )?;
    Ok(id)
}

fn theirs(there: &Goal) -> Clash {
    Clash {
        theirs: fields(
            &there.words,
            there.kind,
            [&there.steps, &there.helps, &there.hinders],
        ),
        by: there.changed_by.clone(),
        at: there.changed_at,
        revision: there.revision,
    }
}

/// A goal as fields, for two texts side by side.
pub fn fields(words: &str, kind: GoalKind, [steps, helps, hinders]: [&String; 3]) -> Fields {
    let mut fields = Fields::default();
    fields.set("words", words);
    fields.set("kind", kind.code());
    fields.set("steps", steps);
    fields.set("helps", helps);
    fields.set("hinders", hinders);
    fields
}

fn insert(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    opened: &Opened,
    new: &NewGoal,
) -> Result<GoalId, StoreError> {
    let (id, now) = (
        GoalId::new(&*casework.clock, &*casework.chance),
        casework.now(),
    );
    tx.execute(
        "insert into plan_goal (id, document_id, client_id, words, kind, steps, helps, hinders, state, revision, made_at, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', 1, $9, $9, $10)",
        &params![
            id.bytes(),
            opened.id().bytes(),
            new.client.map(|client| client.bytes()),
            new.words.as_str(),
            new.kind.code(),
            new.steps.as_str(),
            new.helps.as_str(),
            new.hinders.as_str(),
            now,
            reader.staff.bytes()
        ],
    )?;
    Ok(id)
}

fn update(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    now: Timestamp,
    there: &Goal,
    new: &NewGoal,
) -> Result<(), StoreError> {
    tx.execute(
        "update plan_goal set client_id = $2, words = $3, kind = $4, steps = $5, helps = $6, hinders = $7, revision = revision + 1, changed_at = $8, changed_by = $9 where id = $1",
        &params![
            there.id.bytes(),
            new.client.map(|client| client.bytes()),
            new.words.as_str(),
            new.kind.code(),
            new.steps.as_str(),
            new.helps.as_str(),
            new.hinders.as_str(),
            now,
            reader.staff.bytes()
        ],
    )?;
    Ok(())
}

/// A goal is attained, given up with a reason, or taken up again.
///
/// # Errors
/// As [`save`]; [`PlanError::Empty`] when it is given up without words.
pub fn set_state(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    (plan, goal): (DocumentId, GoalId),
    state: GoalState,
    words: &str,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let there = one(tx, plan, goal)?;
    let by = opened.writing(reader, there.client)?;
    opened.open_to(reader)?;
    if state == GoalState::Dropped && words.is_empty() {
        return Err(PlanError::Empty);
    }
    tx.execute(
        "update plan_goal set state = $2, state_words = $3, revision = revision + 1, changed_at = $4, changed_by = $5 where id = $1",
        &params![
            goal.bytes(),
            state.code(),
            Some(words).filter(|words| !words.is_empty()),
            now,
            reader.staff.bytes()
        ],
    )?;
    let subjects = opened.subjects(there.client);
    log(
        tx,
        &by,
        now,
        "plan.goal",
        &subjects,
        state.code(),
        Some(words),
    )?;
    Ok(())
}

/// Takes a goal with its actions away from a draft.
///
/// # Errors
/// As [`save`]; [`PlanError::Agreed`] when it stands in a version.
pub fn remove(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    (plan, goal): (DocumentId, GoalId),
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let there = one(tx, plan, goal)?;
    let by = opened.writing(reader, there.client)?;
    opened.open_to(reader)?;
    if there.since_version.is_some() {
        return Err(PlanError::Agreed);
    }
    for (table, key) in [("plan_goal", "id"), ("plan_action", "goal_id")] {
        tx.execute(
            &format!("update {table} set removed_at = $2, changed_at = $2, changed_by = $3 where {key} = $1 and removed_at is null"),
            &params![goal.bytes(), now, reader.staff.bytes()],
        )?;
    }
    let subjects = opened.subjects(there.client);
    log(
        tx,
        &by,
        now,
        "plan.goal",
        &subjects,
        "removed",
        Some(&there.words),
    )?;
    Ok(())
}
