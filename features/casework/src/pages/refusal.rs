//! Why an act was refused, in words: who was first, what has changed, what can be done instead.

use web::{Arg, Failure, House, Texts};

use crate::domain::{MatterError, MatterId};
use crate::store::holding::named_holder;

/// A message and its arguments, for a form's error or a sentence over the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub field: &'static str,
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg<'static>)>,
}

impl Refusal {
    const fn plain(key: &'static str) -> Self {
        Self::at("", key)
    }

    const fn at(field: &'static str, key: &'static str) -> Self {
        Self {
            field,
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
/// What is no refusal: a fault of the store or of a table.
pub async fn of(
    house: &House,
    t: &Texts,
    matter: MatterId,
    error: MatterError,
) -> Result<Refusal, Failure> {
    Ok(match error {
        MatterError::Store(error) => return Err(error.into()),
        MatterError::Law => return Err(Failure::internal(error)),
        MatterError::AlreadyHeld { .. } => {
            let holder = house.store.read(move |tx| named_holder(tx, matter)).await?;
            match holder {
                Some((name, since)) => Refusal {
                    field: "",
                    key: "matter-refused-held",
                    args: vec![
                        ("name", name.into()),
                        ("when", t.when(since, house.now()).into()),
                    ],
                },
                None => Refusal::plain("matter-refused-changed"),
            }
        }
        MatterError::Client(_) | MatterError::NotFound => {
            Refusal::plain("matter-refused-not-yours")
        }
        MatterError::NameText => Refusal::at("name_text", "matter-name-text-missing"),
        MatterError::Ended => Refusal::plain("matter-refused-ended"),
        MatterError::OfferOpen => Refusal::plain("matter-refused-offer-open"),
        MatterError::OfferClosed => Refusal::plain("matter-refused-offer-closed"),
        MatterError::HolderPresent => Refusal::plain("matter-refused-holder-present"),
        MatterError::ReceiverAway => Refusal::at("staff", "matter-refused-away"),
        MatterError::WorkerAlready => Refusal::at("staff", "matter-refused-worker"),
        MatterError::ClientAlready => Refusal::plain("matter-refused-client"),
        MatterError::LastClient => Refusal::plain("matter-refused-last-client"),
        MatterError::LateReason => Refusal::at("late_reason", "matter-refused-late"),
        MatterError::ClockEnded => Refusal::plain("matter-refused-clock-ended"),
        MatterError::NotProfessional => Refusal::at("staff", "matter-refused-not-professional"),
        MatterError::LastDay(last) => Refusal {
            field: "to",
            key: "matter-refused-last-day",
            args: vec![("day", t.full_day(last).into())],
        },
        MatterError::PairMissing => Refusal::at("pair", "matter-refused-pair-missing"),
        MatterError::PairUnfit => Refusal::at("pair", "matter-refused-pair-unfit"),
        MatterError::FollowerUnfit => Refusal::at("follow_who", "matter-follow-who-missing"),
        MatterError::FirstDay => Refusal::at("from", "matter-refused-first-day"),
        MatterError::Sent => Refusal::plain("transfers-refused-sent"),
        MatterError::OpenMatters => Refusal::at("no_ground", "matter-refused-open-matters"),
    })
}
