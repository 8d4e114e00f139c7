//! What a student does takes effect by the tutor (457/2024 21 §; rows SD-02 and SD-03 of the rights table): text of a draft comes
//! into force with the version that the tutor approves. What would hold at once is no student's to do.

use access::rights::RightsTable;
use casework::store::Acting;

use crate::domain::Document;

/// When an act on a document takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// With the next version of the document.
    ByVersion,
    AtOnce,
}

impl Effect {
    /// Of what is written in the document now: its text is a draft, or has been agreed.
    pub const fn of(document: &Document) -> Self {
        if document.is_open() {
            Self::ByVersion
        } else {
            Self::AtOnce
        }
    }

    /// Whether a right that the table gave holds for an act of this effect.
    pub fn is_given(self, by: &Acting) -> bool {
        self == Self::ByVersion || !waits_for_tutor(by.right)
    }
}

/// Whether a row holds only for what a tutor then approves.
fn waits_for_tutor(right: &str) -> bool {
    RightsTable::built_in()
        .rows()
        .iter()
        .any(|row| row.id == right && row.shows("approved_by_tutor"))
}

#[cfg(test)]
mod tests {
    use identity::people::StaffId;

    use super::*;

    #[test]
    fn a_student_does_nothing_that_holds_at_once() {
        for (right, at_once) in [
            ("SD-02", false),
            ("SD-03", false),
            ("SD-04", true),
            ("N-230", true),
            ("N-240", true),
        ] {
            let by = Acting {
                staff: StaffId::from_bytes([1; 16]),
                right,
                purpose: "P04",
            };
            assert_eq!(Effect::AtOnce.is_given(&by), at_once, "{right}");
            assert!(Effect::ByVersion.is_given(&by), "{right}");
        }
    }
}
