//! How a contact may end. "Given a number" is not among the ways (first catch rules 3 and 5).

use identity::people::StaffId;
use kernel::time::Date;

use crate::domain::{AttemptChannel, IntakeError, IntakeSettings};

/// The only ways to end a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// What happens next, who does it and by when; told to the person.
    NextStep {
        what: String,
        who: String,
        /// Set when the doer works in the county: the promise becomes a task of theirs.
        who_staff: Option<StaffId>,
        by: Date,
        told: bool,
    },
    /// The person does not want help now; in the person's own words, the door stays open.
    NotWanted { own_words: String },
    /// Not reached after the county's rule; the lead sees it.
    NotReached { tried: String },
    /// A caller who stayed unknown: what was advised.
    UnknownCaller { advised: String },
}

impl Ending {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NextStep { .. } => "next_step",
            Self::NotWanted { .. } => "not_wanted",
            Self::NotReached { .. } => "not_reached",
            Self::UnknownCaller { .. } => "unknown_caller",
        }
    }

    /// The text that is kept with the ending.
    pub fn text(&self) -> &str {
        match self {
            Self::NextStep { what, .. } => what,
            Self::NotWanted { own_words } => own_words,
            Self::NotReached { tried } => tried,
            Self::UnknownCaller { advised } => advised,
        }
    }
}

/// What is known of the person when an ending is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    pub named: bool,
    pub has_phone: bool,
    /// Reads answers with the receipt code.
    pub has_code: bool,
    pub attempts: Vec<AttemptChannel>,
}

/// Checks that the ending is allowed.
///
/// # Errors
/// [`IntakeError::NotReachedRule`] when the county's rule is not met, with what has been done;
/// [`IntakeError::PersonKnown`] when somebody with a name, a number or a receipt code would be
/// closed as an unknown caller.
pub fn check(ending: &Ending, reach: &Reach, settings: &IntakeSettings) -> Result<(), IntakeError> {
    match ending {
        Ending::NotReached { .. } => {
            let mut ways = reach.attempts.clone();
            ways.sort_unstable();
            ways.dedup();
            let letter = ways.contains(&AttemptChannel::Letter);
            let enough = reach.attempts.len() >= settings.not_reached_attempts
                && ways.len() >= settings.not_reached_channels
                && (letter || !settings.not_reached_letter);
            if enough {
                Ok(())
            } else {
                Err(IntakeError::NotReachedRule {
                    attempts: reach.attempts.len(),
                    channels: ways.len(),
                    letter,
                })
            }
        }
        Ending::UnknownCaller { .. } if reach.named || reach.has_phone || reach.has_code => {
            Err(IntakeError::PersonKnown)
        }
        Ending::NextStep { .. } | Ending::NotWanted { .. } | Ending::UnknownCaller { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttemptChannel::{Call, Letter, Text};

    fn not_reached(attempts: &[AttemptChannel]) -> bool {
        let reach = Reach {
            named: true,
            attempts: attempts.to_vec(),
            ..Reach::default()
        };
        check(
            &Ending::NotReached {
                tried: "x".to_owned(),
            },
            &reach,
            &IntakeSettings::default(),
        )
        .is_ok()
    }

    #[test]
    fn not_reached_needs_attempts_ways_and_a_letter() {
        assert!(!not_reached(&[]));
        assert!(!not_reached(&[Call, Call, Call]));
        assert!(!not_reached(&[Call, Text, Call]));
        assert!(!not_reached(&[Letter, Letter, Letter]));
        assert!(!not_reached(&[Call, Letter]));
        assert!(not_reached(&[Call, Text, Letter]));
        assert!(not_reached(&[Call, Call, Letter]));
    }

    #[test]
    fn only_the_unknown_are_closed_as_unknown() {
        let ending = Ending::UnknownCaller {
            advised: "x".to_owned(),
        };
        let settings = IntakeSettings::default();
        assert!(check(&ending, &Reach::default(), &settings).is_ok());
        for reach in [
            Reach {
                named: true,
                ..Reach::default()
            },
            Reach {
                has_phone: true,
                ..Reach::default()
            },
            Reach {
                has_code: true,
                ..Reach::default()
            },
        ] {
            assert!(matches!(
                check(&ending, &reach, &settings),
                Err(IntakeError::PersonKnown)
            ));
        }
    }
}
