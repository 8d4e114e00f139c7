//! A legal clock: one limit that runs for one matter.
//!
//! It remembers by which row of law it was started, so a later change in law does not move it.
//! No clock is ever paused: what the law calls a new period is a new clock that points to the
//! ended one (social assistance act 1412/1997 14 a § 3 mom). A county's own targets for soft
//! duties run in the same way and are always told apart from the law.

use kernel::time::{Date, SignedDuration, Timestamp, day};

use crate::{
    calendar::Calendar,
    deadlines::{Deadline, DeadlineTable, Limit, NoDeadline, SoftCode},
    rule::{Due, NoDue, Rule, due},
};

/// A clock that runs or has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalClock {
    /// By what the clock was set.
    pub basis: Basis,
    /// Code of the event that started it.
    pub trigger_event: String,
    /// When that event happened; counting uses its day in Finland.
    pub trigger_at: Timestamp,
    /// What is to be kept.
    pub target: Target,
    /// The clock that this one continues.
    pub restarts: Option<ClockKey>,
    /// When and by what the clock ended; `None` while it runs.
    pub ended: Option<End>,
}

/// By what a clock was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// A row of the table of law: its id and the first day of the wording that was used.
    Law {
        /// Id of the limit.
        id: String,
        /// First day of validity of the row.
        version: Date,
    },
    /// The county's own target: shown as a target, never as law.
    CountyTarget {
        /// The county's code for it, such as `answer_promise`.
        code: String,
    },
}

/// What a clock asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A day.
    Day(Due),
    /// The word of the act; there is no day.
    Soft(SoftCode),
}

/// Names a clock within a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockKey {
    /// Id of the limit or code of the target.
    pub code: String,
    /// When it was started.
    pub trigger_at: Timestamp,
}

/// How a clock ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Code of the event that ended it.
    pub event: String,
    /// When.
    pub at: Timestamp,
    /// Code of the reason, for an end after the last lawful day.
    pub exceeded_reason: Option<String>,
}

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Runs, and `days_left` calendar days remain after today; 0 on the last day.
    Running {
        /// Calendar days from today to the last lawful day.
        days_left: i64,
    },
    /// Runs by a word of the act: no day can be told.
    RunningSoft,
    /// Runs although the last lawful day has passed.
    Overdue {
        /// Calendar days since the last lawful day, at least 1.
        days_over: i64,
    },
    /// Ended by the end of the last lawful day, or had no day.
    Kept,
    /// Ended after the last lawful day.
    Exceeded,
}

/// Why a clock cannot be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The table has no row.
    #[error(transparent)]
    NoDeadline(#[from] NoDeadline),
    /// The rule gives no day.
    #[error(transparent)]
    NoDue(#[from] NoDue),
}

/// Why a clock cannot be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndError {
    /// It has ended already, and stays as it ended.
    #[error("the clock has ended already")]
    EndedAlready,
    /// The end lies before the start.
    #[error("the clock cannot end before it starts")]
    BeforeStart,
    /// The last lawful day has passed: a reason is needed.
    #[error("an end after the last lawful day needs a reason")]
    ReasonNeeded,
}

impl LegalClock {
    /// Starts the clock of a limit in law at the moment of its trigger event.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn of_law(
        table: &DeadlineTable,
        id: &str,
        trigger_at: Timestamp,
        calendar: &Calendar,
    ) -> Result<Self, StartError> {
        let row = table.lookup(id, day(trigger_at))?;
        let target = match &row.limit {
            Limit::Counted(rule) => Target::Day(due(rule, day(trigger_at), calendar)?),
            Limit::Soft(code) => Target::Soft(*code),
        };
        Ok(Self::started(
            Basis::of(row),
            &row.trigger,
            trigger_at,
            target,
        ))
    }

    /// Starts a clock for a target that the county has set, such as the promise to answer within
    /// `WD(3)`.
    ///
    /// # Errors
    /// [`NoDue`] when the county's rule gives no day.
    pub fn of_county(
        code: &str,
        rule: &Rule,
        trigger_event: &str,
        trigger_at: Timestamp,
        calendar: &Calendar,
    ) -> Result<Self, NoDue> {
        let target = Target::Day(due(rule, day(trigger_at), calendar)?);
        let basis = Basis::CountyTarget {
            code: code.to_owned(),
        };
        Ok(Self::started(basis, trigger_event, trigger_at, target))
    }

    fn started(basis: Basis, event: &str, trigger_at: Timestamp, target: Target) -> Self {
        Self {
            basis,
            trigger_event: event.to_owned(),
            trigger_at,
            target,
            restarts: None,
            ended: None,
        }
    }

    /// This clock as the one that follows `ended`.
    #[must_use]
    pub fn restarting(mut self, ended: &Self) -> Self {
        self.restarts = Some(ended.key());
        self
    }

    /// The name of the clock within its matter.
    pub fn key(&self) -> ClockKey {
        ClockKey {
            code: self.basis.code().to_owned(),
            trigger_at: self.trigger_at,
        }
    }

    /// Ends the clock. The end is in time until the end of the last lawful day in Finland (150/1930
    /// 6 §); after it a reason must be given when the limit is one of law.
    ///
    /// # Errors
    /// [`EndError`]; the clock stays as it was.
    pub fn end(
        &mut self,
        event: &str,
        at: Timestamp,
        exceeded_reason: Option<&str>,
    ) -> Result<(), EndError> {
        if self.ended.is_some() {
            return Err(EndError::EndedAlready);
        }
        if at < self.trigger_at {
            return Err(EndError::BeforeStart);
        }
        let reason = exceeded_reason.filter(|reason| !reason.trim().is_empty());
        let late = self.is_late(at);
        if late && reason.is_none() && matches!(self.basis, Basis::Law { .. }) {
            return Err(EndError::ReasonNeeded);
        }
        self.ended = Some(End {
            event: event.to_owned(),
            at,
            exceeded_reason: reason.filter(|_| late).map(str::to_owned),
        });
        Ok(())
    }

    /// Where the clock stands at a moment.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match (&self.ended, self.target) {
            (Some(end), _) if self.is_late(end.at) => Standing::Exceeded,
            (Some(_), _) => Standing::Kept,
            (None, Target::Soft(_)) => Standing::RunningSoft,
            (None, Target::Day(due)) => match days(day(now), due.date) {
                days_left @ 0.. => Standing::Running { days_left },
                over => Standing::Overdue { days_over: -over },
            },
        }
    }

    fn is_late(&self, at: Timestamp) -> bool {
        matches!(self.target, Target::Day(due) if day(at) > due.date)
    }
}

impl Basis {
    fn of(row: &Deadline) -> Self {
        Self::Law {
            id: row.id.clone(),
            version: row.validity.start(),
        }
    }

    /// Id of the limit or code of the county's target.
    pub fn code(&self) -> &str {
        match self {
            Self::Law { id, .. } => id,
            Self::CountyTarget { code } => code,
        }
    }
}

fn days(from: Date, to: Date) -> i64 {
    let span: SignedDuration = to.duration_since(from);
    span.as_hours() / 24
}
