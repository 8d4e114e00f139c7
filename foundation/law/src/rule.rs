//! The closed grammar of time limit rules, and the days they give.
//!
//! ```text
//! rule = "NONE" | step { "+" step }
//! step = "IMMEDIATE" | "WD(" n ")" | "SAME_OR_NEXT_WD"
//!      | "DAYS(" n ")" | "DAYS_NOROLL(" n ")" | "MONTHS(" n ")" | "MONTHS_NOROLL(" n ")"
//!      | "YEARS(" n ")" | "WEEKS_BEFORE(" n ")" | "FIRST_WD_OF_MONTH"
//!      | "FIRST_WD_OF_NEXT_MONTH" | "END_OF_NEXT_MONTH" | "NOTIFIED_POST" | "NOTIFIED_EMSG"
//! n    = 1 ... 999, no leading zero, no spaces
//! ```
//!
//! Counting follows the act on counting statutory time limits (150/1930): the trigger day is not
//! counted (2 §), months end on the day of the same number or on the last of the month (3 §),
//! counting backwards is alike (4 §), and what ends on a day off may be done on the next working
//! day (5 §). That last one moves only limits within which something is done before an authority;
//! deemed days, intervals and lengths stay where they fall.

use std::{fmt, str::FromStr};

use jiff::{Span, ToSpan};
use kernel::time::Date;

use crate::calendar::Calendar;

/// A rule that gives a day, or one that never does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The act gives no number: "without delay", "as needed", a quota.
    None,
    /// Steps counted one after another, each from the nominal end of the one before.
    Steps(Steps),
}

/// One or more steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Steps(Vec<Step>);

/// A number of days, weeks, months or years in a rule: 1 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u16);

/// One step of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The trigger day itself.
    Immediate,
    /// The n-th working day after the trigger day.
    WorkingDays(Count),
    /// The first working day after the trigger day; acting at once is lawful too.
    SameOrNextWorkingDay,
    /// n calendar days after the trigger day, moved from a day off.
    Days(Count),
    /// n calendar days after the trigger day, not moved.
    DaysNoRoll(Count),
    /// The day of the same number n months later, moved from a day off.
    Months(Count),
    /// The day of the same number n months later, not moved.
    MonthsNoRoll(Count),
    /// The same date n years later, not moved.
    Years(Count),
    /// The same weekday n weeks earlier, not moved: the last day to act before the trigger.
    WeeksBefore(Count),
    /// The first working day of the trigger's own month; may lie before the trigger.
    FirstWorkingDayOfMonth,
    /// The first working day of the month after the trigger's.
    FirstWorkingDayOfNextMonth,
    /// The last calendar day of the month after the trigger's, not moved.
    EndOfNextMonth,
    /// Deemed receipt of a letter: the 7th day after sending (434/2003 59 §), not moved.
    NotifiedByPost,
    /// Deemed receipt of an ordinary e-message: the 3rd day after sending (13/2003 19 §), not
    /// moved.
    NotifiedByMessage,
}

/// What a rule gives for a trigger day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Where counting ends: the target to show.
    pub nominal: Date,
    /// The last lawful day: the nominal one, or the next working day when the rule moves it.
    pub date: Date,
}

/// Why a rule gives no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDue {
    /// The rule is `NONE`.
    #[error("the rule never gives a day")]
    NoDate,
    /// The day would be before the year 1 or after the year 9999.
    #[error("the day would be outside the calendar")]
    OutOfRange,
}

/// Text that is not a rule of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a rule of the grammar")]
pub struct UnknownRule;

/// The due day of a rule.
///
/// `trigger` is a day in Finland; it is never moved, not even when it is a day off.
///
/// # Errors
/// [`NoDue`].
pub fn due(rule: &Rule, trigger: Date, calendar: &Calendar) -> Result<Due, NoDue> {
    let Rule::Steps(steps) = rule else {
        return Err(NoDue::NoDate);
    };
    let nominal = steps
        .iter()
        .try_fold(trigger, |day, step| step.nominal(day, calendar))
        .ok_or(NoDue::OutOfRange)?;
    let date = if steps.last().is_rolled() {
        calendar.on_or_after(nominal).ok_or(NoDue::OutOfRange)?
    } else {
        nominal
    };
    Ok(Due { nominal, date })
}

