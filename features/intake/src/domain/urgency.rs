//! Urgency: judged at once, with a stamp (SHL 36 § 1; first catch rule 6).
//!
//! A rule makes the first judgement from what the sender says, so that no minute is without one. A
//! housing risk or a child in the household raises it. A professional's judgement follows and wins;
//! the rule never lowers one made by a person.

use crate::domain::Wish;
use kernel::coded;

coded! {
    /// How soon somebody has to act.
    Urgency {
        /// Now: urgent need (SHL 12, 36 § 1).
        Now = "now",
        Today = "today",
        Week = "week",
        None = "none",
    }
}

impl Urgency {
    /// Order in the queue: 0 first.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Now => 0,
            Self::Today => 1,
            Self::Week => 2,
            Self::None => 3,
        }
    }

    /// One step more urgent; `Now` is reached only by danger, not by raising.
    const fn raised(self) -> Self {
        match self {
            Self::Now => Self::Now,
            Self::Today | Self::Week => Self::Today,
            Self::None => Self::Week,
        }
    }
}

/// A judgement with its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub urgency: Urgency,
    pub housing_risk: bool,
    pub child_in_household: bool,
    /// True when a rule made it, false when a professional did.
    pub by_rule: bool,
    /// Grounds as codes separated by spaces (rule) or in words (professional).
    pub reason: String,
}

/// What the rule looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    pub wish: Option<Wish>,
    /// Danger to life or violence in the sender's words.
    pub danger: bool,
    /// No food or medicine.
    pub necessities: bool,
    pub housing_risk: bool,
    pub child_in_household: bool,
}

/// The rule's judgement.
///
/// Danger is `Now`. Otherwise the start is the sender's own wish; lacking food or medicine is at
/// least `Today`, and a housing risk and a child in the household each raise by one step.
pub fn judge_by_rule(signs: Signs) -> Judgement {
    let mut grounds = Vec::new();
    let mut urgency = match signs.wish {
        Some(Wish::Today) => Urgency::Today,
        Some(Wish::Week) => Urgency::Week,
        Some(Wish::NoHurry) | None => Urgency::None,
    };
    if let Some(wish) = signs.wish {
        grounds.push(format!("wish-{}", wish.code()));
    }
    if signs.necessities {
        urgency = urgency.min(Urgency::Today);
        grounds.push("necessities".to_owned());
    }
    if signs.housing_risk {
        urgency = urgency.raised();
        grounds.push("housing".to_owned());
    }
    if signs.child_in_household {
        urgency = urgency.raised();
        grounds.push("child".to_owned());
    }
    if signs.danger {
        urgency = Urgency::Now;
        grounds.push("danger".to_owned());
    }
    Judgement {
        urgency,
        housing_risk: signs.housing_risk,
        child_in_household: signs.child_in_household,
        by_rule: true,
        reason: grounds.join(" "),
    }
}

/// A professional's judgement. Marking a housing risk or a child raises it at least to `Week`, so a
/// stamp "no hurry" cannot stand beside either.
pub fn judge_by_professional(
    urgency: Urgency,
    housing_risk: bool,
    child_in_household: bool,
    reason: &str,
) -> Judgement {
    let least = if housing_risk && child_in_household {
        Urgency::Today
    } else if housing_risk || child_in_household {
        Urgency::Week
    } else {
        Urgency::None
    };
    Judgement {
        urgency: urgency.min(least),
        housing_risk,
        child_in_household,
        by_rule: false,
        reason: reason.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn worked_cases() {
        let none = Signs::default();
        let cases = [
            (none, Urgency::None),
            (
                Signs {
                    wish: Some(Wish::NoHurry),
                    ..none
                },
                Urgency::None,
            ),
            (
                Signs {
                    wish: Some(Wish::Week),
                    ..none
                },
                Urgency::Week,
            ),
            (
                Signs {
                    wish: Some(Wish::Today),
                    ..none
                },
                Urgency::Today,
            ),
            (
                Signs {
                    housing_risk: true,
                    ..none
                },
                Urgency::Week,
            ),
            (
                Signs {
                    child_in_household: true,
                    ..none
                },
                Urgency::Week,
            ),
            (
                Signs {
                    housing_risk: true,
                    child_in_household: true,
                    ..none
                },
                Urgency::Today,
            ),
            (
                Signs {
                    wish: Some(Wish::Week),
                    housing_risk: true,
                    ..none
                },
                Urgency::Today,
            ),
            (
                Signs {
                    necessities: true,
                    ..none
                },
                Urgency::Today,
            ),
            (
                Signs {
                    danger: true,
                    wish: Some(Wish::NoHurry),
                    ..none
                },
                Urgency::Now,
            ),
        ];
        for (signs, urgency) in cases {
            assert_eq!(judge_by_rule(signs).urgency, urgency, "{signs:?}");
        }
    }

    #[test]
    fn a_stamp_of_no_hurry_cannot_stand_beside_a_risk() {
        assert_eq!(
            judge_by_professional(Urgency::None, true, false, "").urgency,
            Urgency::Week
        );
        assert_eq!(
            judge_by_professional(Urgency::None, true, true, "").urgency,
            Urgency::Today
        );
        assert_eq!(
            judge_by_professional(Urgency::Now, false, false, "").urgency,
            Urgency::Now
        );
    }

    proptest! {
        /// A further sign never makes a judgement less urgent.
        #[test]
        fn signs_only_raise(wish in 0usize..4, bits in 0u8..16, more in 0u8..4) {
            let signs = |bits: u8| Signs {
                wish: Wish::ALL.get(wish).copied(),
                danger: bits & 1 > 0,
                necessities: bits & 2 > 0,
                housing_risk: bits & 4 > 0,
                child_in_household: bits & 8 > 0,
            };
            let before = judge_by_rule(signs(bits)).urgency;
            let after = judge_by_rule(signs(bits | 1 << more)).urgency;
            prop_assert!(after.rank() <= before.rank());
        }
    }
}
