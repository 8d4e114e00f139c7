//! Actions: what is done, by exactly one, by a day.

use casework::store::workers::{self, may_be_own_worker};
use casework::store::{Acting, Casework};
use clients::{ClientId, Reader};
use documents::tutored::Effect;
use documents::{Clash, DocumentId, Fields};
use identity::people::{self, Staff, StaffId};
use kernel::time::{Date, Timestamp, day};
use store::{Query, Row, StoreError, WriteTx, params, places};

use crate::domain::{ActionId, ActionState, GoalId, NewAction, Owner, PlanError, written};
use crate::store::{Opened, day_of, free, goals, log, unreadable};

/// An action as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub id: ActionId,
    pub plan: DocumentId,
    pub goal: GoalId,
    pub what: String,
    pub owner: Owner,
    /// Name of the owner. That of a client stays empty until [`Action::show_to`] has told whom the reader sees (B13).
    pub who: String,
    client_name: Option<String>,
    pub due: Date,
    pub development: bool,
    pub state: ActionState,
    pub state_words: Option<String>,
    pub since_version: Option<i64>,
    pub revision: i64,
    pub changed_at: Timestamp,
    pub changed_by: String,
}

impl Action {
    /// Names the client who does it, if she is one of those whom the reader sees.
    pub fn show_to(&mut self, seen: &[ClientId]) {
        if let Owner::Client(client) = self.owner {
            let name = self.client_name.clone().filter(|_| seen.contains(&client));
            self.who = name.unwrap_or_default();
        }
    }

    fn reads(&self, new: &NewAction) -> bool {
        (&self.what, &self.owner, self.due, self.development)
            == (&new.what, &new.owner, new.due, new.development)
    }
}

const COLUMNS: &str = "select a.id, a.goal_id, a.what, a.owner_kind, a.owner_client, a.owner_staff, a.owner_name, coalesce(a.owner_name, o.name), a.due_on, a.development, a.state, a.state_words, a.since_version, a.revision, a.changed_at, s.name, a.document_id, c.display_name from plan_action a join staff s on s.id = a.changed_by left join staff o on o.id = a.owner_staff left join client c on c.id = a.owner_client";

fn from_row(row: &Row) -> Result<Action, StoreError> {
    let name: Option<String> = row.get(6)?;
    let owner = Owner::of_columns(
        &row.get::<String>(3)?,
        row.get(4)?,
        row.get(5)?,
        name.as_deref(),
    );
    Ok(Action {
        id: ActionId::from_bytes(row.get(0)?),
        plan: DocumentId::from_bytes(row.get(16)?),
        goal: GoalId::from_bytes(row.get(1)?),
        what: row.get(2)?,
        owner: owner.ok_or_else(unreadable)?,
        who: row.get::<Option<String>>(7)?.unwrap_or_default(),
        client_name: row.get(17)?,
        due: day_of(row, 8)?,
        development: row.get(9)?,
        state: ActionState::from_code(&row.get::<String>(10)?).ok_or_else(unreadable)?,
        state_words: row.get(11)?,
        since_version: row.get(12)?,
        revision: row.get(13)?,
        changed_at: row.get(14)?,
        changed_by: row.get(15)?,
    })
}

/// The actions of a plan, the nearest day first.
///
/// # Errors
/// When the engine fails.
pub fn of_plan(query: &mut impl Query, plan: DocumentId) -> Result<Vec<Action>, StoreError> {
    of_plans(query, &[plan])
}