impl Steps {
    /// A chain; `None` when there is no step at all.
    pub fn new(steps: Vec<Step>) -> Option<Self> {
        (!steps.is_empty()).then_some(Self(steps))
    }

    /// The steps in order.
    pub fn iter(&self) -> impl Iterator<Item = Step> {
        self.0.iter().copied()
    }

    fn last(&self) -> Step {
        *self
            .0
            .last()
            .expect("the constructor refuses an empty chain")
    }
}

impl Count {
    /// The number, when it is 1 to 999.
    pub const fn new(number: u16) -> Option<Self> {
        match number {
            1..=999 => Some(Self(number)),
            _ => None,
        }
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let plain = digits && !text.starts_with('0');
        plain.then(|| Self::new(text.parse().ok()?))?
    }
}

impl Step {
    /// Whether the last lawful day moves from a day off to the next working day.
    pub const fn is_rolled(self) -> bool {
        matches!(
            self,
            Self::Days(_)
                | Self::Months(_)
                | Self::FirstWorkingDayOfMonth
                | Self::FirstWorkingDayOfNextMonth
        )
    }

    fn nominal(self, from: Date, calendar: &Calendar) -> Option<Date> {
        let later = |span: Span| from.checked_add(span).ok();
        let day = match self {
            Self::Immediate => Some(from),
            Self::WorkingDays(n) => calendar.working_days_after(from, n.get()),
            Self::SameOrNextWorkingDay => calendar.after(from),
            Self::Days(n) | Self::DaysNoRoll(n) => later(i32::from(n.get()).days()),
            Self::Months(n) | Self::MonthsNoRoll(n) => later(i32::from(n.get()).months()),
            Self::Years(n) => later(i32::from(n.get()).years()),
            Self::WeeksBefore(n) => later(-i32::from(n.get()).weeks()),
            Self::FirstWorkingDayOfMonth => Some(from.first_of_month()),
            Self::FirstWorkingDayOfNextMonth => from.last_of_month().tomorrow().ok(),
            Self::EndOfNextMonth => {
                let next = from.last_of_month().tomorrow().ok()?;
                Some(next.last_of_month())
            }
            Self::NotifiedByPost => later(7.days()),
            Self::NotifiedByMessage => later(3.days()),
        };
        day.filter(|day| day.year() > 0)
    }

