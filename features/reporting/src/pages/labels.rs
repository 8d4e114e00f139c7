//! Codes in the reader's words, and choices of them.

use kernel::language::Language;
use kernel::place;
use web::{Choice, Texts};

use crate::domain::{
    ActionState, Arena, Cause, Effect, EvidenceKind, Frequency, Level, NEEDS, ObservationState,
    People, PhenomenonState, ProposalState, Quality, ReporterKind, ResponseKind, Theme, Themes,
    Valence,
};

/// The words of a code: the family's key with the code in it.
fn word(t: &Texts, family: &str, code: &str) -> String {
    let code: String = code
        .chars()
        .map(|one| match one {
            '_' => '-',
            '+' => 'o',
            one => one,
        })
        .collect();
    t.get(&format!("{family}-{code}"))
}

macro_rules! words {
    ($($(#[$meta:meta])* $one:ident $all:ident $kind:ident $family:literal),+ $(,)?) => { $(
        $(#[$meta])*
        #[allow(dead_code, reason = "one of the two is enough for some codes")]
        pub fn $one(t: &Texts, value: $kind) -> String {
            word(t, $family, value.code())
        }
        #[allow(dead_code, reason = "one of the two is enough for some codes")]
        pub fn $all(t: &Texts) -> Vec<Choice> {
            $kind::ALL.iter().map(|one| Choice::new(one.code(), $one(t, *one))).collect()
        }
    )+ };
}

words! {
    valence valences Valence "public-observation-valence",
    kind kinds ReporterKind "public-observation-kind",
    frequency frequencies Frequency "public-observation-frequency",
    people peoples People "public-observation-people",
    cause causes Cause "observation-cause",
    observation_state observation_states ObservationState "public-observation-state",
    phenomenon_state phenomenon_states PhenomenonState "phenomenon-state",
    evidence_kind evidence_kinds EvidenceKind "evidence-kind",
    quality qualities Quality "evidence-quality",
    level levels Level "proposal-level",
    arena arenas Arena "influence-level",
    proposal_state proposal_states ProposalState "proposal-state",
    response_kind response_kinds ResponseKind "public-answer-kind",
    action_state action_states ActionState "public-action-state",
    effect effects Effect "action-effect",
}

/// Themes that can be chosen, by their names.
pub fn themes(t: &Texts, themes: &Themes) -> Vec<Choice> {
    let mut found: Vec<_> = themes
        .chosen_from()
        .map(|one| (one.name(t.language()), one.theme.code()))
        .collect();
    found.sort_by_key(|(name, _)| text::sort::sort_key(name));
    found
        .into_iter()
        .map(|(name, code)| Choice::new(code, name))
        .collect()
}

/// Names of themes, as they are told after each other.
pub fn theme_names(t: &Texts, known: &Themes, themes: &[Theme]) -> String {
    themes
        .iter()
        .map(|one| known.name(one, t.language()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Needs for support by section 11 as choices.
pub fn needs(t: &Texts) -> Vec<Choice> {
    NEEDS
        .iter()
        .map(|code| Choice::new(*code, word(t, "observation-need", code)))
        .collect()
}

/// The county's municipalities in alphabetical order of the language.
pub fn municipalities(county: &str, language: Language) -> Vec<Choice> {
    let mut found: Vec<_> = place::municipalities_of(county)
        .into_iter()
        .map(|one| (one.name(language), one.code))
        .collect();
    found.sort_by_key(|(name, _)| text::sort::sort_key(name));
    found
        .into_iter()
        .map(|(name, code)| Choice::new(code, name))
        .collect()
}

/// A municipality's name; the whole county without one.
pub fn area(t: &Texts, code: &str) -> String {
    place::municipality(code).map_or_else(
        || t.get("public-observation-county"),
        |one| one.name(t.language()).to_owned(),
    )
}

/// The time of a piece of evidence: what was written, and the day of a gathering as a reader has days.
pub fn when(t: &Texts, period: String) -> String {
    period
        .parse::<kernel::time::Date>()
        .map_or(period, |day| t.full_day(day))
}