/// The actions of several plans in one statement, the nearest day first.
///
/// # Errors
/// When the engine fails.
pub(crate) fn of_plans(
    query: &mut impl Query,
    plans: &[DocumentId],
) -> Result<Vec<Action>, StoreError> {
    let list = places(plans.len(), 0);
    let values: Vec<_> = plans.iter().map(|plan| plan.bytes().into()).collect();
    query
        .query(
            &format!("{COLUMNS} where a.document_id in ({list}) and a.removed_at is null order by a.due_on, a.made_at, a.id"),
            &values,
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// One action of a plan.
///
/// # Errors
/// [`PlanError::NotFound`] when the plan has no such action.
pub fn one(query: &mut impl Query, plan: DocumentId, id: ActionId) -> Result<Action, PlanError> {
    let row = query
        .query_optional(
            &format!("{COLUMNS} where a.document_id = $1 and a.id = $2 and a.removed_at is null"),
            &params![plan.bytes(), id.bytes()],
        )?
        .ok_or(PlanError::NotFound)?;
    Ok(from_row(&row)?)
}

/// Whoever does it must be there to do it: a client of the plan, and of the goal when that is one client's own, or a worker
/// in service who does client work.
fn check_owner(
    query: &mut impl Query,
    reader: &Reader,
    opened: &Opened,
    goal_of: Option<ClientId>,
    owner: &Owner,
    now: Timestamp,
) -> Result<(), PlanError> {
    let fits = match owner {
        Owner::Client(client) => {
            opened.number(Some(*client)).is_some() && goal_of.is_none_or(|whose| whose == *client)
        }
        Owner::Worker(staff) => match in_service(query, *staff, now)? {
            None => false,
            Some(person) => {
                *staff == reader.staff
                    || may_be_own_worker(&person)
                    || workers::of_matter(query, opened.facts.id, now)?
                        .iter()
                        .any(|one| one.staff == *staff)
            }
        },
        Owner::Partner(_) => true,
    };
    match owner {
        _ if !fits => Err(PlanError::Owner),
        Owner::Worker(staff) if *staff != reader.staff => {
            free::check(query, opened.subjects(goal_of), *staff, now)
        }
        _ => Ok(()),
    }
}

/// A worker who is in service today.
pub(crate) fn in_service(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<Staff>, StoreError> {
    let today = day(now);
    Ok(people::lookup_staff(query, staff)?.filter(|person| {
        person.began_on <= today && person.ended_on.is_none_or(|last| last >= today)
    }))
}

/// A goal becomes one client's own: no action of it is then another client's.
///
/// # Errors
/// [`PlanError::OthersAction`].
pub(crate) fn check_own(
    query: &mut impl Query,
    plan: DocumentId,
    goal: GoalId,
    whose: Option<ClientId>,
) -> Result<(), PlanError> {
    let Some(whose) = whose else { return Ok(()) };
    let crossed = of_plan(query, plan)?.iter().any(|one| {
        one.goal == goal && matches!(one.owner, Owner::Client(client) if client != whose)
    });
    if crossed {
        Err(PlanError::OthersAction)
    } else {
        Ok(())
    }
}

/// Adds an action to a goal; the caller has asked the right and logs.
pub(crate) fn insert(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    opened: &Opened,
    (goal, goal_of): (GoalId, Option<ClientId>),
    new: &NewAction,
) -> Result<ActionId, PlanError> {
    let now = casework.now();
    check_owner(tx, reader, opened, goal_of, &new.owner, now)?;
    let id = ActionId::new(&*casework.clock, &*casework.chance);
    let (kind, client, staff, name) = new.owner.columns();
    tx.execute(
        "insert into plan_action (id, goal_id, document_id, what, owner_kind, owner_client, owner_staff, owner_name, due_on, development, state, revision, made_at, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', 1, $11, $11, $12)",
        &params![
            id.bytes(),
            goal.bytes(),
            opened.id().bytes(),
            new.what.as_str(),
            kind,
            client,
            staff,
            name,
            new.due,
            new.development,
            now,
            reader.staff.bytes()
        ],
    )?;
    Ok(id)
}

/// An action as its form saves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveAction {
    pub plan: DocumentId,
    pub goal: GoalId,
    /// None for a new one.
    pub action: Option<ActionId>,
    pub based_on: i64,
    pub new: NewAction,
}

/// Saves an action.
///
/// # Errors
/// As [`goals::save`].
pub fn save(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    saving: &SaveAction,
) -> Result<ActionId, PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, saving.plan, now)?;
    let goal = goals::one(tx, saving.plan, saving.goal)?;
    let by = opened.writing(reader, goal.client)?;
    opened.open_to(reader)?;
    let new = &saving.new;
    let id = match saving.action {
        None => insert(tx, casework, reader, &opened, (goal.id, goal.client), new)?,
        Some(id) => {
            let mut there = one(tx, saving.plan, id)?;
            there.show_to(&opened.seen(reader)?.clients());
            if !there.reads(new) {
                if there.revision != saving.based_on {
                    return Err(PlanError::Clash(Box::new(theirs(&there))));
                }
                if there.owner != new.owner {
                    check_owner(tx, reader, &opened, goal.client, &new.owner, now)?;
                }
                update(tx, reader, now, id, new)?;
            }
            id
        }
    };
    log(
        tx,
        &by,
        now,
        "plan.action",
        &opened.subjects(goal.client),
        &saving.plan.to_string(),
        Some(&new.what),
    )?;
    Ok(id)
}

fn theirs(there: &Action) -> Clash {
    Clash {
        theirs: fields(&there.what, &there.who, there.due),
        by: there.changed_by.clone(),
        at: there.changed_at,
        revision: there.revision,
    }
}

