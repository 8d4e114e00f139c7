//! The judgement that a person needs special support (erityistä tukea tarvitseva henkilö, SHL 3 § 1 item 3), and what
//! follows from it. It is about difficulty in seeking and getting services, never about age alone, and no diagnosis.

use clients::Reader;
use kernel::coded;
use kernel::time::Date;

/// Qualification of a social worker in public office (virkasuhteinen sosiaalityöntekijä).
pub const SOCIAL_WORKER_IN_OFFICE: &str = "sw+office";
/// Days within which a judgement is to be looked at again, by default (design: the law sets none).
pub const REVIEW_DAYS: i32 = 365;
/// A review further away than this helps nobody (design).
const LONGEST_REVIEW_DAYS: i32 = 2 * 366;

coded! {
    /// Why seeking and getting services is particularly difficult (SHL 3 § 1 item 3).
    SupportGround {
        /// Cognitive or mental disability or illness.
        Illness = "illness",
        /// Substance use or other addictive behaviour (added by 1280/2022).
        Substance = "substance",
        /// Several simultaneous needs of support.
        ManyNeeds = "many_needs",
        /// Another similar reason, in words.
        Other = "other",
    }
}

coded! {
    /// Who decides on the services that together secure necessary care, livelihood, health and development (SHL 46 §).
    DecidesWho {
        /// The social worker in public office who works with the client: the rule, when it is in the client's interest.
        SocialWorker = "social_worker",
        /// Another office holder; the reason is recorded.
        Other = "other",
    }
}

/// A judgement as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub grounds: Vec<SupportGround>,
    /// What makes seeking and getting services difficult, in words.
    pub words: String,
    pub decides: DecidesWho,
    /// Why somebody else than the social worker decides; needed then.
    pub decides_words: String,
    pub assessed_on: Date,
    /// When the judgement is looked at again.
    pub review_on: Date,
}

/// What is missing from a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JudgementFault {
    #[error("no ground of section 3")]
    Grounds,
    #[error("no words")]
    Words,
    #[error("the reason why somebody else decides is missing")]
    DecidesWords,
    #[error("judged on a day to come")]
    AssessedOn,
    #[error("the review is not within two years after the judgement")]
    ReviewOn,
}

impl Judgement {
    /// Checks the judgement on the day when it is recorded.
    ///
    /// # Errors
    /// The first thing that is missing.
    pub fn check(&self, today: Date) -> Result<(), JudgementFault> {
        if self.grounds.is_empty() {
            return Err(JudgementFault::Grounds);
        }
        if self.words.trim().is_empty() {
            return Err(JudgementFault::Words);
        }
        if self.decides == DecidesWho::Other && self.decides_words.trim().is_empty() {
            return Err(JudgementFault::DecidesWords);
        }
        if self.assessed_on > today {
            return Err(JudgementFault::AssessedOn);
        }
        let away = self
            .assessed_on
            .until(self.review_on)
            .map(|span| span.get_days());
        match away {
            Ok(1..=LONGEST_REVIEW_DAYS) => Ok(()),
            _ => Err(JudgementFault::ReviewOn),
        }
    }
}

/// The day on which a judgement is looked at again unless another is chosen.
pub fn usual_review(assessed_on: Date) -> Date {
    let days = kernel::time::SignedDuration::from_hours(24 * i64::from(REVIEW_DAYS));
    assessed_on.saturating_add(days)
}

/// Whether this worker may answer for what special support asks: the assessment (SHL 36 § 5), client work beside the own
/// worker (42 § 3), the decisions of 46 §.
pub fn answers_for(reader: &Reader) -> bool {
    reader.subject.qualifies(SOCIAL_WORKER_IN_OFFICE)
}

/// Whether those who work with a client needing special support are enough: the own worker or a worker beside is a social
/// worker in public office, one of the two (SHL 42 § 3 as since 1.1.2023).
pub fn team_is_lawful<'a>(mut qualifications: impl Iterator<Item = &'a str>) -> bool {
    qualifications.any(|codes| {
        codes
            .split_whitespace()
            .any(|code| code == SOCIAL_WORKER_IN_OFFICE)
    })
}

#[cfg(test)]
mod tests {
    use access::rights::Subject;
    use identity::people::{StaffId, UnitId};
    use proptest::prelude::*;

    use super::*;

    fn judgement() -> Judgement {
        Judgement {
            grounds: vec![SupportGround::Substance],
            words: "Ei saa hoidettua asioita yksin".to_owned(),
            decides: DecidesWho::SocialWorker,
            decides_words: String::new(),
            assessed_on: Date::constant(2026, 3, 12),
            review_on: Date::constant(2027, 3, 12),
        }
    }

    #[test]
    fn a_judgement_needs_its_ground_its_words_and_a_review() {
        let today = Date::constant(2026, 3, 13);
        assert_eq!(judgement().check(today), Ok(()));
        let with = |change: fn(&mut Judgement)| {
            let mut one = judgement();
            change(&mut one);
            one.check(today)
        };
        let day = Date::constant;
        assert_eq!(
            with(|one| one.grounds.clear()),
            Err(JudgementFault::Grounds)
        );
        assert_eq!(
            with(|one| one.words = "  ".into()),
            Err(JudgementFault::Words)
        );
        assert_eq!(
            with(|one| one.decides = DecidesWho::Other),
            Err(JudgementFault::DecidesWords)
        );
        let late = |one: &mut Judgement| one.assessed_on = Date::constant(2026, 3, 14);
        assert_eq!(with(late), Err(JudgementFault::AssessedOn));
        for review in [day(2026, 3, 12), day(2026, 3, 1), day(2028, 12, 1)] {
            let one = Judgement {
                review_on: review,
                ..judgement()
            };
            assert_eq!(one.check(today), Err(JudgementFault::ReviewOn), "{review}");
        }
    }

    #[test]
    fn only_a_social_worker_in_public_office_answers() {
        let reader = |qualification| Reader {
            staff: StaffId::from_bytes([1; 16]),
            unit: UnitId::from_bytes([2; 16]),
            subject: Subject::employee(["broad_responsibility"], [qualification]),
            strong: false,
        };
        assert!(answers_for(&reader("sw+office")));
        for other in ["sw", "sc+office", "sc", "hp"] {
            assert!(!answers_for(&reader(other)), "{other}");
        }
    }

    #[test]
    fn one_of_the_two_is_enough() {
        assert!(team_is_lawful(["sc", "sw+office sc"].into_iter()));
        assert!(!team_is_lawful(["sc+office", "sw"].into_iter()));
        assert!(!team_is_lawful(std::iter::empty()));
    }

    proptest! {
        #[test]
        fn the_usual_review_is_always_accepted(days in 0_i64..20_000) {
            let on = Date::constant(2015, 4, 1)
                .saturating_add(kernel::time::SignedDuration::from_hours(24 * days));
            let one = Judgement { assessed_on: on, review_on: usual_review(on), ..judgement() };
            prop_assert_eq!(one.check(on), Ok(()));
        }
    }
}
