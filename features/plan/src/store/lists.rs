//! Plans of many: the next steps of a client, what falls due for a worker, reviews whose day has passed.

use std::collections::HashMap;

use casework::domain::MatterId;
use casework::store::facts::Facts;
use clients::{ClientId, Reader};
use documents::DocumentId;
use identity::people::UnitId;
use kernel::time::{Date, SignedDuration, Timestamp, day};
use store::{Query, Row, StoreError, params, places};

use crate::domain::Stage;
use crate::store::actions::{self, Action};
use crate::store::{day_of, stage};

/// Most rows of a worker's list, and of a unit's.
const MOST: i64 = 100;
/// A review comes to the own worker's desk so many days before.
const REVIEW_AHEAD: i64 = 14;
/// An action comes to its owner's desk so many days before.
const ACTION_AHEAD: i64 = 7;

/// What is open so many days after its day is taken to have ended.
const SERVICE_LATE: i64 = 14;

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub plan: DocumentId,
    pub matter: MatterId,
    pub stage: Stage,
    pub version: i64,
    pub review_on: Option<Date>,
    pub changing: bool,
}

const LISTED: &str = "select p.document_id, p.matter_id, p.state, d.version_no, p.review_on, case when d.state = 'finished' then 0 else 1 end from plan p join document d on d.id = p.document_id join matter m on m.id = p.matter_id";

fn listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        plan: DocumentId::from_bytes(row.get(0)?),
        matter: MatterId::from_bytes(row.get(1)?),
        stage: stage(row, 2)?,
        version: row.get(3)?,
        review_on: row.get(4)?,
        changing: row.get(5)?,
    })
}

/// The plans of a client that are being made or in force, the one in force first.
///
/// # Errors
/// When the engine fails.
pub fn of_client(query: &mut impl Query, client: ClientId) -> Result<Vec<Listed>, StoreError> {
    query
        .query(
            &format!("{LISTED} where d.state <> 'voided' and m.ended_at is null and p.state <> 'ended' and p.document_id in (select pc.document_id from client c cross join plan_client pc where pc.client_id = c.id and (c.id = $1 and c.merged_into is null or c.merged_into = $1)) order by p.state desc, p.document_id"),
            &params![client.bytes()],
        )?
        .iter()
        .map(listed)
        .collect()
}

/// The plans of a matter, the open ones first.
///
/// # Errors
/// When the engine fails.
pub fn of_matter(query: &mut impl Query, matter: MatterId) -> Result<Vec<Listed>, StoreError> {
    query
        .query(
            &format!("{LISTED} where d.state <> 'voided' and p.matter_id = $1 order by case when p.state = 'ended' then 1 else 0 end, p.document_id desc"),
            &params![matter.bytes()],
        )?
        .iter()
        .map(listed)
        .collect()
}

/// A next step with the goal that it serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub action: Action,
    pub goal_words: String,
    pub goal_client: Option<ClientId>,
}

/// The open actions of plans, the nearest first, with their goals: what was agreed, not what is only in a draft of a plan
/// that is in force.
///
/// # Errors
/// When the engine fails.
pub fn steps(query: &mut impl Query, plans: &[DocumentId]) -> Result<Vec<Step>, StoreError> {
    let mut steps = Vec::new();
    let list = places(plans.len(), 0);
    let values: Vec<_> = plans.iter().map(|one| one.bytes().into()).collect();
    let goals = query.query(
        &format!("select id, words, client_id from plan_goal where state = 'open' and removed_at is null and document_id in ({list})"),
        &values,
    )?;
    let mut of = HashMap::new();
    for row in &goals {
        let words: String = row.get(1)?;
        let client = row.get::<Option<[u8; 16]>>(2)?.map(ClientId::from_bytes);
        of.insert(row.get::<[u8; 16]>(0)?, (words, client));
    }
    for action in actions::open_of(query, plans)? {
        if let Some((words, client)) = of.get(&action.goal.bytes()) {
            steps.push(Step {
                goal_words: words.clone(),
                goal_client: *client,
                action,
            });
        }
    }
    Ok(steps)
}

