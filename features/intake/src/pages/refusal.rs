//! Why an act was refused, in words: who was first, what has changed, what can be done instead.

use kernel::time::Timestamp;
use web::{Arg, Failure, House, Texts};

use crate::domain::{ContactId, IntakeError};
use crate::store::holding::named_holder;

/// A message and its arguments, for a form's error or a sentence over the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg<'static>)>,
}

impl Refusal {
    const fn plain(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// The sentence.
    pub fn sentence(&self, t: &Texts) -> String {
        t.with(self.key, &self.args)
    }
}

/// Puts a refusal into words.
///
/// # Errors
/// What is no refusal: a fault of the store or of a setting.
pub async fn of(
    house: &House,
    t: &Texts,
    contact: Option<ContactId>,
    error: IntakeError,
) -> Result<Refusal, Failure> {
    if matches!(error, IntakeError::AlreadyHeld { .. })
        && let Some(contact) = contact
    {
        let holder = house
            .store
            .read(move |tx| named_holder(tx, contact))
            .await?;
        return Ok(already_held(t, house.now(), holder));
    }
    words(error)
}

fn already_held(t: &Texts, now: Timestamp, holder: Option<(String, Timestamp)>) -> Refusal {
    match holder {
        Some((name, since)) => Refusal {
            key: "refused-already-held",
            args: vec![("name", name.into()), ("when", t.when(since, now).into())],
        },
        None => Refusal::plain("refused-changed"),
    }
}

fn words(error: IntakeError) -> Result<Refusal, Failure> {
    Ok(match error {
        IntakeError::Store(error) => return Err(error.into()),
        IntakeError::AnswerRule | IntakeError::Nobody => return Err(Failure::internal(error)),
        IntakeError::NotFound
        | IntakeError::NotHolder
        | IntakeError::NotReceiver
        | IntakeError::WrongCode => Refusal::plain("refused-not-yours"),
        IntakeError::AlreadyHeld { .. } => Refusal::plain("refused-changed"),
        IntakeError::Ended => Refusal::plain("refused-ended"),
        IntakeError::StillOpen => Refusal::plain("refused-open"),
        IntakeError::OfferOpen => Refusal::plain("refused-offer-open"),
        IntakeError::OfferClosed => Refusal::plain("refused-offer-closed"),
        IntakeError::HolderPresent => Refusal::plain("refused-holder-present"),
        IntakeError::ReceiverAway => Refusal::plain("refused-receiver-away"),
        IntakeError::NotReachedRule {
            attempts,
            channels,
            letter,
        } => Refusal {
            key: if letter {
                "refused-rule"
            } else {
                "refused-rule-letter"
            },
            args: vec![("attempts", attempts.into()), ("channels", channels.into())],
        },
        IntakeError::Opening(_) | IntakeError::Linked | IntakeError::NotLinked => {
            Refusal::plain("refused-changed")
        }
        IntakeError::PersonKnown => Refusal::plain("refused-person-known"),
        IntakeError::TooLateToReopen => Refusal::plain("refused-too-late"),
    })
}
