//! The yearly cycle.

use std::collections::BTreeMap;

use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::Date;
use reporting::store::Editor;
use store::{Query, Row, StoreError, WriteTx, params};

use super::{NO_CLIENT, StepId, changed, unreadable};
use crate::domain::{Forum, NewStep, Occurrence, PartError, Standing, occurrences};

/// A step of the cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: StepId,
    pub written: NewStep,
    /// The first day on which it may fall.
    pub since: Date,
    /// It is followed; one that is not is kept for its history.
    pub is_kept: bool,
    pub revision: i64,
    /// When it was done, by year.
    pub done: BTreeMap<i16, Date>,
}

impl Step {
    /// How it stands.
    pub fn occurrences(&self, today: Date) -> Vec<Occurrence> {
        occurrences(
            (self.written.month, self.written.day),
            self.since,
            &self.done,
            today,
        )
    }
}

fn from_row(row: &Row) -> Result<Step, StoreError> {
    let forum: String = row.get(6)?;
    Ok(Step {
        id: StepId::from_bytes(row.get(0)?),
        written: NewStep {
            title: row.get(1)?,
            words: row.get(2)?,
            role: row.get(3)?,
            month: row.get(4)?,
            day: row.get(5)?,
            forum: match forum.as_str() {
                "" => None,
                code => Some(Forum::from_code(code).ok_or_else(unreadable)?),
            },
        },
        since: row.get(7)?,
        is_kept: row.get(8)?,
        revision: row.get(9)?,
        done: BTreeMap::new(),
    })
}

const STEP: &str =
    "select id, title, words, role, month, day, forum, since, is_kept, revision from cycle_step";

/// Adds steps to the cycle: one, or the whole cycle that is offered. A step counts from today.
///
/// # Errors
/// [`PartError::Field`], or [`PartError::NotFound`] without the right.
pub fn add(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    steps: Vec<NewStep>,
) -> Result<Vec<StepId>, PartError> {
    let row = editor.right("yearly_cycle", "create", NO_CLIENT)?;
    let mut ids = Vec::with_capacity(steps.len());
    for step in steps {
        let step = step.checked()?;
        let id = StepId::new(clock, chance);
        tx.execute(
            "insert into cycle_step (id, title, words, role, month, day, forum, since, is_kept, written_by, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, 1)",
            &params![
                id.bytes(),
                step.title,
                step.words,
                step.role,
                step.month,
                step.day,
                step.forum.map_or("", Forum::code),
                editor.today(),
                editor.staff.bytes()
            ],
        )?;
        editor.log(tx, row, "cycle.add", id.to_string())?;
        ids.push(id);
    }
    Ok(ids)
}

/// Takes the offered cycle into use, where there is none yet.
///
/// # Errors
/// [`PartError::State`] when the county has a cycle already.
pub fn adopt(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    made: (&dyn Clock, &dyn Chance),
    steps: Vec<NewStep>,
) -> Result<(), PartError> {
    if !tx
        .query("select 1 from cycle_step limit 1", &[])?
        .is_empty()
    {
        return Err(PartError::State);
    }
    add(tx, editor, made, steps)?;
    Ok(())
}

/// Changes a step, or says that it is no longer followed. A step whose day is moved, or that is followed again, counts from
/// today: it is not late because of its new day.
///
/// # Errors
/// As [`add`]; [`PartError::Changed`].
pub fn change(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (StepId, i64),
    step: NewStep,
    is_kept: bool,
) -> Result<(), PartError> {
    let row = editor.right("yearly_cycle", "edit_draft", NO_CLIENT)?;
    let step = step.checked()?;
    let old = one(tx, editor, id)?;
    let moved =
        (old.written.month, old.written.day) != (step.month, step.day) || (is_kept && !old.is_kept);
    let since = if moved { editor.today() } else { old.since };
    let touched = tx.execute(
        "update cycle_step set title = $3, words = $4, role = $5, month = $6, day = $7, forum = $8, since = $9, is_kept = $10, revision = revision + 1 where id = $1 and revision = $2",
        &params![
            id.bytes(),
            revision,
            step.title,
            step.words,
            step.role,
            step.month,
            step.day,
            step.forum.map_or("", Forum::code),
            since,
            is_kept
        ],
    )?;
    changed(tx, "cycle_step", id.bytes(), touched)?;
    editor.log(tx, row, "cycle.change", id.to_string())?;
    Ok(())
}

/// Marks a step as done in a year. Marked twice it was done once, on the first day.
///
/// # Errors
/// [`PartError::State`] for a year in which it is neither late nor the next to come.
pub fn finish(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    id: StepId,
    year: i16,
) -> Result<(), PartError> {
    let row = editor.right("yearly_cycle", "finish", NO_CLIENT)?;
    let step = one(tx, editor, id)?;
    let there = step.occurrences(editor.today());
    let known = |one: &Occurrence| one.year == year && !matches!(one.standing, Standing::Done(_));
    if step.done.contains_key(&year) {
        return Ok(());
    }
    if !step.is_kept || !there.iter().any(known) {
        return Err(PartError::State);
    }
    tx.execute(
        "insert into cycle_done (step_id, year, done_on, done_by) values ($1, $2, $3, $4)",
        &params![id.bytes(), year, editor.today(), editor.staff.bytes()],
    )?;
    editor.log(tx, row, "cycle.finish", format!("{id} {year}"))?;
    Ok(())
}

/// One step.
///
/// # Errors
/// [`PartError::NotFound`] without the right, or when there is none.
pub fn one(query: &mut impl Query, editor: &Editor, id: StepId) -> Result<Step, PartError> {
    editor.right("yearly_cycle", "read", NO_CLIENT)?;
    let row = query.query_optional(&format!("{STEP} where id = $1"), &params![id.bytes()])?;
    let mut step = from_row(&row.ok_or(PartError::NotFound)?)?;
    for row in &query.query(
        "select year, done_on from cycle_done where step_id = $1",
        &params![id.bytes()],
    )? {
        step.done.insert(row.get(0)?, row.get(1)?);
    }
    Ok(step)
}

/// Every step, in two statements; those that are no longer followed last.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn all(query: &mut impl Query, editor: &Editor) -> Result<Vec<Step>, PartError> {
    editor.right("yearly_cycle", "read", NO_CLIENT)?;
    let mut done: BTreeMap<[u8; 16], BTreeMap<i16, Date>> = BTreeMap::new();
    for row in &query.query("select step_id, year, done_on from cycle_done", &[])? {
        done.entry(row.get(0)?)
            .or_default()
            .insert(row.get(1)?, row.get(2)?);
    }
    let rows = query.query(
        &format!("{STEP} order by is_kept desc, month, day, id"),
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let mut step = from_row(row)?;
            step.done = done.remove(&step.id.bytes()).unwrap_or_default();
            Ok(step)
        })
        .collect()
}
