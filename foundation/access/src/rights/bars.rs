//! Bars: facts that stop a right before any row is read, and win over every row.

use super::Question;

/// A bar of the rights document, section 6.1. Whoever asks finds out which ones hold; which actions a
/// bar stops is decided here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bar {
    /// The worker's own record.
    B01,
    /// A relative or somebody of the same household.
    B02,
    /// A colleague as a client.
    B03,
    /// The professional right has expired, been removed or been restricted.
    B04,
    /// The employment has ended.
    B05,
    /// Away for over 30 days: the substitute holds the relations.
    B06,
    /// Contact details under non-disclosure for safety.
    B07,
    /// A restricted unit or client.
    B08,
    /// A class that is never opened: mediation, shelter, therapeutic work, examinations.
    B09,
    /// A client's prohibition of disclosure.
    B10,
    /// A minor's ban on giving information to the guardian.
    B11,
    /// The client died over 30 days ago.
    B12,
    /// Another client's part of a shared matter.
    B13,
    /// Four eyes: the second step by the person of the first.
    B14,
    /// The purpose of use was asked and not told.
    B15,
    /// The retention has ended.
    B16,
    /// The session is too weak or too old for the action.
    B17,
    /// A token without owner, scope or expiry.
    B18,
    /// Disqualification that the worker declared for one matter.
    B19,
    /// The limit of searches has been reached.
    B20,
}

impl Bar {
    /// Every bar, in the order of its code.
    pub const ALL: [Self; 20] = [
        Self::B01,
        Self::B02,
        Self::B03,
        Self::B04,
        Self::B05,
        Self::B06,
        Self::B07,
        Self::B08,
        Self::B09,
        Self::B10,
        Self::B11,
        Self::B12,
        Self::B13,
        Self::B14,
        Self::B15,
        Self::B16,
        Self::B17,
        Self::B18,
        Self::B19,
        Self::B20,
    ];

    const CODES: [&'static str; 20] = [
        "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B13",
        "B14", "B15", "B16", "B17", "B18", "B19", "B20",
    ];

    /// The code as the rights document writes it.
    pub const fn code(self) -> &'static str {
        Self::CODES[self as usize]
    }

    /// The bar of a code; `None` for any other text.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bar| bar.code() == code)
    }

    /// Whether the bar stops this question. Most stop everything; the rest stop a part.
    pub fn stops(self, question: &Question<'_>) -> bool {
        let over = |relation: &str| question.relations.contains(&relation);
        let has_task = |task: &str| question.subject.tasks.contains(task);
        let by_partner = || {
            question
                .subject
                .tasks
                .iter()
                .any(|task| task.starts_with("partner_"))
        };
        match self {
            // The rows of secret contact details ask for `secret_right` or for danger to life
            // themselves, and the ceiling refuses a row that does not; elsewhere the bar masks.
            Self::B07 => false,
            // The unit is told at once; the event is the ground.
            Self::B08 => !(has_task("emergency_duty") && over("emergency_event")),
            // A prohibition stops giving out, not the use of the county's own register (59 §, 4 § 3).
            Self::B10 => {
                by_partner()
                    || question.action == "export"
                    || (question.class == "partner_item"
                        && ["create", "hand_over"].contains(&question.action))
            }
            // Takes the condition `no_ban_51` away; the guardian's own right as a party of the matter
            // stays (51 § 2).
            Self::B11 => false,
            // Who read the record is looked into after the death too.
            Self::B12 => {
                question.subject.employed
                    && !["use_log", "exceptional_review"].contains(&question.class)
                    && ![
                        "archive_request",
                        "admin_task",
                        "complaint_handler",
                        "log_request",
                    ]
                    .into_iter()
                    .any(over)
            }
            Self::B16 => question.class != "retention",
            Self::B17 => {
                ["sign", "decide", "export", "merge"].contains(&question.action)
                    || question.class == "contact_details_secret"
            }
            Self::B18 => has_task("api_token"),
            Self::B20 => {
                ["search", "see_exists"].contains(&question.action) && !has_task("emergency_duty")
            }
            _ => true,
        }
    }
}

impl std::fmt::Display for Bar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