/// An action as fields, for two texts side by side.
pub fn fields(what: &str, who: &str, due: Date) -> Fields {
    let mut fields = Fields::default();
    fields.set("what", what);
    fields.set("owner", who);
    fields.set("due", written(due));
    fields
}

fn update(
    tx: &mut WriteTx<'_>,
    reader: &Reader,
    now: Timestamp,
    id: ActionId,
    new: &NewAction,
) -> Result<(), StoreError> {
    let (kind, client, staff, name) = new.owner.columns();
    tx.execute(
        "update plan_action set what = $2, owner_kind = $3, owner_client = $4, owner_staff = $5, owner_name = $6, due_on = $7, development = $8, revision = revision + 1, changed_at = $9, changed_by = $10 where id = $1",
        &params![
            id.bytes(),
            new.what.as_str(),
            kind,
            client,
            staff,
            name,
            new.due,
            new.development,
            now,
            reader.staff.bytes()
        ],
    )?;
    Ok(())
}

/// The right to say how an action went: of whoever writes, and of the one who does it. A student says so of what is only in
/// an open draft, which waits for her tutor; what has been agreed would change at once (457/2024 21 §).
///
/// # Errors
/// As [`Opened::acting`].
pub fn may_set_state(
    opened: &Opened,
    reader: &Reader,
    goal_of: Option<ClientId>,
    action: &Action,
) -> Result<Acting, PlanError> {
    let effect = match action.since_version {
        None => {
            // It is part of the text that waits: while it does, nothing in it moves but by the tutor.
            opened.open_to(reader)?;
            Effect::of(&opened.document)
        }
        Some(_) => Effect::AtOnce,
    };
    let given: &[&'static str] = if action.owner == Owner::Worker(reader.staff) {
        &["section_only"]
    } else {
        &[]
    };
    opened.acting_with(reader, ("edit_draft", effect), goal_of, given)
}

/// An action is done, or given up with a reason, or open again. This is no change of what was agreed: it needs no new
/// version, and whoever does the action may say so.
///
/// # Errors
/// [`PlanError::NotFound`] without a right; [`PlanError::Empty`] when it is given up without words.
pub fn set_state(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    (plan, action): (DocumentId, ActionId),
    state: ActionState,
    words: &str,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let there = one(tx, plan, action)?;
    let goal = goals::one(tx, plan, there.goal)?;
    let by = may_set_state(&opened, reader, goal.client, &there)?;
    if state == ActionState::Dropped && words.is_empty() {
        return Err(PlanError::Empty);
    }
    tx.execute(
        "update plan_action set state = $2, state_words = $3, revision = revision + 1, changed_at = $4, changed_by = $5 where id = $1",
        &params![
            action.bytes(),
            state.code(),
            Some(words).filter(|words| !words.is_empty()),
            now,
            reader.staff.bytes()
        ],
    )?;
    let subjects = opened.subjects(goal.client);
    log(
        tx,
        &by,
        now,
        "plan.action",
        &subjects,
        state.code(),
        Some(words),
    )?;
    Ok(())
}

/// Takes an action away from a draft.
///
/// # Errors
/// As [`save`]; [`PlanError::Agreed`] when it stands in a version.
pub fn remove(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    (plan, action): (DocumentId, ActionId),
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let there = one(tx, plan, action)?;
    let goal = goals::one(tx, plan, there.goal)?;
    let by = opened.writing(reader, goal.client)?;
    opened.open_to(reader)?;
    if there.since_version.is_some() {
        return Err(PlanError::Agreed);
    }
    tx.execute(
        "update plan_action set removed_at = $2, changed_at = $2, changed_by = $3 where id = $1",
        &params![action.bytes(), now, reader.staff.bytes()],
    )?;
    let subjects = opened.subjects(goal.client);
    log(
        tx,
        &by,
        now,
        "plan.action",
        &subjects,
        "removed",
        Some(&there.what),
    )?;
    Ok(())
}

/// The open actions of plans, the nearest day first. Of a plan in force those that were agreed.
///
/// # Errors
/// When the engine fails.
pub fn open_of(query: &mut impl Query, plans: &[DocumentId]) -> Result<Vec<Action>, StoreError> {
    let list = places(plans.len(), 0);
    let values: Vec<_> = plans.iter().map(|one| one.bytes().into()).collect();
    query
        .query(
            &format!("{COLUMNS} join plan p on p.document_id = a.document_id where a.state = 'open' and a.removed_at is null and (p.state = 'draft' or a.since_version is not null) and a.document_id in ({list}) order by a.due_on, a.made_at, a.id"),
            &values,
        )?
        .iter()
        .map(from_row)
        .collect()
}
