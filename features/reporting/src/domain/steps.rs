//! Which step may follow which.

use super::{ObservationState, PhenomenonState, ProposalState};

impl ObservationState {
    /// Whether `next` may follow. An observation that was set aside may be taken up again, one that was grouped taken out.
    pub const fn leads_to(self, next: Self) -> bool {
        use ObservationState::{Answered, Grouped, Screened, Sent, SetAside};
        matches!(
            (self, next),
            (Sent, Screened | SetAside)
                | (Screened, Grouped | SetAside)
                | (SetAside, Screened)
                | (Grouped, Screened | Answered)
                | (Answered, Grouped)
        )
    }

    /// Whether somebody has read it and taken personal data out.
    pub const fn is_screened(self) -> bool {
        !matches!(self, ObservationState::Sent | ObservationState::SetAside)
    }
}

impl PhenomenonState {
    /// Whether `next` may follow. A closed one opens again, when the same is seen again.
    pub const fn leads_to(self, next: Self) -> bool {
        use PhenomenonState::{Analysing, Closed, FollowUp, InInfluence, Open, Proposed};
        matches!(
            (self, next),
            (Open, Analysing | Closed)
                | (Analysing, Open | Proposed | Closed)
                | (Proposed, Analysing | InInfluence | Closed)
                | (InInfluence, Proposed | FollowUp | Closed)
                | (FollowUp, InInfluence | Closed)
                | (Closed, Open)
        )
    }
}

impl ProposalState {
    /// Whether `next` may follow.
    pub const fn leads_to(self, next: Self) -> bool {
        use ProposalState::{Decided, Draft, Evaluated, InAction, Received, Sent};
        matches!(
            (self, next),
            (Draft, Sent)
                | (Sent, Received | Decided)
                | (Received, Decided)
                // A forwarded or partial answer may be followed by another.
                | (Decided, Decided | InAction | Evaluated)
                | (InAction, InAction | Evaluated)
        )
    }

    /// Whether somebody still owes an answer.
    pub const fn waits(self) -> bool {
        matches!(self, ProposalState::Sent | ProposalState::Received)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_reached_and_only_an_ended_one_ends() {
        for next in ObservationState::ALL {
            assert!(
                *next == ObservationState::Sent
                    || ObservationState::ALL.iter().any(|one| one.leads_to(*next)),
                "{next:?}"
            );
        }
        for next in PhenomenonState::ALL {
            assert!(PhenomenonState::ALL.iter().any(|one| one.leads_to(*next)));
            assert!(PhenomenonState::ALL.iter().any(|one| next.leads_to(*one)));
        }
        for next in ProposalState::ALL {
            let reached = ProposalState::ALL.iter().any(|one| one.leads_to(*next));
            assert_eq!(reached, *next != ProposalState::Draft);
        }
        assert!(
            !ProposalState::ALL
                .iter()
                .any(|one| ProposalState::Evaluated.leads_to(*one))
        );
    }

    #[test]
    fn nothing_is_grouped_before_it_was_screened() {
        assert!(!ObservationState::Sent.leads_to(ObservationState::Grouped));
        assert!(!ObservationState::SetAside.leads_to(ObservationState::Grouped));
    }
}
