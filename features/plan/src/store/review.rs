//! Review (tarkistus): how each goal went, in the words of client and worker, what helped and what hindered (703/2023 42 § 2,
//! SHL 39 § 2 item 9). A review makes a new version.

use casework::store::Casework;
use clients::Reader;
use documents::{Body, DocumentId, Fields};
use kernel::time::{Date, Timestamp, day};
use store::{Query, Row, StoreError, WriteTx, params, places};

use crate::domain::{
    Attained, Factor, GoalId, GoalState, PlanError, Stage, body, factors, written,
};
use crate::store::finish::{self, Finishing};
use crate::store::goals::{self, Goal};
use crate::store::{Opened, day_of, row_id, unreadable};

/// How one goal went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalReview {
    pub goal: GoalId,
    pub attained: Attained,
    pub client_words: String,
    pub worker_words: String,
    pub helped: Vec<Factor>,
    pub helped_words: String,
    pub hindered: Vec<Factor>,
    pub hindered_words: String,
}

/// A review as it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReview {
    pub on: Date,
    pub goals: Vec<GoalReview>,
    /// Which services were used, and how.
    pub services: Vec<String>,
    pub services_words: String,
    pub methods: String,
    pub words: String,
    pub finishing: Finishing,
}

/// A review that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub version: i64,
    pub on: Date,
    pub at: Timestamp,
    pub by: String,
    pub goals: Vec<GoalReview>,
}

/// Writes a review down and makes the version that follows from it.
///
/// # Errors
/// As [`finish::finish`]; [`PlanError::Empty`] when an open goal that the reader sees is left out, [`PlanError::NotFound`] for
/// a goal that is not hers to review.
pub fn review(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    new: &NewReview,
) -> Result<i64, PlanError> {
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    if opened.stage() == Stage::Draft {
        return Err(PlanError::NotOpen);
    }
    let seen = opened.seen(reader)?;
    if !opened.document.is_open() {
        let why = new.finishing.why.as_deref().unwrap_or_default();
        finish::change(tx, casework, reader, plan, why)?;
    }
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    let all = goals::of_plan(tx, plan)?;
    let reviewable: Vec<&Goal> = all
        .iter()
        .filter(|goal| is_reviewed(goal) && seen.shows(goal.client))
        .collect();
    let told = |goal: &&Goal| new.goals.iter().any(|one| one.goal == goal.id);
    if !reviewable.iter().all(told) || new.goals.len() != reviewable.len() {
        return Err(PlanError::Empty);
    }
    for one in new
        .goals
        .iter()
        .filter(|one| one.attained == Attained::Attained)
    {
        goals::set_state(
            tx,
            casework,
            reader,
            (plan, one.goal),
            GoalState::Attained,
            "",
        )?;
    }
    let mut body = finish::body(tx, &opened)?;
    put(&mut body, &opened, &all, new);
    let no = finish::seal(tx, casework, reader, &opened, body, &new.finishing)?;
    insert(tx, casework, reader, plan, no, new)?;
    Ok(no)
}

/// Goals that are open and were agreed are reviewed; one that is only in a draft is not.
pub fn is_reviewed(goal: &Goal) -> bool {
    goal.state == GoalState::Open && goal.since_version.is_some()
}

/// The review as parts of the version.
fn put(body: &mut Body, opened: &Opened, goals: &[Goal], new: &NewReview) {
    let mut fields = Fields::default();
    fields.set("day", written(new.on));
    fields.set_all("services", new.services.clone());
    fields.set("services_words", new.services_words.as_str());
    fields.set("methods", new.methods.as_str());
    fields.set("words", new.words.as_str());
    body.put("review", fields);
    for one in &new.goals {
        let Some(goal) = goals.iter().find(|goal| goal.id == one.goal) else {
            continue;
        };
        let mut fields = Fields::default();
        fields.set("goal", goal.words.as_str());
        fields.set("attained", one.attained.code());
        fields.set("client_words", one.client_words.as_str());
        fields.set("worker_words", one.worker_words.as_str());
        fields.set_all("helped", codes(&one.helped));
        fields.set("helped_words", one.helped_words.as_str());
        fields.set_all("hindered", codes(&one.hindered));
        fields.set("hindered_words", one.hindered_words.as_str());
        let code = body::code(&format!("review-{}", one.goal), opened.number(goal.client));
        body.put(code, fields);
    }
}

fn codes(factors: &[Factor]) -> Vec<String> {
    factors.iter().map(|one| one.code().to_owned()).collect()
}

fn insert(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    no: i64,
    new: &NewReview,
) -> Result<(), StoreError> {
    let id = row_id(casework);
    tx.execute(
        "insert into plan_review (id, document_id, version_no, reviewed_on, at, by_staff, services, services_used, methods, words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            id,
            plan.bytes(),
            no,
            new.on,
            casework.now(),
            reader.staff.bytes(),
            new.services.join(" "),
            new.services_words.as_str(),
            new.methods.as_str(),
            new.words.as_str()
        ],
    )?;
    for one in &new.goals {
        tx.execute(
            "insert into plan_review_goal (id, review_id, goal_id, attained, client_words, worker_words, helped, helped_words, hindered, hindered_words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &params![
                row_id(casework),
                id,
                one.goal.bytes(),
                one.attained.code(),
                one.client_words.as_str(),
                one.worker_words.as_str(),
                codes(&one.helped).join(" "),
                one.helped_words.as_str(),
                codes(&one.hindered).join(" "),
                one.hindered_words.as_str()
            ],
        )?;
    }
    Ok(())
}

/// The reviews of a plan, newest first: two statements.
///
/// # Errors
/// When the engine fails.
pub fn of_plan(query: &mut impl Query, plan: DocumentId) -> Result<Vec<Review>, StoreError> {
    let rows = query.query(
        "select r.id, r.version_no, r.reviewed_on, r.at, s.name from plan_review r join staff s on s.id = r.by_staff where r.document_id = $1 order by r.version_no desc",
        &params![plan.bytes()],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get::<[u8; 16]>(0))
        .collect::<Result<Vec<_>, _>>()?;
    let goals = query.query(
        &format!("select review_id, goal_id, attained, client_words, worker_words, helped, helped_words, hindered, hindered_words from plan_review_goal where review_id in ({}) order by id", places(ids.len(), 0)),
        &ids.iter().map(|id| (*id).into()).collect::<Vec<_>>(),
    )?;
    rows.iter()
        .zip(&ids)
        .map(|(row, id)| {
            let mut of = Vec::new();
            for goal in &goals {
                if goal.get::<[u8; 16]>(0)? == *id {
                    of.push(goal_review(goal)?);
                }
            }
            Ok(Review {
                version: row.get(1)?,
                on: day_of(row, 2)?,
                at: row.get(3)?,
                by: row.get(4)?,
                goals: of,
            })
        })
        .collect()
}

fn goal_review(row: &Row) -> Result<GoalReview, StoreError> {
    Ok(GoalReview {
        goal: GoalId::from_bytes(row.get(1)?),
        attained: Attained::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
        client_words: row.get(3)?,
        worker_words: row.get(4)?,
        helped: factors(&row.get::<String>(5)?),
        helped_words: row.get(6)?,
        hindered: factors(&row.get::<String>(7)?),
        hindered_words: row.get(8)?,
    })
}

/// A day that a review can have: today at the latest.
pub fn may_be_reviewed_on(on: Date, now: Timestamp) -> bool {
    on <= day(now)
}
