//! What `noste deadline` answers. Pure: the program prints the texts and leaves with the code.

use kernel::time::{Date, iso_date};

use crate::{
    calendar::Calendar,
    deadlines::{DeadlineTable, Limit, NoDeadline},
    rule::{NoDue, Rule, due},
};

/// The due date was told.
pub const TOLD: u8 = 0;
/// Neither a rule nor a known id, or an impossible date.
pub const NOT_UNDERSTOOD: u8 = 2;
/// The rule is `NONE`: the act gives no number.
pub const NO_DATE: u8 = 3;
/// The id is known but was not in force on the date.
pub const NOT_IN_FORCE: u8 = 4;

/// The answer to `noste deadline RULE-OR-ID DATE`: standard output, standard error, exit code.
///
/// The texts are complete with their line ends, so they are written as they are.
///
/// - An argument that parses as a rule is a rule, and validity does not concern it (`NOTIFIED_POST`
///   is both a rule and an id: the rule). Anything else is an id.
/// - 0: the due date (the last lawful day) alone on a line.
/// - 2: an unknown rule or id, or a date that is not `YYYY-MM-DD` or does not exist, or a due date
///   beyond the calendar; the reason on standard error.
/// - 3: the rule is `NONE`. Nothing on standard output; the soft code of the id alone on a line of
///   standard error. A bare `NONE` has no soft code, so a sentence says that.
/// - 4: the id has no row in force on the date; the reason on standard error.
pub fn deadline(rule_or_id: &str, date: &str) -> (String, String, u8) {
    match answer(rule_or_id, date) {
        Ok(date) => (format!("{date}\n"), String::new(), TOLD),
        Err((message, code)) => (String::new(), format!("{message}\n"), code),
    }
}

fn answer(rule_or_id: &str, date: &str) -> Result<Date, (String, u8)> {
    let trigger = iso_date(date).ok_or_else(|| {
        let message = format!("{date:?} is not a date of the calendar in the form 2026-02-02");
        (message, NOT_UNDERSTOOD)
    })?;
    let rule = match rule_or_id.parse::<Rule>() {
        Ok(rule) => rule,
        Err(_) => rule_of_id(rule_or_id, trigger)?,
    };
    match due(&rule, trigger, &Calendar::finland()) {
        Ok(due) => Ok(due.date),
        Err(NoDue::NoDate) => {
            let message = "the rule NONE gives no date, and without an id it has no soft code";
            Err((message.to_owned(), NO_DATE))
        }
        Err(reason @ NoDue::OutOfRange) => Err((reason.to_string(), NOT_UNDERSTOOD)),
    }
}

fn rule_of_id(id: &str, trigger: Date) -> Result<Rule, (String, u8)> {
    match DeadlineTable::of_law().lookup(id, trigger) {
        Ok(row) => match &row.limit {
            Limit::Counted(rule) => Ok(rule.clone()),
            Limit::Soft(code) => Err((code.code().to_owned(), NO_DATE)),
        },
        Err(NoDeadline::UnknownId) => {
            let message = format!("{id:?} is neither a rule nor the id of a time limit");
            Err((message, NOT_UNDERSTOOD))
        }
        Err(NoDeadline::NotInForce) => {
            let message = format!("{id} has no row in force on {trigger}");
            Err((message, NOT_IN_FORCE))
        }
    }
}