/// An action or a review that falls due.
#[derive(Debug, Clone)]
pub struct Due {
    pub plan: DocumentId,
    pub matter: MatterId,
    pub on: Date,
    pub what: Option<String>,
    /// The one client whose own goal it serves.
    pub client: Option<ClientId>,
    pub facts: Option<Facts>,
}

/// What falls due for a worker within days: the actions that she owns, and the reviews of those whose own worker she is.
///
/// # Errors
/// When the engine fails.
pub fn due(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Due>, StoreError> {
    let ahead = |days: i64| day(now + SignedDuration::from_hours(24 * days)).to_string();
    let mut due: Vec<Due> = query
        .query(
            "select a.document_id, p.matter_id, a.due_on, a.what, g.client_id from plan_action a join plan_goal g on g.id = a.goal_id join plan p on p.document_id = a.document_id join matter m on m.id = p.matter_id where a.owner_staff = $1 and a.state = 'open' and g.state = 'open' and p.state = 'in_force' and m.ended_at is null and a.since_version is not null and a.due_on <= $2 order by a.due_on, a.id limit $3",
            &params![reader.staff.bytes(), ahead(ACTION_AHEAD), MOST],
        )?
        .iter()
        .map(|row| from_row(row, true))
        .collect::<Result<_, _>>()?;
    // `cross join` has SQLite begin with her clients, not with every plan of the county whose day has come.
    let reviews = query.query(
        "select distinct p.document_id, p.matter_id, p.review_on from relation r cross join plan_client pc join plan p on p.document_id = pc.document_id join matter m on m.id = p.matter_id where pc.client_id = r.client_id and pc.state = 'in_force' and p.state = 'in_force' and m.ended_at is null and p.review_on <= $2 and r.kind = 'own_worker' and r.staff_id = $1 and r.began_at <= $3 and coalesce(r.ends_at, 9007199254740991) > $3 order by p.review_on, p.document_id limit $4",
        &params![reader.staff.bytes(), ahead(REVIEW_AHEAD), now, MOST],
    )?;
    for row in &reviews {
        due.push(from_row(row, false)?);
    }
    with_facts(query, reader, due, now)
}

/// Plans in a unit's matters whose day of review has passed.
///
/// # Errors
/// When the engine fails.
pub fn passed(
    query: &mut impl Query,
    reader: &Reader,
    unit: UnitId,
    now: Timestamp,
) -> Result<Vec<Due>, StoreError> {
    let due = query
        .query(
            "select p.document_id, p.matter_id, p.review_on from matter m cross join plan p where p.matter_id = m.id and p.state = 'in_force' and m.state in ('initiated', 'open') and m.holder_unit = $1 and p.review_on < $2 order by p.review_on, p.document_id limit $3",
            &params![unit.bytes(), day(now).to_string(), MOST],
        )?
        .iter()
        .map(|row| from_row(row, false))
        .collect::<Result<_, _>>()?;
    with_facts(query, reader, due, now)
}

/// Plans in a unit's matters where something that a worker or a partner was to do has ended, and nothing is agreed of what
/// follows: the goal is open, and nobody has a coming day for it. One row for a plan.
///
/// # Errors
/// When the engine fails.
pub fn services_ended(
    query: &mut impl Query,
    reader: &Reader,
    unit: UnitId,
    now: Timestamp,
) -> Result<Vec<Due>, StoreError> {
    let today = day(now);
    let passed = day(now - SignedDuration::from_hours(24 * SERVICE_LATE));
    let mut due: Vec<Due> = query
        .query(
            "select p.document_id, p.matter_id, max(a.due_on) from matter m cross join plan p join plan_goal g on g.document_id = p.document_id join plan_action a on a.goal_id = g.id where p.matter_id = m.id and p.state = 'in_force' and m.state in ('initiated', 'open') and m.holder_unit = $1 and g.state = 'open' and g.removed_at is null and g.since_version is not null and a.removed_at is null and a.since_version is not null and a.owner_kind in ('worker', 'partner') and (a.state = 'done' or (a.state = 'open' and a.due_on < $2)) and not exists (select 1 from plan_action b where b.goal_id = g.id and b.removed_at is null and b.state = 'open' and b.due_on >= $3) group by p.document_id, p.matter_id order by max(a.due_on), p.document_id limit $4",
            &params![unit.bytes(), passed.to_string(), today.to_string(), MOST],
        )?
        .iter()
        .map(|row| from_row(row, false))
        .collect::<Result<_, _>>()?;
    for one in &mut due {
        // Done before its day: the day is not yet here.
        one.on = one.on.min(today);
    }
    with_facts(query, reader, due, now)
}

fn from_row(row: &Row, action: bool) -> Result<Due, StoreError> {
    let client = if action {
        row.get::<Option<[u8; 16]>>(4)?.map(ClientId::from_bytes)
    } else {
        None
    };
    Ok(Due {
        plan: DocumentId::from_bytes(row.get(0)?),
        matter: MatterId::from_bytes(row.get(1)?),
        on: day_of(row, 2)?,
        what: if action { Some(row.get(3)?) } else { None },
        client,
        facts: None,
    })
}

fn with_facts(
    query: &mut impl Query,
    reader: &Reader,
    mut due: Vec<Due>,
    now: Timestamp,
) -> Result<Vec<Due>, StoreError> {
    let mut matters: Vec<MatterId> = due.iter().map(|one| one.matter).collect();
    matters.sort_unstable();
    matters.dedup();
    let facts: HashMap<MatterId, Facts> = Facts::load_many(query, reader, &matters, now)?
        .into_iter()
        .map(|one| (one.id, one))
        .collect();
    for one in &mut due {
        one.facts = facts.get(&one.matter).cloned();
    }
    Ok(due)
}

/// The clients of plans with their names, by plan.
///
/// # Errors
/// When the engine fails.
pub fn members(
    query: &mut impl Query,
    plans: &[DocumentId],
) -> Result<HashMap<DocumentId, Vec<(ClientId, String)>>, StoreError> {
    if plans.is_empty() {
        return Ok(HashMap::new());
    }
    let list = places(plans.len(), 0);
    let values: Vec<_> = plans.iter().map(|one| one.bytes().into()).collect();
    let rows = query.query(
        &format!("select pc.document_id, k.id, k.display_name from plan_client pc join client c on c.id = pc.client_id join client k on k.id = coalesce(c.merged_into, c.id) where pc.document_id in ({list}) order by pc.document_id, pc.no"),
        &values,
    )?;
    let mut members: HashMap<DocumentId, Vec<(ClientId, String)>> = HashMap::new();
    for row in &rows {
        members
            .entry(DocumentId::from_bytes(row.get(0)?))
            .or_default()
            .push((ClientId::from_bytes(row.get(1)?), row.get(2)?));
    }
    Ok(members)
}

/// Why the clients of a matter have no plan: reason, words, the client's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    pub client: ClientId,
    pub reason: String,
    pub words: String,
    pub own_words: Option<String>,
    pub at: Timestamp,
}

/// The reasons in force of these clients.
///
/// # Errors
/// When the engine fails.
pub fn waivers(query: &mut impl Query, clients: &[ClientId]) -> Result<Vec<Waiver>, StoreError> {
    let list = places(clients.len(), 0);
    let values: Vec<_> = clients.iter().map(|one| one.bytes().into()).collect();
    query
        .query(
            &format!("select client_id, reason, words, own_words, recorded_at from plan_waiver where ended_at is null and client_id in ({list}) order by recorded_at desc"),
            &values,
        )?
        .iter()
        .map(|row| {
            Ok(Waiver {
                client: ClientId::from_bytes(row.get(0)?),
                reason: row.get(1)?,
                words: row.get(2)?,
                own_words: row.get(3)?,
                at: row.get(4)?,
            })
        })
        .collect()
}
