//! Every figure of the house by the question it answers, and honestly what is not recorded.

mod coming;
mod help;
mod missing;
mod outcome;
mod written;

pub use missing::{ELSEWHERE, NOT_RECORDED};
pub use written::markdown;

use crate::definition::{Coarser, Definition, Merge, Span};

/// Questions of management, 1 to this.
pub const QUESTIONS: u8 = 20;

/// Every definition, in the order of the pages.
pub fn definitions() -> impl Iterator<Item = &'static Definition> {
    coming::COMING
        .iter()
        .chain(help::HELP)
        .chain(outcome::OUTCOME)
}

/// The definition of a code.
pub fn find(code: &str) -> Option<&'static Definition> {
    definitions().find(|one| one.code == code)
}

/// What most definitions begin from.
const PLAIN: Definition = Definition {
    code: "",
    version: 1,
    questions: &[],
    title: NONE,
    counts: NONE,
    omits: NONE,
    unit: crate::definition::Unit::Contacts,
    span: Span::Flow,
    measure: crate::definition::Measure::Count,
    parts: &[],
    tables: &[],
    areas: true,
    ages: true,
    lag: 14,
    sensitive: false,
    coarser: USUAL,
    same_as: "",
    part_of: None,
};
/// Merging first, then leaving out from the finest on, and rounding before nothing but a total is left.
const USUAL: Coarser = Coarser {
    merges: &[
        Merge::SmallParts,
        Merge::HalfYears,
        Merge::Ages,
        Merge::AreaParts,
        Merge::TimeParts,
        Merge::Times,
        Merge::Areas,
        Merge::Parts,
    ],
    most_hidden: 60,
    rounded: true,
};
const NONE: crate::definition::Words = crate::definition::Words {
    fi: "",
    sv: "",
    en: "",
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::definition::{Measure, Words};

    fn told(words: &Words) -> bool {
        [words.fi, words.sv, words.en]
            .iter()
            .all(|text| !text.is_empty() && text.trim() == *text)
    }

    #[test]
    fn every_definition_is_whole() {
        let mut codes = BTreeSet::new();
        for one in definitions() {
            assert!(codes.insert(one.code), "{} stands twice", one.code);
            assert!(
                one.code
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '-'),
                "{}",
                one.code
            );
            assert!(
                told(&one.title) && told(&one.counts) && told(&one.omits),
                "{}",
                one.code
            );
            assert!(
                !one.questions.is_empty() && !one.tables.is_empty(),
                "{}",
                one.code
            );
            let parts: BTreeSet<_> = one.parts.iter().collect();
            assert_eq!(parts.len(), one.parts.len(), "{}", one.code);
            if let Measure::Share(of) = one.measure {
                assert!(!of.is_empty() && of.len() < one.parts.len(), "{}", one.code);
                assert!(of.iter().all(|part| parts.contains(part)), "{}", one.code);
            }
        }
    }

    #[test]
    fn every_question_has_an_answer_or_a_reason() {
        for question in 1..=QUESTIONS {
            let counted = definitions().any(|one| one.questions.contains(&question));
            let not_yet = NOT_RECORDED.iter().any(|one| one.question == question);
            let elsewhere = ELSEWHERE.iter().any(|one| one.question == question);
            assert!(counted || not_yet || elsewhere, "question {question}");
        }
        for one in NOT_RECORDED {
            assert!(told(&one.title) && told(&one.because), "{}", one.code);
            assert!(find(one.code).is_none(), "{} is counted", one.code);
        }
    }
}
