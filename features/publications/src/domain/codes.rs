//! Words with stable codes, and the outline of each kind of publication.

use kernel::coded;

coded!(
    /** What is published. */
    Kind {
        /** One phenomenon on a page (ilmiökortti). */
        Sheet = "sheet",
        /** Half a year to a unit. */
        UnitSummary = "unit_summary",
        /** An extract for the wellbeing report of a municipality (HYTE). */
        Hyte = "hyte",
        /** The yearly social report to the council. */
        Yearly = "yearly",
    }
);
coded!(
    /** Where a version stands. */
    VersionState {
        Draft = "draft",
        DisclosureChecked = "disclosure_checked",
        Reviewed = "reviewed",
        Released = "released",
        Corrected = "corrected",
        Withdrawn = "withdrawn",
    }
);
coded!(
    /** A part of the outline: a text of the editor, and what is drawn in under it. */
    Section {
        Summary = "summary",
        Method = "method",
        Phenomena = "phenomena",
        Evidence = "evidence",
        Figures = "figures",
        Voices = "voices",
        Proposals = "proposals",
        FollowUp = "follow_up",
        Next = "next",
        Interpretation = "interpretation",
    }
);
coded!(
    /** What a new run of disclosure control says of what was told. */
    Recheck {
        /** The same counts, hidden in the same places. */
        Same = "same",
        /** Something has changed since. */
        Changed = "changed",
        /** Today nothing would be let through. */
        Refused = "refused",
    }
);

impl Kind {
    /// The sections in their order.
    pub const fn outline(self) -> &'static [Section] {
        use Section::{
            Evidence, Figures, FollowUp, Interpretation, Method, Next, Phenomena, Proposals,
            Summary, Voices,
        };
        match self {
            Self::Sheet => &[
                Summary,
                Phenomena,
                Evidence,
                Figures,
                Voices,
                Proposals,
                FollowUp,
                Interpretation,
            ],
            Self::UnitSummary => &[
                Summary,
                Phenomena,
                Figures,
                Proposals,
                FollowUp,
                Next,
                Interpretation,
            ],
            Self::Hyte => &[
                Summary,
                Figures,
                Phenomena,
                Proposals,
                FollowUp,
                Interpretation,
            ],
            Self::Yearly => &[
                Summary,
                Method,
                Phenomena,
                Evidence,
                Figures,
                Voices,
                Proposals,
                FollowUp,
                Next,
                Interpretation,
            ],
        }
    }

    /// Most phenomena of one.
    pub const fn most_phenomena(self) -> usize {
        match self {
            Self::Sheet => 1,
            Self::UnitSummary | Self::Hyte | Self::Yearly => 30,
        }
    }
}

impl VersionState {
    /// Whether `next` may follow.
    pub const fn leads_to(self, next: Self) -> bool {
        use VersionState::{Corrected, DisclosureChecked, Draft, Released, Reviewed, Withdrawn};
        matches!(
            (self, next),
            (Draft, DisclosureChecked)
                | (DisclosureChecked, Draft | Reviewed)
                | (Reviewed, Draft | Released)
                | (Released, Corrected | Withdrawn)
                // An old version may turn out to have told too much.
                | (Corrected, Withdrawn)
        )
    }

    /// Whether it is being worked on.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::DisclosureChecked | Self::Reviewed)
    }

    /// Whether everybody may read it.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Released | Self::Corrected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_released_unread_and_what_is_out_never_becomes_a_draft() {
        for state in VersionState::ALL {
            assert_eq!(
                state.leads_to(VersionState::Released),
                *state == VersionState::Reviewed,
                "{state:?}"
            );
            assert_eq!(
                state.leads_to(VersionState::Reviewed),
                *state == VersionState::DisclosureChecked
            );
            let back = state.leads_to(VersionState::Draft);
            assert!(!back || state.is_open(), "{state:?}");
            assert!(!state.is_public() || !state.is_open());
        }
        assert!(
            !VersionState::ALL
                .iter()
                .any(|one| VersionState::Withdrawn.leads_to(*one))
        );
    }

    #[test]
    fn every_outline_begins_with_the_summary_and_ends_with_how_figures_are_read() {
        for kind in Kind::ALL {
            let outline = kind.outline();
            assert_eq!(outline.first(), Some(&Section::Summary));
            assert_eq!(outline.last(), Some(&Section::Interpretation));
            for (at, section) in outline.iter().enumerate() {
                assert!(
                    !outline[..at].contains(section),
                    "{kind:?} has {section:?} twice"
                );
            }
        }
    }
}
