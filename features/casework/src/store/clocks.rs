//! The time limits of a matter as rows. They are counted in `domain::clocks`, by the law room.

use kernel::time::{Date, Timestamp, from_millis, millis};
use law::clock::{Basis, EndError, LegalClock, Target};
use law::{DeadlineTable, Due};
use store::{Query, Row, StoreError, WriteTx, params};

use crate::domain::{AssessmentStep, ExecutionStep, MatterError, MatterId, clocks};
use crate::store::facts::Facts;
use crate::store::{Acting, By, Casework, add_event, log, unreadable};
use clients::Reader;

/// Keeps a clock that has been started; one of the same moment runs again.
pub(crate) fn start(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    matter: MatterId,
    clock: &LegalClock,
) -> Result<(), StoreError> {
    let version = match &clock.basis {
        Basis::Law { version, .. } => version.to_string(),
        Basis::CountyTarget { .. } => String::new(),
    };
    let (nominal, due, soft) = match clock.target {
        Target::Day(due) => (
            Some(due.nominal.to_string()),
            Some(due.date.to_string()),
            None,
        ),
        Target::Soft(code) => (None, None, Some(code.code())),
    };
    tx.execute(
        "insert into matter_clock (id, matter_id, code, version, trigger_event, trigger_at, nominal_on, due_on, soft) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (matter_id, code, trigger_at) do update set ended_at = null, end_event = null, late_reason = null",
        &params![
            casework.row_id(),
            matter.bytes(),
            clock.basis.code(),
            version,
            clock.trigger_event.as_str(),
            millis(clock.trigger_at),
            nominal,
            due,
            soft
        ],
    )?;
    Ok(())
}

/// A clock as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRow {
    pub id: [u8; 16],
    pub clock: LegalClock,
}

/// The clocks of a matter, those with a day first.
///
/// # Errors
/// When the engine fails.
pub fn of_matter(query: &mut impl Query, matter: MatterId) -> Result<Vec<ClockRow>, StoreError> {
    query
        .query(
            "select id, code, version, trigger_event, trigger_at, nominal_on, due_on, ended_at, end_event, late_reason from matter_clock where matter_id = $1 order by coalesce(due_on, '9999'), code, trigger_at",
            &params![matter.bytes()],
        )?
        .iter()
        .map(from_row)
        .collect()
}

fn from_row(row: &Row) -> Result<ClockRow, StoreError> {
    let date = |index: usize| -> Result<Option<Date>, StoreError> {
        row.get::<Option<String>>(index)?
            .map(|text| text.parse().map_err(|_| unreadable()))
            .transpose()
    };
    let (code, version): (String, String) = (row.get(1)?, row.get(2)?);
    let version: Date = version.parse().map_err(|_| unreadable())?;
    let target = match (date(5)?, date(6)?) {
        (Some(nominal), Some(due)) => Target::Day(Due { nominal, date: due }),
        _ => Target::Soft(soft_of(&code, version)?),
    };
    let ended = match row.get::<Option<i64>>(7)? {
        None => None,
        Some(at) => Some(law::clock::End {
            event: row.get(8)?,
            at: from_millis(at),
            exceeded_reason: row.get(9)?,
        }),
    };
    Ok(ClockRow {
        id: row.get(0)?,
        clock: LegalClock {
            basis: Basis::Law { id: code, version },
            trigger_event: row.get(3)?,
            trigger_at: from_millis(row.get(4)?),
            target,
            restarts: None,
            ended,
        },
    })
}

/// The word of the act in the wording by which the clock was started.
fn soft_of(code: &str, version: Date) -> Result<law::deadlines::SoftCode, StoreError> {
    match DeadlineTable::of_law()
        .lookup(code, version)
        .map(|row| &row.limit)
    {
        Ok(law::deadlines::Limit::Soft(soft)) => Ok(*soft),
        _ => Err(unreadable()),
    }
}

/// Ends the clocks of a matter that `which` picks.
///
/// # Errors
/// [`MatterError::LateReason`] when one has run out and no reason is given.
pub(crate) fn end_all(
    tx: &mut WriteTx<'_>,
    matter: MatterId,
    event: &str,
    at: Timestamp,
    late_reason: Option<&str>,
    which: impl Fn(&str) -> bool,
) -> Result<usize, MatterError> {
    let rows = of_matter(tx, matter)?;
    let mut ended = 0;
    for mut row in rows
        .into_iter()
        .filter(|row| row.clock.ended.is_none() && which(row.clock.basis.code()))
    {
        // An entry of an earlier day does not end a clock that began later that day.
        let at = at.max(row.clock.trigger_at);
        row.clock
            .end(event, at, late_reason)
            .map_err(|error| match error {
                EndError::ReasonNeeded => MatterError::LateReason,
                EndError::EndedAlready | EndError::BeforeStart => MatterError::ClockEnded,
            })?;
        let reason = row
            .clock
            .ended
            .as_ref()
            .and_then(|end| end.exceeded_reason.clone());
        tx.execute(
            "update matter_clock set ended_at = $2, end_event = $3, late_reason = $4 where id = $1",
            &params![row.id, millis(at), event, reason],
        )?;
        ended += 1;
    }
    Ok(ended)
}

