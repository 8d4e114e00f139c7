//! What is put to somebody named, and what she answered.

use kernel::time::{Date, SignedDuration};

use super::{Level, ProposalState, ReportError, ResponseKind, Wrong, check_text};

/// Longest text of a proposal or an answer, in characters.
pub const LONGEST_PROPOSAL: usize = 2000;
/// Longest name of a recipient or a role, in characters.
pub const LONGEST_NAME: usize = 200;
/// So many days after the answer was due the silence becomes a task (1.6 of the domain).
pub const SILENCE_DAYS: i64 = 30;

/// So many days a recipient's link works after the day of the answer, or after it was made when that is later. Silence becomes a task
/// after [`SILENCE_DAYS`]; two months more leave time for a reminder, for somebody to prepare the matter and for a body that meets once
/// a month. A link that lies about in a mailbox for longer opens nothing.
pub const LINK_DAYS: i64 = 90;
// An overdue answer is answered by the link.
const _: () = assert!(LINK_DAYS > SILENCE_DAYS);

/// The last day on which a link works.
pub fn link_ends(due_on: Date, made_on: Date) -> Date {
    due_on
        .max(made_on)
        .saturating_add(SignedDuration::from_hours(24 * LINK_DAYS))
}

/// A proposal as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProposal {
    pub words: String,
    pub level: Level,
    /// The organisation and its body: who answers.
    pub recipient: String,
    /// In which role somebody there answers, never a private person's name.
    pub recipient_role: String,
    pub due_on: Date,
}

impl NewProposal {
    /// Checks the fields; texts come out trimmed.
    ///
    /// # Errors
    /// [`ReportError::Field`] with the first that is wrong: a proposal always has a recipient and a day that is still to come.
    pub fn checked(mut self, today: Date) -> Result<Self, ReportError> {
        for (field, text, most) in [
            ("words", &mut self.words, LONGEST_PROPOSAL),
            ("recipient", &mut self.recipient, LONGEST_NAME),
            ("recipient_role", &mut self.recipient_role, LONGEST_NAME),
        ] {
            *text = text.trim().to_owned();
            check_text(field, text, most, true)?;
        }
        if self.due_on <= today {
            return Err(ReportError::Field("due_on", Wrong::Past));
        }
        Ok(self)
    }
}

/// An answer as it is written. The reason is there also when the answer is yes: it is what reporters are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewResponse {
    pub kind: ResponseKind,
    pub reason: String,
    /// In which role it was decided.
    pub decided_by_role: String,
    /// Where the decision is written, for instance the section of minutes; may be empty.
    pub minutes: String,
}

impl NewResponse {
    /// Checks the fields; texts come out trimmed.
    ///
    /// # Errors
    /// [`ReportError::Field`] with the first that is wrong.
    pub fn checked(mut self) -> Result<Self, ReportError> {
        for (field, text, most, needed) in [
            ("reason", &mut self.reason, LONGEST_PROPOSAL, true),
            (
                "decided_by_role",
                &mut self.decided_by_role,
                LONGEST_NAME,
                true,
            ),
            ("minutes", &mut self.minutes, LONGEST_NAME, false),
        ] {
            *text = text.trim().to_owned();
            check_text(field, text, most, needed)?;
        }
        Ok(self)
    }
}

/// How an answer that is owed stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owed {
    /// Nothing is owed.
    Nothing,
    /// There is time left.
    Waiting,
    /// The day has passed.
    Late,
    /// Silence: somebody must act on it.
    Silent,
}

/// How an answer stands: late from the day after it was due, silence after [`SILENCE_DAYS`] more.
pub fn owed(state: ProposalState, due_on: Date, today: Date) -> Owed {
    if !state.waits() {
        return Owed::Nothing;
    }
    let silent = due_on.saturating_add(SignedDuration::from_hours(24 * SILENCE_DAYS));
    if today > silent {
        Owed::Silent
    } else if today > due_on {
        Owed::Late
    } else {
        Owed::Waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_for_ninety_days_after_the_later_of_its_days() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        for (due, made, ends) in [
            ("2026-05-30", "2026-05-01", "2026-08-28"),
            ("2026-05-30", "2026-05-30", "2026-08-28"),
            // Made anew long after the day of the answer: it is not dead from the start.
            ("2026-05-30", "2026-12-01", "2027-03-01"),
        ] {
            assert_eq!(link_ends(day(due), day(made)), day(ends), "{due} {made}");
        }
    }

    #[test]
    fn an_answer_is_late_after_its_day_and_silence_after_thirty_more() {
        for (state, today, wanted) in [
            (ProposalState::Sent, "2026-05-30", Owed::Waiting),
            (ProposalState::Sent, "2026-05-31", Owed::Late),
            (ProposalState::Received, "2026-06-29", Owed::Late),
            (ProposalState::Received, "2026-06-30", Owed::Silent),
            (ProposalState::Decided, "2026-06-30", Owed::Nothing),
            (ProposalState::Draft, "2026-06-30", Owed::Nothing),
        ] {
            let day = |text: &str| text.parse::<Date>().expect("a day");
            assert_eq!(
                owed(state, day("2026-05-30"), day(today)),
                wanted,
                "{today}"
            );
        }
    }
}
