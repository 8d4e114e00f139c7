//! Words with stable codes (model of social reporting, 1.6 of the domain).

use kernel::coded;

coded!(
    /** Whether what was seen is bad or good. */
    Valence {
        Problem = "problem",
        Strength = "strength",
        WeakSignal = "weak_signal",
        GoodPractice = "good_practice",
    }
);
coded!(
    /** In which capacity somebody reports. */
    ReporterKind {
        Professional = "professional",
        Partner = "partner",
        Client = "client",
        Resident = "resident",
        Expert = "expert",
    }
);
coded!(
    /** How often it has been seen. */
    Frequency {
        Once = "once",
        Some = "some",
        Often = "often",
        Constantly = "constantly",
    }
);
coded!(
    /** How many people it is about, in bands: an exact number of few would point at them. */
    People {
        One = "1",
        Few = "2-4",
        Several = "5-9",
        Many = "10-49",
        Most = "50+",
    }
);
coded!(
    /** Where the cause is seen to lie. */
    Cause {
        Individual = "individual",
        Service = "service",
        Organisation = "organisation",
        Municipality = "municipality",
        Benefits = "benefits",
        Legislation = "legislation",
        Society = "society",
    }
);
coded!(
    /** Where an observation stands; every step is told to its reporter. */
    ObservationState {
        Sent = "sent",
        Screened = "screened",
        Grouped = "grouped",
        SetAside = "set_aside",
        Answered = "answered",
    }
);
coded!(
    /** Where a phenomenon stands. */
    PhenomenonState {
        Open = "open",
        Analysing = "analysing",
        Proposed = "proposed",
        InInfluence = "in_influence",
        FollowUp = "follow_up",
        Closed = "closed",
    }
);
coded!(
    /** What stands behind a statement. */
    EvidenceKind {
        Observations = "observations",
        Experience = "experience",
        Statistic = "statistic",
        OwnFigure = "own_figure",
        Research = "research",
        Complaint = "complaint",
        Decision = "decision",
    }
);
coded!(
    /** How much a piece of evidence bears. */
    Quality {
        Weak = "weak",
        Moderate = "moderate",
        Strong = "strong",
    }
);
coded!(
    /** Who can do what is proposed. */
    Level {
        Practice = "practice",
        Service = "service",
        County = "county",
        Municipality = "municipality",
        Kela = "kela",
        Employment = "employment",
        State = "state",
        Legislator = "legislator",
        Organisation = "organisation",
    }
);
coded!(
    /** Where a phenomenon was taken beyond its proposals. */
    Arena {
        Municipality = "municipality",
        County = "county",
        State = "state",
    }
);
coded!(
    /** Where a proposal stands. */
    ProposalState {
        Draft = "draft",
        Sent = "sent",
        Received = "received",
        Decided = "decided",
        InAction = "in_action",
        Evaluated = "evaluated",
    }
);
coded!(
    /** What was answered. No action, because: that is an answer too. */
    ResponseKind {
        Accepted = "accepted",
        Partly = "partly",
        Rejected = "rejected",
        Forwarded = "forwarded",
    }
);
coded!(
    /** Where an action stands. */
    ActionState {
        Planned = "planned",
        Running = "running",
        Done = "done",
        Dropped = "dropped",
    }
);
coded!(
    /** What came of an action. */
    Effect {
        None = "none",
        Small = "small",
        Clear = "clear",
        Unknown = "unknown",
    }
);
/// Needs for support by section 11 of the act, with the codes of the assessment (`support_needs` of the domain).
pub const NEEDS: [&str; 12] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "99",
];
