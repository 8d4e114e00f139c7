//! The life of a matter: pending, open, and its two ends. An open one has exactly one holder (invariant I1).

use identity::people::{StaffId, UnitId};
use kernel::coded;
use kernel::time::Timestamp;

use crate::domain::MatterError;

/// Who answers for a matter that has not ended. There is no third possibility (invariant I1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The duty holder (vuorovastaava) of the unit, whoever is on duty.
    Duty(UnitId),
    /// A person by name.
    Person { staff: StaffId, unit: UnitId },
}

impl Holder {
    pub const fn unit(self) -> UnitId {
        match self {
            Self::Duty(unit) | Self::Person { unit, .. } => unit,
        }
    }

    pub const fn staff(self) -> Option<StaffId> {
        match self {
            Self::Duty(_) => None,
            Self::Person { staff, .. } => Some(staff),
        }
    }

    pub const fn kind(self) -> &'static str {
        match self {
            Self::Duty(_) => "duty",
            Self::Person { .. } => "person",
        }
    }
}

coded! {
    /// Where a matter is, as lists and the archive say it.
    Stage {
        /// Pending (vireillä): nobody handles it yet by name.
        Initiated = "initiated",
        /// A named person has handled it.
        Open = "open",
        /// Sent to another county's queue.
        Transferred = "transferred",
        Closed = "closed",
    }
}

impl Stage {
    /// Whether somebody answers for it.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Initiated | Self::Open)
    }
}

/// The state as a type: a holder exists exactly while the matter is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    Initiated { unit: UnitId },
    Open { holder: Holder },
    Transferred { at: Timestamp },
    Closed { at: Timestamp },
}

/// What may happen to a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A named person takes it from the duty holder.
    Take {
        staff: StaffId,
        unit: UnitId,
    },
    /// A named person accepts it from whoever holds it, or a lead takes it over.
    Accept {
        staff: StaffId,
        unit: UnitId,
    },
    /// Whoever answers for it may not any more: it goes to the unit's duty, or to whoever leads the unit.
    Release {
        to: Holder,
    },
    Transfer {
        at: Timestamp,
    },
    Close {
        at: Timestamp,
    },
}

impl Life {
    /// A new matter: in a unit's queue, or handled at once by the person who opened it.
    pub const fn begin(holder: Holder) -> Self {
        match holder {
            Holder::Duty(unit) => Self::Initiated { unit },
            Holder::Person { .. } => Self::Open { holder },
        }
    }

    pub const fn stage(self) -> Stage {
        match self {
            Self::Initiated { .. } => Stage::Initiated,
            Self::Open { .. } => Stage::Open,
            Self::Transferred { .. } => Stage::Transferred,
            Self::Closed { .. } => Stage::Closed,
        }
    }

    /// When it ended here.
    pub const fn ended_at(self) -> Option<Timestamp> {
        match self {
            Self::Initiated { .. } | Self::Open { .. } => None,
            Self::Transferred { at } | Self::Closed { at } => Some(at),
        }
    }

    /// Who answers for it; nobody after its end.
    pub const fn holder(self) -> Option<Holder> {
        match self {
            Self::Initiated { unit } => Some(Holder::Duty(unit)),
            Self::Open { holder } => Some(holder),
            Self::Transferred { .. } | Self::Closed { .. } => None,
        }
    }

    /// The matter after a step.
    ///
    /// # Errors
    /// [`MatterError::Ended`] when nothing more can happen, [`MatterError::AlreadyHeld`] when somebody was first.
    pub fn after(self, step: Step) -> Result<Self, MatterError> {
        let holder = self.holder().ok_or(MatterError::Ended)?;
        match (step, holder) {
            (Step::Take { .. }, Holder::Person { staff, .. }) => {
                Err(MatterError::AlreadyHeld { by: staff })
            }
            (Step::Take { staff, unit } | Step::Accept { staff, unit }, _) => Ok(Self::Open {
                holder: Holder::Person { staff, unit },
            }),
            (Step::Release { to }, _) => Ok(Self::begin(to)),
            (Step::Transfer { at }, _) => Ok(Self::Transferred { at }),
            (Step::Close { at }, _) => Ok(Self::Closed { at }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn step() -> impl Strategy<Value = Step> {
        let who = (any::<u8>(), any::<u8>()).prop_map(|(staff, unit)| {
            (
                StaffId::from_bytes([staff; 16]),
                UnitId::from_bytes([unit; 16]),
            )
        });
        prop_oneof![
            who.clone()
                .prop_map(|(staff, unit)| Step::Take { staff, unit }),
            who.clone()
                .prop_map(|(staff, unit)| Step::Accept { staff, unit }),
            (who, any::<bool>()).prop_map(|((staff, unit), named)| Step::Release {
                to: if named {
                    Holder::Person { staff, unit }
                } else {
                    Holder::Duty(unit)
                },
            }),
            Just(Step::Transfer {
                at: Timestamp::UNIX_EPOCH
            }),
            Just(Step::Close {
                at: Timestamp::UNIX_EPOCH
            }),
        ]
    }

    proptest! {
        /// Whatever happens in whatever order: a holder exactly while active, and no way back from an end.
        #[test]
        fn an_active_matter_has_one_holder(steps in prop::collection::vec(step(), 0..20)) {
            let mut life = Life::begin(Holder::Duty(UnitId::from_bytes([1; 16])));
            for step in steps {
                let before = life;
                match before.after(step) {
                    Ok(after) => {
                        prop_assert!(before.stage().is_active());
                        life = after;
                    }
                    Err(MatterError::Ended) => prop_assert!(!before.stage().is_active()),
                    Err(MatterError::AlreadyHeld { by }) => {
                        prop_assert_eq!(before.holder().and_then(Holder::staff), Some(by));
                    }
                    Err(other) => prop_assert!(false, "{other}"),
                }
                prop_assert_eq!(life.holder().is_some(), life.stage().is_active());
            }
        }
    }

    #[test]
    fn a_matter_that_was_taken_is_not_taken_again() {
        let (unit, staff) = (UnitId::from_bytes([1; 16]), StaffId::from_bytes([2; 16]));
        let life = Life::begin(Holder::Person { staff, unit });
        assert_eq!(life.stage(), Stage::Open);
        let second = StaffId::from_bytes([3; 16]);
        assert!(matches!(
            life.after(Step::Take { staff: second, unit }),
            Err(MatterError::AlreadyHeld { by }) if by == staff
        ));
        let accepted = life
            .after(Step::Accept {
                staff: second,
                unit,
            })
            .unwrap();
        assert_eq!(accepted.holder().and_then(Holder::staff), Some(second));
    }
}