    fn parse(text: &str) -> Option<Self> {
        let step = match text {
            "IMMEDIATE" => Self::Immediate,
            "SAME_OR_NEXT_WD" => Self::SameOrNextWorkingDay,
            "FIRST_WD_OF_MONTH" => Self::FirstWorkingDayOfMonth,
            "FIRST_WD_OF_NEXT_MONTH" => Self::FirstWorkingDayOfNextMonth,
            "END_OF_NEXT_MONTH" => Self::EndOfNextMonth,
            "NOTIFIED_POST" => Self::NotifiedByPost,
            "NOTIFIED_EMSG" => Self::NotifiedByMessage,
            _ => {
                let (name, number) = text.strip_suffix(')')?.split_once('(')?;
                let number = Count::parse(number)?;
                match name {
                    "WD" => Self::WorkingDays(number),
                    "DAYS" => Self::Days(number),
                    "DAYS_NOROLL" => Self::DaysNoRoll(number),
                    "MONTHS" => Self::Months(number),
                    "MONTHS_NOROLL" => Self::MonthsNoRoll(number),
                    "YEARS" => Self::Years(number),
                    "WEEKS_BEFORE" => Self::WeeksBefore(number),
                    _ => return None,
                }
            }
        };
        Some(step)
    }
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "NONE" {
            return Ok(Self::None);
        }
        let steps: Option<Vec<Step>> = text.split('+').map(Step::parse).collect();
        steps
            .and_then(Steps::new)
            .map(Self::Steps)
            .ok_or(UnknownRule)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Steps(steps) = self else {
            return f.write_str("NONE");
        };
        for (place, step) in steps.iter().enumerate() {
            if place > 0 {
                f.write_str("+")?;
            }
            write!(f, "{step}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Immediate => f.write_str("IMMEDIATE"),
            Self::WorkingDays(n) => write!(f, "WD({n})"),
            Self::SameOrNextWorkingDay => f.write_str("SAME_OR_NEXT_WD"),
            Self::Days(n) => write!(f, "DAYS({n})"),
            Self::DaysNoRoll(n) => write!(f, "DAYS_NOROLL({n})"),
            Self::Months(n) => write!(f, "MONTHS({n})"),
            Self::MonthsNoRoll(n) => write!(f, "MONTHS_NOROLL({n})"),
            Self::Years(n) => write!(f, "YEARS({n})"),
            Self::WeeksBefore(n) => write!(f, "WEEKS_BEFORE({n})"),
            Self::FirstWorkingDayOfMonth => f.write_str("FIRST_WD_OF_MONTH"),
            Self::FirstWorkingDayOfNextMonth => f.write_str("FIRST_WD_OF_NEXT_MONTH"),
            Self::EndOfNextMonth => f.write_str("END_OF_NEXT_MONTH"),
            Self::NotifiedByPost => f.write_str("NOTIFIED_POST"),
            Self::NotifiedByMessage => f.write_str("NOTIFIED_EMSG"),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_grammar_is_closed() {
        for bad in [
            "",
            " ",
            "none",
            "wd(7)",
            "WD",
            "WD()",
            "WD(0)",
            "WD(07)",
            "WD(1000)",
            "WD(-1)",
            "WD(+1)",
            "WD( 7)",
            "WD(7) ",
            " WD(7)",
            "WD(7",
            "WD7)",
            "WD(7))",
            "WD((7)",
            "WD(７)",
            "HOURS(1)",
            "IMMEDIATE(1)",
            "NOTIFIED_POST(7)",
            "NONE+WD(1)",
            "WD(1)+NONE",
            "WD(1)+",
            "+WD(1)",
            "WD(1)++WD(1)",
            "WD(1) + WD(1)",
            "NONE+NONE",
        ] {
            assert_eq!(bad.parse::<Rule>(), Err(UnknownRule), "{bad}");
        }
        for good in [
            "NONE",
            "WD(1)",
            "WD(999)",
            "NOTIFIED_POST+DAYS(30)+IMMEDIATE",
        ] {
            assert_eq!(good.parse::<Rule>().unwrap().to_string(), good);
        }
    }

    #[test]
    fn a_rule_can_give_no_day() {
        let calendar = Calendar::finland();
        assert_eq!(
            due(&Rule::None, date(2026, 1, 1), &calendar),
            Err(NoDue::NoDate)
        );
        for (rule, trigger) in [
            ("YEARS(999)", date(9999, 1, 1)),
            ("WD(1)", date(9999, 12, 31)),
            ("END_OF_NEXT_MONTH", date(9999, 12, 1)),
            ("FIRST_WD_OF_NEXT_MONTH", date(9999, 12, 1)),
            ("WEEKS_BEFORE(1)", date(1, 1, 7)),
        ] {
            let rule: Rule = rule.parse().unwrap();
            assert_eq!(
                due(&rule, trigger, &calendar),
                Err(NoDue::OutOfRange),
                "{rule}"
            );
        }
    }

    #[test]
    fn only_the_last_step_is_moved() {
        let rule: Rule = "DAYS(1)+DAYS_NOROLL(1)".parse().unwrap();
        // Friday, Saturday, Sunday: nothing moves, the last step stays where it falls.
        let told = due(&rule, date(2026, 2, 6), &Calendar::finland()).unwrap();
        assert_eq!(
            (told.nominal, told.date),
            (date(2026, 2, 8), date(2026, 2, 8))
        );
    }
}