/// Records that the assessment has begun, or is obviously unnecessary (SHL 36 § 1).
///
/// # Errors
/// [`MatterError::LateReason`] after the last lawful day without a reason, [`MatterError::ClockEnded`] when it was
/// recorded already, [`MatterError::Ended`], and [`MatterError::NotFound`] without a right.
pub fn assessment(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    step: AssessmentStep,
    words: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let by = By::Worker(facts.authorise(reader, "matter", "edit_draft")?);
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    let late = Some(words).filter(|words| !words.is_empty());
    let event = match step {
        AssessmentStep::Begun => "assessment_started",
        AssessmentStep::Unnecessary => "assessment_unnecessary",
    };
    if end_all(tx, matter, event, now, late, clocks::is_assessment_start)? == 0 {
        return Err(MatterError::ClockEnded);
    }
    if step == AssessmentStep::Begun {
        let table = DeadlineTable::of_law();
        let done = LegalClock::of_law(table, clocks::ASSESSMENT_DONE, now, &casework.calendar)
            .map_err(|_| MatterError::Law)?;
        start(tx, casework, matter, &done)?;
    }
    add_event(tx, casework, &by, matter, None, event, words)?;
    log(
        tx,
        &by,
        now,
        "matter.assessment",
        &facts.clients(),
        step.code(),
        Some(words),
    )?;
    Ok(())
}

/// The assessment is finished: its clock ends, where one runs. The right and the log entry are those of the finishing.
///
/// # Errors
/// When the engine fails.
pub fn assessment_done(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    matter: MatterId,
) -> Result<(), MatterError> {
    let (event, now) = ("assessment_done", casework.now());
    end_all(tx, matter, event, now, None, |code| {
        code == clocks::ASSESSMENT_DONE
    })?;
    let by = By::Worker(*by);
    add_event(tx, casework, &by, matter, None, event, "")?;
    Ok(())
}

/// How far the assessments of a matter have come, that stand when one is voided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    None,
    /// One is being made, and none has been finished.
    Begun,
    /// One has been finished.
    Done,
}

/// An assessment was voided: it was none. A time limit that it ended goes on from where it began, unless another assessment
/// has met it; that of finishing ends with the last assessment that was begun. In a matter that has ended none runs. The
/// right is that of the voiding.
///
/// # Errors
/// When the engine fails.
pub fn assessment_voided(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    facts: &Facts,
    left: Left,
) -> Result<(), MatterError> {
    let (matter, now) = (facts.id, casework.now());
    let mut event = "assessment_voided";
    if facts.life.holder().is_some() {
        let reopened = match left {
            Left::None => {
                end_all(tx, matter, event, now, None, |code| {
                    code == clocks::ASSESSMENT_DONE
                })?;
                reopen(tx, matter, "assessment_started")?
            }
            Left::Begun => reopen(tx, matter, "assessment_done")?,
            Left::Done => 0,
        };
        if reopened > 0 {
            event = "assessment_waits_again";
        }
    }
    log(
        tx,
        &By::Worker(*by),
        now,
        "matter.assessment",
        &facts.clients(),
        event,
        None,
    )?;
    add_event(tx, casework, &By::Worker(*by), matter, None, event, "")?;
    Ok(())
}

/// The clocks of a matter that an event ended run again, with the day that they had. Why one was late stays in what happened.
fn reopen(tx: &mut WriteTx<'_>, matter: MatterId, event: &str) -> Result<u64, StoreError> {
    tx.execute(
        "update matter_clock set ended_at = null, end_event = null, late_reason = null where matter_id = $1 and end_event = $2",
        &params![matter.bytes(), event],
    )
}

/// Whether a clock that the beginning of the assessment ends is still running, and whether it has run out.
///
/// # Errors
/// When the engine fails.
pub fn assessment_waits(
    query: &mut impl Query,
    matter: MatterId,
    now: Timestamp,
) -> Result<Option<bool>, StoreError> {
    let rows = of_matter(query, matter)?;
    let mut waiting = rows.iter().filter(|row| {
        row.clock.ended.is_none() && clocks::is_assessment_start(row.clock.basis.code())
    });
    Ok(waiting.next().map(|row| {
        matches!(
            row.clock.standing(now),
            law::clock::Standing::Overdue { .. }
        )
    }))
}

/// What ended the time limit of carrying out a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    pub step: ExecutionStep,
    /// When the service began, or when it was seen that nothing needs deciding.
    pub at: Timestamp,
    /// Which service began, or why nothing needs deciding.
    pub words: String,
    /// Why it was late; needed when `at` is after the last lawful day.
    pub late_reason: Option<String>,
}

/// Records that the service has begun, or that nothing needs deciding (SHL 45 § 2). Decisions are made elsewhere; what is
/// recorded here is that the client got what was decided.
///
/// # Errors
/// As [`assessment`].
pub fn execution(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    execution: &Execution,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let by = By::Worker(facts.authorise(reader, "matter", "edit_draft")?);
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    let event = match execution.step {
        ExecutionStep::Carried => "decision_carried",
        ExecutionStep::NotNeeded => "decision_not_needed",
    };
    let late = execution.late_reason.as_deref();
    let at = execution.at.min(now);
    if end_all(tx, matter, event, at, late, |code| {
        code == clocks::EXECUTION
    })? == 0
    {
        return Err(MatterError::ClockEnded);
    }
    add_event(tx, casework, &by, matter, None, event, &execution.words)?;
    log(
        tx,
        &by,
        now,
        "matter.execution",
        &facts.clients(),
        execution.step.code(),
        Some(&execution.words),
    )?;
    Ok(())
}
