//! Words with stable codes.

use kernel::coded;
use reporting::domain::EvidenceKind;

coded!(
    /** What kind of gathering it is. A round of Bikva has tables of its own, because its four stages belong together. */
    Kind {
        Panel = "panel",
        CoDevelopment = "co_development",
        Cafe = "cafe",
        Developers = "developers",
        CommunityWork = "community_work",
        PreventiveWork = "preventive_work",
    }
);
coded!(
    /** Where a gathering stands. */
    State {
        Planned = "planned",
        Held = "held",
        Cancelled = "cancelled",
    }
);
coded!(
    /** In which stage of handling a phenomenon people took part (1.6 of the domain). */
    Stage {
        Collect = "collect",
        Interpret = "interpret",
        Propose = "propose",
        Evaluate = "evaluate",
    }
);
coded!(
    /** Whether experts by experience were paid. */
    Reward {
        None = "none",
        Agreed = "agreed",
        Paid = "paid",
    }
);
coded!(
    /** What became of a proposal made at a gathering. */
    ProposalState {
        Open = "open",
        Proposed = "proposed",
        Evidence = "evidence",
        SetAside = "set_aside",
    }
);
coded!(
    /** The stages of Bikva in their order: each answers to what those below have said. */
    BikvaStage {
        Clients = "clients",
        Field = "field",
        Managers = "managers",
        Politicians = "politicians",
    }
);
coded!(
    /** Kinds of publications that a county may ask participation of. */
    Publication {
        Sheet = "sheet",
        UnitSummary = "unit_summary",
        Hyte = "hyte",
        Yearly = "yearly",
    }
);
coded!(
    /** Where what is known is taken: managers of the county, the group of wellbeing and health promotion, the council. */
    Forum {
        Management = "management",
        Hyte = "hyte",
        Council = "council",
    }
);

impl BikvaStage {
    /// Its place in the order, from 1.
    pub const fn number(self) -> u8 {
        match self {
            Self::Clients => 1,
            Self::Field => 2,
            Self::Managers => 3,
            Self::Politicians => 4,
        }
    }

    /// The stage of a number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.number() == number)
    }

    /// What kind of evidence its answers are: clients tell what they live through, the others what they see.
    pub const fn evidence(self) -> EvidenceKind {
        match self {
            Self::Clients => EvidenceKind::Experience,
            Self::Field | Self::Managers | Self::Politicians => EvidenceKind::Observations,
        }
    }

    /// The stage of participation that it is: clients are asked, those above read what was said.
    pub const fn participation(self) -> Stage {
        match self {
            Self::Clients => Stage::Collect,
            Self::Field | Self::Managers | Self::Politicians => Stage::Interpret,
        }
    }
}

impl Forum {
    /// Whether a proposal to such a level is the forum's to follow. The council sees all.
    pub const fn follows(self, level: reporting::domain::Level) -> bool {
        use reporting::domain::Level;
        match self {
            Self::Council => true,
            Self::Management => matches!(level, Level::Practice | Level::Service | Level::County),
            Self::Hyte => matches!(
                level,
                Level::Municipality | Level::Organisation | Level::Employment | Level::Kela
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use reporting::domain::Level;

    use super::*;

    #[test]
    fn the_stages_of_bikva_stand_in_their_order() {
        for (at, stage) in BikvaStage::ALL.iter().enumerate() {
            assert_eq!(usize::from(stage.number()), at + 1);
            assert_eq!(BikvaStage::from_number(stage.number()), Some(*stage));
        }
        assert_eq!(BikvaStage::from_number(0), None);
        assert_eq!(BikvaStage::from_number(5), None);
    }

    #[test]
    fn every_proposal_is_followed_by_the_council_and_by_at_most_one_other_forum() {
        for level in Level::ALL {
            let follow = Forum::ALL.iter().filter(|forum| forum.follows(*level));
            assert!((1..=2).contains(&follow.count()), "{level:?}");
            assert!(Forum::Council.follows(*level));
        }
    }
}
