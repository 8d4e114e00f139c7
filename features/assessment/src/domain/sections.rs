//! Sections of others: experts of the county, each of whom writes one section until a day, and partners outside it, for
//! whom the assessor writes.

use identity::people::StaffId;
use kernel::coded;
use kernel::time::Date;

coded! {
    /// Whose expertise is asked.
    SectionKind {
        Health = "health",
        MentalHealth = "mental_health",
        Substance = "substance",
        Employment = "employment",
        Kela = "kela",
        Housing = "housing",
        Debt = "debt",
        Families = "families",
        Disability = "disability",
        Older = "older",
        Other = "other",
    }
}

coded! {
    /// The ground on which a partner outside the county is asked and answers (703/2023 39 §, 55 §).
    PartnerGround {
        /// The client is there and agrees.
        Together = "together",
        Consent = "consent",
        /// A right in law to get the information (AsL 20 §).
        Law = "law",
    }
}

coded! {
    /// The ground on which an expert of health care sees what she is asked about (703/2023 53 § 1).
    ExpertGround {
        /// The client's permission to give the information.
        Permit = "permit",
        /// A joint service of social and health care in which she takes part.
        Joint = "joint",
    }
}

/// The ground with its words: when it was given and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    pub ground: ExpertGround,
    pub words: String,
}

/// Longest time that an invitation opens a section (rights: default 30 days, at most 90).
pub const LONGEST_DAYS: i32 = 90;
/// The usual time.
pub const USUAL_DAYS: i64 = 30;

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A member of staff, who writes the section.
    Expert(StaffId),
    /// Somebody outside the county, on whose behalf the assessor writes.
    Partner {
        /// Name and organisation.
        name: String,
        ground: PartnerGround,
        /// The consent or the section of law in words.
        ground_words: String,
    },
}

/// A section that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSection {
    pub kind: SectionKind,
    pub who: Who,
    /// What is asked.
    pub question: String,
    /// The last day on which the section is open; for a partner the day on which she told it.
    pub due_on: Date,
    /// The client's permission or a joint service, when the expert is of health care.
    pub permit: Option<Permit>,
}

/// Whether the last day is one that an invitation may have.
pub fn is_lawful_due(today: Date, due: Date) -> bool {
    today
        .until(due)
        .is_ok_and(|span| (0..=LONGEST_DAYS).contains(&span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_ends_within_90_days() {
        let today = Date::constant(2026, 3, 13);
        for (due, lawful) in [
            (Date::constant(2026, 3, 13), true),
            (Date::constant(2026, 6, 11), true),
            (Date::constant(2026, 6, 12), false),
            (Date::constant(2026, 3, 12), false),
        ] {
            assert_eq!(is_lawful_due(today, due), lawful, "{due}");
        }
    }
}
